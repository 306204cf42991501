"""Folders, links, sidecars and standard input: what is read, in which order, and what is said of the rest."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import sys
import warnings
from pathlib import Path

import pytest

from parley.errors import SourceError
from parley.records import Document, Refusal
from parley.sources import Given, load
from parley.sources.draft import MAX_BYTES


def names(results: list[Document | Refusal]) -> list[str]:
    return [result.name for result in results if isinstance(result, Document)]


def test_folder_is_walked_in_order_and_lazily(tmp_path: Path, article: str) -> None:
    for name in ("b.txt", "a/z.txt", "a/B/x.md", ".hidden.txt", ".git/config.txt", "c.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(article)
    (tmp_path / "README.md").write_text("About this folder.")
    (tmp_path / "LICENSE").write_text("Terms.")
    results = list(load([tmp_path]))
    assert names(results) == ["x", "z", "b", "c"]
    skipped = [result for result in results if isinstance(result, Refusal)]
    assert [Path(refusal.path).name for refusal in skipped] == ["LICENSE", "README.md"]
    assert {refusal.kind for refusal in skipped} == {"skipped"}
    assert names(list(load([tmp_path]))) == names(results)
    first = next(iter(load([tmp_path, tmp_path / "nowhere"])))
    assert isinstance(first, Refusal | Document)


def test_named_readme_is_read(tmp_path: Path, article: str) -> None:
    (tmp_path / "README.md").write_text(article)
    assert names(list(load([tmp_path / "README.md"]))) == ["README"]


def test_same_file_named_twice_is_read_once(tmp_path: Path, article: str) -> None:
    (tmp_path / "a.txt").write_text(article)
    assert len(list(load([tmp_path / "a.txt", tmp_path, str(tmp_path / "a.txt")]))) == 1


def test_link_that_leads_back_is_walked_once(tmp_path: Path, article: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_text(article)
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nowhere.txt")
    results = list(load([tmp_path]))
    assert names(results) == ["one"]
    (dead,) = (result for result in results if isinstance(result, Refusal))
    assert "link" in dead.reason


def test_missing_path_is_a_refusal_and_the_run_goes_on(tmp_path: Path, article: str) -> None:
    (tmp_path / "a.txt").write_text(article)
    missing, document = load([tmp_path / "nowhere.txt", tmp_path / "a.txt"])
    assert isinstance(missing, Refusal)
    assert (missing.kind, missing.path) == ("refused", str(tmp_path / "nowhere.txt"))
    assert "no such file" in missing.reason
    assert isinstance(document, Document)


def test_path_that_cannot_be_a_path_is_a_refusal(article: str) -> None:
    for path in ("x" * 5000, "nul\0byte.txt"):
        (refusal,) = load([path])
        assert isinstance(refusal, Refusal)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_file_without_permission_is_a_refusal(tmp_path: Path, article: str) -> None:
    closed = tmp_path / "closed.txt"
    closed.write_text(article)
    closed.chmod(0)
    (refusal,) = load([closed])
    assert isinstance(refusal, Refusal)
    assert "permission" in refusal.reason.lower()


def test_file_that_the_system_does_not_give_is_a_refusal(
    tmp_path: Path, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed.txt").write_text(article)

    def deny(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", deny)
    (refusal,) = load([tmp_path / "closed.txt"])
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "The file cannot be read (Permission denied); check its permissions and its disk."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipe_in_a_folder_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (refusal,) = load([tmp_path])
    assert isinstance(refusal, Refusal)
    assert "pipe" in refusal.reason


def test_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    (refusal,) = load([path])
    assert isinstance(refusal, Refusal)
    assert "larger than 200 MB" in refusal.reason


def test_dossiers_and_pictures_in_a_folder_are_skipped(tmp_path: Path) -> None:
    for name in ("call.parley", "renamed.txt"):
        connection = sqlite3.connect(tmp_path / name)
        connection.execute("CREATE TABLE t (x)")
        connection.close()
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    results = list(load([tmp_path]))
    assert [(Path(r.path).name, r.kind) for r in results if isinstance(r, Refusal)] == [
        ("call.parley", "skipped"),
        ("photo.jpg", "skipped"),
        ("renamed.txt", "skipped"),
    ]


def test_file_name_that_is_no_utf8(tmp_path: Path, article: str) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(raw)).write_text(article)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (document,) = load([tmp_path])
    assert isinstance(document, Document)
    assert document.name == "caf\ufffd"
    document.path.encode()


def test_sidecar_gives_what_the_text_does_not_say(tmp_path: Path, article: str) -> None:
    (tmp_path / "talks.01_gazette.txt").write_text(article)
    fields = {
        "title": "Given title",
        "outlet": "Harbour Gazette",
        "author": "Ann Lee",
        "date": "2-MAR-1987 10:44:46.86",
        "language": "en",
        "note": "wire copy",
        "url": "https://example.org/x",
    }
    (tmp_path / "talks.01_gazette.json").write_text(json.dumps(fields))
    (document,) = load([tmp_path])
    assert isinstance(document, Document)
    assert document.name == "talks.01_gazette"
    assert (document.title.value, document.title.basis) == ("Given title", "given")
    assert document.title.evidence == "sidecar talks.01_gazette.json"
    assert (document.date.value, document.date.basis) == ("1987-03-02", "given")
    assert (document.outlet.value, document.author.value, document.language.basis) == (
        "Harbour Gazette",
        "Ann Lee",
        "given",
    )
    assert any("wire copy" in note for note in document.notes)


def test_sidecar_in_toml(tmp_path: Path, article: str) -> None:
    (tmp_path / "talks.md").write_text(article)
    (tmp_path / "talks.toml").write_text('outlet = "Harbour Gazette"\ndate = 2025-03-18\n')
    (document,) = load([tmp_path / "talks.md"])
    assert isinstance(document, Document)
    assert (document.outlet.value, document.date.value) == ("Harbour Gazette", "2025-03-18")


def test_options_go_before_the_sidecar(tmp_path: Path, article: str) -> None:
    (tmp_path / "talks.txt").write_text(article)
    (tmp_path / "talks.json").write_text('{"date": "2025-01-01", "outlet": "Gazette"}')
    (document,) = load([tmp_path / "talks.txt"], given=Given(date="2025-03-18", title="T", author="A", language="de"))
    assert isinstance(document, Document)
    assert (document.date.value, document.date.evidence) == ("2025-03-18", "--date")
    assert (document.outlet.value, document.title.value, document.author.value) == ("Gazette", "T", "A")
    assert document.language.value == "de"


@pytest.mark.parametrize(
    ("date", "expected", "noted"),
    [
        ("2026-02-26/27", "2026-02-26", True),
        ("Mon, 26 May 2025 17:24:41 +0300", "2025-05-26", False),
        ("27-MAR-1987 09:14:59.90C T", "1987-03-27", False),
        ("2025-05-25T23:02:00Z", "2025-05-25", False),
        ("18/03/2025", "2025-03-18", False),
        ("03/04/2025", None, True),
        ("03.04.2025", "2025-04-03", False),
        ("20250318", "2025-03-18", False),
        ("1742292000", "2025-03-18", False),
        ("18th of March, 2025", "2025-03-18", False),
        ("Sept. 9, 2012", "2012-09-09", False),
        ("2025年3月18日", "2025-03-18", False),
        ("2018-04/05", None, True),
        ("2020-07", None, True),
        ("2004-2005", None, True),
        ("2025-02-30", None, True),
        ("unknown", None, True),
        (None, None, False),
        ("", None, False),
    ],
)
def test_sidecar_dates(tmp_path: Path, article: str, date: str | None, expected: str | None, noted: bool) -> None:
    (tmp_path / "talks.txt").write_text(article)
    (tmp_path / "talks.json").write_text(json.dumps({"date": date}))
    (document,) = load([tmp_path])
    assert isinstance(document, Document)
    assert (document.date.value if document.date else None) == expected
    assert any("date" in note for note in document.notes) is noted


@pytest.mark.parametrize("content", ["{broken", "[1, 2]", '{"title": 3, "date": {"x": 1}}', "[" * 100_000, "\x00\x01"])
def test_damaged_sidecar_does_not_lose_the_article(tmp_path: Path, article: str, content: str) -> None:
    (tmp_path / "talks.txt").write_text(article)
    (tmp_path / "talks.json").write_text(content)
    (document,) = load([tmp_path / "talks.txt"])
    assert isinstance(document, Document)
    assert document.text == article


def test_sidecar_named_alone_points_to_its_document(tmp_path: Path, article: str) -> None:
    (tmp_path / "talks.txt").write_text(article)
    (tmp_path / "talks.json").write_text('{"outlet": "Gazette"}')
    (refusal,) = load([tmp_path / "talks.json"])
    assert isinstance(refusal, Refusal)
    assert (refusal.kind, "talks.txt" in refusal.reason) == ("skipped", True)
    assert names(list(load([tmp_path / "talks.json", tmp_path / "talks.txt"]))) == ["talks"]
    assert len(list(load([tmp_path / "talks.json", tmp_path / "talks.txt"]))) == 1, "as a shell's star names both"


def test_json_article_beside_a_document_is_an_article(tmp_path: Path, article: str) -> None:
    (tmp_path / "talks.html").write_text("<html><body><p>The page.</p></body></html>")
    (tmp_path / "talks.json").write_text(json.dumps({"headline": "Talks", "text": article}))
    assert [d.format for d in load([tmp_path]) if isinstance(d, Document)] == ["html", "jsonl"]


def test_standard_input(article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (document,) = load(["-"], stdin=article.encode())
    assert isinstance(document, Document)
    assert (document.name, document.path, document.text) == ("stdin", "-", article)
    assert document.original_sha256 == hashlib.sha256(article.encode()).hexdigest()

    class Piped:
        buffer = io.BytesIO(article.encode())

    monkeypatch.setattr(sys, "stdin", Piped())
    (piped,) = load(["-"])
    assert isinstance(piped, Document)
    assert piped.id == document.id


def test_empty_standard_input_is_a_refusal() -> None:
    (refusal,) = load(["-"], stdin=b"")
    assert isinstance(refusal, Refusal)


@pytest.mark.parametrize("date", ["yesterday", "2025-13-01", "18 March 2025", "2025-3-1"])
def test_given_date_must_be_a_day(date: str) -> None:
    with pytest.raises(SourceError, match="YYYY-MM-DD"):
        load(["-"], given=Given(date=date), stdin=b"x")


def test_given_language_must_be_a_code() -> None:
    with pytest.raises(SourceError, match="two letters"):
        load(["-"], given=Given(language="English"), stdin=b"x")


def test_nothing_is_printed_or_warned(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.pdf").write_bytes(
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF"
    )
    (tmp_path / "b.html").write_text("<html><head><title>x</title></head><body><p>&#xFFFFFF; Talks<p></div></body>")
    (tmp_path / "c.eml").write_bytes(
        b"From: =?bad?q?x\nDate: never\nSubject: \xff\xfe\nMIME-Version: 1.0\n\nText here."
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(list(load([tmp_path]))) == 3
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")
    assert caplog.records == []


def test_time_stamps_of_the_file_are_never_its_date(tmp_path: Path) -> None:
    path = tmp_path / "piece.txt"
    path.write_text("The union said no to the company.")
    os.utime(path, (0, 1_742_292_000))
    (document,) = load([path])
    assert isinstance(document, Document)
    assert document.date is None
