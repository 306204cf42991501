"""Meetings and calls: one contact for all its mentions, with who took part, when, and what rests on it.

A mention is a noun or verb of contact ("phone call", "met with") in the text, or a contact that a reader coded.
Mentions are one contact where kind, day and people agree; an undated mention belongs to the contact of its document,
or of the week before it, that has the same people. Nothing is guessed where two contacts would fit.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from parley.analysis.counterparts import counterpart
from parley.analysis.index import Index
from parley.analysis.kept import keep_last
from parley.analysis.passages import Passages, is_limit
from parley.analysis.people import People
from parley.analysis.restorations import restored_words
from parley.analysis.scanning import places, windows
from parley.records import AUTHOR, UNRESOLVED, Document, Record, Span, Statement, TimeMention

__all__ = ["Meeting", "Mention", "meetings"]

KINDS = ("call", "interview", "meeting", "talks")
_WORDS = re.compile(
    r"\b(?:(?P<call>(?:tele)?phone(?:d| calls?| conversations?| talks?)|(?:video|conference|tele)[ -]?calls?|calls?"
    r"|spoke by (?:tele)?phone|speak by (?:tele)?phone)"
    r"|(?P<interview>interview(?:ed)?)"
    r"|(?P<meeting>meetings?|summits?|met with|meets with|met(?= (?:in|on|at|[A-Z]))|held a meeting)"
    r"|(?P<talks>talks|conversations?|negotiations|dialogue?|discussions?|spoke (?:with|to)|spoken (?:with|to)"
    r"|speaks? (?:with|to)|speaking (?:with|to|about)))\b",
    re.I,
)
_MARKS = (
    "phone", "call", "spoke", "speak ", "speaks ", "speaking ", "interview", "meet", "met ", "summit", "talks",
    "conversation", "negotiations", "dialog", "discussion",
)  # fmt: skip
"""Every word of contact holds one of these."""
_LONGEST = 30  # characters that a word of contact may have on either side of its mark
_NOT_ONE = re.compile(
    r"(?:\b(?:so-called|what (?:he|she|they) |roll|wake-up|close|judgment|peace|ceasefire|future|further|new|any"
    r"|full)\s+"
    r"|-)$",
    re.I,
)
_LOOSE = re.compile(r"(?:talks|negotiations|discussions?|meetings|calls)", re.I)
_DEFINITE = re.compile(
    r"\b(?:the|their|his|her|its|those|these|[A-Z]\w*[’']s?|held|first|second|third|latest|last)\s+(?:[\w-]+\s+){0,3}$"
)
_OBJECT = re.compile(r"\b(?:with|to|of|by|for|about|against|from)\s+(?:\w+\.?\s+)?$", re.I)
_CALLS_FOR = re.compile(r"(?:\s+(?:for|on|it|them|him|her|this|that|upon|off)\b|\s+\w+\s+an?\b|[’']s?\s+for\b)", re.I)
_VERB_CALL = re.compile(r"\b(?:to|it|he|she|they|who|which|and|would|will|has|repeatedly)\s+$", re.I)
_SAYS = re.compile(r"\b(?:said|says|told|announced|reported|wrote|added|that|because|while|since)\b", re.I)
_SAME_DAY = re.compile(
    r"\b(?:later (?:in|within|that|on|the same)\b[^.]{0,20}\bday|hours later|the same day|the same evening)\b", re.I
)
_TERM = re.compile(r"\b(?:deadline|extend(?:ed|ing|s)?|extension)\b", re.I)
"""What makes "to July 9" the end of a term, not the day of a contact."""
_BACK = re.compile(r"\b(?:since|after|before|following|first since)\b", re.I)
_WEEK = 7  # days before a document within which an undated mention may lie
_MOST_PEOPLE = 4
_EXPLICIT = frozenset({"call", "meeting", "interview"})  # one is never another; talks may be any
_A_DAY = 10  # characters of an ISO day
_NEAR = 90  # characters around a mention in which people are looked for first


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of a contact: where, of what kind, with whom, on which day as far as its sentence says."""

    document: str
    span: Span
    sentence: Span
    kind: str
    people: frozenset[str]
    time: TimeMention | None
    statements: tuple[str, ...]
    founds: bool = True  # whether it is enough to speak of a contact that nothing else tells of

    @property
    def when(self) -> str | None:
        """The day, or None."""
        return self.time.resolved if self.time is not None else None


