"""What a solved model has to say, gathered once for the table, the page, JSON and CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from parley.conflict.coalitions import (
    COALITION_CONCEPTS,
    JointMove,
    coalition_stability,
    coalitions,
    joint_improvements,
)
from parley.conflict.evolution import Path, evolve, likely_paths
from parley.conflict.explain import why
from parley.conflict.foresight import Foresight
from parley.conflict.hypergame import HyperSolution, hyper_why, solve_hypergame
from parley.conflict.model import Because, Prioritised
from parley.conflict.preferences import orders
from parley.conflict.solve import Solution
from parley.conflict.stability import TITLES
from parley.conflict.strength import strong_stability
from parley.conflict.together import joint_reason, joint_sentence
from parley.conflict.unknown import stability_under_unknown
from parley.conflict.view import View
from parley.conflict.words import by_maker, label

SHOWN = 64
"""Models of up to so many feasible states are shown whole; of larger ones the firmest equilibria and the status quo."""
LISTED = 24
"""So many states of a large model are listed."""
EXPLAINED = 1024
"""Paths are looked for in models of up to so many feasible states."""
FIRMEST = 6
"""So many equilibria are put first."""
PAIRED = 256
"""Joint moves are looked for, and the listed states explained, in models of up to so many feasible states."""
ALLIES = 6
"""Every coalition is looked at in models of up to so many decision makers."""


@dataclass(frozen=True, slots=True)
class StateFinding:
    """One state: what it is, who ranks it where (1 is best), under which concepts it is stable for whom."""

    state: int
    pattern: str
    words: str
    doing: tuple[tuple[str, str], ...]
    ranks: tuple[int, ...]
    equilibrium: tuple[str, ...]
    stable: Mapping[str, tuple[bool, ...]]
    why: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Together:
    """What holds against coalitions: states stable for everybody and every coalition, by concept, and why.

    ``why`` has, for each listed state that is an equilibrium, a sentence for every coalition with a joint improvement.
    """

    equilibria: Mapping[str, tuple[int, ...]]
    why: Mapping[int, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Citation:
    """What an item of the model rests on."""

    item: str
    because: Because


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """A solution with all that follows from it. ``hidden`` counts feasible states that are not listed."""

    solution: Solution
    concepts: tuple[str, ...]
    states: tuple[StateFinding, ...]
    hidden: int
    status_quo: int | None
    paths: tuple[Path, ...]
    reachable: int | None
    joint: tuple[JointMove, ...]
    together: Together | None
    hypergame: HyperSolution | None
    perceived_why: Mapping[int, Mapping[str, tuple[str, ...]]]
    variants: Mapping[str, tuple[int, ...]]
    citations: tuple[Citation, ...]

    def firmest(self, most: int = FIRMEST) -> tuple[StateFinding, ...]:
        """Return the listed equilibria that hold under the most concepts, at most so many."""
        return tuple(_firmest(self.states, most))


def findings(solution: Solution) -> Findings:
    """Gather what follows from a solved model. Raises ModelError where a perception or unknown statement is wrong."""
    conflict, space = solution.conflict, solution.space
    concepts = tuple(solution.stable)
    quo = solution.status_quo()
    equilibria = sorted({state for concept in concepts for state in solution.equilibria(concept)})
    small = len(space.states) <= SHOWN
    shown = [int(state) for state in space.states] if small else _listed(solution, equilibria, quo)
    modest = len(space.states) <= EXPLAINED
    paths: tuple[Path, ...] = ()
    reachable = None
    if quo is not None and modest:
        paths = likely_paths(solution)
        reachable = len(evolve(solution, by="moves").paths)
    states = _state_findings(solution, shown)
    hypergame = solve_hypergame(conflict, concepts=_known(concepts)) if conflict.perceptions else None
    return Findings(
        solution=solution,
        concepts=concepts,
        states=states,
        hidden=len(space.states) - len(shown),
        status_quo=quo,
        paths=paths,
        reachable=reachable,
        joint=_joint(solution, states),
        together=_together(solution, states),
        hypergame=hypergame,
        perceived_why={} if hypergame is None or not small else _perceived_why(hypergame, shown),
        variants=_variants(solution),
        citations=_citations(solution),
    )


def _known(concepts: Sequence[str]) -> tuple[str, ...]:
    return tuple(concept for concept in concepts if concept in TITLES)


def _joint(solution: Solution, states: Sequence[StateFinding]) -> tuple[JointMove, ...]:
    """List what the smallest coalitions would rather do than stay at the firmest equilibria, best for them.

    Only in models that are not too large for pairs of states.
    """
    if len(solution.space.states) > PAIRED:
        return ()
    found: list[JointMove] = []
    for item in _firmest(states, FIRMEST):
        moves = joint_improvements(solution.space, solution.ranks, item.state)
        smallest = [move for move in moves if not any(set(other.members) < set(move.members) for other in moves)]
        found += [move for move in smallest if not any(_outdoes(solution, other, move) for other in smallest)]
    return tuple(found)


def _together(solution: Solution, states: Sequence[StateFinding]) -> Together | None:
    """Look at every coalition, in models that are not too large for it, under the concepts that were asked for."""
    space, conflict = solution.space, solution.conflict
    concepts = [c for c in COALITION_CONCEPTS if c.removeprefix("c") in solution.stable]
    if len(space.states) > PAIRED or not 1 < len(space.masks) <= ALLIES or not concepts:
        return None
    groups = list(coalitions(space, smallest=1))
    stable = {group: coalition_stability(space, solution.ranks, group) for group in groups}
    equilibria = {
        concept: tuple(int(s) for s in space.states[np.logical_and.reduce([stable[g][concept] for g in groups])])
        for concept in concepts
    }
    view = View(space, solution.ranks)
    reasons: dict[int, dict[str, tuple[str, ...]]] = {}
    for item in states if len(space.states) <= SHOWN else ():
        if not item.equilibrium:
            continue
        place = space.index(item.state)
        able = [group for group in groups if len(group) > 1 and not stable[group]["nash"][place]]
        rest = "No other coalition" if able else "No coalition"
        lines = [f"{rest} reaches anything from {label(conflict, item.state)} that each of its members prefers."]
        reasons[item.state] = {
            concept: (
                *(
                    joint_sentence(
                        solution,
                        joint_reason(
                            view, state=item.state, members=group, concept=concept, stable=stable[group][concept]
                        ),
                    )
                    for group in able
                ),
                *(lines if len(able) < len(groups) - len(space.masks) else ()),
            )
            for concept in concepts
        }
    return Together(equilibria, reasons)


def _perceived_why(hypergame: HyperSolution, shown: Sequence[int]) -> dict[int, dict[str, tuple[str, ...]]]:
    return {
        state: {concept: hyper_why(hypergame, state=state, concept=concept) for concept in hypergame.stable}
        for state in shown
    }


def _firmest(states: Sequence[StateFinding], most: int) -> list[StateFinding]:
    stable = [item for item in states if item.equilibrium]
    return sorted(stable, key=lambda item: (-len(item.equilibrium), item.state))[:most]


def _outdoes(solution: Solution, one: JointMove, other: JointMove) -> bool:
    """Tell whether the same coalition likes ``one`` no less in any member's eyes, and more in one's."""
    if one.members != other.members:
        return False
    rows = solution.ranks[list(one.members)]
    better, worse = rows[:, solution.space.index(one.after)], rows[:, solution.space.index(other.after)]
    return bool((better >= worse).all() and (better > worse).any())


def _listed(solution: Solution, equilibria: Sequence[int], quo: int | None) -> list[int]:
    """Choose the states to list of a large model: the status quo and those stable under the most concepts."""
    score = dict.fromkeys(equilibria, 0)
    for concept in solution.stable:
        for state in solution.equilibria(concept):
            score[state] += 1
    best = sorted(equilibria, key=lambda state: (-score[state], state))[: LISTED - 1]
    return sorted({*best, *([] if quo is None else [quo])})


def _state_findings(solution: Solution, shown: Sequence[int]) -> tuple[StateFinding, ...]:
    from_best = [_positions(row) for row in solution.ranks]
    explained = len(solution.space.states) <= PAIRED
    ahead = Foresight(solution) if explained else None
    found = []
    for state in shown:
        place = solution.space.index(state)
        stable = {concept: tuple(bool(value) for value in rows[:, place]) for concept, rows in solution.stable.items()}
        found.append(
            StateFinding(
                state=state,
                pattern=solution.space.pattern(state),
                words=label(solution.conflict, state),
                doing=by_maker(solution.conflict, state),
                ranks=tuple(int(row[place]) for row in from_best),
                equilibrium=tuple(concept for concept, values in stable.items() if all(values)),
                stable=stable,
                why={c: why(solution, state=state, concept=c, foresight=ahead) for c in stable} if explained else {},
            )
        )
    return tuple(found)


def _positions(row: np.ndarray[tuple[int], np.dtype[np.int32]]) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Number levels from the best, 1, downwards."""
    levels, inverse = np.unique(row, return_inverse=True)
    return np.asarray(len(levels) - inverse)


