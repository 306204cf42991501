"""RSS and Atom files: each entry is a document. Entities are not expanded and nothing is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree

from parley.errors import SourceError
from parley.records import Fact
from parley.sources.days import parse_day
from parley.sources.draft import Draft, slug, stated
from parley.sources.web import fragment_text, has_markup

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_feed(data: bytes) -> Iterator[Draft | SourceError]:
    """Yield the entries of a feed in the order of the file; one without a text is yielded as its error.

    Raises SourceError where the file is no feed, declares entities, or is too damaged to read.
    """
    root, notes = _parse(data)
    encoding = (root.getroottree().docinfo.encoding or "utf-8").lower()
    channel = next((element for element in root.iter("{*}channel")), root)
    outlet = stated(_text(channel, "title"), "the feed's title")
    language = stated(_text(channel, "language") or root.get(_XML_LANG), "the feed's language")
    entries = list(root.iter("{*}item", "{*}entry"))
    if not entries:
        raise SourceError("is a feed without entries")
    for number, entry in enumerate(entries, start=1):
        draft = _entry(entry, number, notes)
        if not draft.text.strip():
            yield SourceError(f"entry {number} has a headline but no text; save the article itself")
            continue
        yield _with_feed(draft, outlet, stated(entry.get(_XML_LANG), "the entry's language") or language, encoding)


def _parse(data: bytes) -> tuple[Any, tuple[str, ...]]:
    """Parse a feed, strictly first, then as far as it goes."""
    for recover in (False, True):
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            recover=recover,
            remove_comments=True,
        )
        try:
            root = etree.fromstring(data.strip(), parser=parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            if recover:
                raise SourceError("is a feed too damaged to read; save it again") from error
            continue
        if root is None:
            break
        declared: Any = root.getroottree().docinfo.internalDTD
        if declared is not None and any(True for _ in declared.iterentities()):
            raise SourceError("is a feed that declares entities of its own, which may be an attack; it was not read")
        return root, ("The feed is not well-formed; what could be read was kept.",) if recover else ()
    raise SourceError("is a feed too damaged to read; save it again")


def _entry(entry: Any, number: int, notes: tuple[str, ...]) -> Draft:
    """Read one RSS item or Atom entry."""
    text = ""
    for field in ("encoded", "content", "fulltext", "description", "summary"):
        text = _body(entry, field)
        if text.strip():
            if field in {"description", "summary"}:
                notes = (*notes, "The feed holds a summary of the article, not its full text.")
            break
    title = _plain(_text(entry, "title"))
    date, note = _date(entry)
    author = _plain(_text(entry, "creator") or _text(entry, "author/name") or _text(entry, "author"))
    return Draft(
        text=text,
        format="feed",
        title=stated(title, "the entry's title"),
        outlet=stated(_plain(_text(entry, "source/title") or _text(entry, "source")), "the entry's source"),
        author=stated(author, "the entry's author"),
        date=date,
        part=slug(title) or str(number),
        place=f"entry {number}",
        notes=(*notes, note) if note else notes,
    )


def _with_feed(draft: Draft, outlet: Fact | None, language: Fact | None, encoding: str) -> Draft:
    """Add what the feed says of all its entries."""
    return replace(draft, outlet=draft.outlet or outlet, language=language, encoding=encoding)


def _find(element: Any, path: str) -> Any:
    """Return the first element at *path*, whatever its namespace."""
    return element.find("/".join(f"{{*}}{step}" for step in path.split("/")))


def _text(element: Any, path: str) -> str:
    """Return the words of the first element at *path*."""
    found = _find(element, path)
    return "".join(found.itertext()).strip() if found is not None else ""


def _body(entry: Any, field: str) -> str:
    """Return an entry's text: XHTML and HTML as words, plain text as it is."""
    found = _find(entry, field)
    if found is None or found.get("src"):
        return ""
    if len(found) and found.get("type") == "xhtml":
        return fragment_text(etree.tostring(found[0], encoding="unicode", with_tail=False))
    words = "".join(found.itertext())
    if found.get("type") == "html" or has_markup(words):
        return fragment_text(words)
    return words.strip()


def _plain(words: str) -> str:
    return fragment_text(words) if "<" in words or "&" in words else words


def _date(entry: Any) -> tuple[Fact | None, str | None]:
    """Return the entry's day of publication; an Atom entry without one gives the day of its last change."""
    note = None
    for field in ("pubDate", "date", "published", "issued", "updated"):
        value = _text(entry, field)
        if value:
            day, note = parse_day(value)
            if day:
                return Fact(day, "stated", f"the entry's {field}: {value}"), note
    return None, note
