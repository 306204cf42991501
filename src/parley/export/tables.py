"""A table of the analyses as JSON, CSV, or lines for a terminal."""

from __future__ import annotations

import csv
import json
import math
import re
import textwrap
import unicodedata
from collections.abc import Sequence
from typing import TextIO

from parley.analysis.table import Cell, Column, Table
from parley.cells import unformula
from parley.errors import UnknownName
from parley.export.fields import cell_text

__all__ = ["write_for_terminal", "write_table"]

_WIDEST = 60
_LEAST_WIDTH = 40
_ID = re.compile(r"(?:[a-z]+-)?[0-9a-f]{12,}")
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


def write_for_terminal(table: Table, stream: TextIO, width: int, *, ids: bool = False) -> None:
    """Write *table* for a person at a terminal of *width* columns: a line a row where that fits, else a block a row.

    Columns without a value are left out; so are, without *ids*, bare ids and codes that have their label beside them.
    """
    columns = [column for column in table.columns if _tells(column, table, ids=ids)]
    heading = [column.title for column in columns]
    body = [[_shown(row.cells.get(column.key), widest=None) for column in columns] for row in table.rows]
    stream.write(f"{table.title}\n\n")
    if not body:
        stream.write("Nothing.\n")
    elif sum(max(map(_width, cells)) + 2 for cells in zip(heading, *body, strict=True)) - 2 <= width:
        _lines(heading, body, stream)
    else:
        _blocks(heading, body, stream, max(width, _LEAST_WIDTH))
    for note in table.notes:
        stream.write("\n" + textwrap.fill(_UNSEEN.sub(" ", note), max(width, _LEAST_WIDTH)) + "\n")


def _tells(column: Column, table: Table, *, ids: bool) -> bool:
    cells = [cell for row in table.rows if (cell := row.cells.get(column.key)) not in (None, "", ())]
    labelled = any(other.key == f"{column.key}_label" for other in table.columns)
    return bool(cells) and (ids or not (labelled or all(_ID.fullmatch(str(cell)) for cell in cells)))


def _blocks(heading: Sequence[str], body: Sequence[Sequence[str]], stream: TextIO, width: int) -> None:
    """Write each row as lines of "field: value", wrapped under the value; fields without one are left out."""
    for number, cells in enumerate(body):
        stream.write("\n" if number else "")
        for title, cell in zip(heading, cells, strict=True):
            if cell:
                stream.write(textwrap.fill(f"{title}: {cell}", width, subsequent_indent="    ") + "\n")


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
    stream.write(f"{table.title}\n\n")
    _lines(heading, body, stream)
    if not body:
        stream.write("Nothing.\n")
    for note in table.notes:
        stream.write(f"\n{_UNSEEN.sub(' ', note)}\n")


def _lines(heading: Sequence[str], body: Sequence[Sequence[str]], stream: TextIO) -> None:
    widths = [max(map(_width, column)) for column in zip(heading, *body, strict=True)]
    for cells in (heading, ["-" * width for width in widths], *body):
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True))
        stream.write("  ".join(padded).rstrip() + "\n")


def _finite(cell: Cell) -> Cell:
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def _shown(cell: Cell, *, widest: int | None = _WIDEST) -> str:
    value = cell_text(cell)
    text = "" if value is None else f"{value:.4g}" if isinstance(value, float) else _UNSEEN.sub(" ", str(value))
    return text if widest is None or len(text) <= widest else text[: widest - 1] + "…"


def _width(text: str) -> int:
    """Return the columns that *text* takes in a terminal: wide characters two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
