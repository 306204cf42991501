"""Cutting a run of words where the point changes: coordinate clauses, asides, and the tails that say when and where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parley.records import Span

_JOINT = re.compile(
    r"(?P<cut>;\s+|,?\s+—\s+|,?\s+–\s+|\s+--\s+|,\s+(?:and|but|while|although|though|whereas|yet|so)\s+|"
    r"\s+(?:but|while|whereas|and that|and said|and also)\s+)",
    re.I,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|should|may|might|must|can|cannot|do|does|did|won['’]t|don['’]t|"
    r"['’]ll|['’]re|['’]s|['’]ve|wants?|needs?|remains?|remained|said|says|agreed|\w{3,}ed)\b"
)
_TAIL = re.compile(
    r"[\s,]+(?:on|last|this|late|early|earlier|in|at|during|after|before)?\s*(?:late\s+|early\s+)?"
    r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|today|yesterday|tonight|this week|last week)"
    r"(?:\s+(?:morning|afternoon|evening|night))?$"
)
_SUBJECT = re.compile(
    r"(?:that\s+)?[“\"]?(?:I|we|you|he|she|it|they|there|this|that|these|those|the|a|an|his|her|its|their|our|my|your|both|some|"
    r"many|most|several|all|no|nobody|everyone|if|when|what|while|[A-Z][\w.’'-]*|\d+)\b",
)
_INITIALS = re.compile(r"(?:\b[A-Z]\.){2,}$")
SHORTEST = 20
"""Characters; a piece shorter than this stays with its neighbour."""


def split(text: str, span: Span) -> Iterator[Span]:
    """Yield the coordinate clauses of *span*: cut only where both sides can stand alone with a verb of their own."""
    start = span.start
    for match in _JOINT.finditer(text, span.start, span.end):
        before, after = text[start : match.start()], text[match.end() : span.end]
        if len(before) < SHORTEST or len(after) < SHORTEST or _inside(text, span.start, match.start()):
            continue
        if (
            _FINITE.search(before)
            and (_SUBJECT.match(after) or min(len(before), len(after)) > 2 * SHORTEST)
            and _FINITE.search(after[:90])
        ):
            yield trim(text, Span(start, match.start()))
            start = match.end()
    yield trim(text, Span(start, span.end))


def _inside(text: str, start: int, position: int) -> bool:
    """Tell whether *position* lies inside brackets that opened after *start*."""
    piece = text[start:position]
    return piece.count("(") > piece.count(")")


def trim(text: str, span: Span) -> Span:
    """Take white space, commas, a lone final stop and unpaired quotation marks off both ends."""
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in ",;:–—-…."):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–—."):
        if text[end - 1] == "." and _INITIALS.search(text, max(start, end - 12), end):
            break
        end -= 1
    return unquote(text, Span(start, end))


_OPENING, _CLOSING = '“"«„‘', '”"»“’'


def unquote(text: str, span: Span) -> Span:
    """Take off a quotation mark at either end whose partner is not inside, and the pair where it spans the whole."""
    start, end = span.start, span.end
    if start < end and text[start] in _OPENING[:4] and not _partner(text[start + 1 : end]):
        start += 1
    if start < end and text[end - 1] in _CLOSING[:4] and not _partner(text[start : end - 1]):
        end -= 1
    elif (
        end - start > 1
        and text[start] in _OPENING[:4]
        and text[end - 1] in _CLOSING[:4]
        and not _partner(text[start + 1 : end - 1])
    ):
        start, end = start + 1, end - 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",.;"):
        end -= 1
    return Span(start, max(start, end))


def _partner(words: str) -> bool:
    return any(mark in words for mark in '“”"«»„')


def without_tail(text: str, span: Span) -> Span:
    """Take off the words that only say on which day it was said."""
    match = _TAIL.search(text[span.start : span.end])
    return Span(span.start, span.start + match.start()) if match and match.start() > SHORTEST else span
