"""The JSON files of GMCR+ (``.gmcr``): read as a conflict, and written from one.

What such a file holds: ``options`` with ``permittedDirection`` (both, fwd, back), ``decisionMakers`` with option
numbers, ``preferences`` (conditions, the most important first), ``preferenceRanking`` (feasible states in ascending
order of their decimal number, counted from 1, best first, ties as inner lists) and ``misperceptions`` (patterns that
the decision maker does not see), ``infeasibles`` (conditions) and ``useManualPreferenceRanking``. A condition is a list
of [option number, "Y" or "N"], or ``{"compound": true, "members": [conditions]}``: one of its members holds.

A field of ours, ``parley``, carries our whole model as TOML: a file that we wrote loses nothing on the way back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from parley.conflict import toml
from parley.conflict.checks import check
from parley.conflict.expressions import Expression, parse, quoted, read_pattern
from parley.conflict.model import (
    Conflict,
    DecisionMaker,
    Direction,
    Infeasible,
    Option,
    Perception,
    Preference,
    Preferences,
    Prioritised,
    Ranking,
)
from parley.conflict.preferences import orders
from parley.conflict.states import space_of
from parley.conflict.toml_writer import dumps as toml_text
from parley.errors import ModelError, not_text

READ: Mapping[str, Direction] = {"both": "free", "fwd": "only taken", "back": "only dropped"}
WRITTEN = {ours: theirs for theirs, ours in READ.items()}


def load(path: str | Path) -> Conflict:
    """Read a GMCR+ file. Raises ModelError where it is not one or its content does not hold together."""
    place = Path(path)
    try:
        text = place.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ModelError(f"{place} cannot be read ({error.strerror}); check the path.") from error
    except UnicodeDecodeError as error:
        raise not_text(place, error, "parley conflict draft") from error
    return loads(text, name=place.name)


def loads(text: str, *, name: str = "the file") -> Conflict:
    """Read a conflict from the text of a GMCR+ file; ``name`` stands in errors and becomes the title."""
    try:
        table = json.loads(text)
    except json.JSONDecodeError as error:
        raise ModelError(
            f"{name}, line {error.lineno}: this is not JSON ({error.msg}); export the file again."
        ) from error
    if isinstance(table, dict) and isinstance(table.get("parley"), str):
        return toml.loads(table["parley"], name=name)
    try:
        conflict = _conflict(table, name)
    except ModelError as error:
        raise ModelError(f"{name}: {error}") from error
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise ModelError(
            f"{name} is not a GMCR+ file ({type(error).__name__}: {error}); export it again from GMCR+."
        ) from error
    check(conflict, locate=lambda path: name)
    return conflict


def _conflict(table: Mapping[str, Any], name: str) -> Conflict:
    makers = table["decisionMakers"]
    owner: dict[int, str] = {}
    for maker in makers:
        for number in maker["options"]:
            owner[int(number)] = maker["name"]
    names = _distinct([item["name"] for item in table["options"]], owner)
    options = tuple(
        Option(names[i], owner.get(i, ""), READ[item.get("permittedDirection", "both")])
        for i, item in enumerate(table["options"])
    )
    count = len(options)
    infeasible = tuple(Infeasible(_pattern(item, count)) for item in table.get("infeasibles", []))
    skeleton = Conflict("", (DecisionMaker("-", Prioritised(())),), tuple(Option(n, "-") for n in names), infeasible)
    states = [int(state) for state in space_of(skeleton).states]
    manual = bool(table.get("useManualPreferenceRanking", table.get("useManualPreferenceVectors", False)))
    perceptions = tuple(
        Perception(maker["name"], tuple(_pattern(item, count) for item in maker["misperceptions"]))
        for maker in makers
        if maker.get("misperceptions")
    )
    return Conflict(
        title=str(table.get("title") or name.removesuffix(".gmcr")),
        decision_makers=tuple(DecisionMaker(maker["name"], _prefers(maker, names, states, manual)) for maker in makers),
        options=options,
        infeasible=infeasible,
        perceptions=perceptions,
    )


def _distinct(names: Sequence[str], owner: Mapping[int, str]) -> list[str]:
    """Give options of the same name, which GMCR+ allows, their owner's name in front."""
    folded = [name.casefold() for name in names]
    return [f"{owner.get(i, '')}: {name}" if folded.count(folded[i]) > 1 else name for i, name in enumerate(names)]


