"""Rows 1 to 36: what the documents are, where they come from, and what in them is furniture."""

from __future__ import annotations

from benchmarks.checklist.cases import Case, line_span
from benchmarks.checklist.checks import (
    EMPTY,
    FILLED,
    Check,
    Item,
    at_least,
    both,
    cannot,
    every,
    find,
    furniture,
    has,
    none,
    number,
)


def _spans_kept(case: Case) -> str | None:
    texts = {document.id: document.text for document in case.record.documents}
    wrong = [item.id for item in case.record.statements if item.span.of(texts[item.document]) != item.content]
    return f"{len(wrong)} statements whose span does not hold their words" if wrong else None


def _day_needs_an_anchor(case: Case) -> str | None:
    raw = next(item for item in case.undated.documents if item.name.startswith("000"))
    start, end = line_span(raw.text, 1)
    if raw.date is not None:
        return f"the article has a date of its own: {raw.date.value}"
    bare = [item for item in case.undated.times if item.document == raw.id and start <= item.span.start < end]
    if not any(item.resolved is None and "no date" in item.basis and "Tuesday" in item.text for item in bare):
        return "without an anchor the weekday on line 1 is not held as unresolved, with the reason"
    given = [item for item in case.record.times if item.document == raw.id and start <= item.span.start < end]
    if not any(item.resolved == "2025-03-18" and "given" in item.basis for item in given):
        return "with the analyst's day the weekday on line 1 is not resolved to 2025-03-18 by it"
    return None


def _groups_count(case: Case) -> str | None:
    origin = {key: group.id for group in case.record.groups for key in group.documents}
    if sorted(origin) != sorted(item.id for item in case.record.documents):
        return "not every document is in one origin group"
    shared = both(
        find("sources", "S2", rests_on=has("Kremlin"), shares_accounts_with=FILLED),
        find("sources", "S3", rests_on=has("Kremlin", "Reuters"), shares_accounts_with=FILLED),
    )
    return shared(case)


def _quotes_marked(case: Case) -> str | None:
    quoted = [row for row in case.table("statements").rows if row.cells["quote"] in ("direct", "mixed")]
    spun = [row for row in quoted if case.seed(row.documents[0]) == "S2"]
    if not spun:
        return "no quotation was read in S2"
    clean = [row for row in spun if row.cells["altered"] != "yes"]
    return f"{len(clean)} quotations of S2 are not marked as altered" if clean else None


def _restored(words: str, restored: str) -> Check:
    return find("restorations", "S2", words=has(words), restored=has(restored), confidence=FILLED)


