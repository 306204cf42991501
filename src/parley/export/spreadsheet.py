"""CSV and XLSX. Cells are data: nothing in an article becomes a formula."""

from __future__ import annotations

import csv
import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from parley.cells import unformula
from parley.errors import ParleyError
from parley.export.fields import FIELDS, cell_text, fields_of, legal_xml
from parley.records import Fact, Record

__all__ = ["write_csv", "write_xlsx"]

_MOST_ROWS = 1_048_575  # besides the heading: Excel specifications and limits, "Worksheet size"
_MOST_CHARACTERS = 32_767  # the same, "Total number of characters that a cell can contain"
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write_csv(record: Record, stream: BinaryIO, *, bom: bool = False) -> None:
    """Write the statements as CSV (RFC 4180), UTF-8; *bom* begins it with a byte order mark."""
    text = io.TextIOWrapper(stream, "utf-8-sig" if bom else "utf-8", errors="backslashreplace", newline="")
    writer = csv.writer(text)
    writer.writerow(FIELDS)
    writer.writerows([_csv_cell(value) for value in fields.values()] for fields in fields_of(record))
    text.flush()
    text.detach()


def write_xlsx(record: Record, stream: BinaryIO) -> None:
    """Write a workbook with sheets for statements, documents, actors and what was not read.

    Raises ParleyError where a sheet cannot hold all rows.
    """
    left = len(record.refusals) + len(record.unread)
    if max(len(record.statements), len(record.documents), len(record.actors), left) > _MOST_ROWS:
        raise ParleyError(f"A sheet holds {_MOST_ROWS:,} rows and this dossier has more; export as csv or jsonl.")
    from openpyxl import Workbook  # slow to load, and only for this format

    book = Workbook(write_only=True)
    for title, heading, rows in _sheets(record):
        sheet = book.create_sheet(title)
        for row in itertools.chain([heading], rows):
            sheet.append([_xlsx_cell(sheet, value) for value in row])
    made = io.BytesIO()
    book.save(made)
    _same_bytes(made, stream)


def _sheets(record: Record) -> Iterator[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]:
    yield "statements", FIELDS, (tuple(fields.values()) for fields in fields_of(record))
    facts = ("title", "outlet", "author", "date", "language", "genre")
    heading = ("doc", "document", *(f"{fact}{end}" for fact in facts for end in ("", " known by")), "path", "format")
    yield (
        "documents",
        heading,
        ((d.name, d.id, *(x for f in facts for x in _fact(getattr(d, f))), d.path, d.format) for d in record.documents),
    )
    actors = ((a.name, a.kind, a.names, a.roles, a.belongs_to, len(a.documents)) for a in record.actors)
    yield "actors", ("name", "kind", "other names", "roles", "belongs to", "documents"), actors
    names = {document.id: document.name for document in record.documents}
    left: list[tuple[str, str, str]] = [(r.path, r.kind, r.reason) for r in record.refusals]
    left += [(names.get(document, document), "unread", sentence) for document, sentence in record.unread]
    yield "not read", ("what", "how", "why"), left


def _fact(fact: Fact | None) -> tuple[str | None, str | None]:
    return (fact.value, fact.basis) if fact else (None, None)


def _csv_cell(value: object) -> object:
    cell = cell_text(value)
    return unformula(cell) if isinstance(cell, str) else cell


def _xlsx_cell(sheet: Any, value: object) -> Any:
    cell = cell_text(value)
    if not isinstance(cell, str):
        return cell
    text = legal_xml(cell)
    if len(text) > _MOST_CHARACTERS:
        note = f"… [cut: {len(text)} characters]"
        text = text[: _MOST_CHARACTERS - len(note)] + note
    from openpyxl.cell import WriteOnlyCell

    made = WriteOnlyCell(sheet, text)
    made.data_type = "s"  # text, whatever it looks like
    if unformula(text) != text:
        made.quotePrefix = True  # and text it stays when somebody edits the cell
    return made


def _same_bytes(made: io.BytesIO, stream: BinaryIO) -> None:
    """Copy the workbook without the times at which it was made, so that the same record gives the same bytes."""
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            target.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
