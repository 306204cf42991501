"""What a row of the checklist asks of a table: conditions on cells, and finders that say what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks.checklist.cases import Case
from parley.analysis import TABLES, Cell, Row

Check = Callable[[Case], str | None]
"""Returns None where the dossier holds what the row asks for, else the reason why not, in one line."""


@dataclass(frozen=True)
class Want:
    """A condition on one cell: *accepts* tells whether it holds, *words* say what was wanted."""

    words: str
    accepts: Callable[[Cell], bool]


@dataclass(frozen=True)
class Item:
    """One row of the checklist."""

    number: int
    priority: str
    element: str
    check: Check


def _texts(cell: Cell) -> tuple[str, ...]:
    if cell is None:
        return ()
    return tuple(cell) if isinstance(cell, tuple) else (str(cell),)


def _is(cell: Cell, wanted: str) -> bool:
    return any(text.casefold() == wanted.casefold() for text in _texts(cell))


def one(*wanted: str) -> Want:
    """The cell is, or lists, one of *wanted*."""
    return Want(" or ".join(wanted), lambda cell: any(_is(cell, item) for item in wanted))


def every(*wanted: str) -> Want:
    """The cell lists all of *wanted*."""
    return Want(" and ".join(wanted), lambda cell: all(_is(cell, item) for item in wanted))


def has(*wanted: str) -> Want:
    """Each of *wanted* stands in the cell, in any case."""

    def accepts(cell: Cell) -> bool:
        text = " ¦ ".join(_texts(cell)).casefold().replace("’", "'")
        return all(item.casefold().replace("’", "'") in text for item in wanted)

    return Want("…" + "…".join(wanted) + "…", accepts)


def lacks(*unwanted: str) -> Want:
    """None of *unwanted* is, or is listed in, the cell."""
    return Want("not " + " or ".join(unwanted), lambda cell: not any(_is(cell, item) for item in unwanted))


def number(value: float) -> Want:
    """The cell is this number."""
    return Want(f"{value:g}", lambda cell: isinstance(cell, int | float) and abs(cell - value) < 1e-9)


def at_least(value: float) -> Want:
    """The cell is a number not below *value*, or lists that many."""
    return Want(
        f"{value:g} or more", lambda cell: (len(cell) if isinstance(cell, tuple) else float(cell or 0)) >= value
    )


FILLED = Want("something", lambda cell: cell not in (None, (), ""))
EMPTY = Want("nothing", lambda cell: cell in (None, (), ""))


def find(table: str, at: str = "", **cells: Want | str) -> Check:
    """Ask for one row of *table* that rests on a statement at each place of *at* and meets every cell condition.

    A place is "S1:7" (seed and line), "S1" (any line of it), or "S1:7|S1:8" (either). A string as condition is `one`.
    """
    wants = {key: one(*want.split("|")) if isinstance(want, str) else want for key, want in cells.items()}

    def check(case: Case) -> str | None:
        if table not in TABLES:
            return f"there is no table {table}"
        rows = case.table(table).rows
        there = [row for row in rows if _stands(case, row, at.split())]
        where = f"{table} at {at}" if at else table
        if not there:
            return f"{where}: no row"
        best: list[str] = []
        for row in there:
            failed = [
                f"{key} is {_shown(row.cells.get(key))}, wanted {want.words}"
                for key, want in wants.items()
                if not want.accepts(row.cells.get(key))
            ]
            if not failed:
                return None
            if not best or len(failed) < len(best):
                best = failed
        return f"{where}: {len(there)} rows; nearest: {'; '.join(best)}"

    return check


def said(at: str, speaker: str, act: str, issues: str = "", **cells: Want | str) -> Check:
    """Ask for one statement: at a place, by a speaker, with one of the acts ("ACCEPT|COUNTER") and all *issues*."""
    wanted: dict[str, Want | str] = {"speaker": speaker, "act": act, **cells}
    if issues:
        wanted["issues"] = one(*issues.split("|")) if "|" in issues else every(*issues.split())
    return find("statements", at, **wanted)


def none(table: str, at: str = "", **cells: Want | str) -> Check:
    """Ask that no row of *table* meets the conditions."""
    inner = find(table, at, **cells)
    return lambda case: None if inner(case) is not None else f"{table} at {at or 'any place'}: a row that must not be"


def furniture(*places: str, reason: str = "") -> Check:
    """Ask that each place (a line) is furniture, for *reason* where given, and that no statement starts there."""

    def check(case: Case) -> str | None:
        for place in places:
            seed, line = place.split(":")
            reasons = case.furniture(seed, int(line))
            if not reasons or (reason and not set(reason.split("|")) & set(reasons)):
                return f"{place} is furniture for {reasons or 'no reason'}, wanted {reason or 'any reason'}"
            if case.statements_on(seed, int(line)):
                return f"{place} is furniture, yet a statement starts there"
        return None

    return check


def both(*checks: Check) -> Check:
    """Ask for all of *checks*."""

    def check(case: Case) -> str | None:
        reasons = [reason for item in checks if (reason := item(case)) is not None]
        return " & ".join(reasons) or None

    return check


def either(*checks: Check) -> Check:
    """Ask for one of *checks*, where a fact may be held in more than one way."""

    def check(case: Case) -> str | None:
        reasons = []
        for item in checks:
            reason = item(case)
            if reason is None:
                return None
            reasons.append(reason)
        return " | ".join(reasons)

    return check


def cannot(reason: str) -> Check:
    """Say that the tables have no place for the row: it counts as missed."""
    return lambda case: f"not held anywhere: {reason}"


def _stands(case: Case, row: Row, places: Iterable[str]) -> bool:
    lines = {case.lines[key] for key in row.statements if key in case.lines}
    seeds = {seed for seed, _ in lines} | {case.seed(key) for key in row.documents}

    def stands(place: str) -> bool:
        seed, _, line = place.partition(":")
        return (seed, int(line)) in lines if line else seed in seeds

    return all(any(stands(choice) for choice in place.split("|")) for place in places)


def _shown(cell: Cell) -> str:
    text = " ¦ ".join(_texts(cell))
    return f"“{text[:57]}…”" if len(text) > 60 else f"“{text}”" if text else "empty"
