"""Stability of every state for every decision maker: Nash, GMR, SMR, SEQ, symmetric SEQ and SIM.

Let ``u`` be decision maker i's preference (larger is better), ``R_i(s)`` the states that i reaches from s in one move,
``R_i+(s)`` the better ones among them (improvements), and ``S(t)`` the states that legal sequences of moves by the
others reach from t, in which nobody moves twice in a row (``S+(t)``: each move improves its mover's lot). State s is

- Nash stable: no t in R_i+(s);
- GMR stable: for every t in R_i+(s) there is x in S(t) with u(x) <= u(s);
- SMR stable: such an x from which i has no way out: u(y) <= u(s) for every y in R_i(x);
- SEQ stable: as GMR with x in S+(t);
- SSEQ stable (symmetric SEQ): as SMR with x in S+(t);
- SIM stable: see ``simultaneous``.

All but SIM come down to one comparison. With f(x) = u(x) (GMR, SEQ) or the best that i can make of x (SMR, SSEQ), let
m(t) be the minimum of f over S(t) or S+(t). Then s is stable iff the maximum over t in R_i(s) of min(u(t), m(t)) is at
most u(s). m is a least fixed point. Without blocked moves two moves of one mover in a row are one move or none, so the
closure may ignore who moved last (t itself may count as reached: it is no sanction, being better than s); with blocked
moves the last mover is carried along.

Sources: Nash 1950; Howard, Paradoxes of Rationality (1971) for GMR and SMR; Fraser and Hipel, Conflict Analysis: Models
and Resolutions (1984) for SEQ and SIM; Fang, Hipel and Kilgour, Interactive Decision Making (1993), chapters 3 and 4,
for legal sequences; Rêgo and Vieira, Group Decision and Negotiation 26 (2017) for symmetric SEQ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.conflict.moves import BEST, WORST, Cube, Improvements, highest, improvements, lowest
from parley.conflict.simultaneous import simultaneous
from parley.conflict.states import Bools, Ints, Space, spread_out
from parley.errors import ModelError

CONCEPTS = ("nash", "gmr", "smr", "seq", "sim", "sseq")
TITLES = {
    "nash": "Nash",
    "gmr": "General metarationality (GMR)",
    "smr": "Symmetric metarationality (SMR)",
    "seq": "Sequential stability (SEQ)",
    "sim": "Simultaneous sanctions (SIM)",
    "sseq": "Symmetric sequential stability (SSEQ)",
}
Step = Callable[[int, Cube], Cube]


def as_ranks(payoffs: NDArray[Any]) -> Ints:
    """Turn payoffs, shape ``(n_makers, n_states)``, into whole numbers that keep their order.

    Raises:
        ModelError: the array has another shape or holds values that cannot be compared (NaN).
    """
    array = np.asarray(payoffs)
    if array.ndim != 2:
        raise ModelError("payoffs must have one row for each decision maker and one column for each feasible state.")
    if np.issubdtype(array.dtype, np.integer) and array.size and abs(int(array.min())) < BEST > abs(int(array.max())):
        return np.ascontiguousarray(array, dtype=np.int32)
    if np.issubdtype(array.dtype, np.floating) and np.isnan(array).any():
        raise ModelError("a payoff is not a number; give every state a number.")
    return np.stack([np.unique(row, return_inverse=True)[1].astype(np.int32).reshape(row.shape) for row in array])


def stability(
    space: Space, payoffs: NDArray[Any], *, concepts: Sequence[str] = ("nash", "gmr", "smr", "seq", "sim")
) -> dict[str, Bools]:
    """Tell for every concept, decision maker and feasible state whether the state is stable.

    Args:
        space: states and moves.
        payoffs: ``(n_makers, n_states)``, larger is better, states in the order of ``space.states``. Only order counts.
        concepts: names out of ``CONCEPTS``.

    Returns:
        For each concept a ``(n_makers, n_states)`` bool array. A state is an equilibrium where its column is all true.

    Raises:
        ModelError: an unknown concept, or payoffs of the wrong shape.
    """
    for concept in concepts:
        if concept not in CONCEPTS:
            raise ModelError(f"there is no concept {concept!r}; choose among {', '.join(CONCEPTS)}.")
    ranks = as_ranks(payoffs)
    if ranks.shape != (len(space.masks), len(space.states)):
        raise ModelError(
            f"payoffs have shape {ranks.shape}, the model has {len(space.masks)} decision makers "
            f"and {len(space.states)} states."
        )
    cubes = [spread_out(space, row, WORST) for row in ranks]
    better = _improvements(space, cubes) if {"seq", "sim", "sseq"} & set(concepts) else []
    result = {}
    for concept in concepts:
        rows = [_stable(space, cubes, better, maker, concept)[space.states] for maker in range(len(cubes))]
        result[concept] = np.stack(rows)
    return result


def equilibria(space: Space, stable: Bools) -> Ints:
    """Return the decimal numbers of the states that are stable for everybody, ascending."""
    return space.states[stable.all(axis=0)]


def _improvements(space: Space, cubes: Sequence[Cube]) -> list[Improvements]:
    return [improvements(space, maker, cube) for maker, cube in enumerate(cubes)]


def _stable(space: Space, cubes: Sequence[Cube], better: Sequence[Improvements], maker: int, concept: str) -> Bools:
    own = cubes[maker]
    if concept == "nash":
        return np.asarray(highest(space, maker, own) <= own)
    if concept == "sim":
        return simultaneous(space, own, better, maker)
    threat = np.minimum(own, anticipated(space, cubes, better, maker, concept))
    return np.asarray(highest(space, maker, threat) <= own)


def anticipated(space: Space, cubes: Sequence[Cube], better: Sequence[Improvements], maker: int, concept: str) -> Cube:
    """Return m(t) of the module's docstring as a cube: the worst that ``maker`` must expect after moving to t."""
    own = cubes[maker]
    feared = highest(space, maker, own) if concept in ("smr", "sseq") else own
    values = feared if space.whole() else np.where(space.feasible, feared, BEST).astype(np.int32)
    others = [other for other in range(len(cubes)) if other != maker]
    stay = space.transitive()  # where it is not, standing still must not pass for a move
    if concept in ("seq", "sseq"):
        return worst_after(space, others, values, lambda other, now: better[other].lowest(now))
    return worst_after(
        space, others, values, lambda other, now: lowest(space, other, now, stay=stay), settled=space.whole()
    )


