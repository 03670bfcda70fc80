"""The vector index against an exact scan, in a folder and on a server."""

from __future__ import annotations

import gc
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from askdesk.errors import StoreDamaged, StoreError
from askdesk.vectors import Folder, Server, VectorIndex, drop, server_names


def unit(rows: int, seed: int = 0, dimensions: int = 48) -> np.ndarray:
    made = np.random.default_rng(seed).normal(size=(rows, dimensions)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def names(count: int) -> list[str]:
    return [f"{n:032x}" for n in range(count)]


def exact(hashes: list[str], vectors: np.ndarray, query: np.ndarray, limit: int) -> list[tuple[str, float]]:
    scores = (vectors @ query).tolist()
    return sorted(zip(hashes, scores, strict=True), key=lambda pair: (-pair[1], pair[0]))[:limit]


def same(found: list[tuple[str, float]], wanted: list[tuple[str, float]]) -> bool:
    return [h for h, _ in found] == [h for h, _ in wanted] and np.allclose(
        [s for _, s in found], [s for _, s in wanted], atol=2e-6
    )


def test_it_finds_what_an_exact_scan_finds(tmp_path: Path) -> None:
    vectors, hashes = unit(1_500), names(1_500)
    made = VectorIndex(Folder(tmp_path / "i"), create=True)
    made.add(hashes, vectors)
    made.close()
    index = VectorIndex(Folder(tmp_path / "i"))
    assert index.count == 1_500
    queries = unit(20, seed=1)
    for query, found in zip(queries, index.nearest(queries, 50), strict=True):
        assert same(found, exact(hashes, vectors, query, 50))
    some = hashes[::7]
    for query in queries:
        (found,) = index.nearest(query[None], 30, some)
        assert same(found, exact(some, vectors[::7], query, 30))
    assert index.nearest(queries[:1], 5, []) == [[]]
    assert len(index.nearest(queries[:1], 5_000)[0]) == 1_500
    held = dict(pair for part, rows in index.entries(400) for pair in zip(part, rows, strict=True))
    np.testing.assert_allclose(np.stack([held[hash] for hash in hashes]), vectors, atol=1e-7)
    index.close()
    index.close()


def test_a_copy_takes_changes_and_the_original_stays(tmp_path: Path) -> None:
    vectors, hashes = unit(300), names(300)
    made = VectorIndex(Folder(tmp_path / "old"), create=True)
    made.add(hashes[:290], vectors[:290])
    made.close()
    old = VectorIndex(Folder(tmp_path / "old"))
    old.nearest(vectors[:1], 1)
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    new = VectorIndex(Folder(tmp_path / "new"))
    new.delete(hashes[:10])
    new.add(hashes[290:], vectors[290:])
    new.close()
    new = VectorIndex(Folder(tmp_path / "new"))
    for query in unit(5, seed=3):
        assert same(new.nearest(query[None], 20)[0], exact(hashes[10:], vectors[10:], query, 20))
        assert same(old.nearest(query[None], 20)[0], exact(hashes[:290], vectors[:290], query, 20))
    new.close()
    old.close()


def test_reading_leaves_the_graph_as_it_is(tmp_path: Path) -> None:
    def graph() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (tmp_path / "i").rglob("*.bin")}

    for count in (1, 7):
        shutil.rmtree(tmp_path / "i", ignore_errors=True)
        index = VectorIndex(Folder(tmp_path / "i"), create=True)
        index.add(names(count), unit(count))
        index.close()
        before = graph()
        assert before
        index = VectorIndex(Folder(tmp_path / "i"))
        assert len(index.nearest(unit(1), 10)[0]) == count
        index.close()
        assert graph() == before


def test_an_index_of_nothing(tmp_path: Path) -> None:
    VectorIndex(Folder(tmp_path / "i"), create=True).close()
    index = VectorIndex(Folder(tmp_path / "i"))
    assert index.nearest(unit(2), 5) == [[], []]
    assert list(index.entries()) == []
    index.close()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are counted where /proc shows them")
def test_indexes_that_are_dropped_leave_no_file_open(tmp_path: Path) -> None:
    def round_trip(n: int) -> None:
        made = VectorIndex(Folder(tmp_path / str(n)), create=True)
        made.add(names(20), unit(20))
        made.close()
        VectorIndex(Folder(tmp_path / str(n))).nearest(unit(1), 1)  # dropped without being closed
        gc.collect()

    for n in range(3):
        round_trip(n)
    before = sum(1 for _ in Path("/proc/self/fd").iterdir())
    for n in range(3, 15):
        round_trip(n)
    assert sum(1 for _ in Path("/proc/self/fd").iterdir()) <= before + 3


