"""Everything that can be wrong with a model before anything is solved, each as one sentence with its place."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from parley.conflict.expressions import parse, read_pattern
from parley.conflict.model import (
    DIRECTIONS,
    OPTION_LIMIT,
    Conflict,
    DecisionMaker,
    Payoffs,
    Prioritised,
    Ranking,
)
from parley.conflict.perceptions import believed, perceived
from parley.conflict.preferences import order
from parley.conflict.states import Space, space_of
from parley.errors import ModelError

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where (a path such as ``("option", 2, "of")``), what, and what to do."""

    path: Path
    sentence: str


def check(conflict: Conflict, *, locate: Callable[[Path], str] | None = None) -> None:
    """Raise ModelError for the first problem of a model; ``locate`` turns its path into "file, line 12"."""
    for problem in problems(conflict):
        place = locate(problem.path) if locate else ""
        raise ModelError(f"{place}: {problem.sentence}" if place else problem.sentence)


def problems(conflict: Conflict) -> Iterator[Problem]:
    """Yield what is wrong with a model, structure first, then patterns, then preferences."""
    structural = list(_structure(conflict))
    yield from structural
    if structural:
        return
    written = [*_patterns(conflict), *_perceptions(conflict)]
    yield from written
    if written:
        return
    try:
        space = space_of(conflict)
    except ModelError as error:
        yield Problem(("infeasible",), str(error))
        return
    names = [option.name for option in conflict.options]
    for place, maker in enumerate(conflict.decision_makers):
        try:
            order(maker, names, space.states)
        except ModelError as error:
            yield Problem(("decision_maker", place, _preference_key(maker)), str(error))
    yield from _beliefs(conflict, space)
    if conflict.status_quo is not None:
        value = read_pattern(conflict.status_quo, len(conflict.options))[1]
        if not space.feasible[value]:
            yield Problem(
                ("status_quo",),
                f"the status quo {conflict.status_quo!r} is infeasible; correct it or the infeasible patterns.",
            )


def _beliefs(conflict: Conflict, space: Space) -> Iterator[Problem]:
    """Check that what somebody believes of others' preferences covers all states, or all that it perceives."""
    names = [option.name for option in conflict.options]
    for place, view in enumerate(conflict.perceptions):
        seen = perceived(view, names, space.states)
        if not seen.any():
            sentence = f"{view.by} perceives no feasible state; take a pattern out of its perception."
            yield Problem(("perception", place), sentence)
            continue
        for number, other in enumerate(view.others):
            try:
                believed(other, names, space.states, seen)
            except ModelError as error:
                path: Path = ("perception", place, "decision_maker", number, _preference_key(other))
                yield Problem(path, f"as {view.by} perceives the conflict, {error}")


def _preference_key(maker: DecisionMaker) -> str:
    return {Prioritised: "prefers", Ranking: "ranking", Payoffs: "payoffs"}[type(maker.prefers)]


def _structure(conflict: Conflict) -> Iterator[Problem]:
    names = conflict.names()
    if not names:
        yield Problem((), "the model has no decision maker; add a [[decision_maker]] with a name.")
    if not conflict.options:
        yield Problem(
            (), "the model has no option; add an [[option]] with a name and `of`, the decision maker who controls it."
        )
    if len(conflict.options) > OPTION_LIMIT:
        yield Problem(
            ("option", OPTION_LIMIT),
            f"the model has {len(conflict.options)} options, which make {2 ** len(conflict.options):,} states, and "
            f"Parley solves up to {OPTION_LIMIT} options; join options that are always taken together, or leave out "
            "those that decide nothing.",
        )
    yield from _twice(names, "decision_maker", "decision maker")
    yield from _twice([option.name for option in conflict.options], "option", "option")
    for place, option in enumerate(conflict.options):
        if not option.of:
            yield Problem(
                ("option", place), f"nobody owns the option {option.name!r}; add `of` with one of {_listed(names)}."
            )
        elif option.of not in names:
            yield Problem(
                ("option", place, "of"),
                f"the option {option.name!r} belongs to {option.of!r}, {_no_such(option.of, names)}",
            )
        if option.moves not in DIRECTIONS:
            yield Problem(
                ("option", place, "moves"),
                f"the option {option.name!r} moves {option.moves!r}; write one of {_listed(DIRECTIONS)}.",
            )
    owned = {option.of for option in conflict.options}
    for place, name in enumerate(names):
        if name not in owned:
            yield Problem(
                ("decision_maker", place, "name"),
                f"the decision maker {name!r} has no option; give it an [[option]] with of = {name!r}, or take it out.",
            )


