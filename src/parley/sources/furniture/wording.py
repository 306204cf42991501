"""Lines, and sentences at a paragraph's end, that are worded as pages word theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parley.records import FurnitureReason
from parley.sources.furniture.layout import SPEECH, TERMINAL, Line
from parley.sources.furniture.patterns import wording

_GLUED: frozenset[FurnitureReason] = frozenset(
    ("advertising", "share line", "log-in line", "media line", "disclaimer", "credit")
)
SENTENCE = re.compile(r"[.!?][\"'”’»)]*\s+(?=[A-Z©])")
_CREDIT_TAIL = re.compile(
    r"(?:\(|\[)?(?:file )?(?:(?:photo|image|picture|pic|credit|foto|courtesy)s?(?: by| of)?\s?[:/©]|"
    r"ap photo/|getty images|reuters/[A-Z]|afp/|epa/|©)[^.!?]{0,60}[)\]]?$|"
    r"(?:via (?:ap|reuters|afp|getty(?: images)?))[)\]]?$|\[[^\]]{2,60}/[^\]]{2,40}\]$|\([a-z]{2,5} photo\)$",
    re.IGNORECASE,
)
_PHOTOGRAPHER = re.compile(
    r"Photograph(?:er|s)?: \S[^.!?]{2,60}$|\((?:[A-Z][\w.'’-]* ){1,3}[A-Z][\w.'’-]*/[A-Z][^()]{1,40}\)$"
)
_BUTTONS = re.compile(r"(?:(?:Facebook|Twitter|Pinterest|WhatsApp|LinkedIn|Reddit|E-?mail)\s+){2,}(?=[A-Z])")
_ATTRIBUTES = re.compile(r"(?:[\w-]{2,20}=\"[^\"\s]{0,2000}\"\s*)+")
_GALLERY = re.compile(r"\bhide caption\s+\d+ of \d+\b", re.IGNORECASE)


def by_wording(lines: Sequence[Line], found: dict[int, FurnitureReason]) -> None:
    """Grey the lines that a wording of pages matches, and photo galleries."""
    for index, line in enumerate(lines):
        if len(_GALLERY.findall(line.text)) >= 2:
            found[index] = "photo gallery"
        if not line.opens or len(line.text) > 700 or index in found:
            continue
        closes = (
            not line.wrapped or index + 1 == len(lines) or lines[index + 1].opens or bool(TERMINAL.search(line.text))
        )
        if not closes:
            continue
        text = line.text.lstrip("*_#>•[( ") if line.text[0] in "*_#>•[(" else line.text
        for rule in wording().rules:
            if len(line.text) <= rule.limit and (
                rule.pattern.match(text) or (text is not line.text and rule.pattern.match(line.text))
            ):
                found[index] = rule.reason
                break
        else:
            tail = _credit_tail(line.text) if len(line.text) <= 420 else None
            if tail and not SPEECH.search(line.text[-120:]):
                found[index] = "caption" if tail.start() > 3 else "credit"


def _credit_tail(text: str) -> re.Match[str] | None:
    """Return the credit at a line's end. "(Name/Agency)" makes one sentence a caption: a second one may tell news."""
    return _CREDIT_TAIL.search(text) or (None if SENTENCE.search(text) else _PHOTOGRAPHER.search(text))


def leading(line: Line) -> Iterator[tuple[int, int, FurnitureReason]]:
    """Yield the fields of a player, or the buttons under a picture, that a line begins with; its caption follows."""
    if (match := _ATTRIBUTES.match(line.text)) and "//" in match[0]:
        yield line.start, line.start + len(match[0].rstrip()), "page code"
    elif match := _BUTTONS.match(line.text):
        yield line.start, line.start + len(match[0].rstrip()), "share line"


def glued(line: Line) -> Iterator[tuple[int, int, FurnitureReason]]:
    """Yield the sentences at the very end of a paragraph that speak for the page, not for the article."""
    if line.wrapped or len(line.text) < 60:
        return
    offset = max(0, len(line.text) - 400)
    cuts = [offset + match.end() for match in SENTENCE.finditer(line.text[offset:])]
    end = len(line.text)
    for cut in reversed(cuts[-4:]):
        tail = line.text[cut:end].rstrip()
        rules = (rule for rule in wording().rules if rule.reason in _GLUED and len(tail) <= 160)
        reason = next((rule.reason for rule in rules if rule.pattern.match(tail)), None)
        if reason is None:
            return
        yield line.start + cut, line.start + cut + len(tail), reason
        end = cut
