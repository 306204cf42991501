"""Recording what came of a forecast, as a user does it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parley import workbench
from parley.cli import main

TEXT = "Analyst Rui Prat said the port company will probably sign within two weeks. The port company refused the offer."


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args])


@pytest.fixture
def port(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    path = tmp_path / "port.parley"
    assert run("read", tmp_path / "a.txt", "-d", path, "--date", "2031-03-10").exit_code == 0
    return path


def listed(port: Path, *options: str) -> dict[str, object]:
    made = run("forecasts", "list", port, "--json", *options)
    assert made.exit_code == 0, made.stderr
    (row,) = json.loads(made.stdout)["rows"]
    return dict(row["cells"])


def test_an_outcome_is_recorded_shown_corrected_and_taken_back(port: Path) -> None:
    before = listed(port)
    assert before["due"] == "2031-03-24"
    assert before["outcome"] is None
    key = str(before["statement"])
    done = run(
        "forecasts", "resolve", port, key[:8], "no", "--by", "ana", "--probability", "70%", "--because", "Struck."
    )
    assert done.exit_code == 0, done.stderr
    assert done.stdout == f"Decision 1: {key} is resolved: no.\n"
    after = listed(port)
    assert (after["outcome"], after["probability"], after["brier"], after["because"]) == ("no", 0.7, 0.49, "Struck.")
    assert str(after["resolved_by"]).startswith("ana, ")
    assert run("forecasts", "resolve", port, key, "yes").exit_code == 0
    assert listed(port)["outcome"] == "yes"
    assert run("actors", "undo", port, 2).exit_code == 0
    assert listed(port)["outcome"] == "no"
    assert run("check", port).exit_code == 0


def test_the_standard_is_chosen(port: Path) -> None:
    assert listed(port)["band_percent"] == "55 to 80"
    assert listed(port, "--standard", "phia")["band_percent"] == "55 to 75"


def test_what_is_no_forecast_or_no_outcome_is_refused_and_nothing_is_recorded(port: Path) -> None:
    with workbench.open_dossier(port) as made:
        other = next(item.id for item in made.statements if item.mode != "forecast")
    key = listed(port)["statement"]
    for arguments, code, words in (
        ((port, "zzzz", "yes"), 2, "no statement “zzzz”"),
        ((port, other, "yes"), 1, "not coded as a forecast"),
        ((port, key, "perhaps"), 2, "perhaps"),
        ((port, key, "yes", "--probability", "1.2"), 1, "from 0 to 1"),
        ((port, key, "yes", "--probability", "often"), 1, "not “often”"),
    ):
        made = run("forecasts", "resolve", *arguments)
        assert made.exit_code == code, made.output
        assert words in made.stderr
        assert made.stdout == ""
    with workbench.open_dossier(port) as made_again:
        assert made_again.record().decisions == ()
