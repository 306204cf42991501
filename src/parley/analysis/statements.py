"""Who said what: every statement as one row, told apart by who speaks."""

from __future__ import annotations

from parley.analysis.index import Index
from parley.analysis.table import Column, Row, Table
from parley.analysis.words import CLASSES
from parley.records import Record

__all__ = ["statements"]

_COLUMNS = (
    Column("id", "Statement"),
    Column("class", "Who speaks"),
    Column("speaker", "Speaker"),
    Column("party", "Speaks for"),
    Column("via", "Through"),
    Column("addressee", "To"),
    Column("cue", "Tied by"),
    Column("act", "Act"),
    Column("mode", "Mode"),
    Column("degree", "Degree"),
    Column("issues", "Issues"),
    Column("stance", "Stance"),
    Column("modifiers", "Modifiers"),
    Column("quote", "Quotation"),
    Column("altered", "Words altered"),
    Column("words", "Verbatim words"),
    Column("outlet", "Outlet"),
    Column("date", "Document date"),
    Column("document", "Document"),
    Column("start", "Start"),
    Column("end", "End"),
    Column("reader", "Read by"),
    Column("rule", "Rule"),
)


def statements(record: Record) -> Table:
    """Return one row a statement, in the record's order: by document, then by place."""
    index = Index.of(record)
    names = {document.id: document.name for document in record.documents}
    outlets = {document.id: document.outlet.value for document in record.documents if document.outlet is not None}
    rows = []
    for statement in record.statements:
        document = statement.document
        rows.append(
            Row(
                {
                    "id": statement.id,
                    "class": CLASSES[statement.voice],
                    "speaker": statement.speaker,
                    "party": index.side(statement.speaker) if statement.voice == "party" else None,
                    "via": statement.via,
                    "addressee": statement.addressee,
                    "cue": statement.cue,
                    "act": statement.act,
                    "mode": statement.mode,
                    "degree": statement.degree,
                    "issues": statement.issues,
                    "stance": statement.stance,
                    "modifiers": statement.modifiers,
                    "quote": statement.quote,
                    "altered": "yes" if index.altered(statement) else "no",
                    "words": statement.content,
                    "outlet": outlets.get(document),
                    "date": index.date(document) or None,
                    "document": names.get(document, document),
                    "start": statement.span.start,
                    "end": statement.span.end,
                    "reader": statement.reader,
                    "rule": statement.rule,
                },
                statements=(statement.id,),
                documents=(document,),
            )
        )
    notes = (
        "Statements are a machine's readings until a person has decided on them.",
        "The date is the document's: a statement may be older than the article that reports it.",
        "Words marked indirect are verbatim of the article, not of the speaker.",
    )
    return Table("statements", "Who said what", _COLUMNS, tuple(rows), notes)
