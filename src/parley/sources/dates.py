"""Dates and relative days in the text of a document, resolved against the document's own date.

English words are read in any document; ISO and figure dates in every language. A date that depends on the document's
date stays unresolved where the document has none. Seasons are those of the northern hemisphere, weeks begin on Monday.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from parley.records import Document, Fact, Span, TimeMention
from parley.sources import calendar_words as words
from parley.sources.calendar_words import Tense

UNDATED = "unresolved: the document has no date"
"""Basis of a relative day in a document without a date."""

AMBIGUOUS = "unresolved: day and month cannot be told apart"
"""Basis of a date in figures that could be read day first or month first."""

_SENTENCE_END = re.compile(
    r"(?<!\b[A-Za-z])(?<!\bM[rs])(?<!\bMrs)(?<!\b[DS][rt])(?<!\b(?:Sen|Rep|Gov|Gen))[.!?]['\"”’)]?\s|\n(?![a-z0-9])"
)
"""The full stop of "a.m.", "U.N." or "Mr." ends nothing."""
_UP_TO = re.compile(
    r"\b(?:until|till|by|through|before|ahead of)\s(?:(?:the )?(?:beginning|start|middle|end) of )?(?:the )?$",
    re.IGNORECASE,
)
_REACH = 160
_ROOM = 64


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    resolved: str | None
    relative: bool  # needs the document's date
    note: str = ""


def find_times(document: Document, *, furniture: Sequence[Span] = ()) -> tuple[TimeMention, ...]:
    """Return the dates and relative days of *document* in the order of the text, none overlapping another.

    What lies in *furniture* is left out. A bare weekday is the last such day up to the document's date, or the next one
    where its clause speaks of what will be. ``resolved`` is an ISO day, month or year, or ``start/end``, both included.
    """
    today = date.fromisoformat(document.date.value) if document.date else None
    basis = _relative_to(document.date)
    hits: list[_Hit] = []
    for start, end in _windows(document.text):
        for pattern, resolve in _READERS:
            found = (resolve(match, today) for match in pattern.finditer(document.text, start, end))
            hits.extend(hit for hit in found if hit)
    barred = sorted(furniture)
    mentions = []
    for hit in _longest(hits):
        if _touches(barred, hit):
            continue
        if not hit.relative:
            shown = AMBIGUOUS if hit.resolved is None else "stated"
        elif today is None:
            shown = UNDATED
        else:
            shown = basis + (f", {hit.note}" if hit.note else "")
        span = Span(hit.start, hit.end)
        mentions.append(TimeMention(document.id, span, span.of(document.text), hit.resolved, shown))
    return tuple(mentions)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of *text* that hold a date's mark, with room around them for the rest of the date."""
    places = [match.start() for match in words.FIGURE_MARK.finditer(text)]
    for mark in words.MARKS:
        at = text.find(mark)
        while at >= 0:
            places.append(at)
            at = text.find(mark, at + len(mark))
    start = end = -1
    for place in sorted(places):
        if place - _ROOM > end:
            if end >= 0:
                yield start, min(end, len(text))
            start = max(0, place - _ROOM)
        end = place + _ROOM
    if end >= 0:
        yield start, min(end, len(text))


def _relative_to(fact: Fact | None) -> str:
    """Say what relative days hang on: "relative to 2025-03-19 (given: --date)"."""
    if fact is None:
        return UNDATED
    return f"relative to {fact.value} ({fact.basis}{': ' + fact.evidence if fact.evidence else ''})"


def _longest(hits: list[_Hit]) -> Iterator[_Hit]:
    """Yield hits in the order of the text; of two that overlap the earlier, and of two at one place the longer."""
    end = 0
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.start >= end:
            yield hit
            end = hit.end


def _touches(barred: Sequence[Span], hit: _Hit) -> bool:
    """Tell whether a hit shares a character with one of the sorted spans."""
    at = bisect_left(barred, Span(hit.end, hit.end))
    return any(span.end > hit.start for span in barred[max(0, at - 4) : at])


