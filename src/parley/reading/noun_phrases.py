"""Read the noun phrases that can name an actor: "Chilean President X", "the union's board", "officials in Y".

A phrase is read from left to right over words, once, with the gazetteer and the word lists; nothing is looked up
outside them. Internal to the actor rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from parley.reading.gazetteer import Entry, gazetteer
from parley.reading.phrase_words import (
    ARTICLES,
    CLOSE,
    CONJUNCTIVE,
    FIRST,
    LISTS,
    NUMBERS,
    OPENING,
    OWNERS,
    PORTFOLIO_WORDS,
    PRONOUNS,
    QUALIFYING,
    QUANTITIES,
    TAILS,
    TITLES,
    WITH_PORTFOLIO,
    Word,
)

_ADDRESSES = frozenset(["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "sen", "sen.", "rep", "rep."])


_QUALITIES = frozenset(["republican", "democrat", "conservative", "delegate", "major", "insider"])
"""Words for persons that stand as often before a noun."""


@dataclass(slots=True)
class Phrase:
    """A noun phrase with its parts. Positions are indexes into the words that it was read from."""

    first: int
    end: int
    kind: str  # name, organisation, state, office, outlet, role, group, body, people, quantity, region
    head: tuple[int, int]
    determiner: str = ""
    role: str = ""  # role or common noun words, lower case: "prime minister"
    noun: str = ""  # the last of them: "minister"
    entry: Entry | None = None  # the state, seat or body that it belongs to or is
    owner: Phrase | None = None  # what stands before the possessive mark
    complement: Phrase | None = None  # what follows "of", "for", "at"
    preposition: str = ""
    before: tuple[str, ...] = ()  # capitalised words before the role: "Dallas", "Fed"
    title: str = ""
    person: bool = False  # a title or role shows that the name is a person's
    known: bool = False  # the whole name stands in the gazetteer


@dataclass(slots=True)
class _Element:
    kind: str  # CAP GAZ TITLE ROLE MOD GROUP ORG POSS NUM UNK
    at: int
    end: int
    entry: Entry | None = None
    low: str = ""
    cap: bool = False


@dataclass(slots=True)
class Reader:
    """Reads phrases from words. ``lower`` are the words that the document also has in lower case."""

    words: Sequence[Word]
    lower: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()  # capitalised words seen inside sentences
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.texts = [word.text for word in self.words]

    def _element(self, i: int, before: list[_Element], determined: bool) -> _Element | None:
        word = self.words[i]
        low = word.low
        if low in ("'s", "’s") or (word.text in "'’" and before and self.words[i - 1].low.endswith("s")):
            if self._joins_name(i, before):
                return _Element("CAP", i, i + 1, low=low, cap=True)
            return _Element("POSS", i, i + 1) if before and before[-1].kind != "POSS" else None
        if not word.text[0].isalnum() or (low in PRONOUNS and word.text != "US"):
            return None
        match = gazetteer().match(self.texts, i, capitals=word.shout)
        if match and not (word.first and match[0].ambiguous) and not (match[1] == 1 and low in LISTS["months"]):
            return _Element("GAZ", i, i + match[1], match[0], low, True)
        last = before[-1] if before else None
        if word.cap and not word.shout:
            return self._capital(i, last)
        return self._plain(i, last, determined, before)

    def _capital(self, i: int, last: _Element | None) -> _Element | None:
        word = self.words[i]
        low, kind = word.low, ""
        if low.endswith(QUALIFYING):
            return _Element("MOD", i, i + 1, low=low)
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
            kind = "CAP" if named else "ROLE"
        elif low in LISTS["organisation_heads"] and not (low == "teachers" and word.first):
            kind = "ORG"
        elif low in LISTS["groups"]:
            kind = "GROUP"
        elif low in LISTS["organisations"]:
            kind = "ORG"
        elif low in LISTS["role_modifiers"]:
            kind = "MOD"
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
        return _Element(kind, i, i + 1, low=low, cap=not (word.titled and common))

    def _joins_name(self, i: int, before: Sequence[_Element]) -> bool:
        """Tell whether a possessive mark stands inside a body's name: "Seamen's Union", "Workers' Party"."""
        if not before or not before[-1].cap or i + 1 >= len(self.words):
            return False
        after, members = self.words[i + 1], self.words[i - 1].low
        plural = (members in LISTS["groups"] and members != "people") or members in ("women", "seamen", "farmers")
        return plural and after.cap and after.low in LISTS["organisations"]

    def _office(self, i: int, *, cap: bool) -> _Element:
        """Return a role with the portfolio that may follow: "Secretary of State", "minister for trade"."""
        words, low, at = self.words, self.words[i].low, i + 1
        if at + 1 < len(words) and words[at].low in ("of", "for") and low in WITH_PORTFOLIO:
            step = at + 1 + (words[at + 1].low == "the")
            end = step
            while end < len(words) and words[end].low in PORTFOLIO_WORDS and end - step < 3:
                end += 1
            if end > step and words[end - 1].low not in ("and", "foreign"):
                low, at = " ".join([low, *(word.low for word in words[step:end])]), end
        return _Element("ROLE", i, at, low=low, cap=cap)

    def _titling(self, i: int) -> bool:
        """Tell whether the next word is a name too, so that this one may be its title."""
        return i + 1 < len(self.words) and self.words[i + 1].cap

    def _surname_may(self, i: int) -> bool:
        """Tell whether this "May" is somebody: the document has it after a first name, and no date word is near."""
        if "may#name" not in self.names:
            return False
        before = self.words[i - 1].low if i else ""
        after = self.words[i + 1].text if i + 1 < len(self.words) else ""
        dated = before in ("in", "since", "until", "till", "by", "last", "this", "next", "early", "late", "mid", "of")
        return not dated and not after[:1].isdigit()

    def _plain(self, i: int, last: _Element | None, determined: bool, before: list[_Element]) -> _Element | None:
        word, low = self.words[i], self.words[i].low
        following = self.words[i + 1] if i + 1 < len(self.words) else None
        after_name = last is not None and last.kind in ("CAP", "ROLE", "TITLE") and low in LISTS["particles"]
        if after_name or (last is None and low in ("von", "van", "al", "bin", "dos", "ibn")):
            particle = following is not None and (following.cap or following.low in LISTS["particles"])
            if particle:
                return _Element("CAP", i, i + 1, low=low, cap=True)
        if low.startswith(("al-", "el-", "an-", "ash-", "as-", "ul-")) and word.text[-1:].isalpha():
            part = word.text.split("-", 1)[1]
            if part[:1].isupper():
                return _Element("CAP", i, i + 1, low=low, cap=True)
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
        return _Element(kind, i, i + 1, low=low, cap=False)

    def read(self, i: int) -> Phrase | None:
        """Read the phrase that starts at word *i*; None where none does."""
        words, first, determiner = self.words, i, ""
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
        elements: list[_Element] = []
        at = i
        while at < len(words) and len(elements) < 14:
            element = self._element(at, elements, bool(determiner))
            if element is None and determiner == "the" and self._joins(at, elements):
                element = _Element("CAP", at, at + 1, low=words[at].low, cap=True)
            unknown = sum(e.kind == "UNK" for e in elements)
            if element is None or (element.cap and unknown > 1) or (unknown and element.low in QUANTITIES):
                break
            elements.append(element)
            at = element.end
        self._adjust(elements)
        while elements and elements[-1].kind in ("MOD", "POSS", "UNK", "NUM", "TITLE"):
            elements.pop()
        while elements and elements[-1].entry and elements[-1].entry.form == "adjective" and len(elements) > 1:
            if elements[-2].kind in ("POSS", "GROUP", "ORG", "ROLE") or elements[-2].kind == "GAZ":
                elements.pop()
                while elements and elements[-1].kind in ("MOD", "POSS", "UNK", "NUM", "TITLE"):
                    elements.pop()
            else:
                break
        if not elements:
            if determiner in QUANTITIES and i - first >= 1 and i < len(words) + 1:
                return Phrase(first, i, "quantity", (first, i), determiner=determiner, noun=determiner)
            return None
        phrase = self._shape(first, elements, determiner)
        if (
            phrase is not None
            and determiner in CONJUNCTIVE
            and (phrase.known or phrase.kind in ("name", "organisation"))
        ):
            phrase.first, phrase.determiner = i, ""
            if phrase.owner is not None:
                phrase.owner.first, phrase.owner.determiner = i, ""
        elif phrase is not None and determiner == "both" and phrase.kind == "body" and not phrase.noun.endswith("s"):
            phrase.first, phrase.determiner = first + 1, words[first + 1].low  # "both the union and the board"
        return None if phrase is not None and phrase.noun in _QUALITIES and self._qualifies(phrase) else phrase

    def _qualifies(self, phrase: Phrase) -> bool:
        """Tell whether a word that can be a role says here what the next one is like: "the Republican primary"."""
        if phrase.kind != "role" or phrase.end >= len(self.words):
            return False
        word = self.words[phrase.end]
        verb = word.low in LISTS["function"] | LISTS["speech"] or word.low.endswith("ed")
        return word.low.isalpha() and not word.cap and not verb

    def _joins(self, at: int, elements: Sequence[_Element]) -> bool:
        """Tell whether "and" stands inside a body's name: "the Food and Agriculture Organization"."""
        words, plain = self.words, [e for e in elements if e.entry is None or e.entry.form != "adjective"]
        opens = len(plain) == 1 and plain[0].kind in ("CAP", "ORG", "MOD") and elements[-1].cap
        if words[at].low not in ("and", "&") or not opens:
            return False
        end = at + 1
        while end < len(words) and end < at + 5 and words[end].cap and not gazetteer().match(self.texts, end):
            end += 1
        return end > at + 2 and words[end - 1].low in LISTS["organisation_heads"]

    def _adjust(self, elements: list[_Element]) -> None:
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

    def _shape(self, first: int, elements: list[_Element], determiner: str) -> Phrase | None:
        owner: Phrase | None = None
        marks = [k for k, element in enumerate(elements) if element.kind == "POSS"]
        if marks:
            owner = self._shape(first, elements[: marks[-1]], determiner)
            elements = elements[marks[-1] + 1 :]
            if owner is None or not elements:
                return owner
            determiner = ""
        phrase = self._headed(first, elements, determiner, owned=owner is not None)
        if phrase is not None and owner is not None:
            phrase.owner = owner
            phrase.entry = phrase.entry or owner.entry
        return phrase

    def _headed(self, first: int, elements: list[_Element], determiner: str, *, owned: bool) -> Phrase | None:
        last = elements[-1]
        turn = -1
        for k, element in enumerate(elements):
            if element.kind in ("ROLE", "TITLE", "NUM") or not element.cap:
                turn = k
        entry = next((e.entry for e in elements if e.kind == "GAZ" and e.entry), None)
        if turn == len(elements) - 1:
            return self._common(first, elements, determiner, entry, owned=owned)
        tail = elements[turn + 1 :]
        front = elements[: turn + 1]
        # "Ukrainian Volodymyr ...": a leading adjective is no part of the name, unless a body's name follows.
        body = any(e.kind == "ORG" for e in tail)
        if tail[-1].kind == "GROUP" and tail[-1].cap and not body:
            return self._common(first, elements, determiner, entry, owned=owned)
        if len(tail) == 1 and tail[0].kind == "GAZ" and tail[0].entry is not None:
            return self._known(first, front, tail[0], determiner)
        while len(tail) > 1 and not body and tail[0].kind in ("GAZ", "MOD"):
            opener = tail[0].entry
            if opener is not None and opener.kind == "state" and opener.form in ("name", "capital") and len(tail) == 2:
                break  # "Chad Miller"
            front, tail = [*front, tail[0]], tail[1:]
        if (
            len(tail) == 1
            and tail[0].kind in ("ORG", "MOD")
            and not front
            and (not determiner or tail[0].kind == "MOD")
        ):
            word = self.words[tail[0].at]
            if word.first or tail[0].kind == "MOD":
                return None
        role = [e for e in front if e.kind in ("ROLE", "MOD", "ORG", "UNK", "GROUP")]
        noun = next((e.low.split()[0] for e in reversed(front) if e.kind in ("ROLE", "ORG", "GROUP")), "")
        title = next((e.low for e in front if e.kind == "TITLE"), "")
        person = bool(title) or any(e.kind == "ROLE" for e in front)
        common = any(e.kind == "ORG" and not e.cap for e in front) and not person
        kind = "organisation" if body or common else "name"
        if person:
            kind = "name"
        before = tuple(self.words[j].text for e in front if e.kind == "CAP" for j in range(e.at, e.end))
        phrase = Phrase(
            first, last.end, kind, (tail[0].at, tail[-1].end), determiner, " ".join(e.low for e in role), noun,
            entry if front or kind == "organisation" else None, None, None, "", before, title, person,
        )  # fmt: skip
        if kind == "organisation" and (body or last.low in LISTS["organisation_heads"]):
            self._extend(phrase)
        elif kind == "name" and len(tail) == 1 and self.words[tail[0].at].first and not person and not determiner:
            word = self.words[tail[0].at]
            if word.low not in FIRST and not self._evident(tail[0].at):
                return None
        return phrase

    def _evident(self, i: int) -> bool:
        """Tell whether a capitalised word that opens a sentence is a name."""
        word = self.words[i]
        after = self.words[i + 1] if i + 1 < len(self.words) else None
        if word.low in self.names or word.text.isupper():
            return True
        if word.low in self.lower or word.low in LISTS["openers"]:
            return False
        return after is not None and (after.low in LISTS["speech"] or after.low in ("'s", "’s") or after.text == "(")

    def _extend(self, phrase: Phrase) -> None:
        """Take in "of …", "for …" with capitals: "Ministry of Trade and Industry"."""
        words, at = self.words, phrase.end
        for _ in range(4):
            step = at
            if step < len(words) and words[step].low in ("of", "for", "on", "in", "and", "&"):
                joint = words[step].low
                step += 1
                while step < len(words) and words[step].low in ("the", "a", "an") and joint != "and":
                    step += 1
                capital = step
                while capital < len(words) and words[capital].cap and words[capital].low not in LISTS["weekdays"]:
                    if words[capital].low in LISTS["months"]:
                        break
                    capital += 1
                if capital == step or joint == "in" or (joint == "and" and at == phrase.end):
                    break
                if joint == "and" and any(words[j].low in LISTS["roles"] | TITLES for j in range(step, capital)):
                    break
                at = capital
                continue
            break
        if at > phrase.end:
            phrase.end = at
            phrase.head = (phrase.head[0], at)

    def _known(self, first: int, front: list[_Element], element: _Element, determiner: str) -> Phrase | None:
        entry = element.entry
        if entry is None:
            return None
        kinds = {"state": "state", "office": "office", "organisation": "organisation", "outlet": "outlet"}
        kind = kinds.get(entry.kind, "organisation")
        if entry.form == "people":
            kind = "people"
        if entry.form == "place":
            kind = "region"
        if entry.form == "adjective" and not (entry.kind == "state" and determiner == "the"):
            word = self.words[element.at]
            if word.text not in ("US", "U.S.", "UK", "U.K."):
                kind = "adjective"
        elif entry.form == "adjective":
            kind = "people"
        role = " ".join(e.low for e in front if e.kind in ("ROLE", "MOD", "ORG", "UNK", "GROUP"))
        return Phrase(first, element.end, kind, (element.at, element.end), determiner, role, "", entry, known=True)

    def _common(
        self, first: int, elements: list[_Element], determiner: str, entry: Entry | None, *, owned: bool
    ) -> Phrase | None:
        last = elements[-1]
        kinds = {"ROLE": "role", "GROUP": "group", "ORG": "body", "GAZ": "adjective", "CAP": "name"}
        kind = kinds.get(last.kind, "group")
        start = last.at
        for element in reversed(elements[:-1]):
            if element.kind in ("MOD", "UNK") or (element.kind in ("ORG", "ROLE", "GROUP") and element.end == start):
                start = element.at
            else:
                break
        role = " ".join(e.low for e in elements if e.kind in ("ROLE", "MOD", "ORG", "UNK", "GROUP"))
        before = tuple(self.words[j].text for e in elements[:-1] if e.kind == "CAP" for j in range(e.at, e.end))
        bare = len(elements) == 1 and not determiner and not owned
        if (
            bare
            and kind == "body"
            and last.low not in ("government", "parliament", "management", "opposition", "police", "congress")
        ):
            return None
        return Phrase(
            first, last.end, kind, (start, last.end), determiner, role, last.low.split()[0], entry, before=before
        )

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
        if inner.kind == "name" and phrase.kind == "role" and inner.head[1] - inner.first > 2 and not inner.person:
            opens = inner.first + bool(inner.determiner)
            entry = gazetteer().match(self.texts, opens)
            if entry and entry[0].kind == "state" and opens + entry[1] < inner.end:
                name = (opens + entry[1], inner.end)
                return Phrase(
                    phrase.first,
                    inner.end,
                    "name",
                    name,
                    phrase.determiner,
                    phrase.role,
                    phrase.noun,
                    entry[0],
                    person=True,
                )
        inner = self.complete(inner) if inner.kind in ("role", "body") else inner
        phrase.complement, phrase.preposition, phrase.end = inner, preposition, inner.end
        phrase.entry = phrase.entry or (inner.entry if preposition in ("of", "in", "from", "for", "to") else None)
        return phrase
