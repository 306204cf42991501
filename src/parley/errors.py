"""What can go wrong, one sentence each: what, where, what to do.

ParleyError                  exit code 1
├── SourceError              an input cannot be read as coverage
├── DossierError             a dossier cannot be opened, written or trusted
│   ├── NotADossier          the file is something else
│   ├── NewerDossier         a later Parley wrote it
│   ├── DamagedDossier       its content does not hold together
│   └── Superseded           somebody else decided first
├── ReaderError              a reader cannot work (no model, a damaged one)
├── UnknownName              a table, reader, actor, issue or format that does not exist
└── ModelError               a conflict or bargain file is wrong; names the line and the mend
"""

from __future__ import annotations


class ParleyError(Exception):
    """Any error that a user can mend; its text is one sentence. ``exit_code`` is what the command line returns."""

    exit_code = 1


class SourceError(ParleyError):
    """An input cannot be read as coverage."""


class DossierError(ParleyError):
    """A dossier cannot be opened, written or trusted."""


class NotADossier(DossierError):
    """The file is not a Parley dossier."""


class NewerDossier(DossierError):
    """A later version of Parley wrote the dossier."""


class DamagedDossier(DossierError):
    """The content of a dossier does not hold together."""


class Superseded(DossierError):
    """A decision rests on a state that somebody has changed since."""


class ReaderError(ParleyError):
    """A reader cannot work: its model is missing or damaged."""


class UnknownName(ParleyError):
    """A table, reader, actor, issue or format of that name does not exist."""

    exit_code = 2


class ModelError(ParleyError):
    """A conflict or bargain file is wrong. The sentence names the line and the mend."""


def not_text(place: object, error: UnicodeDecodeError, drafts: str) -> ModelError:
    """Return the error for a model file that is no UTF-8; of a dossier, say that the command *drafts* writes one."""
    if bytes(error.object).startswith(b"SQLite format 3\0"):
        return ModelError(f"{place} is a dossier, not a model; `{drafts}` writes a model from it.")
    return ModelError(f"{place} is not UTF-8 text (byte {error.start + 1}); name a model file, saved as UTF-8.")
