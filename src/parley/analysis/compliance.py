"""Compliance: who is accused of breaking what, whether it bound them by then, how far that is settled, what is done."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from parley.analysis.charges import charges
from parley.analysis.deeds import day_of, follows, keeps
from parley.analysis.incidents import (
    ABOUT_KEEPING,
    BREACH,
    CONDUCT,
    DONE,
    EARLIER,
    EXPECTED,
    NEAR,
    ByParties,
    Case,
    apart,
    cases_of,
    expects_blame,
    kind_of,
)
from parley.analysis.index import Index, lead, wording
from parley.analysis.passages import Passages
from parley.analysis.stems import stems
from parley.analysis.table import Cell, Column, Row, Table
from parley.analysis.wordlists import denied, word_lists
from parley.records import Record, Statement

__all__ = ["LADDER", "compliance"]

LADDER = ("alleged", "reported by a third party", "under inquiry", "not rulable", "ruled")
"""How far an accusation is settled, least first."""

_NO_TERM = ABOUT_KEEPING | {"H8"}
_PROCESS = "H"
_COLUMNS = (
    Column("kind", "Kind"),
    Column("accuser", "Accuser"),
    Column("accused", "Accused"),
    Column("done_by", "Done by"),
    Column("issue", "Issue"),
    Column("issue_label", "Issue label"),
    Column("when", "When"),
    Column("basis", "How the date is known"),
    Column("time_words", "Words that date it"),
    Column("in_force", "In force and binding on both"),
    Column("in_force_words", "In force: words"),
    Column("ladder", "How far settled"),
    Column("ladder_by", "Settled so far by"),
    Column("ladder_words", "How far settled: words"),
    Column("answer", "Answer of the accused"),
    Column("answer_words", "Answer: words"),
    Column("groups", "Independent sources"),
    Column("count", "Statements"),
    Column("words", "Verbatim words"),
    Column("date", "Document date"),
)

_Key = tuple[str, str]  # side and issue


_BESIDE = 300  # characters between an accusation and a report of what came of it
_LATER = re.compile(
    r"\b(?:just |only |barely )?(?:minutes|hours|days|weeks|a day|an hour|a week) "
    r"(?:later|after(?:wards)?|earlier|before)\b",
    re.I,
)


@dataclass(slots=True)
class _Told:
    """What the record tells by side and issue. Filled in one pass, then only read."""

    consents: dict[_Key, list[Statement]] = field(default_factory=lambda: defaultdict(list))
    first: dict[_Key, tuple[str, Statement] | None] = field(default_factory=dict)
    force: dict[_Key, list[tuple[bool, Statement]]] = field(default_factory=lambda: defaultdict(list))
    undone: dict[_Key, list[tuple[str, Statement]]] = field(default_factory=lambda: defaultdict(list))  # by document
    steps: dict[_Key, list[tuple[str, Statement]]] = field(default_factory=lambda: defaultdict(list))
    answers: dict[_Key, list[tuple[str, Statement]]] = field(default_factory=lambda: defaultdict(list))


def compliance(record: Record) -> Table:
    """Return one row for each incident and accuser, each blame that is expected, and each deed carried out.

    Reports of one accuser against one accused on one issue and day are one incident; a report that no words date joins
    one that the same day's coverage, or that of two days around it, tells of. Whether the term bound both by then goes
    by the consents that the coverage dates, or by words that say that somebody was not yet bound.
    """
    passages = Passages.of(record)
    index = passages.index
    told = _Told()
    accusations: list[tuple[str, Statement]] = []
    deeds: list[Statement] = []
    left_out = 0
    for item in record.statements:
        if item.act == "ACCUSE":
            kind = kind_of(item)
            if kind == EXPECTED or charges(passages, item, of_term=kind != CONDUCT):
                accusations.append((kind, item))
            else:
                left_out += 1
        elif item.act == "ASSESS" and expects_blame(item):
            accusations.append((EXPECTED, item))
        elif item.act == "DO" and _done(item):
            deeds.append(item)
        _note(index, passages, told, item)
    cases = cases_of(index, passages, accusations)
    by_parties: ByParties = defaultdict(list)
    for case in cases:
        by_parties[case.kind, case.accuser, case.accused, case.issue].append(case)
    rows = [_accusation(index, passages, told, by_parties, case) for case in cases]
    done = _deeds(index, passages, told, deeds)
    rows += [_deed(index, passages, group) for group in done]
    incidents = sum(case.kind in {BREACH, EARLIER, CONDUCT} for case in cases)
    reports = sum(len(case.statements) for case in cases if case.kind != EXPECTED)
    notes = (
        f"Incidents as alleged: {incidents}, told in {reports} statements. "
        "What one side calls a breach another may call an answer; each accuser's telling stands by itself.",
        "Alleged means that only the accuser is reported to say so. To report an accusation is no third party's "
        "evidence; to tell the deed in the article's own voice is.",
        "A finding and a denial count where they stand right beside the accusation or share longer words with it.",
        "In force goes by the consents coded here on the same issue, which may be to another term, and by their "
        "sentences' or documents' days.",
        "A deed counts as carried out where its words tell of keeping a term, of no attack, and say that it was done "
        "or its doer had agreed on the same issue by then; that it answers a term is not checked.",
        "Whom an accusation means is the side whose deed it opens with, else the addressee coded, else the side named.",
        f"Left out: {left_out} accusations in which no word tells of a wrong done (name-calling, reproaches), that are "
        "denied as they are told, that the doer claims for himself, or that are of an earlier year.",
    )
    return Table("compliance", "Accused of breaches, and what was carried out", _COLUMNS, tuple(rows), notes)


def _done(item: Statement) -> bool:
    return (
        item.stance != "against"
        and item.voice == "party"
        and bool(item.issues)
        and item.issues[0][:1] != _PROCESS
        and not {"negated", "hypothetical", "future"} & set(item.modifiers)
    )


def _note(index: Index, passages: Passages, told: _Told, item: Statement) -> None:
    """Keep what a statement tells of consent, of being bound, of how far a breach is settled, and of answers."""
    side = index.side(item.speaker)
    if item.act in {"ACCEPT", "COUNTER"} and item.voice == "party" and item.issues:
        if item.degree != "procedural" and not {"negated", "hypothetical", "future"} & set(item.modifiers):
            told.consents[side, item.issues[0]].append(item)
        return
    lists = word_lists("compliance")
    if item.act == "DENY" and item.voice == "party":
        for issue in item.issues:
            told.answers[side, issue].append(("denied", item))
    elif item.act == "DO" and item.voice == "party":
        admitted = item.cue is not None and lists["answer"].stands_in(item.cue)
        for issue in item.issues:
            if admitted:
                told.answers[side, issue].append(("admitted", item))
            elif item.stance == "against" and lists["breach"].find(item.content):
                told.steps[side, issue].append(("reported by a third party", item))
    if item.act not in {"REPORT", "ASSESS", "DO"} or item.mode in {"forecast", "question"} or not item.issues:
        return
    for hit in lists["force"].find(item.content):
        about = passages.subject(item, hit.start, hit.end)
        bound = hit.label == "bound" and "negated" not in item.modifiers and not denied(item.content, hit)
        for issue in item.issues if about is not None else ():
            told.force[about or "", issue].append((bound, item))
    if item.act == "REPORT" and "negated" in item.modifiers:
        about = passages.subject(item)
        for issue in item.issues if about is not None else ():
            told.undone[item.document, issue].append((about or "", item))
    step = _step(item)
    if step is not None:
        for name in sorted(passages.sides(item)):
            for issue in item.issues:
                told.steps[name, issue].append((step, item))


def _step(item: Statement) -> str | None:
    """Return how far a report settles a breach, or None where it is not a report of one."""
    if item.act == "DO" or "hypothetical" in item.modifiers:
        return None
    lists = word_lists("compliance")
    labels = lists["ladder"].labels(item.content)
    if labels:
        return max(labels, key=LADDER.index)
    breach = "breach" in lists["breach"].labels(item.content) and item.act == "REPORT"
    return "reported by a third party" if breach and not lists["hearsay"].find(item.content) else None


def _accusation(index: Index, passages: Passages, told: _Told, by_parties: ByParties, case: Case) -> Row:
    first = wording(index, lead(index, case.statements), case.statements)
    in_force, force = _in_force(index, passages, told, case)
    ladder, steps = _ladder(index, told, case)
    answer, answers = _answer(index, told, by_parties, case)
    cells: dict[str, Cell] = {
        "kind": case.kind,
        "accuser": case.accuser or "not told",
        "accused": case.accused or "not told",
        "done_by": (),
        "in_force": in_force,
        "in_force_words": _wordings(force),
        "ladder": ladder,
        "ladder_by": tuple(dict.fromkeys(index.speaker(item) for item in steps)),
        "ladder_words": _wordings(steps),
        "answer": answer,
        "answer_words": _wordings(answers),
    }
    return _row(index, passages, cells, case, first, [*case.statements, *force, *steps, *answers])


def _in_force(index: Index, passages: Passages, told: _Told, case: Case) -> tuple[str | None, list[Statement]]:
    """Return whether the term bound accuser and accused when the incident is said to have been, and what shows it."""
    sides = [side for side in (case.accuser, case.accused) if side]
    if case.kind in {EXPECTED, CONDUCT} or case.issue in _NO_TERM or not case.issue:
        return "no single term is named", []
    said = [(side, bound, item) for side in sides for bound, item in told.force.get((side, case.issue), ())]
    free = [(side, item) for side, bound, item in said if not bound and item.document in case.documents]
    if free := free or _not_done_yet(passages, told, case, sides):
        names = ", ".join(dict.fromkeys(side for side, _ in free))
        return f"told that it did not bind {names} yet", [item for _, item in free]
    days: dict[str, str] = {}
    shown: list[Statement] = []
    for side in sides:
        first = _first_consent(index, passages, told, (side, case.issue))
        if first is None:
            return f"not shown: no consent of {side} on the issue is coded", shown
        days[side] = first[0]
        shown.append(first[1])
    when = case.day or min(index.date(item.document) for item in case.statements)
    if any(len(day) != 10 for day in (*days.values(), when)):
        return "not known: both agreed, on days that are not told", shown
    late = [side for side in sides if days[side] > when]
    if late:
        return f"no: {', '.join(f'{side} agreed on {days[side]}' for side in late)}, after {when}", shown
    if any(day == when for day in days.values()):
        return f"not known: agreed and broken on one day, {when}", shown
    return f"yes: both had agreed by {max(days.values())}", shown


def _not_done_yet(passages: Passages, told: _Told, case: Case, sides: list[str]) -> list[tuple[str, Statement]]:
    """Return what the accusation's own sentence tells that accuser or accused had not done on the issue."""
    out = []
    for accusation in case.statements:
        for side, item in told.undone.get((accusation.document, case.issue), ()):
            if side in sides and passages.passage(accusation).sentence.contains(item.span):
                out.append((side, item))
    return out


