"""The brief's tables of what follows from statements: concessions, compliance, leverage, forecasts, questions, figures.

Each is one compact listing: who, what with a few fields, and the words. What the program inferred stands apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from parley.analysis import Row, Table
from parley.brief.display import day, days_in_words, plural, quoted
from parley.brief.quoting import Quoter
from parley.brief.sourcing import texts
from parley.brief.view import Listing, ListingRow, Quote

__all__ = ["MOST_ROWS", "listings"]

MOST_ROWS = 150
"""Rows of one listing in a brief; `parley show` lists them all."""
_MOST_NAMES = 5
_NOT_CARRIED_OUT = ("no report in the coverage", "not followed for the conduct of talks")

_Fields = tuple[tuple[str, str], ...]


def listings(tables: Mapping[str, Table], quoter: Quoter, cut: dict[str, str]) -> tuple[Listing, ...]:
    """Return the listings in the brief's order; *cut* is told what is left out."""
    return tuple(_listing(tables[name], quoter, cut, kind) for name, kind in _KINDS.items())


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one listing's rows are made, what to say where it has none, its caption and the heads of its columns."""

    make: Callable[[Row, Quoter], ListingRow]
    empty: str
    caption: str
    heads: tuple[str, str, str] = ("Who", "What", "Words")


def _listing(table: Table, quoter: Quoter, cut: dict[str, str], kind: _Kind) -> Listing:
    rows = table.rows[:MOST_ROWS]
    if len(table.rows) > MOST_ROWS:
        cut[table.name] = (
            f"{table.title}: the first {MOST_ROWS:,} of {len(table.rows):,} rows are shown, in the table's order; "
            f"“parley show {table.name}” lists them all."
        )
    return Listing(
        table.name, table.title, tuple(kind.make(row, quoter) for row in rows), kind.empty, kind.caption, kind.heads
    )


def _row(
    row: Row,
    quoter: Quoter,
    *,
    who: str,
    what: str,
    about: str = "",
    fields: _Fields = (),
    inferred: Sequence[str] = (),
) -> ListingRow:
    keys = [key for key in row.statements if key in quoter.index.statements]
    quotes: tuple[Quote, ...] = ()
    said = ""
    if keys:
        quotes = (quoter.quote(keys[0]),)
    else:
        words = texts(row.cells.get("words"))
        said = quoted(words[0]) if words else ""
    others, more = quoter.refs(keys[1:])
    return ListingRow(
        who=who,
        what=what,
        about=about,
        fields=tuple((name, words) for name, words in fields if words),
        inferred=tuple(map(days_in_words, filter(None, inferred))),
        quotes=quotes,
        said=said,
        article=quoter.index.numbers.get(row.documents[0], 0) if not keys and row.documents else 0,
        others=others,
        more=more,
    )


def _cell(row: Row, key: str) -> str:
    return ", ".join(texts(row.cells.get(key)))


def _few(row: Row, key: str, most: int = _MOST_NAMES) -> str:
    found = list(dict.fromkeys(texts(row.cells.get(key))))
    return ", ".join(found[:most]) + (f" and {len(found) - most} more" if len(found) > most else "")


def _concession(row: Row, quoter: Quoter) -> ListingRow:
    cells = row.cells
    before = [
        f"{kind}, told by {by}" for kind, by in zip(texts(cells["baseline"]), texts(cells["baseline_by"]), strict=False)
    ]
    judged: dict[str, list[str]] = {}
    for judgement, judge in zip(texts(cells["judgements"]), texts(cells["judges"]), strict=False):
        judged.setdefault(judgement, []).append(judge)
    fields = (
        ("agreed or offered", "; ".join(filter(None, (_cell(row, "kind"), _cell(row, "how_far"))))),
        ("before", "; ".join(dict.fromkeys(before))),
        ("gains, as stated", quoted(texts(cells["benefit_words"])[0]) if texts(cells["benefit_words"]) else ""),
        ("cost, as stated", quoted(texts(cells["cost_words"])[0]) if texts(cells["cost_words"]) else ""),
        ("in return", _unless(_cell(row, "reciprocated"), "not told")),
        ("carried out", _unless(_cell(row, "carried_out"), *_NOT_CARRIED_OUT)),
        ("judged", "; ".join(f"{kind}: {', '.join(dict.fromkeys(by))}" for kind, by in judged.items())),
    )  # fmt: skip
    to = _cell(row, "to")
    return _row(
        row, quoter, who=str(cells["giver"]) + (f" → {to}" if to else ""), what=str(cells["issue_label"]),
        about=_groups(row), fields=fields, inferred=(f"{cells['verdict']}: {cells['because']}",),
    )  # fmt: skip


def _unless(words: str, *dull: str) -> str:
    return "" if words in dull else words


def _groups(row: Row) -> str:
    return plural(int(str(row.cells.get("groups") or 0)), "independent source")


def _compliance(row: Row, quoter: Quoter) -> ListingRow:
    cells = row.cells
    who = _cell(row, "done_by") or f"{cells['accuser']} → {cells['accused']}"
    basis = days_in_words(str(cells["basis"]))
    when = f"{day(str(cells['when']))} ({basis})" if cells["when"] else _cell(row, "time_words")
    by = _few(row, "ladder_by")
    fields = (
        ("when", when),
        ("how far settled", f"{_cell(row, 'ladder')}{f' by {by}' if by else ''}"),
        ("answer", _unless(_cell(row, "answer"), "no answer in the coverage")),
    )
    in_force = _cell(row, "in_force")
    return _row(
        row, quoter, who=who, what=f"{cells['kind']}: {cells['issue_label'] or 'no issue coded'}", about=_groups(row),
        fields=fields, inferred=(f"in force then: {in_force}" if in_force else "",),
    )  # fmt: skip


