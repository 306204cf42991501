"""States, moves and stabilities in words."""

from __future__ import annotations

from collections.abc import Sequence

from parley.conflict.model import Conflict

DRAFT = (
    "Still a draft: the program suggested this model and nobody has checked it. Correct the file, then take out its "
    'line status = "draft".'
)
"""Said wherever the answers of a model are shown that is as the program suggested it."""


def taken(conflict: Conflict, state: int) -> tuple[str, ...]:
    """Return the names of the options that a state takes, in the order of the model."""
    return tuple(option.name for place, option in enumerate(conflict.options) if state >> place & 1)


def label(conflict: Conflict, state: int) -> str:
    """Name a state: "state 5 (Modify, Accept)", or "state 0 (nothing taken)"."""
    return f"state {state} ({', '.join(taken(conflict, state)) or 'nothing taken'})"


def by_maker(conflict: Conflict, state: int) -> tuple[tuple[str, str], ...]:
    """Say for each decision maker what it does in a state: (name, "Modify; not Delay")."""
    rows = []
    for maker in conflict.decision_makers:
        parts = [
            option.name if state >> place & 1 else f"not {option.name}"
            for place, option in enumerate(conflict.options)
            if option.of == maker.name
        ]
        rows.append((maker.name, "; ".join(parts)))
    return tuple(rows)


def change(conflict: Conflict, before: int, after: int) -> str:
    """Say what a move does: "takes Modify and drops Delay"."""
    parts = []
    for word, here, there in (("takes", before, after), ("drops", after, before)):
        names = [
            option.name.removeprefix(f"{option.of}: ")
            for place, option in enumerate(conflict.options)
            if there & ~here & (1 << place)
        ]
        if names:
            parts.append(f"{word} {listed(names)}")
    return " and ".join(parts) or "does nothing"


def many(count: int, what: str) -> str:
    """Return a count with its noun: "1 option", "1,024 feasible states"."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def listed(names: Sequence[str]) -> str:
    """Join names as a sentence does: "A", "A and B", "A, B and C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
