"""What a drafted bargain takes from the table of leverage: clocks, patience, standing without a deal, the horizon.

A row of that table says whom time or strength is said to favour, by which statements, from when until when, and who
says otherwise. Here rows are sorted by what they are about (`SUBJECTS`). Nothing is weighed: where sources disagree, a
number lies in the middle and its range reaches both ends. How large an effect is no source says; only its direction is
theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from parley.analysis.index import Index
from parley.analysis.leverage import leverage
from parley.analysis.table import Row
from parley.records import Record, Statement

__all__ = ["PATIENCE", "SUBJECTS", "Guess", "Leverage", "Told"]

PATIENCE = "Patience"
SUBJECTS: Mapping[str, str] = {
    PATIENCE: r"\bpatien|\bimpatien|\bhurr|\brush|\bwalks? away|\bquick|\beager|\bwait|\b(?:buy|play)\w* .*\btime\b",
    "Supplies and reserves": r"\breserves?\b|\bsuppl|\bstocks?\b|\bammunition|\bstrike fund|\baid\b|\bdwindl",
    "Money": r"\bsanction|\beconom|\bbudget|\binflation|\brevenue|\bprofit|\binterest rate|\bwages?\b|\bcosts?\b",
    "Balance of strength": r"\badvanc|\bfront\b|\bground\b|\bmilitary|\bencircl|\bpocket\b|\bterritory\b|\bpicket",
}
"""What a row is about, by the first pattern that its words match; a row that matches none is about time as such."""
_TIME = "Time"

_LOSES = re.compile(
    r"\bdwindl|\brun(?:s|ning)? (?:down|out)|\blos(?:e|es|ing|t)\b|\bshr[iu]nk|\bworse|\bstrain|\bweak|\bpress",
    re.IGNORECASE,
)
_GAINS = re.compile(r"\badvanc|\bgain|\bbetter|\bfavou?r|\bstrong|\bcan afford", re.IGNORECASE)
_SIGNS = {"time favours": 1, "strong": 1, "time presses": -1, "weak": -1}
_COUNT = {
    "one": (1, 1, 1), "two": (2, 2, 2), "three": (3, 3, 3), "four": (4, 4, 4), "five": (5, 5, 5), "six": (6, 6, 6),
    "ten": (10, 10, 10), "twelve": (12, 12, 12), "a few": (3, 2, 4), "some": (4, 2, 8), "several": (5, 3, 8),
    "many": (12, 6, 24),
}  # fmt: skip
_MONTHS = {"day": 1 / 30.44, "week": 7 / 30.44, "month": 1.0, "year": 12.0}
_LENGTH = re.compile(
    rf"\b(?P<first>\d+|{'|'.join(_COUNT)})(?: (?:to|or) (?P<second>\d+|{'|'.join(_COUNT)}))? "
    r"(?P<unit>day|week|month|year)s?\b",
    re.IGNORECASE,
)
_SHORTEST, _LONGEST = 2, 36
_SPREAD = 0.25
"""A day that a source names is taken to be off by up to this share of the time until it."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A middle value with its lowest and highest, and the statements that bear on it (none: assumed)."""

    value: float
    low: float
    high: float
    statements: tuple[Statement, ...] = ()

    @property
    def triple(self) -> tuple[float, float, float]:
        """Middle, lowest, highest."""
        return (self.value, self.low, self.high)


@dataclass(frozen=True, slots=True)
class Told:
    """One row of the table: of whom (None: not told), in which direction, by whom, against whom, in how many months.

    ``dated`` are the statements that hold the words on when.
    """

    kind: str
    subject: str
    party: str | None
    sign: int
    statements: tuple[Statement, ...]
    contrary: tuple[Statement, ...]
    months: tuple[float, float, float] | None
    dated: tuple[Statement, ...]

    @property
    def everyone(self) -> tuple[Statement, ...]:
        """Those who say so and those who say otherwise."""
        return (*self.statements, *(item for item in self.contrary if item not in self.statements))


