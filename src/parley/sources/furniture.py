"""Furniture: text that belongs to the page and not to the article, found line by line.

Two kinds of rule work together. Wording (``furniture.toml``) knows how pages speak: "sign up for our newsletter",
"Photo: ...", "All rights reserved". Structure knows how articles are laid out: a short line without a full stop
between two paragraphs is a subhead or the headline of another story, a stand-alone line whose words stand elsewhere in
the body is a pull quote, a first line whose words the body uses again is the headline.

Hard-wrapped text (old wires, mail, PDF) is recognised block by block; inside it a line is not a paragraph, so only the
first line of a sentence is looked at and no structure is read from short lines.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import cast

from ..records import Document, Furniture, FurnitureReason, Span

LONGEST_TEXT = 5_000_000
"""Characters of a text beyond which only wording is looked at, not structure."""

LONGEST_LINES = 20_000
"""Lines of a text beyond which only wording is looked at, not structure."""

_TERMINAL = re.compile(r"[.!?…;][\"'”’»)\]]*$")
_CLOSED = re.compile(r"[.!?…;:,\-–—][\"'”’»)\]]*$|[”\"»]$")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SOURCE_NOTE: FurnitureReason = "source note"
_GLUED: frozenset[FurnitureReason] = frozenset(("advertising", "share line", "log-in line", "media line", "disclaimer"))
_SENTENCE = re.compile(r"[.!?][\"'”’»)]*\s+(?=[A-Z©])")
_SPEECH = re.compile(r"\b(?:said|says|told|asked|added|wrote|tweeted|replied|stated|argued)\b", re.IGNORECASE)
_CREDIT_TAIL = re.compile(
    r"(?:\(|\[)?(?:file )?(?:(?:photo|image|picture|pic|credit|foto|courtesy)s?(?: by| of)?\s?[:/©]|ap photo/|"
    r"getty images|reuters/[A-Z]|afp/|epa/|©)[^.!?]{0,60}[)\]]?$|(?:via (?:ap|reuters|afp|getty(?: images)?))[)\]]?$|"
    r"\[[^\]]{2,60}/[^\]]{2,40}\]$",
    re.IGNORECASE,
)
_GALLERY = re.compile(r"\bhide caption\s+\d+ of \d+\b", re.IGNORECASE)
_QUESTION = re.compile(
    r"(?:what|why|how|who|when|where|which|will|can|could|should|is|are|does|do|did|has|any)\b", re.IGNORECASE
)
_BIOGRAPHY = re.compile(
    r"(?P<name>(?:Dr\.? |Prof\.? |Professor |Sir |Dame )?[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3})(?:, .{2,80},)? "
    r"(?:is|was|has been) (?:a|an|the|also|currently|professor|director|senior|associate|editor)\b"
)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    wrapped: bool  # inside a hard-wrapped block
    opens: bool  # starts a block, or follows a finished sentence
    isolated: bool  # a block of its own


@dataclass(frozen=True, slots=True)
class _Rule:
    reason: FurnitureReason
    limit: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Wording:
    rules: tuple[_Rule, ...]
    outlets: frozenset[str]
    roles: frozenset[str]
    stop: frozenset[str]


@cache
def _wording() -> _Wording:
    source = resources.files("parley.sources").joinpath("furniture.toml").read_text(encoding="utf-8")
    data = tomllib.loads(source)
    rules = []
    for entry in data["rule"]:
        body = "|".join(f"(?:{pattern})" for pattern in entry["patterns"])
        end = r"\Z" if entry["whole"] else ""
        rules.append(
            _Rule(cast(FurnitureReason, entry["reason"]), entry["limit"], re.compile(f"(?:{body}){end}", re.IGNORECASE))
        )
    return _Wording(
        tuple(rules),
        frozenset(data["outlets"]["words"]),
        frozenset(data["biography"]["roles"]),
        frozenset(data["common"]["words"].split()),
    )


def find_furniture(document: Document) -> tuple[Furniture, ...]:
    """Return the furniture of *document*: spans in text order that do not overlap, each with its reason.

    Spans cover the words of a line without the line break and without the space around them. A text above
    ``LONGEST_TEXT`` characters or ``LONGEST_LINES`` lines is judged by its wording only.
    """
    lines = _lines(document.text)
    found: dict[int, FurnitureReason] = {}
    _by_wording(lines, found)
    if len(document.text) <= LONGEST_TEXT and len(lines) <= LONGEST_LINES:
        _front_matter(lines, found)
        _doubled_captions(lines, found)
        _headlines(lines, found)
        _closing_lines(document, lines, found)
        _short_lines(lines, found)
        _pull_quotes(lines, found)
    spans = [(lines[index].start, lines[index].end, reason) for index, reason in found.items()]
    spans.extend(tail for index, line in enumerate(lines) if index not in found for tail in _glued(line))
    return tuple(Furniture(document.id, Span(start, end), reason) for start, end, reason in sorted(spans))


def _glued(line: _Line) -> Iterator[tuple[int, int, FurnitureReason]]:
    """Yield the sentences at the very end of a paragraph that speak for the page, not for the article."""
    if line.wrapped or len(line.text) < 60:
        return
    offset = max(0, len(line.text) - 400)
    cuts = [offset + match.end() for match in _SENTENCE.finditer(line.text[offset:])]
    end = len(line.text)
    for cut in reversed(cuts[-4:]):
        tail = line.text[cut:end].rstrip()
        rules = (rule for rule in _wording().rules if rule.reason in _GLUED and len(tail) <= 160)
        reason = next((rule.reason for rule in rules if rule.pattern.match(tail)), None)
        if reason is None:
            return
        yield line.start + cut, line.start + cut + len(tail), reason
        end = cut


def _lines(text: str) -> list[_Line]:
    """Return the lines with words in them, trimmed, and what their layout is."""
    lines: list[_Line] = []
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


def _block(block: Sequence[tuple[int, int, str]]) -> Iterator[_Line]:
    """Tell whether a run of lines without a blank one between is hard-wrapped prose."""
    texts = [text for _, _, text in block]
    wrapped = False
    if len(texts) >= 3 and sorted(map(len, texts))[int(len(texts) * 0.9)] <= 110:
        soft = [not _TERMINAL.search(a) for a in texts[:-1]]
        lower = sum(1 for open_end, b in zip(soft, texts[1:], strict=True) if open_end and b[:1].islower())
        wrapped = sum(soft) >= 0.5 * len(soft) and lower >= 0.2 * len(soft)
    elif len(texts) == 2:
        wrapped = len(texts[0]) <= 110 and not _TERMINAL.search(texts[0]) and texts[1][:1].islower()
    for index, (start, end, text) in enumerate(block):
        opens = index == 0 or not wrapped or bool(_TERMINAL.search(texts[index - 1]))
        yield _Line(start, end, text, wrapped, opens, len(block) == 1)


def _by_wording(lines: Sequence[_Line], found: dict[int, FurnitureReason]) -> None:
    for index, line in enumerate(lines):
        if len(_GALLERY.findall(line.text)) >= 2:
            found[index] = "photo gallery"
        if not line.opens or len(line.text) > 700 or index in found:
            continue
        closes = (
            not line.wrapped or index + 1 == len(lines) or lines[index + 1].opens or bool(_TERMINAL.search(line.text))
        )
        if not closes:
            continue
        text = line.text.lstrip("*_#>•[( ") if line.text[0] in "*_#>•[(" else line.text
        for rule in _wording().rules:
            if len(line.text) <= rule.limit and (
                rule.pattern.match(text) or (text is not line.text and rule.pattern.match(line.text))
            ):
                found[index] = rule.reason
                break
        else:
            tail = _CREDIT_TAIL.search(line.text) if len(line.text) <= 420 else None
            if tail and not _SPEECH.search(line.text[-120:]):
                found[index] = "caption" if tail.start() > 3 else "credit"


def _front_matter(lines: Sequence[_Line], found: dict[int, FurnitureReason]) -> None:
    """Grey a block of fields between two rules of dashes at the very top."""
    if not lines or lines[0].text != "---":
        return
    for index in range(1, min(len(lines), 40)):
        if lines[index].text == "---":
            found.update(dict.fromkeys(range(index + 1), _SOURCE_NOTE))
            return
        if not re.match(r"[\w -]{1,30}:|[-\w\"']", lines[index].text):
            return


def _doubled_captions(lines: Sequence[_Line], found: dict[int, FurnitureReason]) -> None:
    """Grey a caption that comes twice, the second time often with its credit glued on."""
    for index, line in enumerate(lines[:-1]):
        after = lines[index + 1]
        if index in found or line.wrapped or len(line.text) < 12 or len(line.text) > 300 or _TERMINAL.search(line.text):
            continue
        if after.text.startswith(line.text) and (index + 1 in found or after.text == line.text):
            reason: FurnitureReason = (
                "caption" if index + 1 in found or _prose_before(lines, index, found) else "headline"
            )
            found[index] = reason
            found.setdefault(index + 1, reason)


def _prose_before(lines: Sequence[_Line], index: int, found: dict[int, FurnitureReason]) -> bool:
    return any(_prose(lines[k].text) for k in range(index) if k not in found)


def _prose(text: str) -> bool:
    """Tell a paragraph: long enough, and finished."""
    return (
        (len(text) >= 60 and bool(_CLOSED.search(text)))
        or len(text) >= 160
        or (len(text) >= 25 and bool(_TERMINAL.search(text)))
    )


def _content(text: str) -> list[str]:
    """Return the content words of *text*, lower-case, possessives and plural endings off."""
    words, stop = [], _wording().stop
    for match in _WORD.finditer(text.lower().replace("’", "'")):
        for part in match.group().split("-"):
            word = part.removesuffix("'s").strip("'")
            if word and word not in stop:
                words.append(word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word)
    return words


def _headlines(lines: Sequence[_Line], found: dict[int, FurnitureReason]) -> None:
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
    words, in_body = set(_content(first.text)), set(_content(" ".join(body)))
    if not words or len(words & in_body) < max(2, 0.6 * len(words)):
        return
    found[top[0]] = "headline"
    if len(top) < 2 or first.wrapped or len(body) < 3 or len(lines[top[1]].text) > 260:
        return
    standfirst = lines[top[1]].text
    if len(re.findall(r"[.!?](?=\s|$)", standfirst)) > 1 or _SPEECH.search(standfirst) or "," in standfirst[:12]:
        return
    rest = body[1:]
    quoted = [" ".join(_content(q)) for q in re.findall(r"[‘“\"']([^‘’“”\"]{6,80})[’”\"']", standfirst)]
    later = [" ".join(_content(text)) for text in rest[:12]]
    echo = any(q and q in text for q in quoted if len(q.split()) >= 2 for text in later)
    words = set(_content(standfirst))
    share = max((len(words & set(text.split())) / max(1, len(words)) for text in later), default=0.0)
    unfinished = not _TERMINAL.search(standfirst)
    if (echo and share >= 0.3) or share >= 0.8 or (unfinished and share >= 0.6):
        found[top[1]] = "headline"


def _closing_lines(document: Document, lines: Sequence[_Line], found: dict[int, FurnitureReason]) -> None:
    """Grey, at the end, the line that is only an outlet's name, and the note on who the author is."""
    wording = _wording()
    body = " ".join(line.text for k, line in enumerate(lines) if k not in found)
    outlet = document.outlet.value.casefold() if document.outlet else ""
    for index in range(len(lines) - 1, max(-1, len(lines) - 9), -1):
        if index in found:
            continue
        line = lines[index]
        words = _WORD.findall(line.text)
        name = line.text.strip("()[]-–—* ")
        if (
            0 < len(words) <= 6
            and index > 0
            and not re.search(r"[.!?:;,\"”]$", name)
            and all(word[:1].isupper() or word.lower() in ("of", "the", "and", "de", "la", "le") for word in words)
            and (name.casefold() == outlet or any(word.lower() in wording.outlets for word in words))
        ):
            found[index] = "source note"
            continue
        match = _BIOGRAPHY.match(line.text.lstrip("*_ "))
        if match and len(line.text) <= 400 and not line.wrapped and _is_biography(line.text, match["name"], body):
            found[index] = "source note"
            continue
        if len(line.text) > 40 and not re.match(r"\(?[A-Z][\w .-]{0,30}\)?$", line.text):
            break


