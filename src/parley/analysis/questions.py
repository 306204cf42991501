"""Questions and gaps: what the coverage asks or says is unknown, who raised it, and what later coverage may answer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from parley.analysis.index import Index
from parley.analysis.later import Later
from parley.analysis.scanning import places, windows
from parley.analysis.sentences import sentence_starts
from parley.analysis.silence import silent_words
from parley.analysis.stems import stems
from parley.analysis.table import Column, Row, Table
from parley.analysis.words import CLASSES
from parley.records import Document, Furniture, Record, Span, Statement

__all__ = ["KINDS", "questions"]

KINDS = ("question", "gap", "withheld")
"""Asked or left open; said to be unknown, unclear or without details; said not to have been told by somebody."""

_COLUMNS = (
    Column("kind", "Kind"),
    Column("raised_by", "Raised by"),
    Column("class", "Who speaks"),
    Column("issue_label", "Issue"),
    Column("words", "Verbatim words"),
    Column("telling_words", "Words that say so"),
    Column("status", "Status in the coverage"),
    Column("may_be_answered_by", "May be answered by"),
    Column("groups", "Independent sources"),
    Column("count", "Mentions"),
    Column("outlet", "Outlet"),
    Column("date", "Document date"),
)

_WH = r"(?:what|how|when|where|who|why|which|whether|if)"
_MORE = r"(?:any |further |other |more |public )?"
_WITHHELD = (
    r"(?:\b(?:without|not|never|declin\w+ to|refus\w+ to|yet to)|n[’']t)\s+(?:\w+ly\s+)?(?:immediately\s+)?"
    rf"(?:elaborat\w+|specif\w+|giv(?:e|ing|en) {_MORE}(?:details?|specifics|reasons?)|"
    rf"provid(?:e|ed|ing) {_MORE}(?:details?|specifics)|"
    rf"(?:say(?:ing)?|said|explain\w*|disclos\w+|reveal\w*|spell\w* out|set out) {_WH})\b|"
    rf"\b(?:gave|giving|offer\w*|provid\w+|releas\w+|disclos\w+|with) (?:no|few|little|(?:only )?scant) {_MORE}"
    r"(?:details?|specifics)\b|\b(?:unspecified|undisclosed)\b"
)
_GAPS = (
    r"\b(?:(?:very |still |largely |remains? |so )*unclear|(?:no|little) clarity|unknown(?! to\b)|"
    r"unanswered|unresolved|"
    rf"(?:no|few|scant|little) {_MORE}(?:details?|specifics|word on|indication (?:of|whether|when|how))|"
    r"details? (?:[\w’']+ ){0,4}?(?:scarce|scant|few|unclear|vague|unconfirmed|unsettled|"
    r"not (?:been )?(?:released|disclosed|known)|to be (?:worked|ironed|hammered) out|remain\w* to be)|"
    r"nothing (?:[\w’']+ ){0,8}?(?:suggest\w*|indicat\w+|show\w*|hint\w*)|"
    r"no (?:sign|evidence|indication) (?:that|of|whether)|"
    r"remains? to be seen|up in the air)\b|"
    rf"(?:\b(?:not|far from|less than)|n[’']t) (?:\w+ly )?(?:yet )?(?:been )?(?:clear|known|certain(?= {_WH})|decided|"
    r"specified|disclosed|made public|spelled out)\b"
)
_ASKING = (
    r"\b(?:open questions?|questions? (?:remains?|is|are|now is|of (?:whether|how|what))|the dilemma|"
    r"dilemma (?:is|now|for)|(?:big|key|main|central|real) questions?|remains? to be (?:decided|determined|settled))\b"
)
_GAP = re.compile(rf"(?P<withheld>{_WITHHELD})|(?P<gap>{_GAPS})|(?P<question>{_ASKING})", re.IGNORECASE)
_MARKS = (
    "clear", "clarity", "known", "certain", "decided", "specif", "disclos", "made public", "spell", "unanswered",
    "unresolved", "detail", " word on", "indication", "to be seen", "up in the air", "question", "dilemma",
    "nothing ", "no sign", "no evidence", "remains to be", "remain to be", "elaborat", "reason",
    "not say", "n't say", "n’t say", "to say", "without say",
    "never say", "not said", "n't said", "n’t said", "never said", "explain", "reveal", "set out",
)  # fmt: skip
"""Every match of ``_GAP`` holds one of these."""
_ASKED = re.compile(r"\?[\"'”’»)\]]*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class _Raised:
    kind: str
    document: Document
    words: str
    telling: str
    statement: Statement | None
    by_speaker: bool = False  # the telling words are the speaker's, not the article's about the speaker


def questions(record: Record) -> Table:
    """Return one row for each question or gap that the coverage raises, in the order of documents.

    Statements coded as questions come with their own words; sentences of an article, outside furniture, that ask or
    say that something is unknown come with the statement in which they stand, or with none. Equal words are one row.
    """
    index = Index.of(record)
    later = Later.of(index)
    statements: dict[str, list[Statement]] = defaultdict(list)
    furniture: dict[str, list[Furniture]] = defaultdict(list)
    for item in record.statements:
        statements[item.document].append(item)
    for piece in record.furniture:
        furniture[piece.document].append(piece)
    rows: dict[str, list[_Raised]] = defaultdict(list)
    documents = sorted(record.documents, key=lambda item: (index.date(item.id), index.numbers[item.id]))
    for document in documents:
        for raised in _in_document(document, statements[document.id], furniture[document.id]):
            rows[" ".join(raised.words.casefold().split()).strip("?.!\"'“”")].append(raised)
    notes = (
        "Nothing here is said to be answered: later coverage on the issue that shares words with it is only offered.",
        "A question may be rhetorical; nothing tells it from one that wants an answer.",
        "What nobody asked is not here, and a gap that no words admit cannot be found.",
        "Where no statement was read in a sentence, the article raises it, or somebody whom it quotes.",
    )
    shares = _Shares()
    made = tuple(_row(index, later, shares, found) for found in rows.values())
    return Table("questions", "Open questions", _COLUMNS, made, notes)


def _in_document(document: Document, statements: list[Statement], furniture: list[Furniture]) -> Iterator[_Raised]:
    """Yield what one document raises: statements coded as questions, then sentences that no such statement covers."""
    text = document.text
    asked = [item for item in statements if item.mode == "question"]
    silent = [(item, words) for item in statements if (words := silent_words(item)) is not None]
    for item in asked:
        hit = _GAP.search(item.content)
        kind = _kind(hit) if hit else "question"
        yield _Raised(kind, document, item.content, hit.group() if hit else "", item, by_speaker=True)
    hits = [hit for low, high in windows(places(text, _MARKS), len(text), before=50, after=85)
            for hit in _GAP.finditer(text, low, high)]  # fmt: skip
    hits += _ASKED.finditer(text) if "?" in text else ()
    hits.sort(key=lambda hit: hit.start())
    if not hits and not silent:
        return
    starts = sentence_starts(text)
    barred = sorted(piece.span for piece in furniture)
    held = sorted(statements, key=lambda item: item.span)
    done = {bisect_right(starts, item.span.start) for item in asked}
    done |= {bisect_right(starts, max(item.span.start, item.span.end - 1)) for item in asked}
    for hit in hits:
        place = bisect_right(starts, hit.start())
        if place in done or _within(barred, hit.start()):
            continue
        done.add(place)
        sentence = Span(starts[place - 1], starts[place] if place < len(starts) else len(text))
        covering = [item for item in held if item.span.start < sentence.end and sentence.start < item.span.end]
        at = [item for item in covering if item.span.start <= hit.start() < item.span.end]
        statement = min(at or covering, key=lambda item: (item.span.end - item.span.start, item.span), default=None)
        telling = hit.group() if hit.re is _GAP else ""
        kind = _kind(hit)
        theirs = bool(at) and statement is not None and (kind != "withheld" or statement.quote == "direct")
        yield _Raised(kind, document, sentence.of(text).strip(), telling, statement, by_speaker=theirs)
    for item, words in silent:
        place = bisect_right(starts, item.span.start)
        if place not in done:
            done.add(place)
            sentence = Span(starts[place - 1], starts[place] if place < len(starts) else len(text))
            yield _Raised("withheld", document, sentence.of(text).strip(), words, item)


def _kind(hit: re.Match[str]) -> str:
    return str(hit.lastgroup) if hit.re is _GAP else "question"


def _within(spans: list[Span], at: int) -> bool:
    place = bisect_right(spans, Span(at, at))
    return any(span.start <= at < span.end for span in spans[max(0, place - 3) : place + 1])


def _row(index: Index, later: Later, shares: _Shares, found: list[_Raised]) -> Row:
    first = next((item for item in found if item.statement is not None), found[0])
    statement = first.statement
    answers = later.sharing(statement, shares(first.words)) if statement is not None else ()
    status = "open: nothing later found on it" if statement is not None else "not looked up: no statement read"
    if not index.date(first.document.id):
        status = "not looked up: the document has no date"
    if answers:
        status = "open: later coverage may answer it"
    own = [item.statement for item in found if item.statement is not None]
    everyone = tuple(dict.fromkeys((*([statement] if statement is not None else []), *own, *answers)))
    documents = (*(item.document.id for item in (first, *found)), *(item.document for item in answers))
    return Row(
        {
            "kind": first.kind,
            "raised_by": _raised_by(index, first),
            "class": CLASSES[statement.voice] if statement is not None and first.by_speaker else CLASSES["reporter"],
            "issue_label": index.label(statement.issues[0]) if statement is not None and statement.issues else None,
            "words": first.words,
            "telling_words": first.telling or None,
            "status": status,
            "may_be_answered_by": tuple(map(later.line, answers)),
            "groups": len({index.origin[item.document.id] for item in found}),
            "count": len(found),
            "outlet": index.outlet(first.document.id),
            "date": index.date(first.document.id) or None,
        },
        statements=tuple(item.id for item in everyone),
        documents=tuple(dict.fromkeys(documents)),
    )


def _raised_by(index: Index, raised: _Raised) -> str:
    if raised.statement is None:
        return "the article (no statement read)"
    return index.speaker(raised.statement) if raised.by_speaker else "the article"


class _Shares:
    """Tells which statements share two longer words with others: enough to offer them, not to claim anything."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[str]] = {}

    def __call__(self, words: str) -> Callable[[Statement], bool]:
        """Return the test for *words*."""
        own = stems(words)

        def shares(other: Statement) -> bool:
            if other.id not in self._known:
                self._known[other.id] = stems(other.content)
            return len(own & self._known[other.id]) >= 2

        return shares
