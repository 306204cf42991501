"""From a document to the units that are worth coding: who is tied to which words, with the speaker resolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parley.reading.attributions import Attribution, SentenceReader
from parley.reading.clauses import split, trim
from parley.reading.mentions import Mention
from parley.reading.pages import Page, lay_out
from parley.reading.quotations import Quotation
from parley.reading.roster import Resolution
from parley.reading.sentences import LONGEST_SENTENCE, sentences
from parley.records import AUTHOR, UNRESOLVED, Document, Quote, Span

SHORTEST = 15
"""Characters: shorter runs carry no point."""

_AUTHOR = Resolution(AUTHOR, "person", "reporter", "the article's own voice")
_JOINT_ACTS = frozenset({"ACCEPT", "ACCUSE", "CONSULT", "DO", "REJECT", "PROMISE"})
_DEEDS = frozenset({"object", "joined", "passive"})
_ARTICLES = frozenset({"", "the", "a", "an", "some", "many", "most", "but", "and"})
_BETWEEN = re.compile(r"\b(?:of|between|for|in|with|by|from|to|on|over|at|against|among)\b", re.I)
_POSSESSIVE = re.compile(
    r"['’]s?\s+(?!(?:government|administration|ministry|spokes\w+|officials?|office|delegation|leaders?)\b)\w"
)
_LEAD = re.compile(
    r"(?:But|And|Yet|Meanwhile|However|Still|Also|Then|(?:On|In|At|After|Before|During|Since|By|Last|This|Earlier|Later)\b[^,.;]{2,60}),?\s+"
)
_DOES = re.compile(
    r"\s+((?:(?:has|have|had|will|also|already|never|not|now|still|then|again|gamely|\w+ly)\s+)*"
    r"(?:(?:is|are|was|were|been)\s+(?:\w+ly\s+)?(?:\w+ing|set|due|scheduled|expected|poised|keen|ready|willing|prepared)|"
    r"(?!(?:is|are|was|were|be|been|would|could|may|might|should|must|can|and|or|of|in|on|at|to|for|with|by|from|as|who|that|which)\b)"
    r"[a-z]+(?:ed|s|d|ght|nt|ld|ade|ook|ent|ame|aw|ew|ove|oke|ut|un|it|et|ave|ad)))\b"
)
_CLAUSE = re.compile(
    r"^(?:if|as|when|in|at|on|and|but)\b|\b(?:whereby|that|has|have|had|is|are|was|were|will|would|could|reached|caption|stoked)\b",
    re.I,
)
_PRONOUN = re.compile(r"(?:he|she|they|it|we|I|one|both|others|some)\b", re.I)
_PAPER = re.compile(
    r"(?:the|its|his|her|their)?\s*(?:joint\s+|written\s+)?(?:statement|letter|message|communiqu[eé]|post|tweet)", re.I
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One run of words with whoever says it; not coded yet."""

    attribution: Attribution
    speaker: Resolution
    speaker_span: Span | None
    addressee: Resolution | None
    sentence: Span
    quote: Quote
    via: tuple[str, ...] = ()  # through whom it comes, nearest to the reader first


@dataclass(frozen=True, slots=True)
class Units:
    """What a document yields: units in order, how it is laid out, and what could not be read, a sentence each."""

    units: tuple[Unit, ...]
    page: Page
    unread: tuple[str, ...]


def find_units(document: Document, furniture: Sequence[Span]) -> Units:
    """Find the units of one document outside its furniture."""
    page = lay_out(document.text, furniture)
    unread: list[str] = []
    finder = _Finder(page)
    found: list[Unit] = []
    for paragraph in page.kept:
        found += finder.paragraph(paragraph, unread)
    return Units(tuple(found), page, tuple(unread))


