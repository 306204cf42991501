"""The review queue: which statements, in which order, which is next. Filters are what stands in the address."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from parley.analysis.words import CLASSES
from parley.desk.codes import spoken
from parley.desk.state import Desk, Snapshot
from parley.dossier.review import UNMARKED, Mark, Reviews
from parley.records import UNRESOLVED, Statement

__all__ = [
    "BLIND_EVERY",
    "ORDERS",
    "SHOWN",
    "Filter",
    "Place",
    "called",
    "described",
    "doubts",
    "is_blind",
    "matching",
    "place",
]

BLIND_EVERY = 20
"""Every so many cards that a person decides, one hides the machine's codes first."""

ORDERS: Mapping[str, str] = {
    "doubt": "the least certain first",
    "consequence": "consents, refusals and threats first",
    "dispute": "what is contested first",
    "source": "by date and article",
    "random": "at random, for an audit",
}
SHOWN: Mapping[str, str] = {
    "open": "not decided",
    "suggested": "suggested",
    "accepted": "accepted",
    "edited": "edited",
    "added": "added",
    "rejected": "rejected",
    "disputed": "disputed",
    "all": "all",
}
"""What the queue may hold, by what people decided. Open: suggested or disputed."""

_WEIGHTY = (
    "ACCEPT", "REJECT", "THREATEN", "CONCEDE", "COUNTER", "CONDITION", "PROPOSE", "DEMAND", "PROMISE", "DENY",
    "DEFER", "ACCUSE", "DO", "CONSULT", "REPORT", "ASSESS",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filter:
    """What the queue holds and in which order: the query of its address, and nothing else."""

    show: str = "open"
    order: str = "doubt"
    act: str = ""
    issue: str = ""
    speaker: str = ""
    party: str = ""
    voice: str = ""
    document: str = ""
    flagged: str = ""
    by: str = ""
    words: str = ""
    seed: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filter:
        """Read the filter out of a query; what it doesn't know or cannot be is left at its default."""
        given = {field.name: query.get(field.name, "").strip()[:200] for field in fields(cls)}
        made = cls(**{name: value for name, value in given.items() if value})
        made = made if made.show in SHOWN else replace(made, show="open")
        return made if made.order in ORDERS else replace(made, order="doubt")

    def query(self, **more: str) -> str:
        """Return the query of the address, with "?" before it where there is one; defaults are left out."""
        told = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != f.default} | more
        return f"?{urlencode(told)}" if told else ""

    @property
    def fixed(self) -> Filter:
        """The part that no decision on a statement changes: what the matching statements are kept by."""
        return replace(self, show="all", flagged="", by="")

    def takes(self, mark: Mark) -> bool:
        """Tell whether a statement with this mark belongs to the queue, whatever it says."""
        if self.flagged and not mark.flagged:
            return False
        if self.by and mark.by != self.by:
            return False
        if self.show == "open":
            return not mark.decided
        return self.show in ("all", mark.status)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card stands in its queue."""

    statement: str | None  # None: the queue is empty
    number: int  # from 1; 0: it is not in the queue
    waiting: int  # statements in the queue now
    matching: int  # statements that match but for what was decided
    before: str | None
    after: str | None


def doubts(statement: Statement) -> tuple[str, ...]:
    """Say why a reading is doubtful, the graver reason first; nothing where no sign of doubt is known."""
    found = []
    if statement.speaker == UNRESOLVED:
        found.append("the speaker could not be resolved")
    if statement.by_signs and statement.act not in ("ASSESS", "REPORT"):
        found.append("no verb carries the act: it was read from signs in the words")
    if statement.confidence is not None and statement.confidence < 0.5:
        found.append("the reader itself was unsure")
    if not statement.issues:
        found.append("no issue was found")
    if statement.quote_altered:
        found.append("the words were translated or reworded")
    if "hypothetical" in statement.modifiers or "negated" in statement.modifiers:
        found.append("it is negated or hypothetical")
    return tuple(found)


def described(snapshot: Snapshot, wanted: Filter) -> str:
    """Say in words what the queue holds and in which order."""
    document = snapshot.documents.get(wanted.document)
    told = (
        ("act", wanted.act),
        ("issue", snapshot.record.issue_labels.get(wanted.issue, wanted.issue)),
        ("speaker", wanted.speaker),
        ("speaks for", wanted.party),
        ("who speaks:", CLASSES.get(wanted.voice, wanted.voice)),
        ("document", document.name if document else wanted.document),
        ("words", wanted.words and f"“{wanted.words}”"),
        ("decided by", wanted.by),
        ("flagged", wanted.flagged and "only"),
    )
    narrowed = [f"{name} {value}" for name, value in told if value]
    return "; ".join([f"{SHOWN[wanted.show]}, {ORDERS[wanted.order]}", *narrowed])


def called(desk: Desk, name: str) -> str:
    """Return the actor that goes by *name*, case apart; the name itself where there is none or several."""

    def make(snapshot: Snapshot) -> object:
        forms: dict[str, set[str]] = defaultdict(set)
        for actor in snapshot.actors.values():
            for form in actor.names:
                forms[form.casefold()].add(actor.name)
        return {**forms, **{actor.casefold(): {actor} for actor in snapshot.actors}}

    made = desk.kept("queue names", make)
    assert isinstance(made, dict)  # noqa: S101 - what was kept under this key
    found = {name} if name in desk.snapshot().actors else made.get(name.casefold(), ())
    return next(iter(found)) if len(found) == 1 else spoken(name)


def matching(desk: Desk, wanted: Filter) -> tuple[str, ...]:
    """Return the ids that match the fixed part of the filter, in its order; kept until names, codes or words change."""
    wanted = replace(wanted, speaker=called(desk, wanted.speaker), party=called(desk, wanted.party))

    def make(snapshot: Snapshot) -> object:
        found = [item for item in snapshot.statements if _matches(snapshot, wanted, item)]
        return tuple(item.id for item in sorted(found, key=_key(snapshot, wanted)))

    made = desk.kept(("queue", wanted.fixed), make)
    assert isinstance(made, tuple)  # noqa: S101 - what was kept under this key
    return made


def place(desk: Desk, wanted: Filter, at: str | None, *, after: str | None = None) -> Place:
    """Return the card at *at* and its neighbours; with *after*, the next one that waits behind that statement.

    The next is looked for to the end, then from the start; skipped ones come last.
    """
    keys = matching(desk, wanted)
    places = desk.kept(("queue places", wanted.fixed), lambda _: {key: n for n, key in enumerate(keys)})
    assert isinstance(places, dict)  # noqa: S101 - what was kept under this key
    reviews = desk.reviews
    waiting = _waiting(keys, places, wanted, reviews)
    if after is not None:
        at = _next(keys, wanted, reviews, places.get(after, -1), 1, skip=after)
    elif at is None:
        at = _next(keys, wanted, reviews, -1, 1)
    if at is None:
        return Place(None, 0, waiting, len(keys), None, None)
    here = places.get(at, -1)
    before = _next(keys, wanted, reviews, here, -1, skip=at)
    behind = _next(keys, wanted, reviews, here, 1, skip=at)
    return Place(at, here + 1, waiting, len(keys), before, behind)


def is_blind(desk: Desk, who: str, mark: Mark) -> bool:
    """Tell whether this person's next card is a blind one: the twentieth, the fortieth …, if it waits for a decision.

    A blind coding counts as a card, so the card is open as soon as it has been coded.
    """
    return desk.reviews.cards(who) % BLIND_EVERY == BLIND_EVERY - 1 and not mark.decided and not mark.blind


def _waiting(keys: Sequence[str], places: Mapping[str, int], wanted: Filter, reviews: Reviews) -> int:
    marks = reviews.marks
    if wanted.takes(UNMARKED) and len(marks) < len(keys):
        return len(keys) - sum(key in places and not wanted.takes(mark) for key, mark in list(marks.items()))
    return sum(wanted.takes(reviews.mark(key)) for key in keys)


def _next(
    keys: Sequence[str], wanted: Filter, reviews: Reviews, here: int, step: int, *, skip: str | None = None
) -> str | None:
    """Return the nearest waiting statement from *here* in steps, round the end; of skipped ones the longest ago."""
    size = len(keys)
    skipped: tuple[int, str] | None = None
    for distance in range(1, size + 1):
        key = keys[(here + step * distance) % size]
        if key == skip:
            continue
        mark = reviews.mark(key)
        if not wanted.takes(mark):
            continue
        if not mark.skipped or step < 0:
            return key
        if skipped is None or mark.skipped < skipped[0]:
            skipped = (mark.skipped, key)
    return skipped[1] if skipped else None


def _matches(snapshot: Snapshot, wanted: Filter, item: Statement) -> bool:
    if wanted.act and item.act != wanted.act:
        return False
    if wanted.issue and not (wanted.issue in item.issues or (wanted.issue == "none" and not item.issues)):
        return False
    if wanted.speaker and item.speaker != wanted.speaker:
        return False
    if wanted.party and snapshot.index.side(item.speaker) != wanted.party:
        return False
    if wanted.voice and item.voice != wanted.voice:
        return False
    if wanted.document and item.document != wanted.document:
        return False
    return not wanted.words or wanted.words.casefold() in item.content.casefold()


def _key(snapshot: Snapshot, wanted: Filter) -> Callable[[Statement], tuple[object, ...]]:
    place = snapshot.places
    if wanted.order == "doubt":
        return lambda s: (s.confidence if s.confidence is not None else 1.0, -_doubt(s), place[s.id])
    if wanted.order == "consequence":
        rank = {act: number for number, act in enumerate(_WEIGHTY)}
        return lambda s: (rank.get(s.act, len(rank)), place[s.id])
    if wanted.order == "dispute":
        contested = _contested(snapshot)
        return lambda s: (-max((contested.get(issue, 0) for issue in s.issues), default=0), place[s.id])
    if wanted.order == "random":
        seed = wanted.seed or "1"
        return lambda s: (hashlib.sha256(f"{seed}\0{s.id}".encode()).digest(), place[s.id])
    return lambda s: (snapshot.index.date(s.document), place[s.id])


def _doubt(statement: Statement) -> int:
    return sum(weight for weight, found in zip((8, 4, 4, 2, 1, 1), _signs(statement), strict=True) if found)


def _signs(s: Statement) -> tuple[bool, ...]:
    return (
        s.speaker == UNRESOLVED,
        s.by_signs and s.act not in ("ASSESS", "REPORT"),
        s.confidence is not None and s.confidence < 0.5,
        not s.issues,
        s.quote_altered,
        "hypothetical" in s.modifiers or "negated" in s.modifiers,
    )


def _contested(snapshot: Snapshot) -> dict[str, int]:
    """Count, by issue, what is said against what: the fewer of those for and those against, and denials."""
    sides: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for item in snapshot.statements:
        for issue in item.issues:
            sides[issue]["DENY" if item.act == "DENY" else item.stance] += 1
    return {issue: 2 * min(said["for"], said["against"]) + said["DENY"] for issue, said in sides.items()}
