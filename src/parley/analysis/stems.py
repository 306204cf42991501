"""The longer words of a text, cut short: what two texts share of them may tell that they are of one thing."""

from __future__ import annotations

import re

__all__ = ["stems"]

_WORD = re.compile(r"[^\W\d_]{5,}")
_COMMON = frozenset(
    "about after again against agree agreed agreement could deals details first issue known might never other question "
    "questions remain remains still talks their there these thing things think those unclear under until whether which "
    "while would years between because before being doing going where".split()
)


def stems(words: str) -> frozenset[str]:
    """Return the first six letters of each word of five letters or more that is no everyday word."""
    return frozenset(word[:6] for word in map(str.casefold, _WORD.findall(words)) if word not in _COMMON)
