"""Tables, pages, JSON and CSV: complete, escaped, the same every time; and the examples that we ship."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conflict_builders import from_case, two_by_two
from lxml import etree, html

from parley.bridge.conflict import conflict_tables
from parley.conflict import Conflict, DecisionMaker, Option, Perception, Preference, Prioritised, load, loads, solve
from parley.conflict.findings import LISTED, findings
from parley.conflict.html import to_html
from parley.conflict.questions import find_state, fragile_lines, robustness_lines, wanted_lines
from parley.conflict.report import to_csv, to_json, to_table
from parley.conflict.svg import state_graph
from parley.conflict.toml import KEYS
from parley.errors import ModelError

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CLASSICS = sorted((EXAMPLES / "conflicts").glob("*.toml"))


@pytest.fixture
def elmira(cases):
    return findings(solve(replace(from_case(cases["Elmira"]), status_quo="NYNNN")))


def test_the_table_marks_equilibria_and_says_for_whom_the_others_are_stable(elmira):
    lines = to_table(elmira).splitlines()
    row = next(line.split() for line in lines if line.startswith("2* "))
    assert row[:8] == ["2*", "NYNNN", "12", "E", "E", "12", "12", "6"]
    assert "Nash: 8, 9, 18, 21, 24, 25" in lines
    assert any("Together MoE and Uniroyal would leave state 18" in line for line in lines)


def test_one_of_a_thing_is_not_counted_as_many():
    lone = loads('[[decision_maker]]\nname = "Crew"\nprefers = []\n[[option]]\nname = "Sail"\nof = "Crew"\n')
    assert "1 decision maker, 1 option, 2 feasible states\n" in to_table(findings(solve(lone)))


def test_json_holds_every_state_with_reasons_and_paths(elmira):
    data = json.loads(to_json(elmira))
    assert data["equilibria"]["seq"] == [8, 9, 18, 21, 24, 25]
    assert len(data["states"]) == data["feasible_states"] == 12
    assert [path["end"] for path in data["paths_from_status_quo"]] == [18]
    assert data["states"][0]["why"]["nash"][2].startswith("Local Government would leave: it takes Insist")
    assert data["joint_improvements"] == [{"by": ["MoE", "Uniroyal"], "from": 18, "to": 21}]


def test_csv_has_a_row_for_each_state_and_no_cell_that_runs():
    model = two_by_two([1, 0, 3, 2], [2, 0, 3, 1])
    options = (replace(model.options[0], name="=cmd()"), model.options[1])
    rows = list(csv.reader(io.StringIO(to_csv(findings(solve(replace(model, options=options)))))))
    assert rows[0][:4] == ["state", "pattern", "taken", "equilibrium nash"]
    assert [row[0] for row in rows[1:]] == ["0", "1", "2", "3"]
    assert rows[2][2] == "'=cmd()"
    assert [row[3] for row in rows[1:]] == ["0", "0", "0", "1"]


def test_the_page_is_well_formed_loads_nothing_and_is_the_same_every_time(elmira):
    page = to_html(elmira)
    assert page == to_html(elmira)
    tree = html.fromstring(page)
    assert not tree.xpath("//script|//link|//img|//iframe")
    assert not re.findall(r"(?:src|href)=\"(?!#)", page)
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert len(tree.xpath("//tr[starts-with(@id, 's')]")) == 12
    assert set(tree.xpath("//a/@href")) <= {f"#{key}" for key in tree.xpath("//@id")}


def test_words_of_a_model_are_shown_as_text_never_as_markup():
    sly = '<script>alert(1)</script>"&'
    model = two_by_two([1, 0, 3, 2], [2, 0, 3, 1])
    options = (replace(model.options[0], name=sly), model.options[1])
    page = to_html(findings(solve(replace(model, options=options, title=sly, note=sly, status_quo="NN"))))
    assert "<script" not in page
    assert sly in html.fromstring(page).text_content()


def test_the_graph_is_svg_with_a_box_for_each_state_and_marks_for_equilibria(elmira):
    graph = etree.fromstring(state_graph(elmira))
    space = {"s": "http://www.w3.org/2000/svg"}
    boxes = graph.xpath("//s:g", namespaces=space)
    assert len(boxes) == 12
    assert len([box for box in boxes if box.get("class").startswith("equilibrium")]) == 8
    assert len(graph.xpath("//s:path[@stroke-width='3']", namespaces=space)) == 1  # the way from Delay to Insist
    assert graph.xpath("string(//s:title)", namespaces=space) == "State graph of Elmira"


def test_a_large_model_lists_its_firmest_equilibria_and_says_how_many_are_hidden():
    options = tuple(Option(f"o{i}", "AB"[i % 2]) for i in range(10))
    model = Conflict(
        "large", tuple(DecisionMaker(n, Prioritised((Preference("o0"),))) for n in "AB"), options, status_quo="N" * 10
    )
    found = findings(solve(model))
    assert len(found.states) <= LISTED
    assert found.hidden == 1024 - len(found.states)
    assert f"{found.hidden:,} feasible states are not listed" in to_table(found)
    assert "too many states to explain" in to_html(found)
    fewer = findings(solve(replace(model, options=options[:8], status_quo="N" * 8)))
    assert fewer.hidden
    assert all(item.why for item in fewer.states)
    assert "too many states to explain" not in to_html(fewer)
    assert json.loads(to_json(found))["states_not_listed"] == found.hidden


def test_perceptions_and_unknown_preferences_appear(cases):
    model = replace(from_case(cases["SyriaIraq"]), perceptions=(Perception("Syria", infeasible=("YN-",)),))
    found = findings(solve(model))
    assert "as each perceives it" in to_table(found)
    assert json.loads(to_json(found))["as_perceived"] is not None
    unknown = replace(
        model.decision_makers[0], prefers=Prioritised((Preference("Attack", unknown=True), Preference("Escalate")))
    )
    veiled = findings(solve(replace(model, decision_makers=(unknown, model.decision_makers[1]))))
    assert len(veiled.variants) == 16
    assert "smr d:" in to_table(veiled)


def test_questions_are_answered_in_lines(cases):
    solution = solve(from_case(cases["Elmira"]))
    lines = wanted_lines(solution, "NYNNN")
    assert "Local Government must come to like state 2 (Delay) at least as much as state 18" in lines[2]
    assert any("guarantee that Local Government does not take Insist" in line for line in lines)
    assert find_state(solution, "18") == 18
    for text, message in [("N-NNN", "leaves an option open"), ("6", "not feasible"), ("NN", "5 options")]:
        with pytest.raises(ModelError, match=message):
            find_state(solution, text)
    assert robustness_lines(solution.conflict, draws=100, seed=1, concepts=("nash",))[0].startswith("100 variations")
    assert any("Abandon" in line for line in fragile_lines(solution, "seq"))


# What we ship


@pytest.mark.parametrize("path", CLASSICS, ids=lambda path: path.stem)
def test_every_shipped_conflict_solves_and_says_its_source(path):
    model = load(path)
    assert model.source
    assert model.status_quo is not None
    found = findings(solve(model))
    assert found.states
    assert to_html(found)


def test_shipped_conflicts_are_the_reference_cases(cases):
    names = {
        "cuban-missile-crisis": "Cuban",
        "elmira": "Elmira",
        "syria-iraq": "SyriaIraq",
        "north-korea-2017": "NorthKorea_base",
        "north-korea-2017-invasion-final": "NorthKorea_base_invasion_irreversible",
        "north-korea-2017-bloodthirsty": "NorthKorea_bloodthirsty",
        "north-korea-2017-deterrence": "NorthKorea_deterrence",
        "north-korea-2017-pacifist": "NorthKorea_pacifist",
    }
    assert sorted(names.values()) == sorted(cases)
    for stem, case in names.items():
        shipped = solve(load(EXAMPLES / "conflicts" / f"{stem}.toml"))
        reference = solve(from_case(cases[case]))
        assert (shipped.ranks == reference.ranks).all()
        assert (shipped.space.states == reference.space.states).all()
        assert all((shipped.stable[concept] == reference.stable[concept]).all() for concept in reference.stable)


def test_every_citation_of_the_ceasefire_model_stands_in_its_document():
    model = load(EXAMPLES / "ceasefire-call" / "conflict.toml")
    cited = [item.because for item in findings(solve(model)).citations if item.because.words]
    assert len(cited) > 25
    for because in cited:
        (path,) = [
            p for p in (EXAMPLES / "ceasefire-call").glob(f"{because.document}.*") if p.suffix not in (".json", ".toml")
        ]
        assert because.words in path.read_text(encoding="utf-8"), because


def test_every_preference_and_option_of_the_ceasefire_model_rests_on_something():
    model = load(EXAMPLES / "ceasefire-call" / "conflict.toml")
    assert model.names() == ("Russia", "Ukraine", "United States", "Europe")
    for maker in model.decision_makers:
        assert all(statement.because for statement in maker.prefers.statements)
    assert all(option.because for option in model.options)


def test_the_ceasefire_model_comes_to_rest_where_events_did():
    """From nothing, by improvements: Moscow pauses its strikes on energy, then Kyiv; no full ceasefire."""
    solution = solve(load(EXAMPLES / "ceasefire-call" / "conflict.toml"))
    found = findings(solution)
    assert [path.end for path in found.paths] == [5]
    assert 5 in solution.equilibria("nash")
    full = np.array([int(state) for state in solution.equilibria("nash")])
    assert not (full & 2).any()


def test_farther_horizons_are_concepts_like_any_other(cases):
    solution = solve(from_case(cases["Elmira"]), concepts=("l1", "l3", "nm", "nash"))
    assert (solution.stable["l1"] == solution.stable["nash"]).all()
    found = findings(solution)
    assert "Limited moves, 3 ahead (L3):" in to_table(found)
    assert "Non-myopic stability" in to_html(found)
    for name in ("l0", "lx", "nn"):
        with pytest.raises(ModelError, match="l2"):
            solve(from_case(cases["Elmira"]), concepts=(name,))


def test_tables_for_the_brief_name_what_they_rest_on():
    found = findings(solve(load(EXAMPLES / "ceasefire-call" / "conflict.toml")))
    firm, paths = conflict_tables(found)
    assert firm.rows[0].cells["state"].startswith("state 5 ")
    assert {column.key for column in firm.columns} == set(firm.rows[0].cells)
    assert len(firm.rows[0].cells["why"]) == 4
    assert paths.rows[0].cells["steps"] == 2
    assert all("inference" in table.notes[0] for table in (firm, paths))


def test_the_readme_of_the_classic_conflicts_names_each_file():
    readme = (EXAMPLES / "conflicts" / "README.md").read_text(encoding="utf-8")
    assert {path.name for path in CLASSICS} == set(re.findall(r"^\| `([\w-]+\.toml)`", readme, re.MULTILINE))


def test_the_python_of_the_how_to_runs_and_the_example_of_the_reference_reads(tmp_path, monkeypatch, capsys):
    docs = EXAMPLES.parent / "docs"
    monkeypatch.chdir(EXAMPLES.parent)
    (block,) = re.findall(r"^```python\n(.*?)^```", (docs / "howto" / "conflict.md").read_text("utf-8"), re.M | re.S)
    exec(compile(block, "howto", "exec"), {})
    assert "(8, 9, 18, 21, 24, 25)" in capsys.readouterr().out
    (model,) = re.findall(
        r"^```toml\n(.*?)^```", (docs / "reference" / "conflict-file.md").read_text("utf-8"), re.M | re.S
    )
    assert solve(loads(model)).equilibria("nash")


def test_the_reference_names_every_key_of_the_format():
    page = (EXAMPLES.parent / "docs" / "reference" / "conflict-file.md").read_text(encoding="utf-8")
    for keys in KEYS.values():
        for key in keys:
            assert f"`{key}`" in page or f"[[{key}]]" in page, key
