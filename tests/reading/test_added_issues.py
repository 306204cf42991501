"""Issues that a user adds are found in what is read, with no training; documents are read again for them."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_samples import document

import parley
from parley.dossier import Dossier
from parley.reading import AddedIssue, reader_named
from parley.reading.added import MOST_PHRASES, Article, Finder, named_with, stems
from parley.reading.local.added import LikenessFinder
from parley.reading.local.model import Floats
from parley.reading.local.reader import shipped
from parley.reading.local.windows import Window, windows
from parley.reading.rules import RulesReader
from parley.reading.sentences import paragraphs

OVERTIME = AddedIssue(
    "X1",
    "Overtime",
    "Overtime is paid at a higher rate.",
    ("extra hours are paid double", "no more unpaid overtime", "work after the end of a shift"),
)
FERRY = AddedIssue("X2", "Ferry timetable", "Ferries sail more often.", ("a boat every hour", "night sailings"))
STORY = """Bus drivers and the company meet again

The drivers' union said on Tuesday that overtime must be paid at double the usual rate.

The company rejected the demand. Its chief executive, Jonas Hale, said that passengers had lost patience.

The union's president, Marta Lindqvist, accused the company of hiding letters from the ministry.
"""


def article(text: str, *added: AddedIssue) -> Article:
    return Finder(added).article(text, paragraphs(text))


def _mean(text: str, words: str, window: Window, states: Floats) -> Floats:
    start = text.index(words)
    at = [n + 1 for n, piece in enumerate(window.pieces) if start <= piece.start < start + len(words)]
    mean: Floats = states[at[0] : at[-1] + 1].mean(0)
    return mean


def codes(reader: str, *added: AddedIssue) -> dict[str, tuple[str, ...]]:
    reading = reader_named(reader, added=added).read(document(STORY))
    return {statement.content: statement.issues for statement in reading.statements}


@pytest.mark.parametrize("reader", ["rules", "local"])
def test_an_added_issue_is_coded_where_the_words_speak_of_it_and_nowhere_else(reader: str) -> None:
    found = codes(reader, OVERTIME, FERRY)
    spoken = [words for words, issues in found.items() if "X1" in issues]
    assert spoken and all("overtime" in words for words in spoken)
    assert not any("X2" in issues for issues in found.values())


@pytest.mark.parametrize("reader", ["rules", "local"])
def test_issues_of_the_codebook_come_first_and_stay_as_they_were(reader: str) -> None:
    before, after = codes(reader), codes(reader, OVERTIME)
    assert before.keys() == after.keys()
    assert all(after[words][: len(before[words])] == before[words] for words in before)


def test_the_model_finds_an_issue_that_is_spoken_of_in_other_words() -> None:
    timetable = AddedIssue(
        "X3",
        "Ship timetable",
        "Ships leave more often.",
        ("a boat every hour", "sailings at night", "more departures from the harbour", "vessels that leave on time"),
    )
    text = "The minister said that ferries would run twice as often. The minister said that teachers deserved a rise."
    words = ("ferries would run twice as often", "teachers deserved a rise")
    model = shipped()
    (window,) = windows(text, list(paragraphs(text)), model.vocabulary)
    states = model.see(window.ids).states
    looking = LikenessFinder([timetable], model).article(text, paragraphs(text))
    spoken, other = (looking.chances(w, _mean(text, w, window, states))["X3"] for w in words)
    assert Finder([timetable]).article(text, paragraphs(text)).scores(words[1])["X3"] == 0.0
    assert 0.0 < other < spoken < 1.0


def test_an_issue_whose_phrases_hold_no_words_is_never_found() -> None:
    empty = AddedIssue("X4", "\u200b", "\u200b", ("\u200b",))
    assert all("X4" not in issues for issues in codes("local", empty).values())


def test_the_reader_has_another_name_as_soon_as_an_added_issue_changes() -> None:
    names = [
        RulesReader(added=added).name
        for added in ((), (OVERTIME,), (FERRY,), (OVERTIME, FERRY), (AddedIssue("X1", "Overtime", "It is paid."),))
    ]
    assert names[0] == "rules 5" and len(set(names)) == len(names)
    assert RulesReader(added=(FERRY, OVERTIME)).name == names[3]  # the order of adding makes no difference
    assert "2 added issues" in names[3]


@pytest.mark.parametrize("name", ["rules", "local"])
def test_a_reader_that_is_sent_to_another_process_still_knows_its_issues(name: str) -> None:
    reader = reader_named(name, added=(OVERTIME,))
    sent = pickle.loads(pickle.dumps(reader))
    assert sent.name == reader.name
    assert sent.read(document(STORY)).statements == reader.read(document(STORY)).statements


def test_words_share_a_stem_and_function_words_none() -> None:
    assert stems("strikes") == stems("strike") == stems("striking")
    assert stems("the payments") == stems("a payment")
    assert not stems("which of those would not have been it")


def test_a_word_that_the_whole_article_is_full_of_tells_little() -> None:
    rare = article("The ferry sails. " + "Nothing new here. " * 40, FERRY)
    common = article("The ferry sails. " * 40, FERRY)
    assert common.scores("a ferry")["X2"] < rare.scores("a ferry")["X2"]
    assert rare.found("the ferry timetable") == ("X2",)


@given(st.lists(st.text(max_size=40), max_size=60), st.text(max_size=200))
def test_any_phrases_and_words_give_scores_that_are_finite_and_not_negative(phrases: list[str], words: str) -> None:
    issue = AddedIssue("X1", phrases[0] if phrases else "", "", tuple(phrases))
    assert len(issue.phrases) <= MOST_PHRASES
    (score,) = article(words, issue).scores(words).values()
    assert 0.0 <= score < 1e6


@given(st.permutations([OVERTIME, FERRY, AddedIssue("X3", "Pay", "Pay rises.")]))
def test_the_name_does_not_depend_on_the_order(added: list[AddedIssue]) -> None:
    assert named_with("any 1", added) == named_with("any 1", sorted(added, key=lambda issue: issue.id))


@pytest.fixture
def coverage(tmp_path: Path) -> Path:
    folder = tmp_path / "coverage"
    folder.mkdir()
    (folder / "buses.txt").write_text(STORY, encoding="utf8")
    return folder


def add(dossier: Dossier) -> int:
    told = {"label": OVERTIME.label, "proposition": OVERTIME.proposition, "examples": "\n".join(OVERTIME.examples)}
    return dossier.decide("add issue", "X1", told, who="Mo").number


def coded(dossier: Dossier) -> list[str]:
    return [statement.content for statement in dossier.statements if "X1" in statement.issues]


def test_documents_are_read_again_after_an_issue_was_added_and_not_a_third_time(coverage: Path, tmp_path: Path) -> None:
    path = tmp_path / "buses.parley"
    with parley.read(coverage, dossier=path, reader="rules") as dossier:
        assert dossier.record().runs[-1].read == 1
        add(dossier)
    with parley.read(coverage, dossier=path, reader="rules") as dossier:
        assert dossier.record().runs[-1].read == 1
        assert coded(dossier) and all("overtime" in words for words in coded(dossier))
        assert len(dossier.readers) == 2 and not dossier.check()
    with parley.read(coverage, dossier=path, reader="rules") as dossier:
        run = dossier.record().runs[-1]
        assert (run.read, run.unchanged) == (0, 1)
        assert coded(dossier)


def test_what_people_decided_survives_the_second_reading(coverage: Path) -> None:
    dossier = parley.read(coverage, reader="rules")
    first, second, *_ = dossier.statements
    dossier.decide("reject statement", first.id, {}, who="Mo")
    dossier.decide("edit statement", second.id, {"speaker": "Jonas Hale", "issues": "H8"}, who="Mo")
    add(dossier)
    parley.read(coverage, dossier=dossier, reader="rules")
    now = {statement.id: statement for statement in dossier.statements}
    assert first.id not in now
    assert (now[second.id].speaker, now[second.id].issues) == ("Jonas Hale", ("H8",))
    assert dossier.reviewed().marks[second.id].status == "edited"


def test_relabelling_asks_for_no_reading_and_undoing_goes_back_to_the_first(coverage: Path) -> None:
    dossier = parley.read(coverage, reader="rules")
    number = add(dossier)
    parley.read(coverage, dossier=dossier, reader="rules")
    dossier.decide("rename issue", "X1", {"label": "Extra hours"}, who="Mo")
    parley.read(coverage, dossier=dossier, reader="rules")
    assert dossier.record().runs[-1].read == 0 and coded(dossier)
    dossier.decide("undo", str(number), {}, who="Mo")
    parley.read(coverage, dossier=dossier, reader="rules")
    assert dossier.record().runs[-1].read == 0 and not coded(dossier)


def test_an_added_issue_that_is_counted_under_another_is_still_found_and_counted_there(coverage: Path) -> None:
    dossier = parley.read(coverage, reader="rules")
    add(dossier)
    parley.read(coverage, dossier=dossier, reader="rules")
    spoken = coded(dossier)
    dossier.decide("merge issues", "F4", {"other": "X1"}, who="Mo")
    parley.read(coverage, dossier=dossier, reader="rules")
    assert [s.content for s in dossier.statements if "F4" in s.issues] == spoken
