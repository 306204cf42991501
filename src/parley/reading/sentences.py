"""Paragraphs and sentences as spans of the stored text, which is never changed.

A single line break is a paragraph's end in most coverage and a mere wrap in agency copy and e-mail; which of the two
is decided once for a text, from how its lines go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parley.records import Span

LONGEST_SENTENCE = 4000
"""Characters; what runs on longer without a full stop is not prose and is not read."""

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BLANK = re.compile(r"(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])[^\S\n\r]*(?:(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])\s*)+")
_STOP = re.compile(r"(?:[.!?…]+[\"'”’»›)\]}]*(?=\s)|[.!?]+[\"”](?=[A-Z])|[。！？؟।])\s*")
_OPENS = re.compile(r"[\"'“‘„«‹(\[]*[^\W_a-z]")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'“‘])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Cmdr|Sen|Rep|Gov|Pres|Rev|Hon|St|Sr|Jr|No|Nos|vs|etc|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|Fla|Calif|Ill|Conn|Mass|Mich|Minn|Okla|"
    r"Ariz|Colo|Tenn|Va|Pa|Wash|Wis|Ky|Ga|Ala|Ave|Blvd|Co|Corp|Inc|Ltd|Cie|approx|dept|cf|al|e\.g|i\.e|a\.m|p\.m|[A-Z])\.[\"'”’)]*$"
)
_ACRONYM = re.compile(r"(?:^|[\s(\"'“‘])(?:[A-Za-z]\.){2,}[\"'”’)]*$")
_STARTER = re.compile(
    r"[\"'“‘(\[]*(?:The|A|An|He|She|It|They|We|I|You|This|That|These|Those|There|In|On|At|But|And|Or|If|When|While|After|"
    r"Before|As|For|From|With|His|Her|Their|Its|Our|Meanwhile|However|Earlier|Later|Last|Both|Some|Many|No|Not|So|Under|"
    r"Asked|What|Who|How|Why|Since|Despite|Although|Though|Another|Other)\b"
)


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the paragraphs of *text* in order, without the white space around them."""
    breaks = _BLANK if _is_wrapped(text) else _BREAK
    start = 0
    for match in breaks.finditer(text):
        yield from (
            _wrapped_parts(text, start, match.start()) if breaks is _BLANK else _trimmed(text, start, match.start())
        )
        start = match.end()
    yield from _wrapped_parts(text, start, len(text)) if breaks is _BLANK else _trimmed(text, start, len(text))


def sentences(text: str, paragraph: Span) -> Iterator[Span]:
    """Yield the sentences of one paragraph. Abbreviations, initials and decimals don't end one."""
    start = paragraph.start
    for match in _STOP.finditer(text, paragraph.start, paragraph.end):
        if match.end() < paragraph.end and not _ends(text, start, match, paragraph.end):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, paragraph.end)


def _ends(text: str, start: int, match: re.Match[str], limit: int) -> bool:
    following = text[match.end() : min(limit, match.end() + 24)]
    if not _OPENS.match(following) and not following[:1].isdigit():
        return False
    before = text[max(start, match.start() - 12) : match.end()].rstrip()
    if _ACRONYM.search(before):
        return bool(_STARTER.match(following))
    return not _ABBREVIATION.search(before)


def _is_wrapped(text: str) -> bool:
    """Tell whether line breaks are wraps: lines are short and the next one mostly goes on in lower case."""
    sample = text[:20_000]
    breaks = [m for m in _BREAK.finditer(sample) if sample[m.end() : m.end() + 1].strip()]
    if len(breaks) < 4:
        return False
    on = sum(
        sample[m.end()].islower() and sample[m.start() - 1 : m.start()] not in '.!?:"”' for m in breaks if m.start()
    )
    return on >= 0.3 * len(breaks)


def _wrapped_parts(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the paragraphs of wrapped text: an indented line or one after an all-capital line begins a new one."""
    part = start
    for match in _BREAK.finditer(text, start, end):
        line = text[max(part, text.rfind("\n", start, match.start()) + 1) : match.start()]
        following = text[match.end() : match.end() + 2]
        previous = line.strip()
        indented = following[:1] in " \t" and following.strip() == following[1:].strip()
        if indented or previous.isupper():
            yield from _trimmed(text, part, match.start())
            part = match.end()
    yield from _trimmed(text, part, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
