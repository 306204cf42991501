"""What a field or a first line gives as a document's title: the headline, not the site's name or what a script left."""

from __future__ import annotations

import re

from parley.records import Fact

_LEFT_OVER = re.compile(
    r"\b(?:document|window)\.[a-z]\w*|\bfunction\s?\w*\(|\{\{|\$\{|\[object \w+\]|"
    r"^\W*(?:undefined|null|none|nan|untitled(?: document)?|title|headline|loading|just a moment|please wait|"
    r"access denied|page not found|not found|are you a robot|home ?page|home|404\b.*|403\b.*)\W*$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s+[|»·]\s+")
_DASHES = re.compile(r"\s+[–—-]\s+|\s+:\s+")
_SHORTEST = 3
"""Words that are left of a headline where the site's name is taken off."""


def headline(fact: Fact | None, site: str | None) -> Fact | None:
    """Return the title that *fact* holds without the name of the *site* behind it; None where it holds no headline.

    ``site`` is an outlet's name or address. What stands after an upright stroke is a section or the site; what stands
    after a dash is taken off only where it is the site's name, as headlines have dashes too.
    """
    if fact is None or _LEFT_OVER.search(fact.value) or _same(fact.value, site):
        return None
    words = _PARTS.split(fact.value)[0].strip()
    *before, last = _DASHES.split(words)
    if before and _same(last, site):
        words = words[: words.rindex(last)].rstrip(" \t–—-:")
    if words == fact.value or len(words.split()) < _SHORTEST:
        return fact
    return Fact(words, fact.basis, fact.evidence)


def _same(words: str, site: str | None) -> bool:
    """Tell whether *words* are the site's name: "Harbour Daily", "harbourdaily.com", "The Harbour Daily"."""
    if not site:
        return False
    name, own = _letters(words), _letters(site)
    address = "." in site and " " not in site
    return len(name) >= 3 and (name == own or (address and name in own))


def _letters(words: str) -> str:
    plain = re.sub(r"^the\s+", "", words.strip(), flags=re.IGNORECASE)
    return "".join(filter(str.isalnum, plain.casefold()))
