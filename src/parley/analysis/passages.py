"""What stands around a statement: its sentence and the one before, who is named there, and the times named there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from parley.analysis.index import Index
from parley.analysis.sentences import sentence_starts
from parley.analysis.wordlists import word_lists
from parley.records import AUTHOR, UNRESOLVED, Span, Statement, TimeMention

__all__ = ["Named", "Passage", "Passages"]

_REACH = 700  # characters before a statement that are looked at for its sentence and the one before
_TOKEN = re.compile(r"\w+")
_PRONOUN = re.compile(r"\b(?:he|she|they|we|I)\b", re.I)
_OPENS_WITH_PRONOUN = re.compile(r"\W*(?:and |but |so |that )?(?:he|she|they|his|her|their|him|them)\b", re.I)
_FIRST_PERSON = {"we", "i"}
# What shows that a name is the subject of a verb: "has", "wants", "keeps", "refused" right after it, or "who".
_VERB = re.compile(
    r",?(?:\W+who)?\s+(?:\w+ly\s+|also\s+|now\s+|never\s+)?"
    r"(?:will|would|can|could|may|might|must|should|is|are|was|were|had|did|do|made|gave|put|won't|\w{2,}(?<!s)s|\w+ed)\b"
)
_POSSESSIVE = re.compile(r"['’]s?\b")
_UNLIKE = re.compile(r"\b(?:unlike|like|contrary to|in contrast to|rather than|compared with)\W+(?:\w+\W+){0,2}$", re.I)
_PARTS = (
    ("from", re.compile(r"\b(?:from|since|starting(?: on| in)?|beginning|as of)\W+(?:the |early |late )*$", re.I)),
    ("until", re.compile(r"\b(?:until|till|by|through|no later than|within)\W+(?:the |early |late |next )*$", re.I)),
    ("beside", re.compile(r"\b(?:before|after|ahead of|following|prior to)\W+(?:\w+\W+){0,2}$", re.I)),
)  # fmt: skip
_OWNER = re.compile(r"\W+(?:(?:on|for|by|of|the)\W+){0,2}$")


@dataclass(frozen=True, slots=True)
class Named:
    """A side named in a text, and where."""

    start: int
    end: int
    side: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A statement's place: its sentence, and what stands before it as far as the sentence before."""

    text: str  # of the document
    before: int  # where the sentence before starts
    sentence: Span


