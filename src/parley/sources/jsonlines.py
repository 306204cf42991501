"""JSON and JSON lines: articles under the field names that archives, news interfaces and ninjs 1 to 3 use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from parley.errors import SourceError
from parley.records import Fact
from parley.sources.days import day_in_address, parse_day
from parley.sources.decode import Decoded, decode
from parley.sources.draft import Aside, Draft, slug, stated, whole_characters
from parley.sources.web import fragment_text, has_markup

# Field names in small letters without separators: body_text, bodyText and "Body text" are one.
_TEXT = (
    "bodytext", "bodies", "text", "fulltext", "articletext", "articlebody", "content", "contenttext", "maintext",
    "body", "bodyhtml", "bodyxhtml", "contenthtml", "html", "article", "story",
)  # fmt: skip
_SUMMARY = ("description", "summary", "abstract")
_TITLE = ("headline", "headlines", "title", "heading", "name")
_OUTLET = (
    "outlet", "publisher", "publication", "source", "sourcename", "medium", "newspaper", "site", "sitename", "provider",
    "providers", "infosource", "infosources", "domain",
)  # fmt: skip
_AUTHOR = ("author", "authors", "byline", "by", "creator", "writer")
_DATE = (
    "datepublished", "publishedat", "published", "publicationdate", "publishdate", "pubdate", "date", "firstpublished",
    "versioncreated", "firstcreated", "contentcreated", "publishedon", "publishedtime", "timestamp", "created",
    "createdat",
)  # fmt: skip
_LANGUAGE = ("language", "lang", "inlanguage", "languagecode")
_ADDRESS = ("url", "link", "uri", "canonicalurl")
_LISTS = ("articles", "items", "documents", "docs", "results", "entries", "stories", "news", "data")
_STATEMENT = frozenset({"speaker", "act"})
_NOT_LETTERS = re.compile(r"[^a-z0-9]")

Found = Draft | SourceError


def read_json(data: bytes, *, lines: bool = False) -> Iterator[Found]:
    """Yield the articles of a JSON or JSON lines file; a record without a text is yielded as its error.

    *lines* says that every line is a record of its own; without it the content decides. Raises Aside
    where the file as a whole holds no article (codes, settings, tables), SourceError where it is not JSON.
    """
    decoded = decode(data)
    if not lines:
        try:
            value = json.loads(decoded.text, strict=False)
        except ValueError as error:
            if not _is_lines(decoded.text):
                where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "its beginning"
                raise SourceError(f"is not valid JSON at {where}; mend it or save the article as plain text") from error
        except RecursionError as error:
            raise SourceError("is JSON nested too deeply to be articles") from error
        else:
            yield from _articles(_records(value), decoded)
            return
    yield from _articles(_lines(decoded.text), decoded)


def is_article(value: object) -> bool:
    """Tell whether a JSON object holds the text of an article."""
    return isinstance(value, Mapping) and bool(_pick_text(_named(value))[0].strip())


def _is_lines(text: str) -> bool:
    """Tell JSON lines by their first line."""
    first = text.lstrip().split("\n", 1)[0]
    try:
        return isinstance(json.loads(first, strict=False), dict)
    except (ValueError, RecursionError):
        return False


def _records(value: object) -> Iterator[tuple[str, Any]]:
    """Yield the objects of one JSON value with their places: itself, its list, or the list in a usual field."""
    if isinstance(value, dict) and not is_article(value):
        fields = _named(value)
        value = next((fields[name] for name in _LISTS if isinstance(fields.get(name), list)), value)
    if not isinstance(value, list):
        yield "", value
        return
    for number, item in enumerate(value, start=1):
        yield f"entry {number}", item


def _lines(text: str) -> Iterator[tuple[str, Any]]:
    """Yield the object of every line; a line that is not JSON comes as its error."""
    start, number = 0, 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end].strip()
        start, number = end + 1, number + 1
        if not line:
            continue
        place = f"line {number}"
        try:
            yield place, json.loads(line, strict=False)
        except (ValueError, RecursionError):
            yield place, SourceError(f"{place} is not valid JSON; mend or delete it")


def _articles(records: Iterator[tuple[str, Any]], decoded: Decoded) -> Iterator[Found]:
    """Turn records into drafts. A file whose records hold no text at all is one Aside, not one error a record."""
    empty: list[SourceError] = []
    some = False
    codes = False
    for place, record in records:
        if isinstance(record, SourceError):
            some = True
            yield record
            continue
        fields = _named(record) if isinstance(record, Mapping) else {}
        if fields.keys() >= _STATEMENT and not fields.keys() & {"text", "bodytext", "articlebody", "body"}:
            codes = True
            continue
        draft = _draft(fields, place, decoded)
        if draft is None:
            if len(empty) < 1000:
                empty.append(
                    SourceError(f"{f'{place} ' if place else ''}holds no article text (no field such as text or body)")
                )
            continue
        some = True
        yield from empty
        empty.clear()
        yield draft
    if codes and not some:
        raise Aside("holds coded statements (speaker, act, content), not articles")
    if not some:
        raise Aside("holds no article text (no field such as text, body or content)")
    yield from empty


def _draft(fields: dict[str, Any], place: str, decoded: Decoded) -> Draft | None:
    """Build the draft of one record, or None where it holds no text."""
    text, field = _pick_text(fields)
    if not text.strip():
        text, field = _pick_text(fields, names=_SUMMARY)
    if not text.strip():
        return None
    text, broken = whole_characters(text)
    notes = list(decoded.notes)
    if broken:
        notes.append(f"{broken} lone surrogate{'s' * (broken > 1)} became U+FFFD.")
    if field in _SUMMARY:
        notes.append(f"The record holds only a {field}, not the full text.")
    title = _fact(fields, _TITLE)
    date, weak_date = _date(fields, notes)
    key = next((str(fields[name]) for name in ("id", "guid", "docid") if isinstance(fields.get(name), str | int)), "")
    return Draft(
        text=text,
        format="jsonl",
        encoding=decoded.encoding,
        title=title,
        outlet=_fact(fields, _OUTLET),
        author=_fact(fields, _AUTHOR),
        date=date,
        weak_date=weak_date,
        language=_fact(fields, _LANGUAGE),
        part=(slug(key) or (slug(title.value) if title else "") or place.rpartition(" ")[2]) if place else None,
        place=place or None,
        notes=tuple(notes),
    )


def _named(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields under names in small letters without separators; the first of a name counts."""
    fields: dict[str, Any] = {}
    for name, value in record.items():
        fields.setdefault(_NOT_LETTERS.sub("", str(name).lower()), value)
    return fields


