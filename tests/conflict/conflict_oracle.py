"""A brute-force oracle: the definitions written out as searches over explicit states, one at a time.

It shares nothing with the engine: moves are pairs in a set, sequences are explored with the last mover in hand.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field


@dataclass
class Game:
    """Explicit graph: ``moves[i][s]`` are the states to which i can move from s; ``u[i][s]`` its payoff."""

    states: list[int]
    moves: list[dict[int, list[int]]]
    u: list[dict[int, int]]
    masks: list[int]
    count: int
    infeasible: list[tuple[int, int]] = field(default_factory=list)
    forward: int = 0
    back: int = 0
    rules: list[tuple[int | None, tuple[int, int], tuple[int, int]]] = field(default_factory=list)


def build(count, masks, payoffs, infeasible=(), forward=0, back=0, rules=()):
    states = [s for s in range(2**count) if not any(s & m == v for m, v in infeasible)]
    moves = []
    for i, mask in enumerate(masks):
        table = {}
        for s in states:
            table[s] = []
            for t in states:
                if s == t:
                    continue
                legal = True
                for bit in range(count):
                    a, b = s >> bit & 1, t >> bit & 1
                    if a == b:
                        continue
                    if not mask >> bit & 1:
                        legal = False
                    if forward >> bit & 1 and a == 1:
                        legal = False
                    if back >> bit & 1 and a == 0:
                        legal = False
                for by, (m0, v0), (m1, v1) in rules:
                    if by in (None, i) and s & m0 == v0 and t & m1 == v1:
                        legal = False
                if legal:
                    table[s].append(t)
        moves.append(table)
    u = [dict(zip(states, row, strict=True)) for row in payoffs]
    return Game(states, moves, u, list(masks), count, list(infeasible), forward, back, list(rules))


def improving(game, i, s):
    return [t for t in game.moves[i][s] if game.u[i][t] > game.u[i][s]]


def legal_sequences(game, start, makers, step):
    """States reached by sequences of one or more steps in which nobody moves twice in a row."""
    reached = set()
    seen = set()
    queue = [(start, None)]
    while queue:
        s, last = queue.pop()
        for j in makers:
            if j == last:
                continue
            for t in step(j, s):
                reached.add(t)
                if (t, j) not in seen:
                    seen.add((t, j))
                    queue.append((t, j))
    return reached


def stable(game, i, s, concept):
    n = len(game.moves)
    others = [j for j in range(n) if j != i]
    u = game.u[i]
    ways = improving(game, i, s)
    if concept == "nash":
        return not ways
    for t in ways:
        if concept == "sim":
            replies = [[None, *improving(game, j, s)] for j in others]
            sanctioned = False
            for combination in itertools.product(*replies):
                if all(reply is None for reply in combination):
                    continue
                x = t
                for reply in combination:
                    if reply is not None:
                        x ^= s ^ reply
                if x in u and u[x] <= u[s]:
                    sanctioned = True
            if not sanctioned:
                return False
            continue
        if concept in ("seq", "sseq"):
            after = legal_sequences(game, t, others, lambda j, x: improving(game, j, x))
        else:
            after = legal_sequences(game, t, others, lambda j, x: game.moves[j][x])
        bad = [x for x in after if u[x] <= u[s]]
        if concept in ("smr", "sseq"):
            bad = [x for x in bad if all(u[y] <= u[s] for y in game.moves[i][x])]
        if not bad:
            return False
    return True


def solve(game, concept):
    return [[stable(game, i, s, concept) for s in game.states] for i in range(len(game.moves))]


def random_game(seed, *, rules=False, most_options=6):
    rng = random.Random(seed)
    n = rng.choice([2, 2, 3, 3, 4])
    count = rng.randint(n, most_options)
    owners = list(range(n)) + [rng.randrange(n) for _ in range(count - n)]
    rng.shuffle(owners)
    masks = [sum(1 << b for b, owner in enumerate(owners) if owner == i) for i in range(n)]
    infeasible = []
    for _ in range(rng.choice([0, 0, 1, 2, 3])):
        bits = rng.sample(range(count), rng.randint(2, min(3, count)))
        infeasible.append((sum(1 << b for b in bits), sum(1 << b for b in bits if rng.random() < 0.5)))
    forward = back = 0
    if rng.random() < 0.6:
        for bit in range(count):
            kind = rng.random()
            forward |= (kind < 0.2) << bit
            back |= (kind > 0.8) << bit
    blocked = []
    if rules:
        for _ in range(rng.randint(1, 3)):
            before = rng.sample(range(count), min(2, count))
            after = rng.sample(range(count), 1)
            blocked.append(
                (
                    rng.choice([None, *range(n)]),
                    (sum(1 << b for b in before), sum(1 << b for b in before if rng.random() < 0.5)),
                    (sum(1 << b for b in after), sum(1 << b for b in after if rng.random() < 0.5)),
                )
            )
    states = [s for s in range(2**count) if not any(s & m == v for m, v in infeasible)]
    if not states:
        return random_game(seed + 1_000_003, rules=rules, most_options=most_options)
    if rng.random() < 0.5:
        payoffs = [rng.sample(range(len(states)), len(states)) for _ in range(n)]
    else:
        payoffs = [[rng.randrange(max(2, len(states) // 3)) for _ in states] for _ in range(n)]
    return build(count, masks, payoffs, infeasible, forward, back, blocked)
