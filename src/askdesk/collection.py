"""The store as one thing: the ledger and the caches made from it, kept in step."""

from __future__ import annotations

import hashlib
import json
import stat
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from askdesk import copies
from askdesk.caches import Caches
from askdesk.commands import command
from askdesk.contents import Contents
from askdesk.errors import StoreDamaged, StoreError, StoreFull, StoreMissing
from askdesk.ledger import FILE_NAME, Generation, Ledger
from askdesk.lock import write_lock
from askdesk.names import abbreviations, mentions
from askdesk.snapshot import Snapshot
from askdesk.types import Cut, Document, DocumentInfo, ProgressCallback, Reading, Recipe, VerifyReport

if TYPE_CHECKING:
    from askdesk.types import Vectors


class Collection:
    """The store in ``folder``, its vector index there or on the Chroma server at the address ``chroma``.

    Making one touches nothing. Thread-safe.
    """

    def __init__(self, folder: Path, chroma: str | None = None) -> None:
        self.folder = folder
        self._caches = Caches(folder, chroma)
        self._lock = threading.Lock()
        self._ledger: Ledger | None = None
        self._file: tuple[int, int, int] | None = None
        self._snapshot: Snapshot | None = None
        self._unchecked: Generation | None = None

    def snapshot(self, searched: bool = True) -> Snapshot:
        """The generation published last, to read from; cheap where nothing changed. Creates nothing.

        Where nothing is to be ``searched``, the ledger is enough and the caches may be missing. Raises StoreMissing,
        StoreTooNew, and StoreDamaged where ledger or caches are broken.
        """
        with self._lock:
            ledger = self._reader()
            if self._snapshot is None or self._snapshot.generation != ledger.number():
                generation = ledger.generation()
                if generation is None:
                    raise self._unfinished()
                self._snapshot = Snapshot(ledger, generation, self._caches)
                self._unchecked = generation
            if searched and self._unchecked is not None:
                self._caches.require(self._unchecked)
                self._unchecked = None
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

    def damaged(self) -> dict[str, str]:
        """Leads from the ids of the documents whose texts or passages in the ledger are not what was written to their
        sources. Raises StoreMissing, StoreTooNew and StoreDamaged.
        """
        with self._lock:
            ledger = self._reader()
            return Contents(ledger, ledger.number()).damaged()

    @contextmanager
    def writer(self, recipe: Recipe) -> Iterator[Writer]:
        """Prepares the next generation; makes the store where it is missing. Left without ``publish``,
        nothing changes but that vectors already added are kept.

        Raises StoreLocked where another process writes, StoreFull, StoreTooNew and StoreDamaged.
        """
        with self._writing(make=True) as ledger:
            yield Writer(ledger, self._caches, recipe)

    def repair(self, progress: ProgressCallback | None = None) -> None:
        """Builds both caches anew from the ledger beside the old ones, checks them, and publishes them.

        Embeds nothing. Raises as ``writer`` does, StoreMissing, and StoreDamaged where the ledger itself is
        broken.
        """
        with self._writing(make=False) as ledger:
            generation = ledger.generation()
            if generation is None:
                raise self._unfinished()
            missing = len(Contents(ledger, generation.number).missing(generation.recipe))
            if missing:
                anew = self._command("index", "PATH")
                raise StoreDamaged(f"{self.folder}: the vectors of {missing} passages are lost; run: {anew}")
            cache, files = self._caches.build(ledger, generation.number, generation.recipe, None, progress)
            ledger.publish(Generation(generation.number + 1, generation.recipe, cache, 0, files))

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
                raise self._unfinished()
            contents = Contents(ledger, generation.number)
            problems = contents.problems(generation.recipe)
            infos, passages = contents.infos(), len(contents.passage_ids())
            problems += self._caches.problems(generation, contents)
        except StoreDamaged as error:
            return VerifyReport(0, 0, (str(error),))
        finally:
            with suppress(StoreError):
                ledger.close()
        if files:
            problems += [line for info, path in infos if (line := self._file_problem(info, path))]
        return VerifyReport(len(infos), passages, tuple(problems))

    def close(self) -> None:
        """Closes what is open here; snapshots still in use keep their caches open until they are dropped."""
        with self._lock:
            if self._ledger is not None:
                self._ledger.close()
            self._ledger = self._snapshot = self._file = None

    def _file_problem(self, info: DocumentInfo, path: Path) -> str | None:
        anew = self._command("index", info.source)
        try:
            if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for
                return f"{info.source}: is no ordinary file; the file cannot be read; put it back"
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            gone = self._command("remove", info.source)
            return f"{info.source}: the file is gone; put it back, or run: {gone}"
        except OSError as error:
            return f"{info.source}: the file cannot be read ({error.strerror}); make it readable"
        return f"{info.source}: changed since it was indexed; run: {anew}" if sha256 != info.sha256 else None

    def _unfinished(self) -> StoreMissing:
        return StoreMissing(f"{self.folder}: no index was finished here; run: {self._command('index', 'PATH')}")

    def _command(self, *words: str) -> str:
        return command(self.folder, *words, chroma=self._caches.chroma)

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
            self._make_folder()
        elif not (self.folder / FILE_NAME).is_file():
            made = self._command("index", "PATH")
            raise StoreMissing(f"{self.folder}: there is no store here; make one with: {made}")
        with write_lock(self.folder):
            ledger = Ledger(self.folder, write=make)
            try:
                ledger.discard()
                ledger.purge()
                self._caches.sweep(ledger)
                yield ledger
            finally:
                # Whatever hinders this, the next writer does it again.
                with suppress(StoreError):
                    ledger.discard()
                with suppress(StoreError):
                    self._caches.sweep(ledger)
                with suppress(StoreError):
                    ledger.close()

    def _make_folder(self) -> None:
        """Makes the folder of a new store, for its owner only; one that is there must be a store's, or free.

        Raises StoreError where it holds what is not askdesk's, before anything in it is touched.
        """
        file = self.folder / FILE_NAME
        if file.exists() and file.stat().st_size:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            foreign = sorted(
                path.name
                for path in self.folder.iterdir()
                if path.name not in _OWN and not path.name.startswith(".") and path.stem.lower() != "readme"
            )
            if not foreign:
                self.folder.chmod(0o700)
        except OSError as error:
            raise StoreFull(
                f"{self.folder}: the store cannot be made ({error.strerror}); choose another with --store"
            ) from error
        if foreign:
            raise StoreError(
                f"{self.folder} is no store of askdesk and holds other files ({foreign[0]}): "
                "choose an empty or a new folder with --store"
            )


