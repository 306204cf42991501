"""The codebook: acts, modes and issues as versioned data, read once.

``ACTS`` and ``ISSUES`` map ids to their entries in the codebook's order.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

__all__ = ["ACTS", "DEGREES", "GROUPS", "ISSUES", "MODES", "MODIFIERS", "VERSION", "Act", "Issue"]


@dataclass(frozen=True, slots=True)
class Act:
    """What a speaker does by a statement; ``plover`` is the nearest PLOVER event type."""

    id: str
    plover: str
    definition: str


@dataclass(frozen=True, slots=True)
class Issue:
    """What a statement is about; stances refer to ``proposition``, ``pax`` is the nearest PA-X code."""

    id: str
    key: str
    label: str
    group: str
    pax: str
    proposition: str


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


_acts = _load("acts.toml")
_issues = _load("issues.toml")

VERSION: int = _acts["version"]
ACTS: dict[str, Act] = {entry["id"]: Act(**entry) for entry in _acts["acts"]}
MODES: dict[str, str] = _acts["modes"]
MODIFIERS: tuple[str, ...] = tuple(_acts["modifiers"])
DEGREES: tuple[str, ...] = tuple(_acts["degrees"])
GROUPS: dict[str, str] = _issues["groups"]
ISSUES: dict[str, Issue] = {entry["id"]: Issue(**entry) for entry in _issues["issues"]}
