"""Writes the trained reader as one file for ONNX Runtime: ``src/askdesk/data/reader.onnx``.

The weights of the layers are whole numbers of 8 bits, one scale for each column; what goes into them is turned into
8 bits while it runs. The word embeddings were not trained: they stay in the default model's own file.

A weight between two such numbers becomes either by chance, the nearer one more often (Gupta et al. 2015, stochastic
rounding): what a last part of training changes is mostly less than half a step, and of weights that were whole numbers
before, as in a file that is trained on, rounding to the nearest would undo it.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from onnx import ModelProto, TensorProto, helper, save
from torch import Tensor

from askdesk.inference import checked_model_folder

from ..graph import Graph, encoder

LEVELS = 63
"""Largest whole number of a weight. Processors without VNNI add two products of 8 bits in 16: seven bits never overflow
there, as ONNX Runtime's own tool has it with ``reduce_range``."""


def by_chance(values: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """Returns whole numbers between -LEVELS and LEVELS whose expected values are ``values``."""
    return np.clip(np.floor(values + draw.random(values.shape)), -LEVELS, LEVELS).astype(np.int8)


def build(weights: dict[str, Tensor], whole: bool = False) -> ModelProto:
    """Returns the graph of a reader: ``input_ids`` and ``types`` int64 (n,); ``spans`` (n, 2), ``answers`` (1,).

    ``whole`` keeps the weights in 32 bits, to see what 8 bits cost.
    """
    folder = checked_model_folder()
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    graph = Graph(folder / "model.safetensors")
    draw = np.random.default_rng(0)

    def held(name: str) -> np.ndarray:
        return weights[name].numpy()

    def plain(inputs: str, name: str, of: str) -> str:
        weight, bias = graph.array(f"{of}.weight", held(f"{of}.weight")), graph.array(f"{of}.bias", held(f"{of}.bias"))
        return graph.node("Gemm", inputs, weight, bias, output=name, transB=1)

    def dense(inputs: str, name: str) -> str:
        if whole:
            return plain(inputs, name, f"encoder.{name}")
        columns = held(f"encoder.{name}.weight").T
        scale = np.abs(columns).max(0) / LEVELS
        return graph.node(
            "DynamicQuantizeMatMul",
            inputs,
            graph.array(f"{name}.weight", by_chance(columns / scale, draw)),
            graph.array(f"{name}.scale", scale.astype(np.float32)),
            graph.array(f"{name}.zero", np.zeros(len(scale), np.int8)),
            graph.array(f"{name}.bias", held(f"encoder.{name}.bias")),
            output=name,
            domain="com.microsoft",
        )

    def normalised(inputs: str, name: str) -> str:
        parts = [graph.array(f"{name}.{part}", held(f"encoder.{name}.{part}")) for part in ("weight", "bias")]
        return graph.node("LayerNormalization", inputs, *parts, output=name, epsilon=config["layer_norm_eps"])

    state = encoder(graph, config, "types", dense, normalised)
    plain(state, "spans", "spans")
    first = graph.node("Gather", state, "zero", output="first_state")
    answers = plain(first, "answers_row", "answers")
    graph.node("Reshape", answers, graph.constant("one_number", TensorProto.INT64, [1], 1), output="answers")
    return graph.model(
        "askdesk's reader",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["pieces"]) for name in ("input_ids", "types")],
        [
            helper.make_tensor_value_info("spans", TensorProto.FLOAT, ["pieces", 2]),
            helper.make_tensor_value_info("answers", TensorProto.FLOAT, [1]),
        ],
    )


def export(weights: dict[str, Tensor], target: Path) -> None:
    """Writes the file. ``askdesk.reader`` holds its hash, which is printed."""
    save(build(weights), target)
