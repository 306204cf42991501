"""The one shape in which every analysis answers: a table whose rows name the statements that they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Cell = str | int | float | None | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``key`` in JSON and CSV, ``title`` for people."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by column key, and the ids of the statements (or documents) that the row rests on."""

    cells: Mapping[str, Cell]
    statements: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """``notes`` say what the table cannot know."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
