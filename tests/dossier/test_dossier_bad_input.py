"""What is no dossier, damaged, locked, full or out of reach ends in one sentence, with nothing stored lost."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from dossier_samples import NOW, document, filled, harbour, reading

from parley.dossier import Dossier, faults, writing
from parley.errors import DamagedDossier, DossierError, NotADossier
from parley.records import Document, Reading


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Dossier.open(tmp_path / "d.parley", create=True, clock=lambda: NOW) as dossier:
        filled(dossier)
    return tmp_path / "d.parley"


def big(number: int) -> tuple[Document, tuple[()], Reading]:
    of = document(f"big-{number}", f"{number} says so. " * 3000)
    return of, (), reading(of, [("says so", "Somebody", "REPORT")])


def one_sentence(error: pytest.ExceptionInfo[DossierError], path: Path) -> bool:
    text = str(error.value)
    return text.endswith(".") and "\n" not in text and str(path) in text


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize(
    "content", [b"Just some text, long enough to fill a header.", b"SQLite format 3\0", b"\0" * 5000]
)
def test_a_file_that_is_no_dossier_is_left_alone(tmp_path: Path, content: bytes, create: bool) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises((NotADossier, DamagedDossier)) as error:
        Dossier.open(path, create=create)
    assert one_sentence(error, path)
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("create", [False, True])
def test_another_database_is_no_dossier(tmp_path: Path, create: bool) -> None:
    path = tmp_path / "other.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE document (id)")
    db.commit()
    db.close()
    before = path.read_bytes()
    with pytest.raises(NotADossier, match="is not a Parley dossier"):
        Dossier.open(path, create=create)
    assert path.read_bytes() == before


def test_an_empty_file_is_no_dossier_but_may_become_one(tmp_path: Path) -> None:
    path = tmp_path / "empty.parley"
    path.touch()
    with pytest.raises(NotADossier, match="is empty"):
        Dossier.open(path)
    with Dossier.open(path, create=True) as dossier:
        assert dossier.add(*harbour()[0])


def test_what_is_not_there_is_said_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(DossierError, match=r"no dossier at .*parley read"):
        Dossier.open(tmp_path / "none.parley")
    with pytest.raises(DossierError, match=r"folder of .* does not exist"):
        Dossier.open(tmp_path / "nowhere" / "none.parley", create=True)
    with pytest.raises(NotADossier, match="is a folder"):
        Dossier.open(tmp_path, create=True)
    with pytest.raises(DossierError):
        Dossier.open("nul\0byte.parley", create=True)
    assert list(tmp_path.iterdir()) == []


def test_a_truncated_dossier_is_damaged(path: Path) -> None:
    whole = path.read_bytes()
    for size in (100, 4096, 5000, len(whole) // 2, len(whole) - 4096):
        path.write_bytes(whole[:size])
        with pytest.raises(DossierError) as error, Dossier.open(path) as dossier:
            problems = dossier.check()
            dossier.record()
            assert problems
            raise DamagedDossier(f"{path}: {problems[0].what}")
        assert isinstance(error.value, DamagedDossier | NotADossier)


def test_flipped_bytes_never_end_in_anything_but_a_sentence(path: Path) -> None:
    whole, chance, seen = path.read_bytes(), random.Random(7), 0
    for _ in range(150):
        spoilt = bytearray(whole)
        for _ in range(chance.choice((1, 8, 200))):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        path.write_bytes(spoilt)
        for companion in path.parent.glob("d.parley-*"):
            companion.unlink()
        try:
            with Dossier.open(path) as dossier:
                seen += bool(dossier.check())
                dossier.search("night")
                dossier.search("oyel")
                dossier.record()
                dossier.add(*big(1))
                dossier.decide("rename issue", "A2", {"label": "Other"}, who="Mo")
        except DossierError as error:
            seen += 1
            assert str(error).endswith(".")
    assert seen > 50


def test_a_long_lock_is_told_and_leaves_the_dossier_usable(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "BUSY_MS", 50)
    other = sqlite3.connect(path, isolation_level=None)
    with Dossier.open(path) as dossier:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DossierError, match=r"locked by another program for more than 0\.05 seconds") as error:
            dossier.add(*big(1))
        assert one_sentence(error, path)
        assert len(dossier.documents) == 4
        other.execute("ROLLBACK")
        assert dossier.add(*big(1))
    other.close()


def test_a_full_disk_loses_nothing(path: Path) -> None:
    with Dossier.open(path) as dossier:
        pages = dossier._file.db.execute("PRAGMA page_count").fetchone()[0]
        dossier._file.db.execute(f"PRAGMA max_page_count = {pages + 40}")
        stored = []
        with pytest.raises(DossierError, match="disk is full") as error:
            for number in range(100):
                dossier.add(*big(number))
                stored.append(number)
        assert one_sentence(error, path)
        assert len(dossier.documents) == 4 + len(stored)
        assert dossier.check() == ()
        dossier._file.db.execute("PRAGMA max_page_count = 1000000")
        assert dossier.add(*big(len(stored)))
    with Dossier.open(path) as dossier:
        assert len(dossier.documents) == 5 + len(stored)
        assert dossier.check() == ()


def test_stopped_inside_add_stores_nothing_of_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with Dossier.open(path) as dossier:
        before = dossier.record()
        monkeypatch.setattr(writing, "seal_reading", stop)
        with pytest.raises(KeyboardInterrupt):
            dossier.add(*big(1))
        monkeypatch.undo()
        assert dossier.record() == before
        assert dossier.check() == ()
        assert dossier.add(*big(1))


@contextmanager
def _nobody() -> Iterator[None]:
    """As somebody to whom permissions apply."""
    if os.geteuid() == 0:
        os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(0)
    else:
        yield


@pytest.fixture
def open_path(path: Path) -> Iterator[Path]:
    """The dossier in a folder that everybody may look into."""
    folder = path.parent
    parents = [p for p in folder.parents if p.stat().st_uid == os.geteuid() and p != Path("/")]
    modes = {p: p.stat().st_mode for p in (folder, *parents)}
    for p in modes:
        p.chmod(modes[p] | 0o055)
    yield path
    for p, mode in modes.items():
        p.chmod(mode)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions work differently here")
def test_a_dossier_that_may_only_be_read_is_read(open_path: Path) -> None:
    open_path.chmod(0o444)
    open_path.parent.chmod(0o555)
    before = open_path.read_bytes()
    with _nobody(), Dossier.open(open_path) as dossier:
        assert dossier.read_only
        assert len(dossier.record().statements) == 8
        assert dossier.search("oyelaran")
        assert dossier.check() == ()
        with pytest.raises(DossierError, match="may only be read") as error:
            dossier.add(*big(1))
        assert one_sentence(error, open_path)
    open_path.parent.chmod(0o755)
    assert open_path.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions work differently here")
def test_a_folder_that_may_not_be_written_is_told(open_path: Path) -> None:
    open_path.parent.chmod(0o555)
    open_path.chmod(0o666)
    with _nobody():
        with Dossier.open(open_path) as dossier:
            assert dossier.read_only
            assert len(dossier.documents) == 4
        with pytest.raises(DossierError, match="cannot be opened; check"):
            Dossier.open(open_path.with_name("new.parley"), create=True)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions work differently here")
def test_a_file_that_may_not_be_read_is_told(open_path: Path) -> None:
    open_path.chmod(0o000)
    with _nobody(), pytest.raises(DossierError, match="cannot be read") as error:
        Dossier.open(open_path)
    assert one_sentence(error, open_path)
