"""Decisions on single statements: accept, reject, edit, add. What each needs, and what together they leave.

Everything here is pure. A reading is never changed: a statement's mark is what the decisions in force say of it, in
their order. The mark's ``number`` is that of the last decision that touched the statement, undos included: two people
who look at the same number look at the same state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, cast, get_args

from parley.reading.statements import anchor
from parley.records import Decision, Span, Stance, Statement, Voice

__all__ = [
    "ACCEPT",
    "ADD",
    "BLIND",
    "DISPUTE",
    "EDIT",
    "FIELDS",
    "FLAG",
    "MANY",
    "REJECT",
    "REVIEW_KINDS",
    "SKIP",
    "STATUSES",
    "UNFLAG",
    "UNMARKED",
    "Mark",
    "Reviews",
    "Status",
    "changed",
    "subjects",
]

Status = Literal["suggested", "accepted", "edited", "added", "rejected", "disputed"]
STATUSES: tuple[Status, ...] = get_args(Status)
"""Suggested by a reader; accepted, edited, added or rejected by a person; decided differently by two (disputed)."""

ACCEPT, REJECT, SKIP, EDIT = "accept statement", "reject statement", "skip statement", "edit statement"
FLAG, UNFLAG, ADD, BLIND = "flag statement", "unflag statement", "add statement", "code blind"
MANY, DISPUTE = "decide many", "dispute statement"
REVIEW_KINDS = frozenset({ACCEPT, REJECT, SKIP, EDIT, FLAG, UNFLAG, ADD, BLIND, MANY, DISPUTE})
"""The kinds of decision that are about statements."""

FIELDS = ("speaker", "voice", "act", "mode", "degree", "issues", "stance", "addressee", "start", "end")
"""What an edit may change. Issues are ids with spaces between; start and end are code points of the document."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What people's decisions leave of one statement. ``changes`` holds edited fields as the decisions word them."""

    status: Status = "suggested"
    flagged: bool = False
    skipped: int = 0  # number of the last skip since the statement was last decided; 0: none
    blind: int = 0  # number of the last blind coding; 0: none
    changes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    by: str = ""  # who decided last
    at: str = ""
    number: int = 0
    added: bool = False  # a person found the statement, not a reader

    @property
    def decided(self) -> bool:
        """Whether a person stands behind the status."""
        return self.status not in ("suggested", "disputed")

    @property
    def stands(self) -> bool:
        """Whether a person has said that this is a statement."""
        return self.status in ("accepted", "edited", "added")


UNMARKED = Mark()


