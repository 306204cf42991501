"""Rows 37 to 62: who speaks, what is known of them, and how sure the attribution is."""

from __future__ import annotations

from benchmarks.checklist.checks import FILLED, Item, both, every, find, has, none, said

_DOZHD = "TV Dozhd|Dozhd|Dozhd channel"

ITEMS = (
    Item(
        37,
        "A",
        "Putin, Kremlin and what the one says through the other",
        both(
            find("actors", name="Vladimir Putin", kind="person", side="Russia"),
            find("actors", name="Kremlin", kind="office", side="Russia"),
            said("S2:6", "Vladimir Putin", "ACCUSE|CONDITION", via="Kremlin"),
        ),
    ),
    Item(
        38,
        "A",
        "Trump, White House, aides, administration",
        both(
            find("actors", name="Donald Trump", kind="person", side="United States"),
            find("actors", name="White House", kind="office", side="United States"),
            find("actors", name="Donald Trump's aides", side="United States"),
            find("actors", name=has("Trump administration"), side="United States"),
        ),
    ),
    Item(
        39,
        "A",
        "Zelensky, Kyiv and an epithet",
        both(
            find("actors", name="Volodymyr Zelensky", names=every("Zelensky", "Ukrainian chief"), side="Ukraine"),
            find("actors", name="Ukraine", names="Kyiv"),
        ),
    ),
    Item(
        40,
        "A",
        "Sybiha, foreign minister",
        find("actors", name="Andrii Sybiha", roles=has("Ukrainian foreign minister"), side="Ukraine"),
    ),
    Item(41, "A", "Witkoff, envoy", find("actors", name="Steve Witkoff", roles=has("envoy"), side="United States")),
    Item(42, "B", "Ingraham interviews", said("S2:9|S2:10", "Donald Trump", "DENY", addressee="Laura Ingraham")),
    Item(
        43,
        "A",
        "Starmer and his coalition",
        both(
            find("actors", name="Keir Starmer", side="United Kingdom"),
            find("actors", name=has("coalition of the willing")),
        ),
    ),
    Item(
        44,
        "A",
        "coalition and who leads it",
        both(
            said("S0:21", "Coalition of the willing", "PROMISE", "B1"),
            find("actors", name=has("coalition of the willing"), described=has("led by France and the UK")),
        ),
    ),
    Item(
        45,
        "A",
        "vague number, two named",
        said("S1:31", "Keir Starmer", "PROMISE|REPORT", "B5", words=has("significant number", "Britain", "France")),
    ),
    Item(
        46,
        "A",
        "Kasyanov, former PM and opponent",
        find("experts", "S1:14|S1:11", speaker="Mikhail Kasyanov", described=has("first prime minister", "opposition")),
    ),
    Item(
        47,
        "A",
        "Radchenko, affiliation",
        find("experts", "S1:27", speaker="Sergey Radchenko", described=has("Johns Hopkins")),
    ),
    Item(
        48,
        "A",
        "Martynov, editor, on Dozhd",
        both(
            find("experts", "S1:36", speaker="Kirill Martynov", described=has("editor", "Novaya Gazeta")),
            said("S1:37", "Kirill Martynov", "ASSESS", addressee=_DOZHD),
        ),
    ),
    Item(
        49,
        "A",
        "Kendall-Taylor, former official",
        find("experts", "S2:12", speaker="Andrea Kendall-Taylor", described=has("former", "intelligence")),
    ),
    Item(50, "A", "Racz, institute", find("experts", "S2:16", speaker="Andras Racz", described=has("German Council"))),
    Item(
        51,
        "A",
        "Baunov writes",
        both(
            find("experts", "S2:21", speaker="Alexander Baunov", described=has("analyst")),
            said("S2:21", "Alexander Baunov", "ASSESS", cue="wrote"),
        ),
    ),
    Item(
        52,
        "A",
        "Gabuev, director",
        find("experts", "S2:24|S2:25", speaker="Alexander Gabuev", described=has("director", "Carnegie")),
    ),
    Item(
        53,
        "A",
        "Gould-Davies, institute, to Reuters",
        both(
            find(
                "experts",
                "S3:27",
                speaker="Nigel Gould-Davies",
                described=has("International Institute for Strategic Studies"),
            ),
            said("S3:29", "Nigel Gould-Davies", "ASSESS", addressee="Reuters"),
        ),
    ),
    Item(
        54,
        "A",
        "Kozyrev, former minister, abroad, on Dozhd",
        both(
            find("experts", "S3:35", speaker="Andrei Kozyrev", described=has("foreign minister", "1990s", "abroad")),
            said("S3:35", "Andrei Kozyrev", "ASSESS", addressee=_DOZHD),
        ),
    ),
    Item(
        55,
        "A",
        "Stanovaya, analyst",
        find("experts", "S3:59", speaker="Tatyana Stanovaya", described=has("political analyst")),
    ),
    Item(
        56,
        "A",
        "unnamed source near the Kremlin",
        find(
            "statements",
            "S3:39",
            **{"class": "Anonymous"},
            speaker=has("source close to the Kremlin"),
            addressee="Reuters",
        ),
    ),
    Item(
        57,
        "A",
        "one fact by two sides",
        said("S2:7", "Volodymyr Zelensky", "ACCEPT", "A2", via=has("Trump administration")),
    ),
    Item(
        58,
        "B",
        "unnamed analysts",
        both(
            said("S1:34", "some analysts", "ASSESS", **{"class": "Expert"}),
            said("S3:47", "analysts", "ASSESS", **{"class": "Expert"}),
            said("S2:8", "analysts", "ASSESS", **{"class": "Expert"}),
        ),
    ),
    Item(
        59,
        "B",
        "domestic actors and their constraints",
        both(
            find("actors", name="Joe Biden"),
            find("actors", name=has("Democrats")),
            find("actors", name=has("Republicans")),
            said("S0:17", "@author", "ASSESS", mode="leverage|motive|evaluate"),
        ),
    ),
    Item(
        60,
        "A",
        "pollster",
        both(said("S1:21", "Levada Centre", "REPORT"), find("actors", name="Levada Centre", kind="organisation")),
    ),
    Item(
        61,
        "B",
        "historical analogy is no party's statement",
        both(said("S0:18", "@author", "ASSESS", mode="frame"), none("statements", "S0", speaker="Margaret Thatcher")),
    ),
    Item(
        62,
        "B",
        "fuzzy collectives",
        both(
            said("S2:5", "Ukraine's backers", "ASSESS"),
            said("S4:10", "European nations", "PROPOSE"),
            said("S3:53", "Ukraine's European allies", "ASSESS"),
            find("actors", name="European nations", kind=FILLED),
        ),
    ),
)
