"""Why a state holds or not when everybody looks ahead: limited moves (L_h) and non-myopic stability, in play.

As in ``view``, the search follows the definitions of ``horizon`` state by state and shares no code with its arrays.
With k moves left after somebody moved, ``end`` says where a decision maker expects play to end; ``goes`` says where it
would go itself with k moves left. Both are built up from k = 0, where play ends at once.
"""

from __future__ import annotations

from dataclasses import dataclass

from parley.conflict.solve import Solution, title
from parley.conflict.view import Move, View
from parley.conflict.words import change, label
from parley.errors import ModelError

_Ends = dict[tuple[int, int, int], int]  # whose expectation, who moved last, state: where play ends
_Goes = dict[tuple[int, int], int]  # who, state: where it goes, the state itself if it stays


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a decision maker expects after a move of its own: the moves that follow, and where play ends."""

    target: int
    moves: tuple[Move, ...]
    end: int


@dataclass(frozen=True, slots=True)
class FarReason:
    """Why a state is stable or not for one decision maker who looks ahead.

    ``horizon`` is the number of moves looked at. ``leaves`` is the move that it makes, None where it stays.
    ``deterred`` holds for each improvement that does not pay what it expects instead. ``period`` is None for limited
    moves; for non-myopic stability it is 1 where nothing changes from ``horizon`` on, else the length of the cycle.
    """

    maker: int
    state: int
    concept: str
    horizon: int
    period: int | None
    leaves: Outlook | None
    deterred: tuple[Outlook, ...]


class Foresight:
    """Play from every state of a solved model, as far ahead as somebody asks."""

    def __init__(self, solution: Solution) -> None:
        self.solution = solution
        self.view = View(solution.space, solution.ranks)
        self.states = [int(state) for state in solution.space.states]
        self.makers = range(len(solution.space.masks))
        self._ends: list[_Ends] = []
        self._goes: list[_Goes] = [{}]
        self._cycle: tuple[int, int] | None = None

    def goes(self, maker: int, state: int, left: int) -> int:
        """Return where a decision maker goes with so many moves left (1 or more); the state itself if it stays."""
        self._look(left)
        return self._goes[left][maker, state]

    def outlook(self, maker: int, target: int, left: int) -> Outlook:
        """Return what a decision maker expects that has just moved to ``target``, with so many moves left."""
        self._look(left)
        moves: list[Move] = []
        last, state = maker, target
        while left:
            mover = self._next(maker, last, state, left)
            if mover is None:
                break
            last, state = mover, self._goes[left][mover, state]
            moves.append((last, state))
            left -= 1
        return Outlook(target, tuple(moves), state)

    def cycle(self, limit: int) -> tuple[int, int]:
        """Return the first horizon at which play has begun to repeat itself, and after how many it does so again."""
        if self._cycle is None:
            seen: dict[tuple[tuple[tuple[int, int, int], int], ...], int] = {}
            for left in range(limit + 1):
                self._look(left)
                key = tuple(sorted(self._ends[left].items()))
                if key in seen:
                    self._cycle = (seen[key] + 1, left - seen[key])
                    return self._cycle
                seen[key] = left
            raise ModelError(f"play had not settled after {limit} moves; ask for a limited horizon, such as l8.")
        return self._cycle

    def _look(self, left: int) -> None:
        if not self._ends:
            self._ends.append({(i, j, s): s for i in self.makers for j in self.makers for s in self.states})
        while len(self._ends) <= left:
            farther = len(self._ends)
            before = self._ends[-1]
            self._goes.append(
                {(maker, state): self._best(maker, state, before) for maker in self.makers for state in self.states}
            )
            ends: _Ends = {}
            for focal, last, state in before:
                mover = self._next(focal, last, state, farther)
                ends[focal, last, state] = (
                    state if mover is None else before[focal, mover, self._goes[farther][mover, state]]
                )
            self._ends.append(ends)

    def _best(self, maker: int, state: int, ends: _Ends) -> int:
        best, where = self.view.rank(maker, state), state
        for target in self.view.moves(maker, state):
            value = self.view.rank(maker, ends[maker, maker, target])
            if value > best:
                best, where = value, target
        return where

    def _next(self, focal: int, last: int, state: int, left: int) -> int | None:
        """Return who moves next as ``focal`` expects: of those who would, the one whose move ends worst for it."""
        worst: int | None = None
        found = None
        for mover in self.makers:
            reached = self._goes[left][mover, state]
            if mover == last or reached == state:
                continue
            value = self.view.rank(focal, self._ends[left - 1][focal, mover, reached])
            if worst is None or value < worst:
                worst, found = value, mover
        return found


def far_reason(foresight: Foresight, *, state: int, maker: int, concept: str) -> FarReason:
    """Say why a state is stable or not for a decision maker under "l2" and the like, or "nm".

    Raises:
        ModelError: the state is infeasible, there is no such concept, or the two ways to compute it disagree.
    """
    name = title(concept)
    solution = foresight.solution
    place = solution.space.index(state)
    period = None
    if concept == "nm":
        first, period = foresight.cycle(limit=1000)
        horizons = range(first, first + period)
    elif concept.startswith("l"):
        horizons = range(int(concept[1:]), int(concept[1:]) + 1)
    else:
        raise ModelError(f"{name} looks at no horizon; ask `explain` for it.")
    horizon = next((h for h in horizons if foresight.goes(maker, state, h) != state), horizons[0])
    target = foresight.goes(maker, state, horizon)
    leaves = None if target == state else foresight.outlook(maker, target, horizon - 1)
    deterred = tuple(
        outlook
        for improvement in foresight.view.improvements(maker, state)
        if foresight.view.rank(maker, (outlook := foresight.outlook(maker, improvement, horizon - 1)).end)
        <= foresight.view.rank(maker, state)
    )
    if concept in solution.stable and bool(solution.stable[concept][maker, place]) != (leaves is None):
        raise ModelError(
            f"the two ways to compute {name} disagree on {label(solution.conflict, state)}; "
            "please report this model as a defect of Parley."
        )
    return FarReason(maker, state, concept, horizon, period, leaves, deterred)


def far_sentence(solution: Solution, reason: FarReason) -> str:
    """Put a reason into words."""
    conflict = solution.conflict
    name = conflict.names()[reason.maker]
    ahead = f"looking {reason.horizon} move{'' if reason.horizon == 1 else 's'} ahead"
    if reason.period is not None:
        again = "or farther" if reason.period == 1 else f"and at every {reason.period} more"
        ahead = f"{ahead} {again}"
    if reason.leaves is not None:
        follows = _follows(solution, reason.leaves)
        then = f"expects that {follows}, which ends in" if follows else "expects to stay at"
        return (
            f"{name} would leave: {ahead}, it {change(conflict, reason.state, reason.leaves.target)} and {then} "
            f"{label(conflict, reason.leaves.end)}, which it prefers."
        )
    if not reason.deterred:
        return f"{name} stays: {ahead}, it finds no move of its own that ends in anything that it prefers."
    parts = [
        f"if it {change(conflict, reason.state, item.target)}, {_follows(solution, item)}, which ends in "
        f"{label(conflict, item.end)}, no better for it than {label(conflict, reason.state)}"
        for item in reason.deterred
    ]
    return f"{name} stays: {ahead}, {'; '.join(parts)}."


def _follows(solution: Solution, outlook: Outlook) -> str:
    names = solution.conflict.names()
    steps = []
    before = outlook.target
    for mover, after in outlook.moves:
        steps.append(f"{names[mover]} {change(solution.conflict, before, after)}")
        before = after
    return ", then ".join(steps)
