"""What changed between two dossiers, or since a day: new positions, moves, consents, denials, forecasts due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from parley.analysis.forecasts import forecasts
from parley.analysis.index import HARD_ACTS, Index, lead, wording
from parley.analysis.positions import holds_position
from parley.analysis.table import Cell, Column, Row, Table
from parley.analysis.words import DEGREE_NAMES, STANCE_NAMES
from parley.records import UNRESOLVED, Record, Statement

__all__ = ["KINDS", "changes", "since"]

KINDS = ("moved", "consent", "denial", "new position", "forecast due")
"""The kinds of change, most telling first."""

_COLUMNS = (
    Column("change", "Change"),
    Column("issue", "Issue"),
    Column("issue_label", "Issue label"),
    Column("party", "Party"),
    Column("speakers", "Speakers"),
    Column("before", "Before"),
    Column("now", "Now"),
    Column("date", "Document date"),
    Column("words", "Verbatim words"),
    Column("earlier_words", "Earlier words"),
    Column("comes_from", "Comes from"),
    Column("groups", "Independent sources"),
    Column("count", "Statements"),
)

_UNREAL = frozenset({"hypothetical", "negated"})
_NEW, _ANEW = "a new document", "another reading of a document held before"
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Split:
    """One record parted into what was there before and what is fresh, and the days between which forecasts fall due."""

    index: Index
    before: tuple[Statement, ...]
    fresh: tuple[Statement, ...]
    held: frozenset[str]  # ids of documents that were there before
    after: str  # forecasts due after this day
    until: str  # and until this one


def changes(old: Record, new: Record, *, until: str | None = None) -> Table:
    """Return what *new* holds that *old* did not, by the ids of statements; names and issues are those of *new*.

    Args:
        old: the earlier record.
        new: the later record, usually of the same dossier after more was read.
        until: forecasts are due up to this ISO day; the latest document's day in *new* unless given.

    A document that was read anew (by another reader) has fresh statements too; their rows say so.
    """
    known = {item.id for item in old.statements}
    split = _Split(
        index=Index.of(new),
        before=tuple(item for item in new.statements if item.id in known),
        fresh=tuple(item for item in new.statements if item.id not in known),
        held=frozenset(document.id for document in old.documents),
        after=_latest(old),
        until=until or _latest(new),
    )
    gone = len(known - {item.id for item in new.statements})
    added = len({document.id for document in new.documents} - split.held)
    notes = [f"New documents: {added}; statements that the earlier dossier did not hold: {len(split.fresh)}."]
    if gone:
        notes.append(f"Statements of the earlier dossier that are no longer read, and compared with nothing: {gone}.")
    return _table(split, notes)


def since(record: Record, day: str, *, until: str | None = None) -> Table:
    """Return what documents of *day* (ISO) or later brought, against those before it.

    Statements of undated documents are on neither side, and the notes count them. *until*: see :func:`changes`.
    """
    index = Index.of(record)
    dated = [item for item in record.statements if index.date(item.document)]
    split = _Split(
        index=index,
        before=tuple(item for item in dated if index.date(item.document) < day),
        fresh=tuple(item for item in dated if index.date(item.document) >= day),
        held=frozenset(d.id for d in record.documents if "" < index.date(d.id) < day),
        after=max((d for d in map(index.date, index.documents) if d < day), default=""),
        until=until or _latest(record),
    )
    share = f"{len(split.fresh)} of {len(record.statements)}"
    notes = [f"Since {day}: statements of documents of that day or later, {share}."]
    if left := len(record.statements) - len(dated):
        notes.append(f"Left out because their documents have no date: {left} statements (see gaps).")
    return _table(split, notes)


def _latest(record: Record) -> str:
    return max((document.date.value for document in record.documents if document.date is not None), default="")


def _table(split: _Split, notes: list[str]) -> Table:
    rows = [*_positions(split), *_consents(split), *_denials(split), *_due(split)]
    rows.sort(key=_place)
    notes += [
        "New to the coverage is not always new: a party may have said it before where nobody reported it.",
        "A move is another stance coded on the same main issue, and not of an earlier day; the terms may differ.",
        "Fallen due is judged by the days in the forecasts' own words; those with a recorded outcome are left out.",
    ]
    return Table("changes", "What changed", _COLUMNS, tuple(rows), tuple(notes))


def _place(row: Row) -> tuple[int, str, str]:
    cells = row.cells
    return (KINDS.index(str(cells["change"])), str(cells["issue"] or "~"), str(cells["party"]))


def _by_party(index: Index, statements: Iterable[Statement]) -> dict[_Key, list[Statement]]:
    found: dict[_Key, list[Statement]] = defaultdict(list)
    for item in statements:
        real = "hypothetical" not in item.modifiers
        if holds_position(item) and item.issues and real:
            found[(item.issues[0], index.side(item.speaker))].append(item)
    return found


def _stances(index: Index, found: Iterable[Statement]) -> tuple[frozenset[str], str]:
    """Return the stances coded on the latest day that has one, and that day."""
    coded = [item for item in found if item.stance != "none"]
    day = max((index.date(item.document) for item in coded), default="")
    return frozenset(item.stance for item in coded if index.date(item.document) == day), day


def _positions(split: _Split) -> list[Row]:
    earlier, later = _by_party(split.index, split.before), _by_party(split.index, split.fresh)
    rows = []
    for (issue, party), fresh in later.items():
        past, past_day = _stances(split.index, earlier.get((issue, party), ()))
        now, day = _stances(split.index, fresh)
        if (issue, party) not in earlier and all(map(_consents_to, fresh)):
            continue  # shown as a consent
        if (issue, party) not in earlier:
            none = "no position in the coverage"
            rows.append(_row(split, "new position", issue, party, fresh, (), none, _named(now)))
        elif past and now and past != now and day >= past_day:
            own = [item for item in fresh if item.stance in now - past]
            old = [item for item in earlier[(issue, party)] if item.stance in past]
            if own:
                rows.append(_row(split, "moved", issue, party, own, old, _named(past), _named(now)))
    return rows


def _named(stances: frozenset[str]) -> str:
    return " and ".join(STANCE_NAMES[stance] for stance in ("for", "conditional", "against") if stance in stances) or (
        "no stance coded"
    )


def _consents(split: _Split) -> list[Row]:
    earlier: dict[_Key, list[Statement]] = defaultdict(list)
    for item in split.before:
        if _consents_to(item):
            earlier[(item.issues[0], split.index.side(item.speaker))].append(item)
    later: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for item in split.fresh:
        if _consents_to(item):
            later[(item.issues[0], split.index.side(item.speaker), item.degree or "")].append(item)
    rows = []
    for (issue, party, degree), fresh in later.items():
        past = earlier.get((issue, party), [])
        degrees = dict.fromkeys(item.degree or "" for item in past)
        if degree not in degrees:
            before = "; ".join(_degree(name) for name in degrees) if past else "no consent in the coverage"
            rows.append(_row(split, "consent", issue, party, fresh, past, before, _degree(degree)))
    return rows


def _consents_to(item: Statement) -> bool:
    said = item.act == "ACCEPT" and item.voice == "party" and item.speaker != UNRESOLVED
    return said and bool(item.issues) and _UNREAL.isdisjoint(item.modifiers)


def _degree(degree: str) -> str:
    return DEGREE_NAMES.get(degree, degree) if degree else "consent, degree not coded"


def _denials(split: _Split) -> list[Row]:
    found: dict[_Key, list[Statement]] = defaultdict(list)
    for item in split.fresh:
        if item.act == "DENY" and item.voice == "party" and item.speaker != UNRESOLVED:
            found[((item.issues or ("",))[0], split.index.side(item.speaker))].append(item)
    return [_row(split, "denial", issue, party, fresh, (), None, "denies") for (issue, party), fresh in found.items()]


def _row(
    split: _Split,
    change: str,
    issue: str,
    party: str,
    fresh: list[Statement],
    past: Iterable[Statement],
    before: str | None,
    now: str,
) -> Row:
    index = split.index
    first = lead(index, [item for item in fresh if item.act in HARD_ACTS] or fresh, issue)
    quoted = wording(index, first, fresh, issue)
    others = sorted((item for item in fresh if item is not quoted), key=index.order, reverse=True)
    earlier = sorted(past, key=index.order, reverse=True)
    everyone = (quoted, *others, *earlier)
    cells: dict[str, Cell] = {
        "change": change,
        "issue": issue or None,
        "issue_label": index.label(issue) if issue else None,
        "party": party,
        "speakers": tuple(sorted({item.speaker for item in fresh})),
        "before": before,
        "now": now,
        "date": index.date(first.document) or None,
        "words": quoted.content,
        "earlier_words": earlier[0].content if earlier else None,
        "comes_from": _ANEW if all(item.document in split.held for item in fresh) else _NEW,
        "groups": index.groups(fresh),
        "count": len(fresh),
    }
    return Row(
        cells,
        statements=tuple(item.id for item in everyone),
        documents=tuple(dict.fromkeys(item.document for item in everyone)),
    )


def _due(split: _Split) -> list[Row]:
    index, rows = split.index, []
    for row in forecasts(index.record).rows:
        due, item = row.cells["due"], index.statements[row.statements[0]]
        if not isinstance(due, str) or not split.after < due <= split.until or row.cells["outcome"] is not None:
            continue
        cells: dict[str, Cell] = {
            "change": "forecast due",
            "issue": item.issues[0] if item.issues else None,
            "issue_label": row.cells["issue_label"],
            "party": row.cells["forecaster"],
            "speakers": (item.speaker,),
            "before": f"forecast of {row.cells['date']}" if row.cells["date"] else "forecast",
            "now": f"due {due}, no outcome recorded",
            "date": row.cells["date"],
            "words": item.content,
            "earlier_words": None,
            "comes_from": None,
            "groups": row.cells["groups"],
            "count": 1,
        }
        rows.append(Row(cells, statements=row.statements, documents=row.documents))
    return rows
