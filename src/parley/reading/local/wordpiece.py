"""Cut text into word pieces with their places in it (WordPiece, uncased: Wu et al. 2016; Devlin et al. 2019).

Own code rather than the ``tokenizers`` package, which brings a network client and a dozen further packages with it.
``tests/reading/test_wordpiece.py`` compares the two where that package is installed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

PAD, UNKNOWN, CLS, SEP = 0, 100, 101, 102
"""Ids of the vocabulary's special pieces."""
LONGEST_WORD = 100
"""Characters; a longer word is one unknown piece."""
_REMEMBERED = 65_536
_RUN = re.compile(r"\S+")
_ASCII_WORD = re.compile(r"[^!-/:-@\[-`{-~]+|.")
"""A word of ASCII characters, or one of their marks."""


class Piece(NamedTuple):
    """One word piece: its id and the half-open characters that it covers."""

    id: int
    start: int
    end: int


class WordPiece:
    """A vocabulary. Remembers the pieces of what it has met between white space; the result never depends on that."""

    def __init__(self, words: Sequence[str]) -> None:
        self._ids = {word: number for number, word in enumerate(words)}
        self._known: dict[str, tuple[Piece, ...]] = {}

    def pieces(self, text: str, start: int, end: int) -> list[Piece]:
        """Return the pieces of ``text[start:end]``; offsets count from the start of *text*."""
        found: list[Piece] = []
        for match in _RUN.finditer(text, start, end):
            run, at = match.group(), match.start()
            known = self._known.get(run)
            if known is None:
                known = tuple(self._of_run(run))
                if len(self._known) < _REMEMBERED and len(run) <= LONGEST_WORD:
                    self._known[run] = known
            found += [Piece(number, at + low, at + high) for number, low, high in known]
        return found

    def _of_run(self, run: str) -> Iterator[Piece]:
        """Yield the pieces of a run of characters without white space."""
        for low, high in _words(run):
            for number, length in self._split(run[low:high]):
                yield Piece(number, low, low + length)
                low += length

    def _split(self, word: str) -> tuple[tuple[int, int], ...]:
        """Return (id, characters of *word*) for each piece; longest match first."""
        if word.isascii() and word.isprintable() and len(word) <= LONGEST_WORD:
            return self._longest_first(word.lower(), range(len(word)), len(word))
        folded: list[str] = []
        origin: list[int] = []
        for index, character in enumerate(word):
            for part in unicodedata.normalize("NFD", character.lower()):
                if unicodedata.category(part) != "Mn" and not _is_control(part):
                    folded.append(part)
                    origin.append(index)
        if not folded:
            return ()
        if len(folded) > LONGEST_WORD:
            return ((UNKNOWN, len(word)),)
        return self._longest_first("".join(folded), origin, len(word))

    def _longest_first(self, letters: str, origin: Sequence[int], length: int) -> tuple[tuple[int, int], ...]:
        ids: list[int] = []
        starts: list[int] = []
        at = 0
        while at < len(letters):
            for end in range(len(letters), at, -1):
                number = self._ids.get(letters[at:end] if at == 0 else "##" + letters[at:end])
                if number is not None:
                    ids.append(number)
                    starts.append(origin[at])
                    at = end
                    break
            else:
                return ((UNKNOWN, length),)
        starts[0] = 0
        ends = [*starts[1:], length]
        return tuple((number, high - low) for number, low, high in zip(ids, starts, ends, strict=True))


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cn", "Co", "Cs") or character in "\0\ufffd"


def _is_cjk(character: str) -> bool:
    code = ord(character)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x2CEAF
        or 0x2F800 <= code <= 0x2FA1F
    )


def _is_punctuation(character: str) -> bool:
    if character.isalnum():
        return False
    if character.isascii():
        return character > " " and character != "\x7f"
    return unicodedata.category(character).startswith("P")


def _words(run: str) -> Iterator[tuple[int, int]]:
    """Yield the words and single marks of a run of characters without white space."""
    if run.isascii():
        yield from (match.span() for match in _ASCII_WORD.finditer(run))
        return
    low = 0
    for at, character in enumerate(run):
        if not (_is_punctuation(character) or _is_cjk(character)):
            continue
        if low < at:
            yield low, at
        yield at, at + 1
        low = at + 1
    if low < len(run):
        yield low, len(run)
