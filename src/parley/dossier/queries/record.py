"""Everything that a dossier holds at one moment, with the names that linking gives."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parley.dossier.faults import holding
from parley.dossier.lineage import read_lineage
from parley.dossier.queries.kept import decided, without_superseded
from parley.dossier.rows import (
    ACTOR_COLUMNS,
    STATEMENT_COLUMNS,
    TIME_COLUMNS,
    Lists,
    actor_from_row,
    document_from_row,
    statement_from_row,
    time_from_row,
)
from parley.errors import UnknownName
from parley.reading.linking import link
from parley.records import (
    Actor,
    Derivation,
    Document,
    Fact,
    Furniture,
    OriginGroup,
    Refusal,
    Run,
    Span,
    Statement,
    TimeMention,
)

__all__ = ["Base", "chosen_readings", "load_base", "load_coverage"]


@dataclass(frozen=True, slots=True)
class Base:
    """A dossier's content before any decision: the record without its decisions."""

    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    actors: tuple[Actor, ...]
    furniture: tuple[Furniture, ...]
    derivations: tuple[Derivation, ...]
    groups: tuple[OriginGroup, ...]
    times: tuple[TimeMention, ...]
    refusals: tuple[Refusal, ...]
    unread: tuple[tuple[str, str], ...]
    runs: tuple[Run, ...]


def chosen_readings(db: sqlite3.Connection, reader: str | None) -> dict[int, tuple[int, str]]:
    """Map document keys to (reading key, reader): the latest reading by *reader*; None: the current reading.

    Raises UnknownName where no document was read by *reader*.
    """
    if reader is None:
        rows = db.execute("SELECT document, key, reader FROM current_reading").fetchall()
    else:
        sql = "SELECT document, max(key), reader FROM reading WHERE reader = ? GROUP BY document"
        rows = db.execute(sql, (reader,)).fetchall()
        if not rows:
            known = [name for (name,) in db.execute("SELECT DISTINCT reader FROM reading ORDER BY reader")]
            there = f"it holds readings by {', '.join(known)}" if known else "it holds no reading at all"
            raise UnknownName(f"No document of this dossier was read by “{reader}”; {there}.")
    return {document: (key, name) for document, key, name in rows}


def load_coverage(db: sqlite3.Connection, where: str) -> tuple[tuple[Document, ...], tuple[Furniture, ...]]:
    """Read documents and furniture alone: what lineage is worked out from."""
    with holding(where):
        keys, documents = _documents(db, Lists())
        ids = {key: document.id for key, document in zip(keys, documents, strict=True)}
        return documents, _furniture(db, ids)


def load_base(db: sqlite3.Connection, reader: str | None, where: str) -> Base:
    """Read the dossier's content with the names of the linked actors. One snapshot if called in a transaction.

    Raises UnknownName for a *reader* that has read nothing, DamagedDossier about *where* if rows make no records.
    """
    lists = Lists()
    with holding(where):
        keys, documents = _documents(db, lists)
    ids = {key: document.id for key, document in zip(keys, documents, strict=True)}
    readings = chosen_readings(db, reader)
    chosen = {readings[key][0]: (ids[key], readings[key][1]) for key in keys if key in readings}
    with holding(where):
        met = _actors(db, chosen, lists)
    actors = link([met[key] for key in chosen])
    with holding(where):
        derivations, groups = read_lineage(db, ids)
        names = _Names(actors)
        statements = _statements(db, chosen, names, lists)
        if reader is None:
            statements = _with_decided(db, chosen, statements, names, lists)
        return Base(
            documents=documents,
            statements=statements,
            actors=tuple(actors),
            furniture=_furniture(db, ids),
            derivations=derivations,
            groups=groups,
            times=_times(db, chosen),
            refusals=tuple(Refusal(*row) for row in db.execute("SELECT path, kind, reason FROM refusal ORDER BY path")),
            unread=_unread(db, chosen),
            runs=tuple(Run(*row) for row in db.execute("SELECT * FROM run ORDER BY number")),
        )