class Reviews:
    """The marks of a dossier's statements. Decisions are taken in once each, in order; nothing is folded anew."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._decisions: dict[int, Decision] = {}
        self._of: dict[str, list[int]] = defaultdict(list)
        self._undos: dict[int, list[int]] = defaultdict(list)
        self._marks: dict[str, Mark] = {}
        self._cards: dict[str, int] = defaultdict(int)
        self._added: list[int] = []
        self.rejections_number = 0  # of the last decision by which a statement was rejected, or no longer was
        self.content_number = 0  # of the last decision that changed words or codes, or added a statement
        for decision in decisions:
            self.take(decision)

    def take(self, decision: Decision) -> bool:
        """Take in the next decision. Returns whether it is about statements (an undo: of one that is)."""
        number = decision.number
        self._decisions[number] = decision
        if decision.kind == "undo":
            self._undos[int(decision.subject)].append(number)
            root = self.root(decision)
            if root.kind in (EDIT, ADD):
                self.content_number = number
            for key in subjects(root):
                self._set(key, replace(self._folded(key), number=number))
            return root.kind in REVIEW_KINDS
        if decision.kind not in REVIEW_KINDS:
            return False
        if decision.kind in _CARDS:
            self._cards[decision.who] += 1
        if decision.kind in (EDIT, ADD):
            self.content_number = number
        if decision.kind == ADD:
            self._added.append(number)
        for key in subjects(decision):
            self._of[key].append(number)
            self._set(key, _step(self._marks.get(key, UNMARKED), decision))
        return True

    def mark(self, statement: str) -> Mark:
        """Return the mark of a statement; one that nobody has touched is only suggested."""
        return self._marks.get(statement, UNMARKED)

    @property
    def marks(self) -> Mapping[str, Mark]:
        """The marks of all statements that a decision has touched, by id."""
        return self._marks

    def cards(self, who: str) -> int:
        """Return how many single cards this person has decided, undone ones included."""
        return self._cards.get(who, 0)

    def added(self) -> Iterator[tuple[str, Decision]]:
        """Yield the statements that people added and no undo took back, with the decision that holds their fields."""
        for number in self._added:
            if self.standing(number):
                yield self._decisions[number].subject, self._decisions[number]

    @property
    def any_added(self) -> bool:
        """Whether people have ever added a statement."""
        return bool(self._added)

    def standing(self, number: int) -> bool:
        """Tell whether no standing undo took the decision back. An undo can be undone."""
        return not any(self.standing(undo) for undo in self._undos.get(number, ()))

    def root(self, decision: Decision) -> Decision:
        """Return the decision that an undo, or an undo of an undo, is about in the end."""
        while decision.kind == "undo" and int(decision.subject) in self._decisions:
            decision = self._decisions[int(decision.subject)]
        return decision

    def history(self, statement: str) -> tuple[Decision, ...]:
        """Return the decisions on one statement in their order, those that were undone included."""
        return tuple(self._decisions[number] for number in self._of.get(statement, ()))

    def _set(self, key: str, mark: Mark) -> None:
        if (self._marks.get(key, UNMARKED).status == "rejected") != (mark.status == "rejected"):
            self.rejections_number = mark.number
        self._marks[key] = mark

    def _folded(self, key: str) -> Mark:
        mark = UNMARKED
        for number in self._of[key]:
            if self.standing(number):
                mark = _step(mark, self._decisions[number])
        return mark


_CARDS = frozenset({ACCEPT, REJECT, EDIT, BLIND})


def subjects(decision: Decision) -> tuple[str, ...]:
    """Return the ids of the statements that a decision is about."""
    if decision.kind == MANY:
        return tuple(decision.detail.get("statements", "").split())
    return (decision.subject,) if decision.kind in REVIEW_KINDS else ()


def _step(mark: Mark, decision: Decision) -> Mark:
    """Return the mark after one more decision."""
    kind = decision.subject if decision.kind == MANY else decision.kind
    told = replace(mark, by=decision.who, at=decision.at, number=decision.number)
    if kind in (ACCEPT, EDIT):
        changes = dict(mark.changes)
        if kind == EDIT:
            changes |= {name: value for name, value in decision.detail.items() if name in FIELDS}
        status: Status = "added" if mark.added else "edited" if changes else "accepted"
        return replace(told, status=status, changes=MappingProxyType(changes), skipped=0)
    if kind == REJECT:
        return replace(told, status="rejected", skipped=0)
    if kind == SKIP:
        return replace(mark, skipped=decision.number, number=decision.number)
    if kind in (FLAG, UNFLAG):
        return replace(mark, flagged=kind == FLAG, number=decision.number)
    if kind == BLIND:
        return replace(mark, blind=decision.number, number=decision.number)
    if kind == DISPUTE:
        return replace(told, status="disputed", skipped=0)
    if kind == ADD:
        return replace(told, status="added", added=True)
    return replace(mark, number=decision.number)  # a kind of many that this version does not know


def changed(statement: Statement, changes: Mapping[str, str], text: str) -> Statement:
    """Return the statement with edited fields; *text* is its document's.

    A new span takes its words and anchor from the text. An edited act keeps no rule's doubt: a person chose it.
    """
    if not changes:
        return statement
    start = int(changes.get("start", statement.span.start))
    end = int(changes.get("end", statement.span.end))
    act = changes.get("act", statement.act)
    made = replace(
        statement,
        speaker=changes.get("speaker", statement.speaker),
        voice=cast(Voice, changes.get("voice", statement.voice)),
        act=act,
        mode=(changes.get("mode", statement.mode) or None) if act == "ASSESS" else None,
        degree=(changes.get("degree", statement.degree) or None) if act == "ACCEPT" else None,
        issues=tuple(changes["issues"].split()) if "issues" in changes else statement.issues,
        stance=cast(Stance, changes.get("stance", statement.stance)),
        addressee=changes.get("addressee", statement.addressee) or None,
        rule=statement.rule.removesuffix(", signs"),
    )
    if (start, end) == (statement.span.start, statement.span.end):
        return made
    span = Span(start, end)
    return replace(made, span=span, content=span.of(text), anchor=anchor(text, span))
