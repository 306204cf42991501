"""Taking decisions, inside a transaction of the store: what they must hold, what they rest on, how they are kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence

from parley.dossier.ledger import Ledger
from parley.dossier.preparing import prepare
from parley.dossier.queries.record import Base
from parley.dossier.review import ADD, BLIND, EDIT, MANY, REVIEW_KINDS, subjects
from parley.dossier.reviewing import prepare_review
from parley.dossier.rows import to_json
from parley.dossier.seals import seal_decision
from parley.errors import Superseded
from parley.records import Decision, Refusal, Run

__all__ = ["adopt", "append", "prepared"]


def prepared(
    db: sqlite3.Connection,
    ledger: Ledger,
    base: Callable[[], Base],
    kind: str,
    subject: str,
    detail: Mapping[str, str],
) -> tuple[str, dict[str, str]]:
    """Return subject and detail of a decision as they should be stored; *base* is loaded only where names matter.

    Raises UnknownName for what does not exist, DossierError for a decision that says too little or clashes.
    """
    if kind == "undo":
        return ledger.undoable(subject.strip()), dict(detail)
    if kind not in REVIEW_KINDS:
        there = base()
        actors = ledger.actors(there)
        return prepare(kind, subject, detail, actors=actors, decisions=ledger.names, statements=there.statements)
    return _prepared_review(db, ledger, base, kind, subject.strip(), detail)


def append(db: sqlite3.Connection, ledger: Ledger, decision: Decision, seen: int | None) -> None:
    """Store a decision and seal it. Raises Superseded where somebody took one that its taker had not *seen*."""
    if seen is not None:
        _refuse_superseded(ledger, decision, seen)
    row = (decision.number, decision.at, decision.who, decision.kind, decision.subject, to_json(dict(decision.detail)))
    db.execute("INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?)", row)
    seal_decision(db, decision.number)


def adopt(
    db: sqlite3.Connection, runs: Sequence[Run], decisions: Sequence[Decision], refusals: Sequence[Refusal]
) -> None:
    """Store what other dossiers hold, runs and decisions numbered anew in their order."""
    for refusal in refusals:
        row = (refusal.path, refusal.kind, refusal.reason)
        db.execute("INSERT OR REPLACE INTO refusal VALUES (?, ?, ?)", row)
    for number, run in enumerate(runs, 1):
        counted = (run.read, run.unchanged, run.skipped, run.refused)
        values = (number, run.at, run.program, run.reader, *counted)
        db.execute("INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    for number, item in enumerate(decisions, 1):
        told = (number, item.at, item.who, item.kind, item.subject, to_json(dict(item.detail)))
        db.execute("INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?)", told)
        seal_decision(db, number)


def _prepared_review(
    db: sqlite3.Connection,
    ledger: Ledger,
    base: Callable[[], Base],
    kind: str,
    subject: str,
    detail: Mapping[str, str],
) -> tuple[str, dict[str, str]]:
    def text_of(document: str) -> str | None:
        row = db.execute("SELECT text FROM document WHERE id = ?", (document,)).fetchone()
        return None if row is None else str(row[0])

    def document_of(statement: str) -> str | None:
        sql = "SELECT d.id FROM statement s JOIN reading r ON r.key = reading JOIN document d ON d.key = document"
        row = db.execute(f"{sql} WHERE s.id = ? LIMIT 1", (statement,)).fetchone()
        return str(row[0]) if row is not None else ledger.document_of(statement)

    needs_names = kind in (EDIT, ADD, BLIND)
    named = ledger.named(base(), None) if needs_names else None
    return prepare_review(
        kind,
        subject,
        detail,
        text_of=text_of,
        document_of=document_of,
        issues=named.issues.moved if named else {},
        name=named.canonical if named else str,
    )


def _refuse_superseded(ledger: Ledger, decision: Decision, seen: int) -> None:
    """Refuse a decision by somebody who did not know of the last one on the same thing."""
    if decision.kind not in REVIEW_KINDS:
        last = ledger.names_number if decision.kind != "undo" else seen
    elif decision.kind == MANY:
        numbers = [ledger.reviews.mark(key).number for key in subjects(decision)]
        last = max(numbers, default=0) if max(numbers, default=0) > seen else seen
    else:
        last = ledger.reviews.mark(decision.subject).number
    if last != seen:
        first = ledger.decisions[last - 1] if last else None
        by = f"{first.who} decided on it first (decision {last}, “{first.kind}”)" if first else "it was undone"
        raise Superseded(f"Nothing was stored: {by}; look at it again, then decide.")