@dataclass(slots=True)
class Meeting:
    """A contact with all its mentions, in the order in which they were met."""

    when: str | None
    people: set[str]
    kinds: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)
    documents: dict[str, int] = field(default_factory=dict)  # mentions by document

    @property
    def what(self) -> str:
        """The most telling word for it: a call before a meeting before talks."""
        return min(self.kinds, key=lambda kind: KINDS.index(kind), default="talks")

    def take(self, mention: Mention) -> None:
        """Count a mention as one of this contact."""
        self.mentions.append(mention)
        self.documents[mention.document] = self.documents.get(mention.document, 0) + 1
        self.kinds.add(mention.kind)
        self.people |= mention.people
        self.when = self.when or mention.when


@keep_last
def meetings(record: Record) -> tuple[Meeting, ...]:
    """Return the contacts of a record, dated ones first in their order. Worked out once a record."""
    return tuple(_found(Passages.of(record)))


class _Contacts:
    """Contacts while mentions are put together: by day, by document, and by the people who took part."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.everything: list[Meeting] = []
        self.by_day: dict[str, list[Meeting]] = defaultdict(list)
        self.by_document: dict[str, list[Meeting]] = defaultdict(list)
        self.by_name: dict[str, list[tuple[str, Meeting]]] = {}

    def found(self, item: Mention) -> None:
        """Make a contact of its own of a mention."""
        meeting = Meeting(item.when, set())
        self.everything.append(meeting)
        if item.when is not None:
            self.by_day[item.when].append(meeting)
        self.take(meeting, item)

    def take(self, meeting: Meeting, item: Mention) -> None:
        """Count a mention as one of a contact."""
        if item.document not in meeting.documents:
            self.by_document[item.document].append(meeting)
        meeting.take(item)

    def on_day(self, item: Mention) -> list[Meeting]:
        """Return the contacts of a mention's day that it may be of."""
        return [one for one in self.by_day[item.when or ""] if _fits(one, item, self.index)]

    def sort(self) -> None:
        """Order the dated contacts of each person by day, for looking back."""
        dated: dict[str, list[tuple[str, Meeting]]] = defaultdict(list)
        for meeting in self.everything:
            for name in meeting.people if meeting.when and len(meeting.when) == _A_DAY else ():
                dated[name].append((meeting.when or "", meeting))
        self.by_name = {name: sorted(found, key=lambda pair: pair[0]) for name, found in dated.items()}

    def within_a_week(self, item: Mention, day: str) -> list[Meeting]:
        """Return the latest contacts of a mention's people in the week up to a day that it may be of."""
        if len(day) < _A_DAY:
            return []
        low = (date.fromisoformat(day[:_A_DAY]) - timedelta(days=_WEEK)).isoformat()
        near: dict[int, Meeting] = {}
        for name in sorted(item.people):
            known = self.by_name.get(name, [])
            start = bisect_left(known, low, key=lambda pair: pair[0])
            end = bisect_right(known, day[:_A_DAY], key=lambda pair: pair[0])
            near.update((id(one), one) for _, one in known[start:end] if _fits(one, item, self.index))
        latest = max((one.when or "" for one in near.values()), default="")
        return [one for one in near.values() if one.when == latest]


def _found(passages: Passages) -> list[Meeting]:
    index = passages.index
    mentions = list(_mentions(passages))
    contacts = _Contacts(index)
    for item in mentions:
        if item.when is not None and len(item.people) > 1:
            fitting = contacts.on_day(item)
            if fitting:
                contacts.take(fitting[0], item)
            else:
                contacts.found(item)
    for item in mentions:
        if item.when is not None and len(item.people) <= 1:
            fitting = contacts.on_day(item)
            if len(fitting) == 1:
                contacts.take(fitting[0], item)
            elif item.people and not fitting:
                contacts.found(item)
    contacts.sort()
    for item in mentions:
        if item.when is None and item.people:
            _place_undated(item, contacts, index.date(item.document))
    return sorted(contacts.everything, key=lambda one: (one.when is None, one.when or "", sorted(one.people)))


