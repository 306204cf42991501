"""Finding where in a long text a costly pattern is worth trying: around words that every match of it must hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

__all__ = ["places", "windows"]


def places(text: str, marks: Sequence[str]) -> list[int]:
    """Return where any of *marks* (in small letters) stands in *text*, in any case, in order, each place once."""
    low = text.lower()
    if len(low) != len(text):  # a letter whose small form is longer: offsets would not fit
        low = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    found: set[int] = set()
    for mark in marks:
        at = low.find(mark)
        while at >= 0:
            found.add(at)
            at = low.find(mark, at + 1)
    return sorted(found)


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
