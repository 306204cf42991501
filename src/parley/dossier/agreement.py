"""How far two codings of the same statements agree: shares, and Cohen's kappa. Pure.

Source of kappa: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement
20 (1960) 37-46: (observed - expected) / (1 - expected), expected from the two coders' own shares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from parley.dossier.decisions import in_force
from parley.dossier.review import BLIND
from parley.records import Decision

__all__ = ["CODED", "Agreement", "agreement", "blind_agreement", "cohen_kappa"]

CODED = ("speaker", "act", "issues", "stance")
"""What a blind card asks for."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two codings compared on one field: of ``both`` items, ``same`` are equal.

    ``kappa`` is None where chance alone would agree always (one code only), or nothing was coded by both.
    """

    field: str
    both: int
    same: int
    kappa: float | None

    @property
    def share(self) -> float | None:
        """The share of equal codes, 0 to 1."""
        return self.same / self.both if self.both else None


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of the pairs of codes; None where it isn't defined."""
    if not pairs:
        return None
    size = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(first[code] * second[code] for code in sorted(first)) / size**2
    if expected >= 1:
        return None
    return (sum(a == b for a, b in pairs) / size - expected) / (1 - expected)


def agreement(field: str, pairs: Iterable[tuple[str, str]]) -> Agreement:
    """Compare two codings of one field."""
    listed = list(pairs)
    return Agreement(field, len(listed), sum(a == b for a, b in listed), cohen_kappa(listed))


def blind_agreement(decisions: Sequence[Decision]) -> tuple[tuple[str, ...], tuple[Agreement, ...]]:
    """Return who coded blind, and how far the machine's codes agree with theirs: whether it is a statement, then codes.

    A blind card hides the machine's codes until the person has given their own; the decision holds both. Of two
    blind codings of one statement by one person the later counts.
    """
    latest: dict[tuple[str, str], Mapping[str, str]] = {}
    for decision in in_force(decisions):
        if decision.kind == BLIND:
            latest[decision.subject, decision.who] = decision.detail
    told = list(latest.values())
    people = tuple(sorted({who for _, who in latest}))
    if not told:
        return people, ()
    is_one = agreement("statement", ((detail.get("statement", "yes"), "yes") for detail in told))
    both = [detail for detail in told if detail.get("statement", "yes") == "yes"]
    fields = (agreement(name, ((_code(d, name), _code(d, f"machine_{name}")) for d in both)) for name in CODED)
    return people, (is_one, *fields)


def _code(detail: Mapping[str, str], name: str) -> str:
    value = detail.get(name, "")
    return " ".join(sorted(value.split())) if name.endswith("issues") else value.casefold()