def _first_consent(index: Index, passages: Passages, told: _Told, key: _Key) -> tuple[str, Statement] | None:
    """Return the earliest consent of a side on an issue with its day, leaving out what is told as long past."""
    if key not in told.first:
        found = [item for item in told.consents.get(key, ()) if not passages.told_as_earlier(item)]
        dated = [(day_of(passages, item) or "undated", index.order(item), item) for item in found]
        told.first[key] = min(
            ((day, item) for day, _, item in sorted(dated, key=lambda one: one[:2])),
            default=None,
            key=lambda one: one[0],
        )
    return told.first[key]


def _ladder(index: Index, told: _Told, case: Case) -> tuple[str | None, list[Statement]]:
    if case.kind == EXPECTED:
        return None, []
    own = {item.id for item in case.statements}
    found = [
        (step, item)
        for issue in sorted(case.main())
        for step, item in told.steps.get((case.accused, issue), ())
        if item.id not in own
        and (item.act == "DO" or index.side(item.speaker) not in {case.accuser, case.accused})
        and (item.act == "DO" or _bears_on(item, case))
    ]
    if case.day:
        near = [
            apart(index.date(item.document), case.day) <= NEAR or not index.date(item.document) for _, item in found
        ]
        found = [one for one, close in zip(found, near, strict=True) if close]
    if not found:
        return LADDER[0], []
    best = max((step for step, _ in found), key=LADDER.index)
    return best, [item for step, item in found if step == best]


