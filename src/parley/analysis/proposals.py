"""Proposals: what was put forward, who answered, and how far."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from parley.analysis.counterparts import counterpart
from parley.analysis.deeds import follows, keeps
from parley.analysis.doubt import leave_out_doubtful
from parley.analysis.index import Index, lead, wording
from parley.analysis.passages import Passages
from parley.analysis.scanning import holds
from parley.analysis.silence import withholds
from parley.analysis.stems import stems
from parley.analysis.table import Cell, Column, Row, Table
from parley.analysis.terms import WIDER, conditions_in, durations_in, mutual, scopes, sequences_in
from parley.analysis.words import how_far
from parley.records import UNRESOLVED, Record, Statement

__all__ = ["ANSWERS", "PUT_FORWARD", "proposals"]

PUT_FORWARD = ("PROPOSE", "DEMAND")
ANSWERS = ("ACCEPT", "COUNTER", "CONDITION", "DEFER", "REJECT")
_ROLES = {
    "PROPOSE": "put forward",
    "DEMAND": "asked",
    "PROMISE": "promised",
    "COUNTER": "counter-terms",
    "CONDITION": "answer on conditions",
}
_ORDER = (*PUT_FORWARD, "PROMISE", *ANSWERS)
_IN_PART = "agreed in part or offered instead"
_STATUS = {"PROPOSE": "offered", "DEMAND": "asked", "PROMISE": "offered", "COUNTER": _IN_PART,
           "CONDITION": "on conditions", "DEFER": "put off", "REJECT": "refused"}  # fmt: skip
_DEGREES = {"procedural": "agreed to negotiate", "in_principle": "agreed in principle", "willing": "willing to agree"}
_SHORT_OF = {*_DEGREES.values(), "put off", "offered", _IN_PART}
_MOST_READ = 40  # statements of a row that terms are read from: more of one party's act add wordings, seldom terms
_SHARED = 2  # longer words that an answer shares with what it answers
_NARROW = re.compile(
    r"\b(?:narrower|only|limited|restricted|partial|selective|less than|falls? (?:far )?short|fell short|brief)\b", re.I
)
_NARROW_MARKS = ("narrower", "only", "limited", "restricted", "partial", "selective", "less than", "fall", "fell",
                 "brief")  # fmt: skip
_CLAIMS = re.compile(
    r"\b(?:consensus|agreed|reached|settled|moratorium|got that"
    r"|(?:have|has|had|got|made|struck|signed|sealed|clinched|concluded|is|was)\s+(?:[\w’'-]+\s+){0,3}"
    r"(?:agreements?|accord|deal)|(?:agreements?|accord|deal)\s+(?:(?:was|were|is|has been|had been)\s+)?"
    r"(?:done|made|signed|struck|sealed|clinched|took))\b",
    re.I,
)
_UNSETTLED = re.compile(
    r"\b(?:if|unless|until|would|could|should|may|might|no|not|never|without|before|hard to|need\w*|aim\w*|seek\w*"
    r"|hop\w+|want\w*|negotiat\w+|haggl\w+|trying|close to|when)\b[^,;:.]{0,40}$|n[’']t\b[^,;:.]{0,40}$",
    re.I,
)  # before it: an agreement that is not told to stand
_NO_CLAIM = {"forecast", "evaluate", "question"}  # what may come, praise and questions claim no agreement
_CLAIMS_MARKS = ("consensus", "agree", "accord", "deal", "reached", "settled", "moratorium", "got that")

_COLUMNS = (
    Column("issue", "Issue"),
    Column("issue_label", "Issue label"),
    Column("role", "Role"),
    Column("party", "Party"),
    Column("speakers", "Speakers"),
    Column("to", "To"),
    Column("act", "Act"),
    Column("degree", "Degree"),
    Column("how_far", "How far"),
    Column("status", "Status as told"),
    Column("stance", "Stance"),
    Column("scope", "Scope"),
    Column("duration", "Duration"),
    Column("conditions", "Conditions"),
    Column("sequence", "Order and stages"),
    Column("mutual", "Binds"),
    Column("narrower_than", "Narrower than"),
    Column("counter_to", "Answers"),
    Column("claimed_further", "Claimed to go further by"),
    Column("date", "Latest document date"),
    Column("answered_by", "Answered by"),
    Column("groups", "Independent sources"),
    Column("count", "Statements"),
    Column("words", "Verbatim words"),
)

_Key = tuple[str, str, str, str]


@leave_out_doubtful
def proposals(record: Record) -> Table:
    """Return one row for each issue, party, act and degree of consent among proposals, demands and answers.

    ``words`` holds every wording, latest first: different wordings of one party are kept side by side, because two
    terms on one issue may not be the same term. ``answered_by`` names other parties with an answer on the issue.
    """
    passages = Passages.of(record)
    index = passages.index
    around = _Around.of(passages)
    sets: dict[_Key, list[Statement]] = defaultdict(list)
    weight: dict[str, int] = defaultdict(int)
    unresolved = silent = 0
    for statement in record.statements:
        if statement.act not in _ORDER or statement.voice == "reporter":
            continue
        if withholds(statement):
            silent += 1
            continue
        if statement.speaker == UNRESOLVED:
            unresolved += 1
            continue
        issue, party = (statement.issues or ("",))[0], index.side(statement.speaker)
        sets[(issue, party, statement.act, statement.degree or "")].append(statement)
        weight[issue] += 1
    keys = sorted(sets, key=lambda key: (key[1], key[3]))
    keys.sort(key=lambda key: max(index.date(item.document) for item in sets[key]), reverse=True)
    keys.sort(key=lambda key: (not key[0], -weight[key[0]], key[0], _ORDER.index(key[2])))
    by_issue: dict[str, list[_Key]] = defaultdict(list)
    for key in keys:
        by_issue[key[0]].append(key)
    near = _Near(index, sets, by_issue)
    rows = [_row(passages, around, key, sets, near) for key in keys]
    notes = [
        "Answers are joined to proposals by whom they are addressed to or by longer words that both share. Where none "
        "is joined so, all who answer on the issue are named, though it may be to another proposal.",
        "How far a consent goes is shown only where the coverage says so.",
        "Scope, duration, conditions and order are verbatim, but for the scope of truces, which is the codebook's.",
        "Narrower than: the issue is part of one that somebody else asks for, or the words say so of what was asked.",
        "Claimed further: somebody tells of agreement where this row tells of less; both stand.",
        "Carried out: a deed of the same party on the issue, not before its consent, is told in words of keeping "
        "(withdraw, release, pay, lift); that it is the same term is not checked.",
    ]
    if silent:
        notes.append(f"Left out because somebody only gave no answer or comment: {silent} statements (see questions).")
    if unresolved:
        notes.append(f"Left out because the speaker is not resolved: {unresolved} statements (see gaps).")
    return Table("proposals", "What was proposed and accepted, how far", _COLUMNS, tuple(rows), tuple(notes))


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands beside proposals and answers: deeds by party and issue, and claims of agreement by issue."""

    deeds: dict[tuple[str, str], list[Statement]]
    claims: dict[str, list[Statement]]

    @classmethod
    def of(cls, passages: Passages) -> _Around:
        """Return what the record holds of both."""
        deeds: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        claims: dict[str, list[Statement]] = defaultdict(list)
        for item in passages.index.record.statements:
            unreal = {"negated", "hypothetical", "future"} & set(item.modifiers)
            if item.voice != "party" or unreal or item.speaker == UNRESOLVED:
                continue
            if item.act == "DO":
                if item.stance == "against" or not item.issues or passages.told_as_earlier(item) or not keeps(item):
                    continue
                deeds[passages.index.side(item.speaker), item.issues[0]].append(item)
            elif (item.act == "REPORT" or (item.act == "ASSESS" and item.mode not in _NO_CLAIM)) and _claims(
                item.content
            ):
                for issue in item.issues:
                    claims[issue].append(item)
        return cls(deeds, claims)


