"""Explanations, strength, unknown preference, coalitions, horizons, hypergames: brute force and known results."""

from __future__ import annotations

import itertools
from dataclasses import replace

import conflict_oracle as oracle
import numpy as np
import pytest
from conflict_builders import from_case, space_of_game, two_by_two

from parley.conflict import (
    Conflict,
    DecisionMaker,
    Option,
    Payoffs,
    Perception,
    Preference,
    Prioritised,
    Ranking,
    solve,
)
from parley.conflict.batch import BATCH_CONCEPTS, batch_stability, make_board
from parley.conflict.coalitions import coalition_stability, joint_improvements, universal
from parley.conflict.explain import explain, why
from parley.conflict.horizon import limited_move, non_myopic
from parley.conflict.hypergame import solve_hypergame
from parley.conflict.solve import Solution
from parley.conflict.stability import CONCEPTS, as_ranks, stability
from parley.conflict.strength import strong_stability, strong_stability_of
from parley.conflict.unknown import stability_of_comparisons, stability_under_unknown
from parley.errors import ModelError


def payoffs_of(game):
    return np.array([[row[state] for state in game.states] for row in game.u])


def as_solution(game):
    space, payoffs = space_of_game(game), payoffs_of(game)
    names = [f"maker {i}" for i in range(len(game.masks))]
    owners = [next(i for i, mask in enumerate(game.masks) if mask >> b & 1) for b in range(game.count)]
    conflict = Conflict(
        "random",
        tuple(DecisionMaker(name, Payoffs(())) for name in names),
        tuple(Option(f"option {b}", names[owner]) for b, owner in enumerate(owners)),
    )
    return Solution(conflict, space, as_ranks(payoffs), stability(space, payoffs, concepts=CONCEPTS))


@pytest.mark.parametrize("rules", [False, True])
def test_every_explanation_agrees_with_the_engine_and_its_sanctions_hold(rules):
    for seed in range(60):
        game = oracle.random_game(seed, rules=rules, most_options=5)
        solution = as_solution(game)
        for concept in CONCEPTS:
            for maker, state in itertools.product(range(len(game.masks)), game.states):
                reason = explain(solution, state=state, maker=maker, concept=concept)  # raises where they disagree
                u = game.u[maker]
                if reason.unpunished is not None:
                    assert u[reason.unpunished] > u[state]
                for sanction in reason.sanctions:
                    assert u[sanction.result] <= u[state] < u[sanction.improvement]
                    if concept != "sim":
                        movers = [mover for mover, _ in sanction.moves]
                        assert all(a != b for a, b in itertools.pairwise(movers))
                        assert maker not in movers


def test_explanation_names_the_improvement_and_the_sanction_in_words(cases):
    solution = solve(from_case(cases["Cuban"]))
    lines = why(solution, state=6, concept="seq")
    assert lines[0] == (
        "US stays: if it drops Blockade, USSR drops Withdraw, which ends in state 0 (nothing taken), "
        "no better for it than state 6 (Blockade, Withdraw)."
    )
    assert "takes Blockade" in why(solution, state=0, concept="nash")[0]


def test_explanation_that_contradicts_the_engine_is_an_error(cases):
    solution = solve(from_case(cases["Cuban"]))
    wrong = replace(solution, stable={"nash": ~solution.stable["nash"]})
    with pytest.raises(ModelError, match="disagree"):
        explain(wrong, state=0, maker=0, concept="nash")


@pytest.mark.parametrize("rules", [False, True])
def test_batch_agrees_with_the_single_engine(rules):
    for seed in range(80):
        game = oracle.random_game(seed, rules=rules)
        space, payoffs = space_of_game(game), payoffs_of(game)
        found = batch_stability(make_board(space), np.stack([payoffs, -payoffs]))
        for draw, sign in enumerate((1, -1)):
            single = stability(space, sign * payoffs, concepts=BATCH_CONCEPTS)
            for concept in BATCH_CONCEPTS:
                assert (found[concept][draw] == single[concept]).all(), (seed, concept)