def _pick_text(fields: dict[str, Any], *, names: tuple[str, ...] = _TEXT) -> tuple[str, str]:
    """Return the text of the first field that holds one, and the field's name."""
    for name in names:
        text = _as_text(fields.get(name))
        if text.strip():
            return text, name
    return "", ""


def _as_text(value: object) -> str:
    """Return a field's text: as it is, HTML as words, of several bodies the plain one, paragraphs as lines."""
    if isinstance(value, str):
        return fragment_text(value) if has_markup(value) else value
    if isinstance(value, Mapping):
        inner = _named(value)
        return next((text for name in ("value", "text", "content", "html") if (text := _as_text(inner.get(name)))), "")
    if isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            return "\n".join(map(_as_text, value))
        bodies = [item for item in value if isinstance(item, Mapping)]
        bodies.sort(key=lambda item: "plain" not in str(item.get("contentType", item.get("contenttype", ""))).lower())
        return next((text for item in bodies if (text := _as_text(item))), "")
    return ""


def _fact(fields: dict[str, Any], names: tuple[str, ...]) -> Fact | None:
    """Return the first of the fields that holds words, as a stated fact."""
    for name in names:
        fact = stated(_words(fields.get(name)), f"field {name}")
        if fact:
            return Fact(fragment_text(fact.value), fact.basis, fact.evidence) if has_markup(fact.value) else fact
    return None


def _words(value: object) -> str:
    """Return the words of a field: a string, the name of an object, or several of them (of headlines: the main one)."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return next((str(value[name]) for name in ("name", "value", "title") if isinstance(value.get(name), str)), "")
    if isinstance(value, list):
        chosen = [item for item in value if isinstance(item, Mapping) and item.get("role") == "main"] or value
        headlines = any(isinstance(item, Mapping) and "value" in item for item in chosen)
        words = [_words(item) for item in chosen[: 1 if headlines else 20]]
        return ", ".join(word for word in words if word)
    return ""


def _date(fields: dict[str, Any], notes: list[str]) -> tuple[Fact | None, Fact | None]:
    """Return the stated day, else the day in the record's address as the weaker one."""
    for name in _DATE:
        value = fields.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | float) or not str(value).strip():
            continue
        day, note = parse_day(str(value))
        if note:
            notes.append(note)
        if day:
            return Fact(day, "stated", f"field {name}: {value}"), None
    for name in _ADDRESS:
        found = day_in_address(str(fields.get(name, "")))
        if found:
            return None, Fact(found[0], "inferred", f"the address in field {name}: {found[1]}")
    return None, None
