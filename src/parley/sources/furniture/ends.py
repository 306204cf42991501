"""What stands at the two ends of a text: fields at the top; at the end the outlet's name and who the author is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.records import Document, FurnitureReason
from parley.sources.furniture.layout import WORD, Line, is_quotation, names_source
from parley.sources.furniture.patterns import wording

_SOURCE_NOTE: FurnitureReason = "source note"
BIOGRAPHY = re.compile(
    r"(?P<name>(?:Dr\.? |Prof\.? |Professor |Sir |Dame )?[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,5})(?:, .{2,80},)? "
    r"(?:is|was|has been) (?:a|an|the|also|currently|professor|director|senior|associate|editor)\b"
)


def front_matter(lines: Sequence[Line], found: dict[int, FurnitureReason]) -> None:
    """Grey a block of fields between two rules of dashes at the very top."""
    if not lines or lines[0].text != "---":
        return
    for index in range(1, min(len(lines), 40)):
        if lines[index].text == "---":
            found.update(dict.fromkeys(range(index + 1), _SOURCE_NOTE))
            return
        if not re.match(r"[\w -]{1,30}:|[-\w\"']", lines[index].text):
            return


def closing_lines(document: Document, lines: Sequence[Line], found: dict[int, FurnitureReason]) -> None:
    """Grey, at the end, the line that is only an outlet's name, and the note on who the author is."""
    outlets = wording().outlets
    body = " ".join(line.text for k, line in enumerate(lines) if k not in found)
    outlet = document.outlet.value.casefold() if document.outlet else ""
    for index in range(len(lines) - 1, max(-1, len(lines) - 9), -1):
        if index in found:
            continue
        line = lines[index]
        words = WORD.findall(line.text)
        name = line.text.strip("()[]-–—* ").removesuffix("...")
        if (
            0 < len(words) <= 6
            and index > 0
            and not re.search(r"[.!?:;,\"”]$", name)
            and all(word[:1].isupper() or word.lower() in ("of", "the", "and", "de", "la", "le") for word in words)
            and (name.casefold() == outlet or any(word.lower() in outlets for word in words))
            and not (is_quotation(lines[index - 1].text) and names_source(line.text))
        ):
            found[index] = "source note"
            continue
        if not line.wrapped and is_author_note(line.text, body):
            found[index] = "source note"
            continue
        if len(line.text) > 40 and not re.match(r"\(?[A-Z][\w .-]{0,30}\)?$", line.text):
            break


def is_author_note(text: str, body: str) -> bool:
    """Tell a note on the author: a role, and a name that *body*, the article itself, does not speak of."""
    match = BIOGRAPHY.match(text.lstrip("*_ "))
    if match is None or len(text) > 400:
        return False
    roles = any(word.lower() in wording().roles for word in WORD.findall(text[:200]))
    surname = rf"\b{re.escape(match['name'].split()[-1])}\b"
    return roles and len(re.findall(surname, body)) <= len(re.findall(surname, text))
