"""Paths to documents: walk, tell the format, read, add what is known, and go on when one input fails."""

from __future__ import annotations

import hashlib
import logging
import re
import stat
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from parley.errors import SourceError
from parley.records import Document, Fact, Refusal
from parley.sources import metadata
from parley.sources.days import day_in_address, day_in_name, parse_day
from parley.sources.decode import decode
from parley.sources.draft import MAX_BYTES, Aside, Draft, Unread, whole_characters
from parley.sources.genre import find_genre
from parley.sources.language import find_language, normal_code
from parley.sources.own import leave_own
from parley.sources.sidecar import Sidecar, find_sidecar
from parley.sources.sniff import Format, sniff
from parley.sources.titles import headline
from parley.sources.walk import STDIN, Found, shown, walk

_READERS = {
    "html": "web:read_html",
    "mhtml": "mail:read_mhtml",
    "email": "mail:read_email",
    "mbox": "mail:read_mbox",
    "feed": "feeds:read_feed",
    "pdf": "pdf:read_pdf",
    "word": "word:read_word",
    "json": "jsonlines:read_json",
}
_MANY = frozenset({"mbox", "feed", "json"})
"""Formats of which one file holds several documents."""
_CHATTY = ("trafilatura", "htmldate", "courlan", "justext", "pypdf", "charset_normalizer", "py3langid")
_PART = re.compile(r"(?:line|entry|message) \d+")
_LARGEST = f"{MAX_BYTES // (1024 * 1024)} MB"


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of all inputs of one call; it goes before everything else. ``date`` is an ISO 8601 day."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    date: str | None = None
    language: str | None = None


def load(
    paths: Sequence[str | Path], *, given: Given = Given(), stdin: bytes | None = None
) -> Iterator[Document | Refusal]:
    """Yield a Document or a Refusal for every article that *paths* hold, lazily and in a fixed order.

    Folders are walked in the order of names; hidden files are left out. ``-`` stands for standard input, which is read
    from *stdin* where that is given. Nothing that an input holds stops the run, is executed, or is fetched. Raises
    SourceError only where *given* itself is wrong.
    """
    if given.date is not None and (parse_day(given.date)[0] != given.date):
        raise SourceError(f"The given date {given.date!r} is not a day; write it as YYYY-MM-DD.")
    if given.language and not normal_code(given.language):
        raise SourceError(f"The given language {given.language!r} is not a code; write it in two letters, such as en.")
    return _load(paths, given, stdin)


