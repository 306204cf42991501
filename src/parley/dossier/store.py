"""The dossier: one SQLite file with every document, reading and decision, and what it gives back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from parley.dossier import faults
from parley.dossier.check import Problem, check
from parley.dossier.connection import Connected, connect
from parley.dossier.deciding import adopt, append, prepared
from parley.dossier.decisions import DossierIssue, actors_after, issues_added, issues_after
from parley.dossier.handle import Handle
from parley.dossier.ledger import Ledger, Reviewed, Told, standing_statements
from parley.dossier.lineage import NOT_COMPARED, write_lineage
from parley.dossier.merge import StoredReading, stored_readings
from parley.dossier.queries.record import Base, load_base, load_coverage
from parley.dossier.review import Reviews
from parley.dossier.search import Hit, Kind, search
from parley.dossier.writing import add_document, add_reading, holds, new_facts, refuse_false
from parley.errors import DossierError
from parley.records import (
    Actor,
    Decision,
    Derivation,
    Document,
    Furniture,
    OriginGroup,
    Reading,
    Record,
    Refusal,
    Run,
    Statement,
)
from parley.version import __version__

__all__ = ["Dossier", "utc_now"]


def utc_now() -> str:
    """Return the time by this machine's clock: ISO 8601, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Dossier:
    """An open dossier; use it as a context manager. Open one with :meth:`open`.

    What is stored stays: documents and readings are never overwritten, decisions only appended. One transaction a
    document, so a killed program loses nothing that ``add`` has returned for. Threads of one process may share it;
    other processes may read while it writes. Everything that goes wrong is a :class:`~parley.errors.DossierError`.
    """

    def __init__(self, opened: Connected, *, path: Path | None, clock: Callable[[], str]) -> None:
        self.path = path
        self._file = Handle(opened, self._forget)
        self._where = opened.where
        self._clock = clock
        self._bases: dict[str | None, Base] = {}
        self._records: dict[tuple[str | None, bool], Record] = {}
        self._ledger = Ledger()
        self._loads = 0

    @classmethod
    def open(
        cls, path: str | Path | None = None, *, create: bool = False, clock: Callable[[], str] = utc_now
    ) -> Dossier:
        """Open the dossier at *path*; None: a new one in memory. *create* makes the file where there is none.

        A dossier of an earlier version is brought up to date, with a copy beside it; one that may only be read is
        opened for reading. Raises DossierError, NotADossier, NewerDossier, DamagedDossier.
        """
        file = None if path is None else Path(path)
        return cls(connect(file, create=create, now=clock), path=file, clock=clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def compared(self) -> bool:
        """Tell whether every stored document has been compared with the others since it came."""
        with self._file.reading() as db:
            sql = "SELECT count(*) FROM origin_group WHERE because = ?"
            (waiting,) = db.execute(sql, (NOT_COMPARED,)).fetchone()
            return int(waiting) == 0

    def coverage(self) -> tuple[tuple[Document, ...], tuple[Furniture, ...]]:
        """Return documents and furniture without the readings, whose actors take time to link."""
        with self._file.reading() as db:
            return load_coverage(db, self._where)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be stored: the file or its folder may only be read."""
        return self._file.read_only

    @property
    def writes(self) -> int:
        """How often something was stored through this object."""
        return self._file.writes

    def close(self) -> None:
        """Close the file. A second time does nothing."""
        self._file.close()

    def holds(self, document_id: str, reader: str | None = None) -> bool:
        """Tell whether the document is stored; with *reader*, whether a reading of it by that reader is."""
        with self._file.reading() as db:
            return holds(db, document_id, reader)

    def knows(self, document: Document, reader: str) -> bool:
        """Tell whether the document, all that is known of it, and a reading of it by *reader* are stored already.

        Unlike :meth:`holds`, this sees a date or outlet that a user has given since, which asks for a new reading.
        """
        with self._file.reading() as db:
            row = db.execute("SELECT key FROM document WHERE id = ?", (document.id,)).fetchone()
            return row is not None and not new_facts(db, row[0], document) and holds(db, document.id, reader)

    def add(self, document: Document, furniture: Sequence[Furniture], reading: Reading) -> bool:
        """Store a document with a reading of it, all or nothing. Returns False where everything is stored already.

        Text never changes. What is known of a document that is here already is brought up to date, and what a user
        gave wins over what was stated or inferred. A reading that differs from the same reader's last one is stored
        beside it, and is the one that counts. Raises DossierError where text, spans and hashes do not agree.
        """
        refuse_false(document, furniture, reading, self._where)
        with self._file.writing() as db:
            cleared = db.execute("DELETE FROM refusal WHERE path = ?", (document.path,)).rowcount > 0
            row = db.execute("SELECT key, text FROM document WHERE id = ?", (document.id,)).fetchone()
            if row and row[1] != document.text:
                raise DossierError(f"Document {document.id} is in {self._where} with another text; nothing was stored.")
            key = row[0] if row else add_document(db, document, self._clock())
            facts = new_facts(db, key, document)
            db.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?, ?, ?, ?)", facts)
            read_anew = add_reading(db, key, reading, self._clock())
            if read_anew:
                db.execute("DELETE FROM furniture WHERE document = ?", (key,))
                db.executemany(
                    "INSERT INTO furniture VALUES (?, ?, ?, ?, ?)",
                    ((key, place, f.span.start, f.span.end, f.reason) for place, f in enumerate(furniture)),
                )
            return row is None or bool(facts) or read_anew or cleared

    def add_refusal(self, refusal: Refusal) -> None:
        """Store why a path did not become a document, in place of what was said of that path before."""
        with self._file.writing() as db:
            db.execute("INSERT OR REPLACE INTO refusal VALUES (?, ?, ?)", (refusal.path, refusal.kind, refusal.reason))

    def set_lineage(self, derivations: Sequence[Derivation], groups: Sequence[OriginGroup]) -> None:
        """Replace the computed lineage. Raises DossierError unless the groups hold every document exactly once."""
        with self._file.writing() as db:
            write_lineage(db, derivations, groups)

    def add_run(
        self,
        *,
        reader: str,
        read: int,
        unchanged: int,
        skipped: int,
        refused: int,
        program: str = f"parley {__version__}",
    ) -> Run:
        """Store what one pass of the program counted; its reader is from now on the one that counts."""
        with self._file.writing() as db:
            number = db.execute("SELECT coalesce(max(number), 0) + 1 FROM run").fetchone()[0]
            run = Run(number, self._clock(), program, reader, read, unchanged, skipped, refused)
            row = (number, run.at, program, reader, read, unchanged, skipped, refused)
            db.execute("INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        return run

    def decide(
        self, kind: str, subject: str, detail: Mapping[str, str], *, who: str, seen: int | None = None
    ) -> Decision:
        """Append a decision and return it as stored.

        Args:
            kind: see :data:`parley.dossier.decisions.NEEDS` and :data:`parley.dossier.review.REVIEW_KINDS`; a kind
                that is in neither is stored as it is.
            subject: what it is about.
            detail: the rest of it.
            who: who takes it.
            seen: the number of the last decision that the person knew of when they decided: that on the statement, for
                decisions on statements; that on any name, for decisions on names. None: whatever stands.

        Raises UnknownName for an actor, issue, statement or decision that does not exist, DossierError for a decision
        that says too little or clashes with another, Superseded where somebody decided first.
        """
        if not kind.strip() or not who.strip():
            raise DossierError("A decision needs a kind and somebody who takes it; give both.")
        with self._file.writing(base_stays=True) as db:
            ledger = self._told(db)
            subject, told = prepared(db, ledger, lambda: self._base(db, None), kind, subject, detail)
            decision = Decision(ledger.number + 1, self._clock(), who.strip(), kind, subject, told)
            append(db, ledger, decision, seen)
        return decision

    def stored_readings(self) -> tuple[StoredReading, ...]:
        """Return every reading with its document in the order in which they were stored, with the names as read."""
        with self._file.reading() as db, faults.holding(self._where):
            return tuple(stored_readings(db, self._where))

    def adopt(self, runs: Sequence[Run], decisions: Sequence[Decision], refusals: Sequence[Refusal]) -> None:
        """Take over what other dossiers hold into one that has taken no decision yet; for merging.

        Raises DossierError where there are decisions already.
        """
        with self._file.writing() as db:
            if self._told(db).number:
                raise DossierError(f"{self._where} holds decisions already; merge into a new file.")
            adopt(db, runs, decisions, refusals)

    def record(self, *, reader: str | None = None, only_reviewed: bool = False) -> Record:
        """Return everything in the dossier at this moment, as linking and decisions leave it.

        Statements that a person rejected are left out. *reader*: only readings by this one; by default each document's
        reading by the reader of the latest run, or else its latest reading. *only_reviewed*: only statements that a
        person accepted, edited or added. Raises UnknownName for a reader that has read nothing here.
        """
        with self._file.reading() as db:
            key = (reader, only_reviewed)
            if key not in self._records:
                ledger = self._told(db)
                self._records[key] = _record(self._base(db, reader), ledger, reader, only_reviewed)
            return self._records[key]

    def reviewed(self) -> Reviewed:
        """Return every statement as people's decisions leave it, rejected ones included, with what was decided."""
        with self._file.reading() as db:
            return self._told(db).reviewed(self._base(db, None), None)[1]

    def told(self) -> Told:
        """Return every decision, and what people decided on each statement, in one look at the file."""
        with self._file.reading() as db:
            return self._told(db).told()

    @property
    def reviews(self) -> Reviews:
        """What people decided on each statement, up to date with the file. Do not change it."""
        with self._file.reading() as db:
            return self._told(db).reviews

    def added_since(self, at: str) -> tuple[str, ...]:
        """Return the ids of the documents that were stored after this moment (ISO 8601, UTC), in their order."""
        with self._file.reading() as db:
            rows = db.execute("SELECT id FROM document WHERE added_at > ? ORDER BY key", (at,))
            return tuple(key for (key,) in rows)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Every decision in its order, undone ones and undos included."""
        with self._file.reading() as db:
            return self._told(db).decisions

    @property
    def stamp(self) -> tuple[int, int, int]:
        """What changes when names, codes, words or coverage do, but not when a statement is accepted as it is."""
        with self._file.reading() as db:
            ledger = self._told(db)
            self._base(db, None)
            return self._loads, ledger.names_number, ledger.reviews.content_number

    @property
    def decided(self) -> tuple[int, int]:
        """The number of the last decision, and that of the last one on names."""
        with self._file.reading() as db:
            ledger = self._told(db)
            return ledger.number, ledger.names_number

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents, by name."""
        return self.record().documents

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements, by document and span."""
        return self.record().statements

    @property
    def actors(self) -> tuple[Actor, ...]:
        """The actors, as linking and decisions leave them."""
        return self.record().actors

    @property
    def issues(self) -> tuple[DossierIssue, ...]:
        """The issues of the codebook as decisions leave them, then this dossier's own."""
        with self._file.reading() as db:
            return issues_after(self._told(db).names).issues

    @property
    def issues_added(self) -> tuple[DossierIssue, ...]:
        """The dossier's own issues as they were added, whatever was relabelled or merged since."""
        with self._file.reading() as db:
            return issues_added(self._told(db).names)

    @property
    def readers(self) -> tuple[str, ...]:
        """The readers by whom readings are stored, in the order of their names."""
        with self._file.reading() as db:
            return tuple(name for (name,) in db.execute("SELECT DISTINCT reader FROM reading ORDER BY reader"))

    def idle_decisions(self) -> tuple[Decision, ...]:
        """Return the decisions without effect: what they were about is no longer there."""
        with self._file.reading() as db:
            ledger, base = self._told(db), self._base(db, None)
            names = ledger.names
            idle = {*actors_after(ledger.actors(base), names).idle, *issues_after(names).idle}
            return tuple(decision for decision in names if decision.number in idle)

    def search(self, words: str, *, limit: int = 50, kind: Kind | None = None) -> tuple[Hit, ...]:
        """Find *words* in texts and statements, best first: all of the words, and "phrases" as they stand.

        Case and accents make no difference. Speakers are searched as the reader named them. Nothing that is typed is
        an error; words without a letter or a digit find nothing.
        """
        with self._file.reading() as db, faults.holding(self._where):
            return search(db, words, limit=limit, kind=kind)

    def check(self) -> tuple[Problem, ...]:
        """Return what does not hold together in the file; an empty tuple where everything does."""
        with self._file.lock:
            return check(self._file.db, read_only=self.read_only)

    def _forget(self, base_stays: bool) -> None:
        """Let go of what was made from the file as it was; *base_stays*: all but the readings."""
        self._records.clear()
        if not base_stays:
            self._bases.clear()

    def _base(self, db: sqlite3.Connection, reader: str | None) -> Base:
        if reader not in self._bases:
            self._bases[reader] = load_base(db, reader, self._where)
            self._loads += 1
        return self._bases[reader]

    def _told(self, db: sqlite3.Connection) -> Ledger:
        """Return the decisions, with those that were stored since."""
        with faults.holding(self._where):
            self._ledger.refresh(db)
        return self._ledger


def _record(base: Base, ledger: Ledger, reader: str | None, only_reviewed: bool) -> Record:
    named, reviewed = ledger.reviewed(base, reader)
    altered = frozenset(derivation.document for derivation in base.derivations if derivation.quotes_altered)
    return Record(
        documents=base.documents,
        statements=standing_statements(reviewed, only_reviewed=only_reviewed, altered=altered),
        actors=named.actors.actors,
        furniture=base.furniture,
        derivations=base.derivations,
        groups=base.groups,
        times=base.times,
        refusals=base.refusals,
        unread=base.unread,
        decisions=ledger.decisions,
        runs=base.runs,
        issue_labels=named.issues.labels,
    )
