"""Positions at a glance: issues by parties, a sign and a word a cell, never colour alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from parley.analysis import Row
from parley.brief.view import MatrixCell, MatrixRow, PositionBlock

__all__ = ["SIGNS", "matrix", "matrix_parties"]

SIGNS = {"for": "+", "against": "−", "conditional": "±", "none": "·"}

_MOST_PARTIES = 5
_MOST_ISSUES = 16


def matrix_parties(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the up to five parties with positions on most issues, most statements breaking ties."""
    issues: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for row in rows:
        party = str(row.cells["party"])
        issues[party] += 1
        said[party] += int(str(row.cells["count"]))
    return tuple(sorted(issues, key=lambda party: (-issues[party], -said[party], party))[:_MOST_PARTIES])


def matrix(blocks: Sequence[PositionBlock], parties: Sequence[str]) -> tuple[MatrixRow, ...]:
    """Return one row for each issue on which at least one of *parties* has a position, up to sixteen."""
    out = []
    for block in blocks:
        by_party = {row.party: MatrixCell(row.sign, row.stance, row.anchor) for row in block.rows}
        if any(party in by_party for party in parties):
            out.append(MatrixRow(block.issue, tuple(by_party.get(party) for party in parties)))
    return tuple(out[:_MOST_ISSUES])
