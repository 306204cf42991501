"""Small word lists beside the modules, kept as TOML: phrases by label, found in words whatever their case.

A phrase is words with single spaces. ``*`` stands for any ending (``delay*``), ``...`` for up to four words between.
Apostrophes and hyphens match in any form. The lists are generic English; nothing in them is drawn from one dispute.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
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


_FILES = ("concessions", "compliance", "leverage")
_Phrase = tuple[str, str, str, re.Pattern[str]]  # its list's name, its label, its longest word, its pattern
_Patterns = Mapping[str, tuple[_Phrase, ...]]  # by the first three letters of the longest word


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """Where a phrase of a list stands in the words searched, and under which label the list has it."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class WordList:
    """Phrases by label, ready to be looked for."""

    patterns: _Patterns
    name: str = ""  # "file.table" of a list that is kept beside the modules

    @classmethod
    def of(cls, phrases: Mapping[str, Iterable[str]], *, name: str = "") -> WordList:
        """Return the list for *phrases* by label. Raises ValueError for a phrase without a word of three letters."""
        patterns: dict[str, list[_Phrase]] = {}
        for label, entries in phrases.items():
            for entry in entries:
                words = _WORD.findall(entry)
                if not words:
                    raise ValueError(f"the phrase {entry!r} of {label} has no word of three letters to look for")
                longest = plain(max(words, key=len))
                patterns.setdefault(longest[:3], []).append((name, label, longest, _pattern(entry)))
        return cls({key: tuple(found) for key, found in patterns.items()}, name)

    def find(self, words: str) -> list[Hit]:
        """Return where phrases of the list stand in *words*, in order; a hit inside another one is left out."""
        return list(_scan(words).get(self.name, ())) if self.name else _search(self.patterns, words).get("", [])

    def stands_in(self, words: str) -> bool:
        """Tell whether a phrase of the list stands in *words*, without looking for any other list in them."""
        text = plain(words)
        for phrases in self.patterns.values():
            for _, _, longest, pattern in phrases:
                if longest in text and pattern.search(text):
                    return True
        return False

    def labels(self, words: str) -> tuple[str, ...]:
        """Return the labels found in *words*, each once, in the order in which they stand."""
        return tuple(dict.fromkeys(hit.label for hit in self.find(words)))


def plain(words: str) -> str:
    """Return *words* in small letters with plain apostrophes and hyphens, every character in its place."""
    if words.isascii():
        return words.lower()
    lowered = words.translate(_PLAIN).lower()
    return lowered if len(lowered) == len(words) else words.translate(_PLAIN)


@lru_cache(maxsize=2**17)  # the tables look for their lists in the same words one after the other
def _scan(words: str) -> Mapping[str, list[Hit]]:
    """Return the hits of every list kept beside the modules, by the list's name: one pass finds them all."""
    return _search(_everything(), words) or _NOTHING


_NOTHING: Mapping[str, list[Hit]] = {}


def _search(patterns: _Patterns, words: str) -> dict[str, list[Hit]]:
    text = plain(words)
    out: dict[str, list[Hit]] = {}
    for name, label, pattern in _candidates(patterns, text):
        if found := pattern.search(text):
            out.setdefault(name, []).append(Hit(found.start(), found.end(), label))
    return {name: _outermost(hits) for name, hits in out.items()}


def _candidates(patterns: _Patterns, text: str) -> Iterator[tuple[str, str, re.Pattern[str]]]:
    """Yield the phrases whose longest word stands in *text*: the only ones worth looking for."""
    for key in patterns.keys() & set(_START.findall(text)):
        for name, label, longest, pattern in patterns[key]:
            if longest in text:
                yield name, label, pattern


def _outermost(hits: list[Hit]) -> list[Hit]:
    """Return the hits in order, without those that lie inside another one."""
    if len(hits) == 1:
        return hits
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.label)):
        if not any(other.start <= hit.start and hit.end <= other.end for other in kept):
            kept.append(hit)
    return kept


@cache
def _everything() -> _Patterns:
    out: dict[str, list[_Phrase]] = {}
    for file in _FILES:
        for words in word_lists(file).values():
            for key, phrases in words.patterns.items():
                out.setdefault(key, []).extend(phrases)
    return {key: tuple(phrases) for key, phrases in out.items()}


def denied(words: str, hit: Hit) -> bool:
    """Tell whether the phrase is negated: "no", "without" or their like shortly before it, "little" right after."""
    text = plain(words)
    return bool(_BEFORE.search(text[max(0, hit.start - 60) : hit.start]) or _AFTER.match(text, hit.end))


@cache
def word_lists(name: str) -> Mapping[str, WordList]:
    """Return the lists of ``NAME.toml`` beside this module: each of its tables is one list."""
    read = tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    return {table: WordList.of(phrases, name=f"{name}.{table}") for table, phrases in read.items()}


def _pattern(entry: str) -> re.Pattern[str]:
    first, *rest = entry.split()
    letter, more = re.escape(plain(first)[:1]), _any_ending(plain(first)[1:])
    out = rf"{letter}(?<=\b{letter}){more}"  # a letter before the word's start is asked for: so it is found fast
    for word in rest:
        out += r"(?:[\s,-]+[\w']+){0,4}?" if word == "..." else r"[\s,-]+" + _any_ending(plain(word))
    return re.compile(out + r"\b")


def _any_ending(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*")
