"""Grading a source: a person's own judgement, shown and kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parley.cli import main


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args])


@pytest.fixture
def port(tmp_path: Path) -> Path:
    (tmp_path / "quay.txt").write_text("The port company refused the offer on Monday. The union will strike.", "utf-8")
    path = tmp_path / "port.parley"
    assert run("read", tmp_path / "quay.txt", "-d", path).exit_code == 0
    return path


def cells(port: Path) -> dict[str, object]:
    made = run("sources", "list", port, "--json")
    assert made.exit_code == 0, made.stderr
    (row,) = json.loads(made.stdout)["rows"]
    return dict(row["cells"])


def test_a_grade_is_a_persons_own_is_shown_with_reasons_and_can_be_changed(port: Path) -> None:
    assert cells(port)["grade"] is None
    done = run("sources", "grade", port, "quay", "b2", "--by", "ana", "--because", "Right before.")
    assert done.exit_code == 0, done.stderr
    assert "usually reliable; probably true" in done.stdout
    shown = cells(port)
    assert shown["grade"] == "B2: usually reliable; probably true"
    assert (shown["grade_by"], shown["grade_because"]) == ("ana", "Right before.")
    assert run("sources", "grade", port, "quay", "C", "--by", "ben").exit_code == 0
    assert cells(port)["grade"] == "C: fairly reliable"


@pytest.mark.parametrize(
    ("document", "grade", "code", "words"),
    [("quay", "G1", 1, "is no grade"), ("quay", "B7", 1, "is no grade"), ("pier", "B2", 2, "no document “pier”")],
)
def test_a_wrong_grade_or_name_is_one_sentence(port: Path, document: str, grade: str, code: int, words: str) -> None:
    done = run("sources", "grade", port, document, grade)
    assert done.exit_code == code
    assert words in done.stderr
    assert cells(port)["grade"] is None
