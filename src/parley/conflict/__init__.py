"""Conflicts by the graph model: who can move where, who prefers what, what is stable and what would have to change.

The door of the room: write a model (``load``, ``loads``, ``dumps``), ``solve`` it, ask why and what if.
"""

from __future__ import annotations

from parley.conflict.model import (
    Because,
    Blocked,
    Conflict,
    DecisionMaker,
    Infeasible,
    Option,
    Payoffs,
    Perception,
    Preference,
    Prioritised,
    Ranking,
)
from parley.conflict.solve import CONCEPTS, Solution, frequencies, solve
from parley.conflict.toml import load, loads
from parley.conflict.toml_writer import dumps

__all__ = [
    "CONCEPTS",
    "Because",
    "Blocked",
    "Conflict",
    "DecisionMaker",
    "Infeasible",
    "Option",
    "Payoffs",
    "Perception",
    "Preference",
    "Prioritised",
    "Ranking",
    "Solution",
    "dumps",
    "frequencies",
    "load",
    "loads",
    "solve",
]
