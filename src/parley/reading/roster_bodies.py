"""Which body a common noun means: governments, ministries, "the union". Internal to the roster."""

from __future__ import annotations

import re

from parley.reading.actor_words import describe
from parley.reading.gazetteer import gazetteer
from parley.reading.name_index import Known, unique
from parley.reading.people import people
from parley.reading.phrase_shapes import Phrase
from parley.reading.roster_naming import POINTING, Naming
from parley.reading.roster_records import Item, Resolution, found
from parley.records import UNRESOLVED, ActorKind

_COMPANIES = frozenset(["company", "firm", "corporation", "group", "club", "airline", "carrier", "bank", "agency"])
_BODIES = _COMPANIES | {"union", "exchange", "retailer", "manufacturer", "operator", "league", "association"}
_GENERIC = _COMPANIES | {"movement", "party", "bloc", "regime"}
_COUNTRIES = frozenset(["country", "nation", "kingdom"])
_RULE = frozenset(["government", "regime", "authorities", "junta"])
_LOWER_RULE = frozenset("local regional provincial municipal city county district shadow".split())
_OTHER_RULE = re.compile(r"\b(?:state|unity|technocrat\w*|rival|autonomous|[\w-]+-(?:led|run|backed))\b")
"""Words that make a government another than the state's; the latter only where no state stands with them."""


def is_other_rule(phrase: Phrase) -> bool:
    """Tell whether words mean a government that is not a state's: "the regional government"."""
    if phrase.noun not in _RULE:
        return False
    return bool(_LOWER_RULE & set(phrase.role.split())) or (
        phrase.entry is None and bool(_OTHER_RULE.search(phrase.role))
    )


def _led_america(known: Known) -> bool:
    person = people().of(known.name)
    return person is not None and person.side == "United States" and "president" in person.offices


