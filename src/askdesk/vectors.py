"""The vector index of one generation: texts ranked by how near their vectors are to that of a question.

An index is one Chroma collection, in a folder of its own or on a server that the user named. Once filled and
closed it is only read. Vectors are of length 1; the nearness is their inner product, which is then the
cosine.

Entries are texts, by their hash, and not passages: of 6,000 entries half of which were one and the same text,
a search found a quarter of the true nearest, because equal vectors link to one another only and cut the graph
in parts.
"""

from __future__ import annotations

import functools
import os
import shutil
import threading
import urllib.parse
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askdesk.errors import StoreDamaged, StoreError, StoreFull, is_failure

if TYPE_CHECKING:
    from askdesk.types import Vectors

# Graph settings of HNSW (Malkov and Yashunin 2018). Chroma builds the graph in an order left to chance, so
# that two builds differ; with 1,000 candidates a search found all of the true 100 nearest in both (20,000
# random vectors around 200 centres, 3 to 5 ms a search; with 200 candidates it missed 1 in 300).
_SETTINGS = {
    "space": "ip",
    "ef_construction": 200,
    "ef_search": 1_000,
    "max_neighbors": 32,
    # Every write reaches the files at once. Otherwise up to 1,000 entries stay in a log that each opening
    # replays, and a mere search then writes to the folder.
    "sync_threshold": 1,
    "batch_size": 1,
}
_NAME = "passages"
_MARGIN = 50
_ROOM = 10_000_000
_SIGNS_OF_A_FULL_DISK = (
    "disk is full",
    "no space left",
    "disk i/o",
    "readonly",
    "read-only",
    "permission denied",
    "file too large",
    "unable to open database",
    "quota",
)
# Chroma shares one engine among the clients of a folder, and counts them without a lock. Reentrant, because
# the garbage collector may close an index in the middle of opening another.
_opening = threading.RLock()


@dataclass(frozen=True, slots=True)
class Folder:
    """A place for an index: a folder of its own."""

    path: Path
    repair: str = "askdesk repair"
    """The command that builds the index anew, for messages."""

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class Server:
    """A place for an index: the collection ``name`` on the Chroma server at ``address``
    (``http://host:port`` or ``host:port``)."""

    address: str
    name: str
    repair: str = "askdesk repair"
    """The command that builds the index anew, for messages."""

    def __str__(self) -> str:
        return f"{self.name} on {self.address}"


class VectorIndex:
    """An index at ``place``, open until ``close``; made there if ``create``. Thread-safe for reading.

    Raises StoreDamaged where there is none or it cannot be read, StoreFull where the disk takes no more, and
    StoreError where the server does not answer.
    """

    def __init__(self, place: Folder | Server, create: bool = False) -> None:
        self._place = place
        if isinstance(place, Folder):
            if create:
                _make_folder(place.path)
            elif not (place.path / "chroma.sqlite3").is_file():
                raise StoreDamaged(f"{place}: the vector index is gone; run: {place.repair}")
        self._close: Callable[[], object] = lambda: None
        with _mapped(place), _opening:
            if isinstance(place, Folder):
                name, self._client = _NAME, _folder_client(place.path)
                close = weakref.finalize(self, _shut, self._client)
                close.atexit = False
                self._close = close
            else:
                name, self._client = place.name, _server_client(place.address)
            if create:
                self._collection = self._client.create_collection(
                    name, configuration={"hnsw": _SETTINGS}, embedding_function=None
                )
            else:
                self._collection = self._client.get_collection(name, embedding_function=None)

    def close(self) -> None:
        """Frees files and connections; closing twice is no error."""
        self._close()

    @property
    def count(self) -> int:
        """How many texts it holds."""
        with _mapped(self._place):
            return int(self._collection.count())

    def add(self, hashes: Sequence[str], vectors: Vectors) -> None:
        """Puts in texts by their hashes, each with its vector (a row of length 1)."""
        with _mapped(self._place):
            most = int(self._client.get_max_batch_size())
            for at in range(0, len(hashes), most):
                self._collection.upsert(ids=list(hashes[at : at + most]), embeddings=vectors[at : at + most])

    def delete(self, hashes: Sequence[str]) -> None:
        """Takes out the texts of these hashes."""
        with _mapped(self._place):
            most = int(self._client.get_max_batch_size())
            for at in range(0, len(hashes), most):
                self._collection.delete(ids=list(hashes[at : at + most]))

    def entries(self, batch: int = 2_000) -> Iterator[tuple[list[str], Vectors]]:
        """All it holds, in batches of (text hashes, vectors as rows)."""
        import numpy as np

        for at in range(0, self.count, batch):
            with _mapped(self._place):
                got = self._collection.get(limit=batch, offset=at, include=["embeddings"])
            yield list(got["ids"]), np.asarray(got["embeddings"], dtype=np.float32)

    def nearest(
        self, vectors: Vectors, limit: int, among: Sequence[str] | None = None
    ) -> list[list[tuple[str, float]]]:
        """For each row of ``vectors`` the nearest texts, as (hash, cosine), best first, then by hash.

        ``among`` restricts the search to texts of these hashes, each of which must be held: 30 ms for 10,000
        of them, where a filter on metadata takes 70. Cosines are rounded to six places.
        """
        count = self.count
        if not count or not len(vectors) or (among is not None and not among):
            return [[] for _ in vectors]
        with _mapped(self._place):
            got: dict[str, Any] = self._collection.query(
                query_embeddings=vectors,
                n_results=min(limit + _MARGIN, count),
                ids=None if among is None else list(among),
                include=["distances"],
            )
        lists = []
        for ids, distances in zip(got["ids"], got["distances"], strict=True):
            # For the inner product Chroma's distance is 1 - similarity.
            scored = [(str(id), round(1.0 - float(far), 6)) for id, far in zip(ids, distances, strict=True)]
            scored.sort(key=lambda pair: (-pair[1], pair[0]))
            lists.append(scored[:limit])
        return lists


