"""Phrases of a masked sentence: the noun phrase that governs a verb, what a verb of speech governs, and where it ends.

All functions take the sentence with quoted words masked, and offsets into it.
"""

from __future__ import annotations

import re

from parley.reading.clauses import trim
from parley.reading.cues import CueMatch
from parley.records import Span

MASK = "\x01"
"""Stands for every character inside quotation marks."""

_DAYS = r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_LEAD_IN = re.compile(
    r"^(?:But|And|Yet|So|Still|However|Meanwhile|Moreover|Instead|Indeed|Nevertheless|Nonetheless|Also|Then|Now|Earlier|"
    r"Later|Separately|Similarly|Additionally|Furthermore|Ultimately|Finally|Recently|Previously|Notably|"
    r"For (?:his|her|its|their) part)\b,?\s*",
    re.I,
)
_ADVERBIAL = re.compile(
    r"^(?:On|In|At|After|Before|During|Despite|While|When|As|If|Since|Following|Under|With|Without|Amid|For|From|By|Until|"
    r"Asked|Speaking|Citing|Responding|Although|Though|Last|This|Late|Early|Earlier|Later|Hours|Days|Minutes|Just|Over|"
    r"Among|According|Through|Throughout|Because|Once|Even|Upon|Within|To|Both before|About|Around|Shortly|Two|Three|"
    rf"{_DAYS}|Today|Yesterday|[A-Z]?\w+ing)\b"
)
_CHUNK = re.compile(r"[^,;:()]+(?:(?<=\d),(?=\d)[^,;:()]+)*")
_RELATIVE_CLAUSE = re.compile(r"\s(?:who|which|whose|that)\s")
_APPOSED_CLAUSE = re.compile(r"\s*(?:who|which|whose|where)\b")
_SUBORDINATE = re.compile(
    r"(?:^|\s)(after|as|when|because|if|whether|while|before|since|although|though|where|unless)\s"
)
_SUPPOSITIONS = ("if", "whether", "unless")
_EMPTY = frozenset(["it", "there", "this", "that", "which", "who", "what", "these", "as"])
_HAS_VERB = re.compile(
    r"(?:^|\s)(?:could|would|will|can|might|must|should|is|are|was|were|has|have|had|does|did|began|said|says)\s"
)
"""A phrase that holds a verb is a clause: what follows it is a noun ("could begin collecting signs")."""
_LONGEST_SUBJECT = 200

OWN_SUBJECT = re.compile(r"^(?:\x01|[“\"])?\s*(?:the |a |an |[A-Z]|both |he |she |they |it )", re.I)
"""Words that begin with a subject of their own."""

_ADDRESSED = frozenset({"tell", "inform", "assure", "advise", "warn", "remind"})
_ADDRESSEE_ENDS = re.compile(r"\s+that\b|[,:“\"]|\s(?:in|on|at|during|after|he|she|it|they|we|to|of)\s")
_THAT = re.compile(r"\s+(?:[^.,;:“\"\x01]{0,90}?\s)?that\s+", re.I)
_SPEECH_TAIL = re.compile(
    r"\s*(?:(?:on|in|at|during|to|after|via|over|late|early|last|this|through|by|from|of|about)\s+[^,:;“\"\x01]{1,60}|"
    rf"(?:{_DAYS}|today|yesterday|earlier|later)[^,:;“\"\x01]{{0,40}})?\s*(?:[:,]\s*|(?=[“\"]))"
)
_OPENS_QUOTE = re.compile(r"\s*[:,]?\s*[“\"]")
_DAY = re.compile(rf"\s*(?:(?:on|late|early)\s+)?(?:{_DAYS}|today|yesterday)\b,?\s*(?:that\s+)?")
_NO_CONTENT = re.compile(r"^[\s\"”’.!?)]*$")
_PERSON_ENDS = re.compile(r"\s(?:of|for|to|over|after|on|in|and|as|from|with)\s|[,.;“\"]")
_DEED_ENDS = re.compile(
    r",\s+(?:saying|adding|arguing|warning|telling|insisting|stressing|noting|calling|citing|accusing|according)\b|;\s|"
    r"\s(?:and|but)\s+(?=(?:said|says|rejected|accused|called|agreed|urged|warned|told)\b)"
)
_SOURCE_ENDS = re.compile(r"[,.;:“\"\x01]|\s(?:in|on|at|during|after|when|as|who|while|to)\s")
_HARD_END = re.compile(r"[,.;:“\"\x01]")
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gen|[A-Z])$")
_CLAUSE_OPENS = re.compile(r"(?:that|he|she|it|they|we|the)\s")