def test_two_readers_of_one_folder_close_apart(tmp_path: Path) -> None:
    made = VectorIndex(Folder(tmp_path / "i"), create=True)
    made.add(names(5), unit(5))
    made.close()
    one, two = VectorIndex(Folder(tmp_path / "i")), VectorIndex(Folder(tmp_path / "i"))
    one.close()
    assert two.count == 5
    two.close()


def test_a_missing_or_broken_index_names_repair(tmp_path: Path) -> None:
    with pytest.raises(StoreDamaged, match="askdesk repair"):
        VectorIndex(Folder(tmp_path / "none"))
    (tmp_path / "i").mkdir()
    (tmp_path / "i" / "chroma.sqlite3").write_bytes(b"no database at all" * 500)
    with pytest.raises(StoreDamaged, match="askdesk repair"):
        VectorIndex(Folder(tmp_path / "i"))


def test_no_telemetry_and_no_settings_of_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("CHROMA_SERVER_HOST=elsewhere\nANONYMIZED_TELEMETRY=True\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    index = VectorIndex(Folder(tmp_path / "i"), create=True)
    assert index._client.get_settings().anonymized_telemetry is False
    assert index._client.get_settings().chroma_server_host is None
    index.close()


@pytest.mark.parametrize("address", ["", ":8000", "ftp://host:1", "http://", "http://host:none", "host:none"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(StoreError, match="http://127"):
        VectorIndex(Server(address, "askdesk-x"))


@pytest.mark.parametrize("address", ["127.0.0.1:9", "localhost:9", "http://127.0.0.1:9"])
def test_an_address_may_leave_http_out(address: str) -> None:
    with pytest.raises(StoreError, match=f"{address}: the Chroma server failed"):
        VectorIndex(Server(address, "askdesk-x"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of Chroma's own server, run on this machine alone."""
    program = shutil.which("chroma", path=str(Path(sys.executable).parent)) or shutil.which("chroma")
    if program is None:
        pytest.skip("the program `chroma`, which comes with chromadb, is not here")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    process = subprocess.Popen(
        [program, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                pytest.skip("the program `chroma` does not run here")
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def test_a_server_finds_what_an_exact_scan_finds(server: str) -> None:
    vectors, hashes = unit(400), names(400)
    made = VectorIndex(Server(server, "askdesk-one"), create=True)
    made.add(hashes, vectors)
    made.close()
    index = VectorIndex(Server(server, "askdesk-one"))
    for query in unit(5, seed=2):
        assert same(index.nearest(query[None], 20)[0], exact(hashes, vectors, query, 20))
        assert same(index.nearest(query[None], 20, hashes[::3])[0], exact(hashes[::3], vectors[::3], query, 20))
    index.close()
    VectorIndex(Server(server, "other"), create=True).close()
    assert server_names(Server(server, "askdesk-")) == ["askdesk-one"]
    drop(Server(server, "askdesk-one"))
    assert server_names(Server(server, "askdesk-")) == []
    with pytest.raises(StoreError, match="askdesk repair"):
        VectorIndex(Server(server, "askdesk-one"))


def test_the_store_lives_on_a_server(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from askdesk.collection import Collection
    from storing import embed, fill

    monkeypatch.setattr("askdesk.snapshot.EXACT", 0)
    texts = {Path(f"/docs/{n}.txt"): f"document {n} of many " * 4 for n in range(20)}
    there, here = Collection(tmp_path / "there", chroma=server), Collection(tmp_path / "here")
    for _ in range(4):
        fill(there, texts)
        fill(here, texts)
        question = embed(["document 3"])[0]
        assert there.snapshot().nearest(question, 9) == here.snapshot().nearest(question, 9)
        assert there.verify(files=False).ok
        texts.popitem()
    assert len(server_names(Server(server, "askdesk-"))) == 3  # this one, the one before, and that one's
    with pytest.raises(StoreError, match="start it"):
        Collection(tmp_path / "there", chroma="http://127.0.0.1:9").snapshot()
    with pytest.raises(StoreDamaged, match="askdesk repair"):
        Collection(tmp_path / "here", chroma=server).snapshot()
