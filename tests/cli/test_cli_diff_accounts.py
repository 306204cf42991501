"""Change and two readouts on the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parley.cli import main

ONE = "The port authority rejected the ceasefire on Monday.\n"
TWO = "The port authority accepted the ceasefire in principle on Friday.\n"


def run(*args: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], input=stdin)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "a.txt").write_text(ONE, "utf-8")
    (tmp_path / "b.txt").write_text(TWO, "utf-8")
    old, new = tmp_path / "old.parley", tmp_path / "new.parley"
    assert run("read", tmp_path / "a.txt", "-d", old, "--date", "2031-03-03").exit_code == 0
    assert run("read", tmp_path / "a.txt", "-d", new, "--date", "2031-03-03").exit_code == 0
    assert run("read", tmp_path / "b.txt", "-d", new, "--date", "2031-03-07").exit_code == 0
    return old, new


def test_diff_shows_the_move_between_dossiers_and_since_a_day(two: tuple[Path, Path]) -> None:
    for arguments in (two, ("--since", "2031-03-07", two[1])):
        made = run("diff", *arguments, "--json")
        assert made.exit_code == 0, made.stderr
        table = json.loads(made.stdout)
        assert table["name"] == "changes"
        moved = [row["cells"] for row in table["rows"] if row["cells"]["change"] == "moved"]
        assert [(cells["before"], cells["now"]) for cells in moved] == [("against", "for")]


def test_diff_writes_csv_and_text(two: tuple[Path, Path]) -> None:
    table = list(csv.DictReader(io.StringIO(run("diff", *two, "--csv").stdout)))
    assert {row["change"] for row in table} == {"moved", "consent"}
    assert "against" in run("diff", *two).stdout


@pytest.mark.parametrize("arguments", [[], ["x.parley"], ["a", "b", "c"], ["a", "b", "--since", "2031-03-07"]])
def test_diff_says_what_it_needs(arguments: list[str]) -> None:
    made = run("diff", *arguments)
    assert made.exit_code == 2
    assert made.stdout == ""


def test_accounts_sets_two_texts_beside_each_other_in_the_order_given(two: tuple[Path, Path]) -> None:
    folder = two[0].parent
    made = run("accounts", folder / "b.txt", folder / "a.txt", "--json")
    assert made.exit_code == 0, made.stderr
    rows = [row["cells"] for row in json.loads(made.stdout)["rows"]]
    (row,) = (row for row in rows if row["comparison"] == "stances differ")
    assert (row["first_act"], row["second_act"]) == ("consent in principle", "refusal or opposition")


def test_accounts_takes_a_pasted_text(two: tuple[Path, Path]) -> None:
    made = run("accounts", two[0].parent / "a.txt", "-", "--csv", stdin=TWO.encode())
    rows = list(csv.DictReader(io.StringIO(made.stdout)))
    assert rows and all("ceasefire" in row["second_words"] for row in rows)


def test_accounts_refuses_what_is_not_two_texts(two: tuple[Path, Path]) -> None:
    folder = two[0].parent
    (folder / "copy.txt").write_text(ONE, "utf-8")
    assert run("accounts", "-", "-", stdin=b"x").exit_code == 2
    for other, words in (("copy.txt", "same text"), ("missing.txt", "missing.txt")):
        made = run("accounts", folder / "a.txt", folder / other)
        assert made.exit_code == 1
        assert words in made.stderr
    assert not list(folder.glob("*.parley-journal"))
