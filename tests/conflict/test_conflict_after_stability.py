"""Evolution, the inverse question, sensitivity, third parties: checked by solving, enumeration and known cases."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

import conflict_oracle as oracle
import numpy as np
import pytest
from conflict_builders import from_case, space_of_game, two_by_two
from test_conflict_analyses import as_solution

from parley.conflict import Conflict, DecisionMaker, Infeasible, Option, Preference, Prioritised, solve
from parley.conflict.evolution import evolve, likely_paths, path_words
from parley.conflict.inverse import condition_words, what_must_change
from parley.conflict.sensitivity import Spread, draw_ranks, monte_carlo, one_swap, one_toggle, wilson
from parley.conflict.stability import CONCEPTS, stability
from parley.conflict.states import make_space
from parley.conflict.thirdparty import what_would_help
from parley.errors import ModelError

# Evolution


def test_elmira_evolves_from_delay_to_insistence(cases):
    solution = solve(replace(from_case(cases["Elmira"]), status_quo="NYNNN"))
    (path,) = likely_paths(solution)
    assert path.end == 18
    assert path_words(solution, path) == "Local Government takes Insist (state 18 (Delay, Insist))"


@pytest.mark.parametrize("by", ["moves", "improvements"])
def test_shortest_paths_agree_with_a_search_over_legal_sequences(by):
    for seed in range(60):
        game = oracle.random_game(seed, rules=seed % 3 == 0, most_options=5)
        solution = as_solution(game)
        start = game.states[seed % len(game.states)]
        step = (
            (lambda j, x, g=game: g.moves[j][x]) if by == "moves" else (lambda j, x, g=game: oracle.improving(g, j, x))
        )
        found = evolve(solution, start=start, by=by).paths
        expected = {start: 0}
        frontier = {(start, None)}
        seen = set(frontier)
        for length in range(1, 40):
            frontier = {
                (t, j) for s, last in frontier for j in range(len(game.masks)) if j != last for t in step(j, s)
            } - seen
            seen |= frontier
            for state, _ in sorted(frontier):
                expected.setdefault(state, length)
        assert {state: len(path.steps) for state, path in found.items()} == expected
        for path in found.values():
            assert all(a.maker != b.maker and a.after == b.before for a, b in itertools.pairwise(path.steps))


def test_best_steps_are_the_movers_best_improvements(cases):
    solution = solve(from_case(cases["Cuban"]))
    for path in evolve(solution, start=0, by="best").paths.values():
        for step in path.steps:
            row = dict(zip(map(int, solution.space.states), map(int, solution.ranks[step.maker]), strict=True))
            better = [t for t in solution.space.moves(step.maker, step.before) if row[t] > row[step.before]]
            assert row[step.after] == max(row[t] for t in better)


def test_evolution_without_a_start_or_of_an_unknown_kind_is_refused(cases):
    solution = solve(from_case(cases["Cuban"]))
    with pytest.raises(ModelError, match="names no status quo"):
        evolve(solution)
    with pytest.raises(ModelError, match="not feasible"):
        evolve(solution, start=12)
    with pytest.raises(ModelError, match="choose among moves"):
        evolve(solution, start=0, by="guesses")


# The inverse question


def rankings_of(size, rng, count):
    return [rng.integers(0, size, size) for _ in range(count)]


@pytest.mark.parametrize("concept", CONCEPTS)
def test_conditions_are_necessary_and_sufficient_for_any_ranking_of_the_decision_maker(concept):
    """Whatever ranking a decision maker is given, the clauses hold exactly where the engine finds the state stable."""
    for seed in range(40):
        game = oracle.random_game(seed, rules=seed % 4 == 0, most_options=5)
        solution = as_solution(game)
        space, rng = space_of_game(game), np.random.default_rng(seed)
        state = game.states[seed % len(game.states)]
        place = game.states.index(state)
        for condition in what_must_change(solution, state=state, concept=concept).conditions:
            for row in rankings_of(len(game.states), rng, 12):
                payoffs = solution.ranks.copy()
                payoffs[condition.maker] = row
                stable = stability(space, payoffs, concepts=(concept,))[concept][condition.maker, place]
                above = frozenset(s for s, rank in zip(game.states, row, strict=True) if rank > row[place])
                assert all(clause.met(above) for clause in condition.clauses) == bool(stable)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_the_least_change_is_the_smallest_that_enumeration_finds(concept):
    checked = 0
    for seed in range(60):
        game = oracle.random_game(seed, most_options=4)
        solution = as_solution(game)
        space = space_of_game(game)
        for state in game.states[:3]:
            place = game.states.index(state)
            for condition in what_must_change(solution, state=state, concept=concept).conditions:
                row = solution.ranks[condition.maker]
                above = [s for s, rank in zip(game.states, row, strict=True) if rank > row[place]]
                if condition.stable or len(above) > 9:
                    continue
                smallest = next(
                    size
                    for size in range(len(above) + 1)
                    for lowered in itertools.combinations(above, size)
                    if stable_after(space, solution, condition, lowered, place, concept, game)
                )
                assert len(condition.lower) == smallest
                assert condition.proven
                assert stable_after(space, solution, condition, condition.lower, place, concept, game)
                checked += 1
    assert checked > 30


def stable_after(space, solution, condition, lowered, place, concept, game):
    payoffs = solution.ranks.copy()
    for state in lowered:
        payoffs[condition.maker, game.states.index(state)] = payoffs[condition.maker, place]
    return bool(stability(space, payoffs, concepts=(concept,))[concept][condition.maker, place])


@pytest.mark.parametrize("concept", ["nash", "gmr", "smr"])
def test_all_changes_together_make_the_state_an_equilibrium(concept):
    for seed in range(60):
        game = oracle.random_game(seed, most_options=5)
        solution = as_solution(game)
        for state in game.states[:4]:
            change = what_must_change(solution, state=state, concept=concept)
            assert change.ranks is not None
            stable = stability(space_of_game(game), change.ranks, concepts=(concept,))[concept]
            assert stable[:, game.states.index(state)].all()


def test_a_state_that_is_an_equilibrium_needs_no_change(cases):
    solution = solve(from_case(cases["Elmira"]))
    change = what_must_change(solution, state=18, concept="seq")
    assert all(condition.stable and not condition.lower for condition in change.conditions)
    assert "needs no change" in condition_words(solution, change.conditions[0])


def test_the_inverse_of_23_states_and_4_decision_makers_takes_under_a_second():
    rng = np.random.default_rng(5)
    infeasible = []
    for seed in range(1000):
        trial = np.random.default_rng(seed)
        infeasible = [(int(m), int(m) & int(v)) for m, v in trial.integers(1, 512, (9, 2)) if bin(m).count("1") == 2]
        if infeasible and len(make_space(9, (7, 8, 16, 480), infeasible=tuple(infeasible)).states) in range(23, 40):
            break
    space = make_space(9, (7, 8, 16, 480), infeasible=tuple(infeasible))
    payoffs = np.stack([rng.permutation(len(space.states)) for _ in range(4)])
    makers = tuple(DecisionMaker(f"m{i}", Prioritised(())) for i in range(4))
    from parley.conflict.solve import Solution

    owner = [0, 0, 0, 1, 2, 3, 3, 3, 3]
    conflict = Conflict("23", makers, tuple(Option(f"o{b}", f"m{owner[b]}") for b in range(9)))
    solution = Solution(conflict, space, payoffs.astype(np.int32), stability(space, payoffs))
    for concept in ("nash", "gmr", "smr", "seq", "sim"):
        start = time.perf_counter()
        what_must_change(solution, state=int(space.states[0]), concept=concept)
        assert time.perf_counter() - start < 1


# Sensitivity


def test_the_same_seed_gives_the_same_frequencies_and_another_seed_others(cases):
    conflict = from_case(cases["Cuban"])
    first = monte_carlo(conflict, draws=300, seed=3)
    assert first == monte_carlo(conflict, draws=300, seed=3)
    assert first != monte_carlo(conflict, draws=300, seed=4)


def test_without_noise_every_draw_is_the_model(cases):
    solution = solve(from_case(cases["Elmira"]))
    found = monte_carlo(solution.conflict, draws=50, seed=0, spread=Spread(noise=0))
    for concept, rows in found.items():
        assert {row.state for row in rows} == set(solution.equilibria(concept))
        assert all(row.count == row.draws == 50 for row in rows)


def test_frequencies_agree_with_solving_each_draw(cases):
    solution = solve(from_case(cases["NorthKorea_base"]))
    spread = Spread(noise=1.5, tie=0.1, untie=0.2)
    rows = monte_carlo(solution.conflict, draws=200, seed=9, spread=spread, concepts=("seq",))["seq"]
    rng = np.random.default_rng(9)
    rng.random((200, len(solution.conflict.options) + len(solution.conflict.infeasible)))
    drawn = draw_ranks(solution.ranks, 200, spread, rng)
    counts = dict.fromkeys(map(int, solution.space.states), 0)
    for ranks in drawn:
        for state in solution.space.states[stability(solution.space, ranks, concepts=("seq",))["seq"].all(axis=0)]:
            counts[int(state)] += 1
    assert {row.state: row.count for row in rows} == {state: count for state, count in counts.items() if count}


def test_large_models_are_varied_one_by_one_with_the_same_answer(cases, monkeypatch):
    conflict = from_case(cases["Cuban"])
    batched = monte_carlo(conflict, draws=60, seed=2)
    swaps = one_swap(solve(conflict), concept="seq")
    monkeypatch.setattr("parley.conflict.sensitivity.BATCHED", 0)
    assert monte_carlo(conflict, draws=60, seed=2) == batched
    assert one_swap(solve(conflict), concept="seq") == swaps


def test_swaps_of_a_model_with_too_many_levels_are_refused(cases, monkeypatch):
    solution = solve(from_case(cases["Cuban"]))
    monkeypatch.setattr("parley.conflict.sensitivity.SWAPS", 21)
    with pytest.raises(ModelError, match=r"22 neighbouring pairs .* up to 21"):
        one_swap(solution, concept="nash")


def test_draws_in_several_goes_are_all_counted(cases, monkeypatch):
    monkeypatch.setattr("parley.conflict.sensitivity.AT_ONCE", 500)
    rows = monte_carlo(from_case(cases["Elmira"]), draws=100, seed=1, spread=Spread(noise=0), concepts=("nash",))[
        "nash"
    ]
    assert {row.count for row in rows} == {100}


def test_ties_fall_together_and_break_as_asked():
    base = np.array([[0, 1, 2, 3], [0, 0, 1, 1]], dtype=np.int32)
    rng = np.random.default_rng(1)
    assert (draw_ranks(base, 5, Spread(noise=0, tie=1), rng) == 0).all()
    broken = draw_ranks(base, 50, Spread(noise=0, untie=1), rng)
    assert all(len(set(row)) == 4 for row in broken[:, 1].tolist())
    assert (broken[:, 1, :2].max(axis=1) < broken[:, 1, 2:].min(axis=1)).all()


def test_wilson_interval_of_nothing_and_of_everything():
    low, high = wilson(0, 20)
    assert (low, round(high, 4)) == (0.0, 0.1611)
    low, high = wilson(20, 20)
    assert (round(low, 4), high) == (0.8389, 1.0)
    low, high = wilson(10, 20)
    assert (round(low, 4), round(high, 4)) == (0.2993, 0.7007)


def test_one_swap_reports_exactly_the_swaps_that_matter(cases):
    solution = solve(from_case(cases["SyriaIraq"]))
    effects = {effect.what: (effect.gained, effect.lost) for effect in one_swap(solution, concept="nash")}
    expected = {}
    for maker, name in enumerate(solution.conflict.names()):
        order = list(np.argsort(-solution.ranks[maker]))
        for k in range(len(order) - 1):
            changed = solution.ranks.copy()
            high, low = order[k], order[k + 1]
            changed[maker, high], changed[maker, low] = changed[maker, low], changed[maker, high]
            stable = stability(solution.space, changed, concepts=("nash",))["nash"].all(axis=0)
            now = {int(s) for s in solution.space.states[stable]}
            gained, lost = now - {6}, {6} - now
            if gained or lost:
                what = f"{name} prefers state {solution.space.states[low]} to state {solution.space.states[high]}"
                expected[what] = (tuple(sorted(gained)), tuple(sorted(lost)))
    assert effects == expected


def test_one_toggle_names_the_irreversible_move_that_the_answer_hangs_on(cases):
    """North Korea 2017: if an invasion cannot be undone, 12 becomes a sequential equilibrium."""
    solution = solve(from_case(cases["NorthKorea_base"]))
    effects = {effect.what: effect for effect in one_toggle(solution, concept="seq")}
    assert effects["invade cannot be dropped"].gained == (12,)


def test_lifting_an_infeasible_pattern_needs_preferences_that_reach_further(cases):
    with pytest.raises(ModelError, match="does not say where states stand"):
        monte_carlo(from_case(cases["Cuban"]), draws=20, seed=0, spread=Spread(lift=1))
    dilemma = two_by_two([1, 0, 3, 2], [2, 0, 3, 1])
    makers = tuple(
        replace(maker, prefers=Prioritised((Preference(text),)))
        for maker, text in zip(dilemma.decision_makers, ("Row defects", "Column defects"), strict=True)
    )
    model = replace(dilemma, decision_makers=makers, infeasible=(Infeasible("YY"),))
    assert solve(model).equilibria("nash") == (1, 2)
    found = monte_carlo(model, draws=30, seed=0, spread=Spread(noise=0, lift=1), concepts=("nash",))["nash"]
    assert [(row.state, row.count) for row in found] == [(3, 30)]
    assert [effect.gained for effect in one_toggle(solve(model), concept="nash") if "YY" in effect.what] == [(3,)]


def test_spreads_and_draws_that_make_no_sense_are_refused(cases):
    conflict = from_case(cases["Cuban"])
    for spread, message in [
        (Spread(noise=-1), "noise"),
        (Spread(tie=2), "chance"),
        (Spread(noise=float("nan")), "noise"),
    ]:
        with pytest.raises(ModelError, match=message):
            monte_carlo(conflict, draws=5, seed=0, spread=spread)
    with pytest.raises(ModelError, match="1 or more"):
        monte_carlo(conflict, draws=0, seed=0)


# Third parties


def test_a_guarantee_makes_disarmament_in_chicken_stable():
    """Chicken: neither swerving is no Nash equilibrium; guarantees that neither can defect, or costs, make it one."""
    solution = solve(two_by_two([1, 0, 2, 3], [2, 0, 1, 3]))
    packages = what_would_help(solution, state=0, concept="nash")
    assert packages
    assert all(len(package.measures) == 2 for package in packages)
    kinds = {tuple(measure.kind for measure in package.measures) for package in packages}
    assert ("guarantee", "guarantee") in kinds
    assert ("cost", "cost") in kinds
    assert any("a guarantee that Row does not take Row defects" in package.words for package in packages)


def test_an_option_of_a_third_party_deters_where_sanctions_count():
    solution = solve(two_by_two([1, 0, 2, 3], [2, 0, 1, 3]))
    packages = what_would_help(solution, state=0, concept="seq")
    assert any({measure.kind for measure in package.measures} == {"option"} for package in packages)


def test_an_equilibrium_needs_no_help_and_no_package_is_invented(cases):
    solution = solve(from_case(cases["Elmira"]))
    (package,) = what_would_help(solution, state=18, concept="nash")
    assert package.measures == ()
    for package in what_would_help(solution, state=2, concept="nash"):
        assert {measure.maker for measure in package.measures} <= {2}
    with pytest.raises(ModelError, match="choose among"):
        what_would_help(solution, state=2, concept="hope")
