"""Who is tied to which words of a sentence, and by what: source, cue and content as spans.

Words inside quotation marks are masked first, so that a verb inside a quotation is never taken for the reporter's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from parley.reading.clauses import SHORTEST, split, trim, without_tail
from parley.reading.cues import CueMatch, find_cues, find_nominal
from parley.reading.phrases import (
    MASK,
    OWN_SUBJECT,
    deed_end,
    holds_verb,
    is_content,
    is_tail,
    person,
    source_after,
    speech_content,
    subject,
)
from parley.reading.quotations import Quotation
from parley.records import Span

_TRAILING = frozenset({"ACCUSE", "DEMAND", "ASSESS", "REJECT", "THREATEN", "PROMISE", "PROPOSE"})
"""Acts that a participle after the main clause carries: ", accusing the board of delay"."""
_NESTED = frozenset("DEMAND REJECT ACCEPT ACCUSE PROMISE THREATEN PROPOSE CONSULT DENY DEFER".split())
"""Acts of an inner speaker: "the office said that the minister demanded …"."""
_WHOLE = frozenset({"CONSULT", "DO"})
"""Acts whose verb belongs to the words: "met with the minister"."""
_SAYING = frozenset(["saying", "adding", "warning", "arguing", "telling", "insisting", "stressing", "noting"])
_BY_AGENT = re.compile(r"\bby\s+([^,.;]{2,80})")
_ACCORDING = re.compile(r"\b(?:according to|in the (?:words|view|opinion) of)\s+", re.I)
_ACCORDING_ENDS = re.compile(r",|(?<![A-Z])[.;:]\s|[.;:]$|\s(?:who|which|that|as)\s")
_DATELINE = re.compile(
    r"\W{0,4}[A-Z][A-Z.’' /-]{2,40}(?:,\s[A-Z][\w. ]{2,30}){0,2}(?:\s*\([^)\n]{2,30}\))?\W{0,4}\s*"
    r"(?:--|[-–—:]|\./[A-Z]+/\.)\s*"
)
_DATED = re.compile(
    r"\s+(?:on\s+)?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|[A-Z][a-z]{2,8}\.?\s\d{1,2}),?\s+"
    r"(?=(?:to|that)\s)"
)
_RELATIVE = re.compile(r"(?:,\s*)?\b(?:who|which|whose|whom|that|where)\s+(?:\w+\s+){0,2}$", re.I)
_SAME_SUBJECT = re.compile(r"(?:that|he|she|it|they)\b", re.I)
_SELF = re.compile(r"^(?:that\s+)?(?:he|she|it|they|we|I|his|her|its|their)\b", re.I)
_SUPPOSED = re.compile(r"(?:that\s+)?(?:if|when|whether|unless|once|until|while|as)\b", re.I)
_ENDS_CLAUSE = re.compile(r"[,”\"?!’]\s*$")
_AFTER_VERB = re.compile(
    r"\s+(?:[A-Z]|(?:the|a|an|one|two|another|some|his|her|their|its)\s|officials|analysts|sources|"
    r"\w+\s(?:leader|minister|president|officials?|spokes\w+))"
)
_PROGRESSIVE = re.compile(r"\b(?:is|are|was|were|been|be)\s|^['’](?:s|re)\b", re.I)
_JOINED = re.compile(r"(?:\band|\bbut|,)\s+(?:then\s+|also\s+|later\s+)?$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One tie. Without ``source`` and ``match`` it is the author's own; ``outer`` is the speech around it."""

    content: Span
    rule: str
    source: Span | None = None
    cue: Span | None = None
    match: CueMatch | None = None
    addressee: Span | None = None
    outer: Attribution | None = None


def mask(text: str, sentence: Span, quotations: Iterable[Quotation]) -> str:
    """Return the sentence with every quoted character replaced by one mask character."""
    piece = list(text[sentence.start : sentence.end])
    for quotation in quotations:
        for part in quotation.parts:
            for i in range(max(part.start, sentence.start), min(part.end, sentence.end)):
                piece[i - sentence.start] = MASK
    return "".join(piece)


