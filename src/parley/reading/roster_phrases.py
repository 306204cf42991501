"""Whom roles, offices, common bodies and groups stand for in a document. Internal to the roster."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from parley.reading.actor_words import (
    describe,
    is_expert,
    portfolio,
    role_matches,
    state_adjective,
    voice_of_role,
    worded,
)
from parley.reading.gazetteer import Entry, gazetteer, words_of
from parley.reading.group_words import AGENTS, SERVANTS, clause, party, plain_group, plain_person
from parley.reading.name_index import Known, keys_of, unique
from parley.reading.noun_phrases import Phrase
from parley.reading.people import people
from parley.reading.phrase_words import OWNERS
from parley.reading.pronouns import resolve_pronoun
from parley.reading.roster_about import About
from parley.reading.roster_items import Sheet
from parley.reading.roster_records import Item, Resolution, found, voice_of
from parley.records import UNRESOLVED, ActorKind

_SPOKES = frozenset(
    ["spokesman", "spokeswoman", "spokesperson", "representative", "counsel", "spokespeople", "spokesmen"]
)
_HIDDEN, _HIDDEN_GROUPS = words_of("hidden_roles"), words_of("hidden_groups")
_COMPANIES = frozenset(["company", "firm", "corporation", "group", "club", "airline", "carrier", "bank", "agency"])
_BODIES = _COMPANIES | {"union", "exchange", "retailer", "manufacturer", "operator", "league", "association"}
_GENERIC = _COMPANIES | {"movement", "party", "bloc", "regime"}
_RULE = frozenset(["government", "regime", "authorities", "junta"])
_FAR = 200  # items that are looked through for what a common noun means
_INDEFINITE = frozenset(["a", "an", "another", "one", "any", "every"])
_OFTENER = 1.5
_UNNAMED = _HIDDEN | words_of("anonymous_heads") | frozenset(["spokesman", "spokeswoman", "spokesperson", "dealer"])
_TITLED = frozenset(
    ["president", "premier", "minister", "chancellor", "secretary", "ambassador", "governor", "speaker", "king",
     "queen", "pope", "emir", "sultan", "chairman", "director", "counterpart", "predecessor", "successor", "mayor",
     "general"]
)  # fmt: skip
_SENT = frozenset(["delegates"])
_TRADERS = words_of("traders")
_POINTING = frozenset(("the", "that", "this", ""))


class Settler:
    """Settles the items of a sheet, from first to last."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._counts: Counter[Known] | None = None
        self._about = About(sheet)
        for at, item in enumerate(sheet.items):
            self.settle(at, item)

    def settle(self, at: int, item: Item) -> None:
        """Give an item its actor and resolution; *at* is its place among the items, or -1."""
        if item.resolution is not None:
            return
        if item.mention.kind == "pronoun":
            item.actor, item.resolution = resolve_pronoun(self.sheet, at, item)
        elif item.phrase is None:
            item.resolution = Resolution(UNRESOLVED, "unknown", "party", "no rule reads these words")
        else:
            item.actor, item.resolution = self._identify(at, item, item.phrase)
            if item.actor is not None and item.phrase.kind == "body" and item.phrase.determiner in ("", "the"):
                self.sheet.note(item.phrase.noun, item.start, item.actor)

    def make(self, name: str, kind: ActorKind, words: str, *, belongs: str | None = None) -> Known:
        """Return the actor of this name that is no person and no named body, made where it is new."""
        known = self.sheet.plain.get(name)
        if known is None:
            known = self.sheet.plain[name] = Known(name, kind, belongs=belongs, person=False)
        known.forms[words] = None
        return known

    def _identify(self, at: int, item: Item, phrase: Phrase) -> tuple[Known | None, Resolution]:
        place = f"line {self.sheet.line(item.start)}"
        words = worded(item.mention.span.of(self.sheet.text))
        people = party(words)
        if people is not None:
            return found(self.make(people, "group", words), f"“{words}” are the {people}")
        if item.actor is not None:
            if item.actor.known_as:
                return found(item.actor, item.actor.known_as)
            full = keys_of(self.sheet.words(item)) == keys_of(item.actor.name)
            return found(item.actor, f"named {place}" if full else f"“{words}” is {item.actor.name}, {place}")
        if phrase.known:
            return self._entry(phrase, self.sheet.words(item))
        if phrase.kind == "role":
            return self._role(at, item, phrase, words)
        if phrase.kind == "body":
            return self._body(at, item, phrase, words)
        if phrase.kind == "quantity":
            return found(self.make(words.lower(), "group", words), "as worded")
        return self._group(at, item, phrase, words)

    def _entry(self, phrase: Phrase, words: str) -> tuple[Known | None, Resolution]:
        entry = phrase.entry
        if entry is None:
            return None, Resolution(UNRESOLVED, "unknown", "party", "no rule reads these words")
        if entry.form == "people" and phrase.determiner != "the":
            return found(self.make(words, "group", words, belongs=entry.name), f"people of {entry.name}")
        known = self.make(entry.name, entry.kind, words, belongs=entry.state if entry.kind == "office" else None)
        reasons = {"capital": f"capital of {entry.name}", "people": f"people of {entry.name}"}
        reason = reasons.get(entry.form, "named")
        return found(known, f"{entry.name} is its city" if reason[:3] == "cap" and entry.kind != "state" else reason)

    # -- roles -----------------------------------------------------------------------------------------------------

    def _role(self, at: int, item: Item, phrase: Phrase, words: str) -> tuple[Known | None, Resolution]:
        definite = phrase.determiner not in _INDEFINITE
        owner = self._owner(at, item)
        if definite:
            answer = self._holder(item, phrase, owner)
            if answer is not None:
                if phrase.entry is not None and owner is None and len(words.split()) > 1:
                    answer[0].forms[words] = None  # an epithet as good as a name: "the Chilean leader"
                return answer
        if phrase.noun in _SPOKES:
            body = self._principal(at, item, phrase)
            if body is not None and body.person is not True:
                self.sheet.note(phrase.noun, item.start, body)
                return found(body, f"speaks for {body.name}")
            if body is not None and phrase.complement is not None:
                return found(self.make(f"{body.name}'s {phrase.noun}", "office", words), "as worded")
        voice = voice_of_role(phrase.role, phrase.noun, words)
        if voice == "party" and phrase.noun in _HIDDEN and not definite:
            voice = "anonymous"
        whole = item.mention.span.of(self.sheet.text)
        name = plain_person(describe(self._unclaused(worded(whole)), phrase, owner.name if owner else None))
        if "administration" in phrase.role.split() and phrase.entry is None and not phrase.before and owner is None:
            name = self._executive(name)
        known = self.make(name, "office" if voice == "party" else "person", words)
        known.belongs = known.belongs or (phrase.entry.name if phrase.entry is not None else None)
        known.voices[voice] = known.voices.get(voice, 0) + 1
        if item.mention.gender and known.gender is None:
            known.gender = item.mention.gender
        self.sheet.note(phrase.noun, item.start, known)
        return found(known, "as worded; the document names nobody for it")

    def _holder(self, item: Item, phrase: Phrase, owner: Known | None) -> tuple[Known, Resolution] | None:
        """Return the person whom a role with "the" means, if the document says who holds it."""
        sheet, start, noun = self.sheet, item.start, phrase.noun
        if noun == "counterpart" and owner is not None and phrase.entry is not None:
            own = {office.phrase.noun for office in sheet.offices.values() if office.known is owner}
            able = [
                o.known for o in sheet.offices.values() if o.known.belongs == phrase.entry.name and o.phrase.noun in own
            ]
            known = unique(able)
            return found(known, f"holds the same office for {phrase.entry.name}: {known.name}") if known else None
        bare = not (owner or phrase.entry or phrase.before or phrase.complement) and phrase.determiner in _POINTING
        if bare and phrase.noun in _UNNAMED:
            same = sheet.last_noun(noun, start)
            if same is not None:
                return found(same, f"the {noun} named last: {same.name}")
        offices = [office for office in sheet.offices.values() if role_matches(phrase, office.phrase)]
        if phrase.entry is not None:
            exact = [office for office in offices if office.known.belongs == phrase.entry.name]
            offices = exact or [office for office in offices if office.known.belongs is None]
            if not exact and unique(office.known for office in offices) is None:
                offices = []
        known = unique(office.known for office in offices)
        if known is not None:
            return found(known, f"the only {noun} that fits: {known.name}")
        known = None if offices else self._known_holder(phrase)
        if known is not None:
            return found(known, f"named in the document, and the known {phrase.role}: {known.name}")
        often = self._named_most({office.known for office in offices})
        if often is not None and phrase.entry is None:
            return found(often, f"the {noun} named most: {often.name}")
        before = [(o.places[k - 1], o.known) for o in offices if (k := bisect_left(o.places, start))]
        if before:
            last = sheet.sentence(max(place for place, _ in before))
            near = unique(who for place, who in before if sheet.sentence(place) == last)
            if near is not None:
                return found(near, f"the {noun} named last: {near.name}")
        if owner is not None or phrase.owner is not None or phrase.determiner not in ("the", "that", "this"):
            return None
        same = sheet.last_noun(noun, start)
        if same is not None and (phrase.entry is None or same.belongs == phrase.entry.name):
            return found(same, f"the {noun} named last: {same.name}")
        if noun not in _TITLED and phrase.entry is None and phrase.complement is None:
            speaker = self._spoke_last(start, item.sentence)
            if speaker is not None:
                return found(speaker, f"the {noun}: who spoke last, {speaker.name}")
        if is_expert(noun) and phrase.entry is None:
            upto = sheet.before(start)
            for other in reversed(sheet.items[max(0, upto - _FAR) : upto]):
                if other.actor is not None and other.actor.person and voice_of(other.actor) == "expert":
                    return found(other.actor, f"the expert named last: {other.actor.name}")
        return None

    def _known_holder(self, phrase: Phrase) -> Known | None:
        """Return the one person of the document who is known to hold a state's office."""
        if phrase.entry is None:
            return None
        able = []
        for known in self.sheet.index.actors:
            person = people().of(known.name) if known.person and known.belongs == phrase.entry.name else None
            if person is not None and phrase.role in person.offices:
                able.append(known)
        return unique(able)

    def _spoke_last(self, start: int, sentence: int) -> Known | None:
        """Return the person who was the last subject in the sentences before, if there was one."""
        sheet = self.sheet
        upto = sheet.before(start)
        for other in reversed(sheet.items[max(0, upto - 40) : upto]):
            if other.sentence < sentence - 3:
                break
            known = other.actor
            if known is not None and known.person and other.weight == 2 and other.sentence < sentence:
                return known
        return None

    @staticmethod
    def _unclaused(words: str) -> str:
        return words[: clause(words)]

    def _executive(self, name: str) -> str:
        """Return "a senior US administration official" for one of no state: whose government goes by that word."""
        entries = (item.phrase.entry for item in self.sheet.items if item.phrase is not None)
        named = {entry.state for entry in entries if entry is not None and entry.state}
        states = sorted(named & gazetteer().administrations)
        if len(states) != 1:
            return name
        return re.sub("administration", f"{state_adjective(states[0])} administration", name, count=1, flags=re.I)

    def _named_most(self, able: set[Known]) -> Known | None:
        """Return the actor who is named well oftener than any other of some."""
        if self._counts is None:
            self._counts = Counter(
                i.actor for i in self.sheet.items if i.actor is not None and i.mention.kind == "name"
            )
        counts = Counter({known: self._counts[known] for known in able})
        ranked = counts.most_common(2)
        clear = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] >= _OFTENER * ranked[1][1])
        return ranked[0][0] if ranked and clear else None

    def _inner(self, at: int, item: Item) -> list[Item]:
        """Return the items inside an item's span."""
        inside = []
        for other in self.sheet.items[at + 1 : at + 8] if at >= 0 else []:
            if not item.mention.span.contains(other.mention.span):
                break
            inside.append(other)
        return inside

    def _principal(self, at: int, item: Item, phrase: Phrase) -> Known | None:
        """Return the body or state that a spokesperson speaks for."""
        for k, other in enumerate(self._inner(at, item)):
            placed = phrase.preposition in ("in", "on") and phrase.owner is None
            if other.mention.kind != "pronoun" and (phrase.complement or phrase.owner) and not placed:
                self.settle(at + 1 + k, other)
                return other.actor
        if phrase.entry is not None and ("ministry" in phrase.role or "department" in phrase.role):
            return self._ministry(phrase.entry, [*portfolio(phrase.role), "ministry"])
        if phrase.entry is not None:
            return self.make(phrase.entry.name, phrase.entry.kind, phrase.entry.name)
        if not phrase.before:
            words = item.mention.span.of(self.sheet.text).split()[bool(phrase.determiner) : -1]
            capital = [word for word in words if word[:1].isupper()]
            return self.sheet.index.body(" ".join(capital)) if capital and len(capital) == len(words) else None
        named = self.sheet.index.find(" ".join(phrase.before))
        return unique(named) if named else self.sheet.index.body(" ".join(phrase.before))

    def _owner(self, at: int, item: Item) -> Known | None:
        """Return the owner before a possessive mark, or whom "his", "its", "their" stands for."""
        for k, other in enumerate(self._inner(at, item)):
            if other.start == item.start:
                self.settle(at + 1 + k, other)
                return other.actor
        return None

    # -- bodies ----------------------------------------------------------------------------------------------------

    def _body(self, at: int, item: Item, phrase: Phrase, words: str) -> tuple[Known | None, Resolution]:
        start, noun, entry = item.start, phrase.noun, phrase.entry
        owner = self._owner(at, item)
        if noun in _RULE and not phrase.before:
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
        if entry is not None and entry.kind == "state" and phrase.role:
            usual = gazetteer().get(f"{self._adjective_of(phrase)} {phrase.role}")
            if usual is not None:
                body = self.make(usual.name, usual.kind, words, belongs=usual.state)
                return found(body, f"the {noun} of {entry.name}")
            if noun in ("team", "army", "navy"):
                return found(self.make(entry.name, "state", words), f"{noun} of {entry.name}")
        counted = phrase.complement is not None and phrase.complement.kind == "group" and phrase.preposition == "of"
        if counted and noun in ("group", "number", "delegation", "bloc", "coalition", "team", "majority"):
            inner = self._inner(at, item)
            if inner:
                self.settle(at + 1, inner[0])
                if inner[0].actor is not None:
                    return found(inner[0].actor, f"a {noun} of {inner[0].actor.name}")
        if entry is not None and entry.kind == "state" and noun in ("ministry", "department"):
            return found(self._ministry(entry, phrase.role.split()), f"ministry of {entry.name}")
        if phrase.determiner in _POINTING and owner is None and entry is None:
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
        return found(self.make(name, kind, words, belongs=entry.name if entry else None), "as worded")

    def _ministry(self, entry: Entry, words: Iterable[str]) -> Known:
        """Return the ministry of a state that goes by some words, which belongs to the state."""
        adjective = state_adjective(entry.state or entry.name)
        body = self.sheet.index.body(" ".join([adjective, *(word.title() for word in words)]))
        body.belongs = body.belongs or entry.name
        return body

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

    def _antecedent(self, item: Item, phrase: Phrase) -> Known | None:
        """Return the named body that "the union" means: the last whose name or apposition has the word."""
        noun, start = phrase.noun, item.start
        upto = self.sheet.before(start)
        said: list[tuple[int, Known]] = []
        trail = self.sheet.by_noun.get(noun)
        if trail is not None:
            until = bisect_left(trail.places, start)
            for place, known in zip(
                trail.places[max(0, until - _FAR) : until], trail.actors[max(0, until - _FAR) : until], strict=True
            ):
                if "'s " not in known.name and known.name.lower() != noun:
                    said.append((place, known))
        named = [
            (other.start, other.actor)
            for other in self.sheet.items[max(0, upto - 200) : upto]
            if other.actor is not None and other.actor.person is False and noun in other.actor.keys
            and {word.lower() for word in phrase.before} <= set(other.actor.keys)
        ]  # fmt: skip
        if noun in ("country", "nation", "kingdom"):
            named = [
                (i.start, i.actor)
                for i in self.sheet.items[max(0, upto - 20) : upto]
                if i.actor and i.weight and i.actor.kind == "state"
            ]
        home = self._about.body if noun in _COMPANIES and phrase.determiner == "the" else None
        if home is not None:
            return home
        best = max([*said, *named], key=lambda pair: pair[0], default=None)
        if best is not None:
            return best[1]
        if phrase.determiner == "the" and noun in _BODIES and self._about.body is not None:
            return self._about.body
        if noun not in _GENERIC:
            return None
        return unique(
            other.actor
            for other in self.sheet.items[max(0, upto - 12) : upto]
            if other.actor is not None and other.actor.kind in ("organisation", "unknown") and not other.actor.person
            and other.sentence >= item.sentence - 2 and other.weight
        )  # fmt: skip

    # -- groups ----------------------------------------------------------------------------------------------------

    def _group(self, at: int, item: Item, phrase: Phrase, words: str) -> tuple[Known | None, Resolution]:
        owner = self._owner(at, item)
        bare = not (phrase.entry or owner or phrase.before or phrase.complement)
        if bare and phrase.determiner in ("the", "these", "those"):
            last = self.sheet.last_noun(phrase.noun, item.start)
            if last is not None:
                return found(last, f"the {phrase.noun} named last: {last.name}")
        agent = self._agent(phrase, owner)
        if agent is not None:
            return found(agent, f"{phrase.noun} of {agent.name}")
        name = plain_group(describe(self._unclaused(words), phrase, owner.name if owner else None), phrase.noun)
        ours = phrase.role in (phrase.noun, f"government {phrase.noun}") and phrase.determiner not in OWNERS
        if bare and ours and phrase.noun in SERVANTS:
            name = self._of_state(name, phrase.noun, item.start)
        elif bare and "administration" in phrase.role.split():
            name = self._executive(name)
        elif bare and phrase.role == phrase.noun:
            name = self._of_what(name, phrase.noun)
        known = self.make(name, "group", words, belongs=phrase.entry.name if phrase.entry else None)
        voice = voice_of_role(phrase.role, phrase.noun, words)
        if voice == "party" and item.mention.kind == "collective" and phrase.noun in _HIDDEN_GROUPS:
            voice = "anonymous"
        known.voices[voice] = known.voices.get(voice, 0) + 1
        self.sheet.note(phrase.noun, item.start, known)
        return found(known, "as worded")

    def _agent(self, phrase: Phrase, owner: Known | None) -> Known | None:
        """Return the state or movement for which troops, envoys and the like act."""
        if phrase.noun not in AGENTS:
            return None
        if owner is not None:
            return owner if owner.kind in ("state", "organisation") else None
        if phrase.entry is not None and phrase.complement is None and phrase.entry.kind in ("state", "organisation"):
            return self.make(phrase.entry.name, phrase.entry.kind, phrase.entry.name)
        named = unique(self.sheet.index.find(" ".join(phrase.before))) if phrase.before else None
        return named if named is not None and named.person is not True else None

    def _of_what(self, name: str, noun: str) -> str:
        """Return "OPEC delegates" for "delegates", "cocoa growers" for "growers": of what the document is about."""
        if noun in _SENT and self._about.assembly is not None:
            return re.sub(rf"\b{noun}$", f"{self._about.assembly} {noun}", name, flags=re.IGNORECASE)
        if noun in _TRADERS and self._about.commodity is not None:
            return f"{self._about.commodity} {name}"
        return name

    def _of_state(self, name: str, noun: str, start: int) -> str:
        """Return "US lawmakers" for "lawmakers", where one state is what the document is about, or had them last."""
        last = self.sheet.last_noun(noun, start)
        state = self._about.state or (last.belongs if last is not None else None)
        words = name.split()
        at = next((k for k, word in enumerate(words) if word.lower() not in ("some", "two", "three", "the")), 0)
        if state is None or noun not in name.lower():
            return name
        return " ".join([*words[:at], state_adjective(state), *words[at:]])
