"""What roles, bodies and groups share when the roster finds out whom they stand for. Internal to the roster."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable

from parley.reading.actor_words import state_adjective
from parley.reading.gazetteer import Entry, gazetteer
from parley.reading.group_words import clause
from parley.reading.name_index import Known
from parley.reading.roster_about import About
from parley.reading.roster_items import Sheet
from parley.reading.roster_records import Item
from parley.records import ActorKind

POINTING = frozenset(("the", "that", "this", ""))
"""Determiners of a common noun that points at what was named before."""
_OFTENER = 1.5


class Naming(ABC):
    """Finds and makes the actors of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._counts: Counter[Known] | None = None
        self._about = About(sheet)

    @abstractmethod
    def settle(self, at: int, item: Item) -> None:
        """Give an item its actor and resolution; *at* is its place among the items, or -1."""

    def make(self, name: str, kind: ActorKind, words: str, *, belongs: str | None = None) -> Known:
        """Return the actor of this name that is no person and no named body, made where it is new."""
        known = self.sheet.plain.get(name)
        if known is None:
            known = self.sheet.plain[name] = Known(name, kind, belongs=belongs, person=False)
        known.forms[words] = None
        return known

    def _inner(self, at: int, item: Item) -> list[Item]:
        """Return the items inside an item's span."""
        inside = []
        for other in self.sheet.items[at + 1 : at + 8] if at >= 0 else []:
            if not item.mention.span.contains(other.mention.span):
                break
            inside.append(other)
        return inside

    def _owner(self, at: int, item: Item) -> Known | None:
        """Return the owner before a possessive mark, or whom "his", "its", "their" stands for."""
        for k, other in enumerate(self._inner(at, item)):
            if other.start == item.start:
                self.settle(at + 1 + k, other)
                return other.actor
        return None

    def _named_most(self, able: set[Known]) -> Known | None:
        """Return the actor who is named well oftener than any other of some."""
        if self._counts is None:
            self._counts = Counter(
                i.actor for i in self.sheet.items if i.actor is not None and i.mention.kind == "name"
            )
        counts = Counter({known: self._counts[known] for known in able})
        ranked = counts.most_common(2)
        clear = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] >= _OFTENER * ranked[1][1])
        return ranked[0][0] if ranked and clear else None

    def _ministry(self, entry: Entry, words: Iterable[str]) -> Known:
        """Return the ministry of a state that goes by some words, which belongs to the state."""
        adjective = state_adjective(entry.state or entry.name)
        body = self.sheet.index.body(" ".join([adjective, *(word.title() for word in words)]))
        body.belongs = body.belongs or entry.name
        return body

    def _executive(self, name: str) -> str:
        """Return "a senior US administration official" for one of no state: whose government goes by that word."""
        entries = (item.phrase.entry for item in self.sheet.items if item.phrase is not None)
        named = {entry.state for entry in entries if entry is not None and entry.state}
        states = sorted(named & gazetteer().administrations)
        if len(states) != 1:
            return name
        return re.sub("administration", f"{state_adjective(states[0])} administration", name, count=1, flags=re.I)

    @staticmethod
    def _unclaused(words: str) -> str:
        return words[: clause(words)]