def worst_after(space: Space, others: Sequence[int], values: Cube, step: Step, *, settled: bool = False) -> Cube:
    """Return for each state the minimum of ``values`` over it and all that legal sequences of the others reach.

    ``step(other, now)`` gives the minimum of ``now`` over one decision maker's steps. ``settled`` says that one round
    over the others is enough (every state feasible, nothing blocked, any move allowed).
    """
    if not space.transitive():
        return _worst_by_last_mover(others, values, step)
    result = values
    quiet = 0
    while quiet < len(others):
        for other in others:
            lower = np.minimum(result, step(other, result))
            quiet = quiet + 1 if np.array_equal(lower, result) else 0
            result = lower
            if quiet >= len(others):
                break
        if settled or len(others) == 1:
            break
    return result


def _worst_by_last_mover(others: Sequence[int], values: Cube, step: Step) -> Cube:
    """As ``worst_after``, carrying who moved last: ``after[j]`` is the value where j has just moved."""
    after = dict.fromkeys(others, values)
    changed = True
    while changed:
        steps = {other: step(other, after[other]) for other in others}
        changed = False
        for last in others:
            lower = values
            for other in others:
                if other != last:
                    lower = np.minimum(lower, steps[other])
            changed = changed or not np.array_equal(lower, after[last])
            after[last] = lower
    result = values
    for other in others:
        result = np.minimum(result, step(other, after[other]))
    return result
