"""A conflict as a person writes it down: decision makers, options, what cannot be, and who prefers what.

Words: an *option* is something that one decision maker can take or drop; a *state* says for every option whether it is
taken; a *pattern* is a string such as ``"YN--"`` with one letter for each option in the order of the model (``Y``
taken, ``N`` not, ``-`` either). Nothing here computes; see ``states`` and ``preferences``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Direction = Literal["free", "only taken", "only dropped"]
DIRECTIONS: tuple[Direction, ...] = ("free", "only taken", "only dropped")
OPTION_LIMIT = 22
"""A model with more options is refused: 2^22 is 4,194,304 states."""


@dataclass(frozen=True, slots=True)
class Because:
    """Why something stands in the model: words of a document, a statement of a dossier, or a note of one's own."""

    document: str = ""  # a document's name
    words: str = ""  # copied exactly from it
    statement: str = ""  # a statement's id in the dossier
    note: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that one decision maker can take or drop. ``moves`` says which of the two it can undo."""

    name: str
    of: str  # the decision maker who controls it
    moves: Direction = "free"
    because: tuple[Because, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Preference:
    """One statement of option prioritising: a state in which it holds is better than one in which it does not.

    Earlier statements outweigh all later ones. ``tied`` gives a statement the priority of the one before it; ``weight``
    replaces the priorities of the whole list by sums; ``unknown`` says that nobody knows which way the decision maker
    leans; ``strong`` makes the difference a great one (strength of preference).
    """

    text: str
    because: tuple[Because, ...] = ()
    weight: Fraction | None = None
    tied: bool = False
    unknown: bool = False
    strong: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Prioritised:
    """Preference by statements, the most important first."""

    statements: tuple[Preference, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Preference by a list of levels, best first; a level's states (patterns or decimal numbers) are indifferent.

    ``cuts`` holds the numbers of levels above a great difference: a cut of 2 stands between the second and third level.
    """

    levels: tuple[tuple[str | int, ...], ...]
    cuts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Payoffs:
    """Preference by numbers, larger is better. A difference of at least ``great`` counts as a great one."""

    values: tuple[tuple[str, float], ...]  # pattern, number
    great: float | None = None


Preferences = Prioritised | Ranking | Payoffs


@dataclass(frozen=True, slots=True)
class DecisionMaker:
    """Who decides. ``unknown`` holds pairs of patterns between whose states the preference is not known."""

    name: str
    prefers: Preferences
    unknown: tuple[tuple[str, str], ...] = ()
    because: tuple[Because, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Infeasible:
    """A pattern that cannot come about."""

    pattern: str
    because: tuple[Because, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Blocked:
    """Moves that cannot be made: out of a state of one pattern into one of the other, by one or by anybody."""

    before: str
    after: str
    by: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Perception:
    """How one decision maker misreads the conflict (a first-level hypergame).

    It believes the patterns in ``infeasible`` to be impossible, does not know the options in ``unaware`` (it takes
    them for never taken) and believes that others prefer as ``others`` says.
    """

    by: str
    infeasible: tuple[str, ...] = ()
    unaware: tuple[str, ...] = ()
    others: tuple[DecisionMaker, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """The whole model. Patterns follow the order of ``options``.

    ``draft`` says that the program suggested it and nobody has yet put their name to it (``status = "draft"``).
    """

    title: str
    decision_makers: tuple[DecisionMaker, ...]
    options: tuple[Option, ...]
    infeasible: tuple[Infeasible, ...] = ()
    blocked: tuple[Blocked, ...] = ()
    perceptions: tuple[Perception, ...] = ()
    status_quo: str | None = None  # a full pattern
    source: str = ""
    note: str = ""
    draft: bool = False

    def owner(self, option: int) -> int:
        """Return the number of the decision maker who controls an option, both counted from 0."""
        return [maker.name for maker in self.decision_makers].index(self.options[option].of)

    def names(self) -> tuple[str, ...]:
        """Return the decision makers' names in the order of the model."""
        return tuple(maker.name for maker in self.decision_makers)
