"""Ties, zero chances, one party alone, several who may break a deal: where a solver goes wrong first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bargain_making import random_scenario
from bargain_oracle import Oracle
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.bargaining import classics
from parley.bargaining.check import check
from parley.bargaining.classic_scenarios import rubinstein_game
from parley.bargaining.explain import explain
from parley.bargaining.model import (
    Condition,
    Consent,
    Ending,
    Interim,
    Issue,
    Lever,
    Move,
    Number,
    Option,
    Party,
    Proposers,
    Scenario,
    Turn,
    numbers,
)
from parley.bargaining.play import play
from parley.bargaining.questions import course
from parley.bargaining.sensitivity import sobol, tornado
from parley.bargaining.solve import solve
from parley.bargaining.values import with_values
from parley.errors import ModelError, ParleyError, UnknownName


def small(*, horizon: int = 2, worths: tuple[float, float] = (0.6, 0.4), patience: float = 0.9) -> Scenario:
    """Two parties, one package, offers in turn."""
    return Scenario(
        title="small",
        parties=tuple(Party(name, Number(patience)) for name in "AB"),
        issues=(
            Issue(
                "pier",
                {name: Number(1.0) for name in "AB"},
                (Option("shared", dict(zip("AB", map(Number, worths), strict=True))),),
            ),
        ),
        consent=Consent(needed=("A", "B")),
        proposers=Proposers(order=("A", "B")),
        horizon=horizon,
    )


def breaking(order: str, costs: dict[str, float]) -> Scenario:
    """A truce that both lose by once it is made, which either may break at a cost, in this order."""
    truce = Interim(
        "truce", ("A", "B"), 3, gains={"A": Number(1.0), "B": Number(1.0)},
        flows={"A": Number(-0.4), "B": Number(-0.4)}, breakers={name: Number(costs[name]) for name in order}, once=True,
    )  # fmt: skip
    return replace(small(horizon=3, worths=(-1.0, -1.0)), interims=(truce,))


@pytest.mark.parametrize("order", ["AB", "BA"])
def test_nobody_pays_for_breaking_what_another_would_break_anyway(order: str) -> None:
    """Both gain by its end, so the one who decides last pays: the first leaves it to the other."""
    solution = solve(breaking(order, {"A": 0.1, "B": 0.1}))
    last = "AB".index(order[-1])
    in_force = [h for h, k in enumerate(solution.game.ledger.in_force) if k == 0 and solution.game.ledger.left[h] == 2]
    assert (solution.period(1).broken_by[0, in_force] == last).all()
    broken = play(solution).parts["breaking"][0]
    assert broken[1 - last] > broken[last]


@pytest.mark.parametrize("costs", [{"A": 0.1, "B": 0.1}, {"A": 0.1, "B": 5.0}, {"A": 5.0, "B": 0.1}])
@pytest.mark.parametrize("order", ["AB", "BA"])
def test_breaking_agrees_with_the_slow_recursion(order: str, costs: dict[str, float]) -> None:
    scenario = breaking(order, costs)
    check(scenario)
    assert solve(scenario).start_value[0] == pytest.approx(Oracle(scenario).start(), abs=1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_random_scenarios_with_two_breakers_agree_with_the_slow_recursion(seed: int) -> None:
    scenario = random_scenario(seed)
    truce, *rest = scenario.interims
    both = replace(truce, breakers={"C": Number(0.01), **truce.breakers, "B": Number(0.0)})
    scenario = replace(scenario, interims=(both, *rest))
    assert solve(scenario).start_value[0] == pytest.approx(Oracle(scenario).start(), abs=1e-9)


def test_who_is_as_well_off_by_waiting_neither_gains_nor_loses() -> None:
    even = course(small(worths=(0.0, 0.0)), solve(small(worths=(0.0, 0.0))))
    assert [entry.turns for entry in even] == [((1, "neither gains nor loses"),)] * 2
    patient = small(patience=1.0)
    turns = course(patient, solve(patient))[0].turns
    assert turns == ((1, "neither gains nor loses"), (2, "loses"))


def test_a_party_alone_takes_its_best_at_once() -> None:
    alone = Scenario(
        title="alone",
        parties=(Party("A", Number(0.9)),),
        issues=(Issue("route", {"A": Number(1.0)}, tuple(Option(f"{v}", {"A": Number(v)}) for v in (1.0, 2.0))),),
        consent=Consent(needed=("A",)),
        proposers=Proposers(order=("A",)),
        horizon=3,
    )  # fmt: skip
    check(alone)
    solution = solve(alone)
    path = play(solution)
    assert solution.start_value[0].tolist() == [2.0]
    assert path.final[0].tolist() == [1.0, 0.0, 0.0] and path.package[0].tolist() == [0.0, 1.0]


@given(seed=st.integers(0, 10_000), factor=st.floats(0.25, 4.0), who=st.sampled_from("ABC"))
@settings(max_examples=40, deadline=None)
def test_the_unit_of_a_partys_worths_changes_nothing_but_its_own_values(seed: int, factor: float, who: str) -> None:
    """Utilities have no common unit: multiplying all that one party gets by a number above 0 leaves the play alone."""
    scenario = random_scenario(seed)
    worths = ("weights", "flows", "gains", "breakers", "endings")
    scaled = with_values(
        scenario,
        {
            path: number.value * factor
            for path, number in numbers(scenario)
            if path.endswith(f"/{who}") and any(f"{word}/" in path for word in worths)
        },
    )
    before, after = solve(scenario), solve(scaled)
    units = np.where(np.array(list(scenario.names)) == who, factor, 1.0)
    assert after.start_value[0] == pytest.approx(before.start_value[0] * units, abs=1e-8)
    assert play(after).final == pytest.approx(play(before).final, abs=1e-9)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_what_has_no_chance_to_happen_changes_nothing(seed: int) -> None:
    scenario = random_scenario(seed)
    front = scenario.clocks[0]
    never = Condition({"front": ("one", "two", "gone")})
    more = replace(
        scenario,
        clocks=(replace(front, moves=(*front.moves, Move("never", "one", "gone", Number(0.0)))), *scenario.clocks[1:]),
        proposers=Proposers(
            turns=tuple(Turn(t.name, t.when, {"C": Number(0.0), **t.chances}) for t in scenario.proposers.turns)
        ),
        endings=tuple(
            ending if ending.kind != "breakdown" else replace(ending, chance=Number(0.0)) for ending in scenario.endings
        ),
    )
    without = replace(scenario, endings=tuple(e for e in scenario.endings if e.kind != "breakdown"))
    check(more)
    assert solve(more).start_value == pytest.approx(solve(without).start_value, abs=1e-12)
    lost = Ending("lost again", "breakdown", never, {name: Number(-9.0) for name in "ABC"}, chance=Number(0.0))
    assert solve(replace(without, endings=(*without.endings, lost))).start_value == pytest.approx(
        solve(without).start_value, abs=1e-12
    )


def test_a_measure_is_checked_though_nothing_varies() -> None:
    for ask in (lambda: tornado(small(), "luck"), lambda: sobol(small(), "luck", count=64, seed=1)):
        with pytest.raises(UnknownName, match="There is no measure “luck”; the measures are: chance of agreement"):
            ask()
    assert tornado(small(), "value to A") == () == sobol(small(), "value to A", count=64, seed=1)
    with pytest.raises(ParleyError, match="need a power of two, which 1000 is not"):
        sobol(small(), "value to A", count=1000, seed=1)


@pytest.mark.parametrize("weight", [Number(0.0), Number(0.5, -0.5, 1.5, "uniform")])
def test_an_amount_must_be_worth_something_to_all_with_every_lever(weight: Number) -> None:
    game = rubinstein_game(0.9, 0.9, horizon=3)
    pie = replace(game.issues[0], weights={**game.issues[0].weights, "B": weight})
    with pytest.raises(ModelError, match="every party must value an amount to share"):
        check(replace(game, issues=(pie,)))
    with pytest.raises(ModelError, match="with the lever “spite” pulled, every party must value an amount"):
        check(replace(game, levers=(Lever("spite", {"issues/pie/weights/B": weight}),)))


def test_a_quota_counts_each_party_once() -> None:
    with pytest.raises(ModelError, match="a quota of 2 cannot be had among 1"):
        check(replace(small(), consent=Consent(quota=2, among=("A", "A"))))


@pytest.mark.parametrize("chance", [0.0, 0.01, 0.3, 0.5, 0.7, 0.99, 1.0])
@pytest.mark.parametrize(("length", "position"), [(4, 1), (4, 3), (9, 4)])
def test_a_war_step_by_step_solves_its_own_recursion(chance: float, length: int, position: int) -> None:
    def at(place: int) -> tuple[float, float]:
        if place in (0, length):
            return float(place == length), 0.0
        return classics.random_walk(length, place, chance)

    win, battles = at(position)
    (more, long), (less, short) = at(position + 1), at(position - 1)
    assert win == pytest.approx(chance * more + (1 - chance) * less, abs=1e-12)
    assert battles == pytest.approx(1 + chance * long + (1 - chance) * short, abs=1e-9)


def test_a_long_war_against_the_odds_is_lost_and_no_overflow() -> None:
    win, battles = classics.random_walk(2_000, 1_000, 0.01)
    assert win == 0.0 and battles == pytest.approx(1_000 / 0.98)
    assert classics.random_walk(2_000, 1_000, 0.99)[0] == 1.0


def test_a_cost_that_is_known_leaves_no_chance_of_war() -> None:
    found = classics.ultimatum(0.5, 0.1, 0.2, 0.2)
    assert (found.offer, found.war, found.payoff) == pytest.approx((0.3, 0.0, 0.7))


def test_the_words_count_one_period_as_one_and_name_no_unit_that_says_nothing() -> None:
    assert any("within 1 period is" in words for words in explain(small(horizon=1)))
    assert any(
        "within 2 periods (a period is a week) is" in words for words in explain(replace(small(), period="week"))
    )
