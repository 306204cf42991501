"""Sources: every document with what is known of it, how it is known, where it comes from, and what it counts for."""

from __future__ import annotations

from collections import Counter, defaultdict

from parley.analysis.index import Index
from parley.analysis.table import Cell, Column, Row, Table
from parley.records import Derivation, Fact, Furniture, Record

__all__ = ["FACTS", "documents", "sources"]

FACTS = ("title", "outlet", "author", "date", "language", "genre")

_COLUMNS = (
    Column("number", "No"),
    Column("name", "Document"),
    *(
        column
        for key in FACTS
        for column in (Column(key, key.capitalize()), Column(f"{key}_how", f"{key.capitalize()}: how known"))
    ),
    Column("derivation", "Derivation"),
    Column("telling_words", "Telling words"),
    Column("altered", "Quotations altered"),
    Column("group", "Origin group"),
    Column("group_documents", "Shares an origin with"),
    Column("group_because", "Because"),
    Column("statements", "Statements"),
    Column("furniture", "Furniture"),
    Column("notes", "Notes"),
)

_INVENTORY = (
    Column("number", "No"),
    Column("name", "Document"),
    Column("id", "Id"),
    Column("path", "Came from"),
    Column("format", "Format"),
    Column("encoding", "Encoding"),
    Column("characters", "Characters"),
    Column("date", "Date"),
    Column("statements", "Statements"),
    Column("sha256", "SHA-256 of the text"),
    Column("original_sha256", "SHA-256 of the file"),
    Column("notes", "Notes"),
)


def documents(record: Record) -> Table:
    """Return the inventory: one row a document, with its hashes, so that anyone can check the text."""
    counts = Counter(statement.document for statement in record.statements)
    rows = [
        Row(
            {
                "number": number,
                "name": item.name,
                "id": item.id,
                "path": item.path,
                "format": item.format,
                "encoding": item.encoding,
                "characters": len(item.text),
                "date": item.date.value if item.date is not None else None,
                "statements": counts[item.id],
                "sha256": item.sha256,
                "original_sha256": item.original_sha256,
                "notes": item.notes,
            },
            documents=(item.id,),
        )
        for number, item in enumerate(record.documents, 1)
    ]
    notes = ("Skipped and refused inputs are no documents; see gaps.",)
    return Table("documents", "Documents", _INVENTORY, tuple(rows), notes)


def sources(record: Record) -> Table:
    """Return one row a document: its facts with their basis, derivation with the telling words, and origin group."""
    index = Index.of(record)
    counts = Counter(statement.document for statement in record.statements)
    derivations: dict[str, list[Derivation]] = defaultdict(list)
    for item in record.derivations:
        derivations[item.document].append(item)
    furniture: dict[str, list[Furniture]] = defaultdict(list)
    for piece in record.furniture:
        furniture[piece.document].append(piece)
    groups = {document: group for group in record.groups for document in group.documents}
    rows = []
    for number, document in enumerate(record.documents, 1):
        cells: dict[str, Cell] = {"number": number, "name": document.name}
        for key in FACTS:
            fact: Fact | None = getattr(document, key)
            cells[key] = fact.value if fact is not None else None
            cells[f"{key}_how"] = fact.basis if fact is not None else "not known"
        group = groups.get(document.id)
        others = [key for key in group.documents if key != document.id] if group is not None else []
        cells |= {
            "derivation": tuple(_derivation(index, item) for item in derivations[document.id]),
            "telling_words": tuple(words for item in derivations[document.id] for words in _telling(index, item)),
            "altered": "yes" if document.id in index.altered_documents else "no",
            "group": group.id if group is not None else document.id,
            "group_documents": tuple(index.documents[key].name for key in others if key in index.documents),
            "group_because": group.because if group is not None else "no lineage computed",
            "statements": counts[document.id],
            "furniture": tuple(f"{reason} ({count})" for reason, count in _reasons(furniture[document.id])),
            "notes": document.notes,
        }
        rows.append(Row(cells, documents=(document.id,)))
    notes = (
        "Counts of sources everywhere are counts of independent origin groups, never of articles.",
        "A document that stands alone may still rest on a readout or wire that the coverage does not hold.",
        "Not known means that neither the text nor the user says it.",
    )
    return Table("sources", "Sources", _COLUMNS, tuple(rows), notes)


def _reasons(pieces: list[Furniture]) -> list[tuple[str, int]]:
    return sorted(Counter(piece.reason for piece in pieces).items())


def _derivation(index: Index, item: Derivation) -> str:
    origin = index.documents.get(item.of_document) if item.of_document else None
    of = item.source or (origin.name if origin is not None else "an origin that is not named")
    return f"{item.kind} of {of}"


def _telling(index: Index, item: Derivation) -> list[str]:
    out = []
    for evidence in item.evidence:
        document = index.documents.get(evidence.document)
        if document is not None:
            out.append(evidence.span.of(document.text))
    return out
