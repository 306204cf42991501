"""Figures: every quantity in the coverage as it was written, what it comes to, of what time, and who gives it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter

from parley.analysis.index import Index
from parley.analysis.quantities import Quantity, find_quantities
from parley.analysis.sentences import sentence_starts
from parley.analysis.table import Column, Row, Table
from parley.records import Document, Furniture, Record, Span, Statement, TimeMention

__all__ = ["figures"]

_COLUMNS = (
    Column("figure", "Figure as written"),
    Column("kind", "Kind"),
    Column("low", "From"),
    Column("high", "To"),
    Column("unit", "Unit"),
    Column("about", "How near"),
    Column("reading", "How the number was read"),
    Column("period", "Time named beside it"),
    Column("period_date", "That time"),
    Column("who", "Who says"),
    Column("issue_label", "Issue"),
    Column("words", "Verbatim words"),
    Column("groups", "Independent sources"),
    Column("count", "Mentions"),
    Column("outlet", "Outlet"),
    Column("date", "Document date"),
)

_NEST = 12  # statements that may begin before a figure and still cover it
_APART = re.compile(r"[,;:!?\n]|\.(?!\d)")
_BY_PLACE = attrgetter("span.start", "span.end")
_NEAR = 110  # characters after a figure in which a time belongs to it


@dataclass(frozen=True, slots=True)
class _Mention:
    quantity: Quantity
    document: Document
    statement: Statement | None
    time: TimeMention | None
    sentence: Span


def figures(record: Record) -> Table:
    """Return one row for each quantity on one issue, however often it is given; the articles' own order, by document.

    Figures stand in the articles outside furniture, not only in statements: where no statement covers one, the article
    gives it and the row rests on the document alone. Numbers inside a date are not figures.
    """
    index = Index.of(record)
    statements, furniture, times = defaultdict(list), defaultdict(list), defaultdict(list)
    for item in record.statements:
        statements[item.document].append(item)
    for piece in record.furniture:
        furniture[piece.document].append(piece)
    for mention in record.times:
        times[mention.document].append(mention)
    translated = {item.document for item in record.derivations if item.kind == "machine translation"}
    rows: dict[tuple[object, ...], list[_Mention]] = defaultdict(list)
    for document in record.documents:
        for found in _in_document(
            document,
            statements[document.id],
            furniture[document.id],
            times[document.id],
            translated=document.id in translated or document.id in index.altered_documents,
        ):
            rows[_key(found)].append(found)
    notes = (
        "A figure is shown as written and as the number that it comes to; nothing is converted from unit to unit.",
        "Who says is the speaker of the statement in which it stands; the figure may be another's.",
        "The time beside a figure follows it without a comma or stop between, and may still belong to something else.",
        "One row holds equal figures on one issue: they may count different things, or be a rate and a total.",
        "Quantities without a number (several months) are not listed.",
    )
    return Table("figures", "Figures", _COLUMNS, tuple(_row(index, found) for found in rows.values()), notes)


def _in_document(
    document: Document,
    statements: list[Statement],
    furniture: list[Furniture],
    times: list[TimeMention],
    *,
    translated: bool,
) -> list[_Mention]:
    quantities = list(find_quantities(document.text, translated=translated))
    if not quantities:
        return []
    barred = _joined([*(piece.span for piece in furniture), *(item.span for item in times)])
    barred_at = [span.start for span in barred]
    dates = sorted(times, key=_BY_PLACE)
    dates_at = [item.span.start for item in dates]
    held = sorted(statements, key=_BY_PLACE)
    held_at = [item.span.start for item in held]
    starts = sentence_starts(document.text)
    out = []
    for quantity in quantities:
        at, end = quantity.span.start, quantity.span.end
        place = bisect_left(barred_at, end)
        if place and barred[place - 1].end > at:
            continue
        place = bisect_right(starts, at)
        sentence = Span(starts[place - 1], starts[place] if place < len(starts) else len(document.text))
        place = bisect_right(held_at, at)
        covering = [item for item in held[max(0, place - _NEST) : place] if item.span.contains(quantity.span)]
        statement = min(covering, key=lambda item: (item.span.end - item.span.start, item.span.start), default=None)
        place = bisect_left(dates_at, end)  # the first time named after the figure
        time = dates[place] if place < len(dates) else None
        if time is not None and (time.span.start - end > _NEAR or _APART.search(document.text, end, time.span.end)):
            time = None
        out.append(_Mention(quantity, document, statement, time, sentence))
    return out


def _joined(spans: list[Span]) -> list[Span]:
    """Return the spans in order with those that touch made one."""
    out: list[Span] = []
    for span in sorted(spans, key=attrgetter("start", "end")):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def _key(found: _Mention) -> tuple[object, ...]:
    quantity, statement = found.quantity, found.statement
    issue = statement.issues[0] if statement is not None and statement.issues else ""
    noun = quantity.unit.rsplit(" ", 1)[-1].lower().rstrip("s")
    return (quantity.kind, quantity.low, quantity.high, quantity.about, noun, issue)


def _row(index: Index, found: list[_Mention]) -> Row:
    first = next((item for item in found if item.statement is not None), found[0])
    quantity, statement = first.quantity, first.statement
    statements = tuple(dict.fromkeys(item.statement.id for item in (first, *found) if item.statement is not None))
    documents = tuple(dict.fromkeys(item.document.id for item in (first, *found)))
    sentence = first.sentence.of(first.document.text).strip()
    time = next((item.time for item in (first, *found) if item.time is not None), None)
    return Row(
        {
            "figure": tuple(dict.fromkeys(item.quantity.text for item in (first, *found))),
            "kind": quantity.kind,
            "low": _whole(quantity.low),
            "high": _whole(quantity.high),
            "unit": quantity.unit or None,
            "about": quantity.about or None,
            "reading": quantity.reading or None,
            "period": time.text if time is not None else None,
            "period_date": time.resolved if time is not None else None,
            "who": tuple(sorted({_who(index, item) for item in found})),
            "issue_label": index.label(statement.issues[0]) if statement is not None and statement.issues else None,
            "words": statement.content if statement is not None else sentence,
            "groups": len({index.origin[item.document.id] for item in found}),
            "count": len(found),
            "outlet": index.outlet(first.document.id),
            "date": index.date(first.document.id) or None,
        },
        statements=statements,
        documents=documents,
    )


def _who(index: Index, found: _Mention) -> str:
    return index.speaker(found.statement) if found.statement is not None else "the article (no statement read)"


def _whole(number: float) -> int | float:
    rounded = round(number, 6)
    return int(rounded) if rounded.is_integer() else rounded
