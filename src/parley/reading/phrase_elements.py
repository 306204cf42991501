"""What a word of a noun phrase is there: part of a name, title, role, group, body, possessive mark, number.

Internal to the actor rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from parley.reading.gazetteer import Entry, gazetteer
from parley.reading.phrase_words import (
    FIRST,
    LISTS,
    PORTFOLIO_WORDS,
    PRONOUNS,
    QUALIFYING,
    TAILS,
    TITLES,
    WITH_PORTFOLIO,
    Word,
)

_UNIONS = frozenset(["union", "association", "federation", "guild"])
_INITIALS = 9
"""Letters up to which capitals with a stroke can be initials: "AFL/CIO"."""
_SEAT = re.compile(r"[RDI]-[A-Z][\w.]*")
"""A lawmaker's party and state: "D-N.Y."."""


@dataclass(slots=True)
class Element:
    """One or several words that are one thing in a phrase. Positions are indexes into its words."""

    kind: str  # CAP GAZ TITLE ROLE MOD GROUP ORG POSS NUM UNK
    at: int
    end: int
    entry: Entry | None = None
    low: str = ""
    cap: bool = False


@dataclass(slots=True)
class Elements:
    """Tells what words are in a phrase. ``lower`` are the words that the document also has in lower case."""

    words: Sequence[Word]
    lower: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()  # capitalised words seen inside sentences
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.texts = [word.text.replace("’", "'") for word in self.words]

    def element(self, i: int, before: list[Element], determined: bool) -> Element | None:
        """Return what word *i* is after the elements before it; None where the phrase ends."""
        word = self.words[i]
        low = word.low
        if low in ("'s", "’s") or (word.text in "'’" and before and self.words[i - 1].low.endswith("s")):
            if self._joins_name(i, before):
                return Element("CAP", i, i + 1, low=low, cap=True)
            return Element("POSS", i, i + 1) if before and before[-1].kind != "POSS" else None
        if not word.text[0].isalnum() or (low in PRONOUNS and word.text != "US") or _SEAT.fullmatch(word.text):
            return None
        match = gazetteer().match(self.texts, i, capitals=word.shout)
        if match and not (word.first and match[0].ambiguous) and not (match[1] == 1 and self._otherwise(i, before)):
            return Element("GAZ", i, i + match[1], match[0], low, True)
        last = before[-1] if before else None
        if word.cap and not word.shout:
            return self._capital(i, last)
        return self._plain(i, last, determined, before)

    def _otherwise(self, i: int, before: Sequence[Element]) -> bool:
        """Tell whether a word that stands for something by itself is something else here."""
        low = self.words[i].low
        if low == "house":
            return self.texts[i + 1 : i + 2] == ["of"]  # "House of Delegates"
        return low in LISTS["months"] or (low in LISTS["roles"] and bool(before))  # "Chief Economist"

    def _capital(self, i: int, last: Element | None) -> Element | None:
        word = self.words[i]
        low, kind = word.low, ""
        if low.endswith(QUALIFYING):
            return Element("MOD", i, i + 1, low=low)
        if "/" in low and word.text.isupper() and len(low) > _INITIALS:
            return None  # a dateline: "OSLO/REYKJAVIK"
        if word.titled and (low not in self.names or low in LISTS["speech"]):
            return None
        if word.titled and last is not None and last.kind == "CAP" and f"{last.low} {low}" not in self.names:
            return None
        nearby = last is not None and last.cap
        if low in TITLES:
            kind = "TITLE"
        elif low in LISTS["weekdays"]:
            return None
        elif low in LISTS["months"]:
            known = nearby and last is not None and (last.low in FIRST or last.kind == "TITLE" or last.kind == "ROLE")
            if not known and not (low == "may" and self._surname_may(i)):
                return None
            kind = "CAP"
        elif low in FIRST and low in LISTS["function"] and not word.first and self._titling(i):
            kind = "CAP"  # "parent Will White"
        elif (low in LISTS["function"] and (word.first or not nearby)) or (
            low in LISTS["function"]
            and low in ("the", "a", "an", "and", "or", "of", "but", "with", "after", "as", "to")
        ):
            return None
        elif f"{low}#name" in self.names and not nearby and not self._titling(i):
            kind = "CAP"
        elif low in LISTS["roles"]:
            after = self.words[i + 1] if i + 1 < len(self.words) else None
            named = low == "general" and after is not None and after.cap and after.low in LISTS["organisation_heads"]
            kind = "CAP" if named or self._unionised(i) else "ROLE"
        elif low in LISTS["organisation_heads"] and not (low == "teachers" and word.first):
            kind = "ORG"
        elif low in LISTS["groups"]:
            if low[:-1] in LISTS["roles"] and not word.titled and self._titling(i):
                return Element("ROLE", i, i + 1, low=low[:-1], cap=True)  # "Presidents Clinton and Obama"
            kind = "GROUP"
        elif low in LISTS["organisations"]:
            kind = "ORG"
        elif low in LISTS["role_modifiers"]:
            kind = "CAP" if low == "new" and self._names_place(i) else "MOD"
        elif low in LISTS["no_names"]:
            return None
        elif low.endswith(TAILS):
            kind = "MOD"
        elif word.first and not nearby and low not in FIRST and (low in LISTS["openers"] or low in self.lower):
            return None
        else:
            kind = "CAP"
        if kind == "ROLE":
            return self._office(i, cap=True)
        common = kind == "GROUP" or (kind == "ORG" and (last is None or last.kind not in ("CAP", "GAZ")))
        plain = common and (word.titled or low == "administration")  # "the Administration"
        return Element(kind, i, i + 1, low=low, cap=not plain)

    def _joins_name(self, i: int, before: Sequence[Element]) -> bool:
        """Tell whether a possessive mark stands inside a body's name: "Seamen's Union", "Workers' Party"."""
        if not before or not before[-1].cap or i + 1 >= len(self.words):
            return False
        after, members = self.words[i + 1], self.words[i - 1].low
        plural = (members in LISTS["groups"] and members != "people") or members in ("women", "seamen", "farmers")
        return (after.cap and plural and after.low in LISTS["organisations"]) or self._unionised(i - 1)

    def _unionised(self, i: int) -> bool:
        """Tell whether a word opens the name of a union: "Teacher's Union"."""
        words, own = self.words[i : i + 3], f"{self.words[i].low}s" in LISTS["groups"]
        return own and len(words) == 3 and words[1].low in ("'s", "’s") and words[2].cap and words[2].low in _UNIONS

    def _office(self, i: int, *, cap: bool) -> Element:
        """Return a role with the portfolio that may follow: "Secretary of State", "minister for trade"."""
        words, low, at = self.words, self.words[i].low, i + 1
        if at + 1 < len(words) and words[at].low in ("of", "for") and low in WITH_PORTFOLIO:
            step = at + 1 + (words[at + 1].low == "the")
            end = step
            while end < len(words) and words[end].low in PORTFOLIO_WORDS and end - step < 3:
                end += 1
            if end > step and words[end - 1].low not in ("and", "foreign"):
                low, at = " ".join([low, *(word.low for word in words[step:end])]), end
        return Element("ROLE", i, at, low=low, cap=cap)

    def _titling(self, i: int) -> bool:
        """Tell whether the next word is a name too, so that this one may be its title."""
        return i + 1 < len(self.words) and self.words[i + 1].cap

    def _names_place(self, i: int) -> bool:
        """Tell whether a capitalised "New" opens the name of a place: "New York"."""
        after = self.words[i + 1] if i + 1 < len(self.words) else None
        common = LISTS["roles"] | LISTS["role_modifiers"] | LISTS["groups"] | LISTS["organisations"] | TITLES
        return after is not None and after.cap and after.low not in common and not self.words[i].titled

    def _surname_may(self, i: int) -> bool:
        """Tell whether this "May" is somebody: the document has it after a first name, and no date word is near."""
        if "may#name" not in self.names:
            return False
        before = self.words[i - 1].low if i else ""
        after = self.words[i + 1].text if i + 1 < len(self.words) else ""
        dated = before in ("in", "since", "until", "till", "by", "last", "this", "next", "early", "late", "mid", "of")
        return not dated and not after[:1].isdigit()

    def _plain(self, i: int, last: Element | None, determined: bool, before: list[Element]) -> Element | None:
        word, low = self.words[i], self.words[i].low
        following = self.words[i + 1] if i + 1 < len(self.words) else None
        after_name = last is not None and last.kind in ("CAP", "ROLE", "TITLE") and low in LISTS["particles"]
        if after_name or (last is None and low in ("von", "van", "al", "bin", "dos", "ibn")):
            particle = following is not None and (following.cap or following.low in LISTS["particles"])
            if particle:
                return Element("CAP", i, i + 1, low=low, cap=True)
        if low.startswith(("al-", "el-", "an-", "ash-", "as-", "ul-")) and word.text[-1:].isalpha():
            part = word.text.split("-", 1)[1]
            if part[:1].isupper():
                return Element("CAP", i, i + 1, low=low, cap=True)
        kind = ""
        if (low in LISTS["organisations"] and low not in ("side", "state", "house", "country", "nation")) or (
            low in LISTS["organisations"] and (determined or before)
        ):
            kind = "ORG"
        if low in LISTS["roles"]:
            kind = "ROLE"
        elif low in LISTS["groups"]:
            kind = "GROUP"
        elif not kind and (low in LISTS["role_modifiers"] or low.endswith(TAILS) or low in LISTS["compass"]):
            if last is not None and last.kind == "GROUP":
                return None  # "senators visiting Odesa"
            kind = "MOD"
        elif not kind and word.text[:1].isdigit():
            kind = "NUM"
        if kind == "ORG" and following is not None and low in LISTS["role_modifiers"]:
            nxt = following.low
            if (
                nxt in LISTS["roles"]
                or nxt in LISTS["groups"]
                or nxt in LISTS["role_modifiers"]
                or nxt in LISTS["organisations"]
            ):
                kind = "MOD"
        if not kind:
            unknown = sum(element.kind == "UNK" for element in before)
            starts = determined or any(element.kind == "POSS" for element in before)
            if (
                low in LISTS["function"]
                or low in LISTS["speech"]
                or low in LISTS["document_words"]
                or unknown >= 2
                or not starts
            ):
                return None
            if low.endswith(("ed", "ly")) and "-" not in low:
                return None
            if last is not None and last.kind not in ("POSS", "UNK", "MOD", "GAZ", "NUM"):
                return None
            kind = "UNK"
        if kind == "ROLE":
            return self._office(i, cap=False)
        return Element(kind, i, i + 1, low=low, cap=False)
