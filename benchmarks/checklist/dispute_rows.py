"""Rows 139 to 176: where accounts differ, what was a concession, who broke what."""

from __future__ import annotations

from benchmarks.checklist.checks import FILLED, Item, both, every, find, has, said

_TRUMP, _PUTIN = "Donald Trump", "Vladimir Putin"


ITEMS = (
    Item(
        139,
        "A",
        "was the end of aid raised",
        both(
            find("accounts", "S2:8", issue="B1", side="Russia", account="says", meeting=has("2025-03-18")),
            find(
                "accounts",
                "S2:9|S2:10",
                issue="B1",
                side="United States",
                account="denies",
                comparison="denied",
                meeting=has("2025-03-18"),
            ),
            said("S2:10", "@author", "ASSESS|REPORT", "B1"),
        ),
    ),
    Item(
        140,
        "A",
        "not ready to concede, by one reading",
        said("S0:7", "@author", "ASSESS", "B1", mode="evaluate", modifiers="negated"),
    ),
    Item(141, "A", "versions differ, says the article", find("accounts", "S4:7", comparison=has("told to differ"))),
    Item(
        142,
        "A",
        "both call it a concession, the article does not",
        find(
            "concessions",
            "S2:3 S2:4",
            issue="A2",
            giver="Russia",
            judges=has("Russia (party)", "United States (party)", "the article"),
            dissent=has("a concession", "little or none"),
        ),
    ),
    Item(
        143,
        "A",
        "bilateral format in one account only",
        both(
            find(
                "accounts",
                "S3:53",
                issue="H4",
                side="Russia",
                account="says",
                comparison="one side only",
                meeting=has("2025-03-18"),
            )
        ),
    ),
    Item(
        144,
        "A",
        "hockey and areas of cooperation in one account only",
        both(
            find(
                "accounts",
                "S2:23",
                issue="H3",
                side="Russia",
                account="says",
                comparison="one side only",
                meeting=has("2025-03-18"),
            ),
            find("accounts", "S2:23", issue="H1|G2", side="Russia", account="says", meeting=has("2025-03-18")),
        ),
    ),
    Item(
        145,
        "A",
        "sea truce: consensus against talks",
        find("proposals", "S4:6", issue="A3", claimed_further=has("Steve Witkoff")),
    ),
    Item(
        146,
        "A",
        "close to a ceasefire against a no",
        both(
            said("S3:33", "Steve Witkoff", "ASSESS", "A1", stance="for"),
            said("S3:29", "Nigel Gould-Davies", "ASSESS", "A1", mode="frame|evaluate"),
            said("S3:35", "Andrei Kozyrev", "ASSESS", "H8|A1", modifiers="negated"),
        ),
    ),
    Item(
        147,
        "A",
        "new, or an old initiative",
        both(
            said("S3:16", "Russia", "ACCEPT", "A2|A1"),
            find(
                "concessions",
                "S0:1 S2:4",
                issue="A2",
                giver="Russia",
                verdict="nominal",
                baseline=every("sought before", "already practised"),
            ),
        ),
    ),
    Item(
        148,
        "A",
        "whom the energy halt serves",
        both(
            said("S4:5", "@author", "ASSESS", "A2"),
            said("S3:21", "@author", "ASSESS", "A2", mode="leverage|evaluate"),
            find("concessions", "S3:21|S3:47|S4:5", issue="A2", benefit_words=FILLED),
            find("concessions", "S3:21", issue="A2", cost_words=FILLED),
        ),
    ),
    Item(
        149,
        "A",
        "in force for one side only",
        find("compliance", "S2:7", accuser="Russia", accused="Ukraine", in_force=has("did not bind Ukraine")),
    ),
    Item(
        150,
        "A",
        "in principle, or agreed",
        find("accounts", "S3:12 S4:5", issue="A1", also="consent told in different degrees", side="Ukraine"),
    ),
    Item(
        151,
        "A",
        "length of the call, to be checked elsewhere",
        find("figures", "S0:1", figure=has("90-minute"), unit="minute", who=has("the article")),
    ),
    Item(
        152,
        "A",
        "demands grew, or did not change",
        both(
            said("S4:3", "@author", "ASSESS", "H8", words=has("extra")),
            said("S2:6", "@author", "ASSESS", "H8", words=has("unchanged")),
        ),
    ),
    Item(
        153,
        "A",
        "progress not shown by what was released",
        find("questions", "S4:13", kind="gap|question", status=has("open")),
    ),
    Item(
        154,
        "A",
        "energy truce sought before",
        find(
            "concessions",
            "S0:1",
            issue="A2",
            giver="Russia",
            baseline="sought before",
            baseline_words=has("old initiative"),
        ),
    ),
    Item(
        155,
        "A",
        "energy truce practised before",
        find("concessions", "S2:4", issue="A2", giver="Russia", baseline="already practised", verdict="nominal"),
    ),
    Item(
        156,
        "A",
        "exchanges long practised",
        find("concessions", "S2:4", issue="F1", giver="Russia", baseline=every("already practised"), verdict="nominal"),
    ),
    Item(
        157,
        "A",
        "interest in the sea",
        find("concessions", "S2:4", issue="A3", giver="Russia", baseline="own interest"),
    ),
    Item(
        158,
        "A",
        "all three were goals",
        both(
            *(
                find(
                    "concessions",
                    "S2:4",
                    issue=issue,
                    giver="Russia",
                    judges=has("the article"),
                    judgements="little or none",
                )
                for issue in ("A2", "F1", "A3")
            )
        ),
    ),
    Item(
        159,
        "A",
        "what the giver gains, with a figure",
        both(
            find("concessions", "S3:47", issue="A2", giver="Russia", benefit_words=has("reprieve")),
            find("figures", "S3:47", issue_label="Sectoral truce", unit="tons"),
        ),
    ),
    Item(
        160,
        "A",
        "no significant concession, say analysts",
        find("concessions", "S3:47", issue="A2", giver="Russia", judges=has("analysts"), judgements="little or none"),
    ),
    Item(
        161,
        "A",
        "nothing given up, and unclear",
        both(
            find(
                "concessions",
                "S3:49",
                issue="A2",
                giver="Russia",
                judges=has("Andrei Kozyrev"),
                judgements="little or none",
            ),
            find("questions", "S3:49", kind="gap", raised_by="Andrei Kozyrev"),
        ),
    ),
    Item(
        162,
        "A",
        "not what was asked",
        find(
            "concessions",
            "S3:51",
            issue="A2",
            giver="Russia",
            judges=has("Andrei Kozyrev"),
            judged_words=has("selective"),
        ),
    ),
    Item(
        163,
        "A",
        "given without return",
        find("concessions", "S0:15", issue="C2", giver="United States", reciprocated=has("nothing in return")),
    ),
    Item(
        164,
        "A",
        "offered on a condition",
        find(
            "concessions",
            "S4:15",
            issue="H1",
            giver="United States",
            kind="promised|offered",
            reciprocated=has("condition"),
        ),
    ),
    Item(
        165,
        "A",
        "less than wanted",
        find(
            "concessions",
            "S4:5",
            issue="A2",
            giver="Russia",
            judges=has("the article"),
            judgements="little or none",
            judged_words=has("less than"),
        ),
    ),
    Item(
        166,
        "A",
        "little conceded on the whole",
        both(
            find("concessions", "S2:2", giver="Russia", kind="judged as a whole", judgements="little or none"),
            find("concessions", "S2:5", giver="Russia", judgements="little or none"),
        ),
    ),
    Item(
        167,
        "A",
        "much narrower",
        find(
            "proposals", "S3:14", issue="A2", party="Russia", act="COUNTER", narrower_than=FILLED, words=has("narrower")
        ),
    ),
    Item(
        168, "A", "not empty-handed", said("S3:16", "Reuters", "ASSESS", "H8", mode="motive", words=has("empty-handed"))
    ),
    Item(
        169,
        "A",
        "benefits first, ties cut",
        both(
            find(
                "leverage", "S2:24", kind="tactic", what="de-linkage", party="Russia", said_by=has("Alexander Gabuev")
            ),
            find("leverage", "S2:22", kind="tactic|inducement", party="Russia"),
        ),
    ),
    Item(
        170,
        "A",
        "accusation of breach, not proved",
        find(
            "compliance",
            "S2:7",
            kind="breach of a term",
            accuser="Russia",
            accused="Ukraine",
            issue="A2",
            when="2025-03-19",
            ladder="alleged",
            in_force=FILLED,
        ),
    ),
    Item(
        171,
        "A",
        "mutual accusation",
        both(
            find("compliance", "S3:41", accuser="Russia", accused="Ukraine", answer="accuses back"),
            find("compliance", "S3:41", accuser="Ukraine", accused="Russia", answer="accuses back"),
        ),
    ),
    Item(
        172,
        "A",
        "earlier agreements",
        find("compliance", "S2:6", kind="earlier agreements", accuser="Russia", accused="Ukraine", issue="H7"),
    ),
    Item(
        173, "A", "conduct", find("compliance", "S2:6", kind="conduct", accuser="Russia", accused="Ukraine", issue="A7")
    ),
    Item(
        174,
        "A",
        "exchange carried out all the same",
        find("compliance", "S3:43", kind="carried out", issue="F1", when="2025-03-19"),
    ),
    Item(
        175,
        "A",
        "Europeans to be blamed",
        find("compliance", "S0:23", kind="blame that is expected", accuser="Russia", accused=has("European")),
    ),
    Item(
        176,
        "A",
        "three to be blamed",
        find(
            "compliance",
            "S1:29",
            kind="blame that is expected",
            accuser="United States",
            accused=has("Biden", "Ukraine", "Europeans"),
        ),
    ),
)
