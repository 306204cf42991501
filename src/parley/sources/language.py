"""The language that a text is in, by py3langid on its first few thousand characters."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parley.records import Fact

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 2000
"""Characters that are looked at."""

_LEAST_LETTERS = 25
_LEAST_PROBABILITY = 0.5


def find_language(text: str) -> Fact | None:
    """Return the language as an inferred ISO 639-1 code, or None where the text is too short or too mixed to tell."""
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) < _LEAST_LETTERS:
        return None
    code, probability = _identifier().classify(sample)
    if probability < _LEAST_PROBABILITY or len(code) != 2:
        return None
    return Fact(str(code), "inferred", f"its first {len(sample)} characters")


def normal_code(value: str) -> str | None:
    """Return the ISO 639-1 code of a language tag ("en-GB", "pt_BR"), or None where it is none."""
    code = value.strip().replace("_", "-").split("-", 1)[0].lower()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # slow to load, and only for reading

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
