"""Does a dossier hold together? Every promise that the store makes, looked at in the file itself."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from parley.dossier.migrations import migrate
from parley.dossier.seals import broken_seals
from parley.errors import DossierError

__all__ = ["Problem", "check"]

_RESTORE = "Use an earlier copy of the dossier, or read the coverage into a new one."
_MOST = 100  # problems of one kind that are listed


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold together: what, where in the dossier, what to do about it."""

    what: str
    where: str
    do: str


def check(db: sqlite3.Connection, *, read_only: bool) -> tuple[Problem, ...]:
    """Return what does not hold together, nothing where all is well. Never raises for what it finds in the file."""
    problems: list[Problem] = []
    for look in (_file, _schema, _documents, _furniture, _statements, _times, _groups, _decisions, _seals):
        problems += _looked(look, db)
    problems += _looked(_indexes_copied if read_only else _indexes, db)
    return tuple(problems)


def _looked(look: Callable[[sqlite3.Connection], Iterator[Problem]], db: sqlite3.Connection) -> list[Problem]:
    found: list[Problem] = []
    try:
        for problem in look(db):
            found.append(problem)
            if len(found) == _MOST:
                break
    except (sqlite3.Error, DossierError, ValueError, TypeError, AttributeError) as error:
        found.append(Problem(f"The file cannot be read ({str(error).rstrip('.')}).", "the file", _RESTORE))
    return found


def _file(db: sqlite3.Connection) -> Iterator[Problem]:
    for (line,) in db.execute(f"PRAGMA integrity_check({_MOST})"):
        if line != "ok":
            yield Problem(f"The file is damaged: {line}.", "the file", _RESTORE)
    for table, key, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield Problem(f"A row belongs to no {parent}.", f"{table} {key or ''}".strip(), _RESTORE)


def _schema(db: sqlite3.Connection) -> Iterator[Problem]:
    sql = "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema"
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(fresh, None, "the dossier in memory", now=lambda: "2000-01-01T00:00:00Z", new=True)
        wanted = dict(fresh.execute(sql).fetchall())
    finally:
        fresh.close()
    there = dict(db.execute(sql).fetchall())
    for name in sorted(wanted):
        if there.get(name) != wanted[name]:
            yield Problem(f"The {name} is {'changed' if name in there else 'gone'}.", "the schema", _RESTORE)


def _documents(db: sqlite3.Connection) -> Iterator[Problem]:
    for key, text, sha256 in db.execute("SELECT id, text, sha256 FROM document ORDER BY key"):
        if hashlib.sha256(text.encode()).hexdigest() != sha256:
            yield Problem("The text is not the one that was stored (its hash differs).", f"document {key}", _RESTORE)


_TEXTS = "SELECT r.key, d.id, d.text FROM reading r JOIN document d ON d.key = r.document ORDER BY r.key"


def _statements(db: sqlite3.Connection) -> Iterator[Problem]:
    sql = """
        SELECT id, start, "end", content, speaker_start, speaker_end, speaker_text, cue_start, cue_end, cue
        FROM statement WHERE reading = ? ORDER BY position
    """
    for reading, document, text in db.execute(_TEXTS):
        seen: set[str] = set()
        for key, *parts in db.execute(sql, (reading,)):
            if key in seen:
                yield Problem("Two statements of one reading share this id.", f"statement {key}", _RESTORE)
            seen.add(key)
            for part, place in (("content", 0), ("speaker", 3), ("cue", 6)):
                start, end, words = parts[place : place + 3]
                if start is not None and not _stands(text, start, end, words):
                    yield Problem(f"Its {part} does not stand in document {document}.", f"statement {key}", _RESTORE)


def _times(db: sqlite3.Connection) -> Iterator[Problem]:
    sql = 'SELECT start, "end", text FROM time_mention WHERE reading = ? ORDER BY position'
    for reading, document, text in db.execute(_TEXTS):
        for start, end, words in db.execute(sql, (reading,)):
            if not _stands(text, start, end, words):
                yield Problem(f"The time {words!r} does not stand at {start}.", f"document {document}", _RESTORE)


def _furniture(db: sqlite3.Connection) -> Iterator[Problem]:
    for key, size in db.execute("SELECT id, length(coalesce(search_text, text)) FROM document ORDER BY key"):
        sql = 'SELECT start, "end" FROM furniture JOIN document ON key = document WHERE id = ? ORDER BY position'
        for start, end in db.execute(sql, (key,)):
            if not 0 <= start <= end <= size:
                yield Problem(f"Furniture at {start} lies outside the text.", f"document {key}", _RESTORE)
    sql = """
        SELECT d.id, e.start FROM derivation_evidence e JOIN document d ON d.key = e.document
        WHERE e."end" > length(coalesce(d.search_text, d.text)) ORDER BY e.derivation, e.position
    """
    for key, start in db.execute(sql):
        yield Problem(f"Evidence of lineage at {start} lies outside the text.", f"document {key}", _RESTORE)


def _groups(db: sqlite3.Connection) -> Iterator[Problem]:
    again = "Read one more document into the dossier: lineage is then computed anew."
    for (key,) in db.execute(
        "SELECT id FROM document WHERE key NOT IN (SELECT document FROM origin_member) ORDER BY key"
    ):
        yield Problem("It is in no group of documents of one origin.", f"document {key}", again)


def _decisions(db: sqlite3.Connection) -> Iterator[Problem]:
    for wanted, (number,) in enumerate(db.execute("SELECT number FROM decision ORDER BY number"), 1):
        if number != wanted:
            yield Problem("Decisions are missing before this one.", f"decision {number}", _RESTORE)
            return


def _seals(db: sqlite3.Connection) -> Iterator[Problem]:
    for broken in broken_seals(db):
        yield Problem("It was changed by something other than Parley (its seal is broken).", broken, _RESTORE)


def _indexes(db: sqlite3.Connection) -> Iterator[Problem]:
    for (table,) in db.execute(
        "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name"
    ).fetchall():
        try:
            db.execute("BEGIN IMMEDIATE")
            db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                raise
            yield Problem("The search index is out of step with the texts.", table, _RESTORE)
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")


def _indexes_copied(db: sqlite3.Connection) -> Iterator[Problem]:
    copy = sqlite3.connect(":memory:", isolation_level=None)  # the index checks itself by a write, of nothing
    try:
        db.backup(copy)
        yield from _indexes(copy)
    finally:
        copy.close()


def _stands(text: str, start: int, end: int, words: str | None) -> bool:
    return 0 <= start <= end <= len(text) and (words is None or text[start:end] == words)
