"""Lineage: how documents came to be, and which of them share an origin.

``trace`` reads what a text states (reprint notes, agency credits), what it shows (machine translation, rewording) and
what it shares with the other documents of a dossier (copies; names and figures in the same order). Documents of one
origin count as one source.
"""

from parley.lineage.tracing import Lineage, trace

__all__ = ["Lineage", "trace"]
