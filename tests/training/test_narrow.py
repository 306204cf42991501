"""Making the trained network narrower. Runs where torch is installed, which training needs and reading does not."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed; only training needs it")
pytest.importorskip("transformers", reason="transformers is not installed; only training needs it")

from training.narrow import kept_inputs, with_inputs, with_outputs  # noqa: E402 - they import torch


def _given() -> tuple[torch.nn.Linear, torch.Tensor, torch.Tensor]:
    """Return a matrix, inputs of it, of which the fourth is the sum of the first two, and the inputs' products."""
    torch.manual_seed(1)
    free = torch.randn(200, 5)
    part = torch.nn.Linear(6, 3)
    inputs = torch.cat([free[:, :3], free[:, :2].sum(1, keepdim=True), free[:, 3:]], 1)
    return part, inputs, (inputs.T @ inputs).double() + 1e-9 * torch.eye(6, dtype=torch.float64)


def test_an_input_that_others_make_up_goes_first_and_takes_nothing_with_it() -> None:
    part, inputs, products = _given()
    kept = kept_inputs(part, products, 5)
    assert len(kept) == 5 and not {0, 1, 3} <= set(kept)
    assert torch.allclose(with_inputs(part, products, kept)(inputs[:, kept]), part(inputs), atol=1e-3)


def test_what_is_left_comes_nearer_than_the_old_weights_would() -> None:
    part, inputs, products = _given()
    kept = kept_inputs(part, products, 3)
    old = inputs[:, kept] @ part.weight[:, kept].T + part.bias
    new = with_inputs(part, products, kept)(inputs[:, kept])
    assert (new - part(inputs)).square().mean() < (old - part(inputs)).square().mean()


def test_outputs_that_stay_are_those_that_were() -> None:
    part, inputs, _ = _given()
    assert torch.equal(with_outputs(part, [0, 2])(inputs), part(inputs)[:, [0, 2]])


def test_a_part_that_loses_no_input_stays_as_it_is() -> None:
    part, inputs, products = _given()
    assert torch.equal(with_inputs(part, products, range(6))(inputs), part(inputs))
