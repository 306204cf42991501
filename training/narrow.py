"""Make the trained network narrower, so that it reads quicker: ``python -m training.narrow SHARED WORK``.

Takes WORK/last.pt. Attention heads that the losses hardly feel and inner units that others can stand in for are cut
away, and what is left takes over what it can. Then the narrow network learns to make of the training windows what the
wide one makes of them: the same states, tags, pointers and codes. Writes WORK/settled.pt. Seeded; run again to go on
after a stop.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import deepcopy

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.data import Sample
from training.network import SETS, WEIGHTS, Batch, Network, collate, count_heads
from training.train import SEED, Stage, base_model, folders, samples, train_stage

HEADS_CUT = 12
"""Attention heads that go, of 72."""
INNER = (1344, 1344, 1280, 1216, 1088, 960)
"""Inner units of the feed-forward part that stay in each layer, of 1,536: the losses feel the lower layers' most."""
LEARN = tuple(
    Stage(name, 1.0, 1.4, 1.6, 8.0e-5, 0.02, codes=1.8, hidden=0.02, dropout=False) for name in ("narrow", "settled")
)
LAYER_WEIGHT = 0.15
"""What the states of a layer below the last weigh in the loss beside the last ones'."""
_FELT, _COUNTED = (105, 35), (65, 30)
"""Batches of coded articles and of coded attributions by which heads are weighed, and inputs are counted."""
_SMALL_BATCH = 4
_DAMPING = 1e-4


def drawn(pools: Mapping[str, Sequence[Sample]], counts: tuple[int, int]) -> list[Batch]:
    """Return small batches of coded articles and of coded attributions, so many of each, drawn by the seed."""
    chance = random.Random(SEED)
    windows = [
        window
        for name, count in zip(("statements", "attributed"), counts, strict=True)
        for window in chance.sample(pools[name], count * _SMALL_BATCH)
    ]
    chance.shuffle(windows)
    return [collate(windows[at : at + _SMALL_BATCH]) for at in range(0, len(windows), _SMALL_BATCH)]


