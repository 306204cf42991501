"""Two readouts beside each other."""

from __future__ import annotations

from typing import Any

import pytest
from dispute_samples import document, statement

from parley.analysis import Row
from parley.analysis.readouts import compare_readouts
from parley.errors import UnknownName
from parley.records import OriginGroup, Record

A = document("a", "Firm takes the pause and more words here.")
B = document("b", "Union on the pause, other words.")


def compared(one: list[tuple[str, str, dict[str, Any]]], two: list[tuple[str, str, dict[str, Any]]]) -> tuple[Row, ...]:
    made = [
        statement(source, "the pause", speaker, act, **{"issues": ("G4",)} | fields)
        for source, told in ((A, one), (B, two))
        for speaker, act, fields in told
    ]
    return compare_readouts(Record((A, B), tuple(made)), A.id, B.id).rows


def cells(row: Row) -> tuple[object, object, object]:
    return (row.cells["comparison"], row.cells["first"], row.cells["second"])


def test_an_issue_that_one_leaves_out_is_its_silence() -> None:
    (row,) = compared([("Firm", "DEMAND", {"stance": "for"})], [])
    assert cells(row) == ("one is silent", "said", "silent")
    assert row.cells["second_words"] is None
    (other,) = compared([], [("Firm", "DEMAND", {"stance": "for"})])
    assert cells(other) == ("one is silent", "silent", "said")


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (("ACCEPT", "full"), ("ACCEPT", "in_principle"), ("one goes further", "broader", "narrower")),
        (("ACCEPT", "procedural"), ("ACCEPT", "willing"), ("one goes further", "narrower", "broader")),
        (("ACCEPT", None), ("DEFER", None), ("one goes further", "broader", "narrower")),
        (("COUNTER", None), ("ACCEPT", None), ("one goes further", "narrower", "broader")),
        (("ACCEPT", None), ("ACCEPT", "in_principle"), ("same by the codes", "said", "same")),
        (("ACCEPT", "full"), ("ACCEPT", "full"), ("same by the codes", "said", "same")),
        (("PROPOSE", None), ("DEMAND", None), ("both speak", "said", "said")),
    ],
)
def test_one_goes_further_only_where_the_codes_show_it(
    one: tuple[str, str | None], two: tuple[str, str | None], expected: tuple[str, str, str]
) -> None:
    (row,) = compared([("Firm", one[0], {"degree": one[1]})], [("Firm", two[0], {"degree": two[1]})])
    assert cells(row) == expected
    if expected[0] == "one goes further":
        assert str(row.cells["because"]).startswith("Firm: ")


def test_consents_of_different_sides_are_not_measured_against_each_other() -> None:
    (row,) = compared([("Firm", "ACCEPT", {"degree": "full"})], [("Union", "ACCEPT", {"degree": "willing"})])
    assert cells(row) == ("both speak", "said", "said")


def test_a_denial_leads_and_stances_that_differ_are_named() -> None:
    (row,) = compared([("Firm", "PROPOSE", {})], [("Firm", "DENY", {})])
    assert cells(row) == ("one denies", "said", "denies")
    (other,) = compared([("Firm", "PROPOSE", {"stance": "for"})], [("Firm", "REJECT", {"stance": "against"})])
    assert cells(other) == ("stances differ", "said", "said")
    assert other.cells["because"] == "Firm: for in the first, against in the second"


def test_rows_rest_on_the_quoted_statements_first() -> None:
    (row,) = compared([("Firm", "ACCEPT", {"degree": "full"}), ("Firm", "REPORT", {})], [("Firm", "DEFER", {})])
    assert len(row.statements) == 3
    assert (row.cells["first_words"], row.cells["first_act"]) == ("the pause", "consent in full")
    assert row.documents == (A.id, B.id)


def test_copies_are_said_to_be_no_two_accounts() -> None:
    grouped = Record((A, B), groups=(OriginGroup("g", (A.id, B.id), "copy"),))
    assert any("share their origin" in note for note in compare_readouts(grouped, A.id, B.id).notes)
    assert not any("share their origin" in note for note in compare_readouts(Record((A, B)), A.id, B.id).notes)


def test_documents_that_are_not_two_are_refused() -> None:
    with pytest.raises(UnknownName, match="no document"):
        compare_readouts(Record((A,)), A.id, B.id)
    with pytest.raises(UnknownName, match="one document"):
        compare_readouts(Record((A,)), A.id, A.id)
