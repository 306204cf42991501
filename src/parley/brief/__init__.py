"""The brief: what the coverage shows, as one HTML file or as Markdown, every line leading to its words."""

from __future__ import annotations

from parley.brief.build import build
from parley.brief.html import write_html
from parley.brief.markdown import write_markdown
from parley.brief.summary import summary_lines
from parley.records import Record

__all__ = ["render_html", "render_markdown", "summary_lines"]


def render_html(record: Record) -> str:
    """Return the brief of *record* as one self-contained HTML page. The same record gives the same text."""
    return write_html(build(record))


def render_markdown(record: Record) -> str:
    """Return the brief of *record* as Markdown, with the content of the HTML page."""
    return write_markdown(build(record))
