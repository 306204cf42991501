"""SIM: sanctions by moving at the same time (Fraser and Hipel 1984).

State s is SIM stable for decision maker i iff for every improvement t of i from s some non-empty group of other
decision makers, each making an improvement of its own from s at the same moment, turns the outcome into a feasible
state x with u_i(x) <= u_i(s). Moves change each mover's own options only, so x is s with all those changes made.

The number of pairs (improvement, joint reply) grows like the square of the number of states. Four steps keep it in
bounds: moves that differ only in options that change neither i's preference nor what is feasible count once; a minimum
over all joint replies, improving or not, settles states that nobody can hurt; each improvement tries replies in batches
and stops at the first that hurts; a state is given up at its first improvement that none hurts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.conflict.moves import BEST, Cube, Improvements, lowest
from parley.conflict.states import Bools, Space

PAIRS = 1 << 19
"""Improvements treated at a time."""
BATCH = 1 << 20
"""Pairs of improvement and joint reply tried at a time."""


def simultaneous(space: Space, own: Cube, better: Sequence[Improvements], maker: int) -> Bools:
    """Tell for each of the ``2**options`` states whether it is SIM stable for ``maker``; infeasible ones count so.

    Args:
        space: states and moves.
        own: the decision maker's ranks as a cube, ``WORST`` at infeasible states.
        better: everybody's improvements.
        maker: whose stability is asked.
    """
    mine = better[maker]
    others = [improved for other, improved in enumerate(better) if other != maker]
    stable: Bools = np.asarray(mine.count == 0)
    outcome = np.where(space.feasible, own, BEST).astype(np.int32)
    bound: Cube = outcome
    for other in range(len(better)):
        if other != maker:
            bound = _lowest_anywhere(space, other, bound)
    matters = _mattering(space, outcome)
    mine, others = mine.distinct(matters), [improved.distinct(matters) for improved in others]
    open_states = np.flatnonzero(~stable & (mine.highest(bound) <= own))
    open_states = open_states[sum(improved.count[open_states] for improved in others) > 0]
    sizes = mine.count[open_states].astype(np.int64)
    ends = np.cumsum(sizes)
    start = 0
    while start < len(open_states):
        done = ends[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, done + PAIRS, side="right")))
        part = open_states[start:stop]
        stable[part] = ~_escapes(own, outcome, mine, others, part)
        start = stop
    return stable


def _mattering(space: Space, outcome: Cube) -> int:
    """Return the mask of the options that change the decision maker's preference or what is feasible, somewhere."""
    mask = 0
    for place in range(space.count):
        halves = outcome.reshape(-1, 2, 1 << place)
        mask |= (not np.array_equal(halves[:, 0], halves[:, 1])) << place
    return mask


def _lowest_anywhere(space: Space, maker: int, values: Cube) -> Cube:
    """Minimum over all patterns of a decision maker's options, allowed or not: a bound from below."""
    if space.whole() and not space.forward and not space.back and not space.rules:
        return lowest(space, maker, values)
    result = values.copy()
    for place in range(space.count):
        if space.masks[maker] >> place & 1:
            halves = result.reshape(-1, 2, 1 << place)
            np.minimum(halves[:, 0], halves[:, 1], out=halves[:, 0])
            halves[:, 1] = halves[:, 0]
    return result


def _escapes(
    own: Cube, outcome: Cube, mine: Improvements, others: Sequence[Improvements], states: NDArray[Any]
) -> Bools:
    """Tell for each of ``states`` whether it has an improvement that no joint reply sanctions."""
    sizes = mine.count[states].astype(np.int64)
    pair = np.repeat(np.arange(len(states)), sizes)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    target = mine.targets[mine.begin[states][pair] + within]
    replies = np.ones(len(states), dtype=np.int64)
    for improved in others:
        replies *= 1 + improved.count[states]
    level = own[states]
    escaped = np.zeros(len(states), dtype=bool)
    tried = 1  # reply 0 is nobody's move
    while len(pair):
        batch = max(1, min(BATCH // len(pair), int(replies.max())))
        number = tried + np.arange(batch, dtype=np.int64)
        source = states[pair]
        reached = np.broadcast_to(target[:, None], (len(pair), batch)).copy()
        rest = np.broadcast_to(number, (len(pair), batch))
        for improved in others:
            radix = 1 + improved.count[source].astype(np.int64)[:, None]
            rest, digit = np.divmod(rest, radix)
            place = improved.begin[source][:, None] + np.maximum(digit - 1, 0)
            place = np.minimum(place, len(improved.targets) - 1)
            change = improved.targets[place] ^ source[:, None].astype(np.int32) if len(improved.targets) else 0
            reached ^= np.where(digit > 0, change, 0).astype(np.int32)
        hit = (rest == 0) & (outcome[reached] <= level[pair][:, None])
        unsanctioned = ~hit.any(axis=1)
        tried += batch
        spent = replies[pair] <= tried
        escaped[pair[unsanctioned & spent]] = True
        keep = unsanctioned & ~spent & ~escaped[pair]
        pair, target = pair[keep], target[keep]
    return escaped
