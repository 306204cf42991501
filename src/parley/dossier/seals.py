"""Seals: hashes of what is only ever added, so that a change from outside Parley shows.

The columns that a seal covers are fixed for good: a later column comes with a seal of its own.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator

__all__ = ["broken_seals", "seal_all", "seal_decision", "seal_reading"]

_READING = (
    "SELECT d.id, r.reader, r.unread, r.added_at FROM reading r JOIN document d ON d.key = r.document WHERE r.key = ?",
    'SELECT position, id, start, "end", content, speaker, voice, act, rule, anchor_prefix, anchor_suffix, anchor_exact,'
    " anchor_start, anchor_end, speaker_start, speaker_end, speaker_text, cue_start, cue_end, cue, mode, degree,"
    " issues, stance, addressee, via, quote, quote_altered, modifiers, confidence"
    " FROM statement WHERE reading = ? ORDER BY position",
    "SELECT position, name, kind, names, roles, belongs_to, documents FROM actor WHERE reading = ? ORDER BY position",
    'SELECT position, start, "end", text, resolved, basis FROM time_mention WHERE reading = ? ORDER BY position',
)
_DECISION = "SELECT number, at, who, kind, subject, detail FROM decision WHERE number = ?"


def seal_reading(db: sqlite3.Connection, key: int) -> None:
    """Seal a reading that was just stored."""
    db.execute("INSERT INTO reading_seal VALUES (?, ?)", (key, _reading(db, key)))


def seal_decision(db: sqlite3.Connection, number: int) -> None:
    """Seal a decision that was just stored, together with all before it."""
    last = db.execute("SELECT sha256 FROM decision_seal WHERE decision = ?", (number - 1,)).fetchone()
    db.execute("INSERT INTO decision_seal VALUES (?, ?)", (number, _decision(db, number, last[0] if last else "")))


def seal_all(db: sqlite3.Connection) -> None:
    """Seal everything of a dossier that has no seals yet."""
    for (key,) in db.execute("SELECT key FROM reading ORDER BY key").fetchall():
        seal_reading(db, key)
    for (number,) in db.execute("SELECT number FROM decision ORDER BY number").fetchall():
        seal_decision(db, number)


def broken_seals(db: sqlite3.Connection) -> Iterator[str]:
    """Name each reading and the first decision whose rows are not those that were sealed."""
    readings = "SELECT key, sha256 FROM reading LEFT JOIN reading_seal ON reading = key ORDER BY key"
    for key, sha256 in db.execute(readings).fetchall():
        if _reading(db, key) != sha256:
            yield f"reading {key}"
    before = ""
    decisions = "SELECT number, sha256 FROM decision LEFT JOIN decision_seal ON decision = number ORDER BY number"
    for number, sha256 in db.execute(decisions).fetchall():
        if _decision(db, number, before) != sha256:
            yield f"decision {number}"
            return
        before = sha256
    (last,) = db.execute("SELECT coalesce(max(number), 0) FROM decision").fetchone()
    (sealed,) = db.execute("SELECT coalesce(max(decision), 0) FROM decision_seal").fetchone()
    if sealed > last:
        yield f"decision {sealed}"


def _reading(db: sqlite3.Connection, key: int) -> str:
    return _hash([db.execute(sql, (key,)).fetchall() for sql in _READING])


def _decision(db: sqlite3.Connection, number: int, before: str) -> str:
    return _hash([before, db.execute(_DECISION, (number,)).fetchone()])


def _hash(rows: object) -> str:
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode("utf-8")).hexdigest()
