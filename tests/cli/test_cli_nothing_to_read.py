"""Runs that meet no coverage, and inputs that cannot be opened: one sentence, exit code 1, nothing written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from parley.cli import main


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args])


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def one_sentence(made: Result, words: str) -> None:
    assert made.exit_code == 1
    assert made.stderr.startswith("parley: ") and made.stderr.count("\n") == 1 and words in made.stderr


@pytest.mark.parametrize(
    "held", [{}, {"photo.jpg": b"\xff\xd8\xff\xe0" + bytes(50), "prices.csv": b"day,price\n1,2\n"}]
)
def test_nothing_to_read_writes_nothing(here: Path, held: dict[str, bytes]) -> None:
    (here / "in").mkdir()
    for name, content in held.items():
        (here / "in" / name).write_bytes(content)
    (here / "brief.html").write_text("the brief of yesterday")
    words = "skipped" if held else "Nothing to read"
    one_sentence(run("brief", "in"), words)
    one_sentence(run("read", "in", "-d", "x.parley"), words)
    assert (here / "brief.html").read_text() == "the brief of yesterday"
    assert sorted(path.name for path in here.iterdir()) == ["brief.html", "in"]


def test_a_dossier_that_holds_coverage_may_find_nothing_new(here: Path) -> None:
    (here / "in").mkdir()
    (here / "a.txt").write_text("The union rejected the offer of the board.")
    assert run("read", "a.txt", "-d", "x.parley").exit_code == 0
    again = run("read", "in", "-d", "x.parley")
    assert again.exit_code == 0 and "1 document" in again.stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may open everything")
def test_a_file_without_permission_names_itself_and_a_remedy(here: Path) -> None:
    (here / "a.txt").write_text("The union rejected the offer of the board.")
    assert run("read", "a.txt", "-d", "x.parley").exit_code == 0
    for name in ("a.txt", "x.parley"):
        (here / name).chmod(0)
        made = run("brief", name)
        one_sentence(made, name)
        assert "permission" in made.stderr.lower()
    one_sentence(run("show", "positions", "x.parley"), "x.parley")


def test_a_file_that_the_system_does_not_give_names_itself_and_a_remedy(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "a.txt").write_text("The union rejected the offer of the board.")

    really = Path.open

    def closed(path: Path, *args: Any, **options: Any) -> Any:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return really(path, *args, **options)

    monkeypatch.setattr(Path, "open", closed)
    made = run("brief", "a.txt")
    one_sentence(made, "a.txt")
    assert "check its permissions" in made.stderr


def test_a_bad_line_of_a_named_file_fails_the_command(here: Path) -> None:
    (here / "wire.jsonl").write_text('{"text": "The union rejected the offer."}\nnot json\nnor this\n')
    made = run("read", "./wire.jsonl", "-d", "x.parley")
    assert made.exit_code == 1
    assert "(line 2)" in made.stderr and "(line 3)" in made.stderr
    (here / "wire.jsonl").write_text('{"text": "The union rejected the offer."}\n')
    assert run("read", "./wire.jsonl", "-d", "x.parley").exit_code == 0, "the bad lines are gone"


@pytest.mark.parametrize("limit", ["0", "10001", "99999999999999999999999"])
def test_a_limit_out_of_range_is_a_mistake_in_the_command(here: Path, limit: str) -> None:
    (here / "a.txt").write_text("The union rejected the offer of the board.")
    assert run("read", "a.txt", "-d", "x.parley").exit_code == 0
    assert run("search", "x.parley", "offer", "--limit", limit).exit_code == 2
    assert run("search", "x.parley", "offer", "--limit", "10000").exit_code == 0


@pytest.mark.parametrize(
    "command",
    [
        "show positions x.parley",
        "search x.parley offer",
        "check x.parley",
        "actors list x.parley",
        "diff x.parley x.parley",
        "export x.parley --format csv",
        "brief x.parley",
        "conflict draft x.parley -o m.toml",
        "bargain draft x.parley",
    ],
)
def test_a_dossier_without_permission_is_one_sentence(
    here: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    (here / "a.txt").write_text("The union rejected the offer of the board.")
    assert run("read", "a.txt", "-d", "x.parley").exit_code == 0
    really, access = Path.open, os.access

    def closed(path: Path, *args: Any, **options: Any) -> Any:
        if path.name == "x.parley":
            raise PermissionError(13, "Permission denied", str(path))
        return really(path, *args, **options)

    monkeypatch.setattr(Path, "open", closed)
    monkeypatch.setattr(os, "access", lambda path, mode, **how: str(path) != "x.parley" and access(path, mode, **how))
    one_sentence(run(*command.split()), "x.parley cannot be read (Permission denied); check its permissions.")
