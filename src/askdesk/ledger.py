"""The ledger: the one SQLite file that is the truth of a store, kept in generations.

Every version of a document is a row with the generation it was ``born`` in and the one it ``died`` in.
Generation ``g`` holds the rows with born <= g and (died is null or died > g). A writer prepares generation g
+ 1 in several commits that nobody sees, because everybody reads at a generation that is published; the commit
that raises ``generation`` in ``meta`` publishes it. What a broken-off run left (born > generation) is thrown
away by the next.

Vectors belong to no generation: they are kept by model and by the hash of the text they stand for, so a
broken-off run has embedded nothing in vain.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

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
from askdesk.types import Cut, Document, DocumentInfo, Mark, Passage, Reading, Recipe

if TYPE_CHECKING:
    from askdesk.types import Vectors

SCHEMA_VERSION = 1
FILE_NAME = "ledger.sqlite3"

_TABLES = """
create table meta (key text primary key, value text not null) without rowid;
create table generations (
    number integer primary key, recipe text not null, cache text not null, churn integer not null
);
create table documents (
    number integer primary key, id text not null, born integer not null, died integer,
    source text not null, path text not null, sha256 text not null, title text not null, publisher text,
    published text, updated text, url text, origins text not null, passages integer not null,
    text_hash text not null, text text not null
);
create index documents_by_id on documents (id);
create index documents_by_born on documents (born);
create table marks (
    document integer not null, ordinal integer not null, kind text not null, start integer not null,
    "end" integer not null, value text not null, primary key (document, ordinal)
) without rowid;
create table passages (
    number integer primary key, id text not null, document integer not null, ordinal integer not null,
    start integer not null, "end" integer not null, heading text not null, text_hash text not null,
    inner integer not null, embedded text not null
);
create index passages_by_id on passages (id);
create index passages_by_document on passages (document, ordinal);
create index passages_by_text_hash on passages (text_hash);
create table vectors (
    number integer primary key, model text not null, text_hash text not null, vector blob not null,
    unique (model, text_hash)
);
"""
_PASSAGES = "passages p join documents d on d.number = p.document"
_VISIBLE = "d.born <= :g and (d.died is null or d.died > :g)"
_INFO = "d.id, d.source, d.title, d.publisher, d.published, d.updated, d.url, d.sha256, d.passages, d.origins, d.path"
# SQLite takes 32,766 values in one statement from 3.32 on, 999 before.
_VALUES = 900
# Rows are staged in commits of about so many characters, so that a large run needs little memory.
_COMMIT_EVERY = 4_000_000
_LOST = "put a copy of the store back, or make a new one with: askdesk index PATH --store NEW"


@dataclass(frozen=True, slots=True)
class Generation:
    """A published state: its number, how it was made, the name of its caches, and how many entries were
    deleted from its vector index since that was last built from nothing (``churn``)."""

    number: int
    recipe: Recipe
    cache: str
    churn: int


def document_id(path: Path) -> str:
    """The id of the document at ``path``, which must be resolved: 16 hex digits of the SHA-256 of its posix
    form."""
    return hashlib.sha256(path.as_posix().encode("utf-8", "surrogatepass")).hexdigest()[:16]


def text_hash(text: str) -> str:
    """Stands for a text wherever it is compared or embedded: 32 hex digits of the SHA-256 of its UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]


