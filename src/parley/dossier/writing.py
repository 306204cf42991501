"""Storing documents and readings, inside a transaction of the store: what is refused, what is new, what is the same."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from typing import Any, get_args

from parley.dossier import faults
from parley.dossier.lineage import singleton
from parley.dossier.rows import (
    ACTOR_COLUMNS,
    STATEMENT_COLUMNS,
    TIME_COLUMNS,
    actor_row,
    fact_rows,
    faults_of,
    search_text,
    statement_row,
    time_row,
    to_json,
)
from parley.dossier.seals import seal_reading
from parley.errors import DossierError
from parley.records import Document, Furniture, FurnitureReason, Reading

__all__ = ["add_document", "add_reading", "holds", "new_facts", "refuse_false"]

_REASONS = frozenset(get_args(FurnitureReason))


def refuse_false(document: Document, furniture: Sequence[Furniture], reading: Reading, where: str) -> None:
    """Raise DossierError about the dossier *where* for what does not agree with itself: it could never be checked."""
    with faults.sentences(where):
        wrong = list(faults_of(document, furniture, reading))
        if hashlib.sha256(document.text.encode()).hexdigest() != document.sha256:
            wrong.append("its hash is not that of its text")
    wrong += [f"“{f.reason}” is no kind of furniture" for f in furniture if f.reason not in _REASONS]
    if wrong:
        raise DossierError(f"{document.name} was not stored in {where}: {wrong[0]}.")


def add_document(db: sqlite3.Connection, document: Document, at: str) -> int:
    """Store a new document, in a group of its own, and return its key."""
    row = (
        document.id,
        document.name,
        document.path,
        document.format,
        document.text,
        search_text(document.text),
        document.sha256,
        document.original_sha256,
        document.encoding,
        to_json(document.notes),
        at,
    )
    key = db.execute("INSERT INTO document VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row).lastrowid or 0
    singleton(db, key, document.id)
    return key


def new_facts(db: sqlite3.Connection, key: int, document: Document) -> list[tuple[Any, ...]]:
    """Return what is to be stored about the document; a fact that a user gave gives way only to another such."""
    sql = "SELECT field, value, basis, evidence FROM fact WHERE document = ?"
    there = {field: tuple(fact) for field, *fact in db.execute(sql, (key,))}
    return [
        (key, field, *fact)
        for field, *fact in fact_rows(document)
        if there.get(field) != tuple(fact) and (fact[1] == "given" or there.get(field, "  ")[1] != "given")
    ]


def add_reading(db: sqlite3.Connection, document: int, reading: Reading, at: str) -> bool:
    """Store a reading and seal it. Returns False where it is the same as that reader's last one."""
    statements = [(place, *statement_row(s)) for place, s in enumerate(reading.statements)]
    actors = [(place, *actor_row(a)) for place, a in enumerate(reading.actors)]
    times = [(place, *time_row(t)) for place, t in enumerate(reading.times)]
    unread = to_json(reading.unread)
    sql = "SELECT key, unread FROM reading WHERE document = ? AND reader = ? ORDER BY key DESC LIMIT 1"
    last = db.execute(sql, (document, reading.reader)).fetchone()
    tables = (
        ("statement", STATEMENT_COLUMNS, statements),
        ("actor", ACTOR_COLUMNS, actors),
        ("time_mention", TIME_COLUMNS, times),
    )
    if last and last[1] == unread and all(_same(db, *table, last[0]) for table in tables):
        return False
    row = (document, reading.reader, unread, at)
    key = db.execute("INSERT INTO reading VALUES (NULL, ?, ?, ?, ?)", row).lastrowid or 0
    for table, columns, rows in tables:
        marks = ", ".join("?" * (columns.count(",") + 3))
        sql = f"INSERT INTO {table} (reading, position, {columns}) VALUES ({marks})"  # noqa: S608
        db.executemany(sql, ((key, *values) for values in rows))
    seal_reading(db, key)
    return True


def holds(db: sqlite3.Connection, document: str, reader: str | None) -> bool:
    """Tell whether a document is stored; with *reader*, whether a reading of it by that reader is."""
    sql = "SELECT 1 FROM document d WHERE d.id = ?1 AND (?2 IS NULL OR EXISTS (SELECT 1 FROM reading r"
    return bool(db.execute(f"{sql} WHERE r.document = d.key AND r.reader = ?2))", (document, reader)).fetchone())


def _same(db: sqlite3.Connection, table: str, columns: str, rows: Sequence[tuple[Any, ...]], reading: int) -> bool:
    sql = f"SELECT position, {columns} FROM {table} WHERE reading = ? ORDER BY position"  # noqa: S608
    return db.execute(sql, (reading,)).fetchall() == rows
