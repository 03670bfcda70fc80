"""Writes graphs of the default model's architecture for ONNX Runtime, for one text a run.

BERT (Devlin et al. 2019, https://arxiv.org/abs/1810.04805) is small enough to be written down here. One text a run
means no padding and no mask, and that a result cannot depend on what else is computed with it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper


class Graph:
    """Collects nodes and the weights they use, in the order they are asked for."""

    def __init__(self, weights_file: Path) -> None:
        self.nodes: list[NodeProto] = []
        self.weights: dict[str, TensorProto] = {}
        self.weights_file = weights_file
        with weights_file.open("rb") as file:
            header_size = int.from_bytes(file.read(8), "little")
            self.stored = json.loads(file.read(header_size))
        self.first_byte = 8 + header_size

    def weight(self, name: str) -> str:
        """Declares a float32 weight by its place in the safetensors file, which ONNX Runtime maps into memory.

        The format is described at https://github.com/huggingface/safetensors#format.
        """
        stored = self.stored[name]
        assert stored["dtype"] == "F32", f"{name} is {stored['dtype']}"
        start, end = stored["data_offsets"]
        tensor = TensorProto(
            name=name, data_type=TensorProto.FLOAT, dims=stored["shape"], data_location=TensorProto.EXTERNAL
        )
        tensor.external_data.add(key="location", value=self.weights_file.name)
        tensor.external_data.add(key="offset", value=str(self.first_byte + start))
        tensor.external_data.add(key="length", value=str(end - start))
        self.weights[name] = tensor
        return name

    def constant(self, name: str, data_type: int, values: list[int] | list[float], *shape: int) -> str:
        """Adds a small constant, kept inside the graph."""
        self.weights[name] = helper.make_tensor(name, data_type, shape, values)
        return name

    def array(self, name: str, values: np.ndarray) -> str:
        """Adds a weight that is kept inside the graph."""
        self.weights[name] = numpy_helper.from_array(values, name)
        return name

    def node(self, operation: str, *inputs: str, output: str, domain: str = "", **attributes: object) -> str:
        """Adds one operation with one output and returns the output's name."""
        self.nodes.append(helper.make_node(operation, list(inputs), [output], name=output, domain=domain, **attributes))
        return output

    def model(self, name: str, inputs: list[ValueInfoProto], outputs: list[ValueInfoProto]) -> ModelProto:
        """Returns all that was added as one graph."""
        return helper.make_model(
            helper.make_graph(self.nodes, name, inputs, outputs, list(self.weights.values())),
            opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)],
            ir_version=9,
            producer_name="askdesk",
        )


Layer = Callable[[str, str], str]
"""Takes the name of an input and that of a weight, without ``.weight``, and returns the name of the output."""


def encoder(graph: Graph, config: dict[str, int], kinds: str, dense: Layer, normalised: Layer) -> str:
    """Adds the encoder for the pieces ``input_ids`` of the ``kinds`` and returns its last state, (pieces, hidden).

    The embeddings are those of the default model; ``dense`` and ``normalised`` add the layers behind them.
    """
    hidden, heads = config["hidden_size"], config["num_attention_heads"]
    graph.constant("zero", TensorProto.INT64, [0], 1)
    first = graph.constant("first", TensorProto.INT64, [0])
    one = graph.constant("one", TensorProto.INT64, [1])
    by_position = graph.constant("by_position", TensorProto.INT64, [1, -1, hidden], 3)
    flat = graph.constant("flat", TensorProto.INT64, [-1, hidden], 2)

    words = graph.weight("embeddings.word_embeddings.weight")
    positions = graph.weight("embeddings.position_embeddings.weight")
    types = graph.weight("embeddings.token_type_embeddings.weight")
    length = graph.node("Size", "input_ids", output="length")
    position_ids = graph.node("Range", first, length, one, output="position_ids")
    word = graph.node("Gather", words, "input_ids", output="word")
    kind = graph.node("Gather", types, kinds, output="kind")
    position = graph.node("Gather", positions, position_ids, output="position")
    summed = graph.node("Add", graph.node("Add", word, kind, output="word_kind"), position, output="summed")
    state = stored_norm(graph, config)(summed, "embeddings.LayerNorm")

    for layer in range(config["num_hidden_layers"]):
        at = f"encoder.layer.{layer}"
        parts = [
            graph.node("Reshape", dense(state, f"{at}.attention.self.{part}"), by_position, output=f"{at}.{part}")
            for part in ("query", "key", "value")
        ]
        attended = graph.node(
            "MultiHeadAttention",
            *parts,
            output=f"{at}.attended",
            domain="com.microsoft",
            num_heads=heads,
            scale=1 / math.sqrt(hidden // heads),
        )
        attended = graph.node("Reshape", attended, flat, output=f"{at}.flat")
        attended = dense(attended, f"{at}.attention.output.dense")
        attended = graph.node("Add", attended, state, output=f"{at}.attention.sum")
        state = normalised(attended, f"{at}.attention.output.LayerNorm")
        widened = dense(state, f"{at}.intermediate.dense")
        widened = graph.node("Gelu", widened, output=f"{at}.gelu")
        narrowed = dense(widened, f"{at}.output.dense")
        narrowed = graph.node("Add", narrowed, state, output=f"{at}.sum")
        state = normalised(narrowed, f"{at}.output.LayerNorm")
    return state


def stored_dense(graph: Graph) -> Layer:
    """Returns what adds a dense layer of the default model."""

    def dense(inputs: str, name: str) -> str:
        return graph.node(
            "Gemm", inputs, graph.weight(f"{name}.weight"), graph.weight(f"{name}.bias"), output=name, transB=1
        )

    return dense


def stored_norm(graph: Graph, config: dict[str, float]) -> Layer:
    """Returns what adds a layer norm of the default model."""

    def normalised(inputs: str, name: str) -> str:
        return graph.node(
            "LayerNormalization",
            inputs,
            graph.weight(f"{name}.weight"),
            graph.weight(f"{name}.bias"),
            output=name,
            epsilon=config["layer_norm_eps"],
        )

    return normalised
