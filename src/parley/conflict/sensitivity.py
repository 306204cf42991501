"""How much the answer depends on what is uncertain: rankings, ties, reversibility, feasibility.

``monte_carlo`` draws models round the one given and counts how often each state is an equilibrium, with intervals;
``one_swap`` and ``one_toggle`` change one thing at a time and say what that gains and loses. Frequencies say how robust
a state is to the stated spread. They are not probabilities that it will come about.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from parley.conflict.batch import batch_stability, make_board
from parley.conflict.model import DIRECTIONS, Conflict, Ranking
from parley.conflict.preferences import ranks
from parley.conflict.solve import USUAL, Solution, solve
from parley.conflict.stability import stability
from parley.conflict.states import Bools, Ints, Space, space_of
from parley.errors import ModelError

BATCHED = 512
"""Models of up to so many feasible states are solved many rankings at a time."""


AT_ONCE = 16_000_000
"""Ranks drawn at a time."""
SWAPS = 2_000
"""Swaps tried one by one at most."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What varies from draw to draw.

    ``noise``: standard deviation, in ranks, of what is added to each level of a ranking before it is sorted anew.
    ``tie``: chance that a level falls together with the one below it. ``untie``: chance that a decision maker's ties
    are broken at random. ``reverse``: chance that an option that can only be taken (or dropped) becomes free.
    ``fix``: chance that a free option becomes one that can only be taken. ``lift``: chance that an infeasible pattern
    is possible after all.
    """

    noise: float = 1.0
    tie: float = 0.0
    untie: float = 0.0
    reverse: float = 0.0
    fix: float = 0.0
    lift: float = 0.0


@dataclass(frozen=True, slots=True)
class Frequency:
    """In how many of so many draws a state is an equilibrium, as a share with a 95 % interval (Wilson 1927)."""

    state: int
    count: int
    draws: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Effect:
    """What one change to the model does: equilibria that it adds and takes away under a concept."""

    what: str
    gained: tuple[int, ...]
    lost: tuple[int, ...]


def wilson(count: int, draws: int, *, z: float = 1.959963984540054) -> tuple[float, float]:
    """Return the Wilson interval of a share. Raises ModelError where there is no draw."""
    if draws < 1:
        raise ModelError("an interval needs at least one draw.")
    share = count / draws
    middle = share + z * z / (2 * draws)
    half = z * math.sqrt(share * (1 - share) / draws + z * z / (4 * draws * draws))
    scale = 1 + z * z / draws
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def monte_carlo(
    conflict: Conflict, *, draws: int, seed: int, spread: Spread | None = None, concepts: Sequence[str] = USUAL
) -> dict[str, tuple[Frequency, ...]]:
    """Count how often each state is an equilibrium over random variations of a model.

    The same seed gives the same answer. States are listed that are an equilibrium at least once, most often first.

    Raises:
        ModelError: the model is wrong, ``draws`` is below 1, a chance is not one, or a ranking does not say where a
            state stands that a lifted pattern lets in.
    """
    spread = spread or Spread()
    _check(spread, draws)
    rng = np.random.default_rng(seed)
    counts: dict[str, dict[int, int]] = {concept: {} for concept in concepts}
    for variant, number in _structures(conflict, spread, draws, rng):
        space = space_of(variant)
        base = ranks(variant, space)
        step = max(1, AT_ONCE // base.size)
        for start in range(0, number, step):
            drawn = draw_ranks(base, min(step, number - start), spread, rng)
            for concept, equilibrium in _equilibria_of(space, drawn, concepts).items():
                total = equilibrium.sum(axis=0)
                for place in np.flatnonzero(total):
                    state = int(space.states[place])
                    counts[concept][state] = counts[concept].get(state, 0) + int(total[place])
    return {
        concept: tuple(
            Frequency(state, count, draws, count / draws, *wilson(count, draws))
            for state, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
        )
        for concept, found in counts.items()
    }


def draw_ranks(base: Ints, draws: int, spread: Spread, rng: np.random.Generator) -> NDArray[np.int32]:
    """Draw rankings round a base, ``(n_makers, n_states)``; the result is ``(draws, n_makers, n_states)``."""
    result = np.empty((draws, *base.shape), dtype=np.int32)
    for maker, row in enumerate(base):
        levels = int(row.max()) + 1
        value = np.arange(levels) + spread.noise * rng.standard_normal((draws, levels))
        order = np.argsort(np.argsort(value, axis=1, kind="stable"), axis=1, kind="stable")
        if spread.tie:
            order = _merged(order, rng.random((draws, levels)) < spread.tie)
        ranked = order[:, row].astype(np.int32)
        if spread.untie:
            size = len(row)
            finer = ranked.astype(np.int64) * size + np.argsort(rng.random((draws, size)), axis=1)
            broken = rng.random(draws) < spread.untie
            strict = np.argsort(np.argsort(finer, axis=1), axis=1)
            ranked = np.where(broken[:, None], strict, ranked).astype(np.int32)
        result[:, maker] = ranked
    return result


def _merged(order: NDArray[np.intp], falls: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Give rank r the rank below it where it ``falls``; rank 0 has none below."""
    falls = falls.copy()
    falls[:, 0] = False
    kept = np.cumsum(~falls, axis=1) - 1
    return np.take_along_axis(kept, order, axis=1)


