"""Read the noun phrases that can name an actor: "Chilean President X", "the union's board", "officials in Y".

A phrase is read from left to right over words, once, with the gazetteer and the word lists; nothing is looked up
outside them. Internal to the actor rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parley.reading.gazetteer import gazetteer
from parley.reading.phrase_elements import Element
from parley.reading.phrase_shapes import Phrase, Shapes
from parley.reading.phrase_words import ARTICLES, CLOSE, CONJUNCTIVE, FIRST, LISTS, NUMBERS, OPENING, OWNERS, QUANTITIES

_ADDRESSES = frozenset(["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "sen", "sen.", "rep", "rep."])
_QUALITIES = frozenset(["republican", "democrat", "conservative", "delegate", "major", "insider"])
"""Words for persons that stand as often before a noun."""
_SENT = frozenset(["envoy", "ambassador", "emissary", "representative", "coordinator", "diplomat"])
"""Those of whom "for", "to" or "in" tells where they are sent, not who sends them."""
_MARKS = (["“", "”"], ['"', '"'], ["‘", "'"], ["(", ")"])
"""What a nickname stands between."""
_LOOSE = ("MOD", "POSS", "UNK", "NUM", "TITLE")
"""Kinds of words that end no phrase."""


@dataclass(slots=True)
class Reader(Shapes):
    """Reads phrases from words. ``lower`` are the words that the document also has in lower case."""

    def read(self, i: int) -> Phrase | None:
        """Read the phrase that starts at word *i*; None where none does."""
        first = i
        i, determiner = self._opening(first)
        elements = self._gather(i, determiner)
        self._adjust(elements)
        _trim(elements)
        if not elements:
            if determiner in QUANTITIES and i > first:
                return Phrase(first, i, "quantity", (first, i), determiner=determiner, noun=determiner)
            return None
        phrase = self.shape(first, elements, determiner)
        if phrase is None:
            return None
        if determiner in CONJUNCTIVE and (phrase.known or phrase.kind in ("name", "organisation")):
            phrase.first, phrase.determiner = i, ""
            if phrase.owner is not None:
                phrase.owner.first, phrase.owner.determiner = i, ""
        elif determiner == "both" and phrase.kind == "body" and not phrase.noun.endswith("s"):
            phrase.first, phrase.determiner = first + 1, self.words[first + 1].low  # "both the union and the board"
        return None if phrase.noun in _QUALITIES and self._qualifies(phrase) else phrase

    def _opening(self, first: int) -> tuple[int, str]:
        """Return where the words after the determiners begin, and the determiner that counts."""
        words, i, determiner = self.words, first, ""
        while i < len(words) and words[i].low in OPENING and i - first < 4:
            if determiner and determiner not in QUANTITIES | NUMBERS and words[i].low in ARTICLES:
                break
            if words[i].text == "US" or (words[i].cap and not words[i].first and not words[i].shout and i > first):
                break
            if gazetteer().match(self.texts, i) and words[i].cap and words[i].low == "the":
                break
            determiner = words[i].low if not determiner or words[i].low in OWNERS else determiner
            i += 1
            if words[i - 1].low in QUANTITIES | NUMBERS and i + 1 < len(words) and words[i].low == "of":
                i += 1
        return i, determiner

    def _gather(self, at: int, determiner: str) -> list[Element]:
        """Return what the words from *at* on are, as far as they can be one phrase."""
        elements: list[Element] = []
        while at < len(self.words) and len(elements) < 14:
            element = self.element(at, elements, bool(determiner))
            if element is None and (
                self._ampersand(at, elements) or (determiner == "the" and self._joins(at, elements))
            ):
                element = Element("CAP", at, at + 1, low=self.words[at].low, cap=True)
            if element is None and self._nickname(at, elements):
                element = Element("CAP", at, at + 3, low=self.words[at + 1].low, cap=True)
            unknown = sum(e.kind == "UNK" for e in elements)
            if element is None or (element.cap and unknown > 1) or (unknown and element.low in QUANTITIES):
                break
            elements.append(element)
            at = element.end
        return elements

    def _qualifies(self, phrase: Phrase) -> bool:
        """Tell whether a word that can be a role says here what the next one is like: "the Republican primary"."""
        if phrase.kind != "role" or phrase.end >= len(self.words):
            return False
        word = self.words[phrase.end]
        verb = word.low in LISTS["function"] | LISTS["speech"] or word.low.endswith("ed")
        return word.low.isalpha() and not word.cap and not verb

    def _ampersand(self, at: int, elements: Sequence[Element]) -> bool:
        """Tell whether "&" stands inside a name: "Marks & Spencer"."""
        named = bool(elements) and elements[-1].cap and elements[-1].kind in ("CAP", "ORG")
        account = bool(elements) and self.words[elements[0].at - 1].text == "@"  # "@larkhill & Ada Vidal"
        follows = at + 1 < len(self.words) and self.words[at + 1].cap
        return named and not account and self.words[at].text == "&" and follows

    def _nickname(self, at: int, elements: Sequence[Element]) -> bool:
        """Tell whether a nickname in marks stands between a first name and another: "Ada “Ace” Vidal"."""
        marks = self.texts[at : at + 3 : 2]
        named = bool(elements) and elements[-1].kind == "CAP" and elements[-1].low in FIRST
        return named and marks in _MARKS and all(word.cap for word in self.words[at + 1 : at + 4 : 2])

    def _joins(self, at: int, elements: Sequence[Element]) -> bool:
        """Tell whether "and" stands inside a body's name: "the Food and Agriculture Organization"."""
        words, plain = self.words, [e for e in elements if e.entry is None or e.entry.form != "adjective"]
        opens = len(plain) == 1 and plain[0].kind in ("CAP", "ORG", "MOD") and elements[-1].cap
        if words[at].low not in ("and", "&") or not opens:
            return False
        end = at + 1
        while end < len(words) and end < at + 5 and words[end].cap and not gazetteer().match(self.texts, end):
            end += 1
        return end > at + 2 and words[end - 1].low in LISTS["organisation_heads"]

    def _adjust(self, elements: list[Element]) -> None:
        """Let role words and modifiers that end a personal name be part of it: "Peter King", "Al Green"."""
        for k in range(1, len(elements)):
            element, before = elements[k], elements[k - 1]
            if element.cap and element.kind in ("ROLE", "MOD", "GROUP", "TITLE") and before.kind == "CAP":
                final = k + 1 == len(elements) or elements[k + 1].kind in ("POSS",) or not elements[k + 1].cap
                middle = k > 1 and re.fullmatch(r"\w\.", before.low) is not None and elements[k - 2].low in FIRST
                if final and (before.low in FIRST or middle) and before.cap:
                    element.kind = "CAP"
            if element.cap and element.kind in ("TITLE", "ROLE") and before.kind == "TITLE" and k + 1 == len(elements):
                element.kind = "CAP"
            if element.cap and element.kind == "ORG" and before.kind == "CAP" and k == 1 and len(elements) == 2:
                element.kind = "CAP" if before.low in FIRST - LISTS["region_adjectives"] else element.kind
            surname = element.kind == "GAZ" and element.cap and before.kind == "CAP" and before.low in FIRST
            surname = surname or (element.kind == "GAZ" and before.kind == "TITLE" and before.low in _ADDRESSES)
            single = element.end - element.at == 1 and element.entry is not None
            if surname and single and element.entry and element.entry.form in ("name", "capital", "adjective"):
                element.kind, element.entry = "CAP", None
            office = single and element.entry is not None and element.entry.kind == "office"
            if office and before.cap and before.kind in ("CAP", "ORG"):
                element.kind, element.entry = "ORG", None  # "Trades Union Congress"

    def complete(self, phrase: Phrase) -> Phrase:
        """Add what follows "of", "for", "at", "in", "from" to a role, group or common body."""
        words, at = self.words, phrase.end
        if phrase.kind not in ("role", "group", "body") or at + 1 >= len(words) or words[at].low not in CLOSE:
            return phrase
        preposition = words[at].low
        if preposition in ("on", "with", "to", "for") and phrase.kind != "role":
            return phrase
        inner = self.read(at + 1)
        if inner is None or inner.kind in ("quantity", "adjective"):
            return phrase
        titled = self._titled(phrase, inner) if inner.kind == "name" and phrase.kind == "role" else None
        if titled is not None:
            return titled
        inner = self.complete(inner) if inner.kind in ("role", "body") else inner
        phrase.complement, phrase.preposition, phrase.end = inner, preposition, inner.end
        whence = ("of", "from") if phrase.noun in _SENT else ("of", "in", "from", "for", "to")
        phrase.entry = phrase.entry or (inner.entry if preposition in whence else None)
        return phrase

    def _titled(self, phrase: Phrase, inner: Phrase) -> Phrase | None:
        """Return the person whom a role with its state or field names: "President of Chile Ada Vidal"."""
        if inner.person:
            return None
        if inner.role and not inner.determiner and self.words[inner.head[0]].low in FIRST:
            head, entry = inner.head, phrase.entry  # "adviser for national security Ada Vidal"
        elif inner.head[1] - inner.first > 2:
            opens = inner.first + bool(inner.determiner)
            state = gazetteer().match(self.texts, opens)
            if not state or state[0].kind != "state" or opens + state[1] >= inner.end:
                return None
            head, entry = (opens + state[1], inner.end), state[0]
        else:
            return None
        return Phrase(
            phrase.first, inner.end, "name", head, phrase.determiner, phrase.role, phrase.noun, entry, person=True
        )


def _trim(elements: list[Element]) -> None:
    """Take off what no phrase ends in: "the union's new", "officials Russian"."""
    while elements:
        last, before = elements[-1], elements[-2] if len(elements) > 1 else None
        adjective = last.entry is not None and last.entry.form == "adjective" and before is not None
        after_noun = before is not None and before.kind in ("POSS", "GROUP", "ORG", "ROLE", "GAZ")
        if last.kind not in _LOOSE and not (adjective and after_noun):
            return
        elements.pop()
