"""Rows 177 to 225: clocks, strength, threats, tactics, and what is judged of motives and outcomes."""

from __future__ import annotations

from benchmarks.checklist.checks import Check, Item, Want, at_least, both, find, has, said

_TRUMP = "Donald Trump"


def _clock(at: str, what: str, party: str | Want, **cells: str) -> Check:
    return find("leverage", at, kind="clock", what=f"time {what}", party=party, **cells)


def _judged(at: str, issues: str = "", mode: str = "", speaker: str = "@author", **cells: str | Want) -> Check:
    return said(at, speaker, "ASSESS", issues, **({"mode": mode} if mode else {}), **cells)


def _tactic(at: str, what: str, party: str, by: str) -> Check:
    return find("leverage", at, kind="tactic", what=what, party=party, said_by=has(by))


ITEMS = (
    Item(
        177,
        "A",
        "army advancing, by four articles",
        both(
            _clock("S0:2", "favours", "Russia"),
            _clock("S1:12", "favours", "Russia"),
            _clock("S2:15", "favours", "Russia"),
            _clock("S4:7", "favours", "Russia"),
        ),
    ),
    Item(178, "A", "Kursk soon regained", _clock("S3:23", "favours", "Russia")),
    Item(
        179,
        "A",
        "months without pain",
        find("leverage", "S0:11", kind="clock", what="time favours", party="Russia", time_words=has("several months")),
    ),
    Item(
        180,
        "A",
        "reserves dwindle from early summer",
        find("leverage", "S0:11", kind="clock", what="time presses", party="Ukraine", since="2025-06-01"),
    ),
    Item(
        181,
        "A",
        "no new package, and a gap",
        both(
            find("forecasts", "S0:11", likelihood="highly unlikely", issue_label="External military aid"),
            _judged("S0:11", "B1", "forecast", words=has("fill the gap")),
        ),
    ),
    Item(
        182,
        "A",
        "economic trouble by the end of the year",
        find(
            "leverage",
            "S1:16",
            kind="clock",
            what="time presses",
            party="Russia",
            until="2025-12-31",
            said_by=has("Mikhail Kasyanov"),
        ),
    ),
    Item(
        183,
        "A",
        "the economy did better: evidence against that clock",
        find(
            "leverage",
            "S1:16 S1:35",
            kind="clock",
            what="time presses",
            party="Russia",
            contrary_words=has("sanctioned"),
        ),
    ),
    Item(
        184,
        "A",
        "one in a hurry, the other not",
        both(
            _clock("S0:9", "favours", "Russia"),
            find("leverage", "S2:17", kind="clock", said_by=has("Andras Racz")),
            _clock("S1:15", "presses", "United States"),
        ),
    ),
    Item(185, "A", "only so much time", _clock("S4:16", "presses", "Russia")),
    Item(
        186,
        "A",
        "an impatient capital may walk away",
        find("leverage", "S2:11", kind="clock", what="time presses", party="United States"),
    ),
    Item(187, "A", "loses face if strung along", _clock("S4:14", "presses", "United States")),
    Item(
        188, "A", "craves a prize", find("leverage", "S0:16", kind="strength|clock|inducement", party="United States")
    ),
    Item(189, "A", "backer about to leave", find("leverage", "S2:15", kind="strength", what="weak", party="Ukraine")),
    Item(190, "A", "two obstacles", find("leverage", "S0:20", kind="strength", what="weak", party="Russia")),
    Item(
        191,
        "A",
        "wishes that one can grant",
        find("leverage", "S2:20", kind="strength", what="strong", party="United States"),
    ),
    Item(192, "A", "strikes given up", find("leverage", "S3:21", kind="strength", what="weak", party="Ukraine")),
    Item(
        193,
        "A",
        "five reasons in order",
        find("leverage", "S0:14 S0:15 S0:16 S0:17 S0:18", kind="strength", what="strong", party="Russia"),
    ),
    Item(194, "A", "Europe must be quick", _clock("S3:63", "presses", has("Europe"))),
    Item(
        195,
        "A",
        "an exhausted army",
        find("leverage", "S4:4", kind="strength|clock", party="Ukraine", what="weak|time presses"),
    ),
    Item(
        196,
        "B",
        "threat doubted",
        find(
            "leverage",
            "S1:33 S1:34",
            kind="threat",
            party="United States",
            judgements="doubted",
            judges=has("some analysts"),
        ),
    ),
    Item(
        197,
        "B",
        "what would make threats count",
        find(
            "leverage",
            "S3:27",
            kind="threat",
            party="United States",
            judgements="what would make it count",
            judges=has("Nigel Gould-Davies"),
        ),
    ),
    Item(198, "B", "threats made before", said("S2:18", _TRUMP, "THREATEN", "G1")),
    Item(199, "B", "fire on third parties", find("leverage", "S0:23", kind="threat spoken of", party="United States")),
    Item(
        200,
        "B",
        "pressure on the weaker side",
        both(_tactic("S0:14", "pressure on the weaker side", "United States", "the article"), _judged("S0:14", "H4")),
    ),
    Item(201, "B", "two options", said("S1:37", "Kirill Martynov", "ASSESS", words=has("two options"))),
    Item(
        202, "B", "carrot rather than stick", said("S2:21", "Alexander Baunov", "ASSESS", words=has("carrot", "stick"))
    ),
    Item(
        203,
        "B",
        "side payment",
        both(_tactic("S0:12", "side payment", "Russia", "the article"), _judged("S3:57", "H1|H4", "motive")),
    ),
    Item(
        204,
        "B",
        "de-linkage",
        both(
            _tactic("S2:24", "de-linkage", "Russia", "Alexander Gabuev"),
            _tactic("S3:59", "de-linkage", "Russia", "Tatyana Stanovaya"),
        ),
    ),
    Item(
        205,
        "B",
        "wedge",
        both(
            _tactic("S3:61", "wedge", "Russia", "Nigel Gould-Davies"),
            _tactic("S3:10", "wedge", "Russia", "the article"),
        ),
    ),
    Item(
        206,
        "B",
        "delay, by several sources, one concept",
        find(
            "leverage", "S4:13 S1:12 S1:14 S2:5 S2:16", kind="tactic", what="delay", party="Russia", groups=at_least(3)
        ),
    ),
    Item(
        207,
        "B",
        "talks as a tool",
        find("leverage", "S0:5", kind="tactic", what="feigned engagement|delay", party="Russia"),
    ),
    Item(
        208,
        "B",
        "just enough",
        find(
            "leverage",
            "S2:12",
            kind="tactic",
            what="feigned engagement|delay",
            party="Russia",
            said_by=has("Andrea Kendall-Taylor"),
        ),
    ),
    Item(
        209,
        "B",
        "spoiling",
        both(
            _tactic("S1:30", "spoiling", "Russia", "Sergey Radchenko"),
            find("compliance", "S0:23", kind="blame that is expected", accuser="Russia"),
        ),
    ),
    Item(
        210,
        "B",
        "stick",
        both(find("forecasts", "S3:27", condition=has("unless")), find("forecasts", "S2:18", forecaster="Andras Racz")),
    ),
    Item(211, "B", "a settlement of one's own design", _judged("S0:19", "H8")),
    Item(212, "B", "strong cards", find("leverage", "S0:24", kind="strength", what="strong", party="Russia")),
    Item(
        213,
        "B",
        "winning at this point",
        said("S2:25", "Alexander Gabuev", "ASSESS", "H8", mode="evaluate", words=has("at this level")),
    ),
    Item(214, "B", "great success", said("S3:59", "Tatyana Stanovaya", "ASSESS", "H1", mode="evaluate")),
    Item(
        215,
        "B",
        "success, say the aides",
        find(
            "statements", "S3:31", speaker="Donald Trump's aides", act="ASSESS", mode="evaluate", **{"class": "Party"}
        ),
    ),
    Item(
        216,
        "B",
        "nothing achieved",
        both(
            said("S3:35", "Andrei Kozyrev", "ASSESS", mode="evaluate"), said("S3:35", "Andrei Kozyrev", "ASSESS", "A1")
        ),
    ),
    Item(217, "B", "best outcome", said("S2:12", "Andrea Kendall-Taylor", "ASSESS", "H1", mode="motive|evaluate")),
    Item(218, "B", "ceasefire before guarantees", _judged("S4:12", "C1 A1", "motive")),
    Item(219, "B", "goals before relations", _judged("S1:23", "H1", "motive")),
    Item(220, "B", "hostage for good", said("S2:8", "analysts", "ASSESS", "B1", modifiers="hypothetical")),
    Item(
        221,
        "B",
        "a deal that bypasses",
        both(
            said("S3:53", "Ukraine", "ASSESS", "H4"),
            said("S3:53", "Ukraine's European allies", "ASSESS", "H4"),
            _judged("S4:12", "C1"),
        ),
    ),
    Item(222, "B", "a coded term decoded", _judged("S1:7", "E2", "frame")),
    Item(223, "B", "from antagonistic to friendly", _judged("S0:13", "H1")),
    Item(224, "B", "benefit of the doubt", said("S4:2", _TRUMP, "ASSESS", "H8")),
    Item(
        225,
        "B",
        "two hopes",
        both(
            _judged("S2:11", "B1", "motive", modifiers="hedged"), _judged("S2:11", "D3", "motive", modifiers="hedged")
        ),
    ),
)
