"""What kind of piece a document is, by words that say or show it; unknown stays unknown."""

from __future__ import annotations

import re

from parley.records import Fact

_WINDOW = 3000
_SAYS = {
    "opinion": (
        r"\b(?:this|the) (?:opinion|op-ed) (?:article|piece|column|essay)\b",
        r"\bviews? (?:expressed|presented|set out)\b[^.\n]{0,80}\b(?:author|writer)s?\b[^.\n]{0,60}",
        r"^\W{0,3}(?:opinion|op-ed|commentary|editorial|guest essay|comment|viewpoint)\W{0,3}(?:$|[:|])",
    ),
    "interview": (
        r"\b(?:this|the) interview (?:has been|was) (?:lightly )?(?:edited|condensed|conducted)\b",
        r"\bexcerpts? (?:from|of) (?:the|an) interview\b",
    ),
    "readout": (
        r"^\W{0,3}(?:readout|read-out|communiqu[ée]|joint (?:statement|communiqu[ée]))\b[^\n]{0,120}$",
        r"^\W{0,3}(?:press (?:statement|release)|official statement|for immediate release)\b[^\n]{0,120}$",
        r"\bthe following is (?:a|the) (?:readout|statement|summary)\b[^\n.]{0,80}",
    ),
}
_STATED = tuple(
    (genre, re.compile(pattern, re.IGNORECASE | re.MULTILINE))
    for genre, patterns in _SAYS.items()
    for pattern in patterns
)
_QUESTION = re.compile(r"^\W{0,2}(?:Q|Question)\W{0,2}[:.] ", re.MULTILINE)
_ANSWER = re.compile(r"^\W{0,2}(?:A|Answer)\W{0,2}[:.] ", re.MULTILINE)
_EVENT = r"(?:talks?|call|summit|meeting|negotiations?|vote|round|conference|hearing|session|ceremony|visit)"
_DAYS = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|tomorrow|next week|this week|later today)"
_TAKES_PLACE = r"(?:speak|meet|talk|hold|sit down|gather|begin|resume|vote|travel|discuss|convene|open)"
_PREVIEW_TITLE = re.compile(
    r"\b(?:what to (?:expect|watch|know)|ahead of|preview|curtain[- ]raiser|on the eve of|"
    r"(?:how|what) [^\n]{1,60} could|(?:set|due|expected|scheduled) (?:to|for))\b[^\n]{0,80}",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    rf"\b(?:[Oo]n )?{_DAYS}\b[^.\n]{{0,60}}\bwill (?:\w+ ){{0,2}}{_TAKES_PLACE}\b[^.\n]{{0,30}}|"
    rf"\b(?:will|(?:is|are) (?:due|set|scheduled|expected|planning) to) (?:\w+ ){{0,2}}{_TAKES_PLACE}"
    rf"\b[^.\n]{{0,80}}\b{_DAYS}\b"
)
_STILL_AHEAD = re.compile(rf"\bthe (?:\w+ )?{_EVENT} will\b[^.\n]{{0,40}}", re.IGNORECASE)
_ASKED = re.compile(r"\binterview with\b", re.IGNORECASE)


def find_genre(text: str, *, title: str | None, dateline: str | None) -> Fact | None:
    """Return report, opinion, preview, readout or interview with the words that show it, or None where none do."""
    head, tail = text[:_WINDOW], text[max(_WINDOW, len(text) - _WINDOW) :]
    top = f"{title or ''}\n{head[:600]}"
    for genre, pattern in _STATED:
        for part in (top, tail) if genre != "readout" else (top,):
            if match := pattern.search(part):
                return Fact(genre, "stated", " ".join(match[0].split()))
    if match := _ASKED.search(title or ""):
        return Fact("interview", "inferred", f"title: {match[0]}")
    if min(len(pattern.findall(text[:20000])) for pattern in (_QUESTION, _ANSWER)) >= 3:
        return Fact("interview", "inferred", "lines of questions and answers")
    ahead = _AHEAD.search(head[:2000])
    promised = _PREVIEW_TITLE.search(title or "") or _STILL_AHEAD.search(head[:2000])
    if ahead and promised:
        return Fact("preview", "inferred", " ".join(ahead[0].split()))
    if dateline:
        return Fact("report", "inferred", f"dateline: {dateline}")
    return None
