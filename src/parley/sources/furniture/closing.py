"""The end of a page that has run together: notes, the author, the publisher's address, rights."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parley.records import FurnitureReason
from parley.sources.furniture.ends import is_author_note
from parley.sources.furniture.layout import SPEECH, title_case
from parley.sources.furniture.patterns import reason_of
from parley.sources.furniture.pieces import Cut, Piece, sentences

LONGEST_END = 3_000
"""Characters of a line's end that are looked at."""

LONGEST_NOTE = 300
"""Characters of the longest sentence that speaks for the page."""

LONGEST_ADDRESS = 500
"""The same where it holds an address or a telephone number."""

MOST_BETWEEN = 5
"""Sentences between two notes that may go with them."""

_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w{2,}|\b\d-\d{3}-\d{3}-\d{4}\b|\bP\.?O\.? Box\b|\btoll[- ]free\b", re.IGNORECASE
)
_ADDRESSED = re.compile(r"\b(?:you|your|our|us)\b", re.IGNORECASE)
_QUOTATION = re.compile(r"[“”\"«»]")


def closing_notes(text: str) -> Iterator[Cut]:
    """Yield the sentences at the end of *text* that speak for the page, from the last one backwards."""
    between: list[Piece] = []
    first = len(text)
    for start, end in reversed(sentences(text)):
        if start < max(len(text) - LONGEST_END, 0.4 * len(text)):
            break
        reason, author = _note(text, (start, end))
        if reason is None:
            between.append((start, end))
            if len(between) > MOST_BETWEEN or _tells(text[start:end]):
                break
            continue
        if not author and not all(_may_go_along(text[a:b]) for a, b in between):
            break
        yield start, first, reason
        first, between = start, []


def _note(text: str, piece: Piece) -> tuple[FurnitureReason | None, bool]:
    """Return what a sentence is if it speaks for the page, and whether it is on the author."""
    words = text[slice(*piece)]
    if is_author_note(words, text[: piece[1]]):
        return "source note", True
    if _tells(words) or len(words) > LONGEST_ADDRESS:
        return None, False
    if _CONTACT.search(words):
        return "source note", False
    return reason_of(words) if len(words) <= LONGEST_NOTE else None, False


def _tells(words: str) -> bool:
    return bool(SPEECH.search(words) or _QUOTATION.search(words))


def _may_go_along(words: str) -> bool:
    return len(words) <= 40 or bool(_ADDRESSED.search(words)) or title_case(words)
