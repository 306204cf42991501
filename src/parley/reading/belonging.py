"""Who speaks for the state that a document puts him under. Internal to linking.

A senate, a leader of the opposition or a former minister is of a state and does not speak for it; neither does a
trader, or a company that a document calls by its country. An office of the state weighs more than all of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from parley.reading.gazetteer import gazetteer
from parley.records import ActorKind

__all__ = ["speaks_for"]

_OFFICE = re.compile(
    r"\b(?:(?:vice-)?president(?:-elect)?|(?:vice-)?premier|taoiseach|chancellor|(?:prime )?minister"
    r"|(?:under-?)?secretary|ambassador|envoy|emissary|spokes\w+|negotiator|diplomat|general|commander|admiral|colonel"
    r"|marshal|chief of staff|king|queen|emir|sultan|(?:crown )?prince|ayatollah|monarch|dictator|ruler"
    r"|(?:trade|special|permanent) representative|(?:security|policy|economic|presidential|trade) advis[eo]r)\b",
    re.I,
)
_PAST = re.compile(r"\b(?:former|ex|onetime|one-time|retired)\b|\bex-", re.I)
_PARTISAN = r"(?:republicans?|democrats?|democratic|conservatives?|tory|tories|labou?r|liberals?|socialists?)"
_SEAT = re.compile(
    r"\b(?:sens?|reps?|senators?|senate|congress(?:man|woman|men)?|parliament\w*|lawmakers?|legislators?|m\.?p\.?s?"
    r"|m\.?e\.?p\.?s?|house (?:of|speaker|majority|minority|republican|democratic)|representative|speaker|whip"
    r"|(?:majority|minority) leader|shadow|opposition|backbencher|councill?or|mayor|candidate"
    rf"|{_PARTISAN}(?: \w+){{0,2}} (?:leader|chief|member|politician)|(?<!ruling )(?<!communist )party leader)\b"
    rf"|\bleader of the (?:\w+ ){{1,4}}party\b|\b{_PARTISAN}$|\b{_PARTISAN} (?:of|from)\b",
    re.I,
)
_PRIVATE = re.compile(
    r"\b(?:chief executive|executive director|business(?:man|woman)|tycoon|billionaire|financier|investor|trader|broker"
    r"|banker|analyst|economist|strategist|professor|lecturer|fellow|scholar|historian|author|columnist|journalist"
    r"|reporter|correspondent|editor|lawyer|activist|resident|citizen|student|farmer|teacher|worker|pollster)s?\b",
    re.I,
)
_BODIES = re.compile(
    r"\b(?:opposition|rebels?|dissidents?|exiles?|insurgents?|separatists?|militias?|protesters?|suitor|bidder|rival"
    r"|broadcaster|newspaper|daily|weekly|society|compan(?:y|ies)|firms?|unions?|shareholders?|investors?|residents?"
    r"|businessmen|voters?|civilians?|republicans|democrats|conservatives)$",
    re.I,
)

_CHAMBER = re.compile(
    r"\b(?:duma|rada|knesset|bundestag|bundesrat|commons|lords|majlis|seimas|sejm|riksdag|storting)\b", re.I
)
"""Parliaments that no word of ``_SEAT`` names: what a parliament does is not its government's doing."""


def speaks_for(name: str, kind: ActorKind, roles: Iterable[str], above: str) -> bool:
    """Tell whether an actor speaks for *above*, the state, or office of a state, that a document puts him under.

    True for whatever is put under a body that is no state's: the president of a union speaks for it.
    """
    entry = gazetteer().get(above)
    if entry is None or entry.kind not in ("state", "office"):
        return True
    if kind in ("group", "organisation", "unknown", "office"):
        return not (_BODIES.search(name) or _SEAT.search(name) or _CHAMBER.search(name))
    called = [role for role in roles if role]
    if kind != "person" or any(map(_in_office, called)):
        return True
    return not any(map(_aside, called))


def _in_office(role: str) -> bool:
    return bool(_OFFICE.search(role)) and not _PAST.search(role) and not _SEAT.search(role)


def _aside(role: str) -> bool:
    """Tell whether a role is one of a parliament, a party, a trade, or of an office held before."""
    return bool(_SEAT.search(role) or _PRIVATE.search(role) or (_PAST.search(role) and _OFFICE.search(role)))
