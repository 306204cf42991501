"""Unknown preference: stability where it is not known how a decision maker compares some states.

Between two states s and t a decision maker prefers one, is indifferent, or nobody knows (U). Four readings, from Li,
Hipel, Kilgour and Fang, IEEE Transactions on SMC Part A 34 (2004):

    reading  moves away to                 is deterred by
    a        better or unknown states      states that are surely no better
    b        better states                 states that are surely no better
    c        better or unknown states      states that are no better or unknown
    d        better states                 states that are no better or unknown

So a is the most restless decision maker and d the most cautious. Others' credible sanctions (SEQ) are moves to states
that the mover prefers or cannot compare, in all four. Under SMR a way out undoes a sanction if it leads to what the
decision maker prefers or (a, b) cannot compare.

Of the paper its abstract was at hand; the table was checked, cell by cell, against the matrix form that the public
program nuaagmcrr (callMeBigKing/nuaagmcrr, file UncertainStability, 2016) computes for the same sixteen extensions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from parley.conflict.expressions import parse, read_pattern
from parley.conflict.model import Conflict, DecisionMaker, Prioritised
from parley.conflict.preferences import order
from parley.conflict.relations import move_matrix, product, reach_of
from parley.conflict.states import Bools, Space, space_of
from parley.errors import ModelError

Reading = Literal["a", "b", "c", "d"]
READINGS: tuple[Reading, ...] = ("a", "b", "c", "d")
UNKNOWN_CONCEPTS = ("nash", "gmr", "smr", "seq")


def comparisons(maker: DecisionMaker, options: Sequence[str], space: Space) -> tuple[Bools, Bools]:
    """Return two ``(n_states, n_states)`` matrices: column surely better than row, and not known.

    A statement marked unknown leaves open every pair that it would decide: those that agree in all statements before it
    and differ in it. A pair of patterns under ``unknown`` leaves open every pair of states that fit the two.
    """
    states = space.states
    ranks = order(maker, options, states).ranks
    better = ranks[None, :] > ranks[:, None]
    unknown = np.zeros_like(better)
    if isinstance(maker.prefers, Prioritised) and any(item.unknown for item in maker.prefers.statements):
        better, unknown = _by_statements(maker.prefers, options, space)
    for pair in maker.unknown:
        first, second = (
            (states & mask) == value for mask, value in (read_pattern(pattern, space.count) for pattern in pair)
        )
        open_pairs = first[:, None] & second[None, :]
        unknown |= open_pairs | open_pairs.T
    np.fill_diagonal(unknown, False)
    return better & ~unknown, unknown


def _by_statements(prefers: Prioritised, options: Sequence[str], space: Space) -> tuple[Bools, Bools]:
    if any(item.weight is not None or (item.tied and item.unknown) for item in prefers.statements):
        raise ModelError(
            "an unknown statement can neither have a weight nor be tied; give it a place of its own in the list."
        )
    size = len(space.states)
    better, unknown = np.zeros((size, size), dtype=bool), np.zeros((size, size), dtype=bool)
    decided = np.zeros((size, size), dtype=bool)
    at = 0
    while at < len(prefers.statements):
        group = [prefers.statements[at]]
        while at + len(group) < len(prefers.statements) and prefers.statements[at + len(group)].tied:
            group.append(prefers.statements[at + len(group)])
        score = np.sum([parse(item.text, options).holds(space.states).astype(int) for item in group], axis=0)
        differs = (score[:, None] != score[None, :]) & ~decided
        if group[0].unknown:
            unknown |= differs
        else:
            better |= differs & (score[None, :] > score[:, None])
        decided |= differs
        at += len(group)
    return better, unknown


def stability_under_unknown(conflict: Conflict, *, readings: Sequence[Reading] = READINGS) -> Mapping[str, Bools]:
    """Tell for "nash a", "gmr a", ... "seq d" which states are stable: ``(n_makers, n_states)`` bool each.

    Raises:
        ModelError: more than 4,096 feasible states, or an unknown statement with a weight.
    """
    space = space_of(conflict)
    names = [option.name for option in conflict.options]
    pairs = [comparisons(maker, names, space) for maker in conflict.decision_makers]
    return stability_of_comparisons(space, [p[0] for p in pairs], [p[1] for p in pairs], readings=readings)


def stability_of_comparisons(
    space: Space, better: Sequence[Bools], unknown: Sequence[Bools], *, readings: Sequence[Reading] = READINGS
) -> dict[str, Bools]:
    """As ``stability_under_unknown``, from each decision maker's matrices of better and of unknown states."""
    makers = range(len(space.masks))
    moves = [move_matrix(space, maker) for maker in makers]
    credible = [moves[maker] & (better[maker] | unknown[maker]) for maker in makers]
    result = {
        f"{concept} {reading}": np.zeros((len(space.masks), len(space.states)), dtype=bool)
        for reading in readings
        for concept in UNKNOWN_CONCEPTS
    }
    for maker in makers:
        others = [other for other in makers if other != maker]
        size = len(space.states)
        any_moves = reach_of([moves[other] for other in others], size)
        credible_moves = reach_of([credible[other] for other in others], size)
        for reading in readings:
            leaves = moves[maker] & (better[maker] | unknown[maker] if reading in "ac" else better[maker])
            sure = ~better[maker] & ~unknown[maker]
            deters = sure | unknown[maker] if reading in "cd" else sure
            for concept in UNKNOWN_CONCEPTS:
                after = credible_moves if concept == "seq" else any_moves
                row = _deterred(leaves, after, deters, moves[maker], concept)
                result[f"{concept} {reading}"][maker] = row
    return result


def _deterred(leaves: Bools, after: Bools, deters: Bools, moves: Bools, concept: str) -> Bools:
    """Tell for each state whether every move in ``leaves`` meets a sanction; ``deters[s, x]``: x is bad enough."""
    if concept == "nash":
        return np.asarray(~leaves.any(axis=1))
    sanction = deters
    if concept == "smr":
        # x counts only if every way out of it is bad enough as well: no y in R(x) outside deters[s]
        sanction = deters & ~product(~deters, moves.T)
    sanctioned = product(sanction, after.T)  # [s, t]: some x reached from t deters s
    return np.asarray((sanctioned | ~leaves).all(axis=1))