@dataclass(frozen=True, slots=True)
class Passages:
    """Look-ups of sentences, names and times over one record. Make it with :meth:`of`."""

    index: Index
    names: dict[str, tuple[tuple[tuple[str, ...], str], ...]]  # by first word: the whole name's words, and its side
    times: dict[str, list[TimeMention]]

    @classmethod
    def of(cls, index: Index) -> Passages:
        """Return the look-ups for the index's record."""
        times: dict[str, list[TimeMention]] = defaultdict(list)
        for mention in index.record.times:
            times[mention.document].append(mention)
        for found in times.values():
            found.sort(key=lambda mention: mention.span)
        return cls(index, _names(index), dict(times))

    def passage(self, statement: Statement) -> Passage:
        """Return the place of a statement. Words of a document that is not in the record stand alone."""
        document = self.index.documents.get(statement.document)
        if document is None:
            return Passage(statement.content, 0, Span(0, len(statement.content)))
        text, start, end = document.text, statement.span.start, statement.span.end
        low = max(0, start - _REACH)
        starts = [low + place for place in sentence_starts(text[low : end + _REACH])]
        ends = [*starts[1:], len(text)]
        starts = [one for one, two in zip(starts, ends, strict=True) if one == low or text[one:two].strip()]
        at = max(number for number, place in enumerate(starts) if place <= start)
        after = next((place for place in starts[at + 1 :] if place >= end), min(len(text), end + _REACH))
        return Passage(text, starts[max(0, at - 1)], Span(starts[at], after))

    def named(self, text: str) -> list[Named]:
        """Return the sides named in *text* in order; the longest name wins, and experts are no sides."""
        words = [(found.start(), found.end(), found.group()) for found in _TOKEN.finditer(text)]
        out: list[Named] = []
        number = 0
        while number < len(words):
            for tokens, side in self.names.get(words[number][2], ()):
                if tuple(word for _, _, word in words[number : number + len(tokens)]) == tokens:
                    out.append(Named(words[number][0], words[number + len(tokens) - 1][1], side))
                    number += len(tokens) - 1
                    break
            number += 1
        return out

    def sides(self, statement: Statement) -> frozenset[str]:
        """Return the sides named in the statement's sentence or, where that names none, in the sentence before."""
        place = self.passage(statement)
        here = {item.side for item in self.named(place.text[place.sentence.start : place.sentence.end])}
        if _OPENS_WITH_PRONOUN.match(statement.content) or not here:
            here |= {item.side for item in self.named(place.text[place.before : place.sentence.start])}
        return frozenset(here)

    def subject(self, statement: Statement, start: int | None = None, end: int | None = None) -> str | None:
        """Return the side that the words at ``[start, end)`` of the content are most likely about, or None.

        A side right behind them ("a burden on X") wins; then the nearest name or pronoun before them that a verb
        follows; then the first name before them. A pronoun, or no name, looks back through the sentence and the one
        before. Last comes a side named after them.
        """
        content = statement.content
        start = len(content) if start is None else start
        inside = [item for item in self.named(content) if not _UNLIKE.search(content[: item.start])]
        if end is not None:
            for item in inside:
                if item.start >= end and _OWNER.match(content[end : item.start] or " "):
                    return item.side
        before = [item for item in inside if item.end <= start]
        acting = [item for item in before if _VERB.match(content, item.end)]
        pronouns = [found for found in _PRONOUN.finditer(content, 0, start) if _VERB.match(content, found.end())]
        if pronouns and (not acting or acting[-1].start < pronouns[-1].start()):
            if pronouns[-1].group().lower() in _FIRST_PERSON and statement.voice == "party":
                return self.index.side(statement.speaker)
            return self._back(statement, [item for item in before if item.end <= pronouns[-1].start()])
        if acting:
            return acting[-1].side
        free = [item for item in before if not _POSSESSIVE.match(content, item.end)]
        if free:
            return free[0].side
        if before and not _OPENS_WITH_PRONOUN.match(content):
            return before[0].side
        return self._back(statement, []) or (inside[0].side if inside else None)

    def _back(self, statement: Statement, before: list[Named]) -> str | None:
        """Return the side that a pronoun or a missing name most likely stands for: the subject of what comes before."""
        place = self.passage(statement)
        if place.text is statement.content:
            return before[0].side if before else None
        start = statement.span.start
        for low, high in ((place.sentence.start, start), (place.before, place.sentence.start)):
            found = self.named(place.text[low:high])
            acting = [item for item in found if _VERB.match(place.text, low + item.end)]
            if low == place.sentence.start and not (acting or found):
                acting = before
            if acting or found:
                return (acting or found)[0].side
        return None

    def mentions(self, statement: Statement) -> list[tuple[str, TimeMention]]:
        """Return the times named in the statement's sentence, in order, each with its part: from, until, beside or at.

        Beside is a time that only stands before or after what is told ("after the talks of Monday").
        """
        found = self.times.get(statement.document)
        if not found:
            return []
        place = self.passage(statement)
        low = bisect_left(found, place.sentence.start, key=lambda mention: mention.span.start)
        out = []
        for mention in found[low:]:
            if mention.span.end > place.sentence.end:
                break
            before = place.text[max(place.sentence.start, mention.span.start - 30) : mention.span.start]
            part = next((part for part, words in _PARTS if words.search(before)), "at")
            out.append((part, mention))
        return out

    def time(self, statement: Statement) -> TimeMention | None:
        """Return the time that dates what the statement tells: in its words first, else the nearest in its sentence."""
        near = [mention for part, mention in self.mentions(statement) if part not in {"beside", "from"}]

        def distance(mention: TimeMention) -> tuple[bool, int, int]:
            gap = max(mention.span.start - statement.span.end, statement.span.start - mention.span.end, 0)
            return (
                mention.resolved is None,
                0 if statement.span.contains(mention.span) else gap + 1,
                mention.span.start,
            )

        return min(near, key=distance, default=None)

    def told_as_earlier(self, statement: Statement) -> bool:
        """Tell whether the sentence puts what the statement tells into the past: previously, has long, in the past."""
        place = self.passage(statement)
        low = max(place.sentence.start, statement.span.start - 120)
        return bool(word_lists("concessions")["earlier"].find(place.text[low : statement.span.end]))


def _names(index: Index) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    voices: dict[str, set[str]] = defaultdict(set)
    told: dict[str, None] = {}
    for statement in index.record.statements:
        voices[statement.speaker].add(statement.voice)
        if statement.voice == "party":
            told.setdefault(statement.speaker)
            if statement.addressee:
                told.setdefault(statement.addressee)
    sides = {index.side(name) for name in told} - {AUTHOR, UNRESOLVED}
    forms: dict[tuple[str, ...], str] = {}
    for name, side in index.sides.items():
        outsider = name in voices and "party" not in voices[name]
        if side in sides and not outsider and name[:1].isupper():
            forms.setdefault(_tokens(name), side)
    lasts: dict[str, set[str]] = defaultdict(set)
    for name in told:
        tokens = _tokens(name)
        if name in index.sides or not tokens or not name[:1].isupper():
            continue
        forms.setdefault(tokens, index.side(name))
        if len(tokens) > 1 and tokens[-1][:1].isupper():
            lasts[tokens[-1]].add(index.side(name))
    for last, owners in lasts.items():
        if len(owners) == 1:
            forms.setdefault((last,), next(iter(owners)))
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for tokens, side in forms.items():
        if tokens:
            by_first[tokens[0]].append((tokens, side))
    return {first: tuple(sorted(found, key=lambda item: (-len(item[0]), item))) for first, found in by_first.items()}


@lru_cache(maxsize=4096)
def _tokens(name: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(name))
