"""What a proposer does in a period: the best final offer that those needed accept, found without sampling.

The tie rule, stated once. Who is indifferent accepts. A proposer who is indifferent prefers a final agreement to an
interim deal, an interim deal to waiting, and an earlier interim deal of the file to a later one; among final packages
it leaves out those that another beats (as good for all, better for one) and takes each of the rest with equal chance.
Values closer than the tie width count as equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from parley.bargaining.game import BoolArray, Game, IntArray
from parley.bargaining.packages import unbeaten
from parley.bargaining.values import FloatArray

__all__ = ["TIE", "Final", "Menu", "Ties", "best_final", "prepare"]

TIE = 1e-11
"""Values closer than this, in units of the largest utility (at least 1), count as equal."""

_BLOCK = 256


@dataclass(frozen=True, slots=True)
class Menu:
    """The unbeaten packages, best first for each proposer. M: most unbeaten packages of any draw, padded with -inf."""

    package: tuple[IntArray, ...]  # per proposer (B, M) index into the game's packages
    value: tuple[FloatArray, ...]  # per proposer (n, B, M)
    run_end: tuple[IntArray, ...]  # per proposer (B, M) where packages of equal own value end
    tie: float


@dataclass(frozen=True, slots=True)
class Ties:
    """Cases with several best packages, as parallel arrays: draw, state, package, chance of it."""

    draw: IntArray
    state: IntArray
    package: IntArray
    weight: FloatArray


@dataclass(frozen=True, slots=True)
class Final:
    """Best final offer of one proposer. Q: deal states × clock states. ``own`` is -inf where none is accepted."""

    own: FloatArray  # (B, Q) expected value to the proposer
    payoff: FloatArray  # (B, Q, n) expected values once it is made
    package: IntArray  # (B, Q)
    ties: Ties | None
    chance: FloatArray | None  # (B, Q) of being accepted; None: certain
    share: FloatArray | None  # (B, Q, n) of the amount; None without a divisible issue


def prepare(game: Game) -> Menu:
    """Prune the packages and sort them for each proposer."""
    batch, _, parties = game.utility.shape
    tie = TIE * max(1.0, float(np.abs(game.utility).max(initial=0.0)))
    kept = [unbeaten(game.utility[b], tie=tie) for b in range(batch)]
    width = max(len(rows) for rows in kept)
    package, value, run_end = [], [], []
    for proposer in range(parties):
        ids = np.zeros((batch, width), dtype=np.intp)
        sorted_values = np.full((parties, batch, width), -np.inf)
        ends = np.zeros((batch, width), dtype=np.intp)
        for b, rows in enumerate(kept):
            order = rows[np.argsort(-game.utility[b, rows, proposer], kind="stable")]
            own = game.utility[b, order, proposer]
            ids[b, : len(order)] = order
            sorted_values[:, b, : len(order)] = game.utility[b, order].T
            ends[b, : len(order)] = np.searchsorted(-own, -own + tie, side="right")
        package.append(ids)
        value.append(sorted_values)
        run_end.append(ends)
    return Menu(tuple(package), tuple(value), tuple(run_end), tie)


def best_final(game: Game, menu: Menu, proposer: int, wait: FloatArray) -> Final:
    """Return the best final offer of *proposer* where refusing is worth *wait* (B, Q, n) to each party."""
    if game.size is not None:
        return _divided(game, menu, proposer, wait)
    if game.private is not None and game.private[0] != proposer:
        return _uncertain(game, menu, proposer, wait)
    return _certain(game, menu, proposer, wait)


def _accepted(game: Game, values: FloatArray, floor: FloatArray, proposer: int) -> BoolArray:
    """Tell which offers those needed accept. *values* and *floor* have the parties first and broadcast."""
    ok: BoolArray = values[proposer] >= floor[proposer]
    votes = np.full(ok.shape, int(game.among[proposer]), dtype=np.int8) if game.quota else None
    for party in range(len(values)):
        if party == proposer or not (game.needed[party] or (game.quota and game.among[party])):
            continue
        agrees = values[party] >= floor[party]
        if game.needed[party]:
            ok &= agrees
        if votes is not None and game.among[party]:
            votes += agrees
    if votes is not None:
        ok &= votes >= game.quota
    return ok


def _certain(game: Game, menu: Menu, proposer: int, wait: FloatArray) -> Final:
    """Take the first package in the proposer's order that all needed accept; blocks end the search early."""
    value, ends = menu.value[proposer], menu.run_end[proposer]
    floor = np.moveaxis(wait, 2, 0) - menu.tie  # (n, B, Q)
    batch, states = wait.shape[:2]
    first = np.full((batch, states), -1, dtype=np.intp)
    rows = np.arange(states)
    for start in range(0, value.shape[2], _BLOCK):
        block = value[:, :, None, start : start + _BLOCK]
        ok = _accepted(game, block, floor[:, :, rows, None], proposer)
        at = ok.argmax(axis=2)
        hit = np.take_along_axis(ok, at[:, :, None], axis=2)[:, :, 0] & (first[:, rows] < 0)
        first[:, rows] = np.where(hit, at + start, first[:, rows])
        last = block[proposer, :, :, -1]
        rows = rows[((first[:, rows] < 0) & (last >= floor[proposer][:, rows])).any(axis=0)]
        if not len(rows):
            break
    found = first >= 0
    draw = np.arange(batch)[:, None]
    place = np.maximum(first, 0)
    payoff = np.moveaxis(value[:, draw, place], 0, 2).copy()
    own = np.where(found, payoff[:, :, proposer], -np.inf)
    package = menu.package[proposer][draw, place]
    ties = None
    tied = found & (ends[draw, place] - place > 1)
    if tied.any():
        ties = _mix(game, menu, proposer, floor, place, tied, payoff)
    return Final(own, payoff, package, ties, None, None)


