"""Who is who in one document: names, surnames, roles, offices, capitals and pronouns, each with its evidence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from parley.reading.actor_words import issuer_word, voice_of_role, worded
from parley.reading.mentions import Mention, mention_of, pronoun_of
from parley.reading.name_index import Known
from parley.reading.phrase_words import NUMBERS, QUANTITIES, split_words
from parley.reading.pronouns import resolve_pronoun
from parley.reading.roster_items import Item, Resolution, Sheet, found
from parley.reading.roster_phrases import Settler
from parley.records import UNRESOLVED, Actor, Span

_LEADS = frozenset(("", "the", "a", "an", "so-called", "the so-called"))
_MANY = frozenset(("group", "collective", "anonymous"))
_NAMED = frozenset(("name", "organisation", "state", "outlet"))
_JOINT = re.compile(r"\b(?:both|two|all|each)\b", re.IGNORECASE)


class Roster:
    """The actors of one document. Resolving is a look-up: all mentions are read once, from first to last.

    ``quotations`` are spans in quotation marks: "I" and "we" in them stay unresolved for the caller, who knows the
    speaker. ``skip`` is furniture.
    """

    def __init__(
        self, text: str, mentions: Sequence[Mention], *, quotations: Sequence[Span] = (), skip: Sequence[Span] = ()
    ) -> None:
        self._text = text
        self._sheet = Sheet(text, mentions, quotations, skip)
        self._settler = Settler(self._sheet)
        self._used: dict[Known, None] = {}
        self._by_mention = {item.mention: item for item in self._sheet.items}

    def resolve(self, mention: Mention) -> Resolution:
        """Return whom a mention names. A mention that the roster was not given is read now."""
        item = self._by_mention.get(mention)
        return self.resolve_span(mention.span) if item is None else self._answer(item)

    def resolve_span(self, span: Span) -> Resolution:
        """Return whom any run of words names: by the mention in it that heads it, else by reading the words afresh."""
        items = self._inside(span)
        for item in items:
            if item.mention.span == span or item.mention.head == span:
                return self._answer(item)
        tops = self._outermost(items)
        for item in tops:
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

        "Both", "the two" and the like stand for the two actors named last before, of one kind; unresolved where the
        text does not show exactly two.
        """
        text = span.of(self._text)
        tops = [
            i for i in self._outermost(self._inside(span)) if i.mention.kind in _NAMED | {"office", "role", "group"}
        ]
        joined = [a for a, b in pairwise(tops) if self._joined(a, b)]
        if joined and len(tops) >= 2:
            return tuple(self._answer(item) for item in tops)
        if _JOINT.search(text) and len(text.split()) <= 6 and not any(i.mention.kind in _NAMED for i in tops):
            pair = self._pair(span, persons=bool(re.search(r"leaders?|presidents?|men|ministers?", text)))
            if pair:
                return tuple(found(known, f"“{worded(text)}”: the two named before")[1] for known in pair)
        return (self.resolve_span(span),)

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

    # -- how -------------------------------------------------------------------------------------------------------

    def _answer(self, item: Item) -> Resolution:
        if item.actor is not None:
            self._used[item.actor] = None
            if item.resolution is not None and item.resolution.name != UNRESOLVED:
                return found(item.actor, item.resolution.because)[1]
        return item.resolution or Resolution(UNRESOLVED, "unknown", "party", "no rule reads these words")

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

    def _joined(self, a: Item, b: Item) -> bool:
        between = self._text[a.mention.span.end : b.start]
        return re.fullmatch(r"\s*(?:,|,?\s*and|,?\s*or|,?\s*as well as)\s+(?:by\s+)?", between) is not None

    def _pair(self, span: Span, *, persons: bool) -> tuple[Known, ...]:
        """Return the two actors named last before a span, of which one sentence names exactly two."""
        sheet = self._sheet
        kinds = ("person",) if persons else ("state", "organisation", "group", "office", "unknown")
        upto, here = sheet.before(span.start), sheet.sentence(span.start)
        near: dict[int, dict[Known, None]] = {}
        for item in sheet.items[max(0, upto - 80) : upto]:
            if item.actor is not None and item.actor.kind in kinds and item.sentence >= here - 6:
                near.setdefault(item.sentence, {})[item.actor] = None
        for sentence in sorted(near, reverse=True):
            if len(near[sentence]) == 2:
                self._used.update(near[sentence])
                return tuple(near[sentence])
        return ()

    def _longer(self, span: Span, item: Item) -> Resolution:
        """Name a group by all its words: "officials familiar with the plan"."""
        words = worded(span.of(self._text))
        opener = words.split()[0].lower()
        noun = item.phrase.noun if item.phrase is not None else ""
        if opener in NUMBERS | QUANTITIES | {noun} and opener not in ("democrats", "republicans"):
            words = words[0].lower() + words[1:]
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
        for sentence in [*(s for s in wanted if s < here), *range(here, here - 6, -1)]:
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
        known = self._sheet.plain.setdefault(words, Known(words, "unknown", {words: None}, person=False))
        known.voices.setdefault(voice_of_role(words.lower(), words.lower().split()[-1], words), 1)
        self._used[known] = None
        return found(known, "as worded")[1]


__all__ = ["Resolution", "Roster"]
