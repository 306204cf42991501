"""Rows that rest on doubtful readings alone are left out, until a person confirms one."""

from __future__ import annotations

from dataclasses import replace

from dispute_samples import document, statement

from parley.analysis.positions import positions
from parley.records import Decision, Record


def test_a_doubtful_reading_alone_makes_no_position() -> None:
    text = document("a", "North wants a truce. South wants a truce. East wants a truce.")
    sure, unsure, silent = (
        replace(
            statement(text, "a truce", who, "DEMAND", issues=("A1",), stance="for", start=text.text.index(who)),
            confidence=confidence,
        )
        for who, confidence in (("North", 0.6), ("South", 0.2), ("East", None))
    )
    record = Record((text,), (sure, unsure, silent))
    table = positions(record)
    assert {row.cells["party"] for row in table.rows} == {"North", "East"}
    assert "Left out: 1 rows" in table.notes[-1]
    yes = Decision(1, "2031-05-01T00:00:00Z", "ana", "accept statement", unsure.id, {})
    assert {row.cells["party"] for row in positions(replace(record, decisions=(yes,))).rows} == {
        "North",
        "South",
        "East",
    }
