"""Write a conflict as TOML, in a fixed order, such that ``toml.loads`` gives the same conflict back."""

from __future__ import annotations

import json
from collections.abc import Sequence

from parley.conflict.model import Because, Conflict, DecisionMaker, Payoffs, Preference, Prioritised, Ranking


def dumps(conflict: Conflict, *, comments: Sequence[str] = ()) -> str:
    """Return a conflict as TOML text. ``comments`` become lines at its head."""
    lines = [f"# {comment}" if comment else "#" for comment in comments]
    lines += [f"title = {_text(conflict.title)}"]
    if conflict.draft:
        lines.append('status = "draft"  # take this line out once you have corrected the model and stand behind it')
    lines += [
        f"{key} = {_text(value)}" for key, value in (("source", conflict.source), ("note", conflict.note)) if value
    ]
    if conflict.status_quo is not None:
        lines.append(f"status_quo = {_text(conflict.status_quo)}")
    for maker in conflict.decision_makers:
        lines += ["", "[[decision_maker]]", *_maker(maker, "decision_maker")]
    for option in conflict.options:
        lines += ["", "[[option]]", f"name = {_text(option.name)}", f"of = {_text(option.of)}"]
        lines += [f"moves = {_text(option.moves)}"] if option.moves != "free" else []
        lines += _tail(option.because, option.note)
    for item in conflict.infeasible:
        lines += ["", "[[infeasible]]", f"pattern = {_text(item.pattern)}", *_tail(item.because, item.note)]
    for rule in conflict.blocked:
        lines += ["", "[[blocked]]"] + ([f"by = {_text(rule.by)}"] if rule.by is not None else [])
        lines += [f"before = {_text(rule.before)}", f"after = {_text(rule.after)}", *_tail((), rule.note)]
    for view in conflict.perceptions:
        lines += ["", "[[perception]]", f"by = {_text(view.by)}"]
        lines += [f"infeasible = {_list(view.infeasible)}"] if view.infeasible else []
        lines += [f"unaware = {_list(view.unaware)}"] if view.unaware else []
        lines += _tail((), view.note)
        for other in view.others:
            lines += ["", "[[perception.decision_maker]]", *_maker(other, "perception.decision_maker")]
    return "\n".join(lines) + "\n"


def _maker(maker: DecisionMaker, header: str) -> list[str]:
    lines = [f"name = {_text(maker.name)}", *_tail(maker.because, maker.note)]
    if maker.unknown:
        lines.append("unknown = [" + ", ".join(_list(pair) for pair in maker.unknown) + "]")
    prefers = maker.prefers
    if isinstance(prefers, Prioritised):
        if not prefers.statements:
            lines.append("prefers = []")
        for statement in prefers.statements:
            lines += ["", f"[[{header}.prefers]]", *_statement(statement)]
    elif isinstance(prefers, Ranking):
        lines += ["ranking = [", *_levels(prefers), "]"]
    else:
        lines += [f"great = {_number(prefers.great)}"] if prefers.great is not None else []
        lines += ["", f"[{header}.payoffs]", *_payoffs(prefers)]
    return lines


def _levels(prefers: Ranking) -> list[str]:
    lines = []
    for number, level in enumerate(prefers.levels):
        if number in prefers.cuts:
            lines.append('  ">>",')
        members = [str(item) if isinstance(item, int) else _text(item) for item in level]
        lines.append(f"  {members[0]}," if len(members) == 1 else f"  [{', '.join(members)}],")
    return lines


def _payoffs(prefers: Payoffs) -> list[str]:
    return [f"{_text(pattern)} = {_number(value)}" for pattern, value in prefers.values]


def _statement(statement: Preference) -> list[str]:
    lines = [f"statement = {_text(statement.text)}"]
    lines += [f"weight = {_text(str(statement.weight))}"] if statement.weight is not None else []
    lines += [f"{key} = true" for key in ("tied", "unknown", "strong") if getattr(statement, key)]
    return [*lines, *_tail(statement.because, statement.note)]


def _tail(because: Sequence[Because], note: str) -> list[str]:
    lines = [f"note = {_text(note)}"] if note else []
    if not because:
        return lines
    lines.append("because = [")
    for item in because:
        fields = [(key, getattr(item, key)) for key in ("document", "words", "statement", "note")]
        lines.append("  { " + ", ".join(f"{key} = {_text(value)}" for key, value in fields if value) + " },")
    return [*lines, "]"]


def _list(items: Sequence[str]) -> str:
    return "[" + ", ".join(_text(item) for item in items) + "]"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _text(value: str) -> str:
    escaped = json.dumps(value, ensure_ascii=False)
    return escaped.replace("\x7f", "\\u007f")