# Strength of preference


def brute_strong(game, i, s, concept, gap):
    """Hamouda, Kilgour and Hipel: every improvement meets a sanction that is greatly less preferred than s."""
    others = [j for j in range(len(game.moves)) if j != i]
    for t in oracle.improving(game, i, s):
        step = (lambda j, x: oracle.improving(game, j, x)) if concept == "seq" else (lambda j, x: game.moves[j][x])
        bad = [x for x in oracle.legal_sequences(game, t, others, step) if game.u[i][s] - game.u[i][x] >= gap]
        if concept == "smr":
            bad = [x for x in bad if all(game.u[i][s] - game.u[i][y] >= gap for y in game.moves[i][x])]
        if not bad:
            return False
    return True


def test_strong_and_weak_stability_agree_with_brute_force():
    for seed in range(120):
        game = oracle.random_game(seed, most_options=5)
        payoffs = payoffs_of(game)
        gap = 1 + seed % 5
        found = strong_stability_of(space_of_game(game), payoffs, payoffs - gap)
        stable = stability(space_of_game(game), payoffs, concepts=("gmr", "smr", "seq"))
        for concept in ("gmr", "smr", "seq"):
            expected = [[brute_strong(game, i, s, concept, gap) for s in game.states] for i in range(len(game.masks))]
            assert found[f"strong {concept}"].tolist() == expected, (seed, concept)
            assert (found[f"weak {concept}"] == stable[concept] & ~found[f"strong {concept}"]).all()


def test_a_great_difference_in_a_ranking_makes_the_sanction_strong():
    """Prisoner's dilemma: cooperation is held by the fear of mutual defection, strongly so if that hurts greatly."""
    plain = two_by_two([1, 0, 3, 2], [2, 0, 3, 1])
    assert not strong_stability(plain)["strong gmr"][:, 0].any()
    makers = tuple(replace(maker, prefers=replace(maker.prefers, cuts=(2,))) for maker in plain.decision_makers)
    assert strong_stability(replace(plain, decision_makers=makers))["strong gmr"][:, 0].all()


def test_strong_statements_and_payoff_gaps_cut_where_they_should():
    options = (Option("A", "One"), Option("B", "Two"))
    by_statement = Prioritised((Preference("A", strong=True), Preference("B")))
    by_payoff = Payoffs((("NN", 0.0), ("NY", 1.0), ("YN", 5.0), ("YY", 6.0)), great=4.0)
    found = []
    for prefers in (by_statement, by_payoff):
        other = DecisionMaker("Two", Ranking((("--",),)))
        conflict = Conflict("cuts", (DecisionMaker("One", prefers), other), options)
        from parley.conflict.preferences import orders
        from parley.conflict.states import space_of

        order = orders(conflict, space_of(conflict))[0]
        found.append([[bool(order.ranks[t] <= order.limits[s]) for t in range(4)] for s in range(4)])
    # states 0 NN, 1 YN, 2 NY, 3 YY: those with A are greatly better than those without
    assert found[0] == found[1] == [[False] * 4, [True, False, True, False], [False] * 4, [True, False, True, False]]


# Unknown preference


def brute_unknown(game, better, unknown, i, s, concept, reading):
    """Li, Hipel, Kilgour and Fang 2004, one state at a time."""
    place = {state: k for k, state in enumerate(game.states)}

    def is_better(j, a, b):
        return better[j][place[a]][place[b]]

    def is_unknown(j, a, b):
        return unknown[j][place[a]][place[b]]

    def surely_no_better(x):
        return not is_better(i, s, x) and not is_unknown(i, s, x)

    def deters(x):
        return surely_no_better(x) or (reading in "cd" and is_unknown(i, s, x))

    def credible(j, x):
        return [y for y in game.moves[j][x] if is_better(j, x, y) or is_unknown(j, x, y)]

    others = [j for j in range(len(game.moves)) if j != i]
    leaves = [t for t in game.moves[i][s] if is_better(i, s, t) or (reading in "ac" and is_unknown(i, s, t))]
    if concept == "nash":
        return not leaves
    for t in leaves:
        step = credible if concept == "seq" else (lambda j, x: game.moves[j][x])
        bad = [x for x in oracle.legal_sequences(game, t, others, step) if deters(x)]
        if concept == "smr":
            bad = [x for x in bad if all(deters(y) for y in game.moves[i][x])]
        if not bad:
            return False
    return True


