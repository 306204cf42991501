"""Rows that rest on doubtful readings alone: left out, and counted in the table's notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from parley.analysis.table import Row, Table
from parley.dossier.decisions import in_force
from parley.dossier.review import ACCEPT, EDIT, MANY, subjects
from parley.records import DOUBTFUL_BELOW, Record

__all__ = ["leave_out_doubtful"]


def leave_out_doubtful(make: Callable[[Record], Table]) -> Callable[[Record], Table]:
    """Make a table of it that has no row whose every statement is doubtful, unless a person confirmed one of them.

    Of lines that rest on such a reading alone a fifth were right where we judged them, of others half
    (``benchmarks/brief_lines.py``). The statements stay where statements are listed, and in the review.
    """

    @wraps(make)
    def table(record: Record) -> Table:
        made = make(record)
        doubtful = {item.id for item in record.statements if item.band == "doubtful"}
        if doubtful:
            doubtful -= _confirmed(record)

        def stands(row: Row) -> bool:
            told = not row.statements or row.cells.get("kind") == "contact"  # by the text itself
            return told or any(key not in doubtful for key in row.statements)

        rows = tuple(row for row in made.rows if stands(row)) if doubtful else made.rows
        left = len(made.rows) - len(rows)
        if not left:
            return made
        note = f"Left out: {left} rows that rest on doubtful readings alone (confidence under {DOUBTFUL_BELOW:.0%})."
        return replace(made, rows=rows, notes=(*made.notes, note))

    return table


def _confirmed(record: Record) -> set[str]:
    """Return the statements that a person accepted or edited."""
    decided = (item for item in in_force(record.decisions) if {item.kind, item.subject} & {ACCEPT, EDIT})
    return {key for item in decided if item.kind in (ACCEPT, EDIT, MANY) for key in subjects(item)}
