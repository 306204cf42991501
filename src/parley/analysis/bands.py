"""Bands of per cent that a reader may give to words of likelihood, by one standard at a time.

The standards are data in ``likelihood.toml``: ICD 203 (Office of the Director of National Intelligence, Analytic
Standards) and the PHIA probability yardstick (Professional Head of Intelligence Assessment, United Kingdom). A band is
a translation by a reader, never something that the speaker said.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from parley.errors import UnknownName

__all__ = ["STANDARDS", "Band", "Standard", "band_of", "standard_named"]


@dataclass(frozen=True, slots=True)
class Band:
    """A band from ``low`` to ``high`` per cent with the standard's own words and wordings near to them."""

    label: str
    low: int
    high: int
    words: tuple[str, ...]
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard: its bands from the least likely to the most."""

    id: str
    name: str
    source: str
    bands: tuple[Band, ...]

    def look_up(self, word: str) -> tuple[Band, bool] | None:
        """Return the band of one word of likelihood, and whether the word is the standard's own; None: no band."""
        wanted = " ".join(word.casefold().split())
        for band in self.bands:
            if wanted in band.words or wanted in band.near:
                return band, wanted in band.words
        return None


def _load() -> dict[str, Standard]:
    data = tomllib.loads(files(__package__).joinpath("likelihood.toml").read_text(encoding="utf-8"))
    return {
        key: Standard(
            key,
            entry["name"],
            entry["source"],
            tuple(
                Band(band["label"], band["low"], band["high"], tuple(band["words"]), tuple(band["near"]))
                for band in entry["bands"]
            ),
        )
        for key, entry in data.items()
    }


STANDARDS: dict[str, Standard] = _load()
"""Every standard by its id: ``icd203``, ``phia``."""


def standard_named(name: str) -> Standard:
    """Return the standard of that id. Raises UnknownName where there is none."""
    if name not in STANDARDS:
        raise UnknownName(f"There is no standard “{name}” for words of likelihood; choose {' or '.join(STANDARDS)}.")
    return STANDARDS[name]


@cache
def _negated(word: str) -> re.Pattern[str]:
    gap = r"(?:\s+(?:\w+ly|very|so|at all))?\s+"
    return re.compile(rf"(?:\b(?:not|never|hardly|no longer|less|how)|n[’']t){gap}{re.escape(word)}\b", re.IGNORECASE)


def band_of(standard: Standard, words: tuple[str, ...], content: str) -> tuple[Band | None, str]:
    """Return the band that a reader may give to the *words* of likelihood in *content*, and how it was had or why not.

    There is none where no word has a band, where two words have different ones, or where the word is negated or
    compared ("not likely", "less likely").
    """
    if not words:
        return None, "no word of likelihood"
    found = [(word, hit) for word in words if (hit := standard.look_up(word)) is not None]
    if not found:
        return None, f"{standard.name} gives no band to {_quoted(words)}"
    if len({band.label for _, (band, _) in found}) > 1:
        return None, f"words of different bands: {_quoted(tuple(word for word, _ in found))}"
    word, (band, own) = found[0]
    if _negated(word).search(content):
        return None, f"“{word}” is negated or compared"
    kind = "a word of the standard" if own else "near to the standard's words"
    return band, f"reader's translation of “{word}”, {kind}"


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{word}”" for word in words)
