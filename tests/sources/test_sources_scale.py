"""Large and hostile texts: time grows with the size, not with its square. Wide limits, which a square would miss."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from parley.records import Document
from parley.sources import Given, find_times, load

MB = 1_000_000


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("one line of words", lambda: "the union said on Tuesday that it will not go " * (10 * MB // 46)),
        ("200,000 lines", lambda: "The union said on Tuesday that it left.\n" * 200_000),
        ("one word", lambda: "a" * (10 * MB)),
        ("capitals", lambda: "Ann Lee And " * (10 * MB // 12)),
        ("blanks", lambda: "x" + " \n" * (5 * MB)),
        ("brackets", lambda: "x" + "<" * (10 * MB)),
        ("digits", lambda: "x " + "12." * (3 * MB)),
    ],
)
def test_ten_megabytes(tmp_path: Path, name: str, make: object) -> None:
    path = tmp_path / "large.txt"
    assert callable(make)
    path.write_text(make())
    start = time.perf_counter()
    (document,) = load([path], given=Given(date="2025-03-19"))
    loaded = time.perf_counter() - start
    assert isinstance(document, Document)
    assert loaded < 10, name
    find_times(replace(document, text=document.text[:MB]))
    assert time.perf_counter() - start < 30, name


@pytest.mark.parametrize("ending", ["html", "jsonl", "eml", "rss", "md"])
def test_large_files_of_other_kinds_end(tmp_path: Path, ending: str) -> None:
    text = "The union said no to the company's offer. " * (MB // 42)
    contents = {
        "html": f"<html><body><article><p>{text.replace('offer.', 'offer.</p><p>')}</p></article></body></html>",
        "jsonl": '{"text": "The union said no."}\n' * 4_000,
        "eml": f"From: a@example.org\nSubject: Talks\nMIME-Version: 1.0\n\n{text}",
        "rss": "<rss><channel>"
        + "<item><title>Talks</title><description>No.</description></item>" * 5_000
        + "</channel></rss>",
        "md": "# Talks\n\n" + text,
    }
    path = tmp_path / f"large.{ending}"
    path.write_text(contents[ending])
    start = time.perf_counter()
    documents = [result for result in load([path]) if isinstance(result, Document)]
    assert documents
    assert time.perf_counter() - start < 60
