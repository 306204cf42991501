"""Pairs of states as dense matrices, for analyses in which preference is not one list: unknown preference, coalitions.

Matrices are ``(n_states, n_states)`` bool over the feasible states; row s, column t says "from s to t". They need
memory and time that grow with the square and the cube of the number of states, so a model is limited in size.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from parley.conflict.moves import deltas
from parley.conflict.states import Bools, Space
from parley.errors import ModelError

PAIR_LIMIT = 4096


def move_matrix(space: Space, maker: int) -> Bools:
    """Return who reaches what in one move of a decision maker.

    Raises:
        ModelError: more than ``PAIR_LIMIT`` feasible states.
    """
    size = len(space.states)
    if size > PAIR_LIMIT:
        raise ModelError(
            f"this analysis compares every pair of states and takes up to {PAIR_LIMIT:,} states; "
            f"the model has {size:,}; add infeasible patterns, or leave out options that decide nothing."
        )
    place = np.zeros(len(space.feasible), dtype=np.int64)
    place[space.states] = np.arange(size)
    matrix = np.zeros((size, size), dtype=bool)
    for change, legal in deltas(space, maker):
        before = np.flatnonzero(legal)
        matrix[place[before], place[before ^ change]] = True
    return matrix


def product(first: Bools, second: Bools) -> Bools:
    """Return the Boolean matrix product: some state in between links row to column."""
    return np.asarray(first.astype(np.float32) @ second.astype(np.float32) > 0.5)


def legal_sequences(steps: Sequence[Bools]) -> Bools:
    """Return what sequences of one or more steps reach, in which nobody moves twice in a row.

    ``steps[j]`` holds the steps of the j-th mover. The result is the union over the last mover.
    """
    if not steps:
        raise ModelError("a sequence of moves needs somebody who moves.")
    last = [step.copy() for step in steps]
    changed = len(steps) > 1
    while changed:
        changed = False
        for mover, step in enumerate(steps):
            before = np.logical_or.reduce([last[other] for other in range(len(steps)) if other != mover])
            grown = last[mover] | product(before, step)
            if (grown != last[mover]).any():
                last[mover] = grown
                changed = True
    return np.asarray(np.logical_or.reduce(last))


def reach_of(steps: Sequence[Bools], size: int) -> Bools:
    """As ``legal_sequences``, and nothing where there is nobody to move."""
    return legal_sequences(steps) if steps else np.zeros((size, size), dtype=bool)
