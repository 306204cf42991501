"""Known holders of public office, for names that a document leaves short.

The list (``people.txt`` beside this module) is our own compilation of public facts and ends in 2026. It is evidence of
the weakest kind: it speaks only where the document itself names nobody else, and it says that it is what spoke.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from parley.reading.gazetteer import gazetteer
from parley.reading.name_index import keys_of, parts

_HEADS = re.compile(
    r"^(?:president|prime minister|premier|taoiseach|chancellor|supreme leader|crown prince|secretary general|"
    r"commission president|leader|managing director|first minister|secretary of state|foreign (?:minister|secretary)|"
    r"foreign policy chief)$"
)
_YEAR = re.compile(r"(?<![\d.,$€£/-])(?:19[89]\d|20[0-4]\d)(?![\d%/]|[.,]\d|-\d)")
_POLITE = frozenset(["", "mr", "mrs", "ms", "dr", "sir"])
_FAMILY_FIRST = frozenset(["China", "Taiwan", "North Korea", "South Korea", "Hong Kong", "Cambodia"])


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in public life: ``offices`` held for a state or body ``side``, between two years."""

    name: str
    names: tuple[str, ...]
    side: str
    offices: tuple[str, ...]
    first: int
    last: int

    @property
    def head(self) -> bool:
        """Whether one office is at the head of a state, a body or its diplomacy, so that a bare surname goes round."""
        return any(_HEADS.match(office) for office in self.offices)

    def holds(self, role: str) -> bool:
        """Tell whether words of a role ("President", "the foreign minister") fit an office."""
        words = role.lower().replace("-", " ").replace("sen.", "senator").replace("rep.", "congressman").split()
        return any(office.partition(" of ")[0].split()[-1] in words for office in self.offices)


@dataclass(frozen=True, slots=True)
class People:
    """The list by full names and by the short names that coverage uses."""

    full: Mapping[tuple[str, ...], Person]
    short: Mapping[tuple[str, ...], tuple[Person, ...]]

    def of(self, name: str) -> Person | None:
        """Return the person of a full name, or None."""
        return self.full.get(parts(keys_of(name)))

    def ending(self, name: str) -> str | None:
        """Return the full name that longer words end with: "Minster Jiang Yi" with "Jiang Yi"; None where none does."""
        words = name.split()
        if self.of(name) is not None:
            return None
        ends = (" ".join(words[at:]) for at in range(1, len(words) - 1))
        return next((end for end in ends if self.of(end) is not None), None)

    def only(self, name: str, *, sides: Iterable[str], roles: Iterable[str], since: int | None) -> Person | None:
        """Return the only person whom a short name can mean in a document, or None.

        ``sides``: the states and bodies that the document names; ``roles``: what it calls the person; ``since``: a year
        before which it was not written. A bare surname is enough for heads of states and bodies that the document
        names; for others the document must give a role that fits.
        """
        able = [p for p in self.short.get(keys_of(name), ()) if since is None or since <= p.last]
        called, named = [role for role in roles if role.lower().rstrip(".") not in _POLITE], set(sides)
        fit = [p for p in able if any(p.holds(role) for role in called)]
        fit = [p for p in fit if p.side in named] or fit
        if not fit and not called:
            fit = [p for p in able if p.head and p.side in named]
        return fit[0] if len(fit) == 1 else None


def latest_year(text: str) -> int | None:
    """Return the latest year that a text names, before which it was not written; None where it names none."""
    return max((int(match.group()) for match in _YEAR.finditer(text)), default=None)


@cache
def people() -> People:
    """Return the list, read once."""
    full: dict[tuple[str, ...], Person] = {}
    short: dict[tuple[str, ...], dict[Person, None]] = {}
    text = resources.files(__package__).joinpath("people.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        name, others, side, offices, years = line.split("|")
        entry = gazetteer().get(side)
        first, last = (int(year) for year in years.split("-"))
        names = tuple(other.strip() for other in others.split(",") if other.strip())
        person = Person(name, names, entry.name if entry else side, tuple(offices.split(", ")), first, last)
        for form in (name, *names):
            keys = keys_of(form)
            full.setdefault(parts(keys), person)
            surname = keys[:1] if side in _FAMILY_FIRST else keys[-1:]
            for end in (surname, keys[-2:], keys[-3:]):
                if end != keys or len(keys) == 1:
                    short.setdefault(end, {})[person] = None
    return People(full, {keys: tuple(row) for keys, row in short.items()})
