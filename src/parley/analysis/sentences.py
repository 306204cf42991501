"""Where sentences start, for joining a date to a deed and for quoting words in their sentence."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["hard_wrapped", "sentence_starts"]

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|\n")
_ABBREVIATED = frozenset({
    "Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Gen", "Col", "Lt", "Sgt", "Capt", "Gov", "Sen", "Rep", "Rev", "Hon", "Jr",
    "Sr", "Messrs", "No", "vs", "cf", "e.g", "i.e", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept",
    "Oct", "Nov", "Dec",
})  # fmt: skip
_WORD = re.compile(r"[\s(\[\"'“‘«]")
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])*\Z")
_NEXT = re.compile(r"\s*[\"'“‘«(\[]*(?:[^\W\d_a-z]|\d)")


def hard_wrapped(text: str) -> bool:
    """Tell whether line ends in *text* are only where a column was full, as in old wire copy."""
    lines = text.splitlines()
    return len(lines) > 5 and max(map(len, lines)) <= 100 and sum(map(len, lines)) / len(lines) > 30


def _ends(text: str, hit: re.Match[str]) -> bool:
    """Tell whether the stop ends a sentence: something capital follows, and it closes no abbreviation."""
    if hit.group() == ".":
        word = _WORD.split(text[max(0, hit.start() - 8) : hit.start()])[-1]
        if word in _ABBREVIATED or (len(word) < 8 and _INITIALS.match(word)):
            return False
    return _NEXT.match(text, hit.end()) is not None


def sentence_starts(text: str) -> list[int]:
    """Return where sentences start, the first at 0. "Mr." and its like don't end one, nor do wrapped lines."""
    return list(_starts(text))


@lru_cache(maxsize=4096)  # several tables ask for the same documents one after the other
def _starts(text: str) -> tuple[int, ...]:
    wrapped = hard_wrapped(text)
    starts = [0]
    for hit in _END.finditer(text):
        if hit.group() == "\n":
            if wrapped and hit.end() < len(text) and not text[hit.end() : hit.end() + 80].split("\n", 1)[0].strip():
                starts.append(hit.end())
            elif wrapped:
                continue
        elif not _ends(text, hit):
            continue
        if hit.end() > starts[-1]:
            starts.append(hit.end())
    return tuple(starts)
