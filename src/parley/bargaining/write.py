"""Bargain files written: the same TOML that `toml.read` reads, one number a line where it carries evidence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from parley.bargaining.model import ASSUMED, Condition, Number, Scenario
from parley.bargaining.toml import FORMAT

__all__ = ["dumps"]


def dumps(scenario: Scenario, *, heading: str = "") -> str:
    """Return *scenario* as a bargain file; *heading* becomes comment lines at its top."""
    out = [f"# {line}".rstrip() for line in heading.splitlines()]
    out += [f"format = {_text(FORMAT)}", f"title = {_text(scenario.title)}", f"period = {_text(scenario.period)}"]
    if scenario.draft:
        out.append('status = "draft"  # take this line out once you have corrected the file and stand behind it')
    out.append(f"horizon = {_horizon(scenario)}")
    if scenario.note:
        out.append(f"note = {_text(scenario.note)}")
    if scenario.horizon is None:
        out += [f"tolerance = {scenario.tolerance!r}", f"iterations = {scenario.iterations}"]
    for party in scenario.parties:
        out += ["", "[[parties]]", f"name = {_text(party.name)}", f"patience = {_number(party.patience)}"]
        if party.private:
            out += _table("parties.private", dict(zip(("low", "high"), party.private, strict=True)))
    out += ["", "[consent]", f"needed = {_list(scenario.consent.needed)}"]
    if scenario.consent.quota:
        out += [f"quota = {scenario.consent.quota}", f"among = {_list(scenario.consent.among)}"]
    out += ["", "[proposers]"]
    if scenario.proposers.order:
        out.append(f"order = {_list(scenario.proposers.order)}")
    for turn in scenario.proposers.turns:
        out += ["", "[[proposers.turns]]", f"name = {_text(turn.name)}", *_when(turn.when)]
        out += _table("proposers.turns.chances", turn.chances)
    out += _issues(scenario)
    for constraint in scenario.constraints:
        forbid = ", ".join(f"{_key(name)} = {_list(options)}" for name, options in constraint.forbid.items())
        out += ["", "[[constraints]]", f"forbid = {{ {forbid} }}"]
        out += [f"because = {_text(constraint.because)}"] if constraint.because else []
    for clock in scenario.clocks:
        out += ["", "[[clocks]]", f"name = {_text(clock.name)}", f"levels = {_list(clock.levels)}"]
        out.append(f"start = {_text(clock.start)}")
        for move in clock.moves:
            out += ["", "[[clocks.moves]]", f"name = {_text(move.name)}", f"from = {_text(move.start)}"]
            out += [f"to = {_text(move.end)}", f"chance = {_number(move.chance)}", *_when(move.when)]
    for flow in scenario.flows:
        out += ["", "[[flows]]", f"name = {_text(flow.name)}", *_when(flow.when)]
        out += _table("flows.amounts", flow.amounts)
    out += _interims(scenario) + _endings(scenario) + _levers(scenario)
    return "\n".join(out) + "\n"


def _horizon(scenario: Scenario) -> str:
    if scenario.span is not None:
        return _number(scenario.span)
    return _text("none") if scenario.horizon is None else str(scenario.horizon)


def _issues(scenario: Scenario) -> list[str]:
    out: list[str] = []
    for issue in scenario.issues:
        out += ["", "[[issues]]", f"name = {_text(issue.name)}", *_table("issues.weights", issue.weights)]
        for option in issue.options:
            out += ["", "[[issues.options]]", f"name = {_text(option.name)}"]
            out += _table("issues.options.values", option.values)
        for size in issue.sizes:
            out += ["", "[[issues.sizes]]", f"name = {_text(size.name)}", f"amount = {_number(size.amount)}"]
            out += _when(size.when)
    return out


def _interims(scenario: Scenario) -> list[str]:
    out: list[str] = []
    for deal in scenario.interims:
        out += ["", "[[interims]]", f"name = {_text(deal.name)}", f"consent = {_list(deal.consent)}"]
        out += [f"lasts = {deal.lasts}", f"breaks = {_number(deal.breaks)}"]
        out += ["once = true"] if deal.once else []
        for name, given in (("gains", deal.gains), ("flows", deal.flows), ("breakers", deal.breakers)):
            out += _table(f"interims.{name}", given) if given else []
    return out


def _endings(scenario: Scenario) -> list[str]:
    out: list[str] = []
    for ending in scenario.endings:
        out += ["", "[[endings]]", f"name = {_text(ending.name)}", f"at = {_text(ending.kind)}", *_when(ending.when)]
        out += [f"by = {_list(ending.by)}"] if ending.by else []
        out += [f"chance = {_number(ending.chance)}"] if ending.kind == "breakdown" else []
        out += _table("endings.payoffs", ending.payoffs)
    return out


def _levers(scenario: Scenario) -> list[str]:
    out: list[str] = []
    for lever in scenario.levers:
        out += ["", "[[levers]]", f"name = {_text(lever.name)}"]
        out += [f"note = {_text(lever.note)}"] if lever.note else []
        if lever.starts:
            out.append("starts = { " + ", ".join(f"{_key(c)} = {_text(v)}" for c, v in lever.starts.items()) + " }")
        out += _table("levers.sets", lever.sets) if lever.sets else []
        for claim in lever.claims:
            out += ["", "[[levers.claims]]", f"measure = {_text(claim.measure)}", f"moves = {_text(claim.moves)}"]
            out.append(f"source = {_source(claim.sources)}")
            out += [f"words = {_text(claim.words)}"] if claim.words else []
    return out


def _table(header: str, given: Mapping[str, Number]) -> list[str]:
    """Write numbers as a table of its own, so that each has its line."""
    return ["", f"[{header}]", *(f"{_key(name)} = {_number(number)}" for name, number in given.items())]


def _when(when: Condition) -> list[str]:
    parts = [f"{_key(name)} = {_list(levels)}" for name, levels in when.levels.items()]
    parts += [f"in_force = {_list(when.in_force)}"] if when.in_force else []
    parts += [f"from_period = {when.from_period}"] if when.from_period is not None else []
    parts += [f"until_period = {when.until_period}"] if when.until_period is not None else []
    return [f"when = {{ {', '.join(parts)} }}"] if parts else []


def _number(number: Number) -> str:
    plain = not number.words and number.sources == (ASSUMED,)
    if plain and number.shape == "fixed" and number.low is None and number.high is None:
        return _float(number.value)
    parts = [f"value = {_float(number.value)}"]
    for name in ("low", "high", "sd"):
        end = getattr(number, name)
        parts += [f"{name} = {_float(end)}"] if end is not None else []
    if number.low is not None or number.high is not None or number.sd is not None:
        parts.append(f"shape = {_text(number.shape)}")
    parts.append(f"source = {_source(number.sources)}")
    parts += [f"words = {_text(number.words)}"] if number.words else []
    return f"{{ {', '.join(parts)} }}"


def _source(sources: tuple[str, ...]) -> str:
    return _text(sources[0]) if len(sources) == 1 else _list(sources)


def _float(value: float) -> str:
    return repr(float(value))


def _text(words: str) -> str:
    """Write a TOML basic string: JSON's escapes are TOML's, but for DEL."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007F")


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else _text(name)


def _list(entries: Iterable[str]) -> str:
    return "[" + ", ".join(_text(entry) for entry in entries) + "]"
