"""How a text is laid out: its lines, which of them are prose, and what their words are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parley.sources.furniture.patterns import wording

TERMINAL = re.compile(r"[.!?…;][\"'”’»)\]]*$")
CLOSED = re.compile(r"[.!?…;:,\-–—][\"'”’»)\]]*$|[”\"»]$")
WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_WHOLE_QUOTATION = re.compile(r"[“\"«].{20,}(?:[”\"»]|…|\.\.\.)$")
_NAME = r"[A-Z][\w.'’-]*(?: (?:[a-z]{2,3} )?[A-Z][\w.'’-]*){1,3}"
_NAMED_SOURCE = re.compile(rf"[—–-]*\s?{_NAME}(?:(?:, | and | & |, and ){_NAME})*, (?:The )?[A-Z][\w.&'’ -]{{1,50}}$")
SPEECH = re.compile(r"\b(?:said|says|told|asked|added|wrote|tweeted|replied|stated|argued)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with words in it, trimmed, and how it stands in its block."""

    start: int
    end: int
    text: str
    wrapped: bool  # inside a hard-wrapped block
    opens: bool  # starts a block, or follows a finished sentence
    isolated: bool  # a block of its own


def lines_of(text: str) -> list[Line]:
    """Return the lines with words in them, trimmed, and what their layout is."""
    lines: list[Line] = []
    block: list[tuple[int, int, str]] = []
    for match in re.finditer(r"[^\r\n\u2028\u2029]+|\r\n|\n|\r|\u2028|\u2029", text):
        raw = match.group()
        stripped = raw.strip().strip("\ufeff\x00")
        if stripped:
            start = match.start() + raw.index(stripped)
            block.append((start, start + len(stripped), stripped))
        elif raw.strip("\r\n\u2028\u2029") or (match.start() and text[match.start() - 1] in "\r\n\u2028\u2029 \t"):
            lines.extend(_block(block))
            block = []
    lines.extend(_block(block))
    return lines


def _block(block: Sequence[tuple[int, int, str]]) -> Iterator[Line]:
    """Tell whether a run of lines without a blank one between is hard-wrapped prose."""
    texts = [text for _, _, text in block]
    wrapped = False
    if len(texts) >= 3 and sorted(map(len, texts))[int(len(texts) * 0.9)] <= 110:
        soft = [not TERMINAL.search(a) for a in texts[:-1]]
        lower = sum(1 for open_end, b in zip(soft, texts[1:], strict=True) if open_end and b[:1].islower())
        wrapped = sum(soft) >= 0.5 * len(soft) and lower >= 0.2 * len(soft)
    elif len(texts) == 2:
        wrapped = len(texts[0]) <= 110 and not TERMINAL.search(texts[0]) and texts[1][:1].islower()
    for index, (start, end, text) in enumerate(block):
        opens = index == 0 or not wrapped or bool(TERMINAL.search(texts[index - 1]))
        yield Line(start, end, text, wrapped, opens, len(block) == 1)


def is_prose(text: str) -> bool:
    """Tell a paragraph: long enough, and finished."""
    return (
        (len(text) >= 60 and bool(CLOSED.search(text)))
        or len(text) >= 160
        or (len(text) >= 25 and bool(TERMINAL.search(text)))
    )


def is_quotation(text: str) -> bool:
    """Tell a paragraph that is one quotation from its first to its last character."""
    return bool(_WHOLE_QUOTATION.match(text))


def names_source(text: str) -> bool:
    """Tell a line that says whose words stand above it: names, a comma, and what they speak for."""
    return bool(_NAMED_SOURCE.match(text))


def content(text: str) -> list[str]:
    """Return the content words of *text*, lower-case, possessives and plural endings off."""
    words, stop = [], wording().stop
    for match in WORD.finditer(text.lower().replace("’", "'")):
        for part in match.group().split("-"):
            word = part.removesuffix("'s").strip("'")
            if word and word not in stop:
                words.append(word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word)
    return words


def title_case(text: str) -> bool:
    """Tell whether nearly all words that weigh are capitalised, as in headlines."""
    words = [word for word in WORD.findall(text) if word.lower() not in wording().stop and not word[0].isdigit()]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.85 * len(words)
