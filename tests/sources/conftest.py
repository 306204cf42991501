"""Builders of small files in every format, for the tests of the sources room."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from parley.records import Document, Refusal
from parley.sources import Given, load

ARTICLE = (
    "Dock union turns down second offer\n"
    "\n"
    "The dock workers' union said on Tuesday that it would not accept the port company's second offer, which it called "
    "narrower than the first. The company answered that its proposal stood until the end of the month.\n"
    "Mediators hope that both sides will meet again next week.\n"
)
"""A short piece of news, written for these tests."""


@pytest.fixture
def article() -> str:
    return ARTICLE


@pytest.fixture
def read_one(tmp_path: Path) -> Callable[..., Document]:
    """Write bytes or text under a name, load the file, and return the one document that it gives."""

    def read(name: str, content: bytes | str, *, given: Given | None = None) -> Document:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        results = list(load([path], given=given or Given()))
        assert len(results) == 1, results
        assert isinstance(results[0], Document), results[0]
        return results[0]

    return read


@pytest.fixture
def refuse(tmp_path: Path) -> Callable[[str, bytes], Refusal]:
    """Write bytes under a name, load the file, and return the one refusal that it gives."""

    def read(name: str, content: bytes) -> Refusal:
        path = tmp_path / name
        path.write_bytes(content)
        results = list(load([path]))
        assert len(results) == 1, results
        assert isinstance(results[0], Refusal), results[0]
        reason = results[0].reason
        assert reason[0].isupper(), "a refusal is a sentence"
        assert reason.endswith("."), "a refusal is a sentence"
        assert "\n" not in reason
        return results[0]

    return read


def make_pdf(lines: list[str], *, title: str | None = None) -> bytes:
    """Write a PDF of one page by hand: catalogue, page, font, content stream, and a cross-reference table."""
    escaped = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines]
    stream = ("BT /F1 11 Tf 14 TL 40 780 Td " + " ".join(f"({line}) Tj T*" for line in escaped) + " ET").encode(
        "latin-1"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Title (%s) >>" % (title or "").encode("latin-1"),
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, os.SEEK_END)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def make_word(
    paragraphs: list[str], *, table: list[list[str]] | None = None, title: str = "", author: str = ""
) -> bytes:
    """Write a Word file with python-docx."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    document.core_properties.title = title
    document.core_properties.author = author
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    return make_pdf


@pytest.fixture
def word() -> Callable[..., bytes]:
    return make_word
