"""Saved HTML: the article's text by trafilatura, its origin by the page's own fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml import etree

from parley.errors import SourceError
from parley.records import Fact
from parley.sources.days import day_in_address, parse_day
from parley.sources.decode import decode
from parley.sources.draft import MAX_BYTES, Draft, stated, weaker
from parley.sources.titles import headline

MAX_HTML = MAX_BYTES // 8
"""Largest page, in bytes: the tree of a page needs many times its size."""

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_XML_LEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|Review$")
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure"}
    | {"footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre"}
    | {"section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "iframe", "object", "svg"})
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|li|ul|ol|h[1-6]|em|strong|b|i|blockquote|figure|img)\b[^<>]{0,400}>", re.IGNORECASE
)
_TITLE = ("og:title", "twitter:title", "dc.title", "parsely-title", "headline")
_OUTLET = ("og:site_name", "dc.publisher", "publisher", "application-name")
_AUTHOR = ("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author")
_DATE = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate", "dc.date",
    "dc.date.issued", "parsely-pub-date", "sailthru.date", "article.published", "dcterms.created", "publication_date",
)  # fmt: skip


def read_html(data: bytes) -> Draft:
    """Extract the article from a saved page. Raises SourceError where the page is too large or holds no words."""
    if len(data) > MAX_HTML:
        raise SourceError(f"is a page of more than {MAX_HTML // (1024 * 1024)} MB; save the article alone")
    named = _CHARSET.search(data[:4096])
    decoded = decode(data, declared=named[1].decode("ascii", "replace") if named else None)
    return page(decoded.text, encoding=decoded.encoding, notes=decoded.notes)


def page(source: str, *, encoding: str | None, notes: tuple[str, ...] = ()) -> Draft:
    """Extract the article from the source of a page."""
    import trafilatura  # slow to load, and only for reading

    source = source.replace("\x00", "")
    tree, cut = _parsed(source)
    if tree is None:
        raise SourceError("is HTML that holds nothing that could be read")
    facts = _facts(tree)
    # trafilatura changes the tree that it is given, so it gets one of its own
    text = trafilatura.extract(_tree(source), include_comments=False, include_tables=True, with_metadata=False) or ""
    if not text.strip():
        text = visible_text(tree)
        notes = (*notes, "No article was recognised in the page; all its words were kept.")
    if cut and not text.strip():
        raise SourceError("is nested too deep to be read; save the article as plain text")
    if cut:
        notes = (*notes, "The page is nested too deep to be read whole; what comes after that was left out.")
    return Draft(text=text, format="html", encoding=encoding, notes=(*notes, *facts.pop("notes")), **facts)


def fragment_text(source: str) -> str:
    """Return the words of a piece of HTML (a feed's entry, a mail's body), one line a block."""
    if not source.strip():
        return ""
    tree = _tree(f"<div>{source.replace(chr(0), '')}</div>")
    return visible_text(tree) if tree is not None else ""


def has_markup(text: str) -> bool:
    """Tell whether a field's text is a piece of HTML."""
    return _MARKUP.search(text) is not None


