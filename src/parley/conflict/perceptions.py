"""What one decision maker perceives of a conflict: which states, and which preferences of others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from parley.conflict.expressions import read_pattern
from parley.conflict.model import DecisionMaker, Perception
from parley.conflict.preferences import order
from parley.conflict.states import Bools, Ints
from parley.errors import ModelError


def perceived(view: Perception, options: Sequence[str], states: Ints) -> Bools:
    """Tell which of the feasible states a decision maker believes possible."""
    seen = np.ones(len(states), dtype=bool)
    for pattern in view.infeasible:
        mask, value = read_pattern(pattern, len(options))
        seen &= (states & mask) != value
    for place, name in enumerate(options):
        if name in view.unaware:
            seen &= (states >> place & 1) == 0
    return seen


def believed(other: DecisionMaker, options: Sequence[str], states: Ints, seen: Bools) -> Ints:
    """Rank the perceived states as somebody believes that another does.

    The preference may cover all feasible states, or just the perceived ones. Raises ModelError where it does neither.
    """
    try:
        return order(other, options, states).ranks[seen]
    except ModelError:
        return order(other, options, states[seen]).ranks
