"""Rows 78 to 95: proposals and agreements, their terms and how far each goes."""

from __future__ import annotations

from benchmarks.checklist.checks import FILLED, Item, both, every, find, has, said

_TRUMP, _PUTIN = "Donald Trump", "Vladimir Putin"

ITEMS = (
    Item(
        78,
        "A",
        "full ceasefire, 30 days, asked by the US",
        find(
            "proposals",
            "S1:6 S3:12",
            issue="A1",
            party="United States",
            role="asked|put forward",
            duration=has("30-day"),
            scope=has("all fighting"),
        ),
    ),
    Item(
        79,
        "A",
        "accepted, in two wordings",
        both(
            find("proposals", "S3:12", issue="A1", party="Ukraine", act="ACCEPT", degree="in_principle"),
            find("proposals", "S4:5", issue="A1", party="Ukraine", act="ACCEPT", degree="full"),
        ),
    ),
    Item(
        80,
        "A",
        "energy halt, narrower than what was asked",
        find(
            "proposals",
            "S3:14 S4:5",
            issue="A2",
            party="Russia",
            act="COUNTER",
            duration=FILLED,
            narrower_than=has("General ceasefire"),
        ),
    ),
    Item(
        81,
        "A",
        "sea truce only to be talked about",
        find("proposals", "S4:6", issue="A3", party="Russia", status="agreed to negotiate"),
    ),
    Item(
        82,
        "A",
        "sea truce claimed as agreed",
        both(
            said("S3:33", "Steve Witkoff", "REPORT", "A2 A3"),
            find("proposals", "S4:6", issue="A3", claimed_further=has("Steve Witkoff")),
        ),
    ),
    Item(
        83,
        "A",
        "exchange agreed and carried out",
        find("proposals", "S2:3", issue="F1", party="Russia", act="ACCEPT", status="carried out"),
    ),
    Item(84, "A", "order of talks", find("proposals", "S4:6", party="Russia", act="DEFER", sequence=has("before"))),
    Item(
        85,
        "A",
        "truce as first step",
        find("proposals", "S3:12", issue="A1", party="United States", sequence=has("first step")),
    ),
    Item(
        86,
        "A",
        "pause accepted, with its purpose, to Trump",
        find("proposals", "S2:7", issue="A2", party="Ukraine", act="ACCEPT", to=_TRUMP, sequence=has("step towards")),
    ),
    Item(
        87,
        "A",
        "willingness, less than consent",
        find("proposals", "S3:41", issue="A2", party="Ukraine", act="ACCEPT", degree="willing"),
    ),
    Item(
        88,
        "A",
        "peacekeepers after a deal, opposed",
        both(
            find("proposals", "S4:10", issue="B5", act="PROPOSE", party="European nations", answered_by="Russia"),
            find("proposals", "S1:31", issue="B5", sequence=has("after")),
        ),
    ),
    Item(
        89,
        "A",
        "the least that would do",
        said("S4:11", "@author", "ASSESS", "B5|C1", mode="evaluate", words=has("minimum viable")),
    ),
    Item(
        90, "A", "hockey", find("proposals", "S2:23", issue="H3", party="United States", act="ACCEPT", status="agreed")
    ),
    Item(
        91,
        "A",
        "bilateral format, by one account",
        both(
            said("S3:53", _PUTIN, "ACCEPT", "H4", via="Kremlin"), said("S3:53", _TRUMP, "ACCEPT", "H4", via="Kremlin")
        ),
    ),
    Item(
        92,
        "A",
        "relations and Middle East",
        both(said("S0:12", _PUTIN, "ACCEPT", "H1"), said("S0:12", _PUTIN, "ACCEPT", "H2")),
    ),
    Item(
        93,
        "A",
        "discussed, not agreed (1)",
        both(
            said("S3:55", _PUTIN, "CONSULT", "H2 B6", via="Kremlin"),
            said("S3:55", "Kremlin", "ASSESS|REPORT", "H2", words=has("special responsibility")),
        ),
    ),
    Item(94, "A", "discussed, not agreed (2)", said("S2:23", _PUTIN, "CONSULT", "H1|G2", via="Kremlin")),
    Item(
        95,
        "A",
        "minerals and energy offered to investors",
        both(
            find("proposals", "S2:22", issue="G3", act="PROPOSE", party="Russia", to=every("United States")),
            find("leverage", "S2:22", kind="inducement", party="Russia"),
        ),
    ),
)
