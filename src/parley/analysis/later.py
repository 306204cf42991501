"""Later coverage on the same issue: what may bear on a forecast or a question. It is shown, never claimed."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from parley.analysis.index import HARD_ACTS, Index
from parley.analysis.words import act_words
from parley.records import UNRESOLVED, Statement

__all__ = ["Later"]

_ANSWERS = HARD_ACTS | {"DO", "REPORT", "DENY", "CONSULT"}
_LOOK_AT = 400  # candidates read for one row: later ones on a large issue tell no more
_MOST = 3


@dataclass(frozen=True, slots=True)
class Later:
    """Statements that can answer something, by main issue, in the order of their documents' days."""

    index: Index
    by_issue: dict[str, list[Statement]]
    days: dict[str, list[str]]

    @classmethod
    def of(cls, index: Index) -> Later:
        """Return the look-up over all dated statements of deeds, positions, reports and denials."""
        by_issue: dict[str, list[Statement]] = defaultdict(list)
        for item in index.record.statements:
            if (
                item.issues
                and item.act in _ANSWERS
                and item.voice in {"party", "reporter"}
                and item.speaker != UNRESOLVED
                and "hypothetical" not in item.modifiers
                and index.date(item.document)
            ):
                by_issue[item.issues[0]].append(item)
        for found in by_issue.values():
            found.sort(key=index.order)
        days = {issue: [index.date(item.document) for item in found] for issue, found in by_issue.items()}
        return cls(index, dict(by_issue), days)

    def bearing_on(self, item: Statement, wanted: Callable[[Statement], bool]) -> tuple[Statement, ...]:
        """Return at most three later statements on the main issue of *item* from another origin that are *wanted*.

        One wording of one act of one side is enough; the earliest come first.
        """
        day = self.index.date(item.document)
        if not day or not item.issues or item.issues[0] not in self.by_issue:
            return ()
        issue = item.issues[0]
        pool = self.by_issue[issue]
        first = bisect_right(self.days[issue], day)
        own = self.index.origin.get(item.document, item.document)
        chosen: dict[tuple[str, str], Statement] = {}
        for other in pool[first : first + _LOOK_AT]:
            key = (self.index.side(other.speaker), other.act)
            if key in chosen or self.index.origin.get(other.document, other.document) == own or not wanted(other):
                continue
            chosen[key] = other
            if len(chosen) == _MOST:
                break
        return tuple(chosen.values())

    def line(self, item: Statement) -> str:
        """Return one statement as a line: day, speaker, act, verbatim words."""
        words = f"{self.index.date(item.document)}, {self.index.speaker(item)}, {act_words(item)}"
        return f"{words}: {item.content}"
