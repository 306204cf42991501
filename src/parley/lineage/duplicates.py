"""Copies: documents that share their words, measured over all pairs at once.

The measure is the share of six-word sequences that the shorter of two documents has in common with the other, furniture
left out. An inverted index of hashed sequences finds the pairs, so that only documents which share something are ever
compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, groupby

import numpy as np
from numpy.typing import NDArray

from parley.lineage.words import Words
from parley.records import Evidence, Span

SEQUENCE = 6
"""Words in a sequence."""

SAME_ORIGIN = 0.30
"""Share of the shorter document's sequences from which two documents share an origin."""

NEAR_DUPLICATE = 0.80
"""Share from which one document is the other with small changes."""

LEAST_SHARED = 8
"""Sequences that two documents must share at least: 13 words in a row."""

LONGEST_POSTING = 32
"""Documents that hold one sequence up to which all their pairs are counted; beyond, neighbours only."""

_MULTIPLIER = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class Copy:
    """Two documents, by their places, that share words; ``exact``: the same words throughout, in the same order."""

    a: int
    b: int
    share: float
    exact: bool


def find_copies(documents: Sequence[Words]) -> list[Copy]:
    """Return the pairs of *documents* that share at least ``SAME_ORIGIN`` of the shorter one's sequences.

    Of a set of documents with the same words, each is paired with the first; only the first is compared further.
    """
    copies: list[Copy] = []
    firsts: list[int] = []
    by_words = sorted(range(len(documents)), key=lambda place: (documents[place].words, place))
    for words, places in groupby(by_words, key=lambda place: documents[place].words):
        first, *others = places
        if words:
            firsts.append(first)
            copies.extend(Copy(first, other, 1.0, True) for other in others)
    firsts.sort()
    hashes = _hashes([documents[place].words for place in firsts])
    for a, b, shared in _shared(hashes):
        share = shared / max(1, min(len(hashes[a]), len(hashes[b])))
        if share >= SAME_ORIGIN and shared >= min(LEAST_SHARED, len(hashes[a]), len(hashes[b])):
            copies.append(Copy(firsts[a], firsts[b], round(share, 3), False))
    return sorted(copies, key=lambda copy: (copy.a, copy.b))


def shared_passages(document: Words, other: Words, *, most: int = 2) -> tuple[Evidence, ...]:
    """Return the longest passages of *document* that stand word for word in *other*."""
    theirs = {other.words[k : k + SEQUENCE] for k in range(len(other.words) - SEQUENCE + 1)}
    runs: list[tuple[int, int]] = []
    for k in range(len(document.words) - SEQUENCE + 1):
        if document.words[k : k + SEQUENCE] in theirs:
            if runs and k <= runs[-1][1]:
                runs[-1] = (runs[-1][0], k + SEQUENCE)
            else:
                runs.append((k, k + SEQUENCE))
    longest = sorted(runs, key=lambda run: (run[0] - run[1], run[0]))[:most]
    spans = sorted(Span(document.spans[first][0], document.spans[end - 1][1]) for first, end in longest)
    return tuple(
        Evidence(document.document.id, span, f"stands word for word in {other.document.name}") for span in spans
    )


def _hashes(texts: Sequence[tuple[str, ...]]) -> list[NDArray[np.uint64]]:
    """Return the distinct hashed sequences of each text; a text shorter than a sequence counts as one."""
    numbers: defaultdict[str, int] = defaultdict(count(1).__next__)
    multiplier = np.uint64(_MULTIPLIER)
    hashes = []
    for words in texts:
        ids = np.fromiter(map(numbers.__getitem__, words), np.uint64, len(words))
        mixed = ids * multiplier
        mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(32)
        width = min(SEQUENCE, len(ids))
        total = np.zeros(len(ids) - width + 1, dtype=np.uint64)
        for step in range(width):
            total = total * multiplier + mixed[step : len(ids) - width + 1 + step]
        hashes.append(np.unique(total))
    return hashes


def _shared(hashes: Sequence[NDArray[np.uint64]]) -> Iterator[tuple[int, int, int]]:
    """Yield the pairs of texts that share sequences, and how many."""
    if not hashes:
        return
    size = len(hashes)
    owners = np.repeat(np.arange(size, dtype=np.int64), [len(text) for text in hashes])
    everything = np.concatenate(hashes)
    order = np.argsort(everything, kind="stable")
    everything, owners = everything[order], owners[order]
    starts = np.flatnonzero(np.concatenate(([True], everything[1:] != everything[:-1])))
    lengths = np.diff(np.append(starts, len(everything)))
    codes: NDArray[np.int64] = np.empty(0, dtype=np.int64)
    totals: NDArray[np.int64] = np.empty(0, dtype=np.int64)
    for length in np.unique(lengths[lengths > 1]).tolist():
        for part in _parts(starts[lengths == length], length):
            block = owners[part[:, None] + np.arange(length)]
            if length <= LONGEST_POSTING:
                left, right = np.triu_indices(length, 1)
            else:
                left, right = np.arange(length - 1), np.arange(1, length)
            codes, totals = _add(codes, totals, (block[:, left] * size + block[:, right]).ravel())
    for code, total in zip(codes.tolist(), totals.tolist(), strict=True):
        yield code // size, code % size, total


def _parts(starts: NDArray[np.int64], length: int) -> Iterator[NDArray[np.int64]]:
    """Split the postings of one length so that no step holds more than a few million pairs."""
    pairs = length * (length - 1) // 2 if length <= LONGEST_POSTING else length - 1
    step = max(1, 4_000_000 // pairs)
    for first in range(0, len(starts), step):
        yield starts[first : first + step]


def _add(
    codes: NDArray[np.int64], totals: NDArray[np.int64], found: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    new, counts = np.unique(found, return_counts=True)
    merged, places = np.unique(np.concatenate((codes, new)), return_inverse=True)
    sums = np.zeros(len(merged), dtype=np.int64)
    np.add.at(sums, places, np.concatenate((totals, counts.astype(np.int64))))
    return merged, sums
