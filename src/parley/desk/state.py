"""What the desk holds between requests: the open dossier, what is worked out from it, and when that is out of date."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from parley.analysis import TABLES, Table
from parley.analysis.index import Index
from parley.desk.jobs import Jobs
from parley.desk.keys import load as load_keys
from parley.desk.visits import last_visit, note_visit
from parley.dossier import Dossier, utc_now
from parley.dossier.ledger import Told
from parley.dossier.review import Mark, Reviews
from parley.reading import DEFAULT_READER
from parley.records import Actor, Decision, Document, Furniture, OriginGroup, Record, Statement

__all__ = ["Computed", "Desk", "Snapshot"]

PATIENCE = 0.1
"""Seconds that a page waits for a table to be counted anew before it shows the last one, and says so."""

LOOK = 0.05
"""Seconds for which the desk takes it that no other program has stored a decision. Its own are seen at once."""

RESTS = 10
"""After a count a table rests so many times as long as it took, so that decisions have the processor."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The dossier's content after the decisions that change words, codes and names. Marks are looked up live."""

    stamp: tuple[int, int, int]
    record: Record
    statements: tuple[Statement, ...]  # rejected ones included
    places: Mapping[str, int]  # of a statement by id
    documents: Mapping[str, Document]
    actors: Mapping[str, Actor]
    furniture: Mapping[str, tuple[Furniture, ...]]
    by_document: Mapping[str, tuple[Statement, ...]]
    groups: Mapping[str, OriginGroup]  # of a document by id
    index: Index

    def statement(self, key: str) -> Statement | None:
        """Return the statement with this id, if there is one."""
        place = self.places.get(key)
        return None if place is None else self.statements[place]


@dataclass(frozen=True, slots=True)
class Computed:
    """A table, and the number of the last decision that it counts; ``behind`` decisions came since.

    ``kept`` holds what pages make of the table's rows, for as long as the table is not counted anew.
    """

    table: Table
    number: int
    behind: int
    kept: dict[object, object]


@dataclass(slots=True)
class _Slot:
    """One table: the last one counted, and whether it is being counted anew."""

    table: Table | None = None
    stamp: tuple[int, int, int, int] = (-1, -1, -1, -1)
    error: Exception | None = None
    number: int = 0  # of the last decision that it counts
    working: bool = False
    kept: dict[object, object] = field(default_factory=dict)  # what pages made of the table's rows
    took: float = 0.0  # seconds that the last count took
    rests_until: float = 0.0
    done: threading.Event = field(default_factory=threading.Event)


