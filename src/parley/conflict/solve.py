"""Solve a model: states, preferences and stabilities under every concept asked for, in one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parley.conflict.checks import check
from parley.conflict.model import Conflict
from parley.conflict.preferences import ranks
from parley.conflict.stability import CONCEPTS, stability
from parley.conflict.states import Bools, Ints, Space, space_of

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

    Raises:
        ModelError: the model is wrong (see ``checks``), or a concept does not exist (see ``stability.CONCEPTS``).
    """
    check(conflict)
    space = space_of(conflict)
    order = ranks(conflict, space)
    return Solution(conflict, space, order, stability(space, order, concepts=concepts))


def frequencies(results: Sequence[Sequence[int]]) -> dict[int, int]:
    """Count in how many of several analyses each state is an equilibrium, most often first, then by number."""
    counts: dict[int, int] = {}
    for result in results:
        for state in sorted(set(result)):
            counts[state] = counts.get(state, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


__all__ = ["CONCEPTS", "USUAL", "Solution", "frequencies", "solve"]
