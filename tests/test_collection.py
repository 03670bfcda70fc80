"""The store as a whole: what is published, what readers see meanwhile, and what is said when it is broken."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from askdesk import caches as caches_module
from askdesk.collection import Collection
from askdesk.errors import (
    SnapshotGone,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreMissing,
    StoreTooNew,
    UnknownDocument,
)
from askdesk.ledger import FILE_NAME
from askdesk.rows import document_id
from askdesk.snapshot import Snapshot
from askdesk.types import Progress
from storing import DIMENSIONS, contents, cuts, embed, environment, fill, finish, put, recipe

WORDS = ["apple", "river", "minister", "Kyiv", "treaty", "winter", "grain", "harbour", "soldier", "budget"]


def texts(count: int, seed: int = 0) -> dict[Path, str]:
    chance = random.Random(seed)
    return {Path(f"/docs/{n:03d}.txt"): " ".join(chance.choices(WORDS, k=60)) for n in range(count)}


@pytest.fixture
def through_chroma(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small stores, too, are searched by Chroma."""
    monkeypatch.setattr("askdesk.snapshot.EXACT", 0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Collection]:
    with closing(Collection(tmp_path / "store")) as collection:
        yield collection


def answers(snapshot: Snapshot) -> list[list[tuple[str, float]]]:
    return [
        *(snapshot.nearest(embed([question])[0], 20) for question in ("treaty of Kyiv", "winter grain")),
        *(snapshot.matching(question, 20) for question in ("the treaty of Kyiv?", "winter, grain")),
    ]


# --- publishing


def test_making_a_collection_and_asking_for_a_missing_one_create_nothing(tmp_path: Path) -> None:
    collection = Collection(tmp_path / "none")
    for ask in (collection.snapshot, collection.verify, collection.repair):
        with pytest.raises(StoreMissing, match="askdesk index"):
            ask()
    assert list(tmp_path.iterdir()) == []


def test_what_was_not_published_is_not_there(store: Collection) -> None:
    with store.writer(recipe()) as writer:
        put(writer, Path("/docs/a.txt"), "one two three")
    with pytest.raises(StoreMissing, match="no index was finished"):
        store.snapshot()
    fill(store, texts(3))
    before = contents(store.snapshot())
    with store.writer(recipe()) as writer:
        put(writer, Path("/docs/001.txt"), "quite another text")
        writer.remove(document_id(Path("/docs/002.txt")))
    assert contents(store.snapshot()) == before
    assert fill(store, texts(3)) == 0


def test_an_empty_store_answers_with_nothing(store: Collection) -> None:
    fill(store, {})
    snapshot = store.snapshot()
    assert (snapshot.generation, snapshot.document_count, snapshot.passage_count) == (1, 0, 0)
    assert answers(snapshot) == [[], [], [], []]
    assert store.verify().ok
    store.repair()
    assert store.verify().ok


def test_indexing_the_same_again_publishes_nothing(store: Collection) -> None:
    fill(store, texts(5))
    caches = sorted((store.folder / "caches").rglob("*"))
    assert fill(store, texts(5)) == 0
    assert store.snapshot().generation == 1
    assert sorted((store.folder / "caches").rglob("*")) == caches


@pytest.mark.usefixtures("through_chroma")
def test_only_new_texts_are_embedded_and_stores_agree_whatever_their_history(tmp_path: Path) -> None:
    first, other = texts(30), texts(34, seed=0)
    path = Path("/docs/003.txt")
    other[path] = first[path][:60] + "and then quite another ending"
    del other[Path("/docs/007.txt")]
    grown = Collection(tmp_path / "grown")
    fill(grown, first)
    fresh = Collection(tmp_path / "fresh")
    whole = fill(fresh, dict(sorted(other.items(), reverse=True)))
    embedded = fill(grown, other)
    assert 0 < embedded < whole / 4
    assert contents(grown.snapshot()) == contents(fresh.snapshot())
    assert answers(grown.snapshot()) == answers(fresh.snapshot())
    assert grown.verify(files=False).ok
    kept = set(dict(grown.snapshot().passages([id for id, _ in grown.snapshot().nearest(embed(["x"])[0], 9_999)])))
    id = document_id(path)
    assert sum(name.startswith(id) for name in kept) == len(cuts(other[path], "003"))


