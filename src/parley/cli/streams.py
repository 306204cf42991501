"""The standard streams, which a caller may have closed, broken, or set to an encoding that cannot hold every word."""

from __future__ import annotations

import codecs
import errno
import os
import sys
from pathlib import Path
from typing import TextIO

from parley.errors import SourceError

__all__ = ["flush", "prepare", "read_standard_input"]

_ESCAPE = "parley-escape"


def prepare() -> None:
    """Make the streams fit to be used, whatever the caller did to them.

    A closed output becomes one that drops what it gets. Characters that an encoding lacks are written as the escapes
    of JSON, so that JSON stays JSON.
    """
    codecs.register_error(_ESCAPE, _escaped)
    if sys.stdin is None:
        os.open(os.devnull, os.O_RDONLY)  # else the next file that is opened would become standard input
    if sys.stdout is None:
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_ESCAPE)


def read_standard_input() -> bytes:
    """Return all of standard input. Raises SourceError where it is closed."""
    if sys.stdin is None:
        raise SourceError("Standard input is closed; name a file, or send a text to -.")
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise SourceError(f"Standard input cannot be read ({error.strerror or error}); name a file.") from error


def flush() -> str | None:
    """Write out what is left. Returns a sentence where that failed; a reader that has gone away is no failure."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _drop()
        if error.errno not in {errno.EPIPE, errno.EINVAL}:
            return f"Standard output cannot be written ({error.strerror or error})."
    return None


def _drop() -> None:
    """Send what is still buffered nowhere: the interpreter flushes again at its end, and would complain."""
    sys.stdout = _nowhere()
    os.dup2(sys.stdout.fileno(), 1)


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2)), error.end