def _fits(meeting: Meeting, item: Mention, index: Index) -> bool:
    """Tell whether a mention may be of a contact: its people took part, and an interview is nothing else."""
    if ("interview" in meeting.kinds) != (item.kind == "interview"):
        return False
    if item.kind in _EXPLICIT and item.kind not in meeting.kinds and _EXPLICIT & meeting.kinds:
        return False
    if not item.people:
        return True
    if item.people <= meeting.people or meeting.people <= item.people:
        return True
    sides = {index.side(name) for name in item.people}
    theirs = {index.side(name) for name in meeting.people}
    persons = {name for name in item.people | meeting.people if index.side(name) != name}
    return sides == theirs and len(persons) <= len(theirs)


def _place_undated(item: Mention, contacts: _Contacts, day: str) -> None:
    index = contacts.index
    here = [one for one in contacts.by_document[item.document] if item.people & one.people and _fits(one, item, index)]
    near = here or (contacts.within_a_week(item, day) if len(item.people) > 1 else [])
    near.sort(key=lambda one: _likely(one, item, day))
    if near and (len(near) == 1 or _likely(near[0], item, day) < _likely(near[1], item, day)):
        contacts.take(near[0], item)
    elif item.founds and not near:
        contacts.found(item)


def _likely(meeting: Meeting, item: Mention, day: str) -> tuple[bool, int, int]:
    """Order contacts that a mention may be of: its own kind, most spoken of in its document, nearest to its day."""
    here = meeting.documents.get(item.document, 0)
    full = bool(meeting.when and len(meeting.when) == 10 and len(day) >= 10)
    gap = abs((date.fromisoformat(day[:10]) - date.fromisoformat(meeting.when or "")).days) if full else 10_000
    return (item.kind not in meeting.kinds, -here, gap)


def _mentions(passages: Passages) -> Iterator[Mention]:
    index = passages.index
    people = People.of(index)
    consults = {item.id for item in index.record.statements if item.act == "CONSULT"}
    restored: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for one in restored_words(index):
        hit = _WORDS.fullmatch(one.restored)
        if hit is not None:
            restored[one.document].append((one.span, str(hit.lastgroup)))
    for document in index.record.documents:
        found = list(_in_text(document, passages)) + restored[document.id]
        weak = {span for span, _ in restored[document.id]}
        for mention in _with_people(document, passages, people, index.by_document.get(document.id, []), sorted(found)):
            alone = mention.span in weak or _LOOSE.fullmatch(mention.span.of(document.text)) is not None
            coded = any(key in consults for key in mention.statements)
            if mention.time is not None or coded or len(mention.people) > 1 or not alone:
                founds = mention.span not in weak and (len(mention.people) > 1 or coded)
                yield replace(mention, founds=founds)


def _in_text(document: Document, passages: Passages) -> Iterator[tuple[Span, str]]:
    furniture = passages.furniture.get(document.id, [])
    text = document.text
    near = windows(places(text, _MARKS), len(text), before=_LONGEST, after=_LONGEST)
    for hit in (hit for low, high in near for hit in _WORDS.finditer(text, low, high)):
        start, end = hit.start(), hit.end()
        if _NOT_ONE.search(text, max(0, start - 20), start) or any(one.start <= start < one.end for one in furniture):
            continue
        if _LOOSE.fullmatch(hit.group()) and not _DEFINITE.search(text, max(0, start - 40), start):
            continue  # "agreed to open talks" speaks of talks that may never be
        if hit.group().lower() in ("call", "calls") and (
            _CALLS_FOR.match(text, end) or _VERB_CALL.search(text, max(0, start - 14), start)
        ):
            continue
        yield Span(start, end), str(hit.lastgroup)