class Ledger:
    """One open ledger file. Reading is thread-safe; only one process may write (see ``lock``).

    ``Ledger(folder)`` opens the ledger of the store in ``folder`` and creates nothing; with ``write`` it is
    created where it is missing. Raises StoreMissing, StoreTooNew, StoreDamaged, and StoreFull where it cannot
    be written. ``frozen`` says that it was opened where nothing can be written: then it does not see later changes.
    """

    def __init__(self, folder: Path, write: bool = False) -> None:
        self._file = folder / FILE_NAME
        self._lock = threading.RLock()
        self._staged_characters = 0
        if not write and not self._file.is_file():
            raise StoreMissing(f"{folder}: there is no store here; make one with: askdesk index PATH")
        self.frozen = False
        try:
            self._open(folder, "rwc" if write else "rw", write)
        except StoreFull:
            # Even to read, SQLite writes an index of its log. Where the disk is full or read-only, and no log holds
            # anything, the file alone is all there is.
            log = self._file.with_name(f"{FILE_NAME}-wal")
            if write or (log.exists() and log.stat().st_size):
                raise
            self._open(folder, "ro&immutable=1", write)
            self.frozen = True

    def _open(self, folder: Path, mode: str, write: bool) -> None:
        with self._mapped():
            self._db = sqlite3.connect(
                f"{self._file.resolve().as_uri()}?mode={mode}",
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

    def _prepare(self, folder: Path, write: bool) -> None:
        tables = self._db.execute("select count(*) from sqlite_master").fetchone()[0]
        if not tables and not write:
            raise StoreMissing(f"{folder}: the store here is empty; fill it with: askdesk index PATH")
        if not tables:
            self._db.execute("pragma journal_mode = wal")
            with self._transaction():
                for statement in _TABLES.split(";\n"):
                    self._db.execute(statement)
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
            try:
                recipe = Recipe(**json.loads(row[1]))
            except (ValueError, TypeError) as error:
                raise StoreDamaged(f"{self._file}: its recipe cannot be read ({error}); {_LOST}") from error
            return Generation(row[0], recipe, row[2], row[3])

    def cache_names(self) -> set[str]:
        """The names of all caches that a reader may still be using."""
        with self._lock, self._mapped():
            return {name for (name,) in self._db.execute("select cache from generations")}

    # --- reading at a generation

    @contextmanager
    def reading(self, g: int) -> Iterator[None]:
        """Everything read inside is of one moment, at which generation ``g`` was still held; else
        SnapshotGone."""
        with self._lock, self._mapped():
            if self._db.in_transaction:
                yield
                return
            self._db.execute("begin")
            try:
                if g < self._number("oldest"):
                    raise SnapshotGone(f"{self._file.parent}: the index was rebuilt twice while it was read; ask again")
                yield
            finally:
                if self._db.in_transaction:
                    self._db.execute("commit")

    def infos(self, g: int) -> list[tuple[DocumentInfo, Path]]:
        """All documents with their paths, ordered by source, then id."""
        with self.reading(g):
            rows = self._db.execute(
                f"select {_INFO} from documents d where {_VISIBLE} order by d.source, d.id", {"g": g}
            )
            return [(DocumentInfo(*_fields(row)), Path(row[10])) for row in rows]

    def document(self, g: int, id: str) -> Document:
        """The document of this id. Raises UnknownDocument."""
        with self.reading(g):
            row = self._db.execute(
                f"select {_INFO}, d.number, d.text from documents d where d.id = :id and {_VISIBLE}",
                {"g": g, "id": id},
            ).fetchone()
            if row is None:
                raise UnknownDocument(f"{_printable(id)}: no document of that id; list them with: askdesk sources")
            marks = self._db.execute(
                'select kind, start, "end", value from marks where document = ? order by ordinal', (row[11],)
            ).fetchall()
            return Document(*_fields(row), text=row[12], marks=tuple(Mark(*mark) for mark in marks))

    def passages(self, g: int, ids: Iterable[str]) -> dict[str, Passage]:
        """The passages of these ids, by id; ids that generation ``g`` does not hold are left out."""
        found: dict[str, Passage] = {}
        texts: dict[str, str] = {}
        with self.reading(g):
            for some in _portions(ids):
                rows = self._db.execute(
                    'select p.id, d.id, p.start, p."end", p.heading, p.inner, p.embedded from '
                    f"{_PASSAGES} where p.id in ({_marks(some)}) and {_VISIBLE}",
                    {"g": g, **some},
                ).fetchall()
                for id, document, start, end, heading, inner, embedded in rows:
                    if inner >= 0:
                        text = embedded[inner : inner + end - start]
                    else:
                        if document not in texts:
                            texts[document] = self.document(g, document).text
                        text = texts[document][start:end]
                    found[id] = Passage(id, document, start, end, text, heading)
        return found

    def held(self, g: int, ids: Iterable[str]) -> set[str]:
        """Those of the passage ids that generation ``g`` holds."""
        with self.reading(g):
            return {
                id
                for some in _portions(ids)
                for (id,) in self._db.execute(
                    f"select p.id from {_PASSAGES} where p.id in ({_marks(some)}) and {_VISIBLE}",
                    {"g": g, **some},
                )
            }

    def vectors(self, g: int, model: str, ids: Sequence[str]) -> Vectors:
        """The vectors of these passages as rows in this order. Raises KeyError for an id that is not held,
        and StoreDamaged for a passage without a vector."""
        found: dict[str, bytes | None] = {}
        with self.reading(g):
            for some in _portions(ids):
                found.update(
                    self._db.execute(
                        f"select p.id, v.vector from {_PASSAGES} "
                        "left join vectors v on v.model = :model and v.text_hash = p.text_hash "
                        f"where p.id in ({_marks(some)}) and {_VISIBLE}",
                        {"g": g, "model": model, **some},
                    ).fetchall()
                )
        return self._stack([(id, found[id]) for id in ids])

    def _stack(self, blobs: Sequence[tuple[str, bytes | None]]) -> Vectors:
        import numpy as np

        sizes = {len(blob) if blob else 0 for _, blob in blobs}
        if len(sizes) > 1 or sizes == {0}:
            name = min(blobs, key=lambda pair: len(pair[1] or b""))[0]
            raise StoreDamaged(f"{self._file}: no sound vector of {name}; run: askdesk index PATH on the documents")
        joined = b"".join(blob for _, blob in blobs if blob)
        return np.frombuffer(joined, dtype="<f4").reshape(len(blobs), -1 if blobs else 0)

    def rows(self, g: int, model: str, documents: Iterable[str] | None = None) -> tuple[list[str], Vectors]:
        """The ids of all passages, in order, and their vectors as rows; of these ``documents`` only, if
        given.

        Raises StoreDamaged for a passage without a vector.
        """
        with self.reading(g):
            chosen = None if documents is None else [id for id, _ in self._by_document(g, documents)]
            ids = self.passage_ids(g) if chosen is None else sorted(chosen)
            return ids, self.vectors(g, model, ids)

    def hashes(self, g: int, documents: Iterable[str] | None = None) -> list[str]:
        """The hashes of all texts that are embedded, each once and in order; of these ``documents`` only, if
        given."""
        with self.reading(g):
            if documents is not None:
                return sorted({hash for _, hash in self._by_document(g, documents)})
            rows = self._db.execute(
                f"select distinct p.text_hash from {_PASSAGES} where {_VISIBLE} order by 1", {"g": g}
            )
            return [hash for (hash,) in rows]

    def _by_document(self, g: int, documents: Iterable[str]) -> Iterator[tuple[str, str]]:
        for some in _portions(documents):
            yield from self._db.execute(
                f"select p.id, p.text_hash from {_PASSAGES} where d.id in ({_marks(some)}) and {_VISIBLE}",
                {"g": g, **some},
            )

    def with_texts(self, g: int, hashes: Iterable[str]) -> list[tuple[str, str, str]]:
        """(text hash, passage id, document id) of all passages that embed one of these texts."""
        with self.reading(g):
            return [
                row
                for some in _portions(hashes)
                for row in self._db.execute(
                    f"select p.text_hash, p.id, d.id from {_PASSAGES} "
                    f"where p.text_hash in ({_marks(some)}) and {_VISIBLE}",
                    {"g": g, **some},
                )
            ]

    def text_vectors(
        self, model: str, hashes: Sequence[str], batch: int = 2_000
    ) -> Iterator[tuple[list[str], Vectors]]:
        """The vectors of the texts of these hashes, in this order, as batches of (hashes, rows).

        Raises StoreDamaged for a text without a vector.
        """
        for at in range(0, len(hashes), batch):
            part = list(hashes[at : at + batch])
            found: dict[str, bytes] = {}
            with self._lock, self._mapped():
                for some in _portions(part):
                    found.update(
                        self._db.execute(
                            "select text_hash, vector from vectors "
                            f"where model = :model and text_hash in ({_marks(some)})",
                            {"model": model, **some},
                        ).fetchall()
                    )
            yield part, self._stack([(hash, found.get(hash)) for hash in part])

    def passage_ids(self, g: int) -> list[str]:
        """The ids of all passages, in order."""
        with self.reading(g):
            return [
                id
                for (id,) in self._db.execute(
                    f"select p.id from {_PASSAGES} where {_VISIBLE} order by p.id",
                    {"g": g},
                )
            ]

    def embedded(self, g: int) -> Iterator[tuple[str, str, str]]:
        """All passages as (passage id, document id, text as embedded), ordered by id."""
        ids = self.passage_ids(g)
        for at in range(0, len(ids), _VALUES):
            part = ids[at : at + _VALUES]
            with self.reading(g):
                some = next(_portions(part))
                rows = self._db.execute(
                    f"select p.id, d.id, p.embedded from {_PASSAGES} "
                    f"where p.id in ({_marks(some)}) and {_VISIBLE} order by p.id",
                    {"g": g, **some},
                ).fetchall()
            yield from rows

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
            self._set("oldest", str(max(0, g - 1)))

    def stage(self, path: Path, source: str, sha256: str, reading: Reading, title: str, cuts: Sequence[Cut]) -> None:
        """Puts a document with its passages into the next generation, in place of the one at the same path.

        Raises UnreadableDocument where a text or a name holds lone surrogates, and ValueError where a cut
        does not lie within the text.
        """
        text = reading.text
        id = document_id(path)
        unique = {_passage_id(id, text, cut): cut for cut in cuts}
        for cut in cuts:
            if not 0 <= cut.start <= cut.end <= len(text):
                raise ValueError(f"{source}: a passage from {cut.start} to {cut.end} in a text of {len(text)}")
        with self._lock, self._mapped():
            self._begin()
            self._db.execute("savepoint one")
            try:
                g = self._number("generation")
                self._retire(id, g)
                number = self._db.execute(
                    "insert into documents values (null, ?, ?, null, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        id,
                        g + 1,
                        source,
                        str(path),
                        sha256,
                        title,
                        reading.publisher,
                        _iso(reading.published),
                        _iso(reading.updated),
                        reading.url,
                        json.dumps(reading.origins),
                        len(unique),
                        text_hash(text),
                        text,
                    ),
                ).lastrowid
                self._db.executemany(
                    "insert into marks values (?, ?, ?, ?, ?, ?)",
                    (
                        (number, at, mark.kind, mark.start, mark.end, mark.value)
                        for at, mark in enumerate(sorted(reading.marks, key=lambda mark: mark.start))
                    ),
                )
                self._db.executemany(
                    "insert into passages values (null, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        (
                            passage,
                            number,
                            at,
                            cut.start,
                            cut.end,
                            cut.heading,
                            text_hash(cut.embedded),
                            cut.embedded.rfind(text[cut.start : cut.end]),
                            cut.embedded,
                        )
                        for at, (passage, cut) in enumerate(unique.items())
                    ),
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

    def retire(self, id: str) -> None:
        """Leaves the document of this id out of the next generation. Raises UnknownDocument."""
        with self._lock, self._mapped():
            self._begin()
            if not self._retire(id, self._number("generation")):
                raise UnknownDocument(f"{_printable(id)}: no document of that id; list them with: askdesk sources")

    def _retire(self, id: str, g: int) -> bool:
        staged = self._delete_documents("id = :id and born > :g", {"id": id, "g": g})
        died = self._db.execute("update documents set died = ? where id = ? and died is null", (g + 1, id)).rowcount
        return bool(staged or died)

    def stale(self, g: int) -> list[str]:
        """The sources of the documents that generation ``g`` would take over from earlier ones, in order."""
        with self._lock, self._mapped():
            return [
                source
                for (source,) in self._db.execute(
                    f"select source from documents d where {_VISIBLE} and born < :g order by source, id",
                    {"g": g},
                )
            ]

    def missing(self, g: int, recipe: Recipe) -> list[tuple[str, str]]:
        """(text hash, text) of all passages of ``g`` without a sound vector of the recipe's model, each text
        once."""
        with self._lock, self._mapped():
            return self._db.execute(
                f"select p.text_hash, p.embedded from {_PASSAGES} where {_VISIBLE} and not exists "
                "(select 1 from vectors v where v.model = :model and v.text_hash = p.text_hash "
                "and length(v.vector) = :size) group by p.text_hash order by min(p.number)",
                {"g": g, "model": recipe.model_hash, "size": 4 * recipe.dimensions},
            ).fetchall()

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

    def differs(self, g: int) -> bool:
        """Whether generation ``g`` holds other passages than g - 1."""
        return self.passage_ids(g) != self.passage_ids(g - 1)

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
            models = {f"m{n}": recipe["model_hash"] for n, recipe in enumerate(recipes)}
            self._db.execute(
                f"delete from vectors where model not in ({_marks(models)}) "
                "or not exists (select 1 from passages p where p.text_hash = vectors.text_hash)",
                models,
            )

    # --- checking

    def problems(self, g: int, recipe: Recipe) -> list[str]:
        """What is wrong inside the ledger itself, one line each."""
        with self.reading(g):
            broken = [row[0] for row in self._db.execute("pragma integrity_check(10)") if row[0] != "ok"]
            if broken:
                return [f"{self._file}: damaged ({' '.join(line.split())}); {_LOST}" for line in broken]
            found = [
                f"{source}: passage {id} has no sound vector; run: askdesk index {source}"
                for source, id in self._db.execute(
                    f"select d.source, p.id from {_PASSAGES} "
                    "left join vectors v on v.model = :model and v.text_hash = p.text_hash "
                    f"where {_VISIBLE} and (v.vector is null or length(v.vector) <> :size) order by p.id",
                    {"g": g, "model": recipe.model_hash, "size": 4 * recipe.dimensions},
                )
            ]
        for info, _ in self.infos(g):
            with self.reading(g):
                number, told, text = self._db.execute(
                    f"select number, text_hash, text from documents d where id = :id and {_VISIBLE}",
                    {"g": g, "id": info.id},
                ).fetchone()
                passages = self._db.execute(
                    'select id, start, "end", text_hash, inner, embedded from passages where document = ? '
                    "order by ordinal",
                    (number,),
                ).fetchall()
            anew = f"run: askdesk remove {info.source}, then askdesk index {info.source}"
            if told != text_hash(text):
                found.append(f"{info.source}: its text in the ledger was altered; {anew}")
            if info.passages != len(passages):
                found.append(f"{info.source}: {len(passages)} of {info.passages} passages are held; {anew}")
            for id, start, end, hash, inner, embedded in passages:
                if not 0 <= start <= end <= len(text) or (
                    inner >= 0 and embedded[inner : inner + end - start] != text[start:end]
                ):
                    found.append(f"{info.source}: passage {id} is not a slice of its document; {anew}")
                elif hash != text_hash(embedded):
                    found.append(f"{info.source}: passage {id} was altered; {anew}")
        return found

    # --- small things

    def _number(self, key: str) -> int:
        return int(self._value(key))

    def _value(self, key: str) -> str:
        row = self._db.execute("select value from meta where key = ?", (key,)).fetchone()
        if row is None:
            raise StoreDamaged(f"{self._file}: the ledger lacks {key!r}; {_LOST}")
        return str(row[0])

    def _set(self, key: str, value: str) -> None:
        self._db.execute("insert or replace into meta values (?, ?)", (key, value))

    def _delete_documents(self, where: str, given: dict[str, str | int]) -> int:
        numbers = f"(select number from documents where {where})"
        self._db.execute(f"delete from passages where document in {numbers}", given)
        self._db.execute(f"delete from marks where document in {numbers}", given)
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
            where = self._file
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


