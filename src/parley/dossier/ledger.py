"""The decisions of an open dossier, read once and from then on only what is new: they are only ever appended."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from parley.dossier.decisions import (
    ActorsAfter,
    IssuesAfter,
    actors_after,
    issues_after,
    no_such_decision,
    statements_after,
    typed_actors,
    undone_already,
)
from parley.dossier.queries.record import Base
from parley.dossier.review import Mark, Reviews, changed
from parley.dossier.reviewing import added_statement
from parley.dossier.rows import decision_from_row
from parley.records import Actor, Decision, Document, Statement

__all__ = ["Ledger", "Named", "Reviewed", "Told"]


@dataclass(frozen=True, slots=True)
class Named:
    """Actors and issues as the decisions on names leave them, and the readings' statements in those names."""

    actors: ActorsAfter
    issues: IssuesAfter
    statements: tuple[Statement, ...]

    def canonical(self, name: str) -> str:
        """Return the one actor that goes by *name*, case apart; the name itself where there is none or several."""
        wanted = name.casefold()
        exact = [a.name for a in self.actors.actors if a.name.casefold() == wanted]
        forms = [a.name for a in self.actors.actors if wanted in map(str.casefold, a.names)]
        found = exact or forms
        return found[0] if len(found) == 1 else name


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Every statement of a dossier as people's decisions leave it, rejected ones included, with its mark.

    ``statements`` keep the order of document and span; those that people added stand at their place.
    """

    statements: tuple[Statement, ...]
    marks: Mapping[str, Mark]
    number: int  # of the last decision that is in it


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """The decisions at one moment. ``reviews`` goes on with later ones; do not change it."""

    decisions: tuple[Decision, ...]
    reviews: Reviews
    names_number: int  # of the last decision on names
    content_number: int  # of the last one that changed words or codes, or added a statement
    rejections_number: int  # of the last one by which a statement was rejected, or no longer was


class Ledger:
    """What has been read of the decisions, and what is worked out from them."""

    def __init__(self) -> None:
        self.decisions: tuple[Decision, ...] = ()
        self.reviews = Reviews()
        self.names: list[Decision] = []  # decisions on names and forecasts, and the undos of such
        self._named: dict[str | None, tuple[Base, int, tuple[Actor, ...], Named]] = {}
        self._actors: tuple[Base, tuple[int, int], tuple[Actor, ...]] | None = None

    @property
    def number(self) -> int:
        """The number of the last decision."""
        return len(self.decisions)

    @property
    def names_number(self) -> int:
        """The number of the last decision on names: what two people who rename actors must have seen."""
        return self.names[-1].number if self.names else 0

    def told(self) -> Told:
        """Return the decisions as they stand now."""
        reviews = self.reviews
        return Told(self.decisions, reviews, self.names_number, reviews.content_number, reviews.rejections_number)

    def refresh(self, db: sqlite3.Connection) -> None:
        """Read the decisions that have been stored since."""
        sql = "SELECT number, at, who, kind, subject, detail FROM decision WHERE number > ? ORDER BY number"
        fresh = tuple(map(decision_from_row, db.execute(sql, (self.number,)).fetchall()))
        if not fresh:
            return
        self.decisions += fresh
        for decision in fresh:
            if not self.reviews.take(decision):
                self.names.append(decision)

    def undoable(self, subject: str) -> str:
        """Return the number of the decision to undo. Raises UnknownName or DossierError where that cannot be."""
        if not subject.isdecimal() or str(int(subject)) != subject or not 1 <= int(subject) <= self.number:
            raise no_such_decision(subject, self.number)
        if not self.reviews.standing(int(subject)):
            raise undone_already(subject)
        return subject

    def document_of(self, statement: str) -> str | None:
        """Return the document of a statement that a person added and no undo took back; None for any other."""
        return next((told.detail["document"] for key, told in self.reviews.added() if key == statement), None)

    def named(self, base: Base, reader: str | None) -> Named:
        """Return names and statements after the decisions on names; worked out anew only when one of these is."""
        known, before = self._named.get(reader), self.actors(base)
        if known and known[0] is base and known[1:3] == (self.names_number, before):
            return known[3]
        actors, issues = actors_after(before, self.names), issues_after(self.names)
        made = Named(actors, issues, statements_after(base.statements, actors, issues))
        self._named[reader] = (base, self.names_number, before, made)
        return made

    def actors(self, base: Base) -> tuple[Actor, ...]:
        """Return the actors before any decision on names: those of the coverage, and those whom people typed."""
        stamp = (self.names_number, self.reviews.content_number)
        if self._actors and self._actors[0] is base and self._actors[1] == stamp:
            return self._actors[2]
        made = (*base.actors, *typed_actors(base.actors, self._typed(base), self.names))
        self._actors = (base, stamp, made)
        return made

    def _typed(self, base: Base) -> dict[str, list[str]]:
        """Return the speakers and addressees that stand in edits and additions, with their documents."""
        told = {key: mark.changes for key, mark in self.reviews.marks.items() if mark.changes}
        where = {item.id: item.document for item in base.statements if item.id in told} if told else {}
        found: dict[str, list[str]] = {}
        for key, decision in self.reviews.added():
            where[key] = decision.detail["document"]
            told[key] = {**decision.detail, **told.get(key, {})}
        for key, fields in told.items():
            for name in (fields.get("speaker"), fields.get("addressee")):
                if name and key in where:
                    found.setdefault(name, []).append(where[key])
        return found

    def reviewed(self, base: Base, reader: str | None) -> tuple[Named, Reviewed]:
        """Return every statement as decisions leave it, rejected ones included."""
        named = self.named(base, reader)
        documents = {document.id: document for document in base.documents}
        edited = self._edited(base, named, documents)
        statements = [edited.pop(statement.id, statement) for statement in named.statements]
        if edited:  # what is left was added by people
            place = {document.id: number for number, document in enumerate(base.documents)}
            statements += edited.values()
            statements.sort(key=lambda s: (place[s.document], s.span.start, s.span.end, s.id))
        return named, Reviewed(tuple(statements), self.reviews.marks, self.number)

    def _edited(self, base: Base, named: Named, documents: Mapping[str, Document]) -> dict[str, Statement]:
        """Return the statements that people edited or added, by id."""
        touched = {key: mark.changes for key, mark in self.reviews.marks.items() if mark.changes}
        found = [statement for statement in base.statements if statement.id in touched] if touched else []
        there = {statement.id for statement in base.statements} if self.reviews.any_added else set()
        for key, decision in self.reviews.added():
            if decision.detail.get("document") in documents and key not in there:
                found.append(added_statement(decision, documents[decision.detail["document"]].text))
        made = [changed(item, touched.get(item.id, {}), documents[item.document].text) for item in found]
        return {item.id: item for item in statements_after(made, named.actors, named.issues)}


def standing_statements(
    reviewed: Reviewed, *, only_reviewed: bool, altered: Sequence[str] | frozenset[str]
) -> tuple[Statement, ...]:
    """Return the statements that count: not those rejected; with *only_reviewed*, those a person stands behind."""
    marks = reviewed.marks
    kept = []
    for statement in reviewed.statements:
        mark = marks.get(statement.id)
        if mark is not None and mark.status == "rejected":
            continue
        if only_reviewed and (mark is None or not mark.stands):
            continue
        kept.append(replace(statement, quote_altered=True) if statement.document in altered else statement)
    return tuple(kept)
