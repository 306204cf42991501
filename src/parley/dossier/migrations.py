"""Forward-only, numbered migrations: each in one transaction together with its record and the file's version number.

A new dossier is made by the same steps as an old one is brought up to date, so there is one schema and not two.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from parley.dossier.seals import seal_all
from parley.errors import NewerDossier, NotADossier
from parley.version import __version__

__all__ = ["APPLICATION_ID", "LATEST", "MIGRATIONS", "Migration", "migrate", "version_of"]

APPLICATION_ID = 0x50524C59  # "PRLY"


@dataclass(frozen=True, slots=True)
class Migration:
    """A step from the version before ``number``: the SQL of ``sql/<number>.sql``, then ``then`` for the rows."""

    number: int
    name: str
    then: Callable[[sqlite3.Connection], None] | None = None


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "documents, readings, decisions, word search"),
    Migration(2, "part-word search, seals", seal_all),
    Migration(3, "statements by id, for review"),
)
LATEST = MIGRATIONS[-1].number


def migrate(db: sqlite3.Connection, path: Path | None, where: str, *, now: Callable[[], str], new: bool) -> None:
    """Bring the open dossier to the latest version; copy the file to ``<file>.bak-vN`` first where it is an older one.

    *new* allows an empty database to become a dossier. Raises NotADossier, NewerDossier; sqlite3.Error passes.
    """
    version = version_of(db, where, new=new)
    if version == LATEST:
        return
    copied = version == 0  # of a new dossier there is nothing to copy
    for step in MIGRATIONS:
        db.execute("BEGIN IMMEDIATE")
        try:
            version = version_of(db, where, new=new)  # again: another process may have been faster
            if version < step.number:
                if path and not copied:
                    _copy(path, version)
                    copied = True
                _apply(db, step, now())
            db.execute("COMMIT")
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")


def version_of(db: sqlite3.Connection, where: str, *, new: bool) -> int:
    """Return the version of the open dossier; 0 for an empty database where *new* allows one.

    Raises NotADossier, NewerDossier.
    """
    application, version, tables = (
        db.execute(sql).fetchone()[0]
        for sql in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_schema")
    )
    if not application and not version and not tables and new:
        return 0
    if application != APPLICATION_ID or version < 1:
        raise NotADossier(f"{where} is not a Parley dossier; name the file that `parley read` wrote.")
    if version > LATEST:
        raise NewerDossier(
            f"{where} was written by a later Parley (dossier version {version}, this one knows up to {LATEST}); "
            "update Parley."
        )
    return int(version)


def _apply(db: sqlite3.Connection, step: Migration, at: str) -> None:
    if step.number == 1:
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in _statements(files(__package__).joinpath("sql", f"{step.number:04}.sql").read_text("utf-8")):
        db.execute(statement)
    if step.then:
        step.then(db)
    db.execute("INSERT INTO migration VALUES (?, ?, ?, ?)", (step.number, step.name, at, f"parley {__version__}"))
    db.execute(f"PRAGMA user_version = {step.number}")


def _statements(script: str) -> Iterator[str]:
    # executescript() would commit the open transaction.
    lines: list[str] = []
    for line in script.splitlines():
        lines.append(line)
        if line.rstrip().endswith(";") and sqlite3.complete_statement("\n".join(lines)):
            yield "\n".join(lines)
            lines = []


def _copy(path: Path, version: int) -> None:
    target, number = path.with_name(f"{path.name}.bak-v{version}"), 1
    while target.exists():
        number += 1
        target = path.with_name(f"{path.name}.bak-v{version}.{number}")
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as copy:
        source.backup(copy)
    part.replace(target)
