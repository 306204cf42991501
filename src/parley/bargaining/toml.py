"""Bargain files: TOML that people write, read into a `Scenario` with errors that name the line, and written back."""

from __future__ import annotations

import math
import tomllib
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast, get_args

from parley.bargaining.check import check
from parley.bargaining.lines import Key, Lines
from parley.bargaining.model import (
    ASSUMED,
    Claim,
    Clock,
    Condition,
    Consent,
    Constraint,
    Ending,
    EndingKind,
    Flow,
    Interim,
    Issue,
    Lever,
    Move,
    Number,
    Option,
    Party,
    Proposers,
    Scenario,
    Shape,
    Size,
    Turn,
)
from parley.errors import ModelError, not_text

__all__ = ["FORMAT", "loads", "read"]

FORMAT = "parley bargain 1"
DRAFT, CHECKED = "draft", "checked"


def read(path: str | Path) -> Scenario:
    """Read a bargain file. Raises ModelError, one sentence with the line and the mend."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ModelError(f"{path}: there is no such file; `parley bargain draft` writes one from a dossier.") from None
    except UnicodeDecodeError as error:
        raise not_text(path, error, "parley bargain draft") from None
    except OSError as error:
        raise ModelError(f"{path}: the file cannot be read ({error.strerror}); check its name and rights.") from None
    return loads(text, name=str(path))


def loads(text: str, *, name: str = "scenario") -> Scenario:
    """Read a bargain file from *text*; *name* is what errors call it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ModelError(f"{name}: this is not TOML: {error}; mend that place.") from None
    if "decision_maker" in data:
        raise ModelError(f"{name} is a conflict model, not a bargain file; solve it with `parley conflict solve`.")
    reader = _Reader(Lines(text), name)
    scenario = reader.scenario(_Table(reader, data, ()))
    check(scenario, reader.lines)
    return scenario