def visible_text(tree: Any) -> str:
    """Return the words below an element, one line a block element, runs of white space as one space."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _BLOCKS:
                pieces.append("\n")
            if tag and not _hidden(element) and element.text:
                pieces.append(re.sub(r"\s+", " ", element.text))
        else:
            if tag in _BLOCKS:
                pieces.append("\n")
            if element is not tree and element.tail and not _hidden(element.getparent()):
                pieces.append(re.sub(r"\s+", " ", element.tail))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _hidden(element: Any) -> bool:
    """Tell whether an element or one above it is never shown; the tree is at most 256 deep."""
    while element is not None:
        if element.tag in _UNSEEN:
            return True
        element = element.getparent()
    return False


def _tree(source: str) -> Any:
    return _parsed(source)[0]


def _parsed(source: str) -> tuple[Any, bool]:
    """Parse a page; nothing outside it is fetched.

    Returns the tree, None where there is no element at all, and whether libxml2 stopped at 256 elements in each other.
    """
    parser = lxml.html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        tree = lxml.html.document_fromstring(_XML_LEAD.sub("", source).encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        tree = None
    return tree, any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)


def _facts(tree: Any) -> dict[str, Any]:
    """Return what the page's meta fields and linked data say of title, outlet, author, date and language."""
    meta = _meta(tree)
    linked = next(_linked_articles(tree), {})
    notes: list[str] = []
    return {
        "title": stated(linked.get("headline"), "linked data: headline")
        or _from_meta(meta, _TITLE)
        or stated(_heading(tree, meta), "the page's heading"),
        "weak_title": weaker(stated(_first(tree, "//head/title"), "the page's title element")),
        "outlet": stated(_name(linked.get("publisher")), "linked data: publisher") or _from_meta(meta, _OUTLET),
        "author": stated(_name(linked.get("author")), "linked data: author") or _author(meta),
        "date": _date(tree, meta, linked, notes),
        "weak_date": _address_date(tree, meta),
        "language": stated(
            tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"), "the page's lang"
        )
        or stated(linked.get("inLanguage"), "linked data: inLanguage")
        or stated(meta.get("og:locale"), "meta og:locale"),
        "notes": notes,
    }


def _first(tree: Any, path: str) -> str:
    """Return the words of the first element at *path*."""
    found = tree.xpath(path)
    return " ".join(found[0].text_content().split()) if found else ""


def _heading(tree: Any, meta: dict[str, str]) -> str:
    """Return the words of the first heading that is not the site's name."""
    site = next((meta[name] for name in _OUTLET if name in meta), None)
    headings = (" ".join(element.text_content().split()) for element in tree.xpath("//h1")[:5])
    return next((words for words in headings if headline(stated(words, ""), site)), "")


def _meta(tree: Any) -> dict[str, str]:
    """Return the page's meta fields, names in small letters; the first of a name counts."""
    fields: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and element.get("content", "").strip():
            fields.setdefault(name.lower(), element.get("content"))
    return fields


def _from_meta(meta: dict[str, str], names: tuple[str, ...]) -> Fact | None:
    return next((stated(meta[name], f"meta {name}") for name in names if name in meta), None)


def _author(meta: dict[str, str]) -> Fact | None:
    """Return the author field, unless it holds an address."""
    fact = _from_meta({name: value for name, value in meta.items() if "://" not in value}, _AUTHOR)
    return Fact(re.sub(r"^by\s+", "", fact.value, flags=re.IGNORECASE), fact.basis, fact.evidence) if fact else None


def _date(tree: Any, meta: dict[str, str], linked: dict[str, Any], notes: list[str]) -> Fact | None:
    """Return the day of publication that the page states; a field that names no day is noted."""
    fields = [("linked data: datePublished", linked.get("datePublished"))]
    fields += [(f"meta {name}", meta[name]) for name in _DATE if name in meta]
    fields += [("time element", element.get("datetime")) for element in tree.xpath("//time[@datetime]")[:1]]
    for evidence, value in fields:
        if not isinstance(value, str) or not value.strip():
            continue
        day, note = parse_day(value)
        if day:
            return Fact(day, "stated", f"{evidence} {value.strip()}")
        notes.append(note or "")
    return None


def _address_date(tree: Any, meta: dict[str, str]) -> Fact | None:
    """Return the day in the page's own address."""
    links = tree.xpath("//link[@rel='canonical']/@href")
    for address in [*links[:1], meta.get("og:url", "")]:
        found = day_in_address(address)
        if found:
            return Fact(found[0], "inferred", f"the page's address: {found[1]}")
    return None


def _linked_articles(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the articles among the page's JSON-LD objects, one level of lists and graphs deep."""
    for element in tree.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(element.text_content(), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in data if isinstance(data, list) else [data]:
            graph = item.get("@graph") if isinstance(item, dict) else None
            for thing in graph if isinstance(graph, list) else [item]:
                if isinstance(thing, dict) and _ARTICLE_TYPES.search(str(thing.get("@type", ""))):
                    yield thing


def _name(value: object) -> str | None:
    """Return the name or names that a linked-data value holds."""
    if isinstance(value, list):
        names = [name for name in map(_name, value) if name]
        return ", ".join(names) or None
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else None