@dataclass(frozen=True, slots=True)
class _Near:
    """Who of those that speak to an issue answers, or is answered by, a row: by addressee or by words in common."""

    index: Index
    sets: Mapping[_Key, list[Statement]]
    by_issue: Mapping[str, list[_Key]]
    known: dict[_Key, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)

    def to(self, key: _Key, issue: str, acts: Collection[str]) -> list[str]:
        """Return the other parties with one of *acts* on *issue* that bear on the row of *key*; all, if none does."""
        others = [one for one in self.by_issue.get(issue, ()) if one[1] != key[1] and one[2] in acts]
        near = [one for one in others if self._joined(key, one)]
        return sorted({one[1] for one in near or others})

    def _joined(self, one: _Key, other: _Key) -> bool:
        (words, to), (theirs, back) = self._read(one), self._read(other)
        if other[1] in to or one[1] in back:
            return True
        return len((words & theirs) - stems(f"{one[1]} {other[1]}")) >= _SHARED

    def _read(self, key: _Key) -> tuple[frozenset[str], frozenset[str]]:
        """Return the longer words of a row and the sides to which they are addressed."""
        if key not in self.known:
            found = self.sets[key][:_MOST_READ]
            names = filter(None, (counterpart(self.index, item) for item in found))
            words = frozenset[str]().union(*(stems(item.content) for item in found))
            self.known[key] = words, frozenset(map(self.index.side, names))
        return self.known[key]


