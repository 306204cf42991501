"""Why a state is stable or not: the improvement that nobody punishes, or the sanction that deters, state by state.

The search here follows the definitions in ``stability`` one state at a time and shares no code with the arrays, so each
explanation also checks the engine: where the two disagree, ``explain`` says so by an error.
"""

from __future__ import annotations

from dataclasses import dataclass

from parley.conflict.foresight import Foresight, far_reason, far_sentence
from parley.conflict.solve import Solution
from parley.conflict.stability import TITLES
from parley.conflict.view import Sanction, View
from parley.conflict.words import change, label, listed
from parley.errors import ModelError


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a state is stable or not for one decision maker under one concept.

    ``unpunished`` is the best improvement that no sanction meets; ``sanctions`` holds one for each improvement that is
    deterred, the shortest. A stable state without sanctions has no improvement.
    """

    maker: int
    state: int
    concept: str
    stable: bool
    unpunished: int | None
    sanctions: tuple[Sanction, ...]


def explain(solution: Solution, *, state: int, maker: int, concept: str) -> Reason:
    """Say why a state is stable or not for a decision maker under a concept of ``stability.CONCEPTS``.

    Raises:
        ModelError: the state is infeasible, or there is no such concept.
    """
    if concept not in TITLES:
        raise ModelError(f"there is no concept {concept!r}; choose among {', '.join(TITLES)}.")
    place = solution.space.index(state)
    view = View(solution.space, solution.ranks)
    improvements = view.improvements(maker, state)
    sanctions = []
    unpunished = None
    for target in sorted(improvements, key=lambda reached: (-view.rank(maker, reached), reached)):
        sanction = None if concept == "nash" else view.sanction(maker, state, target, concept)
        if sanction is not None:
            sanctions.append(sanction)
        elif unpunished is None:
            unpunished = target
    reason = Reason(maker, state, concept, unpunished is None, unpunished, tuple(sanctions))
    if concept in solution.stable and bool(solution.stable[concept][maker, place]) != reason.stable:
        raise ModelError(
            f"the two ways to compute {TITLES[concept]} disagree on {label(solution.conflict, state)}; "
            "please report this model as a defect of Parley."
        )
    return reason


def why(solution: Solution, *, state: int, concept: str, foresight: Foresight | None = None) -> tuple[str, ...]:
    """Say in a sentence for each decision maker why a state is stable or not, under any concept that ``solve`` takes.

    ``foresight`` may be handed in where several states are asked about, so that play is looked at only once.
    """
    makers = range(len(solution.space.masks))
    if concept not in TITLES:
        ahead = foresight or Foresight(solution)
        reasons = [far_reason(ahead, state=state, maker=maker, concept=concept) for maker in makers]
        return tuple(far_sentence(solution, reason) for reason in reasons)
    return tuple(sentence(solution, explain(solution, state=state, maker=maker, concept=concept)) for maker in makers)


def sentence(solution: Solution, reason: Reason) -> str:
    """Put a reason into words."""
    conflict = solution.conflict
    name = conflict.names()[reason.maker]
    if reason.unpunished is not None:
        without = "" if reason.concept == "nash" else ", and no sanction meets that"
        return (
            f"{name} would leave: it {change(conflict, reason.state, reason.unpunished)} "
            f"and gets {label(conflict, reason.unpunished)}, which it prefers{without}."
        )
    if not reason.sanctions:
        return f"{name} stays: no move of its own leads to anything that it prefers."
    parts = [_deterrent(solution, reason, sanction) for sanction in reason.sanctions]
    return f"{name} stays: {'; '.join(parts)}."


def _deterrent(solution: Solution, reason: Reason, sanction: Sanction) -> str:
    conflict = solution.conflict
    names = conflict.names()
    steps = []
    before = sanction.improvement
    for mover, after in sanction.moves:
        start = reason.state if reason.concept == "sim" else before
        steps.append(f"{names[mover]} {change(conflict, start, after)}")
        before = after
    if_it = f"if it {change(conflict, reason.state, sanction.improvement)}"
    how = "at the same time " + listed(steps) if reason.concept == "sim" else ", then ".join(steps)
    trapped = ", and it has no better way out of that" if reason.concept in ("smr", "sseq") else ""
    end = label(conflict, sanction.result)
    return f"{if_it}, {how}, which ends in {end}, no better for it than {label(conflict, reason.state)}{trapped}"
