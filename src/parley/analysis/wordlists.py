"""Small word lists beside the modules, kept as TOML: phrases by label, found in words whatever their case.

A phrase is words with single spaces. ``*`` stands for any ending (``delay*``), ``...`` for up to four words between.
Apostrophes and hyphens match in any form. The lists are generic English; nothing in them is drawn from one dispute.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

__all__ = ["Hit", "WordList", "denied", "plain", "word_lists"]

_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "\u00a0": " "})
_WORD = re.compile(r"\w{3,}")
_START = re.compile(r"\b\w{3}")
_BEFORE = re.compile(
    r"(?:\b(?:not|no|never|without|nothing|hardly|neither|nor|none|few|lack of|shortage of|absence of|refus\w+ to"
    r"|ruled out|far from|avoid\w*)|n't)\b[^,;:.!?]{0,40}$"
)
_AFTER = re.compile(r"\W{1,3}(?:little|nothing|few|no)\b")


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """Where a phrase of a list stands in the words searched, and under which label the list has it."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class WordList:
    """Phrases by label, ready to be looked for."""

    patterns: Mapping[str, tuple[tuple[str, str, re.Pattern[str]], ...]]  # by the first letters of the longest word

    @classmethod
    def of(cls, phrases: Mapping[str, Iterable[str]]) -> WordList:
        """Return the list for *phrases* by label. Raises ValueError for a phrase without a word of three letters."""
        patterns: dict[str, list[tuple[str, str, re.Pattern[str]]]] = {}
        for label, entries in phrases.items():
            for entry in entries:
                words = _WORD.findall(entry)
                if not words:
                    raise ValueError(f"the phrase {entry!r} of {label} has no word of three letters to look for")
                longest = plain(max(words, key=len))
                patterns.setdefault(longest[:3], []).append((label, longest, _pattern(entry)))
        return cls({key: tuple(found) for key, found in patterns.items()})

    def find(self, words: str) -> list[Hit]:
        """Return where phrases of the list stand in *words*, in order; a hit inside another one is left out."""
        text, starts = _prepared(words)
        keys = starts & self.patterns.keys()
        if not keys:
            return []
        hits = [
            Hit(found.start(), found.end(), label)
            for key in keys
            for label, longest, pattern in self.patterns[key]
            if longest in text and (found := pattern.search(text))
        ]
        if len(hits) < 2:
            return hits
        hits.sort(key=lambda hit: (hit.start, -hit.end, hit.label))
        kept: list[Hit] = []
        for hit in hits:
            if not any(other.start <= hit.start and hit.end <= other.end for other in kept):
                kept.append(hit)
        return kept

    def labels(self, words: str) -> tuple[str, ...]:
        """Return the labels found in *words*, each once, in the order in which they stand."""
        return tuple(dict.fromkeys(hit.label for hit in self.find(words)))


def plain(words: str) -> str:
    """Return *words* in small letters with plain apostrophes and hyphens, every character in its place."""
    if words.isascii():
        return words.lower()
    lowered = words.translate(_PLAIN).lower()
    return lowered if len(lowered) == len(words) else words.translate(_PLAIN)


@lru_cache(maxsize=64)  # the lists are looked for in the same words one after the other
def _prepared(words: str) -> tuple[str, frozenset[str]]:
    text = plain(words)
    return text, frozenset(_START.findall(text))


def denied(words: str, hit: Hit) -> bool:
    """Tell whether the phrase is negated: "no", "without" or their like shortly before it, "little" right after."""
    text = plain(words)
    return bool(_BEFORE.search(text[max(0, hit.start - 60) : hit.start]) or _AFTER.match(text, hit.end))


@cache
def word_lists(name: str) -> Mapping[str, WordList]:
    """Return the lists of ``NAME.toml`` beside this module: each of its tables is one list."""
    read = tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    return {table: WordList.of(phrases) for table, phrases in read.items()}


def _pattern(entry: str) -> re.Pattern[str]:
    out = ""
    for word in entry.split():
        if word == "...":
            out += r"(?:[\s,-]+[\w']+){0,4}?"
            continue
        out += (r"[\s,-]+" if out else r"\b") + re.escape(plain(word)).replace(r"\*", r"\w*")
    return re.compile(out + r"\b")
