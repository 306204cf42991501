"""Files are written whole; links are followed, devices and pipes written to, protected files left."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from parley.errors import ParleyError
from parley.export import whole


def put(path: Path, words: bytes = b"new") -> None:
    with whole(path) as stream:
        stream.write(words)


def test_a_link_stays_a_link_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "brief.html", tmp_path / "brief.html"
    target.write_text("old")
    link.symlink_to(Path("there") / "brief.html")
    put(link)
    assert link.is_symlink() and target.read_bytes() == b"new"
    target.unlink()
    put(link, b"newer")
    assert link.is_symlink() and target.read_bytes() == b"newer", "a link to nothing makes what it names"


def test_links_in_a_circle_are_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(ParleyError, match="cannot be written"):
        put(tmp_path / "a")
    assert (tmp_path / "a").is_symlink()


def test_a_pipe_gets_the_bytes_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    put(pipe)
    reader.join(10)
    assert got == [b"new"] and stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_device_is_written_to_and_stays() -> None:
    put(Path(os.devnull))
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_a_protected_file_is_left(tmp_path: Path) -> None:
    path = tmp_path / "brief.html"
    path.write_text("old")
    path.chmod(0o444)
    with pytest.raises(ParleyError, match="write-protected"):
        put(path)
    assert path.read_text() == "old" and [p.name for p in tmp_path.iterdir()] == ["brief.html"]


def test_permissions_of_the_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "brief.html"
    path.write_text("old")
    path.chmod(0o600)
    put(path)
    assert path.read_bytes() == b"new" and stat.S_IMODE(path.stat().st_mode) == 0o600
