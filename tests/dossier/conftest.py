"""Open dossiers to test with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from dossier_samples import NOW, filled

from parley.dossier import Dossier


@pytest.fixture
def dossier() -> Iterator[Dossier]:
    with Dossier.open(clock=lambda: NOW) as opened:
        yield filled(opened)