def _tense(match: re.Match[str]) -> Tense | None:
    """Tell whether the clause around a match speaks of what was or what will be; None where nothing shows it.

    The nearest verb decides. "Until July 9" looks ahead by itself: the verb before it is about something else.
    """
    up_to = _UP_TO.search(match.string, max(0, match.start() - 24), match.start())
    return "future" if up_to else _verb_near(match)


def _verb_near(match: re.Match[str]) -> Tense | None:
    """Return the tense of the nearest verb before a match in its sentence, else of the nearest after it."""
    text, start, end = match.string, match.start(), match.end()
    before = text[max(0, start - _REACH) : start]
    breaks = [found.end() for found in _SENTENCE_END.finditer(before)]
    tense: Tense | None = None
    for cue in words.CUE.finditer(before, breaks[-1] if breaks else 0):
        tense = words.tense_of(cue)
    if tense:
        return tense
    stop = _SENTENCE_END.search(text, end, end + _REACH)
    after = words.CUE.search(text, end, stop.start() if stop else min(len(text), end + _REACH))
    return words.tense_of(after) if after else None


def _absolute(match: re.Match[str], today: date | None) -> _Hit | None:
    """Resolve "18 March 2025", "March 18", "Tuesday, March 18", "18-19 March"."""
    part = match.groupdict()
    month = words.month(part["month"] or part["month2"])
    days = [int(day) for day in (part["day"] or part["day2"], part["until"] or part["until2"]) if day]
    if part["year"] or part["year2"]:
        year = int(part["year"] or part["year2"])
        resolved = _days(year, month, days)
        return _Hit(match.start(), match.end(), resolved, relative=False) if resolved else None
    if today is None:
        return _Hit(match.start(), match.end(), None, relative=True) if _days(2024, month, days) else None
    weekday = words.weekday(part["weekday"]) if part["weekday"] else None
    year_found = _year_of(month, days[0], today, weekday, _tense(match))
    if year_found is None:
        return None
    return _Hit(match.start(), match.end(), _days(year_found, month, days), relative=True)


def _days(year: int, month: int, days: list[int]) -> str | None:
    """Return one day or a run of days, or None where the calendar has no such day."""
    try:
        found = [date(year, month, day) for day in days]
    except ValueError:
        return None
    if len(found) == 1 or found[0] >= found[1]:
        return found[0].isoformat()
    return f"{found[0]}/{found[1]}"


def _year_of(month: int, day: int, today: date, weekday: int | None, tense: Tense | None) -> int | None:
    """Choose the year of a day that names none: its weekday fits, it lies where the verb says, it is near."""
    near = []
    for year in range(today.year - 6, today.year + 7):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if weekday is None or candidate.weekday() == weekday:
            near.append(candidate)
    if not near:
        return None

    return min(near, key=lambda candidate: _cost((candidate - today).days, tense)).year


def _cost(ahead: int, tense: Tense | None) -> int:
    """Return how unlikely a time is that lies so many days ahead: far, or not where the verb says."""
    if ahead > 0:  # news looks back rather than forward
        return 2 * ahead + (180 if tense == "past" else 0)
    return -ahead + (100 if ahead and tense == "future" else 0)


def _figures(match: re.Match[str], _: date | None) -> _Hit | None:
    """Resolve 2025-03-18, 18.03.2025 and, where only one order fits, 18/03/2025."""
    part = match.groupdict()
    if part["iso_year"]:
        resolved = _days(int(part["iso_year"]), int(part["iso_month"]), [int(part["iso_day"])])
        return _Hit(match.start(), match.end(), resolved, relative=False) if resolved else None
    first, second, year = int(part["first"]), int(part["second"]), int(part["last"])
    day_first, month_first = _days(year, second, [first]), _days(year, first, [second])
    if part["mark"] == ".":
        month_first = None
    if not day_first and not month_first:
        return None
    resolved = None if day_first and month_first and day_first != month_first else day_first or month_first
    return _Hit(match.start(), match.end(), resolved, relative=False)


