"""The dossiers that the checklist is asked of: the seeds as a reader reads them, or with statements coded by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import parley
from parley.analysis import TABLES, Table
from parley.lineage import trace
from parley.reading import Reader, reader_named
from parley.reading.statements import anchor, statement_id
from parley.records import AUTHOR, Actor, Document, Furniture, Quote, Reading, Record, Span, Stance, Statement, Voice
from parley.sources import Given, find_furniture, load

DAYS = {"S0": "2025-03-24", "S1": "2025-03-18", "S2": "2025-03-20", "S3": "2025-03-20", "S4": "2025-03-19"}
"""The anchor that an analyst gives: on which day each article appeared. None of the seeds says."""

_DEGREES = (
    ("in_principle", re.compile(r"\bin principle\b", re.I)),
    ("procedural", re.compile(r"\b(?:talks?|negotiations?|discuss\w*)\b", re.I)),
    ("willing", re.compile(r"\b(?:ready|willing|prepared) to\b", re.I)),
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One dossier of the seeds, with its tables and the lines of its documents."""

    record: Record
    undated: Record  # the same without the analyst's days

    @cached_property
    def _tables(self) -> dict[str, Table]:
        return {}

    def table(self, name: str) -> Table:
        """Return a table of the dossier, worked out once."""
        if name not in self._tables:
            self._tables[name] = TABLES[name](self.record)
        return self._tables[name]

    @cached_property
    def lines(self) -> Mapping[str, tuple[str, int]]:
        """Map the id of every statement to its seed and the line on which it starts."""
        documents = {document.id: document for document in self.record.documents}
        out = {}
        for item in self.record.statements:
            text = documents[item.document].text
            out[item.id] = (self.seed(item.document), text.count("\n", 0, item.span.start) + 1)
        return out

    def seed(self, document: str) -> str:
        """Return S0 to S4 for a document's id."""
        return next(f"S{int(item.name[:3])}" for item in self.record.documents if item.id == document)

    def document(self, seed: str) -> Document:
        """Return the document of a seed, S0 to S4."""
        return next(item for item in self.record.documents if int(item.name[:3]) == int(seed[1]))

    def furniture(self, seed: str, line: int) -> tuple[str, ...]:
        """Return the reasons for which a line of a seed is furniture, wholly or in part."""
        document = self.document(seed)
        start, end = line_span(document.text, line)
        pieces = [item for item in self.record.furniture if item.document == document.id]
        return tuple(item.reason for item in pieces if item.span.start < end and start < item.span.end)

    def statements_on(self, seed: str, line: int) -> list[Statement]:
        """Return the statements that start on a line of a seed."""
        return [item for item in self.record.statements if self.lines[item.id] == (seed, line)]


def line_span(text: str, line: int) -> tuple[int, int]:
    """Return where a line, counted from 1, starts and ends."""
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    end = text.find("\n", start)
    return start, len(text) if end < 0 else end


def read_case(shared: Path, reader: str, *, dated: bool = True) -> Case:
    """Return what *reader* makes of the seeds as they came, without and, if *dated*, with the analyst's days."""
    undated = parley.read(shared / "seeds", reader=reader, workers=1).record()
    if not dated:
        return Case(undated, undated)
    dossier = None
    for path in sorted((shared / "seeds").glob("*.txt")):
        dossier = parley.read(path, dossier=dossier, reader=reader, given=_given(path), workers=1)
    return Case(dossier.record() if dossier is not None else undated, undated)


