"""The open file of a dossier: one transaction at a time, whichever thread asks, and every error a sentence."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from parley.dossier import faults
from parley.dossier.connection import Connected, release
from parley.errors import DossierError

__all__ = ["Handle"]


class Handle:
    """An open file. ``changed(base_stays)`` is called whenever what was read of it before no longer holds."""

    def __init__(self, opened: Connected, changed: Callable[[bool], None]) -> None:
        self.where = opened.where
        self.read_only = opened.read_only
        self.lock = threading.RLock()
        self.writes = 0  # transactions of this handle that stored something
        self._db: sqlite3.Connection | None = opened.db
        self._held = opened.held
        self._changed = changed
        self._seen = -1

    @property
    def db(self) -> sqlite3.Connection:
        """The connection. Raises DossierError where it is closed."""
        if self._db is None:
            raise DossierError(f"{self.where} is closed; open it again.")
        return self._db

    def close(self) -> None:
        """Close the file. A second time does nothing."""
        with self.lock:
            if self._db:
                with faults.sentences(self.where):
                    self._db.close()
                self._db = None
                release(self._held)

    @contextmanager
    def writing(self, *, base_stays: bool = False) -> Iterator[sqlite3.Connection]:
        """One transaction: all of the block or, if anything goes wrong (Ctrl-C too), nothing of it.

        *base_stays*: the block stores decisions only, so documents and readings are as they were.
        """
        with self.lock, faults.sentences(self.where):
            db = self.db
            if self.read_only:
                raise DossierError(
                    f"{self.where} may only be read; change its permissions, or copy it to a folder of your own."
                )
            before = db.total_changes
            try:
                db.execute("BEGIN IMMEDIATE")
                self._look(db)
                yield db
                db.execute("COMMIT")
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                if db.total_changes != before:
                    self.writes += 1
                    self._changed(base_stays)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One snapshot of the file for the whole block."""
        with self.lock, faults.sentences(self.where):
            db = self.db
            try:
                db.execute("BEGIN")
                self._look(db)
                yield db
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")

    def _look(self, db: sqlite3.Connection) -> None:
        (version,) = db.execute("PRAGMA data_version").fetchone()
        if version != self._seen:  # another process has written since
            self._changed(False)
            self._seen = version
