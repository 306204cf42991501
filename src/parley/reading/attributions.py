"""Who is tied to which words of a sentence, and by what: source, cue and content as spans.

Words inside quotation marks are masked first, so that a verb inside a quotation is never taken for the reporter's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parley.reading.clauses import SHORTEST, split, trim, without_tail
from parley.reading.cues import CueMatch, find_cues
from parley.reading.quotations import Quotation
from parley.records import Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """``source`` None with ``match`` None is the author's own statement; ``outer`` is the speech that it is nested in."""

    content: Span
    rule: str
    source: Span | None = None
    cue: Span | None = None
    match: CueMatch | None = None
    addressee: Span | None = None
    outer: Attribution | None = None


_MASK = "\x01"
_LEAD_IN = re.compile(
    r"^(?:But|And|Yet|So|Still|However|Meanwhile|Moreover|Instead|Indeed|Nevertheless|Nonetheless|Also|Then|Now|Earlier|Later|"
    r"Separately|Similarly|Additionally|Furthermore|Ultimately|Finally|Recently|Previously|Notably|For (?:his|her|its|their) part)\b,?\s*",
    re.I,
)
_ADVERBIAL = re.compile(
    r"^(?:On|In|At|After|Before|During|Despite|While|When|As|If|Since|Following|Under|With|Without|Amid|For|From|By|Until|"
    r"Asked|Speaking|Citing|Responding|Although|Though|Last|This|Late|Early|Earlier|Later|Hours|Days|Minutes|Just|Over|Among|"
    r"According|Through|Throughout|Because|Once|Even|Upon|Within|To|Both before|About|Around|Shortly|Two|Three|Monday|Tuesday|"
    r"Wednesday|Thursday|Friday|Saturday|Sunday|Today|Yesterday|[A-Z]?\w+ing)\b"
)
_ACCORDING = re.compile(r"\b(?:according to|in the (?:words|view|opinion) of)\s+", re.I)
_THAT = re.compile(r"\s+(?:[^.,;:“\"\x01]{0,90}?\s)?that\s+", re.I)
_SPEECH_TAIL = re.compile(
    r"\s*(?:(?:on|in|at|during|to|after|via|over|late|early|last|this|through|by|from|of|about)\s+[^,:;“\"\x01]{1,60}|"
    r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|today|yesterday|earlier|later)[^,:;“\"\x01]{0,40})?\s*(?:[:,]\s*|(?=[“\"]))"
)
_DAY = re.compile(
    r"\s*(?:(?:on|late|early)\s+)?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|today|yesterday)\b,?\s*(?:that\s+)?"
)
_RELATIVE = re.compile(r"(?:,\s*)?\b(?:who|which|whose|whom|that|where)\s+(?:\w+\s+){0,2}$", re.I)
_OWN_SUBJECT = re.compile(r"^(?:\x01|[“\"])?\s*(?:the |a |an |[A-Z]|both |he |she |they |it )", re.I)
_ENDS_CLAUSE = re.compile(r"[,”\"?!’]\s*$")
_TRAILING = frozenset({"ACCUSE", "DEMAND", "ASSESS", "REJECT", "THREATEN", "PROMISE", "PROPOSE"})
"""Acts that a participle after the main clause carries: ", accusing the board of delay"."""
_NESTED = frozenset(
    {"DEMAND", "REJECT", "ACCEPT", "ACCUSE", "PROMISE", "THREATEN", "PROPOSE", "CONSULT", "DENY", "DEFER"}
)
"""Acts of an inner speaker: "the office said that the minister demanded …"."""
_SUPPOSED = re.compile(r"(?:that\s+)?(?:if|when|whether|unless|once|until|while|as)\b", re.I)
_SELF = re.compile(r"^(?:that\s+)?(?:he|she|it|they|we|I|his|her|its|their)\b", re.I)
_DATED = re.compile(
    r"\s+(?:on\s+)?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|[A-Z][a-z]{2,8}\.?\s\d{1,2}),?\s+(?=(?:to|that)\s)"
)
_HAS_VERB = re.compile(
    r"(?:^|\s)(?:could|would|will|can|might|must|should|is|are|was|were|has|have|had|does|did|began|said|says)\s"
)
"""A noun phrase that holds a verb is a clause: what follows is not its verb but a noun ("could begin collecting signs")."""
_SUBORDINATE = re.compile(r"(?:^|\s)(after|as|when|because|if|whether|while|before|since|although|though|where|unless)\s")
_NO_CONTENT = re.compile(r"^[\s\"”’.!?)]*$")
_AFTER_VERB = re.compile(
    r"\s+(?:[A-Z]|the\s|a\s|an\s|one\s|two\s|another\s|some\s|his\s|her\s|their\s|its\s|officials|analysts|sources|\w+\s(?:leader|minister|president|officials?|spokes\w+))"
)
_DATELINE = re.compile(
    r"\W{0,4}[A-Z][A-Z.’' /-]{2,40}(?:,\s[A-Z][\w. ]{2,30}){0,2}(?:\s*\([^)\n]{2,30}\))?\W{0,4}\s*(?:--|[-–—:]|\./[A-Z]+/\.)\s*"
)
_BY_AGENT = re.compile(r"\bby\s+([^,.;]{2,80})")


