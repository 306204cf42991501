"""Strength of preference: which stable states are held by sanctions that hurt greatly.

A decision maker may greatly prefer one state to another (``>>`` in a ranking, ``strong`` statements, ``great`` for
payoffs). A state that is stable under GMR, SMR or SEQ is *strongly* stable if every improvement meets a sanction that
is greatly less preferred than the state itself (for SMR: and every way out as well), else *weakly* stable. Hamouda,
Kilgour and Hipel, Group Decision and Negotiation 13 (2004), and Applied Mathematics and Computation (2006). Checked
against the three-degree matrix form of the public program nuaagmcrr (file StrengthStability, 2016); its strong SMR
leaves out a transpose, and the definition is followed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.conflict.model import Conflict
from parley.conflict.moves import BEST, WORST, improvements
from parley.conflict.preferences import orders
from parley.conflict.stability import anticipated, stability
from parley.conflict.states import Bools, Space, space_of, spread_out

STRONG_CONCEPTS = ("gmr", "smr", "seq")


def strong_stability(conflict: Conflict) -> Mapping[str, Bools]:
    """Return "strong gmr", "weak gmr", ... "weak seq", each ``(n_makers, n_states)`` bool, for a checked model."""
    space = space_of(conflict)
    found = orders(conflict, space)
    return strong_stability_of(
        space, np.stack([item.ranks for item in found]), np.stack([item.limits for item in found])
    )


def strong_stability_of(space: Space, ranks: NDArray[Any], limits: NDArray[Any]) -> dict[str, Bools]:
    """As ``strong_stability``, from ranks and limits, both ``(n_makers, n_states)``.

    A state is greatly less preferred than s iff its rank is at most ``limits[s]``.
    """
    cubes = [spread_out(space, row, WORST) for row in ranks]
    bounds = [spread_out(space, row, BEST) for row in limits]
    better = [improvements(space, maker, cube) for maker, cube in enumerate(cubes)]
    stable = stability(space, ranks, concepts=STRONG_CONCEPTS)
    result: dict[str, Bools] = {}
    for concept in STRONG_CONCEPTS:
        rows = []
        for maker in range(len(cubes)):
            worst = anticipated(space, cubes, better, maker, concept)
            rows.append((better[maker].highest(worst) <= bounds[maker])[space.states])
        strong = np.stack(rows) & stable[concept]
        result[f"strong {concept}"] = strong
        result[f"weak {concept}"] = stable[concept] & ~strong
    return result
