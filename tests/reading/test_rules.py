"""The rules reader from a document to statements."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_samples import document

from parley.reading import reader_named
from parley.reading.rules import RulesReader
from parley.records import AUTHOR, UNRESOLVED, Document, Fact, Reading, Span
from parley.sources import find_furniture, identify, load

SHARED = Path(os.environ.get("PARLEY_SHARED", Path(__file__).resolve().parents[2] / "../shared"))

STRIKE = """Port talks stall as dockers reject offer

Dockers Union chief Maria Keller rejected the port authority's offer of a 3 percent pay rise on Monday.

“We will go on strike if the authority does not raise its offer,” Keller told reporters. “Our members have waited.”

Port director Sven Berg accused the union of blackmail. He said the talks could resume next week.
The authority agreed only to a pause in night shifts.

According to two officials close to the talks, the ministry has offered to mediate.

Olga Lund, an economist at Uppsala University, said the strike would probably last until the summer.
The dockers are short of money, she added.
"""


def read(text: str) -> Reading:
    return RulesReader().read(document(text))


def test_a_labour_dispute_is_read_as_well_as_any_other() -> None:
    found = {(s.speaker, s.act) for s in read(STRIKE).statements}
    assert ("Maria Keller", "REJECT") in found
    assert ("Maria Keller", "THREATEN") in found
    assert ("Sven Berg", "ACCUSE") in found
    assert ("Olga Lund", "ASSESS") in found


def test_speakers_are_named_by_surname_pronoun_and_role() -> None:
    by_words = {s.content: s for s in read(STRIKE).statements}
    goes_on = next(s for words, s in by_words.items() if words.startswith("Our members"))
    assert goes_on.speaker == "Maria Keller" and goes_on.quote == "direct"
    resume = next(s for words, s in by_words.items() if "resume next week" in words)
    assert (resume.speaker, resume.speaker_text, resume.cue) == ("Sven Berg", "He", "said")
    lund = next(s for words, s in by_words.items() if "until the summer" in words)
    assert (lund.voice, lund.mode) == ("expert", "forecast")
    assert {"hedged", "future"} & set(lund.modifiers)


def test_unnamed_sources_stay_unnamed() -> None:
    offer = next(s for s in read(STRIKE).statements if "mediate" in s.content)
    assert "officials" in offer.speaker and offer.voice in ("anonymous", "party")


def test_every_statement_says_which_rule_made_it_and_stands_where_it_says() -> None:
    made = read(STRIKE)
    assert made.statements
    for statement in made.statements:
        assert statement.rule and statement.reader == "rules 5"
        assert statement.span.of(STRIKE) == statement.content == statement.anchor.exact
        assert STRIKE[: statement.span.start].endswith(statement.anchor.prefix)
        assert STRIKE[statement.span.end :].startswith(statement.anchor.suffix)
        if statement.speaker != AUTHOR:
            assert statement.speaker_span is not None
            assert statement.speaker_span.of(STRIKE) == statement.speaker_text


def test_ids_are_stable_and_tell_statements_apart() -> None:
    first, second = read(STRIKE), read(STRIKE)
    assert [s.id for s in first.statements] == [s.id for s in second.statements]
    assert len({s.id for s in first.statements}) == len(first.statements)
    elsewhere = RulesReader().read(replace(document(STRIKE), id="0123456789abcdef"))
    assert not {s.id for s in first.statements} & {s.id for s in elsewhere.statements}


def test_two_parties_that_agree_are_a_statement_each() -> None:
    made = read("Sweden and Norway agreed to a pause in the fishing talks until the end of the year.")
    assert {(s.speaker, s.act) for s in made.statements} == {("Sweden", "ACCEPT"), ("Norway", "ACCEPT")}


def test_a_bare_quotation_that_nobody_is_named_for_stays_unresolved() -> None:
    made = read("“The talks have failed and both sides are to blame for it.”")
    assert [s.speaker for s in made.statements] == [UNRESOLVED]


def test_furniture_is_not_read() -> None:
    text = STRIKE + "\nThe union rejected every offer, readers said.\n"
    at = text.index("The union rejected every offer")
    whole = RulesReader().read(document(text))
    kept = RulesReader().read(document(text), [Span(at, at + 46)])
    assert any(s.span.start == at or "every offer" in s.content for s in whole.statements)
    assert all(s.span.end <= at for s in kept.statements)


def test_what_is_too_long_to_be_a_sentence_is_said_to_be_unread() -> None:
    made = read("the union rejected the offer and " * 400)
    assert made.statements == ()
    assert len(made.unread) == 1 and "without a full stop" in made.unread[0]


def test_an_empty_or_foreign_text_yields_no_invention() -> None:
    for text in ("", " \n ", "会谈结束。双方离开。", "\u202eabc\u202c", "🙂" * 50):
        for statement in read(text).statements:
            assert statement.span.of(text) == statement.content


@given(
    st.lists(
        st.sampled_from(
            [
                "The union said ", "“", "”", '"', "it rejected the deal", ". ", ", ", "\r\n", "\n\n", "he added", "🙂",
                "e\u0301", "according to the ministry", "Mr. Berg", " and ", "accused Norway of delay",
                "\u200f", "\x00", "only if ", "?",
            ]
        ),
        max_size=40,
    ).map("".join)
)  # fmt: skip
def test_words_are_verbatim_whatever_the_text(text: str) -> None:
    made = read(text)
    ids = [s.id for s in made.statements]
    assert len(ids) == len(set(ids))
    for s in made.statements:
        assert text[s.span.start : s.span.end] == s.content
        assert s.speaker_span is None or s.speaker_span.of(text) == s.speaker_text
        assert s.cue_span is None or s.cue_span.of(text) == s.cue


def test_a_reader_that_does_not_exist_is_refused_with_the_choices() -> None:
    with pytest.raises(Exception, match=r"no reader called 'oracle'; choose one of: local, rules"):
        reader_named("oracle")


FURNITURE_LINES = {
    "000_cd5cf9867c9af0ac": {4: (3, 4), 5: (10,), 272: (10,), 6: (28,)},
    "001_637eecb966b609a1": {9: (1, 2), 10: (40,), 11: (41, 42), 12: (9, 19, 26, 32)},
    "002_6f8216fd28d9bdf7": {15: (1,)},
    "003_674af37225ed0619": {29: (5,), 271: (5,), 30: (6, 7, 18, 19, 65), 31: (37,)},
    "004_bfbf250b9c86d46e": {},
}
"""Rows of the seeds' checklist and the lines (from 1) that hold them."""


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the shared seeds are not beside the repository")
@pytest.mark.parametrize("name", sorted(FURNITURE_LINES))
def test_furniture_of_the_seeds_yields_no_statement(name: str) -> None:
    loaded = next(iter(load([SHARED / "seeds" / f"{name}.txt"])))
    assert isinstance(loaded, Document)
    furniture = [f.span for f in find_furniture(loaded)]
    statements = RulesReader().read(loaded, furniture).statements
    assert len(statements) >= 15
    starts = [0]
    for line in loaded.text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for row, lines in FURNITURE_LINES[name].items():
        for line in lines:
            span = Span(starts[line - 1], starts[line])
            assert [s.content for s in statements if s.span.overlaps(span)] == [], f"checklist row {row}, line {line}"
    assert all(not s.span.overlaps(f) for s in statements for f in furniture)  # row 297


def test_the_documents_date_resolves_relative_days() -> None:
    dated = replace(document(STRIKE), date=Fact("2025-06-04", "given", "--date"))
    times = {t.text.removeprefix("on "): t for t in RulesReader().read(dated).times}
    assert times["Monday"].resolved == "2025-06-02"
    assert "2025-06-04" in times["Monday"].basis
    assert identify("a", STRIKE) == dated.id


def test_a_lone_combining_mark_is_no_name() -> None:
    assert read("it rejected the dealMr. Berge\u0301accused Norway of delay").statements is not None
    assert read("E\u0301 said the offer of the board was low.").unread == ()
