"""Accuracy floors of the readers, against a corpus pinned by its hash. A floor is never lowered to pass.

The figures are those of the corpus's own scoring programs; ``python -m benchmarks.reading`` and ``python -m
benchmarks.attributions`` print all of them.
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
GATE = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))
pytestmark = pytest.mark.skipif(
    not (SHARED / "corpus").is_dir(), reason="the shared corpus is not beside the repository"
)


def folder(part: str) -> Path:
    return {"seeds": SHARED / "seeds", "polnear dev": SHARED / "polnear/dev/text"}.get(part, SHARED / "corpus" / part)


def pinned(part: str) -> str:
    """Return one hash over what a part was coded with by hand, and every article of it."""
    marks = sorted((SHARED / "polnear/dev/attributions").glob("*.ann"))
    coded = marks if part == "polnear dev" else [SHARED / "corpus" / f"{part}.jsonl"]
    digest = hashlib.sha256()
    for path in [*coded, *sorted(folder(part).glob("*.txt"))]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def figures(printed: str) -> dict[str, float]:
    """Return each figure that a scoring program printed, by its name."""
    found = {name: float(value) for name, value in re.findall(r"^([a-z_ ]+) (-?[\d.]+)", printed, re.M)}
    if statements := re.search(r"statements P ([\d.]+) R ([\d.]+) F1 ([\d.]+)", printed):
        names = ("statements P", "statements R", "statements F1")
        found |= dict(zip(names, map(float, statements.groups()), strict=True))
    if record := re.search(r"record F1 ([\d.]+)", printed):
        found["record F1"] = float(record[1])
    return found


def scored(program: str, *arguments: object) -> dict[str, float]:
    command = [sys.executable, str(SHARED / "tools" / program), *map(str, arguments)]
    return figures(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def below(measured: dict[str, float], floors: dict[str, float]) -> dict[str, tuple[float, float]]:
    return {name: (measured[name], floor) for name, floor in floors.items() if measured[name] < floor}


@pytest.mark.parametrize("part", sorted(GATE["corpus"]))
def test_the_corpus_is_the_one_that_the_floors_were_set_on(part: str) -> None:
    assert pinned(part) == GATE["corpus"][part], "the corpus has changed: measure anew before setting floors"


@pytest.mark.parametrize(("reader", "part"), [(r, p) for r in ("local", "rules") for p in ("dev", "seeds")])
def test_a_reader_stays_above_its_floors(reader: str, part: str, tmp_path: Path) -> None:
    read = tmp_path / "read.jsonl"
    with parley.read(folder(part), reader=reader) as dossier:
        export_record(dossier.record(), "jsonl", read)
    measured = scored("score_reading.py", SHARED / "corpus" / f"{part}.jsonl", read, folder(part))
    assert below(measured, GATE["floors"][reader][part]) == {}


def test_attributions_stay_above_their_floors(tmp_path: Path) -> None:
    from benchmarks.attributions import lines

    from parley.reading.local.reader import shipped

    found = tmp_path / "found.jsonl"
    found.write_text("\n".join(lines(folder("polnear dev"), shipped())), encoding="utf8")
    measured = scored("score_attribution.py", found, SHARED / "polnear/dev/attributions")
    assert below(measured, GATE["floors"]["local"]["polnear dev"]) == {}