def _mix(
    game: Game, menu: Menu, proposer: int, floor: FloatArray, place: IntArray, tied: BoolArray, payoff: FloatArray
) -> Ties:
    """Spread the choice evenly over the accepted packages of equal own value; *payoff* is changed in place."""
    draw, state = np.nonzero(tied)
    begin, end = place[draw, state], menu.run_end[proposer][draw, place[draw, state]]
    spread = np.arange(int((end - begin).max()))
    where = np.minimum(begin[:, None] + spread, menu.package[proposer].shape[1] - 1)
    values = menu.value[proposer][:, draw[:, None], where]
    ok = _accepted(game, values, floor[:, draw, state][:, :, None], proposer)
    ok &= begin[:, None] + spread < end[:, None]
    weight = ok / ok.sum(axis=1, keepdims=True)
    payoff[draw, state] = np.einsum("cl,ncl->cn", weight, np.where(ok, values, 0.0))
    row, column = np.nonzero(ok)
    return Ties(draw[row], state[row], menu.package[proposer][draw[row], where[row, column]], weight[row, column])


def _uncertain(game: Game, menu: Menu, proposer: int, wait: FloatArray) -> Final:
    """Make the offer with the best expected value where one party's cost of refusing is known to it alone.

    It accepts if its value is at least what waiting is worth less its cost, uniform between its bounds.
    """
    assert game.private is not None  # noqa: S101 - the caller looked
    party, low, high = game.private
    value = menu.value[proposer]  # (n, B, M)
    padded = np.isinf(value[0])
    value = np.where(padded, 0.0, value)
    floor = np.moveaxis(wait, 2, 0)[:, :, :, None]  # (n, B, Q, 1)
    offers = value[:, :, None, :]
    bottom, top = low[:, None, None], high[:, None, None]
    gap = np.clip(floor[party] - offers[party], bottom, top)
    width = np.where(top > bottom, top - bottom, 1.0)
    chance = np.where(top > bottom, (top - gap) / width, offers[party] >= floor[party] - top - menu.tie)
    others = offers.copy() + np.zeros_like(floor)
    others[party] = np.where(padded[:, None, :], -np.inf, np.inf)  # its answer is in *chance*
    ok = _accepted(game, others, floor - menu.tie, proposer) & ~padded[:, None, :] & (chance > 0)
    own = np.where(ok, chance * offers[proposer] + (1 - chance) * floor[proposer], -np.inf)
    best = own.max(axis=2)
    weight = ok & (own >= best[:, :, None] - menu.tie)
    weight = weight / np.maximum(weight.sum(axis=2, keepdims=True), 1)
    payoff = np.einsum("bqm,nbqm->bqn", weight, chance * offers + (1 - chance) * floor)
    paid = np.where(top > bottom, (gap**2 - bottom**2) / (2 * width), (1 - chance) * top)
    payoff[:, :, party] -= (weight * paid).sum(axis=2)
    draw, state, column = np.nonzero(weight)
    ids = menu.package[proposer]
    signed = weight * chance
    signed = signed / np.maximum(signed.sum(axis=2, keepdims=True), np.finfo(float).tiny)
    ties = Ties(draw, state, ids[draw, column], signed[draw, state, column])
    package = ids[np.arange(len(ids))[:, None], weight.argmax(axis=2)]
    return Final(best, payoff, package, ties, (weight * chance).sum(axis=2), None)


