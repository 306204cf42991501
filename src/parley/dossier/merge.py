"""Two people's copies of a dossier as one: every document, reading and decision of both, and where they differ.

Decisions keep their time and who took them and are put in the order of time; those that both copies hold count once.
Where the two decided a statement differently a decision of the kind DISPUTE marks it, and a third decision settles it.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from parley.dossier.agreement import Agreement, agreement
from parley.dossier.queries.record import load_coverage
from parley.dossier.review import FIELDS, Mark, Reviews, subjects
from parley.dossier.rows import (
    ACTOR_COLUMNS,
    STATEMENT_COLUMNS,
    TIME_COLUMNS,
    Lists,
    actor_from_row,
    statement_from_row,
    time_from_row,
    to_json,
)
from parley.records import Decision, Document, Furniture, Reading, Statement

__all__ = ["MERGE", "Disputed", "Interleaved", "StoredReading", "compare", "disputes", "interleave", "stored_readings"]

MERGE = "merge dossiers"
"""The kind of the decision that records a merge and how far the two agreed."""


@dataclass(frozen=True, slots=True)
class StoredReading:
    """A document with its furniture and one reading of it, as they were stored, and when."""

    document: Document
    furniture: tuple[Furniture, ...]
    reading: Reading
    at: str


@dataclass(frozen=True, slots=True)
class Interleaved:
    """Decisions of two dossiers as one list, numbered anew. ``shared`` of them stood in both."""

    decisions: tuple[Decision, ...]
    shared: int
    apart: tuple[frozenset[str], frozenset[str]]  # statements that only the first, or the second, decided on anew


@dataclass(frozen=True, slots=True)
class Disputed:
    """A statement on which the two copies differ, and what each says, in words."""

    statement: str
    first: str
    second: str


def stored_readings(db: sqlite3.Connection, where: str) -> Iterator[StoredReading]:
    """Yield every reading of a dossier with its document, in the order in which they were stored, names as read."""
    documents, pieces = load_coverage(db, where)
    furniture: dict[str, list[Furniture]] = defaultdict(list)
    for piece in pieces:
        furniture[piece.document].append(piece)
    by_id = {document.id: document for document in documents}
    lists = Lists()
    sql = "SELECT r.key, d.id, r.reader, r.unread, r.added_at FROM reading r JOIN document d ON d.key = r.document"
    for key, document, reader, unread, at in db.execute(f"{sql} ORDER BY r.key").fetchall():
        rows = {
            table: db.execute(f"SELECT {columns} FROM {table} WHERE reading = ? ORDER BY position", (key,)).fetchall()  # noqa: S608
            for table, columns in (
                ("statement", STATEMENT_COLUMNS), ("actor", ACTOR_COLUMNS), ("time_mention", TIME_COLUMNS)
            )
        }  # fmt: skip
        reading = Reading(
            document,
            reader,
            tuple(statement_from_row(row, document, reader, str, lists) for row in rows["statement"]),
            tuple(_as_read(row, lists) for row in rows["actor"]),
            tuple(time_from_row(row, document) for row in rows["time_mention"]),
            lists(unread),
        )
        yield StoredReading(by_id[document], tuple(furniture[document]), reading, at)


def interleave(first: Sequence[Decision], second: Sequence[Decision]) -> Interleaved:
    """Put two lists of decisions in the order of time. One that stands in both lists counts once."""
    sides = [_keyed(first), _keyed(second)]
    both = sides[0].keys() & sides[1].keys()
    taken = {key: side for side in (1, 0) for key in sides[side]}  # what stands in both is the first's
    order = _in_order(sides, taken)
    numbers = {key: number for number, (_, key) in enumerate(order, 1)}
    original = [{d.number: key for key, d in side.items()} for side in sides]
    made = []
    for side, key in order:
        decision = sides[side][key]
        subject = decision.subject
        if decision.kind == "undo":
            subject = str(numbers[original[side][int(subject)]])
        made.append(replace(decision, number=numbers[key], subject=subject))
    anew = tuple(
        frozenset(k for key, d in side.items() if key not in both for k in subjects(_root(d, side))) for side in sides
    )
    return Interleaved(tuple(made), len(both), (anew[0], anew[1]))


def disputes(
    merged: Interleaved, first: Sequence[Decision], second: Sequence[Decision]
) -> tuple[tuple[Disputed, ...], Agreement]:
    """Return the statements that the two decided differently, and how far they agree on what is a statement.

    Only statements on which both took decisions that the other's copy lacks are compared.
    """
    left, right = Reviews(first), Reviews(second)
    found, pairs = [], []
    for key in sorted(merged.apart[0] & merged.apart[1]):
        one, two = left.mark(key), right.mark(key)
        if not (one.decided and two.decided):
            continue
        pairs.append(("yes" if one.stands else "no", "yes" if two.stands else "no"))
        if one.stands != two.stands or (one.stands and dict(one.changes) != dict(two.changes)):
            found.append(Disputed(key, _words(one), _words(two)))
    return tuple(found), agreement("statement", pairs)


def compare(
    first: Mapping[str, tuple[Statement, Mark]], second: Mapping[str, tuple[Statement, Mark]], keys: frozenset[str]
) -> tuple[Agreement, ...]:
    """Compare the codes that two people leave on the statements in *keys* that stand for both."""
    both = [key for key in sorted(keys) if key in first and key in second]
    both = [key for key in both if first[key][1].stands and second[key][1].stands]
    return tuple(
        agreement(name, ((_code(first[key][0], name), _code(second[key][0], name)) for key in both))
        for name in ("speaker", "act", "issues", "stance")
    )


def _as_read(row: Sequence[Any], lists: Lists) -> Any:
    """Return an actor as the reader gave it: one that named no document still names none."""
    return replace(actor_from_row(row, "", lists), documents=lists(row[5]))


Key = tuple[Any, ...]


def _keyed(decisions: Sequence[Decision]) -> dict[Key, Decision]:
    """Give each decision a key that is the same in every copy: what it says, whose, when, and which of equals."""
    keys: dict[int, Key] = {}
    seen: Counter[Key] = Counter()
    for decision in decisions:
        subject: Any = keys[int(decision.subject)] if decision.kind == "undo" else decision.subject
        plain = (decision.at, decision.who, decision.kind, subject, to_json(dict(decision.detail)))
        seen[plain] += 1
        keys[decision.number] = (*plain, seen[plain])
    return {keys[decision.number]: decision for decision in decisions}


def _in_order(sides: Sequence[Mapping[Key, Decision]], taken: Mapping[Key, int]) -> list[tuple[int, Key]]:
    """Put both in the order of time; each copy keeps its own order, whatever its clock said."""
    lanes = [[key for key in sides[side] if taken[key] == side] for side in (0, 1)]
    order: list[tuple[int, Key]] = []
    held: set[Key] = set()
    places = [0, 0]
    while places[0] < len(lanes[0]) or places[1] < len(lanes[1]):
        heads = [
            (sides[side][lanes[side][places[side]]].at, side) for side in (0, 1) if places[side] < len(lanes[side])
        ]
        ready = [head for head in heads if _may_come(sides[head[1]], lanes[head[1]][places[head[1]]], held, taken)]
        _, side = min(ready or heads)
        key = lanes[side][places[side]]
        places[side] += 1
        held.add(key)
        order.append((side, key))
    return order


def _may_come(side: Mapping[Key, Decision], key: Key, held: set[Key], taken: Mapping[Key, int]) -> bool:
    """Tell whether what the decision undoes stands before it already."""
    return side[key].kind != "undo" or key[3] in held or key[3] not in taken


def _root(decision: Decision, side: Mapping[Key, Decision]) -> Decision:
    by_number = {d.number: d for d in side.values()} if decision.kind == "undo" else {}
    while decision.kind == "undo":
        decision = by_number[int(decision.subject)]
    return decision


def _words(mark: Mark) -> str:
    changes = "; ".join(f"{name} {mark.changes[name] or 'none'}" for name in FIELDS if name in mark.changes)
    return f"{mark.status} by {mark.by}{f' ({changes})' if changes else ''}"


def _code(statement: Statement, name: str) -> str:
    value = getattr(statement, name)
    return " ".join(sorted(value)) if isinstance(value, tuple) else str(value).casefold()
