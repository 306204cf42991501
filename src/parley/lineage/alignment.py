"""Derived copies that share few words: translations and reworded copies, matched by what survives rewriting.

Names and figures survive translation and rewording, and so does the order of the story. Each sentence is reduced to its
names and figures; two documents are aligned sentence by sentence, in order, and the score says how much of the shorter
one's names and figures fall into place. A name that runs through both documents counts little, one that stands in a
single sentence of each counts in full.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from parley.lineage.words import Words

CONVINCING = 0.55
"""Score from which an alignment links a derived copy to the document that it was made from."""

LEAST_MATCHES = 6
"""Sentences that must fall into place at least."""

MOST_SENTENCES = 400
"""Sentences of a document that are aligned; what comes after is left out."""

_END = re.compile(r"[.!?][\"'”’»)\]]*\s|[\r\n]")
_FIGURE = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Sketch:
    """A document as the names and figures of its sentences; ``ends`` are the first and last word of each sentence."""

    sentences: tuple[frozenset[str], ...]
    ends: tuple[tuple[int, int], ...]
    items: frozenset[str]


@dataclass(frozen=True, slots=True)
class Alignment:
    """How well two sketches fall into place: the score, and the pairs of sentences, best first."""

    score: float
    pairs: tuple[tuple[int, int], ...]


def sketch(words: Words) -> Sketch:
    """Return the sketch of a document: for each sentence its names and figures, folded so that spellings meet."""
    text, spans = words.document.text, words.spans
    firsts = [text[start] for start, _ in spans]
    lower = {word for word, first in zip(words.words, firsts, strict=True) if first.islower()}
    telling = [place for place, first in enumerate(firsts) if first.isupper() or first.isdigit()]
    sentences: list[frozenset[str]] = []
    ends: list[tuple[int, int]] = []
    at = first = 0
    for last in _lasts(text, spans):
        items: set[str] = set()
        while at < len(telling) and telling[at] <= last:
            place = telling[at]
            word = words.words[place]
            if firsts[place].isdigit():
                figure = _FIGURE.match(text, spans[place][0])
                items.add(_fold_figure(figure.group() if figure else word))
            elif word not in lower and len(word) > 2:
                items.add(_fold_name(word))
            at += 1
        if items:
            sentences.append(frozenset(items))
            ends.append((first, last))
        first = last + 1
        if len(sentences) >= MOST_SENTENCES:
            break
    return Sketch(tuple(sentences), tuple(ends), frozenset().union(*sentences))


def _lasts(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Yield the place of the last word of each sentence."""
    for place, ((_, end), (following, _)) in enumerate(pairwise(spans)):
        if text[end:following] != " " and _END.search(text, end, min(following + 1, end + 8)):
            yield place
    if spans:
        yield len(spans) - 1


def _fold_figure(figure: str) -> str:
    figure = figure.rstrip(".,")
    return re.sub(r"[.,](?=\d{3}(?:\D|$))", "", figure).replace(",", ".")


@lru_cache(maxsize=50_000)
def _fold_name(word: str) -> str:
    """Fold a name to what transliterations agree on: its first letters, y and i alike, doubles single."""
    word = re.sub(r"['’]s$", "", word)
    word = word.replace("y", "i").replace("j", "i").replace("kh", "h").replace("ck", "k").replace("ph", "f")
    return re.sub(r"(.)\1", r"\1", word)[:5]


def align(a: Sketch, b: Sketch) -> Alignment:
    """Return the best in-order alignment of two sketches and its score between 0 and 1."""
    if not a.sentences or not b.sentences:
        return Alignment(0.0, ())
    counts = Counter(item for sentence in (*a.sentences, *b.sentences) for item in sentence)
    common = a.items & b.items
    weights = {item: 2.0 / max(2, count) for item, count in counts.items()}

    def total(items: frozenset[str]) -> float:
        return sum(sorted(weights[item] for item in items))

    table = np.zeros((len(a.sentences) + 1, len(b.sentences) + 1))
    gains: dict[tuple[int, int], float] = {}
    totals_b = [total(sentence) for sentence in b.sentences]
    for i, left in enumerate(a.sentences):
        weight = total(left)
        gained = table[i].copy()
        if left & common:
            for j, right in enumerate(b.sentences):
                shared = total(left & right)
                if shared >= 0.4 * min(weight, totals_b[j]) and shared >= 0.25:
                    gains[i, j] = shared
                    gained[j + 1] = max(gained[j + 1], table[i, j] + shared)
        table[i + 1] = np.maximum.accumulate(gained)
    pairs: list[tuple[int, int]] = []
    i, j = len(a.sentences), len(b.sentences)
    while i and j:
        if table[i, j] == table[i - 1, j]:
            i -= 1
        elif table[i, j] == table[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    whole = min(sum(map(total, a.sentences)), sum(totals_b))
    score = float(table[-1, -1]) / whole if whole and len(pairs) >= LEAST_MATCHES else 0.0
    pairs.sort(key=lambda pair: (-gains[pair], pair))
    return Alignment(round(min(1.0, score), 3), tuple(pairs))


def candidates(place: int, documents: Sequence[Sketch], *, most: int = 8) -> list[int]:
    """Return the places of the documents that share most names and figures with the one at *place*, best first."""
    mine = documents[place].items
    rated = []
    for other, document in enumerate(documents):
        theirs = document.items
        shared = len(mine & theirs)
        if other != place and shared >= LEAST_MATCHES and shared >= 0.4 * min(len(mine), len(theirs)):
            rated.append((-shared / min(len(mine), len(theirs)), other))
    return [other for _, other in sorted(rated)[:most]]
