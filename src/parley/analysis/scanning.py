"""Finding where in a long text a costly pattern is worth trying: around words that every match of it must hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

__all__ = ["holds", "places", "windows"]

_LONG = 1000  # characters from which the words of a text are kept: several tables look for marks in the same documents


def holds(words: str, marks: Iterable[str]) -> bool:
    """Tell whether any of *marks* (in small letters) stands in *words*, in any case."""
    low = words.lower()
    for mark in marks:  # noqa: SIM110 - a generator would cost more than the tests
        if mark in low:
            return True
    return False


def places(text: str, marks: Sequence[str]) -> list[int]:
    """Return where any of *marks* (in small letters) stands in *text*, in any case, in order, each place once."""
    held = _vocabulary(text) if len(text) >= _LONG else text.lower()
    wanted = [mark for mark, longest in _longest_parts(tuple(marks)) if longest in held]
    if not wanted:
        return []
    low = text.lower()
    if len(low) != len(text):  # a letter whose small form is longer: offsets would not fit
        low = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    found: set[int] = set()
    for mark in wanted:
        at = low.find(mark)
        while at >= 0:
            found.add(at)
            at = low.find(mark, at + 1)
    return sorted(found)


@lru_cache(maxsize=4096)
def _vocabulary(text: str) -> str:
    """Return the words of *text* in small letters, each once: far shorter, and every part of a mark is in it too."""
    return " ".join(dict.fromkeys(text.split())).lower()


@lru_cache(maxsize=64)
def _longest_parts(marks: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return each mark with the longest of its parts between spaces."""
    return tuple((mark, max(mark.split(), key=len, default="")) for mark in marks)


def windows(found: Iterable[int], length: int, *, before: int, after: int) -> Iterator[tuple[int, int]]:
    """Yield stretches ``[start, end)`` of a text of *length* around the places, merged where they meet."""
    start = end = -1
    for at in found:
        low, high = max(0, at - before), min(length, at + after)
        if end < 0:
            start, end = low, high
        elif low <= end:
            end = max(end, high)
        else:
            yield start, end
            start, end = low, high
    if end >= 0:
        yield start, end
