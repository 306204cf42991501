"""What is stored comes back, and stays."""

from __future__ import annotations

from dossier_samples import harbour

from parley.dossier import Dossier


def test_everything_stored_comes_back(dossier: Dossier) -> None:
    record = dossier.record()
    assert record.documents == tuple(sorted((d for d, _, _ in harbour()), key=lambda d: d.name))
    assert dossier.check() == ()


def test_the_same_document_twice_changes_nothing(dossier: Dossier) -> None:
    before = dossier.record()
    assert [dossier.add(*each) for each in harbour()] == [False] * 4
    assert dossier.record() == before
