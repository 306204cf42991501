"""The shape of a noun phrase: what its head is, whose it is, which role and state stand before a name.

Internal to the actor rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parley.reading.gazetteer import Entry
from parley.reading.phrase_elements import Element, Elements
from parley.reading.phrase_words import FIRST, LISTS, TITLES

_DEPUTIES = frozenset(["vice", "deputy", "assistant"])
_PRESS = frozenset("newspaper paper magazine tabloid website agency channel network broadcaster station".split())
"""What may stand after an outlet's name: "the Courier newspaper"."""


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

    @property
    def house(self) -> str:
        """The body named before the role, if one is: "Canada Post" in "Canada Post spokesman"."""
        return " ".join(self.before) if len(self.before) > 1 and self.before[-1].lower() in LISTS["houses"] else ""


@dataclass(slots=True)
class Shapes(Elements):
    """Makes a phrase of what its words are."""

    def shape(self, first: int, elements: list[Element], determiner: str) -> Phrase | None:
        """Return the phrase that elements from word *first* on make: what stands before a possessive mark owns it."""
        owner: Phrase | None = None
        marks = [k for k, element in enumerate(elements) if element.kind == "POSS"]
        if marks:
            owner = self.shape(first, elements[: marks[-1]], determiner)
            elements = elements[marks[-1] + 1 :]
            if owner is None or not elements:
                return owner
            determiner = ""
        phrase = self._headed(first, elements, determiner, owned=owner is not None)
        if phrase is not None and owner is not None:
            phrase.owner = owner
            sender = phrase.noun == "ambassador" and owner.entry is not None  # "Chile's UN ambassador"
            phrase.entry = owner.entry if sender else phrase.entry or owner.entry
        return phrase

    def _headed(self, first: int, elements: list[Element], determiner: str, *, owned: bool) -> Phrase | None:
        last = elements[-1]
        outlet = elements[-2] if len(elements) > 1 and last.low in _PRESS else None
        if outlet is not None and outlet.entry is not None and outlet.entry.kind == "outlet":
            return self._known(first, elements[:-2], outlet, determiner, last.end)
        turn = -1
        for k, element in enumerate(elements):
            if element.kind in ("ROLE", "TITLE", "NUM") or not element.cap:
                turn = k
        house = self._house(elements[: turn + 1])
        entry = next((e.entry for e in elements if e.kind == "GAZ" and e.entry and e not in house), None)
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
            if tail[0].kind == "MOD" or (word.first and not self._goes_on(tail[0].end)):
                return None
        if len(tail) == 1 and not front and self._regional(tail[0].at):
            return None
        role = [e for e in front if e.kind in ("ROLE", "MOD", "ORG", "UNK", "GROUP")]
        noun = next((e.low.split()[0] for e in reversed(front) if e.kind in ("ROLE", "ORG", "GROUP")), "")
        title = next((e.low for e in front if e.kind == "TITLE"), "")
        person = bool(title) or any(e.kind == "ROLE" for e in front)
        common = any(e.kind == "ORG" and not e.cap for e in front) and not person
        kind = "organisation" if body or common else "name"
        if person:
            kind = "name"
        before = self._texts(house or [e for e in front if e.kind == "CAP"])
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

    def _house(self, elements: Sequence[Element]) -> Sequence[Element]:
        """Return the words of a body that a role or group names before it: "Canada Post" of "Canada Post spokesman"."""
        named = [k for k, e in enumerate(elements) if e.kind in ("ORG", "GROUP") and e.low in LISTS["houses"]]
        end = named[-1] + 1 if named else 0
        if end in (0, len(elements)) or not all(e.kind in ("ROLE", "MOD", "GROUP") for e in elements[end:]):
            return ()
        if elements[-1].low.split()[0] in ("minister", "secretary") or not (elements[end - 1].cap or end > 1):
            return ()
        start = end - 1
        while start and elements[start - 1].cap and elements[start - 1].kind in ("CAP", "GAZ", "ORG", "GROUP"):
            start -= 1
        bare = end - start == 2 and elements[start].kind == "GAZ" and not elements[end - 1].cap
        return () if end - start < 2 or bare else elements[start:end]

    def _goes_on(self, i: int) -> bool:
        """Tell whether a body's name goes on at word *i*: "Ministry of Trade"."""
        after = self.words[i : i + 2]
        return len(after) == 2 and after[0].low in ("of", "for") and after[1].cap

    def _regional(self, i: int) -> bool:
        """Tell whether a word opens the name of a region: "the Black Sea"."""
        return " ".join(word.low for word in self.words[i : i + 2]) in LISTS["regions"]

    def _texts(self, elements: Sequence[Element]) -> tuple[str, ...]:
        return tuple(self.words[j].text for e in elements for j in range(e.at, e.end))

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
                    if words[capital].low in LISTS["months"] or (capital > step and self._titles(capital)):
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

    def _titles(self, i: int) -> bool:
        """Tell whether a role stands before a name here: "Board of Education President Ada Vidal"."""
        after = self.words[i + 1 : i + 3]
        return (
            self.words[i].low in LISTS["roles"] | TITLES | _DEPUTIES
            and len(after) == 2
            and all(word.cap for word in after)
        )

    def _known(
        self, first: int, front: list[Element], element: Element, determiner: str, end: int | None = None
    ) -> Phrase | None:
        """Return the phrase of what the gazetteer knows; it ends at word *end* or with the name."""
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
        head = (element.at, element.end)
        return Phrase(first, end or element.end, kind, head, determiner, role, "", entry, known=True)

    def _common(
        self, first: int, elements: list[Element], determiner: str, entry: Entry | None, *, owned: bool
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
        before = self._texts(self._house(elements) or [e for e in elements[:-1] if e.kind == "CAP"])
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
