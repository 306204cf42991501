"""Moves as array operations: the best or worst value within one decision maker's reach, for all states at once.

Arrays are *cubes*: one value for each of the ``2**options`` states. A decision maker whose moves are only limited by
options that can be taken but not dropped (or the reverse) reaches a product of intervals, so that a minimum over its
moves is one pass along each of its options: O(states * own options), not O(states * 2**own options). A minimum over its
*improvements* is a running minimum along each row of its own patterns sorted by preference. Blocked moves break both
forms; a decision maker that has some is served move by move.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.conflict.states import Bools, Ints, Space

WORST = -(2**31) + 1
BEST = 2**31 - 1
Cube = NDArray[np.integer[Any]]


def lowest(space: Space, maker: int, values: Cube, *, stay: bool = True) -> Cube:
    """Return for each state the minimum of ``values`` over the state itself and all that ``maker`` can move it to.

    ``values`` must be ``BEST`` at infeasible states; so is the result. ``stay=False`` leaves the state itself out.
    """
    result = values.copy() if stay else np.full(values.shape, BEST, dtype=values.dtype)
    if _limited(space, maker) or not stay:
        for change, legal in deltas(space, maker):
            states = np.flatnonzero(legal)
            result[states] = np.minimum(result[states], values[states ^ change])
        return result
    for place in _places(space.masks[maker]):
        halves = result.reshape(-1, 2, 1 << place)
        dropped, taken = halves[:, 0], halves[:, 1]
        if space.forward >> place & 1:
            np.minimum(dropped, taken, out=dropped)
        elif space.back >> place & 1:
            np.minimum(dropped, taken, out=taken)
        else:
            np.minimum(dropped, taken, out=dropped)
            taken[...] = dropped
    if not space.whole():
        result[~space.feasible] = BEST
    return result


def highest(space: Space, maker: int, values: Cube) -> Cube:
    """Return the maximum as ``lowest`` does the minimum; infeasible states must be ``WORST`` in ``values``."""
    return -lowest(space, maker, -values)


def deltas(space: Space, maker: int) -> Iterator[tuple[int, Bools]]:
    """Yield each change of a decision maker's options as a mask, with the states in which it can be made at once."""
    cells = np.arange(len(space.feasible), dtype=np.int32)
    mask = space.masks[maker]
    part = mask
    while part:
        legal = space.feasible & space.feasible[cells ^ part]
        if part & space.forward:
            legal &= (cells & (part & space.forward)) == 0
        if part & space.back:
            legal &= (cells & (part & space.back)) == (part & space.back)
        for rule in space.rules:
            if rule.by in (None, maker):
                out = (cells & rule.before[0]) == rule.before[1]
                legal &= ~(out & (((cells ^ part) & rule.after[0]) == rule.after[1]))
        yield part, legal
        part = (part - 1) & mask


def _limited(space: Space, maker: int) -> bool:
    return any(rule.by in (None, maker) for rule in space.rules)


def _places(mask: int) -> list[int]:
    return [place for place in range(mask.bit_length()) if mask >> place & 1]


@dataclass(frozen=True, slots=True, eq=False)
class Improvements:
    """All unilateral improvements of one decision maker.

    The improvements of state s are ``targets[begin[s] : begin[s] + count[s]]``, the most preferred first. ``rows`` are
    the blocks (offset, number of rows, width) in which ``targets`` is laid out; a width of 0 marks rows of their own
    length, one for each state.
    """

    targets: Ints
    begin: NDArray[np.int64]
    count: Ints
    rows: tuple[tuple[int, int, int], ...]

    def lowest(self, values: Cube) -> Cube:
        """Return for each state the minimum of ``values`` over its improvements, ``BEST`` where it has none."""
        gathered = values[self.targets]
        for offset, number, width in self.rows:
            if width:
                block = gathered[offset : offset + number * width].reshape(number, width)
                np.minimum.accumulate(block, axis=1, out=block)
        result = np.full(len(self.begin), BEST, dtype=values.dtype)
        some = np.flatnonzero(self.count)
        if len(self.rows) == 1 and self.rows[0][2] == 0:
            if len(some):
                result[some] = np.minimum.reduceat(gathered, self.begin[some])
        else:
            result[some] = gathered[self.begin[some] + self.count[some] - 1]
        return result

    def highest(self, values: Cube) -> Cube:
        """Return the maximum over the improvements, ``-BEST`` where there are none."""
        return -self.lowest(-values)

    def distinct(self, mask: int) -> Improvements:
        """Keep of each state's improvements one for each pattern of the options in ``mask``, the most preferred.

        Rows of their own length are left as they are.
        """
        if any(not width for _, _, width in self.rows):
            return self
        begin, count = np.zeros_like(self.begin), np.zeros_like(self.count)
        blocks: list[Ints] = []
        rows: list[tuple[int, int, int]] = []
        offset = 0
        for start, number, width in self.rows:
            cells = self.targets[start : start + number * width].reshape(number, width)
            pattern = cells & mask
            classes = len(np.unique(pattern[0]))
            # every pattern is as frequent as any other in a row, so that sorting by pattern makes equal groups
            places = np.argsort(pattern, axis=1, kind="stable").reshape(number, classes, -1)[:, :, 0]
            places.sort(axis=1)
            first = np.zeros((number, width + 1), dtype=np.int32)
            np.put_along_axis(first, places + 1, 1, axis=1)
            np.cumsum(first, axis=1, out=first)
            here = np.flatnonzero((self.begin >= start) & (self.begin < start + number * width) & (self.count > 0))
            row = (self.begin[here] - start) // width
            count[here] = first[row, self.count[here]]
            begin[here] = offset + row * classes
            blocks.append(np.take_along_axis(cells, places, axis=1).ravel())
            rows.append((offset, number, classes))
            offset += number * classes
        return Improvements(np.concatenate(blocks), begin, count, tuple(rows))


