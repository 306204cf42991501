"""Who is who in one document: names, surnames, roles, offices, capitals and pronouns, each with its evidence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from parley.reading.actor_words import issuer_word, voice_of_role, worded
from parley.reading.gazetteer import gazetteer
from parley.reading.group_words import clause, plain_group, plain_person
from parley.reading.mentions import Mention, mention_of, pronoun_of
from parley.reading.name_index import Known
from parley.reading.phrase_words import NUMBERS, QUANTITIES, split_words
from parley.reading.pronouns import FIRST_PERSON, resolve_pronoun
from parley.reading.roster_items import Sheet
from parley.reading.roster_known import name_known
from parley.reading.roster_phrases import Settler
from parley.reading.roster_records import Item, Resolution, found, voice_of
from parley.records import UNRESOLVED, Actor, Span

_LEADS = frozenset(("", "the", "a", "an", "so-called", "the so-called"))
_MANY = frozenset(("group", "collective", "anonymous"))
_NAMED = frozenset(("name", "organisation", "state", "outlet"))
_LINKS = frozenset("and or to of for with by from like as including about on against at in".split())
_NO_DESCRIPTION = _LINKS | {"other", "its", "his", "her", "their", "the", "who", "whose", "say", "said"}
_LAST_WORD = re.compile(r"\s+(\w+)\W*$")
_CLAUSES = re.compile(r"\b(?:who|which|that|whose|led|including|such|like|named|close|loyal|and)\b[^,]*$")
_PERSONS = re.compile(r"leaders|presidents|\bmen|women|ministers|senators|lawmakers|pair|\btwo$")
_RELATIVES = frozenset(["who", "which", "whom"])
_MARKS = ' "“‘(\n'
_LIST_LEADS = _LEADS | {"both", "negotiators from", "officials from", "delegations from", "the delegations from"}
_SIDES = frozenset(["officials", "negotiators", "leaders", "delegations", "diplomats", "authorities"])
_AND = re.compile(r"\s*(?:,|,?\s*and|,?\s*as well as)\s+(?:by\s+|both\s+|the\s+)?")
_OFTEN = 4
_CLEAR = 1.5
_BODIES = frozenset(("state", "organisation"))
_SIDE_KINDS = frozenset(("state", "organisation", "group", "office", "unknown"))
_LEADERS = re.compile(r"^(?:the\s+)?(?:\w+\s+)?leaders\b|\bleaders$", re.IGNORECASE)
_PARTIES = frozenset(("Democrats", "Republicans", "Conservatives", "Labour", "Liberals", "Socialists"))
_HALVES = re.compile(r"(?:both\s+)?(North|South|East|West)\s+and\s+(North|South|East|West)\s+(\w+)")
_JOINT = re.compile(
    r"(?:(?:both|the two|each|all)(?:\s+(?:rival\s+)?(?:sides?|parties|countries|nations|leaders|presidents|ministers|"
    r"governments|camps|men|women|companies|firms|teams|delegations|states|capitals|powers|groups|of them|exchanges|"
    r"banks|airlines|unions|lawmakers|senators))?|"
    r"the (?:sides|countries|leaders|presidents|premiers|delegations|parties|pair))",
    re.IGNORECASE,
)


def _party(known: Known) -> bool:
    """Tell whether a group goes by the name of a political party: "Democrats"."""
    return known.name in _PARTIES


class Roster:
    """The actors of one document. Resolving is a look-up: all mentions are read once, from first to last.

    ``quotations`` are spans in quotation marks: "I" and "we" in them are whoever is named as speaking beside them.
    ``skip`` is furniture.
    """

    def __init__(
        self, text: str, mentions: Sequence[Mention], *, quotations: Sequence[Span] = (), skip: Sequence[Span] = ()
    ) -> None:
        self._text = text
        self._sheet = Sheet(text, mentions, quotations, skip)
        name_known(self._sheet)
        self._settler = Settler(self._sheet)
        self._used: dict[Known, None] = {}
        self._sides: dict[str, str] | None = None
        self._by_mention = {item.mention: item for item in self._sheet.items}

    def resolve(self, mention: Mention) -> Resolution:
        """Return whom a mention names. A mention that the roster was not given is read now."""
        item = self._by_mention.get(mention)
        return self.resolve_span(mention.span) if item is None else self._answer(item)

    def resolve_span(self, span: Span) -> Resolution:
        """Return whom any run of words names: by the mention in it that heads it, else by reading the words afresh."""
        subject = self._before_who(span)
        if subject is not None:
            return self._answer(subject)
        items = self._inside(span)
        for item in items:
            if item.mention.span == span or item.mention.head == span:
                return self._speaking(item) or self._answer(item)
        tops = self._outermost(items)
        person = self._person_at_end(span, tops)
        if person is not None:
            return self._answer(person)
        for n, item in enumerate(tops):
            if n + 1 < len(tops) and self._describes(item, tops[n + 1], span):
                continue
            lead = self._text[span.start : max(span.start, item.start)].strip(' "“‘(\n').lower()
            tail = self._text[item.mention.span.end : span.end].strip(' "”’,;.\n')
            if item.mention.kind in _MANY and (tail or lead not in _LEADS) and len(f"{lead} {tail}".split()) < 16:
                return self._longer(span, item)
            if lead in _LEADS or (item.mention.kind in _NAMED and len(lead.split()) <= 6 and "," not in lead):
                return self._answer(item)
        named = self._sheet.index.find(span.of(self._text)) if span.of(self._text)[:1].isupper() else []
        if not tops and len(named) == 1 and named[0].person:
            self._used[named[0]] = None
            return found(named[0], f"“{worded(span.of(self._text))}” is {named[0].name}")[1]
        issuer = self._issuer(span)
        if issuer is not None:
            return issuer
        fresh = self._fresh(span)
        if fresh is not None:
            return fresh
        if tops:
            return self._answer(tops[0])
        return self._as_worded(span)

    def resolve_all(self, span: Span) -> tuple[Resolution, ...]:
        """Return everybody whom joint words name ("X and Y", "both sides", "the two leaders"); one where it is one.

        "Both", "the two" and the like stand for the two actors of one kind that a sentence just before names, else for
        the two that the document is about; as worded where neither shows exactly two.
        """
        text = span.of(self._text)
        halves = _HALVES.fullmatch(text)
        named = [gazetteer().get(f"{half} {halves.group(3)}") for half in halves.group(1, 2)] if halves else []
        if named and all(entry is not None and entry.kind == "state" for entry in named):
            return tuple(self._of_state(entry.name, worded(text)) for entry in named if entry is not None)
        tops = [
            i for i in self._outermost(self._inside(span)) if i.mention.kind in _NAMED | {"office", "role", "group"}
        ]
        joined = self._list(span, tops)
        if joined:
            return self._leaders(joined) if _LEADERS.search(text) else joined
        if _JOINT.fullmatch(worded(text)) or _JOINT.fullmatch(" ".join(text.split())):
            pair = self._pair(span, persons=_PERSONS.search(text) is not None)
            if pair:
                return tuple(found(known, f"“{worded(text)}”: the two named before")[1] for known in pair)
        return (self.resolve_span(span),)

    def _leaders(self, states: tuple[Resolution, ...]) -> tuple[Resolution, ...]:
        """Return those who lead some states, where the document names all of them, else the states."""
        heads = [self._settler.leader(state.name) for state in states]
        known = [head for head in heads if head is not None]
        if len(known) < len(states):
            return states
        self._used.update(dict.fromkeys(known))
        return tuple(found(head, f"leads {state.name}")[1] for head, state in zip(known, states, strict=True))

    def actors(self) -> tuple[Actor, ...]:
        """Return the actors: the persons and bodies that the document names, and all that was resolved to."""
        known: dict[Known, None] = {}
        for item in self._sheet.items:
            if item.actor is not None and (item.actor.kind != "unknown" or item.actor in self._used):
                known[item.actor] = None
        known.update(self._used)
        merged: dict[str, Actor] = {}
        for actor in known:
            record = actor.record()
            old = merged.get(record.name)
            if old is not None:
                names = tuple(sorted({*old.names, *record.names}))
                roles = tuple(dict.fromkeys([*old.roles, *record.roles]))
                record = Actor(old.name, old.kind, names, roles, old.belongs_to or record.belongs_to)
            merged[record.name] = record
        return tuple(merged[name] for name in sorted(merged))

    def side(self, name: str) -> str:
        """Return the state or body that an actor of the document belongs to; the actor itself where none is known."""
        if self._sides is None:
            held = [item.actor for item in self._sheet.items if item.actor is not None]
            self._sides = {known.name: known.belongs for known in held if known.belongs}
        met = {name}
        while (above := self._sides.get(name)) is not None and above not in met:
            name = above
            met.add(name)
        return name

    # -- how -------------------------------------------------------------------------------------------------------

    def _answer(self, item: Item) -> Resolution:
        if item.actor is not None:
            self._used[item.actor] = None
            if item.resolution is not None and item.resolution.name != UNRESOLVED:
                return found(item.actor, item.resolution.because)[1]
        return item.resolution or Resolution(UNRESOLVED, "unknown", "party", "no rule reads these words")

    def _speaking(self, item: Item) -> Resolution | None:
        """Return who says "I" or "we" in a quotation: the speaker named right after it, else the last before it."""
        if not item.quoted or item.mention.span.of(self._text).lower() not in FIRST_PERSON:
            return None
        sheet = self._sheet
        quote = sheet.quotation(item.start)
        if quote is None:
            return None
        upto = sheet.before(quote.end)
        after = [
            i
            for i in sheet.items[upto : upto + 6]
            if i.start < quote.end + 60 and "\n" not in self._text[quote.end : i.start]
        ]
        before = [i for i in reversed(sheet.items[max(0, upto - 60) : upto]) if i.start < quote.start and not i.quoted]
        for other in [*after, *before]:
            known = other.actor
            if other.weight == 2 and known is not None and known.person and not other.quoted:
                self._used[known] = None
                return found(known, f"speaks in the quotation: {known.name}")[1]
        return None

    def _before_who(self, span: Span) -> Item | None:
        """Return whom "who" or "which" stands for: what is named right before it."""
        if span.of(self._text).lower() not in _RELATIVES:
            return None
        upto = self._sheet.before(span.start)
        for item in reversed(self._sheet.items[max(0, upto - 3) : upto]):
            if re.fullmatch(r"[\s,)”\"]{1,4}", self._text[item.mention.span.end : span.start]):
                return item
        return None

    def _inside(self, span: Span) -> list[Item]:
        """Return the items whose naming words lie in a span, by place."""
        sheet = self._sheet
        first, last = bisect_left(sheet.places, span.start - 80), bisect_right(sheet.places, span.end)
        return [item for item in sheet.items[max(0, first) : last] if span.contains(item.mention.head)]

    @staticmethod
    def _outermost(items: Sequence[Item]) -> list[Item]:
        tops: list[Item] = []
        for item in items:
            if not tops or item.mention.span.end > tops[-1].mention.span.end:
                tops.append(item)
        return tops

    def _describes(self, item: Item, after: Item, span: Span) -> bool:
        """Tell whether a place only says which people end the words: "New York cocoa traders"."""
        between = self._text[item.mention.span.end : after.start]
        ends = not self._text[after.mention.span.end : span.end].strip(' "”’,;.\n')
        plain = re.fullmatch(r"\s+(?:[a-z]+\s+){0,2}", between) and not _NO_DESCRIPTION & set(between.split())
        return ends and after.mention.kind in _MANY and bool(plain)

    def _person_at_end(self, span: Span, tops: Sequence[Item]) -> Item | None:
        """Return the person who ends a description: "Harbour Board (HB) chief Paul Roy", "the envoy, Paul Roy,"."""
        if len(tops) < 2 or tops[0].phrase is None or tops[0].phrase.kind == "name":
            return None
        last = tops[-1]
        if last.mention.kind != "name" or last.actor is None or last.actor.person is not True:
            return None
        if self._text[last.mention.span.end : span.end].strip(' "”’,;.\n') or last.mention.number != "singular":
            return None
        before = self._text[span.start : last.start].rstrip().lower()
        words = re.findall(r"\w+", before[-20:])
        listed = _CLAUSES.search(before) or (words and words[-1] in _LINKS) or before.endswith(("'s", "’s"))
        return None if listed else last

    def _list(self, span: Span, tops: Sequence[Item]) -> tuple[Resolution, ...]:
        """Return the members of a list "X, Y and Z" that opens the words; () where it is none, or one and the same."""
        if not tops or self._text[span.start : tops[0].start].strip(_MARKS).lower() not in _LIST_LEADS:
            return self._adjectives(span, tops)
        members, closed = [tops[0]], False
        for a, b in pairwise(tops):
            between = self._text[a.mention.span.end : b.start]
            if closed or not _AND.fullmatch(between) or self._apposed(a, b, between):
                break
            members.append(b)
            closed = "and" in between or "as well" in between
        answers = [self._member(item) for item in members] if closed else []
        return tuple(answers) if len({answer.name for answer in answers}) > 1 else ()

    @staticmethod
    def _apposed(a: Item, b: Item, between: str) -> bool:
        """Tell whether *b* says who *a* is ("Roy, the envoy") rather than naming somebody else."""
        if "and" in between or a.phrase is None or b.phrase is None:
            return False
        return a.phrase.kind in ("name", "organisation") and b.phrase.kind in ("role", "body", "group")

    def _member(self, item: Item) -> Resolution:
        """Return whom one member of a list names: of a state's officials, the state."""
        phrase = item.phrase
        entry = phrase.entry if phrase is not None and phrase.kind == "group" else None
        if phrase is None or entry is None or entry.kind != "state" or phrase.owner is not None or phrase.before:
            return self._answer(item)
        return (
            self._of_state(entry.name, worded(item.mention.span.of(self._text)))
            if phrase.noun in _SIDES
            else self._answer(item)
        )

    def _of_state(self, state: str, words: str) -> Resolution:
        known = self._settler.make(state, "state", state)
        self._used[known] = None
        return found(known, f"“{words}” stands for {state}")[1]

    def _adjectives(self, span: Span, tops: Sequence[Item]) -> tuple[Resolution, ...]:
        """Return the states of "Chilean and Danish officials"."""
        phrase = tops[0].phrase if len(tops) == 1 else None
        if phrase is None or phrase.kind not in ("group", "role") or phrase.entry is None or phrase.entry.state is None:
            return ()
        text = span.of(self._text)
        lead = self._text[span.start : tops[0].start].strip(_MARKS).removeprefix("the ").removeprefix("The ")
        words = re.split(r",?\s+and\s*$|,\s+", lead)
        found_entries = [gazetteer().get(word.removeprefix("both ").strip()) for word in words if word.strip()]
        states = [entry.state for entry in found_entries if entry is not None and entry.state is not None]
        if not states or len(states) != len(found_entries) or not re.search(r"\band\s*$", lead):
            return ()
        return tuple(self._of_state(state, worded(text)) for state in [*states, phrase.entry.state])

    def _pair(self, span: Span, *, persons: bool) -> tuple[Known, ...]:
        """Return the two actors whom one sentence before a span names, else the two that the document is about."""
        sheet = self._sheet
        upto, here = sheet.before(span.start), sheet.sentence(span.start)
        able = self._persons(span) if persons else self._sides_of
        counts: Counter[Known] = Counter()
        near: dict[int, dict[Known, None]] = {}
        for k, item in enumerate(sheet.items):
            known = item.actor
            if known is None or not able(known, item):
                continue
            counts[known] += 1 + (item.weight > 0)
            if upto - 80 <= k < upto and item.sentence >= here - 2 and (item.weight or persons):
                near.setdefault(item.sentence, {})[known] = None
        for sentence in sorted(near, reverse=True):
            pair = tuple(near[sentence])
            if len(pair) == 2 and all(persons or k.kind == "state" or counts[k] >= _OFTEN for k in pair):
                break
        else:
            ranked = sorted((k for k in counts if persons or k.kind in _BODIES), key=lambda k: -counts[k])
            clear = len(ranked) == 2 or (len(ranked) > 2 and counts[ranked[1]] >= _CLEAR * counts[ranked[2]])
            pair = tuple(ranked[:2]) if clear else ()
        parties = tuple(known for known in counts if _party(known) and counts[known] >= _OFTEN)
        if len(parties) == 2 and not any(known.kind == "state" for known in pair):
            pair = parties
        self._used.update(dict.fromkeys(pair))
        return pair

    @staticmethod
    def _sides_of(known: Known, item: Item) -> bool:
        return not known.person and known.kind in _SIDE_KINDS and (item.mention.kind != "collective" or _party(known))

    def _persons(self, span: Span) -> Callable[[Known, Item], bool]:
        """Return what tells persons that joint words can mean: "the two presidents" are presidents."""
        noun = span.of(self._text).split()[-1].lower().removesuffix("s")
        holders = {office.known for office in self._sheet.offices.values() if office.phrase.noun == noun != "leader"}
        if len(holders) > 1:
            return lambda known, _: known in holders
        return lambda known, item: (
            known.kind == "person" and voice_of(known) != "expert" and item.mention.kind != "collective"
        )

    def _longer(self, span: Span, item: Item) -> Resolution:
        """Name a group by all its words: "officials familiar with the plan"."""
        noun = item.phrase.noun if item.phrase is not None else ""
        cut = Span(span.start, span.start + clause(span.of(self._text)))
        while cut.end > item.mention.span.end and (last := _LAST_WORD.search(cut.of(self._text))):
            if last.group(1).lower() not in _LINKS:
                break
            cut = Span(cut.start, cut.start + last.start())
        if cut.end <= item.mention.span.end and self._text[span.start : item.start].strip(_MARKS).lower() in _LEADS:
            return self._answer(item)
        words = worded(cut.of(self._text)) or worded(span.of(self._text))
        opener = words.split()[0].lower()
        if opener in NUMBERS | QUANTITIES | {noun} and opener not in ("democrats", "republicans"):
            words = words[0].lower() + words[1:]
        if item.mention.number == "singular":
            first = self._text[item.mention.span.start : item.mention.span.end].split()[0].lower()
            words = plain_person(f"{first} {words}" if first in ("a", "an") else words)
        else:
            words = plain_group(words, noun)
        voice = voice_of_role(item.phrase.role if item.phrase is not None else "", noun, words)
        known = self._sheet.plain.setdefault(words, Known(words, "group", {words: None}, person=False))
        known.voices.setdefault(voice, 1)
        self._used[known] = None
        return found(known, "as worded")[1]

    def _fresh(self, span: Span) -> Resolution | None:
        """Read words that no mention covers."""
        sheet = self._sheet
        words = split_words(self._text, span.start, span.end)
        pronoun = pronoun_of(words[0]) if len(words) == 1 else None
        if pronoun is not None:
            item = sheet.item(pronoun, None, None)
            item.actor, item.resolution = resolve_pronoun(sheet, sheet.before(span.start), item)
            return self._answer(item)
        phrase, reader = sheet.parse(span)
        if phrase is None or reader is None or phrase.kind in ("adjective", "region", "quantity"):
            return None
        if phrase.end < len(reader.words) - 2 and phrase.kind not in ("name", "organisation"):
            return None
        item = sheet.item(mention_of(phrase, reader), phrase, reader)
        if phrase.kind == "name":
            sheet.name_short(item)
        elif phrase.kind == "organisation" and not phrase.known:
            item.actor = sheet.index.body(sheet.words(item))
        self._settler.settle(-1, item)
        return self._answer(item)

    def _issuer(self, span: Span) -> Resolution | None:
        """Resolve "the statement", "the offer" to who put it out: its first sentence's speaker, else who spoke last."""
        text = span.of(self._text)
        if not issuer_word(text):
            return None
        sheet, noun = self._sheet, text.split()[-1].lower()
        before = self._text[max(0, span.start - 3000) : span.start]
        made = rf"\b(?:an?|its|his|her|their|joint|written|new)\s+(?:\w+\s+){{0,2}}{re.escape(noun)}\b"
        first = [m.start() for m in re.finditer(made, before)]
        here = sheet.sentence(span.start)
        wanted = [sheet.sentence(max(0, span.start - 3000) + at) for at in reversed(first)]
        for sentence in [
            *(s for s in wanted if here - 4 < s < here),
            *range(here, here - 6, -1),
            *(s for s in wanted if s < here),
        ]:
            known = self._speaker_of(sentence, span.start)
            if known is not None:
                self._used[known] = None
                return found(known, f"“{worded(text)}” is of who spoke: {known.name}")[1]
        return None

    def _speaker_of(self, sentence: int, before: int) -> Known | None:
        upto = self._sheet.before(before)
        for item in reversed(self._sheet.items[max(0, upto - 150) : upto]):
            if item.sentence < sentence:
                return None
            known = item.actor
            if item.sentence == sentence and item.weight == 2 and not item.quoted and known is not None:
                return known
        return None

    def _as_worded(self, span: Span) -> Resolution:
        words = worded(span.of(self._text))
        if not any(c.isalpha() for c in words):
            return Resolution(UNRESOLVED, "unknown", "party", "no words to read")
        entry = gazetteer().get(words)
        if entry is not None and entry.kind == "state":
            return self._of_state(entry.name, words)
        known = self._sheet.plain.setdefault(words, Known(words, "unknown", {words: None}, person=False))
        known.voices.setdefault(voice_of_role(words.lower(), words.lower().split()[-1], words), 1)
        self._used[known] = None
        return found(known, "as worded")[1]


__all__ = ["Resolution", "Roster"]
