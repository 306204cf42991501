"""What stands around a statement: its sentence and the one before, who is named there, and the times named there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from parley.analysis.counterparts import counterpart, onlookers
from parley.analysis.dating import dates_another
from parley.analysis.index import Index
from parley.analysis.kept import keep_last
from parley.analysis.restorations import restored_text
from parley.analysis.sentences import sentence_starts
from parley.analysis.wordlists import word_lists
from parley.records import AUTHOR, UNRESOLVED, Document, Record, Span, Statement, TimeMention

__all__ = ["Named", "Passage", "Passages", "is_limit", "nearest_time"]

_BACK = 4  # sentences before a statement that a chain of pronouns is followed through
_TOKEN = re.compile(r"\w+")
_CAPITAL = re.compile(r"\b[^\W\d_a-z]\w*")
_PRONOUN = re.compile(r"\b(?:he|she|they|we|I)\b", re.I)
_OPENS_WITH_PRONOUN = re.compile(r"\W*(?:and |but |so |that )?(?:he|she|they|his|her|their|him|them)\b", re.I)
_FIRST_PERSON = {"we", "i"}
# What shows that a name is the subject of a verb: "has", "wants", "keeps", "refused" right after it, or "who".
_VERB = re.compile(
    r"(?:\W+(?:who|which))?\s+(?:\w+ly\s+|also\s+|now\s+|never\s+)?"
    r"(?:will|would|can|could|may|might|must|should|is|are|was|were|had|did|do|made|gave|put|won't|\w{2,}(?<!s)s|\w+ed)\b"
)
_POSSESSIVE = re.compile(r"['’]s?\b")
_UNLIKE = re.compile(r"\b(?:unlike|like|contrary to|in contrast to|rather than|compared with)\s+(?:\w+\s+){0,2}$", re.I)
_PARTS = (
    ("from", re.compile(r"\b(?:from|since|starting(?: on| in)?|beginning|as of)\W+(?:the |early |late )*$", re.I)),
    ("until", re.compile(r"\b(?:until|till|by|through|no later than|within)\W+(?:the |early |late |next )*$", re.I)),
    ("beside", re.compile(r"\b(?:before|after|ahead of|following|prior to)\W+(?:\w+\W+){0,2}$", re.I)),
)  # fmt: skip
_LIMIT = re.compile(r"\b(?:to|until|till|by|for|no later than|deadline(?: of| on)?)\s+(?:the\s+)?$", re.I)
_DEADLINE = re.compile(r"(?:['’]s)?\s+(?:\w+\s+)?(?:deadline|cut-?off)\b", re.I)
_OWNER = re.compile(r"\W+(?:(?:on|for|by|of|in)\W+)(?:the\W+)?$")
_TAKES = frozenset(
    {"to", "for", "on", "of", "impatient", "abandon", "weaken", "isolate"}
)  # words that a side may follow
_THAT = re.compile(r"\W*(?:this|that|it|these|those)\b", re.I)
_NAME = re.compile(r"\b(?!I\b)[A-Z][\w’-]*(?: [A-Z][\w’-]*)*")
_HE = re.compile(r"\b(?:he|she|they)\b", re.I)
_SAYS = re.compile(
    r"\b(?:say|says|said|saying|claims?|claiming|tells?|told|argues?|arguing)\b[^‘“'\".;]{0,25}[‘“'\"][^’”\"]*\Z"
)
"""Words put into somebody's mouth inside other words: what "I" and "we" are after it is who says them."""
_CIRCUMSTANCES = re.compile(r"\W*(?:conditions|circumstances|times|things|prospects|odds|events)\b", re.I)
"""What is nobody's own: whom it holds for stands before."""
_STRANGER = re.compile(r"\W*(?!(?:He|She|They|We|I)\b)[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*")


@dataclass(frozen=True, slots=True)
class Named:
    """A side named in a text, and where."""

    start: int
    end: int
    side: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A statement's place: its sentence, and where the few sentences before it start."""

    text: str  # of the document
    before: tuple[int, ...]  # where the few sentences before start
    sentence: Span


