"""Issues that a user adds, found by the trained model with no retraining.

Each phrase of an issue is run through the model as a window of its own; its mean state, with what all phrases have in
common taken away, stands for it. The codebook's labels and propositions show what they have in common, and what an
issue has to stand out from. A statement gets the issue where likeness and shared words together pass a threshold;
weights and threshold were fitted on training articles only (``benchmarks/added_issues.py`` prints what they reach).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from parley.codebook import ISSUES, Issue
from parley.reading.added import AddedIssue, Article, Finder
from parley.reading.local.model import Floats, Model
from parley.reading.local.windows import LENGTH
from parley.reading.local.wordpiece import CLS, SEP
from parley.records import Span

FROM = 0.2
"""The least chance by which a statement gets an added issue."""
_BIAS, _WORDS, _CENTRE, _STANDS_OUT = -4.2, 1.6, 4.1, 4.2
"""Weights of the logistic model: shared words, likeness to the issue's centre, how far it beats the codebook."""
_MOST_WORDS = 2.5
_NEAREST = 3
"""Phrases that are looked at for standing out: the most alike ones of the issue, and of the codebook."""


class LikenessFinder:
    """Finds added issues by words and by the model's states. Made for one model.

    ``known`` are the issues that an added one has to stand out from: the codebook's.
    """

    def __init__(
        self, added: Sequence[AddedIssue], model: Model, *, known: Iterable[Issue] = tuple(ISSUES.values())
    ) -> None:
        self._words = Finder(added)
        states = _states((phrase for issue in known for phrase in (issue.label, issue.proposition)), model)
        self._common = states.mean(0)
        self._known = self._centred(states)
        told = {issue.id: _states(issue.phrases, model) for issue in added}
        self._phrases = {issue: self._centred(states) for issue, states in told.items() if len(states)}

    def article(self, text: str, kept: Iterable[Span]) -> LikenessArticle:
        """Return what finds them in the statements of one article, whose paragraphs are *kept*."""
        return LikenessArticle(self, self._words.article(text, kept))

    def likeness(self, state: Floats) -> dict[str, tuple[float, float]]:
        """Return for each issue how alike the *state* of a statement is to its centre, and how far it stands out."""
        centred = self._centred(state)
        usual = _nearest(self._known @ centred)
        found = {}
        for issue, phrases in self._phrases.items():
            centre = _unit(phrases.mean(0))
            found[issue] = float(centre @ centred), _nearest(phrases @ centred) - usual
        return found

    def _centred(self, states: Floats) -> Floats:
        return _unit(states - self._common)


class LikenessArticle:
    """Finds added issues in the statements of one article."""

    def __init__(self, finder: LikenessFinder, words: Article) -> None:
        self._finder = finder
        self._words = words

    def chances(self, words: str, state: Floats) -> dict[str, float]:
        """Return the chance of each added issue for a statement by its *words* and its mean *state*, ``[width]``."""
        shared = self._words.scores(words)
        alike = self._finder.likeness(state)
        chances = {}
        for issue, score in shared.items():
            centre, stands_out = alike.get(issue, (0.0, 0.0))
            total = _BIAS + _WORDS * min(_MOST_WORDS, score) + _CENTRE * centre + _STANDS_OUT * stands_out
            chances[issue] = float(1.0 / (1.0 + np.exp(-total)))
        return chances

    def found(self, words: str, state: Floats) -> tuple[str, ...]:
        """Return the added issues of a statement, the likeliest first."""
        chances = self.chances(words, state)
        return tuple(sorted((i for i in chances if chances[i] >= FROM), key=lambda i: (-chances[i], i)))


def _states(phrases: Iterable[str], model: Model) -> Floats:
    """Return the mean state of each phrase that has word pieces, ``[phrases, width]``."""
    rows = []
    for phrase in phrases:
        pieces = model.vocabulary.pieces(phrase, 0, len(phrase))[: LENGTH - 2]
        if pieces:
            rows.append(model.see([CLS, *(piece.id for piece in pieces), SEP]).states[1:-1].mean(0))
    return np.stack(rows) if rows else np.zeros((0, 0), np.float32)


def _nearest(alike: Floats) -> float:
    return float(np.sort(alike)[-_NEAREST:].mean())


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    result: Floats = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return result
