"""Changes that keep a model whole: an option renamed, added or taken out, and everything that speaks of it follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from parley.conflict.expressions import quoted, rewritten, write_pattern
from parley.conflict.model import (
    Conflict,
    DecisionMaker,
    Option,
    Payoffs,
    Preferences,
    Prioritised,
    Ranking,
)
from parley.errors import ModelError

__all__ = ["with_makers", "with_options"]


def with_options(conflict: Conflict, options: Sequence[tuple[int | None, Option]]) -> Conflict:
    """Return the conflict with these options in this order.

    Each comes with its number in *conflict*, None for a new one; a number that is missing is an option that goes.
    Statements and what people are unaware of follow an option's name. In patterns a new option is either way (in the
    status quo: not taken), and one that goes is never taken: what spoke only of states that take it goes as well.

    Raises ModelError where a preference speaks of an option that goes.
    """
    old = [option.name for option in conflict.options]
    place = _Places(tuple(number for number, _ in options), len(old))
    names = {number: option.name for number, option in options if number is not None}
    gone = set(range(len(old))) - names.keys()

    def unaware(name: str) -> list[str]:
        return [] if name in old and old.index(name) in gone else [names[old.index(name)] if name in old else name]

    def maker(item: DecisionMaker) -> DecisionMaker:
        prefers = _prefers(item, old, names, gone, place)
        pairs = [(place.pattern(one), place.pattern(two)) for one, two in item.unknown]
        return replace(item, prefers=prefers, unknown=tuple((one, two) for one, two in pairs if one and two))

    quo = conflict.status_quo
    return replace(
        conflict,
        options=tuple(option for _, option in options),
        decision_makers=tuple(map(maker, conflict.decision_makers)),
        infeasible=tuple(
            replace(item, pattern=found) for item in conflict.infeasible if (found := place.pattern(item.pattern))
        ),
        blocked=tuple(
            replace(rule, before=before, after=after)
            for rule in conflict.blocked
            if (before := place.pattern(rule.before)) and (after := place.pattern(rule.after))
        ),
        perceptions=tuple(
            replace(
                view,
                infeasible=tuple(found for item in view.infeasible if (found := place.pattern(item))),
                unaware=tuple(name for item in view.unaware for name in unaware(item)),
                others=tuple(map(maker, view.others)),
            )
            for view in conflict.perceptions
        ),
        status_quo=None if quo is None else place.state(quo),
    )


def with_makers(conflict: Conflict, makers: Sequence[tuple[str | None, DecisionMaker]]) -> Conflict:
    """Return the conflict with these decision makers in this order, each with its name in *conflict* (None: a new one).

    Options, blocked moves and perceptions follow a name. Those of one who goes are left as they are, but for what it
    perceives and what others believe of it: both go.
    """
    names = {before: maker.name for before, maker in makers if before is not None}
    known = set(conflict.names())

    def now(name: str) -> str:
        return names.get(name, name)

    def stays(name: str) -> bool:
        return name in names or name not in known

    return replace(
        conflict,
        decision_makers=tuple(maker for _, maker in makers),
        options=tuple(replace(option, of=now(option.of)) for option in conflict.options),
        blocked=tuple(replace(rule, by=None if rule.by is None else now(rule.by)) for rule in conflict.blocked),
        perceptions=tuple(
            replace(
                view,
                by=now(view.by),
                others=tuple(replace(other, name=now(other.name)) for other in view.others if stays(other.name)),
            )
            for view in conflict.perceptions
            if stays(view.by)
        ),
    )


class _Places:
    """Where each letter of a pattern comes from: the number of an option of before, None for a new one."""

    def __init__(self, places: tuple[int | None, ...], count: int) -> None:
        self._places = places
        self._count = count
        self._gone = [number for number in range(count) if number not in places]

    def pattern(self, text: str) -> str:
        """Return the pattern in the new order; "" where it only holds if an option that goes is taken.

        A pattern that was never sound stays as it is, for the check to tell.
        """
        if len(text) != self._count:
            return text
        if any(text[number] == "Y" for number in self._gone):
            return ""
        return "".join("-" if place is None else text[place] for place in self._places)

    def state(self, text: str) -> str:
        """Return a full pattern in the new order: new options are not taken, nor are those that go."""
        if len(text) != self._count:
            return text
        return "".join("N" if place is None else text[place] for place in self._places)

    def member(self, item: str | int) -> str:
        """Return a member of a ranking: a state's number is written as its pattern first."""
        text = item if isinstance(item, str) else write_pattern((1 << self._count) - 1, item, self._count)
        return self.pattern(text)

    @property
    def same(self) -> bool:
        """Whether nothing moves."""
        return self._places == tuple(range(self._count))


def _prefers(
    maker: DecisionMaker, old: Sequence[str], names: Mapping[int, str], gone: set[int], place: _Places
) -> Preferences:
    prefers = maker.prefers
    if isinstance(prefers, Prioritised):
        renamed = {number: name for number, name in names.items() if name != old[number]}
        change = _statement_change(maker.name, old, renamed, gone, place)
        return Prioritised(tuple(replace(item, text=change(item.text)) for item in prefers.statements))
    if place.same:
        return prefers
    if isinstance(prefers, Payoffs):
        values = [(place.pattern(pattern), value) for pattern, value in prefers.values]
        return replace(prefers, values=tuple((pattern, value) for pattern, value in values if pattern))
    levels: list[tuple[str | int, ...]] = []
    cuts: list[int] = []
    for number, level in enumerate(prefers.levels):
        if number in prefers.cuts and levels:
            cuts.append(len(levels))
        kept = tuple(dict.fromkeys(found for item in level if (found := place.member(item))))
        if kept:
            levels.append(kept)
    return Ranking(tuple(levels), tuple(dict.fromkeys(cut for cut in cuts if cut < len(levels))))


def _statement_change(
    maker: str, old: Sequence[str], renamed: Mapping[int, str], gone: set[int], place: _Places
) -> Callable[[str], str]:
    def option(number: int, written: str, text: str) -> str:
        if number in gone:
            raise ModelError(
                f"{maker} prefers {text!r}, which speaks of {old[number]!r}, and that option would go; change the "
                "preference as well, or keep the option."
            )
        return quoted(renamed[number]) if number in renamed else written

    def pattern(written: str, text: str) -> str:
        found = place.pattern(written)
        if not found or any(letter != "-" for number, letter in enumerate(written) if number in gone):
            raise ModelError(
                f"{maker} prefers {text!r}, which speaks of an option that would go; change the preference as well, "
                "or keep the option."
            )
        return found

    def change(text: str) -> str:
        return rewritten(
            text, old, option=lambda n, written: option(n, written, text), pattern=lambda w: pattern(w, text)
        )

    return change
