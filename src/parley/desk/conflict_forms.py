"""A conflict as a form: its options, who wants what, what cannot be; and the file again with what the form says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from parley.desk.forms import Form
from parley.errors import ModelError

if TYPE_CHECKING:
    from parley.conflict.model import Blocked, DecisionMaker, Infeasible, Option, Payoffs, Prioritised, Ranking

__all__ = ["NEW", "conflict_changed", "conflict_fields", "head", "number_of"]

NEW = 2
"""Empty lines at the end of each list, to add to it."""

_BLANK = {"name": "", "of": "", "moves": "free", "taken": False}


def conflict_fields(text: str) -> dict[str, Any]:
    """Return what the form of a conflict shows. Raises ModelError where the text is no model."""
    from parley.conflict import loads
    from parley.conflict.model import DIRECTIONS, Blocked, Infeasible

    model = loads(text)
    quo = model.status_quo or ""
    options = [
        {"number": number, "name": o.name, "of": o.of, "moves": o.moves, "taken": quo[number : number + 1] == "Y"}
        for number, o in enumerate(model.options)
    ]
    return {
        "title": model.title, "note": model.note, "quo": bool(quo), "directions": DIRECTIONS, "new": NEW,
        "options": [*options, *({**_BLANK, "number": len(options) + n} for n in range(NEW))],
        "names": model.names(), "order": ", ".join(option.name for option in model.options),
        "makers": [_maker_fields(number, maker) for number, maker in enumerate(model.decision_makers)],
        "cannot": [*model.infeasible, *[Infeasible("")] * NEW], "blocked": [*model.blocked, *[Blocked("", "")] * NEW],
        "perceptions": len(model.perceptions),
    }  # fmt: skip


def conflict_changed(text: str, form: Form) -> str:
    """Return the conflict's file with what the form says; comments at its head stay, others go.

    Patterns are read in the order of the options as the form showed them. Lists are put in the order of the numbers
    before their lines; an empty line is dropped. A list that the form lacks stays as it is. Raises ModelError.
    """
    from parley.conflict import dumps, loads
    from parley.conflict.editing import with_makers, with_options
    from parley.conflict.model import DecisionMaker, Prioritised

    model = loads(text)
    model = replace(
        model,
        decision_makers=tuple(_maker(form, number, maker) for number, maker in enumerate(model.decision_makers)),
        infeasible=_infeasible(form, model.infeasible),
        blocked=_blocked(form, model.blocked),
    )
    rows = _options(form, model.options)
    known = len(model.options)
    model = with_options(model, [(row if row < known else None, option) for row, option in rows])
    quo = "".join("Y" if form.get(f"taken.{row}") else "N" for row, _ in rows)
    makers: list[tuple[str | None, DecisionMaker]] = [
        (maker.name, replace(maker, name=_kept(form, f"maker.{number}", maker.name)))
        for number, maker in enumerate(model.decision_makers)
        if not form.get(f"maker_gone.{number}")
    ]
    for number in range(len(model.decision_makers), len(model.decision_makers) + NEW):
        if name := form.get(f"maker.{number}"):
            makers.append((None, DecisionMaker(name, Prioritised(()))))
    made = replace(
        with_makers(model, makers),
        title=form.get("title") or model.title,
        note=form.get("note"),
        status_quo=quo if form.get("quo") else None,
    )
    return dumps(made, comments=head(text))


def head(text: str) -> list[str]:
    """Return the comments at the head of a file, without their signs."""
    found = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        found.append(line.lstrip("#").strip())
    return found


def number_of(words: str, what: str) -> float:
    """Return a number that a form holds. Raises ModelError where it is none; *what* says which."""
    try:
        value = float(words)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ModelError(f"“{words}” is no number ({what}); write it like 0.85.")
    return value


def _maker_fields(number: int, maker: DecisionMaker) -> dict[str, Any]:
    from parley.conflict.model import Preference, Prioritised, Ranking

    prefers = maker.prefers
    shown: dict[str, Any] = {"number": number, "name": maker.name, "kind": "numbers"}
    if isinstance(prefers, Prioritised):
        return shown | {"kind": "statements", "rows": [*prefers.statements, *[Preference("")] * NEW]}
    if isinstance(prefers, Ranking):
        levels = [
            {"words": " ".join(map(str, level)), "cut": n in prefers.cuts} for n, level in enumerate(prefers.levels)
        ]
        return shown | {"kind": "ranking", "rows": [*levels, *[{"words": "", "cut": False}] * NEW]}
    rows = [{"pattern": pattern, "value": f"{value:.12g}"} for pattern, value in prefers.values]
    great = "" if prefers.great is None else f"{prefers.great:.12g}"
    return shown | {"rows": [*rows, *[{"pattern": "", "value": ""}] * NEW], "great": great}


def _options(form: Form, options: Sequence[Option]) -> list[tuple[int, Option]]:
    """Return the options with the number of their line: the model's own first, then the new ones."""
    from parley.conflict.model import DIRECTIONS, Option

    rows = []
    for row in range(len(options) + NEW):
        if form.get(f"gone.{row}") or (row >= len(options) and not form.get(f"name.{row}")):
            continue
        option = options[row] if row < len(options) else Option("", "")
        moves = next((item for item in DIRECTIONS if item == form.get(f"moves.{row}")), option.moves)
        name, owner = _kept(form, f"name.{row}", option.name), form.get(f"of.{row}") or option.of
        rows.append((row, replace(option, name=name, of=owner, moves=moves)))
    return rows


