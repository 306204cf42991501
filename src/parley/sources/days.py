"""Publication dates as fields, sidecars and file names write them, to ISO 8601 days."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
"""English month names and their usual abbreviations, in small letters, to their numbers."""

_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)(?:/(\d{1,2})(?!\d))?")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?=T\d|\D|$)(?!\d)")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+({_NAMES})\b\.?,?[\s-]+(\d{{4}})(?!\d)", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"\b({_NAMES})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_CJK = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})([-_.]?)(\d{2})\2(\d{2})(?!\d)")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})/(\d{1,2}|[a-z]{3})/(\d{1,2})(?:/|$)")


def parse_day(words: str) -> tuple[str | None, str | None]:
    """Return the ISO day that *words* name, and a note where they name none, or more than one.

    The day is the one written: a time zone does not move it. Day and month in figures alone (03/04/2025) count only
    where no other order fits, or with points, which are always day first.
    """
    text = " ".join(words.split())
    if _EPOCH.fullmatch(text):
        seconds = float(text) / (1000 if len(text.split(".")[0]) == 13 else 1)
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date().isoformat(), None
    match = _ISO.search(text)
    if match and (day := _day(match[1], match[2], match[3])):
        note = f"The date {text!r} covers more than one day; the first is used." if match[4] else None
        return day, note
    for pattern, order in (
        (_DAY_FIRST, (3, 2, 1)),
        (_MONTH_FIRST, (3, 1, 2)),
        (_YEAR_FIRST, (1, 2, 3)),
        (_CJK, (1, 2, 3)),
    ):
        match = pattern.search(text)
        if match and (day := _day(*(match[place] for place in order))):
            return day, None
    match = _NUMERIC.search(text)
    if match:
        return _from_figures(match, text)
    match = _COMPACT.search(text)
    if match and (day := _day(match[1], match[2], match[3])):
        return day, None
    return None, f"The date {text[:80]!r} does not name one day and was left out; give it as YYYY-MM-DD."


def day_in_name(name: str) -> tuple[str, str] | None:
    """Return the ISO day that a file name holds and the characters that show it, or None."""
    for match in _IN_NAME.finditer(name):
        if day := _day(match[1], match[3], match[4]):
            return day, match[0]
    return None


def day_in_address(address: str) -> tuple[str, str] | None:
    """Return the ISO day in the path of a web address (/2025/03/18/) and the characters that show it, or None."""
    for match in _IN_ADDRESS.finditer(address.lower()):
        if day := _day(match[1], match[2], match[3]):
            return day, match[0].strip("/")
    return None


def _from_figures(match: re.Match[str], text: str) -> tuple[str | None, str | None]:
    """Read 18/03/2025 and its like, refusing to guess between day and month."""
    day_first = _day(match[4], match[3], match[1])
    if match[2] == "." and day_first:
        return day_first, None
    month_first = _day(match[4], match[1], match[3])
    if day_first and month_first and day_first != month_first:
        return (
            None,
            f"The date {text[:80]!r} could be {day_first} or {month_first} and was left out; give it as YYYY-MM-DD.",
        )
    found = day_first or month_first
    return found, None if found else f"The date {text[:80]!r} is no day of the calendar and was left out."


def _day(year: str, month: str, day: str) -> str | None:
    """Return an ISO day, or None where the calendar has no such day."""
    number = MONTHS.get(month.lower()) or (int(month) if month.isdecimal() else 0)
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None
