"""Conflict files: TOML that a person edits, read with errors that name the line, and written in a fixed order.

The format is described in docs/reference/conflict-file.md.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from parley.conflict import checks
from parley.conflict.model import (
    Because,
    Blocked,
    Conflict,
    DecisionMaker,
    Infeasible,
    Option,
    Payoffs,
    Perception,
    Preference,
    Preferences,
    Prioritised,
    Ranking,
)
from parley.errors import ModelError, not_text

DRAFT, CHECKED = "draft", "checked"
"""What ``status`` may say of a model; without it a model is somebody's."""
GREAT = ">>"
"""In a ranking: all above is greatly preferred to all below."""
HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z_][\w.-]*)\s*\]\]?\s*(?:#.*)?$")
KEYS: Mapping[str, tuple[str, ...]] = {
    "the model": (
        "title",
        "status",
        "source",
        "note",
        "status_quo",
        "decision_maker",
        "option",
        "infeasible",
        "blocked",
        "perception",
    ),
    "decision_maker": ("name", "prefers", "ranking", "payoffs", "great", "unknown", "because", "note"),
    "option": ("name", "of", "moves", "because", "note"),
    "prefers": ("statement", "because", "weight", "tied", "unknown", "strong", "note"),
    "infeasible": ("pattern", "because", "note"),
    "blocked": ("by", "before", "after", "note"),
    "perception": ("by", "infeasible", "unaware", "decision_maker", "note"),
    "because": ("document", "words", "statement", "note"),
}


def load(path: str | Path) -> Conflict:
    """Read a conflict file. Raises ModelError with file, line, what is wrong and what to do."""
    place = Path(path)
    try:
        text = place.read_bytes().decode("utf-8")
    except OSError as error:
        raise ModelError(f"{place} cannot be read ({error.strerror}); check the path.") from error
    except UnicodeDecodeError as error:
        raise not_text(place, error, "parley conflict draft") from error
    return loads(text, name=str(place))


def loads(text: str, *, name: str = "the model") -> Conflict:
    """Read a conflict from TOML text; ``name`` stands in errors. Raises ModelError."""
    try:
        table = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise ModelError(
            f"{name}: this is not TOML ({error}); look for a missing quote, bracket or equals sign there."
        ) from error
    if str(table.get("format", "")).startswith("parley bargain"):
        raise ModelError(f"{name} is a bargain file, not a conflict model; solve it with `parley bargain solve`.")
    finder = Finder(text, name)
    conflict = _Reader(finder).conflict(table)
    checks.check(conflict, locate=finder)
    return conflict


class Finder:
    """Finds the line of a path in TOML source: ``("option", 2, "of")`` is the ``of`` of the third ``[[option]]``."""

    def __init__(self, text: str, name: str) -> None:
        self.lines = text.splitlines()
        self.name = name

    def __call__(self, path: checks.Path) -> str:
        """Return "file, line 12" for a path, or the nearest thing above it that can be found."""
        return f"{self.name}, line {self.line(path)}"

    def line(self, path: checks.Path) -> int:
        """Return the number of the line, from 1."""
        at, end = 0, len(self.lines)
        header = ""
        parts = list(path)
        while parts:
            part = parts.pop(0)
            if isinstance(part, int):
                continue
            number = parts[0] if parts and isinstance(parts[0], int) else 0
            longer = f"{header}.{part}" if header else part
            heads = [i for i in range(at, end) if re.match(rf"\s*\[\[?\s*{re.escape(longer)}\s*\]\]?", self.lines[i])]
            if heads:
                header = longer
                at = heads[min(number, len(heads) - 1)]
                end = self._section_end(at, header, end)
                continue
            at = self._inside(part, number, at, end)
        return at + 1

    def _section_end(self, at: int, header: str, end: int) -> int:
        for i in range(at + 1, end):
            match = HEADER.match(self.lines[i])
            if match and not match.group(1).startswith(header + "."):
                return i
        return end

    def _inside(self, part: str, number: int, at: int, end: int) -> int:
        """Find ``part`` as a key, else as a value, between two lines; an item of a plain array by its number."""
        for i in range(at, end):
            if re.match(rf"\s*[\"']?{re.escape(part)}[\"']?\s*=", self.lines[i]):
                return self._item(i, number, end) if number else i
        for i in range(at, end):
            if part and (json.dumps(part, ensure_ascii=False) in self.lines[i] or f"'{part}'" in self.lines[i]):
                return i
        return at

    def _item(self, at: int, number: int, end: int) -> int:
        seen = -1
        for i in range(at, end):
            line = self.lines[i].split("=", 1)[1] if i == at else self.lines[i]
            seen += len(re.findall(r"\"[^\"]*\"|'[^']*'", line))
            if seen >= number:
                return i
        return at


class _Reader:
    """Turns parsed TOML into records; every mistake of form is a ModelError with its line."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder

    def fail(self, path: checks.Path, sentence: str) -> ModelError:
        return ModelError(f"{self.finder(path)}: {sentence}")

    def conflict(self, table: dict[str, Any]) -> Conflict:
        self.known(table, "the model", ())
        makers = self.tables(table, "decision_maker", ())
        return Conflict(
            title=self.text(table, "title", ()),
            decision_makers=tuple(self.maker(item, ("decision_maker", i)) for i, item in enumerate(makers)),
            options=tuple(self.option(item, ("option", i)) for i, item in enumerate(self.tables(table, "option", ()))),
            infeasible=tuple(self.infeasible(item, i) for i, item in enumerate(self.items(table, "infeasible", ()))),
            blocked=tuple(
                self.blocked(item, ("blocked", i)) for i, item in enumerate(self.tables(table, "blocked", ()))
            ),
            perceptions=tuple(
                self.perception(item, ("perception", i)) for i, item in enumerate(self.tables(table, "perception", ()))
            ),
            status_quo=self.text(table, "status_quo", ()) or None,
            source=self.text(table, "source", ()),
            note=self.text(table, "note", ()),
            draft=self.draft(table),
        )

    def draft(self, table: Mapping[str, Any]) -> bool:
        status = self.text(table, "status", ()) or CHECKED
        if status not in (DRAFT, CHECKED):
            raise self.fail(
                ("status",), f"the status is {status!r}; write {DRAFT!r}, or take the line out once the model is yours."
            )
        return status == DRAFT

    def known(self, table: Mapping[str, Any], kind: str, path: checks.Path) -> None:
        for key in table:
            if key not in KEYS[kind]:
                raise self.fail((*path, key), f"{kind} has no key {key!r}; the keys are {', '.join(KEYS[kind])}.")

    def text(self, table: Mapping[str, Any], key: str, path: checks.Path, *, needed: bool = False) -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            raise self.fail(
                (*path, key), f"`{key}` must be words in quotation marks, not {value!r}; put it in quotation marks."
            )
        if needed and not value:
            raise self.fail(path, f"`{key}` is missing; add it.")
        return value

    def flag(self, table: Mapping[str, Any], key: str, path: checks.Path) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            raise self.fail((*path, key), f"`{key}` must be true or false, not {value!r}; write one of the two.")
        return value

    def items(self, table: Mapping[str, Any], key: str, path: checks.Path) -> list[Any]:
        value = table.get(key, [])
        if not isinstance(value, list):
            raise self.fail((*path, key), f"`{key}` must be a list; put it in square brackets.")
        return value

    def tables(self, table: Mapping[str, Any], key: str, path: checks.Path) -> list[dict[str, Any]]:
        found = self.items(table, key, path)
        for item in found:
            if not isinstance(item, dict):
                raise self.fail(
                    (*path, key), f"`{key}` must be a list of tables; write [[{key}]] on a line of its own."
                )
        return found

    def because(self, table: Mapping[str, Any], path: checks.Path) -> tuple[Because, ...]:
        found = []
        for item in self.items(table, "because", path):
            if isinstance(item, str):
                found.append(Because(note=item))
                continue
            if not isinstance(item, dict):
                raise self.fail(
                    (*path, "because"), "`because` must list words or tables with document and words; correct it."
                )
            self.known(item, "because", (*path, "because"))
            found.append(
                Because(
                    *(self.text(item, key, (*path, "because")) for key in ("document", "words", "statement", "note"))
                )
            )
        return tuple(found)

    def option(self, table: dict[str, Any], path: checks.Path) -> Option:
        self.known(table, "option", path)
        moves: Any = self.text(table, "moves", path) or "free"
        return Option(
            self.text(table, "name", path),
            self.text(table, "of", path),
            moves,
            self.because(table, path),
            self.text(table, "note", path),
        )

    def infeasible(self, item: Any, place: int) -> Infeasible:
        path: checks.Path = ("infeasible", place)
        if isinstance(item, str):
            return Infeasible(item)
        if not isinstance(item, dict):
            raise self.fail(
                path, f'an infeasible pattern must be words such as "YN--", not {item!r}; put it in quotation marks.'
            )
        self.known(item, "infeasible", path)
        return Infeasible(
            self.text(item, "pattern", path, needed=True), self.because(item, path), self.text(item, "note", path)
        )

    def blocked(self, table: dict[str, Any], path: checks.Path) -> Blocked:
        self.known(table, "blocked", path)
        before, after = (self.text(table, key, path, needed=True) for key in ("before", "after"))
        return Blocked(before, after, self.text(table, "by", path) or None, self.text(table, "note", path))

    def perception(self, table: dict[str, Any], path: checks.Path) -> Perception:
        self.known(table, "perception", path)
        makers = self.tables(table, "decision_maker", path)
        return Perception(
            self.text(table, "by", path, needed=True),
            tuple(self.words(table, "infeasible", path)),
            tuple(self.words(table, "unaware", path)),
            tuple(self.maker(item, (*path, "decision_maker", i)) for i, item in enumerate(makers)),
            self.text(table, "note", path),
        )

    def words(self, table: Mapping[str, Any], key: str, path: checks.Path) -> Sequence[str]:
        found = self.items(table, key, path)
        for item in found:
            if not isinstance(item, str):
                raise self.fail(
                    (*path, key),
                    f"`{key}` must list words in quotation marks, not {item!r}; put it in quotation marks.",
                )
        return found

    def maker(self, table: dict[str, Any], path: checks.Path) -> DecisionMaker:
        self.known(table, "decision_maker", path)
        unknown = []
        for pair in self.items(table, "unknown", path):
            if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(item, str) for item in pair):
                raise self.fail(
                    (*path, "unknown"),
                    f'`unknown` must list pairs of patterns, not {pair!r}; write [["YN--", "NY--"]].',
                )
            unknown.append((pair[0], pair[1]))
        name = self.text(table, "name", path)
        return DecisionMaker(
            name,
            self.prefers(table, name, path),
            tuple(unknown),
            self.because(table, path),
            self.text(table, "note", path),
        )

    def prefers(self, table: Mapping[str, Any], name: str, path: checks.Path) -> Preferences:
        given = [key for key in ("prefers", "ranking", "payoffs") if key in table]
        if len(given) != 1:
            said = " and ".join(given) if given else "no preference"
            raise self.fail(
                path, f"{name or 'a decision maker'} has {said}; give exactly one of prefers, ranking and payoffs."
            )
        if given == ["prefers"]:
            return Prioritised(
                tuple(
                    self.statement(item, (*path, "prefers", i))
                    for i, item in enumerate(self.items(table, "prefers", path))
                )
            )
        return self.ranking(table, name, path) if given == ["ranking"] else self.payoffs(table, name, path)

    def statement(self, item: Any, path: checks.Path) -> Preference:
        if isinstance(item, str):
            return Preference(item)
        if not isinstance(item, dict):
            raise self.fail(
                path, f"a preference must be a statement in quotation marks or a table, not {item!r}; correct it."
            )
        self.known(item, "prefers", path)
        weight = item.get("weight")
        if weight is not None and (isinstance(weight, bool) or not isinstance(weight, int | float | str)):
            raise self.fail((*path, "weight"), f"`weight` must be a number, not {weight!r}; write a number.")
        try:
            exact = None if weight is None else Fraction(str(weight))
        except (ValueError, ZeroDivisionError) as error:
            raise self.fail((*path, "weight"), f"`weight` must be a number, not {weight!r}; write a number.") from error
        return Preference(
            self.text(item, "statement", path, needed=True),
            self.because(item, path),
            exact,
            tied=self.flag(item, "tied", path),
            unknown=self.flag(item, "unknown", path),
            strong=self.flag(item, "strong", path),
            note=self.text(item, "note", path),
        )

    def ranking(self, table: Mapping[str, Any], name: str, path: checks.Path) -> Ranking:
        levels: list[tuple[str | int, ...]] = []
        cuts = []
        for item in self.items(table, "ranking", path):
            members = item if isinstance(item, list) else [item]
            if item == GREAT:
                cuts.append(len(levels))
                continue
            for member in members:
                if isinstance(member, bool) or not isinstance(member, str | int):
                    raise self.fail(
                        (*path, "ranking"), f"the ranking of {name} holds {member!r}; list patterns or state numbers."
                    )
            levels.append(tuple(members))
        if any(not 0 < cut < len(levels) for cut in cuts):
            raise self.fail(
                (*path, "ranking"), f"the ranking of {name} has {GREAT!r} at an end; put it between two states."
            )
        return Ranking(tuple(levels), tuple(cuts))

    def payoffs(self, table: Mapping[str, Any], name: str, path: checks.Path) -> Payoffs:
        values = table["payoffs"]
        if not isinstance(values, dict):
            raise self.fail(
                (*path, "payoffs"), f'the payoffs of {name} must be a table such as {{ "YN" = 3 }}; correct it.'
            )
        for pattern, value in values.items():
            if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
                raise self.fail(
                    (*path, "payoffs", pattern),
                    f"the payoff of {pattern!r} must be a number, not {value!r}; write a number.",
                )
        great = table.get("great")
        if great is not None and (isinstance(great, bool) or not isinstance(great, int | float) or not great > 0):
            raise self.fail((*path, "great"), f"`great` must be a number above 0, not {great!r}; write one.")
        return Payoffs(
            tuple((pattern, float(value)) for pattern, value in values.items()), None if great is None else float(great)
        )