class _Names:
    """Names as they were read, to the names of the linked actors; the document tells namesakes apart."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self._holders: dict[str, list[Actor]] = defaultdict(list)
        for actor in actors:
            for name in dict.fromkeys((actor.name, *actor.names)):
                self._holders[name].append(actor)

    def of(self, document: str) -> Callable[[str], str]:
        """Return the function that gives the canonical name of a name in *document*."""
        seen: dict[str, str] = {}

        def canonical(name: str) -> str:
            if (known := seen.get(name)) is None:
                known = seen[name] = self._canonical(name, document)
            return known

        return canonical

    def _canonical(self, name: str, document: str) -> str:
        holders = self._holders.get(name, ())
        here = [actor for actor in holders if document in actor.documents] or holders
        exact = [actor for actor in here if actor.name == name] or here
        return exact[0].name if exact else name


def _documents(db: sqlite3.Connection, lists: Lists) -> tuple[list[int], tuple[Document, ...]]:
    facts: dict[int, dict[str, Fact]] = defaultdict(dict)
    for key, field, value, basis, evidence in db.execute("SELECT document, field, value, basis, evidence FROM fact"):
        facts[key][field] = Fact(value, basis, evidence)
    keys, documents = [], []
    for key, *row in db.execute(
        "SELECT key, id, name, path, format, text, sha256, original_sha256, encoding, notes FROM document"
        " ORDER BY name, id"
    ):
        keys.append(key)
        documents.append(document_from_row(row, facts.get(key, {}), lists))
    return keys, tuple(documents)


def _by_reading(db: sqlite3.Connection, sql: str, chosen: Mapping[int, object]) -> dict[int, list[tuple[Any, ...]]]:
    """Return the rows of *sql* by their first column, a reading, for the chosen readings only."""
    rows: dict[int, list[tuple[Any, ...]]] = {key: [] for key in chosen}
    for key, *row in db.execute(sql):
        if key in rows:
            rows[key].append(tuple(row))
    return rows


def _actors(db: sqlite3.Connection, chosen: Mapping[int, tuple[str, str]], lists: Lists) -> dict[int, list[Actor]]:
    rows = _by_reading(db, f"SELECT reading, {ACTOR_COLUMNS} FROM actor ORDER BY reading, position", chosen)  # noqa: S608
    return {key: [actor_from_row(row, chosen[key][0], lists) for row in found] for key, found in rows.items()}


def _statements(
    db: sqlite3.Connection, chosen: Mapping[int, tuple[str, str]], names: _Names, lists: Lists
) -> tuple[Statement, ...]:
    sql = f'SELECT {STATEMENT_COLUMNS} FROM statement WHERE reading = ? ORDER BY start, "end", id'  # noqa: S608
    return tuple(
        statement_from_row(row, document, reader, canonical, lists)
        for key, (document, reader) in chosen.items()
        for canonical in (names.of(document),)
        for row in db.execute(sql, (key,))
    )


def _with_decided(
    db: sqlite3.Connection,
    chosen: Mapping[int, tuple[str, str]],
    read: tuple[Statement, ...],
    names: _Names,
    lists: Lists,
) -> tuple[Statement, ...]:
    """Return *read* with what people stand behind in other readings of the documents, in the order of *read*."""
    told = decided(db, chosen)
    if not told.elsewhere:
        return read
    place = {document: number for number, (document, _) in enumerate(chosen.values())}
    kept = []
    sql = f"SELECT {STATEMENT_COLUMNS} FROM statement WHERE reading = ? AND id = ?"  # noqa: S608
    for key, statements in told.elsewhere.items():
        where = "SELECT d.id, r.reader FROM reading r JOIN document d ON d.key = r.document WHERE r.key = ?"
        document, reader = db.execute(where, (key,)).fetchone()
        rows = (db.execute(sql, (key, statement)).fetchone() for statement in statements)
        kept += [statement_from_row(row, document, reader, names.of(document), lists) for row in rows]
    both = [*without_superseded(read, kept, told.statements), *kept]
    return tuple(sorted(both, key=lambda s: (place[s.document], s.span.start, s.span.end, s.id)))


def _times(db: sqlite3.Connection, chosen: Mapping[int, tuple[str, str]]) -> tuple[TimeMention, ...]:
    sql = f"SELECT reading, {TIME_COLUMNS} FROM time_mention ORDER BY reading, position"  # noqa: S608
    rows = _by_reading(db, sql, chosen)
    return tuple(time_from_row(row, chosen[key][0]) for key, found in rows.items() for row in found)


def _unread(db: sqlite3.Connection, chosen: Mapping[int, tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    rows = _by_reading(db, "SELECT key, unread FROM reading", chosen)
    return tuple((chosen[key][0], sentence) for key, [(told,)] in rows.items() for sentence in json.loads(told))


def _furniture(db: sqlite3.Connection, ids: Mapping[int, str]) -> tuple[Furniture, ...]:
    rows = _by_reading(db, 'SELECT document, start, "end", reason FROM furniture ORDER BY document, position', ids)
    return tuple(Furniture(ids[key], Span(a, b), reason) for key, found in rows.items() for a, b, reason in found)
