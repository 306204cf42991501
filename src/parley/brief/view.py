"""What a brief shows, as frozen values: both writers, HTML and Markdown, are made from one of these."""

from __future__ import annotations

from dataclasses import dataclass

from parley.analysis.section import Section
from parley.brief.passages import Gap
from parley.records import Document, Furniture, Span, Statement

__all__ = [
    "AccountBlock",
    "AccountCell",
    "Article",
    "Brief",
    "Entry",
    "Event",
    "ExpertEntry",
    "GapBlock",
    "Grounds",
    "Line",
    "MatrixCell",
    "MatrixRow",
    "Model",
    "Paragraph",
    "Place",
    "PositionBlock",
    "PositionRow",
    "ProposalBlock",
    "ProposalRow",
    "Quote",
    "Ref",
    "SourceRow",
    "SpeakerBlock",
]


@dataclass(frozen=True, slots=True)
class Ref:
    """A statement by its number in the brief; ``anchor`` is the id of its words in the article."""

    number: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words, who said them, where. ``before`` and ``after`` are the rest of the sentence, verbatim too.

    ``marks`` are the quotation marks to set around the words: empty where the article's own stand there.
    """

    ref: Ref
    before: str
    words: str
    after: str
    marks: tuple[str, str]
    voice: str
    speaker: str
    via: str
    outlet: str
    date: str
    fidelity: str
    altered: bool
    article: int


@dataclass(frozen=True, slots=True)
class Line:
    """One of the opening lines: a fixed template filled with coded fields, and the words."""

    party: str
    does: str
    issue: str
    how_far: str
    groups: int
    quote: Quote


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A party's latest stance on an issue, as a sign and a word; ``target`` is the id of its row."""

    sign: str
    word: str
    target: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One issue of the matrix; a cell is None where the party is not reported on it."""

    issue: str
    cells: tuple[MatrixCell | None, ...]


@dataclass(frozen=True, slots=True)
class PositionRow:
    """What one party wants on one issue."""

    anchor: str
    party: str
    speakers: str
    stance: str
    sign: str
    does: str
    how_far: str
    date: str
    latest: Ref
    change: str
    groups: int
    quote: Quote
    others: tuple[Ref, ...]
    more: int


@dataclass(frozen=True, slots=True)
class PositionBlock:
    """The positions on one issue."""

    issue: str
    proposition: str
    rows: tuple[PositionRow, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement in the list of who said what."""

    quote: Quote
    does: str
    issues: str
    stance: str
    how_far: str
    to: str


@dataclass(frozen=True, slots=True)
class SpeakerBlock:
    """What one speaker says; ``count`` is of all its statements, shown or not."""

    voice: str
    name: str
    roles: str
    side: str
    count: int
    groups: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One party's proposal, demand or answer, with its wordings."""

    party: str
    does: str
    to: str
    how_far: str
    answered: str
    groups: int
    date: str
    quotes: tuple[Quote, ...]
    others: tuple[Ref, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ProposalBlock:
    """Proposals and answers on one issue."""

    issue: str
    rows: tuple[ProposalRow, ...]


@dataclass(frozen=True, slots=True)
class AccountCell:
    """One side's account of one issue; no quote means no statement in the coverage."""

    side: str
    account: str
    does: str
    groups: int
    quote: Quote | None
    others: tuple[Ref, ...]
    more: int


@dataclass(frozen=True, slots=True)
class AccountBlock:
    """The sides' accounts of one issue beside one another; ``meeting`` names the contact, "" for the whole coverage."""

    meeting: str
    issue: str
    comparison: str
    cells: tuple[AccountCell, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the timeline; ``when`` is "" where nothing dates it, ``who`` where the event itself says who."""

    who: str
    when: str
    basis: str
    dated_by: str
    does: str
    to: str
    issue: str
    groups: int
    quote: Quote
    others: tuple[Ref, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ExpertEntry:
    """One judgement; ``role`` is "" where it stands at the one before, by the same speaker."""

    role: str
    kind: str
    issue: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class ListingRow:
    """One row of a listing: who, what, fields as (name, words), what was inferred, and the words it rests on.

    ``said`` are words without a statement, with the ``article`` where they stand (0: nowhere).
    """

    who: str
    what: str
    about: str
    fields: tuple[tuple[str, str], ...]
    inferred: tuple[str, ...]
    quotes: tuple[Quote, ...]
    said: str
    article: int
    others: tuple[Ref, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A table of what follows from statements; ``empty`` is what to say where it has no row.

    ``caption`` says what the rows are and in which order, ``heads`` are the columns.
    """

    name: str
    title: str
    rows: tuple[ListingRow, ...]
    empty: str
    caption: str
    heads: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One document as a source. ``facts`` are (name, value, how known)."""

    number: int
    name: str
    heading: str
    facts: tuple[tuple[str, str, str], ...]
    derivations: tuple[str, ...]
    telling: tuple[str, ...]
    altered: bool
    group: str
    shares: str
    because: str
    statements: int
    furniture: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GapBlock:
    """Gaps of one kind: (where, what, words, the statement if there is one), the first of ``count``."""

    kind: str
    count: int
    rows: tuple[tuple[str, str, str, Ref | None], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One included paragraph with the statements and furniture that it touches."""

    span: Span
    statements: tuple[Statement, ...]
    furniture: tuple[Furniture, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article in the appendix: its paragraphs, or the gaps between them."""

    number: int
    document: Document
    heading: str
    byline: str
    altered: bool
    parts: tuple[Paragraph | Gap, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where words that a model cites stand: an article (0 where the dossier has none), the statement there, or ""."""

    name: str
    article: int
    ref: Ref | None
    missing: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """What items of a model rest on: verbatim words with their marks, where they stand, its author's note."""

    items: str
    words: str
    marks: tuple[str, str]
    places: tuple[Place, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Model:
    """A model's answers with what it rests on, found again in the record."""

    section: Section
    caution: str
    grounds: tuple[Grounds, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything that a brief shows, in its order. ``notes`` are by section name; ``cut`` says what was left out."""

    subtitle: str
    counts: str
    status: str
    readers: str
    parties: str
    lines: tuple[Line, ...]
    matrix_parties: tuple[str, ...]
    matrix: tuple[MatrixRow, ...]
    positions: tuple[PositionBlock, ...]
    speakers: tuple[SpeakerBlock, ...]
    proposals: tuple[ProposalBlock, ...]
    sides: tuple[str, ...]
    accounts: tuple[AccountBlock, ...]
    one_sided: tuple[AccountBlock, ...]
    events: tuple[Event, ...]
    experts: tuple[ExpertEntry, ...]
    listings: tuple[Listing, ...]
    models: tuple[Model, ...]
    lineage: str  # SVG, or ""
    sources: tuple[SourceRow, ...]
    gaps: tuple[GapBlock, ...]
    silent_issues: str
    method: tuple[str, ...]
    articles: tuple[Article, ...]
    anchors: dict[str, str]
    numbers: dict[str, int]
    listed: frozenset[str]
    notes: dict[str, tuple[str, ...]]
    cut: dict[str, str]
