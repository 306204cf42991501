"""The gazetteer of states, seats of power, world bodies and outlets, and the word lists of the actor rules.

Both are data files beside this module (``gazetteer.toml``, ``actor_words.toml``), our own compilation of public facts.
No person is in them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from parley.records import ActorKind

WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., J.P.
    r"|(?:[Mm]rs?|[Mm]s|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Cmdr|Brig|Prof|Rev|Hon|Jr|Sr|St|Inc|Corp|Ltd"
    r"|Co|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Pres|Amb|Del|Supt|Insp)\.(?!\w)"
    r"|[A-Z]\.(?=[ \n][A-Z])"  # an initial
    r"|['’][sS](?!\w)"
    r"|\d+(?:[.,]\d+)+"
    r"|[^\W_]+(?:[’'\-/&+.](?![sS](?!\w))[^\W_]+)*\+?"
    r"|[^\s\u200b-\u200f\u2060\ufeff]"
)
"""One word, possessive mark or other character. ``O'Brien`` and ``Paris-based`` are one word, ``Iran's`` is two."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a run of words stands for.

    ``kind`` is "state", "office" (a seat of power), "organisation", "outlet" or "region"; ``form`` says how the words
    name it: "name", "adjective", "people", "capital" (stands for the state) or "place" (never does).
    """

    name: str
    kind: ActorKind
    form: str
    state: str | None = None
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Entries by their words, and by each state's name the word that goes before a noun: "US", "Chilean"."""

    entries: Mapping[tuple[str, ...], Entry]
    upper: Mapping[tuple[str, ...], Entry]  # the same in capitals, for headlines
    adjectives: Mapping[str, str]
    peoples: Mapping[str, str]  # each state's first adjective: "American"
    administrations: frozenset[str]  # states whose government goes by "the administration"
    capitals: Mapping[str, str]
    longest: Mapping[str, int]  # first word: how many words its longest entry has

    def match(self, words: Sequence[str], at: int, *, capitals: bool = False) -> tuple[Entry, int] | None:
        """Return the longest entry that starts at ``words[at]`` and how many words it takes, or None."""
        table = self.upper if capitals else self.entries
        reach = self.longest.get(words[at])
        if reach is None:
            return None
        for length in range(min(reach, len(words) - at), 0, -1):
            entry = table.get(tuple(words[at : at + length]))
            if entry is not None:
                return entry, length
        return None

    def get(self, name: str) -> Entry | None:
        """Return the entry that *name* as a whole is, or None."""
        return self.entries.get(tuple(WORD.findall(name)))


def read_data(name: str) -> dict[str, Any]:
    """Return one of the data files beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _people(row: Mapping[str, Any]) -> list[str]:
    return [word.removeprefix("the ") for word in row.get("people", [])]


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer, read once."""
    data = read_data("gazetteer.toml")
    entries: dict[tuple[str, ...], Entry] = {}
    adjectives: dict[str, str] = {}
    peoples: dict[str, str] = {}
    administrations = {row["name"] for row in data["states"] if row.get("administration")}
    capitals: dict[str, str] = {}

    def put(words: str, entry: Entry) -> None:
        entries.setdefault(tuple(WORD.findall(words)), entry)

    for row in [*data["states"], *data["historical"]]:
        name, ambiguous = row["name"], bool(row.get("ambiguous"))
        put(name, Entry(name, "state", "name", name, ambiguous))
        for alias in row.get("aliases", []):
            put(alias, Entry(name, "state", "name", name))
        for city in row.get("capitals", []):
            put(city, Entry(name, "state", "capital", name))
            capitals.setdefault(city, name)
        for place in row.get("places", []):
            put(place, Entry(name, "state", "place", name))
        for people in _people(row):
            put(people, Entry(name, "state", "people", name))
        if "label" in row:
            adjectives[name] = row["label"]
        for adjective in row.get("adjectives", []):
            put(adjective, Entry(name, "state", "adjective", name))
            adjectives.setdefault(name, adjective)
            peoples.setdefault(name, adjective)
    for row in data["seats"]:
        form = "place" if row.get("place") else "name"
        for words in [row["name"], *row.get("aliases", [])]:
            put(words, Entry(row["name"], "office", form, row["state"], bool(row.get("ambiguous"))))
    for row in data["bodies"]:
        for words in [row["name"], *row.get("aliases", [])]:
            put(words, Entry(row["name"], "organisation", "name"))
        for city in row.get("capitals", []):
            entries[tuple(WORD.findall(city))] = Entry(row["name"], "organisation", "capital")
    for row in data["outlets"]:
        for words in [row["name"], *row.get("aliases", [])]:
            put(words, Entry(row["name"], "outlet", "name", row.get("state")))
            if words.startswith("The "):
                put(words.removeprefix("The "), Entry(row["name"], "outlet", "name", ambiguous=words.count(" ") == 1))
    upper: dict[tuple[str, ...], Entry] = {}
    longest: dict[str, int] = {}
    for key, entry in entries.items():
        large = tuple(word.upper() for word in key)
        if len(key) > 1 or len(key[0]) > 3 or "." in key[0]:
            upper.setdefault(large, entry)
        for first in (key[0], large[0]):
            longest[first] = max(longest.get(first, 0), len(key))
    return Gazetteer(entries, upper, adjectives, peoples, frozenset(administrations), capitals, longest)


@cache
def word_lists() -> Mapping[str, frozenset[str]]:
    """Return the word lists of ``actor_words.toml`` by name, lower case."""
    return {name: frozenset(words) for name, words in read_data("actor_words.toml").items()}


def words_of(name: str) -> frozenset[str]:
    """Return one word list. Raises KeyError where there is none of that name."""
    return word_lists()[name]
