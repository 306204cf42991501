"""Reports and commands: what people see, in every form, and what it must never do."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from bargain_making import random_scenario
from click.testing import CliRunner

from parley.bargaining.classic_scenarios import merlo_wilson_game, rubinstein_game, shifting_power_game
from parley.bargaining.explain import CAUTION
from parley.bargaining.formats import to_csv, to_json
from parley.bargaining.model import Number
from parley.bargaining.pages import to_html, to_text
from parley.bargaining.report import make
from parley.bargaining.values import with_values
from parley.bargaining.write import dumps
from parley.cli.bargain import bargain
from parley.errors import ModelError, UnknownName


class _Page(HTMLParser):
    VOID = frozenset({"meta", "br", "line", "rect", "polyline", "polygon", "circle"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [str(value) for name, value in attrs if name in {"src", "href"}]
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.stack.pop() == tag


@pytest.mark.parametrize("seed", range(3))
def test_a_page_is_whole_loads_nothing_and_has_its_charts(seed: int) -> None:
    ranged = with_values(random_scenario(seed), {"parties/A/patience": Number(0.9, 0.8, 0.95, "uniform")})
    page = _Page(to_html(make(ranged, draws=20, seed=1, measure="value to A")))
    assert page.stack == []
    assert page.loads == []
    assert page.tags.count("svg") == 4
    assert "script" not in page.tags


def test_a_page_says_so_where_no_range_moves_the_measure() -> None:
    ranged = with_values(
        rubinstein_game(0.9, 0.8, horizon=3), {"parties/A/patience": Number(0.9, 0.8, 0.95, "uniform")}
    )
    assert "None of the numbers with a range moves" in to_html(make(ranged))


def test_the_same_input_gives_the_same_bytes() -> None:
    scenario = random_scenario(2)
    for form in (to_html, to_json, to_csv, to_text):
        assert form(make(scenario, draws=10, seed=5)) == form(make(scenario, draws=10, seed=5))


def test_every_form_repeats_that_it_explores_assumptions() -> None:
    report = make(random_scenario(1))
    for form in (to_html, to_json, to_text):
        assert CAUTION in form(report)


def test_every_number_of_the_scenario_is_listed_with_its_source() -> None:
    scenario = with_values(
        random_scenario(1), {"parties/A/patience": Number(0.9, sources=("statement ab12cd",), words="we can wait")}
    )
    report = make(scenario)
    data = json.loads(to_json(report))
    rows = {row["number"]: row for row in data["numbers"]}
    assert rows["parties/A/patience"]["sources"] == ["statement ab12cd"]
    assert all(row["sources"] for row in data["numbers"])
    page = to_html(report)
    assert "statement ab12cd: <q>we can wait</q>" in page
    assert "assumed" in page


def test_json_holds_no_nan_where_nothing_is_agreed() -> None:
    text = to_json(make(shifting_power_game(0.9, 0.3, 0.7, 0.2)))
    assert json.loads(text)["measures"]["mean period of agreement"] is None
    assert "NaN" not in text


def test_names_from_a_file_cannot_run_in_a_page_or_a_spreadsheet() -> None:
    scenario = random_scenario(1)
    evil = "<script>alert(1)</script>"
    issues = (replace(scenario.issues[0], name=evil), replace(scenario.issues[1], name="=1+1"))
    report = make(replace(scenario, issues=issues, title=evil, note=evil))
    assert "<script" not in to_html(report)
    cells = [cell for row in csv.reader(io.StringIO(to_csv(report))) for cell in row]
    assert not [cell for cell in cells if cell.startswith("=")]
    assert any(cell.startswith("'=1+1") for cell in cells)


def test_csv_rows_are_numbers_by_table_name_and_period() -> None:
    report = make(rubinstein_game(0.9, 0.8, horizon=3))
    rows = list(csv.DictReader(io.StringIO(to_csv(report))))
    found = {(row["table"], row["name"], row["period"]): row["value"] for row in rows}
    assert float(found["measures", "value to A", ""]) == pytest.approx(report.measures["value to A"])
    assert float(found["periods", "agreement by its end", "1"]) == 1.0


def test_a_lever_pulled_is_shown_beside_the_scenario_without_it() -> None:
    from test_bargain_questions import WAITING

    from parley.bargaining.toml import loads

    scenario = loads(WAITING)
    report = make(scenario, levers=["Flat gone"])
    assert [lever.name for lever in report.scenario.levers] == ["A second offer"]
    row = next(row for row in report.changes if row.measure == "value to Landlord")
    assert row.second > row.first
    assert "Without and with the levers pulled" in to_html(report)
    with pytest.raises(UnknownName):
        make(scenario, levers=["None"])


def test_shares_of_an_amount_are_reported() -> None:
    report = make(merlo_wilson_game([1, 2], [0.5, 0.5], 0.9, start=1))
    assert ("pie", "mean amount to A", pytest.approx(1.0)) in report.terms


def test_commands_solve_explain_and_write(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text(dumps(random_scenario(3)), encoding="utf-8")
    run = CliRunner().invoke
    page, table, data = (tmp_path / name for name in ("o.html", "o.csv", "o.json"))
    arguments = [
        "solve",
        str(path),
        "--draws",
        "8",
        "--seed",
        "2",
        "-o",
        str(page),
        "--csv",
        str(table),
        "--json",
        str(data),
    ]
    done = run(bargain, arguments)
    assert done.exit_code == 0, done.output
    assert "chance of agreement" in done.output
    assert "8 draws, seed 2" in done.output
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert table.read_text(encoding="utf-8").startswith("table,name,period,value")
    assert json.loads(data.read_text(encoding="utf-8"))["draws"]["count"] == 8
    done = run(bargain, ["solve", str(path), "--json", "-"])
    assert json.loads(done.output)["format"] == "parley bargain result 1"
    done = run(bargain, ["explain", str(path)])
    assert "in period 1" in done.output
    done = run(bargain, ["compare", str(path), str(path)])
    rows = [line.split() for line in done.output.splitlines() if line.startswith("value to A")]
    assert rows[0][-1] == rows[0][-2]
    assert isinstance(run(bargain, ["solve", str(tmp_path / "none.toml")]).exception, ModelError)
