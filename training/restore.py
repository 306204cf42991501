"""Take the network's weights back from the shipped file: ``python -m training.restore WORK/taught.pt [FOLDER]``.

A network that was trained elsewhere, or whose checkpoints are lost, can so be trained on. The encoder's matrices come
back as the seven bits left them, the heads in half precision.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from parley.reading.local.model import FOLDER, checked
from training.graph import Floats
from training.network import Network
from training.train import base_model

_WORDS = "embeddings.word_embeddings.weight"
_POSITIONS = "embeddings.position_embeddings.weight"
_TYPES = "embeddings.token_type_embeddings.weight"


def restored(folder: Path) -> Network:
    """Return the network whose file lies in *folder*. Raises ReaderError where the file is missing or damaged."""
    held = {one.name: numpy_helper.to_array(one) for one in onnx.load_from_string(checked(folder)).graph.initializer}
    network = Network(str(base_model()))
    network.load({name: torch.from_numpy(np.array(_weight(held, name, value))) for name, value in _all(network)})
    return network


def _all(network: Network) -> list[tuple[str, Floats]]:
    return [(name, value.float().numpy()) for name, value in network.state_dict().items()]


def _weight(held: Mapping[str, np.ndarray], name: str, base: Floats) -> Floats:
    """Return a weight of the network by its *name*; what rides along with another weight is nothing by itself."""
    own = name.removeprefix("encoder.").removeprefix("taggers.")
    if f"weight.{name}" in held:
        return held[f"weight.{name}"].astype(np.float32)
    if own == _WORDS:
        return held["words"].astype(np.float32) * held["words.scale"]
    if own == _POSITIONS:
        return held["positions"]
    if own == _TYPES:
        return np.zeros_like(base)
    linear, _, kind = own.rpartition(".")
    if kind == "weight" and f"{linear}.scale" in held:
        factors = held.get(f"{linear}.smooth", np.ones(1, np.float32))
        return held[own].T.astype(np.float32) * held[f"{linear}.scale"][:, None] * factors
    return held[own]


def main(arguments: list[str]) -> None:
    """Write the shipped network's weights."""
    network = restored(Path(arguments[1]) if len(arguments) > 1 else FOLDER)
    torch.save(network.state_dict(), arguments[0])


if __name__ == "__main__":
    main(sys.argv[1:])
