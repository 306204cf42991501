"""What a process of its own does for a model's page: solves it, and brings tables and drawings back."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from parley.analysis.section import Section
from parley.desk.worker import Tell

__all__ = ["Solved", "solve_bargain", "solve_conflict"]


@dataclass(frozen=True, slots=True)
class Solved:
    """A model's answers; ``changes`` compare the measures of a bargain as the file has it with the sliders' one."""

    section: Section
    changes: tuple[tuple[str, float, float], ...] = ()
    pulled: tuple[str, ...] = ()


def solve_conflict(tell: Tell, text: str, name: str) -> Solved:
    """Solve a conflict model. Raises ModelError where it is wrong."""
    from parley.bridge.sections import conflict_section

    tell("Working out the states and what is stable in them.")
    with tempfile.TemporaryDirectory(prefix="parley-desk-") as folder:
        place = Path(folder) / name
        place.write_text(text, encoding="utf-8")
        return Solved(conflict_section(place))


def solve_bargain(tell: Tell, text: str, name: str, shares: Mapping[str, float], values: Mapping[str, float]) -> Solved:
    """Solve a bargain with levers pulled part of the way (0 to 1) and numbers set by path.

    Raises ModelError where the file is wrong, UnknownName for a lever or number that it lacks.
    """
    from parley.bargaining.questions import compare
    from parley.bargaining.toml import loads
    from parley.bargaining.values import apply_levers, with_values
    from parley.bargaining.write import dumps
    from parley.bridge.sections import bargain_section

    tell("Reading the scenario.")
    base = loads(text, name=name)
    changed = with_values(base, values) if values else base
    pulled = []
    for lever, share in shares.items():
        changed = apply_levers(changed, [lever], share=share)
        pulled.append(f"{lever}: {share:.0%}")
    pulled += [f"{path}: {value:g}" for path, value in values.items()]
    changes: tuple[tuple[str, float, float], ...] = ()
    if pulled:
        tell("Solving it as the file has it, and with the sliders.")
        changes = tuple((item.measure, item.first, item.second) for item in compare(base, changed))
    tell("Solving it, and drawing.")
    with tempfile.TemporaryDirectory(prefix="parley-desk-") as folder:
        place = Path(folder) / name
        place.write_text(dumps(changed) if pulled else text, encoding="utf-8")
        return Solved(bargain_section(place), changes, tuple(pulled))
