"""How people are shown a table: the words second, labels for codes, without what is empty or for programs alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from parley.analysis import Cell, Column, Row
from parley.desk.pages import NAMES, text_of

__all__ = ["View", "labelled", "view_of"]

_FOR_PROGRAMS: Mapping[str, frozenset[str]] = {
    "statements": frozenset({"id", "start", "end"}),
    "positions": frozenset({"latest"}),
    "forecasts": frozenset({"statement"}),
    "sources": frozenset({"group"}),
    "restorations": frozenset({"start", "end"}),
    "documents": frozenset({"id", "sha256", "original_sha256"}),
}
"""By table, the columns that only programs read: ids, hashes, offsets. JSON and CSV have them."""

_NO_LEAD = frozenset({"class", "number", "words"})
"""Columns that say too little to stand first."""

_UNBROKEN = 28  # letters without a space above which a cell may be broken anywhere


@dataclass(frozen=True, slots=True)
class View:
    """The columns of one page of a table in their order, and the titles of those that it leaves out."""

    columns: tuple[Column, ...]
    empty: tuple[str, ...] = ()
    for_programs: tuple[str, ...] = ()

    def classes(self, place: int, words: str, *, figure: bool) -> str:
        """Return the classes of a cell, from the column's place and its words."""
        found = ["fig"] if figure else ["short"] if len(words) < 12 else []
        if max(map(len, words.split()), default=0) > _UNBROKEN:
            found.append("split")
        return " ".join([*found, self.role(place)]).strip()

    def role(self, place: int) -> str:
        """Return what the column is on the page: its head, the words, or nothing of the kind."""
        return "lead" if place == 0 else "says" if self.columns[place].key == "words" else ""


def view_of(name: str, columns: Sequence[Column], rows: Sequence[Row]) -> View:
    """Return how the page that holds these rows of the table shows them."""
    keys = {column.key for column in columns}
    hidden = _FOR_PROGRAMS.get(name, frozenset()) | ({"issue"} if "issue_label" in keys else set())
    shown = [column for column in columns if column.key not in hidden]
    full = [column for column in shown if any(text_of(row.cells.get(column.key)) for row in rows)] or shown[:1]
    lead = next((column for column in full if column.key not in _NO_LEAD), full[0])
    order = sorted(full, key=lambda column: (column is not lead, column.key != "words"))
    return View(
        tuple(replace(c, title="Issue") if c.key == "issue_label" else c for c in order),
        tuple(column.title for column in shown if column not in full),
        tuple(column.title for column in columns if column.key in hidden - {"issue"}),
    )


def labelled(key: str, value: Cell, labels: Mapping[str, str]) -> Cell:
    """Return a cell with words for ids: *labels* for issues, and what stands for a speaker who is no actor.

    Verbatim words stay as they are, several told apart.
    """
    if key.endswith("words"):
        return " / ".join(value) if isinstance(value, tuple) else value
    names = labels if key == "issues" else NAMES
    if isinstance(value, tuple):
        return tuple(names.get(item, item) if isinstance(item, str) else item for item in value)
    return names.get(value, value) if isinstance(value, str) else value
