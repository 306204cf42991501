"""What a format's reader hands over: a text, and what the format's own fields say of its origin."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parley.errors import SourceError
from parley.records import Fact

MAX_BYTES = 200 * 1024 * 1024
"""Largest input, and largest text unpacked from one, in bytes."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_SLUG = re.compile(r"[^\w]+")


class Unread(SourceError):
    """An input holds no article by design (a picture, a list of codes); it is skipped rather than refused."""


class Aside(Unread):
    """An input that is no coverage even where the user named it, as a shell's star does: it is always skipped."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as a format's reader found it, before the text's own lines are looked at.

    ``part`` tells the entries of one file apart and is None where the file is one document. ``weak`` facts come from
    fields that often name somebody else (the author property of a PDF); lines of the text go before them.
    """

    text: str
    format: str
    encoding: str | None = None
    title: Fact | None = None
    outlet: Fact | None = None
    author: Fact | None = None
    date: Fact | None = None
    language: Fact | None = None
    weak_title: Fact | None = None
    weak_author: Fact | None = None
    weak_date: Fact | None = None
    part: str | None = None
    place: str | None = None  # "line 3", "entry 2"
    notes: tuple[str, ...] = ()


def stated(value: object, evidence: str) -> Fact | None:
    """Return a stated fact of a field's value on one line, or None where the field is empty or no text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    words = " ".join(str(value).split())
    return Fact(whole_characters(words)[0], "stated", evidence) if words else None


def weaker(fact: Fact | None) -> Fact | None:
    """Return the fact as inferred: the field is there, but may name something else."""
    return Fact(fact.value, "inferred", fact.evidence) if fact else None


def whole_characters(text: str) -> tuple[str, int]:
    """Replace lone surrogates, which no file can hold, by U+FFFD; return the text and how many there were."""
    return _SURROGATE.subn("\ufffd", text)


def slug(words: str, *, limit: int = 60) -> str:
    """Return *words* as part of a name: word characters of any script, the rest hyphens, at most *limit* long."""
    return _NOT_SLUG.sub("-", words.lower()).strip("-")[:limit].rstrip("-")
