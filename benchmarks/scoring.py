"""The corpus's own scoring program as a module, and figures that it does not print."""

from __future__ import annotations

import importlib.util
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from parley.records import DOUBTFUL_BELOW, SURE_FROM

BINS = 10
BANDS = (("high", SURE_FROM, 1.01), ("medium", DOUBTFUL_BELOW, SURE_FROM), ("doubtful", 0.0, DOUBTFUL_BELOW))


def scorer(shared: Path) -> ModuleType:
    """Load the corpus's own scoring program, whose matching and naming rules are used."""
    path = shared / "tools" / "score_reading.py"
    spec = importlib.util.spec_from_file_location("score_reading", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def calibration_error(confidences: list[float], right: list[bool]) -> float:
    """Return the expected calibration error over ten bins of equal width (Naeini, Cooper and Hauskrecht 2015)."""
    held: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, good in zip(confidences, right, strict=True):
        held[min(int(confidence * BINS), BINS - 1)].append((confidence, good))
    gaps = (abs(sum(c for c, _ in pairs) - sum(good for _, good in pairs)) for pairs in held.values())
    return sum(gaps) / len(right) if right else 0.0


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the mean over the labels coded of each one's F1: rare labels count as much as common ones.

    *pairs*: the label coded and the label read of each case.
    """
    coded, read = Counter(label for label, _ in pairs), Counter(label for _, label in pairs)
    right = Counter(label for label, other in pairs if label == other)
    return sum(2 * right[label] / (coded[label] + read[label]) for label in coded) / len(coded) if coded else 0.0


@dataclass(frozen=True, slots=True)
class _Pair:
    """Hand-coded and read statements by article, with the scoring program."""

    tool: ModuleType
    gold: dict[str, list[dict[str, Any]]]
    read: dict[str, list[dict[str, Any]]]
    total: int  # hand-coded statements


def _loaded(shared: Path, gold_path: Path, read_path: Path, folder: Path) -> _Pair:
    tool = scorer(shared)
    docs = {path.stem: path.read_bytes().decode("utf8") for path in folder.rglob("*.txt")}
    gold, _, total = tool.load(gold_path, docs)
    read, _, _ = tool.load(read_path, docs)
    return _Pair(tool, gold, {name: read.get(name, []) for name in gold}, total)


def further(shared: Path, gold_path: Path, read_path: Path, folder: Path) -> str:
    """Return the extra statements over gold, the macro F1 of the acts of statements found, how often the one through
    whom they come is found, and the calibration error and what is right in each band of confidence.

    Right is a statement that matches a hand-coded one with the same speaker and act.
    """
    held = _loaded(shared, gold_path, read_path, folder)
    tool = held.tool
    rows = [row for name in held.gold for row in held.read[name]]
    pairs = [(g, r) for name in held.gold for g, r in tool.match(held.gold[name], held.read[name])]
    good = {id(r) for g, r in pairs if tool.norm(g["speaker"]) == tool.norm(r["speaker"]) and g["act"] == r["act"]}
    lines = [f"extra over gold {(len(rows) - len(pairs)) / held.total:.3f}"]
    lines.append(f"act, macro F1 {macro_f1([(g['act'], r['act']) for g, r in pairs]):.3f}")
    coded, told = sum(bool(g["via"]) for g, _ in pairs), sum(bool(r.get("via")) for _, r in pairs)
    same = sum(bool(g["via"]) and tool.FIELDS["via"](g, r) for g, r in pairs)
    lines.append(f"via: {coded} coded, {told} read, {same} the same")
    sure = [row for row in rows if row.get("confidence") is not None]
    if sure:
        error = calibration_error([row["confidence"] for row in sure], [id(row) in good for row in sure])
        lines.append(f"calibration error {error:.3f}")
        for name, low, high in BANDS:
            band = [id(row) in good for row in sure if low <= row["confidence"] < high]
            lines.append(f"band {name}: {len(band)} statements, {sum(band) / max(1, len(band)):.3f} right")
    return "\n".join(lines)


def errors(shared: Path, gold_path: Path, read_path: Path, folder: Path, most: int = 20) -> str:
    """Return the commonest kinds of error, with counts: missed and extra acts, and each field's confusions."""
    held = _loaded(shared, gold_path, read_path, folder)
    tool = held.tool
    counts: dict[str, int] = defaultdict(int)
    for name, coded in held.gold.items():
        pairs = tool.match(coded, held.read[name])
        matched = {id(x) for pair in pairs for x in pair}
        for row in coded:
            counts[f"missed {row['act']}"] += id(row) not in matched
        for row in held.read[name]:
            counts[f"extra {row['act']}"] += id(row) not in matched
        for g, r in pairs:
            for field in ("act", "stance", "voice", "mode"):
                if g[field] != r[field] and (field != "mode" or (g["mode"] and r["mode"])):
                    counts[f"{field} {g[field]} read as {r[field]}"] += 1
            if not tool.FIELDS["speaker"](g, r):
                counts[f"speaker: {_slip(g['speaker'], r['speaker'], '@author')}"] += 1
            if not tool.FIELDS["common issue"](g, r):
                counts[f"issue {(g['issues'] or ['none'])[0]} read as {(r['issues'] or ['none'])[0]}"] += 1
            if not tool.FIELDS["addressee"](g, r):
                counts[f"addressee: {_slip(g['addressee'], r['addressee'], None)}"] += 1
    order = sorted(counts, key=lambda kind: (-counts[kind], kind))[:most]
    return "\n".join(f"{counts[kind]:4d} {kind}" for kind in order)


def _slip(coded: str | None, read: str | None, nobody: str | None) -> str:
    if coded == nobody:
        return "somebody named where nobody is"
    return "missed" if read == nobody else "another name"