def test_the_sixteen_extensions_agree_with_brute_force():
    for seed in range(60):
        game = oracle.random_game(seed, most_options=5)
        space = space_of_game(game)
        rng = np.random.default_rng(seed)
        better, unknown = [], []
        for row in payoffs_of(game):
            veil = np.triu(rng.random((len(row), len(row))) < 0.3, 1)
            veil |= veil.T
            better.append((row[None, :] > row[:, None]) & ~veil)
            unknown.append(veil)
        found = stability_of_comparisons(space, better, unknown)
        assert len(found) == 16
        for key, stable in found.items():
            concept, reading = key.split()
            expected = [
                [brute_unknown(game, better, unknown, i, s, concept, reading) for s in game.states]
                for i in range(len(game.masks))
            ]
            assert stable.tolist() == expected, (seed, key)


def others_reach(game, i, moves):
    """Return ``[t, x]``: the others reach x from t by a legal sequence of steps in their matrices of moves."""
    place = {state: k for k, state in enumerate(game.states)}
    reach = np.zeros((len(game.states), len(game.states)), dtype=int)
    others = [j for j in range(len(game.moves)) if j != i]
    step = lambda j, x: [game.states[k] for k in np.flatnonzero(moves[j][place[x]])]  # noqa: E731
    for state in game.states:
        for reached in oracle.legal_sequences(game, state, others, step):
            reach[place[state], place[reached]] = 1
    return reach


def matrices(game):
    place = {state: k for k, state in enumerate(game.states)}
    found = []
    for table in game.moves:
        matrix = np.zeros((len(place), len(place)), dtype=int)
        for state, reached in table.items():
            matrix[place[state], [place[x] for x in reached]] = 1
        found.append(matrix)
    return found


def diagonal(leaves, sanctioned):
    """Stable where the diagonal of J(E - sign(M W')) is zero: the matrix form of Xu, Hipel and Kilgour."""
    everything = np.ones_like(leaves)
    return (np.diag(leaves @ (everything - np.minimum(sanctioned, 1))) == 0).tolist()


def test_the_sixteen_extensions_agree_with_their_matrix_form():
    """The matrices of the four readings as the public program nuaagmcrr has them (its UncertainStability)."""
    for seed in range(30):
        game = oracle.random_game(seed, most_options=4)
        jays, rng = matrices(game), np.random.default_rng(seed)
        ups, veils = [], []
        for row in payoffs_of(game):
            veil = np.triu(rng.random((len(row), len(row))) < 0.3, 1)
            veil |= veil.T
            veils.append(veil.astype(int))
            ups.append(((row[None, :] > row[:, None]) & ~veil).astype(int))
        found = stability_of_comparisons(
            space_of_game(game), [up.astype(bool) for up in ups], [v.astype(bool) for v in veils]
        )
        for i, (j, up, veil) in enumerate(zip(jays, ups, veils, strict=True)):
            any_move = others_reach(game, i, jays)
            credible = others_reach(
                game, i, [a * np.minimum(b + c, 1) for a, b, c in zip(jays, ups, veils, strict=True)]
            )
            for reading in "abcd":
                away = np.minimum(up + veil, 1) if reading in "ac" else up
                surely_not_better = 1 - np.minimum(up + veil, 1)
                feared = 1 - up if reading in "cd" else surely_not_better
                out = up if reading in "cd" else np.minimum(up + veil, 1)  # a way out that undoes the sanction
                trapped = feared.T * (1 - np.minimum(j @ out.T, 1))
                assert found[f"nash {reading}"][i].tolist() == ((j * away).sum(axis=1) == 0).tolist()
                for concept, reach, sanction in (
                    ("gmr", any_move, feared.T), ("smr", any_move, trapped), ("seq", credible, feared.T)
                ):  # fmt: skip
                    assert found[f"{concept} {reading}"][i].tolist() == diagonal(j * away, reach @ sanction)


