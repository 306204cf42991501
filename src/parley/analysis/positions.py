"""Positions: what each party wants on each issue, latest first, and whether that changed."""

from __future__ import annotations

from collections import Counter, defaultdict

from parley.analysis.doubt import leave_out_doubtful
from parley.analysis.index import HARD_ACTS, Index, lead, stance_of, wording
from parley.analysis.silence import withholds
from parley.analysis.table import Column, Row, Table
from parley.analysis.words import how_far
from parley.records import UNRESOLVED, Record, Statement

__all__ = ["holds_position", "positions"]

_COLUMNS = (
    Column("issue", "Issue"),
    Column("issue_label", "Issue label"),
    Column("party", "Party"),
    Column("speakers", "Speakers"),
    Column("stance", "Stance"),
    Column("act", "Act"),
    Column("how_far", "How far"),
    Column("date", "Document date"),
    Column("since", "Same stance since"),
    Column("change", "Compared with before"),
    Column("groups", "Independent sources"),
    Column("count", "Statements"),
    Column("words", "Verbatim words"),
    Column("document", "Document"),
    Column("told_by", "Told by"),
    Column("latest", "Latest statement"),
)


def holds_position(statement: Statement) -> bool:
    """Tell whether a statement shows what its party wants: a party's, with an act on a term or a coded stance.

    To give no answer or comment shows nothing.
    """
    return (
        statement.voice == "party"
        and statement.speaker != UNRESOLVED
        and (statement.act in HARD_ACTS or statement.stance != "none")
        and not withholds(statement)
    )


@leave_out_doubtful
def positions(record: Record) -> Table:
    """Return one row for each issue and party that took a position on it.

    Offices and persons count under the side that ``Actor.belongs_to`` names; the speakers stay visible. The latest
    position is that of the latest document date, from statements on the issue itself where there are any: a stance is
    what a party says or decides, its deeds alone are "acted". Rows are ordered by issue (most statements first), then
    latest first, parties with a single statement last. The first statement of a row is the one quoted.
    """
    index = Index.of(record)
    held: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    unresolved = 0
    for statement in record.statements:
        if statement.voice == "party" and statement.speaker == UNRESOLVED:
            unresolved += 1
        if holds_position(statement):
            for issue in statement.issues:
                held[issue][index.side(statement.speaker)].append(statement)
    rows: list[Row] = []
    for issue in sorted(held, key=lambda key: (-sum(map(len, held[key].values())), key)):
        block = [_row(index, issue, party, found) for party, found in held[issue].items()]
        block.sort(key=lambda row: str(row.cells["party"]))
        block.sort(key=lambda row: str(row.cells["date"] or ""), reverse=True)
        block.sort(key=lambda row: row.cells["count"] == 1)
        rows += block
    notes = [
        "Latest goes by the document's date: a statement may be older than the article that reports it.",
        "A stance is coded for a statement's first issue only; on its further issues the table says so.",
        "A stance is what a party says or decides. Where the coverage has only its deeds, it acted: why is not known.",
        "Copies of one origin are not a reiteration: earlier statements count only from another origin.",
        "Quoted are the latest words, or unaltered ones of the same act and stance where the latest were translated.",
        "A party's silence is not shown here; see where accounts differ.",
    ]
    if unresolved:
        notes.append(f"Left out because the speaker is not resolved: {unresolved} party statements (see gaps).")
    return Table("positions", "Positions", _COLUMNS, tuple(rows), tuple(notes))


def _row(index: Index, issue: str, party: str, found: list[Statement]) -> Row:
    own = [item for item in found if item.issues[:1] == (issue,)]
    hard, said = [item for item in own if item.act in HARD_ACTS], [item for item in own if item.act != "DO"]
    first = lead(index, hard or said or own or found, issue)
    quoted = wording(index, first, found, issue)
    document = index.documents.get(quoted.document)
    others = sorted((item for item in found if item is not quoted), key=index.order, reverse=True)
    main = bool(own)
    date = index.date(first.document)
    return Row(
        {
            "issue": issue,
            "issue_label": index.label(issue),
            "party": party,
            "speakers": tuple(sorted({item.speaker for item in found})),
            "stance": "not coded" if not main else stance_of(first) if said else "acted",
            "act": first.act,
            "how_far": how_far(first) or None,
            "date": date or None,
            "since": _since(index, issue, own) if main else None,
            "change": _change(index, issue, found, first),
            "groups": index.groups(found),
            "count": len(found),
            "words": quoted.content,
            "document": document.name if document is not None else quoted.document,
            "told_by": _tellers(index, found),
            "latest": first.id,
        },
        statements=(quoted.id, *(item.id for item in others)),
        documents=tuple(dict.fromkeys(item.document for item in (quoted, *others))),
    )


def _tellers(index: Index, found: list[Statement]) -> tuple[str, ...]:
    """Return through whom the statements come, each with how many: an office, an expert, or the article by itself."""
    tellers: Counter[str] = Counter()
    for item in found:
        own = index.side(item.speaker) != item.speaker and item.speaker in index.actors
        office = own and index.actors[item.speaker].kind == "office"
        tellers[item.via[0] if item.via else item.speaker if office else "the article"] += 1
    return tuple(f"{name} ({count})" for name, count in sorted(tellers.items(), key=lambda pair: (-pair[1], pair[0])))


def _stances(found: list[Statement], issue: str) -> frozenset[str]:
    said = (item for item in found if item.issues[:1] == (issue,) and item.act != "DO")
    return frozenset(map(stance_of, said)) - {"none"}


def _by_day(index: Index, found: list[Statement]) -> dict[str, list[Statement]]:
    days: dict[str, list[Statement]] = defaultdict(list)
    for item in found:
        if day := index.date(item.document):
            days[day].append(item)
    return days


def _since(index: Index, issue: str, found: list[Statement]) -> str | None:
    days = _by_day(index, found)
    if not days:
        return None
    since = max(days)
    stance = _stances(days[since], issue)
    if not stance:
        return None
    for day in sorted(days, reverse=True):
        coded = _stances(days[day], issue)
        if coded and coded != stance:
            break
        if coded:
            since = day
    return since


def _change(index: Index, issue: str, found: list[Statement], first: Statement) -> str:
    latest = index.date(first.document)
    if not latest:
        return "not compared: no dates" if len(found) > 1 else "one statement, undated"
    today = [item for item in found if index.date(item.document) == latest]
    origins = {index.origin.get(item.document, item.document) for item in today}
    before = [
        item
        for item in found
        if "" < index.date(item.document) < latest and index.origin.get(item.document, item.document) not in origins
    ]
    now = _stances(today, issue)
    if not before:
        if any("reiterated" in item.modifiers for item in today):
            return "reiterated, as the coverage says"
        return "stances differ on one day" if len(now) > 1 else "first seen"
    days = _by_day(index, before)
    past = next((coded for day in sorted(days, reverse=True) if (coded := _stances(days[day], issue))), frozenset())
    if not now or not past:
        return "not compared: no stance coded"
    if now == past:
        return "reiterated"
    if now & past:
        return f"partly changed: {_words(past)}, now {_words(now)}"
    return f"changed: {_words(past)}, now {_words(now)}"


def _words(stances: frozenset[str]) -> str:
    names = {"for": "for", "against": "against", "conditional": "on conditions"}
    return " and ".join(names[stance] for stance in ("for", "conditional", "against") if stance in stances)