@pytest.mark.usefixtures("through_chroma")
def test_the_same_text_many_times_hides_nothing(store: Collection) -> None:
    many = {Path(f"/docs/copies/{n}/form.txt"): "this page is left blank" for n in range(150)}
    fill(store, {**many, **texts(20)})
    snapshot = store.snapshot()
    blank = snapshot.nearest(embed(["form\nthis page is left blank"])[0], 200)
    assert sum(score > 0.999 for _, score in blank) == 150
    assert [id for id, _ in blank[:150]] == sorted(id for id, _ in blank[:150])
    one = frozenset(snapshot.find("/docs/copies/7"))
    assert {id.partition("-")[0] for id, _ in snapshot.nearest(snapshot.vectors([blank[0][0]])[0], 5, one)} == one
    for id in snapshot.find("/docs/003.txt"):
        passage = next(i for i, _ in snapshot.nearest(embed(["x"])[0], 999) if i.startswith(id))
        assert snapshot.nearest(snapshot.vectors([passage])[0], 1)[0][0] == passage
    assert store.verify(files=False).ok


@pytest.mark.usefixtures("through_chroma")
def test_chroma_and_the_exact_scan_agree_with_and_without_a_filter(
    store: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, texts(40))
    snapshot = store.snapshot()
    some = frozenset(info.id for info in snapshot.documents()[::3])
    for question in ("treaty budget", "soldier soldier", "apple"):
        vector = embed([question])[0]
        for documents in (None, some, frozenset({"unknown"}), frozenset[str]()):
            monkeypatch.setattr("askdesk.snapshot.EXACT", 0)
            through = snapshot.nearest(vector, 15, documents)
            monkeypatch.setattr("askdesk.snapshot.EXACT", 10**9)
            scanned = snapshot.nearest(vector, 15, documents)
            assert [id for id, _ in through] == [id for id, _ in scanned]
            np.testing.assert_allclose([s for _, s in through], [s for _, s in scanned], atol=2e-6)
            if documents is not None:
                assert all(id.partition("-")[0] in documents for id, _ in through)
    keyed = snapshot.matching("treaty budget", 15, some)
    assert len(keyed) == 15
    assert all(id.partition("-")[0] in some for id, _ in keyed)
    assert snapshot.nearest(vector, 0) == snapshot.matching("apple", 0) == []


def test_many_deletions_lead_to_a_fresh_vector_index(store: Collection) -> None:
    current = texts(60)
    fill(store, current)
    churns = []
    for n in range(9):
        current.pop(Path(f"/docs/{n:03d}.txt"))
        fill(store, current)
        with sqlite3.connect(store.folder / FILE_NAME) as db:
            churns += db.execute("select churn from generations order by number desc limit 1").fetchone()
    assert 0 in churns[1:]
    assert all(churn <= caches_module.CHURN * 60 * 8 for churn in churns)
    assert store.verify(files=False).ok


def test_a_new_recipe_needs_every_document_anew(store: Collection) -> None:
    fill(store, texts(4))
    old = store.snapshot()
    other = recipe(model="other words")
    with store.writer(other) as writer:
        assert writer.stale
        assert writer.known() == {}
        put(writer, Path("/docs/000.txt"), texts(4)[Path("/docs/000.txt")])
        with pytest.raises(ValueError, match=r"3 documents .* 001\.txt"):
            writer.publish()
        for document, path in writer.documents():
            put(writer, path, document.text)
        with pytest.raises(ValueError, match="no vector"):
            writer.publish()
        assert finish(writer, "other words") > 0
    assert store.snapshot().recipe == other
    assert answers(old)[0] != answers(store.snapshot())[0]
    assert contents(old) == contents(store.snapshot())
    assert store.verify(files=False).ok


def test_vectors_that_cannot_be_are_refused(store: Collection) -> None:
    with store.writer(recipe()) as writer:
        put(writer, Path("/docs/a.txt"), "one two three")
        hashes = [hash for hash, _ in writer.missing()]
        for wrong in (np.zeros((1, 3), np.float32), np.full((1, DIMENSIONS), np.nan, np.float32)):
            with pytest.raises(ValueError, match="vector"):
                writer.add_vectors(hashes, wrong)


