"""Sidecars: ``x.json`` or ``x.toml`` beside a document ``x.*`` gives what the document itself does not say."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from parley.records import Fact
from parley.sources.days import day_in_address, parse_day
from parley.sources.decode import decode
from parley.sources.draft import whole_characters
from parley.sources.jsonlines import is_article

ENDINGS = (".json", ".toml")
"""Endings of sidecars, in the order in which they are looked for."""

DOCUMENT_ENDINGS = frozenset(
    {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".eml", ".pdf", ".docx"}
    | {".rss", ".atom", ".xml"}
)
"""Endings of files that may have a sidecar."""

_FIELDS = ("title", "outlet", "author", "language")
_MAX = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What the user has put down of a document in the file beside it."""

    title: Fact | None = None
    outlet: Fact | None = None
    author: Fact | None = None
    date: Fact | None = None
    language: Fact | None = None
    weak_date: Fact | None = None  # the day in the address
    notes: tuple[str, ...] = ()


def owner(path: Path, names: Iterable[str]) -> str | None:
    """Return the document that *path* would be the sidecar of, out of the *names* in its folder, or None."""
    if path.suffix.lower() not in ENDINGS:
        return None
    for name in sorted(names):
        other = Path(name)
        if other.stem == path.stem and other.suffix.lower() in DOCUMENT_ENDINGS:
            return name
    return None


def holds_article(path: Path) -> bool:
    """Tell whether what looks like a sidecar is an article of its own, or cannot be read as a sidecar at all."""
    if path.suffix.lower() != ".json":
        return False
    try:
        if path.stat().st_size > _MAX:
            return True
        return is_article(json.loads(decode(path.read_bytes()).text))
    except (OSError, ValueError, RecursionError):
        return False


def find_sidecar(path: Path) -> Sidecar:
    """Read the sidecar of the document at *path*; an empty one where there is none, defects as notes."""
    for ending in ENDINGS:
        beside = path.with_name(path.stem + ending)
        if (
            beside != path
            and path.suffix.lower() in DOCUMENT_ENDINGS
            and beside.is_file()
            and not holds_article(beside)
        ):
            return _read(beside)
    return Sidecar()


def _read(path: Path) -> Sidecar:
    """Read one sidecar."""
    try:
        if path.stat().st_size > _MAX:
            return Sidecar(notes=(f"The sidecar {path.name} is larger than 1 MB and was left out.",))
        text = decode(path.read_bytes()).text
        fields = tomllib.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)
    except OSError:
        return Sidecar(notes=(f"The sidecar {path.name} cannot be opened and was left out.",))
    except (ValueError, RecursionError):
        kind = path.suffix[1:].upper()
        return Sidecar(notes=(f"The sidecar {path.name} is not valid {kind} and was left out; mend it.",))
    if not isinstance(fields, dict):
        return Sidecar(notes=(f"The sidecar {path.name} holds no fields and was left out.",))
    evidence = f"sidecar {path.name}"
    notes: list[str] = []
    facts = {name: _given(fields.get(name), evidence) for name in _FIELDS}
    day = _day(fields.get("date"), evidence, notes)
    found = day_in_address(str(fields.get("url", "")))
    weak = Fact(found[0], "inferred", f"the address in {evidence}: {found[1]}") if found else None
    if remark := _given(fields.get("note"), evidence):
        notes.append(f"{path.name}: {remark.value}")
    return Sidecar(**facts, date=day, weak_date=weak, notes=tuple(notes))


def _given(value: object, evidence: str) -> Fact | None:
    """Return a fact that the user gave, its words on one line, or None where there is none."""
    if not isinstance(value, str):
        return None
    words = whole_characters(" ".join(value.split()))[0]
    return Fact(words, "given", evidence) if words else None


def _day(value: object, evidence: str, notes: list[str]) -> Fact | None:
    """Return the given day; one that names no day is noted and left out."""
    if isinstance(value, date):
        return Fact(value.isoformat()[:10], "given", evidence)
    fact = _given(value, evidence)
    if fact is None:
        return None
    day, note = parse_day(fact.value)
    if note:
        notes.append(f"{evidence[0].upper()}{evidence[1:]}: {note}")
    return Fact(day, "given", evidence) if day else None
