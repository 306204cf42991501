"""Lists of links, one a line: menus, tags, share buttons, other stories' titles; and what follows the closing note."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from parley.records import FurnitureReason
from parley.sources.furniture.layout import TERMINAL, Line, is_prose

SHORTEST_LIST = 8
"""Lines that a list has at least; a poem or a list of demands may well be as long, but nothing marks it as a list."""

LONGEST_ENTRY = 160
"""Characters of the longest entry of a list."""

LONGEST_LINK = 4_000
"""Characters of the longest line of links: addresses may be long."""

_OF_PAGES: frozenset[FurnitureReason] = frozenset(
    ("share line", "log-in line", "view count", "advertising", "media line", "link to another story", "navigation")
)
_LINK = re.compile(r"[*•-]? ?\[([^\]]{1,200})\]\(")
_ONLY_LINKS = re.compile(r"[*•-]? ?(?:\[[^\]]{0,200}\]\([^)\s]*(?: \"[^\"]*\")?\)[\s|]*)+$")
_CLOSING = re.compile(
    r"(?:our standards\s?:|(?:copyright|©|\(c\)) ?(?:©|\(c\))? ?(?:19|20)\d\d\b|.{0,60}\ball rights reserved\b)",
    re.IGNORECASE,
)


def link_lists(lines: Sequence[Line], found: dict[int, FurnitureReason]) -> None:
    """Grey the entries of lists of links.

    A list is a run of lines of which none is a paragraph and few end as sentences do. What marks it is that many of
    its lines come twice on the page (a menu stands above and below), are the words of a link, or speak for the page.
    """
    for index, line in enumerate(lines):
        if index not in found and _links_only(line):
            found[index] = "link to another story"
    again = _again(lines)
    for run in _runs(lines, found, again):
        marked = sum(1 for index in run if again[index] or found.get(index) in _OF_PAGES)
        told = sum(1 for index in run if index not in found and TERMINAL.search(lines[index].text))
        if len(run) < SHORTEST_LIST or marked < 0.4 * len(run) or told > 0.2 * len(run):
            continue
        for index in run:
            text = lines[index].text
            if index not in found and len(text) <= LONGEST_ENTRY and (again[index] or not TERMINAL.search(text)):
                found[index] = "navigation" if len(text.split()) <= 4 else "link to another story"


def _links_only(line: Line) -> bool:
    return len(line.text) <= LONGEST_LINK and bool(_ONLY_LINKS.match(line.text))


def _again(lines: Sequence[Line]) -> Mapping[int, bool]:
    """Tell of each line whether it comes twice, or is the words of a link elsewhere on the page."""
    linked = {match[1].casefold() for line in lines if (match := _LINK.match(line.text))}
    counts = Counter(line.text for line in lines)
    return {
        index: not line.wrapped
        and not line.text.endswith(":")  # whoever speaks in a transcript
        and (counts[line.text] > 1 or line.text.lstrip("*•- ").casefold() in linked)
        for index, line in enumerate(lines)
    }


def _runs(
    lines: Sequence[Line], found: Mapping[int, FurnitureReason], again: Mapping[int, bool]
) -> Iterator[Sequence[int]]:
    """Yield runs of lines that no paragraph interrupts."""
    start = 0
    for index, line in enumerate(lines):
        if line.wrapped or (is_prose(line.text) and index not in found and not again[index]):
            yield range(start, index)
            start = index + 1
    yield range(start, len(lines))


def after_the_end(lines: Sequence[Line], found: dict[int, FurnitureReason]) -> None:
    """Grey what follows the closing note (copyright, standards) where most of it is links and little of it is prose."""
    total = sum(len(line.text) for line in lines)
    behind = 0
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if found.get(index) == "disclaimer" and _CLOSING.match(line.text):
            _grey_links(lines, found, range(index + 1, len(lines)))
            return
        behind += 0 if index in found or _links_only(line) else len(line.text)
        if behind > 0.25 * total:
            return


def _grey_links(lines: Sequence[Line], found: dict[int, FurnitureReason], rest: Sequence[int]) -> None:
    links = sum(1 for index in rest if found.get(index) in _OF_PAGES or _links_only(lines[index]))
    told = [index for index in rest if index not in found and TERMINAL.search(lines[index].text)]
    if len(rest) >= 3 and links >= 0.3 * len(rest) and len(told) <= 0.15 * len(rest):
        found.update((index, "stories below") for index in rest if index not in found)