def test_progress_is_told(store: Collection) -> None:
    told: list[Progress] = []
    fill(store, texts(3))
    store.repair(told.append)
    assert [step.step for step in told] == ["keyword index"] * 2 + ["vector index"] * 2
    assert [(told[n].done, told[n].total) for n in (1, 3)] == [(store.snapshot().passage_count,) * 2] * 2


# --- looking up


def test_documents_are_found_by_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files = {name: tmp_path / "docs" / name for name in ("a.txt", "deep/b.txt", "deep/er/c.txt", "deeply.txt")}
    store = Collection(tmp_path / "store")
    with store.writer(recipe()) as writer:
        for name, path in files.items():
            put(writer, path, f"text {name}", source=f"docs/{name}")
        finish(writer)
    snapshot = store.snapshot()
    ids = {name: document_id(path) for name, path in files.items()}
    assert [info.source for info in snapshot.documents()] == sorted(f"docs/{name}" for name in files)
    for name in (ids["a.txt"], "docs/a.txt", "./docs/a.txt", "docs/deep/../a.txt", files["a.txt"], Path("docs/a.txt")):
        assert snapshot.find(name) == (ids["a.txt"],)
    for name in ("docs/deep", "docs/deep/", tmp_path / "docs" / "deep", "docs/../docs/deep"):
        assert set(snapshot.find(name)) == {ids["deep/b.txt"], ids["deep/er/c.txt"]}
    assert len(snapshot.find(".")) == 4
    for name in ("", "docs/d", "x" * 9, "docs/\x00", "bad\udcff"):
        with pytest.raises(UnknownDocument):
            snapshot.find(name)
    assert snapshot.path(ids["a.txt"]) == files["a.txt"]
    assert snapshot.select(["docs/a.txt", "docs/deep"]) == {ids[n] for n in ("a.txt", "deep/b.txt", "deep/er/c.txt")}
    with pytest.raises(UnknownDocument, match="docs/none"):
        snapshot.select(["docs/a.txt", "docs/none"])


def test_filters(store: Collection) -> None:
    about = {
        "a": ("The Paper", dt.date(2024, 1, 1)),
        "b": ("the paper ", dt.date(2024, 6, 1)),
        "c": (None, dt.date(2024, 12, 31)),
        "d": ("Other", None),
    }
    with store.writer(recipe()) as writer:
        for name, (publisher, day) in about.items():
            put(writer, Path(f"/docs/{name}"), f"text of {name}", publisher=publisher, published=day)
        finish(writer)
    snapshot = store.snapshot()
    names = {info.id: info.source for info in snapshot.documents()}

    def chosen(**given: object) -> set[str]:
        found = snapshot.select(**given)  # type: ignore[arg-type]
        assert found is not None
        return {names[id] for id in found}

    assert snapshot.select() is None
    assert chosen(publisher="THE PAPER") == {"a", "b"}
    assert chosen(after=dt.date(2024, 6, 1)) == {"b", "c"}
    assert chosen(before=dt.date(2024, 6, 1)) == {"a", "b"}
    assert chosen(after=dt.date(2024, 1, 1), before=dt.date(2024, 1, 1)) == {"a"}
    assert chosen(sources=["a", "d"], publisher="the paper") == {"a"}
    assert chosen(sources="d") == {"d"}
    assert chosen(publisher="nobody") == set()


# --- readers beside writers


@pytest.mark.usefixtures("through_chroma")
def test_a_snapshot_answers_from_its_generation_to_the_last(store: Collection) -> None:
    current = texts(20)
    fill(store, current)
    used, unused = store.snapshot(), Collection(store.folder).snapshot()
    before, whole = answers(used), contents(used)
    for n in range(2):
        current[Path(f"/docs/{n:03d}.txt")] = "changed " * 20
        fill(store, current)
        assert (answers(used), contents(used)) == (before, whole)
        assert answers(store.snapshot()) != before
    # A third run begins: what only the first generation held is thrown away.
    fill(store, current)
    with pytest.raises(SnapshotGone):
        contents(used)
    with pytest.raises(SnapshotGone):
        answers(unused)


