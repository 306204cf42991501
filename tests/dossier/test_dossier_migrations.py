"""A dossier of every past version opens, is brought up to date, and holds what it held."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from dossier_samples import NOW, filled, harbour

from parley.dossier import Dossier, migrations
from parley.dossier.migrations import LATEST, MIGRATIONS, Migration
from parley.errors import DossierError, NewerDossier

STORED = Path(__file__).parents[1] / "data" / "dossiers"
PAST = range(1, LATEST)


def schema(path: Path) -> dict[str, str]:
    db = sqlite3.connect(path)
    rows = dict(db.execute("SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema").fetchall())
    rows["version"] = db.execute("PRAGMA user_version").fetchone()[0]
    rows["application"] = db.execute("PRAGMA application_id").fetchone()[0]
    db.close()
    return rows


def contents(path: Path, of: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    """The rows of the tables and columns in *of*."""
    db = sqlite3.connect(path)
    db.row_factory = sqlite3.Row
    found = {}
    for table, rows in of.items():
        columns = ", ".join(f'"{column}"' for column in rows[0])
        found[table] = [dict(row) for row in db.execute(f"SELECT {columns} FROM {table}")]
    db.close()
    return found


def test_a_file_of_every_past_version_is_stored() -> None:
    assert sorted(p.name for p in STORED.glob("*.parley")) == [f"version-{number}.parley" for number in PAST]


@pytest.mark.parametrize("version", PAST)
def test_a_past_version_is_brought_up_to_date_and_keeps_everything(tmp_path: Path, version: int) -> None:
    old, path, fresh = STORED / f"version-{version}.parley", tmp_path / "old.parley", tmp_path / "fresh.parley"
    shutil.copy(old, path)
    held = json.loads(old.with_suffix(".json").read_text("utf-8"))
    assert schema(path)["version"] == version
    with Dossier.open(path, clock=lambda: NOW) as dossier, Dossier.open(fresh, create=True, clock=lambda: NOW) as new:
        assert dossier.check() == ()
        assert dossier.record().documents == filled(new).record().documents
        assert dossier.record().statements == new.record().statements
        assert [hit.partial for hit in dossier.search("oyel", kind="text")] == [True, True]
        assert dossier.add(*harbour()[0]) is False
    assert schema(path) == schema(fresh)
    assert contents(path, held) == held
    copy = path.with_name(f"old.parley.bak-v{version}")
    assert schema(copy)["version"] == version
    assert contents(copy, held) == held
    assert {p.name for p in tmp_path.iterdir()} == {"old.parley", "fresh.parley", copy.name}


def test_a_copy_from_before_is_never_overwritten(tmp_path: Path) -> None:
    for _ in range(2):
        shutil.copy(STORED / "version-1.parley", tmp_path / "old.parley")
        Dossier.open(tmp_path / "old.parley").close()
    names = {p.name for p in tmp_path.iterdir()}
    assert names == {"old.parley", "old.parley.bak-v1", "old.parley.bak-v1.2"}


def test_a_migration_that_fails_leaves_the_version_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.parley"
    shutil.copy(STORED / "version-1.parley", path)

    def fail(db: sqlite3.Connection) -> None:
        db.execute("SELECT * FROM no_such_table")

    broken = (*MIGRATIONS[:1], Migration(2, "fails at the end", fail))
    monkeypatch.setattr(migrations, "MIGRATIONS", broken)
    before = schema(path)
    with pytest.raises(DossierError):
        Dossier.open(path)
    assert schema(path) == before
    monkeypatch.undo()
    with Dossier.open(path) as dossier:
        assert len(dossier.documents) == 4


def test_every_version_is_recorded_with_the_program_that_made_it(tmp_path: Path) -> None:
    Dossier.open(tmp_path / "d.parley", create=True, clock=lambda: NOW).close()
    db = sqlite3.connect(tmp_path / "d.parley")
    rows = db.execute("SELECT number, applied_at FROM migration ORDER BY number").fetchall()
    db.close()
    assert rows == [(number, NOW) for number in range(1, LATEST + 1)]


def test_a_dossier_of_a_later_parley_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "later.parley"
    Dossier.open(path, create=True).close()
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {LATEST + 1}")
    db.close()
    before = path.read_bytes()
    with pytest.raises(NewerDossier, match=r"later Parley .*update Parley"):
        Dossier.open(path, create=True)
    assert path.read_bytes() == before