def _weekday(match: re.Match[str], today: date | None) -> _Hit | None:
    """Resolve "Tuesday", "last Tuesday", "next Tuesday", "Tuesday last week"."""
    if today is None:
        return _Hit(match.start(), match.end(), None, relative=True)
    wanted = words.weekday(match["weekday"])
    back = (today.weekday() - wanted) % 7
    which, week = (match["which"] or "").lower(), (match["week"] or "").lower()
    if week:
        monday = today - timedelta(days=today.weekday())
        day = monday + timedelta(days=wanted + 7 * words.SHIFT[week])
    elif which in {"last", "this past", "past"}:
        day = today - timedelta(days=back or 7)
    elif which == "next" or which == "coming" or which == "this coming":
        day = today + timedelta(days=7 - back)
    elif which == "this":
        day = today - timedelta(days=today.weekday()) + timedelta(days=wanted)
    elif _verb_near(match) == "future":
        day = today + timedelta(days=(7 - back) % 7)
    else:
        day = today - timedelta(days=back)
    return _Hit(match.start(), match.end(), day.isoformat(), relative=True)


def _near(match: re.Match[str], today: date | None) -> _Hit | None:
    """Resolve "yesterday", "last night", "this morning"."""
    if today is None:
        return _Hit(match.start(), match.end(), None, relative=True)
    day = today + timedelta(days=words.NEAR[" ".join(match[0].lower().split())])
    return _Hit(match.start(), match.end(), day.isoformat(), relative=True)


def _period(match: re.Match[str], today: date | None) -> _Hit | None:
    """Resolve "last week", "this month", "next year", "over the weekend"."""
    if today is None:
        return _Hit(match.start(), match.end(), None, relative=True)
    unit = match["unit"].lower()
    which = match["which"].lower()
    if unit == "weekend":
        return _Hit(match.start(), match.end(), _weekend(which, today, _verb_near(match)), relative=True)
    return _Hit(match.start(), match.end(), _unit(unit, words.SHIFT.get(which, 0), today), relative=True)


def _unit(unit: str, shift: int, today: date) -> str:
    """Return the week, month or year *shift* away from the one that holds *today*."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=shift)
        return f"{monday}/{monday + timedelta(days=6)}"
    if unit == "month":
        months = today.year * 12 + today.month - 1 + shift
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    return f"{today.year + shift:04d}"


def _weekend(which: str, today: date, tense: Tense | None) -> str:
    """Return a weekend: the last full or running one, or the coming one."""
    saturday = today - timedelta(days=(today.weekday() - 5) % 7)
    if which == "next" or (which != "last" and tense == "future" and today.weekday() < 5):
        saturday += timedelta(days=7)
    elif which == "last" and today.weekday() >= 5:
        saturday -= timedelta(days=7)
    return f"{saturday}/{saturday + timedelta(days=1)}"


def _ago(match: re.Match[str], today: date | None) -> _Hit | None:
    """Resolve "three days ago", "two weeks ago", "a year ago"."""
    number = words.number(match["number"])
    if number is None:
        return None
    if today is None:
        return _Hit(match.start(), match.end(), None, relative=True)
    unit = match["unit"].lower()
    if number > 1000:
        return None
    resolved = (today - timedelta(days=number)).isoformat() if unit == "day" else _unit(unit, -number, today)
    return _Hit(match.start(), match.end(), resolved, relative=True)


def _month(match: re.Match[str], today: date | None) -> _Hit | None:
    """Resolve "March 2025", "last August", "in January", "late February"."""
    number = words.month(match["month"] or match["month2"])
    year = match["year"] or match["year2"]
    if year:
        return _Hit(match.start(), match.end(), f"{year}-{number:02d}", relative=False)
    if today is None:
        return _Hit(match.start(), match.end(), None, relative=True)
    which = (match["which"] or "").lower()
    here = today.year * 12 + today.month - 1
    then = today.year * 12 + number - 1
    if which == "last" and then >= here:
        then -= 12
    elif which == "next" and then <= here:
        then += 12
    elif not which:
        back, ahead = -((here - then) % 12), (then - here) % 12
        tense = _tense(match)
        since = match.string[max(0, match.start() - 6) : match.start()].lower() == "since "
        then = here + (back if since else min(back, ahead, key=lambda far: _cost(far * 30, tense)))
    return _Hit(match.start(), match.end(), f"{then // 12:04d}-{then % 12 + 1:02d}", relative=True)


def _season(match: re.Match[str], today: date | None) -> _Hit | None:
    """Resolve "last summer", "early summer", "the spring of 2024"."""
    first, part = words.SEASONS[match["season"].lower()], (match["part"] or "").lower()
    if not any(match[group] for group in ("which", "article", "part", "year")) and not _led_in(match):
        return None  # "spring" and "fall" alone are as often verbs
    if match["year"]:
        return _Hit(match.start(), match.end(), _season_of(int(match["year"]), first, part), relative=False)
    if today is None:
        return _Hit(match.start(), match.end(), None, relative=True)
    which, year = (match["which"] or "").lower(), today.year
    if which == "last":
        while _season_end(year, first) >= today:  # winter runs into the next year
            year -= 1
    elif which == "next":
        year += date(year, first, 1) <= today
    elif not which:
        tense = _tense(match)
        year = min((year - 1, year, year + 1), key=lambda one: _cost(_days_to_season(one, first, today), tense))
    return _Hit(match.start(), match.end(), _season_of(year, first, part), relative=True, note="northern seasons")


def _led_in(match: re.Match[str]) -> bool:
    """Tell whether a season's bare name follows a word that makes it a time."""
    lead = match.string[max(0, match.start() - 8) : match.start()].lower()
    return lead.endswith((" in ", " by ", " since ", " until ", " during "))


