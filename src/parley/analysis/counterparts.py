"""Counterparts: whom a party's words are aimed at. An outlet that only asks, or prints the answer, is none."""

from __future__ import annotations

from parley.analysis.index import HARD_ACTS, Index
from parley.analysis.kept import keep_last
from parley.records import Statement

__all__ = ["counterpart", "onlookers"]


@keep_last
def onlookers(index: Index) -> frozenset[str]:
    """Return the outlets, by every name, that take no position of their own as a party: an outlet may be one."""
    acting = {item.speaker for item in index.record.statements if item.voice == "party" and item.act in HARD_ACTS}
    sides = {index.side(name) for name in acting}
    outlets = [actor for actor in index.record.actors if actor.kind == "outlet" and actor.name not in acting | sides]
    return frozenset(name for actor in outlets for name in (actor.name, *actor.names))


def counterpart(index: Index, item: Statement) -> str | None:
    """Return the statement's addressee, or None where it has none or is an outlet, or its journalist, looking on."""
    to = item.addressee
    return None if to is None or {to, index.side(to)} & onlookers(index) else to
