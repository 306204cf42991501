"""Parley: a workbench for people who follow negotiations.

>>> import parley
>>> dossier = parley.read("examples/ceasefire-call")  # doctest: +SKIP
>>> dossier.statements[0].content  # doctest: +SKIP
"""

from parley.dossier import Dossier
from parley.errors import ParleyError
from parley.records import Actor, Document, Record, Span, Statement
from parley.sources import Given
from parley.version import __version__
from parley.workbench import brief, open_dossier, read

__all__ = [
    "Actor",
    "Document",
    "Dossier",
    "Given",
    "ParleyError",
    "Record",
    "Span",
    "Statement",
    "__version__",
    "brief",
    "open_dossier",
    "read",
]
