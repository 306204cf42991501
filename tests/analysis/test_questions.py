"""Questions and gaps: who raises them, and what is only offered as an answer."""

from __future__ import annotations

import pytest
from dispute_samples import Dispute, document, statement

from parley.analysis import TABLES, Row
from parley.analysis.questions import questions
from parley.records import Document, Furniture, OriginGroup, Record, Span, Statement


def asked(
    text: str, *statements: tuple[str, str, dict[str, object]], date: str | None = "2031-03-10"
) -> tuple[Row, ...]:
    source = document("one", text, date=date)
    made = tuple(statement(source, content, speaker, "ASSESS", **fields) for content, speaker, fields in statements)
    return questions(Record((source,), made)).rows


@pytest.mark.parametrize(
    ("text", "kind", "telling"),
    [
        ("It remains unclear who will pay.", "gap", "remains unclear"),
        ("Details of the pact were not released.", "gap", "Details of the pact were not released"),
        ("The terms have not been disclosed.", "gap", "not been disclosed"),
        ("Whether they sign remains to be seen.", "gap", "remains to be seen"),
        ("She did not say how it would work.", "withheld", "not say how"),
        ("She declined to give details about the plan.", "withheld", "declined to give details"),
        ("They didn’t say how it works.", "withheld", "n’t say how"),
        ("He gave no further details.", "withheld", "gave no further details"),
        ("They warned of unspecified steps.", "withheld", "unspecified"),
        ("Who will pay for the cranes?", "question", None),
        ("The key question is who pays.", "question", "key question"),
    ],
)
def test_questions_and_gaps_are_found_in_the_article(text: str, kind: str, telling: str | None) -> None:
    (row,) = asked(text)
    assert row.cells["kind"] == kind
    assert telling is None or telling in str(row.cells["telling_words"])
    assert row.cells["words"] == text
    assert row.cells["raised_by"] == "the article (no statement read)"
    assert (row.statements, row.documents) == ((), ("doc-one",))


@pytest.mark.parametrize(
    "text",
    ["The terms are clear.", "He gave details of the plan.", "He is unknown to the union.", "They did not sign."],
)
def test_what_leaves_nothing_open_is_no_row(text: str) -> None:
    assert asked(text) == ()


def test_a_coded_question_is_its_speakers_and_one_row() -> None:
    text = "Rui Prat asked who would pay for the cranes, and it is unclear."
    (row,) = asked(text, ("who would pay for the cranes", "Rui Prat", {"voice": "expert", "mode": "question"}))
    assert (row.cells["raised_by"], row.cells["class"]) == ("Rui Prat", "Expert")
    assert row.cells["words"] == "who would pay for the cranes"


def test_who_keeps_silent_does_not_raise_the_gap_but_lends_it_the_issue() -> None:
    text = "The firm will cut pay, Lind said, but did not say when."
    (row,) = asked(text, ("will cut pay, Lind said, but did not say when", "Lind", {"issues": ("G4",)}))
    assert row.cells["raised_by"] == "the article"
    assert row.cells["class"] == "Reporter"
    assert row.cells["issue_label"] is not None
    quoted = "Faro: “We were not told. They did not say when.”"
    (own,) = asked(quoted, ("They did not say when.", "Faro", {"quote": "direct"}))
    assert own.cells["raised_by"] == "Faro"


def test_furniture_asks_nothing() -> None:
    source = document("one", "They met. Is it over? Read here.", date="2031-03-10")
    line = source.text.index("Is it over?")
    furniture = (Furniture(source.id, Span(line, len(source.text)), "link to another story"),)
    assert questions(Record((source,), furniture=furniture)).rows == ()


def later(day: str, words: str = "The owners will pay for the cranes", origin: str = "b", act: str = "PROMISE") -> Row:
    one = document("a", "Who will pay for the harbour cranes?", date="2031-03-10")
    two = document("b", f"{words}.", date=day)
    made = (
        statement(one, "Who will pay for the harbour cranes?", "@author", "ASSESS", voice="reporter", mode="question",
                  issues=("G4",)),
        statement(two, words, "Owners", act, issues=("G4",)),
    )  # fmt: skip
    return questions(record_of(one, two, made, origin)).rows[0]


def record_of(one: Document, two: Document, made: tuple[Statement, ...], origin: str) -> Record:
    groups = (OriginGroup("a", (one.id,), ""), OriginGroup("b", (two.id,), ""))
    return Record((one, two), made, groups=groups if origin == "b" else (OriginGroup("a", (one.id, two.id), ""),))


def test_later_words_on_the_issue_are_offered_and_never_claimed() -> None:
    row = later("2031-03-12", "The owners pay for harbour cranes")
    assert row.cells["may_be_answered_by"] == ("2031-03-12, Owners, promise: The owners pay for harbour cranes",)
    assert row.cells["status"] == "open: later coverage may answer it"
    assert len(row.statements) == 2


@pytest.mark.parametrize(
    ("day", "words", "origin"),
    [
        ("2031-03-09", "The owners pay for harbour cranes", "b"),
        ("2031-03-10", "The owners pay for harbour cranes", "b"),
        ("2031-03-12", "The owners pay for harbour cranes", "a"),
        ("2031-03-12", "The owners like boats", "b"),
    ],
)
def test_earlier_copied_or_unrelated_words_are_not_offered(day: str, words: str, origin: str) -> None:
    row = later(day, words, origin)
    assert row.cells["may_be_answered_by"] == ()
    assert row.cells["status"] == "open: nothing later found on it"


def test_without_a_date_nothing_is_looked_up() -> None:
    (row,) = asked("Who pays?", ("Who pays?", "Faro", {"mode": "question"}), date=None)
    assert row.cells["status"] == "not looked up: the document has no date"


def test_the_same_question_twice_is_one_row() -> None:
    documents = tuple(document(name, "Who will pay?", date="2031-03-10") for name in "ab")
    (row,) = questions(Record(documents)).rows
    assert (row.cells["count"], row.cells["groups"]) == (2, 2)


def test_the_dispute_has_no_open_question() -> None:
    assert TABLES["questions"](Dispute().record()).rows == ()
