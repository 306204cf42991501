"""The brief: what the coverage shows, as one HTML file or as Markdown, every line leading to its words."""

from __future__ import annotations

from collections.abc import Sequence

from parley.analysis.section import Section
from parley.brief.build import build
from parley.brief.html import write_html
from parley.brief.markdown import write_markdown
from parley.brief.summary import summary_lines
from parley.records import Record

__all__ = ["render_html", "render_markdown", "summary_lines"]


def render_html(record: Record, sections: Sequence[Section] = ()) -> str:
    """Return the brief of *record* as one self-contained HTML page. The same record gives the same text.

    *sections* are the answers of models, shown after the experts as the program's own inference.
    """
    return write_html(build(record, sections))


def render_markdown(record: Record, sections: Sequence[Section] = ()) -> str:
    """Return the brief of *record* as Markdown, with the content of the HTML page but for drawings."""
    return write_markdown(build(record, sections))
