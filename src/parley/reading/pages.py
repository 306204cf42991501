"""A document laid out for a reader: the paragraphs that count, what is quoted in them, and who is named there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parley.reading.mentions import Mention, find_mentions
from parley.reading.quotations import Quotation, quotations, share_quoted
from parley.reading.roster import Roster
from parley.reading.sentences import LONGEST_SENTENCE, paragraphs, sentences
from parley.reading.turns import Turn, turn_of, turns
from parley.records import Quote, Span

DIRECT_FROM = 0.9
"""Share of a statement's characters inside quotation marks from which it is quoted directly."""


@dataclass(frozen=True, slots=True)
class Page:
    """One document outside its furniture.

    ``kept``: its paragraphs; ``quoted``: the outermost quotations, of which no two overlap, in order; ``mentions``: in
    order of their start; ``turns``: what is said without a verb of saying, in order.
    """

    text: str
    kept: tuple[Span, ...]
    quoted: tuple[Quotation, ...]
    mentions: tuple[Mention, ...]
    roster: Roster
    turns: tuple[Turn, ...] = ()

    def quotations_in(self, span: Span) -> Iterator[Quotation]:
        """Yield the quotations whose words overlap *span*, in order."""
        for at in range(bisect_right(self.quoted, span.start, key=_end), len(self.quoted)):
            quotation = self.quoted[at]
            if quotation.span.start >= span.end:
                return
            if any(part.overlaps(span) for part in quotation.parts):
                yield quotation

    def quote(self, span: Span) -> Quote:
        """Return how the words of *span* are quoted. What somebody wrote, shown whole, needs no quotation marks."""
        turn = self.turn(span)
        if turn is not None and turn.written:
            return "direct"
        share = share_quoted(span, self.quotations_in(span))
        return "direct" if share >= DIRECT_FROM else "mixed" if share else "indirect"

    def mentions_in(self, span: Span) -> tuple[Mention, ...]:
        """Return the mentions that start in *span*."""
        low = bisect_left(self.mentions, span.start, key=_start)
        return self.mentions[low : bisect_left(self.mentions, span.end, lo=low, key=_start)]

    def turn(self, span: Span) -> Turn | None:
        """Return the turn that holds *span*; None outside of turns."""
        return turn_of(self.turns, span)

    def sentence(self, span: Span) -> Span:
        """Return the sentence of *span*, or all from its first one to its last one."""
        low = max(0, bisect_right(self.kept, span.start, key=_start_of) - 1)
        high = max(low + 1, bisect_left(self.kept, span.end, lo=low, key=_start_of))
        first, last = span.start - LONGEST_SENTENCE, span.end + LONGEST_SENTENCE  # a paragraph may be a whole book
        near = [Span(max(p.start, first), min(p.end, last)) for p in self.kept[low:high]]
        found = [one for paragraph in near for one in sentences(self.text, paragraph)]
        held = [one for one in found if one.overlaps(span)] or [span]
        return Span(min(held[0].start, span.start), max(held[-1].end, span.end))


def lay_out(text: str, furniture: Sequence[Span] = ()) -> Page:
    """Lay out the *text* of a document outside its *furniture*."""
    kept = tuple(outside(text, furniture))
    quoted = tuple(quotation for quotation in quotations(text, kept) if quotation.depth == 0)
    mentions = find_mentions(text, skip=furniture)
    roster = Roster(text, mentions, quotations=[quotation.span for quotation in quoted], skip=furniture)
    return Page(text, kept, quoted, mentions, roster, turns(text, kept))


def outside(text: str, furniture: Sequence[Span]) -> Iterator[Span]:
    """Yield the paragraphs of *text*, and of those that furniture covers in part what is left."""
    pieces = sorted(furniture)
    at = 0
    for paragraph in paragraphs(text):
        while at < len(pieces) and pieces[at].end <= paragraph.start:
            at += 1
        start, number = paragraph.start, at
        while number < len(pieces) and pieces[number].start < paragraph.end:
            yield from _trimmed(text, Span(start, pieces[number].start))
            start = max(start, pieces[number].end)
            number += 1
        yield from _trimmed(text, Span(start, paragraph.end))


def _trimmed(text: str, span: Span) -> Iterator[Span]:
    words = span.of(text)
    if words.strip():
        yield Span(span.start + len(words) - len(words.lstrip()), span.start + len(words.rstrip()))


def _end(quotation: Quotation) -> int:
    return quotation.span.end


def _start(mention: Mention) -> int:
    return mention.span.start


def _start_of(span: Span) -> int:
    return span.start
