"""Forecasts for positions on a scale: the compromise mean, the weighted median, and the challenge model.

The compromise mean is the default: on European Union decisions it beats every rival that was tried (`RECORD`). The
challenge model is Bueno de Mesquita's, as replicated by Scholz, Calbert and Smith, J. Theor. Politics 23 (2011) 510;
it is a second opinion, shown with its record.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from parley.bargaining.values import FloatArray
from parley.errors import ModelError

__all__ = [
    "RECORD", "SCHOLZ_CODE", "SCHOLZ_PAPER", "Actor", "Challenge", "Published", "Round", "challenge", "compromise_mean",
    "forecasts", "read_actors", "weighted_median",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor with capability, position on the scale, and salience (capability and salience at least 0)."""

    name: str
    capability: float
    position: float
    salience: float


@dataclass(frozen=True, slots=True)
class Published:
    """What a method's published record is: mean absolute error on a stated set, and where that is said."""

    method: str
    error: float
    cases: str
    source: str


_DEU = "351 resolved European Union issues, scale 0 to 100"
_DEU_SOURCE = "DEU III (doi 10.34810/data53), as computed in schelling's BACKTEST.md"
_BDM = "Bueno de Mesquita (2011) tables 1 and 3, as cited in schelling's BACKTEST.md"

RECORD = (
    Published("compromise mean", 22.99, _DEU, _DEU_SOURCE),
    Published("flexible model, cross-validated", 23.84, _DEU, _DEU_SOURCE),
    Published("challenge model, tuned", 26.83, _DEU, _DEU_SOURCE),
    Published("challenge model, as in the paper", 27.94, _DEU, _DEU_SOURCE),
    Published("median actor", 28.37, _DEU, _DEU_SOURCE),
    Published("challenge model, risk left out", 28.82, _DEU, _DEU_SOURCE),
    Published("compromise mean", 23.32, f"the held-out half of {_DEU}", _DEU_SOURCE),
    Published("challenge model, tuned on the other half", 26.07, f"the held-out half of {_DEU}", _DEU_SOURCE),
    Published("compromise mean", 11.8, "9 issues", _BDM),
    Published("challenge model", 21.5, "9 issues", _BDM),
    Published("weighted median", 29.4, "9 issues", _BDM),
    Published("compromise mean", 19.4, "the issues without a recursion point", _BDM),
    Published("weighted median", 19.8, "the issues without a recursion point", _BDM),
    Published("challenge model", 28.2, "the issues without a recursion point", _BDM),
)


@dataclass(frozen=True, slots=True)
class Challenge:
    """Choices that the papers leave open or that replications settled differently.

    ``odds``: ``all pairs`` divides votes by those over every pair of positions (what Scholz's code does, so that two
    sides' chances need not sum to one); ``pair`` by those on the pair at hand (what the paper says). ``views``:
    ``own`` works out both sides' gains with the actor's own risk, ``each`` with each side's. ``offers``: ``code``
    takes conflicts, then the compromise of smallest weighted position, then the nearest full concession;
    ``enforceable`` takes the offer whose maker gains most. ``conflict_moves``: whether the weaker side of a conflict
    concedes.
    ``status_quo`` is the weight of the status quo, 1 in both replications.
    """

    odds: Literal["all pairs", "pair"] = "all pairs"
    views: Literal["own", "each"] = "own"
    offers: Literal["code", "enforceable"] = "code"
    conflict_moves: bool = True
    median: Literal["contests", "weights"] = "contests"
    moving_scale: bool = False
    status_quo: float = 1.0


SCHOLZ_CODE = Challenge()
"""Reproduces the rounds of the jmckib replication, which follows Scholz's code."""

SCHOLZ_PAPER = Challenge("pair", "each", "enforceable", conflict_moves=False, median="weights", moving_scale=True)
"""Follows the paper's text as the schelling replication reads it."""


@dataclass(frozen=True, slots=True)
class Round:
    """Median and mean after a round (round 0: as given), and where the actors stand."""

    number: int
    median: float
    mean: float
    positions: tuple[float, ...]