def _row(passages: Passages, around: _Around, key: _Key, sets: Mapping[_Key, list[Statement]], near: _Near) -> Row:
    index = passages.index
    issue, party, act, degree = key
    found = sets[key]
    first = wording(index, lead(index, found), found)
    others = sorted((item for item in found if item is not first), key=index.order, reverse=True)
    everyone = (first, *others)
    dates = [date for item in found if (date := index.date(item.document))]
    answered: tuple[str, ...] | str | None = None
    if act in PUT_FORWARD:
        answered = tuple(near.to(key, issue, ANSWERS)) or "no answer in the coverage"
    return Row(
        {
            "issue": issue or None,
            "issue_label": index.label(issue) if issue else "no issue coded",
            "role": _ROLES.get(act, "answer"),
            "party": party,
            "speakers": tuple(sorted({item.speaker for item in found})),
            "to": tuple(sorted(filter(None, {counterpart(index, item) for item in found}))),
            "act": act,
            "degree": degree or None,
            "how_far": "; ".join(dict.fromkeys(filter(None, map(how_far, everyone)))) or None,
            **_terms(passages, key, everyone[:_MOST_READ]),
            **_beside(passages, around, key, near, everyone),
            "stance": first.stance,
            "date": max(dates) if dates else None,
            "answered_by": answered,
            "groups": index.groups(found),
            "count": len(found),
            "words": tuple(dict.fromkeys(item.content for item in everyone)),
        },
        statements=tuple(item.id for item in everyone),
        documents=tuple(dict.fromkeys(item.document for item in everyone)),
    )


def _claims(words: str) -> bool:
    hits = _CLAIMS.finditer(words) if holds(words, _CLAIMS_MARKS) else ()
    return any(not _UNSETTLED.search(words[max(0, hit.start() - 60) : hit.start()]) for hit in hits)


def _narrow(words: str) -> bool:
    return holds(words, _NARROW_MARKS) and _NARROW.search(words) is not None


def _terms(passages: Passages, key: _Key, found: Sequence[Statement]) -> dict[str, Cell]:
    texts = [item.content for item in found]
    return {
        "scope": scopes(key[0], texts),
        "duration": durations_in(texts),
        "conditions": conditions_in(found),
        "sequence": sequences_in(passages, found),
        "mutual": mutual(passages, found),
    }


def _beside(passages: Passages, around: _Around, key: _Key, near: _Near, found: Sequence[Statement]) -> dict[str, Cell]:
    index = passages.index
    issue, party, act, degree = key
    status = _DEGREES.get(degree, "agreed") if act == "ACCEPT" else _STATUS[act]
    if act == "ACCEPT" and any(follows(passages, deed, found) for deed in around.deeds.get((party, issue), ())):
        status = "carried out"
    wider = WIDER.get(issue)
    asked = {on: near.to(key, on, PUT_FORWARD) for on in (issue, wider) if on}
    narrower = []
    if act in {"COUNTER", "ACCEPT", "PROPOSE"}:
        if wider and asked[wider]:
            narrower.append(f"{index.label(wider)}, asked for by {', '.join(asked[wider])}")
        if asked.get(issue) and any(_narrow(f"{item.cue or ''} {item.content}") for item in found):
            narrower.append(f"what {', '.join(asked[issue])} asked for on it")
    claims = around.claims.get(issue, ()) if status in _SHORT_OF else ()
    claims = [item for item in claims if index.side(item.speaker) != party]
    answers = act in ANSWERS
    return {
        "status": status,
        "narrower_than": tuple(narrower),
        "counter_to": tuple(f"{index.label(on)}: {', '.join(names)}" for on, names in asked.items() if names)
        if answers
        else (),
        "claimed_further": tuple(dict.fromkeys(f"{index.speaker(item)}: {item.content}" for item in claims)),
    }
