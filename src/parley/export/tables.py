"""A table of the analyses as JSON, CSV, or lines for a terminal."""

from __future__ import annotations

import csv
import json
import math
import re
import unicodedata
from typing import TextIO

from parley.analysis.table import Cell, Table
from parley.errors import UnknownName
from parley.export.fields import cell_text, unformula

__all__ = ["write_table"]

_WIDEST = 60
# Control and direction characters could repaint a terminal or turn a line around.
_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def write_table(table: Table, format: str, stream: TextIO) -> None:
    """Write *table* to *stream*: ``json`` with everything, ``csv`` the cells, ``text`` for people.

    CSV has a heading of column keys and a last column with the ids that a row rests on. Raises UnknownName for
    another format.
    """
    writers = {"json": _json, "csv": _csv, "text": _text}
    if format not in writers:
        raise UnknownName(f"There is no table format “{format}”; choose one of: {', '.join(writers)}.")
    writers[format](table, stream)


def _json(table: Table, stream: TextIO) -> None:
    rows = [
        {
            "cells": {column.key: _finite(row.cells.get(column.key)) for column in table.columns},
            "statements": row.statements,
            "documents": row.documents,
        }
        for row in table.rows
    ]
    columns = [{"key": column.key, "title": column.title} for column in table.columns]
    whole = {"name": table.name, "title": table.title, "columns": columns, "rows": rows, "notes": table.notes}
    stream.write(json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1) + "\n")


def _csv(table: Table, stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*(unformula(column.key) for column in table.columns), "rests on"])
    for row in table.rows:
        cells = [cell_text(row.cells.get(column.key)) for column in table.columns]
        ids = "; ".join((*row.statements, *row.documents))
        writer.writerow([unformula(cell) if isinstance(cell, str) else cell for cell in (*cells, ids)])


def _text(table: Table, stream: TextIO) -> None:
    heading = [column.title for column in table.columns]
    body = [[_shown(row.cells.get(column.key)) for column in table.columns] for row in table.rows]
    widths = [max(map(_width, column)) for column in zip(heading, *body, strict=True)]
    stream.write(f"{table.title}\n\n")
    for cells in (heading, ["-" * width for width in widths], *body):
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True))
        stream.write("  ".join(padded).rstrip() + "\n")
    if not body:
        stream.write("Nothing.\n")
    for note in table.notes:
        stream.write(f"\n{_UNSEEN.sub(' ', note)}\n")


def _finite(cell: Cell) -> Cell:
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def _shown(cell: Cell) -> str:
    value = cell_text(cell)
    text = "" if value is None else f"{value:.4g}" if isinstance(value, float) else _UNSEEN.sub(" ", str(value))
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _width(text: str) -> int:
    """Return the columns that *text* takes in a terminal: wide characters two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
