"""Who is who in one document: names, surnames, roles, offices, capitals and pronouns, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.reading.actor_words import issuer_word, voice_of_role, worded
from parley.reading.gazetteer import gazetteer
from parley.reading.group_words import clause, plain_group, plain_person
from parley.reading.mentions import Mention, mention_of, pronoun_of
from parley.reading.name_index import Known
from parley.reading.phrase_words import LISTS, NUMBERS, PARTISAN, QUANTITIES, split_words
from parley.reading.pronouns import FIRST_PERSON, resolve_pronoun
from parley.reading.roster_items import Sheet
from parley.reading.roster_joint import LEADS, MARKS, NAMED, JointWords
from parley.reading.roster_known import name_known
from parley.reading.roster_phrases import Settler
from parley.reading.roster_records import Item, Resolution, found
from parley.records import UNRESOLVED, Actor, Span

_MANY = frozenset(("group", "collective", "anonymous"))
_LINKS = frozenset("and or to of for with by from like as including about on against at in".split())
_NO_DESCRIPTION = _LINKS | {"other", "its", "his", "her", "their", "the", "who", "whose", "say", "said"}
_LAST_WORD = re.compile(r"\s+(\w+)\W*$")
_ACTS = re.compile(r"\s[a-z]+ed\s(?!(?:by|on|to|in|with|at|from|of|for|about|as|into|over|under|against|near|there)\b)")
"""A verb after a group, which is then no part of its name: "dockers surprised their employers"."""
_OWNED = re.compile(r"[’']s?\s")
_CALLED = re.compile(r"\b([a-z]+)\s$")
_CLAUSES = re.compile(r"\b(?:who|which|that|whose|led|including|such|like|named|close|loyal|and)\b[^,]*$")
_PARTY_OF = {"Republican": "Republicans", "GOP": "Republicans", "Democratic": "Democrats", "Tory": "Conservatives"}
"""What a word before a noun says of whom a thing is: "a Republican priority"."""
_RELATIVES = frozenset(["who", "which", "whom"])
_VERBAL = re.compile(r"[a-z]{3,}(?:ing|ed)")
"""A verb's form alone: "raised", which names nobody."""


class Roster(JointWords):
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
        party = _PARTY_OF.get(span.of(self._text))
        if party is not None:
            known = self._settler.make(party, "group", party)
            self._used[known] = None
            return found(known, f"“{span.of(self._text)}” is of the {party}")[1]
        items = self._inside(span)
        for item in items:
            if item.mention.span == span or item.mention.head == span:
                return self._speaking(item) or self._answer(item)
        tops = self._outermost(items)
        named_last = self._named_at_end(span, tops)
        if named_last is not None:
            return self._answer(named_last)
        for n, item in enumerate(tops):
            if n + 1 < len(tops) and self._describes(item, tops[n + 1], span):
                continue
            lead = self._text[span.start : max(span.start, item.start)].strip(' "“‘(\n').lower()
            tail = self._text[item.mention.span.end : span.end].strip(' "”’,;.\n')
            if item.mention.kind in _MANY and (tail or lead not in LEADS) and len(f"{lead} {tail}".split()) < 16:
                return self._longer(span, item)
            if lead in LEADS or (item.mention.kind in NAMED and len(lead.split()) <= 6 and "," not in lead):
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

    def actors(self) -> tuple[Actor, ...]:
        """Return the actors: the persons and bodies that the document names, and all that was resolved to."""
        known: dict[Known, None] = {}
        for item in self._sheet.items:
            if item.actor is not None and (item.actor in self._used or self._named(item)):
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

    def _named(self, item: Item) -> bool:
        """Tell whether a mention names its actor, rather than describing somebody who says and does nothing here."""
        known, phrase = item.actor, item.phrase
        if known is None or phrase is None or known.kind == "unknown":
            return False
        if known.kind in ("state", "outlet", "person") or known.keys or gazetteer().get(known.name) is not None:
            return True
        if phrase.kind == "body" and (phrase.entry is not None or phrase.before):
            return known.name[:1].isupper() and phrase.owner is None
        return phrase.kind == "people" or phrase.noun.removesuffix("s") in PARTISAN

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

    def _describes(self, item: Item, after: Item, span: Span) -> bool:
        """Tell whether a place only says which people end the words: "New York cocoa traders"."""
        between = self._text[item.mention.span.end : after.start]
        ends = not self._text[after.mention.span.end : span.end].strip(' "”’,;.\n')
        plain = re.fullmatch(r"\s+(?:[a-z]+\s+){0,2}", between) and not _NO_DESCRIPTION & set(between.split())
        return ends and after.mention.kind in _MANY and bool(plain)

    def _named_at_end(self, span: Span, tops: Sequence[Item]) -> Item | None:
        """Return who ends a description: "Harbour Board (HB) chief Paul Roy", "the party's newspaper Quay Daily"."""
        first = tops[0].phrase if len(tops) > 1 else None
        if first is None or (first.kind == "name" and not (first.determiner and not first.person)):
            return None
        last = tops[-1]
        person = last.mention.kind == "name" and last.actor is not None and last.actor.person is True
        called = _CALLED.search(self._text, span.start, last.mention.head.start)
        body = (
            last.mention.kind in ("name", "organisation") and called is not None and called[1] in LISTS["organisations"]
        )
        if not person and not body and last.mention.kind != "outlet":
            return None
        if self._text[last.mention.span.end : span.end].strip(' "”’,;.\n') or last.mention.number != "singular":
            return None
        opens = tops[0].mention.span.end if first.kind == "organisation" else span.start
        before = self._text[opens : last.start].rstrip().lower()
        words = re.findall(r"\w+", before[-20:])
        listed = _CLAUSES.search(before) or (words and words[-1] in _LINKS) or before.endswith(("'s", "’s"))
        return None if listed else last

    def _longer(self, span: Span, item: Item) -> Resolution:
        """Name a group by all its words: "officials familiar with the plan"."""
        noun = item.phrase.noun if item.phrase is not None else ""
        if _ACTS.match(self._text, item.mention.span.end, span.end) or self._owns_document(span, item):
            return self._answer(item)
        cut = Span(span.start, span.start + clause(span.of(self._text)))
        while cut.end > item.mention.span.end and (last := _LAST_WORD.search(cut.of(self._text))):
            if last.group(1).lower() not in _LINKS:
                break
            cut = Span(cut.start, cut.start + last.start())
        if cut.end <= item.mention.span.end and self._text[span.start : item.start].strip(MARKS).lower() in LEADS:
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

    def _owns_document(self, span: Span, item: Item) -> bool:
        """Tell whether words are somebody's document: "the dockers' latest proposal"."""
        owned = _OWNED.match(self._text, item.mention.span.end, span.end)
        return owned is not None and issuer_word(f"the {self._text[owned.end() : span.end]}")

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
        bare = span.of(self._text).lower()
        if not any(c.isalpha() for c in words) or bare in _RELATIVES or _VERBAL.fullmatch(bare):
            return Resolution(UNRESOLVED, "unknown", "party", "no words that can name anybody")
        entry = gazetteer().get(words)
        if entry is not None and entry.kind == "state":
            return self._of_state(entry.name, words)
        known = self._sheet.plain.setdefault(words, Known(words, "unknown", {words: None}, person=False))
        known.voices.setdefault(voice_of_role(words.lower(), words.lower().split()[-1], words), 1)
        self._used[known] = None
        return found(known, "as worded")[1]


__all__ = ["Resolution", "Roster"]
