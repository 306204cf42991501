"""What stands over text or between paragraphs: headlines, subheads, other stories' headlines, doubled captions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.records import FurnitureReason
from parley.sources.furniture.layout import (
    CLOSED,
    SPEECH,
    TERMINAL,
    Line,
    content,
    is_prose,
    is_quotation,
    names_source,
    title_case,
)

_QUESTION = re.compile(
    r"(?:what|why|how|who|when|where|which|will|can|could|should|is|are|does|do|did|has|any)\b", re.IGNORECASE
)


def doubled_captions(lines: Sequence[Line], found: dict[int, FurnitureReason]) -> None:
    """Grey a caption that comes twice, the second time often with its credit glued on."""
    for index, line in enumerate(lines[:-1]):
        after = lines[index + 1]
        if index in found or line.wrapped or len(line.text) < 12 or len(line.text) > 300 or TERMINAL.search(line.text):
            continue
        if after.text.startswith(line.text) and (index + 1 in found or after.text == line.text):
            reason: FurnitureReason = (
                "caption" if index + 1 in found or _prose_before(lines, index, found) else "headline"
            )
            found[index] = reason
            found.setdefault(index + 1, reason)


def _prose_before(lines: Sequence[Line], index: int, found: dict[int, FurnitureReason]) -> bool:
    return any(is_prose(lines[k].text) for k in range(index) if k not in found)


def headlines(lines: Sequence[Line], found: dict[int, FurnitureReason]) -> None:
    """Grey the headline, and the standfirst under it, where the body repeats them."""
    top = [k for k in range(min(len(lines), 60)) if k not in found][:2]
    if not top or len(lines) < 3:
        return
    first = lines[top[0]]
    body = [lines[k].text for k in range(top[0] + 1, min(len(lines), 80)) if k not in found]
    capitals = first.text.upper() == first.text and len(first.text.split()) >= 3
    if first.wrapped and not capitals:
        return
    if len(first.text) > 160 or re.search(r"[.!…,;:][\"'”’»)\]]*$", first.text) or len(first.text.split()) < 3:
        return
    if not (_repeated(first.text, body) or (capitals and body and body[0].upper() != body[0])):
        return
    found[top[0]] = "headline"
    if len(top) < 2 or first.wrapped or len(body) < 3 or len(lines[top[1]].text) > 260:
        return
    standfirst = lines[top[1]].text
    if len(re.findall(r"[.!?](?=\s|$)", standfirst)) > 1 or SPEECH.search(standfirst) or "," in standfirst[:12]:
        return
    rest = body[1:]
    quoted = [" ".join(content(q)) for q in re.findall(r"[‘“\"']([^‘’“”\"]{6,80})[’”\"']", standfirst)]
    later = [" ".join(content(text)) for text in rest[:12]]
    echo = any(q and q in text for q in quoted if len(q.split()) >= 2 for text in later)
    words = set(content(standfirst))
    share = max((len(words & set(text.split())) / max(1, len(words)) for text in later), default=0.0)
    unfinished = not TERMINAL.search(standfirst)
    if (echo and share >= 0.3) or share >= 0.8 or (unfinished and share >= 0.6):
        found[top[1]] = "headline"


def _repeated(first: str, body: Sequence[str]) -> bool:
    """Tell whether the body uses the words of the first line again: most of them, fewer over a finished paragraph."""
    words, in_body = set(content(first)), set(content(" ".join(body)))
    plain = len(first) <= 80 and bool(body) and len(body[0]) >= 100 and bool(TERMINAL.search(body[0]))
    return bool(words) and len(words & in_body) >= max(2, (0.4 if plain else 0.6) * len(words))


def short_lines(lines: Sequence[Line], found: dict[int, FurnitureReason]) -> None:
    """Grey subheads and the headlines of other stories that stand between paragraphs."""
    free = [k for k in range(len(lines)) if k not in found]
    questions = [k for k in free if _is_question(lines[k])]
    for place in range(1, len(free) - 1):
        before, index, after = (lines[free[place + step]] for step in (-1, 0, 1))
        if (index.wrapped and not index.isolated) or not (is_prose(before.text) and is_prose(after.text)):
            continue
        if not CLOSED.search(before.text) or after.text[:1].islower():
            continue
        reason = _short_reason(index.text)
        if reason is None and len(questions) >= 2 and free[place] in questions:
            reason = "subhead"
        if reason and not (is_quotation(before.text) and names_source(index.text)):
            found[free[place]] = reason


def _is_question(line: Line) -> bool:
    return len(line.text) <= 80 and line.text.endswith("?") and bool(_QUESTION.match(line.text))


def _short_reason(text: str) -> FurnitureReason | None:
    """Return what a short line between two paragraphs is, if it is not text of the article."""
    words = text.split()
    if text[0] in '"“«' and text[-1] in '"”»' and text.upper() != text:
        return None
    core = text.lstrip("#* ‘'“\"").rstrip("’'”\"* ")
    if not core or len(text) > 140 or not (core[0].isupper() or core[0].isdigit()):
        return None
    if re.search(r"[.!…,;:–—-]$", core) or text[0] in "-•(–—" or re.match(r"\d+[.)]\s", text):
        return None
    capitals = core.upper() == core and any(c.isalpha() for c in core)
    if core.endswith("?"):
        return "link to another story" if len(words) >= 5 and (title_case(core) or capitals) else None
    if (capitals and len(words) >= 5) or (len(words) >= 6 and title_case(core) and (len(words) >= 8 or ":" in core)):
        return "link to another story"
    if len(words) <= 8 and len(text) <= 60 and not SPEECH.search(core) and not re.search(r"[”\"]$", text):
        return "subhead"
    if len(words) <= 6 and not SPEECH.search(core) and core.count('"') == 0:
        return "subhead"
    return None
