"""The appendix: each article whole, or the paragraphs around its cited statements where the coverage is large."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set

from parley.analysis.index import Index
from parley.brief.display import day
from parley.brief.passages import WHOLE_LIMIT, Gap, reached, windows
from parley.brief.view import Article, Paragraph
from parley.records import Document, Furniture, Record, Span, Statement

__all__ = ["COVERAGE_LIMIT", "articles", "rule"]

COVERAGE_LIMIT = 3_000_000
"""Characters of coverage up to which every article is included whole."""


def rule(record: Record) -> str:
    """Return in words which parts of the articles the brief includes."""
    size = sum(len(document.text) for document in record.documents)
    if size > COVERAGE_LIMIT:
        return (
            f"The coverage holds {size:,} characters, more than the {COVERAGE_LIMIT:,} up to which articles are "
            "included whole: of each article the paragraphs around the statements cited in this brief are "
            "included, and what is left out is counted in its place. The dossier holds every article whole."
        )
    if any(len(document.text) > WHOLE_LIMIT for document in record.documents):
        return (
            f"Every article is included whole, but of articles over {WHOLE_LIMIT:,} characters only the "
            "paragraphs around coded words; what is left out is counted in its place. The dossier holds all."
        )
    return "Every article is included whole."


def heading(document: Document) -> str:
    """Return the article's title, else its name in the dossier."""
    return document.title.value if document.title is not None else document.name


def articles(record: Record, index: Index, cited: Set[str]) -> tuple[Article, ...]:
    """Return the articles, in the record's order, with what of them is included."""
    whole = sum(len(document.text) for document in record.documents) <= COVERAGE_LIMIT
    by_document: dict[str, list[Statement]] = defaultdict(list)
    for item in record.statements:
        by_document[item.document].append(item)
    furniture: dict[str, list[Furniture]] = defaultdict(list)
    for piece in record.furniture:
        furniture[piece.document].append(piece)
    out = []
    for number, document in enumerate(record.documents, 1):
        found = by_document[document.id]
        if not whole:
            found = [item for item in found if item.id in cited]
        parts = _parts(document, found, furniture[document.id], whole=whole)
        known = (document.outlet, document.author)
        byline = [fact.value for fact in known if fact is not None]
        date = day(index.date(document.id)) or "undated"
        out.append(
            Article(
                number=number,
                document=document,
                heading=heading(document),
                byline=", ".join([*byline, date]),
                altered=document.id in index.altered_documents,
                parts=parts,
            )
        )
    return tuple(out)


def _parts(
    document: Document, found: list[Statement], pieces: list[Furniture], *, whole: bool
) -> tuple[Paragraph | Gap, ...]:
    included = windows(document, found, whole=whole)
    tiles = [part for part in included if isinstance(part, Span)]
    statements: dict[Span, list[Statement]] = defaultdict(list)
    furniture: dict[Span, list[Furniture]] = defaultdict(list)
    for item in found:
        for number in reached(tiles, item.span):
            statements[tiles[number]].append(item)
    for piece in pieces:
        for number in reached(tiles, piece.span):
            furniture[tiles[number]].append(piece)
    return tuple(
        part if isinstance(part, Gap) else Paragraph(part, tuple(statements[part]), tuple(furniture[part]))
        for part in included
    )
