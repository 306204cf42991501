"""Writing files whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from parley.errors import ParleyError

__all__ = ["whole"]

_DOSSIER = b"SQLite format 3\0"
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@contextmanager
def whole(out: Path) -> Iterator[BinaryIO]:
    """Yield a stream that becomes *out* once the block has ended well; otherwise *out* stays what it was.

    A link is followed: what it leads to is written. A device or pipe is written to as it is, never replaced.

    Raises ParleyError where it cannot be written, is write-protected, or would overwrite a dossier.
    """
    try:
        there = _status(out)
        if there is not None and not stat.S_ISREG(there.st_mode) and not stat.S_ISDIR(there.st_mode):
            with out.open("wb") as stream:
                yield stream
            return
        target = Path(os.path.realpath(out)) if out.is_symlink() else out
        if there is not None and stat.S_ISREG(there.st_mode):
            _may_replace(out, there)
        with _beside(target, there) as stream:
            yield stream
    except OSError as error:
        raise ParleyError(f"{out} cannot be written ({error.strerror or error}); name another place.") from error


def _status(out: Path) -> os.stat_result | None:
    try:
        return out.stat()
    except FileNotFoundError:
        return None


def _may_replace(out: Path, there: os.stat_result) -> None:
    """Refuse a file that is write-protected (for the superuser too, whom nothing else would stop), or a dossier."""
    if not there.st_mode & _WRITABLE or not os.access(out, os.W_OK):
        raise ParleyError(f"{out} is write-protected and was left as it is; name another file.")
    if os.access(out, os.R_OK):
        with out.open("rb") as file:
            if file.read(len(_DOSSIER)) == _DOSSIER:
                raise ParleyError(f"{out} is a dossier and was left as it is; name another file.")


@contextmanager
def _beside(target: Path, there: os.stat_result | None) -> Iterator[BinaryIO]:
    """Yield a stream to a file beside *target* that takes its place, and its permissions, at the end."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if there is not None and stat.S_ISREG(there.st_mode):
            part.chmod(stat.S_IMODE(there.st_mode))
        part.replace(target)
    finally:
        _remove(part)


def _remove(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return  # what kept the file from being written is told already
