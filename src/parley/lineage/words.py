"""The words of a document that lineage compares: the article without its furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parley.records import Document, Furniture, Span

LONGEST_TEXT = 1_000_000
"""Characters of a document that lineage compares; what comes after is left out."""

_PRINTED = frozenset(("photo gallery", "stories below"))
"""Furniture that lineage compares: it is no part of the article, but two pages that print the same long one are not
apart. Pairs of one origin in the shared corpus are counted so, on pages as they were found."""
_COMMON = frozenset(("the", "of", "and", "to", "that", "for", "was", "with", "is", "by", "from", "its", "it", "on"))
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Words:
    """The compared words of one document, lower-case, and where each stands in the stored text."""

    document: Document
    furniture: tuple[Furniture, ...]
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def span(self, first: int, last: int) -> Span:
        """Return the span from the word *first* to the word *last*, both included."""
        return Span(self.spans[first][0], self.spans[last][1])


def words_of(document: Document, furniture: Sequence[Furniture]) -> Words:
    """Return the words of *document* that are not furniture, with photo galleries and lists of stories below."""
    text = document.text[:LONGEST_TEXT]
    greyed = tuple(sorted(furniture, key=lambda piece: piece.span))
    spans = [
        match.span()
        for start, end in _between(len(text), (piece.span for piece in greyed if piece.reason not in _PRINTED))
        for match in _TOKEN.finditer(text, start, end)
    ]
    lower = text.lower().replace("’", "'")
    if len(lower) == len(text):
        words = tuple([lower[start:end] for start, end in spans])
    else:  # some letter becomes two, which moves what follows
        words = tuple([text[start:end].lower().replace("’", "'") for start, end in spans])
    return Words(document, greyed, words, tuple(spans))


def body_of(document: Document, furniture: Sequence[Furniture]) -> str:
    """Return the text with furniture blanked out, of the same length, so that offsets stay those of the text."""
    text = document.text[:LONGEST_TEXT]
    parts: list[str] = []
    place = 0
    for start, end in _between(len(text), (piece.span for piece in sorted(furniture, key=lambda piece: piece.span))):
        parts.append(re.sub(r"[^\r\n]", " ", text[place:start]) + text[start:end])
        place = end
    parts.append(re.sub(r"[^\r\n]", " ", text[place:]))
    return "".join(parts)


def is_english(document: Document) -> bool:
    """Tell whether a document is in English: as its language says, else by its commonest words."""
    if document.language is not None:
        return document.language.value.lower().startswith("en")
    words = [match.group().lower() for match in _TOKEN.finditer(document.text[:20_000])]
    return sum(word in _COMMON for word in words) >= 0.07 * len(words)


def _between(length: int, spans: Iterable[Span]) -> Iterable[tuple[int, int]]:
    place = 0
    for span in spans:
        if place < span.start:
            yield place, min(span.start, length)
        place = max(place, span.end)
    if place < length:
        yield place, length
