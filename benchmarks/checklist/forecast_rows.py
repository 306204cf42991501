"""Rows 226 to 274: forecasts, open questions, figures and dates."""

from __future__ import annotations

from benchmarks.checklist.cases import Case, line_span
from benchmarks.checklist.checks import EMPTY, FILLED, Check, Item, Want, both, find, furniture, has, none, number, said

_KASYANOV, _RADCHENKO, _LOUGH = "Mikhail Kasyanov", "Sergey Radchenko", "the article (John Lough)"


def _forecast(at: str, forecaster: str, **cells: Want | str) -> Check:
    return find("forecasts", at, forecaster=forecaster, **cells)


def _days(*wanted: tuple[str, int, str, str]) -> Check:
    """Ask that on a line of a seed the day of these words is resolved so: (seed, line, words, day)."""

    def check(case: Case) -> str | None:
        for seed, line, words, day in wanted:
            document = case.document(seed)
            start, end = line_span(document.text, line)
            here = [
                item for item in case.record.times if item.document == document.id and start <= item.span.start < end
            ]
            found = [item.resolved for item in here if words in item.text]
            if day not in found:
                return f"{seed}:{line} “{words}” is {found or 'not found'}, wanted {day}"
        return None

    return check


ITEMS = (
    Item(
        226,
        "A",
        "no compromise for three to four months",
        _forecast("S1:14", _KASYANOV, horizon="2025-06-18/2025-07-18", resolvable="yes", modifiers=has("negated")),
    ),
    Item(
        227,
        "A",
        "will drag out time",
        _forecast("S1:14", _KASYANOV, horizon=EMPTY, resolvable="no", why=has("no horizon")),
    ),
    Item(228, "A", "will make concessions", _forecast("S1:15", _KASYANOV, horizon=EMPTY)),
    Item(229, "A", "exit by the end of the year", _forecast("S1:16", _KASYANOV, due="2025-12-31", resolvable="yes")),
    Item(
        230,
        "A",
        "must survive until then",
        both(
            said("S1:18", _KASYANOV, "ASSESS", "B1"),
            find("leverage", "S1:18", kind="clock", party="Ukraine", until="2025-12-31"),
        ),
    ),
    Item(
        231,
        "A",
        "will stick to demands",
        _forecast("S1:11", _KASYANOV, horizon_words=has("conversation"), resolvable="yes", may_bear_on_it=FILLED),
    ),
    Item(
        232,
        "A",
        "would probably flatter",
        _forecast("S1:27", _RADCHENKO, likelihood="probably", due="2025-03-18", may_bear_on_it=FILLED),
    ),
    Item(233, "A", "will undermine", _forecast("S1:28", _RADCHENKO, horizon=EMPTY, resolvable="no")),
    Item(234, "A", "not back down", _forecast("S1:29", _RADCHENKO, modifiers=has("negated", "hedged"))),
    Item(
        235,
        "A",
        "would probably seek recognition",
        both(
            _forecast("S1:30", _RADCHENKO, likelihood="probably", issue_label="Recognition of claims"),
            _forecast("S1:30", _RADCHENKO, issue_label="Foreign troops and peacekeepers"),
        ),
    ),
    Item(
        236,
        "A",
        "reserves and package",
        _forecast("S0:11", _LOUGH, likelihood="highly unlikely", horizon=has("2025-06")),
    ),
    Item(237, "A", "will return to it", _forecast("S0:8", _LOUGH)),
    Item(238, "A", "can fight on", _forecast("S0:11", _LOUGH, horizon_words=has("several months"))),
    Item(
        239,
        "A",
        "a belief about a belief",
        said("S2:13", "Andrea Kendall-Taylor", "ASSESS", "G1", mode="leverage|motive"),
    ),
    Item(
        240,
        "A",
        "pressure or more offers",
        both(
            _forecast("S2:18", "Andras Racz", likelihood="might"),
            _forecast("S2:19", "the article|Andras Racz", likelihood="might"),
        ),
    ),
    Item(
        241,
        "A",
        "unlikely unless",
        _forecast("S3:27", "Nigel Gould-Davies", likelihood="unlikely", condition=has("unless")),
    ),
    Item(
        242,
        "A",
        "relatively close",
        _forecast("S3:33", "Steve Witkoff", interest=has("a party"), horizon=EMPTY, horizon_words=has("close")),
    ),
    Item(
        243,
        "A",
        "will continue; will lose",
        both(
            find(
                "forecasts",
                "S3:39",
                forecaster=has("source close to the Kremlin"),
                issue_label="General ceasefire",
                **{"class": "Anonymous"},
            ),
            find(
                "forecasts",
                "S3:39",
                forecaster=has("source close to the Kremlin"),
                issue_label="Territorial control and cession",
            ),
        ),
    ),
    Item(244, "A", "peace far-off", _forecast("S1:38", "the article", condition=has("30-day"))),
    Item(
        245,
        "A",
        "sooner rather than later",
        _forecast("S4:16", "the article", horizon_words=has("sooner"), horizon=EMPTY),
    ),
    Item(246, "A", "will lose face if", _forecast("S4:14", "the article", condition=has("if"))),
    Item(247, "A", "unlikely to want", _forecast("S1:37", "Kirill Martynov", likelihood="unlikely")),
    Item(
        248,
        "A",
        "a hope is no forecast",
        both(said("S0:23", "@author", "ASSESS", mode="motive", modifiers="hypothetical"), none("forecasts", "S0:23")),
    ),
    Item(
        249,
        "A",
        "territory: line or more",
        find(
            "questions",
            "S4:8",
            kind="question",
            issue_label="Territorial control and cession",
            raised_by="the article",
            status=has("open"),
        ),
    ),
    Item(
        250,
        "A",
        "which guarantees",
        find("questions", "S4:9", kind="question", issue_label="Security guarantees", status=has("open")),
    ),
    Item(251, "A", "how far to push", find("questions", "S4:12", kind="question", status=has("open"))),
    Item(
        252,
        "A",
        "sacrifice whom for what",
        find("questions", "S1:29", kind="question", raised_by=_RADCHENKO, words=has("not whether", "but whether")),
    ),
    Item(
        253,
        "A",
        "what is covered",
        find("questions", "S3:49", kind="gap", issue_label="Sectoral truce", telling_words=has("unclear")),
    ),
    Item(
        254,
        "A",
        "how it would be done",
        find(
            "questions", "S1:34", kind="withheld|gap", issue_label="Sanctions, tariffs, strikes and economic pressure"
        ),
    ),
    Item(
        255,
        "A",
        "which consequences",
        find(
            "questions",
            "S1:31",
            kind="withheld|gap",
            issue_label="Foreign troops and peacekeepers",
            telling_words=has("unspecified"),
        ),
    ),
    Item(256, "A", "which progress", find("questions", "S4:13", kind="gap|question", telling_words=has("not clear"))),
    Item(257, "A", "played, or committed", find("questions", "S4:2", status=has("open"))),
    Item(258, "A", "stick or carrots", find("questions", "S2:18|S2:19", status=has("open"))),
    Item(259, "A", "will the separation be limited", find("questions", "S3:63", status=has("open"))),
    Item(
        260,
        "A",
        "from when and for whom it binds",
        find("compliance", "S2:7", in_force=has("did not bind"), in_force_words=FILLED),
    ),
    Item(261, "A", "90 minutes", find("figures", "S0:1", low=number(90), unit="minute")),
    Item(
        262,
        "A",
        "30 days, of several proposals",
        both(
            find("figures", "S0:1 S2:3 S4:5", low=number(30), unit="day", issue_label="Sectoral truce"),
            find("figures", "S1:6 S3:12 S4:5", low=number(30), unit="day", issue_label="General ceasefire"),
        ),
    ),
    Item(
        263,
        "A",
        "3.3 million tons",
        find(
            "figures",
            "S3:47",
            low=number(3_300_000),
            unit="tons",
            who="Reuters",
            period=has("this year"),
            figure=has("3,3"),
        ),
    ),
    Item(264, "A", "four per cent", find("figures", "S3:47", low=number(4), unit="per cent", kind="share")),
    Item(
        265,
        "A",
        "poll",
        both(
            find("figures", "S1:21", low=number(30), unit="per cent", who="Levada Centre"),
            find("figures", "S1:21", kind="multiple", low=number(2), about="almost", period_date="2024-11"),
        ),
    ),
    Item(266, "A", "four regions", find("figures", "S1:24", low=number(4), unit="regions")),
    Item(267, "A", "an hour", find("figures", "S3:45", low=number(1), unit="hour")),
    Item(268, "A", "28 February", _days(("S3", 45, "February 28", "2025-02-28"))),
    Item(
        269,
        "A",
        "months and years",
        both(
            find("figures", "S1:14", low=number(3), high=number(4), unit="month"),
            find("figures", "S1", low=number(20), about="about"),
        ),
    ),
    Item(
        270,
        "A",
        "three years, and more than three",
        both(
            find("figures", "S1:4", low=number(3), unit="year"),
            find("figures", "S3", low=number(3), unit="year", about="more than"),
        ),
    ),
    Item(271, "B", "views are no figure", both(furniture("S3:5"), none("figures", "S3", low=number(17302)))),
    Item(272, "B", "figure of another article", none("figures", "S0", low=number(10000))),
    Item(
        273,
        "A",
        "weekdays by the anchor",
        _days(
            ("S1", 5, "Tuesday", "2025-03-18"),
            ("S1", 22, "Monday", "2025-03-17"),
            ("S1", 39, "Monday", "2025-03-17"),
            ("S2", 2, "Tuesday", "2025-03-18"),
            ("S2", 7, "Wednesday", "2025-03-19"),
            ("S3", 12, "Tuesday", "2025-03-18"),
            ("S3", 43, "yesterday", "2025-03-19"),
        ),
    ),
    Item(
        274,
        "A",
        "last summer and last August",
        _days(("S0", 1, "last summer", "2024-06-01/2024-08-31"), ("S3", 23, "last August", "2024-08")),
    ),
)
