"""Parley's own work lying among coverage is skipped, and so is what describes or models it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from parley import workbench
from parley.analysis import TABLES
from parley.export import FORMATS, export_record, write_table
from parley.records import Document, Refusal
from parley.sources import load

EXAMPLE = Path(__file__).parents[2] / "examples" / "ceasefire-call"


@pytest.fixture
def folder(tmp_path: Path, article: str) -> Path:
    """A folder of coverage in which a user has also kept all that Parley made of it."""
    folder = tmp_path / "strike"
    folder.mkdir()
    (folder / "union.txt").write_text(article)
    with workbench.read(folder) as made:
        record = made.record()
        (folder / "brief.html").write_text(workbench.brief(made), "utf-8")
        (folder / "brief.md").write_text(workbench.brief(made, form="markdown"), "utf-8")
    for form in FORMATS:
        export_record(record, form, folder / f"strike.{form}")
    export_record(record, "csv", folder / "excel.csv", bom=True)
    export_record(record, "csv", folder / "renamed.txt")
    with (folder / "positions.csv").open("w", encoding="utf-8", newline="") as stream:
        write_table(TABLES["positions"](record), "csv", stream)
    with (folder / "table.txt").open("w", encoding="utf-8", newline="") as stream:
        write_table(TABLES["positions"](record), "csv", stream)
    return folder


def test_own_work_in_the_folder_is_skipped_with_a_sentence_each(folder: Path) -> None:
    results = list(load([folder]))
    assert [item.name for item in results if isinstance(item, Document)] == ["union"]
    refusals = {Path(item.path).name: item for item in results if isinstance(item, Refusal)}
    assert set(refusals) == {path.name for path in folder.iterdir()} - {"union.txt"}
    assert {item.kind for item in refusals.values()} == {"skipped"}
    for name in ("brief.html", "brief.md", "strike.csv", "excel.csv", "renamed.txt", "positions.csv", "table.txt"):
        assert "that Parley" in refusals[name].reason, name


def test_own_work_named_directly_is_skipped_too(folder: Path) -> None:
    results = list(load(sorted(folder.glob("*.md")) + sorted(folder.glob("*.csv"))))
    assert [item.kind for item in results if isinstance(item, Refusal)] == ["skipped"] * len(results)


def test_an_article_about_a_parley_or_made_by_another_generator_is_read(tmp_path: Path, article: str) -> None:
    page = f'<html><head><meta name="generator" content="Parleyway 3"></head><body><p>{article}</p></body></html>'
    (tmp_path / "page.html").write_text(page)
    quoting = f"<html><head><title>x</title></head><body><p>{article} "
    quoting += '<code>&lt;meta name="generator" content="Parley 1"&gt;</code></p></body></html>'
    (tmp_path / "quoting.html").write_text(quoting)
    (tmp_path / "last.txt").write_text(f"{article}\nThe truce was made by Parley Brown.\n")
    (tmp_path / "commas.txt").write_text(f"id, doc, start: the union's words.\n{article}")
    assert all(isinstance(item, Document) for item in load([tmp_path]))


def test_companions_of_a_dossier_are_not_listed(tmp_path: Path, article: str) -> None:
    sqlite3.connect(tmp_path / "talks.db").executescript("CREATE TABLE t (x)").connection.close()
    for name in ("talks.db-wal", "talks.db-shm", "talks.db.bak-v1", "talks.db.bak-v1.2"):
        (tmp_path / name).write_bytes(b"\x37\x7f\x06\x82" + bytes(60))
    (tmp_path / "meeting-wal").write_text(article)
    results = list(load([tmp_path]))
    assert [Path(item.path).name for item in results] == ["meeting-wal", "talks.db"]
    assert isinstance(results[0], Document), "no dossier is beside it, so the ending means nothing"


def test_other_tables_are_spreadsheets(tmp_path: Path, refuse: Callable[[str, bytes], Refusal]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "prices.csv").write_text("day,price\n2025-03-18,7\n")
    (met,) = load([tmp_path / "in"])
    assert isinstance(met, Refusal) and met.kind == "skipped" and "spreadsheet" in met.reason
    assert refuse("prices.csv", b"day,price\n2025-03-18,7\n").kind == "refused"


def test_a_star_over_a_folder_reads_the_articles_and_skips_models_and_sidecars() -> None:
    results = list(load(sorted(EXAMPLE.glob("*"))))
    refusals = {Path(item.path).name: item for item in results if isinstance(item, Refusal)}
    assert set(refusals) == {"bargain.toml", "conflict.toml"}
    assert all(item.kind == "skipped" and "--conflict or --bargain" in item.reason for item in refusals.values())
    assert not any(isinstance(item, Document) and item.path.endswith((".toml", ".json")) for item in results)


@pytest.mark.parametrize(
    ("name", "content"), [("x.toml", 'outlet = "Gazette"\n'), ("x.json", '{"outlet": "Gazette"}'), ("x.json", "[]")]
)
def test_fields_without_a_text_are_skipped_though_named(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    (refusal,) = load([tmp_path / name])
    assert isinstance(refusal, Refusal) and refusal.kind == "skipped"


def test_prose_that_is_called_toml_is_read_where_it_is_named(tmp_path: Path, article: str) -> None:
    (tmp_path / "talks.toml").write_text(article)
    (document,) = load([tmp_path / "talks.toml"])
    assert isinstance(document, Document) and document.text == article


def test_every_bad_line_is_a_refusal_of_its_own(tmp_path: Path, article: str) -> None:
    path = tmp_path / "wire.jsonl"
    path.write_text('{"text": "The union met."}\nnot json\n{"id": 3}\n{"text": "The board met."}\n{"text": " "}\n{\n')
    refusals = [item for item in load([path]) if isinstance(item, Refusal)]
    assert sorted(item.path for item in refusals) == [f"{path} (line {number})" for number in (2, 3, 5, 6)]
    with workbench.read(path) as made:
        assert sorted(item.path for item in made.record().refusals) == sorted(item.path for item in refusals)
        assert sum(row.cells["kind"] == "refused" for row in TABLES["gaps"](made.record()).rows) == 4


def test_a_line_that_was_mended_is_refused_no_longer(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    path.write_text('{"text": "The union met."}\nnot json\n')
    with workbench.read(path, dossier=tmp_path / "x.parley") as made:
        assert len(made.record().refusals) == 1
    path.write_text('{"text": "The union met."}\n{"text": "The board met."}\n')
    with workbench.read(path, dossier=tmp_path / "x.parley") as made:
        assert made.record().refusals == ()


def test_a_page_nested_too_deep_says_so(refuse: Callable[[str, bytes], Refusal], tmp_path: Path, article: str) -> None:
    deep = f"{'<div>' * 20_000}<p>{article}</p>{'</div>' * 20_000}"
    assert "is nested too deep to be read" in refuse("deep.html", f"<html><body>{deep}".encode()).reason
    path = tmp_path / "half.html"
    path.write_text(f"<html><body><article><p>{article * 3}</p>{deep}</article></body></html>")
    (document,) = load([path])
    assert isinstance(document, Document) and "second offer" in document.text
    assert any("nested too deep" in note for note in document.notes)
