"""The network as an int8 graph of the operators that onnxruntime runs fastest on a processor.

Built by hand: an exported graph leaves attention in a dozen operators, and onnxruntime's own fusing makes slow ones of
the sums before layer norms. Activations are scaled as they come, window by window. Weights get 7 bits, not 8: without
VNNI the kernels add two products in 16 bits, and 2 * 255 * 64 still fits. Before a matrix whose inputs have outlying
channels, these are made smaller and its columns larger by the same factors (SmoothQuant, Xiao and others 2023,
equation 4), so that one channel does not take the whole scale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

MOST_WEIGHT = 64
MOST_WORD = 127
"""Largest int8 of a weight, and of an embedding, which is only looked up."""
_CONTRIB = "com.microsoft"
_LEAST_SCALE = 1e-12
SHIFTED = 0.65
"""How much of an outlying channel's size moves from the inputs to the weights: SmoothQuant's alpha."""
Floats = npt.NDArray[np.float32]


class Graph:
    """Collects the nodes and constants of a graph."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._outputs: list[onnx.ValueInfoProto] = []

    def constant(self, name: str, value: npt.NDArray) -> str:
        """Add a constant and return its name."""
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, *inputs: str, name: str, domain: str = "", **attributes: float) -> str:
        """Add a node with one output and return the output's name, which is *name*."""
        self._nodes.append(helper.make_node(kind, list(inputs), [name], name=name, domain=domain, **attributes))
        return name

    def linear(self, states: str, weight: Floats, bias: Floats, *, name: str) -> str:
        """Multiply by a weight ``[out, in]`` in int8, each of its rows scaled by itself, and add the bias."""
        values, scales = quantised(weight, MOST_WEIGHT)
        held = [self.constant(f"{name}.weight", values.T), self.constant(f"{name}.scale", scales[:, 0])]
        bias_name = self.constant(f"{name}.bias", bias)
        return self.node("DynamicQuantizeMatMul", states, *held, "", bias_name, name=name, domain=_CONTRIB)

    def normed_sum(self, one: str, other: str, weight: Floats, bias: Floats, *, epsilon: float, name: str) -> str:
        """Add two states and norm the layer. Sum, not Add: onnxruntime would fuse Add and norm into a slower node."""
        total = self.node("Sum", one, other, name=f"{name}.sum")
        held = [self.constant(f"{name}.weight", weight), self.constant(f"{name}.bias", bias)]
        return self.node("LayerNormalization", total, *held, name=name, axis=-1, epsilon=epsilon)

    def output(self, name: str, shape: Sequence[int | str], kind: int = TensorProto.FLOAT) -> None:
        """Make a node's output one of the graph's."""
        self._outputs.append(helper.make_tensor_value_info(name, kind, shape))

    def model(self) -> onnx.ModelProto:
        """Return the model, which takes ``ids [window, piece]``."""
        taken = helper.make_tensor_value_info("ids", TensorProto.INT64, ["window", "piece"])
        graph = helper.make_graph(self._nodes, "reader", [taken], self._outputs, self._constants)
        sets = [helper.make_opsetid("", 17), helper.make_opsetid(_CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=sets, ir_version=8)


def quantised(weight: Floats, most: int) -> tuple[npt.NDArray[np.int8], Floats]:
    """Return int8 values of a matrix, and the scale of each row as a column."""
    scales = np.maximum(np.abs(weight).max(1, keepdims=True) / most, _LEAST_SCALE).astype(np.float32)
    return np.rint(weight / scales).astype(np.int8), scales


def add_encoder(
    graph: Graph,
    weights: Mapping[str, Floats],
    peaks: Mapping[str, Floats],
    *,
    layers: int,
    head_size: int,
    epsilon: float,
) -> str:
    """Add a BERT encoder by the *weights* of transformers' ``BertModel``; return the name of its last states.

    ``peaks``: of some of its matrices, by name, the largest input of each channel on usual text.
    """
    states = _embedded(graph, weights, epsilon)
    for number in range(layers):
        states = _layer(graph, states, weights, peaks, f"encoder.layer.{number}.", head_size, epsilon)
    return states


def smoothing(weight: Floats, peak: Floats) -> Floats:
    """Return the factor of each input channel that moves outliers from the inputs to the weight's columns."""
    factors = np.maximum(peak, 1e-5) ** SHIFTED / np.maximum(np.abs(weight).max(0), 1e-5) ** (1.0 - SHIFTED)
    return (factors / np.exp(np.log(factors).mean())).astype(np.float32)


def _embedded(graph: Graph, weights: Mapping[str, Floats], epsilon: float) -> str:
    values, scales = quantised(weights["embeddings.word_embeddings.weight"], MOST_WORD)
    rows = graph.node("Gather", graph.constant("words", values), "ids", name="words.rows")
    scale = graph.node("Gather", graph.constant("words.scale", scales), "ids", name="words.scales")
    words = graph.node("Mul", graph.node("Cast", rows, name="words.cast", to=TensorProto.FLOAT), scale, name="words.of")
    known = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    first = graph.constant("positions.first", np.zeros(1, np.int64))
    length = graph.node("Shape", "ids", name="positions.length", start=1, end=2)
    positions = graph.node("Slice", graph.constant("positions", known), first, length, name="positions.of")
    return _normed(graph, words, positions, weights, "embeddings.LayerNorm", epsilon)


def _layer(
    graph: Graph,
    states: str,
    weights: Mapping[str, Floats],
    peaks: Mapping[str, Floats],
    at: str,
    head_size: int,
    epsilon: float,
) -> str:
    parts = [_linear(graph, states, weights, f"{at}attention.self.{part}") for part in ("query", "key", "value")]
    heads = len(weights[f"{at}attention.self.query.weight"]) // head_size
    seen = graph.node("MultiHeadAttention", *parts, name=f"{at}attention", domain=_CONTRIB, num_heads=heads)
    out = _linear(graph, seen, weights, f"{at}attention.output.dense")
    states = _normed(graph, out, states, weights, f"{at}attention.output.LayerNorm", epsilon)
    wide = _smoothed(graph, states, weights, peaks, f"{at}intermediate.dense")
    wide = graph.node("Gelu", wide, name=f"{at}gelu", domain=_CONTRIB)
    out = _smoothed(graph, wide, weights, peaks, f"{at}output.dense")
    return _normed(graph, out, states, weights, f"{at}output.LayerNorm", epsilon)


def _smoothed(graph: Graph, states: str, weights: Mapping[str, Floats], peaks: Mapping[str, Floats], name: str) -> str:
    weight = weights[f"{name}.weight"]
    factors = smoothing(weight, peaks[name])
    states = graph.node("Mul", states, graph.constant(f"{name}.smooth", 1.0 / factors), name=f"{name}.smoothed")
    return graph.linear(states, weight * factors, weights[f"{name}.bias"], name=name)


def _linear(graph: Graph, states: str, weights: Mapping[str, Floats], name: str) -> str:
    return graph.linear(states, weights[f"{name}.weight"], weights[f"{name}.bias"], name=name)


def _normed(graph: Graph, one: str, other: str, weights: Mapping[str, Floats], name: str, epsilon: float) -> str:
    return graph.normed_sum(one, other, weights[f"{name}.weight"], weights[f"{name}.bias"], epsilon=epsilon, name=name)
