"""Closed, broken and narrow standard streams: one sentence or a quiet exit, never a trace."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from parley import workbench

WORDS = "Zoë Müller rejected the offer of the port 😀 authority on Monday."


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("port")
    (folder / "a.txt").write_text(WORDS, "utf-8")
    (folder / "many.txt").write_text(f"{WORDS}\n\n" * 3000, "utf-8")
    workbench.read(folder / "a.txt", dossier=folder / "port.parley").close()
    return folder


def shell(folder: Path, line: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in which ``parley`` is the command under test."""
    command = line.replace("parley ", f"{shlex.quote(sys.executable)} -m parley ", 1)
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=folder, env={**os.environ, **environment}, capture_output=True, timeout=120
    )
    assert b"Traceback" not in done.stderr and b"Exception ignored" not in done.stderr, done.stderr
    return done


@pytest.mark.parametrize("line", ["parley read - -d new.parley <&-", "parley accounts a.txt - <&-"])
def test_closed_standard_input_is_one_sentence(port: Path, line: str) -> None:
    done = shell(port, line)
    assert done.returncode == 1
    assert done.stderr.startswith(b"parley: Standard input is closed") and done.stderr.count(b"\n") == 1
    assert not (port / "new.parley").exists()


@pytest.mark.parametrize(
    "line",
    [
        "parley show statements port.parley >&-",
        "parley search port.parley offer >&-",
        "parley brief port.parley -o b.html >&-",
        "parley brief port.parley -o b.html 2>&-",
        "parley brief a.txt -o b.html <&- >&- 2>&-",
    ],
)
def test_closed_outputs_are_quiet(port: Path, line: str) -> None:
    assert shell(port, line).returncode == 0
    assert (port / "port.parley").read_bytes().startswith(b"SQLite format 3\0")


def test_an_error_with_standard_error_closed_is_an_exit_code(port: Path) -> None:
    assert shell(port, "parley show nonsense port.parley 2>&-").returncode == 2


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
@pytest.mark.parametrize(
    "command", ["show statements port.parley", "actors list port.parley", "search port.parley offer", "brief a.txt"]
)
def test_narrow_encodings_lose_no_line(port: Path, command: str, encoding: str) -> None:
    done = shell(port, f"parley {command}", PYTHONIOENCODING=encoding)
    assert done.returncode == 0 and b"ller" in done.stdout


def test_json_stays_json_in_a_narrow_encoding(port: Path) -> None:
    done = shell(port, "parley show statements port.parley --json", PYTHONIOENCODING="ascii")
    rows = json.loads(done.stdout.decode("ascii"))["rows"]
    assert "😀" in json.dumps([row["cells"] for row in rows], ensure_ascii=False)


@pytest.mark.parametrize("command", ["show statements many.parley --json", "brief many.parley -o -"])
def test_a_reader_that_goes_away_is_no_error(port: Path, command: str) -> None:
    if not (port / "many.parley").exists():
        workbench.read(port / "many.txt", dossier=port / "many.parley").close()
    done = shell(port, f"parley {command} | head -c 10")
    assert len(done.stdout) == 10 and done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "command", ["show statements port.parley", "brief port.parley -o -", "brief port.parley -o b.md"]
)
def test_a_full_disk_under_standard_output_is_one_sentence(port: Path, command: str) -> None:
    done = shell(port, f"parley {command} >/dev/full")
    assert done.returncode == 1
    assert done.stderr.startswith(b"parley: ") and done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("form", ["jsonl", "csv", "xlsx", "graphml"])
def test_export_to_standard_output_is_the_file(port: Path, form: str) -> None:
    done = shell(port, f"parley export port.parley --format {form} -o -")
    assert shell(port, f"parley export port.parley --format {form} -o out.{form}").returncode == 0
    assert done.stdout == (port / f"out.{form}").read_bytes() and not (port / "-").exists()
