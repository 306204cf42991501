"""Turn statement ids into quotations: numbers, anchors, the rest of the sentence, and a list of what was cited."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from parley.analysis.index import Index
from parley.analysis.sentences import sentence_starts
from parley.analysis.words import QUOTE_NAMES
from parley.brief.display import day, marks
from parley.brief.view import Quote, Ref
from parley.records import Furniture, Record, Statement

__all__ = ["Quoter"]

_SAFE = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
_CONTEXT = 120
_OPENING = tuple('“‘«"„')
_CLOSING = tuple('”’»"')
_STOPS = tuple(".,;!?")


class Quoter:
    """Quotes statements of one record and remembers which were cited, so that the appendix can show their passages."""

    def __init__(self, record: Record, index: Index) -> None:
        self.index = index
        self.numbers: dict[str, int] = {}
        self.anchors: dict[str, str] = {}
        self.cited: set[str] = set()
        self._starts: dict[str, list[int]] = {}
        self._furniture: dict[str, list[Furniture]] = defaultdict(list)
        for piece in record.furniture:
            self._furniture[piece.document].append(piece)
        for number, item in enumerate(record.statements, 1):
            self.numbers.setdefault(item.id, number)
            self.anchors.setdefault(item.id, f"s-{item.id}" if _SAFE.match(item.id) else f"s-no-{number}")

    def ref(self, key: str) -> Ref:
        """Return the number and anchor of a statement, and count it as cited."""
        self.cited.add(key)
        return Ref(self.numbers[key], self.anchors[key])

    def refs(self, keys: Sequence[str], *, most: int = 6) -> tuple[tuple[Ref, ...], int]:
        """Return up to *most* references and how many are left out."""
        return tuple(self.ref(key) for key in keys[:most]), max(len(keys) - most, 0)

    def quote(self, key: str, *, context: bool = True) -> Quote:
        """Return a statement as a quotation; with *context* the rest of its sentence stands around it."""
        index = self.index
        item = index.statements[key]
        before, after = self._context(item) if context else ("", "")
        return Quote(
            ref=self.ref(key),
            before=before,
            words=item.content,
            after=after,
            marks=_marks(before, item.content, after),
            voice=item.voice,
            speaker=index.speaker(item),
            via=", ".join(item.via),
            outlet=index.outlet(item.document),
            date=day(index.date(item.document)) or "undated",
            fidelity=QUOTE_NAMES[item.quote],
            altered=index.altered(item),
            article=index.numbers.get(item.document, 0),
        )

    def _context(self, item: Statement) -> tuple[str, str]:
        document = self.index.documents.get(item.document)
        if document is None:
            return "", ""
        text = document.text
        starts = self._starts.get(item.document)
        if starts is None:
            starts = self._starts[item.document] = sentence_starts(text)
        low = starts[bisect_right(starts, item.span.start) - 1]
        after = bisect_left(starts, item.span.end)
        high = starts[after] if after < len(starts) else len(text)
        for piece in self._furniture[item.document]:
            if piece.span.end <= item.span.start:
                low = max(low, piece.span.end)
            elif piece.span.start >= item.span.end:
                high = min(high, piece.span.start)
        return _left(text[low : item.span.start]), _right(text[item.span.end : high])


def _marks(before: str, words: str, after: str) -> tuple[str, str]:
    if before[-1:] in _OPENING:
        return "", ""
    start, end = marks(words)
    return start, "" if after[:1] in _CLOSING or (after[1:2] in _CLOSING and after[:1] in _STOPS) else end


def _left(words: str) -> str:
    """Return the end of what stands before the words, cut at a word boundary."""
    words = words.lstrip()
    if len(words) <= _CONTEXT:
        return words
    words = words[-_CONTEXT:]
    return "… " + words[words.find(" ") + 1 :]


def _right(words: str) -> str:
    """Return the start of what stands after the words, cut at a word boundary."""
    words = words.rstrip()
    if len(words) <= _CONTEXT:
        return words
    words = words[:_CONTEXT]
    return words[: words.rfind(" ")] + " …" if " " in words else words + "…"
