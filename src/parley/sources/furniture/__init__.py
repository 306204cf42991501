"""Furniture: text that belongs to the page and not to the article, found line by line.

Two kinds of rule work together. Wording (``patterns.toml``) knows how pages speak: "sign up for our newsletter",
"Photo: ...", "All rights reserved". Structure knows how articles are laid out: a short line without a full stop
between two paragraphs is a subhead or the headline of another story, a stand-alone line whose words stand elsewhere in
the body is a pull quote, a first line whose words the body uses again is the headline.

Hard-wrapped text (old wires, mail, PDF) is recognised block by block; inside it a line is not a paragraph, so only the
first line of a sentence is looked at and no structure is read from short lines.
"""

from __future__ import annotations

from parley.records import Document, Furniture, FurnitureReason, Span
from parley.sources.furniture.ends import closing_lines, front_matter
from parley.sources.furniture.headings import doubled_captions, headlines, short_lines
from parley.sources.furniture.layout import lines_of
from parley.sources.furniture.lists import after_the_end, link_lists
from parley.sources.furniture.pieces import apart
from parley.sources.furniture.repeats import pull_quotes
from parley.sources.furniture.running import page_line, run_together
from parley.sources.furniture.wording import by_wording, glued, leading

__all__ = ["find_furniture"]

LONGEST_TEXT = 5_000_000
"""Characters of a text beyond which only wording is looked at, not structure."""

LONGEST_LINES = 20_000
"""Lines of a text beyond which only wording is looked at, not structure."""


def find_furniture(document: Document) -> tuple[Furniture, ...]:
    """Return the furniture of *document*: spans in text order that do not overlap, each with its reason.

    Spans cover the words of a line without the line break and without the space around them. A text above
    ``LONGEST_TEXT`` characters or ``LONGEST_LINES`` lines is judged by its wording only.
    """
    lines = lines_of(document.text)
    found: dict[int, FurnitureReason] = {}
    by_wording(lines, found)
    if len(document.text) <= LONGEST_TEXT and len(lines) <= LONGEST_LINES:
        front_matter(lines, found)
        after_the_end(lines, found)
        link_lists(lines, found)
        doubled_captions(lines, found)
        headlines(lines, found)
        closing_lines(document, lines, found)
        short_lines(lines, found)
        pull_quotes(lines, found)
    spans = [(lines[index].start, lines[index].end, reason) for index, reason in found.items()]
    page = page_line(lines, found)
    for index, line in enumerate(lines):
        if index not in found:
            spans.extend(leading(line))
            spans.extend(run_together(line) if index == page else glued(line))
    return tuple(Furniture(document.id, Span(start, end), reason) for start, end, reason in apart(spans, document.text))
