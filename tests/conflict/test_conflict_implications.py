"""What follows from what, for every conflict: coalitions, strength, one decision maker alone, ties and no moves."""

from __future__ import annotations

import itertools

import conflict_oracle as oracle
import numpy as np
from conflict_builders import space_of_game
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from parley.conflict.coalitions import coalition_stability, universal
from parley.conflict.moves import WORST
from parley.conflict.stability import CONCEPTS, equilibria, stability
from parley.conflict.states import make_space
from parley.conflict.strength import STRONG_CONCEPTS, strong_stability_of

SEEDS = st.integers(0, 10**6)
IMPLIED = [("nash", "smr"), ("smr", "gmr"), ("nash", "seq"), ("seq", "gmr"), ("seq", "cseq")]


def payoffs_of(game: oracle.Game) -> NDArray[np.int64]:
    return np.array([[row[state] for state in game.states] for row in game.u])


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.booleans())
def test_the_implications_hold_for_every_coalition(seed: int, rules: bool) -> None:
    game = oracle.random_game(seed, rules=rules, most_options=5)
    space, payoffs = space_of_game(game), payoffs_of(game)
    for size in range(1, len(game.masks) + 1):
        for members in itertools.combinations(range(len(game.masks)), size):
            found = coalition_stability(space, payoffs, members)
            for stronger, weaker in [*IMPLIED, *([] if rules else [("cseq", "gmr")])]:
                assert (found[stronger] <= found[weaker]).all(), (members, stronger, weaker)


def test_with_blocked_moves_joint_sanctions_may_reach_what_moves_in_turn_cannot() -> None:
    """Who is in two coalitions one after the other moves twice in a row: CSEQ then need not imply GMR."""
    game = oracle.random_game(1177, rules=True, most_options=5)
    found = coalition_stability(space_of_game(game), payoffs_of(game), (0,))
    assert game.rules and (found["cseq"] & ~found["gmr"]).any()


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_what_holds_against_every_coalition_is_an_equilibrium(seed: int) -> None:
    game = oracle.random_game(seed, most_options=5)
    space, payoffs = space_of_game(game), payoffs_of(game)
    single = stability(space, payoffs, concepts=("nash", "gmr", "smr", "seq"))
    every = universal(space, payoffs)
    for concept, stable in single.items():
        assert (every[concept] <= stable.all(axis=0)).all(), concept
    assert (every["seq"] <= every["cseq"]).all() and (every["cseq"] <= every["gmr"]).all()


def test_all_together_are_deterred_by_nobody() -> None:
    """The coalition of all has no others to answer it: under every concept it stays where it has nothing to gain."""
    held = moved = 0
    for seed in range(60):
        game = oracle.random_game(seed, most_options=5)
        found = coalition_stability(space_of_game(game), payoffs_of(game), range(len(game.masks)))
        for concept in ("gmr", "smr", "seq", "cseq"):
            assert (found[concept] == found["nash"]).all(), (seed, concept)
        held, moved = held + int(found["nash"].sum()), moved + int((~found["nash"]).sum())
    assert held and moved


@settings(max_examples=100, deadline=None)
@given(SEEDS, st.booleans())
def test_one_decision_maker_alone_is_stable_just_where_it_likes_nothing_better(seed: int, rules: bool) -> None:
    """With nobody to answer, every concept is Nash's."""
    game = oracle.random_game(seed, rules=rules)
    everything = (1 << game.count) - 1
    alone = make_space(
        game.count, (everything,), infeasible=tuple(game.infeasible), forward=game.forward, back=game.back
    )
    found = stability(alone, payoffs_of(game)[:1], concepts=CONCEPTS)
    for concept in CONCEPTS:
        assert (found[concept] == found["nash"]).all(), concept
    best = payoffs_of(game)[0].max()
    assert found["nash"][0][payoffs_of(game)[0] == best].all()


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_who_is_indifferent_to_all_and_who_cannot_move_never_leaves(seed: int) -> None:
    game = oracle.random_game(seed)
    payoffs = payoffs_of(game)
    payoffs[0] = 7
    found = stability(space_of_game(game), payoffs, concepts=CONCEPTS)
    stuck = make_space(game.count, (0, *game.masks[1:]), infeasible=tuple(game.infeasible))
    without = stability(stuck, payoffs_of(game), concepts=CONCEPTS)
    for concept in CONCEPTS:
        assert found[concept][0].all() and without[concept][0].all(), concept


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.integers(1, 4))
def test_strong_stability_follows_the_same_ladder(seed: int, great: int) -> None:
    """Strong and weak part what is stable; strong SMR or SEQ is strong GMR; a greater difference holds less."""
    game = oracle.random_game(seed)
    space, ranks = space_of_game(game), payoffs_of(game)
    plain = stability(space, ranks, concepts=STRONG_CONCEPTS)
    found = strong_stability_of(space, ranks, ranks - great)
    harder = strong_stability_of(space, ranks, ranks - great - 1)
    for concept in STRONG_CONCEPTS:
        strong, weak = found[f"strong {concept}"], found[f"weak {concept}"]
        assert ((strong | weak) == plain[concept]).all() and not (strong & weak).any()
        assert (harder[f"strong {concept}"] <= strong).all()
    for concept in ("smr", "seq"):
        assert (found[f"strong {concept}"] <= found["strong gmr"]).all()
    held = strong_stability_of(space, ranks, np.full_like(ranks, WORST))
    nash = stability(space, ranks, concepts=("nash",))["nash"]
    assert all((held[f"strong {concept}"] == nash).all() for concept in STRONG_CONCEPTS)


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_a_state_that_all_like_best_is_an_equilibrium_under_every_concept(seed: int) -> None:
    game = oracle.random_game(seed)
    space, payoffs = space_of_game(game), payoffs_of(game)
    assume(len(game.states) > 1)
    place = seed % len(game.states)
    payoffs[:, place] = payoffs.max() + 1
    for concept, stable in stability(space, payoffs, concepts=CONCEPTS).items():
        assert game.states[place] in equilibria(space, stable), concept
