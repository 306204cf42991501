"""The inverse question: what must hold of whose ranking for a wanted state to be stable, and what must change.

For decision maker i and wanted state s only one thing about i's ranking matters: which states i prefers to s. s is
stable iff for every state t in i's reach one of these holds: i likes s at least as much as t; or i likes s at least as
much as *all* states of one of the sets that sanction t. For GMR, SEQ and SIM such a set is one state x that the others
can bring about; for SMR and SSEQ it is x with all that i can reach from x; for Nash there is none. These clauses are
necessary and sufficient, and written down by one search for each t: nothing is enumerated over rankings.

The least change moves as few states as possible from above s to the level of s. For Nash, GMR, SEQ and SIM the clauses
have no state in common (moves by others leave i's own options alone), so that each unmet clause costs exactly one
state. For SMR and SSEQ sets overlap and the smallest union is found by branch and bound.

Inverse analysis: Kinsara, Kilgour and Hipel, IEEE Transactions on SMC: Systems 45 (2015), there by enumeration.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.conflict.solve import Solution
from parley.conflict.stability import CONCEPTS, stability
from parley.conflict.states import Ints
from parley.conflict.view import View
from parley.conflict.words import label, listed
from parley.errors import ModelError

NODES = 200_000
"""Search nodes after which the least change is reported as not proven smallest."""
ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Clause:
    """One requirement: s is at least as good as ``improvement``, or as every state of one of ``sanctions``."""

    improvement: int
    sanctions: tuple[tuple[int, ...], ...]

    def met(self, above: frozenset[int]) -> bool:
        """Tell whether the clause holds where ``above`` are the states preferred to s."""
        return self.improvement not in above or any(above.isdisjoint(item) for item in self.sanctions)


@dataclass(frozen=True, slots=True)
class Condition:
    """When a state is stable for one decision maker: all clauses, and what the ranking as it stands lacks.

    ``lower`` is a smallest set of states that must come down to the level of s (empty where s is stable already);
    ``proven`` is false only where the search for the smallest was cut short.
    """

    maker: int
    state: int
    concept: str
    clauses: tuple[Clause, ...]
    unmet: tuple[Clause, ...]
    lower: tuple[int, ...]
    proven: bool

    @property
    def stable(self) -> bool:
        """Tell whether the state is stable for the decision maker as things stand."""
        return not self.unmet


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What must change for a state to be an equilibrium.

    ``conditions`` hold for each decision maker with the others' rankings as they stand. ``ranks`` are rankings,
    ``(n_makers, n_states)``, under which the state is an equilibrium (checked by solving); None where changing the
    rankings one after the other found none, which can happen only under SEQ, SSEQ and SIM.
    """

    state: int
    concept: str
    conditions: tuple[Condition, ...]
    ranks: Ints | None


def what_must_change(solution: Solution, *, state: int, concept: str) -> Change:
    """Say what must hold, and what must change, for a state to be an equilibrium under a concept.

    Raises:
        ModelError: the state is infeasible or the concept unknown.
    """
    if concept not in CONCEPTS:
        raise ModelError(f"there is no concept {concept!r}; choose among {', '.join(CONCEPTS)}.")
    solution.space.index(state)
    conditions = _conditions(View(solution.space, solution.ranks), state, concept)
    ranks = solution.ranks
    now = conditions
    for _ in range(ROUNDS):
        ranks = _changed(solution.space.states, ranks, now)
        stable = stability(solution.space, ranks, concepts=(concept,))[concept]
        if stable[:, solution.space.index(state)].all():
            return Change(state, concept, conditions, ranks)
        now = _conditions(View(solution.space, ranks), state, concept)
    return Change(state, concept, conditions, None)


def _conditions(view: View, state: int, concept: str) -> tuple[Condition, ...]:
    return tuple(condition(view, maker=maker, state=state, concept=concept) for maker in range(len(view.cubes)))