def mask(text: str, sentence: Span, quotations: Sequence[Quotation]) -> str:
    """Return the whole text's slice for *sentence* with quoted words replaced by as many mask characters."""
    piece = list(text[sentence.start : sentence.end])
    for quotation in quotations:
        for part in quotation.parts:
            for i in range(max(part.start, sentence.start), min(part.end, sentence.end)):
                piece[i - sentence.start] = _MASK
    return "".join(piece)


class SentenceReader:
    """Reads one sentence. Offsets inside are relative to the sentence; what leaves is in the document's offsets."""

    def __init__(self, text: str, sentence: Span, quotations: Sequence[Quotation]) -> None:
        self._text = text
        self._at = sentence.start
        self._words = text[sentence.start : sentence.end]
        self._masked = mask(text, sentence, quotations)
        self._quoted = [
            Span(max(part.start, sentence.start) - self._at, min(part.end, sentence.end) - self._at)
            for quotation in quotations
            for part in quotation.parts
            if part.start < sentence.end and sentence.start < part.end and quotation.depth == 0
        ]

    def read(self) -> list[Attribution]:
        """Return what the sentence attributes, in order; at least one entry for any sentence of substance."""
        found: list[Attribution] = []
        for clause in self._clauses():
            found += self._clause(clause)
        return found

    def _clauses(self) -> list[Span]:
        """Cut where a new subject with its own cue begins: ", but Bern rejected", "; the union said"."""
        dateline = _DATELINE.match(self._masked)
        pieces = list(split(self._masked, Span(dateline.end() if dateline else 0, len(self._masked))))
        kept: list[Span] = []
        for piece in pieces:
            first = next(find_cues(self._masked, piece.start, piece.end), None)
            fresh = (
                first is not None
                and not first.infinitive
                and 2 < first.verb.start - piece.start < 70
                and _OWN_SUBJECT.match(self._masked[piece.start :])
                and not re.match(r"(?:that|he|she|it|they)\b", self._masked[piece.start :], re.I)
            )
            if kept and not fresh:
                kept[-1] = Span(kept[-1].start, piece.end)
            else:
                kept.append(piece)
        return kept

    def _clause(self, clause: Span) -> list[Attribution]:
        masked = self._masked
        cited = _ACCORDING.search(masked, clause.start, clause.end)
        if cited:
            return self._according(clause, cited)
        cues = [cue for cue in find_cues(masked, clause.start, clause.end)]
        for match in reversed(cues):
            if match.cue.frame == "speech" and not match.infinitive and not match.form.endswith("ing"):
                after = self._trailing(clause, match)
                if after:
                    return after
        for number, match in enumerate(cues):
            if match.infinitive or (match.form.endswith("ing") and not self._progressive(match)):
                continue
            if match.cue.frame == "speech":
                read = self._speech(clause, match)
            else:
                read = self._deed(clause, match)
            if read:
                return read + self._also(clause, match, cues[number + 1 :], read)
        for match in cues:
            if match.form in ("saying", "adding", "warning", "arguing", "telling", "insisting", "stressing", "noting"):
                return self._participle(clause, match)
        return [self._own(Span(clause.start, clause.end))]

    def _progressive(self, match: CueMatch) -> bool:
        return bool(
            re.match(
                r"(?:is|are|was|were|been|be|['’]s|['’]re)\b",
                self._masked[match.span.start : match.verb.start].strip(),
                re.I,
            )
        ) or bool(re.search(r"\b(?:is|are|was|were|been|be)\s", self._masked[match.span.start : match.verb.start]))

    def _trailing(self, clause: Span, match: CueMatch) -> list[Attribution]:
        """Read 'C, S said' and 'C, said S', where C may hold verbs of its own."""
        left = self._masked[clause.start : match.span.start]
        right = self._masked[match.span.end : clause.end]
        if self._is_inverted(left, right, match):
            return self._inverted(clause, match)
        source = self._postposed(clause, match)
        if source is None or not self._is_tail(right):
            return []
        return self._around(clause, match, source, Span(clause.start, source.start), match.span.end)

    # -- frames ---------------------------------------------------------------------------------------------------

    def _speech(self, clause: Span, match: CueMatch) -> list[Attribution]:
        left = self._masked[clause.start : match.span.start]
        right = self._masked[match.span.end : clause.end]
        if match.passive and not re.match(r"\s+(?:that|to)\b", right):
            return []
        after = self._postposed(clause, match)
        if after is not None and right[:1] == "," and len(right) >= SHORTEST and _MASK not in left + right:
            return self._pieces(clause, "aside", after, match, None)
        subject = self._subject(clause.start, match.span.start)
        if subject is None:
            return []
        content, addressee = self._content_after(match, clause.end)
        if content is None:
            return []
        return self._pieces(content, "prefix", subject, match, addressee)

    def _is_inverted(self, left: str, right: str, match: CueMatch) -> bool:
        """Tell "C, said S" from "S, head of the union, said": nothing may stand between quotation and verb."""
        if not _ENDS_CLAUSE.search(left) or match.cue.lemma == "tell" or not _AFTER_VERB.match(right):
            return False
        closed = max(left.rfind(mark) for mark in '”"»’') + 1
        if closed and _MASK in left:
            return not left[closed:].strip(" ,")
        return len(left.strip()) >= SHORTEST and self._is_content(left) and len(right.split()) <= 25

    def _postposed(self, clause: Span, match: CueMatch) -> Span | None:
        """Return S of 'C, S said': what follows the last closing quotation mark, else the last comma."""
        left = self._masked[clause.start : match.span.start]
        closed = max(left.rfind(mark) for mark in '”"»') + 1
        at = closed or left.rfind(",") + 1
        words = left[at:].strip(" ,")
        if not at or not words or len(words.split()) > 16 or (not closed and len(words.split()) > 8):
            return None
        if not closed and not self._is_content(left[: at - 1]) and not (len(left) < 40 and _OWN_SUBJECT.match(words)):
            return None
        if closed and (_MASK not in left or not self._ends_quote(clause.start + closed)):
            return None
        return self._tight(Span(clause.start + at, match.span.start))

    def _ends_quote(self, closed: int) -> bool:
        """Tell whether the quotation that closes at *closed* is a whole one ("…," S said), not a word or a title."""
        return self._words[closed - 2] in ",.?!…—-" or self._words[closed : closed + 1] == ","

    def _inverted(self, clause: Span, match: CueMatch) -> list[Attribution]:
        """'C, said S': the source runs to the next comma, full stop or quotation mark."""
        stop = re.compile(r"[,.;:“\"\x01]|\s(?:in|on|at|during|after|when|as|who|while|to)\s").search(
            self._masked, match.span.end + 1, clause.end
        )
        end = stop.start() if stop else clause.end
        while (
            stop
            and self._masked[stop.start()] == "."
            and re.search(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gen|[A-Z])$", self._masked[match.span.end : stop.start()])
        ):
            stop = re.compile(r"[,.;:“\"\x01]").search(self._masked, stop.end(), clause.end)
            end = stop.start() if stop else clause.end
        source = Span(match.span.end, end)
        if not self._masked[source.start : source.end].strip():
            return []
        return self._around(clause, match, self._tight(source), Span(clause.start, match.span.start), end)

    def _around(self, clause: Span, match: CueMatch, source: Span, before: Span, tail: int) -> list[Attribution]:
        """Content before the source, and the quotation that goes on after it."""
        found = self._pieces(before, "postposed", source, match, None)
        for quoted in self._quoted:
            if quoted.start >= tail and quoted.end <= clause.end and quoted.end - quoted.start >= SHORTEST:
                found += self._pieces(quoted, "resumed", source, match, None)
        return found

    def _according(self, clause: Span, cited: re.Match[str]) -> list[Attribution]:
        stop = re.compile(r",|(?<![A-Z])[.;:]\s|[.;:]$|\s(?:who|which|that|as)\s").search(self._masked, cited.end(), clause.end)
        end = stop.start() if stop else clause.end
        source = self._tight(Span(cited.end(), end))
        cue = Span(cited.start(), cited.end() - 1)
        head = Span(clause.start, cited.start())
        content = Span(end, clause.end) if len(self._masked[head.start : head.end].strip(" ,")) < SHORTEST else head
        if content.end - content.start < SHORTEST:
            return [self._own(clause)]
        return [
            self._nested(piece, Attribution(self._out(piece), "according to", self._out(source), self._out(cue)))
            for piece in self._split(content)
        ]

    def _deed(self, clause: Span, match: CueMatch) -> list[Attribution]:
        if match.passive:
            agent = _BY_AGENT.search(self._masked, match.span.end, clause.end)
            if not agent:
                return []
            content = Span(clause.start, match.span.start)
            return self._pieces(content, "passive", self._tight(Span(agent.start(1), agent.end(1))), match, None)
        subject = self._subject(clause.start, match.span.start)
        if subject is None or _RELATIVE.search(self._masked[clause.start : match.span.start]):
            return []
        end = self._deed_end(match.span.end, clause.end)
        dated = _DATED.match(self._masked, match.span.end, end)
        content = self._tight(Span(dated.end() if dated else match.span.end, end))
        addressee = None
        if match.cue.frame == "person":
            addressee = self._person(match, clause.end)
        elif match.cue.act == "CONSULT":
            addressee = Span(match.span.end, min(end, match.span.end + 80))
        if content.end - content.start < 12 or match.cue.act in ("CONSULT", "DO"):
            content = self._tight(Span(match.span.start, end))
        return [
            Attribution(
                self._out(content), match.cue.frame, self._out(subject), self._out(match.span), match,
                self._out(self._tight(addressee)) if addressee else None,
            )
        ]  # fmt: skip

    def _participle(self, clause: Span, match: CueMatch) -> list[Attribution]:
        subject = self._subject(
            clause.start,
            clause.start + self._masked[clause.start : match.span.start].find(",")
            if "," in self._masked[clause.start : match.span.start]
            else match.span.start,
        )
        content, addressee = self._content_after(match, clause.end)
        if subject is None or content is None:
            return [self._own(clause)]
        head = Span(clause.start, match.span.start)
        return [self._own(head)] * (head.end - head.start > 3 * SHORTEST) + self._pieces(
            content, "participle", subject, match, addressee
        )

    def _also(
        self, clause: Span, first: CueMatch, rest: Sequence[CueMatch], read: list[Attribution]
    ) -> list[Attribution]:
        """Later verbs of the same subject: "... and rejected", ", saying that"."""
        found: list[Attribution] = []
        source = read[0].source
        for match in rest:
            lead = self._masked[max(clause.start, match.span.start - 12) : match.span.start]
            joined = re.search(r"(?:\band|\bbut|,)\s+(?:then\s+|also\s+|later\s+)?$", lead)
            if not joined or match.infinitive or source is None:
                continue
            if first.cue.frame == "speech" and match.cue.frame == "speech" and not match.form.endswith("ing"):
                continue
            if match.form.endswith("ing") and match.cue.frame != "speech" and match.cue.act not in _TRAILING:
                continue
            if match.cue.frame == "speech":
                content, addressee = self._content_after(match, clause.end)
                if content is None or content.end - content.start < SHORTEST:
                    continue
                found += [
                    replace(a, source=source) for a in self._pieces(content, "participle", Span(0, 1), match, addressee)
                ]
            elif first.cue.frame != "speech" or not self._masked[match.span.start :].startswith("to"):
                end = self._deed_end(match.span.end, clause.end)
                if end - match.span.end < 10:
                    continue
                found.append(
                    Attribution(
                        self._out(self._tight(Span(match.span.end, end))),
                        "joined",
                        source,
                        self._out(match.span),
                        match,
                    )
                )
        return found

    # -- parts of a frame -----------------------------------------------------------------------------------------

    def _subject(self, start: int, verb: int) -> Span | None:
        """The noun phrase that governs the verb: lead-ins and adverbials before a comma are passed over."""
        region = self._masked[start:verb]
        lead = _LEAD_IN.match(region)
        offset = lead.end() if lead else 0
        chunks = [(m.start(), m.end()) for m in re.finditer(r"[^,;:()]+(?:(?<=\d),(?=\d)[^,;:()]+)*", region[offset:])]
        while len(chunks) > 1 and _ADVERBIAL.match(region[offset + chunks[0][0] :].lstrip()):
            chunks = chunks[1:]
        if not chunks:
            return None
        first, last = offset + chunks[0][0], offset + chunks[-1][1]
        words = region[first : offset + chunks[0][1]]
        cut = re.search(r"\s(?:who|which|whose|that)\s", words)
        end = first + cut.start() if cut else offset + chunks[0][1]
        joint = list(_SUBORDINATE.finditer(words))
        if joint and _OWN_SUBJECT.match(words[joint[-1].end() :]):
            if joint[-1].group(1) in ("if", "whether", "unless"):
                return None
            first += joint[-1].end()
            end = max(end, first)
        elif len(chunks) > 1 and last - first <= 160:
            end = (
                last
                if not cut and not re.match(r"\s*(?:who|which|whose|where)\b", region[offset + chunks[1][0] :])
                else end
            )
        subject = self._tight(Span(start + first, start + end))
        piece = self._masked[subject.start : subject.end]
        if (
            not piece.strip(" ,")
            or len(piece) > 200
            or piece.strip().lower() in ("it", "there", "this", "that", "which", "who", "what", "these", "as")
        ):
            return None
        return None if _HAS_VERB.search(piece) else subject

    def _content_after(self, match: CueMatch, end: int) -> tuple[Span | None, Span | None]:
        """Content of 'S said (to P) (on Monday) (that) C', and the addressee."""
        start = match.span.end
        addressee = None
        if match.cue.lemma in ("tell", "inform", "assure", "advise", "warn", "remind"):
            stop = re.compile(r"\s+that\b|[,:“\"]|\s(?:in|on|at|during|after|he|she|it|they|we|to|of)\s").search(
                self._masked, start, end
            )
            if stop and stop.start() - start > 2:
                addressee = self._tight(Span(start, stop.start()))
                start = stop.start() if self._masked[stop.start()] in ',:“" ' else stop.end()
        that = _THAT.match(self._masked, start - 0, min(end, start + 110))
        tail = _SPEECH_TAIL.match(self._masked, start, end)
        if that and (not tail or that.end() <= tail.end() or "," not in self._masked[start : that.start()]):
            start = that.end()
        elif (
            tail
            and tail.end() > start
            and (
                re.match(r"\s*[:,]?\s*[“\"]", self._masked[tail.end() - 1 :]) or tail.group().strip()[:1] in (":", ",")
            )
        ):
            start = tail.end()
        else:
            day = _DAY.match(self._masked, start, end)
            start = day.end() if day else start
        content = Span(start, end)
        if len(self._masked[start:end].strip(" .,")) < 10 or _NO_CONTENT.match(self._masked[start:end]):
            return None, addressee
        return content, addressee

    def _person(self, match: CueMatch, end: int) -> Span:
        stop = re.compile(r"\s(?:of|for|to|over|after|on|in|and|as|from|with)\s|[,.;“\"]").search(
            self._masked, match.span.end + 1, end
        )
        return Span(match.span.end, stop.start() if stop else end)

    def _deed_end(self, start: int, end: int) -> int:
        stop = re.compile(
            r",\s+(?:saying|adding|arguing|warning|telling|insisting|stressing|noting|calling|citing|accusing|according)\b|;\s|\s(?:and|but)\s+(?=(?:said|says|rejected|accused|called|agreed|urged|warned|told)\b)"
        ).search(self._masked, start, end)
        return stop.start() if stop else end

    def _is_content(self, words: str) -> bool:
        return (
            _MASK in words
            or len(words.split()) >= 5
            and not (_ADVERBIAL.match(words.strip()) and words.count(",") == 1 and len(words.split()) < 12)
        )

    def _is_tail(self, right: str) -> bool:
        words = right.split(_MASK, 1)[0].strip(' .,"“”')
        return (
            len(words.split()) <= 14 and not re.match(r"(?:that|he|she|it|they|we|the)\s", words) and ":" not in words
        )

    def _pieces(
        self, content: Span, rule: str, source: Span, match: CueMatch, addressee: Span | None
    ) -> list[Attribution]:
        found: list[Attribution] = []
        for piece in self._split(content):
            outer = Attribution(
                self._out(piece), rule, self._out(source), self._out(match.span), match,
                self._out(addressee) if addressee else None,
            )  # fmt: skip
            found.append(self._nested(piece, outer) if match.cue.frame == "speech" else outer)
        return found

    def _nested(self, piece: Span, outer: Attribution) -> Attribution:
        """Speech in speech is the inner speaker's; "she said that she rejected …" is the same speaker's rejection."""
        inner = next(
            (c for c in find_cues(self._masked, piece.start, piece.end) if not c.infinitive and not c.passive), None
        )
        if (
            inner is None
            or self._out(inner.span) == outer.cue
            or inner.form.endswith("ing")
            or (inner.cue.frame != "speech" and inner.cue.act not in _NESTED)
        ):
            return outer
        subject = self._subject(piece.start, inner.span.start)
        if subject is None or subject.end - subject.start > 60 or _MASK in self._masked[subject.start : subject.end]:
            return outer
        if _SELF.match(self._masked[subject.start : subject.end]):
            return outer if inner.cue.frame == "speech" else replace(outer, match=inner)
        if not _OWN_SUBJECT.match(self._masked[subject.start : subject.end]) or _SUPPOSED.match(self._masked, piece.start):
            return outer
        if inner.cue.frame == "speech":
            content, addressee = self._content_after(inner, piece.end)
        else:
            content, addressee = Span(inner.span.end, self._deed_end(inner.span.end, piece.end)), None
        if content is None or content.end - content.start < SHORTEST:
            return outer
        return Attribution(
            self._out(self._tight(content)), "nested", self._out(subject), self._out(inner.span), inner,
            self._out(addressee) if addressee else None, outer,
        )  # fmt: skip

    def _split(self, content: Span) -> list[Span]:
        pieces = [without_tail(self._words, piece) for piece in split(self._words, self._tight(content))]
        return [piece for piece in pieces if piece.end - piece.start >= 8] or [self._tight(content)]

    def _own(self, clause: Span) -> Attribution:
        return Attribution(self._out(self._tight(clause)), "author")

    def _tight(self, span: Span) -> Span:
        return trim(self._words, span)

    def _out(self, span: Span) -> Span:
        return Span(span.start + self._at, span.end + self._at)
