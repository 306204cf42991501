"""Looking h moves ahead: limited-move stability L_h and non-myopic stability.

With two decision makers (Kilgour 1985; Fang, Hipel and Kilgour 1993, section 3.2): i at s with h moves left stays if no
move leads, after the other's best reply with h - 1 moves left, to something better than s; else it makes the best such
move. s is L_h stable for i iff i stays. L_1 is Nash stability. s is non-myopically stable iff i stays for every horizon
from some length on.

With more decision makers the literature has several definitions. Here: after a move, everybody but the last mover may
move next; those wish to who would not stay, each looking ahead by the same rule; if several wish, the one who looks
ahead expects the one whose move ends worst for itself; if nobody wishes, play ends. With two it is the rule above.

Ties: a decision maker moves only for something strictly better, and of equally good moves makes the one to the state
with the lowest number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.conflict.moves import WORST, deltas
from parley.conflict.stability import as_ranks
from parley.conflict.states import Bools, Ints, Space, spread_out
from parley.errors import ModelError

HORIZON_LIMIT = 500
"""Non-myopic play that has not repeated itself within so many moves is reported as unsettled."""


@dataclass(frozen=True, slots=True, eq=False)
class NonMyopic:
    """Non-myopic stability, ``(n_makers, n_states)``, with the horizon from which play repeats itself, and its period.

    ``period`` is 1 where play settles for good; ``settled`` is false where nothing repeated within the limit: then
    ``stable`` holds the states at which everybody stays throughout the second half of the horizons looked at.
    """

    stable: Bools
    horizon: int
    period: int
    settled: bool


def limited_move(space: Space, payoffs: NDArray[Any], *, horizon: int) -> Bools:
    """Tell for each decision maker and feasible state whether the state is L_h stable, h being ``horizon`` (1 or more).

    Args:
        space: states and moves.
        payoffs: ``(n_makers, n_states)``, larger is better.
        horizon: how many moves everybody looks ahead.

    Raises:
        ModelError: the horizon is below 1.
    """
    if horizon < 1:
        raise ModelError(f"a horizon of {horizon} looks at no move; give 1 or more.")
    play = _play(space, payoffs)
    stays: Bools = np.zeros(0, dtype=bool)
    for _ in range(horizon):
        stays, _ = next(play)
    return stays[:, space.states]


def non_myopic(space: Space, payoffs: NDArray[Any], *, limit: int = HORIZON_LIMIT) -> NonMyopic:
    """Tell which states are stable for every horizon from some length on; ``limit`` bounds the horizons looked at."""
    seen: dict[bytes, int] = {}
    history: list[Bools] = []
    for horizon, (stays, ends) in enumerate(_play(space, payoffs), start=1):
        history.append(stays[:, space.states])
        key = ends.tobytes()
        if key in seen:
            first = seen[key]
            return NonMyopic(np.logical_and.reduce(history[first:]), first, horizon - first, True)
        seen[key] = horizon
        if horizon >= limit:
            break
    return NonMyopic(np.logical_and.reduce(history[len(history) // 2 :]), len(history), 0, False)


def _play(space: Space, payoffs: NDArray[Any]) -> Iterator[tuple[Bools, Ints]]:
    """Yield for horizons 1, 2, ... who stays where, and the ends that everybody foresees.

    ``ends[i, j, s]`` is the state in which i expects play to end from s after j has moved there.
    """
    cubes = [spread_out(space, row, WORST) for row in as_ranks(payoffs)]
    makers = range(len(cubes))
    cells = np.arange(len(space.feasible), dtype=np.int32)
    ends = np.broadcast_to(cells, (len(cubes), len(cubes), len(cells))).astype(np.int32)
    while True:
        replies = [_best_move(space, cubes[maker], ends[maker, maker], maker) for maker in makers]
        stays = np.stack([reply == cells for reply in replies])
        yield stays, ends
        later = np.empty_like(ends)
        for focal in makers:
            for last in makers:
                later[focal, last] = _expected(cubes[focal], ends[focal], replies, stays, last)
        ends = later


def _best_move(space: Space, own: Ints, ends: Ints, maker: int) -> Ints:
    """Return for each state where ``maker`` goes: the best foreseen move, or the state itself if none is better."""
    best = own.copy()
    target = np.arange(len(own), dtype=np.int32)
    for change, legal in deltas(space, maker):
        states = np.flatnonzero(legal)
        reached = (states ^ change).astype(np.int32)
        value = own[ends[reached]]
        better = (value > best[states]) | (
            (value == best[states]) & (target[states] != states) & (reached < target[states])
        )
        best[states[better]] = value[better]
        target[states[better]] = reached[better]
    return target


def _expected(own: Ints, ends: Ints, replies: list[Ints], stays: Bools, last: int) -> Ints:
    """Return where the focal decision maker expects play to end in each state after ``last`` moved there."""
    end = np.arange(len(own), dtype=np.int32)
    worst = np.full(len(own), np.iinfo(np.int64).max)
    for mover, reply in enumerate(replies):
        if mover == last:
            continue
        outcome = ends[mover][reply]
        worse = ~stays[mover] & (own[outcome] < worst)
        end[worse] = outcome[worse]
        worst[worse] = own[outcome][worse]
    return end