ITEMS = (
    Item(
        1,
        "A",
        "reprint by Kyiv Post of an opinion piece",
        find("sources", "S0", derivation=has("reprint of TVP World"), outlet="Kyiv Post", genre="opinion"),
    ),
    Item(
        2,
        "A",
        "author, role and institute",
        find(
            "sources",
            "S0",
            author="John Lough",
            author_described=has("senior research fellow", "New Eurasian Strategies Centre"),
        ),
    ),
    Item(
        3,
        "A",
        "disclaimer; no claim is the publisher's",
        both(furniture("S0:27", reason="disclaimer"), none("statements", "S0", speaker="Kyiv Post")),
    ),
    Item(
        4,
        "B",
        "advertising inside the body, offsets kept",
        both(furniture("S0:3", "S0:4", reason="advertising"), _spans_kept),
    ),
    Item(
        5,
        "A",
        "headline of another article",
        both(furniture("S0:10", reason="link to another story"), none("figures", "S0", low=number(10000))),
    ),
    Item(6, "B", "share line", furniture("S0:28", reason="share line")),
    Item(
        7,
        "A",
        "word missing in a sentence",
        find("gaps", "S0", kind="text defect", words=has("and are"), what=has("missing")),
    ),
    Item(8, "A", "no date but a weekday", _day_needs_an_anchor),
    Item(9, "B", "headline and standfirst apart", furniture("S1:1", "S1:2", reason="headline")),
    Item(
        10,
        "A",
        "credit line of the publisher",
        both(
            find("sources", "S1", outlet="The Times", outlet_how="inferred|stated"),
            furniture("S1:40", reason="source note|credit"),
        ),
    ),
    Item(
        11,
        "B",
        "log-in line; perhaps cut",
        both(furniture("S1:41", "S1:42", reason="log-in line"), find("sources", "S1", complete=has("may be cut"))),
    ),
    Item(12, "B", "subheads", furniture("S1:9", "S1:19", "S1:26", "S1:32", reason="subhead")),
    Item(
        13,
        "A",
        "preview, testable later",
        both(find("sources", "S1", genre="preview"), find("forecasts", "S1", may_bear_on_it=FILLED)),
    ),
    Item(
        14,
        "A",
        "reworded copy without origin",
        find(
            "sources",
            "S2",
            derivation=has("reworded copy"),
            altered="yes",
            telling_words=at_least(5),
            outlet=EMPTY,
            author=EMPTY,
        ),
    ),
    Item(15, "B", "reworded advertising", furniture("S2:1", reason="advertising")),
    Item(
        16,
        "A",
        "restored beside verbatim: key condition, military",
        both(_restored("key situation", "key condition"), _restored("navy", "military")),
    ),
    Item(17, "A", "broadcaster's name restored", _restored("Fox Information", "Fox News")),
    Item(
        18,
        "A",
        "think tank's name restored (1)",
        _restored("Heart for a New American Safety", "Center for a New American Security"),
    ),
    Item(
        19,
        "A",
        "think tank's name restored (2)",
        _restored("Council on International Relations", "Council on Foreign Relations"),
    ),
    Item(
        20,
        "A",
        "think tank's name restored (3)",
        _restored("Carnegie Russia Eurasia Heart", "Carnegie Russia Eurasia Center"),
    ),
    Item(21, "A", "office's name restored", _restored("White Home", "White House")),
    Item(
        22,
        "A",
        "one word restored two ways by context",
        both(
            _restored("vitality", "energy"),
            find("restorations", "S2", words="energy", restored="power", confidence=FILLED),
            none("restorations", "S2", words=has("vitality"), restored=has("power")),
        ),
    ),
    Item(
        23,
        "A",
        "call, readout and call restored",
        both(_restored("name", "call"), _restored("abstract", "summary"), _restored("decision", "call")),
    ),
    Item(24, "B", "broken token restored", _restored("received’t", "won’t")),
    Item(25, "A", "quotations marked as altered", _quotes_marked),
    Item(
        26,
        "A",
        "verbatim spans in a reworded document",
        cannot("fidelity is held for a document, not for a span of it"),
    ),
    Item(
        27,
        "A",
        "machine translation, language unknown",
        both(
            find(
                "sources",
                "S3",
                derivation=has("machine translation of an origin that is not named"),
                telling_words=has("AI translator"),
            ),
            furniture("S3:8", reason="disclaimer"),
        ),
    ),
    Item(
        28,
        "A",
        "wire copy",
        find("sources", "S3", derivation=has("wire copy of Reuters"), telling_words=has("told Reuters")),
    ),
    Item(29, "B", "view count", furniture("S3:5", reason="view count")),
    Item(
        30,
        "B",
        "credits, captions, media line",
        both(
            furniture("S3:6", "S3:7", reason="credit"),
            furniture("S3:18", "S3:19", reason="caption|credit"),
            furniture("S3:65", reason="media line"),
        ),
    ),
    Item(31, "A", "pull quote counted once", furniture("S3:37", reason="pull quote")),
    Item(
        32,
        "A",
        "two wordings of one sentence in one document",
        find(
            "restorations",
            "S3",
            kind="two wordings",
            words=has("unacceptable to him"),
            restored=has("unacceptable conditions"),
        ),
    ),
    Item(
        33,
        "A",
        "decimal comma",
        find("figures", "S3", figure=has("3,3"), low=number(3_300_000), reading=has("decimal comma")),
    ),
    Item(34, "B", "two spellings of one capital", find("actors", names=every("Kiev", "Kyiv"), name="Ukraine")),
    Item(
        35,
        "A",
        "commentary without any fact of its own",
        find("sources", "S4", author=EMPTY, outlet=EMPTY, title=EMPTY, genre="opinion"),
    ),
    Item(36, "A", "common readouts and wires under five articles", _groups_count),
)