class _Reader:
    def __init__(self, lines: Lines, name: str) -> None:
        self.lines = lines
        self.name = name

    def wrong(self, key: Key, sentence: str) -> ModelError:
        return ModelError(f"{self.name}, line {self.lines.of(key)}: {sentence}")

    def scenario(self, table: _Table) -> Scenario:
        form = table.text("format", FORMAT)
        horizon, span = self.horizon(table)
        if form != FORMAT:
            raise self.wrong(("format",), f"the format is “{form}”, this Parley reads “{FORMAT}”; change that line.")
        scenario = Scenario(
            title=table.text("title", "Untitled"),
            parties=tuple(self.party(t) for t in table.tables("parties")),
            issues=tuple(self.issue(t) for t in table.tables("issues")),
            consent=self.consent(table.table("consent")),
            proposers=self.proposers(table.table("proposers")),
            horizon=horizon,
            constraints=tuple(self.constraint(t) for t in table.tables("constraints")),
            clocks=tuple(self.clock(t) for t in table.tables("clocks")),
            flows=tuple(
                Flow(t.text("name", str(i)), t.condition(), t.numbers("amounts"))
                for i, t in enumerate(table.tables("flows"), 1)
            ),
            interims=tuple(self.interim(t) for t in table.tables("interims")),
            endings=tuple(self.ending(t, i) for i, t in enumerate(table.tables("endings"), 1)),
            levers=tuple(self.lever(t) for t in table.tables("levers")),
            period=table.text("period", "period"),
            note=table.text("note", ""),
            tolerance=table.real("tolerance", 1e-12),
            iterations=table.whole("iterations", 20_000),
            file=self.name,
            draft=self.draft(table),
            span=span,
        )
        for inner in table.all():
            inner.done()
        return scenario

    def draft(self, table: _Table) -> bool:
        status = table.text("status", CHECKED)
        if status not in {DRAFT, CHECKED}:
            raise self.wrong(
                ("status",), f"the status is “{status}”; write “{DRAFT}”, or take the line out once the file is yours."
            )
        return status == DRAFT

    def horizon(self, table: _Table) -> tuple[int | None, Number | None]:
        """Read a whole number, ``"none"``, or a number with range and source."""
        given = table.data.get("horizon")
        if given == "none":
            table.seen.add("horizon")
            return None, None
        if isinstance(given, dict | list):
            span = table.number("horizon")
            if not math.isfinite(span.value):
                return 1, span  # `check` refuses it
            return int(span.value), replace(span, value=float(int(span.value))) if isinstance(given, list) else span
        return table.whole("horizon"), None

    def party(self, table: _Table) -> Party:
        private = table.table("private") if "private" in table.data else None
        return Party(
            table.text("name"),
            table.number("patience"),
            (private.number("low"), private.number("high")) if private else None,
        )

    def issue(self, table: _Table) -> Issue:
        sizes = tuple(
            Size(t.text("name", str(i)), t.condition(), t.number("amount"))
            for i, t in enumerate(table.tables("sizes"), 1)
        )
        if "amount" in table.data:
            sizes = (Size("all", Condition(), table.number("amount")), *sizes)
        options = tuple(Option(t.text("name"), t.numbers("values")) for t in table.tables("options"))
        return Issue(table.text("name"), table.numbers("weights"), options, sizes)

    def consent(self, table: _Table) -> Consent:
        return Consent(table.texts("needed"), table.whole("quota", 0), table.texts("among"))

    def proposers(self, table: _Table) -> Proposers:
        turns = tuple(
            Turn(t.text("name", str(i)), t.condition(), t.numbers("chances"))
            for i, t in enumerate(table.tables("turns"), 1)
        )
        if "chances" in table.data:
            turns = (Turn("all", Condition(), table.numbers("chances")), *turns)
        return Proposers(table.texts("order"), turns)

    def constraint(self, table: _Table) -> Constraint:
        return Constraint(table.choices("forbid"), table.text("because", ""))

    def clock(self, table: _Table) -> Clock:
        moves = []
        for move in table.tables("moves"):
            start, end = move.text("from"), move.text("to")
            name = move.text("name", f"{start} to {end}")
            moves.append(Move(name, start, end, move.number("chance"), move.condition()))
        return Clock(table.text("name"), table.texts("levels"), table.text("start"), tuple(moves))

    def interim(self, table: _Table) -> Interim:
        return Interim(
            name=table.text("name"),
            consent=table.texts("consent"),
            lasts=table.whole("lasts", 1),
            gains=table.numbers("gains"),
            flows=table.numbers("flows"),
            breaks=table.number("breaks", Number(0.0)),
            breakers=table.numbers("breakers"),
            once=table.flag("once"),
        )

    def ending(self, table: _Table, index: int) -> Ending:
        kind = table.text("at")
        if kind not in get_args(EndingKind):
            known = ", ".join(f"“{name}”" for name in get_args(EndingKind))
            raise self.wrong((*table.key, "at"), f"an ending is at one of {known}, not “{kind}”; change it.")
        return Ending(
            name=table.text("name", str(index)),
            kind=cast("EndingKind", kind),
            when=table.condition(),
            payoffs=table.numbers("payoffs"),
            by=table.texts("by"),
            chance=table.number("chance", Number(0.0)),
        )

    def lever(self, table: _Table) -> Lever:
        starts = {clock: names[0] for clock, names in table.choices("starts").items()}
        claims = tuple(self.claim(inner) for inner in table.tables("claims"))
        return Lever(table.text("name"), table.numbers("sets"), starts, table.text("note", ""), claims)

    def claim(self, table: _Table) -> Claim:
        moves = table.text("moves")
        if moves not in {"up", "down"}:
            raise self.wrong(
                (*table.key, "moves"), f"a claim moves a measure “up” or “down”, not “{moves}”; change it."
            )
        return Claim(table.text("measure"), "up" if moves == "up" else "down", table.sources or (ASSUMED,), table.words)


