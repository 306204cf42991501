"""The words of Parley as frozen records: documents, spans, statements, actors and what joins them.

Records hold data and nothing else: no I/O, no clock, no imports of ours. Offsets are half-open ``[start, end)`` in
code points of a document's stored text, so ``document.text[start:end]`` is always the quoted words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

AUTHOR = "@author"
"""Speaker of what an article says in its own voice."""

DOUBTFUL_BELOW = 0.35
"""Confidence below which a statement is kept as doubtful: a coder would most likely code it otherwise."""

SURE_FROM = 0.5
"""Confidence from which a statement's band is high: more likely than not a coder would have it so."""

UNRESOLVED = "unresolved"
"""Speaker that the text names in a way that no rule could resolve; never guessed away."""

Basis = Literal["stated", "inferred", "given"]
Voice = Literal["party", "expert", "anonymous", "reporter"]
Quote = Literal["direct", "mixed", "indirect"]
Stance = Literal["for", "against", "conditional", "none"]
ActorKind = Literal["person", "office", "state", "group", "organisation", "outlet", "unknown"]
FurnitureReason = Literal[
    "advertising", "share line", "log-in line", "view count", "caption", "photo gallery", "credit",
    "link to another story", "disclaimer", "pull quote", "subhead", "headline", "source note", "media line",
    "navigation", "stories below", "page code",
]  # fmt: skip
DerivationKind = Literal[
    "reprint", "wire copy", "machine translation", "reworded copy", "exact duplicate", "near duplicate"
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open ``[start, end)`` in code points of a document's stored text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Tell whether *other* lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a document, and how: stated in it, inferred from it, or given by the user."""

    value: str
    basis: Basis
    evidence: str = ""  # the words, field or option that show it


@dataclass(frozen=True, slots=True)
class Document:
    """One article or readout: its text exactly as it came, plus what is known of its origin."""

    id: str  # content-derived: see sources.identify
    name: str  # the file name without its ending; `doc` in exports
    path: str  # where it came from, as the user named it
    format: str  # text, markdown, html, email, pdf, word, feed, jsonl
    text: str
    sha256: str  # of the text, UTF-8
    original_sha256: str  # of the bytes that came
    encoding: str | None = None
    title: Fact | None = None
    outlet: Fact | None = None
    author: Fact | None = None
    date: Fact | None = None  # ISO 8601 day: 2025-03-18
    language: Fact | None = None  # ISO 639-1
    genre: Fact | None = None  # report, opinion, preview, readout, interview
    notes: tuple[str, ...] = ()  # what happened on the way in: "2 characters could not be decoded"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that did not become a document. ``skipped`` is by design, ``refused`` because it cannot be read."""

    path: str
    kind: Literal["skipped", "refused"]
    reason: str  # one sentence: what, and what to do


@dataclass(frozen=True, slots=True)
class Furniture:
    """Text that belongs to the page, not to the article. Kept, shown greyed, never read for statements."""

    document: str
    span: Span
    reason: FurnitureReason


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a document that show something, and what they show."""

    document: str
    span: Span
    shows: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a document came to be. ``source`` names the origin, ``of_document`` is its id if it is in the dossier."""

    document: str
    kind: DerivationKind
    source: str | None = None
    of_document: str | None = None
    evidence: tuple[Evidence, ...] = ()
    score: float | None = None  # what the detector measured: a share of words shared or reworded; None: a stated line
    quotes_altered: bool = False  # words inside quotation marks are not the speaker's


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """Documents that share an origin: they count as one source. Every document is in exactly one group."""

    id: str
    documents: tuple[str, ...]
    because: str  # one phrase: "shares 64 % of its six-word sequences with X", "stands alone"


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A date or relative day. ``resolved`` is an ISO day, month, year or ``start/end``; None: unresolved."""

    document: str
    span: Span
    text: str
    resolved: str | None
    basis: str  # "stated", or "relative to 2025-03-19 (stated)", or "unresolved: the document has no date"


@dataclass(frozen=True, slots=True)
class Anchor:
    """W3C Web Annotation: TextQuoteSelector and TextPositionSelector (REC-annotation-model 4.2.4, 4.2.5)."""

    exact: str
    prefix: str  # up to 32 characters before
    suffix: str  # up to 32 characters after
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that one speaker says, wants, does or is said to think, with its span (codebook/guidelines)."""

    id: str  # hash of document, span, speaker words and act: stable from run to run
    document: str
    span: Span
    content: str  # document.text[span.start:span.end]
    speaker: str  # canonical name, AUTHOR, or UNRESOLVED
    voice: Voice
    act: str
    reader: str  # "rules 1"
    rule: str  # which rule made it
    anchor: Anchor
    speaker_span: Span | None = None
    speaker_text: str | None = None
    cue_span: Span | None = None
    cue: str | None = None
    mode: str | None = None  # of ASSESS
    degree: str | None = None  # of ACCEPT: full, in_principle, willing, procedural
    issues: tuple[str, ...] = ()
    stance: Stance = "none"
    addressee: str | None = None
    via: tuple[str, ...] = ()  # nearest to the reader first
    quote: Quote = "indirect"
    quote_altered: bool = False  # the document is translated or reworded: never re-publish as verbatim
    modifiers: tuple[str, ...] = ()
    confidence: float | None = None  # chance that a trained coder has it so; None: the reader does not say (rules)

    @property
    def by_signs(self) -> bool:
        """Whether the act rests on signs in the words alone, not on a verb that carries it ("rejected")."""
        return self.rule.endswith(", signs")

    @property
    def band(self) -> Literal["", "high", "medium", "doubtful"]:
        """How sure the reader is, as a band of its confidence; "" where it does not say."""
        if self.confidence is None:
            return ""
        return "high" if self.confidence >= SURE_FROM else "medium" if self.confidence >= DOUBTFUL_BELOW else "doubtful"

    @property
    def weak(self) -> bool:
        """Whether the reading is the weaker kind: by signs in the words alone, or doubtful."""
        return self.by_signs or self.band == "doubtful"


@dataclass(frozen=True, slots=True)
class Actor:
    """Person, office, state, group or organisation with its names."""

    name: str  # canonical
    kind: ActorKind
    names: tuple[str, ...] = ()  # every other form met or given
    roles: tuple[str, ...] = ()  # "Ukrainian foreign minister", as the coverage words it
    belongs_to: str | None = None  # the state of an office, the office or state of a person
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader proposes for one document."""

    document: str
    reader: str
    statements: tuple[Statement, ...]
    actors: tuple[Actor, ...]
    times: tuple[TimeMention, ...] = ()
    unread: tuple[str, ...] = ()  # what the reader had to leave, a sentence each


@dataclass(frozen=True, slots=True)
class Decision:
    """One human decision, appended and never changed. The current state is what the decisions leave."""

    number: int
    at: str  # ISO 8601 UTC
    who: str
    kind: str  # "rename actor", "merge actors", "add alias", "rename issue", "add issue", ...
    subject: str
    detail: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """One pass of the program over input: when, which reader, what it counted."""

    number: int
    at: str
    program: str
    reader: str
    read: int
    unchanged: int
    skipped: int
    refused: int


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that a dossier holds at one moment: what the analyses and the brief are made from.

    ``documents`` are ordered by name, ``statements`` by document and span. Speakers are canonical names after linking
    and decisions; ``issue_labels`` carries the dossier's own labels.
    """

    documents: tuple[Document, ...] = ()
    statements: tuple[Statement, ...] = ()
    actors: tuple[Actor, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    groups: tuple[OriginGroup, ...] = ()
    times: tuple[TimeMention, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()  # (document id, sentence)
    decisions: tuple[Decision, ...] = ()
    runs: tuple[Run, ...] = ()
    issue_labels: Mapping[str, str] = field(default_factory=dict)

    def document(self, key: str) -> Document:
        """Return the document with this id. Raises KeyError where there is none."""
        for document in self.documents:
            if document.id == key:
                return document
        raise KeyError(key)