def coded_case(shared: Path, reader: str, *, dated: bool = True) -> Case:
    """Return the dossier in which statements coded by hand stand in for those of *reader*.

    Documents, furniture, lineage, dates and the actors' names and roles are the program's own. The hand-coded record
    holds no degree of consent; three plain words tell it (see _DEGREES).
    """
    coded: dict[str, list[dict[str, Any]]] = {}
    for line in (shared / "corpus/seeds.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        coded.setdefault(item["doc"], []).append(item)
    undated = _coded_record(shared, reader, coded, dated=False)
    return Case(_coded_record(shared, reader, coded, dated=True) if dated else undated, undated)


def _coded_record(
    shared: Path, reader: str, coded: Mapping[str, Sequence[Mapping[str, Any]]], *, dated: bool
) -> Record:
    documents: list[Document] = []
    pieces: dict[str, tuple[Furniture, ...]] = {}
    with parley.Dossier.open() as dossier:
        for path in sorted((shared / "seeds").glob("*.txt")):
            (document,) = load([path], given=_given(path) if dated else Given())
            if not isinstance(document, Document):
                raise SystemExit(f"{path} cannot be read: {document.reason}")
            pieces[document.id] = find_furniture(document)
            documents.append(document)
            reading = _reading(document, pieces[document.id], coded[document.name], reader_named(reader))
            dossier.add(document, pieces[document.id], reading)
        traced = trace(documents, pieces)
        dossier.set_lineage(traced.derivations, traced.groups)
        return dossier.record()


def _given(path: Path) -> Given:
    return Given(date=DAYS[f"S{int(path.name[:3])}"])


def _reading(
    document: Document, furniture: Sequence[Furniture], coded: Sequence[Mapping[str, Any]], reader: Reader
) -> Reading:
    own = reader.read(document, [piece.span for piece in furniture])
    statements = tuple(_statements(document, coded))
    known = {name for actor in own.actors for name in (actor.name, *actor.names)}
    said = {item.speaker for item in statements} | {item.addressee for item in statements if item.addressee}
    more = [Actor(name, "unknown", documents=(document.id,)) for name in sorted(said - known - {AUTHOR})]
    return Reading(document.id, "hand 1", statements, (*own.actors, *more), own.times)


def _statements(document: Document, coded: Sequence[Mapping[str, Any]]) -> Iterator[Statement]:
    seen: dict[tuple[int, str | None, str], int] = {}
    for item in coded:
        text = document.text
        start = text.index(item["content"])
        span = Span(start, start + len(item["content"]))
        key = (start, item["speaker_text"], item["act"])
        ordinal = seen[key] = seen.get(key, -1) + 1
        cue, speaker = _near(text, item["cue"], span), _near(text, item["speaker_text"], span)
        yield Statement(
            id=statement_id(document.id, span, item["speaker_text"], item["act"], ordinal),
            document=document.id,
            span=span,
            content=item["content"],
            speaker=item["speaker"],
            voice=cast(Voice, item["voice"]),
            act=item["act"],
            reader="hand 1",
            rule="coded by hand",
            anchor=anchor(text, span),
            speaker_span=speaker,
            speaker_text=item["speaker_text"] if speaker else None,
            cue_span=cue,
            cue=item["cue"] if cue else None,
            mode=item["mode"],
            degree=_degree(item) if item["act"] == "ACCEPT" else None,
            issues=tuple(item["issues"]),
            stance=cast(Stance, item["stance"]),
            addressee=item["addressee"],
            via=tuple(item["via"]),
            quote=cast(Quote, item["quote"]),
            modifiers=tuple(item["modifiers"]),
        )


def _near(text: str, words: str | None, span: Span) -> Span | None:
    """Return the place of *words* nearest to *span*, or None."""
    if not words:
        return None
    starts = [hit.start() for hit in re.finditer(re.escape(words), text)]
    if not starts:
        return None
    start = min(starts, key=lambda at: (max(at - span.end, span.start - at - len(words), 0), at))
    return Span(start, start + len(words))


def _degree(item: Mapping[str, Any]) -> str:
    """Return how far a consent goes by its own words: the hand-coded record does not say."""
    words = f"{item['cue'] or ''} {item['content']}"
    return next((degree for degree, pattern in _DEGREES if pattern.search(words)), "full")
