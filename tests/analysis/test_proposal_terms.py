"""The terms of proposals: how long, how wide, in which order, for whom; status, and who claims more."""

from __future__ import annotations

import pytest
from tests.analysis.dispute_samples import document, statement

from parley.analysis import TABLES, Row
from parley.analysis.proposals import proposals
from parley.records import Actor, Document, Record, Statement

ACTORS = tuple(Actor(name, "state") for name in ("Ruritania", "Sylvania"))
TEXT = document(
    "a",
    "Ruritania asked for a 30-day ceasefire as a first step towards a treaty. "
    "Sylvania agreed only to a much narrower halt, under which Ruritania and Sylvania would "
    "stop shelling dams for a month. "
    "Sylvania agreed to open talks on the lake before any vote. "
    "Ruritania said the two had reached a consensus on the lake. "
    "Sylvania agreed to free the fishermen. The fishermen were freed.",
    date="2031-05-08",
)


def rows(*items: Statement, text: Document = TEXT) -> list[Row]:
    return list(TABLES["proposals"](Record(documents=(text,), statements=items, actors=ACTORS)).rows)


def one(found: list[Row], act: str, issue: str) -> dict[str, object]:
    (row,) = [row for row in found if row.cells["act"] == act and row.cells["issue"] == issue]
    return dict(row.cells)


def test_terms_are_verbatim_and_a_narrower_answer_says_what_it_is_narrower_than() -> None:
    found = rows(
        statement(TEXT, "a 30-day ceasefire as a first step towards a treaty", "Ruritania", "DEMAND", issues=("A1",)),
        statement(
            TEXT,
            "a much narrower halt, under which Ruritania and Sylvania would stop shelling dams for a month",
            "Sylvania",
            "COUNTER",
            issues=("A2",),
        ),
    )
    asked = one(found, "DEMAND", "A1")
    assert (asked["status"], asked["duration"]) == ("asked", ("30-day",))
    assert asked["scope"] == ("all fighting",)
    assert asked["sequence"] == ("as a first step towards a treaty",)
    answer = one(found, "COUNTER", "A2")
    assert answer["mutual"] == "both sides"
    assert answer["duration"] == ("a month",)
    assert "General ceasefire, asked for by Ruritania" in str(answer["narrower_than"])


def test_a_consent_only_to_talk_is_not_an_agreement_and_who_claims_more_is_named() -> None:
    found = rows(
        statement(
            TEXT, "to open talks on the lake before any vote", "Sylvania", "ACCEPT", issues=("A3",), degree="procedural"
        ),
        statement(TEXT, "the two had reached a consensus on the lake", "Ruritania", "REPORT", issues=("A3",)),
    )
    row = one(found, "ACCEPT", "A3")
    assert row["status"] == "agreed to negotiate"
    assert row["sequence"] == ("before any vote",)
    assert row["claimed_further"] == ("Ruritania: the two had reached a consensus on the lake",)


def test_what_was_carried_out_says_so_and_what_was_not_does_not() -> None:
    consent = statement(TEXT, "to free the fishermen", "Sylvania", "ACCEPT", issues=("F1",), degree="full")
    deed = statement(TEXT, "The fishermen were freed", "Sylvania", "DO", issues=("F1",), stance="for")
    assert one(rows(consent, deed), "ACCEPT", "F1")["status"] == "carried out"
    assert one(rows(consent), "ACCEPT", "F1")["status"] == "agreed"


def test_a_narrower_answer_without_an_issue_stands_by_itself() -> None:
    found = rows(
        statement(TEXT, "a 30-day ceasefire as a first step towards a treaty", "Ruritania", "DEMAND"),
        statement(TEXT, "agreed only to a much narrower halt", "Sylvania", "COUNTER"),
    )
    (answer,) = [row.cells for row in found if row.cells["act"] == "COUNTER"]
    assert (answer["issue"], answer["narrower_than"], answer["counter_to"]) == (None, (), ())


@pytest.mark.parametrize(
    ("act", "mode", "speaker", "words", "claimed"),
    [
        ("REPORT", None, "Union", "the port had agreed to the night rate", True),
        ("REPORT", None, "Union", "a deal was reached at dawn", True),
        ("REPORT", None, "Port", "a deal was reached at dawn", False),
        ("REPORT", None, "Union", "talks on a deal go on", False),
        ("REPORT", None, "Union", "it would leave if no agreement was reached", False),
        ("ASSESS", "evaluate", "Union", "a good deal was reached", False),
        ("ASSESS", "forecast", "Union", "a deal is reached soon", False),
    ],
)
def test_only_who_tells_of_an_agreement_that_stands_claims_more(
    act: str, mode: str | None, speaker: str, words: str, claimed: bool
) -> None:
    source = document("one", f"The port offered to talk of the night rate. One said {words}.", date="2031-03-10")
    record = Record(
        (source,),
        (
            statement(source, "to talk of the night rate", "Port", "PROPOSE", issues=("G4",)),
            statement(source, words, speaker, act, mode=mode, issues=("G4",)),
        ),
    )
    assert bool(proposals(record).rows[0].cells["claimed_further"]) is claimed


def test_an_answer_is_of_him_whom_it_addresses_or_whose_words_it_shares() -> None:
    text = document(
        "b",
        "Ruritania wants cheaper lamps for lighthouses. Sylvania refused Ruritania. "
        "Kos refused lighthouses and cheaper lamps. Ek refused hats.",
    )
    asked = statement(text, "cheaper lamps for lighthouses", "Ruritania", "DEMAND", issues=("G4",))
    addressed = statement(text, "refused Ruritania", "Sylvania", "REJECT", issues=("G4",), addressee="Ruritania")
    sharing = statement(text, "lighthouses and cheaper lamps", "Kos", "REJECT", issues=("G4",))
    other = statement(text, "refused hats", "Ek", "REJECT", issues=("G4",))
    found = rows(asked, addressed, sharing, other, text=text)
    assert one(found, "DEMAND", "G4")["answered_by"] == ("Kos", "Sylvania")
    assert one(rows(asked, other, text=text), "DEMAND", "G4")["answered_by"] == ("Ek",)
    kos = next(row for row in found if row.cells["party"] == "Kos")
    assert kos.cells["counter_to"] == ("Trade, pay, prices, banking and debt: Ruritania",)
