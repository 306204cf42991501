"""How a conflict may evolve from its status quo: what can be reached, by which shortest path, which paths are likely.

Three kinds of step: *moves* (anything a decision maker can do), *improvements* (it prefers what it gets) and *best*
(it takes its most preferred improvement). Nobody moves twice in a row. A path of best improvements that ends where
nobody would move is the likeliest that a ranking can tell; the ranking knows no probabilities, and none are claimed.
Li, Kilgour and Hipel, Journal of the Operational Research Society 56 (2005), on status quo analysis.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from parley.conflict.solve import Solution
from parley.conflict.view import Steps, View
from parley.conflict.words import change, label
from parley.errors import ModelError

By = Literal["moves", "improvements", "best"]
KINDS: tuple[By, ...] = ("moves", "improvements", "best")


@dataclass(frozen=True, slots=True)
class Step:
    """One decision maker's move along a path."""

    maker: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Path:
    """A way from the start to ``end``; no steps where it is the start itself."""

    end: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Evolution:
    """What can be reached from a state by one kind of step.

    ``paths`` holds a shortest path to each state reached, the start included, by number. ``resting`` are the states
    reached at which nobody has a step of that kind.
    """

    start: int
    by: By
    paths: dict[int, Path]
    resting: tuple[int, ...]


def evolve(solution: Solution, *, start: int | None = None, by: By = "moves") -> Evolution:
    """Follow a conflict from ``start`` (the model's status quo if None) by one kind of step.

    Of several shortest paths the one whose movers come first in the model, then with the lowest states, is given.

    Raises:
        ModelError: no start is given and the model has no status quo, the start is infeasible, or ``by`` is unknown.
    """
    begin = solution.status_quo() if start is None else start
    if begin is None:
        raise ModelError('the model names no status quo; add status_quo = "..." with Y or N for each option.')
    solution.space.index(begin)
    step = _step(solution, by)
    makers = range(len(solution.space.masks))
    paths = {begin: Path(begin, ())}
    seen: set[tuple[int, int]] = set()
    queue: deque[tuple[int, int | None, tuple[Step, ...]]] = deque([(begin, None, ())])
    while queue:
        state, last, steps = queue.popleft()
        for maker in makers:
            if maker == last:
                continue
            for reached in step(maker, state):
                if (maker, reached) in seen:
                    continue
                seen.add((maker, reached))
                path = (*steps, Step(maker, state, reached))
                paths.setdefault(reached, Path(reached, path))
                queue.append((reached, maker, path))
    resting = tuple(state for state in sorted(paths) if not any(step(maker, state) for maker in makers))
    return Evolution(begin, by, dict(sorted(paths.items())), resting)


def likely_paths(
    solution: Solution, *, start: int | None = None, ends: Iterable[int] | None = None
) -> tuple[Path, ...]:
    """Return for each end the likeliest way to it: by best improvements, else by any improvements, else none.

    ``ends`` are the states that matter (the resting states of the two kinds if None). Shortest paths come first.
    """
    found: dict[int, Path] = {}
    for by in ("best", "improvements"):
        evolution = evolve(solution, start=start, by=by)
        for end in sorted(set(evolution.resting if ends is None else ends)):
            if end in evolution.paths:
                found.setdefault(end, evolution.paths[end])
    return tuple(sorted(found.values(), key=lambda path: (len(path.steps), path.end)))


def path_words(solution: Solution, path: Path) -> str:
    """Say a path in words: "Uniroyal takes Accept (state 4 ...), then ..."."""
    if not path.steps:
        return f"already there: {label(solution.conflict, path.end)}"
    names = solution.conflict.names()
    parts = [
        f"{names[step.maker]} {change(solution.conflict, step.before, step.after)} "
        f"({label(solution.conflict, step.after)})"
        for step in path.steps
    ]
    return ", then ".join(parts)


def _step(solution: Solution, by: By) -> Steps:
    view = View(solution.space, solution.ranks)

    def best(maker: int, state: int) -> list[int]:
        found = view.improvements(maker, state)
        top = max((view.rank(maker, reached) for reached in found), default=0)
        return [reached for reached in found if view.rank(maker, reached) == top]

    if by == "moves":
        return view.moves
    if by == "improvements":
        return view.improvements
    if by == "best":
        return best
    raise ModelError(f"there is no kind of step {by!r}; choose among {', '.join(KINDS)}.")
