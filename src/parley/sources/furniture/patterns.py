"""The wordings of ``patterns.toml``, read once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import cast

from parley.records import FurnitureReason

_NOTES: frozenset[FurnitureReason] = frozenset(
    ("advertising", "share line", "log-in line", "media line", "disclaimer", "credit", "source note")
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Wordings that give a line one reason; ``limit`` is the longest line that they may grey."""

    reason: FurnitureReason
    limit: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything that the file of patterns holds."""

    rules: tuple[Rule, ...]
    phrases: tuple[Rule, ...]  # found wherever they stand, capitals as they are
    outlets: frozenset[str]
    roles: frozenset[str]
    stop: frozenset[str]
    agencies: tuple[str, ...]
    shown: re.Pattern[str]


@cache
def wording() -> Wording:
    """Read the file of patterns."""
    source = resources.files("parley.sources.furniture").joinpath("patterns.toml").read_text(encoding="utf-8")
    data = tomllib.loads(source)
    rules = []
    for entry in data["rule"]:
        body = "|".join(f"(?:{pattern})" for pattern in entry["patterns"])
        end = r"\Z" if entry["whole"] else ""
        rules.append(
            Rule(cast(FurnitureReason, entry["reason"]), entry["limit"], re.compile(f"(?:{body}){end}", re.IGNORECASE))
        )
    return Wording(
        tuple(rules),
        tuple(
            Rule(cast(FurnitureReason, entry["reason"]), 0, re.compile("|".join(entry["patterns"])))
            for entry in data["phrase"]
        ),
        frozenset(data["outlets"]["words"]),
        frozenset(data["biography"]["roles"]),
        frozenset(data["common"]["words"].split()),
        tuple(data["captions"]["agencies"]),
        re.compile(rf"\b(?:19|20)\d\d\b|\b(?:{'|'.join(data['captions']['shown'])})\b", re.IGNORECASE),
    )


def reason_of(words: str) -> FurnitureReason | None:
    """Return what *words* are if a page says them of itself, to judge by how they begin."""
    return next((rule.reason for rule in wording().rules if rule.reason in _NOTES and rule.pattern.match(words)), None)