def _bears_on(item: Statement, case: Case, least: int = 2) -> bool:
    """Tell whether words are of the incident itself: right beside the accusation, or sharing *least* longer words."""
    beside = any(
        item.document == other.document
        and max(item.span.start - other.span.end, other.span.start - item.span.end) <= _BESIDE
        for other in case.statements
    )
    own = stems(item.content) - stems(f"{case.accuser} {case.accused}")
    return beside or any(len(own & stems(other.content)) >= least for other in case.statements)


def _answer(index: Index, told: _Told, by_parties: ByParties, case: Case) -> tuple[str | None, list[Statement]]:
    if case.kind == EXPECTED:
        return None, []
    found = {
        item.id: (kind, item)
        for issue in sorted(case.main())
        for kind, item in told.answers.get((case.accused, issue), ())
        if item.issues[0] in case.main() and _bears_on(item, case, least=1)
    }
    back = (case.kind, case.accused, case.accuser, case.issue)
    mutual = [item for one in by_parties.get(back, ()) if case.accused != case.accuser for item in one.statements]
    for item in () if mutual else _right_after(index, case):
        found.setdefault(item.id, ("denied" if item.act == "DENY" else "answered", item))
    kinds = [*dict.fromkeys(kind for kind, _ in found.values()), *(["accuses back"] if mutual else [])]
    words = sorted((item for _, item in found.values()), key=index.order)
    return "; ".join(kinds) or "no answer in the coverage", [*words, *mutual]