def _equilibria_of(space: Space, drawn: NDArray[np.int32], concepts: Sequence[str]) -> dict[str, Bools]:
    """Tell for each concept, draw and state whether it is an equilibrium: in batches, or one by one in large models."""
    if len(space.states) <= BATCHED:
        found = batch_stability(make_board(space), drawn, concepts=concepts)
        return {concept: np.asarray(stable.all(axis=1)) for concept, stable in found.items()}
    result = {concept: np.empty((len(drawn), len(space.states)), dtype=bool) for concept in concepts}
    for number, ranked in enumerate(drawn):
        for concept, stable in stability(space, ranked, concepts=concepts).items():
            result[concept][number] = stable.all(axis=0)
    return result


def _check(spread: Spread, draws: int) -> None:
    if draws < 1:
        raise ModelError(f"{draws} draws tell nothing; give 1 or more.")
    for name in ("tie", "untie", "reverse", "fix", "lift"):
        chance = getattr(spread, name)
        if not 0 <= chance <= 1:
            raise ModelError(f"`{name}` is a chance and must lie between 0 and 1, not {chance}.")
    if not 0 <= spread.noise < math.inf:
        raise ModelError(f"`noise` must be 0 or more, not {spread.noise}.")


def _structures(conflict: Conflict, spread: Spread, draws: int, rng: np.random.Generator) -> list[tuple[Conflict, int]]:
    """Draw which options and patterns change, and group equal draws, in a fixed order."""
    options, patterns = len(conflict.options), len(conflict.infeasible)
    chances = [spread.fix if option.moves == "free" else spread.reverse for option in conflict.options]
    changes = rng.random((draws, options + patterns)) < np.array(chances + [spread.lift] * patterns)
    kinds, numbers = np.unique(changes, axis=0, return_counts=True)
    return [
        (_toggled(conflict, kind[:options], kind[options:]), int(number))
        for kind, number in zip(kinds, numbers, strict=True)
    ]


def _toggled(conflict: Conflict, options: NDArray[np.bool_], patterns: NDArray[np.bool_]) -> Conflict:
    changed = tuple(
        replace(option, moves="only taken" if option.moves == "free" else "free") if change else option
        for option, change in zip(conflict.options, options, strict=True)
    )
    left = tuple(item for item, lifted in zip(conflict.infeasible, patterns, strict=True) if not lifted)
    if patterns.any():
        _need_wider_preferences(conflict)
    return replace(conflict, options=changed, infeasible=left)


