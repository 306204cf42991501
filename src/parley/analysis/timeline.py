"""Timeline: dated deeds, contacts and answers, each with the words that date it and how the date was had."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict

from parley.analysis.index import Index, lead
from parley.analysis.sentences import sentence_starts
from parley.analysis.table import Column, Row, Table
from parley.records import UNRESOLVED, Record, Span, Statement, TimeMention

__all__ = ["EVENTS", "mention_for", "timeline"]

EVENTS = frozenset(
    {"DO", "CONSULT", "ACCEPT", "REJECT", "COUNTER", "CONCEDE", "DEFER", "PROPOSE", "THREATEN", "ACCUSE"}
)
"""Acts that happen at a time and can stand in a chronology."""

_COLUMNS = (
    Column("when", "When"),
    Column("basis", "How the date is known"),
    Column("time_words", "Words that date it"),
    Column("act", "Act"),
    Column("who", "Who"),
    Column("to", "With or to"),
    Column("issue_label", "Issue"),
    Column("groups", "Independent sources"),
    Column("count", "Statements"),
    Column("words", "Verbatim words"),
    Column("outlet", "Outlet"),
    Column("reported", "Document date"),
)

_BESIDE = re.compile(r"\b(?:before|after|since|until|till|ahead of|following|prior to)\b[^,;:.!?—\n]{0,60}$", re.I)

_Key = tuple[str, str, tuple[str, ...], str]


def mention_for(statement: Statement, mentions: list[TimeMention], starts: list[int]) -> TimeMention | None:
    """Return the time mention that dates a statement: in its sentence, inside its span first, else the nearest."""
    low = starts[bisect_right(starts, statement.span.start) - 1]
    after = bisect_left(starts, max(statement.span.end, statement.span.start + 1))
    high = starts[after] if after < len(starts) else None
    near = [item for item in mentions if low <= item.span.start and (high is None or item.span.end <= high)]
    if not near:
        return None

    def distance(item: TimeMention) -> tuple[bool, int, int]:
        inside = statement.span.contains(item.span)
        gap = max(item.span.start - statement.span.end, statement.span.start - item.span.end, 0)
        return (item.resolved is None, 0 if inside else gap + 1, item.span.start)

    return min(near, key=distance)


def timeline(record: Record) -> Table:
    """Return one row an event, in the order of the resolved dates; what no words date stands at the end and says so.

    Contacts between the same sides on one date are one event, as are deeds of one side of one kind on one issue.
    """
    index = Index.of(record)
    by_document: dict[str, list[TimeMention]] = defaultdict(list)
    for item in record.times:
        by_document[item.document].append(item)
    starts = {key: sentence_starts(index.documents[key].text) for key in by_document if key in index.documents}
    dating = defaultdict(list, {key: _dating(index.documents[key].text, by_document[key]) for key in starts})
    dated: dict[_Key, list[tuple[Statement, TimeMention]]] = defaultdict(list)
    undated: list[tuple[Statement, TimeMention | None]] = []
    used: set[tuple[str, Span]] = set()
    for statement in record.statements:
        if statement.act not in EVENTS or "hypothetical" in statement.modifiers:
            continue
        found = starts.get(statement.document)
        mentions = dating[statement.document]
        mention = mention_for(statement, mentions, found) if found else None
        if mention is not None:
            used.add((mention.document, mention.span))
        if mention is None or mention.resolved is None:
            undated.append((statement, mention))
        else:
            dated[_key(index, statement, mention.resolved)].append((statement, mention))
    rows = [_dated(index, key, dated[key]) for key in sorted(dated, key=lambda key: _place(index, key, dated[key]))]
    rows += [_undated(index, statement, mention) for statement, mention in undated]
    rest = len({(item.document, item.span) for item in record.times} - used)
    notes = (
        "A date belongs to an event because both stand in one sentence; the words may date something else in it.",
        "Words after before, after, since, until or following date nothing here.",
        "What no words in its sentence date stands at the end, by document: its order there says nothing of time.",
        f"Dates mentioned without a coded deed, contact or answer in the sentence: {rest}.",
    )
    return Table("timeline", "Timeline", _COLUMNS, tuple(rows), notes)


def _dating(text: str, mentions: list[TimeMention]) -> list[TimeMention]:
    """Return the mentions that can date a deed: not those that stand only as before, after, since or until a time."""
    return [item for item in mentions if not _BESIDE.search(text, max(0, item.span.start - 80), item.span.start)]


def _key(index: Index, statement: Statement, when: str) -> _Key:
    who = index.side(statement.speaker)
    if statement.speaker == UNRESOLVED:
        who = f"{UNRESOLVED} {statement.id}"
    if statement.act == "CONSULT":
        return (when, statement.act, tuple(sorted({who, index.side(statement.addressee or "")} - {""})), "")
    return (when, statement.act, (who,), (statement.issues or ("",))[0])


def _place(
    index: Index, key: _Key, found: list[tuple[Statement, TimeMention]]
) -> tuple[str, tuple[str, int, int, int]]:
    return (key[0], min(index.order(statement) for statement, _ in found))


def _dated(index: Index, key: _Key, found: list[tuple[Statement, TimeMention]]) -> Row:
    statements = [statement for statement, _ in found]
    first = lead(index, statements)
    mention = next(mention for statement, mention in found if statement is first)
    others = sorted((item for item in statements if item is not first), key=index.order)
    return _row(index, (first, *others), key[0], mention.basis, mention.text)


def _undated(index: Index, statement: Statement, mention: TimeMention | None) -> Row:
    if mention is None:
        return _row(index, (statement,), None, "no date in its sentence", None)
    return _row(index, (statement,), None, mention.basis, mention.text)


def _row(index: Index, everyone: tuple[Statement, ...], when: str | None, basis: str, words: str | None) -> Row:
    first = everyone[0]
    return Row(
        {
            "when": when,
            "basis": basis,
            "time_words": words,
            "act": first.act,
            "who": index.speaker(first),
            "to": first.addressee,
            "issue_label": index.label(first.issues[0]) if first.issues else None,
            "groups": index.groups(everyone),
            "count": len(everyone),
            "words": first.content,
            "outlet": index.outlet(first.document),
            "reported": index.date(first.document) or None,
        },
        statements=tuple(item.id for item in everyone),
        documents=tuple(dict.fromkeys(item.document for item in everyone)),
    )
