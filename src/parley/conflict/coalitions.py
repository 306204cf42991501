"""Coalitions: what decision makers could reach together, and which equilibria they would break.

A coalition H moves by legal sequences of its members' moves; a *joint improvement* is a state so reached that every
member prefers. State s is for H

- Nash stable: H has no joint improvement;
- GMR stable: from every joint improvement t the others can, by a legal sequence, reach x that some member likes no
  better than s;
- SMR stable: such an x from which H reaches nothing that all members prefer to s;
- SEQ stable: as GMR, where each step of the others improves the mover's own lot;
- CSEQ stable: as SEQ, where each step may also be a joint improvement of several of the others together.

A single member gives the ordinary concepts (CSEQ too where there is one other). As each of the others alone is a
coalition, SEQ implies CSEQ. CSEQ implies GMR where no move is blocked: who is in two coalitions that move one after the
other may move twice in a row, which GMR's sequences rule out, and with blocked moves two moves can be worth more than
one. A state is stable for everybody *and every coalition* if it is so for
each non-empty set. Kilgour, Hipel, Fang and Peng, Group Decision and Negotiation 10 (2001), for joint improvements;
Inohara and Hipel, Journal of Systems Science and Systems Engineering 17 (2008), for sanctions by coalitions of the
others (CSEQ): sequences in which the same coalition never moves twice in a row.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.conflict.relations import move_matrix, product, reach_of
from parley.conflict.states import Bools, Space
from parley.errors import ModelError

COALITION_CONCEPTS = ("nash", "gmr", "smr", "seq", "cseq")
COALITION_TITLES = {
    "nash": "Nash",
    "gmr": "GMR",
    "smr": "SMR",
    "seq": "SEQ",
    "cseq": "SEQ with joint sanctions (CSEQ)",
}


@dataclass(frozen=True, slots=True)
class JointMove:
    """A coalition's joint improvement out of a state."""

    members: tuple[int, ...]
    before: int
    after: int


def coalition_stability(space: Space, payoffs: NDArray[Any], members: Sequence[int]) -> dict[str, Bools]:
    """Tell for each concept which feasible states are stable for a coalition: ``(n_states,)`` bool each.

    Raises:
        ModelError: an empty coalition, a member who is not in the model, or more than 4,096 feasible states.
    """
    group = _members(space, members)
    payoffs = np.asarray(payoffs)
    moves = [move_matrix(space, maker) for maker in range(len(space.masks))]
    better = [row[None, :] > row[:, None] for row in payoffs]
    all_better = np.logical_and.reduce([better[maker] for maker in group])
    outside = [maker for maker in range(len(moves)) if maker not in group]
    size = len(space.states)
    joint = reach_of([moves[maker] for maker in group], size)
    leaves = joint & all_better
    any_moves = reach_of([moves[maker] for maker in outside], size)
    credible = reach_of([moves[maker] & better[maker] for maker in outside], size)
    together = reach_of([_joint(moves, better, others, size) for others in _subsets(outside)], size)
    deters = ~all_better
    held = deters & ~product(all_better, joint.T)
    return {
        "nash": ~leaves.any(axis=1),
        "gmr": _all_sanctioned(leaves, deters, any_moves),
        "smr": _all_sanctioned(leaves, held, any_moves),
        "seq": _all_sanctioned(leaves, deters, credible),
        "cseq": _all_sanctioned(leaves, deters, together),
    }


def _joint(moves: Sequence[Bools], better: Sequence[Bools], members: Sequence[int], size: int) -> Bools:
    """Return the joint improvements of a coalition from each state."""
    liked = np.logical_and.reduce([better[maker] for maker in members])
    return np.asarray(reach_of([moves[maker] for maker in members], size) & liked)


def _subsets(makers: Sequence[int]) -> list[tuple[int, ...]]:
    return [group for size in range(1, len(makers) + 1) for group in itertools.combinations(makers, size)]


def _all_sanctioned(leaves: Bools, deters: Bools, after: Bools) -> Bools:
    return np.asarray((product(deters, after.T) | ~leaves).all(axis=1))


def coalitions(space: Space, *, smallest: int = 2) -> Iterator[tuple[int, ...]]:
    """Yield every coalition of at least so many decision makers, the small ones first."""
    for size in range(smallest, len(space.masks) + 1):
        yield from itertools.combinations(range(len(space.masks)), size)


def universal(space: Space, payoffs: NDArray[Any]) -> dict[str, Bools]:
    """Tell for each concept which states are stable for every coalition, single decision makers included."""
    result = {concept: np.ones(len(space.states), dtype=bool) for concept in COALITION_CONCEPTS}
    for members in coalitions(space, smallest=1):
        for concept, stable in coalition_stability(space, payoffs, members).items():
            result[concept] &= stable
    return result


def joint_improvements(space: Space, payoffs: NDArray[Any], state: int) -> tuple[JointMove, ...]:
    """Return what coalitions of two or more can reach from a state to the liking of all their members.

    Only coalitions that need each member are named: no smaller one inside reaches the same state to its liking.
    """
    place = space.index(state)
    payoffs = np.asarray(payoffs)
    moves = [move_matrix(space, maker) for maker in range(len(space.masks))]
    found: list[JointMove] = []
    for members in coalitions(space, smallest=1):
        reached = reach_of([moves[maker] for maker in members], len(space.states))[place]
        liked = np.logical_and.reduce([payoffs[maker] > payoffs[maker, place] for maker in members])
        for after in space.states[reached & liked]:
            smaller = [move for move in found if move.after == after and set(move.members) < set(members)]
            if not smaller:
                found.append(JointMove(members, state, int(after)))
    return tuple(move for move in found if len(move.members) > 1)


def _members(space: Space, members: Sequence[int]) -> tuple[int, ...]:
    group = tuple(sorted(set(members)))
    if not group:
        raise ModelError("a coalition needs at least one decision maker; name its members.")
    if group[0] < 0 or group[-1] >= len(space.masks):
        raise ModelError(f"the model has decision makers 0 to {len(space.masks) - 1}; {group} names another.")
    return group
