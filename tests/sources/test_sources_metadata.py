"""Title, outlet, author, date, language and genre, each with how it is known; unknown stays unknown."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from parley.records import Document
from parley.sources import Given, load

Read = Callable[..., Document]
BODY = (
    "The dock workers' union said on Tuesday that it would not accept the port company's second offer, which it called "
    "narrower than the first. The company answered that its proposal stood until the end of the month.\n"
)


def test_first_line_like_a_headline_is_an_inferred_title(read_one: Read) -> None:
    document = read_one("a.txt", f"Dock union turns down second offer\n\n{BODY}")
    assert (document.title.value, document.title.basis) == ("Dock union turns down second offer", "inferred")


@pytest.mark.parametrize(
    "first",
    [
        "The dock union turned down the offer.",
        "Image copyright Harbour Photos Image caption The port at dawn",
        "7 years ago",
        "17302 views 11 comment(s)",
        "By Ann Lee",
        "Ann Lee and Bo Ray",
        "18 March 2025",
        "HARBOURTOWN, March 18 (AFX) - The union said no",
        "https://example.org/talks/port",
        "From: The port company",
    ],
)
def test_first_line_that_is_no_headline(read_one: Read, first: str) -> None:
    assert read_one("a.txt", f"{first}\n\n{BODY}").title is None


def test_hard_wrapped_text_has_no_title(read_one: Read) -> None:
    assert (
        read_one(
            "a.txt",
            "The dock union said on Tuesday that it would not\naccept the second offer of the port company,\n" * 4,
        ).title
        is None
    )


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ann Lee", "Ann Lee"),
        ("BY ANN LEE AND BO RAY", "Ann Lee and Bo Ray"),
        ("By Ann Lee, Harbour Gazette", "Ann Lee"),
        ("By labour correspondent Ann Lee", "Ann Lee"),
        ("Author: Ann Lee", "Ann Lee"),
        ("This commentary by Ann Lee is reprinted from Harbour Gazette.", "Ann Lee"),
    ],
)
def test_bylines(read_one: Read, line: str, author: str) -> None:
    document = read_one("a.txt", f"Port talks stall\n{line}\n\n{BODY}")
    assert (document.author.value, document.author.basis) == (author, "stated")
    assert document.author.evidence in line


@pytest.mark.parametrize("line", ["By the end of the month", "By then it was too late", "By Tuesday"])
def test_lines_that_are_no_bylines(read_one: Read, line: str) -> None:
    assert read_one("a.txt", f"Port talks stall\n{line}\n\n{BODY}").author is None


@pytest.mark.parametrize(
    "line",
    ["Published: 18 March 2025", "Published on March 18, 2025 10:00", "Tuesday, 18 March 2025", "March 18, 2025",
     "2025-03-18", "Date: Tue, 18 Mar 2025 10:00:00 GMT", "18.03.2025"],
)  # fmt: skip
def test_date_lines(read_one: Read, line: str) -> None:
    document = read_one("a.txt", f"Port talks stall\n{line}\n\n{BODY}")
    assert (document.date.value, document.date.basis, document.date.evidence) == ("2025-03-18", "stated", line)


def test_day_of_publication_goes_before_the_last_change(read_one: Read) -> None:
    document = read_one("a.txt", f"Updated: 20 March 2025\nPublished: 18 March 2025\n\n{BODY}")
    assert document.date.value == "2025-03-18"


def test_date_in_a_sentence_is_not_the_publication(read_one: Read) -> None:
    assert read_one("a.txt", f"Port talks stall\n\nOn 18 March 2025 the union met the company.\n{BODY}").date is None


def test_dateline(read_one: Read) -> None:
    document = read_one("a.txt", f"Port talks stall\n\nHARBOURTOWN, March 18, 2025 (AFX) - {BODY}")
    assert (document.date.value, document.date.basis) == ("2025-03-18", "stated")
    assert (document.outlet.value, document.outlet.basis) == ("AFX", "inferred")
    assert (document.genre.value, document.genre.basis) == ("report", "inferred")
    assert read_one("b.txt", f"HARBOURTOWN, March 18 (AFX) - {BODY}").date is None, "a day without a year is no date"


def test_date_in_the_file_name_is_inferred(read_one: Read) -> None:
    document = read_one("2025-03-18_port.txt", BODY)
    assert (document.date.value, document.date.basis, document.date.evidence) == (
        "2025-03-18",
        "inferred",
        "file name: 2025-03-18",
    )
    assert read_one("port_20250318.txt", BODY).date.value == "2025-03-18"
    assert read_one("case_20259999.txt", BODY).date is None


def test_stated_date_goes_before_the_file_name(read_one: Read) -> None:
    assert read_one("2025-03-18_port.txt", f"Published: 17 March 2025\n{BODY}").date.value == "2025-03-17"


def test_outlet_of_a_disclaimer_and_of_a_credit_line(read_one: Read) -> None:
    views = "The views in this opinion piece belong to its writer; they are not those of Harbour Gazette."
    document = read_one("a.txt", f"{BODY}{views}\n")
    assert (document.outlet.value, document.outlet.basis) == ("Harbour Gazette", "stated")
    assert (document.genre.value, document.genre.basis) == ("opinion", "stated")
    credited = read_one("b.txt", f"{BODY * 25}The Harbour Times\nTo comment on this story, please log in.\n")
    assert (credited.outlet.value, credited.outlet.basis) == ("The Harbour Times", "inferred")


def test_fields_of_a_scraper_above_the_text(read_one: Read) -> None:
    top = '---\ntitle: "Port talks stall"\nsource: https://www.example.org/2025/03/18/port\n---\n\n'
    document = read_one("a.txt", top + BODY)
    assert (document.title.value, document.outlet.value, document.date.value) == (
        "Port talks stall",
        "example.org",
        "2025-03-18",
    )
    assert (document.outlet.basis, document.date.basis) == ("inferred", "inferred")


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        (f"OPINION: Why the port must give way\n{BODY}", "opinion"),
        (f"Readout of the minister's call with the union\n{BODY}", "readout"),
        (f"Press statement\n{BODY}", "readout"),
        (
            "What to expect from the port talks\nOn Thursday both sides will meet for the third time.\n" + BODY,
            "preview",
        ),
        ("Port talks\nQ: Why no?\nA: Too little.\nQ: And now?\nA: We wait.\nQ: How long?\nA: A month.\n", "interview"),
        (f"Interview with the head of the dock union\n{BODY}", "interview"),
        (BODY, None),
    ],
)
def test_genre(read_one: Read, text: str, genre: str | None) -> None:
    found = read_one("a.txt", text).genre
    assert (found.value if found else None) == genre
    if found:
        assert found.evidence


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BODY, "en"),
        ("Die Gewerkschaft der Hafenarbeiter lehnte das zweite Angebot ab und nannte es zu gering.", "de"),
        ("Профсоюз докеров отклонил второе предложение портовой компании.", "ru"),
        ("Профспілка докерів відхилила другу пропозицію портової компанії.", "uk"),
        ("港湾労働組合は会社の二回目の提案を拒否し、来週また交渉を行うと述べた。", "ja"),
        ("No. 7", None),
    ],
)
def test_language_is_inferred(read_one: Read, text: str, code: str | None) -> None:
    found = read_one("a.txt", text).language
    assert (found.value if found else None) == code
    assert found is None or found.basis == "inferred"


def test_given_goes_before_stated(read_one: Read) -> None:
    document = read_one(
        "a.txt", f"Port talks stall\nBy Ann Lee\n{BODY}", given=Given(author="Bo Ray", outlet="Desk copy")
    )
    assert (document.author.value, document.author.basis, document.author.evidence) == ("Bo Ray", "given", "--author")
    assert document.outlet.value == "Desk copy"


SHARED = Path(os.environ.get("PARLEY_SHARED", Path(__file__).resolve().parents[2] / "../shared"))


@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="the shared corpus is not beside the repository")
def test_shared_corpus_is_read_whole() -> None:
    results = list(load([SHARED / "corpus"]))
    documents = [result for result in results if isinstance(result, Document)]
    texts = sorted(SHARED.glob("corpus/*/*.txt"))
    assert sorted(document.path for document in documents) == sorted(map(str, texts))
    for document in documents:
        assert document.text.encode() == Path(document.path).read_bytes().removeprefix(b"\xef\xbb\xbf")
    assert all(result.kind == "skipped" for result in results if not isinstance(result, Document))
    dated = sum(1 for document in documents if document.date)
    assert dated >= 0.75 * len(documents)
