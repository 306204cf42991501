"""Defects of a text that its own words show: a word that stands twice, a word that must be missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parley.records import Span

__all__ = ["find_defects"]

_WORDS = "the a an of to in and for with on at is are was were from by".split()
_VERBS = ("are", "were", "have", "do")
_TWICE = re.compile(r"\b(?P<word>the|a|an|of|to|in|and|for|with|on|at|is|are|was|were|from|by)[ \t]+(?P=word)\b", re.I)
_OPENING = r"(?:(?<=[.!?] )|(?<=\n)|\A)"
_HEAD = r"(?:[A-Z][\w’'-]*, )?(?:The |These |Those |Some |Many |Most )?(?:[A-Z][\w’-]*s|[a-z]+s)"
_MISSING = re.compile(
    rf"{_OPENING}(?P<all>{_HEAD} (?:in|from|at|of) (?:the )?(?:[A-Z][\w’-]*\.?|(?:[A-Z]\.)+)"
    r" and (?:are|were|have|do))\b"
)


def find_defects(text: str) -> Iterator[tuple[Span, str]]:
    """Yield defects with what is the matter. Few patterns, each of which ordinary English does not have.

    "had had", "that that" and "is is" in speech are English; only words that never stand twice are looked for. A plural
    subject whose place is followed by "and are" lacks a member before or after the "and".
    """
    low = text.lower().replace("\n", " ")
    for hit in _TWICE.finditer(text) if any(f" {word} {word} " in low for word in _WORDS) else ():
        yield Span(*hit.span()), "a word stands twice"
    for hit in _MISSING.finditer(text) if any(f" and {verb} " in low for verb in _VERBS) else ():
        yield Span(*hit.span("all")), "a word seems to be missing beside “and”"