def _is_biography(text: str, name: str, body: str) -> bool:
    """Tell a note on the author: a role, and a name that the article itself does not speak of."""
    roles = any(word.lower() in _wording().roles for word in _WORD.findall(text[:200]))
    surname = name.split()[-1]
    return roles and len(re.findall(rf"\b{re.escape(surname)}\b", body)) <= len(
        re.findall(rf"\b{re.escape(surname)}\b", text)
    )


def _title_case(text: str) -> bool:
    words = [word for word in _WORD.findall(text) if word.lower() not in _wording().stop and not word[0].isdigit()]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.85 * len(words)


def _short_lines(lines: Sequence[_Line], found: dict[int, FurnitureReason]) -> None:
    """Grey subheads and the headlines of other stories that stand between paragraphs."""
    free = [k for k in range(len(lines)) if k not in found]
    questions = [k for k in free if _is_question(lines[k])]
    for place in range(1, len(free) - 1):
        before, index, after = (lines[free[place + step]] for step in (-1, 0, 1))
        if (index.wrapped and not index.isolated) or not (_prose(before.text) and _prose(after.text)):
            continue
        if not _CLOSED.search(before.text) or after.text[:1].islower():
            continue
        reason = _short_reason(index.text)
        if reason is None and len(questions) >= 2 and free[place] in questions:
            reason = "subhead"
        if reason:
            found[free[place]] = reason