def server_names(place: Server) -> list[str]:
    """The names of all collections on the server of ``place`` that begin with its name."""
    with _mapped(place):
        client = _server_client(place.address)
        names: list[str] = []
        while got := client.list_collections(limit=100, offset=len(names)):
            names += [str(collection.name) for collection in got]
        return [name for name in names if name.startswith(place.name)]


def drop(place: Server) -> None:
    """Deletes the index at ``place``."""
    with _mapped(place):
        _server_client(place.address).delete_collection(place.name)


def _settings() -> Any:
    from chromadb.config import Settings

    # No .env file of the working directory has a say in how a store is opened.
    return Settings(_env_file=None, anonymized_telemetry=False)


def _folder_client(path: Path) -> Any:
    import chromadb

    return chromadb.PersistentClient(path=str(path), settings=_settings())


@functools.cache
def _server_client(address: str) -> Any:
    """One for each address and for good: Chroma's client does not end its connections when it is closed."""
    import chromadb

    parts = urllib.parse.urlsplit(address if "://" in address else f"http://{address}")
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in ("http", "https") or not parts.hostname or port == -1 or parts.path not in ("", "/"):
        raise StoreError(
            f"{address!r} is no address of a Chroma server; write it like http://127.0.0.1:8000 or 127.0.0.1:8000"
        )
    secure = parts.scheme == "https"
    port = port or (443 if secure else 8000)
    return chromadb.HttpClient(host=parts.hostname, port=port, ssl=secure, settings=_settings())


def _shut(client: Any) -> None:
    with _opening:
        client.close()


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True)
    except OSError as error:
        raise StoreFull(
            f"{path}: cannot be made ({error.strerror}); free some space or make the store's folder writable"
        ) from error


@contextmanager
def _mapped(place: Folder | Server) -> Iterator[None]:
    """Turns whatever Chroma raises into an error of the store."""
    try:
        yield
    except StoreError:
        raise
    except BaseException as error:
        if not is_failure(error):
            raise
        said = " ".join(str(error).split())[:300]
        if isinstance(place, Server):
            raise StoreError(
                f"{place}: the Chroma server failed ({said}); start it, then run: {place.repair}"
            ) from error
        if any(sign in said.lower() for sign in _SIGNS_OF_A_FULL_DISK) or _no_room(place.path):
            raise StoreFull(
                f"{place}: the vector index cannot be written ({said}); free some space or make the folder "
                "writable, then run the command again; the earlier index stands"
            ) from error
        raise StoreDamaged(f"{place}: the vector index failed ({said}); run: {place.repair}") from error


def _no_room(path: Path) -> bool:
    """Whether ``path`` cannot take a small index: Chroma does not say so itself when its graph cannot be written."""
    try:
        return not os.access(path, os.W_OK) or shutil.disk_usage(path).free < _ROOM
    except OSError:
        return True