def _season_end(year: int, first: int) -> date:
    months = year * 12 + first - 1 + 3
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def _days_to_season(year: int, first: int, today: date) -> int:
    """Return how many days ahead a season lies, fewer than none once it is over."""
    return max((date(year, first, 1) - today).days, 0) + min((_season_end(year, first) - today).days, 0)


def _season_of(year: int, first: int, part: str) -> str:
    """Return the days of a season or of its first, second or third month."""
    start = year * 12 + first - 1 + {"mid": 1, "late": 2}.get(part, 0)
    end = start + (1 if part else 3)
    last = date(end // 12, end % 12 + 1, 1) - timedelta(days=1)
    return f"{date(start // 12, start % 12 + 1, 1)}/{last}"


def _end_of(match: re.Match[str], today: date | None) -> _Hit | None:
    """Resolve "the end of the year", "the end of 2025", "the beginning of the month"."""
    edge = match["edge"].lower()
    if match["year"]:
        resolved = f"{match['year']}-12-31" if edge == "end" else f"{match['year']}-01-01"
        return _Hit(match.start(), match.end(), resolved, relative=False)
    if today is None:
        return _Hit(match.start(), match.end(), None, relative=True)
    shift = words.SHIFT.get((match["which"] or "").lower(), 0)
    unit = match["unit"].lower()
    if unit == "week":
        monday, sunday = _unit("week", shift, today).split("/")
        resolved = sunday if edge == "end" else monday
    elif unit == "month":
        year, month = map(int, _unit("month", shift, today).split("-"))
        resolved = (
            (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)) if edge == "end" else date(year, month, 1)
        ).isoformat()
    else:
        resolved = f"{today.year + shift}-12-31" if edge == "end" else f"{today.year + shift}-01-01"
    return _Hit(match.start(), match.end(), resolved, relative=True)


def _year(match: re.Match[str], _: date | None) -> _Hit | None:
    """Resolve "in 2014"."""
    return _Hit(match.start("year"), match.end("year"), match["year"], relative=False)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date | None], _Hit | None]], ...] = (
    (words.ABSOLUTE, _absolute),
    (words.FIGURES, _figures),
    (words.WEEKDAY, _weekday),
    (words.NEAR_DAY, _near),
    (words.PERIOD, _period),
    (words.AGO, _ago),
    (words.MONTH, _month),
    (words.SEASON, _season),
    (words.END_OF, _end_of),
    (words.YEAR, _year),
)
