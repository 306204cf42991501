"""Proposals: what was put forward, who answered, and how far."""

from __future__ import annotations

from collections import defaultdict

from parley.analysis.index import Index, lead, wording
from parley.analysis.table import Column, Row, Table
from parley.analysis.words import how_far
from parley.records import UNRESOLVED, Record, Statement

__all__ = ["ANSWERS", "PUT_FORWARD", "proposals"]

PUT_FORWARD = ("PROPOSE", "DEMAND")
ANSWERS = ("ACCEPT", "COUNTER", "CONDITION", "DEFER", "REJECT")
_ROLES = {"PROPOSE": "put forward", "DEMAND": "asked", "COUNTER": "counter-terms", "CONDITION": "answer on conditions"}
_ORDER = (*PUT_FORWARD, *ANSWERS)

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
    Column("stance", "Stance"),
    Column("date", "Latest document date"),
    Column("answered_by", "Answered by"),
    Column("groups", "Independent sources"),
    Column("count", "Statements"),
    Column("words", "Verbatim words"),
)

_Key = tuple[str, str, str, str]


def proposals(record: Record) -> Table:
    """Return one row for each issue, party, act and degree of consent among proposals, demands and answers.

    ``words`` holds every wording, latest first: different wordings of one party are kept side by side, because two
    terms on one issue may not be the same term. ``answered_by`` names other parties with an answer on the issue.
    """
    index = Index.of(record)
    sets: dict[_Key, list[Statement]] = defaultdict(list)
    weight: dict[str, int] = defaultdict(int)
    answering: dict[str, set[str]] = defaultdict(set)
    unresolved = 0
    for statement in record.statements:
        if statement.act not in _ORDER or statement.voice == "reporter":
            continue
        if statement.speaker == UNRESOLVED:
            unresolved += 1
            continue
        issue, party = (statement.issues or ("",))[0], index.side(statement.speaker)
        sets[(issue, party, statement.act, statement.degree or "")].append(statement)
        weight[issue] += 1
        if statement.act in ANSWERS:
            answering[issue].add(party)
    keys = sorted(sets, key=lambda key: (key[1], key[3]))
    keys.sort(key=lambda key: max(index.date(item.document) for item in sets[key]), reverse=True)
    keys.sort(key=lambda key: (not key[0], -weight[key[0]], key[0], _ORDER.index(key[2])))
    rows = [_row(index, key, sets[key], answering[key[0]]) for key in keys]
    notes = [
        "Answers are joined to proposals by issue, not by term: an answer on the issue may be to another proposal.",
        "How far a consent goes is shown only where the coverage says so.",
    ]
    if unresolved:
        notes.append(f"Left out because the speaker is not resolved: {unresolved} statements (see gaps).")
    return Table("proposals", "What was proposed and accepted, how far", _COLUMNS, tuple(rows), tuple(notes))


def _row(index: Index, key: _Key, found: list[Statement], answering: set[str]) -> Row:
    issue, party, act, degree = key
    first = wording(index, lead(index, found), found)
    others = sorted((item for item in found if item is not first), key=index.order, reverse=True)
    everyone = (first, *others)
    dates = [date for item in found if (date := index.date(item.document))]
    answered: tuple[str, ...] | str | None = None
    if act in PUT_FORWARD:
        answered = tuple(sorted(answering - {party})) or "no answer in the coverage"
    return Row(
        {
            "issue": issue or None,
            "issue_label": index.label(issue) if issue else "no issue coded",
            "role": _ROLES.get(act, "answer"),
            "party": party,
            "speakers": tuple(sorted({item.speaker for item in found})),
            "to": tuple(sorted({item.addressee for item in found if item.addressee})),
            "act": act,
            "degree": degree or None,
            "how_far": "; ".join(dict.fromkeys(filter(None, map(how_far, everyone)))) or None,
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
