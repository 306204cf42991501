"""Opening the one SQLite file: what it must be, how it is set up, and what to say where it cannot be used."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from parley.dossier import faults
from parley.dossier.migrations import LATEST, migrate, version_of
from parley.errors import DossierError, NotADossier

__all__ = ["Connected", "connect", "release"]

Inode = tuple[int, int]

_held: Counter[Inode] = Counter()
_holding = threading.Lock()
# Which files this process has open as dossiers. Closing any handle of a file drops all POSIX locks that the process
# has on it (https://www.sqlite.org/howtocorrupt.html, 2.2): SQLite would go on without its own, and another program
# that closes the dossier would take itself for the last one and delete the WAL under this one's hands.

_MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Connected:
    """An open connection; ``read_only`` where the file or its folder may not be written."""

    db: sqlite3.Connection
    read_only: bool
    where: str  # how sentences name the dossier
    held: Inode | None = None  # to give to `release` once the connection is closed


def connect(path: Path | None, *, create: bool, now: Callable[[], str]) -> Connected:
    """Open the dossier at *path* (None: in memory), bringing it to the latest version.

    Raises DossierError, NotADossier, NewerDossier or DamagedDossier. Without *create*, makes no file.
    """
    if path is None:
        with faults.sentences("the dossier in memory"):
            db = _set_up(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False))
            migrate(db, None, "the dossier in memory", now=now, new=True)
        return Connected(db, False, "the dossier in memory")
    where = str(path)
    with _holding:
        return _connect_file(path, where, create=create, now=now)


def release(held: Inode | None) -> None:
    """Tell that a connection to this file is closed."""
    with _holding:
        if held is not None:
            _held[held] -= 1


def _connect_file(path: Path, where: str, *, create: bool, now: Callable[[], str]) -> Connected:
    _look(path, where, create=create)
    with faults.sentences(where):
        if not path.exists():
            _make(path, where, now)
        read_only = path.exists() and not _may_write(path)
        db = _open_read_only(path) if read_only else _open(path)
        try:
            if not read_only and _folder_closed(db, path):
                db.close()
                read_only, db = True, _open_read_only(path)
            _set_up(db)
            version = version_of(db, where, new=create and not read_only)
            if read_only and version < LATEST:
                raise DossierError(
                    f"{where} was written by an earlier Parley and may only be read, so it cannot be brought up to "
                    "date; copy it to a folder of your own and open the copy."
                )
            if not version:
                db.execute("PRAGMA journal_mode = WAL")
            migrate(db, path, where, now=now, new=create)
        except BaseException:
            db.close()
            raise
    held = _inode(path)
    if held is not None:
        _held[held] += 1
    return Connected(db, read_only, where, held)


def _make(path: Path, where: str, now: Callable[[], str]) -> None:
    """Make a whole dossier beside *path*, then put it there in one step: a killed process leaves no half of one."""
    scratch = path.with_name(f"{path.name}.new-{os.getpid()}")
    scratch.unlink(missing_ok=True)
    try:
        with closing(_set_up(_open(scratch))) as db:
            db.execute("PRAGMA journal_mode = WAL")
            migrate(db, scratch, where, now=now, new=True)
        try:
            os.link(scratch, path)
        except FileExistsError:
            return  # another process was quicker, with the same
        except OSError:  # a file system without links
            scratch.rename(path)
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            scratch.with_name(scratch.name + ending).unlink(missing_ok=True)


def _inode(path: Path) -> Inode | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _look(path: Path, where: str, *, create: bool) -> None:
    """Refuse what cannot be a dossier before SQLite touches it."""
    try:
        if "\0" in where:
            raise DossierError(f"{where!r} is not a path that a file can have; name another.")
        if path.is_dir():
            raise NotADossier(f"{where} is a folder, not a dossier; name the file that `parley read -d` wrote.")
        if not path.exists():
            if not create:
                raise DossierError(f"There is no dossier at {where}; make one with `parley read COVERAGE -d {where}`.")
            if not path.absolute().parent.is_dir():
                raise DossierError(f"The folder of {where} does not exist; make it first, or name another place.")
            return
        if _held[_inode(path) or (0, 0)] > 0:
            return  # it is a dossier, and open: see above
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except OSError as error:
        raise DossierError(f"{where} cannot be read ({error.strerror or error}); check its permissions.") from error
    if head != _MAGIC and (head or not create):
        what = "is not a Parley dossier" if head else "is empty and not a Parley dossier"
        raise NotADossier(f"{where} {what}; name the file that `parley read` wrote.")


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=faults.BUSY_MS / 1000, isolation_level=None, check_same_thread=False)


def _open_read_only(path: Path) -> sqlite3.Connection:
    # A WAL file needs its companions; where the folder may not be written and there are none, nobody is writing.
    alone = not path.with_name(path.name + "-wal").exists()
    uri = f"{path.absolute().as_uri()}?mode=ro" + ("&immutable=1" if alone else "")
    return sqlite3.connect(uri, uri=True, timeout=faults.BUSY_MS / 1000, isolation_level=None, check_same_thread=False)


def _folder_closed(db: sqlite3.Connection, path: Path) -> bool:
    """Tell whether the file is there but SQLite may not put its companions beside it."""
    try:
        db.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError:
        if path.exists() and not _may_write(path.absolute().parent):
            return True
        raise
    return False


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _set_up(db: sqlite3.Connection) -> sqlite3.Connection:
    db.execute(f"PRAGMA busy_timeout = {faults.BUSY_MS}")
    for pragma in (
        "foreign_keys = ON",
        "recursive_triggers = ON",  # else INSERT OR REPLACE would pass by the triggers that keep rows
        "cell_size_check = ON",
        "synchronous = FULL",
    ):
        db.execute(f"PRAGMA {pragma}")
    modules = {name for (name,) in db.execute("SELECT name FROM pragma_module_list")}
    if sqlite3.sqlite_version_info < (3, 37) or "fts5" not in modules:
        raise DossierError(
            f"This Python comes with SQLite {sqlite3.sqlite_version} and Parley needs 3.37 or later with FTS5; "
            "use a Python from python.org or your system."
        )
    return db
