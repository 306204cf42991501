"""A user's first wrong turns: a file of another kind, no word, no room. Each is one sentence and an exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parley.cli import main
from parley.dossier import Dossier, connection, faults
from parley.errors import DossierError

BARGAIN = """
format = "parley bargain 1"
horizon = 1
"""
CONFLICT = """
[[decision_maker]]
name = "Crew"
prefers = ["Sail"]

[[option]]
name = "Sail"
of = "Crew"
"""


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args])


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("bargain.toml").write_text(BARGAIN, "utf-8")
    Path("conflict.toml").write_text(CONFLICT, "utf-8")
    Path("noise.bin").write_bytes(bytes(range(255, 0, -1)))
    Path("wide.csv").write_text("actor,capability\n" + "x" * 200_000, "utf-8")
    Dossier.open("held.parley", create=True).close()
    return tmp_path


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("conflict solve held.parley", "is a dossier, not a model; `parley conflict draft` writes a model from it"),
        ("bargain solve held.parley", "is a dossier, not a model; `parley bargain draft` writes a model from it"),
        ("conflict solve noise.bin", "not UTF-8 text (byte 1)"),
        ("bargain explain noise.bin", "not UTF-8 text (byte 1)"),
        ("conflict solve bargain.toml", "is a bargain file, not a conflict model; solve it with `parley bargain"),
        ("bargain solve conflict.toml", "is a conflict model, not a bargain file; solve it with `parley conflict"),
        ("bargain spatial gone.csv", "gone.csv cannot be read (No such file or directory); check the path."),
        ("bargain spatial noise.bin", "noise.bin is not a CSV file in UTF-8"),
        ("bargain spatial wide.csv", "wide.csv is not a CSV file in UTF-8"),
        ("bargain solve bargain.toml --json - --csv -", "cannot both go to standard output"),
    ],
)
def test_a_file_of_another_kind_is_called_what_it_is(line: str, words: str) -> None:
    made = run(*line.split())
    assert made.exit_code == 1
    assert words in made.stderr and made.stderr.startswith("parley: ") and made.stderr.count("\n") == 1


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("words", ["", "  ", '"', "?!"])
def test_a_search_without_a_word_is_a_mistake_in_the_command(words: str) -> None:
    made = run("search", "held.parley", words)
    assert made.exit_code == 2 and "no word to look for" in made.stderr


def test_two_bargains_of_one_title_are_told_apart_by_their_files(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "bargains" / "rubinstein.toml"
    (tmp_path / "mine.toml").write_text(example.read_text("utf-8"), "utf-8")
    made = run("bargain", "compare", example, tmp_path / "mine.toml")
    head = made.stdout.splitlines()[2]
    assert str(example) in head and str(tmp_path / "mine.toml") in head


def test_a_dossier_that_cannot_be_made_leaves_nothing_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(db: object, path: Path, *rest: object, **more: object) -> None:
        for ending in ("-wal", "-shm"):  # as SQLite leaves them where it cannot close properly
            path.with_name(path.name + ending).touch()
        raise DossierError("no room")

    monkeypatch.setattr(connection, "migrate", fail)
    with pytest.raises(DossierError, match="no room"):
        Dossier.open(tmp_path / "new.parley", create=True)
    assert not list(tmp_path.iterdir())


def test_a_failing_disk_says_what_to_look_at() -> None:
    import sqlite3

    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
    with pytest.raises(DossierError, match=r"Check that the disk is there and has room"), faults.sentences("x.parley"):
        raise error


def test_ctrl_c_is_one_sentence_everywhere(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("parley.workbench.open_dossier", interrupted)
    made = run("check", "held.parley")
    assert made.exit_code == 1 and made.stderr == "parley: Stopped. Whatever was stored or written before stands.\n"


@pytest.mark.usefixtures("files")
def test_who_has_no_login_name_is_asked_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)
    made = run("issues", "rename", "held.parley", "A1", "Quiet")
    assert made.exit_code == 1 and made.stderr.startswith("parley: ") and "--who NAME" in made.stderr
    assert run("issues", "rename", "held.parley", "A1", "Quiet", "--who", "ana").exit_code == 0
    assert run("issues", "rename", "held.parley", "A1", "Silence", "--by", "ben").exit_code == 0


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to see who is left")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_a_reading_that_was_killed(tmp_path: Path, how: signal.Signals) -> None:
    for number in range(200):
        (tmp_path / f"{number:03}.txt").write_text(
            f"Side {number} rejected offer {number} of the board. " * 40, "utf-8"
        )
    command = [sys.executable, "-m", "parley", "read", str(tmp_path), "-d", str(tmp_path / "x.parley")]
    child = subprocess.Popen(
        [*command, "--workers", "2"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        assert _until(lambda: len(_session(child.pid)) >= 3), "the pool never started"
        child.send_signal(how)
        child.wait(10)
        assert _until(lambda: not _session(child.pid)), "a process that read is left"
    finally:
        for left in _session(child.pid):
            os.kill(left, signal.SIGKILL)
        child.wait(10)
    assert run("check", tmp_path / "x.parley").exit_code == 0


def _until(holds: object, seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


def _session(leader: int) -> list[int]:
    """Return the processes of a session that are alive, from /proc."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == leader and fields[0] != "Z":
                found.append(int(folder.name))
    return found
