"""Time, size and memory of the analyses and of the brief on a made-up coverage of many articles.

usage: python benchmarks/brief.py [ARTICLES] [STATEMENTS_PER_ARTICLE] [SIDES]

The articles are built from a fixed list of sentences about an invented ferry dispute; the same numbers come out of the
same arguments, but for the clock.
"""

from __future__ import annotations

import hashlib
import resource
import sys
import time

from parley.analysis import TABLES
from parley.brief import render_html, render_markdown, summary_lines
from parley.records import (
    Actor,
    Anchor,
    Document,
    Fact,
    OriginGroup,
    Record,
    Span,
    Stance,
    Statement,
    TimeMention,
    Voice,
)

ACTS = ("ACCEPT", "REJECT", "CONDITION", "DEMAND", "PROPOSE", "CONSULT", "DO", "DENY", "REPORT", "ASSESS")
ISSUES = ("G4", "H5", "A1", "F1", "G1", "H8", "E2", "H4")
STANCES: tuple[Stance, ...] = ("for", "against", "conditional", "none")
VOICES: tuple[Voice, ...] = ("party", "party", "party", "reporter", "expert")
PAD = "The harbour stayed quiet while crews waited for the morning tide and the ticket office kept its shutters down. "


def coverage(articles: int, each: int, sides: int) -> Record:
    """Return a record of *articles* articles with *each* statements, every third article a copy of the one before."""
    documents, statements, times = [], [], []
    groups: list[OriginGroup] = []
    for number in range(articles):
        key = f"doc{number:06d}"
        day = f"2031-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        text, spans = "", []
        for item in range(each):
            speaker = f"Speaker {(number * 7 + item * 3) % 300}"
            start = len(text) + len(f"{speaker} said on Tuesday that ")
            words = f"the night sailings of route {item} must run before any talk of fares, wave {number}"
            text += f"{speaker} said on Tuesday that {words}. {PAD}\n"
            spans.append((speaker, start, start + len(words), item))
        digest = hashlib.sha256(text.encode()).hexdigest()
        for speaker, start, end, item in spans:
            identity = hashlib.sha256(f"{key}:{start}".encode()).hexdigest()[:16]
            statements.append(
                Statement(
                    id=identity,
                    document=key,
                    span=Span(start, end),
                    content=text[start:end],
                    speaker=speaker,
                    voice=VOICES[(number + item) % 5],
                    act=ACTS[(number + item) % 10],
                    reader="rules 1",
                    rule="benchmark",
                    anchor=Anchor(text[start:end], "", "", start, end),
                    mode="forecast" if (number + item) % 10 == 9 else None,
                    issues=(ISSUES[(number * 3 + item) % 8],),
                    stance=STANCES[(number + item) % 4],
                )
            )
            place = start - len("Tuesday that ")
            times.append(TimeMention(key, Span(place, place + 7), "Tuesday", day, f"relative to {day} (stated)"))
        documents.append(
            Document(
                id=key,
                name=f"a{number:06d}",
                path=f"a{number:06d}.txt",
                format="text",
                text=text,
                sha256=digest,
                original_sha256=digest,
                date=Fact(day, "stated"),
                outlet=Fact(f"Outlet {number % 40}", "stated"),
            )
        )
        if number % 3 == 2:
            groups.append(OriginGroup(f"g{number}", (groups.pop().documents[0], key), "copy"))
        else:
            groups.append(OriginGroup(f"g{number}", (key,), "stands alone"))
    actors = tuple(Actor(f"Speaker {n}", "person", belongs_to=f"Union {n % sides}") for n in range(300))
    return Record(tuple(documents), tuple(statements), actors, groups=tuple(groups), times=tuple(times))


class Watch:
    """Time since it was made, by the clock and by the processor."""

    def __init__(self) -> None:
        self.wall, self.processor = time.perf_counter(), time.process_time()

    def __str__(self) -> str:
        wall, processor = time.perf_counter() - self.wall, time.process_time() - self.processor
        return f"{wall:.2f} s ({processor:.2f} s of processor)"


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    each = int(sys.argv[2]) if len(sys.argv) > 2 else 27
    sides = int(sys.argv[3]) if len(sys.argv) > 3 else 12
    record = coverage(articles, each, sides)
    size = sum(len(item.text) for item in record.documents) / 1e6
    print(f"{articles} articles, {size:.1f} million characters, {len(record.statements)} statements")
    tables = Watch()
    for name, table in TABLES.items():
        watch = Watch()
        print(f"table {name}: {len(table(record).rows)} rows, {watch}")
    print(f"all tables: {tables}")
    for name, render in (("html", render_html), ("markdown", render_markdown)):
        watch = Watch()
        print(f"{name}: {len(render(record).encode()) / 1e6:.2f} MB, {watch}")
    watch = Watch()
    print(f"summary: {len(summary_lines(record))} lines, {watch}")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
