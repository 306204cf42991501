"""The states of a conflict and who may move between them, as arrays.

A state is the sum of ``2**option`` over the options taken (options counted from 0 in the order of the model).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.conflict.expressions import read_pattern, write_pattern
from parley.conflict.model import OPTION_LIMIT, Conflict
from parley.errors import ModelError

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rule:
    """Moves that are blocked: ``by`` a decision maker's number (None: any), out of one (mask, value) into another."""

    by: int | None
    before: tuple[int, int]
    after: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """States and moves of a conflict.

    Attributes:
        count: number of options.
        masks: for each decision maker the sum of ``2**option`` over its options.
        forward: mask of options that can only be taken.
        back: mask of options that can only be dropped.
        feasible: ``(2**count,)`` bool.
        states: ``(n_states,)`` decimal numbers of the feasible states, ascending.
        rules: blocked moves.
    """

    count: int
    masks: tuple[int, ...]
    forward: int
    back: int
    feasible: Bools
    states: Ints
    rules: tuple[Rule, ...] = ()

    def whole(self) -> bool:
        """Tell whether every state is feasible."""
        return len(self.states) == len(self.feasible)

    def transitive(self) -> bool:
        """Tell whether two moves of one decision maker in a row always amount to one move (no blocked moves)."""
        return not self.rules

    def index(self, state: int) -> int:
        """Return the place of a state among the feasible ones. Raises ModelError where it is not feasible."""
        if not 0 <= state < len(self.feasible) or not self.feasible[state]:
            raise ModelError(f"state {state} is not feasible; choose one of the {len(self.states)} feasible states.")
        return int(np.searchsorted(self.states, state))

    def pattern(self, state: int) -> str:
        """Write a state as a full pattern."""
        return write_pattern((1 << self.count) - 1, state, self.count)

    def may_move(self, maker: int, before: int, after: int) -> bool:
        """Tell whether a decision maker can move from one feasible state to another in one step."""
        changed = before ^ after
        if not changed or changed & ~self.masks[maker] or not (self.feasible[before] and self.feasible[after]):
            return False
        if changed & self.forward & before or changed & self.back & after:
            return False
        return not any(
            rule.by in (None, maker)
            and before & rule.before[0] == rule.before[1]
            and after & rule.after[0] == rule.after[1]
            for rule in self.rules
        )

    def moves(self, maker: int, state: int) -> list[int]:
        """Return the states to which a decision maker can move from a state, ascending."""
        found = []
        mask = self.masks[maker]
        part = mask
        while part:
            if self.may_move(maker, state, state ^ part):
                found.append(state ^ part)
            part = (part - 1) & mask
        return sorted(found)


def make_space(
    count: int,
    masks: tuple[int, ...],
    *,
    infeasible: tuple[tuple[int, int], ...] = (),
    forward: int = 0,
    back: int = 0,
    rules: tuple[Rule, ...] = (),
) -> Space:
    """Build a space from masks. ``infeasible`` holds (mask, value) pairs.

    Raises:
        ModelError: too many options, or no state is left.
    """
    if count > OPTION_LIMIT:
        raise ModelError(
            f"{count} options make {2**count:,} states and Parley solves up to {OPTION_LIMIT} options; "
            f"join options that are always taken together, or leave out those that decide nothing."
        )
    cells = np.arange(1 << count, dtype=np.int32)
    feasible = np.ones(1 << count, dtype=bool)
    for mask, value in infeasible:
        feasible &= (cells & mask) != value
    states = cells[feasible]
    if not len(states):
        raise ModelError(
            "no state is feasible: the infeasible patterns rule out every one; take out the pattern that goes too far."
        )
    return Space(count, masks, forward, back, feasible, states, rules)


def space_of(conflict: Conflict) -> Space:
    """Build the space of a model that ``checks.check`` has passed. Raises ModelError as ``make_space`` does."""
    count = len(conflict.options)
    names = list(conflict.names())
    masks = [0] * len(names)
    forward = back = 0
    for place, option in enumerate(conflict.options):
        masks[names.index(option.of)] |= 1 << place
        forward |= (option.moves == "only taken") << place
        back |= (option.moves == "only dropped") << place
    infeasible = tuple(read_pattern(item.pattern, count) for item in conflict.infeasible)
    rules = tuple(
        Rule(
            None if rule.by is None else names.index(rule.by),
            read_pattern(rule.before, count),
            read_pattern(rule.after, count),
        )
        for rule in conflict.blocked
    )
    return make_space(count, tuple(masks), infeasible=infeasible, forward=forward, back=back, rules=rules)


def spread_out(space: Space, values: NDArray[np.integer[Any]], fill: int) -> Ints:
    """Lay values of the feasible states, shape ``(n_states,)``, out over all ``2**count`` states, others ``fill``."""
    if space.whole():
        return np.ascontiguousarray(values, dtype=np.int32)
    cube = np.full(len(space.feasible), fill, dtype=np.int32)
    cube[space.states] = values
    return cube
