"""The wordings of ``patterns.toml``, read once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import cast

from parley.records import FurnitureReason


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
    outlets: frozenset[str]
    roles: frozenset[str]
    stop: frozenset[str]


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
        frozenset(data["outlets"]["words"]),
        frozenset(data["biography"]["roles"]),
        frozenset(data["common"]["words"].split()),
    )
