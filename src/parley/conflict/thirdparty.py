"""What a third party could add to make a wanted state stable: a guarantee, a cost, or an option of its own.

- A *guarantee* makes a move impossible: an option that the wanted state takes cannot be dropped any more, or one that
  it leaves cannot be taken.
- A *cost* falls on one decision maker for taking (or dropping) an option contrary to the wanted state: every state in
  which it does so becomes worse for it than the wanted state.
- An *option* is a new one, in the hands of the third party, who takes it when the wanted state is left and not in it;
  while it is taken, one decision maker likes every state less than any without it.

Each amended model is solved; what is reported works in it. Single measures are tried first, then pairs of measures.
The three forms are ours; what they cost the third party, and whether anybody believes it, no model of this kind says.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from parley.conflict.model import OPTION_LIMIT
from parley.conflict.solve import Solution
from parley.conflict.stability import CONCEPTS, stability
from parley.conflict.states import Ints, Space
from parley.conflict.words import label
from parley.errors import ModelError


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that a third party adds. ``option`` is a place in the model (None for a new option)."""

    kind: Literal["guarantee", "cost", "option"]
    maker: int  # whose moves or wishes it bears on
    option: int | None


@dataclass(frozen=True, slots=True)
class Package:
    """Measures that together make the wanted state an equilibrium, in words."""

    measures: tuple[Measure, ...]
    words: str


def what_would_help(solution: Solution, *, state: int, concept: str, most: int = 2) -> tuple[Package, ...]:
    """Return the smallest packages of measures (up to ``most``) that make a state an equilibrium; () where none do.

    A state that is an equilibrium already needs nothing: the answer is one empty package.

    Raises:
        ModelError: the state is infeasible or the concept unknown.
    """
    if concept not in CONCEPTS:
        raise ModelError(f"there is no concept {concept!r}; choose among {', '.join(CONCEPTS)}.")
    place = solution.space.index(state)
    now = stability(solution.space, solution.ranks, concepts=(concept,))[concept][:, place]
    if now.all():
        return (Package((), f"{label(solution.conflict, state)} needs no help: it is an equilibrium already"),)
    measures = _measures(solution, np.flatnonzero(~now))
    for size in range(1, most + 1):
        found = [group for group in itertools.combinations(measures, size) if _works(solution, state, group, concept)]
        if found:
            return tuple(Package(group, _words(solution, state, group)) for group in found)
    return ()


def _measures(solution: Solution, leavers: Sequence[int] | np.ndarray[tuple[int], np.dtype[np.intp]]) -> list[Measure]:
    """List what could bear on those who would leave the wanted state."""
    found = []
    for maker in map(int, leavers):
        own = [place for place in range(solution.space.count) if solution.space.masks[maker] >> place & 1]
        found += [Measure("guarantee", maker, place) for place in own]
        found += [Measure("cost", maker, place) for place in own]
        if solution.space.count < OPTION_LIMIT:
            found.append(Measure("option", maker, None))
    return sorted(
        found, key=lambda item: (["guarantee", "cost", "option"].index(item.kind), item.maker, item.option or 0)
    )


def _works(solution: Solution, state: int, group: Sequence[Measure], concept: str) -> bool:
    space, ranks = solution.space, solution.ranks.copy()
    for measure in group:
        if measure.kind == "guarantee" and measure.option is not None:
            space = _guaranteed(space, state, measure.option)
        elif measure.kind == "cost" and measure.option is not None:
            ranks = _costly(space, ranks, state, measure.maker, measure.option)
    for measure in group:
        if measure.kind == "option":
            space, ranks = _watched(space, ranks, state, measure.maker)
    stable = stability(space, ranks, concepts=(concept,))[concept]
    return bool(stable[:, space.index(state)].all())


def _guaranteed(space: Space, state: int, option: int) -> Space:
    bit = 1 << option
    if state & bit:
        return replace(space, forward=space.forward | bit, back=space.back & ~bit)
    return replace(space, back=space.back | bit, forward=space.forward & ~bit)


def _costly(space: Space, ranks: Ints, state: int, maker: int, option: int) -> Ints:
    """Put every state that differs from the wanted one in the option below it, keeping the order otherwise."""
    result = ranks.copy()
    differs = ((space.states ^ state) >> option & 1).astype(bool)
    level = result[maker, space.index(state)]
    span = int(result[maker].max()) + 1
    result[maker] = np.where(differs & (result[maker] >= level), result[maker] - span, result[maker])
    return result


def _watched(space: Space, ranks: Ints, state: int, maker: int) -> tuple[Space, Ints]:
    """Add a third party with one option; without it the conflict is the old one."""
    bit = 1 << space.count
    feasible = np.concatenate([space.feasible, space.feasible])
    states = np.concatenate([space.states, space.states + bit]).astype(np.int32)
    wider = replace(
        space, count=space.count + 1, masks=(*space.masks, bit), feasible=feasible, states=states, rules=space.rules
    )
    acting = states >= bit
    span = int(ranks.max()) - int(ranks.min()) + 1
    rows = [np.concatenate([row, row]) for row in ranks]
    rows[maker] = rows[maker] - np.where(acting, span, 0)
    third = (((states & (bit - 1)) != state) == acting).astype(np.int32)
    return wider, np.stack([*rows, third]).astype(np.int32)


def _words(solution: Solution, state: int, group: Sequence[Measure]) -> str:
    conflict = solution.conflict
    parts = []
    for measure in group:
        name = conflict.names()[measure.maker]
        if measure.option is None:
            left = label(conflict, state)
            parts.append(f"an option of a third party, taken whenever {left} is left, that {name} minds most of all")
            continue
        option = conflict.options[measure.option].name
        kept = state >> measure.option & 1
        if measure.kind == "guarantee":
            parts.append(f"a guarantee that {name} does not {'drop' if kept else 'take'} {option}")
        else:
            parts.append(f"a cost to {name} for {'dropping' if kept else 'taking'} {option} that outweighs its gain")
    return "; and ".join(parts)
