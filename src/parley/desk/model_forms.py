"""Models as forms: what a file holds as fields, and the file again with what the fields say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from parley.desk.forms import Form
from parley.errors import ModelError

__all__ = ["bargain_changed", "bargain_fields", "check", "conflict_changed", "conflict_fields", "sliders"]

_NEW = 3  # empty lines to add preferences to


def check(kind: str, text: str, name: str) -> None:
    """Raise ModelError, with the line and the mend, where *text* is no sound model."""
    if kind == "conflict":
        from parley.conflict import loads
        from parley.conflict.checks import check as sound

        sound(loads(text, name=name))
    else:
        from parley.bargaining.toml import loads as loads_bargain

        loads_bargain(text, name=name)


def conflict_fields(text: str) -> dict[str, Any]:
    """Return what the form of a conflict shows. Raises ModelError where the text is no model."""
    from parley.conflict import loads
    from parley.conflict.model import DIRECTIONS, Prioritised

    model = loads(text)
    quo = model.status_quo or ""
    makers = []
    for number, maker in enumerate(model.decision_makers):
        prefers = maker.prefers
        listed = [item.text for item in prefers.statements] if isinstance(prefers, Prioritised) else None
        makers.append({"number": number, "name": maker.name, "prefers": listed, "new": range(_NEW)})
    options = [
        {"number": number, "name": o.name, "of": o.of, "moves": o.moves, "taken": quo[number : number + 1] == "Y"}
        for number, o in enumerate(model.options)
    ]
    return {"title": model.title, "note": model.note, "quo": bool(quo), "makers": makers, "options": options,
            "directions": DIRECTIONS}  # fmt: skip


def conflict_changed(text: str, form: Form) -> str:
    """Return the conflict's file with what the form says; comments at its head stay, others go.

    Preferences are ordered by the numbers before them; an empty one is dropped. Raises ModelError.
    """
    from parley.conflict import dumps, loads
    from parley.conflict.model import DIRECTIONS, Preference, Prioritised

    model = loads(text)
    options = []
    for number, option in enumerate(model.options):
        moves = next((item for item in DIRECTIONS if item == form.get(f"moves.{number}")), option.moves)
        options.append(replace(option, moves=moves))
    quo = "".join("Y" if form.get(f"taken.{number}") else "N" for number in range(len(options)))
    makers = []
    for number, maker in enumerate(model.decision_makers):
        if not isinstance(maker.prefers, Prioritised):
            makers.append(maker)
            continue
        known = {item.text: item for item in maker.prefers.statements}
        rows = []
        for place in range(len(maker.prefers.statements) + _NEW):
            words = form.get(f"prefers.{number}.{place}")
            if words:
                rows.append((_figure(form.get(f"rank.{number}.{place}"), place + 1), place, words))
        listed = tuple(known.get(words, Preference(words)) for _, _, words in sorted(rows))
        makers.append(replace(maker, prefers=Prioritised(listed)))
    made = replace(
        model,
        title=form.get("title") or model.title,
        note=form.get("note"),
        options=tuple(options),
        decision_makers=tuple(makers),
        status_quo=quo if form.get("quo") else None,
    )
    return dumps(made, comments=_head(text))


def bargain_fields(text: str) -> dict[str, Any]:
    """Return what the form and the sliders of a bargain show. Raises ModelError where the text is none."""
    from parley.bargaining.model import numbers
    from parley.bargaining.toml import loads

    scenario = loads(text)
    every = [
        {"path": path, "value": number.value, "low": number.low, "high": number.high, "words": number.words,
         "sources": ", ".join(number.sources)}
        for path, number in numbers(scenario)
    ]  # fmt: skip
    ranged = {path for path, n in numbers(scenario) if n.low is not None and n.high is not None and n.low < n.high}
    return {
        "title": scenario.title, "note": scenario.note, "horizon": scenario.horizon, "period": scenario.period,
        "numbers": every, "ranged": [item for item in every if item["path"] in ranged],
        "levers": [{"name": lever.name, "note": lever.note} for lever in scenario.levers],
    }  # fmt: skip


def bargain_changed(text: str, form: Form) -> str:
    """Return the bargain's file with the numbers of the form; comments at its head stay, others go.

    Raises ModelError for a number that is none.
    """
    from parley.bargaining.model import numbers
    from parley.bargaining.toml import loads
    from parley.bargaining.values import with_values
    from parley.bargaining.write import dumps

    scenario = loads(text)
    new = {}
    for path, number in numbers(scenario):
        given = {name: form.get(f"{name}.{path}") for name in ("value", "low", "high")}
        if any(given.values()):
            new[path] = replace(
                number,
                value=_number(given["value"], path) if given["value"] else number.value,
                low=_number(given["low"], path) if given["low"] else number.low,
                high=_number(given["high"], path) if given["high"] else number.high,
            )
    made = replace(with_values(scenario, new), title=form.get("title") or scenario.title, note=form.get("note"))
    return dumps(made, heading="\n".join(_head(text)))


def sliders(form: Form) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Return the levers' shares (0 to 1) that are pulled at all, and the numbers that were moved, by path."""
    shares = {
        name.removeprefix("lever."): min(1.0, _number(value, name) / 100)
        for name, value in form.values.items()
        if name.startswith("lever.") and _number(value, name) > 0
    }
    values = {
        name.removeprefix("number."): _number(value, name)
        for name, value in form.values.items()
        if name.startswith("number.") and value != form.values.get(f"was.{name.removeprefix('number.')}")
    }
    return shares, values


def _number(words: str, path: str) -> float:
    try:
        value = float(words)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ModelError(f"“{words}” is no number ({path}); write it like 0.85.")
    return value


def _figure(words: str, otherwise: int) -> float:
    try:
        value = float(words)
    except ValueError:
        return float(otherwise)
    return value if math.isfinite(value) else float(otherwise)


def _head(text: str) -> list[str]:
    """Return the comments at the head of a file, without their signs."""
    head = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        head.append(line.lstrip("#").strip())
    return head
