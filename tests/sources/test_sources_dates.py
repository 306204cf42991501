"""Dates in the text: absolute ones, and relative ones resolved against the document's own date, with the basis said."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.records import Document, Fact, Span, TimeMention
from parley.sources import find_times


def document(text: str, day: str | None = "2025-03-19") -> Document:
    """A document dated, unless said otherwise, Wednesday 19 March 2025."""
    fact = Fact(day, "given", "--date") if day else None
    return Document(id="d", name="d", path="d.txt", format="text", text=text, sha256="", original_sha256="", date=fact)


def only(text: str, day: str | None = "2025-03-19") -> TimeMention:
    mentions = find_times(document(text, day))
    assert len(mentions) == 1, mentions
    return mentions[0]


@pytest.mark.parametrize(
    ("text", "words", "resolved"),
    [
        ("The deal of 18 March 2025 holds.", "18 March 2025", "2025-03-18"),
        ("The deal of March 18, 2025 holds.", "March 18, 2025", "2025-03-18"),
        ("Signed on Tuesday, March 18, 2025.", "Tuesday, March 18, 2025", "2025-03-18"),
        ("Signed on the 18th of March 2025.", "18th of March 2025", "2025-03-18"),
        ("Signed Sept. 9, 2012 in town.", "Sept. 9, 2012", "2012-09-09"),
        ("Signed 2025-03-18.", "2025-03-18", "2025-03-18"),
        ("Signed 18.03.2025.", "18.03.2025", "2025-03-18"),
        ("Signed 18/03/2025.", "18/03/2025", "2025-03-18"),
        ("Signed 03/18/2025.", "03/18/2025", "2025-03-18"),
        ("Talks ran 18-19 March 2025.", "18-19 March 2025", "2025-03-18/2025-03-19"),
        ("Talks ran March 18 to 19, 2025.", "March 18 to 19, 2025", "2025-03-18/2025-03-19"),
        ("A deal of March 2024.", "March 2024", "2024-03"),
        ("A pact signed in 2014.", "2014", "2014"),
        ("By the end of 2026 all leave.", "the end of 2026", "2026-12-31"),
        ("In the summer of 2024 they met.", "the summer of 2024", "2024-06-01/2024-08-31"),
    ],
)
def test_absolute_dates_need_no_date_of_the_document(text: str, words: str, resolved: str) -> None:
    for day in ("2025-03-19", None):
        mention = only(text, day)
        assert (mention.text, mention.resolved, mention.basis) == (words, resolved, "stated")


@pytest.mark.parametrize(
    ("text", "words", "resolved"),
    [
        ("They spoke on Tuesday.", "Tuesday", "2025-03-18"),
        ("They spoke Wednesday.", "Wednesday", "2025-03-19"),
        ("Thursday's talks failed.", "Thursday", "2025-03-13"),
        ("Last Tuesday's call failed.", "Last Tuesday", "2025-03-18"),
        ("They met last Wednesday.", "last Wednesday", "2025-03-12"),
        ("They meet next Wednesday.", "next Wednesday", "2025-03-26"),
        ("They met on Tuesday last week.", "Tuesday last week", "2025-03-11"),
        ("On Friday the two will speak by phone.", "Friday", "2025-03-21"),
        ("Talks are due to resume on Sunday.", "Sunday", "2025-03-23"),
        ("The union is due to walk out\nof all ports on Friday.", "Friday", "2025-03-21"),
        ("The sides agreed to meet again on Monday.", "Monday", "2025-03-24"),
        ("Today the union left.", "Today", "2025-03-19"),
        ("They spoke yesterday.", "yesterday", "2025-03-18"),
        ("They meet tomorrow.", "tomorrow", "2025-03-20"),
        ("They spoke last night.", "last night", "2025-03-18"),
        ("It failed the day before yesterday.", "the day before yesterday", "2025-03-17"),
        ("They met last week.", "last week", "2025-03-10/2025-03-16"),
        ("They meet next week.", "next week", "2025-03-24/2025-03-30"),
        ("They met last month.", "last month", "2025-02"),
        ("They met last year.", "last year", "2024"),
        ("They met over the weekend.", "the weekend", "2025-03-15/2025-03-16"),
        ("They met three days ago.", "three days ago", "2025-03-16"),
        ("They met two months ago.", "two months ago", "2025-01"),
        ("They met on 28 February.", "28 February", "2025-02-28"),
        ("They met on December 12.", "December 12", "2024-12-12"),
        ("They will meet on April 20.", "April 20", "2025-04-20"),
        ("They had met on Wednesday, March 20.", "Wednesday, March 20", "2024-03-20"),
        ("The tariff was put off until July 9.", "July 9", "2025-07-09"),
        ("A text is supposed to be ready by June 30.", "June 30", "2025-06-30"),
        ("The strike began last August.", "last August", "2024-08"),
        ("The strike began in January.", "January", "2025-01"),
        ("They will meet in June.", "June", "2025-06"),
        ("The offer fell before last summer's strike.", "last summer", "2024-06-01/2024-08-31"),
        ("Stocks will run out from early summer.", "early summer", "2025-06-01/2025-06-30"),
        ("She asked the board to delay the levy until June.", "June", "2025-06"),
        ("No strike was called before the beginning of July.", "July", "2025-07"),
        ("A round of pledges was announced for the start of April.", "April", "2025-04"),
        ("Wages fell since April.", "April", "2024-04"),
        ("The strike began in October.", "October", "2024-10"),
        ("A vote was called unlikely before the summer.", "the summer", "2025-06-01/2025-08-31"),
        ("The dispute began in the autumn.", "the autumn", "2024-09-01/2024-11-30"),
        ("All leave by the end of the year.", "the end of the year", "2025-12-31"),
        ("It holds until the end of next month.", "the end of next month", "2025-04-30"),
        ("Prices rose since the beginning of this year.", "the beginning of this year", "2025-01-01"),
    ],
)
def test_relative_dates(text: str, words: str, resolved: str) -> None:
    mention = only(text)
    assert (mention.text, mention.resolved) == (words, resolved)
    assert mention.basis.startswith("relative to 2025-03-19 (given: --date)")
    undated = only(text, None)
    assert (undated.text, undated.resolved, undated.basis) == (words, None, "unresolved: the document has no date")


def test_each_day_follows_its_own_verb() -> None:
    first, second = find_times(document("The company said on Monday that it would reply on Friday."))
    assert (first.resolved, second.resolved) == ("2025-03-17", "2025-03-21")


def test_last_winter_is_one_that_is_over() -> None:
    assert only("They met last winter.", "2025-01-10").resolved == "2023-12-01/2024-02-29"
    assert only("They met last winter.", "2025-07-10").resolved == "2024-12-01/2025-02-28"


@pytest.mark.parametrize(
    "text",
    [
        "Later in the day they left.",
        "They may march on the capital.",
        "The Good Friday agreement holds.",
        "The Sunday Times reported it.",
        "Prices fall and rivers spring.",
        "Version 1.2.2025.3 is out.",
        "The vote was 18 to 19.",
        "Theresa May's offer of May stands.",
        "They met on 31 February.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find_times(document(text)) == ()


def test_day_and_month_that_cannot_be_told_apart_stay_unresolved() -> None:
    mention = only("Signed 03/04/2025.")
    assert mention.resolved is None
    assert mention.basis.startswith("unresolved")


def test_basis_tells_how_the_date_of_the_document_is_known() -> None:
    stated = Document(
        id="d", name="d", path="d", format="text", text="Yesterday.", sha256="", original_sha256="",
        date=Fact("2025-03-19", "stated", "Published: 19 March 2025"),
    )  # fmt: skip
    assert find_times(stated)[0].basis == "relative to 2025-03-19 (stated: Published: 19 March 2025)"


def test_dates_in_furniture_are_left_out() -> None:
    text = "Published yesterday\nThe union left on Monday."
    kept = find_times(document(text), furniture=[Span(0, 19), Span(30, 31)])
    assert [mention.text for mention in kept] == ["Monday"]
    assert find_times(document(text), furniture=[Span(0, len(text))]) == ()


PIECES = (
    "Tuesday|last|next|week|March|18|2025|May|the end of the year|yesterday|will|said|🤝|"
    "e\u0301|\r\n|–|31|February|early|"
    "summer|winter|29|03/04/2025|two|days ago|\u200f|,|."
)
WORDS = st.sampled_from(PIECES.split("|"))


@given(
    words=st.lists(st.one_of(WORDS, st.text(string.ascii_letters, max_size=4)), max_size=25),
    day=st.one_of(st.none(), st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))),
)
@settings(deadline=None, max_examples=200)
def test_mentions_are_in_order_apart_and_verbatim(words: list[str], day: date | None) -> None:
    text = " ".join(words)
    end = 0
    for mention in find_times(document(text, day.isoformat() if day else None)):
        assert mention.span.start >= end
        assert mention.span.of(text) == mention.text
        end = mention.span.end
        if mention.resolved:
            parts = mention.resolved.split("/")
            assert parts == sorted(parts)
            for part in parts:
                date.fromisoformat(part + "-01-01"[: 10 - len(part)] if len(part) < 10 else part)
        else:
            assert mention.basis.startswith("unresolved")


def test_the_stop_of_an_hour_or_a_title_hides_no_verb() -> None:
    assert only("The board will meet at 11 a.m. Monday.").resolved == "2025-03-24"
    assert only("The board will hear Mr. Lind on Monday.").resolved == "2025-03-24"
    assert only("The board will meet soon. Lind left on Monday.").resolved == "2025-03-17"