def _coalitions(game: Game, proposer: int) -> list[tuple[int, ...]]:
    """Return the smallest groups of others whose consent makes an agreement."""
    parties = range(len(game.needed))
    fixed = [p for p in parties if game.needed[p] and p != proposer]
    have = sum(1 for p in {*fixed, proposer} if game.among[p])
    free = [p for p in parties if game.among[p] and p != proposer and p not in fixed]
    return [(*fixed, *extra) for extra in combinations(free, max(0, game.quota - have))]


def _divided(game: Game, menu: Menu, proposer: int, wait: FloatArray) -> Final:
    """Pay each member of a winning group just what it needs beyond the package, keep the rest; try every group."""
    assert game.size is not None  # noqa: S101 - the caller looked
    batch, states, parties = wait.shape
    base = menu.value[proposer]  # (n, B, M)
    size = np.tile(game.size, states // game.size.shape[1])  # (B, Q)
    best = np.full((batch, states), -np.inf)
    payoff = np.zeros((batch, states, parties))
    share = np.zeros((batch, states, parties))
    count = np.zeros((batch, states))
    package = np.zeros((batch, states), dtype=np.intp)
    entries: list[tuple[IntArray, IntArray, IntArray]] = []
    for group in _coalitions(game, proposer):
        for column in range(base.shape[2]):
            values = base[:, :, column].T  # (B, n)
            give = np.zeros((batch, states, parties))
            for member in group:
                short = np.maximum(wait[:, :, member] - values[:, None, member], 0.0)
                rate = np.broadcast_to(game.rate[:, None, member], short.shape)
                give[:, :, member] = np.divide(short, rate, out=np.where(short > 0, np.inf, 0.0), where=rate > 0)
            keep = size - give.sum(axis=2)
            own = values[:, None, proposer] + game.rate[:, None, proposer] * keep
            ok = (keep >= -menu.tie) & (own >= wait[:, :, proposer] - menu.tie)
            own = np.where(ok, own, -np.inf)
            fresh = own > best + menu.tie
            equal = ok & ~fresh & (own >= best - menu.tie)
            for array in (payoff, share):
                array[fresh] = 0.0
            count[fresh] = 0.0
            best = np.where(fresh, own, best)
            package[fresh] = np.broadcast_to(menu.package[proposer][:, None, column], fresh.shape)[fresh]
            taken = fresh | equal
            give[:, :, proposer] = np.where(ok, keep, 0.0)
            give = np.where(taken[:, :, None], give, 0.0)
            share += give
            payoff += np.where(taken[:, :, None], values[:, None] + game.rate[:, None] * give, 0.0)
            count += taken
            entries = _note(entries, fresh, taken, menu.package[proposer][:, column])
    ties = _tie_table(entries, count)
    divisor = np.maximum(count, 1.0)[:, :, None]
    return Final(best, payoff / divisor, package, ties, None, share / divisor)


def _note(
    entries: list[tuple[IntArray, IntArray, IntArray]], fresh: BoolArray, taken: BoolArray, ids: IntArray
) -> list[tuple[IntArray, IntArray, IntArray]]:
    """Drop what a better offer replaces and add the new one."""
    kept = []
    for draw, state, package in entries:
        stays = ~fresh[draw, state]
        if stays.any():
            kept.append((draw[stays], state[stays], package[stays]))
    draw, state = np.nonzero(taken)
    return [*kept, (draw, state, ids[draw])]


def _tie_table(entries: list[tuple[IntArray, IntArray, IntArray]], count: FloatArray) -> Ties:
    draw, state, package = (np.concatenate(column) for column in zip(*entries, strict=True))
    return Ties(draw, state, package, 1.0 / count[draw, state])
