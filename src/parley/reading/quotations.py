"""Quotations: what stands between quotation marks, nested, over several paragraphs, or never closed.

A mark that opens a paragraph while a quotation of the same kind is open continues it (the convention of English
newspapers); a quotation that is open where its paragraph ends, and is not continued, ends there: ``closed=False``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from parley.records import Span

_MARK = re.compile(r"``|''|[\"“”„«»‹›‘’']")
_PAIRS = {"“": '”“"', "„": "“”", "«": "»", "»": "«", "‹": "›", "``": "''", '"': '"', "‘": "’", "'": "'"}
_SINGLE = {"‘", "'"}
_BEFORE_OPENING = re.compile(r"[\s(\[{—–\-/:“\"„«‘'…]")
_YEARS = re.compile(r"\d0s\b|n['’]\s|(?:tis|twas|em|cause|til)\b", re.I)


@dataclass(frozen=True, slots=True)
class Quotation:
    """``span`` covers marks and words, ``parts`` the words alone: one a paragraph. ``depth`` 0 is the outermost."""

    span: Span
    parts: tuple[Span, ...]
    depth: int
    closed: bool


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    inner: int
    parts: list[Span]


def quotations(text: str, paragraphs: Iterable[Span]) -> tuple[Quotation, ...]:
    """Find the quotations in *text*, ordered by start. ``text[part.start:part.end]`` are the quoted words."""
    found: list[Quotation] = []
    stack: list[_Open] = []
    for paragraph in paragraphs:
        stack = _continued(text, paragraph, stack, found)
        position = paragraph.start
        if stack:
            position = stack[-1].inner
        for match in _MARK.finditer(text, position, paragraph.end):
            _take(text, match, paragraph, stack, found)
        for level in stack:
            level.parts.append(Span(level.inner, paragraph.end))
    _give_up(stack, found)
    return tuple(sorted(found, key=lambda quotation: (quotation.span.start, -quotation.span.end)))


def share_quoted(span: Span, quoted: Iterable[Quotation]) -> float:
    """Return the share of *span*'s characters that stand inside quotation marks."""
    inside = sum(
        max(0, min(part.end, span.end) - max(part.start, span.start))
        for quotation in quoted
        for part in quotation.parts
    )
    return inside / (span.end - span.start)


def _continued(text: str, paragraph: Span, stack: list[_Open], found: list[Quotation]) -> list[_Open]:
    """Return the levels that the paragraph goes on with; close the others where their last paragraph ended."""
    if not stack:
        return stack
    outer = stack[0]
    if text.startswith(outer.mark, paragraph.start):
        _give_up(stack[1:], found, depth=1)
        outer.inner = paragraph.start + len(outer.mark)
        return [outer]
    _give_up(stack, found)
    return []


def _give_up(stack: list[_Open], found: list[Quotation], depth: int = 0) -> None:
    for level, opened in enumerate(stack, depth):
        if opened.mark in _SINGLE:
            continue  # a lone apostrophe, not a quotation
        end = opened.parts[0].end if opened.mark == '"' else opened.parts[-1].end
        parts = tuple(part for part in opened.parts if part.end <= end and part.start < part.end)
        if parts:
            found.append(Quotation(Span(opened.start, end), parts, level, closed=False))


def _take(text: str, match: re.Match[str], paragraph: Span, stack: list[_Open], found: list[Quotation]) -> None:
    mark, at = match.group(), match.start()
    if stack and mark in _PAIRS[stack[-1].mark] and _closes(text, match, stack[-1]):
        opened = stack.pop()
        parts = (*opened.parts, Span(opened.inner, at))
        if any(part.start < part.end for part in parts):
            found.append(Quotation(Span(opened.start, match.end()), parts, len(stack), closed=True))
        return
    outer = next((i for i, level in enumerate(stack) if mark in _PAIRS[level.mark]), None)
    if outer is not None and mark not in _SINGLE and mark != "’" and _closes(text, match, stack[outer]):
        del stack[outer + 1 :]  # an inner mark was never closed: it was an apostrophe
        _take(text, match, paragraph, stack, found)
        return
    if mark in _PAIRS and _opens(text, match, paragraph) and all(level.mark != mark for level in stack):
        stack.append(_Open(mark, at, match.end(), []))


def _opens(text: str, match: re.Match[str], paragraph: Span) -> bool:
    mark, at, end = match.group(), match.start(), match.end()
    following = text[end : end + 1]
    if end >= paragraph.end or (following.isspace() and mark != "«"):
        return False
    before = text[at - 1] if at > paragraph.start else " "
    if mark in _SINGLE:
        return (
            bool(_BEFORE_OPENING.match(before)) and not _YEARS.match(text, end) and (mark == "‘" or following.isalnum())
        )
    if mark == '"':
        return bool(_BEFORE_OPENING.match(before)) or not before.isalnum()
    return mark != "»" or bool(_BEFORE_OPENING.match(before))


def _closes(text: str, match: re.Match[str], opened: _Open) -> bool:
    mark, end = match.group(), match.end()
    if match.start() <= opened.inner and mark in ("'", "’"):
        return False
    if mark == "“" or (mark == '"' and opened.mark == "“"):  # a careless closing mark
        return not text[match.start() - 1].isspace() and not text[end : end + 1].isalnum()
    if mark in ("'", "’"):
        before, following = text[match.start() - 1], text[end : end + 1]
        if following.isalnum():
            return False
        return not (before == "s" and following == " " and _closes_later(text, end, mark))
    return True


def _closes_later(text: str, start: int, mark: str) -> bool:
    """Tell whether another closing mark follows in the next words: then this one was a plural's apostrophe."""
    window = text[start : start + 200].split("\n", 1)[0]
    return re.search(r"[.,!?]" + re.escape(mark) + r"(?!\w)", window) is not None
