"""Count the votes of the rules reader's signs on hand-coded articles: ``python -m training.votes SHARED``."""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from benchmarks.scoring import scorer

from parley.reading.codes import signs
from parley.reading.rules import circumstances
from parley.reading.units import find_units
from parley.records import Document
from parley.sources import load
from parley.sources.furniture import find_furniture

OUT = Path(__file__).parents[1] / "src" / "parley" / "reading" / "votes.toml"
RAREST = 6
"""A sign seen less often than this gets no vote."""
PENALTY = 1.0
ROUNDS = 400

Floats = npt.NDArray[np.float64]


def examples(shared: Path, part: str = "train") -> list[tuple[tuple[str, ...], dict[str, Any]]]:
    """Return (signs, hand-coded statement) for every unit that matches a hand-coded statement."""
    tool = scorer(shared)
    documents = [d for d in load([shared / "corpus" / part]) if isinstance(d, Document)]
    gold, _, _ = tool.load(shared / "corpus" / f"{part}.jsonl", {d.name: d.text for d in documents})
    found: list[tuple[tuple[str, ...], dict[str, Any]]] = []
    for document in documents:
        units = find_units(document, [f.span for f in find_furniture(document)]).units
        read = []
        for unit in units:
            span = unit.attribution.content
            marks = signs(span.of(document.text), circumstances(unit))
            read.append({"start": span.start, "end": span.end, "speaker": unit.speaker.name, "signs": marks})
        found += [(r["signs"], g) for g, r in tool.match(gold[document.name], read)]
    return found


def fit(rows: Sequence[tuple[str, ...]], labels: Sequence[str]) -> dict[str, dict[str, float]]:
    """Fit one weight a sign and label; returns the weights worth keeping, by sign."""
    counts = Counter(sign for row in rows for sign in row)
    names = ["prior", *sorted(sign for sign, n in counts.items() if n >= RAREST)]
    place = {name: i for i, name in enumerate(names)}
    kinds = sorted(set(labels))
    x = np.zeros((len(rows), len(names)))
    x[:, 0] = 1.0
    for i, row in enumerate(rows):
        x[i, [place[sign] for sign in row if sign in place]] = 1.0
    y = np.zeros((len(rows), len(kinds)))
    y[np.arange(len(rows)), [kinds.index(label) for label in labels]] = 1.0
    weights = _descend(x, y)
    votes: dict[str, dict[str, float]] = defaultdict(dict)
    for i, name in enumerate(names):
        for j, kind in enumerate(kinds):
            if abs(weights[i, j]) >= 0.15:
                votes[name][kind] = round(float(weights[i, j]), 1)
    return votes


def _descend(x: Floats, y: Floats) -> Floats:
    """Maximise the penalised likelihood by accelerated gradient steps of fixed length."""
    step = 1.0 / (0.5 * float(np.linalg.norm(x, 2)) ** 2 + PENALTY)
    weights = np.zeros((x.shape[1], y.shape[1]))
    ahead = weights.copy()
    for k in range(ROUNDS):
        scores = x @ ahead
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        new = ahead - step * (x.T @ (chances - y) + PENALTY * ahead)
        ahead = new + k / (k + 3) * (new - weights)
        weights = new
    return weights


def main(shared: Path) -> None:
    """Fit the votes for act and mode and write them."""
    found = examples(shared)
    tables = {
        "act": fit([row for row, _ in found], [g["act"] for _, g in found]),
        "mode": fit([row for row, g in found if g["mode"]], [g["mode"] for _, g in found if g["mode"]]),
    }
    lines = ["# Votes of signs for acts and modes, counted on hand-coded training articles by training/votes.py."]
    for table, votes in tables.items():
        lines += ["", f"[{table}]"]
        for name in sorted(votes):
            cells = ", ".join(f"{json.dumps(kind)} = {weight}" for kind, weight in sorted(votes[name].items()))
            lines.append(f"{json.dumps(name)} = {{ {cells} }}")
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(found)} matched statements, {sum(map(len, tables['act'].values()))} act votes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
