"""Learning from a larger network. Runs where torch is installed, which training needs and reading does not."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed; only training needs it")
pytest.importorskip("transformers", reason="transformers is not installed; only training needs it")

from torch.nn import functional as F  # noqa: E402 - torch may be missing
from training.data import Item, Sample  # noqa: E402
from training.network import collate  # noqa: E402
from training.teach import mixed  # noqa: E402


def test_what_is_aimed_at_is_the_mean_where_the_teacher_spoke_and_the_wide_networks_word_elsewhere() -> None:
    heard, other = (Sample([101, 7, 8, 102], items=[Item(1, 2, {})]) for _ in range(2))
    batch = collate([heard, other])
    act = F.log_softmax(torch.tensor([[[2.0, 0.0, 0.0]]] * 2), -1)
    issue, source = torch.tensor([[[4.0, -4.0]]] * 2), torch.tensor([[[0.7, 0.1, 0.1, 0.1]]] * 2).log()
    points = {"source": torch.tensor([[0.1, 0.1, 0.1, 0.7]]).half()}
    codes = {
        "act": F.log_softmax(torch.tensor([[0.0, 2.0, 0.0]]), -1).half(),
        "issue": torch.tensor([[0.0, 4.0]]).half(),
    }
    aimed = {"act": act, "issue": issue, "source": source}
    made = mixed(aimed, batch, {id(heard): (points, codes)})
    assert made["act"][0, 0, 0].item() == pytest.approx(made["act"][0, 0, 1].item(), abs=1e-2)
    assert made["act"][0, 0].exp().sum().item() == pytest.approx(1.0, abs=1e-3)
    assert made["issue"][0, 0].tolist() == [2.0, 0.0]
    assert made["source"][0, 0].exp().tolist() == pytest.approx([0.4, 0.1, 0.1, 0.4], abs=1e-3)
    assert all(torch.equal(made[name][1], aimed[name][1]) for name in aimed)
