"""The ledger: the one SQLite file that is the truth of a store, opened, and written in generations.

Every version of a document is a row with the generation it was ``born`` in and the one it ``died`` in.
Generation ``g`` holds the rows with born <= g and (died is null or died > g). A writer prepares generation g
+ 1 in several commits that nobody sees, because everybody reads at a generation that is published; the commit
that raises ``generation`` in ``meta`` publishes it. What a broken-off run left (born > generation) is thrown
away by the next.

Vectors belong to no generation: they are kept by model and by the hash of the text they stand for, so a
broken-off run has embedded nothing in vain.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from askdesk.commands import command
from askdesk.errors import (
    SnapshotGone,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreMissing,
    StoreTooNew,
    UnknownDocument,
    UnreadableDocument,
)
from askdesk.lock import file_mode
from askdesk.rows import (
    ADDED,
    SCHEMA_VERSION,
    TABLES,
    document_id,
    document_row,
    mark_rows,
    passage_id,
    passage_rows,
)
from askdesk.types import Cut, Reading, Recipe

if TYPE_CHECKING:
    from askdesk.types import Vectors

FILE_NAME = "ledger.sqlite3"

# The holders of one sketch key that a new document is compared with.
_HOLDERS = 64
# Rows are staged in commits of about so many characters, so that a large run needs little memory.
_COMMIT_EVERY = 4_000_000
# The key in ``meta`` of the files of a cache is this and its name.
_FILES = "files "
_LOST = "put a copy of the store back, or make a new one with: askdesk index PATH --store NEW"


CacheFile = tuple[str, int, str, int]


@dataclass(frozen=True, slots=True)
class Generation:
    """A published state: its number, how it was made, the name of its caches, how many entries were deleted from its
    vector index since that was last built from nothing (``churn``), and the files of its caches as they were written:
    (path below the cache, size in bytes, SHA-256, time of writing in ns). There are none of caches from before this was
    kept."""

    number: int
    recipe: Recipe
    cache: str
    churn: int
    files: tuple[CacheFile, ...] = ()


def unknown_document(id: str, store: Path) -> UnknownDocument:
    """The error for an ``id`` that no document of ``store`` has."""
    return UnknownDocument(f"{_printable(id)}: no document of that id; list them with: {command(store, 'sources')}")


class Ledger:
    """One open ledger file. Reading is thread-safe; only one process may write (see ``lock``).

    ``Ledger(folder)`` opens the ledger of the store in ``folder`` and creates nothing; with ``write`` it is
    created where it is missing. Raises StoreMissing, StoreTooNew, StoreDamaged, and StoreFull where it cannot
    be written. What a generation holds is read through ``contents``. ``file`` is the ledger's path; ``frozen``
    says that it was opened where nothing can be written: then it does not see later changes.
    """

    def __init__(self, folder: Path, write: bool = False) -> None:
        self.file = folder / FILE_NAME
        self._lock = threading.RLock()
        self._staged_characters = 0
        if not write and not self.file.is_file():
            raise StoreMissing(f"{folder}: there is no store here; make one with: {command(folder, 'index', 'PATH')}")
        self.frozen = False
        try:
            self._open(folder, "rwc" if write else "rw", write)
        except StoreFull:
            # Even to read, SQLite writes an index of its log. Where the disk is full or read-only, and no log holds
            # anything, the file alone is all there is.
            log = self.file.with_name(f"{FILE_NAME}-wal")
            if write or (log.exists() and log.stat().st_size):
                raise
            self._open(folder, "ro&immutable=1", write)
            self.frozen = True

    def _open(self, folder: Path, mode: str, write: bool) -> None:
        if write and not self.file.exists():
            self._make(folder)
        with self._mapped():
            self._db = sqlite3.connect(
                f"{self.file.resolve().as_uri()}?mode={mode}",
                uri=True,
                timeout=10,
                check_same_thread=False,
                isolation_level=None,
            )
        try:
            with self._mapped():
                self._db.execute("pragma synchronous = full")
                self._prepare(folder, write)
        except BaseException:
            self._db.close()
            raise

    def _make(self, folder: Path) -> None:
        """Makes the file before SQLite would, whose own would be for everybody to read; its log takes after it."""
        try:
            os.close(os.open(self.file, os.O_RDWR | os.O_CREAT, file_mode(folder)))
        except OSError as error:
            raise StoreFull(
                f"{self.file}: cannot be made ({error.strerror}); free some space or make the folder writable"
            ) from error

    def _prepare(self, folder: Path, write: bool) -> None:
        tables = self._db.execute("select count(*) from sqlite_master").fetchone()[0]
        if not tables and not write:
            raise StoreMissing(f"{folder}: the store here is empty; fill it with: {command(folder, 'index', 'PATH')}")
        if not tables:
            self._db.execute("pragma journal_mode = wal")
            with self._transaction():
                self._create(TABLES)
                self._create(ADDED)
                self._set("schema_version", str(SCHEMA_VERSION))
                self._set("store_id", secrets.token_hex(4))
                self._set("generation", "0")
                self._set("oldest", "0")
        version = self._number("schema_version")
        if version > SCHEMA_VERSION:
            raise StoreTooNew(
                f"{folder}: made by a later askdesk (version {version}, this one reads {SCHEMA_VERSION}); "
                "update askdesk, or make a new store with --store"
            )
        if version < SCHEMA_VERSION and write:
            with self._transaction():
                self._create(ADDED)
                self._set("schema_version", str(SCHEMA_VERSION))

    def _create(self, tables: str) -> None:
        for statement in tables.split(";\n"):
            self._db.execute(statement)

    def close(self) -> None:
        """Closes the file; closing twice is no error."""
        with self._lock, self._mapped():
            self._db.close()

    # --- what stands in meta

    @property
    def store_id(self) -> str:
        """Eight hex digits that name this store for good."""
        with self._lock, self._mapped():
            return self._value("store_id")

    def number(self) -> int:
        """The number of the published generation; 0 where nothing was published yet."""
        with self._lock, self._mapped():
            return self._number("generation")

    def generation(self) -> Generation | None:
        """The published generation; None where nothing was published yet."""
        with self._lock, self._mapped():
            row = self._db.execute(
                "select number, recipe, cache, churn from generations "
                "where number = (select cast(value as integer) from meta where key = 'generation')"
            ).fetchone()
            if row is None:
                return None
            told = self._db.execute("select value from meta where key = ?", (_FILES + row[2],)).fetchone()
            try:
                recipe = Recipe(**json.loads(row[1]))
            except (ValueError, TypeError) as error:
                raise StoreDamaged(f"{self.file}: its recipe cannot be read ({error}); {_LOST}") from error
            files: tuple[CacheFile, ...] = ()
            with suppress(ValueError, TypeError):  # unreadable, it is as if it were not kept
                files = tuple((name, size, hash, at) for name, size, hash, at in json.loads(told[0] if told else "[]"))
            return Generation(row[0], recipe, row[2], row[3], files)

    def cache_names(self) -> set[str]:
        """The names of all caches that a reader may still be using."""
        with self._lock, self._mapped():
            return {name for (name,) in self._db.execute("select cache from generations")}

    # --- reading, by ``contents``

    @contextmanager
    def reading(self, g: int) -> Iterator[sqlite3.Connection]:
        """Everything read inside is of one moment, at which generation ``g`` was still held; else
        SnapshotGone."""
        with self._lock, self._mapped():
            if self._db.in_transaction:
                yield self._db
                return
            self._db.execute("begin")
            try:
                if g < self._number("oldest"):
                    raise SnapshotGone(f"{self.file.parent}: the index was rebuilt twice while it was read; ask again")
                yield self._db
            except (TypeError, ValueError) as error:  # a column of another type than was written, a date that is none
                said = " ".join(str(error).split())
                raise StoreDamaged(f"{self.file}: a row was altered and cannot be read ({said}); {_LOST}") from error
            finally:
                if self._db.in_transaction:
                    self._db.execute("commit")

    def damage(self) -> list[str]:
        """What SQLite itself finds wrong with the file, one line each."""
        with self._lock, self._mapped():
            said = [row[0] for row in self._db.execute("pragma integrity_check(10)") if row[0] != "ok"]
        return [f"{self.file}: damaged ({' '.join(line.split())}); {_LOST}" for line in said]

    # --- writing: everything here needs the write lock

    def discard(self) -> None:
        """Throws away what was staged and not published."""
        with self._lock, self._mapped(), self._transaction():
            g = self._number("generation")
            self._db.execute("update documents set died = null where died > ?", (g,))
            self._delete_documents("born > :g", {"g": g})

    def purge(self) -> None:
        """Throws away what only generations before the previous one held; readers may still be at that
        one."""
        with self._lock, self._mapped(), self._transaction():
            g = self._number("generation")
            self._delete_documents("died < :g", {"g": g})
            self._db.execute("delete from generations where number < ?", (g - 1,))
            self._db.execute(
                "delete from meta where key like ? and substr(key, ?) not in (select cache from generations)",
                (f"{_FILES}%", len(_FILES) + 1),
            )
            self._set("oldest", str(max(0, g - 1)))

    def stage(
        self,
        path: Path,
        source: str,
        sha256: str,
        reading: Reading,
        title: str,
        cuts: Sequence[Cut],
        sentence_keys: Sequence[tuple[int, int, int]] = (),
    ) -> int:
        """Puts a document with its passages into the next generation, in place of the one at the same path.

        ``sentence_keys`` are (start, end, key) of the sentences by which other carriers of the same words are found.
        Returns the number of the document's row.

        Raises UnreadableDocument where a text or a name holds lone surrogates, and ValueError where a cut
        does not lie within the text.
        """
        text = reading.text
        id = document_id(path)
        unique = {passage_id(id, text[cut.start : cut.end], cut): cut for cut in cuts}
        for cut in cuts:
            if not 0 <= cut.start <= cut.end <= len(text):
                raise ValueError(f"{source}: a passage from {cut.start} to {cut.end} in a text of {len(text)}")
        with self._lock, self._mapped():
            self._begin()
            self._db.execute("savepoint one")
            try:
                g = self._number("generation")
                self._retire(id, g)
                row = document_row(id, g + 1, path, source, sha256, title, reading, len(unique))
                number = self._db.execute(f"insert into documents values (null, {_places(row)})", row).lastrowid
                assert number is not None  # an insert gives one
                self._db.executemany("insert into marks values (?, ?, ?, ?, ?, ?)", mark_rows(number, reading.marks))
                self._db.executemany(
                    "insert into passages values (null, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    passage_rows(number, text, unique),
                )
                self._db.executemany(
                    "insert or ignore into sentences values (?, ?, ?, ?)",
                    ((key, number, start, end) for start, end, key in sentence_keys),
                )
            except UnicodeEncodeError as error:
                self._db.execute("rollback to one")
                raise _unsound(source) from error
            except BaseException:
                with suppress(sqlite3.Error):
                    self._db.execute("rollback to one")
                raise
            finally:
                with suppress(sqlite3.Error):
                    self._db.execute("release one")
            self._staged_characters += len(text)
            if self._staged_characters > _COMMIT_EVERY:
                self._commit()
            return number

    def sharing(self, keys: Sequence[int], least: int, most: int) -> list[tuple[int, bytes]]:
        """The documents of the next generation that share at least ``least`` of these sketch keys: (number, sketch).

        At most ``most``, those that share more before others. Of a key that very many have, only the latest holders
        count, so that ten thousand copies of one text are not all compared with each other.
        """
        with self._lock, self._mapped():
            shared: dict[int, int] = {}
            for key in keys:
                for (number,) in self._db.execute(
                    "select k.document from sketch_keys k join documents d on d.number = k.document "
                    f"where k.key = ? and d.died is null order by k.document desc limit {_HOLDERS}",
                    (key,),
                ):
                    shared[number] = shared.get(number, 0) + 1
            alike = [number for number, count in shared.items() if count >= least]
            chosen = sorted(alike, key=lambda number: (-shared[number], number))[:most]
            return self._db.execute(
                f"select document, sketch from sketches where document in ({_places(chosen)}) order by 1", chosen
            ).fetchall()

    def link(self, number: int, sketch: bytes, keys: Sequence[int], copies: Sequence[int]) -> None:
        """Keeps the sketch of the staged document of this number, its keys, and the documents that it is a copy of."""
        with self._lock, self._mapped():
            self._begin()
            self._db.execute("insert into sketches values (?, ?)", (number, sketch))
            self._db.executemany("insert or ignore into sketch_keys values (?, ?)", ((key, number) for key in keys))
            self._db.executemany("insert into copies values (?, ?)", ((number, other) for other in copies))

    def name(self, number: int, names: str, pairs: str) -> None:
        """Keeps what names the staged document of this number holds, as JSON."""
        with self._lock, self._mapped():
            self._begin()
            self._db.execute("insert into names values (?, ?, ?)", (number, names, pairs))

    def retire(self, id: str) -> None:
        """Leaves the document of this id out of the next generation. Raises UnknownDocument."""
        with self._lock, self._mapped():
            self._begin()
            if not self._retire(id, self._number("generation")):
                raise unknown_document(id, self.file.parent)

    def _retire(self, id: str, g: int) -> bool:
        staged = self._delete_documents("id = :id and born > :g", {"id": id, "g": g})
        died = self._db.execute("update documents set died = ? where id = ? and died is null", (g + 1, id)).rowcount
        return bool(staged or died)

    def add_vectors(self, model: str, hashes: Sequence[str], vectors: Vectors) -> None:
        """Keeps the vectors (rows, float32) of the texts of these hashes; they are on the disk when this
        returns."""
        import numpy as np

        rows = np.ascontiguousarray(vectors, dtype="<f4")
        with self._lock, self._mapped():
            self._begin()
            self._db.executemany(
                "insert or replace into vectors (model, text_hash, vector) values (?, ?, ?)",
                ((model, hash, row.tobytes()) for hash, row in zip(hashes, rows, strict=True)),
            )
            self._commit()

    def commit_staged(self) -> None:
        """Writes what was staged to the disk, where still nobody sees it."""
        with self._lock, self._mapped():
            self._commit()

    def publish(self, generation: Generation) -> None:
        """Makes everything staged the published generation, in one commit."""
        with self._lock, self._mapped():
            self._begin()
            try:
                self._db.execute(
                    "insert into generations values (?, ?, ?, ?)",
                    (
                        generation.number,
                        json.dumps(asdict(generation.recipe)),
                        generation.cache,
                        generation.churn,
                    ),
                )
                self._set(_FILES + generation.cache, json.dumps(generation.files))
                self._set("generation", str(generation.number))
            except BaseException:
                with suppress(sqlite3.Error):
                    self._db.execute("rollback")
                raise
            self._commit()

    def drop_unused_vectors(self) -> None:
        """Throws away vectors that no passage of any generation still held can need."""
        with self._lock, self._mapped(), self._transaction():
            recipes = [json.loads(row[0]) for row in self._db.execute("select recipe from generations")]
            models = sorted({recipe["model_hash"] for recipe in recipes})
            self._db.execute(
                f"delete from vectors where model not in ({_places(models)}) "
                "or not exists (select 1 from passages p where p.text_hash = vectors.text_hash)",
                models,
            )

    # --- small things

    def _number(self, key: str) -> int:
        try:
            return int(self._value(key))
        except ValueError as error:
            raise StoreDamaged(f"{self.file}: its {key} is no number; {_LOST}") from error

    def _value(self, key: str) -> str:
        row = self._db.execute("select value from meta where key = ?", (key,)).fetchone()
        if row is None:
            raise StoreDamaged(f"{self.file}: the ledger lacks {key!r}; {_LOST}")
        return str(row[0])

    def _set(self, key: str, value: str) -> None:
        self._db.execute("insert or replace into meta values (?, ?)", (key, value))

    def _delete_documents(self, where: str, given: dict[str, str | int]) -> int:
        numbers = f"(select number from documents where {where})"
        self._db.execute(f"delete from passages where document in {numbers}", given)
        for table in ("marks", "names", "sketches", "sketch_keys", "sentences", "copies"):
            self._db.execute(f"delete from {table} where document in {numbers}", given)
        self._db.execute(f"delete from copies where other in {numbers}", given)
        return self._db.execute(f"delete from documents where {where}", given).rowcount

    def _begin(self) -> None:
        if not self._db.in_transaction:
            self._db.execute("begin immediate")

    def _commit(self) -> None:
        self._staged_characters = 0
        if self._db.in_transaction:
            self._db.execute("commit")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._commit()
        self._db.execute("begin immediate")
        try:
            yield
            self._db.execute("commit")
        except BaseException:
            with suppress(sqlite3.Error):
                self._db.execute("rollback")
            raise

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        """Turns what SQLite raises into an error of the store, by its result code
        (sqlite.org/rescode.html)."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", None)
            primary = None if code is None else code & 0xFF
            where = self.file
            if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise StoreLocked(f"{where}: another program holds the ledger; end it and try again") from error
            if primary in (
                sqlite3.SQLITE_FULL,
                sqlite3.SQLITE_READONLY,
                sqlite3.SQLITE_IOERR,
                sqlite3.SQLITE_CANTOPEN,
                sqlite3.SQLITE_PERM,
            ):
                raise StoreFull(
                    f"{where}: cannot be written ({error}); free some space or make the store's folder "
                    "writable and try again; the earlier index stands"
                ) from error
            if isinstance(error, sqlite3.ProgrammingError):
                raise StoreError(f"{where}: was closed; open the store again") from error
            raise StoreDamaged(f"{where}: the ledger cannot be read ({error}); {_LOST}") from error


def damage_of(file: Path) -> str | None:
    """What SQLite finds wrong with a file of its form that is not a ledger; None where all is well, or where the file
    cannot be looked at now (in use, not writable)."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as db:
            said = str(db.execute("pragma quick_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        if (getattr(error, "sqlite_errorcode", 0) & 0xFF) not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return None
        said = str(error)
    return None if said == "ok" else " ".join(said.split())


def _places(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _printable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _unsound(source: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"{_printable(source)}: its name or text holds what is not valid Unicode; rename or convert it"
    )
