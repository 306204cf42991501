"""Admiralty grades of sources: a person's own, one decision each. Parley never assigns one and derives none.

The scale is that of NATO's AJP-2.1 (also known as the Admiralty code, or NATO system): a letter for the reliability of
the source and a number for the credibility of what it says, judged independently of each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from parley.dossier.decisions import in_force
from parley.dossier.store import Dossier
from parley.errors import DossierError, UnknownName
from parley.records import Decision, Document

__all__ = ["CREDIBILITY", "GRADE", "RELIABILITY", "grade_source", "grades"]

GRADE = "grade source"
"""The kind of the decisions that grade a source."""

RELIABILITY: Mapping[str, str] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""What the letters say of the source."""

CREDIBILITY: Mapping[str, str] = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
"""What the numbers say of what it reports."""

_GRADE = re.compile(r"(?P<letter>[A-Fa-f])(?P<number>[1-6])?")


def grade_source(dossier: Dossier, document: str, grade: str, *, who: str, because: str = "") -> Decision:
    """Record a person's grade of a document and return the decision.

    Args:
        dossier: an open dossier.
        document: the document's name, or its id.
        grade: a letter, or a letter and a number: "B", "B2".
        who: who grades it.
        because: why, in a sentence.

    Raises:
        UnknownName: no document, or more than one, goes by that name.
        DossierError: the grade is none.
    """
    found = _named(dossier.documents, document)
    hit = _GRADE.fullmatch(grade.strip())
    if hit is None:
        raise DossierError(
            f"“{grade}” is no grade; write a letter from A to F for the source, and if you like a number from 1 to 6."
        )
    detail = {"reliability": hit["letter"].upper(), "credibility": hit["number"] or "", "because": because.strip()}
    told = {key: value for key, value in detail.items() if value}
    return dossier.decide(GRADE, found.id, told, who=who)


def grades(decisions: Sequence[Decision]) -> dict[str, Decision]:
    """Return the grade in force of each graded document, by its id: the latest one that was not undone."""
    return {decision.subject: decision for decision in in_force(decisions) if decision.kind == GRADE}


def _named(documents: Iterable[Document], wanted: str) -> Document:
    found = [item for item in documents if wanted in (item.id, item.name)]
    if not found:
        raise UnknownName(f"There is no document “{wanted}” in this dossier; `parley show sources` lists the names.")
    if len(found) > 1:
        raise UnknownName(f"“{wanted}” names {len(found)} documents; give the id that `parley show documents` lists.")
    return found[0]
