"""Every table of the analyses as a page: filters in the address, JSON and CSV twins, and the words behind each row."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from parley.analysis import TABLES, Cell, Column, Row, Table
from parley.desk.columns import View, labelled, view_of
from parley.desk.pages import TITLES, desk_of, page, part, text_of
from parley.desk.state import Computed, Snapshot
from parley.export import write_table

__all__ = ["ROUTES", "Wanted", "behind", "chosen", "row_key"]

PER_PAGE = 50
_SHOWN_WORDS = 200  # statements listed behind one row at once
_LONG = 60  # characters of a cell above which its column is given room


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a table: the query of its address."""

    words: str
    columns: tuple[tuple[str, str], ...]  # column key, words that its cell must hold
    sort: str
    falling: bool
    number: int

    @classmethod
    def of(cls, request: Request, columns: Sequence[Column]) -> Wanted:
        """Read the query; columns that the table lacks are left out."""
        query = request.query_params
        keys = {column.key for column in columns}
        held = tuple((key, query[f"is.{key}"][:200]) for key in sorted(keys) if query.get(f"is.{key}", "").strip())
        sort = query.get("sort", "")
        number = query.get("page", "1")
        return cls(
            words=query.get("words", "").strip()[:200],
            columns=held,
            sort=sort.removeprefix("-") if sort.removeprefix("-") in keys else "",
            falling=sort.startswith("-"),
            number=int(number) if number.isdecimal() and 0 < len(number) < 9 else 1,
        )

    def query(self, **more: str) -> str:
        """Return the query with some of it replaced; empty values are left out."""
        told = {"words": self.words, **{f"is.{key}": value for key, value in self.columns}}
        told |= {"sort": f"{'-' if self.falling else ''}{self.sort}" if self.sort else ""} | more
        kept = {name: value for name, value in told.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row as it is shown, and which of its columns need room."""

    html: Markup
    long: frozenset[str]


def table_page(request: Request) -> Response:
    """Show one page of a table."""
    desk, name = desk_of(request), _name(request)
    found = desk.table(name)
    if found is None:
        return page(request, "counting.html", {"title": TITLES.get(name, name)})
    table = found.table
    wanted = Wanted.of(request, table.columns)
    snapshot = desk.snapshot()
    rows = chosen(found, wanted, snapshot)
    last = max(1, -(-len(rows) // PER_PAGE))
    number = min(wanted.number, last)
    here = rows[(number - 1) * PER_PAGE : number * PER_PAGE]
    view = view_of(name, table.columns, here)
    lines = [_line(snapshot, name, found, row, view) for row in here]
    context: dict[str, Any] = {
        "name": name, "title": TITLES.get(name, table.title), "table": table, "wanted": wanted, "total": len(rows),
        "of": len(table.rows), "number": number, "last": last, "behind": found.behind,
        "rows": [line.html for line in lines], "long": frozenset().union(*(line.long for line in lines)),
        "held": dict(wanted.columns), "view": view,
    }  # fmt: skip
    return page(request, "table.html", context)


def table_twin(request: Request) -> Response:
    """Return the rows that the page's filters leave, as JSON or CSV: every row, up to date."""
    desk, name, form = desk_of(request), _name(request), request.url.path.rpartition(".")[2]
    found = desk.table(name, wait=None)
    if found is None:  # the wait has no end
        raise HTTPException(503, "The table is not counted yet; ask again.")
    wanted = Wanted.of(request, found.table.columns)
    table = Table(
        name, found.table.title, found.table.columns, tuple(chosen(found, wanted, desk.snapshot())), found.table.notes
    )
    out = io.StringIO()
    write_table(table, form, out)
    mark = "\ufeff" if form == "csv" and request.query_params.get("bom") == "1" else ""
    kind = "application/json" if form == "json" else "text/csv"
    headers = {"content-disposition": f'attachment; filename="{name}.{form}"'} if form == "csv" else {}
    return Response((mark + out.getvalue()).encode(), media_type=f"{kind}; charset=utf-8", headers=headers)


def words_page(request: Request) -> Response:
    """Show the words that one row of a table rests on."""
    desk, name, key = desk_of(request), _name(request), request.path_params["key"]
    found = desk.table(name, wait=None)
    if found is not None and "keys" not in found.kept:
        found.kept["keys"] = {row_key(row): row for row in found.table.rows}
    keys = found.kept["keys"] if found else None
    row = keys.get(key) if isinstance(keys, dict) else None
    if row is None:
        raise HTTPException(404, "That row is gone: decisions since have changed what it rests on. Open the table.")
    snapshot, reviews = desk.snapshot(), desk.reviews
    there = [item for item in map(snapshot.statement, row.statements) if item is not None]
    columns = found.table.columns if found else ()
    context: dict[str, Any] = {
        "name": name, "title": TITLES.get(name, name), "snapshot": snapshot,
        "cells": [(c.title, text_of(value)) for c in view_of(name, columns, [row]).columns
                  for value in [labelled(c.key, row.cells.get(c.key), snapshot.record.issue_labels)]],
        "statements": [(item, reviews.mark(item.id)) for item in there[:_SHOWN_WORDS]],
        "left": max(0, len(there) - _SHOWN_WORDS),
        "documents": [snapshot.documents[d] for d in row.documents if d in snapshot.documents][:_SHOWN_WORDS],
    }  # fmt: skip
    return page(request, "words.html", context)


def row_key(row: Row) -> str:
    """Return a row's address: it stays while the row says the same and rests on the same words."""
    cells = "\0".join(f"{key}={text_of(value)}" for key, value in sorted(row.cells.items()))
    rests = "\0".join((cells, *row.statements, "", *row.documents))
    return hashlib.sha256(rests.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _name(request: Request) -> str:
    name: str = request.path_params["name"]
    if name not in TABLES:
        raise HTTPException(404, f"There is no table “{name}”; the tables are under Explore.")
    return name


def chosen(found: Computed, wanted: Wanted, snapshot: Snapshot) -> Sequence[Row]:
    """Return the rows that the query leaves, in its order; cells may be asked for by id or by label."""
    labels = snapshot.record.issue_labels
    rows: Sequence[Row] = found.table.rows
    if wanted.words:
        asked = wanted.words.casefold().split()
        rows = [
            row for row, text in zip(rows, _texts(found, labels), strict=True) if all(word in text for word in asked)
        ]
    held = [(key, value.casefold()) for key, value in wanted.columns]
    if held:
        rows = [r for r in rows if all(value in _told(key, r.cells.get(key), labels).casefold() for key, value in held)]
    if wanted.sort:
        key = wanted.sort
        rows = sorted(rows, key=lambda row: _order(row.cells.get(key)), reverse=wanted.falling)
    return rows


def _texts(found: Computed, labels: Mapping[str, str]) -> Sequence[str]:
    """Return all words of each row, case apart; made once for each count of the table."""
    made = found.kept.get("texts")
    if not isinstance(made, tuple):
        rows = (row.cells.items() for row in found.table.rows)
        made = tuple("\n".join([_told(key, cell, labels) for key, cell in cells]).casefold() for cells in rows)
        found.kept["texts"] = made
    return made


def _told(key: str, value: Cell, labels: Mapping[str, str]) -> str:
    """Return a cell's words, and beside them the labels that the page shows for its ids."""
    shown = labelled(key, value, labels)
    return text_of(value) if shown == value else f"{text_of(value)}\n{text_of(shown)}"


def _order(value: object) -> tuple[int, float, str]:
    """Return a key that puts numbers before words and empty cells last."""
    if value is None or value == () or value == "":
        return 2, 0.0, ""
    if isinstance(value, int | float):
        return 0, float(value), ""
    return 1, 0.0, text_of(value).casefold()


def behind(snapshot: Snapshot, name: str, row: Row) -> str:
    """Return where a row's words stand: its statement, its document, or the list of all of them; "" for none."""
    if len(row.statements) == 1 and snapshot.statement(row.statements[0]) is not None:
        return f"/s/{row.statements[0]}"
    if row.statements or len(row.documents) > 1:
        return f"/words/{name}/{row_key(row)}"
    return f"/d/{row.documents[0]}" if row.documents else ""


def _line(snapshot: Snapshot, name: str, found: Computed, row: Row, view: View) -> _Line:
    """Return the row as it is shown, made once for each count of the table and the columns of its page."""
    alone = row.statements[0] if len(row.statements) == 1 else ""
    there = bool(alone) and snapshot.statement(alone) is not None
    key = ("line", id(row), there, view)
    made = found.kept.get(key)
    if not isinstance(made, _Line):
        values = [labelled(c.key, row.cells.get(c.key), snapshot.record.issue_labels) for c in view.columns]
        cells = [
            (column.title, text_of(value), view.classes(place, text_of(value), figure=isinstance(value, int | float)))
            for place, (column, value) in enumerate(zip(view.columns, values, strict=True))
        ]
        long = frozenset(c.key for c, (_, words, _) in zip(view.columns, cells, strict=True) if len(words) > _LONG)
        made = found.kept[key] = _Line(part("_row.html", cells=cells, link=behind(snapshot, name, row)), long)
    return made


ROUTES = (
    Route("/tables/{name}.json", table_twin),
    Route("/tables/{name}.csv", table_twin),
    Route("/tables/{name}", table_page),
    Route("/words/{name}/{key}", words_page),
)
