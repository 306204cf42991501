"""What people call that which a party gave: a concession, or little or none; what nobody gave yet is not judged."""

from __future__ import annotations

import re

from parley.analysis.wordlists import Hit, denied, word_lists
from parley.records import Statement

__all__ = ["NOT_JUDGED", "judgement_of"]

NOT_JUDGED = "not judged"
"""Said of words that judge nothing that was given."""

_OPEN_BEFORE = re.compile(
    r"\b(?:any|some|will|would|could|might|may|must|should|to make)\s+(?:\w+\s+){0,2}$"
    r"|(?<!had )(?<!agreed )(?<!forced )(?<!compelled )(?<!appeared )(?<!appears )(?<!seemed )(?<!seems )(?<!refused )"
    r"(?<!refuses )(?<!refuse )(?<!decided )(?<!chose )\bto\s+(?:\w+ly\s+|\w+\s+(?:an?|the|more|further)\s+)?$"
    r"|\b(?:rather|more) than (?:an?\s+)?$|\binstead of (?:an?\s+)?$",
    re.I,
)
"""What comes before a word of giving that tells of nothing given: "may", "was urged to", "rather than"."""


def judgement_of(statement: Statement) -> str:
    """Return what somebody calls what was given: a concession, little or none, or NOT_JUDGED."""
    hits = word_lists("concessions")["judged"].find(statement.content)
    before = {hit: statement.content[: hit.start] for hit in hits}
    hits = [hit for hit in hits if not _OPEN_BEFORE.search(before[hit]) or _refused(statement.content, hit)]
    if not hits:
        return NOT_JUDGED
    given = [hit for hit in hits if hit.label == "a concession"]
    if any(hit.label != "a concession" for hit in hits) or all(denied(statement.content, hit) for hit in given):
        return "little or none"
    return "a concession"


def _refused(content: str, hit: Hit) -> bool:
    """Tell whether words of giving are denied as a fact, and not as a wish ("urged not to give ground")."""
    return denied(content, hit) and not re.search(r"\b(?:not|never) to\s+$", content[: hit.start])
