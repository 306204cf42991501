"""The engine against the brute-force oracle, and what holds for every conflict."""

from __future__ import annotations

import conflict_oracle as oracle
import numpy as np
import pytest
from conflict_builders import space_of_game
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.conflict.stability import CONCEPTS, stability
from parley.conflict.states import make_space

RANDOM_CONFLICTS = 2000


def payoffs_of(game):
    return np.array([[row[state] for state in game.states] for row in game.u])


def solve_game(game, concepts=CONCEPTS):
    return stability(space_of_game(game), payoffs_of(game), concepts=concepts)


def test_no_difference_from_the_oracle_on_2000_random_conflicts():
    differences = []
    for seed in range(RANDOM_CONFLICTS):
        game = oracle.random_game(seed)
        found = solve_game(game)
        for concept in CONCEPTS:
            if found[concept].tolist() != oracle.solve(game, concept):
                differences.append((seed, concept))
    assert differences == []


def test_no_difference_from_the_oracle_where_preferences_rest_on_few_options():
    """Such preferences have many ties, and moves that come to the same."""
    differences = []
    for seed in range(300):
        game = oracle.random_game(seed + 50_000)
        rng = np.random.default_rng(seed)
        for i in range(len(game.masks)):
            weights = np.where(rng.random(game.count) < 0.4, rng.integers(-2, 3, game.count), 0)
            game.u[i] = {s: int(sum(w for b, w in enumerate(weights) if s >> b & 1)) for s in game.states}
        found = solve_game(game)
        for concept in CONCEPTS:
            if found[concept].tolist() != oracle.solve(game, concept):
                differences.append((seed, concept))
    assert differences == []


def test_no_difference_from_the_oracle_with_blocked_moves():
    """Blocked moves make two moves in a row worth more than one: the last mover must be carried along."""
    differences = []
    for seed in range(500):
        game = oracle.random_game(seed, rules=True)
        found = solve_game(game)
        for concept in CONCEPTS:
            if found[concept].tolist() != oracle.solve(game, concept):
                differences.append((seed, concept))
    assert differences == []


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_nash_implies_smr_implies_gmr_and_nash_implies_seq_implies_gmr(seed, rules):
    found = solve_game(oracle.random_game(seed, rules=rules, most_options=7))
    for stronger, weaker in [
        ("nash", "smr"),
        ("smr", "gmr"),
        ("nash", "seq"),
        ("seq", "gmr"),
        ("nash", "sseq"),
        ("sseq", "smr"),
        ("sseq", "seq"),
        ("nash", "sim"),
    ]:
        assert (found[stronger] <= found[weaker]).all(), (stronger, weaker)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 9), st.integers(2, 4), st.integers(0, 10**6))
def test_gmr_is_maximin_and_smr_is_minimax_where_nothing_is_constrained(count, makers, seed):
    """Unconstrained: GMR iff Nash or payoff >= maximin, SMR iff Nash or payoff >= minimax."""
    makers = min(makers, count)
    masks = tuple(sum(1 << b for b in range(count) if b % makers == i) for i in range(makers))
    payoffs = np.random.default_rng(seed).integers(0, 2**count, size=(makers, 2**count))
    found = stability(make_space(count, masks), payoffs, concepts=("nash", "gmr", "smr"))
    cells = np.arange(2**count)
    for i, mask in enumerate(masks):
        own = sorted({int(c) & mask for c in cells})
        other = sorted({int(c) & ~mask for c in cells})
        table = np.array([[payoffs[i][a | b] for b in other] for a in own])
        maximin = table.min(axis=1).max()
        minimax = table.max(axis=0).min()
        assert (found["gmr"][i] == (found["nash"][i] | (payoffs[i] >= maximin))).all()
        assert (found["smr"][i] == (found["nash"][i] | (payoffs[i] >= minimax))).all()


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_renaming_options_and_decision_makers_leaves_the_result_unchanged(seed, rng):
    game = oracle.random_game(seed)
    place = list(range(game.count))
    rng.shuffle(place)
    order = list(range(len(game.masks)))
    rng.shuffle(order)

    def moved(bits):
        return sum(1 << place[b] for b in range(game.count) if bits >> b & 1)

    renamed = oracle.build(
        game.count,
        [moved(game.masks[i]) for i in order],
        [[0] * len(game.states)] * len(order),
        [(moved(mask), moved(value)) for mask, value in game.infeasible],
        moved(game.forward),
        moved(game.back),
    )
    renamed.u = [{moved(state): game.u[i][state] for state in game.states} for i in order]
    before, after = solve_game(game), solve_game(renamed)
    for concept in CONCEPTS:
        for new, old in enumerate(order):
            was = {moved(state): bool(v) for state, v in zip(game.states, before[concept][old], strict=True)}
            now = {state: bool(v) for state, v in zip(renamed.states, after[concept][new], strict=True)}
            assert was == now


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.floats(0.01, 50), st.floats(-1000, 1000))
def test_monotone_rescaling_leaves_the_result_unchanged(seed, factor, shift):
    game = oracle.random_game(seed)
    payoffs = payoffs_of(game)
    scaled = np.arctan(payoffs / (1 + payoffs.max())) * factor + shift
    before = stability(space_of_game(game), payoffs, concepts=CONCEPTS)
    after = stability(space_of_game(game), scaled, concepts=CONCEPTS)
    for concept in CONCEPTS:
        assert (before[concept] == after[concept]).all()


def test_with_two_decision_makers_a_sanction_is_one_move():
    for seed in range(200):
        game = oracle.random_game(seed)
        if len(game.masks) != 2:
            continue
        found = solve_game(game, ("gmr",))["gmr"]
        for i in range(2):
            for place, state in enumerate(game.states):
                one_move = all(
                    any(game.u[i][x] <= game.u[i][state] for x in game.moves[1 - i][target])
                    for target in oracle.improving(game, i, state)
                )
                assert bool(found[i, place]) == one_move


def test_payoffs_of_the_wrong_shape_are_refused():
    with pytest.raises(Exception, match="shape"):
        stability(make_space(2, (1, 2)), np.zeros((2, 3)))


def test_a_payoff_that_is_not_a_number_is_refused():
    payoffs = np.zeros((2, 4))
    payoffs[0, 1] = np.nan
    with pytest.raises(Exception, match="not a number"):
        stability(make_space(2, (1, 2)), payoffs)


def test_an_unknown_concept_is_refused_with_the_ones_there_are():
    with pytest.raises(Exception, match="nash, gmr, smr, seq, sim"):
        stability(make_space(2, (1, 2)), np.zeros((2, 4)), concepts=("nsh",))