class _Finder:
    """Goes through the paragraphs in order, and remembers who spoke last."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._text = page.text
        self._roster = page.roster
        self._last: Unit | None = None

    def paragraph(self, paragraph: Span, unread: list[str]) -> list[Unit]:
        """Read one paragraph; quotations without a source of their own take the one beside them."""
        found: list[Unit | tuple[Span, Span]] = []
        for sentence in sentences(self._text, paragraph):
            if sentence.end - sentence.start > LONGEST_SENTENCE:
                length = sentence.end - sentence.start
                unread.append(f"A run of {length:,} characters without a full stop, at {sentence.start}, was not read.")
                continue
            found += self._sentence(sentence)
        return self._join(found)

    def _sentence(self, sentence: Span) -> list[Unit | tuple[Span, Span]]:
        quoted = list(self._page.quotations_in(sentence))
        if any(part.start - 2 <= sentence.start and sentence.end <= part.end + 2 for q in quoted for part in q.parts):
            pieces = split(self._text, trim(self._text, sentence))
            return [(piece, sentence) for piece in pieces if piece.end - piece.start >= SHORTEST]
        units: list[Unit | tuple[Span, Span]] = []
        for attribution in SentenceReader(self._text, sentence, quoted).read():
            if attribution.content.end - attribution.content.start < SHORTEST:
                continue
            units += self._resolved(attribution, sentence)
        return units

    def _resolved(self, attribution: Attribution, sentence: Span) -> list[Unit]:
        attribution = self._weighed(attribution)
        quote = self._page.quote(attribution.content)
        if attribution.source is not None and attribution.rule in _DEEDS and not self._governs(attribution.source):
            return self._own(trim(self._text, sentence), sentence)
        if attribution.source is None:
            return self._own(attribution.content, sentence)
        if not self._is_speaker(attribution.source):
            return self._own(trim(self._text, sentence), sentence)
        addressee = self._roster.resolve_span(attribution.addressee) if attribution.addressee else None
        act = attribution.match.cue.act if attribution.match else None
        via = self._via(attribution)
        source = attribution.source
        speakers = self._roster.resolve_all(source) if act in _JOINT_ACTS else (self._who(source),)
        return [Unit(attribution, speaker, source, addressee, sentence, quote, via) for speaker in speakers]

    def _weighed(self, attribution: Attribution) -> Attribution:
        """Return the outer speech where the inner one is a deed that an expert or an unnamed source tells of."""
        outer, match = attribution.outer, attribution.match
        if outer is None or outer.source is None or match is None or match.cue.frame == "speech":
            return attribution
        return attribution if self._who(outer.source).voice in ("party", "reporter") else outer

    def _via(self, attribution: Attribution) -> tuple[str, ...]:
        """Return who reports the speech that the attribution is nested in."""
        if attribution.outer is None or attribution.outer.source is None:
            return ()
        reporter = self._who(attribution.outer.source)
        return () if reporter.name == UNRESOLVED or reporter.kind == "unknown" else (reporter.name,)

    def _who(self, source: Span) -> Resolution:
        """Resolve a source; "the statement" speaks for whoever spoke last."""
        if self._last is not None and _PAPER.fullmatch(source.of(self._text)):
            return replace(self._last.speaker, because="the statement of who spoke before")
        found = self._roster.resolve_span(source)
        first = self._first_mention(source)
        if found.kind == "unknown" and first is not None and self._begins(source, first):
            return self._roster.resolve_span(first.span)
        return found

    def _is_speaker(self, source: Span) -> bool:
        """Tell whether words can name a speaker: resolved to somebody, and no clause, caption or scrap of one."""
        who = self._who(source)
        if who.kind == "unknown":
            return _PRONOUN.match(source.of(self._text)) is not None
        if who.kind in ("person", "state", "office", "outlet"):
            return len(who.name) > 2
        return len(who.name) > 2 and len(who.name.split()) <= 12 and not _CLAUSE.search(who.name)

    def _begins(self, span: Span, first: Mention) -> bool:
        """Tell whether nothing but an article stands before the mention."""
        return self._text[span.start : first.span.start].strip().lower() in _ARTICLES

    def _governs(self, source: Span) -> bool:
        """Tell whether the subject is an actor, not a thing that one is mentioned with ("Tensions between A and B")."""
        first = self._first_mention(source)
        if first is None:
            return True
        lead = self._text[source.start : first.span.start]
        return not _BETWEEN.search(lead) and not _POSSESSIVE.match(self._text, first.span.end)

    def _first_mention(self, span: Span) -> Mention | None:
        return next(iter(self._page.mentions_in(span)), None)

    def _own(self, clause: Span, sentence: Span) -> list[Unit]:
        """Return what the author says in *clause*, or what the party does that it begins with."""
        attribution = Attribution(clause, "author")
        own = Unit(attribution, _AUTHOR, None, None, sentence, self._page.quote(clause))
        return [self._deed(clause, sentence) or own]

    def _deed(self, clause: Span, sentence: Span) -> Unit | None:
        """Return the unit of a party that the clause begins with and that does something: "The union is waiting"."""
        lead = _LEAD.match(self._text, clause.start, clause.end)
        start = lead.end() if lead else clause.start
        first = self._first_mention(Span(start, clause.end))
        if first is None or not self._begins(Span(start, clause.end), first) or first.kind == "pronoun":
            return None
        verb = _DOES.match(self._text, first.span.end, clause.end)
        if verb is None:
            return None
        speaker = self._roster.resolve_span(first.span)
        if speaker.voice != "party" or speaker.name == UNRESOLVED:
            return None
        cue = Span(verb.start(1), verb.end())
        made = Attribution(trim(self._text, Span(cue.start, clause.end)), "deed", first.span, cue)
        return Unit(made, speaker, first.span, None, sentence, self._page.quote(clause))

    def _join(self, found: Sequence[Unit | tuple[Span, Span]]) -> list[Unit]:
        """Give bare quoted sentences the speaker of the quotation: named after it, before it, or last."""
        tied = [item for item in found if isinstance(item, Unit) and item.attribution.source is not None]
        owners: dict[Quotation | None, Unit] = {}
        for unit in tied:
            owners.setdefault(self._quotation_at(unit.attribution.content), unit)
        coming = iter(tied)
        following = next(coming, None)
        units: list[Unit] = []
        earlier: Unit | None = None
        for item in found:
            if isinstance(item, Unit):
                if item is following:
                    following = next(coming, None)
                    earlier = self._last = item
                units.append(item)
                continue
            around = self._quotation_at(item[0])
            owner = owners.get(around) if around is not None else None
            units.append(self._spoken(*item, owner or earlier or following or self._last))
        return units

    def _spoken(self, piece: Span, sentence: Span, owner: Unit | None) -> Unit:
        if owner is None:
            unresolved = Resolution(UNRESOLVED, "unknown", "anonymous", "a quotation that nobody is named for")
            return Unit(Attribution(piece, "bare quotation"), unresolved, None, None, sentence, "direct")
        attribution = replace(owner.attribution, content=piece, rule="quotation goes on")
        return Unit(attribution, owner.speaker, owner.speaker_span, owner.addressee, sentence, "direct", owner.via)

    def _quotation_at(self, span: Span) -> Quotation | None:
        """Return the outermost quotation that shares words with *span*, the first of several."""
        return next(self._page.quotations_in(span), None)
