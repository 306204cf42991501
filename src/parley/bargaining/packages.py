"""Packages: every combination of options that the constraints allow, and exact pruning of the beaten ones."""

from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt

from parley.bargaining.model import Issue, Scenario
from parley.errors import ModelError

__all__ = ["LIMIT", "enumerate_packages", "package_words", "unbeaten"]

LIMIT = 200_000
"""Most packages that a scenario may have: every package is considered, so there is an honest bound."""

_BLOCK = 256


def listed(scenario: Scenario) -> tuple[Issue, ...]:
    """Return the issues that are settled by options (not the divisible one), in the order of the file."""
    return tuple(issue for issue in scenario.issues if not issue.divisible)


def enumerate_packages(scenario: Scenario) -> npt.NDArray[np.intp]:
    """Return every allowed package: array (packages, issues) of option indexes, in the order of the file.

    A scenario that has only a divisible issue has one package, of no issues. Raises ModelError where the constraints
    leave none, or where there are more than LIMIT.
    """
    issues = listed(scenario)
    count = 1
    for issue in issues:
        count *= len(issue.options)
    if count > LIMIT:
        raise ModelError(
            f"{scenario.file or 'The scenario'}: the options make {count:,} packages, more than {LIMIT:,}; "
            "merge issues or drop options that nobody would propose."
        )
    table = np.array(list(product(*(range(len(issue.options)) for issue in issues))), dtype=np.intp)
    table = table.reshape(count, len(issues))
    column = {issue.name: index for index, issue in enumerate(issues)}
    allowed = np.ones(count, dtype=bool)
    for constraint in scenario.constraints:
        hit = np.ones(count, dtype=bool)
        for name, options in constraint.forbid.items():
            names = [option.name for option in issues[column[name]].options]
            hit &= np.isin(table[:, column[name]], [names.index(option) for option in options])
        allowed &= ~hit
    if not allowed.any():
        raise ModelError(
            f"{scenario.file or 'The scenario'}: the constraints exclude every package; take one of them away."
        )
    return table[allowed]


def package_words(scenario: Scenario, package: npt.NDArray[np.intp]) -> tuple[tuple[str, str], ...]:
    """Return a package as (issue, option) pairs, without issues that leave no choice."""
    return tuple(
        (issue.name, issue.options[int(choice)].name)
        for issue, choice in zip(listed(scenario), package, strict=True)
        if len(issue.options) > 1
    )


def unbeaten(utilities: npt.NDArray[np.float64], *, tie: float) -> npt.NDArray[np.intp]:
    """Return the rows that no other row beats: none is as good for all parties and better for one.

    *utilities* is (packages, parties), larger is better. Two values closer than *tie* count as equal. Exact: a
    proposer who loses a beaten package loses nothing, since whoever accepts it accepts the package that beats it.
    Rows with equal values all stay. Time: packages × unbeaten × parties.
    """
    order = np.argsort(-utilities.sum(axis=1), kind="stable")
    kept = np.empty((0, utilities.shape[1]))
    rows: list[npt.NDArray[np.intp]] = []
    for start in range(0, len(order), _BLOCK):
        block = order[start : start + _BLOCK]
        block = block[~_beaten(utilities[block], kept, tie)]
        block = block[~_beaten(utilities[block], utilities[block], tie)]
        rows.append(block)
        kept = np.concatenate([kept, utilities[block]])
    return np.sort(np.concatenate(rows))


def _beaten(candidates: npt.NDArray[np.float64], others: npt.NDArray[np.float64], tie: float) -> npt.NDArray[np.bool_]:
    as_good = np.ones((len(candidates), len(others)), dtype=bool)
    for party in range(candidates.shape[1]):
        as_good &= others[None, :, party] >= candidates[:, None, party] - tie
    rows, columns = np.nonzero(as_good)
    better = (others[columns] > candidates[rows] + tie).any(axis=1)
    beaten = np.zeros(len(candidates), dtype=bool)
    beaten[rows[better]] = True
    return beaten
