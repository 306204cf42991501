"""Write the trained network as one int8 ONNX file: ``python -m training.export WORK/statements.pt [FOLDER]``.

The span heads' weights ride in the same file as constant outputs ``head.*``; labels and settings are its metadata.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from parley.reading.local.model import FOLDER
from training.data import LABELS, POINTERS
from training.network import CONTEXT, Network
from training.train import base_model

HEADS = ("query", "key", "hidden", "codes")
SETTINGS = Path(__file__).parent / "settings.json"


class _Trunk(nn.Module):
    """The part that sees whole windows: encoder and taggers."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        states = self.network.encode(ids, mask)
        return states, self.network.taggers["attributions"](states), self.network.taggers["statements"](states)


def export(network: Network, folder: Path) -> Path:
    """Write ``reader.onnx``, its hash and the vocabulary into *folder*; returns the model's path."""
    network.eval()
    target = folder / "reader.onnx"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        whole, small = Path(scratch) / "whole.onnx", Path(scratch) / "small.onnx"
        example = torch.tensor([[101, 2009, 102]])
        axes = {0: "window", 1: "piece"}
        torch.onnx.export(
            _Trunk(network), (example, torch.ones_like(example)), str(whole), opset_version=17, dynamo=False,
            input_names=["ids", "mask"], output_names=["states", "attributions", "statements"],
            dynamic_axes=dict.fromkeys(("ids", "mask", "states", "attributions", "statements"), axes),
        )  # fmt: skip
        quantize_dynamic(whole, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
        model = onnx.load(str(small))
    _add_heads(model, network)
    about = {"labels": json.dumps({**LABELS, "pointer": POINTERS, "context": CONTEXT}),
             "settings": SETTINGS.read_text(encoding="utf8")}  # fmt: skip
    for key, value in about.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.checker.check_model(model)
    onnx.save(model, str(target))
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    (folder / "reader.sha256").write_text(f"{digest}  reader.onnx\n", encoding="ascii")
    shutil.copyfile(base_model() / "vocab.txt", folder / "vocabulary.txt")
    return target


def _add_heads(model: onnx.ModelProto, network: Network) -> None:
    """Add each head's weights as a constant that is also an output, in half precision."""
    for name, value in network.state_dict().items():
        if name.split(".")[0] not in HEADS:
            continue
        array = value.detach().numpy().astype(np.float16)
        model.graph.initializer.append(numpy_helper.from_array(array, f"weight.{name}"))
        model.graph.node.append(helper.make_node("Identity", [f"weight.{name}"], [f"head.{name}"]))
        model.graph.output.append(helper.make_tensor_value_info(f"head.{name}", onnx.TensorProto.FLOAT16, array.shape))


def main(arguments: list[str]) -> None:
    """Export a trained network."""
    network = Network(str(base_model()))
    network.load_state_dict(torch.load(arguments[0], weights_only=True))
    path = export(network, Path(arguments[1]) if len(arguments) > 1 else FOLDER)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
