"""Fit the reader's confidence on the dev part: ``python -m training.calibrate SHARED``; writes ``settings.json``.

Confidence is the chance that a trained coder has the statement, with this speaker and this act. It is a logistic
function of what the model itself is sure of (found, speaker, act, issue), fitted on the statements read in dev.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
from benchmarks.scoring import calibration_error, scorer

from parley.reading.linking import link
from parley.reading.local.model import FOLDER, Model
from parley.reading.local.reader import LocalReader
from parley.records import Document
from parley.sources import load
from parley.sources.furniture import find_furniture
from training.data import SETTINGS

PENALTY = 2.0
Floats = npt.NDArray[np.float64]


class _Recorder(LocalReader):
    """Numbers its statements in place of a confidence, and keeps what each number was sure of."""

    def __init__(self, model: Model) -> None:
        super().__init__(model)
        self.kept: list[tuple[float, ...]] = []

    def _confidence(self, *sure: float) -> float:
        self.kept.append(sure)
        return float(len(self.kept) - 1)


def evidence(shared: Path, part: str, model: Model) -> tuple[Floats, Floats, list[str]]:
    """Return what the model was sure of ``[statements, signals]``, which were right, and their documents."""
    tool = scorer(shared)
    folder = shared / "seeds" if part == "seeds" else shared / "corpus" / part
    documents = [d for d in load([folder]) if isinstance(d, Document)]
    gold, _, _ = tool.load(shared / "corpus" / f"{part}.jsonl", {d.name: d.text for d in documents})
    reader = _Recorder(model)
    readings = [reader.read(d, [f.span for f in find_furniture(d)]) for d in documents]
    names = _names(readings)
    right: dict[int, bool] = defaultdict(bool)
    where: dict[int, str] = {}
    for document, reading in zip(documents, readings, strict=True):
        rows = [
            {"start": s.span.start, "end": s.span.end, "speaker": names.get(s.speaker, s.speaker), "act": s.act,
             "number": int(s.confidence or 0)}
            for s in reading.statements
        ]  # fmt: skip
        where |= {row["number"]: document.name for row in rows}
        for g, r in tool.match(gold[document.name], rows):
            right[r["number"]] |= tool.norm(g["speaker"]) == tool.norm(r["speaker"]) and g["act"] == r["act"]
    numbers = sorted(where)
    signals = np.log(np.maximum(np.array([reader.kept[n] for n in numbers]), 1e-4))
    return signals, np.array([right[n] for n in numbers], float), [where[n] for n in numbers]


def _names(readings: list) -> dict[str, str]:
    return {name: actor.name for actor in link([r.actors for r in readings]) for name in (actor.name, *actor.names)}


def fit(signals: Floats, right: Floats) -> Floats:
    """Return the intercept and one weight a signal, by Newton's method with a ridge penalty."""
    x = np.hstack([np.ones((len(signals), 1)), signals])
    ridge = np.diag([0.0, *[PENALTY] * signals.shape[1]])
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-x @ weights))
        weights += np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + ridge, x.T @ (right - p) - ridge @ weights)
    return weights


def chances(weights: Floats, signals: Floats) -> Floats:
    """Return the confidence of each row of signals."""
    return np.asarray(1.0 / (1.0 + np.exp(-(weights[0] + signals @ weights[1:]))))


def left_out(signals: Floats, right: Floats, documents: list[str]) -> Floats:
    """Return each statement's confidence by weights fitted without its document."""
    found = np.zeros(len(right))
    names = np.array(documents)
    for name in sorted(set(documents)):
        found[names == name] = chances(fit(signals[names != name], right[names != name]), signals[names == name])
    return found


def main(arguments: list[str]) -> None:
    """Fit on dev, print the error there by leaving out a document at a time, and on the seeds; write the settings."""
    shared, model = Path(arguments[0]), Model(Path(arguments[1]) if len(arguments) > 1 else FOLDER)
    signals, right, documents = evidence(shared, "dev", model)
    weights = fit(signals, right)
    error = calibration_error(left_out(signals, right, documents).tolist(), right.astype(bool).tolist())
    print(f"dev, a document left out at a time: {len(right)} statements, {right.mean():.3f} right, error {error:.3f}")
    others, truth, _ = evidence(shared, "seeds", model)
    error = calibration_error(chances(weights, others).tolist(), truth.astype(bool).tolist())
    print(f"seeds: {len(truth)} statements, {truth.mean():.3f} right, calibration error {error:.3f}")
    held = json.loads(SETTINGS.read_text(encoding="utf8"))
    held["confidence"] = [round(float(w), 3) for w in weights]
    SETTINGS.write_text(json.dumps(held, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main(sys.argv[1:])
