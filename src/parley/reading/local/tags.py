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
_NEVER = float("-inf")


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


@cache
def _ways(tags: tuple[str, ...]) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """Return groups of (tags that may stand before, tags that may follow each of them); each tag follows in one."""
    table = allowed(tags)
    groups: dict[tuple[int, ...], list[int]] = {}
    for after in range(len(tags)):
        groups.setdefault(tuple(np.flatnonzero(table[:, after]).tolist()), []).append(after)
    return tuple((before, tuple(afters)) for before, afters in groups.items())


def best_path(scores: Floats, tags: tuple[str, ...]) -> list[int]:
    """Return the best allowed sequence of tags. *scores*: log-probabilities ``[pieces, tags]``; ties: lower tag."""
    if not len(scores):
        return []
    ways = _ways(tags)
    rows: list[list[float]] = scores.tolist()  # a few sums a piece are quicker in plain Python than as arrays
    total = [score if tag[0] in "OBS" else _NEVER for score, tag in zip(rows[0], tags, strict=True)]
    back: list[list[int]] = []
    for row in rows[1:]:
        came, reached = [0] * len(tags), row[:]
        for before, afters in ways:
            best = max(before, key=total.__getitem__)
            for after in afters:
                came[after] = best
                reached[after] += total[best]
        back.append(came)
        total = reached
    path = [max((at for at, tag in enumerate(tags) if tag[0] in "OES"), key=total.__getitem__)]
    for came in reversed(back):
        path.append(came[path[-1]])
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