def test_the_current_snapshot_is_one_and_the_same(store: Collection) -> None:
    fill(store, texts(3))
    assert store.snapshot() is store.snapshot()
    other = Collection(store.folder)
    fill(other, texts(4))
    assert store.snapshot().document_count == 4


def test_a_store_that_was_replaced_under_its_name_is_seen(store: Collection) -> None:
    fill(store, texts(3))
    assert store.snapshot().document_count == 3
    shutil.rmtree(store.folder)
    with pytest.raises(StoreMissing):
        store.snapshot()
    fill(Collection(store.folder), texts(2))
    assert store.snapshot().document_count == 2


def test_threads_share_a_snapshot(store: Collection) -> None:
    fill(store, texts(30))
    wanted = answers(store.snapshot())
    store.close()
    failed: list[object] = []

    def ask() -> None:
        try:
            failed.extend("another answer" for _ in range(10) if answers(store.snapshot()) != wanted)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    fill(Collection(store.folder), texts(30))
    for thread in threads:
        thread.join()
    assert failed == []


READER = """
import json, sys, time
from pathlib import Path
from storing import embed
from askdesk import snapshot
from askdesk.collection import Collection
snapshot.EXACT = 0
store = Collection(Path(sys.argv[1]))
vector = embed(["treaty of Kyiv"])[0]
pinned = store.snapshot()
def look(snapshot):
    found = snapshot.nearest(vector, 5) + snapshot.matching("treaty of Kyiv", 5)
    texts = [passage.text for passage in snapshot.passages([id for id, _ in found]).values()]
    return [snapshot.generation, snapshot.document_count, found, sorted(texts)]
first = look(pinned)
print(json.dumps(first), flush=True)
asked = 0
while True:
    assert look(pinned) == look(pinned) == first
    asked += 1
    now = store.snapshot()
    if now.generation != pinned.generation:
        print(json.dumps([asked, *look(now)]), flush=True)
        break
    time.sleep(0.01)
"""


@pytest.mark.usefixtures("through_chroma")
def test_a_reader_in_another_process_goes_on_and_then_sees_the_new_generation(store: Collection) -> None:
    current = texts(20)
    fill(store, current)
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(store.folder)], env=environment(), stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdout is not None
        first = json.loads(reader.stdout.readline())
        assert first[:2] == [1, 20]
        current[Path("/docs/new.txt")] = "the treaty of Kyiv, the treaty of Kyiv"
        with store.writer(recipe()) as writer:
            put(writer, Path("/docs/new.txt"), current[Path("/docs/new.txt")])
            time.sleep(0.3)
            finish(writer)
        asked, *then = json.loads(reader.stdout.readline())
        assert reader.wait(30) == 0
    snapshot = store.snapshot()
    assert asked > 0
    assert then[:2] == [2, 21]
    assert [tuple(pair) for pair in then[2]] == [
        *snapshot.nearest(embed(["treaty of Kyiv"])[0], 5),
        *snapshot.matching("treaty of Kyiv", 5),
    ]
    assert then[2] != first[2]


# --- one writer


def test_a_second_writer_is_refused_at_once_and_told_who_writes(store: Collection) -> None:
    with store.writer(recipe()) as writer:
        put(writer, Path("/docs/a.txt"), "one two three")
        script = f"""
            from pathlib import Path
            from storing import recipe
            from askdesk.collection import Collection
            from askdesk.errors import StoreLocked
            for work in (lambda s: s.writer(recipe()).__enter__(), lambda s: s.repair()):
                try:
                    work(Collection(Path({str(store.folder)!r})))
                except StoreLocked as error:
                    print(error)
        """
        said = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(script)], env=environment(), capture_output=True, text=True
        )
        assert said.stdout.count(f"process {os.getpid()}, since 2") == 2, said.stderr
        with pytest.raises(StoreLocked, match="wait until it is done"), Collection(store.folder).writer(recipe()):
            pass
        finish(writer)
    assert fill(store, {Path("/docs/a.txt"): "one two three"}) == 0


