"""Write the trained network as one int8 ONNX file: ``python -m training.export WORK/codes.pt [FOLDER]``.

The span heads' weights ride in the same file as constant outputs ``head.*``; labels and settings are its metadata.
What was written is run over our own articles beside the network, and refused where the two tag too many pieces unlike.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto

from parley.reading.local.model import FOLDER, Model
from parley.reading.local.windows import windows
from parley.reading.sentences import paragraphs
from training.data import LABELS, POINTERS, SETTINGS, WRITTEN
from training.graph import Floats, Graph, add_encoder
from training.network import CONTEXT, Network
from training.train import base_model

HEADS = ("query", "key", "hidden", "codes")
ALIKE_FROM = 0.94
"""Share of pieces that network and file must tag alike. Seven bits leave about 0.97."""
_COMPARED = 12


def export(network: Network, folder: Path) -> Path:
    """Write ``reader.onnx``, its hash and the vocabulary into *folder*; returns the model's path."""
    network.eval()
    target = folder / "reader.onnx"
    folder.mkdir(parents=True, exist_ok=True)
    model = _graph(network).model()
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


def _graph(network: Network) -> Graph:
    """Return the part that sees whole windows, encoder and taggers, and each head's weights in half precision."""
    graph, about = Graph(), network.encoder.config
    if about.hidden_act != "gelu":
        raise SystemExit(f"The graph knows GELU only, and the encoder has {about.hidden_act}.")
    states = add_encoder(
        graph, _weights(network.encoder),
        layers=about.num_hidden_layers, heads=about.num_attention_heads, epsilon=about.layer_norm_eps,
    )  # fmt: skip
    graph.node("Identity", states, name="states")
    graph.output("states", ["window", "piece", about.hidden_size])
    for name, tagger in network.taggers.items():
        held = _weights(tagger)
        graph.linear("states", held["weight"], held["bias"], name=name)
        graph.output(name, ["window", "piece", len(held["bias"])])
    for name, value in _weights(network).items():
        if name.split(".")[0] in HEADS:
            graph.node("Identity", graph.constant(f"weight.{name}", value.astype(np.float16)), name=f"head.{name}")
            graph.output(f"head.{name}", value.shape, TensorProto.FLOAT16)
    return graph


def _weights(part: torch.nn.Module) -> dict[str, Floats]:
    return {name: value.detach().float().numpy() for name, value in part.state_dict().items()}


def alike(network: Network, folder: Path) -> float:
    """Return the share of pieces in a dozen of our own articles that the network and the file in *folder* tag alike."""
    model = Model(folder)
    same: list[bool] = []
    for path in sorted(WRITTEN.glob("*.txt"))[:_COMPARED]:
        text = path.read_text(encoding="utf8")
        for window in windows(text, list(paragraphs(text)), model.vocabulary):
            seen, ids = model.see(window.ids), torch.tensor([window.ids])
            with torch.no_grad():
                states = network.encode(ids, torch.ones_like(ids))[0]
            for name, read in (("attributions", seen.attributions), ("statements", seen.statements)):
                same += (network.taggers[name](states).argmax(1).numpy() == read.argmax(1)).tolist()
    return sum(same) / len(same)


def main(arguments: list[str]) -> None:
    """Export a trained network."""
    network = Network(str(base_model()))
    network.load_state_dict(torch.load(arguments[0], weights_only=True))
    path = export(network, Path(arguments[1]) if len(arguments) > 1 else FOLDER)
    share = alike(network, path.parent)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB; tags {share:.3f} of the pieces as the network does")
    if share < ALIKE_FROM:
        raise SystemExit(f"The file is not the network: {ALIKE_FROM} was expected.")


if __name__ == "__main__":
    main(sys.argv[1:])
