"""Sentences of two texts that say the same in other words: which words of the one stand for which of the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from parley.analysis.sentences import sentence_starts
from parley.records import Furniture, Span

__all__ = ["aligned_words", "two_wordings"]

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LEAST = 0.5  # share of words that two sentences must have in common to be one
_FEWEST = 6  # words of a sentence that is compared
_LONGEST = 4  # words of a run that stands for another
_LONGEST_TEXT = 60_000


def aligned_words(text: str, other: str) -> Iterator[tuple[Span, str]]:
    """Yield runs of words of *text* that stand where the aligned sentence of *other* has others, with those others.

    Sentences are aligned where half of their words are the same in the same order. Runs of up to four words only.
    """
    theirs = [_words(other, span) for span in _sentences(other[:_LONGEST_TEXT])]
    bags = [Counter(word for word, _ in words) for words in theirs]
    for span in _sentences(text[:_LONGEST_TEXT]):
        words = _words(text, span)
        if len(words) < _FEWEST:
            continue
        bag = Counter(word for word, _ in words)
        best = max(range(len(theirs)), key=lambda at: (_common(bag, bags[at]), -at), default=None)
        if best is None or not _LEAST <= _common(bag, bags[best]) < 1:
            continue
        yield from _differences(text, words, other, theirs[best])


def two_wordings(text: str, furniture: Sequence[Furniture]) -> Iterator[tuple[Span, str]]:
    """Yield sentences of the body that a pull quote words otherwise, with the pull quote's words."""
    spans = _sentences(text[:_LONGEST_TEXT])
    body = [span for span in spans if not any(piece.span.overlaps(span) for piece in furniture)]
    windows = body + [Span(one.start, two.end) for one, two in pairwise(body)]
    for piece in furniture:
        if piece.reason != "pull quote":
            continue
        bag = Counter(word for word, _ in _words(text, piece.span))
        best = max(windows, key=lambda span: (_common(bag, _bag(text, span)), -span.start), default=None)
        if best is not None and _LEAST <= _common(bag, _bag(text, best)) < 1:
            yield best, " ".join(piece.span.of(text).split())


def _differences(
    text: str, ours: list[tuple[str, Span]], other: str, theirs: list[tuple[str, Span]]
) -> Iterator[tuple[Span, str]]:
    matcher = SequenceMatcher(None, [word for word, _ in ours], [word for word, _ in theirs], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "replace" and b - a <= _LONGEST and d - c <= _LONGEST:
            yield Span(ours[a][1].start, ours[b - 1][1].end), other[theirs[c][1].start : theirs[d - 1][1].end]


def _sentences(text: str) -> list[Span]:
    starts = [*sentence_starts(text), len(text)]
    return [Span(one, two) for one, two in pairwise(starts) if text[one:two].strip()]


def _words(text: str, span: Span) -> list[tuple[str, Span]]:
    hits = _TOKEN.finditer(text, span.start, span.end)
    return [(hit.group().lower().replace("’", "'"), Span(*hit.span())) for hit in hits]


def _bag(text: str, span: Span) -> Counter[str]:
    return Counter(word for word, _ in _words(text, span))


def _common(one: Counter[str], two: Counter[str]) -> float:
    return 2 * sum((one & two).values()) / max(1, sum(one.values()) + sum(two.values()))