def _need_wider_preferences(conflict: Conflict) -> None:
    for maker in conflict.decision_makers:
        if isinstance(maker.prefers, Ranking):
            raise ModelError(
                f"the ranking of {maker.name} does not say where states stand that are infeasible now; "
                "write its preference as statements, or leave feasibility as it is."
            )


def swaps(solution: Solution) -> int:
    """Count the neighbouring pairs of levels in all rankings."""
    return sum(len(np.unique(row)) - 1 for row in solution.ranks)


def one_swap(solution: Solution, *, concept: str) -> tuple[Effect, ...]:
    """Swap each pair of neighbouring levels in each ranking, one at a time, and say what that changes.

    Swaps without effect are left out. Raises ModelError for an unknown concept, or more swaps than ``SWAPS``.
    """
    if swaps(solution) > SWAPS:
        raise ModelError(
            f"the rankings have {swaps(solution):,} neighbouring pairs of levels and swaps are tried one by one up to "
            f"{SWAPS:,}; vary the rankings at random instead."
        )
    variants: list[Ints] = []
    labels: list[str] = []
    for maker, name in enumerate(solution.conflict.names()):
        levels = np.unique(solution.ranks[maker])
        for low, high in itertools.pairwise(levels):
            changed = solution.ranks.copy()
            changed[maker][solution.ranks[maker] == low] = high
            changed[maker][solution.ranks[maker] == high] = low
            variants.append(changed)
            labels.append(f"{name} prefers {_states(solution, maker, low)} to {_states(solution, maker, high)}")
    if not variants:
        return ()
    equilibrium = _equilibria_of(solution.space, np.stack([solution.ranks, *variants]), (concept,))[concept]
    found = [{int(state) for state in solution.space.states[draw]} for draw in equilibrium]
    effects = [_effect(label, found[0], now) for label, now in zip(labels, found[1:], strict=True)]
    return tuple(effect for effect in effects if effect.gained or effect.lost)


def _states(solution: Solution, maker: int, level: int) -> str:
    found = solution.space.states[solution.ranks[maker] == level]
    shown = ", ".join(str(int(state)) for state in found[:4])
    return f"{'state' if len(found) == 1 else 'states'} {shown}{' and others' if len(found) > 4 else ''}"


def one_toggle(solution: Solution, *, concept: str) -> tuple[Effect, ...]:
    """Change each option's direction and lift each infeasible pattern, one at a time, and say what that changes.

    Patterns are lifted only where every preference says where the states stand that come in.
    """
    conflict = solution.conflict
    base = set(_equilibria(conflict, concept))
    effects = []
    for place, option in enumerate(conflict.options):
        for moves in DIRECTIONS:
            if moves == option.moves:
                continue
            changed = replace(option, moves=moves)
            options = (*conflict.options[:place], changed, *conflict.options[place + 1 :])
            what = {
                "free": "can be taken and dropped",
                "only taken": "cannot be dropped",
                "only dropped": "cannot be taken",
            }
            found = set(_equilibria(replace(conflict, options=options), concept))
            effects.append(_effect(f"{option.name} {what[moves]}", base, found))
    liftable = not any(isinstance(maker.prefers, Ranking) for maker in conflict.decision_makers)
    for place, item in enumerate(conflict.infeasible if liftable else ()):
        rest = (*conflict.infeasible[:place], *conflict.infeasible[place + 1 :])
        found = set(_equilibria(replace(conflict, infeasible=rest), concept))
        effects.append(_effect(f"{item.pattern} is feasible", base, found))
    return tuple(effect for effect in effects if effect.gained or effect.lost)


def _effect(what: str, before: set[int], after: set[int]) -> Effect:
    return Effect(what, tuple(sorted(after - before)), tuple(sorted(before - after)))


def _equilibria(conflict: Conflict, concept: str) -> tuple[int, ...]:
    return solve(conflict, concepts=(concept,)).equilibria(concept)


__all__ = ["Effect", "Frequency", "Spread", "draw_ranks", "monte_carlo", "one_swap", "one_toggle", "swaps", "wilson"]
