"""Rows 275 to 297: terms and frames, and what the program does across the five articles."""

from __future__ import annotations

from benchmarks.checklist.cases import Case
from benchmarks.checklist.checks import FILLED, Item, at_least, both, find, has, none, said
from parley.brief import render_markdown
from parley.records import AUTHOR

_TRUMP, _PUTIN = "Donald Trump", "Vladimir Putin"


def _one_timeline(case: Case) -> str | None:
    whens = [str(row.cells["when"]) for row in case.table("timeline").rows if row.cells["when"]]
    wanted = ("2024-08", "2025-02", "2025-02-28", "2025-03-10/2025-03-16", "2025-03-17", "2025-03-18", "2025-03-19")
    missing = [when for when in wanted if when not in whens]
    if missing:
        return f"the timeline has nothing at {', '.join(missing)}"
    first = [whens.index(when) for when in wanted]
    if first != sorted(first):
        return "the timeline is not in order"
    contacts = [
        str(row.cells.get("participants"))
        for row in case.table("timeline").rows
        if row.cells.get("kind") == "contact" and row.cells["when"] == "2025-03-18"
    ]
    if sum(_TRUMP in who and _PUTIN in who for who in contacts) != 1:
        return "the call of 2025-03-18 does not stand once"
    return None


def _every_cell_resolves(case: Case) -> str | None:
    documents = {item.id: item for item in case.record.documents}
    known = {item.id for item in case.record.statements}
    for item in case.record.statements:
        if item.span.of(documents[item.document].text) != item.content:
            return f"statement {item.id} does not lie at its span"
    for name in (
        "positions",
        "proposals",
        "accounts",
        "timeline",
        "concessions",
        "compliance",
        "leverage",
        "forecasts",
        "questions",
        "figures",
        "experts",
    ):
        for row in case.table(name).rows:
            if row.cells.get("account") == "no statement in the coverage":
                continue
            if not (set(row.statements) <= known and set(row.documents) <= documents.keys()):
                return f"a row of {name} rests on what is not there"
            if not row.statements and not row.documents:
                return f"a row of {name} rests on nothing"
    return None


def _classes_apart(case: Case) -> str | None:
    classes = {row.cells["class"] for row in case.table("statements").rows}
    if not {"Party", "Reporter", "Expert", "Anonymous"} <= classes:
        return f"only {sorted(map(str, classes))} are told apart"
    page = render_markdown(case.record)
    missing = [word for word in ("Party", "Reporter", "Expert", "Anonymous", "inferred by rule") if word not in page]
    return f"the brief does not mark {', '.join(missing)}" if missing else None


def _nothing_from_furniture(case: Case) -> str | None:
    pieces = [(item.document, item.span) for item in case.record.furniture]
    wrong = [
        item for item in case.record.statements
        if any(document == item.document and span.overlaps(item.span) for document, span in pieces)
    ]  # fmt: skip
    return f"{len(wrong)} statements lie in furniture" if wrong else None


def _authors_are_not_parties(case: Case) -> str | None:
    loaded = [item for place in (("S4", 3), ("S4", 8), ("S4", 11)) for item in case.statements_on(*place)]
    party = [
        item
        for item in loaded
        if item.speaker != AUTHOR and any(word in item.content for word in ("dictator", "carve up", "foolproof"))
    ]
    if not any("foolproof" in item.content for item in loaded):
        return "the loaded words were not read"
    return f"{len(party)} loaded wordings are put into a party's mouth" if party else None


