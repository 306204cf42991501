from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("PARLEY_SHARED", Path(__file__).resolve().parents[2] / "../shared"))


@pytest.fixture(scope="session")
def cases():
    path = SHARED / "reference" / "graph_model_cases.json"
    if not path.exists():
        pytest.skip("the shared folder with graph_model_cases.json is not beside the repository")
    return {case["case"]: case for case in json.loads(path.read_text(encoding="utf-8"))["cases"]}