_OWN = frozenset({FILE_NAME, f"{FILE_NAME}-journal", "names.txt", "write.lock", "writer.json"})
"""What may stand in the folder of a store before its ledger does: names to be known, and what a broken-off run left."""

_COMPARED = 8
"""Documents that a new one is compared with: those that share most keys with it."""


class Writer:
    """Prepares the next generation of a store. Used by one thread, within ``with collection.writer(recipe)``.

    ``stale`` says that the store was made by another recipe: then every document must be replaced or removed
    before publishing.
    """

    def __init__(self, ledger: Ledger, caches: Caches, recipe: Recipe) -> None:
        self._ledger = ledger
        self._caches = caches
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
        return Contents(self._ledger, self._next - 1).infos()

    def documents(self) -> Iterator[tuple[Document, Path]]:
        """The documents of the published generation with texts and paths, one at a time, to be cut anew; without those
        whose text is not what was written."""
        contents = Contents(self._ledger, self._next - 1)
        for info, path in self.infos():
            if contents.is_sound(info.id):
                yield contents.document(info.id), path

    def altered(self) -> dict[str, str]:
        """Leads from the ids of the documents whose texts in the ledger are not what was written to their sources."""
        return Contents(self._ledger, self._next - 1).altered()

    def damaged(self) -> dict[str, str]:
        """As ``altered``, with the documents of which only passages are not what was written."""
        return Contents(self._ledger, self._next - 1).damaged()

    def replace(self, path: Path, source: str, sha256: str, reading: Reading, title: str, cuts: Sequence[Cut]) -> None:
        """Puts in the document at ``path`` (resolved), in place of an earlier one there.

        Raises UnreadableDocument where name or text are not valid Unicode, and ValueError for a cut outside
        the text.
        """
        furniture = [(mark.start, mark.end) for mark in reading.marks if mark.kind == "furniture"]
        keys = copies.sentence_keys(reading.text, furniture)
        number = self._ledger.stage(path, source, sha256, reading, title, cuts, keys)
        self._link(number, copies.signature(reading.text, furniture))
        names, pairs = mentions(reading.text), abbreviations(reading.text)
        self._ledger.name(number, json.dumps(names, ensure_ascii=False), json.dumps(pairs, ensure_ascii=False))
        self._changed = True

    def _link(self, number: int, sketch: bytes) -> None:
        """Finds the documents that a staged one is a copy of, among those that share keys with it."""
        keys = copies.bands(sketch)
        alike = self._ledger.sharing(keys, copies.SHARED, _COMPARED)
        found = [other for other, its in alike if copies.is_copy(sketch, its)]
        self._ledger.link(number, sketch, keys, found)

    def remove(self, id: str) -> None:
        """Leaves out the document of this id. Raises UnknownDocument."""
        self._ledger.retire(id)
        self._changed = True

    def missing(self) -> Sequence[tuple[str, str]]:
        """(text hash, text) of everything to be embedded before publishing, each text once."""
        return Contents(self._ledger, self._next).missing(self._recipe)

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
        ledger, now = self._ledger, self._now
        ledger.commit_staged()
        whole = now is not None and self._caches.whole(now)
        if not self._changed and not self.stale and whole:
            return
        left = Contents(ledger, self._next).stale() if self.stale else []
        if left:
            raise ValueError(f"{len(left)} documents were not cut anew for the new recipe, first {left[0]}")
        missing = self.missing()
        if missing:
            raise ValueError(f"{len(missing)} passages have no vector yet")

        ledger.publish(self._caches.prepare(ledger, self._next, self._recipe, now if whole else None, progress))
        self._now = ledger.generation()
        self._next += 1
        self._changed = self.stale = False
        ledger.drop_unused_vectors()