def _arrays(actors: Sequence[Actor]) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return positions, saliences and weights (capability times salience)."""
    weights = np.array([actor.capability * actor.salience for actor in actors])
    bad = not np.isfinite(weights).all() or (weights < 0).any() or weights.sum() <= 0
    if bad or not np.isfinite([actor.position for actor in actors]).all():
        raise ModelError(
            "The actors' capability times salience must be at least 0 and not all 0, and positions finite; mend them."
        )
    positions = np.array([float(actor.position) for actor in actors])
    return positions, np.array([float(actor.salience) for actor in actors]), weights


def compromise_mean(actors: Sequence[Actor]) -> float:
    """Return the mean position weighted by capability times salience (Van den Bos 1991; Achen 2006)."""
    positions, _, weights = _arrays(actors)
    return float((weights * positions).sum() / weights.sum())


def weighted_median(actors: Sequence[Actor]) -> float:
    """Return the lowest position at which half of the weight is reached; it wins every contest of two (Black 1958)."""
    positions, _, weights = _arrays(actors)
    return _median_by_weight(positions, weights)


def _median_by_weight(positions: FloatArray, weights: FloatArray) -> float:
    order = np.argsort(positions, kind="stable")
    reached = np.cumsum(weights[order])
    return float(positions[order][np.searchsorted(reached, weights.sum() / 2 - 1e-12 * weights.sum())])


def _median_by_contests(positions: FloatArray, weights: FloatArray) -> float:
    best = float(np.unique(positions)[0])
    for rival in np.unique(positions)[1:]:
        if (weights * (np.abs(positions - best) - np.abs(positions - rival))).sum() > 0:
            best = float(rival)
    return best


def challenge(actors: Sequence[Actor], *, rounds: int, options: Challenge = SCHOLZ_CODE) -> tuple[Round, ...]:
    """Run the challenge model for *rounds* rounds and return each, round 0 first. Time: rounds × actors cubed.

    Round: risk exponents from how threatened each actor is with risk-neutral gains (eqs. 32-34); expected gains of
    each challenge with them (eqs. 5-7); each actor moves by the offer that it takes (section 6).
    """
    positions, saliences, weights = _arrays(actors)
    scale = float(np.ptp(positions))
    found = [_round(0, positions, weights, options)]
    for number in range(1, rounds + 1):
        scale = float(np.ptp(positions)) if options.moving_scale else scale
        if scale > 0:
            positions = _moved(positions, saliences, weights, scale, options)
        found.append(_round(number, positions, weights, options))
    return tuple(found)


def _round(number: int, positions: FloatArray, weights: FloatArray, options: Challenge) -> Round:
    median = _median_by_contests if options.median == "contests" else _median_by_weight
    mean = float((weights * positions).sum() / weights.sum())
    return Round(number, median(positions, weights), mean, tuple(float(x) for x in positions))


def _odds(positions: FloatArray, weights: FloatArray, risk: FloatArray, scale: float, options: Challenge) -> FloatArray:
    """Chance (i, j) that i prevails over j. Scholz's code bends a voter's distances by its risk, the paper doesn't."""
    distance = np.abs(positions[:, None] - positions[None, :]) / scale
    if options.odds == "all pairs":
        distance = np.asarray(distance ** risk[:, None])
    votes = weights[:, None, None] * (distance[:, None, :] - distance[:, :, None])  # voter, i, j
    support = np.maximum(votes, 0.0).sum(axis=0)
    if options.odds == "all pairs":
        return np.asarray(support / np.abs(votes).sum())
    against = np.abs(votes).sum(axis=0)
    return np.asarray(np.divide(support, against, out=np.full(support.shape, 0.5), where=against > 0))


def _gains(
    positions: FloatArray, saliences: FloatArray, odds: FloatArray, risk: FloatArray, scale: float, status_quo: float
) -> FloatArray:
    """Expected gain (i, j) of i challenging j, valued with *risk* (i, j) as exponent."""
    distance = np.abs(positions[:, None] - positions[None, :]) / scale
    wins = 2 - 4 * np.maximum(0.5 - 0.5 * distance, 0.0) ** risk
    loses = 2 - 4 * (0.5 + 0.5 * distance) ** risk
    stays = 2 - 4 * 0.5**risk
    resisted = saliences[None, :] * (odds * wins + (1 - odds) * loses)
    return np.asarray(resisted + (1 - saliences[None, :]) * wins - status_quo * stays)


