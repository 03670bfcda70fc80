"""The store as one thing: the ledger and the caches made from it, kept in step.

A cache is a folder ``caches/NAME`` with a vector index (``chroma``) and a keyword index (``tantivy``). It is
filled and checked before the ledger names it, in the commit that publishes a generation, and is not written
to afterwards. So readers anywhere go on with the one their generation names, a broken-off run leaves a folder
that nothing names, and repair is a fresh folder under a new generation.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import os
import secrets
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from askdesk.errors import (
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreMissing,
    UnknownDocument,
)
from askdesk.keywords import KeywordIndex, write_index
from askdesk.ledger import FILE_NAME, Generation, Ledger
from askdesk.lock import write_lock
from askdesk.types import (
    Cut,
    Document,
    DocumentInfo,
    Passage,
    Progress,
    ProgressCallback,
    Reading,
    Recipe,
    VerifyReport,
)
from askdesk.vectors import Folder, Server, VectorIndex, drop, server_names

if TYPE_CHECKING:
    from askdesk.types import Vectors

EXACT = 1_000
"""Up to so many passages are compared one by one (1 ms), without Chroma: nothing is missed, and a command
that asks one question of a small store does not wait a second for Chroma to be imported."""

CHURN = 0.10
"""Once more of a vector index than this share was deleted since it was built, it is built anew: Chroma's
graph can lose entries after many deletes."""

_CHECKED = 200
# Even a fresh graph can lose a few entries among thousands that are all but equal (14 of 6,000 where half differed by
# 1e-5), and building it again would not help; a share beyond this is damage.
_PUT_UP_WITH = 0.05
_NEAR = 1e-3
_INDEX_ANEW = "run: askdesk index PATH"


class Collection:
    """The store in ``folder``, its vector index there or on the Chroma server at the address ``chroma``.

    Making one touches nothing. Thread-safe.
    """

    def __init__(self, folder: Path, chroma: str | None = None) -> None:
        self.folder = folder
        self.chroma = chroma
        self._lock = threading.Lock()
        self._ledger: Ledger | None = None
        self._file: tuple[int, int, int] | None = None
        self._snapshot: Snapshot | None = None

    def snapshot(self) -> Snapshot:
        """The generation published last, to read from; cheap where nothing changed. Creates nothing.

        Raises StoreMissing, StoreTooNew, and StoreDamaged where ledger or caches are broken.
        """
        with self._lock:
            ledger = self._reader()
            if self._snapshot is None or self._snapshot.generation != ledger.number():
                generation = ledger.generation()
                if generation is None:
                    raise StoreMissing(f"{self.folder}: no index was finished here; {_INDEX_ANEW}")
                self._snapshot = None
                _require_cache(self._place(generation.cache), self._keywords(generation.cache))
                self._snapshot = Snapshot(
                    ledger, generation, self._place(generation.cache), self._keywords(generation.cache)
                )
            return self._snapshot

    def recipe(self) -> Recipe | None:
        """How the store was made, whatever has become of its caches; None where there is no finished one.

        Raises StoreTooNew, and StoreDamaged where the ledger is broken.
        """
        with self._lock:
            try:
                generation = self._reader().generation()
            except StoreMissing:
                return None
            return generation.recipe if generation else None

    @contextmanager
    def writer(self, recipe: Recipe) -> Iterator[Writer]:
        """Prepares the next generation; makes the store where it is missing. Left without ``publish``,
        nothing changes but that vectors already added are kept.

        Raises StoreLocked where another process writes, StoreFull, StoreTooNew and StoreDamaged.
        """
        with self._writing(make=True) as ledger:
            yield Writer(self, ledger, recipe)

    def repair(self, progress: ProgressCallback | None = None) -> None:
        """Builds both caches anew from the ledger beside the old ones, checks them, and publishes them.

        Embeds nothing. Raises as ``writer`` does, StoreMissing, and StoreDamaged where the ledger itself is
        broken.
        """
        with self._writing(make=False) as ledger:
            generation = ledger.generation()
            if generation is None:
                raise StoreMissing(f"{self.folder}: no index was finished here; {_INDEX_ANEW}")
            missing = len(ledger.missing(generation.number, generation.recipe))
            if missing:
                raise StoreDamaged(f"{self.folder}: the vectors of {missing} passages are lost; {_INDEX_ANEW}")
            cache = self._build(ledger, generation.number, generation.recipe, None, progress)
            ledger.publish(Generation(generation.number + 1, generation.recipe, cache, 0))

    def verify(self, files: bool = True) -> VerifyReport:
        """Compares the ledger, both caches and, with ``files``, the documents' files; says all that is wrong.

        Raises StoreMissing and StoreTooNew.
        """
        try:
            ledger = Ledger(self.folder)
        except StoreDamaged as error:
            return VerifyReport(0, 0, (str(error),))
        try:
            generation = ledger.generation()
            if generation is None:
                raise StoreMissing(f"{self.folder}: no index was finished here; {_INDEX_ANEW}")
            g = generation.number
            problems = ledger.problems(g, generation.recipe)
            infos = ledger.infos(g)
            owners = {id: id.partition("-")[0] for id in ledger.passage_ids(g)}
            problems += self._keyword_problems(generation, owners)
            problems += self._vector_problems(ledger, generation)
        except StoreDamaged as error:
            return VerifyReport(0, 0, (str(error),))
        finally:
            with suppress(StoreError):
                ledger.close()
        if files:
            problems += [line for info, path in infos if (line := _file_problem(info, path))]
        return VerifyReport(len(infos), len(owners), tuple(problems))

    def close(self) -> None:
        """Closes what is open here; snapshots still in use keep their caches open until they are dropped."""
        with self._lock:
            if self._ledger is not None:
                self._ledger.close()
            self._ledger = self._snapshot = self._file = None

    # --- the pieces of a store

    def _reader(self) -> Ledger:
        """The open ledger, opened anew where the file under that name became another one."""
        try:
            status = (self.folder / FILE_NAME).stat()
            file = (status.st_dev, status.st_ino, status.st_mtime_ns)
        except OSError:
            file = None
        known, ledger = self._file, self._ledger
        if (
            ledger is None
            or known is None
            or file is None
            or file[:2] != known[:2]
            or (ledger.frozen and file != known)
        ):
            self._ledger = self._snapshot = None
            self._ledger = ledger = Ledger(self.folder)
            self._file = file
        return ledger

    @contextmanager
    def _writing(self, make: bool) -> Iterator[Ledger]:
        if make:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreFull(
                    f"{self.folder}: the store cannot be made ({error.strerror}); choose another with --store"
                ) from error
        elif not self.folder.is_dir():
            raise StoreMissing(f"{self.folder}: there is no store here; make one with: askdesk index PATH")
        with write_lock(self.folder):
            ledger = Ledger(self.folder, write=make)
            try:
                ledger.discard()
                ledger.purge()
                self._sweep(ledger)
                yield ledger
            finally:
                # Whatever hinders this, the next writer does it again.
                with suppress(StoreError):
                    ledger.discard()
                with suppress(StoreError):
                    self._sweep(ledger)
                with suppress(StoreError):
                    ledger.close()

    def _place(self, cache: str) -> Folder | Server:
        if self.chroma is None:
            return Folder(self.folder / "caches" / cache / "chroma")
        return Server(self.chroma, f"askdesk-{cache}")

    def _keywords(self, cache: str) -> Path:
        return self.folder / "caches" / cache / "tantivy"

    def _sweep(self, ledger: Ledger) -> None:
        """Removes caches that no reader can be at. Where a file is still open (Windows), a later run does
        it."""
        keep = ledger.cache_names()
        caches = self.folder / "caches"
        if caches.is_dir():
            for folder in caches.iterdir():
                if folder.name not in keep:
                    shutil.rmtree(folder, ignore_errors=True)
        if self.chroma is not None:
            for name in server_names(self.chroma, f"askdesk-{ledger.store_id}-"):
                if name.removeprefix("askdesk-") not in keep:
                    drop(Server(self.chroma, name))

    def _build(
        self, ledger: Ledger, g: int, recipe: Recipe, previous: str | None, progress: ProgressCallback | None
    ) -> str:
        """Makes and checks the caches of generation ``g`` and returns their name.

        The vector index starts as a copy of that in the cache ``previous`` of generation g - 1. Without one,
        or where the copy turns out wrong, it is filled from the ledger alone.
        """
        cache = f"{ledger.store_id}-{g:06d}-{secrets.token_hex(3)}"
        total = len(ledger.passage_ids(g))
        tell = progress or (lambda step: None)
        tell(Progress("keyword index", 0, total))
        written = write_index(self._keywords(cache), ledger.embedded(g))
        if written != total or KeywordIndex(self._keywords(cache)).count != total:
            raise StoreDamaged(f"{self.folder}: the keyword index took {written} of {total} passages; try again")
        tell(Progress("keyword index", total, total))

        place = self._place(cache)
        copied = False
        if previous is not None and isinstance(place, Folder):
            old, new = set(ledger.hashes(g - 1)), set(ledger.hashes(g))
            with suppress(StoreDamaged):
                _copy(self.folder / "caches" / previous / "chroma", place.path)
                index = VectorIndex(place)
                _fill(index, ledger, recipe, sorted(old - new), sorted(new - old), tell)
                _check(place, ledger, g, recipe, sorted(new - old), 0.0)
                copied = True
            if not copied:
                shutil.rmtree(place.path, ignore_errors=True)
        if not copied:
            _fill(VectorIndex(place, create=True), ledger, recipe, [], ledger.hashes(g), tell)
            _check(place, ledger, g, recipe, [], _PUT_UP_WITH)
        _to_disk(self.folder / "caches" / cache)
        return cache

    # --- checking

    def _keyword_problems(self, generation: Generation, owners: Mapping[str, str]) -> list[str]:
        try:
            held = dict(KeywordIndex(self._keywords(generation.cache)).ids())
        except StoreError as error:
            return [str(error)]
        return _differences("keyword index: passage", owners, held)

    def _vector_problems(self, ledger: Ledger, generation: Generation) -> list[str]:
        import numpy as np

        g, model = generation.number, generation.recipe.model_hash
        problems: list[str] = []
        try:
            index = VectorIndex(self._place(generation.cache))
        except StoreError as error:
            return [str(error)]
        try:
            expected = ledger.hashes(g)
            known, held = set(expected), set()
            for hashes, vectors in index.entries():
                held.update(hashes)
                rows = {hash: row for hash, row in zip(hashes, vectors, strict=True) if hash in known}
                for part, truth in ledger.text_vectors(model, list(rows)):
                    problems += [
                        f"vector index: text {hash} has another vector; run: askdesk repair"
                        for hash, true in zip(part, truth, strict=True)
                        if true.shape != rows[hash].shape or not np.allclose(true, rows[hash], atol=1e-6)
                    ]
            problems += _differences("vector index: text", dict.fromkeys(expected, ""), dict.fromkeys(held, ""))
            sample = expected[:: max(1, len(expected) // 1_000)]
            lost = [
                hash for part, truth in ledger.text_vectors(model, sample) for hash in _not_found(index, part, truth)
            ]
            if len(lost) > _PUT_UP_WITH * len(sample):
                problems += [
                    f"vector index: text {hash} is not found under its own vector; run: askdesk repair" for hash in lost
                ]
        except StoreError as error:
            problems.append(str(error))
        finally:
            index.close()
        return problems


class Snapshot:
    """One published generation, pinned: all answers come from it, whatever is written meanwhile. Thread-safe.

    It can be read until two later generations were published and a third is being written; then SnapshotGone
    is raised, and a new snapshot has to be taken.
    """

    def __init__(self, ledger: Ledger, generation: Generation, vectors: Folder | Server, keywords: Path) -> None:
        self.generation = generation.number
        self.recipe = generation.recipe
        self._ledger = ledger
        self._vectors = vectors
        self._keywords = keywords
        self._lock = threading.RLock()

    def documents(self) -> tuple[DocumentInfo, ...]:
        """All documents, ordered by source, then id."""
        return self._documents

    @property
    def document_count(self) -> int:
        """How many documents there are."""
        return len(self._documents)

    @property
    def passage_count(self) -> int:
        """How many passages they were cut into."""
        return self._sizes(None)

    def document(self, id: str) -> Document:
        """The document of this id, with its text. Raises UnknownDocument."""
        return self._ledger.document(self.generation, id)

    def path(self, id: str) -> Path:
        """Where the file of the document of this id was, resolved. Raises UnknownDocument."""
        for info, path in self._infos:
            if info.id == id:
                return path
        raise _unknown(id)

    def find(self, name: str | Path) -> tuple[str, ...]:
        """The ids of the documents meant by ``name``: an id, a source, an equivalent path, or a folder of
        any.

        Raises UnknownDocument where there are none.
        """
        said = str(name)
        source = PurePosixPath(Path(name).as_posix())
        try:
            path: Path | None = Path(name).resolve()
        except (OSError, ValueError, RuntimeError):
            path = None
        infos = self._infos
        found = tuple(info.id for info, _ in infos if info.id == said)
        found = found or tuple(info.id for info, _ in infos if info.source in (said, str(source)))
        found = found or tuple(info.id for info, at in infos if at == path)
        found = found or tuple(
            info.id
            for info, at in infos
            if (path is not None and path in at.parents)
            or (str(source) != "." and source in PurePosixPath(info.source).parents)
        )
        if not said or not found:
            raise _unknown(said)
        return found

    def select(
        self,
        sources: str | Path | Sequence[str | Path] | None = None,
        publisher: str | None = None,
        after: dt.date | None = None,
        before: dt.date | None = None,
    ) -> frozenset[str] | None:
        """The ids of the documents that pass all filters given; None where none is given, which means all.

        ``sources`` is one name or several, as for ``find``; ``publisher`` is compared without regard to case;
        ``after`` and ``before`` are inclusive and leave documents without a date out. Raises UnknownDocument
        for a source that the store does not hold.
        """
        if sources is None and publisher is None and after is None and before is None:
            return None
        chosen: set[str] | None = None
        if sources is not None:
            names = [sources] if isinstance(sources, str | Path) else sources
            chosen = {id for name in names for id in self.find(name)}
        wanted = None if publisher is None else publisher.strip().casefold()
        return frozenset(
            info.id
            for info in self._documents
            if (chosen is None or info.id in chosen)
            and (wanted is None or (info.publisher or "").strip().casefold() == wanted)
            and (after is None or (info.published is not None and info.published >= after))
            and (before is None or (info.published is not None and info.published <= before))
        )

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages of these ids, by id; ids that this generation does not hold are left out."""
        return self._ledger.passages(self.generation, ids)

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """The vectors of these passages: float32 of shape (len(ids), dimensions). Raises KeyError for another
        id."""
        found = self._ledger.vectors(self.generation, self.recipe.model_hash, ids)
        return found if len(ids) else found.reshape(0, self.recipe.dimensions)

    def nearest(self, vector: Vectors, limit: int, documents: frozenset[str] | None = None) -> list[tuple[str, float]]:
        """The passages nearest to ``vector`` (of length 1), as (passage id, cosine), best first, then by id.

        ``documents`` restricts the search to the documents of these ids. Cosines are rounded to six places.
        """
        size = self._sizes(documents)
        if not size or limit < 1:
            return []
        if size <= EXACT:
            return self._scan(vector, limit, documents)
        ledger, g = self._ledger, self.generation
        try:
            index = self._vector_index
        except StoreFull:
            # Even to open an index, Chroma writes to it; answers need no room on the disk.
            return self._scan(vector, limit, documents)
        among = None if documents is None else ledger.hashes(g, documents)
        texts = dict(index.nearest(vector.reshape(1, -1), limit, among)[0])
        scored = [
            (id, texts[hash])
            for hash, id, document in ledger.with_texts(g, texts)
            if documents is None or document in documents
        ]
        return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def _scan(self, vector: Vectors, limit: int, documents: frozenset[str] | None) -> list[tuple[str, float]]:
        ids, rows = self._rows if documents is None else self._load(documents)
        scores = (rows @ vector.astype(rows.dtype, copy=False)).tolist()
        scored = [(id, round(score, 6)) for id, score in zip(ids, scores, strict=True)]
        return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def matching(self, question: str, limit: int, documents: frozenset[str] | None = None) -> list[tuple[str, float]]:
        """The passages that share words with ``question``, as (passage id, BM25 score), best first, then by
        id.

        ``documents`` restricts the search to the documents of these ids.
        """
        if limit < 1 or not self._sizes(documents):
            return []
        scored = self._keyword_index.matching(question, limit, documents)
        # Never answer from an entry that this generation does not hold, whatever a cache says.
        held = self._ledger.held(self.generation, [id for id, _ in scored])
        return [pair for pair in scored if pair[0] in held]

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages of the store each of these terms, as ``keywords.analyse`` gives them, stands."""
        return self._keyword_index.frequencies(terms) if self.passage_count else dict.fromkeys(terms, 0)

    def _sizes(self, documents: frozenset[str] | None) -> int:
        return sum(info.passages for info in self._documents if documents is None or info.id in documents)

    def _load(self, documents: frozenset[str] | None) -> tuple[list[str], Vectors]:
        return self._ledger.rows(self.generation, self.recipe.model_hash, documents)

    # Each of these is made once, when it is first needed. Cached properties are not locked from Python 3.12
    # on; making one twice would only cost time, except for the indexes, which hold files open.

    @functools.cached_property
    def _infos(self) -> list[tuple[DocumentInfo, Path]]:
        return self._ledger.infos(self.generation)

    @functools.cached_property
    def _documents(self) -> tuple[DocumentInfo, ...]:
        return tuple(info for info, _ in self._infos)

    @functools.cached_property
    def _rows(self) -> tuple[list[str], Vectors]:
        return self._load(None)

    @property
    def _vector_index(self) -> VectorIndex:
        with self._lock:
            return self._opened_vectors

    @functools.cached_property
    def _opened_vectors(self) -> VectorIndex:
        with self._or_gone():
            return VectorIndex(self._vectors)

    @property
    def _keyword_index(self) -> KeywordIndex:
        with self._lock:
            return self._opened_keywords

    @functools.cached_property
    def _opened_keywords(self) -> KeywordIndex:
        with self._or_gone():
            return KeywordIndex(self._keywords)

    @contextmanager
    def _or_gone(self) -> Iterator[None]:
        """A cache that is missing because its generation is no longer kept is no damage."""
        try:
            yield
        except StoreError:
            with self._ledger.reading(self.generation):
                pass
            raise


class Writer:
    """Prepares the next generation of a store. Used by one thread, within ``with collection.writer(recipe)``.

    ``stale`` says that the store was made by another recipe: then every document must be replaced or removed
    before publishing.
    """

    def __init__(self, collection: Collection, ledger: Ledger, recipe: Recipe) -> None:
        self._collection = collection
        self._ledger = ledger
        self._recipe = recipe
        self._now = ledger.generation()
        self._next = (self._now.number if self._now else 0) + 1
        self._changed = False
        self.stale = self._now is not None and self._now.recipe != recipe

    def known(self) -> Mapping[str, tuple[str, str, str]]:
        """What was indexed by this same recipe: resolved path -> (document id, source, sha256). Empty if
        stale."""
        if self.stale:
            return {}
        return {str(path): (info.id, info.source, info.sha256) for info, path in self.infos()}

    def infos(self) -> list[tuple[DocumentInfo, Path]]:
        """The documents of the published generation and their resolved paths, whatever recipe made them."""
        return self._ledger.infos(self._next - 1)

    def documents(self) -> Iterator[tuple[Document, Path]]:
        """The documents of the published generation with texts and paths, one at a time, to be cut anew."""
        for info, path in self.infos():
            yield self._ledger.document(self._next - 1, info.id), path

    def replace(self, path: Path, source: str, sha256: str, reading: Reading, title: str, cuts: Sequence[Cut]) -> None:
        """Puts in the document at ``path`` (resolved), in place of an earlier one there.

        Raises UnreadableDocument where name or text are not valid Unicode, and ValueError for a cut outside
        the text.
        """
        self._ledger.stage(path, source, sha256, reading, title, cuts)
        self._changed = True

    def remove(self, id: str) -> None:
        """Leaves out the document of this id. Raises UnknownDocument."""
        self._ledger.retire(id)
        self._changed = True

    def missing(self) -> Sequence[tuple[str, str]]:
        """(text hash, text) of everything to be embedded before publishing, each text once."""
        return self._ledger.missing(self._next, self._recipe)

    def add_vectors(self, hashes: Sequence[str], vectors: Vectors) -> None:
        """Keeps the vectors of the texts of these hashes for good: a later crash does not cost them."""
        import numpy as np

        if vectors.shape != (len(hashes), self._recipe.dimensions):
            raise ValueError(f"vectors of shape {vectors.shape} for {len(hashes)} texts")
        if not np.isfinite(vectors).all():
            raise ValueError("a vector holds numbers that are not finite")
        self._ledger.add_vectors(self._recipe.model_hash, hashes, vectors)
        self._changed = True

    def publish(self, progress: ProgressCallback | None = None) -> None:
        """Makes what was prepared the published generation; does nothing where nothing changed.

        Raises StoreFull, in which case the earlier generation stands, and ValueError where something was left
        out: a passage without its vector, or after a change of recipe a document that was not replaced.
        """
        ledger, collection, recipe = self._ledger, self._collection, self._recipe
        ledger.commit_staged()
        whole = self._now is not None and _is_whole(
            collection._place(self._now.cache), collection._keywords(self._now.cache)
        )
        if not self._changed and not self.stale and whole:
            return
        left = ledger.stale(self._next) if self.stale else []
        if left:
            raise ValueError(f"{len(left)} documents were not cut anew for the new recipe, first {left[0]}")
        missing = self.missing()
        if missing:
            raise ValueError(f"{len(missing)} passages have no vector yet")

        cache, churn, previous = "", 0, None
        if self._now is not None and whole and self._now.recipe.model_hash == recipe.model_hash:
            if not ledger.differs(self._next):
                cache, churn = self._now.cache, self._now.churn
            else:
                old, new = set(ledger.hashes(self._next - 1)), set(ledger.hashes(self._next))
                churn = self._now.churn + len(old - new)
                if churn <= CHURN * len(new) and len(new - old) <= len(new) / 2:
                    previous = self._now.cache
                else:
                    churn = 0
        if not cache:
            cache = collection._build(ledger, self._next, recipe, previous, progress)
        ledger.publish(Generation(self._next, recipe, cache, churn))
        self._now = ledger.generation()
        self._next += 1
        self._changed = self.stale = False
        ledger.drop_unused_vectors()


def _is_whole(vectors: Folder | Server, keywords: Path) -> bool:
    try:
        _require_cache(vectors, keywords)
    except StoreDamaged:
        return False
    return True


def _require_cache(vectors: Folder | Server, keywords: Path) -> None:
    """Raises StoreDamaged where a cache is missing; whether it is sound is for ``verify`` to say."""
    if not (keywords / "meta.json").is_file():
        raise StoreDamaged(f"{keywords}: the keyword index is gone; run: askdesk repair")
    if isinstance(vectors, Folder):
        if not (vectors.path / "chroma.sqlite3").is_file():
            raise StoreDamaged(f"{vectors}: the vector index is gone; run: askdesk repair")
    elif vectors.name not in server_names(vectors.address, vectors.name):
        raise StoreDamaged(f"{vectors}: the vector index is not on the server; run: askdesk repair")


def _fill(
    index: VectorIndex,
    ledger: Ledger,
    recipe: Recipe,
    removed: Sequence[str],
    added: Sequence[str],
    tell: ProgressCallback,
) -> None:
    """Takes the texts of some hashes out of ``index``, puts others in with their vectors, and closes it."""
    try:
        index.delete(removed)
        done = 0
        tell(Progress("vector index", done, len(added)))
        for hashes, vectors in ledger.text_vectors(recipe.model_hash, added):
            index.add(hashes, vectors)
            done += len(hashes)
            tell(Progress("vector index", done, len(added)))
    finally:
        index.close()


def _check(
    place: Folder | Server, ledger: Ledger, g: int, recipe: Recipe, added: Sequence[str], allowed: float
) -> None:
    """Opens the index at ``place`` again, as a reader will, and looks up its new entries and some of the others.

    Raises StoreDamaged where more than the share ``allowed`` is not found. Not all that goes wrong in writing is
    reported by Chroma: on a full disk its graph files may end early without a word.
    """
    hashes = ledger.hashes(g)
    index = VectorIndex(place)
    try:
        if index.count != len(hashes):
            raise StoreDamaged(
                f"{place}: the vector index took {index.count} of {len(hashes)} texts; "
                "free some space, then run the command again"
            )
        sample = sorted({*hashes[:: max(1, len(hashes) // _CHECKED)], *added[:_CHECKED]})
        lost = [
            hash
            for part, vectors in ledger.text_vectors(recipe.model_hash, sample)
            for hash in _not_found(index, part, vectors)
        ]
        if len(lost) > allowed * len(sample):
            raise StoreDamaged(f"{place}: the vector index does not find {lost[0]}; run: askdesk repair")
    finally:
        index.close()


def _not_found(index: VectorIndex, hashes: Sequence[str], vectors: Vectors) -> list[str]:
    """Those whose own vector leads to nothing as near to it as it is to itself."""
    return [
        hash
        for hash, row, found in zip(hashes, vectors, index.nearest(vectors, 1), strict=True)
        if not found or (found[0][0] != hash and found[0][1] < float(row @ row) - _NEAR)
    ]


def _differences(what: str, owners: Mapping[str, str], held: Mapping[str, str]) -> list[str]:
    return [
        *(f"{what} {id} is missing; run: askdesk repair" for id in sorted(owners.keys() - held.keys())),
        *(f"{what} {id} is not in the ledger; run: askdesk repair" for id in sorted(held.keys() - owners.keys())),
        *(
            f"{what} {id} stands under another document; run: askdesk repair"
            for id in sorted(owners.keys() & held.keys())
            if owners[id] != held[id]
        ),
    ]


def _file_problem(info: DocumentInfo, path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return f"{info.source}: the file is gone; run: askdesk index on its folder, or askdesk remove"
    except OSError as error:
        return f"{info.source}: the file cannot be read ({error.strerror}); make it readable"
    if sha256 != info.sha256:
        return f"{info.source}: changed since it was indexed; run: askdesk index {info.source}"
    return None


def _unknown(name: str) -> UnknownDocument:
    shown = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return UnknownDocument(f"{shown!r}: no such document in the store; list them with: askdesk sources")


def _copy(old: Path, new: Path) -> None:
    try:
        shutil.copytree(old, new)
    except (OSError, shutil.Error) as error:
        raise StoreFull(
            f"{new}: the vector index cannot be copied ({error}); free some space and try again; "
            "the earlier index stands"
        ) from error


def _to_disk(folder: Path) -> None:
    """Waits until all files below ``folder`` are on the disk, as the ledger that names them will be."""
    try:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                with path.open("r+b") as file:
                    os.fsync(file.fileno())
    except OSError as error:
        raise StoreFull(
            f"{folder}: cannot be written ({error.strerror}); free some space, then run the command again; "
            "the earlier index stands"
        ) from error
