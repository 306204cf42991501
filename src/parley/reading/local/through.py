"""Through whom a statement comes: whoever's speech names its speaker ("the union said that the airline had agreed")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parley.reading.local.attributions import SOURCE_FROM, Place, characters, pointed
from parley.reading.local.model import Model, Seen
from parley.reading.local.windows import Window
from parley.reading.pages import Page
from parley.records import AUTHOR, UNRESOLVED, Span

_CUT = 2
"""Pieces by which a statement may be longer than the speech that holds it."""
_REACH = 400
"""Characters to either side of a statement that its sentence may take."""
_REPORTED = re.compile(
    r"\baccording\s+to\s+(?P<after>[^,.;:“”\"]{3,80})|"
    r",[”\"]?\s+(?P<before>[^,.;:“”\"]{2,80}?)\s+(?:said|says|reported|reports|added|confirmed|announced|claimed)(?=[\s,.])",
    re.IGNORECASE,
)
"""Words beside what somebody is reported to have done that tell who reports it."""
_TOLD = re.compile(
    r"\b(?:told|tells|telling|(?:interview|remarks|comments)\s+(?:with|to|for|on)|(?:speaking|spoke)\s+(?:to|with|on))\s+"
    r"(?P<who>(?:the\s+)?)",
    re.IGNORECASE,
)
"""What stands before those who hear a statement first."""
_MEDIA = frozenset("TV Television Radio News Broadcasting channel newspaper magazine daily weekly".split())
"""Words in the names of outlets that no list has."""
_ELSE = re.compile(r"\b(?:after|although|as|because|but|though|when|where|which|while|who|whom|whose)\b")
"""Words between the two by which the one has nothing to do with the other."""


@dataclass(frozen=True, slots=True)
class Report:
    """Speech that may hold another's statement: what is said, and the words that name who says it."""

    content: Span
    source: Span


def holding(contents: Sequence[Place], statements: Sequence[Place]) -> list[Place]:
    """Return the contents of attributions that begin before a statement and reach to its end: its speaker may stand
    in them.
    """
    return [c for c in contents if any(c[0] < first and last <= c[1] + _CUT for first, last in statements)]


def reports(model: Model, given: Sequence[tuple[Window, Seen, Sequence[Place], Sequence[Place]]]) -> list[list[Report]]:
    """Return the speech of each window, of which *given* has the contents and the sources."""
    found: list[list[Report]] = [[] for _ in given]
    rows = [(n, seen.states, contents) for n, (_, seen, contents, _) in enumerate(given) if contents]
    linked = model.link([(states, contents) for _, states, contents in rows]) if rows else []
    for (n, _, contents), one in zip(rows, linked, strict=True):
        window, _, _, sources = given[n]
        for content, points in zip(contents, one.points["source"], strict=True):
            best, _ = pointed(points, sources, least=SOURCE_FROM)
            if best is not None:
                found[n].append(Report(characters(window, content), characters(window, sources[best])))
    return found


def reporter(page: Page, reports: Sequence[Report], source: Span, own: Span, speaker: str) -> str | None:
    """Return the name of whoever reports the statement *own* of a *speaker* whom the words of *source* name."""
    for report in reports:
        if report.content.contains(source) and report.content.start < own.start:
            name = _other(page, report.source, speaker)
            if name is not None:
                return name
    return _reported(page, source, own, speaker)


def medium(page: Page, source: Span, own: Span) -> str | None:
    """Return the outlet that is told a statement *own* by whom *source* names: "told Reuters"."""
    for found in _beside(_TOLD, page, source, own):
        named = page.mentions_in(Span(found.start("who"), found.end() + 5))
        if named and not own.contains(named[0].span):
            heard = page.roster.resolve(named[0])
            if heard.kind == "outlet" or (heard.kind == "organisation" and _MEDIA & set(heard.name.split())):
                return heard.name
    return None


def _reported(page: Page, source: Span, own: Span, speaker: str) -> str | None:
    """Return who is named as reporting in the sentence that holds both the statement and its speaker."""
    for found in _beside(_REPORTED, page, source, own):
        words = Span(*found.span("after" if found["after"] else "before"))
        named = any(mention.span.start == words.start for mention in page.mentions_in(words))
        apart = _ELSE.search(page.text, min(found.end(), own.end), max(found.start(), own.start))
        if named and not apart and not words.overlaps(source) and not words.overlaps(own):
            name = _other(page, words, speaker)
            if name is not None:
                return name
    return None


def _beside(pattern: re.Pattern[str], page: Page, source: Span, own: Span) -> Sequence[re.Match[str]]:
    """Return where a pattern stands in the sentence of a statement and its speaker; nowhere where they have two."""
    low, high = min(source.start, own.start), max(source.end, own.end)
    if not pattern.search(page.text, max(0, low - _REACH), high + _REACH):
        return ()  # most have none near: no sentence need be looked for
    around = page.sentence(own)
    if not around.overlaps(source):
        return ()
    return tuple(pattern.finditer(page.text, around.start, around.end))


def _other(page: Page, words: Span, speaker: str) -> str | None:
    name = page.roster.resolve_span(words).name
    return None if name in (UNRESOLVED, AUTHOR, speaker) else name
