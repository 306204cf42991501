"""Tables in a pipe and at a terminal."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from parley import workbench
from parley.analysis import TABLES
from parley.cli import main
from parley.cli.printing import print_result


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def strike(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("Maria Keller rejected the offer of the port authority on Monday.", "utf-8")
    path = tmp_path / "strike.parley"
    assert CliRunner().invoke(main, ["read", str(tmp_path / "a.txt"), "-d", str(path)]).exit_code == 0
    return path


def test_a_pipe_gets_every_column_and_a_line_a_row(strike: Path) -> None:
    lines = CliRunner().invoke(main, ["show", "statements", str(strike)]).stdout.splitlines()
    with workbench.open_dossier(strike) as made:
        table = TABLES["statements"](made.record())
    assert all(column.title in lines[2] for column in table.columns)
    assert sum("Maria Keller" in line for line in lines) == len(table.rows)


def test_a_terminal_gets_no_line_wider_than_itself(strike: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with workbench.open_dossier(strike) as made:
        table = TABLES["statements"](made.record())
    monkeypatch.setenv("COLUMNS", "60")
    for ids in (False, True):
        terminal = Terminal()
        monkeypatch.setattr(sys, "stdout", terminal)
        print_result(table, as_json=False, as_csv=False, ids=ids)
        shown = terminal.getvalue()
        assert "Speaker: Maria Keller\n" in shown
        assert max(map(len, shown.splitlines())) <= 60
        assert (table.rows[0].statements[0] in shown) == ids


def test_json_and_csv_are_the_same_at_a_terminal(strike: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with workbench.open_dossier(strike) as made:
        table = TABLES["positions"](made.record())
    for form in ("json", "csv"):
        written = []
        for stream in (io.StringIO(), Terminal()):
            monkeypatch.setattr(sys, "stdout", stream)
            print_result(table, as_json=form == "json", as_csv=form == "csv", ids=False)
            written.append(stream.getvalue())
        assert written[0] == written[1]
