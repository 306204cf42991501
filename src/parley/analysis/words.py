"""The fixed words that tables and briefs use for coded fields, and the words of likelihood to look for in forecasts.

Nothing here is drawn from an article: these are the labels of the codebook's ids for people.
"""

from __future__ import annotations

import re

from parley.records import Statement

__all__ = [
    "ACT_VERBS",
    "ALTERED",
    "CLASSES",
    "MODIFIER_NAMES",
    "NO_STATEMENT",
    "QUOTE_NAMES",
    "STANCE_NAMES",
    "how_far",
    "likelihood",
    "verb",
]

CLASSES: dict[str, str] = {
    "party": "Party",
    "reporter": "Reporter",
    "expert": "Expert",
    "anonymous": "Anonymous",
}
"""Who speaks, by voice. The fifth class, the program's own inference, is never a statement's."""

ACT_VERBS: dict[str, str] = {
    "PROPOSE": "puts terms forward",
    "ACCEPT": "agrees to or supports terms",
    "COUNTER": "answers with other terms",
    "REJECT": "refuses or opposes",
    "CONDITION": "sets a condition",
    "DEMAND": "demands or asks",
    "CONCEDE": "gives something up",
    "PROMISE": "promises",
    "THREATEN": "threatens",
    "CONSULT": "meets or calls",
    "DEFER": "puts off",
    "ACCUSE": "accuses",
    "DENY": "denies",
    "REPORT": "reports",
    "ASSESS": "judges",
    "DO": "acts",
}

_MODE_VERBS: dict[str, str] = {
    "evaluate": "judges",
    "motive": "explains a motive",
    "forecast": "forecasts",
    "leverage": "weighs strength or time",
    "frame": "frames",
    "question": "asks or calls open",
}

_CONSENT_VERBS: dict[str, str] = {
    "full": "agrees in full",
    "in_principle": "agrees in principle",
    "willing": "is willing to agree",
    "procedural": "agrees only to talk",
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
    "almost no chance", "little chance", "slim chance", "good chance", "roughly even", "even chance", "far-fetched",
    "no chance", "probably", "probable", "improbable", "possibly", "possible", "impossible", "unlikely", "likely",
    "perhaps", "maybe", "inevitably", "inevitable", "certainly", "certain to", "bound to", "expected to",
    "is sure to", "might", "could",
)  # fmt: skip
# "may" in small letters only: "May" is a month.
_LIKELIHOOD_RE = re.compile(r"\b(?:(?i:" + "|".join(re.escape(word) for word in _LIKELIHOOD) + r")|may)\b")


def likelihood(words: str) -> tuple[str, ...]:
    """Return the words of likelihood in *words*, exactly as they stand, in order, each once. No band is assigned."""
    found: dict[str, None] = {}
    for hit in _LIKELIHOOD_RE.finditer(words):
        found.setdefault(hit.group(), None)
    return tuple(found)


def verb(statement: Statement) -> str:
    """Return the fixed words for what the speaker does: "agrees in principle", "sets a condition"."""
    if statement.act == "ACCEPT" and statement.degree in _CONSENT_VERBS:
        return _CONSENT_VERBS[statement.degree]
    if statement.act == "ASSESS" and statement.mode in _MODE_VERBS:
        return _MODE_VERBS[statement.mode]
    return ACT_VERBS.get(statement.act, statement.act.lower())


def how_far(statement: Statement) -> str:
    """Return degree and modifiers in words ("in principle; hedged"), or "" where none is coded."""
    parts = [DEGREE_NAMES.get(statement.degree, statement.degree)] if statement.degree else []
    parts += [MODIFIER_NAMES.get(modifier, modifier) for modifier in statement.modifiers]
    return "; ".join(parts)
