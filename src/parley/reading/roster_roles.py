"""Who holds a role, and whom a spokesperson speaks for. Internal to the roster."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from parley.reading.actor_words import (
    describe,
    is_expert,
    known_offices,
    phrase_of,
    portfolio,
    role_matches,
    state_adjective,
    voice_of_role,
    worded,
)
from parley.reading.gazetteer import Entry, words_of
from parley.reading.group_words import plain_person
from parley.reading.name_index import Known, unique
from parley.reading.phrase_shapes import Phrase
from parley.reading.phrase_words import PARTISAN, QUANTITIES
from parley.reading.roster_layout import SAYING
from parley.reading.roster_naming import POINTING, Naming
from parley.reading.roster_offices import FAR
from parley.reading.roster_records import Item, Resolution, found, voice_of

_SPOKES = frozenset(
    ["spokesman", "spokeswoman", "spokesperson", "representative", "counsel", "spokespeople", "spokesmen"]
)
_HIDDEN = words_of("hidden_roles")
_INDEFINITE = frozenset(["a", "an", "another", "one", "any", "every"])
_UNNAMED = _HIDDEN | words_of("anonymous_heads") | frozenset(["spokesman", "spokeswoman", "spokesperson", "dealer"])
_TITLED = frozenset(
    ["president", "premier", "minister", "chancellor", "secretary", "ambassador", "governor", "speaker", "king",
     "queen", "pope", "emir", "sultan", "chairman", "director", "counterpart", "predecessor", "successor", "mayor",
     "general"]
)  # fmt: skip

_MEMBERS = frozenset(["senator", "congressman", "congresswoman", "lawmaker", "legislator", "politician"])
_SOON = 3
"""Sentences within which the name of somebody comes who was brought in by his role."""
_ANY = frozenset(["other", "next", "best", "future", "first-time", "potential", "would-be", "any"])
"""Words by which a role means no one holder."""
_NEXT = re.compile(r"\s+(?:also\s+|has\s+|had\s+)?(\w+)")
_EVERYWHERE = frozenset(["foreign minister", "defense minister", "defence minister", "finance minister"])
_OTHERWISE = frozenset(["United States", "United Kingdom", "European Union"])
"""Offices that nearly every government has, and those that call them otherwise."""


class Roles(Naming):
    """Tells whom roles stand for: "the minister", "a spokesman for the union"."""

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
            return self._counterpart(item, phrase.entry, owner)
        bare = not (owner or phrase.entry or phrase.before or phrase.complement) and phrase.determiner in POINTING
        if bare and phrase.noun in _UNNAMED:
            same = sheet.last_noun(noun, start)
            if same is not None:
                return found(same, f"the {noun} named last: {same.name}")
        leads = noun == "leader" and PARTISAN & set(phrase.role.split())
        told = self._in_office(item, phrase, bare=bare) if leads else None  # else after who spoke last
        partisan = leads or noun in _MEMBERS | PARTISAN
        if told is None and item.weight and phrase.determiner == "the" and partisan:
            speaker = self._spoke_last(start, item.sentence, nearest=True)
            if speaker is not None and voice_of(speaker) == "party" and not self._opposed(phrase, speaker):
                return found(speaker, f"the {noun}: who spoke last, {speaker.name}")
        if not leads:
            told = self._in_office(item, phrase, bare=bare)
        return told or self._in_story(item, phrase, owner)

    def _in_office(self, item: Item, phrase: Phrase, *, bare: bool) -> tuple[Known, Resolution] | None:
        """Return the person whom the document, or else the list of known persons, has in the office of a role."""
        sheet, noun = self.sheet, phrase.noun
        if phrase.determiner in QUANTITIES or _ANY & set(phrase.role.split()):
            return None
        offices = [office for office in sheet.offices.values() if role_matches(phrase, office.phrase)]
        if phrase.entry is not None:
            exact = [office for office in offices if office.known.belongs == phrase.entry.name]
            offices = exact or [office for office in offices if office.known.belongs is None]
            if not exact and unique(office.known for office in offices) is None:
                offices = []
        exactly = [office.known for office in offices if office.phrase.role == phrase.role]
        holders = set(exactly or (office.known for office in offices))
        if bare and noun in _TITLED:
            holders |= self._known_heads(phrase, {known.belongs for known in holders})
        known = unique(holders)
        if known is not None:
            return found(known, f"the only {noun} that fits: {known.name}")
        known = self._salient(holders, item)
        if known is not None:
            return found(known, f"the {noun} spoken of last: {known.name}")
        known = None if offices else self._known_holder(phrase)
        if known is not None:
            return found(known, f"named in the document, and the known {phrase.role}: {known.name}")
        often = self._named_most(holders)
        if often is not None:
            return found(often, f"the {noun} named most: {often.name}")
        before = [(o.places[k - 1], o.known) for o in offices if (k := bisect_left(o.places, item.start))]
        if before:
            last = sheet.sentence(max(place for place, _ in before))
            near = unique(who for place, who in before if sheet.sentence(place) == last)
            if near is not None:
                return found(near, f"the {noun} named last: {near.name}")
        return None

    def _in_story(self, item: Item, phrase: Phrase, owner: Known | None) -> tuple[Known, Resolution] | None:
        """Return the person whom a role means by what is told around it: who spoke last, or who is named next."""
        sheet, start, noun = self.sheet, item.start, phrase.noun
        state = phrase.entry.state or phrase.entry.name if phrase.entry is not None else None
        if state is not None and noun not in _TITLED:
            speaker = self._spoke_last(start, item.sentence, nearest=True)
            if speaker is not None and speaker.belongs in (state, phrase.entry.name if phrase.entry else None):
                return found(speaker, f"the {noun} of {state}: who spoke last, {speaker.name}")
        if noun not in _SPOKES and self._tells(item) and (state is not None or phrase.determiner == "the"):
            named = self._named_next(item, state)
            if named is not None:
                return found(named, f"named after the role: {named.name}")
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
            for other in reversed(sheet.items[max(0, upto - FAR) : upto]):
                if other.actor is not None and other.actor.person and voice_of(other.actor) == "expert":
                    return found(other.actor, f"the expert named last: {other.actor.name}")
        return None

    @staticmethod
    def _opposed(phrase: Phrase, known: Known) -> bool:
        """Tell whether the document gives somebody another party than a role has."""
        said = {word for role in known.roles for word in role.lower().split()} & PARTISAN
        asked = set(phrase.role.split()) & PARTISAN
        return bool(asked and said) and not {w[:5] for w in asked} & {w[:5] for w in said}

    def _named_next(self, item: Item, state: str | None) -> Known | None:
        """Return the person without a role whom the sentences after a subject name first, and for the first time."""
        upto = self.sheet.before(item.mention.span.end)
        for other in self.sheet.items[upto : upto + 40]:
            if other.sentence > item.sentence + _SOON:
                return None
            known = other.actor
            if other.sentence == item.sentence or known is None or known.person is not True:
                continue
            if (
                other.mention.kind != "name"
                or known.kind != "person"
                or item.mention.gender not in (None, known.gender)
            ):
                continue
            new = all(known is not one.actor for one in self.sheet.items[:upto])
            alone = not any(office.known is known for office in self.sheet.offices.values())
            same = known.belongs in (None, state) if state is not None else True
            return known if self._tells(other) and new and alone and same and len(known.keys) > 1 else None
        return None

    def _counterpart(self, item: Item, entry: Entry, owner: Known) -> tuple[Known, Resolution] | None:
        """Return who holds the *owner*'s office for another state: a person of the document, else the office."""
        alone = phrase_of(owner.name) if owner.kind == "office" else None
        own = [*self._offices(owner), *([alone] if alone is not None else [])]
        asked = [replace(office, entry=entry, owner=None) for office in own]
        known = unique(
            known
            for known in self.sheet.index.actors
            if known.person and known.belongs == entry.name
            if any(role_matches(one, held) for one in asked for held in self._offices(known))
        )
        roles = {office.role for office in own} & _EVERYWHERE if entry.name not in _OTHERWISE else set()
        if known is None and len(roles) == 1:
            name = f"{state_adjective(entry.name)} {roles.pop()}"
            known = self.make(name, "office", self.sheet.words(item), belongs=entry.name)
        return found(known, f"holds the same office for {entry.name}: {known.name}") if known is not None else None

    def _offices(self, known: Known) -> list[Phrase]:
        """Return the offices that the document gives somebody, and those that he is known to hold."""
        return [office.phrase for office in self.sheet.offices.values() if office.known is known] + [
            *known_offices(known.name)
        ]

    def _known_holder(self, phrase: Phrase) -> Known | None:
        """Return the one person of the document who is known to hold a state's office, else one like it."""
        if phrase.entry is None:
            return None
        able = [
            (known, office)
            for known in self.sheet.index.actors
            if known.person and known.belongs == phrase.entry.name
            for office in known_offices(known.name)
            if role_matches(phrase, office)
        ]
        exact = [known for known, office in able if office.role == phrase.role]
        return unique(exact or [known for known, _ in able])

    def leader(self, state: str) -> Known | None:
        """Return the person who leads a state, by the document or else by the list of known persons."""
        asked = phrase_of(f"the {state_adjective(state)} leader")
        if asked is None or asked.entry is None:
            return None
        offices = [office for office in self.sheet.offices.values() if role_matches(asked, office.phrase)]
        return unique(o.known for o in offices if o.known.belongs == state) or self._known_holder(asked)

    def _known_heads(self, phrase: Phrase, held: Collection[str | None]) -> set[Known]:
        """Return the persons of the document who are known to hold just this office for a state: one for which the
        document itself names nobody (*held*: those for which it does), and of which it knows no second holder.
        """
        heads = [
            known
            for known in self.sheet.index.actors
            if known.person and any(office.role == phrase.role for office in known_offices(known.name))
        ]
        states = Counter(known.belongs for known in heads)
        return {known for known in heads if known.belongs not in held and states[known.belongs] == 1}

    def _tells(self, item: Item) -> bool:
        """Tell whether a verb of saying follows a mention."""
        following = _NEXT.match(self.sheet.text, item.mention.span.end)
        return following is not None and following.group(1).lower() in SAYING

    def _salient(self, able: set[Known], item: Item) -> Known | None:
        """Return which of some the text was about just before: the last subject, else the only one named there."""
        upto = self.sheet.before(item.start)
        near = [
            other
            for other in self.sheet.items[max(0, upto - 40) : upto]
            if other.actor in able and other.sentence >= item.sentence - 2
        ]
        for least in (2, 1):
            subjects = [other.actor for other in near if other.weight >= least]
            if subjects:
                return subjects[-1]
        return unique(other.actor for other in near if other.actor is not None)

    def _spoke_last(self, start: int, sentence: int, *, nearest: bool = False) -> Known | None:
        """Return the person who was the last subject in the sentences before, if there was one.

        *nearest*: the last subject of any kind must be a person.
        """
        sheet = self.sheet
        upto = sheet.before(start)
        for other in reversed(sheet.items[max(0, upto - 40) : upto]):
            if other.sentence < sentence - 3:
                break
            known = other.actor
            if known is not None and other.weight == 2 and other.sentence < sentence and (known.person or nearest):
                return known if known.person else None
        return None

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
