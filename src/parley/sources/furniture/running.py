"""Pages whose blocks have run together into one long line.

What breaks a page into lines was lost on the way in: menus, captions, other stories' headlines and the notes below the
article stand in one line with it, at best with wide gaps between them. Only what is marked off clearly is cut out of
such a line, as every sentence beside it may be the article's: words between gaps that end as no sentence does, links in
capitals, stock phrases between two sentences, captions whose credit stands in brackets. What stands at the line's end
is looked at in ``closing``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from parley.records import FurnitureReason
from parley.sources.furniture.closing import closing_notes
from parley.sources.furniture.layout import SPEECH, TERMINAL, Line
from parley.sources.furniture.patterns import reason_of, wording
from parley.sources.furniture.pieces import GAP, Cut, Piece, sentences

SHORTEST = 700
"""Characters of the shortest line that may be a whole page."""

LONGEST = 200_000
"""Characters beyond which a line is no page of an article."""

SHARE = 0.5
"""Share of a text's characters that such a line has at least; elsewhere a long line is a long paragraph."""

LONGEST_BLOCK = 160
"""Characters of an unfinished block up to which it is a title, a date or a button, not a paragraph cut short."""

LONGEST_NOTICE = 400
"""Characters of a block up to which a notice at its beginning tells what all of it is."""

NEAR = 2_000
"""Characters before a find in which its sentence, or an open quotation, is looked for."""

LINK_WORDS, LINK_LETTERS = 5, 25
"""Words and characters that a link in capitals has at least."""

_QUOTATION = re.compile(r"[“”\"«»]")
_TOKEN = re.compile(r"\S+")
_DATE = re.compile(r"\d{4}\b|\d{1,2}:\d\d")
_BYLINE = re.compile(r"By [A-Z]")
_HEADLINES = 250
"""Characters a "sentence" has on average where headlines without full stops follow each other."""


@cache
def _credit() -> re.Pattern[str]:
    """Return what a credit in brackets looks like; agencies alone in brackets may be whom a sentence comes from."""
    agency = f"(?:{'|'.join(map(re.escape, wording().agencies))})"
    label = r"(?:(?:photo|image|picture) )?(?:credit|photo|image|picture|photograph)s?(?: by)?: ?"
    forms = (
        rf"{label}[^()]{{2,120}}(?:\([^()]{{1,80}}\)[^()]{{0,60}})?",
        rf"[A-Z][^()]{{1,80}} via {agency}(?:/[^()]{{2,40}})?",
        rf"[A-Z][^\s()/]*(?: [^\s()/]+){{1,4}}/(?:[^()/]{{2,40}}/)?{agency}(?:/[^()]{{2,40}})?",
        r"Getty Images|AP Photo/[^()]{2,40}",
    )
    return re.compile(rf"\((?:{'|'.join(forms)})\)")


def page_line(lines: Sequence[Line], found: dict[int, FurnitureReason]) -> int | None:
    """Return which line is a whole page, if one is."""
    least = max(SHORTEST, SHARE * sum(len(line.text) for line in lines))
    for index, line in enumerate(lines):
        if index not in found and not line.wrapped and least <= len(line.text) <= LONGEST:
            return index
    return None


def run_together(line: Line) -> Iterator[Cut]:
    """Yield what belongs to the page in the line that is a whole page."""
    cuts = [cut for find in (_phrases, _capitals, _captions) for cut in find(line.text)]
    rest = list(line.text)
    for start, end, _ in cuts:  # what stood there parts two sentences
        rest[start:end] = " " * (end - start)
    for start, end, reason in [*cuts, *_blocks(line.text), *closing_notes("".join(rest))]:
        yield line.start + start, line.start + end, reason


def _blocks(text: str) -> Iterator[Cut]:
    """Yield the blocks between wide gaps that are no paragraph, where a paragraph stands beside them."""
    pieces = _between_gaps(text)
    if len(pieces) < 2 or not any(end - start >= 200 and TERMINAL.search(text[start:end]) for start, end in pieces):
        return
    for start, end in pieces:
        words = text[start:end]
        if notice := reason_of(words[:LONGEST_NOTICE]):
            if len(words) <= LONGEST_NOTICE and not _QUOTATION.search(words) and not SPEECH.search(words):
                yield start, end, notice
        elif not TERMINAL.search(words) and not words.endswith((":", ",", ";")):
            if len(words) <= LONGEST_BLOCK and not SPEECH.search(words) and not _QUOTATION.search(words):
                yield start, end, _kind(words)
            elif len(words) >= _HEADLINES * len(sentences(words)):
                yield start, end, "link to another story"


