"""Cut an article into paragraphs of runs: which words are coded by which statements, which are furniture.

Spans may nest, coincide or cross. Runs are emitted as properly nested opening and closing events, so that a writer
can turn them into elements; a span that a paragraph end or a crossing span cuts is closed and opened again.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parley.analysis.sentences import hard_wrapped
from parley.records import Document, Furniture, Span, Statement

__all__ = ["Close", "Event", "Gap", "Open", "Text", "paragraphs", "passage_events", "reached", "windows"]

WHOLE_LIMIT = 200_000
"""Longest article, in characters, that a brief includes whole."""


@dataclass(frozen=True, slots=True)
class Open:
    """A coded span or a piece of furniture starts here; ``first`` is false where it goes on after a cut."""

    key: str
    kind: str  # statement, furniture
    first: bool
    label: str = ""


@dataclass(frozen=True, slots=True)
class Close:
    """The innermost open span ends here; ``last`` is false where it is only cut."""

    key: str
    kind: str
    last: bool


@dataclass(frozen=True, slots=True)
class Text:
    """Words between two events."""

    words: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Words that the brief leaves out, counted in characters."""

    characters: int


Event = Open | Close | Text


@dataclass(frozen=True, slots=True)
class _Piece:
    span: Span
    key: str
    kind: str
    label: str


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs that tile *text*, each with the line ends that close it.

    A line end closes a paragraph; in hard-wrapped text (no line over 100 characters) only an empty
    or indented line does.
    """
    pattern = r"(?:\r?\n|\r)(?=[ \t]{2,}\S)|(?:\r?\n|\r)(?:[ \t]*(?:\r?\n|\r))+" if hard_wrapped(text) else r"[\r\n]+"
    spans, start = [], 0
    for hit in re.finditer(pattern, text):
        if hit.end() > start:
            spans.append(Span(start, hit.end()))
            start = hit.end()
    if start < len(text):
        spans.append(Span(start, len(text)))
    return spans


def windows(document: Document, cited: Sequence[Statement], *, whole: bool) -> list[Span | Gap]:
    """Return what of a document to include: all of it, or the paragraphs around *cited* with the gaps counted.

    An article over WHOLE_LIMIT is never included whole.
    """
    tiles = paragraphs(document.text)
    if whole and len(document.text) <= WHOLE_LIMIT:
        return list(tiles)
    keep = {number for item in cited for number in reached(tiles, item.span)}
    out: list[Span | Gap] = []
    missing = 0
    for number, tile in enumerate(tiles):
        if number not in keep:
            missing += tile.end - tile.start
            continue
        if missing:
            out.append(Gap(missing))
            missing = 0
        out.append(tile)
    if missing:
        out.append(Gap(missing))
    return out


def reached(tiles: Sequence[Span], span: Span) -> range:
    """Return the numbers of the tiles, in order and without gaps, that *span* reaches."""
    first = bisect_right(tiles, span.start, key=lambda tile: tile.end)
    last = bisect_left(tiles, span.end, key=lambda tile: tile.start)
    return range(first, last)


def passage_events(
    text: str, window: Span, statements: Iterable[Statement], furniture: Iterable[Furniture], anchors: dict[str, str]
) -> Iterator[Event]:
    """Yield the events of one paragraph. Statements without an anchor are not marked.

    The text between the first opening and the last closing of a key, over all its paragraphs, is exactly its span.
    """
    pieces = [_Piece(item.span, f"f{item.span.start}", "furniture", item.reason) for item in furniture]
    pieces += [_Piece(item.span, item.id, "statement", "") for item in statements if item.id in anchors]
    pieces = [piece for piece in pieces if piece.span.overlaps(window)]
    pieces.sort(key=lambda piece: (piece.span.start, -piece.span.end, piece.kind, piece.key))
    cuts = {window.start, window.end}
    for piece in pieces:
        cuts.update(place for place in (piece.span.start, piece.span.end) if window.start < place < window.end)
    places = sorted(cuts)
    waiting = list(reversed(pieces))
    stack: list[_Piece] = []
    for here, there in itertools.pairwise(places):
        while waiting and waiting[-1].span.start <= here:
            piece = waiting.pop()
            stack.append(piece)
            yield Open(piece.key, piece.kind, piece.span.start >= window.start, piece.label)
        yield Text(text[here:there])
        yield from _shut(stack, there, window)


def _shut(stack: list[_Piece], place: int, window: Span) -> Iterator[Event]:
    """Close what ends at *place*, cutting and opening again what crosses it; at the window's end close everything."""
    if place == window.end:
        while stack:
            piece = stack.pop()
            yield Close(piece.key, piece.kind, piece.span.end <= place)
        return
    ending = [depth for depth, piece in enumerate(stack) if piece.span.end <= place]
    if not ending:
        return
    again: list[_Piece] = []
    while len(stack) > ending[0]:
        piece = stack.pop()
        done = piece.span.end <= place
        yield Close(piece.key, piece.kind, done)
        if not done:
            again.append(piece)
    for piece in reversed(again):
        stack.append(piece)
        yield Open(piece.key, piece.kind, False, piece.label)
