"""Answers of models in a brief: what they rest on is looked up in the record, word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.analysis.section import Basis, Section
from parley.analysis.table import Cell, Table
from parley.brief.articles import heading
from parley.brief.display import marks
from parley.brief.quoting import Quoter
from parley.brief.view import Grounds, Model, Place, Ref
from parley.records import Document, Record, Statement

__all__ = ["cell_words", "is_figures", "models", "mostly_figures"]

_MOST_ITEMS = 4
_ABSENT = "not in this dossier"
_UNFOUND = "these words do not stand in it"
_CHECKED = "a model file that a person answers for"
_DRAFT = "a draft that the program itself suggested and that nobody has checked"


def models(sections: Sequence[Section], record: Record, quoter: Quoter) -> tuple[Model, ...]:
    """Return sections for a brief. Words that a model cites are looked for; where they are not found, that is said."""
    finder = _Finder(record, quoter)
    return tuple(
        Model(
            section,
            f"The program’s own inference from {section.file}, {_DRAFT if section.draft else _CHECKED}. It explores "
            "assumptions; it is not a forecast.",
            tuple(map(finder.grounds, section.bases)),
        )
        for section in sections
    )


def cell_words(cell: Cell) -> str:
    """Write a cell for people: three decimals, lists with semicolons, a dash where there is nothing."""
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:.3f}".replace("-0.000", "0.000")
    return "; ".join(cell) if isinstance(cell, tuple) else str(cell)


def mostly_figures(table: Table) -> bool:
    """Tell whether most columns of a table hold numbers: such a table keeps its shape on a narrow screen."""
    return 2 * sum(is_figures(column.key, table) for column in table.columns) >= len(table.columns)


def is_figures(key: str, table: Table) -> bool:
    """Tell whether a column holds numbers only."""
    return all(row.cells[key] is None or isinstance(row.cells[key], int | float) for row in table.rows)


class _Finder:
    """Finds what a model cites: documents by name, statements by id, words wherever they stand."""

    def __init__(self, record: Record, quoter: Quoter) -> None:
        self._quoter = quoter
        self._numbers = {document.id: number for number, document in enumerate(record.documents, 1)}
        self._documents: dict[str, list[Document]] = {}
        for document in record.documents:
            for name in dict.fromkeys((document.id, document.name)):
                self._documents.setdefault(name, []).append(document)
        self._said: dict[str, list[Statement]] = {}
        for item in record.statements:
            self._said.setdefault(item.document, []).append(item)

    def grounds(self, basis: Basis) -> Grounds:
        rest = len(basis.items) - _MOST_ITEMS
        items = "; ".join(basis.items[:_MOST_ITEMS]) + (f"; and {rest} more" if rest > 0 else "")
        words = basis.words or self._content(basis.statements)
        places = [place for name in basis.documents for place in self._in_documents(name, basis.words)]
        places += [self._statement(key) for key in basis.statements]
        if len(places) > 1 and any(not place.missing for place in places):  # the words need stand in one of them only
            places = [Place(p.name, p.article, p.ref, "" if p.missing == _UNFOUND else p.missing) for p in places]
        return Grounds(items, words, marks(words), tuple(places), basis.note)

    def _content(self, keys: Sequence[str]) -> str:
        known = [key for key in keys if key in self._quoter.numbers]
        return self._quoter.index.statements[known[0]].content if len(known) == 1 else ""

    def _statement(self, key: str) -> Place:
        if key not in self._quoter.numbers:
            return Place(f"statement {key}", 0, None, _ABSENT)
        return self._place(self._quoter.index.documents[self._quoter.index.statements[key].document], key)

    def _in_documents(self, name: str, words: str) -> list[Place]:
        known = self._documents.get(name, [])
        if not known:
            return [Place(name, 0, None, _ABSENT)]
        if not words:
            return [self._place(document) for document in known]
        pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
        found = []
        for document in known:
            hit = pattern.search(document.text)
            if hit is not None:
                found.append(self._place(document, self._around(document, hit.start(), hit.end())))
        return found or [self._place(document, missing=_UNFOUND) for document in known]

    def _around(self, document: Document, start: int, end: int) -> str | None:
        """Return the statement that shares most characters with the words, the earliest of equals."""
        shared = [
            (min(item.span.end, end) - max(item.span.start, start), item) for item in self._said.get(document.id, ())
        ]
        most = max((length for length, _ in shared), default=0)
        return next((item.id for length, item in shared if length == most), None) if most > 0 else None

    def _place(self, document: Document, key: str | None = None, missing: str = "") -> Place:
        ref: Ref | None = self._quoter.ref(key) if key is not None else None
        return Place(heading(document), self._numbers[document.id], ref, missing)
