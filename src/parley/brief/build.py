"""Record -> Brief: run the analyses, quote what they rest on, and say what was left out. No words are made here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from parley.analysis import TABLES, Row, Table, highlights
from parley.analysis.experts import COPIES
from parley.analysis.index import Index
from parley.analysis.meetings import KINDS
from parley.analysis.section import Section
from parley.analysis.words import STANCE_NAMES, act_words, modifiers
from parley.brief.articles import articles
from parley.brief.display import day, days_in_words, plural, span_of_days
from parley.brief.lineage import lineage_svg
from parley.brief.listings import listings
from parley.brief.matrix import SIGNS, matrix, parties_by_weight, title
from parley.brief.models import models
from parley.brief.quoting import Quoter
from parley.brief.sourcing import gap_blocks, method, readers, silent_issues, source_rows, status, texts
from parley.brief.speakers import speakers
from parley.brief.view import (
    AccountBlock,
    AccountCell,
    Brief,
    Event,
    ExpertEntry,
    Line,
    PositionBlock,
    PositionRow,
    ProposalBlock,
    ProposalRow,
)
from parley.records import Record, Statement

__all__ = ["build", "headline"]

T = TypeVar("T")

_MOST = {"positions": 800, "proposals": 800, "accounts": 800, "timeline": 800, "experts": 1500}
_MOST_PARTIES = 5  # of the matrix
_MOST_WORDINGS = 3


def headline(record: Record) -> tuple[str, str]:
    """Return the two lines that say what the brief covers: the documents' days, and the counts."""
    index = Index.of(record)
    days = span_of_days([index.date(item.id) for item in record.documents])
    undated = sum(1 for item in record.documents if item.date is None)
    dated = f"documents of {days}" if days else "documents without a date"
    if days and undated:
        dated += f"; {undated} without a date"
    groups = len(set(index.origin.values()))
    counts = (
        f"{plural(len(record.documents), 'document')} from {plural(groups, 'independent source')}; "
        f"{plural(len(record.statements), 'statement')}"
    )
    return (dated if record.documents else "no documents"), counts


def build(record: Record, sections: Sequence[Section] = ()) -> Brief:
    """Return everything that the brief of *record* shows, with the answers of models in *sections* if any.

    Pure: the same record and sections give an equal brief.
    """
    index = Index.of(record)
    quoter = Quoter(record, index)
    tables = {
        name: table(record) for name, table in TABLES.items() if name not in {"statements", "documents", "actors"}
    }
    cut: dict[str, str] = {}
    judgements = replace(
        tables["experts"],
        rows=tuple(row for row in tables["experts"].rows if row.cells["kind"] != "forecast"),  # these have a listing
        notes=(COPIES,),
    )
    tables["experts"] = judgements
    rows = {name: _capped(tables[name], cut) for name in _MOST}
    subtitle, counts = headline(record)
    tables["highlights"] = highlights(record)
    lines = tuple(_line(quoter, row) for row in tables["highlights"].rows)
    positions = _blocks(rows["positions"], lambda found: _positions(quoter, tables["issues"], found))
    weights = parties_by_weight(index, rows["positions"])
    parties = tuple(weights)[:_MOST_PARTIES]
    blocks = tuple(_account(quoter, found) for found in _by_issue(rows["accounts"]))
    whole = next((block for block in blocks if not block.meeting), None)
    said = speakers(record, quoter, cut)
    solved = models(sections, record, quoter)
    return Brief(
        subtitle=subtitle,
        counts=counts,
        status=status(record),
        readers=", ".join(readers(record)),
        parties=title(weights),
        lines=lines,
        matrix_parties=parties,
        matrix=matrix(positions, parties),
        positions=positions,
        speakers=said,
        proposals=_blocks(rows["proposals"], lambda found: _proposals(quoter, found)),
        sides=tuple(cell.side for cell in whole.cells) if whole else (),
        accounts=tuple(block for block in blocks if not block.comparison.startswith("one side only")),
        one_sided=_one_sided(block for block in blocks if block.comparison.startswith("one side only")),
        events=tuple(_event(quoter, row) for row in rows["timeline"] if row.statements),
        experts=_experts(quoter, rows["experts"]),
        listings=listings(tables, quoter, cut),
        models=solved,
        lineage=lineage_svg(record),
        sources=source_rows(tables["sources"]),
        gaps=gap_blocks(tables["gaps"], quoter),
        silent_issues=silent_issues(tables["issues"]),
        method=method(record, tuple(cut.values())),
        articles=articles(record, index, quoter.cited),
        anchors=quoter.anchors,
        numbers=quoter.numbers,
        listed=frozenset(entry.quote.ref.anchor for block in said for entry in block.entries),
        notes={name: table.notes for name, table in tables.items()},
        cut=cut,
    )