def _between_gaps(text: str) -> list[Piece]:
    """Return the blocks that wide gaps leave; a gap before a small letter is a lost line break, not a block's end."""
    pieces: list[Piece] = []
    start = 0
    for match in [*GAP.finditer(text), None]:
        end = match.start() if match else len(text)
        if match and text[match.end() : match.end() + 1].islower() and end > start:
            continue
        if text[start:end].strip():
            pieces.append((start, end))
        start = match.end() if match else end
    return pieces


def _kind(words: str) -> FurnitureReason:
    if _BYLINE.match(words):
        return "credit"
    return (
        "source note" if _DATE.search(words) else "navigation" if len(words.split()) <= 4 else "link to another story"
    )


def _phrases(text: str) -> Iterator[Cut]:
    """Yield stock phrases of pages that stand between two sentences."""
    for rule in wording().phrases:
        for match in rule.pattern.finditer(text):
            before = text[max(0, match.start() - NEAR) : match.start()].rstrip()
            after = text[match.end() : match.end() + 9].lstrip()
            opens = len(before) <= 40 or before[-1] in ".!?…\"'”’»)]"
            if opens and (not after or not after[0].islower()) and _outside_quotation(before):
                yield match.start(), match.end(), rule.reason


def _capitals(text: str) -> Iterator[Cut]:
    """Yield links to other stories that stand in capitals between two sentences."""
    run: list[re.Match[str]] = []
    before = ""
    for token in [*_TOKEN.finditer(text), None]:
        if token and (token[0].upper() == token[0] and (run or token[0].lower() != token[0])):
            run.append(token)
            continue
        link = _link(run, token[0] if token else "")
        opens = link and (not before or before[-1] in ".!?…\"'”’»)]") and not (token and token[0][0].islower())
        if opens and _outside_quotation(text[max(0, link[0].start() - NEAR) : link[0].start()]):
            words = text[link[0].start() : link[-1].end()]
            yield link[0].start(), link[-1].end(), reason_of(words) or "link to another story"
        run, before = [], token[0] if token else ""


def _link(run: Sequence[re.Match[str]], after: str) -> Sequence[re.Match[str]]:
    """Return the words of *run* that are a link; an acronym before *after* is that sentence's first word."""
    stop = wording().stop
    last = len(run)
    if after[:1].isalpha() and after.lower() not in stop:
        while last > len(run) - 2 and last and _may_open(run[last - 1][0]) and run[last - 1][0].lower() not in stop:
            last -= 1
    link = run[:last]
    words = [token for token in link if sum(map(str.isalpha, token[0])) >= 2]
    if len(words) < LINK_WORDS or link[-1].end() - link[0].start() < LINK_LETTERS:
        return ()
    ending = link[-1][0][-1]
    return () if ending in ".!…,;:-–—" or any(token[0] in ("–", "—", "-") for token in link) else link


def _may_open(word: str) -> bool:
    """Tell a word in capitals that a sentence may begin with: an article, an acronym, an initial, a number."""
    return word.endswith(".") or (len(word) <= 4 and word[-1].isalnum()) or not any(map(str.isalpha, word))


def _captions(text: str) -> Iterator[Cut]:
    """Yield credits in brackets, and the caption before one where it is seen to be one."""
    for credit in _credit().finditer(text):
        near = max(0, credit.start() - NEAR)
        before = [(near + first, near + end) for first, end in sentences(text[near : credit.start()].rstrip())]
        start: int = credit.start()
        caption = False
        if before:
            first, end = before[-1]
            if len(before) > 1 and end - first <= 30 and _DATE.search(text[first:end]):
                first = before[-2][0]
            words = text[first : credit.start()].rstrip()
            shown = not TERMINAL.search(words) or wording().shown.search(words)
            if shown and len(words) <= 350 and not SPEECH.search(words) and not _QUOTATION.search(words):
                start, caption = first, True
        yield start, credit.end(), "caption" if caption else "credit"


def _outside_quotation(before: str) -> bool:
    """Tell whether the last quotation mark in *before*, if there is one, ends a quotation."""
    marks = list(_QUOTATION.finditer(before))
    if not marks or marks[-1][0] in "”»":
        return True
    at = marks[-1].start()
    return marks[-1][0] == '"' and at > 0 and before[at - 1] not in " \t([—–-"
