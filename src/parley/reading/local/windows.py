"""Windows: runs of whole paragraphs, small enough for the model to see at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parley.reading.local.wordpiece import CLS, SEP, Piece, WordPiece
from parley.reading.sentences import sentences
from parley.records import Span

LENGTH = 256
"""Word pieces in a window, the two marks at its ends included."""


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces that the model sees together; ``ids`` has a mark at each end, so piece *i* stands at ``i + 1``."""

    pieces: tuple[Piece, ...]

    @property
    def ids(self) -> list[int]:
        """Ids of the pieces between the two end marks."""
        return [CLS, *(piece.id for piece in self.pieces), SEP]


def windows(text: str, kept: Sequence[Span], vocabulary: WordPiece) -> Iterator[Window]:
    """Yield the windows of the paragraphs *kept*: cut at a paragraph's end, else a sentence's, else anywhere."""
    room = LENGTH - 2
    held: list[Piece] = []
    for paragraph in kept:
        pieces = vocabulary.pieces(text, paragraph.start, paragraph.end)
        if len(held) + len(pieces) <= room:
            held += pieces
            continue
        if held:
            yield Window(tuple(held))
        held = pieces
        if len(pieces) > room:
            *full, held = _parts(text, paragraph, vocabulary, room)
            yield from (Window(tuple(part)) for part in full)
    if held:
        yield Window(tuple(held))


def _parts(text: str, paragraph: Span, vocabulary: WordPiece, room: int) -> list[list[Piece]]:
    parts: list[list[Piece]] = [[]]
    for sentence in sentences(text, paragraph):
        pieces = vocabulary.pieces(text, sentence.start, sentence.end)
        if len(parts[-1]) + len(pieces) > room and parts[-1]:
            parts.append([])
        while len(pieces) > room:
            parts[-1] = pieces[:room]
            parts.append([])
            pieces = pieces[room:]
        parts[-1] += pieces
    return parts
