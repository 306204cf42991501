"""Print how well issues are found that a user adds: ``python -m benchmarks.added_issues [--train]``.

Each issue is added with a label, a proposition and five phrases (``added_issues.toml``), and looked for among the
statements that people coded. So only the coding is measured here, not the finding of statements. Two kinds are told
apart: issues that the codebook does not have, among the statements on the same negotiation; and the codebook's own,
added one at a time as if it had none of that id, among all statements. The model was trained on the codebook's issues,
which flatters the second kind for the local reader. Weights and thresholds were chosen on training articles.
"""

from __future__ import annotations

import argparse
import json
import os
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from training.data import CODED, whole

from parley.codebook import ISSUES
from parley.reading.added import WORDS_ENOUGH, AddedIssue, Finder
from parley.reading.local.added import FROM, LikenessFinder
from parley.reading.local.model import FOLDER, Floats, Model
from parley.reading.local.windows import windows
from parley.reading.sentences import paragraphs

SHARED = Path(os.environ.get("PARLEY_SHARED", Path(__file__).resolve().parents[1] / "../shared")).resolve()
TOLD = Path(__file__).with_suffix(".toml")
FEWEST = 5
"""Statements that an issue of the codebook needs to be measured on."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One statement that people coded, and what the model makes of it where it stands."""

    doc: str
    start: int
    words: str
    issues: tuple[str, ...]
    state: Floats


@dataclass(frozen=True, slots=True)
class Trial:
    """One issue that was added: which statements speak of it, and each reader's score for each statement."""

    truth: list[bool]
    words: list[float]
    likeness: list[float]


def coded(folder: Path, rows: Sequence[dict[str, Any]], model: Model) -> Iterator[tuple[str, list[Coded]]]:
    """Yield each document's text with its statements."""
    for doc in sorted({row["doc"] for row in rows}):
        text = (folder / f"{doc}.txt").read_bytes().decode("utf8")
        spans = [_span(row, text) for row in rows if row["doc"] == doc]
        issues = [tuple(row["issues"]) for row in rows if row["doc"] == doc]
        made = []
        for window in windows(text, list(paragraphs(text)), model.vocabulary):
            here = [(span, codes, whole(window, *span)) for span, codes in zip(spans, issues, strict=True)]
            states = model.see(window.ids).states if any(place for _, _, place in here) else None
            for (start, end), codes, place in here:
                if place is not None and states is not None:
                    made.append(Coded(doc, start, text[start:end], codes, states[place[0] : place[1] + 1].mean(0)))
        yield text, made


def _span(row: dict[str, Any], text: str) -> tuple[int, int]:
    start = row["start"] if "start" in row else text.index(row["content"])
    return start, row["end"] if "end" in row else start + len(row["content"])


def trial(
    issue: AddedIssue, documents: Sequence[tuple[str, list[Coded]]], model: Model, truth: Callable[[Coded], bool]
) -> Trial:
    """Add one issue and score every statement."""
    known = [entry for key, entry in ISSUES.items() if key != issue.id]
    likeness, words = LikenessFinder([issue], model, known=known), Finder([issue])
    made = Trial([], [], [])
    for text, statements in documents:
        kept = list(paragraphs(text))
        by_likeness, by_words = likeness.article(text, kept), words.article(text, kept)
        for statement in statements:
            made.truth.append(truth(statement))
            made.words.append(by_words.scores(statement.words)[issue.id])
            made.likeness.append(by_likeness.chances(statement.words, statement.state)[issue.id])
    return made


def told(name: str, trials: Sequence[Trial]) -> str:
    """Return the figures of a set of trials, both readers."""
    truth = np.concatenate([one.truth for one in trials])
    lines = [f"== {name}: {len(trials)} issues, {truth.sum()} of {len(truth)} pairs of issue and statement"]
    for reader, column, least in (
        ("rules (words)", "words", WORDS_ENOUGH),
        ("local (words, likeness)", "likeness", FROM),
    ):
        scores = [np.array(getattr(one, column)) for one in trials]
        given = np.concatenate(scores) >= least
        right = int((given & truth).sum())
        precision, recall = right / max(1, int(given.sum())), right / max(1, int(truth.sum()))
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        average = np.mean([_average(np.array(one.truth), score) for one, score in zip(trials, scores, strict=True)])
        lines.append(
            f"{reader:24s} precision {precision:.2f}  recall {recall:.2f}  F1 {f1:.2f}  average precision {average:.2f}"
        )
    return "\n".join(lines)


def _average(truth: Any, scores: Any) -> float:
    """Return the average precision of a ranking (ties in the order of the text)."""
    ranked = truth[np.argsort(-scores, kind="stable")]
    found = np.flatnonzero(ranked)
    return float(np.mean(np.arange(1, len(found) + 1) / (found + 1)))


def new_issues(
    entries: Sequence[dict[str, Any]], documents: Sequence[tuple[str, list[Coded]]], model: Model
) -> list[Trial]:
    """Return the trials of issues that the codebook does not have, each among the statements of its topic."""
    trials = []
    for number, entry in enumerate(entries, 1):
        issue = AddedIssue(f"X{number}", entry["label"], entry["proposition"], tuple(entry["examples"]))
        gold = {(doc, start) for doc, start in entry["statements"]}
        own = [(text, some) for text, some in documents if some and some[0].doc.startswith(entry["topic"] + ".")]
        trials.append(trial(issue, own, model, _stands_in(gold)))
    return trials


def _stands_in(gold: set[tuple[str, int]]) -> Callable[[Coded], bool]:
    return lambda statement: (statement.doc, statement.start) in gold


def _is_coded(issue: str) -> Callable[[Coded], bool]:
    return lambda statement: issue in statement.issues


def known_issues(
    phrases: dict[str, list[str]], documents: Sequence[tuple[str, list[Coded]]], model: Model
) -> list[Trial]:
    """Return the trials of the codebook's issues that have enough statements."""
    trials = []
    for key, examples in phrases.items():
        if sum(key in s.issues for _, some in documents for s in some) >= FEWEST:
            issue = AddedIssue(key, ISSUES[key].label, ISSUES[key].proposition, tuple(examples))
            trials.append(trial(issue, documents, model, _is_coded(key)))
    return trials


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder with the corpus")
    parser.add_argument("--model", type=Path, default=FOLDER, help="folder of the model")
    parser.add_argument(
        "--train", action="store_true", help="also the training articles that the weights were chosen on"
    )
    given = parser.parse_args()
    entries = tomllib.loads(TOLD.read_text(encoding="utf8"))
    model = Model(given.model)
    corpus = given.shared / "corpus"
    parts = {"dev": (corpus / "dev", (corpus / "dev.jsonl"))}
    if given.train:
        parts["train"] = (corpus / "more", CODED)
    for part, (folder, file) in parts.items():
        rows = [json.loads(line) for line in file.read_text(encoding="utf8").splitlines()]
        if part == "train":
            pool = entries["pool"]
            rows = [row for row in rows if row["start"] <= pool.get(row["doc"], -1)]
        documents = list(coded(folder, rows, model))
        own = [entry for entry in entries["issues"] if entry["part"] == part]
        print(told(f"{part}, issues that the codebook does not have", new_issues(own, documents, model)))
        if part == "dev":
            print(told(f"{part}, the codebook's own", known_issues(entries["codebook"], documents, model)))


if __name__ == "__main__":
    main()
