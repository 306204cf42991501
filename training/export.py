"""Write the trained network as one int8 ONNX file: ``python -m training.export WORK/last.pt [FOLDER]``.

The span heads' weights ride in the same file as constant outputs ``head.*``; labels and settings are its metadata.
What was written is run over our own articles beside the network, and refused where the two tag too many pieces unlike.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator
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
from training.train import base_model, vocabulary

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
        graph, _weights(network.encoder), peaks(network),
        layers=about.num_hidden_layers, head_size=about.hidden_size // about.num_attention_heads,
        epsilon=about.layer_norm_eps,
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


def _written() -> Iterator[list[int]]:
    """Yield the windows of a dozen of our own articles."""
    words = vocabulary()
    for path in sorted(WRITTEN.glob("*.txt"))[:_COMPARED]:
        text = path.read_text(encoding="utf8")
        yield from (window.ids for window in windows(text, list(paragraphs(text)), words))


def peaks(network: Network) -> dict[str, Floats]:
    """Return the largest input of each channel of the feed-forward matrices, by the matrix's name."""
    held: dict[str, torch.Tensor] = {}

    def note(name: str) -> Callable[[torch.nn.Module, tuple[torch.Tensor, ...]], None]:
        def hook(_: torch.nn.Module, given: tuple[torch.Tensor, ...]) -> None:
            most = given[0].detach().abs().flatten(0, 1).amax(0)
            held[name] = torch.maximum(held[name], most) if name in held else most

        return hook

    hooks = [
        part.register_forward_pre_hook(note(name))
        for name, part in network.encoder.named_modules()
        if name.endswith(("intermediate.dense", "output.dense"))
    ]
    with torch.no_grad():
        for row in _written():
            network.encode(torch.tensor([row]), torch.ones(1, len(row), dtype=torch.long))
    for hook in hooks:
        hook.remove()
    return {name: most.numpy() for name, most in held.items()}


def alike(network: Network, folder: Path) -> float:
    """Return the share of pieces in a dozen of our own articles that the network and the file in *folder* tag alike."""
    model = Model(folder)
    same: list[bool] = []
    for row in _written():
        seen, ids = model.see(row), torch.tensor([row])
        with torch.no_grad():
            states = network.encode(ids, torch.ones_like(ids))[0]
        for name, read in (("attributions", seen.attributions), ("statements", seen.statements)):
            same += (network.taggers[name](states).argmax(1).numpy() == read.argmax(1)).tolist()
    return sum(same) / len(same)


def main(arguments: list[str]) -> None:
    """Export a trained network."""
    network = Network(str(base_model()))
    network.load(torch.load(arguments[0], weights_only=True))
    path = export(network, Path(arguments[1]) if len(arguments) > 1 else FOLDER)
    share = alike(network, path.parent)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB; tags {share:.3f} of the pieces as the network does")
    if share < ALIKE_FROM:
        raise SystemExit(f"The file is not the network: {ALIKE_FROM} was expected.")


if __name__ == "__main__":
    main(sys.argv[1:])
