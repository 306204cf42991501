"""All rows of the checklist, in the order of their numbers."""

from __future__ import annotations

from benchmarks.checklist import (
    actor_rows,
    dispute_rows,
    event_rows,
    forecast_rows,
    leverage_rows,
    proposal_rows,
    sources_rows,
    statement_rows,
    whole_rows,
)
from benchmarks.checklist.checks import Item

_PARTS = (
    sources_rows,
    actor_rows,
    event_rows,
    proposal_rows,
    statement_rows,
    dispute_rows,
    leverage_rows,
    forecast_rows,
    whole_rows,
)

ITEMS: tuple[Item, ...] = tuple(item for part in _PARTS for item in part.ITEMS)
"""Numbers 1 to 297, each once."""
