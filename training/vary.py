"""Let the narrow network read again: ``python -m training.vary SHARED WORK``.

A network knows the articles that it has often seen by heart. Here they come told anew, in other windows and with other
names (`retell.py`), and it learns to say of each statement what it said of it as it was (WORK/taught.pt; where that is
lost, `restore.py` takes it from the shipped file) and what the coders say. Writes WORK/varied.pt. Seeded; run again to
go on after a stop.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from parley.reading.local.windows import windows
from parley.reading.sentences import paragraphs
from training.data import CODED, WRITTEN, Sample, attributed, attributed_articles, coded_articles, hand_coded, labelled
from training.narrow import divergence
from training.network import SETS, Batch, Network
from training.retell import Teller
from training.teach import said
from training.train import SEED, Stage, base_model, folders, train_stage, vocabulary

TELLINGS = 4
"""Times that each coded article is told anew."""
VARIED = Stage("varied", 0.0, 0.5, 1.0, 5.0e-5, 0.02, codes=1.8, hidden=0.05)
SHARE = 0.5
"""What the network's own answer counts for beside the coders'."""
Article = tuple[str, list[dict[str, Any]]]


def articles(shared: Path) -> list[Article]:
    """Return the coded articles to train on with their statements."""
    corpus = shared / "corpus"
    given = ((corpus / "train.jsonl", corpus / "train"), (CODED, corpus / "more"), (WRITTEN / "codes.jsonl", WRITTEN))
    return [article for codes, folder in given for article in coded_articles(hand_coded(codes), folder)]


def answers(network: Network, samples: Sequence[Sample]) -> dict[str, dict[str, Tensor]]:
    """Return what the network says of the codes of each statement, by its key."""
    found = {}
    for sample, (_, codes) in zip(samples, said(network, samples), strict=True):
        for n, item in enumerate(sample.items):
            if item.key is not None:
                found[item.key] = {name: values[n].float() for name, values in codes.items()}
    return found


def losses(network: Network, batch: Batch, told: Mapping[str, Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """Return the loss of each task; of codes that *told* has, the mean of that by it and that by the coders."""
    states = network.drop(network.encode(batch.ids, batch.mask).float())
    found = network.tag_losses(states, batch)
    pointed, codes = network.span_outputs(states, batch.mask, batch.spans)
    found |= network.pointer_losses(pointed, batch)
    places = [
        (row, n, item.key)
        for row, sample in enumerate(batch.samples)
        for n, item in enumerate(sample.items)
        if item.key in told
    ]
    if not places:
        return found
    rows, spans, keys = zip(*places, strict=True)
    for name, hard in network.code_losses(codes, batch).items():
        made = codes[name][list(rows), list(spans)].float()
        made = made if name in SETS else F.log_softmax(made, -1)
        soft = divergence(name, made, torch.stack([told[key][name] for key in keys]))
        found[name] = SHARE * soft + (1 - SHARE) * hard
    return found


def main(arguments: Sequence[str]) -> None:
    """Tell the articles anew, train on them, and write ``WORK/varied.pt``."""
    shared, work = folders(__doc__, arguments)
    words, coded = vocabulary(), articles(shared)
    others = list(attributed_articles(shared / "polnear" / "train"))
    teller = Teller([row for _, rows in coded for row in rows], SEED)
    network = Network(str(base_model()))
    network.load(torch.load(work / "taught.pt", weights_only=True))
    known = [labelled(w, rows, text) for text, rows in coded for w in windows(text, list(paragraphs(text)), words)]
    for text, found, own in others:
        known += [attributed(window, found, own) for window in windows(text, list(paragraphs(text)), words)]
    told = answers(deepcopy(network), known)
    anew: list[Sample] = []
    for text, rows in coded * TELLINGS:
        other, moved = teller.renamed(text, rows)
        anew += [labelled(window, moved, other) for window in teller.cut(other, words)]
    cut = [attributed(window, found, own) for text, found, own in others for window in teller.cut(text, words)]
    torch.manual_seed(SEED)
    train_stage(
        network, VARIED, {"attributed": cut, "statements": anew}, work, lambda batch: losses(network, batch, told)
    )


if __name__ == "__main__":
    main(sys.argv[1:])