@dataclass(frozen=True, slots=True)
class Passages:
    """Look-ups of sentences, names and times over one record. Make it with :meth:`of`."""

    index: Index
    names: dict[str, tuple[tuple[tuple[str, ...], str], ...]]  # by first word: the whole name's words, and its side
    times: dict[str, list[TimeMention]]
    furniture: dict[str, list[Span]]
    starts: dict[str, list[int]]  # of documents asked about so far
    memo: dict[tuple[str, int, int], list[Named]]  # sides named in passages asked about so far

    @classmethod
    def of(cls, record: Record) -> Passages:
        """Return the look-ups for *record*. Those of the record asked for last are kept and given again."""
        return _passages_of(Index.of(record))

    @classmethod
    def _made(cls, index: Index) -> Passages:
        times: dict[str, list[TimeMention]] = defaultdict(list)
        for mention in index.record.times:
            times[mention.document].append(mention)
        for found in times.values():
            found.sort(key=attrgetter("span.start", "span.end"))
        furniture: dict[str, list[Span]] = defaultdict(list)
        for piece in index.record.furniture:
            furniture[piece.document].append(piece.span)
        return cls(index, _names(index), dict(times), dict(furniture), {}, {})

    def passage(self, statement: Statement) -> Passage:
        """Return the place of a statement. Words of a document that is not in the record stand alone."""
        document = self.index.documents.get(statement.document)
        if document is None:
            return Passage(statement.content, (), Span(0, len(statement.content)))
        text, end = document.text, statement.span.end
        starts = self._starts(document)
        at = max(0, bisect_right(starts, statement.span.start) - 1)
        after = bisect_left(starts, end, lo=at + 1)
        close = starts[after] if after < len(starts) else len(text)
        return Passage(text, tuple(starts[max(0, at - _BACK) : at]), Span(starts[at], close))

    def _starts(self, document: Document) -> list[int]:
        """Return where the document's sentences start, blank lines and furniture left out. Worked out once."""
        known = self.starts.get(document.id)
        if known is None:
            text = document.text
            places = sentence_starts(text)
            furniture = self.furniture.get(document.id, ())
            sentences = [pair for pair in pairwise([*places, len(text)]) if not text[slice(*pair)].isspace()]
            if furniture:
                sentences = [
                    (one, two)
                    for one, two in sentences
                    if not any(one < span.end and span.start < two for span in furniture)
                ]
            known = [one for one, _ in sentences]
            known = self.starts[document.id] = known if known and known[0] == 0 else [0, *known]
        return known

    def sentence_at(self, document: Document, place: int) -> Span:
        """Return the sentence of a document in which a place lies."""
        starts = self._starts(document)
        at = max(0, bisect_right(starts, place) - 1)
        return Span(starts[at], starts[at + 1] if at + 1 < len(starts) else len(document.text))

    def starts_of(self, document: str) -> list[int]:
        """Return where the sentences of a document start; none for one that is not in the record."""
        found = self.index.documents.get(document)
        return self._starts(found) if found is not None else []

    def times_in(self, document: str, span: Span) -> list[TimeMention]:
        """Return the times that lie in a stretch of a document, in order."""
        found = self.times.get(document, [])
        low = bisect_left(found, span.start, key=lambda mention: mention.span.start)
        high = bisect_left(found, span.end, key=lambda mention: mention.span.start)
        return [mention for mention in found[low:high] if mention.span.end <= span.end]

    def times_before(self, document: str, place: int) -> list[TimeMention]:
        """Return the times of a document before a place, in order."""
        found = self.times.get(document, [])
        return found[: bisect_left(found, place, key=lambda mention: mention.span.start)]

    def named(self, text: str) -> list[Named]:
        """Return the sides named in *text* in order; the longest name wins, and experts are no sides."""
        out: list[Named] = []
        after = 0
        for first in _CAPITAL.finditer(text):
            if first.start() < after:
                continue
            for tokens, side in self.names.get(first.group(), ()):
                end = _ends_with(text, first.end(), tokens)
                if end is not None:
                    out.append(Named(first.start(), end, side))
                    after = end
                    break
        return out

    def _named_in(self, statement: Statement, low: int, high: int) -> list[Named]:
        """Return the sides named at ``[low, high)`` of the statement's document, places counted from *low*."""
        key = (statement.document, low, high)
        known = self.memo.get(key)
        if known is None:
            known = self.memo[key] = self.named(self.passage(statement).text[low:high])
        return known

    def sides(self, statement: Statement) -> frozenset[str]:
        """Return the sides named in the statement's sentence or, where that names none, in the sentence before."""
        place = self.passage(statement)
        here = {item.side for item in self._named_in(statement, place.sentence.start, place.sentence.end)}
        if _OPENS_WITH_PRONOUN.match(statement.content) or not here:
            here |= {
                item.side for low in place.before[-1:] for item in self._named_in(statement, low, place.sentence.start)
            }
        return frozenset(here)

    def subject(self, statement: Statement, start: int | None = None, end: int | None = None) -> str | None:
        """Return the side that the words at ``[start, end)`` of the content are most likely about, or None.

        A side right behind them ("a burden on X") wins; then the nearest name or pronoun before them that a verb
        follows; then the first name before them. A pronoun, or no name, looks back through the sentence and the one
        before. Last comes a side named after them.
        """
        content = statement.content
        start = len(content) if start is None else start
        known = statement.document in self.index.documents
        named = self._named_in(statement, statement.span.start, statement.span.end) if known else self.named(content)
        inside = [item for item in named if not _UNLIKE.search(content[: item.start])]
        if end is not None:
            for item in inside:
                between = content[end : item.start]
                takes = content[start:end].lower().split()[-1] in _TAKES and not between.strip()
                if item.start >= end and (takes or _OWNER.match(between)):
                    return item.side
        before = [item for item in inside if item.end <= start]
        acting = [item for item in before if _VERB.match(content, item.end)]
        pronouns = [found for found in _PRONOUN.finditer(content, 0, start) if _VERB.match(content, found.end())]
        if pronouns and (not acting or acting[-1].start < pronouns[-1].start()):
            first_person = pronouns[-1].group().lower() in _FIRST_PERSON
            if first_person and acting and _SAYS.search(content[: pronouns[-1].start()]):
                return acting[-1].side
            if first_person and statement.voice == "party":
                return self.index.side(statement.speaker)
            near = [item for item in before if item.end <= pronouns[-1].start()]
            return self._back(statement, [item for item in near if not _POSSESSIVE.match(content, item.end)])
        if acting:
            return acting[-1].side
        free = [item for item in before if not _POSSESSIVE.match(content, item.end)]
        if free:
            return free[0].side
        if before and not _OPENS_WITH_PRONOUN.match(content):
            return before[0].side
        stranger = _STRANGER.match(content)
        if stranger and (_CIRCUMSTANCES.match(content) or not _VERB.match(content, stranger.end())):
            stranger = None
        if not inside and (_THAT.match(content) or stranger):
            return None
        return self._back(statement, []) or (inside[0].side if inside else None)

    def stranger(self, statement: Statement, start: int | None) -> str | None:
        """Return a name right before or after *start* that no party of the record bears, as the text has it.

        A capital alone shows no name at the start of a sentence: the word must stand capital inside one as well.
        """
        content = statement.content
        at = len(content) if start is None else start
        text = self.index.documents[statement.document].text if statement.document in self.index.documents else content
        near = [hit for hit in _NAME.finditer(content) if hit.end() <= at + 60]
        for hit in sorted(near, key=lambda hit: abs(hit.start() - at)):
            name = hit.group()
            if name in onlookers(self.index):
                continue
            if re.search(rf"(?<=[a-z,] ){re.escape(name)}\b", text) and not self.named(name):
                return name
        return None

    def _back(self, statement: Statement, before: list[Named]) -> str | None:
        """Return the side that a pronoun or a missing name most likely stands for: the subject of what comes before."""
        place = self.passage(statement)
        if place.text is statement.content:
            return before[0].side if before else None
        ends = (*place.before, place.sentence.start)[1:]
        parts = [(place.sentence.start, statement.span.start), *reversed(list(zip(place.before, ends, strict=True)))]
        near: str | None = None
        for low, high in parts:
            found = self._named_in(statement, low, high)
            acting = [item for item in found if _VERB.match(place.text, low + item.end)]
            if low == place.sentence.start and before and not found:
                return before[0].side
            if acting:
                return acting[0].side
            if found and not _OPENS_WITH_PRONOUN.match(place.text, low):
                near = near or found[0].side
                if not _HE.search(place.text, low, low + found[0].start):
                    return near
        return near

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
        text = self.passage(statement).text if near else ""
        return nearest_time(statement, (mention for mention in near if not dates_another(text, statement, mention)))

    def told_as_earlier(self, statement: Statement) -> bool:
        """Tell whether the sentence puts what the statement tells into the past: previously, has long, in the past."""
        document, span = self.index.documents.get(statement.document), statement.span
        text, opens = statement.content, 0
        if document is not None:
            text, starts = document.text, self._starts(document)
            opens = starts[max(0, bisect_right(starts, span.start) - 1)]
        low = max(opens, span.start - 120)
        words = text[low : span.end]
        if statement.document in self.index.altered_documents:
            words = restored_text(self.index, statement.document, low, statement.span.end)
        return word_lists("concessions")["earlier"].stands_in(words)

    def restored(self, statement: Statement) -> str:
        """Return the words of a statement with what was altered in them restored: for looking up, not for quoting."""
        return restored_text(self.index, statement.document, statement.span.start, statement.span.end)