# --- only what is askdesk's own


def held(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


@pytest.mark.parametrize("name", ["caches/photos/a.jpg", "notes.txt", "caches/1/2", "src/readme.md", "CACHES"])
def test_a_folder_of_somebody_elses_is_refused_and_not_touched(tmp_path: Path, name: str) -> None:
    file = tmp_path / "mine" / name
    file.parent.mkdir(parents=True)
    file.write_bytes(b"mine")
    (tmp_path / "mine").chmod(0o755)
    before = held(tmp_path)
    store = Collection(tmp_path / "mine")
    with pytest.raises(StoreError, match=r"no store of askdesk.*--store"):
        fill(store, texts(2))
    for use in (store.repair, store.snapshot, store.verify):
        with pytest.raises(StoreMissing):
            use()
    assert held(tmp_path) == before
    assert stat.S_IMODE((tmp_path / "mine").stat().st_mode) == 0o755


def test_what_somebody_puts_into_a_store_stays(store: Collection) -> None:
    fill(store, texts(4))
    own = store.folder / "caches" / "photos" / "a.jpg"
    another = store.folder / "caches" / "0a1b2c3d-000001-aaaaaa" / "chroma"  # of another store, put here by hand
    for path in (own, another):
        path.parent.mkdir()
        path.write_bytes(b"mine")
    fill(store, texts(5))
    fill(store, {})
    store.repair()
    store.repair()
    assert own.read_bytes() == another.read_bytes() == b"mine"
    assert len(list((store.folder / "caches").iterdir())) == 2 + 3  # the present one and those that readers may be at


def test_an_empty_file_by_the_name_of_a_ledger_makes_no_store(tmp_path: Path) -> None:
    for name in (FILE_NAME, "diary.txt"):
        (tmp_path / name).touch()
    with pytest.raises(StoreError, match=r"diary\.txt"):
        fill(Collection(tmp_path), texts(2))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["diary.txt", FILE_NAME]


@pytest.mark.parametrize("name", [".gitkeep", ".git/config", "README.md", "readme", "names.txt", "write.lock"])
def test_a_free_folder_becomes_a_store(tmp_path: Path, name: str) -> None:
    file = tmp_path / "free" / name
    file.parent.mkdir(parents=True)
    file.write_bytes(b"")
    store = Collection(tmp_path / "free")
    fill(store, texts(2))
    assert store.verify(files=False).ok
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX's")
@pytest.mark.parametrize("there", [False, True])
def test_a_store_is_its_owners_alone(store: Collection, there: bool) -> None:
    umask = os.umask(0o022)
    try:
        if there:
            store.folder.mkdir(mode=0o755)
        with store.writer(recipe()) as writer:
            put(writer, Path("/docs/a.txt"), "one two three")
            modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [store.folder, *store.folder.rglob("*")]}
            finish(writer)
        fill(store, texts(4))
        store.repair()
    finally:
        os.umask(umask)
    modes |= {path: stat.S_IMODE(path.stat().st_mode) for path in [store.folder, *store.folder.rglob("*")]}
    assert {path.name for path in modes} >= {"ledger.sqlite3", "write.lock", "writer.json", "meta.json"}
    for path, mode in modes.items():
        assert mode == (0o700 if path.is_dir() or (not path.exists() and not path.suffix) else 0o600), path


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX's")
def test_a_store_that_was_opened_to_a_group_stays_so(store: Collection) -> None:
    fill(store, texts(2))
    store.folder.chmod(0o750)
    fill(store, texts(3))
    cache = max((store.folder / "caches").iterdir(), key=lambda folder: folder.name)
    assert stat.S_IMODE(cache.stat().st_mode) == 0o750
    assert {stat.S_IMODE(path.stat().st_mode) for path in cache.rglob("*") if path.is_file()} == {0o640}


# --- what goes wrong