def subject(masked: str, start: int, verb: int) -> Span | None:
    """Return the noun phrase that governs the verb at *verb*, without lead-ins and adverbials before it."""
    region = masked[start:verb]
    lead = _LEAD_IN.match(region)
    chunks = [m.span() for m in _CHUNK.finditer(region, lead.end() if lead else 0)]
    while len(chunks) > 1 and _ADVERBIAL.match(region[chunks[0][0] :].lstrip()):
        chunks = chunks[1:]
    if not chunks:
        return None
    first, end = _extent(region, chunks)
    if first is None:
        return None
    found = trim(masked, Span(start + first, start + end))
    words = masked[found.start : found.end].strip(" ,")
    if not words or len(words) > _LONGEST_SUBJECT or words.lower() in _EMPTY or _HAS_VERB.search(words):
        return None
    return found


def _extent(region: str, chunks: list[tuple[int, int]]) -> tuple[int | None, int]:
    """Return where the noun phrase begins and ends; (None, 0) where it stands in a supposition."""
    first, end = chunks[0]
    words = region[first:end]
    relative = _RELATIVE_CLAUSE.search(words)
    if relative:
        end = first + relative.start()
    subordinate = list(_SUBORDINATE.finditer(words))
    if subordinate and OWN_SUBJECT.match(words[subordinate[-1].end() :]):
        if subordinate[-1].group(1) in _SUPPOSITIONS:
            return None, 0
        first += subordinate[-1].end()
        return first, max(end, first)
    last = chunks[-1][1]
    if len(chunks) > 1 and last - first <= 160 and not relative and not _APPOSED_CLAUSE.match(region[chunks[1][0] :]):
        end = last
    return first, end


def holds_verb(words: str) -> bool:
    """Tell whether words hold a finite verb, and so are no name of a source."""
    return _HAS_VERB.search(f" {words} ") is not None


def speech_content(masked: str, match: CueMatch, end: int) -> tuple[Span | None, Span | None]:
    """Return content and addressee of 'S said (to P) (on Monday) (that) C'; None where there is none."""
    start = match.span.end
    addressee = None
    if match.cue.lemma in _ADDRESSED:
        stop = _ADDRESSEE_ENDS.search(masked, start, end)
        if stop and stop.start() - start > 2:
            addressee = trim(masked, Span(start, stop.start()))
            start = stop.start() if masked[stop.start()] in ',:“" ' else stop.end()
    that = _THAT.match(masked, start, min(end, start + 110))
    tail = _SPEECH_TAIL.match(masked, start, end)
    if that and (not tail or that.end() <= tail.end() or "," not in masked[start : that.start()]):
        start = that.end()
    elif (
        tail
        and tail.end() > start
        and (_OPENS_QUOTE.match(masked, tail.end() - 1) or tail.group().strip()[:1] in (":", ","))
    ):
        start = tail.end()
    else:
        day = _DAY.match(masked, start, end)
        start = day.end() if day else start
    if len(masked[start:end].strip(" .,")) < 10 or _NO_CONTENT.match(masked[start:end]):
        return None, addressee
    return Span(start, end), addressee


def person(masked: str, match: CueMatch, end: int) -> Span:
    """Return P of 'S accused P of C'."""
    stop = _PERSON_ENDS.search(masked, match.span.end + 1, end)
    return Span(match.span.end, stop.start() if stop else end)


def deed_end(masked: str, start: int, end: int) -> int:
    """Return where what a deed governs ends: before ", saying", a semicolon, or a further verb of the same subject."""
    stop = _DEED_ENDS.search(masked, start, end)
    return stop.start() if stop else end


def source_after(masked: str, match: CueMatch, end: int) -> int:
    """Return where S of 'C, said S' ends; the full stop of a title or an initial doesn't end it."""
    stop = _SOURCE_ENDS.search(masked, match.span.end + 1, end)
    while stop and masked[stop.start()] == "." and _TITLE.search(masked[match.span.end : stop.start()]):
        stop = _HARD_END.search(masked, stop.end(), end)
    return stop.start() if stop else end


def is_content(words: str) -> bool:
    """Tell whether words before a source can be what was said: quoted, or a clause and no mere adverbial."""
    if MASK in words:
        return True
    count = len(words.split())
    return count >= 5 and not (_ADVERBIAL.match(words.strip()) and words.count(",") <= 1 and count < 12)


def is_tail(words: str) -> bool:
    """Tell whether words after 'C, S said' only say when and where."""
    plain = words.split(MASK, 1)[0].strip(' .,"“”')
    return len(plain.split()) <= 14 and not _CLAUSE_OPENS.match(plain) and ":" not in plain
