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


def best_path(scores: Floats, tags: tuple[str, ...]) -> list[int]:
    """Return the best allowed sequence of *tags*, O and each role's BIES. Ties: lower tag.

    *scores*: log-probabilities ``[pieces, tags]``. What goes before matters only in whether it leaves a span open, and
    of which role, so that no more is kept of it (and plain Python is quicker here than small arrays).
    """
    firsts = range(1, len(tags), len("BIES"))
    closed, opened = 0.0, [_NEVER] * len(firsts)
    closing: list[int] = []  # for each piece the best tag that leaves no span open
    opening: list[list[int]] = []  # and for each role the best that leaves one open
    for row in scores.tolist():
        best, tag = closed + row[0], 0
        totals, chosen = [], []
        for at, inside in zip(firsts, opened, strict=True):
            begin, go_on, end, alone = row[at : at + 4]
            if inside + end > best:
                best, tag = inside + end, at + 2
            if closed + alone > best:
                best, tag = closed + alone, at + 3
            longer = inside + go_on > closed + begin
            totals.append(inside + go_on if longer else closed + begin)
            chosen.append(at + 1 if longer else at)
        closed, opened = best, totals
        closing.append(tag)
        opening.append(chosen)
    path = closing[-1:]
    for tag, chosen in zip(closing[-2::-1], opening[-2::-1], strict=True):
        role, mark = divmod(path[-1] - 1, 4)
        path.append(chosen[role] if mark in (1, 2) else tag)
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
