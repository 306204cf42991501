"""Whom words for several mean: lists, "both sides", "the two leaders", "they". Internal to the roster."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from parley.reading.actor_words import worded
from parley.reading.gazetteer import gazetteer
from parley.reading.name_index import Known
from parley.reading.phrase_words import PARTISAN
from parley.reading.roster_items import Sheet
from parley.reading.roster_phrases import Settler
from parley.reading.roster_records import Item, Resolution, found, voice_of
from parley.records import UNRESOLVED, Span

LEADS = frozenset(("", "the", "a", "an", "so-called", "the so-called"))
"""What stands before a name without changing whom it means."""
NAMED = frozenset(("name", "organisation", "state", "outlet"))
"""Kinds of mentions that name somebody."""
MARKS = ' "“‘(\n'
_PERSONS = re.compile(r"leaders|presidents|\bmen|women|ministers|senators|lawmakers|pair|\btwo$")
_LIST_LEADS = LEADS | {"both", "negotiators from", "officials from", "delegations from", "the delegations from"}
_SIDES = frozenset(["officials", "negotiators", "leaders", "delegations", "diplomats", "authorities"])
_AND = re.compile(r"\s*(?:,|,?\s*and|,?\s*as well as)\s+(?:by\s+|both\s+|the\s+)?")
_OFTEN = 4
_CLEAR = 1.5
_THAT = re.compile(r"that\s+", re.IGNORECASE)
_JOINING = re.compile(r"\b(?:both|the two|the)\s+$", re.IGNORECASE)
_COMPOUND = re.compile(r"\b([A-Z][\w.]+)[-–]([A-Z][\w.]+)")
_NEAR = 300
"""Characters before joint words in which a relation of two states may stand."""
_CHAIN = 5
"""Sentences with "they" one after another through which the first is looked for."""
_MEETING = frozenset(("person", "state", "organisation"))
_BODIES = frozenset(("state", "organisation"))
_SIDE_KINDS = frozenset(("state", "organisation", "group", "office", "unknown"))
_LEADERS = re.compile(r"^(?:the\s+)?(?:\w+\s+)?leaders\b|\bleaders$", re.IGNORECASE)
_HALVES = re.compile(r"(?:both\s+)?(North|South|East|West)\s+and\s+(North|South|East|West)\s+(\w+)")
_TWINS = re.compile(r"(?:both|the two)\s(\w+)s", re.IGNORECASE)
"""States of one name: "the two Koreas"."""
_FROM = re.compile(
    r"(?:the\s)?(?:leaders|officials|negotiators|envoys|diplomats|delegations|governments)\s(?:of|from)\s"
    r"(?=both|the two)",
    re.IGNORECASE,
)
"""Those of several states, who stand for them: "leaders of both Koreas"."""
_JOINT = re.compile(
    r"(?:(?:both|the two|each|all)(?:\s+(?:rival\s+)?(?:sides?|parties|countries|nations|leaders|presidents|ministers|"
    r"governments|camps|men|women|companies|firms|teams|delegations|states|capitals|powers|groups|of them|exchanges|"
    r"banks|airlines|unions|lawmakers|senators))?|"
    r"the (?:sides|countries|leaders|presidents|premiers|delegations|parties|pair))",
    re.IGNORECASE,
)


def _party(known: Known) -> bool:
    """Tell whether a group goes by the name of a political party: "Democrats"."""
    return known.name.lower().removesuffix("s") in PARTISAN


class JointWords(ABC):
    """Finds out whom words for several mean, over the sheet of a document."""

    _text: str
    _sheet: Sheet
    _settler: Settler
    _used: dict[Known, None]

    @abstractmethod
    def resolve_span(self, span: Span) -> Resolution:
        """Return whom any run of words names."""

    def resolve_all(self, span: Span) -> tuple[Resolution, ...]:
        """Return everybody whom joint words name ("X and Y", "both sides", "the two leaders"); one where it is one.

        "Both", "the two" and the like stand for the two actors of one kind that a sentence just before names, else for
        the two that the document is about; as worded where neither shows exactly two.
        """
        span = self._whole_joint(span)
        sent = _FROM.match(self._text, span.start, span.end)
        text = self._text[sent.end() if sent is not None else span.start : span.end]
        halves, twins = _HALVES.fullmatch(text), _TWINS.fullmatch(text)
        named = [gazetteer().get(f"{half} {halves.group(3)}") for half in halves.group(1, 2)] if halves else []
        named = [gazetteer().get(f"{half} {twins.group(1)}") for half in ("North", "South")] if twins else named
        if named and all(entry is not None and entry.kind == "state" for entry in named):
            return tuple(self._of_state(entry.name, worded(text)) for entry in named if entry is not None)
        if text.lower() == "they":
            return self._they(span) or (self.resolve_span(span),)
        tops = [i for i in self._outermost(self._inside(span)) if i.mention.kind in NAMED | {"office", "role", "group"}]
        joined = self._list(span, tops)
        if joined:
            return self._leaders(joined) if _LEADERS.search(text) else joined
        if _JOINT.fullmatch(worded(text)) or _JOINT.fullmatch(" ".join(text.split())):
            pair = self._pair(span, persons=_PERSONS.search(text) is not None)
            if pair:
                return tuple(found(known, f"“{worded(text)}”: the two named before")[1] for known in pair)
        return (self.resolve_span(span),)

    def _whole_joint(self, span: Span) -> Span:
        """Return joint words with the article that stands before them and without a conjunction: "that both sides"."""
        that = _THAT.match(self._text, span.start, span.end)
        start = that.end() if that is not None else span.start
        before = _JOINING.search(self._text[max(0, start - 12) : start])
        low = start - len(before[0]) if before is not None else start
        joint = (place for place in (low, start) if _JOINT.fullmatch(" ".join(self._text[place : span.end].split())))
        return Span(next(joint, span.start), span.end)

    # -- how -------------------------------------------------------------------------------------------------------

    def _leaders(self, states: tuple[Resolution, ...]) -> tuple[Resolution, ...]:
        """Return those who lead some states, where the document names all of them, else the states."""
        heads = [self._settler.leader(state.name) for state in states]
        known = [head for head in heads if head is not None]
        if len(known) < len(states):
            return states
        self._used.update(dict.fromkeys(known))
        return tuple(found(head, f"leads {state.name}")[1] for head, state in zip(known, states, strict=True))

    def _list(self, span: Span, tops: Sequence[Item]) -> tuple[Resolution, ...]:
        """Return the members of a list "X, Y and Z" that opens the words; () where it is none, or one and the same."""
        if not tops or self._text[span.start : tops[0].start].strip(MARKS).lower() not in _LIST_LEADS:
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

    def _adjectives(self, span: Span, tops: Sequence[Item]) -> tuple[Resolution, ...]:
        """Return the states of "Chilean and Danish officials"."""
        phrase = tops[0].phrase if len(tops) == 1 else None
        if phrase is None or phrase.kind not in ("group", "role") or phrase.entry is None or phrase.entry.state is None:
            return ()
        text = span.of(self._text)
        lead = self._text[span.start : tops[0].start].strip(MARKS).removeprefix("the ").removeprefix("The ")
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
        between = () if persons else self._relation(span)
        if between:
            return between
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

    def _relation(self, span: Span) -> tuple[Known, ...]:
        """Return the two states of the last "Chilean-Danish relations" in the sentences just before a span."""
        low = max(0, span.start - _NEAR)
        for match in reversed(list(_COMPOUND.finditer(self._text, low, span.start))):
            entries = [gazetteer().get(word) for word in match.groups()]
            states = [e.state for e in entries if e is not None and e.kind == "state" and e.state is not None]
            if len(set(states)) == 2:
                pair = tuple(self._settler.make(state, "state", state) for state in states)
                self._used.update(dict.fromkeys(pair))
                return pair
        return ()

    def _they(self, span: Span) -> tuple[Resolution, ...]:
        """Return the two whom the sentences before "they" name side by side or by joint words; () where they name none.

        Of several "they" one after another each means whom the one before it means.
        """
        for _ in range(_CHAIN):
            answers, earlier = self._beside(span)
            if earlier is None:
                return answers
            span = earlier
        return ()

    def _beside(self, span: Span) -> tuple[tuple[Resolution, ...], Span | None]:
        """Return the two whom "they" means, or an earlier "they" that means the same."""
        sheet = self._sheet
        upto, here = sheet.before(span.start), sheet.sentence(span.start)
        items = [item for item in sheet.items[max(0, upto - 30) : upto] if item.sentence >= here - 2]
        for at in range(len(items) - 1, -1, -1):
            last = items[at]
            if last.weight and (last.mention.number == "plural" or (last.actor and last.actor.kind == "group")):
                words = last.mention.span.of(self._text)
                if words.lower() == "they":
                    return (), last.mention.span
                joint = self.resolve_all(last.mention.span) if _JOINT.fullmatch(" ".join(words.split())) else ()
                return (joint if len(joint) > 1 else ()), None
            first = items[max(0, at - 1)]
            pair = [item.actor for item in (first, last) if item.actor is not None and item.actor.kind in _MEETING]
            joined = self._text[first.mention.span.end : last.start] == " and "
            told = first.weight or self._text[: first.start].endswith("between ")
            if joined and told and len(set(pair)) == 2:
                self._used.update(dict.fromkeys(pair))
                return tuple(found(known, f"“they”: {known.name}, named beside another")[1] for known in pair), None
        return (), None

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

    def _answer(self, item: Item) -> Resolution:
        if item.actor is not None:
            self._used[item.actor] = None
            if item.resolution is not None and item.resolution.name != UNRESOLVED:
                return found(item.actor, item.resolution.because)[1]
        return item.resolution or Resolution(UNRESOLVED, "unknown", "party", "no rule reads these words")

    def _of_state(self, state: str, words: str) -> Resolution:
        known = self._settler.make(state, "state", state)
        self._used[known] = None
        return found(known, f"“{words}” stands for {state}")[1]

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
