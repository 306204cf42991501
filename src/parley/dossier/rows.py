"""Records as rows and back, nothing lost on the way. Lists are JSON arrays; a record's tuple order is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from parley.records import (
    Actor,
    Anchor,
    Decision,
    Document,
    Fact,
    Furniture,
    Quote,
    Reading,
    Span,
    Stance,
    Statement,
    TimeMention,
    Voice,
)

__all__ = [
    "ACTOR_COLUMNS",
    "FACT_FIELDS",
    "HIT_CLOSE",
    "HIT_OPEN",
    "STATEMENT_COLUMNS",
    "TIME_COLUMNS",
    "Lists",
    "actor_from_row",
    "actor_row",
    "decision_from_row",
    "document_from_row",
    "fact_rows",
    "faults_of",
    "search_text",
    "statement_from_row",
    "statement_row",
    "time_from_row",
    "time_row",
    "to_json",
]

FACT_FIELDS = ("title", "outlet", "author", "date", "language", "genre")
ACTOR_COLUMNS = "name, kind, names, roles, belongs_to, documents"
TIME_COLUMNS = 'start, "end", text, resolved, basis'
STATEMENT_COLUMNS = (
    'id, start, "end", content, speaker, voice, act, rule, anchor_prefix, anchor_suffix, anchor_exact, anchor_start,'
    " anchor_end, speaker_start, speaker_end, speaker_text, cue_start, cue_end, cue, mode, degree, issues, stance,"
    " addressee, via, quote, quote_altered, modifiers, confidence"
)
HIT_OPEN, HIT_CLOSE = "\ufdd0", "\ufdd1"  # noncharacters: they mark hits in what the word search returns
_UNSEARCHABLE = {0: " ", ord(HIT_OPEN): " ", ord(HIT_CLOSE): " "}
Row = Sequence[Any]
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def to_json(values: object) -> str:
    """Return compact JSON, the same for the same values."""
    return _COMPACT.encode(values)


class Lists:
    """JSON arrays as tuples. Few differ, so each is read once and shared."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[str, ...]] = {"[]": ()}

    def __call__(self, text: str) -> tuple[str, ...]:
        """Return the array's strings. Raises ValueError where *text* is not JSON."""
        if (known := self._seen.get(text)) is None:
            known = self._seen[text] = tuple(json.loads(text))
        return known


def search_text(text: str) -> str | None:
    """Return *text* with what the index cannot take as spaces, as long as before; None where it can take all of it."""
    clean = text.translate(_UNSEARCHABLE)
    return None if clean == text else clean


def fact_rows(document: Document) -> list[tuple[str, str, str, str]]:
    """Return (field, value, basis, evidence) of what is known of the document."""
    facts = ((name, cast("Fact | None", getattr(document, name))) for name in FACT_FIELDS)
    return [(name, fact.value, fact.basis, fact.evidence) for name, fact in facts if fact]


def document_from_row(row: Row, facts: dict[str, Fact], lists: Lists) -> Document:
    """Build a document from (id, name, path, format, text, sha256, original_sha256, encoding, notes) and its facts."""
    key, name, path, form, text, sha256, original_sha256, encoding, notes = row
    title, outlet, author, date, language, genre = map(facts.get, FACT_FIELDS)
    return Document(
        key, name, path, form, text, sha256, original_sha256, encoding,
        title, outlet, author, date, language, genre, lists(notes),
    )  # fmt: skip


def statement_row(statement: Statement) -> tuple[Any, ...]:
    """Return the statement's values in the order of STATEMENT_COLUMNS."""
    s, anchor = statement, statement.anchor
    return (
        s.id, s.span.start, s.span.end, s.content, s.speaker, s.voice, s.act, s.rule,
        anchor.prefix, anchor.suffix,
        None if anchor.exact == s.content else anchor.exact,
        None if anchor.start == s.span.start else anchor.start,
        None if anchor.end == s.span.end else anchor.end,
        *_ends(s.speaker_span), s.speaker_text, *_ends(s.cue_span), s.cue, s.mode, s.degree, to_json(s.issues),
        s.stance, s.addressee, to_json(s.via), s.quote, int(s.quote_altered), to_json(s.modifiers), s.confidence,
    )  # fmt: skip


