"""Sources: every document with what is known of it, how it is known, where it comes from, and what it counts for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

from parley.analysis.described import described
from parley.analysis.index import Index
from parley.analysis.table import Cell, Column, Row, Table
from parley.dossier.grading import CREDIBILITY, RELIABILITY, grades
from parley.records import AUTHOR, Decision, Derivation, Document, Fact, Furniture, Record

__all__ = ["FACTS", "documents", "sources"]

FACTS = ("title", "outlet", "author", "date", "language", "genre")

_SAME_DAYS = 3  # days apart that documents may be to pass on one account
_FEWEST = 10  # statements below which they say nothing of a genre
_MOSTLY = 0.55  # share of judgements in the article's own voice above which it is opinion
_MOST_SHARED = 8  # documents named beside one
_SHORT = 600  # characters: shorter texts are readouts and notes, which may end anyhow

_COLUMNS = (
    Column("number", "No"),
    Column("name", "Document"),
    *(
        column
        for key in FACTS
        for column in (Column(key, key.capitalize()), Column(f"{key}_how", f"{key.capitalize()}: how known"))
    ),
    Column("author_described", "Author: described as"),
    Column("complete", "Whether all of it"),
    Column("grade", "Graded by a person"),
    Column("grade_by", "Graded by"),
    Column("grade_because", "Grade: because"),
    Column("derivation", "Derivation"),
    Column("telling_words", "Telling words"),
    Column("altered", "Quotations altered"),
    Column("group", "Origin group"),
    Column("group_documents", "Shares an origin with"),
    Column("group_because", "Because"),
    Column("rests_on", "Rests on"),
    Column("shares_accounts_with", "Shares accounts with"),
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
    resting = rests_on(index)
    sharing = _sharing(index, resting)
    graded = grades(record.decisions)
    rows = []
    for number, document in enumerate(record.documents, 1):
        cells: dict[str, Cell] = {"number": number, "name": document.name}
        for key in FACTS:
            fact: Fact | None = getattr(document, key)
            cells[key] = fact.value if fact is not None else None
            cells[f"{key}_how"] = fact.basis if fact is not None else "not known"
        if document.genre is None and (genre := _by_statements(index, document)) is not None:
            cells["genre"], cells["genre_how"] = genre
        author = document.author.value if document.author is not None else None
        cells["author_described"] = described(index, author, (document.id,)) if author else ()
        cells |= _grade(graded.get(document.id))
        cells["complete"] = _complete(document, furniture[document.id])
        group = groups.get(document.id)
        others = [key for key in group.documents if key != document.id] if group is not None else []
        cells |= {
            "derivation": tuple(_derivation(index, item) for item in derivations[document.id]),
            "telling_words": tuple(words for item in derivations[document.id] for words in _telling(index, item)),
            "altered": "yes" if document.id in index.altered_documents else "no",
            "group": group.id if group is not None else document.id,
            "group_documents": tuple(index.documents[key].name for key in others if key in index.documents),
            "group_because": group.because if group is not None else "no lineage computed",
            "rests_on": tuple(
                f"{name} ({count})" for name, count in resting.get(document.id, Counter()).most_common(6)
            ),
            "shares_accounts_with": sharing.get(document.id, ()),
            "statements": counts[document.id],
            "furniture": tuple(f"{reason} ({count})" for reason, count in _reasons(furniture[document.id])),
            "notes": document.notes,
        }
        rows.append(Row(cells, documents=(document.id,)))
    notes = (
        "Counts of sources everywhere are counts of independent origin groups, never of articles.",
        "A document that stands alone may still rest on a readout or wire that the coverage does not hold.",
        "Rests on: offices, bodies and outlets whose own words the document passes on, with how many statements.",
        "Shares accounts with: documents of about the same days that pass on words of the same office; on what "
        "that office said they are not independent of one another, though they are counted apart.",
        "A grade is a person's own judgement on the Admiralty scale; Parley assigns none and uses none.",
        "Not known means that neither the text nor the user says it.",
    )
    return Table("sources", "Sources", _COLUMNS, tuple(rows), notes)


def rests_on(index: Index) -> dict[str, Counter[str]]:
    """Return for each document the offices, bodies and outlets whose words it passes on, most statements first."""
    kinds = {actor.name: actor.kind for actor in index.record.actors}
    out: dict[str, Counter[str]] = defaultdict(Counter)
    for item in index.record.statements:
        for name in dict.fromkeys((item.speaker, *item.via)):
            if kinds.get(name) in ("office", "outlet", "organisation"):
                out[item.document][name] += 1
    for derivation in index.record.derivations:
        if derivation.kind == "wire copy" and derivation.source:
            out[derivation.document][derivation.source] += 0
    return out


def _sharing(index: Index, resting: Mapping[str, Counter[str]]) -> dict[str, tuple[str, ...]]:
    """Return for each document others of about its days that pass on words of one and the same office."""
    kinds = {actor.name: actor.kind for actor in index.record.actors}
    by_office: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for document in index.documents:
        for name in resting.get(document, ()):
            if kinds.get(name) == "office":
                by_office[name].append((index.date(document), document))
    out: dict[str, dict[str, None]] = defaultdict(dict)
    for office in sorted(by_office):
        found = sorted(by_office[office])
        for at, (day, document) in enumerate(found):
            for other_day, other in found[at + 1 : at + 1 + _MOST_SHARED]:
                if _near(day, other_day):
                    out[document].setdefault(f"{index.documents[other].name} ({office})")
                    out[other].setdefault(f"{index.documents[document].name} ({office})")
    return {document: tuple(names)[:_MOST_SHARED] for document, names in out.items()}


def _by_statements(index: Index, document: Document) -> tuple[str, str] | None:
    """Return opinion and why, where most of what was read judges in the article's own voice and no wire wrote it."""
    found = index.by_document.get(document.id, ())
    own = sum(item.speaker == AUTHOR and item.act == "ASSESS" for item in found)
    wired = any(item.document == document.id for item in index.record.derivations)
    if len(found) < _FEWEST or wired or own <= _MOSTLY * len(found):
        return None
    return "opinion", f"by its statements: {own} of {len(found)} judge in its own voice"


def _grade(decision: Decision | None) -> dict[str, Cell]:
    if decision is None:
        return {"grade": None, "grade_by": None, "grade_because": None}
    letter, number = decision.detail.get("reliability", ""), decision.detail.get("credibility", "")
    words = "; ".join(filter(None, (RELIABILITY.get(letter), CREDIBILITY.get(number))))
    because = decision.detail.get("because") or None
    return {"grade": f"{letter}{number}: {words}", "grade_by": decision.who, "grade_because": because}


def _near(one: str, two: str) -> bool:
    """Tell whether two days lie close enough for one account; an unknown day is close to none but another unknown."""
    if not one or not two:
        return one == two
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(two[:10])).days) <= _SAME_DAYS


def _complete(document: Document, pieces: list[Furniture]) -> str | None:
    """Tell by what the text shows that it may be cut: a log-in line after it, or no end to its last sentence."""
    last = max((piece.span.end for piece in pieces if piece.reason == "log-in line"), default=0)
    if last > 0.8 * len(document.text):
        return "may be cut: a log-in line closes it"
    end = document.text.rstrip()[-1:]
    greyed = any(piece.span.end >= len(document.text.rstrip()) for piece in pieces)
    if end.isalnum() and not greyed and len(document.text) > _SHORT:
        return "may be cut: its last sentence has no end"
    return None


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
