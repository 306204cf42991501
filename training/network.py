"""The network in torch: one encoder, taggers, pointers from a span to who says it, and heads for its codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import BertModel

from parley.reading.local.tags import ATTRIBUTION_TAGS, STATEMENT_TAGS
from training.data import IGNORED, LABELS, POINTERS, Sample

POINTER_WIDTH = 128
CODE_WIDTH = 384
WEIGHTS = {
    "attributions": 1.0, "statements": 1.0, "source": 0.5, "cue": 0.3, "addressee": 0.2, "via": 0.2,
    "act": 0.6, "mode": 0.4, "stance": 0.3, "voice": 0.2, "issue": 0.6, "modifier": 0.2,
}  # fmt: skip
"""Share of each task in the loss."""
CHOICES = ("act", "mode", "stance", "voice")
SETS = {"issue": "issues", "modifier": "modifiers"}
"""Code heads that choose one label, and those that choose any number, with the field of a statement they answer to."""
SMOOTHING = 0.1
"""Share of a choice's label that is spread over the others: the heads do not learn the coders' noise by heart."""
CONTEXT = ("source", "cue")
"""Pointers whose words help to code a span."""


@dataclass(slots=True)
class Batch:
    """Samples side by side. ``spans``: first and last position, rows filled up with 0; -100 marks what has no label."""

    ids: Tensor  # [windows, pieces]
    mask: Tensor
    tags: dict[str, Tensor]  # [windows, pieces]
    spans: Tensor  # [windows, spans, 2]
    points: dict[str, Tensor]  # [windows, spans, pieces] of 0 and 1; an all-zero row: unknown
    codes: dict[str, Tensor]  # act, mode, stance, voice: [windows, spans]; issue, modifier: [.., labels]
    samples: Sequence[Sample]  # of which it is made


def collate(samples: Sequence[Sample]) -> Batch:
    """Lay samples side by side."""
    width = max(len(s.ids) for s in samples)
    ids = torch.zeros(len(samples), width, dtype=torch.long)
    mask = torch.zeros(len(samples), width, dtype=torch.long)
    tags = {name: torch.full((len(samples), width), IGNORED) for name in ("attributions", "statements")}
    most = max(len(s.items) for s in samples)
    spans = torch.zeros(len(samples), most, 2, dtype=torch.long)
    points = {role: torch.zeros(len(samples), most, width) for role in POINTERS}
    codes = {n: torch.full((len(samples), most), IGNORED) for n in CHOICES}
    codes |= {n: torch.full((len(samples), most, len(LABELS[n])), float(IGNORED)) for n in SETS}
    for row, sample in enumerate(samples):
        ids[row, : len(sample.ids)] = torch.tensor(sample.ids)
        mask[row, : len(sample.ids)] = 1
        for name, labels in (("attributions", sample.attributions), ("statements", sample.statements)):
            if labels is not None:
                tags[name][row, 1 : len(labels) - 1] = torch.tensor(labels[1:-1])
        for n, item in enumerate(sample.items):
            spans[row, n] = torch.tensor([item.start, item.end])
            for role, pieces in item.points.items():
                if pieces:
                    points[role][row, n, pieces] = 1.0
            if item.codes:
                _fill(codes, (row, n), item.codes)
    return Batch(ids, mask, tags, spans, points, codes, samples)


def _fill(codes: dict[str, Tensor], at: tuple[int, int], given: dict[str, Any]) -> None:
    for name in CHOICES:
        if given[name] in LABELS[name]:
            codes[name][at] = LABELS[name].index(given[name])
    for name, key in SETS.items():
        if given[key] is None:
            continue
        codes[name][at] = 0.0
        for label in given[key]:
            codes[name][*at, LABELS[name].index(label)] = 1.0


def count_heads(attention: nn.Module) -> None:
    """Let an attention part of a layer know how many heads its matrices hold."""
    attention.all_head_size = attention.query.out_features
    attention.num_attention_heads = attention.all_head_size // attention.attention_head_size


class Network(nn.Module):
    """All tasks over one encoder."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.encoder = self.base_encoder(base)
        width = self.encoder.config.hidden_size
        self.taggers = nn.ModuleDict(
            {
                "attributions": nn.Linear(width, len(ATTRIBUTION_TAGS)),
                "statements": nn.Linear(width, len(STATEMENT_TAGS)),
            }
        )
        self.query = nn.ModuleDict({role: nn.Linear(3 * width, POINTER_WIDTH) for role in POINTERS[:3]})
        self.key = nn.ModuleDict({role: nn.Linear(width, POINTER_WIDTH) for role in POINTERS[:3]})
        self.hidden = nn.Linear(6 * width, CODE_WIDTH)
        self.codes = nn.ModuleDict({name: nn.Linear(CODE_WIDTH, len(labels)) for name, labels in LABELS.items()})
        self.query["via"] = nn.Linear(3 * width, POINTER_WIDTH)
        self.key["via"] = nn.Linear(width, POINTER_WIDTH)
        self.drop, self.drop_code = nn.Dropout(0.1), nn.Dropout(0.2)

    def base_encoder(self, base: str) -> nn.Module:
        """Return the encoder that the folder *base* holds."""
        return BertModel.from_pretrained(base, add_pooling_layer=False, attention_probs_dropout_prob=0.0)

    def load(self, state: dict[str, Tensor]) -> None:
        """Take the weights *state*. Its layers may be narrower than the base model's."""
        for name, part in list(self.encoder.named_modules()):
            weight = state.get(f"encoder.{name}.weight")
            if isinstance(part, nn.Linear) and weight.shape != part.weight.shape:
                above, _, last = name.rpartition(".")
                setattr(self.encoder.get_submodule(above), last, nn.Linear(*reversed(weight.shape)))
        for layer in self.encoder.encoder.layer:
            count_heads(layer.attention.self)
        self.load_state_dict(state)

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return one vector a piece: ``[windows, pieces, width]``."""
        return self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state

    def all_states(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """Return the vectors that each layer makes of the pieces, from the first to the last."""
        return self.encoder(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states[1:]

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """Return the loss of each task that the batch has labels for."""
        states = self.drop(self.encode(batch.ids, batch.mask).float())
        losses = self.tag_losses(states, batch)
        if batch.spans.shape[1]:
            pointed, outputs = self.span_outputs(states, batch.mask, batch.spans)
            losses |= self.pointer_losses(pointed, batch) | self.code_losses(outputs, batch)
        return losses

    def tag_losses(self, states: Tensor, batch: Batch) -> dict[str, Tensor]:
        """Return the loss of each kind of tags that the batch has."""
        losses = {}
        for name, tagger in self.taggers.items():
            labels = batch.tags[name]
            if (labels != IGNORED).any():
                losses[name] = F.cross_entropy(tagger(states).flatten(0, 1), labels.flatten(), ignore_index=IGNORED)
        return losses

    def span_outputs(self, states: Tensor, mask: Tensor, spans: Tensor) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
        """Return log-probabilities of pointers ``[windows, spans, pieces]`` and logits of codes ``[.., labels]``."""
        first, last = spans.unbind(2)
        place = torch.arange(states.shape[1])
        inside = ((place >= first[..., None]) & (place <= last[..., None])).float()
        mean = torch.bmm(inside / inside.sum(2, keepdim=True), states)
        width = states.shape[2]
        ends = [states.gather(1, at[..., None].expand(-1, -1, width)) for at in (first, last)]
        whole = torch.cat([*ends, mean], 2)
        pointed, context = {}, []
        for role in POINTERS:
            scores = torch.bmm(self.query[role](whole), self.key[role](states).transpose(1, 2)) / POINTER_WIDTH**0.5
            pointed[role] = F.log_softmax(scores.float().masked_fill(~mask.bool()[:, None], -1e4), 2)
            if role in CONTEXT:
                context.append(torch.bmm(pointed[role].exp(), states))
        start = states[:, :1].expand(-1, whole.shape[1], -1)
        hidden = F.gelu(self.hidden(torch.cat([whole, *context, start], 2)))
        return pointed, {name: head(self.drop_code(hidden)) for name, head in self.codes.items()}

    def pointer_losses(self, pointed: dict[str, Tensor], batch: Batch) -> dict[str, Tensor]:
        """Return the loss of each pointer that the batch has labels for."""
        losses = {}
        for role, scores in pointed.items():
            known = batch.points[role].any(2)
            if known.any():
                right = scores[known].masked_fill(batch.points[role][known] == 0, -1e4)
                losses[role] = -right.logsumexp(1).mean()
        return losses

    def code_losses(self, outputs: dict[str, Tensor], batch: Batch) -> dict[str, Tensor]:
        """Return the loss of each code that the batch has labels for."""
        losses = {}
        for name, logits in outputs.items():
            labels = batch.codes[name]
            if name in CHOICES:
                if (labels != IGNORED).any():
                    losses[name] = F.cross_entropy(
                        logits.flatten(0, 1), labels.flatten(), ignore_index=IGNORED, label_smoothing=SMOOTHING
                    )
                continue
            known = labels[..., 0] != IGNORED
            if known.any():
                one = F.binary_cross_entropy_with_logits(logits[known], labels[known], reduction="none")
                losses[name] = one.sum(1).mean()
        return losses
