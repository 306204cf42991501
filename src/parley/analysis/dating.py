"""Times that date something else in their sentence than what a statement tells, and events of long ago."""

from __future__ import annotations

import re
from collections import Counter

from parley.analysis.index import Index
from parley.analysis.table import Row
from parley.records import Statement, TimeMention

__all__ = ["dates_another", "of_the_past", "taking_part"]

_OFTEN = 3  # statements
_OWNS = re.compile(r"['’]s?\s+\w")
_RELATIVE = re.compile(
    r"\b(?:who|which|that|where|when)\s+(?:\w+\s+){0,2}?(?:was|were|is|are|had|has|began|took|came|led|ran|won|left|fell"
    r"|\w{2,}ed)\b[^,;:]{0,60}$",
    re.I,
)
_SUBORDINATE = re.compile(
    r"\b(?:after|before|because|as|while|once|unless|when|if|until)\s+(?!(?:a|an|the|its|his|her|their|that)\s+\w+\s*$)"
    r"(?:[\w’'.-]+\s+){1,6}?(?:was|were|is|are|had|has|began|took|came|led|ran|won|left|fell|met|said|\w{2,}ed)\b"
    r"[^,;:]{0,60}$",
    re.I,
)
"""A clause that tells of something else: "shut the port after dockers walked out last week"."""
_REDUCED = re.compile(
    r"\b(?:an?|the|his|her|its|their)\s(?:[\w%-]+\s){1,5}(?:[A-Z][\w’'.-]+|he|she|it|they|we)\s(?:had\s)?\w{2,}ed\s[^,;:]{0,30}$"
)
"""A clause without its pronoun: "the raise Vidal rescinded last year"."""
_PARTICIPLES = (
    "convicted|sentenced|jailed|imprisoned|arrested|captured|elected|appointed|signed|agreed|reached|held|imposed"
    "|adopted|founded|built|begun|started|launched|killed|abducted|seized|announced|proposed|suspended|made|issued"
    "|published|taken|lost|frozen|passed"
)
_ATTRIBUTE = re.compile(
    r"^\W*(?:\w+ly\s+|has\s+|have\s+|had\s+)?\w{2,}(?:ed|ew|ook|ave|ought|old|aid|ent|ept|ut)\s[^,;:]*?"
    r"\b(?!(?:and|or|was|were|be|been|being|is|are|has|have|had|it|he|she|they|that|who|which)\s)\w+\s+"
    rf"(?:{_PARTICIPLES})\b[^,;:]{{0,40}}$",
    re.I,
)
"""A verb, its object, and what had been done to that: "freed two sailors captured in 2007"."""
_CLAUSE_AFTER = re.compile(r";|\b(?:who|which|whose|where|while|because|although|though)\b", re.I)
_CLAUSE_OPEN = re.compile(r"(?:;|[,—–]\s*(?:who|which|whose|where)\b)[^,]*$", re.I)


def dates_another(text: str, statement: Statement, mention: TimeMention) -> bool:
    """Tell whether the words around a time show that it dates something else than what the statement tells.

    A time that owns a noun dates that noun ("Friday's vote"), though an accusation may be of Friday's attack. A time
    in a relative clause dates that clause, a time beside a participle what that tells ("men arrested in May").
    """
    cue, at = statement.cue_span or statement.span, mention.span
    low, high = min(statement.span.start, cue.start), max(statement.span.end, cue.end)
    inside = low <= at.start and at.end <= high
    if _OWNS.match(text, at.end):
        return not (inside and statement.act == "ACCUSE")
    if at.end <= low:
        return bool(_CLAUSE_OPEN.search(text[at.end : low]))
    if at.start >= high:
        return bool(_CLAUSE_AFTER.search(text[high : at.start]))
    told = cue.end if cue.end <= at.start else low  # the cue's own "who" opens no other clause
    relative = _RELATIVE.search(text[told : at.start])
    if relative is not None and told + relative.start() > low:
        return True
    between = text[statement.span.start : at.start]
    if inside and (_SUBORDINATE.search(between) or _REDUCED.search(between)):
        return True
    return bool(_ATTRIBUTE.match(text[statement.span.start : at.start]))


def taking_part(index: Index) -> frozenset[str]:
    """Return the sides that say something in the record, or of whom it tells often."""
    counts = Counter(index.side(item.speaker) for item in index.record.statements)
    saying = {index.side(item.speaker) for item in index.record.statements if item.act not in ("DO", "CONSULT")}
    return frozenset(saying | {side for side, count in counts.items() if count >= _OFTEN})


def of_the_past(index: Index, row: Row, sides: frozenset[str]) -> bool:
    """Tell whether an event of an earlier year is of people who take no part today: a summit of long ago."""
    when, reported = str(row.cells["when"] or "")[:4], str(row.cells["reported"] or "")[:4]
    if not (when.isdigit() and reported.isdigit()) or int(when) >= int(reported):
        return False
    people = row.cells["participants"] or tuple(index.statements[key].speaker for key in row.statements)
    return isinstance(people, tuple) and not any(index.side(name) in sides for name in people)