def _moved(
    positions: FloatArray, saliences: FloatArray, weights: FloatArray, scale: float, options: Challenge
) -> FloatArray:
    count = len(positions)
    odds = _odds(positions, weights, np.ones(count), scale, options)
    neutral = _gains(positions, saliences, odds, np.ones((count, count)), scale, options.status_quo)
    np.fill_diagonal(neutral, 0.0)
    danger = neutral.sum(axis=0)
    spread = float(np.ptp(danger))
    basis = (2 * danger - danger.max() - danger.min()) / spread if spread > 0 else np.zeros(count)
    risk = (1 - basis / 3) / (1 + basis / 3)
    odds = _odds(positions, weights, risk, scale, options)
    by_own = np.broadcast_to(risk[:, None], (count, count))
    mine = _gains(positions, saliences, odds, by_own, scale, options.status_quo)
    if options.views == "own":  # what i thinks that j gains by challenging it, with i's own risk
        theirs = _gains(positions, saliences, odds, by_own.T, scale, options.status_quo).T
    else:
        theirs = mine.T
    moved = positions.copy()
    for i in range(count):
        offer = _offer(i, positions, mine[i], theirs[i], options)
        moved[i] = positions[i] if offer is None else offer
    return moved


def _offer(i: int, positions: FloatArray, mine: FloatArray, theirs: FloatArray, options: Challenge) -> float | None:
    """Return where actor *i* moves: what it gains by challenging others is *mine*, what they gain is *theirs*."""
    conflicts: list[tuple[float, float, float]] = []  # key, way to go, new position
    compromises: list[tuple[float, float, float]] = []
    concessions: list[tuple[float, float, float]] = []
    for j in range(len(positions)):
        own, other = float(mine[j]), float(theirs[j])
        gap = float(positions[j] - positions[i])
        if gap == 0 or other <= 0 or own == 0:
            continue
        if own > 0:
            if other > own and options.conflict_moves:
                conflicts.append((abs(gap), abs(gap), float(positions[j])))
        elif other > -own or (options.offers == "enforceable" and other == -own):
            step = gap * abs(own / other)
            centre = (abs(own) * positions[i] + abs(other) * positions[j]) / (abs(own) + abs(other))
            key = float(centre) if options.offers == "code" else -other
            compromises.append((key, abs(step), float(positions[i] + step)))
        elif other < -own:
            key = abs(gap) if options.offers == "code" else -other
            concessions.append((key, abs(gap), float(positions[j])))
    if options.offers == "enforceable":
        pool = [*conflicts, *compromises, *concessions]
        return min(pool)[2] if pool else None
    for pool in (conflicts, compromises, concessions):
        if pool:
            return min(pool, key=lambda entry: entry[0])[2]
    return None


def read_actors(path: Path) -> tuple[Actor, ...]:
    """Read actors from a CSV file with the columns actor, capability, position, salience.

    Raises ModelError, one sentence with the line and the mend.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}); check the path.") from None
    except (UnicodeDecodeError, csv.Error):
        raise ModelError(f"{path} is not a CSV file in UTF-8; save the table of actors as one.") from None
    actors = []
    for line, row in enumerate(rows, start=2):
        given = {
            str(key).strip().lower(): (value or "").strip() for key, value in row.items() if isinstance(value, str)
        }
        try:
            numbers = [float(given[name]) for name in ("capability", "position", "salience")]
        except (KeyError, ValueError) as error:
            raise ModelError(
                f"{path}, line {line}: {error} is missing or no number; give actor, capability, position, salience."
            ) from None
        actors.append(Actor(given.get("actor", f"line {line}"), *numbers))
    if not actors:
        raise ModelError(f"{path}: there are no actors; give a row for each under actor,capability,position,salience.")
    _arrays(actors)
    return tuple(actors)


def forecasts(actors: Sequence[Actor], *, rounds: int = 8) -> str:
    """Return the three forecasts as lines for people, each with its published record."""
    code, paper = (challenge(actors, rounds=rounds, options=options) for options in (SCHOLZ_CODE, SCHOLZ_PAPER))
    out = [
        f"compromise mean   {compromise_mean(actors):.3f}",
        f"weighted median   {weighted_median(actors):.3f}",
        "",
        "challenge model, median (mean) after each round",
        "  as Scholz's code    " + "  ".join(f"{r.median:.2f} ({r.mean:.2f})" for r in code[1:]),
        "  as the paper's text " + "  ".join(f"{r.median:.2f} ({r.mean:.2f})" for r in paper[1:]),
        "",
        "Published record, mean absolute error:",
        *(f"  {entry.error:6.2f}  {entry.method}: {entry.cases} ({entry.source})" for entry in RECORD),
        "The compromise mean does best on European Union decisions: read the challenge model as a second opinion.",
        "These forecasts follow from the capabilities, positions and saliences given; somebody assumed those.",
    ]
    return "\n".join(out) + "\n"
