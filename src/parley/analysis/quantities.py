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
_DIGITS = re.compile(r"[0-9]+")
_MONEY_BEFORE = re.compile(rf"{_MONEY}\s?$", re.IGNORECASE)
_MONEY_SIGNS = frozenset("$£€¥₹₽₴")
_SPELT_MARKS = (*_WORDS, *_TENS, "half ", "a hundred", "a thousand", "a million", "a billion")
_TIMES_MARKS = ("doubl", "tripl", "trebl", "quadrupl", "halv", "fold")
_TO = re.compile(
    rf"\s?(?P<link>-|–|—|to\b|or\b|and\b)\s?{_MONEY}?(?P<number>{_FIGURES}|{_SPELT})(?![\d/])", re.IGNORECASE
)
_SCALE = re.compile(
    r"[\s\u00a0-]?(?P<scale>hundred|dozen|thousand|million|mln|billion|bln|bn|trillion|tn|(?<=\d)[mbk](?![\w’']))\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"[\s\u00a0-]?(?P<unit>%|percentage points?\b|per\s?cent(?:age points?)?\b|pct\b)", re.IGNORECASE)
_TIME = re.compile(
    r"[\s\u00a0-](?P<unit>second|minute|hour|day|week|month|year|decade)s?(?:[’'](?=\s))?(?:-(?:old|long))?(?!\w)",
    re.IGNORECASE,
)
_CURRENCY = re.compile(
    r"\s(?P<unit>dollars|dlrs|euros?|pounds?|yuan|yen|marks|francs|rubles|roubles|rupees|cents?)\b", re.IGNORECASE
)
_UNIT = re.compile(
    r"[\s\u00a0-](?P<unit>(?:(?:[a-z]{3,}|[A-Z][A-Za-z]+|(?:[A-Z]\.){2,3})[\s-]){0,2}?(?P<head>[A-Za-z]{3,}))\b"
)
_ABOUT = re.compile(
    r"\b(?P<about>about|around|roughly|approximately|some|nearly|almost|over|more than|less than|fewer than|at least|"
    r"at most|up to|as many as|as much as|under|close to|(?:an )?estimated|only|(?P<between>between))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_BAD_TAIL = re.compile(
    r"(?:st|nd|rd|th)\b|[a-zA-Z]|:\d|/\d|-\d|\s?[ap]\.?m\b|\s(?:GMT|UTC|ES?T|CET|hrs)\b", re.IGNORECASE
)
_NO_UNIT = frozenset(
    "and are but for from had has have her his into its more most new next not off other others out over per she such "
    "than that the their them then there they this those times under was were when which who will with would ago last "
    "can could did does may might must said says shall should also both each very all any how what where why".split()
)
_PLURALS = frozenset("people troops men women children staff police personnel tonnes tons".split())
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


def number_of(words: str, *, translated: bool = False) -> tuple[float, str]:
    """Return the number that figures or words write, and what had to be decided: "decimal comma" for 3,3.

    A comma before three figures groups thousands (10,000), any other comma is a decimal comma. In a *translated*
    document one group of three after a comma or a point may be either, and that is said.

    Raises ValueError for what is no number.
    """
    if words.isdecimal():
        return float(words), ""
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
    figures = re.sub(r"[\u00a0\u202f]", "", said)
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
    starts = {_with_money(text, hit.start()) for hit in _DIGITS.finditer(text)}
    for at in sorted(starts.union(places(text, _SPELT_MARKS))):
        hit = _NUMBER.match(text, at)
        if hit is not None and hit.start() >= end and (quantity := _quantity(text, hit, translated)) is not None:
            yield quantity
            end = quantity.span.end


def _with_money(text: str, at: int) -> int:
    """Return where a number begins with the sign of money before it, if there is one."""
    if at and (text[at - 1] in _MONEY_SIGNS or (at > 1 and text[at - 2] in _MONEY_SIGNS)):
        sign = _MONEY_BEFORE.search(text, max(0, at - 4), at)
        return sign.start() if sign is not None else at
    return at


def _quantity(text: str, hit: re.Match[str], translated: bool) -> Quantity | None:
    about = _ABOUT.search(text, max(0, hit.start() - 24), hit.start())
    low, reading = number_of(hit["number"], translated=translated)
    after_from = text[max(0, hit.start() - 5) : hit.start()].lower() == "from "
    at, low_scale = _scaled(text, hit.end())
    high, high_reading, high_scale = low, "", low_scale
    share = _SHARE.match(text, at)
    between = about is not None and about["between"] is not None
    to = _TO.match(text, share.end() if share else at)
    if (
        to is not None
        and (between or to["link"].lower() != "and")
        and not (to["link"] == "-" and hit["number"] in to.group())
    ):
        high, high_reading = number_of(to["number"], translated=translated)
        at, high_scale = _scaled(text, to.end())
    else:
        to = None
    low, high = low * (low_scale if low_scale > 1 or to is None else high_scale), high * high_scale
    kind, unit, end = _measured(text, at, money=(hit["money"] or "").strip(), figures=hit["number"], low=low, high=high)
    if not kind:
        return None
    if to is not None and after_from:
        high_reading = "a change from one to the other"
    low, high = min(low, high), max(low, high)
    if kind == "length of time" and about is not None and about["about"].lower() == "over":
        about = None  # over four years: during them, as often as more than them
    start = about.start() if about is not None else hit.start()
    return Quantity(
        Span(start, end), text[start:end], kind, low, high, unit,
        about["about"].lower() if about is not None and not between else "", reading or high_reading,
    )  # fmt: skip


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
    if share := _SHARE.match(text, at):
        return "share", "percentage points" if "point" in share["unit"].lower() else "per cent", share.end()
    if time := _TIME.match(text, at):
        return ("length of time", time["unit"].lower(), time.end()) if low != 1 or not spelt else (None, "", at)
    if currency := _CURRENCY.match(text, at):
        return "money", currency["unit"].lower(), currency.end()
    if _BAD_TAIL.match(text, at) or (high == low and _YEAR.fullmatch(figures)) or (spelt and high < 3):
        return None, "", at
    unit = _UNIT.match(text, at)
    if unit is not None:
        words = re.split(r"[\s-]", unit["unit"])
        plural = unit["head"] in _PLURALS or (
            unit["head"].endswith("s") and not unit["head"].endswith(("ss", "us", "is"))
        )
        if plural and not any(word.lower() in _NO_UNIT for word in words):
            return "amount", unit["unit"], unit.end()
    return ("amount", "", at) if low >= 1000 and not spelt else (None, "", at)
