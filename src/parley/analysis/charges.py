"""Which accusations tell of a wrong that was done: no name-calling, no boast of one's own, no rumour that is denied."""

from __future__ import annotations

import re

from parley.analysis.given import bygone
from parley.analysis.passages import Passages
from parley.analysis.wordlists import word_lists
from parley.records import Statement

__all__ = ["accused_in", "charges"]

_DENIES = re.compile(r"\b(?:den(?:y|ies|ied|ying)|dismiss\w*|rebuff\w*|fake|false)\b", re.I)
_BOASTS = re.compile(r"\b(?:claim\w*|took|taken|taking|admit\w*|accept\w*) (?:\w+ )?(?:responsibility|credit)\b", re.I)
_ADMITS = re.compile(r"\badmit(?:s|ted)?\b[^.;]{0,20}$", re.I)
_ACTS = re.compile(r"(?:['’]s \w+)?\s+(?:has|have|had|was|were|is|are|did|would|\w+ed|broke|began|went|took|led)\b")
_OF = re.compile(r"\b(?:accus|blam|condemn|denounc|criticis|criticiz)\w+\s+(?P<who>[^,;:.]{2,40}?)\s+(?:of|for)\s*$")
_OPENING = 6  # characters before a name that opens an accusation: "that the "
_BACK = 120  # characters before an accusation that say how it is told


def charges(passages: Passages, item: Statement, *, of_term: bool) -> bool:
    """Tell whether an accusation is of a wrong done: of the breach of a term, or else in words of wrong.

    What the accuser denies, or what the doer claims for himself, accuses nobody; neither does what was said years ago.
    """
    document = passages.index.documents.get(item.document)
    before = document.text[max(0, item.span.start - _BACK) : item.span.start] if document is not None else ""
    frame = re.split(r"[.!?]\s", before)[-1]
    if _DENIES.search(f"{frame} {item.cue or ''}") or _BOASTS.search(f"{item.cue or ''} {item.content}"):
        return False
    if _ADMITS.search(frame) or bygone(passages, item):
        return False
    return of_term or bool(word_lists("compliance")["wrong"].find(item.content))


def accused_in(passages: Passages, item: Statement, accuser: str) -> str | None:
    """Return the side whom the words accuse, where it is not the accuser.

    That is whose deed they open with ("the port shut the gates"), or whom the words before name: "accused X of".
    """
    first = next(iter(passages.named(item.content)), None)
    if first is not None and first.start <= _OPENING and _ACTS.match(item.content, first.end):
        return first.side if first.side != accuser else None
    document = passages.index.documents.get(item.document)
    before = document.text[max(0, item.span.start - _BACK) : item.span.start] if document is not None else ""
    of = _OF.search(before)
    named = passages.named(of["who"]) if of is not None else []
    return named[0].side if len(named) == 1 and named[0].side != accuser else None