def _capped(table: Table, cut: dict[str, str]) -> tuple[Row, ...]:
    most = _MOST[table.name]
    if len(table.rows) <= most:
        return table.rows
    cut[table.name] = (
        f"{table.title}: the first {most:,} of {len(table.rows):,} rows are shown, in the table's order; "
        f"“parley show {table.name}” lists them all."
    )
    return table.rows[:most]


def _by_issue(rows: Sequence[Row]) -> list[list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[f"{row.cells.get('meeting') or ''}|{row.cells['issue']}"].append(row)
    return list(groups.values())


def _blocks(rows: Sequence[Row], make: Callable[[list[Row]], T]) -> tuple[T, ...]:
    return tuple(make(found) for found in _by_issue(rows))


def _line(quoter: Quoter, row: Row) -> Line:
    return Line(
        party=str(row.cells["party"]),
        does=str(row.cells["does"]),
        issue=str(row.cells["issue_label"]),
        how_far=modifiers(quoter.index.statements[row.statements[0]]),
        groups=int(str(row.cells["groups"])),
        quote=quoter.quote(row.statements[0]),
    )


def _positions(quoter: Quoter, issues: Table, found: list[Row]) -> PositionBlock:
    issue = str(found[0].cells["issue"])
    proposition = next((str(row.cells["proposition"] or "") for row in issues.rows if row.cells["id"] == issue), "")
    rows = []
    for number, row in enumerate(found, 1):
        cells = row.cells
        first = quoter.index.statements[row.statements[0]]
        others, more = quoter.refs(row.statements[1:])
        stance = str(cells["stance"])
        party, names = str(cells["party"]), texts(cells["speakers"])
        rows.append(
            PositionRow(
                anchor=f"p-{_slug(issue)}-{number}",
                party=party,
                speakers=", ".join(names) if names != (party,) else "",
                stance=STANCE_NAMES.get(stance, "acted" if stance == "acted" else "raised"),
                sign=SIGNS.get(stance, SIGNS["none"]),
                does=act_words(first),
                how_far=modifiers(first),
                date=day(str(cells["date"] or "")) or "undated",
                latest=quoter.ref(str(cells["latest"])),
                change=str(cells["change"]),
                groups=int(str(cells["groups"])),
                quote=quoter.quote(row.statements[0]),
                others=others,
                more=more,
            )
        )
    return PositionBlock(str(found[0].cells["issue_label"]), proposition, tuple(rows))


def _slug(issue: str) -> str:
    """Return the issue's id as part of an HTML id: anything but ASCII letters and digits written as code points."""
    return "".join(sign if sign.isascii() and sign.isalnum() else f"_{ord(sign):x}" for sign in issue)


def _proposals(quoter: Quoter, found: list[Row]) -> ProposalBlock:
    rows = []
    for row in found:
        cells = row.cells
        first = quoter.index.statements[row.statements[0]]
        wordings: dict[str, str] = {}
        for key in row.statements:
            wordings.setdefault(quoter.index.statements[key].content, key)
        shown = list(wordings.values())[:_MOST_WORDINGS]
        others, more = quoter.refs([key for key in row.statements if key not in shown])
        answered = ", ".join(texts(cells["answered_by"]))
        rows.append(
            ProposalRow(
                party=str(cells["party"]),
                does=act_words(first),
                to=", ".join(texts(cells["to"])),
                how_far=_qualified(quoter, row.statements),
                answered=answered,
                groups=int(str(cells["groups"])),
                date=day(str(cells["date"] or "")) or "undated",
                quotes=tuple(quoter.quote(key) for key in shown),
                others=others,
                more=more,
            )
        )
    return ProposalBlock(str(found[0].cells["issue_label"]), tuple(rows))


def _qualified(quoter: Quoter, keys: Sequence[str]) -> str:
    """Return the modifiers of all these statements, each wording once."""
    return "; ".join(dict.fromkeys(filter(None, (modifiers(quoter.index.statements[key]) for key in keys))))


def _account(quoter: Quoter, found: list[Row]) -> AccountBlock:
    cells = []
    for row in found:
        others, more = quoter.refs(row.statements[1:])
        first = row.statements[0] if row.statements else None
        cells.append(
            AccountCell(
                side=str(row.cells["side"]),
                account=str(row.cells["account"]),
                does=act_words(quoter.index.statements[first]) if first else "",
                groups=int(str(row.cells["groups"])),
                quote=quoter.quote(first) if first else None,
                others=others,
                more=more,
            )
        )
    shared = found[0].cells
    comparison = "; ".join((str(shared["comparison"]), *texts(shared["also"])))
    issue = str(shared["issue_label"] or "The accounts themselves")
    return AccountBlock(days_in_words(str(shared["meeting"] or "")), issue, comparison, tuple(cells))


def _one_sided(blocks: Iterable[AccountBlock]) -> tuple[AccountBlock, ...]:
    """Return the blocks with those made one that rest on the same words of one side: each names its issues."""
    merged: dict[object, AccountBlock] = {}
    for block in blocks:
        told = tuple((cell.side, cell.quote and cell.quote.ref, cell.others) for cell in block.cells)
        known = merged.get((block.meeting, told))
        merged[block.meeting, told] = replace(known, issue=f"{known.issue}; {block.issue}") if known else block
    return tuple(merged.values())


def _event(quoter: Quoter, row: Row) -> Event:
    others, more = quoter.refs(row.statements[1:])
    first = quoter.index.statements[row.statements[0]]
    contact = row.cells["kind"] == "contact" and row.cells["what"] in KINDS
    return Event(
        who="" if contact and texts(row.cells["participants"]) else quoter.index.speaker(first),
        when=day(str(row.cells["when"] or "")),
        basis=days_in_words(str(row.cells["basis"])),
        dated_by=str(row.cells["time_words"] or ""),
        does=_happening(row, first),
        to="" if row.cells["kind"] == "contact" else first.addressee or "",
        issue=str(row.cells["issue_label"] or ""),
        groups=int(str(row.cells["groups"])),
        quote=quoter.quote(first.id),
        others=others,
        more=more,
    )


def _happening(row: Row, first: Statement) -> str:
    """Return what happened in words: "call of A and B" for a contact, the act for everything else."""
    if row.cells["kind"] == "contact" and row.cells["what"] in KINDS:
        return f"{row.cells['what']} of {' and '.join(texts(row.cells['participants'])) or 'people not named'}"
    return act_words(first)


def _experts(quoter: Quoter, rows: Sequence[Row]) -> tuple[ExpertEntry, ...]:
    """Return the judgements, with the role of a speaker at the first of theirs."""
    entries: list[ExpertEntry] = []
    for row in rows:
        first = quoter.index.statements[row.statements[0]]
        quote = quoter.quote(first.id)
        again = bool(entries) and entries[-1].quote.speaker == quote.speaker
        entries.append(
            ExpertEntry(
                role="" if again else ", ".join(texts(row.cells["role"])),
                kind=act_words(first),
                issue=str(row.cells["issue_label"] or ""),
                quote=quote,
            )
        )
    return tuple(entries)
