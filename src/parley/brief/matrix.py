"""Positions at a glance: issues by parties, a sign and a word a cell, never colour alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from parley.analysis import Index, Row
from parley.brief.view import MatrixCell, MatrixRow, PositionBlock
from parley.records import Statement

__all__ = ["SIGNS", "matrix", "parties_by_weight", "title"]

SIGNS = {"for": "+", "against": "−", "conditional": "±", "none": "·"}

_MOST_ISSUES = 16
_TITLE = 3

_MOUTHPIECE = re.compile(r"['’]s?\s(?:[\w-]+\s)*(?:office|aides?|advis[eo]rs?|spokes\w+)$|\S\sspokes\w+$", re.I)
"""Names and roles of those who speak for whom the words name before: "the minister's office", "Harbour spokesman"."""


def parties_by_weight(index: Index, rows: Sequence[Row]) -> dict[str, int]:
    """Return the parties of the rows of positions with their number of independent sources, the weightiest first.

    Of equal sources, more statements on the issue that most is said on come first, then more statements. Spokesmen
    and offices of a principal that their name or role tells are left out, unless there is nobody else.
    """
    said: dict[str, dict[str, Statement]] = defaultdict(dict)
    for row in rows:
        said[str(row.cells["party"])].update((key, index.statements[key]) for key in row.statements)
    issue = rows[0].cells["issue"] if rows else None

    def weight(party: str) -> tuple[int, int, int]:
        found = said[party].values()
        return index.groups(found), sum(item.issues[0] == issue for item in found), len(found)

    principals = [party for party in said if not _speaks_for_another(index, party)]
    ranked = sorted(principals or said, key=lambda party: (*(-figure for figure in weight(party)), party))
    return {party: weight(party)[0] for party in ranked}


def _speaks_for_another(index: Index, party: str) -> bool:
    roles = index.actors[party].roles if party in index.actors else ()
    return any(_MOUTHPIECE.search(words) for words in (party, *roles))


def title(weights: Mapping[str, int]) -> str:
    """Return the up to three weightiest parties; where several sources report on two or more, only such."""
    several = [party for party, sources in weights.items() if sources > 1]
    return ", ".join((several if len(several) > 1 else list(weights))[:_TITLE])


def matrix(blocks: Sequence[PositionBlock], parties: Sequence[str]) -> tuple[MatrixRow, ...]:
    """Return one row for each issue on which at least one of *parties* has a position, up to sixteen."""
    out = []
    for block in blocks:
        by_party = {row.party: MatrixCell(row.sign, row.stance, row.anchor) for row in block.rows}
        if any(party in by_party for party in parties):
            out.append(MatrixRow(block.issue, tuple(by_party.get(party) for party in parties)))
    return tuple(out[:_MOST_ISSUES])
