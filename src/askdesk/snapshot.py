"""Reading one published generation: its documents, passages, vectors, and what is found in its caches."""

from __future__ import annotations

import datetime as dt
import functools
import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from askdesk.caches import Caches
from askdesk.commands import command
from askdesk.contents import Contents
from askdesk.copies import groups, sentence_keys
from askdesk.errors import StoreDamaged, StoreError, StoreFull, UnknownDocument
from askdesk.keywords import KeywordIndex
from askdesk.ledger import Generation, Ledger
from askdesk.names import Table, Variants, load, table, variants
from askdesk.types import Document, DocumentInfo, Passage
from askdesk.vectors import VectorIndex

if TYPE_CHECKING:
    from askdesk.types import Vectors

EXACT = 1_000
"""Up to so many passages are compared one by one (1 ms), without Chroma: nothing is missed, and a command
that asks one question of a small store does not wait a second for Chroma to be imported."""


COMPARED = 16_000_000
"""Bytes up to which a file of the keyword index is compared whole before it is opened (some 25,000 passages, 10 ms):
Tantivy maps its files, so of larger ones only what a question needs is read."""

_BOILERPLATE = 20
"""Different documents that hold a sentence, from which on it is a phrase of the trade and tells of no common source."""


class Snapshot:
    """One published generation, pinned: all answers come from it, whatever is written meanwhile. Thread-safe.

    It can be read until two later generations were published and a third is being written; then SnapshotGone
    is raised, and a new snapshot has to be taken.
    """

    def __init__(self, ledger: Ledger, generation: Generation, caches: Caches) -> None:
        self.generation = generation.number
        self.recipe = generation.recipe
        self._ledger = ledger
        self._contents = Contents(ledger, generation.number)
        self._published = generation
        self._caches = caches
        self._sound: dict[str, bool] = {}
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
        return self._passage_count

    def document(self, id: str) -> Document:
        """The document of this id, with its text. Raises UnknownDocument, and StoreDamaged where its text in the ledger
        is not what was written."""
        try:
            return self._contents.document(id)
        except StoreDamaged:
            self._sound[id] = False
            raise

    def is_sound(self, id: str) -> bool:
        """Whether the text of the document of this id was what was written when it was first looked at."""
        if id not in self._sound:
            self._sound[id] = self._contents.is_sound(id)
        return self._sound[id]

    def unsound(self) -> frozenset[str]:
        """The ids of the documents that were found altered so far."""
        return frozenset(id for id, sound in list(self._sound.items()) if not sound)

    def copies(self) -> Mapping[str, str]:
        """Leads from the id of each document that has copies to the first id of their group."""
        return self._copies

    def carriers(self, text: str) -> tuple[str, ...]:
        """The ids of the sound documents that hold these words as a sentence, the earliest dated first.

        None for few words, and for a sentence that very many different documents hold, which is nobody's.
        """
        keys = sentence_keys(text)
        held = [[id for id, _, _ in self._contents.carriers(key)] for _, _, key in keys]
        every = [id for id in dict.fromkeys(held[0]) if all(id in ids for ids in held)] if held else []
        different = {self._copies.get(id, id) for id in every}
        return tuple(filter(self.is_sound, every)) if len(different) <= _BOILERPLATE else ()

    def path(self, id: str) -> Path:
        """Where the file of the document of this id was, resolved. Raises UnknownDocument."""
        for info, path in self._infos:
            if info.id == id:
                return path
        raise self._unknown(id)

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
            raise self._unknown(said)
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
        """The passages of these ids, by id; ids not held by this generation are left out, as is what was altered."""
        return self._contents.passages(ids)

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """The vectors of these passages: float32 of shape (len(ids), dimensions). Raises KeyError for another
        id."""
        found = self._contents.vectors(self.recipe.model_hash, ids)
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
        try:
            index = self._vector_index
        except StoreFull:
            # Even to open an index, Chroma writes to it; answers need no room on the disk.
            return self._scan(vector, limit, documents)
        among = None if documents is None else self._contents.hashes(documents)
        with self._telling_damage():
            texts = dict(index.nearest(vector.reshape(1, -1), limit, among)[0])
        scored = [
            (id, texts[hash])
            for hash, id, document in self._contents.with_texts(texts)
            if documents is None or document in documents
        ]
        return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def _scan(self, vector: Vectors, limit: int, documents: frozenset[str] | None) -> list[tuple[str, float]]:
        ids, rows = self._rows if documents is None else self._load(documents)
        scores = (rows @ vector.astype(rows.dtype, copy=False)).tolist()
        scored = [(id, round(score, 6)) for id, score in zip(ids, scores, strict=True)]
        return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def variants(self, question: str) -> tuple[Variants, ...]:
        """The names in ``question`` with their other spellings: learned from the documents, or in STORE/names.txt.

        Raises InvalidNamesFile where that file has a wrong line.
        """
        return variants(question, self._table)

    def matching(
        self,
        question: str,
        limit: int,
        documents: frozenset[str] | None = None,
        names: Sequence[Variants] = (),
    ) -> list[tuple[str, float]]:
        """The passages that share words with ``question``, as (passage id, BM25 score), best first, then by
        id.

        ``documents`` restricts the search to the documents of these ids.
        """
        if limit < 1 or not self._sizes(documents):
            return []
        with self._telling_damage():
            scored = self._keyword_index.matching(question, limit, documents, names)
        # Never answer from an entry that this generation does not hold, whatever a cache says.
        held = self._contents.held([id for id, _ in scored])
        return [pair for pair in scored if pair[0] in held]

    def ceiling(self, question: str, names: Sequence[Variants] = ()) -> float:
        """The sum of the weights of all that ``matching`` looks for."""
        with self._telling_damage():
            return self._keyword_index.ceiling(question, names) if self.passage_count else 0.0

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages of the store each of these terms, as ``keywords.analyse`` gives them, stands."""
        with self._telling_damage():
            return self._keyword_index.frequencies(terms) if self.passage_count else dict.fromkeys(terms, 0)

    def _sizes(self, documents: frozenset[str] | None) -> int:
        if documents is None:
            return self._passage_count
        return sum(info.passages for info in self._documents if info.id in documents)

    def _load(self, documents: frozenset[str] | None) -> tuple[list[str], Vectors]:
        return self._contents.rows(self.recipe.model_hash, documents)

    # Each of these is made once, when it is first needed. Cached properties are not locked from Python 3.12
    # on; making one twice would only cost time, except for the indexes, which hold files open.

    @functools.cached_property
    def _infos(self) -> list[tuple[DocumentInfo, Path]]:
        return self._contents.infos()

    @functools.cached_property
    def _documents(self) -> tuple[DocumentInfo, ...]:
        return tuple(info for info, _ in self._infos)

    @functools.cached_property
    def _copies(self) -> Mapping[str, str]:
        return {id: group[0] for group in groups(self._contents.copies()) for id in group}

    @functools.cached_property
    def _table(self) -> Table:
        return table((*self._groups, *load(self._ledger.file.parent / "names.txt")))

    @functools.cached_property
    def _groups(self) -> tuple[tuple[str, ...], ...]:
        self._caches.check(self._published, "names.json")
        try:
            text = self._caches.names(self._published.cache).read_text(encoding="utf-8")
            return tuple(map(tuple, json.loads(text)["groups"]))
        except (OSError, ValueError, KeyError, TypeError):
            # Made before names were learned: the next index run that changes a passage learns them.
            return ()

    @functools.cached_property
    def _passage_count(self) -> int:
        return sum(info.passages for info in self._documents)

    @functools.cached_property
    def _rows(self) -> tuple[list[str], Vectors]:
        return self._load(None)

    @property
    def _vector_index(self) -> VectorIndex:
        with self._lock:
            return self._opened_vectors

    @functools.cached_property
    def _opened_vectors(self) -> VectorIndex:
        with self._telling_damage():
            # Chroma reads them whole as well, and may end the process over wrong ones.
            self._caches.check(self._published, "chroma/")
            return VectorIndex(self._caches.vectors(self._published.cache))

    @property
    def _keyword_index(self) -> KeywordIndex:
        with self._lock:
            return self._opened_keywords

    @functools.cached_property
    def _opened_keywords(self) -> KeywordIndex:
        with self._telling_damage():
            self._caches.check(self._published, "tantivy/", COMPARED)
            return KeywordIndex(self._caches.keywords(self._published.cache), self._caches.repair)

    @contextmanager
    def _telling_damage(self) -> Iterator[None]:
        """Tells what it is that went wrong with a cache, which the library in it seldom knows: a file that is not as it
        was written. A cache that is missing because its generation is no longer kept is no damage."""
        try:
            yield
        except StoreError:
            with self._ledger.reading(self.generation):
                pass
            self._caches.check(self._published)
            raise

    def _unknown(self, name: str) -> UnknownDocument:
        shown = name.encode("utf-8", "backslashreplace").decode("utf-8")
        listing = command(self._ledger.file.parent, "sources")
        return UnknownDocument(f"{shown!r}: no such document in the store; list them with: {listing}")
