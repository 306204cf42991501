"""Gaps: what was skipped, refused, unresolved, undated or unread. Nothing that could not be read is hidden."""

from __future__ import annotations

from parley.analysis.defects import find_defects
from parley.analysis.index import Index
from parley.analysis.table import Column, Row, Table
from parley.records import UNRESOLVED, Record

__all__ = ["KINDS", "gaps"]

KINDS = (
    "refused",
    "skipped",
    "document without date",
    "unread",
    "speaker not resolved",
    "no issue coded",
    "time not resolved",
    "text defect",
)

_COLUMNS = (
    Column("kind", "Kind"),
    Column("where", "Where"),
    Column("what", "What"),
    Column("words", "Verbatim words"),
)


def gaps(record: Record) -> Table:
    """Return one row for each thing that the program could not read or resolve, in the order of KINDS."""
    index = Index.of(record)

    def name(document: str) -> str:
        found = index.documents.get(document)
        return found.name if found is not None else document

    rows = [
        Row({"kind": item.kind, "where": item.path, "what": item.reason, "words": None}) for item in record.refusals
    ]
    for document in record.documents:
        if document.date is None:
            cells = {"kind": "document without date", "where": document.name, "words": None}
            what = "relative days stay unresolved and its statements are not ordered in time; give --date or a sidecar"
            rows.append(Row({**cells, "what": what}, documents=(document.id,)))
    for key, sentence in record.unread:
        rows.append(Row({"kind": "unread", "where": name(key), "what": sentence, "words": None}, documents=(key,)))
    for item in record.statements:
        if item.issues and item.speaker != UNRESOLVED:
            continue
        where = {"where": name(item.document), "words": item.content}
        if item.speaker == UNRESOLVED:
            said = f"“{item.speaker_text}” names no one that a rule could resolve" if item.speaker_text else "no name"
            cells = {"kind": "speaker not resolved", "what": said, **where}
            rows.append(Row(cells, statements=(item.id,), documents=(item.document,)))
        if not item.issues:
            cells = {"kind": "no issue coded", "what": "no issue of the codebook was found in the words", **where}
            rows.append(Row(cells, statements=(item.id,), documents=(item.document,)))
    for mention in record.times:
        if mention.resolved is None:
            where = {"where": name(mention.document), "words": mention.text}
            rows.append(
                Row({"kind": "time not resolved", "what": mention.basis, **where}, documents=(mention.document,))
            )
    for document in record.documents:
        for span, what in find_defects(document.text):
            inside = [item.id for item in index.by_document.get(document.id, ()) if item.span.overlaps(span)]
            defect = {"kind": "text defect", "where": document.name, "what": what, "words": span.of(document.text)}
            rows.append(Row(defect, statements=tuple(inside), documents=(document.id,)))
    rows.sort(key=lambda row: KINDS.index(str(row.cells["kind"])))
    notes = (
        "What no rule noticed at all cannot be listed here: a passage without a statement may still hold one.",
        "A text defect is the document's own: quoted words keep it, and [sic] is for whoever publishes them.",
        "Furniture (advertising, captions, share lines) is left unread by design; each piece is shown in its article.",
    )
    return Table("gaps", "Skipped, refused, unresolved", _COLUMNS, tuple(rows), notes)
