"""Articles told anew: other persons, other states, other windows. What is said and who says it stay as coded."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from parley.reading.gazetteer import read_data, word_lists
from parley.reading.local.windows import Window, windows
from parley.reading.local.wordpiece import WordPiece
from parley.reading.sentences import paragraphs

_NAME = re.compile(r"[A-Z][\w'’-]+(?: [A-Z]\.)? [A-Z][\w'’-]+")
"""A person's name among the names that coders gave: two capitalised words."""
_FORMS = ("name", "adjectives", "people", "capitals")
_MANY_NAMES = frozenset({"United States", "United Kingdom", "Ireland", "Georgia", "Jordan", "Chad", "Mali", "Turkey"})
"""States that stay: they go by too many names, or their name has other meanings."""
SWAPPED = 0.6
"""Share of an article's states and persons that get another name."""
_FIRST_CUT = 10
"""Paragraphs at one of whose ends the first window of an article ends."""
Row = Mapping[str, Any]
Move = tuple[int, int, int]
"""Where an old name stood, and by how much what follows it has moved."""


def _states() -> list[dict[str, list[str]]]:
    states = read_data("gazetteer.toml")["states"]
    whole = [s for s in states if all(s.get(form) for form in _FORMS) and s["name"] not in _MANY_NAMES]
    return [{form: [s[form]] if form == "name" else s[form] for form in _FORMS} for s in whole if " " not in s["name"]]


class Teller:
    """Tells articles anew; the same *seed* tells them the same."""

    def __init__(self, rows: Sequence[Row], seed: int) -> None:
        self._chance = random.Random(seed)
        self._states = _states()
        names = persons(rows)
        self._firsts = sorted({name.split()[0] for name in names})
        self._lasts = sorted({name.split()[-1] for name in names})

    def renamed(self, text: str, rows: Sequence[Row]) -> tuple[str, list[dict[str, Any]]]:
        """Return *text* with other names, and its statements where they then stand."""
        swaps = self._people(rows) | self._others(text)
        if not swaps:
            return text, [dict(row) for row in rows]
        pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(swaps, key=len, reverse=True))) + r")\b")
        made, moves, end = [], [], 0
        for match in pattern.finditer(text):
            new = swaps[match.group()]
            made += [text[end : match.start()], new]
            end = match.end()
            moves.append((*match.span(), (moves[-1][2] if moves else 0) + len(new) - len(match.group())))
        told = "".join([*made, text[end:]])
        return told, [_moved(row, moves, lambda old: pattern.sub(lambda m: swaps[m[0]], old)) for row in rows]

    def cut(self, text: str, vocabulary: WordPiece) -> Iterator[Window]:
        """Yield the windows of *text*, the first one ending at some paragraph of the first ten."""
        kept = list(paragraphs(text))
        first = self._chance.randrange(min(_FIRST_CUT, len(kept))) if kept else 0
        for part in (kept[:first], kept[first:]):
            yield from windows(text, part, vocabulary)

    def _people(self, rows: Sequence[Row]) -> dict[str, str]:
        swaps = {}
        for name in sorted(persons(rows)):
            if self._chance.random() < SWAPPED:
                for words, pool in ((name.split()[0], self._firsts), (name.split()[-1], self._lasts)):
                    swaps[words] = self._chance.choice(pool)
        return swaps

    def _others(self, text: str) -> dict[str, str]:
        found = [s for s in self._states if any(re.search(rf"\b{re.escape(s[f][0])}\b", text) for f in _FORMS[:2])]
        swaps = {}
        for state in found:
            other = self._chance.choice(self._states)
            if self._chance.random() < SWAPPED and other not in found:
                for form in _FORMS:
                    swaps |= dict.fromkeys(state[form], other[form][0])
        return swaps


def persons(rows: Sequence[Row]) -> set[str]:
    """Return the persons whom coders name as speakers and addressees."""
    names = {name for row in rows for name in (row["speaker"], row["addressee"]) if name}
    bodies = word_lists()["organisation_heads"] | word_lists()["groups"]
    return {name for name in names if _NAME.fullmatch(name) and not bodies & set(name.lower().split())}


def _moved(row: Row, moves: Sequence[Move], renamed: Callable[[str], str]) -> dict[str, Any]:
    """Return a statement where it stands and with the names that it has in the text told anew."""

    def at(place: int, *, end: bool = False) -> int:
        shift = 0
        for low, high, after in moves:
            if high > place:
                return place + shift if place <= low else high + after if end else low + shift
            shift = after
        return place + shift

    new = {**row, "start": at(row["start"]), "end": at(row["end"], end=True)}
    new |= {part: [at(row[part][0]), at(row[part][1], end=True)] for part in ("cue", "source") if row[part]}
    new |= {part: renamed(row[part]) for part in ("speaker", "addressee") if row[part]}
    return {**new, "via": [renamed(name) for name in row["via"]]}
