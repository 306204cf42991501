"""Which of two documents is the original, and which documents share an origin."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parley.records import Document, OriginGroup

ALONE = "stands alone"
"""What a group of one says."""

_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Link:
    """Two documents, by their places, that share an origin, and why. ``score`` ranks links of the same pair."""

    derived: int
    original: int
    score: float
    because: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides which of two documents is the original."""

    document: Document
    words: int
    altered: bool  # translated or reworded
    carries: frozenset[str]  # outlets and agencies that it says it has the text from
    partly: bool = False  # it credits an agency with a part only


def in_order(standings: Sequence[Standing]) -> list[int]:
    """Return the places of *standings* from the likeliest original to the least likely.

    A text that is not translated or reworded comes first; then one that does not name another document's outlet as its
    source; then one that credits no agency with a mere part of it; then the earlier day, a text without one after those
    with one; then the fuller text; then the name.
    """
    outlets = {_plain(s.document.outlet.value): s.document.id for s in standings if s.document.outlet}

    def key(place: int) -> tuple[bool, bool, bool, str, int, str, str]:
        standing, document = standings[place], standings[place].document
        names_another = any(outlets.get(_plain(name), document.id) != document.id for name in standing.carries)
        day = _day(document) or "9999"
        return standing.altered, names_another, standing.partly, day, -standing.words, document.name, document.id

    return sorted(range(len(standings)), key=key)


def same_outlet(a: str, b: str) -> bool:
    """Tell whether two names of outlets are the same but for articles, case and punctuation."""
    return bool(_plain(a)) and _plain(a) == _plain(b)


def _plain(name: str) -> str:
    return re.sub(r"^the |[^a-z0-9]", "", re.sub(r"\.(?:com|org|net)$", "", name.lower()))


def _day(document: Document) -> str | None:
    match = _DAY.match(document.date.value) if document.date else None
    return match.group() if match else None


def make_groups(documents: Sequence[Document], links: Iterable[Link]) -> tuple[OriginGroup, ...]:
    """Return the groups of documents that *links* join; every document is in exactly one."""
    parents = list(range(len(documents)))

    def root(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    links = list(links)
    for link in links:
        a, b = root(link.derived), root(link.original)
        parents[max(a, b)] = min(a, b)
    members: dict[int, list[int]] = {}
    for place in range(len(documents)):
        members.setdefault(root(place), []).append(place)
    reasons: dict[int, list[Link]] = {}
    for link in links:
        reasons.setdefault(root(link.derived), []).append(link)
    groups = []
    for top, places in members.items():
        ordered = sorted((documents[place] for place in places), key=lambda document: (document.name, document.id))
        ids = tuple(document.id for document in ordered)
        groups.append((ordered[0].name, OriginGroup(_identify(ids), ids, _because(reasons.get(top, [])))))
    return tuple(group for _, group in sorted(groups, key=lambda entry: (entry[0], entry[1].id)))


def _identify(ids: Sequence[str]) -> str:
    return f"origin-{hashlib.sha256(chr(10).join(sorted(ids)).encode()).hexdigest()[:16]}"


def _because(links: Sequence[Link]) -> str:
    if not links:
        return ALONE
    phrases = list(dict.fromkeys(link.because for link in sorted(links, key=lambda link: (-link.score, link.because))))
    shown = "; ".join(phrases[:3])
    return f"{shown}; and {len(phrases) - 3} more links" if len(phrases) > 3 else shown
