"""Figures that the benchmarks work out themselves."""

from __future__ import annotations

import pytest
from benchmarks.scoring import calibration_error, macro_f1


def test_macro_f1_counts_a_rare_label_as_much_as_a_common_one() -> None:
    pairs = [*[("ASSESS", "ASSESS")] * 8, ("DENY", "ASSESS"), ("DENY", "DENY")]
    assert macro_f1(pairs) == pytest.approx((16 / 17 + 2 / 3) / 2)


def test_macro_f1_leaves_out_labels_that_were_never_coded() -> None:
    assert macro_f1([("DENY", "DO"), ("DENY", "DENY")]) == pytest.approx(2 / 3)
    assert macro_f1([]) == 0.0


def test_calibration_error_is_none_where_chances_come_true() -> None:
    assert calibration_error([0.5, 0.5], [True, False]) == 0.0
    assert calibration_error([0.95, 0.95], [False, False]) == pytest.approx(0.95)
