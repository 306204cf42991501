"""Accounts: what each side is reported to say on an issue, beside what the others say, deny or leave out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from parley.analysis.index import HARD_ACTS, Index, lead, stance_of, wording
from parley.analysis.table import Column, Row, Table
from parley.analysis.words import NO_STATEMENT, how_far
from parley.records import UNRESOLVED, Record, Statement

__all__ = ["COMPARISONS", "accounts"]

COMPARISONS = ("denied", "stances differ", "consent told in different degrees", "one side only", "no difference coded")
"""What the comparison of the sides' accounts on one issue can come to, most telling first."""

_MOST_SIDES = 4

_COLUMNS = (
    Column("issue", "Issue"),
    Column("issue_label", "Issue label"),
    Column("comparison", "Comparison"),
    Column("side", "Account of"),
    Column("account", "Account"),
    Column("speakers", "Speakers"),
    Column("act", "Act"),
    Column("how_far", "How far"),
    Column("stance", "Stance"),
    Column("date", "Document date"),
    Column("groups", "Independent sources"),
    Column("count", "Statements"),
    Column("words", "Verbatim words"),
)


def accounts(record: Record) -> Table:
    """Return one row for each issue and compared side: what it said, or that the coverage holds no statement of it.

    What comes through an office or another party counts as that office's account: "the palace said that he agreed"
    is the palace's account. Rows are ordered by what the comparison comes to (see COMPARISONS).
    """
    index = Index.of(record)
    told = _told(index)
    sides = _sides(index, told)
    blocks: list[tuple[int, int, str, list[Row]]] = []
    if len(sides) > 1:
        for issue, by_side in told.items():
            present = {side: by_side[side] for side in sides if side in by_side}
            if not present:
                continue
            comparison = _compare(index, issue, present)
            rows = [_row(index, issue, comparison, side, present.get(side, [])) for side in sides]
            weight = sum(map(len, present.values()))
            blocks.append((COMPARISONS.index(comparison), -weight, issue, rows))
    blocks.sort(key=lambda block: block[:3])
    notes = (
        "Accounts are compared by issue over the whole coverage, not tied to one meeting or call.",
        "No statement in the coverage does not mean that the side said nothing.",
        "Compared are at most four sides: those with most statements; groups are no side of their own.",
        "Stances that differ are compared on each side's latest statements.",
    )
    rows = [row for block in blocks for row in block[3]]
    return Table("accounts", "Where accounts differ", _COLUMNS, tuple(rows), notes)


def _told(index: Index) -> dict[str, dict[str, list[Statement]]]:
    told: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for statement in index.record.statements:
        if statement.voice == "party" and statement.speaker != UNRESOLVED:
            for issue in statement.issues:
                told[issue][index.teller(statement)].append(statement)
    return told


def _sides(index: Index, told: Mapping[str, Mapping[str, list[Statement]]]) -> tuple[str, ...]:
    said: Counter[str] = Counter()
    for by_side in told.values():
        for side, found in by_side.items():
            said[side] += len(found)
    met: Counter[str] = Counter()
    for statement in index.record.statements:
        if statement.act == "CONSULT" and statement.voice == "party":
            for name in filter(None, (statement.speaker, statement.addressee)):
                met[index.side(name)] += 1
    kinds = {actor.name: actor.kind for actor in index.record.actors}
    pool = [side for side in said if kinds.get(side) not in ("group", "unknown")] or list(said)
    pool.sort(key=lambda side: (-said[side], -met[side], side))
    chosen = pool[:_MOST_SIDES]
    return tuple(sorted(chosen, key=lambda side: (-said[side], side)))


def _compare(index: Index, issue: str, present: Mapping[str, list[Statement]]) -> str:
    if len(present) == 1:
        return "one side only"
    if any(item.act == "DENY" for found in present.values() for item in found):
        return "denied"
    stances = {_latest_stances(index, issue, found) for found in present.values()} - {frozenset()}
    if len(stances) > 1:
        return "stances differ"
    degrees: dict[str, set[str | None]] = defaultdict(set)
    for found in present.values():
        for item in found:
            if item.act == "ACCEPT" and item.issues[:1] == (issue,):
                degrees[index.side(item.speaker)].add(item.degree)
    if any(len(seen) > 1 for seen in degrees.values()):
        return "consent told in different degrees"
    return "no difference coded"


def _latest_stances(index: Index, issue: str, found: list[Statement]) -> frozenset[str]:
    coded = [item for item in found if item.issues[:1] == (issue,) and stance_of(item) != "none"]
    latest = max((index.date(item.document) for item in coded), default="")
    return frozenset(stance_of(item) for item in coded if index.date(item.document) == latest)


def _row(index: Index, issue: str, comparison: str, side: str, found: list[Statement]) -> Row:
    cells: dict[str, str | int | tuple[str, ...] | None] = {
        "issue": issue,
        "issue_label": index.label(issue),
        "comparison": comparison,
        "side": side,
    }
    if not found:
        silent = {key.key: None for key in _COLUMNS if key.key not in cells}
        return Row({**cells, **silent, "account": NO_STATEMENT, "groups": 0, "count": 0, "speakers": ()})
    denials = [item for item in found if item.act == "DENY"]
    own = [item for item in found if item.issues[:1] == (issue,)]
    hard = [item for item in own if item.act in HARD_ACTS]
    first = lead(index, denials or hard or own or found, issue)
    quoted = wording(index, first, found, issue)
    others = sorted((item for item in found if item is not quoted), key=index.order, reverse=True)
    cells |= {
        "account": "denies" if denials else "says",
        "speakers": tuple(sorted({item.speaker for item in found})),
        "act": first.act,
        "how_far": how_far(first) or None,
        "stance": stance_of(first) if first.issues[:1] == (issue,) else "not coded",
        "date": index.date(first.document) or None,
        "groups": index.groups(found),
        "count": len(found),
        "words": quoted.content,
    }
    everyone = (quoted, *others)
    documents = tuple(dict.fromkeys(item.document for item in everyone))
    return Row(cells, statements=tuple(item.id for item in everyone), documents=documents)
