from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(os.environ.get("PARLEY_SHARED", Path(__file__).resolve().parents[2] / "../shared"))


@pytest.fixture(scope="session")
def reference() -> dict[str, Any]:
    path = SHARED / "reference" / "bargaining_reference.json"
    if not path.exists():
        pytest.skip("the shared reference values are not beside this checkout")
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def examples() -> Path:
    return Path(__file__).resolve().parents[2] / "examples"
