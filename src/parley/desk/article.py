"""An article's words as HTML: coded spans marked, furniture greyed, controls written out. Text is only ever text.

Every run of words carries in ``data-o`` the code point of the document at which it begins, so that a selection in the
browser can be told in the document's own offsets. Line ends stand outside the runs: a browser changes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from parley.brief.display import printable
from parley.brief.passages import paragraphs
from parley.desk.state import Snapshot
from parley.dossier.review import Reviews
from parley.records import Document, Span, Statement

__all__ = ["PAGE", "Piece", "card_passage", "card_window", "document_passage", "page_window", "passage"]

WHOLE = 40_000
"""Articles of up to so many characters stand whole beside a card; of longer ones the words around the statement."""
AROUND = 8_000
PAGE = 60_000
"""Characters of an article on one page."""

_LINE = re.compile(r"\r\n|\r|\n")
_SEAM = 600  # characters within which a window's edge moves to the end of a line


@dataclass(frozen=True, slots=True)
class Piece:
    """A span to mark: its classes, and what to do with it in the page."""

    span: Span
    classes: str
    statement: str = ""  # the innermost statement's id becomes the link
    label: str = ""  # what furniture it is


def card_window(text: str, span: Span) -> Span:
    """Return what of an article to show beside a statement: all of it, or its surroundings."""
    if len(text) <= WHOLE:
        return Span(0, len(text))
    return Span(_seam(text, max(0, span.start - AROUND), -1), _seam(text, min(len(text), span.end + AROUND), 1))


def page_window(text: str, at: int) -> Span:
    """Return the page of a long article that holds the character *at*."""
    start = max(0, min(at, len(text) - 1)) // PAGE * PAGE
    return Span(start, min(len(text), start + PAGE))


def card_passage(snapshot: Snapshot, statement: Statement, *, bare: bool = False) -> tuple[Markup, Span]:
    """Return the article around a statement with its words marked, and what of it is shown.

    Speaker and cue are marked too, unless *bare*: on a blind card they would tell what the machine found.
    """
    document = snapshot.documents[statement.document]
    window = card_window(document.text, statement.span)
    pieces = [Piece(statement.span, "now" if bare else f"now {statement.voice}")]
    if statement.speaker_span is not None and not bare:
        pieces.append(Piece(statement.speaker_span, "speaker"))
    if statement.cue_span is not None and not bare:
        pieces.append(Piece(statement.cue_span, "cue"))
    return passage(document, window, [*_furniture(snapshot, document), *pieces]), window


def document_passage(
    snapshot: Snapshot,
    document: Document,
    reviews: Reviews,
    window: Span,
    *,
    at: int | None = None,
    to: int | None = None,
) -> Markup:
    """Return a page of an article with every statement marked by voice and by what people decided.

    *at* and *to* mark the words that somebody came for; without *to*, the statement that begins at *at*.
    """
    pieces = [
        Piece(item.span, f"{item.voice} {reviews.mark(item.id).status}", item.id)
        for item in snapshot.by_document.get(document.id, ())
    ]
    if at is not None:
        end = to if to is not None and to > at else max((p.span.end for p in pieces if p.span.start == at), default=at)
        pieces.append(Piece(Span(at, min(end, len(document.text))), "here"))
    return passage(document, window, [*_furniture(snapshot, document), *pieces])


def passage(document: Document, window: Span, pieces: Iterable[Piece]) -> Markup:
    """Return the words in *window*, in paragraphs, with the *pieces* marked. Pieces may nest and cross."""
    text = document.text
    inside = sorted((p for p in pieces if p.span.overlaps(window)), key=lambda p: (p.span.start, -p.span.end))
    tiles = [Span(window.start + t.start, window.start + t.end) for t in paragraphs(text[window.start : window.end])]
    ends = {place for p in inside for place in (p.span.start, p.span.end) if window.start < place < window.end}
    out: list[str] = []
    waiting = list(reversed(inside))
    open_: list[Piece] = []
    cuts = sorted(ends)
    done = 0
    for tile in tiles:
        out.append('<p dir="auto">')
        at = tile.start
        while at < tile.end:
            while done < len(cuts) and cuts[done] <= at:
                done += 1
            to = min(tile.end, cuts[done] if done < len(cuts) else tile.end)
            open_ = [p for p in open_ if p.span.end > at]
            while waiting and waiting[-1].span.start <= at:
                open_.append(waiting.pop())
            open_ = [p for p in open_ if p.span.end > at]
            out += _run(text[at:to], at, open_)
            at = to
        out.append("</p>\n")
    return Markup("".join(out))  # noqa: S704 - every piece of article text went through escape


def _furniture(snapshot: Snapshot, document: Document) -> Iterator[Piece]:
    for item in snapshot.furniture.get(document.id, ()):
        yield Piece(item.span, "furniture", label=item.reason)


def _run(words: str, at: int, pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield one run of words under the same pieces, cut at line ends and controls."""
    start, end = _tags(pieces)
    place = 0
    for match in _LINE.finditer(words):
        yield from _line(words[place : match.start()], at + place, start, end)
        yield "\n"
        place = match.end()
    yield from _line(words[place:], at + place, start, end)


def _line(words: str, at: int, start: str, end: str) -> Iterator[str]:
    if not words:
        return
    yield start
    if printable(words) == words:
        yield f'<span data-o="{at}">{escape(words)}</span>'
    else:
        plain = 0
        for number, sign in enumerate(words):
            shown = printable(sign)
            if shown != sign:
                if plain < number:
                    yield f'<span data-o="{at + plain}">{escape(words[plain:number])}</span>'
                yield f'<span class="control" data-o="{at + number}" data-one="">{escape(shown)}</span>'
                plain = number + 1
        if plain < len(words):
            yield f'<span data-o="{at + plain}">{escape(words[plain:])}</span>'
    yield end


def _tags(pieces: Sequence[Piece]) -> tuple[str, str]:
    """Return what opens and closes a run under these pieces; the innermost statement is the one it leads to."""
    if not pieces:
        return "", ""
    names = " ".join(dict.fromkeys(" ".join(piece.classes for piece in pieces).split()))
    keys = [piece.statement for piece in pieces if piece.statement]
    labels = [piece.label for piece in pieces if piece.label]
    title = f' title="{escape(labels[-1])}"' if labels else ""
    if keys:
        inner = escape(keys[-1])
        return f'<a class="m {escape(names)}" href="/s/{inner}" data-s="{inner}"{title}>', "</a>"
    if set(names.split()) <= {"furniture"}:
        return f'<span class="furniture"{title}>', "</span>"
    return f'<mark class="{escape(names)}"{title}>', "</mark>"


def _seam(text: str, at: int, step: int) -> int:
    """Move a window's edge outwards to the end of a line, where there is one near."""
    if step < 0:
        found = text.rfind("\n", max(0, at - _SEAM), at)
        return found + 1 if found >= 0 else at
    found = text.find("\n", at, at + _SEAM)
    return found + 1 if found >= 0 else at
