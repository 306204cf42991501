"""Who holds which role in a document, by the words before a name and beside it. Internal to the roster."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterator, Sequence

from parley.reading.actor_words import noun_key, voice_of_role, worded
from parley.reading.mentions import Mention
from parley.reading.name_index import Known
from parley.reading.phrase_words import LISTS, TITLES
from parley.reading.roster_layout import Layout
from parley.reading.roster_records import Item, Office, Trail
from parley.records import Span

_NO_ROLES = frozenset({"man", "woman", "person"})
"""Words for somebody that tell no role."""
FAR = 200
"""Mentions before a place that are looked through for what a common noun means."""
_PAST = frozenset(["former", "ex"])
"""Words of a role that somebody held before: he is of that body no more."""
_GAP = re.compile(r",\s{1,3}|\s?\(|\s[–—-]\s")
_SAYS = re.compile(r"\s(?:said|says|told|added|warned|noted|argued|claimed)\b")
_LISTED = re.compile(r",\s|,?\sand\s")
_LONGEST = 8  # names in a list that share a role

_SEATED = frozenset(["sen", "sen.", "sens.", "rep", "rep.", "reps.", "del."])
"""Titles of those who sit in a parliament: the only sign, often, that somebody does not speak for the state."""
_OUT_OF_OFFICE = re.compile(
    r",\s+(?:an?\s+)?(?:[\w-]+\s){0,3}(?:former|ex-\w+|retired)\b|"
    r",\s+(?:(?:an?|the)\s[^.!?\n,]{0,80}\s)?who\s[^.!?\n,]{0,120}?"
    r"\b(?:served as|resigned as|in exile|abroad|in opposition)\b"
)
"""What follows the name of somebody who speaks for no side any more."""


class Offices(Layout):
    """The mentions of a document with the ``offices`` that its actors hold."""

    def __init__(
        self, text: str, mentions: Sequence[Mention], quotations: Sequence[Span], skip: Sequence[Span]
    ) -> None:
        super().__init__(text, mentions, quotations, skip)
        self.offices: dict[tuple[Known, str, str, str | None], Office] = {}
        self.by_noun: dict[str, Trail] = {}

    def affiliate(self, item: Item) -> None:
        """Note the role that a name carries before it, and where the person belongs."""
        phrase, known = item.phrase, item.actor
        if phrase is None or known is None:
            return
        if _OUT_OF_OFFICE.match(self.text, item.mention.span.end, item.mention.span.end + 240):
            known.voices["expert"] = known.voices.get("expert", 0) + 2
        if phrase.title in _SEATED:
            known.roles[phrase.title.capitalize()] = None
        if phrase.noun:
            self.hold(item, known)
        elif phrase.owner is not None and phrase.owner.entry is not None and phrase.owner.entry.kind == "outlet":
            known.voices["reporter"] = known.voices.get("reporter", 0) + 1
        self._belong(item, known)

    def hold(self, item: Item, known: Known) -> None:
        """Note that an actor holds the role of an item."""
        phrase = item.phrase
        if phrase is None:
            return
        if known.person is None and phrase.kind != "body":
            known.person, known.kind = True, "person"
        full = item.mention.span.of(self.text)
        if phrase.kind == "name":
            full = full.replace(item.mention.head.of(self.text), "")
        words = worded(full).split()
        while words and words[-1].lower() in TITLES:
            words.pop()
        label = " ".join(words)
        if label and phrase.noun not in _NO_ROLES:
            known.roles[label] = None
        key = (known, phrase.role, phrase.noun, phrase.entry.name if phrase.entry is not None else None)
        insort(self.offices.setdefault(key, Office(phrase, known, [])).places, item.start)
        if phrase.noun:
            self.note(phrase.noun, item.start, known)
        voice = voice_of_role(phrase.role, phrase.noun, label)
        known.voices[voice] = known.voices.get(voice, 0) + 1
        known.gender = known.gender or item.mention.gender
        self._belong(item, known)

    @staticmethod
    def _belong(item: Item, known: Known) -> None:
        phrase = item.phrase
        if phrase is not None and known.belongs is None and not _PAST & set(phrase.role.split()):
            known.belongs = phrase.entry.name if phrase.entry is not None else phrase.house or None

    def note(self, noun: str, at: int, known: Known) -> None:
        """Note that a common noun ("the union") stood for an actor."""
        self.by_noun.setdefault(noun_key(noun), Trail([], [])).put(at, known)

    def last_noun(self, noun: str, before: int) -> Known | None:
        """Return the actor for whom a common noun stood last before a place."""
        trail = self.by_noun.get(noun_key(noun))
        return trail.last(before) if trail is not None else None

    def last_named(self, noun: str, before: int) -> Known | None:
        """Return the body named last before a place whose name ends with a common noun."""
        ended = (known for _, known in self.bodies_before(before) if known.keys and known.keys[-1] == noun)
        return next(ended, None)

    def bodies_before(self, place: int) -> Iterator[tuple[int, Known]]:
        """Yield the bodies, no persons, that are mentioned before a place, with where; the last first."""
        upto = self.before(place)
        for item in reversed(self.items[max(0, upto - FAR) : upto]):
            if item.actor is not None and item.actor.person is False:
                yield item.start, item.actor

    def stood_for(self, noun: str, before: int) -> list[tuple[int, Known]]:
        """Return for whom a common noun stood before a place, with where; the last last."""
        trail = self.by_noun.get(noun_key(noun))
        return trail.until(before)[-FAR:] if trail is not None else []

    def share_roles(self) -> None:
        """Give each name of a list the role in the plural before it: "the analysts Ada Vidal, Bo Lund and Cy Moss"."""
        for n, item in enumerate(self.items):
            phrase, end = item.phrase, item.mention.span.end
            if phrase is None or item.actor is None or phrase.kind != "name" or not phrase.noun:
                continue
            role = self.text[item.start : item.mention.head.start].split()
            if not role or role[-1].lower() not in LISTS["groups"]:
                continue
            label = worded(" ".join(role))
            voice = voice_of_role(phrase.role, phrase.noun, label)
            for other in self.items[n + 1 : n + _LONGEST]:
                named = other.phrase is not None and other.phrase.kind == "name" and not other.phrase.noun
                if other.actor is None or not named or not _LISTED.fullmatch(self.text[end : other.start]):
                    break
                other.actor.voices[voice] = other.actor.voices.get(voice, 0) + 1
                other.actor.roles[label] = None
                other.actor.belongs = other.actor.belongs or (phrase.entry.name if phrase.entry is not None else None)
                end = other.mention.span.end

    def appose_all(self) -> None:
        """Roles in apposition: "X, the envoy", "the envoy, X"."""
        outer: list[Item] = []
        for item in self.items:
            if item.phrase is None:
                continue
            while outer and outer[-1].mention.span.end <= item.start - 5:
                outer.pop()
            for other in outer[-3:]:
                if other.mention.span.end <= item.start:
                    self._appose(self._bearer(other, outer), item, other.mention.span.end)
            outer.append(item)
            del outer[:-6]

    def _bearer(self, item: Item, before: Sequence[Item]) -> Item:
        """Return who is named with the place that *item* names ("Ada Vidal of Larkhill"), else *item*."""
        for other in before:
            phrase = other.phrase
            named = phrase is not None and phrase.kind == "name" and phrase.noun and other.actor is not None
            if named and self.text[other.mention.span.end : item.start] == " of ":
                return other
        return item

    def _appose(self, a: Item, b: Item, end: int) -> None:
        """Give *b* whom *a* names or the other way round, where *a* with its place ends at *end* right before *b*."""
        if a.phrase is None or b.phrase is None or a.resolution or b.resolution:
            return
        if not _GAP.fullmatch(self.text[end : b.start]):
            return
        if b.phrase.determiner in ("a", "an", "one") and _SAYS.match(self.text, b.mention.span.end):
            return  # "... to Vidal, one executive said"
        after = self.text[b.mention.span.end : b.mention.span.end + 8].lstrip(", ")
        one, two = a.phrase.kind, b.phrase.kind
        named = a.actor is not None and one in ("name", "organisation")
        if named and a.actor is not None and two == "role" and a.actor.person is not False:
            if not after.startswith(("and ", "or ")) and b.actor is None:
                b.actor = a.actor
                self.hold(b, a.actor)
        elif one == "role" and two == "name" and b.actor is not None and a.actor is None:
            listed = after.startswith(("and ", "or ")) or (b.phrase.person and not after[:1].islower())
            if not listed and b.actor.person is not False:
                a.actor = b.actor
                self.hold(a, b.actor)
        elif named and a.actor is not None and two == "body" and a.actor.person is not True and b.phrase.determiner:
            b.actor = a.actor
            self.note(b.phrase.noun, b.start, a.actor)