def test_strong_stability_agrees_with_its_matrix_form():
    """As nuaagmcrr has it (its StrengthStability): any improvement, mild or strong, and sanctions greatly worse."""
    for seed in range(40):
        game = oracle.random_game(seed, most_options=4)
        payoffs, jays, gap = payoffs_of(game), matrices(game), 1 + seed % 4
        found = strong_stability_of(space_of_game(game), payoffs, payoffs - gap)
        ups = [(row[None, :] > row[:, None]).astype(int) for row in payoffs]
        for i, j in enumerate(jays):
            greatly_worse = (payoffs[i][:, None] - payoffs[i][None, :] >= gap).astype(int)
            any_move = others_reach(game, i, jays)
            credible = others_reach(game, i, [a * b for a, b in zip(jays, ups, strict=True)])
            trapped = greatly_worse.T * (1 - np.minimum(j @ (1 - greatly_worse).T, 1))
            for concept, reach, sanction in (
                ("gmr", any_move, greatly_worse.T), ("smr", any_move, trapped), ("seq", credible, greatly_worse.T)
            ):  # fmt: skip
                assert found[f"strong {concept}"][i].tolist() == diagonal(j * ups[i], reach @ sanction)


def test_without_anything_unknown_all_four_readings_are_the_ordinary_concepts(cases):
    conflict = from_case(cases["Elmira"])
    found = stability_under_unknown(conflict)
    stable = solve(conflict).stable
    for key, rows in found.items():
        assert (rows == stable[key.split()[0]]).all(), key


def test_the_four_readings_are_nested_as_in_li_hipel_kilgour_fang_2004():
    """a is the most restless reading, d the most cautious: stable under a implies under b and c, those imply d."""
    for seed in range(40):
        game = oracle.random_game(seed, most_options=5)
        rng = np.random.default_rng(seed)
        better, unknown = [], []
        for row in payoffs_of(game):
            veil = np.triu(rng.random((len(row), len(row))) < 0.3, 1)
            veil |= veil.T
            better.append((row[None, :] > row[:, None]) & ~veil)
            unknown.append(veil)
        found = stability_of_comparisons(space_of_game(game), better, unknown)
        for concept in ("nash", "gmr", "smr"):
            for first, second in ("ab", "ac", "bd", "cd"):
                assert (found[f"{concept} {first}"] <= found[f"{concept} {second}"]).all()


def test_an_unknown_statement_opens_just_the_pairs_that_it_would_decide():
    options = (Option("A", "One"), Option("B", "Two"))
    one = DecisionMaker("One", Prioritised((Preference("B", unknown=True), Preference("A"))))
    conflict = Conflict("unknown", (one, DecisionMaker("Two", Ranking((("--",),)))), options)
    found = stability_under_unknown(conflict)
    # B is not One's to change: within each value of B it simply prefers A
    assert found["nash a"][0].tolist() == [False, True, False, True]
    pairs = replace(one, prefers=Prioritised((Preference("A"),)), unknown=(("Y-", "N-"),))
    veiled = stability_under_unknown(replace(conflict, decision_makers=(pairs, conflict.decision_makers[1])))
    assert veiled["nash a"][0].tolist() == [False] * 4
    assert veiled["nash b"][0].tolist() == [True] * 4


# Coalitions


