"""What every analysis looks up: documents, sides, dates, origin groups, labels. Built once a table, in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from parley.analysis.kept import keep_last
from parley.analysis.sides import sides_of
from parley.codebook import ISSUES
from parley.records import AUTHOR, UNRESOLVED, Actor, Document, Record, Statement

__all__ = ["HARD_ACTS", "Index", "lead", "stance_of", "wording"]

HARD_ACTS = frozenset({
    "PROPOSE", "ACCEPT", "COUNTER", "REJECT", "CONDITION", "DEMAND", "CONCEDE", "PROMISE", "THREATEN", "DEFER",
})  # fmt: skip
"""Acts that take a position of their own on a term."""

_FRAGMENT = 25  # shorter words say little when quoted alone
_QUOTE_ORDER = {"direct": 0, "mixed": 1, "indirect": 2}


@dataclass(frozen=True, slots=True)
class Index:
    """Look-ups over one record. Make it with :meth:`of`; it holds no state of its own."""

    record: Record
    documents: dict[str, Document]
    days: dict[str, str]
    numbers: dict[str, int]
    statements: dict[str, Statement]
    by_document: dict[str, list[Statement]]  # in the order of their places
    actors: dict[str, Actor]
    sides: dict[str, str]
    sides_because: dict[str, str]
    origin: dict[str, str]
    altered_documents: frozenset[str]
    copies: frozenset[str]  # altered documents whose unaltered original is here too

    @classmethod
    def of(cls, record: Record) -> Index:
        """Return the look-ups for *record*. Those of the record asked for last are kept and given again."""
        return _index_of(record)

    @classmethod
    def _made(cls, record: Record) -> Index:
        actors = {actor.name: actor for actor in record.actors}
        origin = {document.id: document.id for document in record.documents}
        for group in record.groups:
            origin.update(dict.fromkeys(group.documents, group.id))
        sides = sides_of(record)
        by_document: dict[str, list[Statement]] = defaultdict(list)
        for statement in record.statements:
            by_document[statement.document].append(statement)
        altered = frozenset(item.document for item in record.derivations if item.quotes_altered)
        original = {origin[document.id] for document in record.documents if document.id not in altered}
        return cls(
            record=record,
            documents={document.id: document for document in record.documents},
            days={document.id: document.date.value for document in record.documents if document.date is not None},
            numbers={document.id: number for number, document in enumerate(record.documents, 1)},
            by_document=by_document,
            statements={statement.id: statement for statement in record.statements},
            actors=actors,
            sides=sides.of,
            sides_because=sides.because,
            origin=origin,
            altered_documents=altered,
            copies=frozenset(document for document in altered if origin.get(document) in original),
        )

    def side(self, name: str) -> str:
        """Return whom *name* speaks for: the end of its ``belongs_to`` chain, or itself."""
        return self.sides.get(name, name)

    def date(self, document: str) -> str:
        """Return the document's ISO day, or "" where it has none."""
        return self.days.get(document, "")

    def order(self, statement: Statement) -> tuple[str, int, int, int]:
        """Return the key that puts statements in the order of document date, document, place."""
        document, span = statement.document, statement.span
        return (self.days.get(document, ""), self.numbers.get(document, 0), span.start, span.end)

    def groups(self, statements: Iterable[Statement]) -> int:
        """Return through how many independent origin groups the statements come: never a count of articles."""
        return len({self.origin.get(statement.document, statement.document) for statement in statements})

    def altered(self, statement: Statement) -> bool:
        """Tell whether the statement's words passed through translation or rewording."""
        return statement.quote_altered or statement.document in self.altered_documents

    def label(self, issue: str) -> str:
        """Return the dossier's own label of an issue, else the codebook's, else the id itself."""
        own = self.record.issue_labels.get(issue)
        if own:
            return own
        return ISSUES[issue].label if issue in ISSUES else issue

    def outlet(self, document: str) -> str:
        """Return the document's outlet, or its name in words that say that the outlet is not known."""
        found = self.documents.get(document)
        if found is None:
            return "document not in the dossier"
        return found.outlet.value if found.outlet is not None else f"outlet not known ({found.name})"

    def speaker(self, statement: Statement) -> str:
        """Return who speaks, for people: the author by name where known, the text's own words where unresolved."""
        if statement.speaker == AUTHOR:
            document = self.documents.get(statement.document)
            by = document.author.value if document is not None and document.author is not None else ""
            return f"the article ({by})" if by else "the article"
        if statement.speaker == UNRESOLVED:
            return f"“{statement.speaker_text}” (not resolved)" if statement.speaker_text else "speaker not resolved"
        return statement.speaker

    def teller(self, statement: Statement) -> str:
        """Return the side whose account it is: of the outermost party through whom it comes, else of the speaker."""
        for name in statement.via:
            actor = self.actors.get(name)
            if actor is not None and actor.kind in {"office", "state", "group", "organisation"}:
                return self.side(name)
        return self.side(statement.speaker)


_index_of = keep_last(Index._made)


def stance_of(statement: Statement) -> str:
    """Return the stance that may be shown as a position: none where no verb carries the act.

    Signs in the words alone mistake for and against too often.
    """
    weak = statement.weak and statement.act not in ("ASSESS", "CONDITION")
    return "none" if weak else statement.stance


def lead(index: Index, statements: Iterable[Statement], issue: str | None = None) -> Statement:
    """Return the statement that stands for a set: whose act a verb carries; no altered copy; the latest.

    Raises ValueError for an empty set.
    """
    pool = list(statements)
    if len(pool) == 1:
        return pool[0]
    pool = [statement for statement in pool if not statement.weak] or pool
    pool = [statement for statement in pool if statement.document not in index.copies] or pool
    latest = max(index.date(statement.document) for statement in pool)
    return min(
        (item for item in pool if index.date(item.document) == latest), key=lambda item: _rank(index, item, issue)
    )


def wording(index: Index, first: Statement, statements: Iterable[Statement], issue: str | None = None) -> Statement:
    """Return the best wording of what *first* says: itself if unaltered, else an unaltered one of its act and stance.

    A translated or reworded article changes the words; another article may carry the same point as it was said.
    """
    if not index.altered(first):
        return first
    same = [
        item
        for item in statements
        if (item.act, item.stance, item.issues[:1]) == (first.act, first.stance, first.issues[:1])
        and item.speaker == first.speaker
        and not index.altered(item)
    ]
    return lead(index, same, issue) if same else first


def _rank(index: Index, statement: Statement, issue: str | None) -> tuple[bool, bool, bool, bool, bool, int, int, int]:
    return (
        issue is not None and statement.issues[:1] != (issue,),
        statement.act not in HARD_ACTS and statement.act != "DENY",
        "hypothetical" in statement.modifiers or "negated" in statement.modifiers,
        index.altered(statement),
        len(statement.content) < _FRAGMENT,
        _QUOTE_ORDER[statement.quote],
        index.numbers.get(statement.document, 0),
        statement.span.start,
    )
