"""Attributions: who (source) is tied by which words (cue) to what is said (content), each as spans of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from parley.reading.local.model import Floats, Model, Seen
from parley.reading.local.tags import ATTRIBUTION_TAGS, best_path, spans
from parley.reading.local.windows import Window, windows
from parley.reading.sentences import paragraphs
from parley.records import Span

Place = tuple[int, int]
"""First and last piece of a span, counted in the window with its end marks."""
RUN_FROM = 0.1
"""Share of a pointer's peak that the pieces beside it need to belong to the words it means."""
JOINED_FROM = 0.4
"""Probability of the cue from which contents that share it are parts of one attribution (chosen on PolNeAR dev)."""
SOURCE_FROM = 0.5
"""Chance of a source over that of "none" from which a content has it (chosen on PolNeAR dev)."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution. A role may have several parts (a quotation broken by "he said") or none."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def parts(seen: Seen) -> dict[str, list[Place]]:
    """Return the parts of attributions that the tagger sees in a window, by role, in order."""
    found: dict[str, list[Place]] = {"source": [], "cue": [], "content": []}
    for role, first, last in spans(best_path(seen.attributions[1:-1], ATTRIBUTION_TAGS), ATTRIBUTION_TAGS):
        found[role].append((first + 1, last + 1))
    return found


def characters(window: Window, place: Place) -> Span:
    """Return the characters that the pieces of a place cover."""
    return Span(window.pieces[place[0] - 1].start, window.pieces[place[1] - 1].end)


def pointed(points: Floats, places: Sequence[Place], *, least: float = 1.0) -> tuple[int | None, float]:
    """Return which of *places* one row of a pointer means and how surely; None: it means none of them.

    A place needs *least* times the chance of "none".
    """
    none = float(points[0])
    if not places:
        return None, none
    # sums from each first piece up to the one after the last, and (every second one) from there on, which are left
    mass = np.add.reduceat(points, [edge for first, last in places for edge in (first, last + 1)])[::2]
    best = int(mass.argmax())
    sure = float(mass[best])
    return (best, sure) if sure > least * none else (None, none)


def pointed_run(points: Floats, places: Sequence[Place]) -> list[Place]:
    """Return the run of pieces that a pointer means most, unless one of *places* holds its peak."""
    peak = int(points[1:-1].argmax()) + 1
    if any(first <= peak <= last for first, last in places):
        return []
    first = last = peak
    while first > 1 and points[first - 1] >= RUN_FROM * points[peak]:
        first -= 1
    while last < len(points) - 2 and points[last + 1] >= RUN_FROM * points[peak]:
        last += 1
    return [(first, last)]


def find_attributions(text: str, model: Model, kept: Sequence[Span] | None = None) -> list[Attribution]:
    """Return the attributions of *text* in order of their content; *kept* are the paragraphs to read, all if None."""
    found: list[Attribution] = []
    for window in windows(text, list(paragraphs(text)) if kept is None else kept, model.vocabulary):
        seen = model.see(window.ids)
        roles = parts(seen)
        if roles["content"]:
            found += _linked(window, seen, roles, model)
    return found


def _linked(window: Window, seen: Seen, roles: dict[str, list[Place]], model: Model) -> list[Attribution]:
    (linked,) = model.link([(seen.states, roles["content"])])
    groups: dict[object, tuple[int | None, int | None, list[Place]]] = {}
    for row, content in enumerate(roles["content"]):
        source, _ = pointed(linked.points["source"][row], roles["source"], least=SOURCE_FROM)
        cue, sure = pointed(linked.points["cue"][row], roles["cue"])
        key = ("cue", cue) if cue is not None and sure >= JOINED_FROM else ("alone", row)
        groups.setdefault(key, (source, cue, []))[2].append(content)
    return [
        Attribution(
            () if source is None else (characters(window, roles["source"][source]),),
            () if cue is None else (characters(window, roles["cue"][cue]),),
            tuple(characters(window, content) for content in contents),
        )
        for source, cue, contents in groups.values()
    ]