def brute_coalition(game, members, s, concept):
    outside = [j for j in range(len(game.moves)) if j not in members]
    any_move = lambda j, x: game.moves[j][x]  # noqa: E731
    step = (lambda j, x: oracle.improving(game, j, x)) if concept == "seq" else any_move

    def all_prefer(x):
        return all(game.u[j][x] > game.u[j][s] for j in members)

    leaves = [t for t in oracle.legal_sequences(game, s, members, any_move) if all_prefer(t)]
    if concept == "nash":
        return not leaves
    for t in leaves:
        bad = [x for x in oracle.legal_sequences(game, t, outside, step) if not all_prefer(x)]
        if concept == "smr":
            bad = [x for x in bad if not any(all_prefer(y) for y in oracle.legal_sequences(game, x, members, any_move))]
        if not bad:
            return False
    return True


def test_coalition_stability_agrees_with_brute_force():
    for seed in range(40):
        game = oracle.random_game(seed, rules=seed % 3 == 0, most_options=5)
        space, payoffs = space_of_game(game), payoffs_of(game)
        for size in range(1, len(game.masks) + 1):
            for members in itertools.combinations(range(len(game.masks)), size):
                found = coalition_stability(space, payoffs, members)
                for concept in ("nash", "gmr", "smr", "seq"):  # "cseq" is in test_conflict_reasons
                    expected = [brute_coalition(game, members, s, concept) for s in game.states]
                    assert found[concept].tolist() == expected, (seed, members, concept)


def test_a_coalition_of_one_gives_the_ordinary_concepts(cases):
    solution = solve(from_case(cases["Elmira"]))
    for maker in range(3):
        found = coalition_stability(solution.space, solution.ranks, [maker])
        for concept in ("nash", "gmr", "smr", "seq"):
            assert (found[concept] == solution.stable[concept][maker]).all()


def test_elmira_ministry_and_uniroyal_together_move_from_s5_to_s8_as_published(cases):
    """Fang, Hipel and Kilgour 1993: the coalition of MoE and Uniroyal breaks s5 (here 18) in favour of s8 (here 21)."""
    solution = solve(from_case(cases["Elmira"]))
    moves = joint_improvements(solution.space, solution.ranks, 18)
    assert [(move.members, move.after) for move in moves] == [((0, 1), 21)]
    assert 18 in solution.equilibria("nash")
    everybody = universal(solution.space, solution.ranks)["nash"]
    assert not everybody[solution.space.index(18)]
    assert everybody[solution.space.index(21)]


def test_a_coalition_must_have_members_of_the_model(cases):
    solution = solve(from_case(cases["Elmira"]))
    for members in ([], [3]):
        with pytest.raises(ModelError):
            coalition_stability(solution.space, solution.ranks, members)


# Horizons


def brute_horizon(game, i, s, h):
    """Backward induction over explicit plays, by the rule stated in ``horizon``."""

    def reply(k, x, left):
        best, target = game.u[k][x], None
        for y in sorted(game.moves[k][x]):
            value = game.u[k][end(k, k, y, left - 1)]
            if value > best:
                best, target = value, y
        return target

    def end(focal, last, x, left):
        if left == 0:
            return x
        outcomes = []
        for k in range(len(game.moves)):
            target = reply(k, x, left) if k != last else None
            if target is not None:
                outcomes.append(end(focal, k, target, left - 1))
        return min(outcomes, key=lambda y: game.u[focal][y]) if outcomes else x

    return reply(i, s, h) is None


def test_limited_move_stability_agrees_with_backward_induction():
    for seed in range(60):
        game = oracle.random_game(seed, rules=seed % 4 == 0, most_options=4)
        for h in (1, 2, 3):
            found = limited_move(space_of_game(game), payoffs_of(game), horizon=h)
            for i in range(len(game.masks)):
                assert found[i].tolist() == [brute_horizon(game, i, s, h) for s in game.states], (seed, h, i)


