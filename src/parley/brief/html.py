"""Brief -> one HTML file that needs nothing else: no script, no address, no font from outside."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from parley.analysis.words import ALTERED, CLASSES
from parley.brief.display import marks, plural, printable
from parley.brief.models import cell_words, is_figures, mostly_figures
from parley.brief.passages import Close, Open, Text, passage_events
from parley.brief.speakers import ORDER
from parley.brief.view import Article, Brief, Paragraph
from parley.version import __version__

__all__ = ["article_html", "write_html"]


def write_html(brief: Brief) -> str:
    """Return the brief as one self-contained HTML page. The style sheet is allowed by its hash, nothing else is."""
    css = files(__package__).joinpath("brief.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode("ascii")
    environment = Environment(
        loader=PackageLoader("parley.brief", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_safe,
    )
    environment.filters["plural"] = plural
    environment.filters["marks"] = marks
    environment.filters["cell"] = cell_words
    environment.filters["drawing"] = lambda svg: Markup(svg)  # noqa: S704 - a Part's drawing is escaped where it is made
    environment.tests["figures"] = is_figures
    environment.tests["mostly_figures"] = mostly_figures
    return environment.get_template("brief.html.jinja").render(
        brief=brief,
        css=Markup(css),  # noqa: S704 - our own file
        digest=digest,
        version=__version__,
        classes=CLASSES,
        order=ORDER,
        altered=ALTERED,
        article=lambda item: article_html(item, brief),
    )


def _safe(value: object) -> object:
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def article_html(article: Article, brief: Brief) -> Markup:
    """Return an article's included paragraphs, with coded words marked and furniture greyed.

    The text inside a ``mark`` and its continuations (``data-s``) is the statement's words, controls written out.
    """
    out: list[str] = []
    for part in article.parts:
        if isinstance(part, Paragraph):
            out.append('<p dir="auto">')
            out += _paragraph(article, part, brief)
            out.append("</p>\n")
        else:
            out.append(f'<p class="cut">[{plural(part.characters, "character")} left out here]</p>\n')
    return Markup("".join(out))  # noqa: S704 - every piece of article text above went through escape


def _paragraph(article: Article, part: Paragraph, brief: Brief) -> list[str]:
    out: list[str] = []
    voices = {item.id: item.voice for item in part.statements}
    numbers: list[tuple[int, str]] = []
    depth = 0
    for event in passage_events(article.document.text, part.span, part.statements, part.furniture, brief.anchors):
        if isinstance(event, Text):
            out.append(str(escape(printable(event.words))))
        elif isinstance(event, Open):
            if event.kind == "furniture":
                out.append(f'<span class="fur" data-why="{escape(event.label)}">')
                continue
            depth += 1
            anchor = brief.anchors[event.key]
            name = f'id="{anchor}"' if event.first else f'data-s="{anchor}"'
            out.append(f'<mark {name} class="{voices[event.key]}">')
        elif event.kind == "furniture":
            out.append("</span>")
        else:
            out.append("</mark>")
            depth -= 1
            if event.last:
                numbers.append((brief.numbers[event.key], _back(event, brief)))
            if depth == 0:
                out += [link for _, link in sorted(numbers)]
                numbers.clear()
    return out


def _back(event: Close, brief: Brief) -> str:
    number = brief.numbers[event.key]
    if brief.anchors[event.key] in brief.listed:
        return f'<a class="n" href="#w-{number}">{number}</a>'
    return f'<span class="n">{number}</span>'
