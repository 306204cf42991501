"""Keeping what was worked out of one record: the tables of a record ask for the same look-ups one after another."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

__all__ = ["keep_last"]

Source = TypeVar("Source")
Made = TypeVar("Made")


def keep_last(make: Callable[[Source], Made]) -> Callable[[Source], Made]:
    """Return *make* with its last answer kept, for the very same object: what it is made of must never change."""
    last: tuple[Source, Made] | None = None

    @wraps(make)
    def kept(source: Source) -> Made:
        nonlocal last
        if last is None or last[0] is not source:
            last = (source, make(source))
        return last[1]

    return kept
