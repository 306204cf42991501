"""What SQLite says, as one sentence of Parley's: what happened, where, what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from parley.errors import DamagedDossier, DossierError, NotADossier

__all__ = ["BUSY_MS", "damaged", "holding", "sentences"]

BUSY_MS = 5000
"""How long to wait for another writer, in milliseconds."""


def damaged(where: str, what: object) -> DamagedDossier:
    """Return the error for a dossier whose content does not hold together; *what* says how it shows."""
    return DamagedDossier(
        f"{where} is damaged ({_phrase(what)}); use an earlier copy of it, or read the coverage into a new dossier."
    )


@contextmanager
def sentences(where: str) -> Iterator[None]:
    """Turn every error of SQLite in the block into a :class:`DossierError` about *where*."""
    try:
        yield
    except sqlite3.Error as error:
        raise _sentence(error, where) from error
    except UnicodeDecodeError as error:  # a damaged schema, told by SQLite in the damaged words
        raise damaged(where, "its words are not UTF-8") from error
    except UnicodeEncodeError as error:
        raise DossierError(
            f"Nothing was stored in {where}: a text holds half of a surrogate pair at character {error.start}, "
            "which no file can hold; decode the source again, replacing what cannot be decoded."
        ) from error
    except OverflowError as error:
        raise DossierError(f"Nothing was stored in {where}: a number is too large for a dossier ({error}).") from error


@contextmanager
def holding(where: str) -> Iterator[None]:
    """Turn what goes wrong when rows of *where* are made into records into a :class:`DamagedDossier`."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise damaged(where, error) from error


def _phrase(what: object) -> str:
    return str(what).strip().rstrip(".")


def _sentence(error: sqlite3.Error, where: str) -> DossierError:
    code = getattr(error, "sqlite_errorname", "") or ""
    text = _phrase(error)
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return DossierError(
            f"{where} has been locked by another program for more than {BUSY_MS / 1000:g} seconds; "
            "let that program finish, then try again."
        )
    if code == "SQLITE_FULL":
        return DossierError(
            f"The disk is full, so nothing more was stored in {where}; what it held is safe. "
            "Free some space, then run the same command again."
        )
    if code.startswith(("SQLITE_READONLY", "SQLITE_PERM")):
        return DossierError(f"{where} may only be read; change its permissions, or copy it to a folder of your own.")
    if code.startswith(("SQLITE_CANTOPEN", "SQLITE_AUTH")):
        return DossierError(f"{where} cannot be opened; check that its folder exists and that you may write there.")
    if code == "SQLITE_NOTADB":
        return NotADossier(f"{where} is not a Parley dossier; name the file that `parley read` wrote.")
    if code.startswith("SQLITE_CORRUPT") or "no such" in text or "decode to UTF-8" in text:
        return damaged(where, text)
    if code.startswith("SQLITE_IOERR"):
        return DossierError(
            f"The disk failed while {where} was in use ({text}); what it held is safe. "
            "Check that the disk is there and has room, then run the same command again."
        )
    if code.startswith("SQLITE_CONSTRAINT"):
        return DossierError(f"Nothing was stored in {where}: it would not hold together ({text}).")
    if isinstance(error, sqlite3.DataError) or code in ("SQLITE_TOOBIG", "SQLITE_NOMEM"):
        return DossierError(f"Nothing was stored in {where}: a text is too large for a dossier ({text}).")
    return DossierError(f"{where} could not be used ({text}).")
