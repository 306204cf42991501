"""Reasons in words: for states that do not hold the move away, for those that do what deters, under every concept."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import conflict_oracle as oracle
import numpy as np
import pytest
from conflict_builders import from_case, space_of_game, two_by_two

from parley.conflict import Conflict, DecisionMaker, Option, Payoffs, Perception, load, solve
from parley.conflict.coalitions import COALITION_CONCEPTS, coalition_stability, coalitions
from parley.conflict.explain import why
from parley.conflict.findings import findings
from parley.conflict.foresight import Foresight, far_reason, far_sentence
from parley.conflict.horizon import limited_move, non_myopic
from parley.conflict.hypergame import hyper_why, solve_hypergame
from parley.conflict.questions import why_lines
from parley.conflict.report import to_dict
from parley.conflict.solve import Solution, title
from parley.conflict.stability import as_ranks
from parley.conflict.together import joint_reason, joint_sentence
from parley.conflict.view import View
from parley.errors import ModelError

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def as_solution(game, stable=None):
    payoffs = np.array([[row[state] for state in game.states] for row in game.u])
    names = [f"maker {i}" for i in range(len(game.masks))]
    owners = [next(i for i, mask in enumerate(game.masks) if mask >> b & 1) for b in range(game.count)]
    conflict = Conflict(
        "random",
        tuple(DecisionMaker(name, Payoffs(())) for name in names),
        tuple(Option(f"option {b}", names[owner]) for b, owner in enumerate(owners)),
    )
    return Solution(conflict, space_of_game(game), as_ranks(payoffs), stable or {})


# Looking ahead


@pytest.mark.parametrize("horizon", [1, 2, 3, 5])
def test_reasons_of_limited_moves_agree_with_the_engine_and_play_by_the_rules(horizon):
    for seed in range(30):
        game = oracle.random_game(seed, rules=seed % 4 == 0, most_options=4)
        bare = as_solution(game)
        concept = f"l{horizon}"
        solution = replace(bare, stable={concept: limited_move(bare.space, bare.ranks, horizon=horizon)})
        ahead = Foresight(solution)
        for maker, state in itertools.product(range(len(game.masks)), game.states):
            reason = far_reason(ahead, state=state, maker=maker, concept=concept)  # raises where they disagree
            u = game.u[maker]
            for outlook in (*reason.deterred, *([reason.leaves] if reason.leaves else [])):
                assert outlook.target in game.moves[maker][state]
                here, last = outlook.target, maker
                for mover, after in outlook.moves:
                    assert mover != last
                    assert after in game.moves[mover][here]
                    here, last = after, mover
                assert here == outlook.end
                assert len(outlook.moves) < horizon
            assert all(u[item.end] <= u[state] < u[item.target] for item in reason.deterred)
            assert reason.leaves is None or u[reason.leaves.end] > u[state]
            if reason.leaves is None:
                assert {item.target for item in reason.deterred} == set(oracle.improving(game, maker, state))


def test_reasons_of_non_myopic_stability_agree_with_the_engine():
    settled = 0
    for seed in range(40):
        game = oracle.random_game(seed, most_options=4)
        bare = as_solution(game)
        found = non_myopic(bare.space, bare.ranks)
        if not found.settled:
            continue
        settled += 1
        ahead = Foresight(replace(bare, stable={"nm": found.stable}))
        for maker, state in itertools.product(range(len(game.masks)), game.states):
            reason = far_reason(ahead, state=state, maker=maker, concept="nm")
            assert reason.period == found.period
            assert far_sentence(ahead.solution, reason).endswith(".")
    assert settled > 30


def test_looking_ahead_is_told_in_words(cases):
    solution = solve(from_case(cases["Elmira"]), concepts=("l3", "nm"))
    assert why(solution, state=18, concept="l3")[0] == (
        "MoE would leave: looking 3 moves ahead, it takes Modify and expects that Uniroyal takes Accept and drops "
        "Delay, which ends in state 21 (Modify, Accept, Insist), which it prefers."
    )
    assert why(solution, state=2, concept="nm")[2].startswith(
        "Local Government stays: looking 4 moves ahead or farther, if it takes Insist, MoE takes Modify, then Uniroyal"
    )
    assert why(solution, state=21, concept="l3")[1] == (
        "Uniroyal stays: looking 3 moves ahead, it finds no move of its own that ends in anything that it prefers."
    )


def test_a_move_that_nobody_answers_is_told_as_such(cases):
    solution = solve(from_case(cases["Elmira"]), concepts=("l1",))
    assert "expects to stay at state 18" in why(solution, state=2, concept="l1")[2]


def test_a_far_reason_that_contradicts_the_engine_is_an_error(cases):
    solution = solve(from_case(cases["Cuban"]), concepts=("l2",))
    wrong = replace(solution, stable={"l2": ~solution.stable["l2"]})
    with pytest.raises(ModelError, match="disagree"):
        why(wrong, state=0, concept="l2")


# Coalitions


def test_reasons_of_coalitions_agree_with_the_engine_and_are_legal():
    for seed in range(40):
        game = oracle.random_game(seed, rules=seed % 3 == 0, most_options=4)
        solution = as_solution(game)
        view = View(solution.space, solution.ranks)
        for group in coalitions(solution.space, smallest=1):
            stable = coalition_stability(solution.space, solution.ranks, group)
            for concept, state in itertools.product(COALITION_CONCEPTS, game.states):
                reason = joint_reason(view, state=state, members=group, concept=concept, stable=stable[concept])
                ways = [item.moves for item in reason.deterred] + ([reason.leaves] if reason.leaves else [])
                for moves in ways:
                    legal(game, state, moves, group)
                    assert all(game.u[i][moves[-1][1]] > game.u[i][state] for i in group)
                for item in reason.deterred:
                    end = item.sanction[-1][1]
                    assert game.u[item.spoiled][end] <= game.u[item.spoiled][state]
                    assert not {mover for movers, _ in item.sanction for mover in movers} & set(group)
                    assert all(a[0] != b[0] for a, b in itertools.pairwise(item.sanction))
                assert joint_sentence(solution, reason).startswith("maker ")


def legal(game, state, moves, group):
    last = None
    for mover, after in moves:
        assert mover in group
        assert mover != last
        assert after in game.moves[mover][state]
        last, state = mover, after


def brute_cseq(game, members, s):
    """Inohara and Hipel 2008: sanctions are sequences of joint improvements by coalitions of the others."""
    outside = [j for j in range(len(game.moves)) if j not in members]
    groups = [g for size in range(1, len(outside) + 1) for g in itertools.combinations(outside, size)]

    def joint(group, x):
        reached = oracle.legal_sequences(game, x, group, lambda j, y: game.moves[j][y])
        return [y for y in reached if all(game.u[j][y] > game.u[j][x] for j in group)]

    def all_prefer(x):
        return all(game.u[j][x] > game.u[j][s] for j in members)

    after = {t: oracle.legal_sequences(game, t, groups, joint) for t in joint(members, s)}
    return all(any(not all_prefer(x) for x in ends) for ends in after.values())


def test_joint_sanctions_agree_with_brute_force_and_lie_between_seq_and_gmr():
    gained = 0
    for seed in range(80):
        game = oracle.random_game(seed, rules=seed % 3 == 0, most_options=4)
        solution = as_solution(game)
        for group in coalitions(solution.space, smallest=1):
            found = coalition_stability(solution.space, solution.ranks, group)
            assert found["cseq"].tolist() == [brute_cseq(game, group, s) for s in game.states], (seed, group)
            assert (found["seq"] <= found["cseq"]).all()
            assert (found["cseq"] <= found["gmr"]).all()
            gained += int((found["cseq"] & ~found["seq"]).sum())
    assert gained > 0


def test_elmira_told_in_words_for_the_coalition_that_breaks_s5(cases):
    """Fang, Hipel and Kilgour 1993: MoE and Uniroyal together leave s5 (here 18) for s8 (here 21)."""
    found = findings(solve(from_case(cases["Elmira"])))
    assert found.together.equilibria["nash"] == (8, 9, 21, 24, 25)
    assert found.together.why[18]["smr"] == (
        "MoE and Uniroyal together would leave: MoE takes Modify, then Uniroyal takes Accept and drops Delay, and they "
        "get state 21 (Modify, Accept, Insist), which each of them prefers, and no sanction meets that.",
        "No other coalition reaches anything from state 18 (Delay, Insist) that each of its members prefers.",
    )
    assert found.together.why[2]["smr"][0] == (
        "MoE and Local Government together stay: if Local Government takes Insist, then Uniroyal takes Abandon and "
        "drops Delay, which ends in state 24 (Abandon, Insist), no better for MoE than state 2 (Delay), and they have "
        "no way out of that which each of them prefers."
    )
    assert found.together.why[21]["nash"] == (
        "No coalition reaches anything from state 21 (Modify, Accept, Insist) that each of its members prefers.",
    )


def test_a_coalition_concept_that_does_not_exist_is_refused(cases):
    solution = solve(from_case(cases["Elmira"]))
    with pytest.raises(ModelError, match="nash, gmr, smr, seq, cseq"):
        joint_reason(View(solution.space, solution.ranks), state=2, members=(0, 1), concept="sim")


def test_an_explanation_that_contradicts_the_coalition_engine_is_an_error(cases):
    solution = solve(from_case(cases["Elmira"]))
    wrong = ~coalition_stability(solution.space, solution.ranks, (0, 1))["gmr"]
    with pytest.raises(ModelError, match="disagree"):
        joint_reason(View(solution.space, solution.ranks), state=18, members=(0, 1), concept="gmr", stable=wrong)


# Every concept of every example


@pytest.mark.parametrize("path", sorted((EXAMPLES / "conflicts").glob("*.toml")), ids=lambda path: path.stem)
def test_every_state_of_the_classics_is_explained_for_everybody_under_every_concept(path):
    concepts = ("nash", "gmr", "smr", "seq", "sim", "sseq", "l2", "l4", "nm")
    solution = solve(load(path), concepts=concepts)
    found = findings(solution)
    for item in to_dict(found)["states"]:
        assert list(item["why"]) == list(concepts)
        for concept, lines in item["why"].items():
            for name, line in zip(item["stable"][concept], lines, strict=True):
                verb = "stays: " if item["stable"][concept][name] else "would leave: "
                assert line.startswith(f"{name} {verb}"), (concept, line)
        assert set(item["why_coalitions"]) == ({"nash", "gmr", "smr", "seq", "cseq"} if item["equilibrium"] else set())


def test_one_state_is_explained_on_demand(cases):
    solution = solve(from_case(cases["Cuban"]), concepts=("nash", "l2"))
    lines = why_lines(solution, "0")
    assert lines[0] == "Why state 0 (nothing taken) is stable or not"
    assert lines[1] == f"{title('nash')}:"
    assert lines[2].startswith("  US would leave: it takes")
    assert len(lines) == 1 + 2 * 3


# Misperception


def test_in_a_hypergame_each_reason_is_that_of_the_conflict_perceived():
    chicken = two_by_two([1, 0, 2, 3], [2, 0, 1, 3])
    found = solve_hypergame(replace(chicken, perceptions=(Perception("Row", unaware=("Column defects",)),)))
    assert hyper_why(found, state=0, concept="gmr")[0].startswith("Row would leave: it takes Row defects")
    assert hyper_why(found, state=2, concept="gmr")[0] == (
        "Row does not know that state 2 (Column defects) can come about."
    )
    assert "Column stays" in hyper_why(found, state=0, concept="gmr")[1]