@pytest.mark.parametrize("part", ["chroma", "tantivy", ""])
def test_a_deleted_cache_is_named_and_rebuilt_without_embedding(store: Collection, part: str) -> None:
    fill(store, texts(10))
    before = answers(store.snapshot())
    for mend in (lambda: store.repair(), lambda: fill(store, texts(10))):
        store.close()
        current = sorted((store.folder / "caches").iterdir(), key=lambda folder: folder.stat().st_mtime)[-1]
        shutil.rmtree(current / part)
        with pytest.raises(StoreDamaged, match="askdesk repair"):
            store.snapshot()
        assert not store.verify(files=False).ok
        assert not mend()
        assert answers(store.snapshot()) == before
        assert store.verify(files=False).ok


def forget_files(store: Collection) -> None:
    """Makes the caches of a store such as were written before their files were kept in mind."""
    with sqlite3.connect(store.folder / FILE_NAME) as db:
        assert db.execute("delete from meta where key like 'files %'").rowcount
    db.close()


def spoil(file: Path, how: str) -> None:
    data = bytearray(file.read_bytes())
    half = len(data) // 2
    if how == "front":
        data[:half] = bytes(half)
    elif how == "noise":
        data[half:] = random.Random(1).randbytes(len(data) - half)
    else:
        del data[half:]
    with file.open("r+b") as open_file:  # in place: what is mapped sees it
        open_file.write(data)
        open_file.truncate()


@pytest.mark.parametrize("how", ["front", "noise", "cut"])
@pytest.mark.parametrize(
    "name",
    [".idx", ".term", ".store", ".fieldnorm", "tantivy/meta.json", "names.json", "chroma.sqlite3", "data_level0.bin",
     "header.bin", "length.bin", "index_metadata.pickle"],
)  # fmt: skip
def test_a_damaged_cache_is_named_and_rebuilt(store: Collection, through_chroma: None, name: str, how: str) -> None:
    fill(store, texts(10))
    before = answers(store.snapshot())
    for mend in (lambda: fill(store, texts(10)), lambda: store.repair()):
        store.close()
        cache = max((store.folder / "caches").iterdir(), key=lambda folder: folder.name)
        (file,) = [path for path in cache.rglob("*") if path.as_posix().endswith(name)]
        spoil(file, how)
        with pytest.raises(StoreDamaged, match=r"askdesk repair") as caught:
            (answers(store.snapshot()), store.snapshot().variants("the treaty of Kyiv?"))
        assert file.name in str(caught.value)
        assert any(file.name in line and "askdesk repair" in line for line in store.verify(files=False).problems)
        assert not mend(), "nothing is embedded again"
        assert answers(store.snapshot()) == before
        assert store.verify(files=False).ok


@pytest.mark.parametrize("name", [".idx", ".store"])
def test_an_index_that_is_damaged_while_it_is_read_is_an_error_like_any_other(store: Collection, name: str) -> None:
    """Tantivy's code panics over such files, which is no Exception in Python."""
    fill(store, texts(200))
    snapshot = store.snapshot()
    (file,) = (store.folder / "caches").rglob(f"*{name}")
    assert snapshot.ceiling("treaty")
    spoil(file, "front")
    with pytest.raises(StoreDamaged, match=rf"{file.name}.*damaged.*askdesk repair"):
        snapshot.matching(" ".join(WORDS), 200)


def test_verify_says_what_is_wrong_with_caches_and_files(tmp_path: Path) -> None:
    files = {tmp_path / f"{n}.txt": text for n, text in enumerate(texts(6).values())}
    for path, text in files.items():
        path.write_bytes(text.encode())
    store = Collection(tmp_path / "store")
    fill(store, files)
    report = store.verify()
    assert (report.documents, report.passages, report.problems) == (6, store.snapshot().passage_count, ())

    (tmp_path / "0.txt").write_bytes(b"other")
    (tmp_path / "1.txt").unlink()
    (tmp_path / "2.txt").unlink()
    (tmp_path / "2.txt").mkdir()
    lines = store.verify().problems
    assert len(lines) == 3
    for name, said in (("0.txt", "changed since"), ("1.txt", "gone"), ("2.txt", "cannot be read")):
        assert any(line.startswith(name) and said in line for line in lines)
    assert store.verify(files=False).ok

    from askdesk.vectors import Folder, VectorIndex

    (cache,) = (store.folder / "caches").iterdir()
    index = VectorIndex(Folder(cache / "chroma"))
    hashes = [hash for part, _ in index.entries() for hash in part]
    index.delete(hashes[:1])
    index.add([hashes[1], "f" * 32], embed(["another", "more"]))
    index.close()
    found = store.verify(files=False).problems
    assert any("data_level0.bin: damaged" in line for line in found)
    assert not any(hashes[0] in line for line in found), "a damaged index is not opened"
    forget_files(store)
    found = store.verify(files=False).problems
    assert any(f"{hashes[0]} is missing" in line for line in found)
    assert any(f"{hashes[1]} has another vector" in line for line in found)
    assert any(f"{'f' * 32} is not in the ledger" in line for line in found)
    assert all("run: askdesk" in line for line in found)
    store.repair()
    assert store.verify(files=False).ok


