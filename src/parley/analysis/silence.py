"""Silence: statements that only tell that somebody did not answer, which is neither a refusal of terms nor a delay."""

from __future__ import annotations

import re

from parley.records import Statement

__all__ = ["silent_words", "withholds"]

_WH = r"(?:what|how|when|where|who|whom|why|which|whether|if|anything|more|much)\b"
_REFUSES = (
    r"(?:declin\w+|refus\w+|unwilling|unable|(?:would|could|can|will|did|does|do)(?:\s+not|n[’']t)"
    r"|won[’']t|cannot|not\s+immediately|without)"
)
_ANSWER = (
    r"(?:(?:to\s+)?(?:further\s+|immediately\s+)?(?:comment\w*\b|elaborat\w+|be\s+(?:drawn|reached|named|identified|quoted)\b"
    r"|confirm(?:ing)?\s+(?:or|nor)\s+deny\w*|answer(?:ing)?\s+(?:(?:\w+\s+)?questions?|reporters|calls)\b"
    rf"|(?:say|said|discuss|disclos|reveal|explain|specify|predict|speculat|confirm|tell)\w*\s+(?:\w+\s+)?{_WH}"
    r"|(?:discuss|disclos|reveal|giv|provid|offer|shar|releas)\w*\s+(?:any\s+|further\s+|other\s+|more\s+|the\s+)*"
    r"(?:details?|specifics)\b))"
)
_REFUSING = re.compile(rf"\b{_REFUSES}\b", re.I)  # in a cue: the content has the rest
_ANSWERING = re.compile(_ANSWER, re.I)
_SILENT = re.compile(
    rf"\b{_REFUSES}\s+(?:\w+ly\s+)?{_ANSWER}|\bdeclin\w+\s+(?:to\s+(?:say|name|identify|speculate)|comment)\b"
    r"|\bno\s+(?:immediate\s+|further\s+|official\s+)?comment\b|\b(?:not\s+(?:\w+ly\s+)?|un)available\s+for\s+comment\b"
    r"|\bnot\s+(?:\w+ly\s+)?(?:be\s+reached|(?:respond|repl|return)\w*\b[^.;]{0,40}"
    r"\b(?:calls?|requests?|messages?|quer(?:y|ies)|e?-?mails?|comment|questions?))\b"
    r"|(?:\bnot|n[’']t)\s+(?:yet\s+)?(?:have|made|make|issued?)\s+(?:all\s+|any\s+|enough\s+|an?\s+)*(?:of\s+)?(?:the\s+)?"
    r"(?:official\s+|public\s+)?(?:details|comments?|statements?)\b",
    re.I,
)
_INFORMATION = re.compile(r"(?:to\s+)?(?:say|give\s+any\s+information|name|identify|speculate)\b", re.I)
_DECLINING = re.compile(r"\bdeclin\w+", re.I)
_NEAR = 20  # characters of a content before the words that say so: after more, it says something else first


def withholds(item: Statement) -> bool:
    """Tell whether a statement only says that its speaker did not answer, comment or give details.

    A refusal of terms is none: "refused to discuss the border" stays one, "refused to say when" does not.
    """
    return silent_words(item) is not None


def silent_words(item: Statement) -> str | None:
    """Return the words by which a statement says that its speaker did not answer, or None where it says more."""
    cue = item.cue or ""
    hit = _SILENT.search(item.content)
    if item.act in {"DEFER", "REJECT", "REPORT"} and hit is not None and hit.start() <= _NEAR:
        return hit.group()
    if item.act not in {"DEFER", "REJECT"}:
        return None
    if (hit := _SILENT.search(f"{cue} {item.content}")) is not None and hit.start() < len(cue):
        return cue
    refuses = _REFUSING.search(cue) is not None and _ANSWERING.match(item.content) is not None
    declines = _DECLINING.search(cue) is not None and _INFORMATION.match(item.content) is not None
    return cue if refuses or declines else None