def _with_people(
    document: Document, passages: Passages, people: People, statements: list[Statement], found: list[tuple[Span, str]]
) -> Iterator[Mention]:
    text = document.text
    spans = [item.span.start for item in statements]
    coded: set[str] = set()
    sentences = [passages.sentence_at(document, span.start) for span, _ in found]
    busy: dict[Span, list[Span]] = defaultdict(list)
    for (span, _), sentence in zip(found, sentences, strict=True):
        busy[sentence].append(span)
    for (span, kind), sentence in zip(found, sentences, strict=True):
        low, high = bisect_left(spans, sentence.start - 400), bisect_left(spans, sentence.end)
        inside = [item for item in statements[low:high] if item.span.end > sentence.start]
        contacts = [item for item in inside if item.act == "CONSULT" and item.span.overlaps(span)]
        names: Iterable[str] = ()
        if contacts:
            coded.update(item.id for item in contacts)
            names = _parties(passages.index, contacts[0], kind)
        if len(set(names)) < 2:
            names = {*names, *_named(text, sentence, span, people, kind)}
        time = _time(passages, document, sentence, span, busy[sentence])
        yield Mention(document.id, span, sentence, kind, frozenset(names), time, tuple(item.id for item in inside))
    for item in statements:
        if item.act == "CONSULT" and item.id not in coded and item.speaker not in (AUTHOR, UNRESOLVED):
            sentence = passages.sentence_at(document, item.span.start)
            time = None if "future" in item.modifiers else _time(passages, document, sentence, item.span, [item.span])
            yield Mention(
                document.id, item.span, sentence, "talks", frozenset(_parties(passages.index, item)), time, (item.id,)
            )


def _parties(index: Index, item: Statement, kind: str = "talks") -> set[str]:
    to = item.addressee if kind == "interview" else counterpart(index, item)  # an outlet takes part in no talks
    return {name for name in (item.speaker, to) if name and name not in (AUTHOR, UNRESOLVED)}


def _named(text: str, sentence: Span, span: Span, people: People, kind: str) -> set[str]:
    """Return the people named nearest to a mention, the one after "with" first; outlets only for an interview."""
    near = []
    for name, start, end, of in people.named(text[sentence.start : sentence.end]):
        start, end = start + sentence.start, end + sentence.start
        if of == "outlet" and kind != "interview":
            continue
        if of not in ("person", "outlet"):
            continue
        gap = max(start - span.end, span.start - end, 0)
        if start < span.start and _OBJECT.search(text, max(sentence.start, start - 12), start):
            gap += _NEAR  # "after his call with X, Y spoke with Z": X is not who spoke
        with_ = text[span.end : start].strip().lower() in ("with", "to", "with president", "with mr.", "between")
        near.append((0 if with_ else gap, start, name))
    chosen: list[str] = []
    for gap, _, name in sorted(near):
        if name not in chosen and (gap <= _NEAR or len(chosen) < 2):
            chosen.append(name)
    return set(chosen[: 2 if kind != "meeting" else _MOST_PEOPLE])


def _time(
    passages: Passages, document: Document, sentence: Span, span: Span, contacts: list[Span]
) -> TimeMention | None:
    """Return the time that dates a contact: nearest in its sentence, not a report's, not another contact's."""
    text = document.text
    best: tuple[int, TimeMention] | None = None
    for mention in passages.times_in(document.id, sentence):
        if mention.resolved is None:
            continue
        gap = max(mention.span.start - span.end, span.start - mention.span.end, 0)
        low, high = min(span.end, mention.span.end), max(span.start, mention.span.start)
        between = text[low:high]
        other = any(
            one != span and abs(one.start - mention.span.start) < gap and not one.overlaps(span) for one in contacts
        )
        before = text[max(sentence.start, mention.span.start - 24) : mention.span.start]
        if (
            other
            or (
                is_limit(text, mention.span)
                and (mention.span.end <= span.start or _TERM.search(text, sentence.start, mention.span.start))
            )
            or _SAYS.search(between)
            or re.search(r"\b(?:said|told|says|since|until)\s+(?:\w+\s+)?(?:on\s+)?$", before)
        ):
            continue
        if re.search(r"\b(?:since|after|before|following)\b[^,]*$", between) and mention.span.start > span.end:
            continue
        if best is None or gap < best[0]:
            best = (gap, mention)
    if best is not None:
        return best[1]
    if _SAME_DAY.search(text, sentence.start, sentence.end):
        earlier = [item for item in passages.times_before(document.id, sentence.start) if item.resolved]
        return earlier[-1] if earlier else None
    return None
