"""Accuracy floors of the rules reader, against a corpus pinned by its hash. A floor is never lowered to pass.

The figures are those of the corpus's own scoring program; ``python -m benchmarks.reading`` prints all of them.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import parley
from parley.export import export_record

SHARED = Path(os.environ.get("PARLEY_SHARED", Path(__file__).resolve().parents[2] / "../shared"))
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))
pytestmark = pytest.mark.skipif(
    not (SHARED / "corpus").is_dir(), reason="the shared corpus is not beside the repository"
)


def folder(part: str) -> Path:
    return SHARED / "seeds" if part == "seeds" else SHARED / "corpus" / part


def pinned(part: str) -> str:
    """Return one hash over the hand-coded file and every article of a part."""
    digest = hashlib.sha256((SHARED / "corpus" / f"{part}.jsonl").read_bytes())
    for path in sorted(folder(part).glob("*.txt")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@pytest.mark.parametrize("part", sorted(FLOORS))
def test_the_rules_reader_stays_above_its_floors(part: str, tmp_path: Path) -> None:
    floors = dict(FLOORS[part])
    assert pinned(part) == floors.pop("sha256"), "the corpus has changed: measure anew before setting floors"
    read = tmp_path / "read.jsonl"
    with parley.read(folder(part)) as dossier:
        export_record(dossier.record(), "jsonl", read)
    command = [
        sys.executable,
        SHARED / "tools/score_reading.py",
        SHARED / "corpus" / f"{part}.jsonl",
        read,
        folder(part),
    ]
    printed = subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True).stdout
    statements = re.search(r"statements P ([\d.]+) R ([\d.]+) F1 ([\d.]+)", printed)
    assert statements is not None
    measured = {"statements P": float(statements[1]), "statements F1": float(statements[3])}
    for name in ("speaker", "verbatim"):
        found = re.search(rf"^{name} ([\d.]+)", printed, re.M)
        assert found is not None
        measured[name] = float(found[1])
    below = {name: (measured[name], floor) for name, floor in floors.items() if measured[name] < floor}
    assert below == {}
