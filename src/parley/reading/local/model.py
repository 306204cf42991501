"""The trained network at run time: one ONNX file, run window by window, and its span heads in NumPy.

Windows are run one at a time and quantised activations are scaled per window, so what the model sees in one window
never depends on another, on how many threads there are, or on what was read before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from parley.errors import ReaderError
from parley.reading.local.wordpiece import CLS, SEP, WordPiece

FOLDER = Path(__file__).parent / "weights"
"""Where the package keeps ``reader.onnx``, ``reader.sha256``, ``vocabulary.txt`` and the model card."""

Floats = npt.NDArray[np.float32]
_MEND = "Install Parley again, or read with --reader rules."


@dataclass(frozen=True, slots=True)
class Seen:
    """What the encoder makes of one window: vectors ``[pieces, width]`` and log-probabilities ``[pieces, tags]``.

    The first and the last piece are the window's end marks.
    """

    states: Floats
    attributions: Floats
    statements: Floats


@dataclass(frozen=True, slots=True)
class Linked:
    """What the heads make of spans: who they belong to and what they are.

    ``points``: role -> probabilities ``[spans, pieces]``, piece 0 standing for "none"; ``codes``: head ->
    probabilities ``[spans, labels]``; ``vectors``: ``[spans, width]``, for issues that a user adds.
    """

    points: Mapping[str, Floats]
    codes: Mapping[str, Floats]
    vectors: Floats


class Model:
    """The model file, loaded. Raises ReaderError where it is missing or damaged."""

    def __init__(self, folder: Path = FOLDER, *, threads: int = 1) -> None:
        import onnxruntime  # takes a tenth of a second, which commands that read nothing need not pay

        data = checked(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        about = self._session.get_modelmeta().custom_metadata_map
        self.labels: dict[str, tuple[str, ...]] = {k: tuple(v) for k, v in json.loads(about["labels"]).items()}
        self.settings: dict[str, Any] = json.loads(about["settings"])
        self.vocabulary = WordPiece((folder / "vocabulary.txt").read_text(encoding="utf8").splitlines())

    @cached_property
    def _heads(self) -> dict[str, Floats]:
        """Weights of the span heads, kept in the same file as constant outputs.

        Matrices lie as they are multiplied by, ``[in, out]``: BLAS takes them so in half the time.
        """
        names = [output.name for output in self._session.get_outputs() if output.name.startswith("head.")]
        values = self._session.run(names, _feed([CLS, SEP]))
        turned = (v if name.startswith("head.key.") else v.T for name, v in zip(names, values, strict=True))
        return {
            name.removeprefix("head."): np.ascontiguousarray(v, np.float32)
            for name, v in zip(names, turned, strict=True)
        }

    def see(self, ids: Sequence[int]) -> Seen:
        """Run the encoder and the taggers over one window's ids."""
        states, attributions, statements = self._session.run(["states", "attributions", "statements"], _feed(ids))
        return Seen(states[0], _log_softmax(attributions[0]), _log_softmax(statements[0]))

    def link(self, windows: Sequence[tuple[Floats, Sequence[tuple[int, int]]]]) -> list[Linked]:
        """Run the span heads over the spans of several windows at once: their weights are large, spans few.

        *windows*: the states of each, and its spans by their first and last piece.
        """
        cuts = np.cumsum([len(spans) for _, spans in windows])[:-1]
        whole, rest, points = self._seen_from(windows, cuts)
        heads = self._heads
        vectors = _gelu(np.concatenate([whole, rest], 1) @ heads["hidden.weight"] + heads["hidden.bias"])
        codes = {}
        for name in ("act", "mode", "stance", "voice", "issue", "modifier"):
            logits = vectors @ heads[f"codes.{name}.weight"] + heads[f"codes.{name}.bias"]
            chances = _sigmoid(logits) if name in ("issue", "modifier") else np.exp(_log_softmax(logits))
            codes[name] = np.split(chances, cuts)
        return [
            Linked(
                dict(zip(self.labels["pointer"], pointed, strict=True)),
                {name: parts[n] for name, parts in codes.items()},
                part,
            )
            for n, (pointed, part) in enumerate(zip(points, np.split(vectors, cuts), strict=True))
        ]

    def _seen_from(
        self, windows: Sequence[tuple[Floats, Sequence[tuple[int, int]]]], cuts: npt.NDArray[np.int64]
    ) -> tuple[Floats, Floats, list[Floats]]:
        """Return what the code heads take, the spans' own part and the rest, and where each window's spans point
        ``[roles, spans, pieces]``.
        """
        roles = self.labels["pointer"]
        whole = np.concatenate([_whole(states, spans) for states, spans in windows])
        points, rest = [], []
        for (states, spans), asked in zip(windows, np.split(self._asked(whole), cuts, 1), strict=True):
            pointed = np.exp(_log_softmax(asked @ states.T))
            context = [pointed[roles.index(role)] @ states for role in self.labels["context"]]
            points.append(pointed)
            rest.append(np.concatenate([*context, np.repeat(states[:1], len(spans), 0)], 1))
        return whole, np.concatenate(rest), points

    def _asked(self, whole: Floats) -> Floats:
        """Return what spans, given by their *whole* vectors, ask of the pieces in each role: ``[roles, spans, width]``.

        The few queries are taken to the many pieces, not these to the queries. The keys' bias weighs nothing: it is the
        same for each piece.
        """
        heads = self._heads
        asked = []
        for role in self.labels["pointer"]:
            query = whole @ heads[f"query.{role}.weight"] + heads[f"query.{role}.bias"]
            asked.append(query @ heads[f"key.{role}.weight"] / np.sqrt(np.float32(query.shape[1])))
        return np.stack(asked)


@lru_cache(maxsize=1)  # a process that checks before it loads need not read and hash the file twice
def checked(folder: Path) -> bytes:
    """Return the model file's bytes. Raises ReaderError where it is missing or is not the file that was shipped."""
    path, expected = folder / "reader.onnx", folder / "reader.sha256"
    try:
        data, digest = path.read_bytes(), expected.read_text(encoding="ascii").split()[0]
    except (OSError, IndexError, UnicodeDecodeError):
        raise ReaderError(f"The local reader's model is missing or cannot be read: {path}. {_MEND}") from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise ReaderError(f"The local reader's model is damaged: {path} is not the file that was shipped. {_MEND}")
    return data


def _whole(states: Floats, spans: Sequence[tuple[int, int]]) -> Floats:
    """Return for each span its first, its last and its mean state, side by side."""
    means = [states[first : last + 1].mean(0) for first, last in spans]
    return np.concatenate([*states[np.array(spans).T], means], 1)


def _feed(ids: Sequence[int]) -> dict[str, npt.NDArray[np.int64]]:
    return {"ids": np.array([ids], np.int64)}


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)), np.float32)


def _sigmoid(scores: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(scores, -30.0, 30.0))), np.float32)


def _gelu(x: Floats) -> Floats:
    """Exact GELU (Hendrycks and Gimpel 2016) by the error function of Abramowitz and Stegun 7.1.26 (error < 1.5e-7)."""
    z = np.abs(x) / np.sqrt(np.float32(2.0))
    t = 1.0 / (1.0 + 0.3275911 * z)
    tail = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
    erf = np.sign(x) * (1.0 - tail * np.exp(-z * z))
    return np.asarray(0.5 * x * (1.0 + erf), np.float32)
