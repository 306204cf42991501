"""Who speaks without a verb of saying: turns of a transcript, posts that are shown whole, quotations with a signature.

In an interview or a briefing a label says who speaks, once for all the words after it; under a post or a quotation
that stands alone a line says whose it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parley.records import Span

LEAST_TURNS = 4
"""Turns whose labels come again that a text must have to count as a transcript."""
_LABEL = re.compile(r"(?:\*\*)?([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,5})(?:\*\*)?:(?:\*\*)?(?=\s|$)")
_ASKING = re.compile(r"(?:q|a|questions?|answers?|reporters?|moderator|interviewer|host)\.?", re.I)
"""Labels that name nobody."""
_LATIN = r"[A-Z][A-Za-zÀ-ɏ.'’-]*(?: (?:[A-Z][A-Za-zÀ-ɏ.'’-]*|[a-z]{1,3})){0,5}"
_DAY = r"[A-Z][a-z]+\.? \d{1,2}, \d{4}"
_POSTED = re.compile(rf"\s[—–-]{{1,2}}\s?({_LATIN})[^()\n]{{0,20}}\(@\w{{1,30}}\)(?:\s+{_DAY})?$")
"""The end of a post: "— Ada Vidal (@adavidal) May 3, 2031"."""
_SIGNED = re.compile(rf"(?:[—–-]{{1,2}}\s?({_LATIN})(?:, [^.!?:\n]{{2,70}})?|({_LATIN}), [^.!?:\n]{{2,70}})$")
"""A line under a quotation: "Ada Vidal, The Harbour Times", "— Ada Vidal"."""
_OPENING, _CLOSING = "\"“«‘'", "\"”»’'"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says at one go.

    ``label``: the words that name the speaker; None where they name nobody. ``written``: a post or a signed quotation,
    of which every word is the speaker's own.
    """

    span: Span
    label: Span | None
    written: bool = False


def turns(text: str, kept: Sequence[Span]) -> tuple[Turn, ...]:
    """Return the turns of a text of which *kept* are the paragraphs, in order: a transcript's, else what is signed.

    A transcript has at least two labels, which come again.
    """
    found = [match for paragraph in kept if (match := _LABEL.match(text, paragraph.start, paragraph.end))]
    times = Counter(match[1] for match in found)
    if sum(count for count in times.values() if count > 1) < LEAST_TURNS or len(times) < 2:
        return tuple(_written(text, kept))
    ends = [match.start() for match in found[1:]] + [kept[-1].end]
    return tuple(
        Turn(Span(match.end(), end), None if _ASKING.fullmatch(match[1]) else Span(*match.span(1)))
        for match, end in zip(found, ends, strict=True)
    )


def turn_of(all_turns: Sequence[Turn], span: Span) -> Turn | None:
    """Return the turn that holds *span*; None outside of turns."""
    at = bisect_right(all_turns, span.start, key=lambda turn: turn.span.start) - 1
    return all_turns[at] if at >= 0 and span.start < all_turns[at].span.end else None


def _written(text: str, kept: Sequence[Span]) -> Iterator[Turn]:
    """Yield posts, which end in whose they are, and quotations of whole paragraphs with a signature under them."""
    for n, paragraph in enumerate(kept):
        posted = _POSTED.search(text, paragraph.start, paragraph.end)
        if posted is not None:
            yield Turn(Span(paragraph.start, posted.start()), Span(*posted.span(1)), written=True)
        signed = _SIGNED.fullmatch(text, paragraph.start, paragraph.end)
        first = _quoted_from(text, kept, n - 1) if signed is not None else None
        if signed is not None and first is not None:
            named = Span(*signed.span(1 if signed[1] else 2))
            yield Turn(Span(kept[first].start, kept[n - 1].end), named, written=True)


def _quoted_from(text: str, kept: Sequence[Span], last: int) -> int | None:
    """Return the first paragraph of a quotation that ends with the paragraph *last*; None where none does.

    Each of its paragraphs opens with a mark, and only the last one closes.
    """
    if last < 0 or text[kept[last].start] not in _OPENING or text[kept[last].end - 1] not in _CLOSING:
        return None
    first = last
    while first > 0 and text[kept[first - 1].start] in _OPENING and text[kept[first - 1].end - 1] not in _CLOSING:
        first -= 1
    return first
