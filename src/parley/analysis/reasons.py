"""Reasons in order: points that an article counts off ("First, …", "Second, …") after the judgement they stand for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parley.analysis.passages import Passages
from parley.analysis.sentences import hard_wrapped
from parley.records import Document, Span, Statement

__all__ = ["Point", "Reasons"]

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_POINT = re.compile(rf"\s*[\"“‘]?(?P<ordinal>{'|'.join(_ORDINALS)})(?:ly)?,\s", re.IGNORECASE)
_FEWEST = 2
_NEAR = 300  # characters between a judgement and the first point that it may stand for


@dataclass(frozen=True, slots=True)
class Point:
    """One point: its first sentence as it stands, and the statements read in it."""

    words: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """Points by the statement that stands right before the first of them. Make it with :meth:`of`."""

    points: dict[str, tuple[Point, ...]]

    @classmethod
    def of(cls, passages: Passages) -> Reasons:
        """Return the points that the record's articles count off."""
        found: dict[str, tuple[Point, ...]] = defaultdict(tuple)
        for document in passages.index.record.documents:
            if "Second" not in document.text:
                continue
            said = passages.index.by_document.get(document.id, [])
            starts = passages.starts_of(document.id)
            for run in _runs(document.text, starts):
                before = [item.span.end for item in said if run[0] - _NEAR <= item.span.end <= run[0] + 1]
                points = tuple(_points(document, starts, run, said))
                for item in said if before else ():
                    if item.span.end == max(before):
                        found[item.id] += points
        return cls(dict(found))

    def after(self, item: Statement) -> tuple[Point, ...]:
        """Return the points counted off right after a statement, in order; none where it is not followed by any."""
        return self.points.get(item.id, ())


def _runs(text: str, starts: Sequence[int]) -> Iterator[list[int]]:
    """Yield where the sentences start that count off points: first, second and so on, none left out."""
    run: list[int] = []
    for start in starts:
        hit = _POINT.match(text, start)
        if hit is None:
            continue
        number = _ORDINALS.index(hit["ordinal"].lower())
        if number != len(run):
            if len(run) >= _FEWEST:
                yield run
            run = []
        if number == len(run):
            run.append(start)
    if len(run) >= _FEWEST:
        yield run


def _points(
    document: Document, starts: Sequence[int], run: Sequence[int], said: Sequence[Statement]
) -> Iterator[Point]:
    text = document.text
    opens = len(text) - len(text[run[-1] :].lstrip())
    close = text.find("\n\n" if hard_wrapped(text) else "\n", opens)  # the last point ends with its paragraph
    for start, end in pairwise([*run, close if close >= 0 else len(text)]):
        sentence = Span(start, min((place for place in starts if place > start), default=len(text)))
        inside = tuple(item for item in said if start <= item.span.start and item.span.end <= end)
        yield Point(" ".join(sentence.of(text).split()), inside)
