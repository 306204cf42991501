"""Horizons: by when a forecast can be judged, as a day where its own words and the document's date give one."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from parley.analysis.scanning import holds
from parley.records import Statement, TimeMention

__all__ = ["Horizon", "horizon_of", "last_day"]


@dataclass(frozen=True, slots=True)
class Horizon:
    """The words that set a horizon, the ISO day or ``start/end`` they come to, the day it ends, and how it was had."""

    words: str | None = None
    when: str | None = None
    ends: str | None = None
    basis: str = "no words of time"


_UNDATED = "stated, but the document has no date: the time may have been past"
_UNITS = {"day": 1, "week": 7}
_NUMBERS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
} | {"a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90}
_N = r"(?:\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_VAGUE_N = r"(?:several|a few|few|some|many|a couple of|a matter of)"
_LENGTHS = ("hour", "day", "week", "month", "year", "decade")
_UNIT = rf"(?P<unit>{'|'.join(_LENGTHS)})s?\b"
_AHEAD = r"(?:next|coming|following)"
_LENGTH = re.compile(
    rf"\b(?:(?P<lead>in|within|over|for|during)\s+(?:the\s+|another\s+)?(?:(?P<ahead>{_AHEAD})\s+)?"
    rf"(?:at least\s+|about\s+|around\s+|some\s+|up to\s+)?"
    rf"(?:(?P<low>{_N})(?:\s*(?:to|or|-|–)\s*(?P<high>{_N}))?|(?P<vague>{_VAGUE_N}))?[\s-]*{_UNIT})",
    re.IGNORECASE,
)
_FROM_AN_EVENT = re.compile(r"\s+(?:of|after|from|before|following)\s+(?!now\b|today\b)", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:sooner rather than later|sooner or later|before long|soon|shortly|imminent(?:ly)?|eventually|"
    r"in the (?:near |foreseeable |long |longer )?(?:future|run|term)|down the (?:track|road|line)|one day|"
    r"(?:relatively |very )?close to|(?:several|a few|some) (?:days|weeks|months|years)|(?:for|in) the long term)\b",
    re.IGNORECASE,
)
_VAGUE_MARKS = (
    "soon", "before long", "shortly", "imminent", "eventually", "in the ", "down the ", "one day", "close to", "days",
    "weeks", "months", "years", "long term",
)  # fmt: skip
"""Every match of ``_VAGUE`` holds one of these."""
_EVENTS = (
    "talk", "call", "conversation", "meeting", "summit", "vote", "election", "negotiation", "visit", "hearing", "round",
    "session", "strike", "truce",
)  # fmt: skip
_EVENT = re.compile(
    r"\b(?:in|during|at|after|before|until|use)\s+(?P<event>(?:the|his|her|their|its|this|that|\w+day[’']s|"
    r"(?:tomorrow|today)[’']s|next \w+[’']s)\s+(?!(?:recent|latest|last|previous|past|earlier|first)\b)"
    r"(?:\w+[\s-]){0,3}?"
    rf"(?:{'|'.join(noun + ('s?' if noun in ('talk', 'negotiation') else '') for noun in _EVENTS)})\b"
    r"(?:\s+(?:with|between|in|of)\s+[A-Z][\w’'-]+)?)"
)
_STARTS = re.compile(r"\b(?:from|after|since|starting|beginning|following)\s+(?:the\s+)?$", re.IGNORECASE)


def last_day(when: str) -> str | None:
    """Return the last ISO day of an ISO day, month, year or ``start/end``, or None where it names none."""
    last = when.rsplit("/", 1)[-1]
    parts = last.split("-")
    try:
        year = int(parts[0])
        month = int(parts[1]) if len(parts) > 1 else 12
        day = int(parts[2]) if len(parts) > 2 else calendar.monthrange(year, month)[1]
        return date(year, month, day).isoformat()
    except (ValueError, IndexError):
        return None


def _shifted(start: date, number: int, unit: str) -> date | None:
    try:
        if unit == "hour":
            return start + timedelta(days=-(-number // 24))
        if unit in _UNITS:
            return start + timedelta(days=number * _UNITS[unit])
        months = start.month - 1 + number * {"month": 1, "year": 12, "decade": 120}[unit]
        year, month = start.year + months // 12, months % 12 + 1
        return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    except (ValueError, OverflowError):
        return None


def _count(words: str | None) -> int | None:
    if not words:
        return None
    return int(words) if words.isdecimal() else _NUMBERS.get(words.lower())


def _from_length(content: str, day: str, basis: str) -> Horizon | None:
    for hit in _LENGTH.finditer(content) if holds(content, _LENGTHS) else ():
        low, high = _count(hit["low"]), _count(hit["high"])
        if low is None and not hit["ahead"] and not hit["vague"]:
            continue
        lead = hit["lead"].lower()
        if lead == "for" and not hit["ahead"] and "another" not in hit.group().lower():
            continue  # how long something lasts, not by when
        if lead in {"over", "during"} and not hit["ahead"]:
            continue
        words, unit = hit.group(), hit["unit"].lower()
        if hit["vague"] or (low is None and content[hit.start() : hit.end()].rstrip().endswith("s")):
            return Horizon(words, basis="a length of time without a number")
        if _FROM_AN_EVENT.match(content, hit.end()):
            return Horizon(words, basis="counted from something else than the document's day")
        if (from_day := last_day(day)) is None:
            return Horizon(words, basis="unresolved: the document has no date")
        start = date.fromisoformat(from_day)
        first = _shifted(start, low or 1, unit)
        last = _shifted(start, high or low or 1, unit)
        if first is None or last is None:
            return Horizon(words, basis="unresolved: beyond the calendar")
        when = f"{first.isoformat()}/{last.isoformat()}" if high else last.isoformat()
        return Horizon(words, when, last.isoformat(), f"counted from {day} ({basis})")
    return None


def _from_mention(statement: Statement, mentions: Iterable[TimeMention], day: str) -> Horizon | None:
    unresolved: Horizon | None = None
    for mention in mentions:
        if not statement.span.contains(mention.span):
            continue
        if mention.resolved is None:
            unresolved = unresolved or Horizon(mention.text, basis=mention.basis)
            continue
        end = last_day(mention.resolved)
        if end is None or (day and end < day):
            continue  # a time that was over when the article appeared is no horizon
        if not day:
            unresolved = unresolved or Horizon(mention.text, mention.resolved, None, _UNDATED)
            continue
        before = statement.content[: mention.span.start - statement.span.start]
        starts = "; the words say from or after when" if _STARTS.search(before) else ""
        return Horizon(mention.text, mention.resolved, end, f"{mention.basis}{starts}")
    return unresolved


def horizon_of(statement: Statement, mentions: Iterable[TimeMention], day: str, basis: str) -> Horizon:
    """Return by when *statement* can be judged, from its own words alone.

    Args:
        statement: the forecast.
        mentions: dates and relative days of its document; only those inside its span count.
        day: the document's ISO day, or "".
        basis: how that day is known: stated, inferred or given.

    A date in the words goes first, then a length of time counted from the document's day ("in the next two to five
    weeks" ends with the fifth), then an event that the words name, then words such as "soon", which set no day.
    """
    content = statement.content
    found = _from_mention(statement, mentions, day)
    event = _EVENT.search(content) if holds(content, _EVENTS) else None
    if event and (found is None or found.ends is None or found.words in event["event"]):
        dated = found if found is not None and found.ends else Horizon()
        how = f"its day: {dated.basis}" if dated.ends else "its day is not in the words"
        return Horizon(event["event"], dated.when, dated.ends, f"the event named; {how}")
    if found is not None and found.ends is not None:
        return found
    if (length := _from_length(content, day, basis)) is not None:
        return length
    if found is not None:
        return found
    if holds(content, _VAGUE_MARKS) and (vague := _VAGUE.search(content)):
        return Horizon(vague.group(), basis="words of time that set no day")
    return Horizon()