def statement_from_row(row: Row, document: str, reader: str, name: Callable[[str], str], lists: Lists) -> Statement:
    """Build a statement from a row of STATEMENT_COLUMNS; *name* gives the name to use for a name as it was read."""
    (
        key, start, end, content, speaker, voice, act, rule, prefix, suffix, exact, anchor_start, anchor_end,
        speaker_start, speaker_end, speaker_text, cue_start, cue_end, cue, mode, degree, issues, stance,
        addressee, via, quote, altered, modifiers, confidence,
    ) = row  # fmt: skip
    through = lists(via)
    return Statement(
        key,
        document,
        Span(start, end),
        content,
        name(speaker),
        cast(Voice, voice),
        act,
        reader,
        rule,
        Anchor(
            content if exact is None else exact,
            prefix,
            suffix,
            start if anchor_start is None else anchor_start,
            end if anchor_end is None else anchor_end,
        ),
        None if speaker_start is None else Span(speaker_start, speaker_end),
        speaker_text,
        None if cue_start is None else Span(cue_start, cue_end),
        cue,
        mode,
        degree,
        lists(issues),
        cast(Stance, stance),
        None if addressee is None else name(addressee),
        tuple(map(name, through)) if through else through,
        cast(Quote, quote),
        bool(altered),
        lists(modifiers),
        confidence,
    )


def actor_row(actor: Actor) -> tuple[Any, ...]:
    """Return the actor's values in the order of ACTOR_COLUMNS."""
    lists = (to_json(actor.names), to_json(actor.roles))
    return (actor.name, actor.kind, *lists, actor.belongs_to, to_json(actor.documents))


def actor_from_row(row: Row, document: str, lists: Lists) -> Actor:
    """Build an actor from a row of ACTOR_COLUMNS; an actor that names no document is of the one it was read in."""
    name, kind, names, roles, belongs_to, documents = row
    return Actor(name, kind, lists(names), lists(roles), belongs_to, lists(documents) or (document,))


def time_row(time: TimeMention) -> tuple[Any, ...]:
    """Return the mention's values in the order of TIME_COLUMNS."""
    return (time.span.start, time.span.end, time.text, time.resolved, time.basis)


def time_from_row(row: Row, document: str) -> TimeMention:
    """Build a time mention from a row of TIME_COLUMNS."""
    start, end, text, resolved, basis = row
    return TimeMention(document, Span(start, end), text, resolved, basis)


def decision_from_row(row: Row) -> Decision:
    """Build a decision from (number, at, who, kind, subject, detail)."""
    number, at, who, kind, subject, detail = row
    return Decision(number, at, who, kind, subject, json.loads(detail))


def faults_of(document: Document, furniture: Iterable[Furniture], reading: Reading) -> Iterable[str]:
    """Say, a phrase each, what does not hold together in what is to be stored."""
    text, size = document.text, len(document.text)

    def outside(span: Span | None) -> bool:
        return span is not None and not 0 <= span.start <= span.end <= size

    if reading.document != document.id:
        yield f"the reading is of document {reading.document}"
    for piece in furniture:
        if piece.document != document.id or outside(piece.span):
            yield f"furniture at {piece.span.start} lies outside the text"
    ids: set[str] = set()
    for statement in reading.statements:
        if statement.id in ids:
            yield f"statement {statement.id} comes twice"
        ids.add(statement.id)
        if statement.document != document.id:
            yield f"statement {statement.id} is of document {statement.document}"
        if statement.reader != reading.reader:
            yield f"statement {statement.id} is by {statement.reader}, its reading by {reading.reader}"
        yield from (
            f"the {part} of statement {statement.id} does not stand at {span.start}"
            for part, span, words in (
                ("content", statement.span, statement.content),
                ("speaker", statement.speaker_span, statement.speaker_text),
                ("cue", statement.cue_span, statement.cue),
            )
            if span and (outside(span) or (words is not None and span.of(text) != words))
        )
    for time in reading.times:
        if time.document != document.id or outside(time.span) or time.span.of(text) != time.text:
            yield f"the time {time.text!r} does not stand at {time.span.start}"


def _ends(span: Span | None) -> tuple[int | None, int | None]:
    return (span.start, span.end) if span else (None, None)
