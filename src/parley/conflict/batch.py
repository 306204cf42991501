"""Many rankings of one small conflict at a time: the stabilities of ``stability`` with draws as a second axis.

Arrays are ``(n_states, n_draws)``, so that following a move copies whole rows. Meant for models of up to some hundreds
of states; the work grows with states times moves times draws.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.conflict.moves import deltas
from parley.conflict.relations import legal_sequences, move_matrix
from parley.conflict.states import Bools, Space
from parley.errors import ModelError

BATCH_CONCEPTS = ("nash", "gmr", "smr", "seq", "sim", "sseq")
CHUNK = 2048
"""Draws treated at a time, so that the arrays stay in the processor's cache."""
Table = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """Moves of a small conflict, worked out once.

    ``steps[i]``: pairs of index arrays (from, to), one pair for each change of i's options. ``after[i]``: for each
    state the states that legal sequences of the others reach from it.
    """

    space: Space
    steps: tuple[tuple[tuple[NDArray[np.intp], NDArray[np.intp]], ...], ...]
    after: tuple[tuple[NDArray[np.intp], ...], ...]


def make_board(space: Space) -> Board:
    """Work out the moves of a conflict. Raises ModelError above 4,096 feasible states."""
    place = np.zeros(len(space.feasible), dtype=np.intp)
    place[space.states] = np.arange(len(space.states))
    makers = range(len(space.masks))
    steps = []
    for maker in makers:
        pairs = []
        for change, legal in deltas(space, maker):
            before = np.flatnonzero(legal)
            if len(before):
                pairs.append((place[before], place[before ^ change]))
        steps.append(tuple(pairs))
    matrices = [move_matrix(space, maker) for maker in makers]
    after = []
    for maker in makers:
        others = [matrices[other] for other in makers if other != maker]
        reach = legal_sequences(others) if others else np.zeros_like(matrices[0])
        after.append(tuple(np.flatnonzero(row) for row in reach))
    return Board(space, tuple(steps), tuple(after))


def batch_stability(board: Board, ranks: Table, *, concepts: Sequence[str] = BATCH_CONCEPTS) -> dict[str, Bools]:
    """Tell for each concept and draw which states are stable for whom.

    Args:
        board: the moves.
        ranks: ``(n_draws, n_makers, n_states)`` whole numbers, larger is better.
        concepts: names out of ``BATCH_CONCEPTS``.

    Returns:
        For each concept a ``(n_draws, n_makers, n_states)`` bool array.

    Raises:
        ModelError: an unknown concept, or ranks of the wrong shape.
    """
    for concept in concepts:
        if concept not in BATCH_CONCEPTS:
            raise ModelError(f"there is no concept {concept!r}; choose among {', '.join(BATCH_CONCEPTS)}.")
    shape = (len(board.steps), len(board.space.states))
    if ranks.ndim != 3 or ranks.shape[1:] != shape:
        raise ModelError(f"rankings have shape {ranks.shape}; the model needs (draws, {shape[0]}, {shape[1]}).")
    result = {concept: np.empty(ranks.shape, dtype=bool) for concept in concepts}
    for start in range(0, len(ranks), CHUNK):
        part = slice(start, start + CHUNK)
        rows = np.ascontiguousarray(ranks[part].transpose(1, 2, 0), dtype=np.int32)
        for concept, stable in _solve(board, rows, concepts):
            result[concept][part] = stable.transpose(2, 0, 1)
    return result


def _solve(board: Board, ranks: Table, concepts: Sequence[str]) -> Iterator[tuple[str, Bools]]:
    better = [[ranks[maker][to] > ranks[maker][at] for at, to in steps] for maker, steps in enumerate(board.steps)]
    for concept in concepts:
        rows = []
        for maker in range(len(board.steps)):
            own = ranks[maker]
            if concept == "nash":
                rows.append(_highest(board, maker, own) <= own)
            elif concept == "sim":
                rows.append(_simultaneous(board, ranks, better, maker))
            else:
                threat = np.minimum(own, _worst(board, ranks, better, maker, concept))
                rows.append(_highest(board, maker, threat) <= own)
        yield concept, np.stack(rows)