def condition(view: View, *, maker: int, state: int, concept: str) -> Condition:
    """Write down when a state is stable for a decision maker, given the others' rankings."""
    clauses = tuple(
        Clause(target, _sanctions(view, maker, state, target, concept)) for target in view.moves(maker, state)
    )
    level = view.rank(maker, state)
    mentioned = {x for clause in clauses for x in (clause.improvement, *(y for item in clause.sanctions for y in item))}
    above = frozenset(x for x in mentioned if view.rank(maker, x) > level)
    unmet = tuple(clause for clause in clauses if not clause.met(above))
    choices = [
        _minimal([frozenset([clause.improvement]), *(frozenset(item) & above for item in clause.sanctions)])
        for clause in unmet
    ]
    lower, proven = _smallest_union(choices, {x: view.rank(maker, x) - level for x in above})
    return Condition(maker, state, concept, clauses, unmet, tuple(sorted(lower)), proven)


def _sanctions(view: View, maker: int, state: int, target: int, concept: str) -> tuple[tuple[int, ...], ...]:
    if concept == "nash":
        return ()
    if concept == "sim":
        return tuple((end,) for end in view.joint_ends(maker, state, target))
    step = view.improvements if concept in ("seq", "sseq") else view.moves
    ends = view.reached(target, view.others(maker), step)
    if concept in ("smr", "sseq"):
        return tuple(tuple(sorted({end, *view.moves(maker, end)})) for end in ends)
    return tuple((end,) for end in ends)


def _minimal(sets: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    """Drop sets that contain another one."""
    kept: list[frozenset[int]] = []
    for item in sorted(set(sets), key=lambda one: (len(one), sorted(one))):
        if not any(other <= item for other in kept):
            kept.append(item)
    return kept


def _smallest_union(choices: list[list[frozenset[int]]], drop: dict[int, int]) -> tuple[frozenset[int], bool]:
    """Choose one set of each list such that their union is smallest, then moves states down least."""
    ordered = sorted(choices, key=lambda sets: (len(sets), [sorted(item) for item in sets]))

    def cost(union: frozenset[int]) -> tuple[int, int, list[int]]:
        return len(union), sum(drop[x] for x in union), sorted(union)

    best = frozenset[int]()
    for sets in ordered:  # a first answer, greedily
        if not any(item <= best for item in sets):
            best |= min(sets, key=lambda item: cost(best | item))
    nodes = 0
    stack: list[tuple[int, frozenset[int]]] = [(0, frozenset())]
    while stack:
        depth, union = stack.pop()
        nodes += 1
        if nodes > NODES:
            return best, False
        while depth < len(ordered) and any(item <= union for item in ordered[depth]):
            depth += 1
        if depth == len(ordered):
            best = min(best, union, key=cost)
            continue
        grown = [union | item for item in ordered[depth]]
        stack.extend((depth + 1, item) for item in sorted(grown, key=cost, reverse=True) if cost(item) < cost(best))
    return best, True


def _changed(states: NDArray[np.int32], ranks: Ints, conditions: Sequence[Condition]) -> Ints:
    """Bring the states that stand in the way down to the level of the wanted one."""
    result = ranks.copy()
    for item in conditions:
        places = np.searchsorted(states, np.array(item.lower, dtype=np.int32))
        result[item.maker, places] = ranks[item.maker, int(np.searchsorted(states, item.state))]
    return result


def condition_words(solution: Solution, item: Condition) -> str:
    """Put a condition into a sentence, shortest first: what holds already, or what must change."""
    conflict = solution.conflict
    name = conflict.names()[item.maker]
    wanted = label(conflict, item.state)
    if not item.clauses:
        return f"{name} cannot move from {wanted}, so nothing is asked of its ranking."
    if item.stable:
        return f"{name}'s ranking needs no change."
    parts = []
    for clause in item.unmet:
        escapes = [listed([str(x) for x in sanction]) for sanction in clause.sanctions[:3]]
        more = f" (or {len(clause.sanctions) - 3} more)" if len(clause.sanctions) > 3 else ""
        other = f", or as {', or as '.join(escapes)}{more}" if escapes else ""
        parts.append(f"as state {clause.improvement}{other}")
    least = listed([label(conflict, x) for x in item.lower])
    return f"{name} must come to like {wanted} at least as much {'; and '.join(parts)}. The least change: {least}."
