"""From what a person wrote about preferences to one row of ranks for each decision maker.

A rank is a whole number, larger is better, equal where the decision maker is indifferent. Only the order counts, so any
number of statements fits: statements are taken a few dozen at a time and the order so far is renumbered in between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.conflict.expressions import parse, read_pattern
from parley.conflict.model import Conflict, DecisionMaker, Payoffs, Prioritised, Ranking
from parley.conflict.states import Bools, Ints, Space
from parley.errors import ModelError

States = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """One decision maker's preference over the feasible states.

    ``ranks``: ``(n_states,)``, dense from 0, larger is better. ``limits``: ``(n_states,)``, a state is greatly less
    preferred than s iff its rank is at most ``limits[s]`` (-1: none is).
    """

    ranks: Ints
    limits: Ints


def orders(conflict: Conflict, space: Space) -> tuple[Order, ...]:
    """Return everybody's preference. Raises ModelError where a ranking or payoffs miss a state or name it twice."""
    names = [option.name for option in conflict.options]
    return tuple(order(maker, names, space.states) for maker in conflict.decision_makers)


def ranks(conflict: Conflict, space: Space) -> Ints:
    """Return everybody's ranks, shape ``(n_makers, n_states)``. Raises ModelError as ``orders`` does."""
    return np.stack([item.ranks for item in orders(conflict, space)])


def order(maker: DecisionMaker, options: Sequence[str], states: States) -> Order:
    """Return one decision maker's preference over the given states (decimal numbers, ascending)."""
    prefers = maker.prefers
    if isinstance(prefers, Prioritised):
        return _prioritised(prefers, options, states)
    if isinstance(prefers, Ranking):
        return _ranked(maker.name, prefers, len(options), states)
    return _paid(maker.name, prefers, len(options), states)


def truths(prefers: Prioritised, options: Sequence[str], states: States) -> Iterator[Bools]:
    """Yield for each statement in which of the states it holds. Raises ModelError where one cannot be read."""
    for statement in prefers.statements:
        yield parse(statement.text, options).holds(states)


def _prioritised(prefers: Prioritised, options: Sequence[str], states: States) -> Order:
    if any(statement.weight is not None for statement in prefers.statements):
        return _weighted(prefers, options, states)
    key = np.zeros(len(states), dtype=np.int64)
    bound = 1
    for score, _ in _priorities(prefers, options, states):
        size = int(score.max(initial=0)) + 1
        if bound > 2**62 // size:
            key = _dense(key).astype(np.int64)
            bound = len(states)
        key = key * size + score
        bound *= size
    ranked = _dense(key)
    return Order(ranked, _limits_of_statements(prefers, options, states, ranked))


def _priorities(
    prefers: Prioritised, options: Sequence[str], states: States
) -> Iterator[tuple[NDArray[np.int64], bool]]:
    """Yield for each priority, the highest first, how many of its statements hold in each state."""
    score: NDArray[np.int64] | None = None
    strong = False
    for statement, holds in zip(prefers.statements, truths(prefers, options, states), strict=True):
        if statement.unknown:
            continue
        if score is not None and not statement.tied:
            yield score, strong
            score, strong = None, False
        score = holds.astype(np.int64) if score is None else score + holds
        strong = strong or statement.strong
    if score is not None:
        yield score, strong


def _limits_of_statements(prefers: Prioritised, options: Sequence[str], states: States, ranked: Ints) -> Ints:
    """A great difference stands between neighbouring levels that first differ in a strong statement."""
    if not any(statement.strong for statement in prefers.statements):
        return np.full(len(states), -1, dtype=np.int32)
    levels = int(ranked.max()) + 1
    sample = np.zeros(levels, dtype=np.int64)
    sample[ranked] = np.arange(len(states))
    undecided = np.ones(levels - 1, dtype=bool)
    cut = np.zeros(levels - 1, dtype=bool)
    for score, strong in _priorities(prefers, options, states):
        differs = undecided & (score[sample[1:]] != score[sample[:-1]])
        cut |= differs & strong
        undecided &= ~differs
    return _limits_of_cuts(cut, ranked)


