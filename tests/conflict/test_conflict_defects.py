"""The defects of the engine in use, one test each: what it gets wrong, ours gets right.

Defect 3 (SIM loses equilibria) is in test_conflict_published, defect 6 (over 64 statements) in test_conflict_files.
"""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import conflict_oracle as oracle
import numpy as np
import pytest
from conflict_builders import two_by_two

from parley.conflict import gmcr_json, load, solve
from parley.conflict.batch import batch_stability, make_board
from parley.conflict.explain import explain
from parley.conflict.inverse import what_must_change
from parley.conflict.stability import stability
from parley.conflict.states import make_space
from parley.errors import ModelError


def chained():
    """Three sides with one option each; only the others' moves one after the other bring the first into trouble.

    From 1 (the first side has taken its option) the second moves to 3, the third to 7; 7 is the worst for the first.
    """
    space = make_space(3, (1, 2, 4))
    first = [1, 2, 3, 4, 5, 6, 7, 0]  # states 0 to 7, larger is better
    second = [0, 0, 0, 1, 0, 0, 0, 0]
    third = [0, 0, 0, 0, 0, 0, 0, 1]
    return space, np.array([first, second, third])


def test_defect_1_two_ways_to_compute_agree():
    """Its two engines disagree with one another; ours are compared here, and at random in test_conflict_analyses."""
    space, payoffs = chained()
    single = stability(space, payoffs)
    batch = batch_stability(make_board(space), payoffs[None], concepts=tuple(single))
    assert all((batch[concept][0] == single[concept]).all() for concept in single)


def test_defect_2_sanctions_are_sequences_in_which_others_move_in_turn():
    """It lets each opponent move at most once, and one after another only; legal sequences may come back to a mover."""
    space, payoffs = chained()
    found = stability(space, payoffs, concepts=("gmr", "smr", "seq"))
    assert found["seq"][0, 0]  # 0 -> 1, then 1 -> 3 by the second and 3 -> 7 by the third
    one_move_each = [x for x in (3, 5) if payoffs[0, x] <= payoffs[0, 0]]
    assert one_move_each == []


def test_defect_2_a_mover_may_return_after_another():
    """The second side must move, then the third, then the second again: 1 -> 3 -> 7 -> 5, and only 5 is bad."""
    space = make_space(3, (1, 2, 4))
    first = [1, 2, 3, 4, 5, 0, 7, 6]
    second = [0, 0, 0, 1, 0, 2, 0, 1]
    third = [0, 0, 0, 1, 0, 0, 0, 2]
    payoffs = np.array([first, second, third])
    assert stability(space, payoffs, concepts=("seq",))["seq"][0, 0]
    game = oracle.build(3, [1, 2, 4], payoffs.tolist())
    assert oracle.stable(game, 0, 0, "seq")


def test_defect_4_seq_and_sim_are_separate_concepts_never_mixed_in_silence():
    """Its "SEQ+SIM" means one or the other for each side. We give each concept alone; mixing is the reader's."""
    solution = solve(two_by_two([1, 0, 3, 2], [2, 0, 3, 1]), concepts=("seq", "sim"))
    assert set(solution.stable) == {"seq", "sim"}


def test_defect_5_a_state_that_is_just_as_good_sanctions_everywhere():
    """It counts a tie as a sanction in one solver and not in the other. A tie deters, in the inverse too."""
    space = make_space(2, (1, 2))
    payoffs = np.array([[1, 2, 0, 1], [0, 0, 0, 1]])  # 0 -> 1 by the first, 1 -> 3 by the second: as good as 0
    assert stability(space, payoffs, concepts=("gmr",))["gmr"][0, 0]
    tied = solve(load_tied())
    assert tied.stable["gmr"][0, 0]
    assert explain(tied, state=0, maker=0, concept="gmr").stable
    assert what_must_change(tied, state=0, concept="gmr").conditions[0].stable


def load_tied():
    game = two_by_two([1, 0, 3, 2], [2, 0, 3, 1])
    row, column = game.decision_makers
    tied = replace(row, prefers=replace(row.prefers, levels=((1,), (0, 3), (2,))))
    return replace(game, decision_makers=(tied, column))


def test_defect_6_payoffs_that_do_not_fit_are_refused_in_a_sentence():
    """It looks up a payoff by a method that arrays lack and dies of it. Missing states: see test_conflict_files."""
    with pytest.raises(ModelError, match=r"payoffs have shape \(1, 4\), the model has 2 decision makers"):
        stability(make_space(2, (1, 2)), np.zeros((1, 4)))


def test_defect_7_fourteen_options_and_four_sides_take_under_500_megabytes():
    """It holds two dense tables of states by states for each side: 16 GB here."""
    masks = tuple(sum(1 << b for b in part) for part in ((0, 1, 2, 3), (4, 5, 6, 7), (8, 9, 10), (11, 12, 13)))
    space = make_space(14, masks, infeasible=((7, 7),), forward=1 | 1 << 9)
    payoffs = np.stack([np.random.default_rng(i).permutation(len(space.states)) for i in range(4)])
    tracemalloc.start()
    try:
        stability(space, payoffs)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 500e6


def test_models_are_not_changed_by_solving(cases):
    """Its solvers write into the model. Ours are frozen: solving twice, or asking why, changes nothing."""
    from conflict_builders import from_case

    model = from_case(cases["Elmira"])
    before = gmcr_json.dumps(model)
    first = solve(model)
    explain(first, state=2, maker=0, concept="seq")
    assert gmcr_json.dumps(model) == before
    assert all((solve(model).stable[c] == first.stable[c]).all() for c in first.stable)


def test_a_file_that_cannot_be_read_is_an_error_not_a_line_on_the_screen(tmp_path, capsys):
    """It prints "file not readable" and goes on, so that work is lost."""
    for read in (load, gmcr_json.load):
        with pytest.raises(ModelError):
            read(tmp_path / "missing")
    assert capsys.readouterr().out == ""
