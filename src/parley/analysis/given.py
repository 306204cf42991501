"""What counts as given: a consent, offer or promise to another side of the talks; no plan or praise of one's own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parley.analysis.counterparts import counterpart
from parley.analysis.dating import taking_part
from parley.analysis.index import Index
from parley.analysis.passages import Passages
from parley.analysis.stems import stems
from parley.analysis.wordlists import Hit, denied, word_lists
from parley.records import Statement

__all__ = ["bygone", "gives", "happened"]

_STANDS_BY = re.compile(
    r"\b(?i:support\w*|back(?:s|ed|ing)?|prais\w+|applaud\w*|hail\w*|stands? (?:with|by)|stood (?:with|by))\s+"
    r"(?:(?:for|of|the|his|her|its)\s+){0,2}"
    r"(?:(?i:president|prime minister|premier|chancellor|mayor|governor|minister|leader)\b"
    r"|(?:Mr|Mrs|Ms)\b|(?:[A-Z][\w’'.-]+\s?){1,3}(?:$|[.,;]|\sin\b))"
)
"""Words for taking somebody's side, which gives nothing to the other one."""
_CONSENTS = re.compile(
    r"\b(?:agree\w*|accept\w*|approv\w+|consent\w*|conced\w+|allow\w*|sign(?:ed|s)?|grant\w*)\b", re.I
)
_NOT_YET = re.compile(r"\b(?:ready to|afford|refus\w+|fear(?:s|ed)?)\b[^.;]{0,60}$", re.I)
_UNDONE = re.compile(
    r"(?:\b(?:not|never|without|no|nor|nothing|neither|cannot|hopes?|would|could|might|may|if|whether)\b|n[’']t\b)"
    r"[^.;]{0,60}$",
    re.I,
)
_FAR_BACK = 3  # years
_BEFORE = 400  # characters before an act in which a year may stand that it is of
_CUE = 40  # characters of the cue that are read with the words


def gives(index: Index, item: Statement, wanted: Iterable[Statement], *, remarked: bool = False) -> bool:
    """Tell whether a party's act gives another side something; *wanted*: what other sides want on the issue.

    A proposal gives only in return for something or on a condition. A promise is one that is made to another side, on
    a condition, that others remark on, or of what another side wants in some of the same words. Taking somebody's side
    is no consent.
    """
    if "conditional_on" in item.modifiers or word_lists("concessions")["return"].stands_in(item.content):
        return True
    if item.act == "PROPOSE":
        return False
    if item.act == "PROMISE":
        told = stems(item.content)
        return remarked or counterpart(index, item) is not None or any(told & stems(want.content) for want in wanted)
    if item.act == "ACCEPT" and counterpart(index, item) is None:
        words = f"{(item.cue or '')[-_CUE:]} {item.content}"
        return not _STANDS_BY.search(words) or _CONSENTS.search(words) is not None
    return True


def happened(words: str, hit: Hit, judgement: str) -> bool:
    """Tell whether words of giving say that it was done: not "ready to make this concession", "if they gave way"."""
    before = words[: hit.start]
    if _NOT_YET.search(before):
        return False
    return judgement != "a concession" or not (denied(words, hit) or _UNDONE.search(before))


def bygone(passages: Passages, item: Statement) -> bool:
    """Tell whether an act is told of an earlier year: by a side that takes no part today, or of years ago."""
    told = passages.index.date(item.document)[:4]
    mention = passages.time(item)
    when = (mention.resolved or "")[:4] if mention is not None else ""
    dated = told.isdigit() and when.isdigit() and when < told
    if dated and passages.index.side(item.speaker) not in taking_part(passages.index):
        return True
    near = [one for one in passages.times_before(item.document, item.span.start) if one.resolved]
    year = (near[-1].resolved or "")[:4] if near and item.span.start - near[-1].span.end < _BEFORE else ""
    return told.isdigit() and year.isdigit() and not when and int(told) - int(year) > _FAR_BACK
