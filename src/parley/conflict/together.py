"""Why a state holds or not against a coalition, in words: what its members could reach together, and what deters them.

The search follows the definitions in ``coalitions`` one state at a time and shares no code with its matrices, so each
explanation also checks them: where the two disagree, it says so by an error.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parley.conflict.coalitions import COALITION_CONCEPTS, COALITION_TITLES
from parley.conflict.solve import Solution
from parley.conflict.states import Bools
from parley.conflict.view import Move, View
from parley.conflict.words import change, label, listed
from parley.errors import ModelError

JointStep = tuple[tuple[int, ...], int]
"""Who moves together, and the state reached."""


@dataclass(frozen=True, slots=True)
class Deterred:
    """A joint improvement, how its members get there, and what the others do then, up to the state that deters.

    ``spoiled`` names a member who likes that state no better than the one left.
    """

    target: int
    moves: tuple[Move, ...]
    sanction: tuple[JointStep, ...]
    spoiled: int


@dataclass(frozen=True, slots=True)
class JointReason:
    """Why a state is stable or not for a coalition under a concept.

    ``leaves`` is how its members go, with the state reached last, to a joint improvement that nothing deters, None
    where everything is deterred or there is no joint improvement at all.
    """

    members: tuple[int, ...]
    state: int
    concept: str
    leaves: tuple[Move, ...] | None
    deterred: tuple[Deterred, ...]


def joint_reason(
    view: View, *, state: int, members: Sequence[int], concept: str, stable: Bools | None = None
) -> JointReason:
    """Say why a state is stable or not for a coalition under a concept of ``COALITION_CONCEPTS``.

    ``stable`` is what ``coalition_stability`` found, ``(n_states,)`` bool, to be checked.

    Raises:
        ModelError: there is no such concept, the state is infeasible, or the two ways to compute it disagree.
    """
    if concept not in COALITION_CONCEPTS:
        raise ModelError(f"there is no coalition concept {concept!r}; choose among {', '.join(COALITION_CONCEPTS)}.")
    place = view.space.index(state)
    group = tuple(sorted(set(members)))
    deterred = []
    leaves = None
    for moves in _joint_improvements(view, state, group):
        found = None if concept == "nash" else _sanction(view, state, group, moves, concept)
        if found is not None:
            deterred.append(found)
        elif leaves is None:
            leaves = moves
    if stable is not None and bool(stable[place]) != (leaves is None):
        raise ModelError(
            f"the two ways to compute {COALITION_TITLES[concept]} for a coalition disagree on state {state}; "
            "please report this model as a defect of Parley."
        )
    return JointReason(group, state, concept, leaves, tuple(deterred))


def joint_sentence(solution: Solution, reason: JointReason) -> str:
    """Put a reason into words."""
    conflict = solution.conflict
    names = conflict.names()
    who = listed([names[member] for member in reason.members])
    here = label(conflict, reason.state)
    if reason.leaves is not None:
        without = "" if reason.concept == "nash" else ", and no sanction meets that"
        return (
            f"{who} together would leave: {_steps(solution, reason.state, _alone(reason.leaves))}, and they get "
            f"{label(conflict, reason.leaves[-1][1])}, which each of them prefers{without}."
        )
    if not reason.deterred:
        return f"{who} together stay: nothing that they can reach together is better for each of them."
    trapped = ", and they have no way out of that which each of them prefers" if reason.concept == "smr" else ""
    parts = [
        f"if {_steps(solution, reason.state, _alone(item.moves))}, "
        f"then {_steps(solution, item.target, item.sanction)}, which ends in "
        f"{label(conflict, item.sanction[-1][1])}, no better for {names[item.spoiled]} than {here}{trapped}"
        for item in reason.deterred
    ]
    return f"{who} together stay: {'; '.join(parts)}."


def _alone(moves: Sequence[Move]) -> tuple[JointStep, ...]:
    return tuple(((mover,), after) for mover, after in moves)


def _steps(solution: Solution, before: int, steps: Sequence[JointStep]) -> str:
    names = solution.conflict.names()
    parts = []
    for movers, after in steps:
        who = listed([names[mover] for mover in movers])
        together = " together make the move that" if len(movers) > 1 else ""
        parts.append(f"{who}{together} {change(solution.conflict, before, after)}")
        before = after
    return ", then ".join(parts)


def _all_prefer(view: View, members: Sequence[int], reached: int, state: int) -> bool:
    return all(view.rank(member, reached) > view.rank(member, state) for member in members)


def _joint_improvements(view: View, state: int, members: Sequence[int]) -> list[tuple[Move, ...]]:
    """Return a shortest way to each joint improvement, the short ones first, then by the state reached."""
    ways: dict[int, tuple[Move, ...]] = {}
    for moves in view.sequences(state, members, view.moves):
        reached = moves[-1][1]
        if _all_prefer(view, members, reached, state):
            ways.setdefault(reached, moves)
    return sorted(ways.values(), key=lambda moves: (len(moves), moves[-1][1]))


def _sanction(view: View, state: int, members: Sequence[int], moves: tuple[Move, ...], concept: str) -> Deterred | None:
    outside = [maker for maker in range(len(view.cubes)) if maker not in members]
    target = moves[-1][1]
    for steps in _answers(view, target, outside, concept):
        end = steps[-1][1]
        spoiled = next((member for member in members if view.rank(member, end) <= view.rank(member, state)), None)
        if spoiled is None:
            continue
        if concept == "smr" and any(
            _all_prefer(view, members, out, state) for out in view.reached(end, members, view.moves)
        ):
            continue
        return Deterred(target, moves, steps, spoiled)
    return None


def _answers(view: View, start: int, outside: Sequence[int], concept: str) -> Iterator[tuple[JointStep, ...]]:
    """Yield what the others can do after ``start``, the short sequences first."""
    if concept != "cseq":
        step = view.improvements if concept == "seq" else view.moves
        for moves in view.sequences(start, outside, step):
            yield _alone(moves)
        return
    groups = [group for size in range(1, len(outside) + 1) for group in itertools.combinations(outside, size)]
    queue: deque[tuple[JointStep, ...]] = deque([()])
    seen: set[JointStep] = set()
    while queue:
        steps = queue.popleft()
        last, state = steps[-1] if steps else ((), start)
        for group in groups:
            if group == last:
                continue
            for way in _joint_improvements(view, state, group):
                step_made = (group, way[-1][1])
                if step_made not in seen:
                    seen.add(step_made)
                    yield (*steps, step_made)
                    queue.append((*steps, step_made))
