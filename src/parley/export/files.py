"""Writing files whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from parley.errors import ParleyError

__all__ = ["whole"]

_DOSSIER = b"SQLite format 3\0"


@contextmanager
def whole(out: Path) -> Iterator[BinaryIO]:
    """Yield a stream that becomes *out* once the block has ended well; otherwise *out* stays what it was.

    Raises ParleyError where it cannot be written, or would overwrite a dossier.
    """
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        if out.is_file():
            with out.open("rb") as there:
                if there.read(len(_DOSSIER)) == _DOSSIER:
                    raise ParleyError(f"{out} is a dossier and was left as it is; name another file.")
        with part.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(out)
    except OSError as error:
        raise ParleyError(f"{out} cannot be written ({error.strerror or error}); name another place.") from error
    finally:
        _remove(part)


def _remove(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return  # what kept the file from being written is told already
