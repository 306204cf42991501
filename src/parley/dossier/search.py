"""Finding words in articles and statements. What a person types is never query syntax, so it never fails as such."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from parley.dossier.rows import HIT_CLOSE, HIT_OPEN
from parley.records import Span

__all__ = ["Hit", "Kind", "Query", "parse", "search"]

Kind = Literal["text", "statement"]

_MOST_TERMS = 32
_NEAR = 240  # characters within which the words of a hit are shown together
_CONTEXT = 70  # characters of context either side in a snippet
_MARKED = re.compile(f"{HIT_OPEN}([^{HIT_CLOSE}]*){HIT_CLOSE}")


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that were found: ``span`` lies in the document's stored text and ``words`` are what stands there."""

    kind: Kind
    document: str
    name: str  # of the document
    statement: str | None  # the statement's id; None: the hit is in the text
    span: Span
    words: str
    snippet: str  # the words with their context; "…" where it was cut
    more: int = 0  # further places in the same text
    partial: bool = False  # found inside longer words


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked for: words, and phrases that stood in double quotation marks."""

    terms: tuple[str, ...]

    @property
    def fts(self) -> str:
        """The query in the words of FTS5, every term a quoted string."""
        return " ".join('"' + term.replace('"', '""') + '"' for term in self.terms)


def parse(words: str) -> Query:
    """Read *words* as typed: plain words, all of which must be found, and "phrases". Never fails."""
    clean = words.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
    clean = re.sub("[“”„«»]", '"', clean)
    terms: list[str] = []
    for number, part in enumerate(clean.split('"')):
        terms += [" ".join(part.split())] if number % 2 else part.split()
    kept = (term for term in terms if any(c.isalnum() for c in term))
    return Query(tuple(dict.fromkeys(kept))[:_MOST_TERMS])


def search(db: sqlite3.Connection, words: str, *, limit: int, kind: Kind | None = None) -> tuple[Hit, ...]:
    """Return up to *limit* hits, best first; texts and statements take turns unless *kind* asks for one of them."""
    query = parse(words)
    if not query.terms or limit < 1:
        return ()
    texts = _texts(db, query, limit) if kind != "statement" else []
    statements = _statements(db, query, limit) if kind != "text" else []
    if (kind != "statement" and len(texts) < limit) or (kind != "text" and len(statements) < limit):
        parts = list(_in_parts(db, query, limit))
        texts += _new(texts, (_part_hit(*row) for row in parts)) if kind != "statement" else []
        statements += _new(statements, _parts_of_statements(db, query, parts)) if kind != "text" else []
    both = (hit for pair in zip_longest(statements, texts) for hit in pair if hit)
    return tuple(both)[:limit]


def _texts(db: sqlite3.Connection, query: Query, limit: int) -> list[Hit]:
    sql = """
        SELECT d.id, d.name, d.text, highlight(document_fts, 0, ?, ?)
        FROM document_fts JOIN document d ON d.key = document_fts.rowid
        WHERE document_fts MATCH ? ORDER BY rank, document_fts.rowid LIMIT ?
    """
    rows = db.execute(sql, (HIT_OPEN, HIT_CLOSE, query.fts, limit))
    return [_text_hit(key, name, text, list(_marks(marked))) for key, name, text, marked in rows]


def _statements(db: sqlite3.Connection, query: Query, limit: int) -> list[Hit]:
    sql = """
        SELECT d.id, d.name, d.text, s.id, s.start, s."end"
        FROM (
            SELECT statement_fts.rowid AS key, rank AS score FROM statement_fts
            WHERE statement_fts MATCH ? AND (SELECT reading FROM statement WHERE key = statement_fts.rowid)
                IN (SELECT key FROM current_reading)
            ORDER BY rank, statement_fts.rowid LIMIT ?
        ) AS found
        JOIN statement s ON s.key = found.key
        JOIN reading r ON r.key = s.reading
        JOIN document d ON d.key = r.document
        ORDER BY found.score, found.key
    """
    return [_statement_hit(*row) for row in db.execute(sql, (query.fts, limit))]


def _in_parts(db: sqlite3.Connection, query: Query, limit: int) -> Iterator[tuple[str, str, str, list[Span]]]:
    """Return (id, name, text, places) of documents that hold every term, be it inside longer words.

    The index knows three characters and more; shorter terms are looked for in what it finds or, where nothing is
    longer and they are not Latin letters (names of two characters), in every text.
    """
    long = [term for term in query.terms if len(term) >= 3]
    short = [term.casefold() for term in query.terms if len(term) < 3]
    if long:
        rows = db.execute(
            """
            SELECT d.id, d.name, d.text, highlight(document_trigram, 0, ?, ?)
            FROM document_trigram JOIN document d ON d.key = document_trigram.rowid
            WHERE document_trigram MATCH ? ORDER BY rank, document_trigram.rowid LIMIT ?
            """,
            (HIT_OPEN, HIT_CLOSE, Query(tuple(long)).fts, limit),
        )
        for key, name, text, marked in rows:
            if all(term in text.casefold() for term in short):
                yield key, name, text, list(_marks(marked))
    elif not any(term.isascii() for term in short):
        every = " AND ".join("instr(coalesce(search_text, text), ?)" for _ in short)
        sql = f"SELECT id, name, text FROM document WHERE {every} ORDER BY name, id LIMIT ?"  # noqa: S608
        for key, name, text in db.execute(sql, (*query.terms, limit)):
            found = re.finditer("|".join(map(re.escape, query.terms)), text)
            yield key, name, text, [Span(*match.span()) for match in found]


def _part_hit(document: str, name: str, text: str, places: list[Span]) -> Hit:
    return _text_hit(document, name, text, places, partial=True)


def _parts_of_statements(
    db: sqlite3.Connection, query: Query, documents: Iterable[tuple[str, str, str, list[Span]]]
) -> Iterator[Hit]:
    """Return the statements of these documents whose words or speaker hold every term."""
    sql = """
        SELECT s.id, s.start, s."end", s.content || ' ' || s.speaker || ' ' || coalesce(s.speaker_text, '')
        FROM statement s JOIN current_reading r ON r.key = s.reading JOIN document d ON d.key = r.document
        WHERE d.id = ? ORDER BY s.start, s."end", s.id
    """
    terms = [term.casefold() for term in query.terms]
    for key, name, text, _ in documents:
        for statement, start, end, words in db.execute(sql, (key,)):
            if all(term in words.casefold() for term in terms):
                yield _statement_hit(key, name, text, statement, start, end, partial=True)


def _new(known: list[Hit], hits: Iterable[Hit]) -> list[Hit]:
    there = {(hit.document, hit.statement) for hit in known}
    return [hit for hit in hits if (hit.document, hit.statement) not in there]


def _marks(marked: str) -> Iterator[Span]:
    """Return where the marked words stand in the text without its marks."""
    for number, match in enumerate(_MARKED.finditer(marked)):
        start = match.start() - 2 * number
        yield Span(start, start + len(match[1]))


def _text_hit(document: str, name: str, text: str, places: list[Span], *, partial: bool = False) -> Hit:
    span = _densest(text, places)
    more = sum(not span.contains(place) for place in places)
    return Hit("text", document, name, None, span, span.of(text), _snippet(text, span), more, partial)


def _statement_hit(
    document: str, name: str, text: str, statement: str, start: int, end: int, *, partial: bool = False
) -> Hit:
    span = Span(start, end)
    return Hit("statement", document, name, statement, span, span.of(text), _snippet(text, span), 0, partial)


def _densest(text: str, places: list[Span]) -> Span:
    """Return the stretch with the most different words found near each other; of equals, the first."""
    best, most, first = Span(0, 0), 0, 0
    for last, place in enumerate(places):
        while place.end - places[first].start > _NEAR and first < last:
            first += 1
        different = len({places[i].of(text).casefold() for i in range(first, last + 1)})
        if different > most:
            best, most = Span(places[first].start, place.end), different
    return best


def _snippet(text: str, span: Span) -> str:
    start, end = max(0, span.start - _CONTEXT), min(len(text), span.end + _CONTEXT)
    before, after = text[start : span.start], text[span.end : end]
    if start > 0:
        before = "…" + before[before.find(" ") + 1 :]
    if end < len(text):
        after = (after[: after.rfind(" ")] if " " in after else after) + "…"
    return re.sub(r"[\s\0]+", " ", f"{before}{span.of(text)}{after}").strip()
