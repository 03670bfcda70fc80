"""The caches of a store, made from its ledger: built, copied, checked, and swept away.

A cache is a folder ``caches/NAME`` with a vector index (``chroma``) and a keyword index (``tantivy``). It is
filled and checked before the ledger names it, in the commit that publishes a generation, and is not written
to afterwards. So readers anywhere go on with the one their generation names, a broken-off run leaves a folder
that nothing names, and repair is a fresh folder under a new generation. The sizes and hashes of its files stand
in the ledger: by them damage is noticed, which the libraries themselves may answer with wrong results, with an end of
the process, or with nothing at all.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from askdesk.commands import command
from askdesk.contents import Contents
from askdesk.errors import StoreDamaged, StoreError, StoreFull
from askdesk.keywords import KeywordIndex, write_index
from askdesk.ledger import CacheFile, Generation, Ledger, damage_of
from askdesk.lock import file_mode, folder_mode
from askdesk.names import learn
from askdesk.types import Progress, ProgressCallback, Recipe
from askdesk.vectors import Folder, Server, VectorIndex, drop, server_names

if TYPE_CHECKING:
    from askdesk.types import Vectors

_LEARNED_ANEW = 1_000
"""Documents up to which names are learned anew whenever a passage changed, which takes a second."""

CHURN = 0.10
"""Once more of a vector index than this share was deleted since it was built, it is built anew: Chroma's
graph can lose entries after many deletes."""

_GROWING = frozenset({"chroma.sqlite3"})
"""Files of SQLite that Chroma writes to even when it only reads: they may grow, and are checked by SQLite itself."""

_CHECKED = 200
# Even a fresh graph can lose a few entries among thousands that are all but equal (14 of 6,000 where half differed by
# 1e-5), and building it again would not help; a share beyond this is damage.
_PUT_UP_WITH = 0.05
_NEAR = 1e-3


@dataclass(frozen=True, slots=True)
class Caches:
    """The caches of the store in ``folder``, the vector indexes there or on the Chroma server at ``chroma``."""

    folder: Path
    chroma: str | None

    def vectors(self, cache: str) -> Folder | Server:
        """Where the vector index of this cache is."""
        if self.chroma is None:
            return Folder(self.folder / "caches" / cache / "chroma", self.repair)
        return self._server(f"askdesk-{cache}")

    def _server(self, name: str) -> Server:
        return Server(self.chroma or "", name, self.repair)

    @property
    def repair(self) -> str:
        """The command that builds these caches anew."""
        return command(self.folder, "repair", chroma=self.chroma)

    def keywords(self, cache: str) -> Path:
        """Where the keyword index of this cache is."""
        return self.folder / "caches" / cache / "tantivy"

    def names(self, cache: str) -> Path:
        """Where the groups of names are that were learned from the documents, as JSON."""
        return self.folder / "caches" / cache / "names.json"

    def require(self, generation: Generation) -> None:
        """Raises StoreDamaged where something of this generation's cache is missing or of another size than written."""
        keywords, vectors = self.keywords(generation.cache), self.vectors(generation.cache)
        if not (keywords / "meta.json").is_file():
            raise StoreDamaged(f"{keywords}: the keyword index is gone; run: {self.repair}")
        if isinstance(vectors, Folder):
            if not (vectors.path / "chroma.sqlite3").is_file():
                raise StoreDamaged(f"{vectors}: the vector index is gone; run: {self.repair}")
        elif vectors.name not in server_names(vectors):
            raise StoreDamaged(f"{vectors}: the vector index is not on the server; run: {self.repair}")
        self.check(generation, hashed=0)

    def check(self, generation: Generation, part: str = "", hashed: int = sys.maxsize) -> None:
        """Raises StoreDamaged where a file of a ``part`` of this generation's cache is not as it was written.

        Files of up to ``hashed`` bytes are compared whole, others by their sizes.
        """
        for line in self.damage(generation, part, hashed):
            raise StoreDamaged(line)

    def damage(
        self, generation: Generation, part: str = "", hashed: int = sys.maxsize, touched: bool = False
    ) -> Iterator[str]:
        """What differs, as ``check`` looks for it, one line each; with ``touched`` only files written to since are
        compared whole."""
        for name, size, sha256, at in generation.files:
            path = self.folder / "caches" / generation.cache / name
            if not name.startswith(part) or (self.chroma is not None and name.startswith("chroma/")):
                continue
            try:
                status = path.stat()
                found = status.st_size
                if found < size or (found > size and path.name not in _GROWING):
                    yield f"{path}: damaged, it has {found} of {size} bytes; run: {self.repair}"
                elif size > hashed or (touched and status.st_mtime_ns == at):
                    continue
                elif path.name in _GROWING:
                    if said := damage_of(path):
                        yield f"{path}: damaged ({said}); run: {self.repair}"
                elif _sha256(path) != sha256:
                    yield f"{path}: damaged, it is not what was written; run: {self.repair}"
            except FileNotFoundError:
                yield f"{path}: is gone; run: {self.repair}"
            except OSError as error:
                yield f"{path}: cannot be read ({error.strerror}); make it readable, or run: {self.repair}"

    def whole(self, generation: Generation) -> bool:
        """Whether everything of this generation's cache is there as it was written, as far as times of writing tell."""
        try:
            self.require(generation)
            return not any(self.damage(generation, touched=True))
        except StoreDamaged:
            return False

    def sweep(self, ledger: Ledger) -> None:
        """Removes this store's caches that no reader can be at, and nothing that has another name than it gives them.

        Where a file is still open (Windows), a later run does it.
        """
        keep = ledger.cache_names()
        caches = self.folder / "caches"
        own = re.compile(re.escape(ledger.store_id) + r"-\d{6,}-[0-9a-f]{6}")
        if caches.is_dir():
            for folder in caches.iterdir():
                if own.fullmatch(folder.name) and folder.name not in keep:
                    shutil.rmtree(folder, ignore_errors=True)
        if self.chroma is not None:
            for name in server_names(self._server(f"askdesk-{ledger.store_id}-")):
                if name.removeprefix("askdesk-") not in keep:
                    drop(self._server(name))

    def prepare(
        self, ledger: Ledger, g: int, recipe: Recipe, now: Generation | None, progress: ProgressCallback | None
    ) -> Generation:
        """Generation ``g`` as it is staged, ready to be published: with its caches made and checked.

        Those of ``now``, generation g - 1, stay where no passage changed; where few did, the vector index starts as
        a copy of its. ``now`` is None where there is none or its caches are not whole.
        """
        churn, previous = 0, None
        if now is not None and now.recipe.model_hash == recipe.model_hash:
            before, after = Contents(ledger, g - 1), Contents(ledger, g)
            if before.passage_ids() == after.passage_ids() and self.names(now.cache).exists():
                return dataclasses.replace(now, number=g, recipe=recipe)
            old, new = set(before.hashes()), set(after.hashes())
            deleted = now.churn + len(old - new)
            if deleted <= CHURN * len(new) and len(new - old) <= len(new) / 2:
                churn, previous = deleted, now.cache
        cache, files = self.build(ledger, g, recipe, previous, progress)
        return Generation(g, recipe, cache, churn, files)

    def build(
        self, ledger: Ledger, g: int, recipe: Recipe, previous: str | None, progress: ProgressCallback | None
    ) -> tuple[str, tuple[CacheFile, ...]]:
        """Makes and checks the caches of generation ``g`` and returns their name and files (see ``Generation``).

        The vector index starts as a copy of that in the cache ``previous`` of generation g - 1. Without one,
        or where the copy turns out wrong, it is filled from the ledger alone.
        """
        contents = Contents(ledger, g)
        cache = f"{ledger.store_id}-{g:06d}-{secrets.token_hex(3)}"
        self._make(cache)
        total = len(contents.passage_ids())
        tell = progress or (lambda step: None)
        tell(Progress("keyword index", 0, total))
        written = write_index(self.keywords(cache), contents.embedded())
        if written != total or KeywordIndex(self.keywords(cache), self.repair).count != total:
            raise StoreDamaged(f"{self.folder}: the keyword index took {written} of {total} passages; try again")
        tell(Progress("keyword index", total, total))
        self._learn_names(contents, cache, previous)

        place = self.vectors(cache)
        copied = False
        if previous is not None and isinstance(place, Folder):
            old, new = set(Contents(ledger, g - 1).hashes()), set(contents.hashes())
            with suppress(StoreDamaged):
                _copy(self.folder / "caches" / previous / "chroma", place.path)
                index = VectorIndex(place)
                _fill(index, contents, recipe, sorted(old - new), sorted(new - old), tell)
                _check(place, contents, recipe, sorted(new - old), 0.0)
                copied = True
            if not copied:
                shutil.rmtree(place.path, ignore_errors=True)
        if not copied:
            _fill(VectorIndex(place, create=True), contents, recipe, [], contents.hashes(), tell)
            _check(place, contents, recipe, [], _PUT_UP_WITH)
        return cache, self._to_disk(cache)

    def _make(self, cache: str) -> None:
        """Makes the folder of a cache, for whom the store's folder is."""
        mode = folder_mode(self.folder)
        folder = self.folder / "caches" / cache
        try:
            folder.parent.mkdir(mode, exist_ok=True)
            folder.mkdir(mode)
        except OSError as error:
            raise StoreFull(
                f"{folder}: cannot be made ({error.strerror}); free some space or make the store's folder writable"
            ) from error

    def _to_disk(self, cache: str) -> tuple[CacheFile, ...]:
        """Waits until all files of a cache are on the disk, as the ledger that names them will be, and returns them.

        The libraries that wrote them made them for everybody; here they become for whom the store's folder is.
        """
        folder = self.folder / "caches" / cache
        files = []
        try:
            for path in sorted(folder.rglob("*")):
                path.chmod(folder_mode(self.folder) if path.is_dir() else file_mode(self.folder))
                if path.is_file():
                    with path.open("r+b") as file:
                        os.fsync(file.fileno())
                    if path.suffix != ".lock":
                        status = path.stat()
                        name = path.relative_to(folder).as_posix()
                        files.append((name, status.st_size, _sha256(path), status.st_mtime_ns))
        except OSError as error:
            raise StoreFull(
                f"{folder}: cannot be written ({error.strerror}); free some space, then run the command again; "
                "the earlier index stands"
            ) from error
        return tuple(files)

    def _learn_names(self, contents: Contents, cache: str, previous: str | None) -> None:
        """Learns how the names in the documents are spelled, or keeps what was learned from nearly all of them."""
        now = len(contents.infos())
        if previous is not None and now >= _LEARNED_ANEW:
            with suppress(OSError, ValueError, KeyError, TypeError):
                text = self.names(previous).read_text(encoding="utf-8")
                if abs(now - json.loads(text)["documents"]) <= CHURN * now:
                    self.names(cache).write_text(text, encoding="utf-8")
                    return
        learned = {"documents": now, "groups": learn(contents.named())}
        self.names(cache).write_text(json.dumps(learned, ensure_ascii=False), encoding="utf-8")

    # --- checking

    def problems(self, generation: Generation, contents: Contents) -> list[str]:
        """Where this generation's cache differs from how it was written, and from the contents it was made of, one line
        each. A damaged index is not opened: it can end the process."""
        found = list(self.damage(generation, "names.json"))
        damage = list(self.damage(generation, "tantivy/"))
        found += damage or self._keyword_problems(generation.cache, contents)
        damage = list(self.damage(generation, "chroma/"))
        found += damage or self._vector_problems(generation.cache, contents, generation.recipe)
        return found

    def _keyword_problems(self, cache: str, contents: Contents) -> list[str]:
        owners = {id: id.partition("-")[0] for id in contents.passage_ids()}
        try:
            held = dict(KeywordIndex(self.keywords(cache), self.repair).ids())
        except StoreError as error:
            return [str(error)]
        return _differences("keyword index: passage", owners, held, self.repair)

    def _vector_problems(self, cache: str, contents: Contents, recipe: Recipe) -> list[str]:
        import numpy as np

        model = recipe.model_hash
        problems: list[str] = []
        try:
            index = VectorIndex(self.vectors(cache))
        except StoreError as error:
            return [str(error)]
        try:
            expected = contents.hashes()
            known, held = set(expected), set()
            for hashes, vectors in index.entries():
                held.update(hashes)
                rows = {hash: row for hash, row in zip(hashes, vectors, strict=True) if hash in known}
                for part, truth in contents.text_vectors(model, list(rows)):
                    problems += [
                        f"vector index: text {hash} has another vector; run: {self.repair}"
                        for hash, true in zip(part, truth, strict=True)
                        if true.shape != rows[hash].shape or not np.allclose(true, rows[hash], atol=1e-6)
                    ]
            problems += _differences(
                "vector index: text", dict.fromkeys(expected, ""), dict.fromkeys(held, ""), self.repair
            )
            sample = expected[:: max(1, len(expected) // 1_000)]
            lost = [
                hash for part, truth in contents.text_vectors(model, sample) for hash in _not_found(index, part, truth)
            ]
            if len(lost) > _PUT_UP_WITH * len(sample):
                problems += [
                    f"vector index: text {hash} is not found under its own vector; run: {self.repair}" for hash in lost
                ]
        except StoreError as error:
            problems.append(str(error))
        finally:
            index.close()
        return problems


def _fill(
    index: VectorIndex,
    contents: Contents,
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
        for hashes, vectors in contents.text_vectors(recipe.model_hash, added):
            index.add(hashes, vectors)
            done += len(hashes)
            tell(Progress("vector index", done, len(added)))
    finally:
        index.close()


def _check(place: Folder | Server, contents: Contents, recipe: Recipe, added: Sequence[str], allowed: float) -> None:
    """Opens the index at ``place`` again, as a reader will, and looks up its new entries and some of the others.

    Raises StoreDamaged where more than the share ``allowed`` is not found. Not all that goes wrong in writing is
    reported by Chroma: on a full disk its graph files may end early without a word.
    """
    hashes = contents.hashes()
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
            for part, vectors in contents.text_vectors(recipe.model_hash, sample)
            for hash in _not_found(index, part, vectors)
        ]
        if len(lost) > allowed * len(sample):
            raise StoreDamaged(f"{place}: the vector index does not find {lost[0]}; run: {place.repair}")
    finally:
        index.close()


def _not_found(index: VectorIndex, hashes: Sequence[str], vectors: Vectors) -> list[str]:
    """Those whose own vector leads to nothing as near to it as it is to itself."""
    return [
        hash
        for hash, row, found in zip(hashes, vectors, index.nearest(vectors, 1), strict=True)
        if not found or (found[0][0] != hash and found[0][1] < float(row @ row) - _NEAR)
    ]


def _differences(what: str, owners: Mapping[str, str], held: Mapping[str, str], repair: str) -> list[str]:
    return [
        *(f"{what} {id} is missing; run: {repair}" for id in sorted(owners.keys() - held.keys())),
        *(f"{what} {id} is not in the ledger; run: {repair}" for id in sorted(held.keys() - owners.keys())),
        *(
            f"{what} {id} stands under another document; run: {repair}"
            for id in sorted(owners.keys() & held.keys())
            if owners[id] != held[id]
        ),
    ]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(old: Path, new: Path) -> None:
    try:
        shutil.copytree(old, new)
    except (OSError, shutil.Error) as error:
        raise StoreFull(
            f"{new}: the vector index cannot be copied ({error}); free some space and try again; "
            "the earlier index stands"
        ) from error