class Bodies(Naming):
    """Tells whom common bodies stand for: "the government", "the company"."""

    def _body(self, at: int, item: Item, phrase: Phrase, words: str) -> tuple[Known | None, Resolution]:
        start, noun, entry = item.start, phrase.noun, phrase.entry
        owner = self._owner(at, item)
        other = is_other_rule(phrase)
        if noun in _RULE and not phrase.before and not other:
            ruled = self._ruled(phrase, owner, start)
            if ruled is not None:
                return found(self.make(ruled[0], "state", words), ruled[1])
            if owner is None and entry is None:
                return None, Resolution(UNRESOLVED, "office", "party", "no single state whose government it can be")
        if noun == "administration" and (phrase.before or owner):
            holder = phrase.before[-1] if phrase.before else (owner.name if owner else "").split()[-1]
            return found(self.make(f"{holder} administration", "office", words), f"administration of {holder}")
        if noun == "administration":
            led = self._administration(entry.name if entry is not None else None)
            if led is not None:
                return found(self.make(f"{led} administration", "office", words), f"the administration of {led}")
            only = unique(i.actor for i in self.sheet.items if i.actor is not None and i.actor.keys[1:] == (noun,))
            if only is not None and entry is None:
                return found(only, f"the only administration that the text names: {only.name}")
        if entry is not None and entry.kind == "state" and phrase.role:
            usual = gazetteer().get(f"{self._adjective_of(phrase)} {phrase.role}")
            if usual is not None:
                body = self.make(usual.name, usual.kind, words, belongs=usual.state)
                return found(body, f"the {noun} of {entry.name}")
            if noun in ("team", "army", "navy"):
                return found(self.make(entry.name, "state", words), f"{noun} of {entry.name}")
        usual = gazetteer().get(phrase.role.title()) if noun == "department" and entry is None else None
        if usual is not None:  # "the state department"
            return found(self.make(usual.name, usual.kind, words, belongs=usual.state), "its usual name")
        counted = phrase.complement is not None and phrase.complement.kind == "group" and phrase.preposition == "of"
        if counted and noun in ("group", "number", "delegation", "bloc", "coalition", "team", "majority"):
            inner = self._inner(at, item)
            if inner:
                self.settle(at + 1, inner[0])
                if inner[0].actor is not None:
                    return found(inner[0].actor, f"a {noun} of {inner[0].actor.name}")
        if entry is not None and entry.kind == "state" and noun in ("ministry", "department"):
            return found(self._ministry(entry, phrase.role.split()), f"ministry of {entry.name}")
        if phrase.determiner in POINTING and owner is None and entry is None and not other:
            known = self._antecedent(item, phrase)
            if known is not None:
                return found(known, f"the {noun} named last: {known.name}")
        if phrase.before and noun in _GENERIC and owner is None:
            known = unique(self.sheet.index.find(" ".join(phrase.before)))
            if known is not None and not known.person:
                return found(known, f"the {noun} of that name")
        if noun == "membership" and owner is not None and owner.person is not True:
            return found(owner, f"the {noun} of {owner.name}")
        name = describe(words, phrase, owner.name if owner else None)
        kind: ActorKind = "office" if item.mention.kind == "office" else "organisation"
        own = entry is None or (entry.kind == "state" and noun in _BODIES - {"bank", "agency"})
        return found(self.make(name, kind, words, belongs=None if own or entry is None else entry.name), "as worded")

    def _adjective_of(self, phrase: Phrase) -> str:
        """Return the adjective that a state's bodies are known by: "Israeli", "American"."""
        entry = phrase.entry
        if entry is None:
            return ""
        return gazetteer().peoples.get(entry.state or entry.name, entry.name)

    def _administration(self, state: str | None) -> str | None:
        """Return the surname of the president who leads the administration of a state (None: of whom it may be)."""
        offices = [o for o in self.sheet.offices.values() if o.phrase.role == "president"]
        able = {o.known for o in offices if state is None or o.known.belongs in (None, state)}
        able = {known for known in able if known.person and "former" not in " ".join(known.roles).lower()}
        if state is None and self._about.american:
            american = {known for known in self.sheet.index.actors if known.person and _led_america(known)}
            able = american or {known for known in able if known.belongs in (None, "United States")}
        first = self._named_most(able)
        return first.name.split()[-1] if first is not None else None

    def _ruled(self, phrase: Phrase, owner: Known | None, start: int) -> tuple[str, str] | None:
        """Return the state of a government, and how it is known."""
        if phrase.entry is not None and phrase.entry.kind == "state":
            return phrase.entry.name, f"government of {phrase.entry.name}"
        if owner is not None:
            state = owner.name if owner.kind == "state" else owner.belongs
            return (state, f"government of {owner.name}") if state and owner.kind in ("state", "person") else None
        last = self.sheet.last_noun(phrase.noun, start)
        if last is not None:
            return last.name, f"the {phrase.noun} named last: {last.name}"
        state = self._about.state
        if state:
            return state, f"the {phrase.noun}; {state} is the state named most"
        near = self._state_before(start)
        return (near, f"the {phrase.noun}; {near} is named last") if near else None

    def _state_before(self, start: int) -> str | None:
        """Return the state that the last sentence with any state names, if it is one and close by."""
        sheet = self.sheet
        upto, here = sheet.before(start), sheet.sentence(start)
        states: dict[str, int] = {}
        for other in reversed(sheet.items[max(0, upto - 40) : upto]):
            if other.sentence < here - 2 or (states and other.sentence < min(states.values())):
                break
            entry = other.phrase.entry if other.phrase is not None else None
            if entry is not None and entry.state is not None:
                states.setdefault(entry.state, other.sentence)
        return next(iter(states)) if len(states) == 1 else None

    def _body_spoken_of(self, item: Item) -> Known | None:
        """Return the named body that was the last subject of the two sentences before."""
        for other in reversed(self._before(item, 20)):
            if other.sentence < item.sentence - 2:
                return None
            if other.weight == 2 and other.sentence < item.sentence and other.actor is not None:
                named = other.mention.kind in ("name", "organisation") and other.actor.kind in (
                    "organisation",
                    "unknown",
                )
                return other.actor if named and other.actor.person is not True else None
        return None

    def _antecedent(self, item: Item, phrase: Phrase) -> Known | None:
        """Return the named body that "the union" means: the last whose name or apposition has the word."""
        noun, home = phrase.noun, self._about.body if phrase.determiner == "the" else None
        if noun in _COMPANIES:
            spoken_of = self._body_spoken_of(item) or home
            if spoken_of is not None:
                return spoken_of
        said = [
            (place, known)
            for place, known in self.sheet.stood_for(noun, item.start)
            if "'s " not in known.name and known.name.lower() != noun and not self._another_kind(phrase, known)
        ]
        named = self._states_named(item) if noun in _COUNTRIES else self._bodies_named(item, phrase)
        last = max([*said, *named], key=lambda pair: pair[0], default=None)
        if last is not None:
            return last[1]
        if noun in _BODIES and home is not None:
            return home
        return self._only_body_near(item) if noun in _GENERIC else None

    @staticmethod
    def _another_kind(phrase: Phrase, known: Known) -> bool:
        """Tell whether a common name says another kind of body: "evaluation system" of "the school system"."""
        kind = set(phrase.role.split()) - {phrase.noun}
        return bool(kind) and known.name.islower() and not kind <= set(known.name.split())

    def _bodies_named(self, item: Item, phrase: Phrase) -> list[tuple[int, Known]]:
        """Return the bodies before an item whose names have the noun and the words before it, with where."""
        before = {word.lower() for word in phrase.before}
        found = [
            (place, known)
            for place, known in self.sheet.bodies_before(item.start)
            if phrase.noun in known.keys and before <= set(known.keys)
        ]
        return found[::-1]

    def _states_named(self, item: Item) -> list[tuple[int, Known]]:
        """Return the states that are named close before an item, with where."""
        return [
            (other.start, other.actor)
            for other in self._before(item, 20)
            if other.actor is not None and other.weight and other.actor.kind == "state"
        ]

    def _only_body_near(self, item: Item) -> Known | None:
        """Return the one organisation of this and the last two sentences."""
        return unique(
            other.actor
            for other in self._before(item, 12)
            if other.actor is not None and other.actor.kind in ("organisation", "unknown") and not other.actor.person
            and other.sentence >= item.sentence - 2 and other.weight
        )  # fmt: skip

    def _before(self, item: Item, many: int) -> list[Item]:
        upto = self.sheet.before(item.start)
        return self.sheet.items[max(0, upto - many) : upto]
