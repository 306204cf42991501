"""Finding words in articles and statements. What a person types is never query syntax, so it never fails as such."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
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
_RANKED = 10_000  # more matches than this come in the order in which they were stored: ranking reads every one
_RANKED_PARTS = 1_000  # the same for words inside longer ones, where it takes four times as long and tells less
_LONG = 200_000  # characters of a text above which hits are placed by their spelling
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
    """Return up to *limit* hits, best first; texts and statements take turns unless *kind* asks for one of them.

    Words as they stand come first. Where they do not fill the limit, longer words that hold them follow.
    """
    query = parse(words)
    if not query.terms or limit < 1:
        return ()
    look = _Look(db, query, limit)
    texts = look.texts() if kind != "statement" else []
    statements = look.statements() if kind != "text" else []
    more_texts = kind != "statement" and len(texts) < limit
    if more_texts or (kind != "text" and len(statements) < limit):
        parts = look.parts()
        if more_texts:
            texts += _new(texts, parts)
        if kind != "text":
            statements += _new(statements, look.parts_of_statements(part.document for part in parts))
    both = [found for pair in zip_longest(statements, texts) for found in pair if found]
    return tuple(look.hit(found) for found in both[:limit])


@dataclass(frozen=True, slots=True)
class _Article:
    key: int
    id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A text or a statement that answers the query. Its words are looked up only if it is shown."""

    document: int  # its key
    statement: str | None = None
    span: Span | None = None  # of the statement
    index: str = ""  # that found the text; "" where none did
    query: Query | None = None  # what that index was asked
    partial: bool = False


class _Look:
    """One search: the query, and the articles that it has met so far."""

    def __init__(self, db: sqlite3.Connection, query: Query, limit: int) -> None:
        self._db, self._query, self._limit = db, query, limit
        self._articles: dict[int, _Article] = {}
        self._readings: dict[int, int | None] = {}

    def texts(self) -> list[_Found]:
        """Return the articles that hold every term as a word."""
        found = self._db.execute(*self._match("document_fts", self._query.fts, self._limit))
        return [_Found(key, index="document_fts", query=self._query) for (key,) in found]

    def statements(self) -> list[_Found]:
        """Return the statements of the current readings that hold every term as a word, the speaker's name included."""
        sql = 'SELECT r.document, r.key, s.id, s.start, s."end" FROM statement s JOIN reading r ON r.key = s.reading'
        out: list[_Found] = []
        for (key,) in self._db.execute(*self._match("statement_fts", self._query.fts)):
            document, reading, statement, *place = self._db.execute(f"{sql} WHERE s.key = ?", (key,)).fetchone()
            if self._reading(document) == reading:
                out.append(_Found(document, statement, Span(*place)))
                if len(out) == self._limit:
                    break
        return out

    def parts(self) -> list[_Found]:
        """Return the articles that hold every term, be it inside longer words.

        The index knows three characters and more. Shorter terms are looked for in what it finds or, where nothing is
        longer and they are not Latin letters (names of two characters), in every text.
        """
        long = Query(tuple(term for term in self._query.terms if len(term) >= 3))
        short = [term for term in self._query.terms if len(term) < 3]
        if long.terms:
            found = self._db.execute(*self._match("document_trigram", long.fts, self._limit)).fetchall()
            keys = [key for (key,) in found if not short or self._holds(key, short)]
            return [_Found(key, index="document_trigram", query=long, partial=True) for key in keys]
        if any(term.isascii() for term in short):
            return []
        every = " AND ".join("instr(coalesce(search_text, text), ?)" for _ in short)
        sql = f"SELECT key FROM document WHERE {every} ORDER BY name, id LIMIT ?"  # noqa: S608
        return [_Found(key, partial=True) for (key,) in self._db.execute(sql, (*short, self._limit))]

    def parts_of_statements(self, documents: Iterable[int]) -> Iterator[_Found]:
        """Return the statements of these articles whose words or speaker hold every term."""
        sql = (
            'SELECT id, start, "end", content, speaker, coalesce(speaker_text, speaker) FROM statement'
            ' WHERE reading = ? ORDER BY start, "end", id'
        )
        terms = [term.casefold() for term in self._query.terms]
        for key in documents:
            for statement, *place, content, speaker, named in self._db.execute(sql, (self._reading(key),)):
                words = f"{content} {speaker} {named}".casefold()
                if all(term in words for term in terms):
                    yield _Found(key, statement, Span(*place), partial=True)

    def hit(self, found: _Found) -> Hit:
        """Return what was found with its words in their context."""
        article = self._article(found.document)
        kind: Kind = "statement" if found.span is not None else "text"
        places = [] if found.span is not None else self._places(article, found)
        span = found.span or _densest(article.text, places)
        more = sum(not span.contains(place) for place in places)
        words, snippet = span.of(article.text), _snippet(article.text, span)
        return Hit(kind, article.id, article.name, found.statement, span, words, snippet, more, found.partial)

    def _match(self, table: str, fts: str, limit: int = -1) -> tuple[str, tuple[str | int, ...]]:
        """Return SQL and values for the rows of an index that match, the best first where they are not too many."""
        most = _RANKED_PARTS if table == "document_trigram" else _RANKED
        count = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT {most + 1})"  # noqa: S608
        (matches,) = self._db.execute(count, (fts,)).fetchone()
        order = "rank, rowid" if matches <= most else "rowid"
        return f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY {order} LIMIT ?", (fts, limit)  # noqa: S608

    def _places(self, article: _Article, found: _Found) -> list[Span]:
        """Return where the terms stand in an article that was found."""
        text = article.text
        if found.query is None:
            either = re.finditer("|".join(map(re.escape, self._query.terms)), text)
            return [Span(*match.span()) for match in either]
        # highlight() copies the text once a mark: minutes for a book.
        whole = found.index == "document_fts"
        places = list(_spelt(text, found.query, whole=whole)) if len(text) > _LONG else []
        if places:
            return places
        marked = f"highlight({found.index}, 0, '{HIT_OPEN}', '{HIT_CLOSE}')"
        sql = f"SELECT {marked} FROM {found.index} WHERE {found.index} MATCH ? AND rowid = ?"  # noqa: S608
        return list(_marks(self._db.execute(sql, (found.query.fts, article.key)).fetchone()[0]))

    def _holds(self, key: int, short: Iterable[str]) -> bool:
        text = self._article(key).text.casefold()
        return all(term.casefold() in text for term in short)

    def _reading(self, document: int) -> int | None:
        """Return the key of the reading of a document that counts."""
        if document not in self._readings:
            row = self._db.execute("SELECT key FROM current_reading WHERE document = ?", (document,)).fetchone()
            self._readings[document] = row[0] if row else None
        return self._readings[document]

    def _article(self, key: int) -> _Article:
        if key not in self._articles:
            row = self._db.execute("SELECT key, id, name, text FROM document WHERE key = ?", (key,)).fetchone()
            self._articles[key] = _Article(*row)
        return self._articles[key]


