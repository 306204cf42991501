"""The English words of dates, and of verbs that tell what was from what will be, as patterns compiled once."""

from __future__ import annotations

import re
from typing import Literal

from parley.sources.days import MONTHS

Tense = Literal["past", "future"]

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = "|".join(_WEEKDAYS)
_FULL = [name.capitalize() for name in MONTHS if len(name) > 4 or name in {"may", "june", "july"}]
_SHORT = [name.capitalize() for name in MONTHS if name.capitalize() not in _FULL]
_MONTH_NAME = "|".join(_FULL) + "|" + "|".join(rf"{name}\b\.?" for name in _SHORT)
_UPPER = "|".join(name.upper() for name in _FULL)
_MONTH_ALONE = "|".join(_FULL)
_NTH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d{2}"
_TO = r"\s?(?:-|–|—|/|to|and|until|through)\s?"

SHIFT = {"last": -1, "past": -1, "previous": -1, "this": 0, "the": 0, "next": 1, "coming": 1, "following": 1}
"""Words before a week, month or year, and how far they lead from the running one."""

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First months of the northern meteorological seasons."""

NEAR = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "yesterday": -1,
    "last night": -1, "the day before yesterday": -2, "tomorrow": 1, "the day after tomorrow": 2,
}  # fmt: skip
"""Days named by their distance from the document's own."""

_COUNT = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_COUNT, start=1)} | {"a": 1, "an": 1}

ABSOLUTE = re.compile(
    rf"(?:\b(?P<weekday>{_DAY}),?\s(?:the\s)?)?(?:"
    rf"(?<![\d.,])\b(?P<day>[0-3]?\d){_NTH}(?:{_TO}(?P<until>[0-3]?\d){_NTH})?\s(?:of\s)?"
    rf"(?P<month>{_MONTH_NAME}|{_UPPER})(?![a-z])(?:,?\s(?P<year>{_YEAR})\b)?"
    rf"|\b(?P<month2>{_MONTH_NAME}|{_UPPER})\s(?P<day2>[0-3]?\d){_NTH}\b(?![.,:]\d|\s?%)"
    rf"(?:{_TO}(?P<until2>[0-3]?\d)\b{_NTH}(?![.,]\d))?(?:,?\s(?P<year2>{_YEAR})\b)?)"
)
FIGURES = re.compile(
    r"(?<![\d/.-])(?:(?P<iso_year>(?:19|20)\d{2})-(?P<iso_month>\d{2})-(?P<iso_day>\d{2})(?![\d-])"
    r"|(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?P=mark)(?P<last>(?:19|20)\d{2})(?![\d/]|\.\d))"
)
WEEKDAY = re.compile(
    r"(?<!Good )(?<!Black )(?<!Bloody )(?<!Ash )(?<!Palm )(?<!Easter )(?<!Super )(?<!Cyber )(?<!News )"
    r"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his\s(?:past|coming)|[Tt]his|[Pp]ast|[Cc]oming)\s)?"
    rf"(?P<weekday>{_DAY})\b(?!\s(?:Times|Telegraph|Mail|Express|Mirror|Post|Herald|Agreement|Accords?)\b)"
    r"(?:\s(?:of\s)?(?P<week>last|this|next)\sweek\b)?"
)
NEAR_DAY = re.compile(
    r"\b(?:[Tt]he\sday\s(?:before\syesterday|after\stomorrow)|[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow|"
    r"[Tt]his\s(?:morning|afternoon|evening)|[Ll]ast\snight)\b"
)
PERIOD = re.compile(
    r"\b(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Pp]revious|[Cc]oming|[Tt]he(?=\sweekend))\s(?P<unit>weekend|week|month|year)\b"
)
AGO = re.compile(
    r"\b(?P<number>\d{1,3}|[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|"
    r"[Ee]leven|[Tt]welve)\s(?P<unit>day|week|month|year)s?\sago\b"
)
MONTH = re.compile(
    r"\b(?:(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s|(?<=\b[Ii]n )|(?<=\b[Ss]ince )|(?<=\b[Uu]ntil )|(?<=\b[Dd]uring )|"
    r"(?<=\b[Tt]hrough )|(?:(?<=\b[Bb]y )|(?<=\b[Ff]rom )|(?<=\b[Oo]f ))(?!May\b)|(?:[Ee]arly|[Mm]id|[Ll]ate)[\s-])"
    rf"(?P<month>{_MONTH_ALONE})\b(?!\s\d{{1,2}}\b(?!\d))(?!['’]s)(?:,?\s(?P<year>{_YEAR})\b)?"
    rf"|(?P<month2>{_MONTH_ALONE}),?\s(?P<year2>{_YEAR})\b)"
)
SEASON = re.compile(
    r"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s|(?P<article>[Tt]he)\s)?(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[\s-])?"
    rf"(?P<season>spring|summer|autumn|fall|winter)\b(?:\s(?:of\s)?(?P<year>{_YEAR})\b)?"
)
END_OF = re.compile(
    r"\b(?:[Tt]he\s)?(?P<edge>[Ee]nd|[Bb]eginning|[Ss]tart)\sof\s"
    rf"(?:(?P<year>{_YEAR})\b|(?P<which>[Tt]he|[Tt]his|[Nn]ext|[Ll]ast)\s(?P<unit>year|month|week)\b)"
)
YEAR = re.compile(rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Oo]f|[Dd]uring)\s(?P<year>{_YEAR})\b(?![-–/.,]?\d)")