def _right_after(index: Index, case: Case) -> list[Statement]:
    """Return what the accused denies, refuses or charges in the lines right after an accusation."""
    return [
        item
        for accusation in case.statements
        for item in index.by_document.get(accusation.document, [])
        if 0 <= item.span.start - accusation.span.end <= _BESIDE
        and item.act in {"DENY", "REJECT", "ACCUSE"}
        and index.side(item.speaker) == case.accused != case.accuser
    ]


def _deeds(index: Index, passages: Passages, told: _Told, deeds: Iterable[Statement]) -> list[Case]:
    """Join deeds on one issue and day; deeds of both sides told in the same words are one."""
    cases: dict[tuple[str, str], Case] = {}
    for item in deeds:
        words = f"{item.cue or ''} {item.content}"
        consents = told.consents.get((index.side(item.speaker), item.issues[0]), [])
        said = "done" in word_lists("compliance")["done"].labels(words)
        if not keeps(item) or not (said or consents) or not follows(passages, item, consents):
            continue
        mention = passages.time(item) if passages.times else None
        day = mention.resolved if mention is not None and mention.resolved else ""
        place = day or f"{item.document} {item.span.start} {item.span.end}"
        case = cases.setdefault((item.issues[0], place), Case(DONE, "", "", item.issues[0], day))
        case.statements.append(item)
    return sorted(cases.values(), key=lambda case: (case.day or "9", min(map(index.order, case.statements))))


def _deed(index: Index, passages: Passages, case: Case) -> Row:
    first = wording(index, lead(index, case.statements), case.statements)
    cells: dict[str, Cell] = dict.fromkeys((column.key for column in _COLUMNS), None)
    doers = tuple(dict.fromkeys(index.speaker(item) for item in sorted(case.statements, key=index.order)))
    cells |= {"kind": case.kind, "done_by": doers}
    return _row(index, passages, cells, case, first, case.statements)


def _row(
    index: Index, passages: Passages, cells: dict[str, Cell], case: Case, first: Statement, rest: Iterable[Statement]
) -> Row:
    dated = next(
        (item for item in case.statements if case.day and (found := passages.time(item)) and found.resolved), None
    )
    mention = passages.time(dated) if dated is not None else None
    cells |= {
        "issue": case.issue or None,
        "issue_label": index.label(case.issue) if case.issue else None,
        "when": case.day or None,
        "basis": mention.basis if mention is not None else "no date in its sentence",
        "time_words": mention.text if mention is not None else _relative(passages, case),
        "groups": index.groups(case.statements),
        "count": len(case.statements),
        "words": first.content,
        "date": index.date(first.document) or None,
    }
    everyone = {first.id: first} | {item.id: item for item in sorted(rest, key=index.order)}
    documents = tuple(dict.fromkeys(item.document for item in everyone.values()))
    return Row(cells, statements=tuple(everyone), documents=documents)


def _relative(passages: Passages, case: Case) -> str | None:
    """Return words that set the incident against something else told in its sentence: "hours later"."""
    for item in case.statements:
        place = passages.passage(item)
        hit = _LATER.search(place.text, place.sentence.start, place.sentence.end)
        if hit is not None:
            return hit.group()
    return None


def _wordings(found: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.content for item in found))