def test_looking_one_move_ahead_is_nash_stability(cases):
    for case in cases.values():
        solution = solve(from_case(case))
        assert (limited_move(solution.space, solution.ranks, horizon=1) == solution.stable["nash"]).all()


def test_non_myopic_stability_in_the_prisoners_dilemma():
    """Brams and Wittman 1981, Kilgour 1984: with foresight both cooperation and defection are stable."""
    solution = solve(two_by_two([1, 0, 3, 2], [2, 0, 3, 1]))
    found = non_myopic(solution.space, solution.ranks)
    assert found.settled
    assert found.stable.all(axis=0).tolist() == [True, False, False, True]


def test_non_myopic_play_that_runs_into_the_limit_says_so():
    solution = solve(two_by_two([1, 0, 3, 2], [2, 0, 3, 1]))
    assert not non_myopic(solution.space, solution.ranks, limit=1).settled


def test_a_horizon_of_nothing_is_refused():
    solution = solve(two_by_two([1, 0, 3, 2], [2, 0, 3, 1]))
    with pytest.raises(ModelError, match="1 or more"):
        limited_move(solution.space, solution.ranks, horizon=0)


# Hypergames


def test_misperceived_syria_iraq_as_in_the_gmcr_example(cases):
    """With the two misperceptions of that example the Nash equilibria are its first, second and last state.

    Under sanctions state 5 comes in. Iraq does not believe in states without release or escalation; in the conflict
    that it perceives, Syria answers 5 -> 1 by 1 -> 2, which deters. The engine in use takes Syria's answers from the
    conflict that Syria perceives, in which state 1 does not occur; a decision maker cannot judge by that.
    """
    conflict = replace(
        from_case(cases["SyriaIraq"]),
        perceptions=(Perception("Syria", infeasible=("YN-",)), Perception("Iraq", infeasible=("NN-",))),
    )
    found = solve_hypergame(conflict)
    assert found.equilibria("nash") == (0, 1, 6)
    assert found.equilibria("gmr") == found.equilibria("seq") == (0, 1, 5, 6)
    assert found.perceived.tolist() == [[True, False, True, True, False, True], [False, True, True, False, True, True]]


def test_without_misperception_a_hypergame_is_the_conflict(cases):
    for case in cases.values():
        conflict = from_case(case)
        assert {c: solve_hypergame(conflict).equilibria(c) for c in ("nash", "smr", "seq")} == {
            c: solve(conflict).equilibria(c) for c in ("nash", "smr", "seq")
        }


def test_an_option_that_one_side_does_not_know_holds_back_nothing():
    """Chicken in which Row does not know that Column can defect: Row sees no reason to fear anything."""
    chicken = two_by_two([1, 0, 2, 3], [2, 0, 1, 3])
    found = solve_hypergame(replace(chicken, perceptions=(Perception("Row", unaware=("Column defects",)),)))
    assert not found.stable["gmr"][0, 0]
    assert solve(chicken).stable["gmr"][0, 0]
    assert found.perceived[0].tolist() == [True, True, False, False]


def test_a_wrong_belief_about_the_other_side_changes_what_deters():
    """Row believes that Column likes mutual cooperation best, so that it fears no credible reply."""
    dilemma = two_by_two([1, 0, 3, 2], [2, 0, 3, 1])
    belief = DecisionMaker("Column", Ranking(((0,), (1,), (2,), (3,))))
    found = solve_hypergame(replace(dilemma, perceptions=(Perception("Row", others=(belief,)),)))
    assert solve(dilemma).stable["seq"][0, 0]
    assert not found.stable["seq"][0, 0]


def test_a_perception_without_any_state_is_refused():
    dilemma = two_by_two([1, 0, 3, 2], [2, 0, 3, 1])
    with pytest.raises(ModelError, match="no feasible state"):
        solve_hypergame(replace(dilemma, perceptions=(Perception("Row", infeasible=("Y-", "N-")),)))
