"""Rows 96 to 138: what parties say, demand and make conditional."""

from __future__ import annotations

from benchmarks.checklist.checks import Check, Item, both, find, has, said

_TRUMP, _PUTIN, _ZELENSKY = "Donald Trump", "Vladimir Putin", "Volodymyr Zelensky"


def _judged(at: str, issues: str = "", mode: str = "", speaker: str = "@author", **cells: str) -> Check:
    """Ask for a judgement, by the article's own voice if by nobody else."""
    return said(at, speaker, "ASSESS", issues, **({"mode": mode} if mode else {}), **cells)


ITEMS = (
    Item(
        96,
        "A",
        "end of aid and intelligence, to Trump",
        said("S0:6", _PUTIN, "DEMAND|CONDITION", "B1 B2", addressee=_TRUMP, via="Kremlin", words=has("escalation")),
    ),
    Item(97, "A", "sacred battle", said("S1:4", _PUTIN, "ASSESS", mode="frame", words=has("sacred"))),
    Item(
        98,
        "A",
        "in favour, only if",
        said("S1:7", _PUTIN, "ACCEPT|CONDITION", "A1", stance="conditional", modifiers="conditional_on"),
    ),
    Item(
        99,
        "A",
        "arms and mobilisation during a truce",
        both(
            said("S1:8", f"{_PUTIN}|Russia", "CONDITION|DEMAND", "B1", stance="against"),
            said("S1:8", f"{_PUTIN}|Russia", "CONDITION|DEMAND", "B3", stance="against"),
        ),
    ),
    Item(100, "A", "simpler to negotiate with Moscow", said("S1:13", _TRUMP, "ASSESS|REPORT", "H8|H4")),
    Item(101, "A", "revive relations", said("S1:22", "Kremlin", "ASSESS|REPORT|PROPOSE", "H1", words=has("revive"))),
    Item(
        102,
        "A",
        "four regions and Crimea first",
        said("S1:24", _PUTIN, "DEMAND|CONDITION", "D1", addressee="Ukraine", stance="for"),
    ),
    Item(103, "A", "iron-clad guarantees", said("S1:25", "Russia", "DEMAND", "C2", stance="against")),
    Item(
        104,
        "A",
        "against alliance troops, with a vague threat",
        both(said("S1:31", "Russia", "REJECT", "B5", stance="against"), said("S1:31", "Russia", "THREATEN", "B5")),
    ),
    Item(
        105, "A", "willing countries", said("S1:31", "Keir Starmer", "REPORT|PROMISE", "B5", modifiers="on_behalf_of")
    ),
    Item(
        106,
        "A",
        "devastating pain if",
        said("S1:33", _TRUMP, "THREATEN", "G1", addressee="Russia", modifiers="conditional_on"),
    ),
    Item(
        107,
        "A",
        "temporary, not frozen",
        both(
            said("S1:39", "Andrii Sybiha", "ASSESS", "A1", mode="frame"),
            said("S1:39", "Andrii Sybiha", "ASSESS|REJECT", "A4", modifiers="negated"),
        ),
    ),
    Item(
        108,
        "A",
        "requirements reiterated",
        said("S2:6", _PUTIN, "CONDITION|DEMAND", "A1", via="Kremlin", modifiers="reiterated"),
    ),
    Item(109, "A", "agreements sabotaged", said("S2:6", _PUTIN, "ACCUSE", "H7", addressee="Ukraine")),
    Item(
        110, "A", "terrorist crimes", said("S2:6", _PUTIN, "ACCUSE", "A7", addressee="Ukraine", words=has("terrorist"))
    ),
    Item(
        111,
        "A",
        "key condition, two wordings",
        both(
            said("S2:8", _PUTIN, "CONDITION", "B1 B2", via="Kremlin"), said("S4:3", _PUTIN, "CONDITION|DEMAND", "B1 B2")
        ),
    ),
    Item(112, "A", "not spoken of at all", said("S2:10", _TRUMP, "DENY", "B1", addressee="Laura Ingraham|Fox News")),
    Item(113, "A", "a quick end is wanted", said("S2:17", "United States", "DEMAND|ASSESS|REPORT", "H8|A1")),
    Item(
        114,
        "A",
        "consensus, and close to more",
        both(
            said("S3:33", "Steve Witkoff", "REPORT", "A2 A3", addressee="Fox News|Fox"),
            said("S3:33", "Steve Witkoff", "ASSESS", "A1", mode="forecast|evaluate"),
        ),
    ),
    Item(115, "A", "a very good path", said("S3:43", _TRUMP, "ASSESS", mode="evaluate", words=has("good path"))),
    Item(116, "A", "a very good call", said("S3:45", _TRUMP, "ASSESS|REPORT", words=has("very good"))),
    Item(
        117,
        "A",
        "not to supply or mobilise",
        both(
            said("S3:25", _PUTIN, "CONDITION|DEMAND", "B1", modifiers="reiterated"),
            said("S3:25", _PUTIN, "CONDITION|DEMAND", "B3", modifiers="reiterated"),
        ),
    ),
    Item(118, "A", "rejected", said("S3:25", "Ukraine", "REJECT", "B1|B3|A1", addressee="Russia")),
    Item(
        119, "A", "peacekeepers dismissed", said("S4:10", "Russian officials|Russia", "REJECT", "B5", stance="against")
    ),
    Item(
        120,
        "A",
        "membership and troops ruled out",
        both(
            said("S4:11", _TRUMP, "REJECT", "C2", stance="against"),
            said("S4:11", _TRUMP, "REJECT", "B5", stance="against"),
        ),
    ),
    Item(121, "A", "progress claimed", said("S4:13", _TRUMP, "REPORT|ASSESS", "H8", modifiers="disputed_by")),
    Item(122, "A", "extra demands", _judged("S4:3", "H8", "evaluate")),
    Item(123, "A", "goals not given up", _judged("S2:2", "H8", "evaluate", modifiers="negated")),
    Item(
        124,
        "A",
        "arms ban, tied to the truce",
        both(
            find("leverage", "S3:25", kind="linkage", what=has("External military aid"), party="Russia"),
            said("S1:8", f"{_PUTIN}|Russia", "CONDITION|DEMAND", "B1 A1"),
        ),
    ),
    Item(
        125,
        "A",
        "mobilisation halt, tied to the truce",
        both(
            find("leverage", "S3:25", kind="linkage", what=has("Mobilisation"), party="Russia"),
            said("S1:8", f"{_PUTIN}|Russia", "CONDITION|DEMAND", "B3 A1"),
        ),
    ),
    Item(
        126,
        "A",
        "end of aid, tied to the settlement",
        both(
            find("leverage", "S2:8", kind="linkage", what=has("External military aid"), party="Russia"),
            find("positions", "S0:6 S2:8 S4:3", issue="B1", party="Russia", stance="against"),
        ),
    ),
    Item(
        127,
        "A",
        "end of intelligence, tied to the settlement",
        find("positions", "S0:6 S2:8 S4:3", issue="B2", party="Russia"),
    ),
    Item(
        128,
        "A",
        "root causes, tied to the truce",
        find("leverage", "S1:7", kind="linkage", party="Russia", what=has("General ceasefire", "Leadership")),
    ),
    Item(
        129,
        "A",
        "territory before peace",
        both(
            find("leverage", "S1:24", kind="linkage", party="Russia", what=has("Territorial")),
            said("S1:24", _PUTIN, "CONDITION", "D1"),
        ),
    ),
    Item(
        130,
        "A",
        "no membership: demanded, and got from the US",
        both(said("S1:25", "Russia", "DEMAND", "C2"), find("concessions", "S0:15", issue="C2", giver="United States")),
    ),
    Item(
        131,
        "A",
        "size of the army, an aim told by the author",
        said("S0:16", f"{_PUTIN}|@author", "DEMAND|ASSESS", "B4"),
    ),
    Item(
        132,
        "A",
        "no foreign forces",
        find("positions", "S0:16 S1:31 S4:10", issue="B5", party="Russia", stance="against"),
    ),
    Item(133, "A", "elections, inferred", _judged("S0:22", "E1", modifiers="hedged")),
    Item(
        134,
        "A",
        "recognition, predicted",
        find("forecasts", "S1:30", forecaster="Sergey Radchenko", issue_label="Recognition of claims"),
    ),
    Item(
        135,
        "A",
        "non-starters",
        both(
            _judged("S2:6", "A1"),
            _judged("S4:4", "B1|B2"),
            _judged("S3:29", "A1", "frame|evaluate", speaker="Nigel Gould-Davies"),
        ),
    ),
    Item(
        136,
        "A",
        "one refusal empties the other's consent",
        find(
            "forecasts",
            "S4:11",
            forecaster="the article",
            condition=has("if"),
            issue_label="Foreign troops and peacekeepers",
        ),
    ),
    Item(137, "A", "anchoring", find("leverage", "S0:8", kind="tactic", what="anchoring", party="Russia")),
    Item(
        138,
        "A",
        "both stop, for a month",
        find("proposals", "S3:14", issue="A2", mutual="both sides", duration=has("month")),
    ),
)