MARKS = (
    *("day", "night", "morrow", "morning", "afternoon", "evening", "week", "month", "year"),
    *("spring", "summer", "autumn", "fall", "winter", *_FULL, *_SHORT, *(name.upper() for name in _FULL)),
)
"""Every date but one in figures holds one of these; finding them first spares most of a text the patterns."""

FIGURE_MARK = re.compile(r"(?:19|20)\d\d")
"""What every date in figures holds."""

_FUTURE = (
    r"will|won[’']t|shall|would|could|might|may|going to|"
    r"(?:is|are|was|were) (?:\w+ly )?(?:due|set|scheduled|expected|planned|slated|supposed|to)\b|"
    r"(?:due|set|scheduled|expected|planned|slated|supposed|hopes?|plans?|wants?|agreed|intends?|ahead|deadline)"
    r"(?: \w+){0,2}? (?:on|for|to|of|by)|(?:is|are) (?:\w+ly )?\w+ing|"
    r"to (?:be|meet|hold|speak|talk|resume|begin|start|vote|visit|travel|discuss|sign|decide|convene|host|attend|take|"
    r"open|return|continue|announce)|meets|begins|starts|opens|expires|resumes|takes effect|upcoming|coming"
)
_PAST = (
    r"said|says|told|was|were|had|did|made|came|went|took|held|met|spoke|began|gave|saw|became|left|put|struck|"
    r"broke|wrote|won|lost|sent|brought|thought|found|kept|led|rose|fell|read|spent|sat|flew|hit|drew|fought|paid|knew|"
    r"heard|stood|felt|shot|got|ran|threw|sought|shook|swore|chose|withdrew|been|seen|done|taken|following|after|[a-z]{2,}ed"
)
CUE = re.compile(rf"\b(?:(?P<future>{_FUTURE})|(?P<past>{_PAST}))\b", re.IGNORECASE)


def tense_of(cue: re.Match[str]) -> Tense:
    """Return what a match of CUE tells."""
    return "future" if cue["future"] else "past"


def month(name: str) -> int:
    """Return the number of a month's name as the patterns match it."""
    return MONTHS[name.rstrip(".").lower()]


def weekday(name: str) -> int:
    """Return the number of a weekday, Monday 0."""
    return _WEEKDAYS.index(name)


def number(words: str) -> int | None:
    """Return the number that figures or a word name."""
    return int(words) if words.isdecimal() else _NUMBERS.get(words.lower())
