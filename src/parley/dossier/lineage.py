"""Lineage in the dossier: how each document came to be and which share an origin. Computed, so replaced whole."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import get_args

from parley.errors import DossierError
from parley.records import Derivation, DerivationKind, Evidence, OriginGroup, Span

__all__ = ["NOT_COMPARED", "read_lineage", "singleton", "write_lineage"]

NOT_COMPARED = "not compared with the others yet"
"""Why a document stands alone that was added after lineage was last computed."""


def singleton(db: sqlite3.Connection, key: int, document: str) -> None:
    """Put a new document into a group of its own, so that every document is in one."""
    (position,) = db.execute("SELECT coalesce(max(position), 0) + 1 FROM origin_group").fetchone()
    db.execute("INSERT INTO origin_group VALUES (?, ?, ?)", (position, f"alone-{document}", NOT_COMPARED))
    db.execute("INSERT INTO origin_member VALUES (?, ?, 0)", (key, position))


def write_lineage(db: sqlite3.Connection, derivations: Sequence[Derivation], groups: Sequence[OriginGroup]) -> None:
    """Replace the lineage. Raises DossierError where the groups do not hold every document once."""
    lengths = {name: (key, length) for name, key, length in _sizes(db)}
    members = Counter(name for group in groups for name in group.documents)
    wrong = sorted({name for name in members if members[name] > 1} | (members.keys() ^ lengths.keys()))
    if wrong:
        raise DossierError(
            f"The lineage was not stored: document {wrong[0]} is not in exactly one group of those in the dossier."
        )
    for table in ("derivation_evidence", "derivation", "origin_member", "origin_group"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608
    for position, group in enumerate(groups, 1):
        db.execute("INSERT INTO origin_group VALUES (?, ?, ?)", (position, group.id, group.because))
        db.executemany(
            "INSERT INTO origin_member VALUES (?, ?, ?)",
            ((lengths[name][0], position, place) for place, name in enumerate(group.documents)),
        )
    for number, derivation in enumerate(derivations, 1):
        _write_derivation(db, number, derivation, lengths)


def read_lineage(
    db: sqlite3.Connection, ids: Mapping[int, str]
) -> tuple[tuple[Derivation, ...], tuple[OriginGroup, ...]]:
    """Return derivations and groups in the order in which they were given; *ids* maps document keys to ids."""
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    for key, document, start, end, shows in db.execute(
        'SELECT derivation, document, start, "end", shows FROM derivation_evidence ORDER BY derivation, position'
    ):
        evidence[key].append(Evidence(ids[document], Span(start, end), shows))
    derivations = tuple(
        Derivation(ids[document], kind, source, ids.get(of), tuple(evidence[key]), score, bool(altered))
        for key, document, kind, source, of, score, altered in db.execute(
            "SELECT key, document, kind, source, of_document, score, quotes_altered FROM derivation ORDER BY key"
        )
    )
    members: dict[int, list[str]] = defaultdict(list)
    for group, document in db.execute(
        "SELECT origin_group, document FROM origin_member ORDER BY origin_group, position"
    ):
        members[group].append(ids[document])
    groups = tuple(
        OriginGroup(name, tuple(members[position]), because)
        for position, name, because in db.execute("SELECT position, id, because FROM origin_group ORDER BY position")
    )
    return derivations, groups


def _write_derivation(
    db: sqlite3.Connection, number: int, derivation: Derivation, lengths: Mapping[str, tuple[int, int]]
) -> None:
    named = [derivation.document, *(e.document for e in derivation.evidence)]
    named += [derivation.of_document] if derivation.of_document else []
    if unknown := [name for name in named if name not in lengths]:
        raise DossierError(f"The lineage was not stored: document {unknown[0]} is not in the dossier.")
    if derivation.kind not in get_args(DerivationKind):
        raise DossierError(f"The lineage was not stored: “{derivation.kind}” is no way for a document to come to be.")
    if any(not 0 <= e.span.start <= e.span.end <= lengths[e.document][1] for e in derivation.evidence):
        raise DossierError(f"The lineage was not stored: evidence on {derivation.document} lies outside its text.")
    of = lengths[derivation.of_document][0] if derivation.of_document else None
    row = (lengths[derivation.document][0], derivation.kind, derivation.source, of, derivation.score)
    db.execute("INSERT INTO derivation VALUES (?, ?, ?, ?, ?, ?, ?)", (number, *row, int(derivation.quotes_altered)))
    db.executemany(
        "INSERT INTO derivation_evidence VALUES (?, ?, ?, ?, ?, ?)",
        (
            (number, place, lengths[e.document][0], e.span.start, e.span.end, e.shows)
            for place, e in enumerate(derivation.evidence)
        ),
    )


def _sizes(db: sqlite3.Connection) -> list[tuple[str, int, int]]:
    # length() of SQLite stops at a NUL; the index text is as long and has none.
    return db.execute("SELECT id, key, length(coalesce(search_text, text)) FROM document").fetchall()
