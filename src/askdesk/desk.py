"""The desk: one object that owns the parts, and the two functions for those who need no more than one store."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import threading
from collections.abc import Iterable, Sequence, Set
from pathlib import Path
from types import TracebackType

from . import (
    answering,
    arguments,
    changing,
    considering,
    conversation,
    corroboration,
    indexing,
    parting,
    reading,
    retrieval,
    telling,
)
from .arguments import Earlier
from .collection import Collection
from .commands import DEFAULT_STORE, command
from .embedding import open_embedder
from .errors import InvalidFilter, RecipeMismatch, StoreDamaged, UnreadableDocument
from .files import file_bytes
from .reader import Reader
from .snapshot import Snapshot
from .types import (
    Answer,
    Citation,
    Document,
    DocumentInfo,
    Embedder,
    Hit,
    IndexReport,
    ProgressCallback,
    Recipe,
    VerifyReport,
)


class Desk:
    """Asks and indexes the documents of one store.

    ``store`` is a folder; ``model`` is a sentence-transformers model by name or folder, None for the store's own (the
    default model for a new store); ``chroma`` is the address of a Chroma server that holds the vectors instead of
    the store's folder. ``encoding`` is the tiktoken encoding that passages are budgeted in, None for the store's own
    (askdesk's for a new store). Nothing is fetched from a network unless ``allow_download`` lets a named model be, or
    an official encoding is named. Without ``reader`` quotes are chosen by words and vectors alone, by an answerer that
    is simpler and less often right. Making a desk opens nothing. Thread-safe; a context manager that closes what was
    opened.
    """

    def __init__(
        self,
        store: str | Path = DEFAULT_STORE,
        model: str | None = None,
        chroma: str | None = None,
        *,
        encoding: str | None = None,
        allow_download: bool = False,
        reader: bool = True,
    ) -> None:
        self.store = Path(store)
        self.model = model
        self.encoding = encoding
        self.allow_download = allow_download
        self._chroma = chroma
        self._collection = Collection(self.store, chroma)
        self._lock = threading.Lock()
        self._reader = Reader() if reader else None
        self._embedders: dict[tuple[str | None, bool], Embedder] = {}

    def index(self, paths: str | Path | Iterable[str | Path], progress: ProgressCallback | None = None) -> IndexReport:
        """Brings the store in step with the files at and below ``paths`` and says what it did.

        Unchanged files cost nothing; a file that is gone leaves the store if it stood below one of ``paths``. Files
        that cannot be read are reported and harm nothing else. Raises MissingPath, ModelError and the store errors.
        """
        several = arguments.checked_paths(paths)
        stored = self._collection.recipe()
        model = self.model if self.model is not None or stored is None else stored.model
        encoding = self.encoding if self.encoding is not None or stored is None else stored.encoding
        embedder = self._embedder(model, indexing=True)
        made = indexing.recipe(embedder, encoding)
        return indexing.index(self._collection, several, made, embedder, progress)

    def ask(
        self,
        question: str,
        history: Earlier = (),
        limit: int = 5,
        sources: str | Path | Iterable[str | Path] | None = None,
        publisher: str | None = None,
        after: dt.date | str | None = None,
        before: dt.date | str | None = None,
        min_confidence: float | None = None,
        *,
        as_of: dt.date | str | None = None,
        said_by: str | None = None,
    ) -> Answer:
        """Answers with at most ``limit`` verbatim quotes, or says that the documents do not answer.

        ``history`` holds earlier questions or Answers, oldest first. ``sources`` (ids, paths or folders),
        ``publisher`` and the inclusive dates ``after`` and ``before`` restrict what is searched. ``min_confidence``,
        0 to 1, is the confidence from which an answer is given, None for the answerer's own: a lower one answers more
        questions and more of them wrongly, a higher one declines more that the documents do answer. ``as_of`` answers
        as if nothing had been published after that day: of a page that was updated later only the items dated up to
        it. ``said_by`` quotes only what that person or institution says, by name, other spelling or role. Raises
        InvalidQuestion, InvalidFilter, UnknownDocument, RecipeMismatch and the store errors.
        """
        question = arguments.checked_question(question)
        arguments.check_limit(limit)
        arguments.check_confidence(min_confidence)
        said_by = arguments.checked_text(said_by, "said_by", "a person or an institution")
        day = arguments.checked_date(as_of, "as_of")
        earlier = [*arguments.checked_history(history)]
        snapshot, documents = self._searched(sources, publisher, after, before, day)
        asked = parting.parts(question)
        if len(asked) > 1:
            limit = max(1, limit // len(asked))
        answers = []
        for part in asked:
            asking = functools.partial(
                self._answer, part, tuple(earlier), limit, snapshot, documents, min_confidence, day, said_by
            )
            unsound = snapshot.unsound()
            try:
                given = asking()
            except StoreDamaged:
                if snapshot.unsound() == unsound:
                    raise
                given = asking()  # a document was altered since it was first looked at: once more, without it
            answers.append(given)
            earlier.append(given)
        return answers[0] if len(answers) == 1 else parting.joined(question, answers)

    def _answer(
        self,
        question: str,
        earlier: Sequence[str | Answer],
        limit: int,
        snapshot: Snapshot,
        documents: frozenset[str] | None,
        min_confidence: float | None,
        as_of: dt.date | None,
        said_by: str | None,
    ) -> Answer:
        """Answers one question, after earlier ones, from the documents that were selected."""
        standalone = conversation.standalone(question, earlier)
        embedder = self._checked_embedder(snapshot.recipe)
        left_out: set[str] = set()
        told = corroboration.told_by_sources(standalone)
        stated = changing.states(standalone)
        asked, shown = (stated.undated, stated.question) if stated else (standalone, standalone)
        vector = embedder.embed([told or asked])[0]
        if told:
            hits = retrieval.retrieve(snapshot, told, vector, considering.READ, documents, as_of, said_by, left_out)
            answer = telling.answer(
                question, told, hits, vector, snapshot, embedder, documents, limit, min_confidence, said_by
            )
            return dataclasses.replace(answer, notes=self._notes(snapshot, left_out))
        # A speaker's name is among the words that are looked for, not part of what is asked.
        wanted = f"{asked} {said_by}" if said_by else asked
        depth = considering.depth(self._reader)
        hits = retrieval.retrieve(snapshot, wanted, vector, depth, documents, as_of, said_by, left_out)
        answer = answering.answer(
            asked if stated else question,
            asked,
            hits,
            vector,
            snapshot,
            embedder,
            documents,
            limit,
            min_confidence,
            self._reader,
            said_by,
            as_of,
            shown,
        )
        notes = self._notes(snapshot, left_out)
        return dataclasses.replace(answer, question=question, standalone_question=shown, notes=notes)

    def _notes(self, snapshot: Snapshot, left_out: Set[str]) -> tuple[str, ...]:
        """What an answer says of the documents of these ids, which were altered in the ledger."""
        mend = command(self.store, "repair", chroma=self._chroma)
        return tuple(
            f"{info.source} was left out: what the store holds of it was altered since it was indexed; run: {mend}"
            for info in snapshot.documents()
            if info.id in left_out
        )

    def search(
        self,
        question: str,
        limit: int = 10,
        sources: str | Path | Iterable[str | Path] | None = None,
        publisher: str | None = None,
        after: dt.date | str | None = None,
        before: dt.date | str | None = None,
    ) -> tuple[Hit, ...]:
        """Returns the best passages for a question or some words, best first, in the order of ``Answer.hits``.

        Filters and errors as in ``ask``.
        """
        question = arguments.checked_question(question)
        arguments.check_limit(limit)
        snapshot, documents = self._searched(sources, publisher, after, before)
        embedder = self._checked_embedder(snapshot.recipe)
        vector = embedder.embed([question])[0]
        if self._reader is None:
            return retrieval.retrieve(snapshot, question, vector, limit, documents)
        hits = retrieval.retrieve(snapshot, question, vector, max(limit, considering.READ), documents)
        return answering.search(question, hits, vector, snapshot, embedder, self._reader)[:limit]

    def document(self, id_or_path: str | Path) -> Document:
        """Returns one document with its text and marks. Raises UnknownDocument, also where the name is a folder."""
        snapshot = self._collection.snapshot(searched=False)
        ids = snapshot.find(arguments.checked_name(id_or_path, "id_or_path"))
        if len(ids) > 1:
            raise InvalidFilter(f"{id_or_path} names {len(ids)} documents: name one of them")
        return snapshot.document(ids[0])

    def documents(self) -> tuple[DocumentInfo, ...]:
        """Returns what is known of every document, ordered by source, without the texts."""
        return self._collection.snapshot(searched=False).documents()

    def copies(self) -> tuple[tuple[DocumentInfo, ...], ...]:
        """Returns the groups of documents that are near-copies, each the earliest dated first, in order of source."""
        snapshot = self._collection.snapshot(searched=False)
        groups: dict[str, list[DocumentInfo]] = {}
        for info in snapshot.documents():
            if info.id in snapshot.copies():
                groups.setdefault(snapshot.copies()[info.id], []).append(info)

        def dated(info: DocumentInfo) -> tuple[dt.date, str]:
            return (info.published or dt.date.max, info.source)

        return tuple(tuple(sorted(group, key=dated)) for group in groups.values())

    def remove(self, id_or_path: str | Path | Iterable[str | Path]) -> tuple[str, ...]:
        """Takes a document, or all documents of a folder, out of the store; the files stay. Returns their sources.

        Several names may be given: then all that they name goes, or nothing if one of them is unknown. Raises
        UnknownDocument, StoreLocked and the other store errors.
        """
        names = arguments.checked_names(id_or_path, "id_or_path")
        snapshot = self._collection.snapshot(searched=False)
        sources = {info.id: info.source for info in snapshot.documents()}
        ids = dict.fromkeys(id_ for name in names for id_ in snapshot.find(name))
        with self._collection.writer(snapshot.recipe) as writer:
            for id_ in ids:
                writer.remove(id_)
            writer.publish()
        return tuple(sources[id_] for id_ in ids)

    def check(self, citation: Citation) -> str | None:
        """Reads the cited file from disk and returns None if the quote stands at its place, else what is wrong."""
        path = self._collection.snapshot(searched=False).path(citation.document_id)
        try:
            text = reading.read(file_bytes(path, citation.source), citation.source).text
        except UnreadableDocument as error:
            return str(error)
        if text[citation.start : citation.end] == citation.text:
            return None
        return f"{citation.source} no longer holds the quote at {citation.start}-{citation.end}: index it again"

    def verify(self) -> VerifyReport:
        """Compares ledger, caches and files and returns every difference, each with what to do."""
        return self._collection.verify()

    def repair(self, progress: ProgressCallback | None = None) -> None:
        """Reads the files of documents again that were altered in the ledger; then builds the caches anew from the
        ledger, checks them and switches to them. Embeds nothing but passages of such documents.

        A document whose file cannot be read stays as it is, never quoted, and ``verify`` names it.
        """
        stored = self._collection.recipe()
        if stored is not None and self._collection.damaged():
            embedder = self._embedder(self.model if self.model is not None else stored.model, indexing=True)
            indexing.mend(self._collection, indexing.recipe(embedder, stored.encoding), embedder, progress)
        self._collection.repair(progress)

    def close(self) -> None:
        """Closes what was opened. The desk may be used again and then opens it anew."""
        self._collection.close()
        with self._lock:
            self._embedders.clear()

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _searched(
        self,
        sources: str | Path | Iterable[str | Path] | None,
        publisher: str | None,
        after: dt.date | str | None,
        before: dt.date | str | None,
        as_of: dt.date | None = None,
    ) -> tuple[Snapshot, frozenset[str] | None]:
        first, last = arguments.checked_date(after, "after"), arguments.checked_date(before, "before")
        if first is not None and last is not None and first > last:
            raise InvalidFilter(f"after is {first}, later than before, which is {last}: exchange them")
        publisher = arguments.checked_text(publisher, "publisher", "a publisher")
        names = None if sources is None else arguments.checked_names(sources, "sources")
        snapshot = self._collection.snapshot()
        days = [day for day in (last, as_of) if day is not None]
        return snapshot, snapshot.select(names, publisher, first, min(days, default=None))

    def _checked_embedder(self, stored: Recipe) -> Embedder:
        """Returns the model to ask with. Raises RecipeMismatch if the store was not made as this desk would."""
        embedder = self._embedder(self.model if self.model is not None else stored.model, indexing=False)
        if indexing.recipe(embedder, self.encoding or stored.encoding) == stored:
            return embedder
        options = [
            word
            for option, value in (("--model", self.model), ("--encoding", self.encoding))
            if value is not None
            for word in (option, value)
        ]
        anew = command(self.store, "index", "PATH", *options, chroma=self._chroma)
        raise RecipeMismatch(
            f"{self.store} was made with the model {stored.model}, the encoding {stored.encoding} and recipe "
            f"{stored.version}, which is not what was asked for; run: {anew}"
        )

    def _embedder(self, model: str | None, *, indexing: bool) -> Embedder:
        with self._lock:
            key = (model, indexing)
            if key not in self._embedders:
                self._embedders[key] = open_embedder(model, allow_download=self.allow_download, indexing=indexing)
            return self._embedders[key]


def ask(
    question: str,
    history: Earlier = (),
    limit: int = 5,
    sources: str | Path | Iterable[str | Path] | None = None,
    publisher: str | None = None,
    after: dt.date | str | None = None,
    before: dt.date | str | None = None,
    min_confidence: float | None = None,
    *,
    as_of: dt.date | str | None = None,
    said_by: str | None = None,
    store: str | Path = DEFAULT_STORE,
) -> Answer:
    """Answers a question from a store, as :meth:`Desk.ask` does; what it opens stays open for the next one."""
    desk = _desk(Path(store).resolve())
    return desk.ask(
        question, history, limit, sources, publisher, after, before, min_confidence, as_of=as_of, said_by=said_by
    )


def index(
    paths: str | Path | Iterable[str | Path],
    progress: ProgressCallback | None = None,
    *,
    store: str | Path = DEFAULT_STORE,
) -> IndexReport:
    """Brings a store in step with files and folders, as :meth:`Desk.index` does."""
    return _desk(Path(store).resolve()).index(paths, progress)


@functools.lru_cache(maxsize=8)
def _desk(store: Path) -> Desk:
    return Desk(store)
