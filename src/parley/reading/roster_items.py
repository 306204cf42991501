"""The mentions of one document laid out for resolving: where they stand, whose names they are, who holds which role.

Internal to the roster.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Sequence

from parley.reading.actor_words import government_of, state_adjective
from parley.reading.gazetteer import gazetteer, words_of
from parley.reading.mentions import Mention
from parley.reading.name_index import Known, NameIndex, keys_of, trimmed, unique
from parley.reading.phrase_words import FIRST
from parley.reading.roster_offices import Offices
from parley.reading.roster_records import Item, Resolution
from parley.records import UNRESOLVED, Span

_REGNAL = words_of("regnal")
_NUMERAL = re.compile(r"\s[IVX]+$")
_RECENT = 600  # characters within which a full name tells whose an ambiguous surname is
_USED = 3  # times that a surname stands before a namesake is introduced
_GLUED = re.compile(r"\b(\w{4,})\1\b")
_FEMALE = re.compile(r"\b(?:first lady|wife|daughter|sister|mother|widow|niece)[\s,]*$")
_MALE = re.compile(r"\b(?:husband|son|brother|father|nephew)[\s,]*$")
_SIDES = frozenset(["north", "south", "east", "west"])
_QUARTERS = _SIDES | {"northern", "southern", "eastern", "western", "central", "latin", "upper", "lower"}
_THINGS = words_of("thing_heads")
_OF_STATE = frozenset(["ministry", "department", "parliament", "army", "navy", "treasury", "embassy", "cabinet"])
_KIN = re.compile(
    r"\b(?:first lady|wife|husband|sons?|daughters?|brother|sister|father|mother|widow|nephew|niece|cousin|\w-in-law)\b"
)
_SHORT = 3
"""Letters up to which capitals can be initials: "JD Vance"."""


class Sheet(Offices):
    """All mentions of a document in order, with the names and the roles that it gives."""

    def __init__(
        self, text: str, mentions: Sequence[Mention], quotations: Sequence[Span], skip: Sequence[Span]
    ) -> None:
        super().__init__(text, mentions, quotations, skip)
        self.plain: dict[str, Known] = {}  # actors that are no persons and no named bodies, by name
        self._first: dict[Known, int] = {}
        self._full: dict[Known, list[int]] = {}
        self._relatives: dict[tuple[Known, str], bool] = {}
        self._uses: dict[str, list[int]] = {}  # where one-word names stand
        self.index = NameIndex(self.seen[0])
        self._name_all()
        self.share_roles()
        self.appose_all()

    def _name_all(self) -> None:
        """Full names and bodies first, wherever they stand; then short names, to whom they belong."""
        later: list[Item] = []
        openers: list[Item] = []
        doubled: list[Item] = []
        self._name_houses()
        for item in self.items:
            phrase = item.phrase
            if phrase is None or phrase.known or phrase.kind not in ("name", "organisation"):
                continue
            name = self.words(item)
            if phrase.kind == "organisation":
                if phrase.head[1] - phrase.head[0] == 1 and not phrase.determiner:
                    later.append(item)
                else:
                    self._name_body(item)
            elif phrase.determiner in ("the", "a", "an") and not phrase.person and not item.mention.gender:
                if len(keys_of(name)) > 1:
                    self._name_body(item)
            elif keys_of(name)[-1] in _THINGS and not phrase.person and len(keys_of(name)) > 1:
                self._name_body(item)
            elif len(keys_of(name)) > 1 and (len(set(keys_of(name))) == 1 or _GLUED.search(name)):
                doubled.append(item)
            elif len(keys_of(name)) > 1 and not (name.isupper() and len(name) > 12):
                if self._opened(item):
                    openers.append(item)
                else:
                    self._name_full(item, name)
            elif len(keys_of(name)) == 1:
                self._uses.setdefault(keys_of(name)[-1], []).append(item.start)
        for item in openers:
            self._name_opener(item)
        for item in doubled:
            last = self.words(item).split()[-1]
            self._name_short(item, _GLUED.sub(r"\1", last))
        for item in later:
            item.actor = unique(known for known in self.index.find(self.words(item)) if known.person)
            if item.actor is None:
                self._name_body(item)
        for item in self.items:
            if item.actor is None and item.phrase is not None and item.phrase.kind == "name":
                self.name_short(item)

    def _name_houses(self) -> None:
        """Note the bodies that stand before a role: "the union" and their initials mean them from there on."""
        for item in self.items:
            house = item.phrase.house if item.phrase is not None else ""
            if house:
                self.note(house.split()[-1].lower(), item.start, self.index.body(house))

    def _name_opener(self, item: Item) -> None:
        """Settle words of which the first may be no part of the name, as it opens the sentence: "Repeated Danish"."""
        head, _, rest = self.words(item).partition(" ")
        state, alone = self._state_of(rest), " " not in rest
        if state is not None and head.lower() not in _QUARTERS:
            item.actor = self.plain.setdefault(state, Known(state, "state", person=False))
            return
        shouted = len(head) > _SHORT and head.isupper()
        often = alone and bisect_left(self._uses.get(keys_of(rest)[-1], []), item.start) >= _USED
        met = often or any(known.person for known in self.index.find(rest))
        if rest.split()[0].lower() in FIRST and not alone:
            self._name_full(item, rest)
        elif alone and (shouted or (met and head.lower() not in self.seen[1])):
            self._name_short(item, rest)
        else:
            self._name_full(item, self.words(item))

    @staticmethod
    def _state_of(name: str) -> str | None:
        """Return the state that a name, a people or a seat of government stands for; None where it is none."""
        entry = gazetteer().get(name)
        return entry.state if entry is not None and entry.kind == "state" else None

    @staticmethod
    def _opened(item: Item) -> bool:
        """Tell whether a name begins with the first word of its sentence, or one all in capitals, that is no known
        first name: "WATCHED Vidal".
        """
        phrase, reader = item.phrase, item.reader
        if phrase is None or reader is None or phrase.title or phrase.person:
            return False
        word = reader.words[phrase.head[0]]
        last = reader.words[phrase.head[1] - 1].text
        shouted = len(word.text) > _SHORT and word.text.isupper() and not last.isupper()
        return (word.first or shouted) and word.low not in FIRST

    def _name_full(self, item: Item, name: str) -> None:
        if item.phrase is not None and item.phrase.title in _REGNAL and _NUMERAL.search(name):
            name = f"{item.phrase.title.capitalize()} {name}"
        item.actor = self.index.person(name)
        item.actor.gender = item.actor.gender or item.mention.gender or self._kin(item)
        self._first[item.actor] = min(self._first.get(item.actor, item.start), item.start)
        insort(self._full.setdefault(item.actor, []), item.start)
        self.affiliate(item)

    def _name_body(self, item: Item) -> None:
        if government_of(self.words(item)) is not None:
            return  # the state, of which it is no body beside others
        item.actor = self.index.body(self._body_name(item))
        entry = item.phrase.entry if item.phrase is not None else None
        if entry is not None and entry.kind == "state" and keys_of(item.actor.name)[-1] in _OF_STATE:
            item.actor.belongs = item.actor.belongs or entry.name
        after = self.text[item.mention.span.end : item.mention.span.end + 20]
        short = re.match(r"\s*(?:\(([A-Z][A-Za-z&.\-]{1,11})\)|,\s([A-Z]{2,8}),)", after)
        if short:
            self.index.abbreviate(item.actor, short.group(1) or short.group(2))

    def _body_name(self, item: Item) -> str:
        name, phrase = self.words(item), item.phrase
        state = phrase.entry if phrase is not None else None
        if phrase is None or state is None or state.kind != "state":
            return name
        adjective = state_adjective(state.state or state.name)
        if name.startswith(f"{state.name} ") and "Ministry" in name:
            return f"{adjective}{name[len(state.name) :]}"
        return name if phrase.owner is None or name.startswith(adjective) else f"{adjective} {name}"

    def name_short(self, item: Item) -> None:
        """Settle whose a surname or other short name is; leave it unresolved where it can be two."""
        self._name_short(item, self.words(item))

    def _name_short(self, item: Item, name: str) -> None:
        phrase = item.phrase
        if phrase is None:
            return
        half = self._half(name) if phrase.determiner == "the" else None
        if half is not None:
            item.actor = self.plain.setdefault(half, Known(half, "state", person=False))
            item.actor.forms[name] = None
            return
        if phrase.title in _REGNAL and " " not in name and not self.index.find(name):
            name = f"{phrase.title.capitalize()} {name}"
        able = [known for known in self.index.find(name) if not self._late(known, name)]
        if phrase.person or item.mention.gender:
            able = [known for known in able if known.person is not False] or able
        if item.mention.gender:
            able = [known for known in able if known.gender in (None, item.mention.gender)]
        if len(able) > 1 and phrase.noun:
            holders = {office.known for office in self.offices.values() if office.phrase.noun == phrase.noun}
            able = [known for known in able if known in holders] or able
        if len(able) > 1:
            named = [known for known in able if self._first.get(known, item.start) < item.start]
            able = named if len(named) == 1 else able
        if len(able) > 1:
            able = self._named_last(able, item.start)
        if len(able) > 1:
            ranked = sorted(able, key=lambda known: -len(self._full.get(known, [])))
            times = [len(self._full.get(known, [])) for known in ranked]
            able = ranked[:1] if times[0] >= 2 * times[1] > 0 else able
        if len(able) > 1:
            why = f"{name} can be {' or '.join(sorted(known.name for known in able))}"
            item.resolution = Resolution(UNRESOLVED, "person", "party", why)
            return
        known = able[0] if able else None
        if known is None:
            known = self.index.body(trimmed(name), kind="unknown")
            known.person = None
        if (phrase.person or item.mention.gender) and known.person is None:
            known.person, known.kind = True, "person"
        known.gender = known.gender or item.mention.gender
        known.forms[name] = None
        item.actor = known
        self.affiliate(item)

    def _half(self, name: str) -> str | None:
        """Return the state that "the North" or "the South" is: the only one of the document with that word."""
        if name.lower() not in _SIDES:
            return None
        entries = (item.phrase.entry for item in self.items if item.phrase is not None)
        states = {e.state for e in entries if e is not None and e.state and e.state.split()[0] == name}
        return min(states) if len(states) == 1 else None

    def _late(self, known: Known, name: str) -> bool:
        """Tell whether a surname stood for somebody else before this relative (or woman) of the same name came up."""
        if known not in self._first:
            return False
        if (known, name) not in self._relatives:
            self._relatives[known, name] = self._relative(known, name)
        return self._relatives[known, name]

    def _relative(self, known: Known, name: str) -> bool:
        first = self._first[known]
        alone = self._uses.get(keys_of(name)[-1], [])
        last = alone[at - 1] if (at := bisect_left(alone, first)) else first
        if re.search(rf"\b{re.escape(name)} and\s+(?:\w+\s+){{0,2}}$", self.text[max(last, first - 60) : first]):
            return True
        if known.gender != "female" and not _KIN.search(self.text[max(0, first - 40) : first + 40]):
            return False
        enough = 1 if self._kin_at(first) else _USED
        return at >= enough

    def _kin_at(self, place: int) -> str | None:
        before = self.text[max(0, place - 30) : place]
        return "female" if _FEMALE.search(before) else "male" if _MALE.search(before) else None

    def _kin(self, item: Item) -> str | None:
        """Return the gender that "his wife", "her son" before a name shows."""
        return self._kin_at(item.mention.head.start) or self._kin_at(item.start)

    def _named_last(self, able: list[Known], before: int) -> list[Known]:
        """Return the one of several who was named in full last, shortly before and in a sentence without the others."""
        places = {known: self._full.get(known, []) for known in able}
        last = {known: row[at - 1] for known, row in places.items() if (at := bisect_left(row, before))}
        nearest = max(last.values(), default=-_RECENT)
        if nearest <= before - _RECENT:
            return able
        return [known for known in able if known in last and self.sentence(last[known]) == self.sentence(nearest)]
