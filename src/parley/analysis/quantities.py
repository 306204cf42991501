"""Quantities in running text: numbers with what they count, ranges, shares, money, lengths of time, multiples.

Dates, years, ordinals, clock times, scores and numbers that belong to names (G20, F-16) are no quantities. The words
stay as they stand; the number is what they come to, with what had to be decided about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from parley.analysis.scanning import places, windows
from parley.records import Span

__all__ = ["Kind", "Quantity", "find_quantities", "number_of"]

Kind = Literal["share", "money", "length of time", "amount", "multiple"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity. ``low`` and ``high`` differ for a range; ``reading`` says what had to be decided, if anything."""

    span: Span
    text: str
    kind: Kind
    low: float
    high: float
    unit: str
    about: str = ""  # "about", "more than", "at least": as the text has it
    reading: str = ""


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_WORDS = {word: float(number) for number, word in enumerate(f"{_ONES} eighteen nineteen".split())}
_TENS = {
    word: float(10 * number)
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES = {"hundred": 1e2, "dozen": 12.0, "thousand": 1e3, "million": 1e6, "mln": 1e6, "m": 1e6, "billion": 1e9,
           "bln": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12, "k": 1e3}  # fmt: skip
_UNITS_OF_TENS = "|".join(list(_WORDS)[1:10])
_SMALL = "|".join([rf"(?:{'|'.join(_TENS)})(?:[ -](?:{_UNITS_OF_TENS}))?", *sorted(_WORDS, key=len, reverse=True)])
_FIGURES = r"(?:\d{1,3}(?:[,.\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+[.,]\d+|\d+(?:\s\d/\d)?)"
_SPELT = (
    rf"(?:(?:{_SMALL})(?!\w)|half(?=\s(?:an?|the|of|million|billion)\b)|"
    r"a(?=\s(?:hundred|thousand|million|billion)\b))"
)
_MONEY = r"(?:US\$|A\$|C\$|HK\$|[$£€¥₹₽₴])"
_NUMBER = re.compile(rf"(?<![\w.,:/’'@#№\-–$£€])(?P<money>{_MONEY}\s?)?(?P<number>{_FIGURES}|{_SPELT})", re.IGNORECASE)
_DIGITS = re.compile(r"[$£€¥₹₽₴0-9](?:(?<=[0-9])|\s?(?=[0-9]))[0-9]*")  # with the sign of money before them
_LETTERS = re.compile(r"(?:US|A|C|HK)\Z", re.IGNORECASE)  # before a dollar sign
_SPELT_MARKS = (*_ONES.split(), *_TENS, "half ", "a hundred", "a thousand", "a million", "a billion")
_TIMES_MARKS = ("doubl", "tripl", "trebl", "quadrupl", "halv", "fold")
_SHARE = r"[\s\u00a0-]?(?P<share>%|percentage points?\b|per\s?cent(?:age points?)?\b|pct\b)"
_RANGE = rf"(?:{_SHARE})?\s?(?P<link>-|–|—|to\b|or\b|and\b)\s?{_MONEY}?(?P<number>{_FIGURES}|{_SPELT})(?![\d/])"
_SCALED = (
    r"[\s\u00a0-]?(?P<scale>hundred|dozen|thousand|million|mln|billion|bln|bn|trillion|tn|(?<=\d)[mbk](?![\w’']))\b"
)
_TO = re.compile(_RANGE, re.IGNORECASE)
_SCALE = re.compile(_SCALED, re.IGNORECASE)
_MORE = re.compile(f"{_SCALED}|{_RANGE}", re.IGNORECASE)
_COUNTED = re.compile(
    rf"(?i:{_SHARE})"
    r"|(?i:[\s\u00a0-](?P<time>second|minute|hour|day|week|month|year|decade)s?(?:[’'](?=\s))?(?:-(?:old|long))?(?!\w))"
    r"|(?i:\s(?P<currency>dollars|dlrs|euros?|pounds?|yuan|yen|marks|francs|rubles|roubles|rupees|cents?)\b)"
    r"|(?i:(?P<none>(?:st|nd|rd|th)\b|[a-zA-Z]|:\d|/\d|-\d|\s?[ap]\.?m\b|\s(?:GMT|UTC|ES?T|CET|hrs)\b))"
    r"|[\s\u00a0-](?P<unit>(?:(?:[a-z]{3,}|[A-Z][A-Za-z]+|(?:[A-Z]\.){2,3})[\s-]){0,2}?(?P<head>[A-Za-z]{3,}))\b"
)
"""What a number counts, right behind it: a share, time, money or a noun; or, as an ordinal or clock time, nothing."""
_ABOUT = re.compile(
    r"\b(?P<about>about|around|roughly|approximately|some|nearly|almost|over|more than|less than|fewer than|at least|"
    r"at most|up to|as many as|as much as|under|close to|(?:an )?estimated|only|(?P<between>between))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_NEAR = 24  # characters before a number in which words say how near it is
_NO_UNIT = frozenset(
    "and are but for from had has have her his into its more most new next not off other others out over per she such "
    "than that the their them then there they this those times under was were when which who will with would ago last "
    "can could did does may might must said says shall should also both each very all any how what where why".split()
)
_SPLIT = re.compile(r"[\s-]")
_PLURALS = frozenset("people troops men women children staff police personnel tonnes tons".split())
_COUNTABLE = "|".join((
    *_PLURALS, *_SCALES, "and", "or", "to", "pct", "cent", "euro", "pound", "yen", "yuan",
    "second", "minute", "hour", "day", "week", "month", "year", "decade",
))  # fmt: skip
_IDLE = re.compile(rf"[.,;!?)”]|\s(?!per|(?:{_COUNTABLE})\b)[a-z]{{2,}}[a-rt-z]\b")
"""What follows small numbers that count nothing: the end of a clause, or a word that nothing is counted in."""
_MULTIPLE = re.compile(
    r"\b(?:(?P<about>about|nearly|almost|more than|roughly)\s+)?(?P<word>doubled|doubling|tripled|tripling|trebled|"
    r"quadrupled|halved|halving|(?:double|triple|halve)(?=\s(?:to|its|the|their|his|her)\b)|"
    r"(?P<fold>two|three|four|five|six|ten)-?fold)\b",
    re.IGNORECASE,
)
_FACTORS = {"doub": 2.0, "trip": 3.0, "treb": 3.0, "quad": 4.0, "halv": 0.5}
_AN_HOUR = re.compile(
    r"\b(?:(?P<about>about|around|nearly|almost|over|more than|under)\s+)?(?P<half>half\s+)?an hour\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d{2}")
_GROUPED = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d{3})")  # a space between thousands


def number_of(words: str, *, translated: bool = False) -> tuple[float, str]:
    """Return the number that figures or words write, and what had to be decided: "decimal comma" for 3,3.

    A comma before three figures groups thousands (10,000), any other comma is a decimal comma. In a *translated*
    document one group of three after a comma or a point may be either, and that is said.

    Raises ValueError for what is no number.
    """
    if words.isdecimal():
        return float(words), ""
    words = _GROUPED.sub("", words)
    said = " ".join(words.casefold().replace("-", " ").split())
    if said in {"half", "a half"}:
        return 0.5, ""
    if said == "a":
        return 1.0, ""
    if not said[:1].isdecimal():
        parts = said.split()
        return sum(
            _TENS[part] if part in _TENS else _WORDS[part] for part in parts if part in _TENS or part in _WORDS
        ), ""
    figures = said
    if match := re.fullmatch(r"(\d+) (\d)/(\d)", figures):
        return float(match[1]) + (int(match[2]) / int(match[3]) if int(match[3]) else 0.0), ""
    doubt = "in a translated text the comma or point may be a decimal one" if translated else ""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", figures):
        return float(figures.replace(",", "")), doubt if figures.count(",") == 1 and "." not in figures else ""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?", figures) or re.fullmatch(r"\d{1,3}\.\d{3},\d+", figures):
        return float(figures.replace(".", "").replace(",", ".")), "points group thousands"
    if re.fullmatch(r"\d+,\d+", figures):
        return float(figures.replace(",", ".")), "decimal comma"
    if re.fullmatch(r"\d{1,3}\.\d{3}", figures) and translated:
        return float(figures), "in a translated text the comma or point may group thousands"
    return float(figures), ""


def find_quantities(text: str, *, translated: bool = False) -> Iterator[Quantity]:
    """Yield the quantities of *text* in its order; none overlaps another. *translated*: see :func:`number_of`."""
    found = [*_numbers(text, translated), *_multiples(text), *_hours(text)]
    end = 0
    for quantity in sorted(found, key=lambda item: (item.span.start, -item.span.end)):
        if quantity.span.start >= end:
            yield quantity
            end = quantity.span.end


def _multiples(text: str) -> Iterator[Quantity]:
    for hit in _around(_MULTIPLE, text, _TIMES_MARKS):
        factor = _WORDS[hit["fold"].lower()] if hit["fold"] else _FACTORS[hit["word"][:4].lower()]
        yield Quantity(Span(*hit.span()), hit.group(), "multiple", factor, factor, "times", hit["about"] or "")


def _hours(text: str) -> Iterator[Quantity]:
    for hit in _around(_AN_HOUR, text, ("an hour",)):
        length = 0.5 if hit["half"] else 1.0
        yield Quantity(Span(*hit.span()), hit.group(), "length of time", length, length, "hour", hit["about"] or "")


def _around(pattern: re.Pattern[str], text: str, marks: tuple[str, ...]) -> Iterator[re.Match[str]]:
    for low, high in windows(places(text, marks), len(text), before=40, after=40):
        yield from pattern.finditer(text, low, high)


def _numbers(text: str, translated: bool) -> Iterator[Quantity]:
    end = 0
    starts = [hit.start() for hit in _DIGITS.finditer(text)]
    if "$" in text:
        starts = [_with_country(text, at) if text[at] == "$" else at for at in starts]
    for at in sorted({*starts, *places(text, _SPELT_MARKS)}):
        hit = _NUMBER.match(text, at) if at >= end else None
        try:
            quantity = _quantity(text, hit, translated) if hit is not None else None
        except ValueError:  # 1.234,567.890: groups that make no number
            continue
        if quantity is not None:
            yield quantity
            end = quantity.span.end


def _with_country(text: str, at: int) -> int:
    """Return where a dollar sign begins with its country before it, if one stands there."""
    country = _LETTERS.search(text, max(0, at - 2), at)
    return country.start() if country is not None else at


def _quantity(text: str, hit: re.Match[str], translated: bool) -> Quantity | None:
    money, figures = hit["money"], hit["number"]
    if money is None and len(figures) < 4 and figures.isdecimal() and _IDLE.match(text, hit.end()):
        return None
    low, reading = number_of(figures, translated=translated)
    high, high_reading, at, to = low, "", hit.end(), None
    if _MORE.match(text, at) is not None:
        at, low_scale = _scaled(text, at)
        high_scale = low_scale
        to = _TO.match(text, at)
        if to is not None and not _ranges(text, hit, to):
            to = None
        if to is not None:
            high, high_reading = number_of(to["number"], translated=translated)
            at, high_scale = _scaled(text, to.end())
        low, high = low * (low_scale if low_scale > 1 or to is None else high_scale), high * high_scale
    kind, unit, end = _measured(text, at, money=(money or "").strip(), figures=figures, low=low, high=high)
    if not kind:
        return None
    if to is not None and text[max(0, hit.start() - 5) : hit.start()].lower() == "from ":
        high_reading = "a change from one to the other"
    low, high = min(low, high), max(low, high)
    about = _ABOUT.search(text, max(0, hit.start() - _NEAR), hit.start())
    if kind == "length of time" and about is not None and about["about"].lower() == "over":
        about = None  # over four years: during them, as often as more than them
    start = about.start() if about is not None else hit.start()
    return Quantity(
        Span(start, end), text[start:end], kind, low, high, unit,
        about["about"].lower() if about is not None and not about["between"] else "", reading or high_reading,
    )  # fmt: skip


def _ranges(text: str, hit: re.Match[str], to: re.Match[str]) -> bool:
    """Tell whether two numbers are the ends of one range: "and" joins them only after "between"."""
    if to["link"] == "-" and hit["number"] in to.group():
        return False
    if to["link"].lower() != "and":
        return True
    about = _ABOUT.search(text, max(0, hit.start() - _NEAR), hit.start())
    return about is not None and about["between"] is not None


def _scaled(text: str, at: int) -> tuple[int, float]:
    scale = 1.0
    while (hit := _SCALE.match(text, at)) is not None:
        scale *= _SCALES[hit["scale"].lower()]
        at = hit.end()
    return at, scale


def _measured(text: str, at: int, *, money: str, figures: str, low: float, high: float) -> tuple[Kind | None, str, int]:
    """Return kind, unit and end of the quantity whose number ends at *at*; no kind: it counts nothing that is known."""
    spelt = not figures[:1].isdecimal()
    if money:
        return "money", money.upper(), at
    after = _COUNTED.match(text, at)
    what = after.lastgroup if after is not None else None
    if after is not None and what == "share":
        return "share", "percentage points" if "point" in after["share"].lower() else "per cent", after.end()
    if after is not None and what == "time":
        return ("length of time", after["time"].lower(), after.end()) if low != 1 or not spelt else (None, "", at)
    if after is not None and what == "currency":
        return "money", after["currency"].lower(), after.end()
    if what == "none" or (high == low and _YEAR.fullmatch(figures)) or (spelt and high < 3):
        return None, "", at
    if after is not None and _many(after["head"]) and _NO_UNIT.isdisjoint(_SPLIT.split(after["unit"].lower())):
        return "amount", after["unit"], after.end()
    return ("amount", "", at) if low >= 1000 and not spelt else (None, "", at)


def _many(head: str) -> bool:
    return head in _PLURALS or (head.endswith("s") and not head.endswith(("ss", "us", "is")))
