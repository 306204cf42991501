from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "analysis"))


@pytest.fixture
def shared() -> Path:
    """The folder with the shared coverage, beside the repository."""
    folder = Path(os.environ.get("PARLEY_SHARED", Path(__file__).resolve().parents[2] / "../shared"))
    if not (folder / "corpus" / "seeds.jsonl").exists():
        pytest.skip("the shared coverage is not beside the repository")
    return folder