def _limits_of_cuts(cut: Bools, ranked: Ints) -> Ints:
    """``cut[r]``: a great difference stands between ranks r and r + 1."""
    below = np.full(len(cut) + 1, -1, dtype=np.int32)
    below[1:] = np.maximum.accumulate(np.where(cut, np.arange(len(cut), dtype=np.int32), -1)) if len(cut) else below[1:]
    return below[ranked]


def _weighted(prefers: Prioritised, options: Sequence[str], states: States) -> Order:
    weights = [statement.weight for statement in prefers.statements]
    if any(weight is None for weight in weights):
        raise ModelError("some statements have a weight and some have none; give all of them a weight, or none.")
    known = [weight or Fraction(0) for weight in weights]
    scale = 1
    for weight in known:
        scale = scale * weight.denominator // np.gcd(scale, weight.denominator)
    sums = np.zeros(len(states), dtype=object)
    for weight, holds in zip(known, truths(prefers, options, states), strict=True):
        sums = sums + holds.astype(object) * int(weight * scale)
    ranked = _dense(sums)
    return Order(ranked, np.full(len(states), -1, dtype=np.int32))


def _ranked(name: str, prefers: Ranking, count: int, states: States) -> Order:
    level = np.full(len(states), -1, dtype=np.int64)
    for number, items in enumerate(prefers.levels):
        for item in items:
            places = _matching(item, count, states)
            if not len(places):
                raise ModelError(f"the ranking of {name} names {item!r}, which no feasible state fits; take it out.")
            twice = places[level[places] >= 0]
            if len(twice):
                raise ModelError(
                    f"the ranking of {name} names state {_label(states[twice[0]], count)} twice; keep one of the two."
                )
            level[places] = number
    missing = np.flatnonzero(level < 0)
    if len(missing):
        shown = ", ".join(_label(states[place], count) for place in missing[:3])
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        raise ModelError(
            f"the ranking of {name} misses {shown}{more}; add every feasible state, or a pattern that covers it."
        )
    ranked = (len(prefers.levels) - 1 - level).astype(np.int32)
    cut = np.zeros(len(prefers.levels) - 1, dtype=bool)
    for place in prefers.cuts:
        cut[len(prefers.levels) - 1 - place] = True
    return Order(ranked, _limits_of_cuts(cut, ranked))


def _paid(name: str, prefers: Payoffs, count: int, states: States) -> Order:
    amount = np.full(len(states), np.nan)
    for pattern, number in prefers.values:
        places = _matching(pattern, count, states)
        twice = places[~np.isnan(amount[places])]
        if len(twice):
            raise ModelError(
                f"the payoffs of {name} name state {_label(states[twice[0]], count)} twice; keep one of the two."
            )
        amount[places] = number
    missing = np.flatnonzero(np.isnan(amount))
    if len(missing):
        raise ModelError(
            f"the payoffs of {name} miss state {_label(states[missing[0]], count)}"
            f"{f' and {len(missing) - 1} more' if len(missing) > 1 else ''}; give every feasible state a number."
        )
    ranked = _dense(amount)
    limits = np.full(len(states), -1, dtype=np.int32)
    if prefers.great is not None:
        steps = np.unique(amount)
        limits = (np.searchsorted(steps, amount - prefers.great, side="right") - 1).astype(np.int32)
    return Order(ranked, limits)


def _matching(item: str | int, count: int, states: States) -> NDArray[np.intp]:
    if isinstance(item, int):
        return np.flatnonzero(states == item)
    mask, value = read_pattern(item, count)
    return np.flatnonzero((states & mask) == value)


def _label(state: int | np.integer[Any], count: int) -> str:
    return "".join("NY"[int(state) >> place & 1] for place in range(count))


def _dense(values: NDArray[Any]) -> Ints:
    return np.unique(values, return_inverse=True)[1].astype(np.int32).reshape(values.shape)