class SentenceReader:
    """Reads one sentence. Offsets inside are relative to it; what leaves is in the document's offsets."""

    def __init__(self, text: str, sentence: Span, quotations: Sequence[Quotation]) -> None:
        self._at = sentence.start
        self._words = text[sentence.start : sentence.end]
        self._masked = mask(text, sentence, quotations)
        self._quoted = [
            Span(max(part.start, sentence.start) - self._at, min(part.end, sentence.end) - self._at)
            for quotation in quotations
            for part in quotation.parts
            if part.overlaps(sentence) and quotation.depth == 0
        ]

    def read(self) -> list[Attribution]:
        """Return what the sentence attributes, in order; at least one entry for any sentence of substance."""
        return [attribution for clause in self._clauses() for attribution in self._clause(clause)]

    def _clauses(self) -> list[Span]:
        """Cut where a new subject with its own cue begins: ", but Bern rejected", "; the union said"."""
        dateline = _DATELINE.match(self._masked)
        kept: list[Span] = []
        for piece in split(self._masked, Span(dateline.end() if dateline else 0, len(self._masked))):
            first = next(find_cues(self._masked, piece.start, piece.end), None)
            fresh = (
                first is not None
                and not first.infinitive
                and 2 < first.verb.start - piece.start < 70
                and OWN_SUBJECT.match(self._masked[piece.start :])
                and not _SAME_SUBJECT.match(self._masked, piece.start)
            )
            if kept and not fresh:
                kept[-1] = Span(kept[-1].start, piece.end)
            else:
                kept.append(piece)
        return kept

    def _clause(self, clause: Span) -> list[Attribution]:
        cited = _ACCORDING.search(self._masked, clause.start, clause.end)
        if cited:
            return self._according(clause, cited)
        cues = list(find_cues(self._masked, clause.start, clause.end))
        for match in reversed(cues):
            if match.cue.frame == "speech" and not match.infinitive and not match.form.endswith("ing"):
                after = self._trailing(clause, match)
                if after:
                    return after
        for number, match in enumerate(cues):
            if match.infinitive or (match.form.endswith("ing") and not self._progressive(match)):
                continue
            read = self._speech(clause, match) if match.cue.frame == "speech" else self._deed(clause, match)
            if read:
                return read + self._also(clause, match, cues[number + 1 :], read[0].source)
        saying = next((match for match in cues if match.form in _SAYING), None)
        if saying:
            return self._participle(clause, saying)
        return self._nominal(clause) or [self._own(clause)]

    def _progressive(self, match: CueMatch) -> bool:
        return _PROGRESSIVE.search(self._masked[match.span.start : match.verb.start]) is not None

    # -- content before its source --------------------------------------------------------------------------------

    def _trailing(self, clause: Span, match: CueMatch) -> list[Attribution]:
        """Read 'C, S said' and 'C, said S', where C may hold verbs of its own."""
        left = self._masked[clause.start : match.span.start]
        right = self._masked[match.span.end : clause.end]
        if self._is_inverted(left, right, match):
            end = source_after(self._masked, match, clause.end)
            source = self._tight(Span(match.span.end, end))
            return self._around(clause, match, source, match.span.start, end) if source.start < source.end else []
        before = self._postposed(clause, match)
        if before is None or not is_tail(right):
            return []
        return self._around(clause, match, before, before.start, match.span.end)

    def _is_inverted(self, left: str, right: str, match: CueMatch) -> bool:
        """Tell "C, said S" from "S, head of the union, said": nothing may stand between quotation and verb."""
        if not _ENDS_CLAUSE.search(left) or match.cue.lemma == "tell" or not _AFTER_VERB.match(right):
            return False
        closed = max(left.rfind(mark) for mark in '”"»’') + 1
        if closed and MASK in left:
            return not left[closed:].strip(" ,")
        if len(left.strip()) < SHORTEST or not is_content(left) or len(right.split()) > 25:
            return False
        return not holds_verb(self._masked[match.span.end : source_after(self._masked, match, len(self._masked))])

    def _postposed(self, clause: Span, match: CueMatch) -> Span | None:
        """Return S of 'C, S said': what follows the last closing quotation mark, else the last comma."""
        left = self._masked[clause.start : match.span.start]
        closed = max(left.rfind(mark) for mark in '”"»') + 1
        at = closed or left.rfind(",") + 1
        words = left[at:].strip(" ,")
        if not at or not words or len(words.split()) > (16 if closed else 8):
            return None
        if not closed and not is_content(left[: at - 1]) and not (len(left) < 40 and OWN_SUBJECT.match(words)):
            return None
        if closed and (MASK not in left or not self._ends_quote(clause.start + closed)):
            return None
        return self._tight(Span(clause.start + at, match.span.start))

    def _ends_quote(self, closed: int) -> bool:
        """Tell whether the quotation that closes at *closed* is a whole one ("…," S said), not a word or a title."""
        return self._words[closed - 2] in ",.?!…—-" or self._words[closed : closed + 1] == ","

    def _around(self, clause: Span, match: CueMatch, source: Span, before: int, tail: int) -> list[Attribution]:
        """Read the content before the source, and the quotation that goes on after it."""
        found = self._pieces(Span(clause.start, before), "postposed", source, match)
        for quoted in self._quoted:
            if quoted.start >= tail and quoted.end <= clause.end and quoted.end - quoted.start >= SHORTEST:
                found += self._pieces(quoted, "resumed", source, match)
        return found

    # -- source before its content --------------------------------------------------------------------------------

    def _speech(self, clause: Span, match: CueMatch) -> list[Attribution]:
        """Read 'S said that C', and 'C begins, S said, and goes on'."""
        left = self._masked[clause.start : match.span.start]
        right = self._masked[match.span.end : clause.end]
        if match.passive and not re.match(r"\s+(?:that|to)\b", right):
            return []
        aside = self._postposed(clause, match)
        if aside is not None and right[:1] == "," and len(right) >= SHORTEST and MASK not in left + right:
            return self._pieces(clause, "aside", aside, match)
        source = subject(self._masked, clause.start, match.span.start)
        content, addressee = speech_content(self._masked, match, clause.end)
        if source is None or content is None:
            return []
        return self._pieces(content, "prefix", source, match, addressee)

    def _according(self, clause: Span, cited: re.Match[str]) -> list[Attribution]:
        stop = _ACCORDING_ENDS.search(self._masked, cited.end(), clause.end)
        end = stop.start() if stop else clause.end
        source = self._tight(Span(cited.end(), end))
        cue = Span(cited.start(), cited.end() - 1)
        before = len(self._masked[clause.start : cited.start()].strip(" ,")) >= SHORTEST
        content = Span(clause.start, cited.start()) if before else Span(end, clause.end)
        if content.end - content.start < SHORTEST:
            return [self._own(clause)]
        return [
            self._nested(piece, Attribution(self._out(piece), "according to", self._out(source), self._out(cue)))
            for piece in self._split(content)
        ]

    def _deed(self, clause: Span, match: CueMatch) -> list[Attribution]:
        """Read 'S rejected C', 'S accused P of C' and 'C was rejected by S'."""
        if match.passive:
            agent = _BY_AGENT.search(self._masked, match.span.end, clause.end)
            if not agent:
                return []
            source = self._tight(Span(agent.start(1), agent.end(1)))
            return self._pieces(Span(clause.start, match.span.start), "passive", source, match)
        doer = subject(self._masked, clause.start, match.span.start)
        if doer is None or _RELATIVE.search(self._masked[clause.start : match.span.start]):
            return []
        end = deed_end(self._masked, match.span.end, clause.end)
        dated = _DATED.match(self._masked, match.span.end, end)
        content = self._tight(Span(dated.end() if dated else match.span.end, end))
        if content.end - content.start < 12 or match.cue.act in _WHOLE:
            content = self._tight(Span(match.span.start, end))
        addressee = None
        if match.cue.frame == "person":
            addressee = person(self._masked, match, clause.end)
        elif match.cue.act == "CONSULT":
            addressee = Span(match.span.end, min(end, match.span.end + 80))
        return [self._tie(content, match.cue.frame, doer, match, addressee)]

    def _participle(self, clause: Span, match: CueMatch) -> list[Attribution]:
        """Read 'S did this, saying C' where the first verb ties nobody."""
        comma = self._masked.find(",", clause.start, match.span.start)
        source = subject(self._masked, clause.start, comma if comma >= 0 else match.span.start)
        content, addressee = speech_content(self._masked, match, clause.end)
        if source is None or content is None:
            return [self._own(clause)]
        head = Span(clause.start, match.span.start)
        own = [self._own(head)] if head.end - head.start > 3 * SHORTEST else []
        return own + self._pieces(content, "participle", source, match, addressee)

    def _nominal(self, clause: Span) -> list[Attribution]:
        """Read "S's demand for C" where no verb ties anybody."""
        found = find_nominal(self._masked, clause.start, clause.end)
        if found is None:
            return []
        owner, match = found
        end = deed_end(self._masked, match.span.end, clause.end)
        content = self._tight(Span(match.span.end, end))
        return [self._tie(content, "nominal", owner, match)] if content.end - content.start >= SHORTEST else []

    def _also(self, clause: Span, first: CueMatch, rest: Sequence[CueMatch], source: Span | None) -> list[Attribution]:
        """Read later verbs of the same subject: "... and rejected", ", saying that"."""
        found: list[Attribution] = []
        for match in rest:
            lead = self._masked[max(clause.start, match.span.start - 12) : match.span.start]
            participle, speech = match.form.endswith("ing"), match.cue.frame == "speech"
            if source is None or match.infinitive or not _JOINED.search(lead):
                continue
            if participle and not speech and match.cue.act not in _TRAILING:
                continue
            if speech and (participle or first.cue.frame != "speech"):
                content, addressee = speech_content(self._masked, match, clause.end)
                if content is not None and content.end - content.start >= SHORTEST:
                    pieces = self._pieces(content, "participle", Span(0, 1), match, addressee)
                    found += [replace(piece, source=source) for piece in pieces]
            elif not speech:
                end = deed_end(self._masked, match.span.end, clause.end)
                if end - match.span.end >= 10:
                    tie = self._tie(self._tight(Span(match.span.end, end)), "joined", Span(0, 1), match)
                    found.append(replace(tie, source=source))
        return found

    # -- ties -----------------------------------------------------------------------------------------------------

    def _pieces(
        self, content: Span, rule: str, source: Span, match: CueMatch, addressee: Span | None = None
    ) -> list[Attribution]:
        ties = [self._tie(piece, rule, source, match, addressee) for piece in self._split(content)]
        if match.cue.frame != "speech":
            return ties
        return [self._nested(Span(t.content.start - self._at, t.content.end - self._at), t) for t in ties]

    def _nested(self, piece: Span, outer: Attribution) -> Attribution:
        """Speech in speech is the inner speaker's; "she said that she rejected …" is the same speaker's rejection."""
        cues = find_cues(self._masked, piece.start, piece.end)
        inner = next((cue for cue in cues if not cue.infinitive and not cue.passive), None)
        if inner is None or self._out(inner.span) == outer.cue or inner.form.endswith("ing"):
            return outer
        speech = inner.cue.frame == "speech"
        source = subject(self._masked, piece.start, inner.span.start)
        words = self._masked[source.start : source.end] if source else ""
        if source is None or len(words) > 60 or MASK in words or (not speech and inner.cue.act not in _NESTED):
            return outer
        if _SELF.match(words):
            return outer if speech else replace(outer, match=inner)
        if not OWN_SUBJECT.match(words) or _SUPPOSED.match(self._masked, piece.start):
            return outer
        content, addressee = (
            speech_content(self._masked, inner, piece.end)
            if speech
            else (Span(inner.span.end, deed_end(self._masked, inner.span.end, piece.end)), None)
        )
        if content is None or content.end - content.start < SHORTEST:
            return outer
        return replace(self._tie(self._tight(content), "nested", source, inner, addressee), outer=outer)

    def _tie(
        self, content: Span, rule: str, source: Span, match: CueMatch, addressee: Span | None = None
    ) -> Attribution:
        return Attribution(
            content=self._out(content),
            rule=rule,
            source=self._out(source),
            cue=self._out(match.span),
            match=match,
            addressee=self._out(self._tight(addressee)) if addressee else None,
        )

    def _split(self, content: Span) -> list[Span]:
        pieces = [without_tail(self._words, piece) for piece in split(self._words, self._tight(content))]
        return [piece for piece in pieces if piece.end - piece.start >= 8] or [self._tight(content)]

    def _own(self, clause: Span) -> Attribution:
        return Attribution(self._out(self._tight(clause)), "author")

    def _tight(self, span: Span) -> Span:
        return trim(self._words, span)

    def _out(self, span: Span) -> Span:
        return Span(span.start + self._at, span.end + self._at)
