"""Lists of links on a page are furniture; lists that an article or a transcript holds are not."""

from __future__ import annotations

from tests.sources.furniture_samples import FIRST, FOURTH, SECOND, THIRD, greyed

MENU = ("Home", "Port", "Weather", "Tides", "Letters", "Ferry times", "Harbour sports", "Jobs at the quay", "Archive")
TITLES = (
    "Ferry line sells its oldest ship",
    "Why gulls follow the herring fleet",
    "Town hall counts its lamps again",
    "Swimmers' club finds a new pier",
)
BIRDS = ("gulls", "terns", "geese", "knots", "ducks", "swans", "coots", "rooks", "larks")
MOODS = ("back", "late", "loud", "gone", "fat", "white", "shy", "black", "high")


def test_menu_above_and_below_the_article_is_navigation() -> None:
    text = "\n".join((*MENU, FIRST, SECOND, THIRD, *MENU))
    assert [words for words, _ in greyed(text)] == [*MENU, *MENU]
    assert {reason for _, reason in greyed(text)} == {"navigation"}


def test_titles_and_tags_that_are_linked_below_are_furniture() -> None:
    links = [f"- [{title}](https://example.org/{number})" for number, title in enumerate((*TITLES, *MENU))]
    text = "\n".join((FIRST, SECOND, THIRD, *TITLES, *MENU, *links))
    found = greyed(text)
    assert [words for words, _ in found] == [*TITLES, *MENU, *links]
    assert (TITLES[0], "link to another story") in found and (MENU[1], "navigation") in found


def test_share_buttons_mark_the_menu_that_they_stand_in() -> None:
    buttons = ("Print", "Email", "Log in", "Register", "Watch live")
    text = "\n".join((FIRST, SECOND, THIRD, *buttons, *MENU[:5]))
    assert [words for words, _ in greyed(text)] == [*buttons, *MENU[:5]]


def test_short_or_unmarked_lists_are_left_alone() -> None:
    demands = [
        f"{term} for the {crew} crew" for term in ("More pay", "Longer rest") for crew in ("day", "night", "ice")
    ]
    assert greyed("\n".join((FIRST, "The union asks for:", *demands, *demands[:1], THIRD))) == []
    verses = [f"The {bird} are {how}" for bird, how in zip(BIRDS, MOODS, strict=True)]
    assert greyed("\n".join((FIRST, *verses, THIRD))) == []


def test_speakers_of_a_transcript_are_no_menu() -> None:
    turns = [
        line
        for said in ("No", "Never", "Who says", "We vote", "Not yet")
        for line in ("Maria Holt:", said, "Tom Roe:", "Why")
    ]
    assert not any(words.endswith(":") for words, _ in greyed("\n".join((FIRST, *turns, THIRD))))


def test_what_follows_the_closing_note_is_links_where_links_stand_there() -> None:
    told = "The ferry line's oldest ship was sold to a museum on Sunday, its captain said."
    rest = [
        TITLES[0],
        "[](https://example.org/1)",
        TITLES[1],
        "[](https://example.org/2)",
        TITLES[2],
        "[](https://example.org/3)",
    ]
    article = [f"On day {number} of the strike, {FIRST} {SECOND} {THIRD}" for number in range(8)]
    text = "\n".join((*article, "© 2024 Harbour Daily", *rest, told, TITLES[3]))
    found = greyed(text)
    assert [words for words, _ in found][-8:] == [*rest, told, TITLES[3]]
    assert not any(words in article for words, _ in found)


def test_article_that_comes_twice_on_its_page_is_text() -> None:
    article = (FIRST, SECOND, THIRD, FOURTH, "“No,” said Holt.", "The vote was close: 612 to 588.", "Talks go on.")
    assert greyed("\n".join((*article, *article))) == []


def test_article_below_a_copyright_line_is_text() -> None:
    assert greyed("\n".join(("© 2024 Harbour Daily", FIRST, SECOND, "[](https://example.org/1)", THIRD, FOURTH))) == [
        ("© 2024 Harbour Daily", "disclaimer"),
        ("[](https://example.org/1)", "link to another story"),
    ]
