"""The words that phrases are read from, and what each can be. Internal to the actor rules."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parley.reading.gazetteer import WORD, words_of

LISTS = {
    name: words_of(name)
    for name in (
        "titles_male", "titles_female", "titles", "particles", "roles", "role_modifiers", "groups", "organisations",
        "organisation_heads", "weekdays", "months", "no_names", "function", "openers", "speech", "male", "female",
        "suffixes", "region_adjectives", "regions", "compass", "document_words", "ministries", "houses",
    )
}  # fmt: skip
TITLES = LISTS["titles"] | LISTS["titles_male"] | LISTS["titles_female"]
FIRST = LISTS["male"] | LISTS["female"]
PARTISAN = frozenset("republican democrat democratic conservative tory labour liberal socialist".split())
"""Words that tell a political party, its members and its leaders."""
DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "some",
        "many",
        "most",
        "several",
        "both",
        "all",
        "other",
        "another",
        "any",
        "every",
        "each",
        "few",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "your",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "dozens",
        "hundreds",
        "thousands",
    ]
)
OWNERS = frozenset(["his", "her", "its", "their", "our", "my", "your"])
NUMBERS = frozenset(
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozens", "hundreds", "thousands"]
)
QUANTITIES = frozenset(["some", "many", "most", "several", "both", "all", "few", "others", "none", "one"])
PRONOUNS = frozenset(
    [
        "he",
        "him",
        "his",
        "himself",
        "she",
        "her",
        "hers",
        "herself",
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
        "we",
        "us",
        "our",
        "ours",
        "ourselves",
        "it",
        "its",
        "itself",
        "i",
        "me",
        "my",
        "mine",
        "myself",
        "you",
        "your",
        "yours",
    ]
)
WITH_PORTFOLIO = frozenset(
    ["secretary", "minister", "undersecretary", "under-secretary", "chief", "ministers", "deputy", "chancellor"]
)
PORTFOLIO_WORDS = LISTS["ministries"] | frozenset(
    ["state", "staff", "foreign", "affairs", "homeland", "security", "treasury", "exchequer", "and"]
)
OPENING = DETERMINERS | {"so-called", "fellow"}
ARTICLES = frozenset(["the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my"])
CONJUNCTIVE = frozenset(["that", "this", "these", "those", "one", "each", "every", "any", "all", "both"])
CLOSE = frozenset(["of", "for", "at", "in", "from", "to", "on", "with"])
QUALIFYING = (
    "-aligned", "-allied", "-backed", "-based", "-brokered", "-controlled", "-dominated", "-held", "-led", "-majority",
    "-mediated", "-owned", "-rich", "-run", "-sponsored",
)  # fmt: skip
"""How words end that only say of what kind the name after them is: "oil-rich", "Kurdish-led"."""
TAILS = (*QUALIFYING, "-born", "-elect", "-year-old", "-speaking", "-to-be", "-designate")


_STARTS = (
    OPENING.union(
        *(LISTS[name] for name in ("roles", "role_modifiers", "groups", "organisations", "particles", "compass"))
    )
    - PRONOUNS
) | OWNERS


@dataclass(slots=True)
class Word:
    """A word, where it stands, and what it can be."""

    text: str
    start: int
    end: int
    low: str = ""
    cap: bool = False
    first: bool = False  # opens a sentence
    shout: bool = False  # stands in a line of capitals
    titled: bool = False  # stands in a headline that capitalises most words


def may_start(word: Word) -> bool:
    """Tell at a glance whether a phrase can start at a word."""
    return word.cap or word.low in _STARTS or word.text[0].isdigit() or "-" in word.text


def is_title(line: str) -> bool:
    """Tell whether a line is a headline that capitalises most of its words."""
    if len(line) > 200 or line.rstrip().endswith((".", "”", '"', "?”", ",", ":")):
        return False
    words = [
        word
        for word in re.findall(r"[^\W\d_][\w’'\-]*", line)
        if len(word) > 3 and word.lower() not in LISTS["function"]
    ]
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)


def split_words(text: str, start: int, end: int) -> list[Word]:
    """Split ``text[start:end]`` into words, with what the sentence tells of each."""
    found: list[Word] = []
    opens = True
    shout = False
    if end - start < 400 and text[start : start + 12].isupper():
        letters = [c for c in text[start:end] if c.isalpha()]
        shout = len(letters) > 12 and sum(c.isupper() for c in letters) > 0.85 * len(letters)
    titled = is_title(text[start:end])
    for match in WORD.finditer(text, start, end):
        value = match.group()
        head = value[0]
        cap = head.isupper()
        found.append(
            Word(value, match.start(), match.end(), value.lower(), cap, opens and (head.isalnum()), shout, titled)
        )
        if head.isalnum() or value in ("'s", "’s"):
            opens = False
        elif value in '.!?:;—–“"«‘([•*' or value == "-":
            opens = True
    return found