def weak_heads(network: Network, given: Sequence[Batch], count: int) -> dict[int, list[int]]:
    """Return layer -> the heads, *count* in all, without which the losses would change least.

    Measured by the squared gradient of the losses by a factor on each head's output, summed over the batches: the
    Fisher information of the factor (Kwon and others 2022, A Fast Post-Training Pruning Framework for Transformers).
    """
    layers = network.encoder.encoder.layer
    factors = [torch.ones(layer.attention.self.num_attention_heads, requires_grad=True) for layer in layers]
    hooks = [
        layer.attention.output.dense.register_forward_pre_hook(
            lambda part, taken, own=own: (taken[0] * own.repeat_interleave(part.in_features // len(own)),)
        )
        for layer, own in zip(layers, factors, strict=True)
    ]
    felt = [torch.zeros(len(own)) for own in factors]
    for batch in given:
        total = sum(WEIGHTS[name] * loss for name, loss in network(batch).items())
        for sums, slope in zip(felt, torch.autograd.grad(total, factors), strict=True):
            sums += slope**2
    for hook in hooks:
        hook.remove()
    places = sorted((value, n, head) for n, sums in enumerate(felt) for head, value in enumerate(sums.tolist()))
    found: dict[int, list[int]] = defaultdict(list)
    for _, n, head in places[:count]:
        found[n].append(head)
    return found


def input_products(network: Network, part: nn.Linear, given: Sequence[Batch]) -> Tensor:
    """Return the sums of products of each two inputs of *part* over the pieces of the batches: ``[in, in]``."""
    sums = torch.zeros(part.in_features, part.in_features, dtype=torch.float64)
    seen: list[Tensor] = []
    hook = part.register_forward_pre_hook(lambda _, taken: seen.append(taken[0].detach()))
    with torch.no_grad():
        for batch in given:
            network.encode(batch.ids, batch.mask)
            rows = seen.pop()[batch.mask.bool()]
            sums += rows.T @ rows
    hook.remove()
    return sums + _DAMPING * sums.diagonal().mean() * torch.eye(len(sums), dtype=torch.float64)


def kept_inputs(part: nn.Linear, products: Tensor, count: int) -> list[int]:
    """Return the *count* inputs of *part* to keep.

    One by one that input goes whose loss the others can best make up for: Optimal Brain Surgeon (Hassibi and Stork
    1993, equation 5), with a column of weights in the place of one weight.
    """
    weight = part.weight.detach().double().clone()
    inverse = torch.linalg.inv(products)
    gone: list[int] = []
    for _ in range(len(products) - count):
        lost = weight.square().sum(0) / inverse.diagonal()
        lost[gone] = torch.inf
        one = int(lost.argmin())
        row = inverse[one] / inverse[one, one]
        weight -= torch.outer(weight[:, one], row)
        inverse = inverse - torch.outer(inverse[:, one], row)
        gone.append(one)
        weight[:, gone], inverse[gone, gone] = 0.0, 1.0
    return sorted(set(range(len(products))) - set(gone))


def with_inputs(part: nn.Linear, products: Tensor, kept: Sequence[int]) -> nn.Linear:
    """Return *part* with these inputs alone, its weights being those that come nearest to its outputs."""
    if len(kept) == part.in_features:
        return part
    stay, go = torch.tensor(kept), torch.tensor(sorted(set(range(len(products))) - set(kept)))
    instead = torch.linalg.solve(products[stay][:, stay], products[stay][:, go])
    weight = part.weight.detach().double()
    return _linear(weight[:, stay] + weight[:, go] @ instead.T, part.bias)


def with_outputs(part: nn.Linear, kept: Sequence[int]) -> nn.Linear:
    """Return *part* with these outputs alone."""
    return _linear(part.weight[list(kept)], part.bias[list(kept)])


def _linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    made = nn.Linear(weight.shape[1], weight.shape[0])
    made.load_state_dict({"weight": weight.float(), "bias": bias})
    return made


def cut(network: Network, pools: Mapping[str, Sequence[Sample]]) -> None:
    """Make the encoder's layers narrower, from the first to the last, each by what reaches it after the cuts before."""
    weak = weak_heads(network, drawn(pools, _FELT), HEADS_CUT)
    given = drawn(pools, _COUNTED)
    for n, layer in enumerate(network.encoder.encoder.layer):
        inner, out = layer.attention.self, layer.attention.output
        size = inner.attention_head_size
        kept = [at for at in range(inner.all_head_size) if at // size not in weak.get(n, ())]
        out.dense = with_inputs(out.dense, input_products(network, out.dense, given), kept)
        for name in ("query", "key", "value"):
            setattr(inner, name, with_outputs(getattr(inner, name), kept))
        count_heads(inner)
        products = input_products(network, layer.output.dense, given)
        kept = kept_inputs(layer.output.dense, products, INNER[n])
        layer.output.dense = with_inputs(layer.output.dense, products, kept)
        layer.intermediate.dense = with_outputs(layer.intermediate.dense, kept)
        print(f"layer {n}: {inner.num_attention_heads} heads, {len(kept)} inner units", flush=True)


def unlike(narrow: Network, wide: Network, batch: Batch) -> dict[str, Tensor]:
    """Return how far what the narrow network makes of a batch is from what the wide one makes of it.

    States by layer as shares of their variance; tags, pointers and codes by their divergence (Kullback and Leibler),
    under the names of the tasks.
    """
    with torch.no_grad():
        aims, aimed = made_of(wide, batch)
    states, made = made_of(narrow, batch)
    real = batch.mask.bool()
    losses = {}
    for n, (aim, state) in enumerate(zip(aims, states, strict=True), 1):
        weight = 1.0 if n == len(aims) else LAYER_WEIGHT
        losses[f"layer {n}"] = weight * F.mse_loss(state[real].float(), aim[real].float()) / aim[real].var()
    return losses | divergences(wide, batch, made, aimed)


def divergences(
    network: Network, batch: Batch, made: Mapping[str, Tensor], aimed: Mapping[str, Tensor]
) -> dict[str, Tensor]:
    """Return for each task how far what is said of a batch is from what is aimed at, where *network* has its places."""
    real = batch.mask.bool()
    rows = {name: real if name in network.taggers else batch.spans[..., 1] > 0 for name in made}
    return {
        name: divergence(name, values[rows[name]], aimed[name][rows[name]].to(values.dtype))
        for name, values in made.items()
        if rows[name].any()
    }


def made_of(network: Network, batch: Batch) -> tuple[tuple[Tensor, ...], dict[str, Tensor]]:
    """Return the states of each layer, and what the heads say: log-probabilities, of sets of labels logits."""
    states = network.all_states(batch.ids, batch.mask)
    last = states[-1].float()
    pointed, codes = network.span_outputs(last, batch.mask, batch.spans)
    tags = {name: tagger(last) for name, tagger in network.taggers.items()}
    chosen = {name: F.log_softmax(logits.float(), -1) for name, logits in (tags | codes).items() if name not in SETS}
    return states, chosen | pointed | {name: codes[name].float() for name in SETS}


def divergence(name: str, made: Tensor, aimed: Tensor) -> Tensor:
    """Return how far what one network says under a task's name is from what another does (Kullback and Leibler)."""
    if name not in SETS:
        return F.kl_div(made, aimed, reduction="batchmean", log_target=True)
    chances = aimed.sigmoid()
    least = F.binary_cross_entropy_with_logits(aimed, chances, reduction="none")
    return (F.binary_cross_entropy_with_logits(made, chances, reduction="none") - least).sum(-1).mean()


def main(arguments: Sequence[str]) -> None:
    """Cut the trained network, let it learn from itself, and write ``WORK/settled.pt``."""
    shared, work = folders(__doc__, arguments)
    torch.manual_seed(SEED)
    wide = Network(str(base_model()))
    wide.load(torch.load(work / "last.pt", weights_only=True))
    wide.eval()
    pools, narrow, cut_file = samples(shared), deepcopy(wide), work / "cut.pt"
    if cut_file.exists():
        narrow.load(torch.load(cut_file, weights_only=True))
    else:
        cut(narrow, pools)
        torch.save(narrow.state_dict(), cut_file)
    for stage in LEARN:
        train_stage(narrow, stage, pools, work, lambda batch: unlike(narrow, wide, batch))


if __name__ == "__main__":
    main(sys.argv[1:])