class Leverage:
    """The table of leverage of a record, as a draft uses it. ``names`` finds each side by any of its names."""

    def __init__(self, record: Record, index: Index, names: Mapping[str, re.Pattern[str]]) -> None:
        self.record, self.index, self.names = record, index, names
        self.now = max((self.index.date(document.id) for document in record.documents), default="")

    @cached_property
    def rows(self) -> tuple[Told, ...]:
        """Rows on time and strength, in the order of the table."""
        found = []
        for row in leverage(self.record).rows:
            if row.cells["kind"] in {"clock", "strength"}:
                told = self._told(row)
                if told.sign or told.subject != _TIME:
                    found.append(told)
        return tuple(found)

    def clocks(self, needed: Sequence[str], *, most: int) -> dict[str, tuple[Told, ...]]:
        """Return rows by the name of the clock that they tell of, those of the most independent sources first.

        Patience of a side whose consent is ``needed`` is a number of its own (`patience`) and no clock.
        """
        found: dict[str, list[Told]] = {}
        for told in self.rows:
            if told.kind == "strength" and told.sign and told.subject != "Supplies and reserves":
                continue  # where somebody stands, not what time does
            if told.subject == PATIENCE:
                if told.party in needed:
                    continue
                name = f"Patience of {told.party or 'those who press'}".replace("/", " or ")
            else:
                name = told.subject
            found.setdefault(name, []).append(told)
        ranked = sorted(found, key=lambda name: (-self._groups(found[name]), name))
        return {name: tuple(found[name]) for name in sorted(ranked[:most])}

    def turns(self, rows: Sequence[Told]) -> Guess:
        """Return the chance a month that a clock turns: one over the months until the soonest day told.

        With the same chance each month it takes one over that chance on average; what lies within a month is sure.
        """
        said = _statements(rows)
        dated = [told for told in rows if told.months is not None]
        if not dated:
            return Guess(0.1, 0.02, 0.3, said)
        middle, low, high = min(told.months for told in dated if told.months is not None)
        return Guess(1 / max(1.0, middle), 1 / max(1.0, high), 1 / max(1.0, low), _dated(dated))

    def effect(self, side: str, rows: Sequence[Told]) -> Guess:
        """Return what a month after the turn brings a side: a gain, a loss, or (either way) not known."""
        about = [told for told in rows if told.party == side]
        signs = {told.sign for told in about if told.sign}
        said = _statements(about)
        disputed = any(told.contrary for told in about)
        if signs == {1}:
            return Guess(0.005, -0.03, 0.03, said) if disputed else Guess(0.01, -0.01, 0.03, said)
        if signs == {-1}:
            return Guess(-0.01, -0.04, 0.02, said) if disputed else Guess(-0.02, -0.04, 0.0, said)
        return Guess(0.0, -0.04 if signs else -0.03, 0.03, said)

    def patience(self, side: str) -> Guess:
        """Return what a unit a month later is worth to a side: more for who can wait, less for who is in a hurry."""
        about = [told for told in self.rows if told.party == side and told.subject == PATIENCE and told.sign]
        signs = {told.sign for told in about}
        said = _statements(about)
        if len(signs) > 1 or any(told.contrary for told in about):
            return Guess(0.95, 0.80, 0.995, said)
        if signs == {1}:
            return Guess(0.98, 0.94, 0.995, said)
        return Guess(0.90, 0.80, 0.97, said) if signs else Guess(0.95, 0.85, 0.99)

    def without(self, side: str) -> Guess:
        """Return what the end without a deal is worth to a side: more for who is said to be strong."""
        about = [told for told in self.rows if told.party == side and told.kind == "strength" and told.sign]
        signs = {told.sign for told in about}
        said = _statements(about)
        if len(signs) > 1 or any(told.contrary for told in about):
            return Guess(0.3, 0.0, 0.6, said)
        if signs == {1}:
            return Guess(0.4, 0.1, 0.6, said)
        return Guess(0.2, 0.0, 0.5, said) if signs else Guess(0.3, 0.1, 0.5)

    def horizon(self, otherwise: int) -> Guess:
        """Return in how many months the talks end: the farthest day that a clock names, ranged over all of them."""
        dated = [told for told in self.rows if told.months is not None]
        ends = [months for told in dated if (months := told.months) is not None]
        if not ends:
            return Guess(otherwise, max(_SHORTEST, otherwise // 2), min(_LONGEST, 2 * otherwise))
        value = _whole(max(months[0] for months in ends))
        low, high = _whole(min(months[1] for months in ends)), _whole(max(months[2] for months in ends))
        return Guess(value, min(low, value), max(high, value), _dated(dated))

    def _told(self, row: Row) -> Told:
        kind, what = str(row.cells["kind"]), str(row.cells["what"])
        statements = [self.index.statements[key] for key in row.statements if key in self.index.statements]
        count = row.cells["count"]
        said = statements[: count if isinstance(count, int) else 0]
        against = _texts(row, "contrary_words")
        contrary = [item for item in statements[len(said) :] if item.content in against]
        words = " ".join(item.content for item in said)
        subject = next((name for name, pattern in SUBJECTS.items() if re.search(pattern, words, re.IGNORECASE)), _TIME)
        party: str | None = str(row.cells["party"])
        if party == "not told":
            named = {side for side, pattern in self.names.items() if any(pattern.search(s.content) for s in said)}
            party = next(iter(named)) if len(named) == 1 else None
        sign = _SIGNS.get(what, 0) or bool(_GAINS.search(words)) - bool(_LOSES.search(words))
        times = _texts(row, "time_words")
        dated = [item for item in said if any(time in item.content for time in times)] or said
        return Told(kind, subject, party, sign, tuple(said), tuple(contrary), self._months(row), tuple(dated))

    def _months(self, row: Row) -> tuple[float, float, float] | None:
        """Return in how many months from the latest document a row says that something ends, or begins."""
        for key in ("until", "since"):
            ahead = _ahead(self.now, str(row.cells[key] or ""), last=key == "until")
            if ahead is not None and ahead >= 1:
                return (ahead, max(1.0, ahead * (1 - _SPREAD)), ahead * (1 + _SPREAD))
        for words in _texts(row, "time_words"):
            found = _LENGTH.search(words)
            if found and (length := _length(found))[0] >= 1:
                return length
        return None

    def _groups(self, rows: Iterable[Told]) -> int:
        return self.index.groups(item for told in rows for item in told.statements)


def _statements(rows: Iterable[Told]) -> tuple[Statement, ...]:
    return tuple({item.id: item for told in rows for item in told.everyone}.values())


def _dated(rows: Iterable[Told]) -> tuple[Statement, ...]:
    return tuple({item.id: item for told in rows for item in told.dated}.values())


def _texts(row: Row, key: str) -> tuple[str, ...]:
    cell = row.cells[key]
    return cell if isinstance(cell, tuple) else ()


def _whole(months: float) -> int:
    return max(_SHORTEST, min(_LONGEST, round(months)))


def _ahead(now: str, then: str, *, last: bool) -> float | None:
    """Return the months from one ISO day to another; a month or year counts to its last day, else from its first."""
    start, end = _day(now, last=False), _day(then, last=last)
    return None if start is None or end is None else (end - start).days / 30.44


def _day(text: str, *, last: bool) -> date | None:
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        if day is not None:
            return date(year or 1, month or 1, day)
        if not last:
            return date(year or 1, month or 1, 1)
        after = (year or 1) * 12 + (month or 12)
        return date.fromordinal(date(after // 12, after % 12 + 1, 1).toordinal() - 1)
    except ValueError:
        return None


def _length(found: re.Match[str]) -> tuple[float, float, float]:
    unit = _MONTHS[found["unit"].lower()]
    first = _number(found["first"])
    if found["second"]:
        second = _number(found["second"])
        return ((first[0] + second[0]) / 2 * unit, first[1] * unit, second[2] * unit)
    return (first[0] * unit, first[1] * unit, first[2] * unit)


def _number(words: str) -> tuple[float, float, float]:
    return _COUNT[words.lower()] if words.lower() in _COUNT else (float(words), float(words), float(words))
