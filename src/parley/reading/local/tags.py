"""Tags a word piece can carry (BIOES), and the best sequence of them (Viterbi 1967)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

ROLES = ("source", "cue", "content")
"""Parts of an attribution (Newell, Margolin and Ruths 2018)."""


def _tags(roles: Sequence[str]) -> tuple[str, ...]:
    return ("O", *(f"{mark}-{role}" for role in roles for mark in "BIES"))


ATTRIBUTION_TAGS = _tags(ROLES)
STATEMENT_TAGS = _tags(("statement",))

Floats = npt.NDArray[np.float32]


def spell(role: str, length: int) -> list[str]:
    """Return the tags of one span of *length* pieces."""
    if length == 1:
        return [f"S-{role}"]
    return [f"B-{role}", *[f"I-{role}"] * (length - 2), f"E-{role}"]


@cache
def allowed(tags: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Return which tag may follow which: ``[before, after]``."""
    table = np.zeros((len(tags), len(tags)), bool)
    for i, before in enumerate(tags):
        for j, after in enumerate(tags):
            if before[0] in "OES":
                table[i, j] = after[0] in "OBS"
            else:
                table[i, j] = after[0] in "IE" and before[2:] == after[2:]
    return table


def best_path(scores: Floats, tags: tuple[str, ...]) -> list[int]:
    """Return the best allowed sequence of tags. *scores*: log-probabilities ``[pieces, tags]``; ties: lower tag."""
    if not len(scores):
        return []
    steps = np.where(allowed(tags), 0.0, -1e9)
    opens = np.array([0.0 if tag[0] in "OBS" else -1e9 for tag in tags])
    closes = np.array([0.0 if tag[0] in "OES" else -1e9 for tag in tags])
    total = scores[0].astype(np.float64) + opens
    back = np.zeros(scores.shape, np.int64)
    for at in range(1, len(scores)):
        options = total[:, None] + steps
        back[at] = options.argmax(0)
        total = options[back[at], np.arange(len(tags))] + scores[at]
    path = [int((total + closes).argmax())]
    for at in range(len(scores) - 1, 0, -1):
        path.append(int(back[at, path[-1]]))
    return path[::-1]


def spans(path: Sequence[int], tags: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return (role, first piece, last piece) of the spans that a path of tags spells."""
    found: list[tuple[str, int, int]] = []
    start = 0
    for at, number in enumerate(path):
        mark, _, role = tags[number].partition("-")
        if mark in ("B", "S"):
            start = at
        if mark in ("E", "S"):
            found.append((role, start, at))
    return found