def identify(name: str, text: str) -> str:
    """Return the id of a document: the first 16 hexadecimal digits of SHA-256 over its name, NUL, and its text."""
    return hashlib.sha256(f"{name}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _load(paths: Sequence[str | Path], given: Given, stdin: bytes | None) -> Iterator[Document | Refusal]:
    for found in walk(paths):
        if isinstance(found, Refusal):
            yield found
            continue
        results = _read(found, given, stdin)
        while True:
            # a generator must not keep the process quiet while it waits for its consumer
            with _quiet():
                result = next(results, None)
            if result is None:
                break
            yield result


def _read(found: Found, given: Given, stdin: bytes | None) -> Iterator[Document | Refusal]:
    """Read one file; whatever goes wrong in it becomes a Refusal."""
    where = shown(found.path)
    try:
        data = _bytes(found.path, stdin)
        beside = find_sidecar(found.path) if str(found.path) != STDIN else Sidecar()
        original = hashlib.sha256(data).hexdigest()
        parts: Counter[str] = Counter()
        for draft in _drafts(found.path, data):
            if isinstance(draft, Draft) and draft.part:
                parts[draft.part] += 1
                if parts[draft.part] > 1:  # two entries under one headline
                    draft = replace(draft, part=f"{draft.part}-{parts[draft.part]}")
            if isinstance(draft, SourceError):
                yield _refuse(where, draft, named=found.named)
            elif not draft.text.strip(" \t\r\n\x0b\x0c\x00\ufeff\u00a0") or not any(map(str.isalnum, draft.text)):
                place = f"{draft.place} " if draft.place else ""
                yield _refuse(where, SourceError(f"{place}holds no words; nothing to read"), named=found.named)
            else:
                yield _document(found.path, draft, original, given, beside)
    except SourceError as error:
        yield _refuse(where, error, named=found.named)
    except OSError as error:
        reason = error.strerror or str(error)
        yield Refusal(where, "refused", f"The file cannot be read ({reason}); check its permissions and its disk.")
    except Exception as error:  # noqa: BLE001 - parsers of others meet hostile bytes here, and the run goes on
        kind = type(error).__name__
        yield Refusal(where, "refused", f"The file could not be read ({kind}); save the article as plain text.")


def _refuse(where: str, error: SourceError, *, named: bool) -> Refusal:
    """Turn an error into a sentence; what is met in a folder and holds no article by design is skipped."""
    words = str(error)
    skipped = isinstance(error, Aside) or (isinstance(error, Unread) and not named)
    part = _PART.match(words)
    sentence = f"{words[0].upper()}{words[1:]}." if part else f"The file {words}."
    # a dossier keeps one refusal a path, and a file may have many parts that are refused
    return Refusal(f"{where} ({part[0]})" if part else where, "skipped" if skipped else "refused", sentence)


def _bytes(path: Path, stdin: bytes | None) -> bytes:
    """Return the bytes of a file or of standard input, refusing what is too large or no file."""
    if str(path) == STDIN:
        if stdin is None and sys.stdin is None:
            raise SourceError("is standard input, which is closed; name a file, or send a text")
        data = sys.stdin.buffer.read(MAX_BYTES + 1) if stdin is None else stdin
    else:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise SourceError("is a device or pipe; write - to read standard input")
        if status.st_size > MAX_BYTES:
            raise SourceError(f"is larger than {_LARGEST}; split it")
        data = path.read_bytes()
    if len(data) > MAX_BYTES:
        raise SourceError(f"is larger than {_LARGEST}; split it")
    if not data:
        raise SourceError("is empty")
    return data


def _drafts(path: Path, data: bytes) -> Iterator[Draft | SourceError]:
    """Read a file by its format."""
    form: Format = sniff(path.name, data)
    leave_own(form, data)
    if form == "text" and path.suffix.lower() in {".csv", ".tsv"}:
        raise Unread("is a spreadsheet, not an article; save its articles as text or JSON lines")
    if form == "json":
        yield from _json(path.suffix.lower(), data)
    elif form in {"text", "markdown"}:
        yield _plain(data, form)
    elif form in _MANY:
        yield from _reader(form)(data)
    else:
        yield _reader(form)(data)


def _reader(form: str) -> Callable[..., Any]:
    """Import the reader of a format when the first such file comes: the libraries behind them are slow to load."""
    module, name = _READERS[form].split(":")
    found: Callable[..., Any] = getattr(import_module(f"parley.sources.{module}"), name)
    return found


def _json(ending: str, data: bytes) -> Iterator[Draft | SourceError]:
    """Read JSON; what only looks like it, under another ending, is text."""
    if ending in {".json", ".jsonl", ".ndjson"}:
        yield from _reader("json")(data, lines=ending != ".json")
        return
    found = _reader("json")(data)
    try:
        first = next(found, None)
    except Unread:
        raise
    except SourceError:
        yield _plain(data, "text")
        return
    if first is not None:
        yield first
        yield from found


def _plain(data: bytes, form: str) -> Draft:
    decoded = decode(data)
    return Draft(text=decoded.text, format=form, encoding=decoded.encoding, notes=decoded.notes)


def _document(path: Path, draft: Draft, original: str, given: Given, beside: Sidecar) -> Document:
    """Join what the user, the sidecar, the format and the text's lines say into a document."""
    text, broken = whole_characters(draft.text)
    stem = "stdin" if str(path) == STDIN else shown(_stem(path.name))
    name = f"{stem}.{draft.part}" if draft.part else stem
    lines = metadata.read_lines(text, markdown=draft.format == "markdown")
    outlet = _option(given.outlet, "--outlet") or beside.outlet or draft.outlet or lines.outlet or lines.credit
    written = (draft.title, lines.title, draft.weak_title, lines.headline)
    headlines = (headline(fact, outlet.value if outlet else None) for fact in written)
    title = _option(given.title, "--title") or beside.title or next(filter(None, headlines), None)
    notes = (
        *draft.notes,
        *((f"{broken} lone surrogate{'s' * (broken > 1)} became U+FFFD.",) if broken else ()),
        *lines.notes,
        *beside.notes,
    )
    return Document(
        id=identify(name, text),
        name=name,
        path=f"{shown(path)} ({draft.place})" if draft.place else shown(path),
        format=draft.format,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        original_sha256=original,
        encoding=draft.encoding,
        title=title,
        outlet=outlet,
        author=_option(given.author, "--author") or beside.author or draft.author or lines.author or draft.weak_author,
        date=_option(given.date, "--date")
        or beside.date
        or draft.date
        or lines.date
        or _weak_date(stem, draft, beside, lines.address),
        language=_language(_option(given.language, "--language"), beside.language, draft.language, lines.language)
        or find_language(text),
        genre=find_genre(text, title=title.value if title else None, dateline=lines.dateline),
        notes=notes,
    )


def _stem(name: str) -> str:
    """Return a file name without its ending; what follows the last point is an ending only if it is short letters."""
    stem, point, ending = name.rpartition(".")
    return stem if point and stem and len(ending) <= 8 and ending.isalnum() and not ending.isdecimal() else name


def _option(value: str | None, option: str) -> Fact | None:
    return Fact(whole_characters(value)[0], "given", option) if value else None


def _weak_date(stem: str, draft: Draft, beside: Sidecar, address: str | None) -> Fact | None:
    """Return the day that an address or the file's name shows; never the file's own time stamps."""
    if draft.weak_date or beside.weak_date:
        return draft.weak_date or beside.weak_date
    if found := day_in_address(address or ""):
        return Fact(found[0], "inferred", f"address: {address}")
    found = day_in_name(stem)
    return Fact(found[0], "inferred", f"file name: {found[1]}") if found else None


def _language(*facts: Fact | None) -> Fact | None:
    """Return the first fact that holds a language tag, as its two-letter code."""
    for fact in facts:
        code = normal_code(fact.value) if fact else None
        if fact and code:
            return replace(fact, value=code)
    return None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries that read formats from printing or warning; what matters is said in notes and refusals."""
    before = [logger.propagate for logger in _LOGGERS]
    for logger in _LOGGERS:
        logger.propagate = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, propagate in zip(_LOGGERS, before, strict=True):
            logger.propagate = propagate


def _loggers() -> list[logging.Logger]:
    """Return the loggers of the libraries, each with a handler that drops what it is given."""
    loggers = [logging.getLogger(name) for name in _CHATTY]
    for logger in loggers:
        logger.addHandler(logging.NullHandler())
    return loggers


_LOGGERS = _loggers()