def _highest(board: Board, maker: int, values: Table) -> Table:
    result = values.copy()
    for at, to in board.steps[maker]:
        result[at] = np.maximum(result[at], values[to])
    return result


def _worst(board: Board, ranks: Table, better: list[list[Bools]], maker: int, concept: str) -> Table:
    own = ranks[maker]
    values = _highest(board, maker, own) if concept in ("smr", "sseq") else own
    if concept in ("seq", "sseq"):
        return _worst_by_improvements(board, values, better, maker)
    result = values.copy()
    for state, reached in enumerate(board.after[maker]):
        if len(reached):
            np.minimum(result[state], values[reached].min(axis=0), out=result[state])
    return result


def _worst_by_improvements(board: Board, values: Table, better: list[list[Bools]], maker: int) -> Table:
    """Improvements of one mover in a row amount to one only where nothing is blocked; else carry the last mover."""
    others = [other for other in range(len(board.steps)) if other != maker]
    if board.space.transitive():
        return _closed(board, values, better, others)
    last = dict.fromkeys(others, values)
    while True:
        steps = {other: _improved(board, last[other], better, other) for other in others}
        fresh = {}
        for other in others:
            lower = values
            for mover in others:
                if mover != other:
                    lower = np.minimum(lower, steps[mover])
            fresh[other] = lower
        if all(np.array_equal(fresh[other], last[other]) for other in others):
            return np.asarray(np.minimum.reduce([values, *steps.values()]))
        last = fresh


def _closed(board: Board, values: Table, better: list[list[Bools]], others: Sequence[int]) -> Table:
    result = values.copy()
    while True:
        before = result.copy()
        for other in others:
            np.minimum(result, _improved(board, result, better, other), out=result)
        if len(others) == 1 or np.array_equal(before, result):
            return result


def _improved(board: Board, values: Table, better: list[list[Bools]], maker: int) -> Table:
    """Minimum over a decision maker's improvements; the largest number there is where it has none."""
    limit = np.iinfo(values.dtype).max
    result = np.full_like(values, limit)
    for (at, to), improves in zip(board.steps[maker], better[maker], strict=True):
        result[at] = np.minimum(result[at], np.where(improves, values[to], limit))
    return result


def _simultaneous(board: Board, ranks: Table, better: list[list[Bools]], maker: int) -> Bools:
    """SIM, state by state: every improvement must be spoilt by some others improving at the same time."""
    own = ranks[maker]
    states = board.space.states
    index = {int(state): place for place, state in enumerate(states)}
    by_state = [_steps_from(board, better, other) for other in range(len(board.steps))]
    others = [other for other in range(len(board.steps)) if other != maker]
    stable = np.ones(own.shape, dtype=bool)
    for place, state in enumerate(states):
        no_better = own <= own[place]
        joint: list[tuple[int, Bools | None]] = []
        for replies in itertools.product(*([(0, None), *by_state[other][place]] for other in others)):
            able = [improves for _, improves in replies if improves is not None]
            change = sum(move for move, _ in replies)
            joint.append((change, np.logical_and.reduce(able) if able else None))
        for move, improves in by_state[maker][place]:
            spoilt = np.zeros(own.shape[1], dtype=bool)
            for change, made in joint:
                end = index.get(int(state) ^ move ^ change)
                if made is not None and end is not None:
                    spoilt |= made & no_better[end]
            stable[place] &= spoilt | ~improves
    return stable


def _steps_from(board: Board, better: list[list[Bools]], maker: int) -> list[list[tuple[int, Bools]]]:
    """List for each state a decision maker's moves as (change, in which draws it improves)."""
    found: list[list[tuple[int, Bools]]] = [[] for _ in board.space.states]
    for (at, to), improves in zip(board.steps[maker], better[maker], strict=True):
        for row, (before, after) in enumerate(zip(at, to, strict=True)):
            found[before].append((int(board.space.states[before] ^ board.space.states[after]), improves[row]))
    return found
