"""Analyses: pure functions from a record to tables whose rows name the statements that they rest on.

``TABLES[name](record)`` answers for every table that ``parley show`` knows.
"""

from __future__ import annotations

from collections.abc import Callable

from parley.analysis.accounts import accounts
from parley.analysis.compliance import compliance
from parley.analysis.concessions import concessions
from parley.analysis.experts import experts
from parley.analysis.figures import figures
from parley.analysis.forecasts import forecasts
from parley.analysis.gaps import gaps
from parley.analysis.highlights import highlights
from parley.analysis.index import Index
from parley.analysis.leverage import leverage
from parley.analysis.names import actors, issues
from parley.analysis.positions import positions
from parley.analysis.proposals import proposals
from parley.analysis.questions import questions
from parley.analysis.restorations import restorations
from parley.analysis.sources import documents, sources
from parley.analysis.statements import statements
from parley.analysis.table import Cell, Column, Row, Table
from parley.analysis.timeline import timeline
from parley.records import Record

__all__ = ["TABLES", "Cell", "Column", "Index", "Row", "Table", "highlights"]

TABLES: dict[str, Callable[[Record], Table]] = {
    "statements": statements,
    "positions": positions,
    "proposals": proposals,
    "accounts": accounts,
    "timeline": timeline,
    "experts": experts,
    "forecasts": forecasts,
    "questions": questions,
    "figures": figures,
    "concessions": concessions,
    "compliance": compliance,
    "leverage": leverage,
    "sources": sources,
    "restorations": restorations,
    "documents": documents,
    "actors": actors,
    "issues": issues,
    "gaps": gaps,
}
"""Every table by name, in the order in which people are likely to want them."""