def _variants(solution: Solution) -> dict[str, tuple[int, ...]]:
    """Equilibria under strength of preference and under unknown preference, where the model states any."""
    conflict, space = solution.conflict, solution.space
    found: dict[str, tuple[int, ...]] = {}
    if any((order.limits >= 0).any() for order in orders(conflict, space)):
        found |= {key: _common(solution, rows) for key, rows in strong_stability(conflict).items() if "strong" in key}
    unknown = any(
        maker.unknown or (isinstance(maker.prefers, Prioritised) and any(s.unknown for s in maker.prefers.statements))
        for maker in conflict.decision_makers
    )
    if unknown:
        found |= {key: _common(solution, rows) for key, rows in stability_under_unknown(conflict).items()}
    return found


def _common(solution: Solution, rows: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> tuple[int, ...]:
    return tuple(int(state) for state in solution.space.states[rows.all(axis=0)])


def _citations(solution: Solution) -> tuple[Citation, ...]:
    conflict = solution.conflict
    found: list[Citation] = []
    for maker in conflict.decision_makers:
        found += [Citation(maker.name, item) for item in maker.because]
        if isinstance(maker.prefers, Prioritised):
            for statement in maker.prefers.statements:
                found += [Citation(f"{maker.name} prefers: {statement.text}", item) for item in statement.because]
    for option in conflict.options:
        found += [Citation(f"option {option.name} of {option.of}", item) for item in option.because]
    for pattern in conflict.infeasible:
        found += [Citation(f"infeasible {pattern.pattern}", item) for item in pattern.because]
    return tuple(found)