class _Table:
    """A TOML table that knows its place, hands out typed values, and complains of keys that nobody asked for."""

    def __init__(self, reader: _Reader, data: object, key: Key, above: _Table | None = None) -> None:
        self.reader, self.key = reader, key
        if not isinstance(data, dict):
            raise reader.wrong(key, f"“{key[-1]}” must be a table; see the reference of the bargain file.")
        self.data: dict[str, Any] = data
        self.seen = {"source", "words"}
        self.inner: list[_Table] = []
        given = data.get("source")
        self.sources = _sources(reader, (*key, "source"), given) if given is not None else None
        self.words = str(data.get("words", ""))
        if self.sources is None:
            self.sources = above.sources if above else (ASSUMED,)
            self.words = self.words or (above.words if above else "")
        if above:
            above.inner.append(self)

    def all(self) -> list[_Table]:
        return [self, *(table for inner in self.inner for table in inner.all())]

    def done(self) -> None:
        for name in self.data:
            if name not in self.seen:
                near = get_close_matches(name, self.seen, n=1)
                mend = f"did you mean “{near[0]}”" if near else "take it out"
                raise self.reader.wrong((*self.key, name), f"“{name}” is not a known key here; {mend}.")

    def get(self, name: str, kind: type | tuple[type, ...], what: str, default: Any) -> Any:
        self.seen.add(name)
        value = self.data.get(name, default)
        if value is None:
            raise self.reader.wrong((*self.key, name), f"“{name}” is missing; give {what}.")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.reader.wrong((*self.key, name), f"“{name}” must be {what}, not {value!r}; change it.")
        return value

    def text(self, name: str, default: str | None = None) -> str:
        return str(self.get(name, str, "words in quotation marks", default))

    def texts(self, name: str) -> tuple[str, ...]:
        given = self.get(name, (list, str), "a list of names", [])
        return (given,) if isinstance(given, str) else tuple(str(entry) for entry in given)

    def whole(self, name: str, default: int | None = None) -> int:
        return int(self.get(name, int, "a whole number", default))

    def real(self, name: str, default: float) -> float:
        return float(self.get(name, (int, float), "a number", default))

    def flag(self, name: str) -> bool:
        return bool(self.get(name, bool, "true or false", False))

    def table(self, name: str) -> _Table:
        self.seen.add(name)
        return _Table(self.reader, self.data.get(name, {}), (*self.key, name), self)

    def tables(self, name: str) -> list[_Table]:
        given = self.get(name, list, f"tables, each headed [[{name}]]", [])
        return [_Table(self.reader, entry, (*self.key, name, index), self) for index, entry in enumerate(given)]

    def choices(self, name: str) -> dict[str, tuple[str, ...]]:
        inner = self.table(name)
        inner.seen.update(inner.data)
        return {key: inner.texts(key) for key in inner.data}

    def condition(self) -> Condition:
        inner = self.table("when")
        special = {"in_force", "from_period", "until_period"}
        levels = {key: inner.texts(key) for key in inner.data if key not in special}
        return Condition(
            levels,
            inner.texts("in_force"),
            inner.whole("from_period") if "from_period" in inner.data else None,
            inner.whole("until_period") if "until_period" in inner.data else None,
        )

    def numbers(self, name: str) -> dict[str, Number]:
        inner = self.table(name)
        return {key: inner.number(key) for key in inner.data if key not in {"source", "words"}}

    def number(self, name: str, default: Number | None = None) -> Number:
        """Read ``0.3``, ``[0.2, 0.4]`` (uniform) or ``{ value = 0.3, low = 0.2, high = 0.4, source = "…" }``."""
        key = (*self.key, name)
        if name not in self.data and default is not None:
            self.seen.add(name)
            return default
        given = self.get(name, (int, float, list, dict), "a number, a range or a table with a value", None)
        sources = self.sources or (ASSUMED,)
        if isinstance(given, dict):
            return self.table(name).spelled_out()
        if isinstance(given, list):
            if len(given) != 2 or not all(isinstance(x, int | float) and not isinstance(x, bool) for x in given):
                raise self.reader.wrong(key, f"“{name}” is not a range; write it as [low, high].")
            low, high = float(given[0]), float(given[1])
            return Number((low + high) / 2, low, high, "uniform", None, sources, self.words)
        return Number(float(given), sources=sources, words=self.words)

    def spelled_out(self) -> Number:
        low = self.real("low", 0.0) if "low" in self.data else None
        high = self.real("high", 0.0) if "high" in self.data else None
        sd = self.real("sd", 0.0) if "sd" in self.data else None
        ranged = low is not None and high is not None
        if "value" not in self.data and low is not None and high is not None:
            value, usual = (low + high) / 2, "uniform"
            self.seen.add("value")
        else:
            value = float(self.get("value", (int, float), "a number", None))
            usual = "normal" if sd else "triangular" if ranged else "fixed"
        shape = self.text("shape", usual)
        if shape not in get_args(Shape):
            known = ", ".join(f"“{name}”" for name in get_args(Shape))
            raise self.reader.wrong((*self.key, "shape"), f"the shape is one of {known}, not “{shape}”; change it.")
        return Number(value, low, high, cast("Shape", shape), sd, self.sources or (ASSUMED,), self.words)


def _sources(reader: _Reader, key: Key, given: object) -> tuple[str, ...]:
    entries = [given] if isinstance(given, str) else given
    if not isinstance(entries, list) or not entries:
        raise reader.wrong(key, 'a source is a text or a list of texts; write source = "assumed" if there is none.')
    for entry in entries:
        if not isinstance(entry, str) or not (entry == ASSUMED or entry.startswith(("statement ", "document "))):
            raise reader.wrong(
                key, f"the source {entry!r} names no evidence; write “statement ID”, “document NAME” or “assumed”."
            )
    return tuple(entries)