def test_a_wrong_copy_is_noticed_before_it_is_published(store: Collection) -> None:
    from askdesk.vectors import Folder, VectorIndex

    fill(store, texts(30))
    (cache,) = (store.folder / "caches").iterdir()
    index = VectorIndex(Folder(cache / "chroma"))
    index.delete([hash for part, _ in index.entries() for hash in part][:3])
    index.close()
    fill(store, {**texts(30), Path("/docs/new.txt"): "one more"})
    assert store.verify(files=False).ok


def test_lost_vectors_are_made_again_by_indexing(store: Collection) -> None:
    fill(store, texts(5))
    with sqlite3.connect(store.folder / FILE_NAME) as db:
        db.execute("delete from vectors where number <= 2")
    db.close()
    assert len(store.verify(files=False).problems) >= 2
    with pytest.raises(StoreDamaged, match="2 passages"):
        store.repair()
    assert fill(store, texts(5)) == 2
    assert store.verify(files=False).ok


def test_a_ledger_of_a_later_version_or_broken(store: Collection) -> None:
    fill(store, texts(3))
    with sqlite3.connect(store.folder / FILE_NAME) as db:
        db.execute("update meta set value = '3' where key = 'schema_version'")
    db.close()
    store.close()
    for use in (store.snapshot, store.verify, store.repair, lambda: fill(store, texts(3))):
        with pytest.raises(StoreTooNew):
            use()
    store.close()
    for extra in ("-wal", "-shm"):
        (store.folder / f"{FILE_NAME}{extra}").unlink(missing_ok=True)
    whole = (store.folder / FILE_NAME).read_bytes()
    (store.folder / FILE_NAME).write_bytes(b"\0" * 4096 + whole[4096:])
    for use in (store.snapshot, store.repair, lambda: fill(store, texts(3))):
        with pytest.raises(StoreDamaged, match=r"ledger\.sqlite3"):
            use()
    assert "ledger.sqlite3" in store.verify().problems[0]


FULL = """
import resource, sys
from pathlib import Path
from storing import finish, put, recipe
from test_collection import texts
from askdesk.collection import Collection
from askdesk.errors import StoreFull
import chromadb, tantivy
limit, late = int(sys.argv[2]), sys.argv[3] == "publish"
def restrict():
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    with Collection(Path(sys.argv[1])).writer(recipe()) as writer:
        if not late:
            restrict()
        for path, text in texts(60, seed=5).items():
            put(writer, path, text)
        publish, writer.publish = writer.publish, lambda: None
        finish(writer)
        if late:
            restrict()
        publish()
except StoreFull as error:
    print("StoreFull", error)
else:
    print("published")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files is set with POSIX means")
def test_a_full_disk_at_any_moment_leaves_the_earlier_index(store: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file may grow beyond a limit, which fails wherever a full disk does: in the ledger, in its log, in Tantivy's
    segments and in Chroma's files."""
    fill(store, texts(3))
    before = contents(store.snapshot())
    said = []
    trials = [(60_000, "stage"), (300_000, "stage"), *((limit, "publish") for limit in (100, 2_000, 30_000, 300_000))]
    for limit, moment in trials:
        store.close()
        run = subprocess.run(
            [sys.executable, "-c", FULL, str(store.folder), str(limit), moment],
            env=environment(),
            capture_output=True,
            text=True,
        )
        said.append(run.stdout or run.stderr[-2000:])
        assert said[-1].startswith("StoreFull"), said
        monkeypatch.setattr("askdesk.snapshot.EXACT", 0)
        assert contents(store.snapshot()) == before
        assert store.verify(files=False).ok
    for part in (FILE_NAME, "tantivy", "chroma"):
        assert any(part in line for line in said), said
    assert len(list((store.folder / "caches").iterdir())) == 1
    assert fill(store, texts(60, seed=5)) == 0
    assert store.verify(files=False).ok


