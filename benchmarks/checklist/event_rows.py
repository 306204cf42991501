"""Rows 63 to 77: events with time, place and participants."""

from __future__ import annotations

from benchmarks.checklist.cases import Case
from benchmarks.checklist.checks import Item, at_least, both, every, find, has, number, said

_TRUMP, _PUTIN, _ZELENSKY = "Donald Trump", "Vladimir Putin", "Volodymyr Zelensky"


def _after_the_call(case: Case) -> str | None:
    rows = case.table("timeline").rows
    whens = [
        (str(row.cells["when"]), str(row.cells.get("participants")))
        for row in rows
        if row.cells.get("kind") == "contact"
    ]
    calls = [at for at, (when, who) in enumerate(whens) if when == "2025-03-18" and _PUTIN in who]
    later = [at for at, (when, who) in enumerate(whens) if when == "2025-03-19" and _ZELENSKY in who]
    return None if calls and later and calls[0] < later[0] else "the two calls do not stand in their order"


ITEMS = (
    Item(
        63,
        "A",
        "one call, five articles",
        find(
            "timeline",
            "S0 S1 S2 S3 S4",
            kind="contact",
            when="2025-03-18",
            participants=every(_TRUMP, _PUTIN),
            what=has("call"),
        ),
    ),
    Item(
        64,
        "A",
        "second call, a day later, an hour",
        both(
            find("timeline", "S2 S3", kind="contact", when="2025-03-19", participants=every(_TRUMP, _ZELENSKY)),
            find("figures", "S3:45", low=number(1), unit="hour"),
            _after_the_call,
        ),
    ),
    Item(
        65,
        "A",
        "meeting in February",
        find("timeline", "S3:45|S3", when="2025-02-28", words=has("Oval Office", "heated argument")),
    ),
    Item(
        66, "A", "first official talks", find("timeline", "S1:10", when="2025-02", participants=every(_TRUMP, _PUTIN))
    ),
    Item(67, "A", "remarks of the week before", find("timeline", "S1:7", when="2025-03-10/2025-03-16", who=_PUTIN)),
    Item(
        68,
        "A",
        "interview after the call",
        find("timeline", "S2:9|S2:10", kind="contact", participants=has(_TRUMP, "Fox"), what="interview"),
    ),
    Item(
        69,
        "A",
        "suspension of aid, with its purpose",
        both(
            said("S0:7", _TRUMP, "DO", "B1 B2", words=has("to persuade")),
            find("timeline", "S0:7", act="DO", who=_TRUMP),
        ),
    ),
    Item(
        70,
        "A",
        "incursion, two precisions",
        both(
            find("timeline", "S3", when="2024-08", words=has("incursion")),
            find("timeline", "S0", when="2024-06-01/2024-08-31", words=has("incursion")),
        ),
    ),
    Item(
        71,
        "A",
        "exchange carried out",
        find("compliance", "S3:43", kind="carried out", issue="F1", done_by=every("Russia", "Ukraine")),
    ),
    Item(
        72,
        "A",
        "new attacks within hours, both accuse",
        both(
            find("compliance", "S3:41", kind="breach of a term", accuser="Russia", accused="Ukraine"),
            find(
                "compliance",
                "S3:41",
                kind="breach of a term",
                accuser="Ukraine",
                accused="Russia",
                time_words=has("hours later"),
            ),
        ),
    ),
    Item(
        73, "A", "accusation dated", find("compliance", "S2:7", accuser="Russia", accused="Ukraine", when="2025-03-19")
    ),
    Item(74, "B", "reversal of policy", said("S1:20", "@author", "REPORT|ASSESS", "H1")),
    Item(
        75,
        "A",
        "talks to begin at once",
        both(
            said("S3:16", "White House", "CONSULT", "A3", modifiers="future"),
            said("S3:16", "White House", "CONSULT", "A1", modifiers="future"),
            find("timeline", "S3:16", kind="contact", participants=has("White House")),
        ),
    ),
    Item(
        76, "B", "background: an alliance grows", find("timeline", "S2:20", who=_PUTIN, act="REJECT", words=has("NATO"))
    ),
    Item(
        77,
        "A",
        "how long the war has lasted",
        both(
            find("figures", "S3", figure=has("more than three years"), low=number(3)),
            find("figures", "S1:4", low=number(3), unit="year", count=at_least(1)),
        ),
    ),
)
