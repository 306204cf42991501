"""How unnamed people are called: "some analysts who saw the plan" are "analysts". Internal to the roster."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from parley.reading.gazetteer import words_of
from parley.reading.phrase_words import NUMBERS, QUANTITIES

_RELATIVE = re.compile(
    r",(?!\d{3}).*|\s[–—-]{1,2}\s.*|\s(?:who|whom|whose|which)\b.*|\s(?:alike|here)$|"
    r"\s(?:quoted|interviewed|surveyed|cited|collaborating|attending|attached|representing)\b.*|"
    r"\s(?:such as|like|including)\s.*",
    re.DOTALL | re.IGNORECASE,
)
_COUNTED = re.compile(
    r"^(?:an?\s|the\s)?(?:\w+\s)?(?:dozens|scores|hundreds|thousands|plenty|number|lot|host|litany|handful|majority|core|"
    r"slew|string|series|bloc)\sof\s(?:the\s)?(?=\w)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"^(?:(?:about|around|nearly|almost|over|some|more than|roughly)\s)?[\d.,]+\s?(?:percent|per cent|pct|%)\sof\s"
    r"(?:the\s)?(?=\w)",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"^(?:many|most|several|numerous|other|fellow|top|few|a few|various)\s+(?:of\s+the\s+)?(?=\w)", re.IGNORECASE
)
_SOME = re.compile(r"^some\s+(?=\w)", re.IGNORECASE)
_ONE = re.compile(r"^one\s+(?!of\b)(?=\w)", re.IGNORECASE)
_HOME = re.compile(r"\b(U\.S\.A?\.?|U\.K\.)(?=\s)")
_JUDGES = words_of("expert_roles") | frozenset(["lawmakers", "mps", "senators", "commentators", "critics"])
AGENTS = frozenset(
    ["forces", "troops", "soldiers", "fighters", "militants", "mediators", "representatives", "envoys", "delegates"]
)
"""Groups that act for the state or the movement that they belong to, and for nobody else."""
SERVANTS = frozenset(["officials", "lawmakers", "senators", "ministers", "mps", "legislators", "congressmen"])
"""Groups that are some state's even where the text does not say whose."""


@cache
def _parties() -> Mapping[str, tuple[str, str]]:
    rows = (row.split() for row in sorted(words_of("same_party")))
    return {short: (adjective, people) for short, adjective, people in rows}


def party(word: str) -> str | None:
    """Return the people of a party that goes by a short name: "GOP" are the "Republicans"."""
    found = _parties().get(word.lower())
    return found[1] if found is not None else None


def clause(words: str) -> int:
    """Return where a description that is no part of the name starts: ", who asked not to be named"."""
    match = _RELATIVE.search(words)
    return match.start() if match is not None and match.start() > 2 else len(words)


def plain_group(words: str, noun: str) -> str:
    """Return the wording of a group without "many", "dozens of" and the like, parties and states by usual names."""
    before = None
    while before != words:
        before = words
        words = _QUANTITY.sub("", _COUNTED.sub("", _SHARE.sub("", words)))
    if noun in _JUDGES:
        words = _SOME.sub("", words)
    first, space, rest = words.partition(" ")
    if first.lower() in NUMBERS | QUANTITIES:
        words = f"{first.lower()}{space}{rest}"
    return usual_words(words)


def plain_person(words: str) -> str:
    """Return the wording of somebody unnamed: "one banker" is "a banker"."""
    rest = _ONE.sub("", words)
    if rest != words:
        words = f"{'an' if rest[0].lower() in 'aeiou' and not rest.startswith('U.') else 'a'} {rest}"
    return usual_words(words)


def usual_words(words: str) -> str:
    """Return words with parties and two states by the adjective that names carry: "GOP aides", "U.S. aides"."""
    words = _HOME.sub(lambda match: match.group(1)[:3:2], words)
    parts = words.split(" ")
    for i, part in enumerate(parts[:-1]):
        found = _parties().get(part.lower())
        if found is not None:
            parts[i] = found[0]
    return " ".join(parts)
