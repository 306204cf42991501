"""An outlet that asks or prints is nobody's counterpart; one that takes a position is."""

from __future__ import annotations

from dispute_samples import document, statement

from parley.analysis.counterparts import counterpart
from parley.analysis.index import Index
from parley.analysis.leverage import leverage
from parley.analysis.meetings import meetings
from parley.records import Actor, Record, Statement

TEXT = document(
    "one",
    "“We will close the gates,” the union told Quay Herald. Quay Herald is running out of time. "
    "The union held talks with Quay Herald on 3 March. Quay Herald rejects the pay claim.",
    date="2031-03-04",
)
THREAT = statement(TEXT, "We will close the gates", "Union", "THREATEN", addressee="Quay Herald", issues=("G4",))
TALKS = statement(TEXT, "held talks with Quay Herald", "Union", "CONSULT", addressee="Quay Herald", issues=("H4",))
VIEW = statement(TEXT, "Quay Herald is running out of time", "Rui Prat", "ASSESS", voice="expert", issues=("G4",))
CLAIM = statement(TEXT, "the pay claim", "Quay Herald", "REJECT", issues=("G4",), stance="against")


def record(*more: Statement) -> Record:
    actors = (Actor("Quay Herald", "outlet", names=("Herald",)), Actor("Union", "organisation"))
    items = sorted((THREAT, TALKS, VIEW, *more), key=lambda item: item.span)
    return Record((TEXT,), tuple(items), actors=actors)


def test_an_outlet_is_no_party_to_threats_clocks_or_talks() -> None:
    rows = leverage(record()).rows
    assert {row.cells["to"] for row in rows if row.cells["kind"] == "threat"} == {None}
    assert "Quay Herald" not in {row.cells["party"] for row in rows}
    assert all("Quay Herald" not in item.people for item in meetings(record()))


def test_an_outlet_that_takes_a_position_is_a_party() -> None:
    made = record(CLAIM)
    assert counterpart(Index.of(made), THREAT) == "Quay Herald"
    assert {row.cells["to"] for row in leverage(made).rows if row.cells["kind"] == "threat"} == {"Quay Herald"}