def improvements(space: Space, maker: int, ranks: Cube) -> Improvements:
    """Sort a decision maker's improvements. ``ranks`` is its cube, larger is better, ``WORST`` at infeasible states."""
    if _limited(space, maker):
        return _listed(space, maker, ranks)
    own = _places(space.masks[maker])
    rest = _places(((1 << space.count) - 1) & ~space.masks[maker])
    base = _subsets(rest)
    patterns = _subsets(own)
    fixed = space.masks[maker] & (space.forward | space.back)
    begin = np.zeros(1 << space.count, dtype=np.int64)
    count = np.zeros(1 << space.count, dtype=np.int32)
    blocks: list[Ints] = []
    rows: list[tuple[int, int, int]] = []
    offset = 0
    for start in _subsets(_places(fixed)):
        allowed = patterns[
            ((int(start) & ~patterns & space.forward) == 0) & ((patterns & ~int(start) & space.back & fixed) == 0)
        ]
        cells = base[:, None] | allowed[None, :]
        width = len(allowed)
        order = np.argsort(-ranks[cells].astype(np.int64), axis=1, kind="stable")
        cells = np.take_along_axis(cells, order, axis=1)
        better = _strictly_better(ranks[cells])
        row_begin = offset + np.arange(len(base), dtype=np.int64)[:, None] * width
        mine = (cells & fixed) == start
        sources = cells[mine]
        begin[sources] = np.broadcast_to(row_begin, cells.shape)[mine]
        count[sources] = better[mine]
        blocks.append(cells.ravel())
        rows.append((offset, len(base), width))
        offset += cells.size
    count[~space.feasible] = 0
    return Improvements(np.concatenate(blocks), begin, count, tuple(rows))


def _strictly_better(sorted_ranks: Cube) -> Ints:
    """Return for each place of descending rows how many entries of its row are strictly larger."""
    width = sorted_ranks.shape[1]
    fresh = np.zeros(sorted_ranks.shape, dtype=np.int32)
    fresh[:, 1:] = np.where(sorted_ranks[:, 1:] != sorted_ranks[:, :-1], np.arange(1, width, dtype=np.int32), 0)
    return np.maximum.accumulate(fresh, axis=1)


def _subsets(places: list[int]) -> Ints:
    """Return all sums of ``2**place`` over subsets of the places, ascending."""
    sums = np.zeros(1, dtype=np.int32)
    for place in places:
        sums = np.concatenate([sums, sums | np.int32(1 << place)])
    return sums


def _listed(space: Space, maker: int, ranks: Cube) -> Improvements:
    sources: list[NDArray[Any]] = [np.zeros(0, dtype=np.int32)]
    targets: list[NDArray[Any]] = [np.zeros(0, dtype=np.int32)]
    cells = np.arange(len(space.feasible), dtype=np.int32)
    for change, legal in deltas(space, maker):
        states = np.flatnonzero(legal & (ranks[cells ^ change] > ranks)).astype(np.int32)
        sources.append(states)
        targets.append(states ^ np.int32(change))
    source, target = np.concatenate(sources), np.concatenate(targets)
    order = np.lexsort((target, -ranks[target].astype(np.int64), source))
    count = np.bincount(source, minlength=len(cells)).astype(np.int32)
    begin = np.concatenate([[0], np.cumsum(count)[:-1]]).astype(np.int64)
    return Improvements(target[order], begin, count, ((0, len(cells), 0),))
