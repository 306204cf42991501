"""Parts of a line: its sentences, and parts that are cut out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from parley.records import FurnitureReason

Piece = tuple[int, int]
"""Where a part of a line begins and ends."""

Cut = tuple[int, int, FurnitureReason]
"""A part of a line that belongs to the page, and what it is."""

GAP = re.compile(r"[^\S\r\n]{3,}")
"""White space so wide that it stands for the end of a block."""

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=(?:[-–—] )?[\"'“‘«(\[*-]*[A-Z0-9©])|(?<!\s)[^\S\r\n]{3,}(?=[A-Z©*])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sen|Rep|Gov|St|Jr|Sr|No|vs|Inc|Corp|Co|Ltd|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)|"
    r"\b[A-Z])\.\s+$"
)


def sentences(text: str) -> list[Piece]:
    """Return the sentences of *text*; an abbreviation or an initial ends none, a wide gap does."""
    pieces, start = [], 0
    for match in _END.finditer(text):
        if not _ABBREVIATED.search(text[max(start, match.start() - 12) : match.end()]):
            pieces.append((start, match.end()))
            start = match.end()
    pieces.append((start, len(text)))
    return [(first, first + len(text[first:end].rstrip())) for first, end in pieces if text[first:end].strip()]


def apart(cuts: Iterable[Cut], text: str) -> Iterator[Cut]:
    """Yield the cuts in order, without what an earlier one covers already and without white space around them."""
    done = 0
    for start, end, reason in sorted(cuts):
        words = text[max(start, done) : end]
        if words.strip():
            first = max(start, done) + len(words) - len(words.lstrip())
            yield first, first + len(words.strip()), reason
        done = max(done, end)
