"""The solver against a slow recursion of its own, and properties that every equilibrium has."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bargain_making import random_scenario
from bargain_oracle import Oracle
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.bargaining.check import check
from parley.bargaining.classic_scenarios import rubinstein_game, ultimatum_game
from parley.bargaining.model import Condition, Issue, Number, Option, Scenario, Size, numbers
from parley.bargaining.offers import prepare
from parley.bargaining.packages import unbeaten
from parley.bargaining.play import play
from parley.bargaining.solve import FINAL, solve


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("kind", ["plain", "coarse", "quota", "order"])
def test_solver_agrees_with_the_slow_recursion(seed: int, kind: str) -> None:
    scenario = random_scenario(seed, coarse=kind == "coarse", quota=kind == "quota", order=kind == "order")
    check(scenario)
    assert solve(scenario).start_value[0] == pytest.approx(Oracle(scenario).start(), abs=1e-9)


def test_every_kind_of_play_occurs_in_the_scenarios_that_are_compared() -> None:
    seen = {"final": 0.0, "interim": 0.0, "broken": 0.0, "walked": 0.0, "failed": 0.0, "ended": 0.0}
    for seed in range(12):
        path = play(solve(random_scenario(seed)))
        for name in seen:
            seen[name] += float(getattr(path, name).sum())
    assert all(total > 0 for total in seen.values()), seen


@pytest.mark.parametrize("seed", range(12))
def test_values_are_the_sum_of_what_the_path_of_play_brings(seed: int) -> None:
    solution = solve(random_scenario(seed, quota=seed % 2 == 0))
    path = play(solution)
    assert sum(path.parts.values())[0] == pytest.approx(solution.start_value[0], abs=1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_chances_along_the_path_sum_to_one(seed: int) -> None:
    path = play(solve(random_scenario(seed)))
    ends = path.final.sum() + path.walked.sum() + path.failed.sum() + path.ended.sum() + path.going[0, -1]
    assert ends == pytest.approx(1.0, abs=1e-12)
    assert path.package.sum() == pytest.approx(path.agreement[0], abs=1e-12)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_no_party_accepts_less_than_its_continuation(seed: int) -> None:
    solution = solve(random_scenario(seed))
    game = solution.game
    for period in solution.periods:
        wait = period.wait[0].reshape(-1, 3)
        for proposer, final in enumerate(period.final):
            signed = period.kind[0, :, proposer] == FINAL
            for party in (*np.nonzero(game.needed)[0].tolist(), proposer):
                package = game.utility[0, final.package[0], party]
                assert (package[signed] >= wait[signed, party] - 1e-9).all()


@given(seed=st.integers(0, 10_000), coarse=st.booleans())
@settings(max_examples=30, deadline=None)
def test_permuting_parties_permutes_values(seed: int, coarse: bool) -> None:
    scenario = random_scenario(seed, coarse=coarse)
    turned = replace(scenario, parties=scenario.parties[::-1])
    assert solve(turned).start_value[0][::-1] == pytest.approx(solve(scenario).start_value[0], abs=1e-9)


@given(seed=st.integers(0, 10_000), coarse=st.booleans())
@settings(max_examples=30, deadline=None)
def test_permuting_options_and_issues_permutes_results(seed: int, coarse: bool) -> None:
    scenario = random_scenario(seed, coarse=coarse)
    issues = tuple(replace(issue, options=issue.options[::-1]) for issue in scenario.issues[::-1])
    one, other = solve(scenario), solve(replace(scenario, issues=issues))
    assert other.start_value[0] == pytest.approx(one.start_value[0], abs=1e-9)
    first, second = play(one).package[0].reshape(3, 3), play(other).package[0].reshape(3, 3)
    assert pytest.approx(first, abs=1e-9) == second[::-1, ::-1].T


@given(
    first=st.floats(0.05, 0.97), second=st.floats(0.05, 0.97), more=st.floats(0.001, 0.02), horizon=st.integers(1, 12)
)
@settings(max_examples=60, deadline=None)
def test_value_never_falls_when_own_patience_rises_in_rubinsteins_game(
    first: float, second: float, more: float, horizon: int
) -> None:
    for bounded in (None, horizon):
        before = solve(rubinstein_game(first, second, horizon=bounded)).start_value[0]
        after = solve(rubinstein_game(first + more, second, horizon=bounded)).start_value[0]
        assert after[0] >= before[0] - 1e-9
        after = solve(rubinstein_game(first, second + more, horizon=bounded)).start_value[0]
        assert after[1] >= before[1] - 1e-9


@pytest.mark.parametrize("seed", range(4))
def test_draws_solved_together_equal_draws_solved_alone(seed: int) -> None:
    scenario = random_scenario(seed)
    rng = np.random.default_rng(seed)
    drawn = {
        path: number.value * rng.uniform(0.8, 1.0, size=5) for path, number in numbers(scenario) if number.value > 0
    }
    together = solve(scenario, drawn)
    path = play(together)
    for index in range(5):
        alone = solve(scenario, {key: float(values[index]) for key, values in drawn.items()})
        assert together.start_value[index] == pytest.approx(alone.start_value[0], abs=1e-12)
        assert path.final[index] == pytest.approx(play(alone).final[0], abs=1e-12)


def test_values_in_any_subset_of_numbers_broadcast() -> None:
    scenario = random_scenario(1)
    alone = solve(scenario, {"parties/A/patience": 0.5}).start_value[0]
    both = solve(scenario, {"parties/A/patience": np.array([0.5, 0.9])}).start_value
    assert both[0] == pytest.approx(alone, abs=1e-12)
    assert both[1] != pytest.approx(alone, abs=1e-3)


@given(
    rows=st.lists(st.tuples(*[st.integers(0, 4)] * 3), min_size=1, max_size=60),
)
@settings(max_examples=100, deadline=None)
def test_pruning_keeps_exactly_the_packages_that_none_beats(rows: list[tuple[int, int, int]]) -> None:
    table = np.array(rows, dtype=float)
    kept = set(unbeaten(table, tie=1e-11).tolist())
    for index, row in enumerate(table):
        beaten = any((other >= row).all() and (other > row).any() for other in table)
        assert (index in kept) != beaten


def test_pruning_spans_blocks() -> None:
    rng = np.random.default_rng(3)
    table = rng.normal(size=(1500, 3))
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    table = np.abs(table)  # on a sphere: none beats another
    table[700] = [0.01, 0.01, 0.01]
    assert set(range(1500)) - set(unbeaten(table, tie=1e-11).tolist()) == {700}


def _wide(seed: int, horizon: int | None) -> Scenario:
    """More packages than one block of the search."""
    scenario = random_scenario(seed)
    issue = scenario.issues[0]
    rng = np.random.default_rng(seed)
    angles = rng.uniform(0.1, 1.4, size=120)
    options = []
    for index, angle in enumerate(angles):
        worth = {"A": np.cos(angle), "B": np.sin(angle), "C": 0.3}
        values = {p: replace(issue.options[0].values[p], value=float(worth[p])) for p in "ABC"}
        options.append(replace(issue.options[0], name=f"o{index}", values=values))
    return replace(scenario, issues=(replace(issue, options=tuple(options)), scenario.issues[1]), horizon=horizon)


def test_search_over_blocks_agrees_with_the_slow_recursion() -> None:
    scenario = _wide(5, 2)
    solution = solve(scenario)
    assert prepare(solution.game).value[0].shape[2] > 100
    assert solution.start_value[0] == pytest.approx(Oracle(scenario).start(), abs=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_an_amount_to_share_is_the_limit_of_a_fine_list_of_splits(seed: int) -> None:
    scenario = random_scenario(seed)
    steps, amount = 400, 0.4
    names = scenario.names
    weights = dict.fromkeys(names, Number(1.0))
    splits = tuple(
        Option(f"{a} {b}", dict(zip(names, (Number(amount * x / steps) for x in (a, b, steps - a - b)), strict=True)))
        for a in range(0, steps + 1, 4)
        for b in range(0, steps - a + 1, 4)
    )
    one = scenario.issues[:1]
    shared = replace(scenario, issues=(*one, Issue("pot", weights, sizes=(Size("all", Condition(), Number(amount)),))))
    listed = replace(scenario, issues=(*one, Issue("pot", weights, splits)))
    fine, exact = solve(listed).start_value[0], solve(shared).start_value[0]
    # a split misses what each of two others needs by up to a step, in each of the periods
    assert fine == pytest.approx(exact, abs=0.004 * 2 * 4)
    assert fine != pytest.approx(solve(replace(scenario, issues=one)).start_value[0], abs=0.02)


def test_a_private_cost_of_refusing_over_several_periods_adds_up() -> None:
    game = ultimatum_game(0.6, 0.1, 0.0, 0.5, step=20)
    long = replace(game, horizon=3, parties=tuple(replace(p, patience=Number(0.9)) for p in game.parties))
    solution = solve(long)
    path = play(solution)
    assert sum(path.parts.values())[0] == pytest.approx(solution.start_value[0], abs=1e-12)
    assert (path.final[0] > 0).all()  # some types refuse today and sign tomorrow
    assert path.package.sum() == pytest.approx(path.agreement[0], abs=1e-12)


def test_value_iteration_says_when_it_met_its_bound() -> None:
    scenario = replace(rubinstein_game(0.99, 0.99), iterations=5)
    solution = solve(scenario)
    assert not solution.settled
    assert solution.rounds == 5
    assert solution.change > 1e-6


def test_stationary_values_are_the_limit_of_long_horizons() -> None:
    scenario = random_scenario(2)
    timeless = replace(
        scenario,
        horizon=None,
        clocks=tuple(
            replace(c, moves=tuple(replace(m, when=replace(m.when, from_period=None)) for m in c.moves))
            for c in scenario.clocks
        ),
        flows=scenario.flows[:2],
        endings=tuple(e for e in scenario.endings if e.kind != "horizon"),
    )
    forever = solve(timeless)
    assert forever.settled
    long = solve(replace(timeless, horizon=400))
    assert forever.start_value[0] == pytest.approx(long.start_value[0], abs=1e-9)
