"""Spatial forecasts against the published automobile-emissions case and both replications of the challenge model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from parley.bargaining.spatial import (
    RECORD,
    SCHOLZ_CODE,
    SCHOLZ_PAPER,
    Actor,
    challenge,
    compromise_mean,
    read_actors,
    weighted_median,
)
from parley.cli.bargain import bargain
from parley.errors import ModelError

# Bueno de Mesquita (1994), as in Scholz, Calbert and Smith (2011), table 1
EMISSIONS = [
    Actor(*row)
    for row in [
        ("Netherlands", 0.08, 4, 0.8), ("Belgium", 0.08, 7, 0.4), ("Luxembourg", 0.03, 4, 0.2),
        ("Germany", 0.16, 4, 0.8), ("France", 0.16, 10, 0.6), ("Italy", 0.16, 10, 0.6),
        ("United Kingdom", 0.16, 10, 0.9),
        ("Ireland", 0.05, 7, 0.1), ("Denmark", 0.05, 4, 1.0), ("Greece", 0.08, 7, 0.7),
    ]
]  # fmt: skip


def test_automobile_emissions_1994_mean_and_median() -> None:
    assert compromise_mean(EMISSIONS) == pytest.approx(7.389956, abs=5e-7)
    assert weighted_median(EMISSIONS) == 7.0


def test_automobile_emissions_every_figure_of_the_reference(reference: dict[str, Any]) -> None:
    case = reference["eu_emissions"]
    given = [(name.replace("UK", "United Kingdom"), *numbers) for name, *numbers in case["actors"]]
    assert [(a.name, a.capability, a.position, a.salience) for a in EMISSIONS] == given
    weights = [actor.capability * actor.salience for actor in EMISSIONS]
    assert sum(weights) == pytest.approx(case["sum_cs"], abs=1e-9)
    for position, weight in case["weights_by_position"].items():
        at = [w for w, actor in zip(weights, EMISSIONS, strict=True) if actor.position == float(position)]
        assert sum(at) == pytest.approx(weight, abs=1e-9)
    assert compromise_mean(EMISSIONS) == pytest.approx(case["compromise_mean_cs"], abs=1e-9)
    assert weighted_median(EMISSIONS) == case["weighted_median_cs"]
    equal = [replace(actor, salience=1) for actor in EMISSIONS]
    assert compromise_mean(equal) == pytest.approx(case["mean_capability"], abs=1e-9)
    plain = [replace(actor, capability=1, salience=1) for actor in EMISSIONS]
    assert compromise_mean(plain) == pytest.approx(case["mean_unweighted"], abs=1e-9)
    assert challenge(EMISSIONS, rounds=3, options=SCHOLZ_PAPER)[-1].median == pytest.approx(
        case["schelling_median"], abs=0.005
    )


def test_the_record_holds_every_published_error_of_the_reference(reference: dict[str, Any]) -> None:
    """Every figure of DEU III and of Bueno de Mesquita 2011, none left out because it is unwelcome."""
    shown = sorted(entry.error for entry in RECORD)
    deu = reference["deu_iii"]
    wanted = [*deu["mae"].values(), *deu["test_split"].values(), *(row[1] for row in reference["bdm2011"]["rows"])]
    assert shown == sorted(wanted)


def test_challenge_model_reproduces_the_jmckib_replication(reference: dict[str, Any]) -> None:
    case = reference["eu_emissions"]
    rounds = challenge(EMISSIONS, rounds=8, options=SCHOLZ_CODE)
    assert [entry.median for entry in rounds] == pytest.approx(case["jmckib_median_by_round"], abs=1e-6)
    assert [entry.mean for entry in rounds] == pytest.approx(case["jmckib_mean_by_round"], abs=1e-6)


def test_challenge_model_stays_within_a_tenth_of_scholz_2011_table_2(reference: dict[str, Any]) -> None:
    case = reference["eu_emissions"]
    rounds = challenge(EMISSIONS, rounds=8, options=SCHOLZ_CODE)[1:]
    for number, (entry, printed) in enumerate(zip(rounds, case["scholz2011_table2_median_by_round"], strict=True), 1):
        # rounds 2 and after: the table prints 9.9 where the code gives 9.6 in round 2 alone
        assert abs(entry.median - printed) <= (0.3 if number == 2 else 0.1)
    for entry, printed in zip(rounds, case["scholz2011_table2_mean_by_round"], strict=True):
        assert entry.mean == pytest.approx(printed, abs=0.1)


def test_challenge_model_reproduces_the_schelling_replication() -> None:
    rounds = challenge(EMISSIONS, rounds=3, options=SCHOLZ_PAPER)
    assert [entry.median for entry in rounds[1:]] == pytest.approx([9.53] * 3, abs=0.005)
    assert [entry.mean for entry in rounds[1:3]] == pytest.approx([7.61, 7.72], abs=0.005)


def test_the_record_shows_that_the_mean_wins_on_european_data() -> None:
    european = {entry.method: entry.error for entry in RECORD if "European Union" in entry.cases}
    assert min(european, key=lambda name: european[name]) == "compromise mean"
    assert all(entry.source for entry in RECORD)


@given(
    st.lists(
        st.tuples(st.floats(0.01, 1), st.floats(-100, 100), st.floats(0.01, 1)), min_size=1, max_size=12
    )
)  # fmt: skip
def test_mean_and_median_lie_among_the_positions_and_ignore_the_order(rows: list[tuple[float, float, float]]) -> None:
    actors = [Actor(str(i), c, x, s) for i, (c, x, s) in enumerate(rows)]
    positions = [actor.position for actor in actors]
    assert min(positions) - 1e-9 <= compromise_mean(actors) <= max(positions) + 1e-9
    assert weighted_median(actors) in positions
    assert weighted_median(actors[::-1]) == weighted_median(actors)
    assert compromise_mean(actors[::-1]) == pytest.approx(compromise_mean(actors), abs=1e-9)


def test_actors_who_agree_stay_where_they_are() -> None:
    rounds = challenge([Actor("A", 1, 5, 1), Actor("B", 0.5, 5, 0.5)], rounds=3)
    assert [entry.positions for entry in rounds] == [(5.0, 5.0)] * 4


@pytest.mark.parametrize("bad", [Actor("A", -1, 5, 1), Actor("A", 1, float("nan"), 1), Actor("A", 0, 5, 0)])
def test_bad_actors_are_refused_in_one_sentence(bad: Actor) -> None:
    with pytest.raises(ModelError, match="mend them"):
        compromise_mean([bad])


def test_the_emissions_file_is_the_published_case_and_the_command_shows_the_record(examples: Path) -> None:
    path = examples / "bargains" / "automobile-emissions.csv"
    assert list(read_actors(path)) == EMISSIONS
    done = CliRunner().invoke(bargain, ["spatial", str(path), "--rounds", "3"])
    assert done.exit_code == 0
    assert "compromise mean   7.390" in done.output
    assert "8.42 (7.46)" in done.output
    assert "9.53 (7.61)" in done.output
    assert "22.99  compromise mean: 351 resolved European Union issues" in done.output


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("actor,capability,position,salience\nA,1,x,1\n", "line 2: could not convert string to float: 'x'"),
        ("actor,capability,position\nA,1,2\n", "line 2: 'salience' is missing"),
        ("actor,capability,position,salience\n", "there are no actors"),
    ],
)
def test_bad_actor_files_are_refused_with_the_line(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "actors.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=says):
        read_actors(path)