@pytest.mark.usefixtures("through_chroma")
def test_a_store_that_cannot_be_written_can_be_read(store: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store, texts(5))
    store.close()
    before = answers(store.snapshot())
    store.close()
    held = Collection(store.folder)
    # As root, permissions forbid nothing: what SQLite and Chroma say on a full or read-only disk is put in their place.
    from askdesk import ledger

    connect, refused = ledger.sqlite3.connect, []

    def full(name: str, **given: object) -> sqlite3.Connection:
        if "immutable" not in name:
            refused.append(name)
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error
        return connect(name, **given)  # type: ignore[call-overload, no-any-return]

    def no_chroma(place: object, create: bool = False) -> None:
        raise StoreFull("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(ledger.sqlite3, "connect", full)
        patch.setattr("askdesk.snapshot.VectorIndex", no_chroma)
        found = answers(held.snapshot())
    assert refused
    assert [[id for id, _ in one] for one in found] == [[id for id, _ in one] for one in before]
    fill(store, texts(6))
    assert held.snapshot().document_count == 6


def test_a_store_where_none_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(StoreFull, match="--store"):
        fill(Collection(tmp_path / "file"), texts(1))
    with pytest.raises(StoreError):
        Collection(tmp_path / "file").snapshot()


# --- any sequence of changes


class StoreMachine(RuleBasedStateMachine):
    """A dictionary is the model: after any sequence of changes the store says the same, in ledger and caches."""

    paths = st.sampled_from([Path(f"/docs/{name}.txt") for name in "abcdef"])
    bodies = st.lists(st.sampled_from([*WORDS, "é\u0301", "😀", "\x00", "\r\n"]), min_size=0, max_size=40).map(" ".join)

    @initialize()
    def begin(self) -> None:
        self.folder = Path(os.environ["ASKDESK_TEST_FOLDER"]) / f"{random.SystemRandom().getrandbits(64):x}"
        self.store = Collection(self.folder)
        self.model: dict[Path, str] = {}
        fill(self.store, {})

    @rule(changes=st.dictionaries(paths, st.none() | bodies, min_size=1, max_size=4))
    def change(self, changes: dict[Path, str | None]) -> None:
        for path, text in changes.items():
            if text is None:
                self.model.pop(path, None)
            else:
                self.model[path] = text
        fill(self.store, self.model)

    @rule(path=paths, text=bodies)
    def break_off(self, path: Path, text: str) -> None:
        with self.store.writer(recipe()) as writer:
            put(writer, path, text)
            for hash, embedded in writer.missing()[:1]:
                writer.add_vectors([hash], embed([embedded]))
            for id, _, _ in list(writer.known().values())[:1]:
                writer.remove(id)
            writer._ledger.commit_staged()

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Collection(self.folder)

    @rule()
    def repair(self) -> None:
        self.store.repair()

    @invariant()
    def agrees(self) -> None:
        snapshot = self.store.snapshot()
        expected = {
            path.name: (text, sorted(text[cut.start : cut.end] for cut in cuts(text, path.stem)))
            for path, text in self.model.items()
        }
        found = {name: (text, sorted(p for _, p in passages)) for name, (text, passages) in contents(snapshot).items()}
        assert found == expected
        assert self.store.verify(files=False).problems == ()

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)


@pytest.mark.usefixtures("through_chroma")
def test_ledger_caches_and_a_dictionary_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    monkeypatch.setenv("ASKDESK_TEST_FOLDER", str(tmp_path))
    run_state_machine_as_test(
        StoreMachine,
        settings=settings(
            max_examples=15, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