ITEMS = (
    Item(
        275,
        "B",
        "root causes, defined by whom",
        both(
            said("S1:7", _PUTIN, "CONDITION|ACCEPT", words=has("root causes")),
            said("S1:7", "@author", "ASSESS", "E2", mode="frame"),
        ),
    ),
    Item(
        276,
        "B",
        "truce against frozen conflict",
        both(
            said("S1:39", "Andrii Sybiha", "ASSESS", "A1", mode="frame", stance="for"),
            said("S1:39", "Andrii Sybiha", "ASSESS", "A4", mode="frame", stance="against"),
        ),
    ),
    Item(
        277,
        "B",
        "official wording across translations",
        find(
            "positions", "S0:6 S2:8 S4:3", issue="B1", party="Russia", words=has("escalation", "political-diplomatic")
        ),
    ),
    Item(278, "B", "an allusion", said("S0:18", "@author", "ASSESS", mode="frame", words=has("do business with"))),
    Item(
        279,
        "B",
        "an open door",
        said("S0:15", "@author", "ASSESS", "C2", mode="leverage|frame", words=has("open door")),
    ),
    Item(280, "B", "sleepwalking", said("S4:7", "@author", "ASSESS", "H8", words=has("sleepwalking"))),
    Item(
        281,
        "B",
        "an idiom in a quotation",
        said("S1:28", "Sergey Radchenko", "ASSESS", quote="direct", words=has("silver platter")),
    ),
    Item(
        282,
        "B",
        "a magic button",
        said("S1:36", "Kirill Martynov", "ASSESS", mode="leverage", words=has("magic button")),
    ),
    Item(
        283,
        "B",
        "special responsibility",
        said(
            "S3:55", "Kremlin", "ASSESS|REPORT", "H2", mode="frame", quote="mixed", words=has("special responsibility")
        ),
    ),
    Item(
        284,
        "B",
        "nonstarter",
        both(
            said("S2:6", "@author", "ASSESS", words=has("nonstarter")),
            said("S4:4", "@author", "ASSESS", words=has("non-starter")),
        ),
    ),
    Item(285, "B", "loaded words are the author's", _authors_are_not_parties),
    Item(286, "A", "one timeline", _one_timeline),
    Item(
        287,
        "A",
        "position matrix with date and source",
        both(
            find(
                "positions",
                "S0:6",
                issue="B1",
                party="Russia",
                date=FILLED,
                document=FILLED,
                change=FILLED,
                stance="against",
            ),
            find("positions", "S4:5", issue="A1", party="Ukraine", date=FILLED, stance="for"),
            find("accounts", issue="B1", comparison="denied"),
        ),
    ),
    Item(
        288,
        "A",
        "three wordings, the least derived chosen",
        find("positions", "S0:6 S2:8 S4:3", issue="B1", party="Russia", document=has("000_")),
    ),
    Item(
        289,
        "A",
        "predictions beside later reports",
        both(
            find("forecasts", "S1:27", forecaster="Sergey Radchenko", may_bear_on_it=at_least(1)),
            find("forecasts", "S1:11", forecaster="Mikhail Kasyanov", may_bear_on_it=at_least(1)),
        ),
    ),
    Item(
        290,
        "A",
        "ledger of concessions, with dissent",
        both(
            find(
                "concessions",
                issue="A2",
                giver="Russia",
                baseline=FILLED,
                benefit_words=FILLED,
                judges=at_least(3),
                dissent=has("a concession", "little or none"),
            ),
            find("concessions", issue="F1", giver="Russia", verdict="nominal"),
            find("concessions", issue="C2", giver="United States", reciprocated=has("nothing")),
        ),
    ),
    Item(
        291,
        "A",
        "readouts of one call by issue",
        both(
            find("accounts", issue="B1", meeting=has("2025-03-18"), side="Russia", account="says"),
            find("accounts", issue="B1", meeting=has("2025-03-18"), side="United States", account="denies"),
            find("accounts", issue="H4", meeting=has("2025-03-18"), side="United States", account=has("no statement")),
        ),
    ),
    Item(
        292,
        "A",
        "clock board with conflicts",
        both(
            find("leverage", "S1:16", kind="clock", party="Russia", what="time presses", contrary_by=FILLED),
            find("leverage", "S0:9|S0:11", kind="clock", party="Russia", what="time favours", contrary_by=FILLED),
        ),
    ),
    Item(
        293,
        "A",
        "one channel, two experts; one person, many spans",
        both(
            find("experts", "S1:37", speaker="Kirill Martynov", to="TV Dozhd|Dozhd channel|Dozhd"),
            find("experts", "S3:35", speaker="Andrei Kozyrev", to="TV Dozhd|Dozhd channel|Dozhd"),
            find("actors", "S3:27 S3:29 S3:61 S3:63", name="Nigel Gould-Davies"),
        ),
    ),
    Item(
        294,
        "A",
        "what rests on one readout is told",
        both(
            find("sources", "S2", shares_accounts_with=has("003_")),
            find("sources", "S3", shares_accounts_with=has("002_")),
            find("positions", "S2:6", issue="H7|A1", party="Russia", told_by=has("Kremlin")),
        ),
    ),
    Item(295, "A", "every row leads to verbatim words", _every_cell_resolves),
    Item(296, "A", "party, reporter, expert, own inference apart", _classes_apart),
    Item(
        297,
        "A",
        "nothing coded from furniture",
        both(_nothing_from_furniture, none("statements", "S3:37"), none("statements", "S0:10")),
    ),
)