class Desk:
    """One dossier at one desk. Writes go through ``dossier``, one at a time; search has a connection of its own."""

    def __init__(
        self,
        path: Path,
        *,
        who: str,
        reader: str = DEFAULT_READER,
        clock: Callable[[], str] = utc_now,
        keys_file: Path | None = None,
    ) -> None:
        self.path = path
        self.keys_file = keys_file  # where the person's keys are kept; None: nowhere
        self.keys = load_keys(keys_file)
        self.clock = clock
        self.since = last_visit(keys_file, path)  # when this person was last here; "": not known
        self.who = who
        self.reader = reader
        self.dossier = Dossier.open(path, clock=clock)
        self.searching = Dossier.open(path, clock=clock)
        self.jobs = Jobs()
        self._snapshot: Snapshot | None = None
        self._told: tuple[Told, int, float] | None = None  # decisions, the file's writes before them, when looked up
        self._stamped: Told | None = None  # the decisions with which the snapshot was last compared
        self._lock = threading.Lock()
        self._slots: dict[str, _Slot] = {}
        self._slots_lock = threading.Lock()
        self._counting = threading.Lock()  # one table at a time: they would only slow one another down
        self.cache: dict[object, object] = {}  # what pages keep for one snapshot
        self._cache_of: Snapshot | None = None

    def close(self) -> None:
        """Stop what runs and close the files."""
        self.jobs.stop_all()
        self.searching.close()
        self.dossier.close()

    def looked(self) -> None:
        """Keep that this person has seen now what is new; this desk goes on to tell what came since the time before."""
        note_visit(self.keys_file, self.path, self.clock())

    def told(self) -> Told:
        """Return every decision. The file is looked at only if it may hold more than a moment ago.

        While one request stores a decision, others need not wait for the disk.
        """
        known, writes, now = self._told, self.dossier.writes, time.monotonic()
        if known is not None and known[1] == writes and now - known[2] < LOOK:
            return known[0]
        told = self.dossier.told()
        self._told = (told, writes, now)
        return told

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Every decision in its order, undone ones and undos included."""
        return self.told().decisions

    @property
    def names_number(self) -> int:
        """The number of the last decision on names."""
        return self.told().names_number

    @property
    def reviews(self) -> Reviews:
        """What people decided on statements, up to date with the file."""
        return self.told().reviews

    def mark(self, statement: str) -> Mark:
        """Return the mark of one statement."""
        return self.reviews.mark(statement)

    def ready(self, wait: float | None = None) -> bool:
        """Tell whether the dossier has been read into memory, waiting up to *wait* seconds; None: until it has."""
        if self._snapshot is not None:
            return True
        if wait is None:
            self.snapshot()
            return True
        opening = threading.Thread(target=self.snapshot, daemon=True)
        opening.start()
        opening.join(wait)
        return self._snapshot is not None

    def snapshot(self) -> Snapshot:
        """Return the content as decisions leave it. Coverage that is still being added shows when it is done."""
        told, known = self.told(), self._snapshot
        if known is not None and self._stamped is told:
            return known
        with self._lock:
            known = self._snapshot
            adding = known is not None and self.jobs.running("coverage")
            if known is None or not adding or known.stamp[1:] != (told.names_number, told.content_number):
                stamp = self.dossier.stamp
                if known is None or known.stamp != stamp:
                    known = self._snapshot = _snapshot(self.dossier, stamp)
            self._stamped = told
            return known

    def kept(self, key: object, make: Callable[[Snapshot], object]) -> object:
        """Return what *make* makes of the snapshot, made once a snapshot."""
        snapshot = self.snapshot()
        with self._slots_lock:
            if self._cache_of is not snapshot:
                self.cache, self._cache_of = {}, snapshot
            cache = self.cache
        if key not in cache:
            cache[key] = make(snapshot)
        return cache[key]

    def counts(self) -> Counter[str]:
        """Count the statements by status."""
        marks = self.reviews.marks
        total: Counter[str] = Counter(
            mark.status if (mark := marks.get(statement.id)) else "suggested"
            for statement in self.snapshot().statements
        )
        return total

    def table(self, name: str, *, wait: float | None = PATIENCE) -> Computed | None:
        """Return a table of the analyses. One that is out of date is counted anew in the background.

        Waits up to *wait* seconds for that (None: until it is done), but not where the last count took longer. Returns
        None where the table has never been counted and is not done by then. Raises what the analysis raised.
        """
        wanted = self._counted()
        with self._slots_lock:
            slot = self._slots.setdefault(name, _Slot())
            rested = wait is None or slot.table is None or time.monotonic() >= slot.rests_until
            if slot.stamp != wanted and not slot.working and rested:
                slot.working = True
                slot.done = threading.Event()
                threading.Thread(target=self._count, args=(name, slot), daemon=True).start()
            done, hopeless = slot.done, wait is not None and slot.table is not None and slot.took > wait
        if slot.stamp != wanted and not hopeless:
            done.wait(wait)
        if slot.error is not None:
            raise slot.error
        with self._slots_lock:
            table, number, kept, stamp = slot.table, slot.number, slot.kept, slot.stamp
        if table is None:
            return None
        behind = 0 if stamp == wanted else max(0, len(self.decisions) - number)
        return Computed(table, number, behind, kept)

    def _counted(self) -> tuple[int, int, int, int]:
        """What changes when a table may: names, codes, words, coverage, and which statements are rejected."""
        return (*self.snapshot().stamp, self.told().rejections_number)

    def _count(self, name: str, slot: _Slot) -> None:
        try:
            with self._counting:
                began = time.monotonic()
                stamp, number = self._counted(), len(self.decisions)
                table = TABLES[name](self.dossier.record())
                with self._slots_lock:
                    slot.table, slot.stamp, slot.error, slot.number, slot.kept = table, stamp, None, number, {}
                slot.took = time.monotonic() - began
                slot.rests_until = time.monotonic() + RESTS * slot.took
        except Exception as error:  # noqa: BLE001 - a thread: the page that asked raises it
            slot.error = error
        finally:
            slot.working = False
            slot.done.set()


def _snapshot(dossier: Dossier, stamp: tuple[int, int, int]) -> Snapshot:
    record, statements = dossier.record(), dossier.reviewed().statements
    by_document: dict[str, list[Statement]] = {}
    for statement in statements:
        by_document.setdefault(statement.document, []).append(statement)
    furniture: dict[str, list[Furniture]] = {}
    for piece in record.furniture:
        furniture.setdefault(piece.document, []).append(piece)
    return Snapshot(
        stamp=stamp,
        record=record,
        statements=statements,
        places={statement.id: place for place, statement in enumerate(statements)},
        documents={document.id: document for document in record.documents},
        actors={actor.name: actor for actor in record.actors},
        furniture={key: tuple(pieces) for key, pieces in furniture.items()},
        by_document={key: tuple(found) for key, found in by_document.items()},
        groups={key: group for group in record.groups for key in group.documents},
        index=Index.of(record),
    )
