"""The data files that come with askdesk are those that were published."""

from __future__ import annotations

import importlib.resources

import pytest

from askdesk import inference, reader, tokens, weights
from askdesk.errors import ModelError
from askdesk.shipped import shipped

HASHES = {
    "minilm.onnx": inference.GRAPH_SHA256,
    reader.FILE: reader.SHA256,
    "tokens.gz": tokens.RANKS_SHA256,
    **weights.SHA256,
}


def test_every_file_has_its_hash() -> None:
    data = importlib.resources.files("askdesk").joinpath("data")
    assert {file.name for file in data.iterdir() if not file.name.endswith(".md")} == set(HASHES)
    for name, sha256 in HASHES.items():
        assert shipped(name, sha256)


def test_another_file_is_refused_by_name() -> None:
    for name in HASHES:
        with pytest.raises(ModelError, match=f"{name} is not the file.*reinstall askdesk"):
            shipped(name, "0" * 64)
    with pytest.raises(ModelError, match=r"none\.gz.*cannot be read"):
        shipped("none.gz", "0" * 64)


def test_each_is_compared_where_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inference, "GRAPH_SHA256", "0" * 64)
    with pytest.raises(ModelError, match=r"minilm\.onnx"):
        inference.OnnxEmbedder().embed(["a"])
    monkeypatch.setattr(reader, "SHA256", "0" * 64)
    with pytest.raises(ModelError, match=r"reader\.onnx"):
        reader.Reader().read("a", [("b", "c")])
    monkeypatch.setattr(tokens, "RANKS_SHA256", "0" * 64)
    with pytest.raises(ModelError, match=r"tokens\.gz"):
        tokens.encoding.__wrapped__()
    for name in weights.SHA256:
        monkeypatch.setitem(weights.SHA256, name, "0" * 64)
    for with_reader in (False, True):
        with pytest.raises(ModelError, match=r"answerer.*json"):
            weights.fitted.__wrapped__(with_reader)