def _is_question(line: _Line) -> bool:
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
        return "link to another story" if len(words) >= 5 and (_title_case(core) or capitals) else None
    if (capitals and len(words) >= 5) or (len(words) >= 6 and _title_case(core) and (len(words) >= 8 or ":" in core)):
        return "link to another story"
    if len(words) <= 8 and len(text) <= 60 and not _SPEECH.search(core) and not re.search(r"[”\"]$", text):
        return "subhead"
    if len(words) <= 6 and not _SPEECH.search(core) and core.count('"') == 0:
        return "subhead"
    return None


def _pull_quotes(lines: Sequence[_Line], found: dict[int, FurnitureReason]) -> None:
    """Grey a stand-alone line whose words nearly all stand in one other paragraph.

    The line must look set apart: unfinished (no full stop at its end), or wholly one quotation with its speaker.
    """
    bags: dict[int, Counter[str]] = {}
    index: dict[str, list[int]] = {}
    for k, line in enumerate(lines):
        if k not in found and not line.wrapped and len(line.text) <= 5_000:
            bags[k] = Counter(_content(line.text))
            for word in sorted(bags[k]):
                index.setdefault(word, []).append(k)
    for k in [k for k in bags if 30 <= len(lines[k].text) <= 400]:
        if not _set_apart(lines[k].text):
            continue
        bag = bags[k]
        size = bag.total()
        if size < 6:
            continue
        shared: Counter[int] = Counter()
        for word, count in bag.items():
            if len(index[word]) <= 400:
                for other in index[word]:
                    shared[other] += min(count, bags[other][word])
        for other, common in sorted(shared.items()):
            if (
                other != k
                and other not in found
                and common >= 0.75 * size
                and len(lines[other].text) >= 0.8 * len(lines[k].text)
            ):
                found[k] = "pull quote"
                break


def _set_apart(text: str) -> bool:
    if not re.search(r"[.!?…:;,][\"'”’»)\]]*$", text):
        return not re.search(r"[\"”»]$", text) or text[0] in "\"“«‘'"
    quoted = re.match(r"[\"“«‘'].{20,}[\"”»’']$", text)
    return bool(quoted) and not re.search(r"[\"“”»«]", text[1:-1])
