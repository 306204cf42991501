"""The dossier room: one SQLite file with every document, reading and human decision, and what it gives back."""

from __future__ import annotations

from parley.dossier.check import Problem
from parley.dossier.decisions import DossierIssue
from parley.dossier.joining import Merged
from parley.dossier.search import Hit
from parley.dossier.store import Dossier, utc_now

__all__ = ["Dossier", "DossierIssue", "Hit", "Merged", "Problem", "utc_now"]
