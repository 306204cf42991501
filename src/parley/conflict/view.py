"""One state at a time: moves, improvements, legal sequences and sanctions straight from their definitions."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from parley.conflict.moves import WORST
from parley.conflict.states import Ints, Space, spread_out

Move = tuple[int, int]
"""Who moves, and the state reached."""
Steps = Callable[[int, int], list[int]]


@dataclass(frozen=True, slots=True)
class Sanction:
    """What deters one improvement: the others' moves after it (for SIM: at the same time), and where they lead."""

    improvement: int
    moves: tuple[Move, ...]
    result: int


class View:
    """A space with ranks, ``(n_makers, n_states)``, asked about single states."""

    def __init__(self, space: Space, ranks: Ints) -> None:
        self.space = space
        self.cubes = [spread_out(space, row, WORST) for row in ranks]
        self._moves: dict[Move, list[int]] = {}

    def rank(self, maker: int, state: int) -> int:
        """Return a state's rank, larger is better."""
        return int(self.cubes[maker][state])

    def moves(self, maker: int, state: int) -> list[int]:
        """Return the states that a decision maker reaches in one move, ascending."""
        if (maker, state) not in self._moves:
            self._moves[maker, state] = self.space.moves(maker, state)
        return self._moves[maker, state]

    def improvements(self, maker: int, state: int) -> list[int]:
        """Return those of its moves that a decision maker prefers to standing still."""
        level = self.rank(maker, state)
        return [reached for reached in self.moves(maker, state) if self.rank(maker, reached) > level]

    def others(self, maker: int) -> list[int]:
        """Return everybody else."""
        return [other for other in range(len(self.cubes)) if other != maker]

    def reached(self, start: int, movers: Sequence[int], step: Steps) -> list[int]:
        """Return all that legal sequences of one or more steps reach, ascending."""
        return sorted({moves[-1][1] for moves in self.sequences(start, movers, step)})

    def joint_ends(self, maker: int, state: int, target: int) -> list[int]:
        """Return where ``target`` may end if others improve from ``state`` at the same time, ascending."""
        ends = {target}
        for other in self.others(maker):
            replies = [0, *(state ^ reply for reply in self.improvements(other, state))]
            ends = {end ^ reply for end in ends for reply in replies}
        return sorted(end for end in ends if end != target and self.space.feasible[end])

    def sanction(self, maker: int, state: int, target: int, concept: str) -> Sanction | None:
        """Find what deters an improvement under a concept, by the fewest moves; None where nothing does."""
        if concept == "sim":
            return self.joint(maker, state, target)
        level = self.rank(maker, state)
        step = self.improvements if concept in ("seq", "sseq") else self.moves
        for moves in self.sequences(target, self.others(maker), step):
            end = moves[-1][1]
            if self.rank(maker, end) > level:
                continue
            ways_out = self.moves(maker, end) if concept in ("smr", "sseq") else []
            if all(self.rank(maker, out) <= level for out in ways_out):
                return Sanction(target, moves, end)
        return None

    def sequences(self, start: int, movers: Sequence[int], step: Steps) -> Iterator[tuple[Move, ...]]:
        """Yield legal sequences, the short ones first, one for each state and last mover."""
        queue: deque[tuple[Move, ...]] = deque([()])
        seen: set[Move] = set()
        while queue:
            moves = queue.popleft()
            last, state = moves[-1] if moves else (None, start)
            for mover in movers:
                if mover == last:
                    continue
                for reached in step(mover, state):
                    if (mover, reached) not in seen:
                        seen.add((mover, reached))
                        yield (*moves, (mover, reached))
                        queue.append((*moves, (mover, reached)))

    def joint(self, maker: int, state: int, target: int) -> Sanction | None:
        """Find the smallest group whose improvements at the same time spoil the move to ``target``."""
        level = self.rank(maker, state)
        able = [(other, self.improvements(other, state)) for other in self.others(maker)]
        able = [(other, found) for other, found in able if found]
        for size in range(1, len(able) + 1):
            for group in itertools.combinations(able, size):
                for replies in itertools.product(*(found for _, found in group)):
                    end = target
                    for reply in replies:
                        end ^= state ^ reply
                    if self.space.feasible[end] and self.rank(maker, end) <= level:
                        moves = tuple((other, reply) for (other, _), reply in zip(group, replies, strict=True))
                        return Sanction(target, moves, end)
        return None
