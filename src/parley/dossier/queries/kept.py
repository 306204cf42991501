"""Statements that a person stands behind though the current reading of their document lacks them."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from parley.dossier.review import ACCEPT, EDIT, MANY
from parley.records import Statement

__all__ = ["Decided", "decided", "without_superseded"]

_ALIKE = 0.5
"""Share of their union that two spans have in common from which a proposal is about the words that were decided."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The ids of the statements that somebody accepted or edited; ``elsewhere``: those that the chosen readings lack,
    by the latest reading that has them.
    """

    statements: frozenset[str]
    elsewhere: Mapping[int, tuple[str, ...]]


def decided(db: sqlite3.Connection, chosen: Container[int]) -> Decided:
    """Return what people stand behind; *chosen* are the keys of the readings that count."""
    wanted: set[str] = set()
    sql = "SELECT kind, subject, detail FROM decision WHERE kind IN (?, ?, ?)"
    for kind, subject, detail in db.execute(sql, (ACCEPT, EDIT, MANY)):
        if kind != MANY:
            wanted.add(subject)
        elif subject == ACCEPT:
            wanted.update(json.loads(detail).get("statements", "").split())
    latest: dict[str, int] = {}
    there: set[str] = set()
    sql = "SELECT id, reading FROM statement WHERE id IN (SELECT value FROM json_each(?)) ORDER BY reading"
    for statement, reading in db.execute(sql, (json.dumps(sorted(wanted)),)) if wanted else ():
        latest[statement] = reading
        if reading in chosen:
            there.add(statement)
    found: dict[int, list[str]] = defaultdict(list)
    for statement, reading in latest.items():
        if statement not in there:
            found[reading].append(statement)
    return Decided(frozenset(wanted), {reading: tuple(ids) for reading, ids in found.items()})


def without_superseded(
    read: Iterable[Statement], kept: Iterable[Statement], decided: Container[str]
) -> Iterator[Statement]:
    """Yield *read* without what proposes anew the words, and the act or the speaker, of a statement in *kept*.

    What is itself *decided* stays.
    """
    by_document: dict[str, list[Statement]] = defaultdict(list)
    for statement in kept:
        by_document[statement.document].append(statement)
    for statement in read:
        others = () if statement.id in decided else by_document.get(statement.document, ())
        if not any(_anew(statement, other) for other in others):
            yield statement


def _anew(one: Statement, other: Statement) -> bool:
    both = min(one.span.end, other.span.end) - max(one.span.start, other.span.start)
    either = max(one.span.end, other.span.end) - min(one.span.start, other.span.start)
    return both > 0 and both >= _ALIKE * either and (one.act == other.act or one.speaker == other.speaker)
