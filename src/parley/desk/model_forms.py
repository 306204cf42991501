"""Models as forms: the check of either kind, a bargain's numbers as fields, and its sliders."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from parley.desk.conflict_forms import head, number_of
from parley.desk.forms import Form
from parley.errors import ModelError

__all__ = ["bargain_changed", "bargain_fields", "check", "sliders"]

_ENDS = ("value", "low", "high")


def check(kind: str, text: str, name: str) -> None:
    """Raise ModelError, with the line and the mend, where *text* is no sound model."""
    if kind == "conflict":
        from parley.conflict import loads
        from parley.conflict.checks import check as sound

        sound(loads(text, name=name))
    else:
        from parley.bargaining.toml import loads as loads_bargain

        loads_bargain(text, name=name)


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
        "ranging": scenario.span is not None,
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
        given = {name: form.get(f"{name}.{path}") for name in _ENDS if f"{name}.{path}" in form.values}
        if "value" in given and not given["value"]:
            raise ModelError(f"There is no number for {path}; write one like 0.85.")
        if given:
            value = number_of(given["value"], path) if "value" in given else number.value
            low, high = (_end(given[end], path) if end in given else getattr(number, end) for end in ("low", "high"))
            new[path] = replace(number, value=value, low=low, high=high)
    made = replace(
        with_values(scenario, new),
        title=form.get("title") or scenario.title,
        note=form.get("note"),
        period=form.get("period") or scenario.period,
    )
    if "horizon" in form.values and scenario.span is None:
        made = replace(made, horizon=_horizon(form.get("horizon")))
    return dumps(made, heading="\n".join(head(text)))


def _end(words: str, path: str) -> float | None:
    """Return an end of a number's range; None, where nothing is written, for none."""
    return number_of(words, path) if words else None


def _horizon(words: str) -> int | None:
    """Return how many periods a bargain lasts; None, where nothing is written, without end."""
    if not words:
        return None
    if not words.isdecimal() or not int(words):
        raise ModelError(
            f"“{words}” is no number of periods; write a whole number, or nothing for a bargain without end."
        )
    return int(words)


def sliders(form: Form) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Return the levers' shares (0 to 1) that are pulled at all, and the numbers that were moved, by path."""
    shares = {
        name.removeprefix("lever."): min(1.0, number_of(value, name) / 100)
        for name, value in form.values.items()
        if name.startswith("lever.") and number_of(value, name) > 0
    }
    values = {
        name.removeprefix("number."): number_of(value, name)
        for name, value in form.values.items()
        if name.startswith("number.")
    }
    return shares, {path: value for path, value in values.items() if not _is(value, form.get(f"was.{path}"))}


def _is(value: float, words: str) -> bool:
    """Tell whether the words are this number: a browser writes 0 for 0.0, and 0.6 for 0.6000000000000001."""
    try:
        return math.isclose(float(words), value, rel_tol=1e-9, abs_tol=1e-12)
    except ValueError:
        return False
