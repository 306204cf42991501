"""What changed between two records, and since a day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from dispute_samples import Dispute, document, statement

from parley.analysis import Row, Table
from parley.analysis.changes import changes, since
from parley.records import Actor, Decision, Document, Record, Statement


def said(
    day: str | None, speaker: str, act: str, *, words: str = "the offer", **fields: Any
) -> tuple[Document, Statement]:
    fields.setdefault("issues", ("G4",))
    source = document(f"{day}-{speaker}-{act}-{words}-{fields.get('stance', '')}", f"{speaker} {words}.", date=day)
    return source, statement(source, words, speaker, act, **fields)


def record(*pairs: tuple[Document, Statement], **more: Any) -> Record:
    return Record(tuple(p[0] for p in pairs), tuple(p[1] for p in pairs), **more)


def kinds(table: Table) -> list[tuple[object, object, object]]:
    return [(row.cells["change"], row.cells["before"], row.cells["now"]) for row in table.rows]


def one(table: Table, change: str) -> Row:
    (row,) = [row for row in table.rows if row.cells["change"] == change]
    return row


REFUSED = said("2031-03-01", "Firm", "REJECT", stance="against")
AGREED = said("2031-03-05", "Firm", "ACCEPT", stance="for", degree="in_principle")
MORE = said("2031-03-08", "Firm", "ACCEPT", stance="for", degree="full", words="all of it")


def test_a_dossier_compared_with_itself_has_not_changed() -> None:
    whole = Dispute().record()
    assert changes(whole, whole).rows == ()


def test_a_later_consent_is_a_move_and_a_consent() -> None:
    table = changes(record(REFUSED), record(REFUSED, AGREED))
    assert kinds(table) == [("moved", "against", "for"), ("consent", "no consent in the coverage", "in principle")]
    row = table.rows[0]
    assert row.statements == (AGREED[1].id, REFUSED[1].id)
    assert (row.cells["words"], row.cells["earlier_words"]) == ("the offer", "the offer")
    assert row.cells["comes_from"] == "a new document"
    assert "New documents: 1" in table.notes[0]


def test_a_consent_that_goes_further_is_one_and_a_repeated_one_is_not() -> None:
    assert kinds(changes(record(AGREED), record(AGREED, MORE))) == [("consent", "in principle", "in full")]
    again = said("2031-03-09", "Firm", "ACCEPT", stance="for", degree="in_principle", words="the same")
    assert changes(record(AGREED), record(AGREED, again)).rows == ()


def test_an_old_article_added_late_moves_nobody() -> None:
    assert all(kind != "moved" for kind, _, _ in kinds(changes(record(AGREED), record(AGREED, REFUSED))))


def test_a_new_party_has_a_new_position() -> None:
    union = said("2031-03-05", "Union", "DEMAND", stance="for")
    assert kinds(changes(record(REFUSED), record(REFUSED, union))) == [
        ("new position", "no position in the coverage", "for")
    ]


def test_a_denial_is_listed_and_an_experts_view_is_not() -> None:
    denial = said("2031-03-05", "Firm", "DENY")
    expert = said("2031-03-05", "Rui Prat", "DENY", voice="expert")
    table = changes(record(REFUSED), record(REFUSED, denial, expert))
    assert kinds(table) == [("denial", None, "denies")]


def test_people_count_under_their_side_when_compared() -> None:
    office = said("2031-03-05", "Office", "ACCEPT", stance="for")
    new = record(REFUSED, office, actors=(Actor("Firm", "organisation"), Actor("Office", "office", belongs_to="Firm")))
    row = one(changes(record(REFUSED), new), "moved")
    assert (row.cells["party"], row.cells["speakers"]) == ("Firm", ("Office",))


def test_another_reading_of_one_document_says_so() -> None:
    source, first = REFUSED
    second = statement(source, "the offer", "Firm", "ACCEPT", stance="for", issues=("G4",))
    table = changes(record(REFUSED), record((source, second)))
    assert one(table, "consent").cells["comes_from"] == "another reading of a document held before"
    assert any("no longer read" in note and note.endswith(": 1.") for note in table.notes)
    assert first.id != second.id


def test_since_a_day_parts_the_documents_by_their_days() -> None:
    whole = record(REFUSED, AGREED, MORE)
    assert ("moved", "against", "for") in kinds(since(whole, "2031-03-05"))
    assert kinds(since(whole, "2031-03-08")) == [("consent", "in principle", "in full")]
    assert since(whole, "2031-03-09").rows == ()


def test_undated_statements_are_counted_and_left_out() -> None:
    table = since(record(REFUSED, said(None, "Union", "DEMAND", stance="for")), "2031-03-01")
    assert [row.cells["party"] for row in table.rows] == ["Firm"]
    assert any("no date: 1 statements" in note for note in table.notes)


FORECAST = said("2031-03-01", "Rui Prat", "ASSESS", voice="expert", mode="forecast", words="will sign within one week")


@pytest.mark.parametrize(("until", "due"), [("2031-03-07", False), ("2031-03-08", True), ("2031-04-01", True)])
def test_a_forecast_is_due_on_its_day(until: str, due: bool) -> None:
    table = changes(record(FORECAST), record(FORECAST), until=until)
    assert [row.cells["now"] for row in table.rows] == (["due 2031-03-08, no outcome recorded"] if due else [])


def test_a_forecast_falls_due_as_coverage_goes_on_unless_it_is_resolved() -> None:
    new = record(FORECAST, said("2031-03-20", "Union", "REPORT"))
    row = one(changes(record(FORECAST), new), "forecast due")
    assert row.statements[0] == FORECAST[1].id
    assert row.cells["before"] == "forecast of 2031-03-01"
    settled = Decision(1, "2031-03-21T00:00:00Z", "ana", "resolve forecast", FORECAST[1].id, {"outcome": "no"})
    assert changes(record(FORECAST), replace(new, decisions=(settled,))).rows == ()


def test_rows_come_most_telling_first() -> None:
    denial = said("2031-03-05", "Firm", "DENY")
    union = said("2031-03-05", "Union", "DEMAND", stance="for")
    table = changes(record(REFUSED), record(REFUSED, union, denial, AGREED))
    assert [row.cells["change"] for row in table.rows] == ["moved", "consent", "denial", "new position"]


def test_a_first_consent_is_no_position_beside_it_and_a_hypothetical_one_is_nothing() -> None:
    assert [row.cells["change"] for row in changes(record(), record(AGREED)).rows] == ["consent"]
    supposed = said("2031-03-05", "Firm", "ACCEPT", stance="for", modifiers=("hypothetical",))
    assert changes(record(), record(supposed)).rows == ()


def test_no_comment_is_no_new_position() -> None:
    silent = said("2031-03-09", "Yard", "REJECT", words="had no comment on the rate", stance="against")
    assert "Yard" not in {row.cells["party"] for row in since(record(REFUSED, silent), "2031-03-05").rows}
