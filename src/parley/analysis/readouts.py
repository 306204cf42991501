"""Two readouts beside each other: what each says on an issue, where one goes further, is silent or denies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from parley.analysis.index import HARD_ACTS, Index, lead
from parley.analysis.table import Cell, Column, Row, Table
from parley.analysis.words import STANCE_NAMES, act_words, modifiers
from parley.errors import UnknownName
from parley.records import UNRESOLVED, Document, Record, Statement

__all__ = ["COMPARISONS", "compare_readouts"]

COMPARISONS = (
    "one denies", "one goes further", "stances differ", "one is silent", "same by the codes", "both speak",
)  # fmt: skip
"""What the comparison of two accounts on one issue can come to, most telling first."""

_COLUMNS = (
    Column("issue", "Issue"),
    Column("issue_label", "Issue label"),
    Column("comparison", "Comparison"),
    Column("because", "Because"),
    Column("first", "First account"),
    Column("first_speakers", "Speakers in the first"),
    Column("first_act", "What they do"),
    Column("first_words", "Words of the first"),
    Column("second", "Second account"),
    Column("second_speakers", "Speakers in the second"),
    Column("second_act", "What they do"),
    Column("second_words", "Words of the second"),
)

# How far a consent goes. A deferral puts off, as a consent only to talk does; counter-terms consent to less.
_REACH = {("ACCEPT", "full"): 5, ("ACCEPT", "in_principle"): 4, ("ACCEPT", "willing"): 3, ("COUNTER", None): 2,
          ("ACCEPT", "procedural"): 1, ("DEFER", None): 1}  # fmt: skip
_AGREED = 5  # a consent whose degree is not coded counts only against what is plainly less
_PLAINLY_LESS = 2
_SAID = ("said", "said")


def compare_readouts(record: Record, first: str, second: str) -> Table:
    """Return one row for each issue that either of two documents speaks to, the most telling first.

    Args:
        record: a record that holds both documents.
        first: id of one document.
        second: id of the other.

    "Narrower" and "broader" are said only where the same side's consent has two degrees, or is a consent in one and
    counter-terms or a deferral in the other. Everything else that differs is left to the reader, words beside words.

    Raises:
        UnknownName: the record does not hold one of the documents, or they are one.
    """
    index = Index.of(record)
    for key in (first, second):
        if key not in index.documents:
            raise UnknownName(f"There is no document {key} in this record; name one of its {len(index.documents)}.")
    if first == second:
        raise UnknownName("The two accounts are one document; name two.")
    told: tuple[dict[str, list[Statement]], ...] = (defaultdict(list), defaultdict(list))
    for item in record.statements:
        if item.document in (first, second):
            for issue in item.issues:
                told[item.document == second][issue].append(item)
    rows = [
        _row(index, issue, told[0].get(issue, []), told[1].get(issue, [])) for issue in sorted({*told[0], *told[1]})
    ]
    rows.sort(key=lambda row: (COMPARISONS.index(str(row.cells["comparison"])), -len(row.statements)))
    pair = (index.documents[first], index.documents[second])
    one_origin = index.origin[first] == index.origin[second]
    notes = (
        f"First: {_described(index, pair[0])}. Second: {_described(index, pair[1])}.",
        "Silent: no statement on the issue was read in that account. It may still speak to it in words not recognised.",
        "Narrower and broader go by coded consent alone; scope and wording are for you to compare.",
        "Same by the codes: one side does the same thing on the issue in both; the words may differ.",
        *(("The two share their origin: one is not independent of the other.",) if one_origin else ()),
    )
    return Table("readouts", "Two accounts compared", _COLUMNS, tuple(rows), notes)


def _described(index: Index, document: Document) -> str:
    said = sum(item.document == document.id for item in index.record.statements)
    return f"{document.name}, {len(document.text):,} characters, {said} statements"


def _row(index: Index, issue: str, one: list[Statement], two: list[Statement]) -> Row:
    comparison, because, cells = _compare(index, issue, one, two)
    leads = [_lead(index, issue, found) for found in (one, two)]
    row: dict[str, Cell] = {
        "issue": issue,
        "issue_label": index.label(issue),
        "comparison": comparison,
        "because": because,
    }
    for name, cell, found, first in zip(("first", "second"), cells, (one, two), leads, strict=True):
        far = modifiers(first) if first is not None else ""
        row[name] = cell
        row[f"{name}_speakers"] = tuple(sorted({index.speaker(item) for item in found}))
        row[f"{name}_act"] = None if first is None else act_words(first) + (f" ({far})" if far else "")
        row[f"{name}_words"] = first.content if first is not None else None
    everyone = [item for item in leads if item is not None]
    everyone += [item for item in (*one, *two) if item not in everyone]
    return Row(
        row,
        statements=tuple(item.id for item in everyone),
        documents=tuple(dict.fromkeys(item.document for item in everyone)),
    )


def _lead(index: Index, issue: str, found: list[Statement]) -> Statement | None:
    if not found:
        return None
    own = [item for item in found if item.issues[:1] == (issue,)] or found
    telling = [item for item in own if item.act == "DENY"] or [item for item in own if item.act in HARD_ACTS]
    return lead(index, telling or own, issue)


def _compare(
    index: Index, issue: str, one: list[Statement], two: list[Statement]
) -> tuple[str, str | None, tuple[str, str]]:
    if not one or not two:
        return "one is silent", None, ("said", "silent") if one else ("silent", "said")
    denies = [any(item.act == "DENY" for item in found) for found in (one, two)]
    if any(denies):
        return "one denies", None, ("denies" if denies[0] else "said", "denies" if denies[1] else "said")
    ours, theirs = _by_side(index, issue, one), _by_side(index, issue, two)
    shared = sorted(ours.keys() & theirs.keys())
    for side in shared:
        if (reach := _reach(ours[side], theirs[side])) is not None:
            because = _both(side, _consents(ours[side]), _consents(theirs[side]))
            return "one goes further", because, ("broader", "narrower") if reach > 0 else ("narrower", "broader")
    for side in shared:
        stances = [{item.stance for item in found if item.stance != "none"} for found in (ours[side], theirs[side])]
        if all(stances) and stances[0].isdisjoint(stances[1]):
            return "stances differ", _both(side, _join(stances[0]), _join(stances[1])), _SAID
    same = [side for side in shared if _codes(ours[side]) & _codes(theirs[side])]
    if same:
        return "same by the codes", ", ".join(same), ("said", "same")
    return "both speak", None, _SAID


def _by_side(index: Index, issue: str, found: Iterable[Statement]) -> dict[str, list[Statement]]:
    out: dict[str, list[Statement]] = defaultdict(list)
    for item in found:
        if item.issues[:1] == (issue,) and item.speaker != UNRESOLVED:
            out[index.side(item.speaker)].append(item)
    return out


def _reaches(found: Iterable[Statement]) -> tuple[int | None, bool]:
    """Return how far the furthest consent with a coded degree goes, and whether one stands without a degree."""
    degrees = [_REACH[(item.act, item.degree)] for item in found if (item.act, item.degree) in _REACH]
    plain = any(item.act == "ACCEPT" and item.degree is None for item in found)
    return max(degrees, default=None), plain


def _reach(ours: Iterable[Statement], theirs: Iterable[Statement]) -> int | None:
    """Return the difference between two consents, positive where the first goes further; None: not to be told."""
    (one, one_plain), (two, two_plain) = _reaches(ours), _reaches(theirs)
    if one_plain and not two_plain and two is not None and two <= _PLAINLY_LESS:
        one = _AGREED
    elif two_plain and not one_plain and one is not None and one <= _PLAINLY_LESS:
        two = _AGREED
    elif one_plain or two_plain:
        return None
    return one - two or None if one is not None and two is not None else None


def _consents(found: Iterable[Statement]) -> str:
    kinds = {"ACCEPT", "COUNTER", "DEFER"}
    return " and ".join(dict.fromkeys(act_words(item) for item in found if item.act in kinds))


def _codes(found: Iterable[Statement]) -> set[tuple[str, str]]:
    return {(item.act, item.stance) for item in found}


def _join(stances: Iterable[str]) -> str:
    return " and ".join(STANCE_NAMES[stance] for stance in sorted(stances))


def _both(side: str, first: str, second: str) -> str:
    return f"{side}: {first} in the first, {second} in the second"
