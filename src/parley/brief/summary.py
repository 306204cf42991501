"""The short summary for a terminal: what was read, what happened in up to five lines, what was not read."""

from __future__ import annotations

from collections import Counter

from parley.analysis import highlights
from parley.analysis.index import Index
from parley.brief.build import headline
from parley.brief.display import day, plural, printable, quoted
from parley.brief.sourcing import status
from parley.records import UNRESOLVED, Record

__all__ = ["summary_lines"]

_MOST_WORDS = 160


def summary_lines(record: Record) -> tuple[str, ...]:
    """Return the summary, one terminal line each; controls in quoted words are written out."""
    index = Index.of(record)
    dated, counts = headline(record)
    lines = [f"{counts}; {dated}.", f"{status(record)}."]
    for number, row in enumerate(highlights(record).rows, 1):
        first = index.statements[row.statements[0]]
        source = ", ".join(filter(None, (index.outlet(first.document), day(index.date(first.document)) or "undated")))
        altered = "; words altered" if index.altered(first) else ""
        groups = plural(int(str(row.cells["groups"])), "independent source")
        words = quoted(first.content[:_MOST_WORDS]) + (" …" if len(first.content) > _MOST_WORDS else "")
        party, does, issue = row.cells["party"], row.cells["does"], row.cells["issue_label"]
        lines.append(f"{number}. {_flat(f'{party}: {does}, on {issue}')}: {words} ({_flat(source)}; {groups}{altered})")
    refused = Counter(item.kind for item in record.refusals)
    unresolved = sum(1 for item in record.statements if item.speaker == UNRESOLVED)
    undated = sum(1 for item in record.documents if item.date is None)
    lines.append(
        f"Skipped {refused['skipped']}, refused {refused['refused']}; {plural(undated, 'document')} without a date; "
        f"{plural(unresolved, 'statement')} with an unresolved speaker; "
        f"{plural(len(record.unread), 'passage')} left unread."
    )
    return tuple(lines)


def _flat(words: str) -> str:
    return " ".join(printable(words).split())
