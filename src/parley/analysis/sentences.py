"""Where sentences start, for joining a date to a deed and for quoting words in their sentence."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["hard_wrapped", "sentence_starts"]

_NEXT = r"\s+[\"'“‘«(\[]*(?:[^\W\d_a-z]|\d)"
_END = re.compile(rf"[.!?…\n](?:(?<=\n)|[.!?…]*[\"'”’»)\]]*(?={_NEXT}))")
"""A line end, or stops and what closes with them before something capital. Begins with a set: so it is found fast."""
_ABBREVIATED = frozenset({
    "Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Gen", "Col", "Lt", "Sgt", "Capt", "Gov", "Sen", "Rep", "Rev", "Hon", "Jr",
    "Sr", "Messrs", "No", "vs", "cf", "e.g", "i.e", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept",
    "Oct", "Nov", "Dec",
})  # fmt: skip
_WORD = re.compile(r"[\s(\[\"'“‘«]")
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])*\Z")
_HALVES = frozenset({"a.m", "p.m"})
_ENDINGS = frozenset(word[-2:] for word in _ABBREVIATED | _HALVES)
_CLOCK = re.compile(r"\.\s+\(?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z]{2,4}\b)")
"""What goes on with an hour: "at 9 a.m. Monday", "9 p.m. GMT"."""


def hard_wrapped(text: str) -> bool:
    """Tell whether line ends in *text* are only where a column was full, as in old wire copy."""
    lines = text.splitlines()
    return len(lines) > 5 and max(map(len, lines)) <= 100 and sum(map(len, lines)) / len(lines) > 30


def _abbreviated(text: str, stop: int) -> bool:
    """Tell whether a stop closes an abbreviation."""
    last = text[max(0, stop - 2) : stop]
    if last not in _ENDINGS and not "A" <= last[-1:] <= "Z":
        return False
    word = _WORD.split(text[max(0, stop - 8) : stop])[-1]
    if word in _HALVES:
        return _CLOCK.match(text, stop) is not None
    return word in _ABBREVIATED or (len(word) < 8 and _INITIALS.match(word) is not None)


def sentence_starts(text: str) -> list[int]:
    """Return where sentences start, the first at 0. "Mr." and its like don't end one, nor do wrapped lines."""
    return list(_starts(text))


@lru_cache(maxsize=4096)  # several tables ask for the same documents one after the other
def _starts(text: str) -> tuple[int, ...]:
    wrapped = hard_wrapped(text)
    starts = [0]
    for hit in _END.finditer(text):
        end, stop = hit.end(), hit.group()
        if stop == "\n" and wrapped:
            ends = end < len(text) and not text[end : end + 80].split("\n", 1)[0].strip()
        else:
            ends = stop != "." or not _abbreviated(text, hit.start())
        if ends and end > starts[-1]:
            starts.append(end)
    return tuple(starts)
