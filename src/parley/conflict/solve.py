"""Solve a model: states, preferences and stabilities under every concept asked for, in one record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parley.conflict.checks import check
from parley.conflict.horizon import limited_move, non_myopic
from parley.conflict.model import Conflict
from parley.conflict.preferences import ranks
from parley.conflict.stability import CONCEPTS, TITLES, stability
from parley.conflict.states import Bools, Ints, Space, space_of
from parley.errors import ModelError

USUAL = ("nash", "gmr", "smr", "seq", "sim")


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """What follows from a model.

    Attributes:
        conflict: the model as it was solved.
        space: its states and moves.
        ranks: ``(n_makers, n_states)``, larger is better.
        stable: for each concept ``(n_makers, n_states)`` bool.
    """

    conflict: Conflict
    space: Space
    ranks: Ints
    stable: Mapping[str, Bools]

    def equilibria(self, concept: str) -> tuple[int, ...]:
        """Return the states (decimal numbers, ascending) that are stable for everybody under a concept."""
        return tuple(int(state) for state in self.space.states[self.stable[concept].all(axis=0)])

    def status_quo(self) -> int | None:
        """Return the status quo's number, None where the model gives none."""
        pattern = self.conflict.status_quo
        return None if pattern is None else sum(1 << place for place, letter in enumerate(pattern) if letter == "Y")


def solve(conflict: Conflict, *, concepts: Sequence[str] = USUAL) -> Solution:
    """Check a model and compute the stability of every state.

    Args:
        conflict: the model.
        concepts: names out of ``CONCEPTS``, "l2" and the like for limited moves with that horizon, "nm" for non-myopic.

    Raises:
        ModelError: the model is wrong (see ``checks``), or a concept does not exist.
    """
    for concept in concepts:
        title(concept)
    check(conflict)
    space = space_of(conflict)
    order = ranks(conflict, space)
    usual = stability(space, order, concepts=[concept for concept in concepts if concept in TITLES])
    stable = {concept: usual[concept] if concept in usual else _farther(space, order, concept) for concept in concepts}
    return Solution(conflict, space, order, stable)


def title(concept: str) -> str:
    """Name a concept in full. Raises ModelError where there is none of that name."""
    if concept in TITLES:
        return TITLES[concept]
    if concept == "nm":
        return "Non-myopic stability"
    horizon = _horizon(concept)
    if horizon is None:
        raise ModelError(
            f"there is no concept {concept!r}; choose among {', '.join(CONCEPTS)}, l2 (or another horizon) and nm."
        )
    return f"Limited moves, {horizon} ahead (L{horizon})"


def _horizon(concept: str) -> int | None:
    found = re.fullmatch(r"l([1-9]\d{0,3})", concept)
    return int(found.group(1)) if found else None


def _farther(space: Space, order: Ints, concept: str) -> Bools:
    horizon = _horizon(concept)
    if horizon is not None:
        return limited_move(space, order, horizon=horizon)
    found = non_myopic(space, order)
    if not found.settled:
        raise ModelError(
            f"non-myopic play had not settled after {found.horizon} moves; ask for a limited horizon, such as l8."
        )
    return found.stable


def frequencies(results: Sequence[Sequence[int]]) -> dict[int, int]:
    """Count in how many of several analyses each state is an equilibrium, most often first, then by number."""
    counts: dict[int, int] = {}
    for result in results:
        for state in sorted(set(result)):
            counts[state] = counts.get(state, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


__all__ = ["CONCEPTS", "USUAL", "Solution", "frequencies", "solve", "title"]
