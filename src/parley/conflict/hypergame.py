"""Hypergames: each decision maker judges stability in the conflict that it perceives.

A perception may hold patterns to be impossible, not know options, and misjudge what others prefer. A state is stable
for a decision maker if it is so in the conflict that this decision maker perceives; a state that it does not perceive
gives it nothing to compare, and counts as stable for it. An equilibrium of the hypergame is stable for everybody, each
in its own conflict. Wang, Hipel and Fraser, Behavioral Science 33 (1988), first-level hypergames.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from parley.conflict.checks import check
from parley.conflict.explain import explain, sentence
from parley.conflict.model import Conflict, Perception
from parley.conflict.perceptions import believed, perceived
from parley.conflict.preferences import ranks
from parley.conflict.solve import USUAL, Solution
from parley.conflict.stability import stability
from parley.conflict.states import Bools, Ints, Space, space_of
from parley.conflict.words import label


@dataclass(frozen=True, slots=True, eq=False)
class HyperSolution:
    """Stability as each decision maker sees it, over the states that are really feasible.

    Attributes:
        conflict: the model with its perceptions.
        space: the real states and moves.
        stable: for each concept ``(n_makers, n_states)`` bool.
        perceived: ``(n_makers, n_states)`` bool, whether the decision maker knows that the state can come about.
        views: the conflict that each decision maker perceives, solved.
    """

    conflict: Conflict
    space: Space
    stable: Mapping[str, Bools]
    perceived: Bools
    views: tuple[Solution, ...]

    def equilibria(self, concept: str) -> tuple[int, ...]:
        """Return the states that are stable for everybody, each in the conflict that it perceives."""
        return tuple(int(state) for state in self.space.states[self.stable[concept].all(axis=0)])


def solve_hypergame(conflict: Conflict, *, concepts: Sequence[str] = USUAL) -> HyperSolution:
    """Solve a model with its perceptions. A decision maker without one sees the conflict as it is.

    Raises:
        ModelError: the model is wrong, or a perception leaves no state or a ranking that misses one.
    """
    check(conflict)
    space = space_of(conflict)
    real = ranks(conflict, space)
    views = {view.by: view for view in conflict.perceptions}
    stable = {concept: np.ones(real.shape, dtype=bool) for concept in concepts}
    known = np.ones(real.shape, dtype=bool)
    solved = []
    for number, name in enumerate(conflict.names()):
        seen, order_seen = _perceived(conflict, space, real, views.get(name))
        known[number] = np.isin(space.states, seen.states)
        found = stability(seen, order_seen, concepts=concepts)
        for concept in concepts:
            stable[concept][number, known[number]] = found[concept][number]
        solved.append(Solution(conflict, seen, order_seen, found))
    return HyperSolution(conflict, space, stable, known, tuple(solved))


def hyper_why(hypergame: HyperSolution, *, state: int, concept: str) -> tuple[str, ...]:
    """Say in a sentence for each decision maker why a state is stable or not in the conflict that it perceives.

    Raises:
        ModelError: the state is infeasible, or the hypergame was not solved under that concept.
    """
    place = hypergame.space.index(state)
    lines = []
    for maker, (name, view) in enumerate(zip(hypergame.conflict.names(), hypergame.views, strict=True)):
        if not hypergame.perceived[maker, place]:
            lines.append(f"{name} does not know that {label(hypergame.conflict, state)} can come about.")
        else:
            lines.append(sentence(view, explain(view, state=state, maker=maker, concept=concept)))
    return tuple(lines)


def _perceived(conflict: Conflict, space: Space, real: Ints, view: Perception | None) -> tuple[Space, Ints]:
    if view is None:
        return space, real
    names = [option.name for option in conflict.options]
    seen = perceived(view, names, space.states)
    feasible = np.zeros_like(space.feasible)
    feasible[space.states[seen]] = True
    rows = real[:, seen].copy()
    for other in view.others:
        rows[conflict.names().index(other.name)] = believed(other, names, space.states, seen)
    return replace(space, feasible=feasible, states=space.states[seen]), rows