def _leverage(row: Row, quoter: Quoter) -> ListingRow:
    cells = row.cells
    to = _cell(row, "to")
    credibility: dict[str, list[str]] = {}
    for judgement, judge in zip(texts(cells["judgements"]), texts(cells["judges"]), strict=False):
        credibility.setdefault(judgement, []).append(judge)
    fields = (
        ("said by", _few(row, "said_by")),
        ("from", day(_cell(row, "since"))),
        ("until", day(_cell(row, "until"))),
        ("time named", _few(row, "time_words")),
        ("condition", _few(row, "condition", 2)),
        ("otherwise said by", _few(row, "contrary_by")),
        ("credibility", "; ".join(f"{kind}: {', '.join(dict.fromkeys(by))}" for kind, by in credibility.items())),
    )
    return _row(
        row, quoter, who=str(cells["party"]) + (f" → {to}" if to else ""), what=f"{cells['kind']}: {cells['what']}",
        about=_few(row, "issue_label", 3), fields=fields,
    )  # fmt: skip


def _forecast(row: Row, quoter: Quoter) -> ListingRow:
    cells = row.cells
    horizon = _cell(row, "horizon_words")
    if cells["due"]:
        horizon += f" ({day(str(cells['due']))})"
    outcome = _cell(row, "outcome")
    fields = (
        ("horizon", horizon),
        ("likelihood", _cell(row, "likelihood")),
        ("condition", _cell(row, "condition")),
        ("outcome", f"{outcome}, decided by {cells['resolved_by']}" if outcome else ""),
        ("later coverage", _few(row, "may_bear_on_it", 1)),
    )
    band = f"{cells['band']}: {cells['band_basis']}" if cells["band"] else ""
    why = str(cells["why"])
    judge = {"yes": "can be judged", "no": "cannot be judged"}.get(
        str(cells["resolvable"]), "can be judged if its condition holds"
    )
    return _row(
        row, quoter, who=str(cells["forecaster"]), what=_cell(row, "issue_label") or "no issue coded",
        about=_cell(row, "interest") or _cell(row, "role"), fields=fields,
        inferred=(band, why if why.startswith("can be judged") else f"{judge}: {why}"),
    )  # fmt: skip


def _question(row: Row, quoter: Quoter) -> ListingRow:
    cells = row.cells
    fields = (
        ("told by", quoted(str(cells["telling_words"])) if cells["telling_words"] else ""),
        ("may be answered by", _few(row, "may_be_answered_by", 1)),
    )
    return _row(
        row, quoter, who=str(cells["raised_by"]), what=f"{cells['kind']}: {cells['issue_label'] or 'no issue coded'}",
        fields=fields, inferred=(str(cells["status"]),),
    )  # fmt: skip


def _figure(row: Row, quoter: Quoter) -> ListingRow:
    cells = row.cells
    low, high = cells["low"], cells["high"]
    number = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    period = _cell(row, "period") + (f" ({day(str(cells['period_date']))})" if cells["period_date"] else "")
    return _row(
        row, quoter, who=_few(row, "figure", 3),
        what=_cell(row, "issue_label") or ("no issue coded" if row.statements else "no statement read there"),
        about=_few(row, "who", 3), fields=(("how near", _cell(row, "about")), ("period", period)),
        inferred=(f"{number} {cells['unit'] or ''}".strip(), _cell(row, "reading")),
    )  # fmt: skip


def _restored(row: Row, quoter: Quoter) -> ListingRow:
    cells = row.cells
    words, restored = quoted(str(cells["words"])), quoted(str(cells["restored"]))
    inferred = (f"{restored}, {cells['confidence']}: {cells['because']}",)
    bare = Row({**cells, "words": None}, documents=row.documents)
    return _row(bare, quoter, who=str(cells["document_name"]), what=words, about=str(cells["kind"]), inferred=inferred)


_KINDS = {
    "concessions": _Kind(
        _concession,
        "Nothing that a party agreed to, offered or gave up was read in the coverage.",
        "What each party gave, by issue; what most statements tell of first",
    ),
    "compliance": _Kind(
        _compliance,
        "No accusation of a breach and nothing carried out was read in the coverage.",
        "Accusations by incident and accuser, then what was carried out",
    ),
    "leverage": _Kind(
        _leverage,
        "Nothing on time, strength, threats, inducements or tactics was read in the coverage.",
        "What is said of each side, whoever says it",
    ),
    "forecasts": _Kind(_forecast, "No forecast was read in the coverage.", "In the order of the documents"),
    "questions": _Kind(
        _question,
        "No open question and no gap was read in the coverage.",
        "What is asked, said to be unknown or withheld, in the order of the documents",
    ),
    "figures": _Kind(
        _figure,
        "No figure was read in the coverage.",
        "Every quantity once an issue, in the order of the articles",
        ("Figure", "What it comes to", "Words"),
    ),
    "restorations": _Kind(
        _restored,
        "No document of the coverage is known to be reworded or translated.",
        "By document and place; restored words are nobody’s quotation",
        ("Document", "Its words, and what may have stood there", "Where"),
    ),
}
