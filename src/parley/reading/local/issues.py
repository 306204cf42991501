"""Which issues a statement is about: the model's chances, those of its neighbours, and the codebook's terms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from parley.reading.codes import issue_scores
from parley.reading.local.model import Floats
from parley.records import Span

TERMS_SHARE = 0.4
"""What the codebook's terms weigh beside the model's chances."""
AROUND = 0.15
"""What a term around the words counts for, against one in the words themselves."""
BEFORE, AFTER = 250, 100
"""Characters around the words whose terms count."""
NEIGHBOURS = 0.12
"""What the statements beside one in the article weigh: those next to it twice those after next."""
ISSUE_FROM = 0.15
"""Mixed chance from which a second and third issue are kept."""
_NARROWER, _NARROWER_FROM = ("A2", "A3"), 0.1
"""A truce for one class of target or for the sea: where terms name one, it is not a general truce that is meant."""

# All of these are chosen on dev.


def with_neighbours(chances: Floats) -> Floats:
    """Return the chances of the issues of statements in their order ``[statements, issues]``, each mixed with those
    of the statements beside it: coverage stays with a matter for some sentences.
    """
    count = len(chances)
    if count < 2:
        return chances
    weights = np.zeros((count, count))
    for distance, weight in ((1, 1.0), (2, 0.5)):
        away = np.full(max(count - distance, 0), weight)
        weights += np.diag(away, distance)[:count, :count] + np.diag(away, -distance)[:count, :count]
    beside: Floats = (weights / weights.sum(1, keepdims=True)) @ chances
    return (1.0 - NEIGHBOURS) * chances + NEIGHBOURS * beside


def choose(labels: Sequence[str], chances: Floats, text: str, span: Span) -> tuple[tuple[str, ...], float]:
    """Return up to three issues of the words at *span*, the surest first, and how sure the first one is."""
    terms = issue_scores(span.of(text))
    around = text[max(0, span.start - BEFORE) : span.start] + " " + text[span.end : span.end + AFTER]
    for issue, weight in issue_scores(around).items():
        terms[issue] += AROUND * weight
    total = sum(terms.values()) or 1.0
    mixed = {
        issue: (1.0 - TERMS_SHARE) * float(chance) + TERMS_SHARE * terms.get(issue, 0.0) / total
        for issue, chance in zip(labels, chances, strict=True)
    }
    for narrower in _NARROWER:
        if narrower in terms and _NARROWER_FROM <= mixed[narrower] < mixed["A1"]:
            mixed[narrower], mixed["A1"] = mixed["A1"], mixed[narrower]
    first, *others = sorted(mixed, key=lambda issue: (-mixed[issue], issue))[:3]
    return (first, *(issue for issue in others if mixed[issue] >= ISSUE_FROM)), mixed[first]
