"""What one generation of the ledger holds: its documents, passages and vectors, and whether they agree."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from askdesk.commands import command
from askdesk.errors import StoreDamaged
from askdesk.ledger import Ledger, unknown_document
from askdesk.names import Named
from askdesk.rows import FIELDS, document_fields, passage_id, text_hash
from askdesk.types import Cut, Document, DocumentInfo, Mark, Passage, Recipe

if TYPE_CHECKING:
    from askdesk.types import Vectors

_PASSAGES = "passages p join documents d on d.number = p.document"
_VISIBLE = "d.born <= :g and (d.died is null or d.died > :g)"
# SQLite takes 32,766 values in one statement from 3.32 on, 999 before.
_VALUES = 900


@dataclass(frozen=True, slots=True)
class Contents:
    """Generation ``g`` of a ledger, published or being prepared. Thread-safe.

    Each method raises SnapshotGone where the generation is no longer kept.
    """

    ledger: Ledger
    g: int

    @property
    def _store(self) -> Path:
        return self.ledger.file.parent

    def infos(self) -> list[tuple[DocumentInfo, Path]]:
        """All documents with their paths, ordered by source, then id."""
        with self.ledger.reading(self.g) as db:
            rows = db.execute(
                f"select {FIELDS}, d.path from documents d where {_VISIBLE} order by d.source, d.id", {"g": self.g}
            )
            return [(DocumentInfo(*document_fields(row)), Path(row[10])) for row in rows]

    def document(self, id: str) -> Document:
        """The document of this id. Raises UnknownDocument, and StoreDamaged where its text is not what was written."""
        with self.ledger.reading(self.g) as db:
            row = db.execute(
                f"select {FIELDS}, d.number, d.text, d.text_hash from documents d where d.id = :id and {_VISIBLE}",
                {"g": self.g, "id": id},
            ).fetchone()
            if row is None:
                raise unknown_document(id, self._store)
            if not isinstance(row[11], str) or row[12] != text_hash(row[11]):
                raise StoreDamaged(self._altered(row[1]))
            marks = db.execute(
                'select kind, start, "end", value from marks where document = ? order by ordinal', (row[10],)
            ).fetchall()
            return Document(*document_fields(row), text=row[11], marks=tuple(Mark(*mark) for mark in marks))

    def is_sound(self, id: str) -> bool:
        """Whether the text of the document of this id is what was written."""
        try:
            with self.ledger.reading(self.g) as db:
                row = db.execute(
                    "select cast(d.text as blob), d.text_hash, typeof(d.text) from documents d "
                    f"where d.id = :id and {_VISIBLE}",
                    {"g": self.g, "id": id},
                ).fetchone()
        except StoreDamaged:  # a page of the file itself cannot be read
            return False
        return row is not None and row[2] == "text" and text_hash(row[0]) == row[1]

    def altered(self) -> dict[str, str]:
        """Leads from the ids of the documents whose texts are not what was written to their sources."""
        try:
            with self.ledger.reading(self.g) as db:
                rows = db.execute(
                    f"select id, source, cast(text as blob), text_hash from documents d where {_VISIBLE}", {"g": self.g}
                )
                return {id: source for id, source, text, told in rows if not text or text_hash(text) != told}
        except StoreDamaged:  # a page of the file itself cannot be read: some of them can
            return {info.id: info.source for info, _ in self.infos() if not self.is_sound(info.id)}

    def damaged(self) -> dict[str, str]:
        """Leads from the ids of the documents whose texts or passages are not what was written to their sources; with
        the passages this takes ten times as long as without."""
        return {info.id: info.source for info, _ in self.infos() if self._wrong_with(info)}

    def _altered(self, source: str) -> str:
        return f"{source}: its text in the ledger was altered; run: {command(self._store, 'repair')}"

    def copies(self) -> list[tuple[str, str]]:
        """The pairs of ids of documents that are copies, in order; none in a store of before they were looked for."""
        with self.ledger.reading(self.g) as db:
            if not db.execute("select 1 from sqlite_master where name = 'copies'").fetchone():
                return []
            other = _VISIBLE.replace("d.", "o.")
            return db.execute(
                "select d.id, o.id from copies c join documents d on d.number = c.document "
                f"join documents o on o.number = c.other where {_VISIBLE} and {other} order by 1, 2",
                {"g": self.g},
            ).fetchall()

    def carriers(self, key: int) -> list[tuple[str, int, int]]:
        """Where the sentence of this key stands: (document id, start, end), by the documents' dates, then ids."""
        with self.ledger.reading(self.g) as db:
            return db.execute(
                'select d.id, s.start, s."end" from sentences s join documents d on d.number = s.document '
                f"where s.key = :key and {_VISIBLE} order by d.published is null, d.published, d.id, s.start",
                {"g": self.g, "key": key},
            ).fetchall()

    def named(self) -> Iterator[Named]:
        """The names in each document, in the order in which the documents were taken in."""
        with self.ledger.reading(self.g) as db:
            rows = db.execute(
                "select n.names, n.pairs from names n join documents d on d.number = n.document "
                f"where {_VISIBLE} order by d.number",
                {"g": self.g},
            ).fetchall()
        for names, pairs in rows:
            held, said = json.loads(names), json.loads(pairs)
            yield Named(tuple((name, count) for name, count in held), tuple((one, other) for one, other in said))

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The passages of these ids, by id; ids that the generation does not hold are left out, as is what was altered:
        the id of a passage tells all that it says."""
        found: dict[str, Passage] = {}
        texts: dict[str, str] = {}
        with self.ledger.reading(self.g) as db:
            for some in _portions(ids):
                rows = db.execute(
                    'select p.id, d.id, p.start, p."end", p.heading, p.inner, cast(p.embedded as blob) from '
                    f"{_PASSAGES} where p.id in ({_marks(some)}) and typeof(p.embedded) = 'text' and {_VISIBLE}",
                    {"g": self.g, **some},
                ).fetchall()
                for id, document, start, end, heading, inner, said in rows:
                    try:
                        embedded = said.decode()
                        if inner >= 0:
                            text = embedded[inner : inner + end - start]
                        else:
                            if document not in texts:
                                texts[document] = self.document(document).text if self.is_sound(document) else ""
                            text = texts[document][start:end]
                        if passage_id(document, text, Cut(start, end, heading, embedded)) == id:
                            found[id] = Passage(id, document, start, end, text, heading)
                    except (TypeError, UnicodeDecodeError):  # of another type than was written, or no text any more
                        continue
        return found

    def held(self, ids: Iterable[str]) -> set[str]:
        """Those of the passage ids that the generation holds."""
        with self.ledger.reading(self.g) as db:
            return {
                id
                for some in _portions(ids)
                for (id,) in db.execute(
                    f"select p.id from {_PASSAGES} where p.id in ({_marks(some)}) and {_VISIBLE}",
                    {"g": self.g, **some},
                )
            }

    def vectors(self, model: str, ids: Sequence[str]) -> Vectors:
        """The vectors of these passages as rows in this order. Raises KeyError for an id that is not held,
        and StoreDamaged for a passage without a vector."""
        found: dict[str, bytes | None] = {}
        with self.ledger.reading(self.g) as db:
            for some in _portions(ids):
                found.update(
                    db.execute(
                        f"select p.id, v.vector from {_PASSAGES} "
                        "left join vectors v on v.model = :model and v.text_hash = p.text_hash "
                        f"where p.id in ({_marks(some)}) and {_VISIBLE}",
                        {"g": self.g, "model": model, **some},
                    ).fetchall()
                )
        return self._stack([(id, found[id]) for id in ids])

    def _stack(self, blobs: Sequence[tuple[str, bytes | None]]) -> Vectors:
        import numpy as np

        sizes = {len(blob) if blob else 0 for _, blob in blobs}
        if len(sizes) > 1 or sizes == {0}:
            name = min(blobs, key=lambda pair: len(pair[1] or b""))[0]
            raise StoreDamaged(
                f"{self.ledger.file}: no sound vector of {name}; run: {command(self._store, 'index', 'PATH')}"
            )
        joined = b"".join(blob for _, blob in blobs if blob)
        return np.frombuffer(joined, dtype="<f4").reshape(len(blobs), -1 if blobs else 0)

    def rows(self, model: str, documents: Iterable[str] | None = None) -> tuple[list[str], Vectors]:
        """The ids of all passages, in order, and their vectors as rows; of these ``documents`` only, if
        given.

        Raises StoreDamaged for a passage without a vector.
        """
        with self.ledger.reading(self.g):
            chosen = None if documents is None else [id for id, _ in self._by_document(documents)]
            ids = self.passage_ids() if chosen is None else sorted(chosen)
            return ids, self.vectors(model, ids)

    def hashes(self, documents: Iterable[str] | None = None) -> list[str]:
        """The hashes of all texts that are embedded, each once and in order; of these ``documents`` only, if
        given."""
        with self.ledger.reading(self.g) as db:
            if documents is not None:
                return sorted({hash for _, hash in self._by_document(documents)})
            rows = db.execute(
                f"select distinct p.text_hash from {_PASSAGES} where {_VISIBLE} order by 1", {"g": self.g}
            )
            return [hash for (hash,) in rows]

    def _by_document(self, documents: Iterable[str]) -> list[tuple[str, str]]:
        with self.ledger.reading(self.g) as db:
            return [
                row
                for some in _portions(documents)
                for row in db.execute(
                    f"select p.id, p.text_hash from {_PASSAGES} where d.id in ({_marks(some)}) and {_VISIBLE}",
                    {"g": self.g, **some},
                )
            ]

    def with_texts(self, hashes: Iterable[str]) -> list[tuple[str, str, str]]:
        """(text hash, passage id, document id) of all passages that embed one of these texts."""
        with self.ledger.reading(self.g) as db:
            return [
                row
                for some in _portions(hashes)
                for row in db.execute(
                    f"select p.text_hash, p.id, d.id from {_PASSAGES} "
                    f"where p.text_hash in ({_marks(some)}) and {_VISIBLE}",
                    {"g": self.g, **some},
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
            with self.ledger.reading(self.g) as db:
                for some in _portions(part):
                    found.update(
                        db.execute(
                            "select text_hash, vector from vectors "
                            f"where model = :model and text_hash in ({_marks(some)})",
                            {"model": model, **some},
                        ).fetchall()
                    )
            yield part, self._stack([(hash, found.get(hash)) for hash in part])

    def passage_ids(self) -> list[str]:
        """The ids of all passages, in order."""
        with self.ledger.reading(self.g) as db:
            return [
                id
                for (id,) in db.execute(
                    f"select p.id from {_PASSAGES} where {_VISIBLE} order by p.id",
                    {"g": self.g},
                )
            ]

    def embedded(self) -> Iterator[tuple[str, str, str]]:
        """All passages as (passage id, document id, text as embedded), ordered by id."""
        ids = self.passage_ids()
        for at in range(0, len(ids), _VALUES):
            part = ids[at : at + _VALUES]
            with self.ledger.reading(self.g) as db:
                some = next(_portions(part))
                rows = db.execute(
                    f"select p.id, d.id, p.embedded from {_PASSAGES} "
                    f"where p.id in ({_marks(some)}) and {_VISIBLE} order by p.id",
                    {"g": self.g, **some},
                ).fetchall()
            yield from rows

    def stale(self) -> list[str]:
        """The sources of the documents taken over from earlier ones, in order."""
        with self.ledger.reading(self.g) as db:
            return [
                source
                for (source,) in db.execute(
                    f"select source from documents d where {_VISIBLE} and born < :g order by source, id",
                    {"g": self.g},
                )
            ]

    def missing(self, recipe: Recipe) -> list[tuple[str, str]]:
        """(text hash, text) of all passages without a sound vector of the recipe's model, each text
        once."""
        with self.ledger.reading(self.g) as db:
            return db.execute(
                f"select p.text_hash, p.embedded from {_PASSAGES} where {_VISIBLE} and not exists "
                "(select 1 from vectors v where v.model = :model and v.text_hash = p.text_hash "
                "and length(v.vector) = :size) group by p.text_hash order by min(p.number)",
                {"g": self.g, "model": recipe.model_hash, "size": 4 * recipe.dimensions},
            ).fetchall()

    # --- checking

    def problems(self, recipe: Recipe) -> list[str]:
        """What is wrong inside the ledger itself, one line each."""
        with self.ledger.reading(self.g) as db:
            broken = self.ledger.damage()
            if broken:
                return broken
            found = [
                f"{source}: passage {id} has no sound vector; run: {command(self._store, 'index', source)}"
                for source, id in db.execute(
                    f"select d.source, p.id from {_PASSAGES} "
                    "left join vectors v on v.model = :model and v.text_hash = p.text_hash "
                    f"where {_VISIBLE} and (v.vector is null or length(v.vector) <> :size) order by p.id",
                    {"g": self.g, "model": recipe.model_hash, "size": 4 * recipe.dimensions},
                )
            ]
        return [*found, *(line for info, _ in self.infos() for line in self._wrong_with(info))]

    def _wrong_with(self, info: DocumentInfo) -> list[str]:
        """Where the text and the passages of a document are not what was written, one line each."""
        anew = f"run: {command(self._store, 'repair')}"
        if not self.is_sound(info.id):
            return [self._altered(info.source)]
        with self.ledger.reading(self.g) as db:
            number, text = db.execute(
                f"select number, text from documents d where id = :id and {_VISIBLE}", {"g": self.g, "id": info.id}
            ).fetchone()
            rows = db.execute(
                'select id, start, "end", heading, text_hash, cast(embedded as blob), typeof(embedded) from passages '
                "where document = ? "
                "order by ordinal",
                (number,),
            ).fetchall()
        found = []
        if info.passages != len(rows):
            found.append(f"{info.source}: {len(rows)} of {info.passages} passages are held; {anew}")
        for id, start, end, heading, hash, said, kind in rows:
            embedded = said.decode("utf-8", "replace")
            if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= len(text)):
                found.append(f"{info.source}: passage {id} is not a slice of its document; {anew}")
            elif (
                kind != "text"
                or hash != text_hash(embedded)
                or passage_id(info.id, text[start:end], Cut(start, end, heading, embedded)) != id
            ):
                found.append(f"{info.source}: passage {id} was altered or is not a slice of its document; {anew}")
        return found


def _portions(values: Iterable[str]) -> Iterator[dict[str, str]]:
    """The values in portions that one statement takes, as named parameters."""
    every = list(values)
    for at in range(0, len(every), _VALUES):
        yield {f"v{n}": value for n, value in enumerate(every[at : at + _VALUES])}


def _marks(named: dict[str, str]) -> str:
    return ", ".join(f":{name}" for name in named)
