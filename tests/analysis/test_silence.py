"""Who only gives no answer takes no position on terms."""

from __future__ import annotations

import pytest
from dispute_samples import document, statement

from parley.analysis.accounts import accounts
from parley.analysis.positions import positions
from parley.analysis.proposals import proposals
from parley.analysis.questions import questions
from parley.analysis.silence import withholds
from parley.analysis.timeline import timeline
from parley.records import Record


@pytest.mark.parametrize(
    ("cue", "words", "silent"),
    [
        ("declined", "to comment on the berths", True),
        ("declined to say", "to say how many berths were full", True),
        ("refused to say", "when the berths would open", True),
        ("refused", "to disclose details of the tariff", True),
        ("said", "it had no comment on the tariff", True),
        (None, "were not available for comment", True),
        ("would not", "answer questions about the tariff", True),
        (None, "did not respond to requests for comment", True),
        ("said", "We do not have any details yet", True),
        (None, "has not made any official statement", True),
        ("refused", "to discuss the tariff with the union", False),
        ("rejected", "the tariff", False),
        (None, "will never accept the tariff, and had no comment on berths", False),
        ("postponed", "its comment period on the tariff", False),
        ("declined", "to sign the tariff", False),
    ],
)
def test_no_answer_is_told_from_a_refusal(cue: str | None, words: str, silent: bool) -> None:
    source = document("one", f"The port {cue or ''} {words}.")
    assert withholds(statement(source, words, "Port", "REJECT", cue=cue, issues=("G4",))) is silent


def test_no_answer_stands_under_questions_and_nowhere_else() -> None:
    source = document("one", "The union rejected the tariff. The port was unavailable for comment.", date="2031-03-10")
    record = Record(
        (source,),
        (
            statement(source, "the tariff", "Union", "REJECT", issues=("G4",), stance="against"),
            statement(source, "was unavailable for comment", "Port", "DEFER", issues=("G4",)),
        ),
    )
    (row,) = questions(record).rows
    assert (row.cells["kind"], row.cells["telling_words"]) == ("withheld", "unavailable for comment")
    assert row.cells["words"] == "The port was unavailable for comment."
    assert [row.cells["party"] for row in proposals(record).rows] == ["Union"]
    assert any("gave no answer" in note for note in proposals(record).notes)
    assert [row.cells["who"] for row in timeline(record).rows] == ["Union"]
    assert accounts(record).notes[-1].endswith(": 0 comparisons.")


def test_who_gives_no_answer_holds_no_position() -> None:
    source = document("one", "The port declined to comment on the berths. The yard refused cheaper berths.")
    silent = statement(source, "to comment on the berths", "Port", "REJECT", cue="declined", issues=("G4",))
    refuses = statement(source, "cheaper berths", "Yard", "REJECT", cue="refused", issues=("G4",))
    rows = positions(Record(documents=(source,), statements=(silent, refuses))).rows
    assert [row.cells["party"] for row in rows] == ["Yard"]