def _twice(names: Sequence[str], table: str, word: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, name in enumerate(names):
        if not name.strip():
            yield Problem((table, place), f"{word} number {place + 1} has no name; give it one.")
        if name.casefold() in seen:
            yield Problem((table, place, "name"), f"two {word}s are called {name!r}; give each a name of its own.")
        seen.add(name.casefold())


def _patterns(conflict: Conflict) -> Iterator[Problem]:
    count = len(conflict.options)
    for place, item in enumerate(conflict.infeasible):
        yield from _pattern(item.pattern, count, ("infeasible", place))
        if item.pattern and set(item.pattern) == {"-"}:
            yield Problem(
                ("infeasible", place),
                f"the pattern {item.pattern!r} rules out every state; name at least one option by Y or N.",
            )
    for place, rule in enumerate(conflict.blocked):
        yield from _pattern(rule.before, count, ("blocked", place, "before"))
        yield from _pattern(rule.after, count, ("blocked", place, "after"))
        if rule.by is not None and rule.by not in conflict.names():
            yield Problem(
                ("blocked", place, "by"), f"a blocked move is by {rule.by!r}, {_no_such(rule.by, conflict.names())}"
            )
    if conflict.status_quo is not None:
        yield from _pattern(conflict.status_quo, count, ("status_quo",))
        if "-" in conflict.status_quo:
            yield Problem(
                ("status_quo",), f"the status quo {conflict.status_quo!r} leaves an option open; write Y or N for each."
            )
    for place, maker in enumerate(conflict.decision_makers):
        yield from _preference(maker, conflict, ("decision_maker", place))


def _preference(maker: DecisionMaker, conflict: Conflict, path: Path) -> Iterator[Problem]:
    count = len(conflict.options)
    names = [option.name for option in conflict.options]
    for first, second in maker.unknown:
        for pattern in (first, second):
            yield from _pattern(pattern, count, (*path, "unknown"))
    if isinstance(maker.prefers, Prioritised):
        for place, statement in enumerate(maker.prefers.statements):
            try:
                parse(statement.text, names)
            except ModelError as error:
                yield Problem((*path, "prefers", place, statement.text), str(error))
        if maker.prefers.statements and maker.prefers.statements[0].tied:
            yield Problem(
                (*path, "prefers", 0),
                f"the first statement of {maker.name} is tied with the one before it, and there is none; "
                "take out `tied`.",
            )
    elif isinstance(maker.prefers, Ranking):
        if not maker.prefers.levels:
            yield Problem((*path, "ranking"), f"the ranking of {maker.name} is empty; list the states, best first.")
        for level in maker.prefers.levels:
            for item in level:
                if isinstance(item, str):
                    yield from _pattern(item, count, (*path, "ranking", item))
    else:
        for pattern, _ in maker.prefers.values:
            yield from _pattern(pattern, count, (*path, "payoffs", pattern))


def _perceptions(conflict: Conflict) -> Iterator[Problem]:
    count = len(conflict.options)
    names = [option.name for option in conflict.options]
    for place, view in enumerate(conflict.perceptions):
        path: Path = ("perception", place)
        if view.by not in conflict.names():
            yield Problem((*path, "by"), f"a perception is by {view.by!r}, {_no_such(view.by, conflict.names())}")
        for pattern in view.infeasible:
            yield from _pattern(pattern, count, (*path, "infeasible"))
        for option in view.unaware:
            if option not in names:
                near = difflib.get_close_matches(option, names, n=1, cutoff=0.5)
                hint = f"did you mean {near[0]!r}?" if near else f"the options are {_listed(names)}."
                yield Problem((*path, "unaware"), f"no option is called {option!r}; {hint}")
        for number, other in enumerate(view.others):
            if other.name not in conflict.names():
                yield Problem(
                    (*path, "decision_maker", number),
                    f"a perception is of {other.name!r}, {_no_such(other.name, conflict.names())}",
                )
            yield from _preference(other, conflict, (*path, "decision_maker", number))


def _pattern(pattern: str, count: int, path: Path) -> Iterator[Problem]:
    try:
        read_pattern(pattern, count)
    except ModelError as error:
        yield Problem(path, str(error))


def _no_such(name: str, names: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return (
        f"who is not in the model; did you mean {near[0]!r}?"
        if near
        else f"who is not in the model; choose among {_listed(names)}."
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(repr(name) for name in names) or "the decision makers, once there are any"
