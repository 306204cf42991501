"""Turns of a transcript: in an interview or a briefing a label says who speaks, once for all the words after it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from parley.records import Span

LEAST_TURNS = 4
"""Turns whose labels come again that a text must have to count as a transcript."""
_LABEL = re.compile(r"(?:\*\*)?([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,5})(?:\*\*)?:(?:\*\*)?(?=\s|$)")
_ASKING = re.compile(r"(?:q|a|questions?|answers?|reporters?|moderator|interviewer|host)\.?", re.I)
"""Labels that name nobody."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says at one go. ``label``: the words that name the speaker; None where they name nobody."""

    span: Span
    label: Span | None


def turns(text: str, kept: Sequence[Span]) -> tuple[Turn, ...]:
    """Return the turns of a text of which *kept* are the paragraphs, in order; none where it is no transcript.

    A transcript has at least two labels, which come again.
    """
    found = [match for paragraph in kept if (match := _LABEL.match(text, paragraph.start, paragraph.end))]
    times = Counter(match[1] for match in found)
    if sum(count for count in times.values() if count > 1) < LEAST_TURNS or len(times) < 2:
        return ()
    ends = [match.start() for match in found[1:]] + [kept[-1].end]
    return tuple(
        Turn(Span(match.end(), end), None if _ASKING.fullmatch(match[1]) else Span(*match.span(1)))
        for match, end in zip(found, ends, strict=True)
    )


def label_of(all_turns: Sequence[Turn], span: Span) -> Span | None:
    """Return the words that name who has the turn that holds *span*; None outside turns and where they name nobody."""
    at = bisect_right(all_turns, span.start, key=lambda turn: turn.span.start) - 1
    return all_turns[at].label if at >= 0 and span.start < all_turns[at].span.end else None