_passages_of = keep_last(Passages._made)


def is_limit(text: str, span: Span) -> bool:
    """Tell whether something runs to a time or is put off to it: "to July 9", "by Monday", "a Friday deadline"."""
    return bool(_LIMIT.search(text, max(0, span.start - 30), span.start) or _DEADLINE.match(text, span.end))


def nearest_time(statement: Statement, mentions: Iterable[TimeMention]) -> TimeMention | None:
    """Return the resolved time inside the statement, else nearest to it; then unresolved ones; None where none is."""
    found, span = list(mentions), statement.span
    if len(found) < 2:
        return found[0] if found else None

    def distance(mention: TimeMention) -> tuple[bool, int, int]:
        at = mention.span
        inside = span.start <= at.start and at.end <= span.end
        gap = 0 if inside else max(at.start - span.end, span.start - at.end, 0) + 1
        return (mention.resolved is None, gap, at.start)

    return min(found, key=distance)


def _names(index: Index) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    voices: dict[str, set[str]] = defaultdict(set)
    told: dict[str, None] = {}
    for statement in index.record.statements:
        voices[statement.speaker].add(statement.voice)
        if statement.voice == "party":
            told.setdefault(statement.speaker)
            if to := counterpart(index, statement):
                told.setdefault(to)
    sides = {index.side(name) for name in told} - {AUTHOR, UNRESOLVED} - onlookers(index)
    forms: dict[tuple[str, ...], str] = {}
    canonical = {name: actor.name for actor in index.record.actors for name in actor.names}
    for name, side in index.sides.items():
        speaks = voices.get(canonical.get(name, name), {"party"})
        outsider = "party" not in speaks
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


def _ends_with(text: str, at: int, tokens: tuple[str, ...]) -> int | None:
    """Return where the words of a name end whose first word ends at *at*, or None where others follow."""
    for token in tokens[1:]:
        found = _TOKEN.search(text, at)
        if found is None or found.group() != token:
            return None
        at = found.end()
    return at


def _tokens(name: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(name))