def _prefers(maker: Mapping[str, Any], names: Sequence[str], states: Sequence[int], manual: bool) -> Preferences:
    ranking = maker.get("preferenceRanking", maker.get("preferenceVector"))
    if manual and ranking:
        levels = [level if isinstance(level, list) else [level] for level in ranking]
        if any(number < 1 for level in levels for number in level):
            raise ValueError("a ranking counts states from 1")
        return Ranking(tuple(tuple(states[number - 1] for number in level) for level in levels))
    return Prioritised(tuple(Preference(_statement(item, names)) for item in maker.get("preferences", [])))


def _statement(item: Any, names: Sequence[str]) -> str:
    if isinstance(item, Mapping):
        return " or ".join(f"({_statement(member, names)})" for member in item["members"])
    return " and ".join(f"{'' if letter == 'Y' else 'not '}{quoted(names[number])}" for number, letter in item)


def _pattern(item: Sequence[Sequence[Any]], count: int) -> str:
    letters = ["-"] * count
    for number, letter in item:
        letters[number] = letter
    return "".join(letters)


def dumps(conflict: Conflict) -> str:
    """Write a conflict as a GMCR+ file. Raises ModelError for a wrong model or one whose moves GMCR+ cannot hold."""
    check(conflict)
    if conflict.blocked:
        raise ModelError(
            "GMCR+ files hold no blocked moves; take them out, or use options that can only be taken or only dropped."
        )
    space = space_of(conflict)
    names = [option.name for option in conflict.options]
    perceived = {view.by: view for view in conflict.perceptions}
    makers = []
    for maker, order in zip(conflict.decision_makers, orders(conflict, space), strict=True):
        ranking = []
        for rank in range(int(order.ranks.max()), -1, -1):
            level = [int(place) + 1 for place in np.flatnonzero(order.ranks == rank)]
            ranking.append(level if len(level) > 1 else level[0])
        statements = maker.prefers.statements if isinstance(maker.prefers, Prioritised) else ()
        makers.append(
            {
                "name": maker.name,
                "options": [i for i, option in enumerate(conflict.options) if option.of == maker.name],
                "preferences": [_condition(parse(statement.text, names), len(names)) for statement in statements],
                "preferenceRanking": ranking,
                "misperceptions": [_cells(item) for item in perceived[maker.name].infeasible]
                if maker.name in perceived
                else [],
            }
        )
    table = {
        "program": "parley",
        "version": "0.4.1",
        "title": conflict.title,
        "options": [{"name": option.name, "permittedDirection": WRITTEN[option.moves]} for option in conflict.options],
        "decisionMakers": makers,
        "coalitions": list(range(len(makers))),
        "infeasibles": [_cells(item.pattern) for item in conflict.infeasible],
        "useManualPreferenceRanking": True,
        "parley": toml_text(conflict),
    }
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def _cells(pattern: str) -> list[list[Any]]:
    mask, _ = read_pattern(pattern, len(pattern))
    return [[place, letter] for place, letter in enumerate(pattern) if mask >> place & 1]


def _condition(expression: Expression, count: int) -> Any:
    """Write a statement as the GMCR+ condition that holds in the same states: any of the full rows of its options."""
    mask = expression.options()
    places = [place for place in range(count) if mask >> place & 1]
    rows = []
    for number in range(1 << len(places)):
        state = sum(1 << place for bit, place in enumerate(places) if number >> bit & 1)
        if expression.holds(np.array([state], dtype=np.int32))[0]:
            rows.append([[place, "NY"[state >> place & 1]] for place in places])
    return rows[0] if len(rows) == 1 else {"compound": True, "members": rows}
