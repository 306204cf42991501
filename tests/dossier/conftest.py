"""Open dossiers to test with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from dossier_samples import NOW, REFUSAL, harbour, lineage

from parley.dossier import Dossier


def filled(dossier: Dossier) -> Dossier:
    """Store some of everything."""
    for document, furniture, reading in harbour():
        dossier.add(document, furniture, reading)
    dossier.set_lineage(*lineage(document for document, _, _ in harbour()))
    dossier.add_refusal(REFUSAL)
    dossier.add_run(program="parley 0.1.0", reader="rules 1", read=4, unchanged=0, skipped=0, refused=1)
    dossier.decide("rename actor", "Jürgen Maß", {"name": "Jürgen Mass"}, who="Mo")
    dossier.decide("add alias", "Port Authority", {"alias": "the Authority"}, who="Mo")
    dossier.decide("rename issue", "A1", {"label": "Standstill"}, who="Mo")
    return dossier


@pytest.fixture
def dossier() -> Iterator[Dossier]:
    with Dossier.open(clock=lambda: NOW) as opened:
        yield filled(opened)
