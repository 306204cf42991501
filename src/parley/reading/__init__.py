"""Readers: each turns a document into statements, and all obey one protocol.

A reader never supplies offsets of its own making: every span it returns covers words that stand in the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from parley.errors import UnknownName
from parley.reading.added import AddedIssue
from parley.reading.rules import RulesReader
from parley.records import Document, Reading, Span

__all__ = ["DEFAULT_READER", "READERS", "AddedIssue", "Makes", "Reader", "RulesReader", "reader_named"]


class Reader(Protocol):
    """Proposes statements for one document. ``name`` carries the version: a change of rules is another reader."""

    name: str

    def read(self, document: Document, furniture: Sequence[Span] = ()) -> Reading:
        """Return what the reader finds in *document* outside *furniture*."""


class Makes(Protocol):
    """Makes a reader that also looks for the issues that a user added."""

    def __call__(self, *, added: Sequence[AddedIssue] = ()) -> Reader:
        """Return the reader."""


def _local(*, added: Sequence[AddedIssue] = ()) -> Reader:
    from parley.reading.local import model  # brings NumPy, which a command that reads nothing can spare
    from parley.reading.local.reader import LocalReader

    model.checked(model.FOLDER)
    return LocalReader(added=added)


READERS: dict[str, Makes] = {"local": _local, "rules": RulesReader}
"""Readers by the name that a user gives."""
DEFAULT_READER = "local"


def reader_named(name: str, *, added: Sequence[AddedIssue] = ()) -> Reader:
    """Return the reader of that name, which also looks for the *added* issues.

    Raises UnknownName where there is none of that name, ReaderError where its model is missing or damaged.
    """
    if name not in READERS:
        raise UnknownName(f"There is no reader called {name!r}; choose one of: {', '.join(sorted(READERS))}.")
    return READERS[name](added=added)