def _maker(form: Form, number: int, maker: DecisionMaker) -> DecisionMaker:
    from parley.conflict.model import Prioritised, Ranking

    prefers = maker.prefers
    if not any(name.startswith(f"prefers.{number}.") for name in form.values):
        return maker
    if isinstance(prefers, Prioritised):
        return replace(maker, prefers=_statements(form, number, prefers))
    if isinstance(prefers, Ranking):
        return replace(maker, prefers=_ranking(form, number, prefers))
    return replace(maker, prefers=_payoffs(form, number, prefers))


def _statements(form: Form, number: int, prefers: Prioritised) -> Prioritised:
    from parley.conflict.model import Preference, Prioritised

    known = {item.text: item for item in prefers.statements}
    listed = []
    for place, words in _lines(form, number, len(prefers.statements)):
        item = known.get(words, Preference(words))
        if form.get(f"ticks.{number}"):
            item = replace(
                item,
                weight=_weight(form.get(f"weight.{number}.{place}"), words),
                strong=bool(form.get(f"strong.{number}.{place}")),
                tied=bool(form.get(f"tied.{number}.{place}")),
                unknown=bool(form.get(f"unknown.{number}.{place}")),
            )
        listed.append(item)
    return Prioritised(tuple(listed))


def _ranking(form: Form, number: int, prefers: Ranking) -> Ranking:
    from parley.conflict.model import Ranking

    levels: list[tuple[str | int, ...]] = []
    cuts: list[int] = []
    for place, words in _lines(form, number, len(prefers.levels)):
        if levels and form.get(f"cut.{number}.{place}"):
            cuts.append(len(levels))
        levels.append(tuple(int(item) if item.isdecimal() else item for item in words.replace(",", " ").split()))
    return Ranking(tuple(level for level in levels if level), tuple(cuts))


def _payoffs(form: Form, number: int, prefers: Payoffs) -> Payoffs:
    from parley.conflict.model import Payoffs

    lines = _lines(form, number, len(prefers.values))
    values = tuple((words, number_of(form.get(f"payoff.{number}.{place}"), words)) for place, words in lines)
    great = form.get(f"great.{number}")
    return Payoffs(values, number_of(great, "a great difference") if great else None)


def _lines(form: Form, number: int, known: int) -> list[tuple[int, str]]:
    """Return the lines of a list that hold words, in the order of the numbers before them."""
    lines = []
    for place in range(known + NEW):
        words = form.get(f"prefers.{number}.{place}")
        if words:
            rank = form.get(f"rank.{number}.{place}")
            lines.append((number_of(rank, f"the rank of {words}") if rank else place + 1, place, words))
    return [(place, words) for _, place, words in sorted(lines)]


def _infeasible(form: Form, items: Sequence[Infeasible]) -> tuple[Infeasible, ...]:
    from parley.conflict.model import Infeasible

    if "cannot.0" not in form.values:
        return tuple(items)
    found = []
    for place in range(len(items) + NEW):
        pattern, note = form.get(f"cannot.{place}"), form.get(f"cannot_note.{place}")
        if pattern:
            same = place < len(items) and items[place].pattern == pattern
            found.append(replace(items[place] if same else Infeasible(pattern), note=note))
    return tuple(found)


def _blocked(form: Form, items: Sequence[Blocked]) -> tuple[Blocked, ...]:
    from parley.conflict.model import Blocked

    if "before.0" not in form.values:
        return tuple(items)
    found = []
    for place in range(len(items) + NEW):
        before, after = form.get(f"before.{place}"), form.get(f"after.{place}")
        if before or after:
            by, note = form.get(f"by.{place}") or None, form.get(f"blocked_note.{place}")
            found.append(Blocked(before, after, by, note))
    return tuple(found)


def _weight(words: str, statement: str) -> Fraction | None:
    if not words:
        return None
    try:
        return Fraction(words)
    except (ValueError, ZeroDivisionError) as error:
        raise ModelError(f"“{words}” is no weight ({statement}); write a number such as 2 or 1/3.") from error


def _kept(form: Form, field: str, name: str) -> str:
    """Return the name in the field, the old *name* where the form lacks it. Raises ModelError where it was emptied."""
    if field in form.values and name and not form.get(field):
        raise ModelError(f"“{name}” was left without a name; write one, or tick to take it out.")
    return form.get(field) or name
