"""The fixed words that tables and briefs use for coded fields, and the words of likelihood to look for in forecasts.

Nothing here is drawn from an article: these are the labels of the codebook's ids for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from parley.records import Statement

__all__ = [
    "ALTERED",
    "CLASSES",
    "MODIFIER_NAMES",
    "NO_STATEMENT",
    "QUOTE_NAMES",
    "STANCE_NAMES",
    "act_words",
    "how_far",
    "likelihood",
    "modifiers",
]

CLASSES: dict[str, str] = {
    "party": "Party",
    "reporter": "Reporter",
    "expert": "Expert",
    "anonymous": "Anonymous",
}
"""Who speaks, by voice. The fifth class, the program's own inference, is never a statement's."""

_ACTS: dict[str, str] = {
    "PROPOSE": "proposal",
    "ACCEPT": "consent or support",
    "COUNTER": "counter-terms",
    "REJECT": "refusal or opposition",
    "CONDITION": "condition",
    "DEMAND": "demand or request",
    "CONCEDE": "concession",
    "PROMISE": "promise",
    "THREATEN": "threat",
    "CONSULT": "contact",
    "DEFER": "deferral",
    "ACCUSE": "accusation",
    "DENY": "denial",
    "REPORT": "report",
    "ASSESS": "assessment",
    "DO": "deed",
}

_MODES: dict[str, str] = {
    "evaluate": "judgement",
    "motive": "view of a motive",
    "forecast": "forecast",
    "leverage": "view of strength or time",
    "frame": "framing",
    "question": "open question",
}

_DEGREES: dict[str, str] = {
    "full": "consent in full",
    "in_principle": "consent in principle",
    "willing": "willingness to consent",
    "procedural": "consent only to talk",
}

STANCE_NAMES: dict[str, str] = {
    "for": "for",
    "against": "against",
    "conditional": "on conditions",
    "none": "no stance coded",
}

DEGREE_NAMES: dict[str, str] = {
    "full": "in full",
    "in_principle": "in principle",
    "willing": "willing",
    "procedural": "only to talk",
}

MODIFIER_NAMES: dict[str, str] = {
    "reiterated": "said before",
    "hedged": "hedged",
    "negated": "negated",
    "hypothetical": "hypothetical",
    "future": "in future",
    "conditional_on": "depends on something",
    "disputed_by": "disputed",
    "on_behalf_of": "on behalf of others",
}

QUOTE_NAMES: dict[str, str] = {
    "direct": "speaker's words",
    "mixed": "partly speaker's words",
    "indirect": "article's words",
}
"""Whose words the verbatim words are: an indirect quotation is verbatim of the article, not of the speaker."""

ALTERED = "words altered by translation or rewording; do not quote as verbatim"

NO_STATEMENT = "no statement in the coverage"

_LIKELIHOOD = (
    "almost certainly", "almost certain", "nearly certain", "virtually certain", "highly probable", "highly improbable",
    "very likely", "very unlikely", "highly likely", "highly unlikely", "most likely", "less likely", "more likely",
    "nearly certainly", "realistic possibility", "roughly even chance", "roughly even odds", "fifty-fifty",
    "remote chance", "remote possibility", "extremely likely", "extremely unlikely", "most unlikely",
    "next to no chance", "almost no chance", "little chance", "slim chance", "good chance", "roughly even",
    "even chance", "far-fetched",
    "no chance", "probably", "probable", "improbable", "possibly", "possible", "impossible", "unlikely", "likely",
    "perhaps", "maybe", "inevitably", "inevitable", "certainly", "certain to", "bound to", "expected to",
    "is sure to", "might", "could",
)  # fmt: skip


def _any_of(phrases: Iterable[str], *more: str) -> str:
    """Return a pattern for any of *phrases*, the first that fits, in any case; *more* is said of a first letter read.

    It begins with a set, the letters that a phrase may begin with, and goes on by letter: so it is found fast.
    """
    groups: dict[str, list[str]] = {}
    for phrase in phrases:
        groups.setdefault(phrase[0], []).append(re.escape(phrase[1:]))
    parts = [f"(?<=[{first}{first.upper()}])(?i:{'|'.join(rest)})" for first, rest in groups.items()]
    firsts = "".join(f"{first}{first.upper()}" for first in groups)
    return rf"[{firsts}](?<=\b.)(?:{'|'.join((*parts, *more))})\b"


# "may" in small letters only: "May" is a month. "Remote" alone tells of places as well, but not after "is".
_LIKELIHOOD_RE = re.compile(
    _any_of(
        _LIKELIHOOD,
        r"(?i:(?<=is r)emote|(?<=are r)emote|(?<=seems r)emote|(?<=appears r)emote|(?<=remains r)emote)",
        r"(?<=m)ay",
    )
)


def likelihood(words: str) -> tuple[str, ...]:
    """Return the words of likelihood in *words*, exactly as they stand, in order, each once. No band is assigned."""
    found: dict[str, None] = {}
    for hit in _LIKELIHOOD_RE.finditer(words):
        found.setdefault(hit.group(), None)
    return tuple(found)


def act_words(statement: Statement) -> str:
    """Return the fixed words for what the speaker does: "consent in principle", "condition", "forecast"."""
    if statement.act == "ACCEPT" and statement.degree in _DEGREES:
        return _DEGREES[statement.degree]
    if statement.act == "ASSESS" and statement.mode in _MODES:
        return _MODES[statement.mode]
    return _ACTS.get(statement.act, statement.act.lower())


BY_SIGNS = "no verb says so"
"""Said of an act that rests on signs in the words alone."""
DOUBTFUL = "doubtful"
"""Said of a statement that the reader itself is unsure of."""


_LIMITED = re.compile(r"^\W*(?:[\w’'-]+\W+){0,6}?(?:only|narrower|limited|restricted|partial|incremental)\b", re.I)
_CUE = 20  # characters of the cue that are read with the words


def how_far(statement: Statement) -> str:
    """Return degree and modifiers in words ("in principle; hedged"), or "" where none is coded."""
    if not (statement.degree or statement.modifiers or statement.weak):
        return ""
    parts = [DEGREE_NAMES.get(statement.degree, statement.degree)] if statement.degree else []
    if statement.degree == "full" and _LIMITED.search(f"{(statement.cue or '')[-_CUE:]} {statement.content}"):
        parts = ["in part"]  # "agreed only to a narrower truce"
    return "; ".join([*parts, *filter(None, [modifiers(statement)])])


def modifiers(statement: Statement) -> str:
    """Return the modifiers in words ("hedged; in future"), or "" where none is coded.

    An act that no verb carries is a weaker reading, and says so; judgements and reports need no verb.
    """
    parts = [MODIFIER_NAMES.get(modifier, modifier) for modifier in statement.modifiers]
    if statement.by_signs and statement.act not in ("ASSESS", "REPORT"):
        parts.append(BY_SIGNS)
    if statement.band == "doubtful":
        parts.append(DOUBTFUL)
    return "; ".join(parts)
