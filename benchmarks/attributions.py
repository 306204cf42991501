"""Write the attributions that the local reader finds: ``python -m benchmarks.attributions DIR > predicted.jsonl``.

One JSON object a line for every ``.txt`` file of DIR, in the form that the corpus's ``score_attribution.py`` reads:
``doc`` and, for each role, its parts as half-open characters of the file. With ``--score ATTRIBUTIONS`` the scoring
program beside the corpus is run on them instead of printing them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from parley.reading.local.attributions import find_attributions
from parley.reading.local.model import FOLDER, Model

SHARED = Path(os.environ.get("PARLEY_SHARED", Path(__file__).resolve().parents[1] / "../shared")).resolve()


def lines(folder: Path, model: Model) -> Iterator[str]:
    """Yield the attributions of every text of *folder*, by name."""
    for path in sorted(folder.glob("*.txt")):
        text = path.read_bytes().decode("utf8")
        for found in find_attributions(text, model):
            roles = {role: [[s.start, s.end] for s in getattr(found, role)] for role in ("source", "cue", "content")}
            yield json.dumps({"doc": path.stem, **roles})


def score(folder: Path, attributions: Path, model: Model, shared: Path = SHARED) -> str:
    """Return what the scoring program prints for the texts of *folder*."""
    with tempfile.TemporaryDirectory() as scratch:
        predicted = Path(scratch) / "predicted.jsonl"
        predicted.write_text("\n".join(lines(folder, model)), encoding="utf8")
        command = [sys.executable, str(shared / "tools/score_attribution.py"), str(predicted), str(attributions)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Print predictions or their score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of .txt files")
    parser.add_argument("--score", type=Path, metavar="ATTRIBUTIONS", help="brat files to score against")
    parser.add_argument("--model", type=Path, default=FOLDER, help="folder of the model")
    given = parser.parse_args()
    model = Model(given.model, threads=os.cpu_count() or 1)
    if given.score:
        print(score(given.folder, given.score, model), end="")
    else:
        for line in lines(given.folder, model):
            print(line)


if __name__ == "__main__":
    main()
