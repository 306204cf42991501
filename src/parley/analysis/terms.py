"""The terms of a proposal as its words tell them: how long, how wide, on what condition, in which order, for whom.

Everything here is verbatim but for scope by issue, which is the codebook's: a general ceasefire is all fighting, a
sectoral truce one class of target, a maritime truce the sea.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from parley.analysis.passages import Passages
from parley.analysis.quantities import find_quantities
from parley.analysis.scanning import holds
from parley.records import Statement

__all__ = ["WIDER", "conditions_in", "durations_in", "mutual", "scopes", "sequences_in"]

_BY_ISSUE = {"A1": "all fighting", "A2": "one class of target", "A3": "at sea", "A4": "along a line"}
WIDER = {"A2": "A1", "A3": "A1"}
"""Issues that are part of another one by the codebook's propositions."""

_WIDTH = re.compile(
    r"\b(?:full|comprehensive|complete|unconditional|total|general|partial|limited|restricted|temporary|permanent"
    r"|interim|narrow(?:er)?|broad(?:er)?|wider|phased|across[- ]the[- ]board|nationwide|selective)\b",
    re.I,
)
_A_SPAN = re.compile(r"\b(?:for|of|within|in)\s+(?P<span>an?\s+(?:day|week|fortnight|month|year))\b", re.I)
_UNITS = ("second", "minute", "hour", "day", "week", "fortnight", "month", "year", "decade")
"""Every length of time holds one of these."""
_ENDS = r"(?=[,.;:!?”\"\n]|\s[-–—]\s|$)"
_SEQUENCE = re.compile(
    rf"\b(?:as\s+(?:a|the|an)\s+(?:\w+\s+)?(?:step|stage|phase|prelude|precondition|basis)\s+(?:to|toward|towards|for)\b.{{0,90}}?"
    rf"|(?:before|after|once|ahead of|followed by|prior to|in exchange for|until)\s+.{{3,90}}?"
    rf"|first\b.{{0,60}}\bthen\b.{{0,60}}?){_ENDS}",
    re.I,
)
_CONDITION = re.compile(
    r"\b(?:only if|but only|if|unless|provided(?: that)?|as long as|on condition(?: that)?|only when|in case|should)\b"
    rf".{{3,160}}?{_ENDS}",
    re.I,
)
_MUTUAL = re.compile(
    r"\b(?:both sides|each side|either side|both parties|mutual(?:ly)?|reciprocal|on both sides)\b", re.I
)
_TOGETHER = re.compile(r"\s+(?:would|will|must|should|agree\w*|stop|halt|cease|refrain|to)\b")


def scopes(issue: str, words: Iterable[str]) -> tuple[str, ...]:
    """Return the scope by the issue, then words of width as they stand, each once."""
    found = dict.fromkeys([_BY_ISSUE[issue]] if issue in _BY_ISSUE else [])
    found.update(dict.fromkeys(hit.group().lower() for text in words for hit in _WIDTH.finditer(text)))
    return tuple(found)


def durations_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Return lengths of time as they stand, each once: "30-day", "a month"."""
    found: dict[str, None] = {}
    for text in (text for text in texts if holds(text, _UNITS)):
        found.update(dict.fromkeys(item.text for item in find_quantities(text) if item.kind == "length of time"))
        found.update(dict.fromkeys(hit["span"] for hit in _A_SPAN.finditer(text)))
    return tuple(found)


def sequences_in(passages: Passages, items: Iterable[Statement]) -> tuple[str, ...]:
    """Return what the statements, or their clauses right after, say of order: "as a first step to …", "before …"."""
    found: dict[str, None] = {}
    for item in items:
        place = passages.passage(item)
        after = (
            place.text[item.span.end : min(place.sentence.end, item.span.end + 120)]
            if place.text is not item.content
            else ""
        )
        hits = list(_SEQUENCE.finditer(item.content))
        tail = _SEQUENCE.match(after.lstrip(" ,-–—")) if after else None
        found.update(dict.fromkeys(" ".join(hit.group().split()) for hit in (*hits, *([tail] if tail else []))))
    return tuple(found)


def conditions_in(items: Iterable[Statement]) -> tuple[str, ...]:
    """Return the words on which the statements make something depend."""
    return tuple(
        dict.fromkeys(" ".join(hit.group().split()) for item in items for hit in _CONDITION.finditer(item.content))
    )


def mutual(passages: Passages, items: Iterable[Statement]) -> str | None:
    """Tell whether the words bind both sides: they say so, or name two sides before one verb."""
    for item in items:
        if _MUTUAL.search(item.content):
            return "both sides"
        named = passages.named(item.content)
        for one, two in pairwise(named):
            between = item.content[one.end : two.start].strip()
            if between == "and" and one.side != two.side and _TOGETHER.match(item.content, two.end):
                return "both sides"
    return None