def _passage_id(document: str, text: str, cut: Cut) -> str:
    said = json.dumps([cut.start, cut.end, cut.heading, text[cut.start : cut.end], cut.embedded])
    return f"{document}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"


def _fields(
    row: tuple[str, ...],
) -> tuple[
    str,
    str,
    str,
    str | None,
    dt.date | None,
    dt.date | None,
    str | None,
    str,
    int,
    tuple[tuple[str, str], ...],
]:
    id, source, title, publisher, published, updated, url, sha256, passages, origins = row[:10]
    return (
        id,
        source,
        title,
        publisher,
        _date(published),
        _date(updated),
        url,
        sha256,
        int(passages),
        tuple((field, place) for field, place in json.loads(origins)),
    )


def _iso(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def _date(iso: str | None) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None


def _portions(values: Iterable[str]) -> Iterator[dict[str, str]]:
    """The values in portions that one statement takes, as named parameters."""
    every = list(values)
    for at in range(0, len(every), _VALUES):
        yield {f"v{n}": value for n, value in enumerate(every[at : at + _VALUES])}


def _marks(named: dict[str, str]) -> str:
    return ", ".join(f":{name}" for name in named)


def _printable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _unsound(source: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"{_printable(source)}: its name or text holds what is not valid Unicode; rename or convert it"
    )
