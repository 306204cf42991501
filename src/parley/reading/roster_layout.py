"""The mentions of one document where they stand: in which sentence, line and quotation, and whether as a subject.

Internal to the roster.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from parley.reading.gazetteer import words_of
from parley.reading.mentions import Mention, blocks, phrases, seen_words
from parley.reading.noun_phrases import Reader
from parley.reading.phrase_shapes import Phrase
from parley.reading.phrase_words import split_words
from parley.reading.roster_records import Item
from parley.reading.sentences import sentences
from parley.records import Span

SAYING = words_of("speech") - frozenset(
    ["will", "would", "has", "had", "have", "is", "was", "are", "were", "did", "does", "met"]
)
_AUXILIARIES = words_of("speech") - SAYING
_ASIDE = re.compile(r",\s(?:[A-Z]\.|[^.!?\n“”\"]){3,140}?,\s+(?:who\s+)?(\w+)")
"""What stands between a name and its verb: ", head of the union, said"."""
_VERB = re.compile(r"(?:,\swho\s|[\s,]{0,2})(?:(?:also|later|then|earlier|again|still|now)\s+)?(\w+)")
"""What can be the verb after a name: "also insisted", ", who told"."""
_BEFORE_OBJECTS = frozenset("of to with by for from against on about in at over between met and or told".split())
"""Words after which somebody is no subject."""
_PRESENT = re.compile(r"[a-z]+[^su\W]s")
"""What can be a verb of the present: "cares"."""
_NICKNAME = re.compile(r" (?:“[^”]+”|\"[^\"]+\"|‘[^’]+’|\([^)]+\)) (?=\w)")
_OPENER = 24
"""Characters that words before a subject at the beginning of a sentence may take."""


class Layout:
    """All mentions of a document in order, as ``items`` with the ``places`` where they start."""

    def __init__(
        self, text: str, mentions: Sequence[Mention], quotations: Sequence[Span], skip: Sequence[Span]
    ) -> None:
        self.text = text
        self.seen = seen_words(text)
        self._sentences = self._sentence_starts()
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._quotes = sorted(quotations)
        self._quote_starts = [span.start for span in self._quotes]
        self.items = self._read(mentions, skip)
        self.places = [item.start for item in self.items]

    def _sentence_starts(self) -> list[int]:
        return [span.start for block in blocks(self.text) for span in sentences(self.text, block)] or [0]

    def sentence(self, at: int) -> int:
        """Return the number of the sentence at a place."""
        return bisect_right(self._sentences, at) - 1

    def line(self, at: int) -> int:
        """Return the number of the line at a place, from 1."""
        return bisect_right(self._lines, at)

    def quoted(self, at: int) -> bool:
        """Tell whether a place lies in a quotation."""
        place = bisect_right(self._quote_starts, at) - 1
        return any(span.start <= at < span.end for span in self._quotes[max(0, place - 2) : place + 1])

    def quotation(self, at: int) -> Span | None:
        """Return the quotation that a place lies in."""
        place = bisect_right(self._quote_starts, at) - 1
        return next((q for q in self._quotes[max(0, place - 2) : place + 1] if q.start <= at < q.end), None)

    def before(self, at: int) -> int:
        """Return how many items start before a place."""
        return bisect_right(self.places, at - 1)

    def _read(self, mentions: Sequence[Mention], skip: Sequence[Span]) -> list[Item]:
        read = {mention: (phrase, reader) for mention, phrase, reader in phrases(self.text, tuple(skip))}
        items = []
        for mention in sorted(set(mentions), key=lambda m: (m.span.start, -m.span.end, m.head, m.kind)):
            phrase, reader = read.get(mention, (None, None))
            if phrase is None and mention.kind != "pronoun":
                phrase, reader = self.parse(mention.span)
            items.append(self.item(mention, phrase, reader))
        for a, b in pairwise(items):
            if a.weight > b.weight and self.text[a.mention.span.end : b.start].strip(" ,\n") == "and":
                b.weight = a.weight
        return items

    def parse(self, span: Span) -> tuple[Phrase | None, Reader | None]:
        """Read the words of a span as one phrase."""
        reader = Reader(split_words(self.text, span.start, span.end), *self.seen)
        phrase = reader.read(0) if reader.words else None
        return (reader.complete(phrase), reader) if phrase is not None else (None, None)

    def item(self, mention: Mention, phrase: Phrase | None, reader: Reader | None) -> Item:
        """Lay out one mention."""
        at = mention.span.start
        return Item(mention, phrase, reader, self.sentence(at), self.quoted(at), self._weight(mention))

    def _weight(self, mention: Mention) -> int:
        span = mention.span
        after = self.text[span.end : span.end + 40]
        if re.match(r"['’]s?\b", after) and mention.kind != "pronoun":
            return 0
        word = _VERB.match(after)
        verb = word.group(1).lower() if word else ""
        head = self.text[max(0, span.start - 24) : span.start].rstrip()
        last = head.split()[-1].lower() if head else ""
        if after.startswith(",") and mention.kind not in ("name", "role", "anonymous", "pronoun"):
            verb = ""
        elif after.startswith(",") and mention.kind == "name":
            aside = _ASIDE.match(self.text, span.end, span.end + 200)
            verb = aside.group(1).lower() if aside and verb not in SAYING else verb
        person = mention.kind in ("name", "role", "pronoun") and last not in _BEFORE_OBJECTS
        if (
            verb in SAYING
            or (person and verb.endswith("ed") and not after.startswith(", who"))
            or not head
            or self._opens(span.start)
            or re.search(r"(?:[.!?]|[.,!?][\"”]|“)$", head)
        ):
            return 2
        if last in ("said", "says", "added", "adds", "insisted", "wrote", "warned", "explained", "told"):
            return 2 if re.search(r"[\"”’]\s*\w+$", head) else 0
        if (
            verb in _AUXILIARIES
            or (last == "that" and mention.kind == "name" and _PRESENT.fullmatch(verb) is not None)
            or last in ("but", "when", "while", "as", "although", "though")
            or head.endswith(", and")
        ):
            return 1
        return 2 if span.start in self._starts else 0

    def _opens(self, at: int) -> bool:
        """Tell whether nothing but a word or two and a comma stands before a place in its sentence: "Instead, …"."""
        words = self.text[self._sentences[self.sentence(at)] : at]
        return len(words) < _OPENER and words.rstrip().endswith(",") and len(words.split()) <= 2

    @cached_property
    def _starts(self) -> frozenset[int]:
        return frozenset(self._sentences)

    def words(self, item: Item) -> str:
        """Return the naming words of an item on one line, without a nickname in marks."""
        return _NICKNAME.sub(" ", " ".join(item.mention.head.of(self.text).split()))
