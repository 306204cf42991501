"""Issues that a user adds to a dossier: what a reader is told of them, and how they are found by their words.

A word of a statement stands for a word of a phrase where the two share their stem; function words count for nothing,
and a word counts the less the more of the article's sentences hold it: in an article on a school strike "school" says
little.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from parley.reading.sentences import sentences
from parley.records import Span

MOST_PHRASES = 40
"""Phrases of one issue that a reader looks at: each costs it a moment per start."""
WORDS_ENOUGH = 1.2
"""The least score by which words alone give a statement an issue (``benchmarks/added_issues.py``)."""
_MOST = 1.5
"""What one word counts at most, however many phrases hold it."""
_RARE = 20.0
"""A word in one of so many sentences counts in full."""
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "edly", "ers", "ies", "ied", "ed", "er", "es", "ly", "s")
_STEM = 4
"""Letters that must stay when an ending is cut off."""
_FUNCTION = frozenset(
    "about above after again against all also although among and another any are around because been before being "
    "below between both but can cannot could did does doing done down during each either else enough even ever "
    "every few for from further get gets give given gives got had has have having her here hers him his how "
    "however into its itself just keep keeps let like made make makes many may might more most much must neither "
    "never next nobody none nor not nothing now off often once one only other others our out over own per put "
    "rather said same say says second seem seems several shall she should since some somebody something still "
    "such take taken takes than that the their them then there these they this those though three through too "
    "took toward towards two under until upon use used very was way well went were what when where whether which "
    "while who whole whom whose why will with within without would yes yet you your".split()
)
"""English words that carry no subject; added issues in other languages do without."""


@dataclass(frozen=True, slots=True)
class AddedIssue:
    """An issue of the user's own: its id, what it is called, the sentence that stances refer to, example phrases."""

    id: str
    label: str
    proposition: str
    examples: tuple[str, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """What shows how the issue is spoken of: the examples, the proposition and the label, each once."""
        found = (phrase.strip() for phrase in (*self.examples, self.proposition, self.label))
        return tuple(dict.fromkeys(phrase for phrase in found if phrase))[:MOST_PHRASES]


def named_with(name: str, added: Sequence[AddedIssue]) -> str:
    """Return the name of a reader that also looks for *added*: another one as soon as one of these changes.

    A dossier thereby sees that its documents were not read for them yet.
    """
    if not added:
        return name
    told = sorted((issue.id, issue.label, issue.proposition, *issue.examples) for issue in added)
    digest = hashlib.sha256(json.dumps(told, ensure_ascii=True).encode("ascii")).hexdigest()
    return f"{name} with {len(added)} added issue{'s' if len(added) > 1 else ''} ({digest[:8]})"


def stems(text: str) -> frozenset[str]:
    """Return the stems of the words in *text* that carry a subject."""
    return frozenset(map(_stem, (word for word in _WORD.findall(text.lower()) if _telling(word))))


def _telling(word: str) -> bool:
    return len(word) >= _SHORTEST and word not in _FUNCTION


@cache
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e") if len(word) > _STEM else word


class Finder:
    """Finds added issues by words."""

    def __init__(self, added: Sequence[AddedIssue]) -> None:
        self._counts = {issue.id: _counts(issue) for issue in added}

    def article(self, text: str, kept: Iterable[Span]) -> Article:
        """Return what finds them in the statements of one article, whose paragraphs are *kept*."""
        return Article(self._counts, (s.of(text) for paragraph in kept for s in sentences(text, paragraph)))


class Article:
    """Finds added issues in the statements of one article: in it, some words tell more than others."""

    def __init__(self, counts: Mapping[str, Mapping[str, float]], said: Iterable[str]) -> None:
        self._counts = counts
        self._held: Counter[str] = Counter()
        self._many = 0
        for sentence in said:
            self._many += 1
            self._held.update(stems(sentence))

    def scores(self, words: str) -> dict[str, float]:
        """Return for each issue how much the *words* of a statement have in common with its phrases."""
        found = {stem: self._weight(stem) for stem in sorted(stems(words))}
        return {
            issue: sum(weight * counts[stem] for stem, weight in found.items() if stem in counts)
            for issue, counts in self._counts.items()
        }

    def found(self, words: str) -> tuple[str, ...]:
        """Return the issues that the words give a statement, the surest first."""
        scores = self.scores(words)
        return tuple(sorted((i for i in scores if scores[i] >= WORDS_ENOUGH), key=lambda i: (-scores[i], i)))

    def _weight(self, stem: str) -> float:
        """Return how much a stem tells in this article, 0 to 1."""
        share = (self._held[stem] + 0.5) / (self._many + 1)
        return min(1.0, max(0.0, -math.log(share) / math.log(_RARE)))


def _counts(issue: AddedIssue) -> Mapping[str, float]:
    counted = Counter(stem for phrase in issue.phrases for stem in stems(phrase))
    counted.update(stems(issue.label))  # what an issue is called tells most
    return {stem: min(_MOST, float(count)) for stem, count in counted.items()}