def _new(known: list[_Found], found: Iterable[_Found]) -> list[_Found]:
    there = {(item.document, item.statement) for item in known}
    return [item for item in found if (item.document, item.statement) not in there]


def _spelt(text: str, query: Query, *, whole: bool) -> Iterator[Span]:
    """Return where the terms stand in *text* as they are spelt, case apart; *whole*: as words of their own."""
    terms = (
        r"\W+".join(map(re.escape, re.findall(r"\w+", term))) if whole else re.escape(term) for term in query.terms
    )
    either = "|".join(terms)
    for match in re.finditer(rf"(?<!\w)(?:{either})(?!\w)" if whole else either, text, re.IGNORECASE):
        yield Span(*match.span())


def _marks(marked: str) -> Iterator[Span]:
    """Return where the marked words stand in the text without its marks."""
    for number, match in enumerate(_MARKED.finditer(marked)):
        start = match.start() - 2 * number
        yield Span(start, start + len(match[1]))


def _densest(text: str, places: list[Span]) -> Span:
    """Return the stretch with the most different words found near each other; of equals, the first."""
    words = [place.of(text).casefold() for place in places]
    held: Counter[str] = Counter()
    best, most, first, every = Span(0, 0), 0, 0, len(set(words))
    for last, place in enumerate(places):
        held[words[last]] += 1
        while place.end - places[first].start > _NEAR and first < last:
            held[words[first]] -= 1
            if not held[words[first]]:
                del held[words[first]]
            first += 1
        if len(held) > most:
            best, most = Span(places[first].start, place.end), len(held)
            if most == every:
                break
    return best


def _snippet(text: str, span: Span) -> str:
    start, end = max(0, span.start - _CONTEXT), min(len(text), span.end + _CONTEXT)
    before, after = text[start : span.start], text[span.end : end]
    if start > 0:
        before = "…" + before[before.find(" ") + 1 :]
    if end < len(text):
        after = (after[: after.rfind(" ")] if " " in after else after) + "…"
    return re.sub(r"[\s\0]+", " ", f"{before}{span.of(text)}{after}").strip()
