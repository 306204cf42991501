"""Later coverage on the same issue: what may bear on a forecast or a question. It is shown, never claimed."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from parley.analysis.index import HARD_ACTS, Index
from parley.analysis.kept import keep_last
from parley.analysis.words import act_words
from parley.records import UNRESOLVED, Statement

__all__ = ["Later"]

_ANSWERS = HARD_ACTS | {"DO", "REPORT", "DENY", "CONSULT"}
_LOOK_AT = 150  # candidates read for one row: later ones on a large issue tell no more
_MOST = 3


@dataclass(frozen=True, slots=True)
class Later:
    """Statements that can answer something, by main issue, in the order of their documents' days."""

    index: Index
    pools: dict[tuple[str, str], list[Statement]]  # by main issue and side; "" for all sides
    days: dict[tuple[str, str], list[str]]

    @classmethod
    def of(cls, index: Index) -> Later:
        """Return the look-up over all dated deeds, positions, reports and denials. That of the last record is kept."""
        return _later_of(index)

    @classmethod
    def _made(cls, index: Index) -> Later:
        pools: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        dates = {document.id: index.date(document.id) for document in index.record.documents}
        fitting = [item for item in index.record.statements if dates.get(item.document) and _can_answer(item)]
        for item in sorted(fitting, key=lambda item: dates[item.document]):  # a record is in order within a day
            pools[(item.issues[0], "")].append(item)
            pools[(item.issues[0], index.side(item.speaker))].append(item)
        days = {key: [dates[item.document] for item in found] for key, found in pools.items()}
        return cls(index, dict(pools), days)

    def by(self, item: Statement, sides: Iterable[str]) -> tuple[Statement, ...]:
        """Return at most three later statements on the main issue of *item*, from another origin, by one of *sides*."""
        found = [other for side in sorted(sides) for other in self._after(item, side, lambda _: True)]
        return tuple(sorted(found, key=self.index.order)[:_MOST])

    def sharing(self, item: Statement, wanted: Callable[[Statement], bool]) -> tuple[Statement, ...]:
        """Return at most three later statements on the main issue of *item*, from another origin, that are *wanted*."""
        return tuple(self._after(item, "", wanted))

    def _after(self, item: Statement, side: str, wanted: Callable[[Statement], bool]) -> Iterable[Statement]:
        """Return the earliest fitting ones; one wording of one act of one side is enough."""
        day, key = self.index.date(item.document), ((item.issues or ("",))[0], side)
        if not day or key not in self.pools:
            return ()
        first = bisect_right(self.days[key], day)
        own = self.index.origin.get(item.document, item.document)
        chosen: dict[tuple[str, str], Statement] = {}
        sides, origin = self.index.sides, self.index.origin
        for other in self.pools[key][first : first + _LOOK_AT]:
            act = (sides.get(other.speaker, other.speaker), other.act)
            if act in chosen or origin.get(other.document, other.document) == own or not wanted(other):
                continue
            chosen[act] = other
            if len(chosen) == _MOST:
                break
        return chosen.values()

    def line(self, item: Statement) -> str:
        """Return one statement as a line: day, speaker, act, verbatim words."""
        words = f"{self.index.date(item.document)}, {self.index.speaker(item)}, {act_words(item)}"
        return f"{words}: {item.content}"


_later_of = keep_last(Later._made)


def _can_answer(item: Statement) -> bool:
    return (
        bool(item.issues)
        and item.act in _ANSWERS
        and item.voice in {"party", "reporter"}
        and item.speaker != UNRESOLVED
        and "hypothetical" not in item.modifiers
    )
