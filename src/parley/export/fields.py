"""A statement as the fields of the codebook's guidelines, and cells that cannot harm the program that opens them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parley.records import Record, Statement

__all__ = ["FIELDS", "cell_text", "fields_of", "legal_xml"]

Value = str | int | float | bool | None | list[str]

FIELDS = (
    "id", "doc", "start", "end", "content", "cue", "speaker", "speaker_text", "voice", "act", "mode", "degree",
    "issues", "stance", "addressee", "via", "quote", "quote_altered", "modifiers", "document", "reader", "rule",
    "confidence",
)  # fmt: skip

# What XML 1.0 (fifth edition, 2.2) does not allow.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fields_of(record: Record) -> Iterator[dict[str, Value]]:
    """Return the statements of *record*, each with all FIELDS in order."""
    names = {document.id: document.name for document in record.documents}
    for statement in record.statements:
        yield _fields(statement, names.get(statement.document, statement.document))


def legal_xml(text: str) -> str:
    """Return *text* with every character that XML cannot hold as U+FFFD."""
    return _ILLEGAL.sub("\ufffd", text)


def cell_text(value: object) -> object:
    """Return a value for one cell: lists as their members with "; " between, truth as yes or no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return value


def _fields(statement: Statement, doc: str) -> dict[str, Value]:
    s = statement
    values: tuple[Value, ...] = (
        s.id, doc, s.span.start, s.span.end, s.content, s.cue, s.speaker, s.speaker_text, s.voice, s.act, s.mode,
        s.degree, list(s.issues), s.stance, s.addressee, list(s.via), s.quote, s.quote_altered, list(s.modifiers),
        s.document, s.reader, s.rule, s.confidence,
    )  # fmt: skip
    return dict(zip(FIELDS, values, strict=True))
