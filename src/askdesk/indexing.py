"""The way of a file into a collection: found, read, cut, embedded, published."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from . import reading, tokens
from .chunking import Budget, cut
from .collection import Collection, Writer
from .errors import AskdeskError, UnreadableDocument, is_failure
from .files import Found, Listing, file_bytes, listing
from .marking import marked
from .types import Cut, DocumentInfo, Embedder, IndexReport, Progress, ProgressCallback, Reading, Recipe

RECIPE_VERSION = 9
"""Raised when the same files and settings would give other passages, vectors or marks than before."""

TOKENS = 140
OVERLAP = 0

_BATCH = 256
"""Texts whose vectors are kept at once: some seconds' work, which is what breaking off costs."""


def recipe(embedder: Embedder, encoding: str | None = None) -> Recipe:
    """Returns how askdesk makes an index now, with ``embedder`` and a tiktoken ``encoding`` (None: its own)."""
    return Recipe(
        model=embedder.name,
        model_hash=embedder.hash,
        dimensions=embedder.dimensions,
        encoding=encoding or tokens.ENCODING_NAME,
        tokens=TOKENS,
        overlap=OVERLAP,
        version=RECIPE_VERSION,
    )


def index(
    collection: Collection,
    paths: Sequence[str | Path],
    made: Recipe,
    embedder: Embedder,
    progress: ProgressCallback | None = None,
) -> IndexReport:
    """Brings ``collection`` in step with the files at and below ``paths`` and publishes the result at once.

    ``made`` is the recipe to make it by, with ``embedder`` as its model. A file that cannot be read leaves what is
    already known of it as it is. Raises MissingPath, StoreLocked, StoreFull and the other store errors; what was
    embedded before one of them is kept for the next run.
    """
    report = progress or _silent
    report(Progress("find", 0, None))
    found = listing(paths, reading.SUFFIXES, collection.folder)
    with collection.writer(made) as writer:
        result = _replace_changed(writer, found, _budget(made, embedder), report)
        _embed_missing(writer, embedder, report)
        writer.publish(progress)
    return result


def mend(
    collection: Collection,
    made: Recipe,
    embedder: Embedder,
    progress: ProgressCallback | None = None,
) -> IndexReport:
    """Reads the files of those documents again of which the ledger no longer holds what was written, and publishes.

    Does nothing to a store of another recipe than ``made``, where ``index`` reads all that it can. Raises as that does.
    """
    report = progress or _silent
    with collection.writer(made) as writer:
        tally = _Tally()
        if not writer.stale:
            _read_again(writer, writer.damaged(), _budget(made, embedder), tally)
            _embed_missing(writer, embedder, report)
            writer.publish(progress)
    return tally.report()


@dataclass(slots=True)
class _Tally:
    """The lists of a report while it grows."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    """Ids of the documents known before that were replaced or removed."""

    def report(self) -> IndexReport:
        return IndexReport(
            added=tuple(self.added),
            changed=tuple(self.changed),
            removed=tuple(sorted(self.removed)),
            unchanged=tuple(self.unchanged),
            skipped=tuple(sorted(self.skipped)),
            failed=tuple(sorted(self.failed)),
        )


def _replace_changed(writer: Writer, found: Listing, budget: Budget, report: ProgressCallback) -> IndexReport:
    tally = _Tally(skipped=list(found.skipped), failed=list(found.failed))
    known = {str(path): info for info, path in writer.infos()}
    altered = writer.altered()
    for done, file in enumerate(found.files):
        report(Progress("read", done, len(found.files), file.source))
        info = known.get(str(file.path))
        _take(writer, file, info, budget, tally, anew=writer.stale or (info is not None and info.id in altered))
    report(Progress("read", len(found.files), len(found.files)))
    for id_, source in _vanished(known, found):
        writer.remove(id_)
        tally.removed.append(source)
        tally.done.add(id_)
    _read_again(writer, altered, budget, tally)
    if writer.stale:
        _cut_anew(writer, altered, budget, tally)
    return tally.report()


def _read_again(writer: Writer, damaged: Container[str], budget: Budget, tally: _Tally) -> None:
    """Reads the files of those damaged documents that were not read in this run already, wherever they stand."""
    seen = {source for source, _ in tally.failed}
    for info, path in writer.infos():
        if info.id in damaged and info.id not in tally.done and info.source not in seen:
            _take(writer, Found(path, info.source), info, budget, tally, anew=True)


def _take(
    writer: Writer, file: Found, known: DocumentInfo | None, budget: Budget, tally: _Tally, *, anew: bool
) -> None:
    """Puts one file's present content into the collection, if it is new there, or must be put in ``anew``."""
    try:
        data = file_bytes(file.path, file.source)
        sha256 = hashlib.sha256(data).hexdigest()
        if known and known.sha256 == sha256 and not anew:
            tally.unchanged.append(known.source)
            return
        document, title, cuts = _read(data, file.source, budget)
        if cuts:
            source = known.source if known else file.source
            writer.replace(file.path, source, sha256, document, title, cuts)
            (tally.changed if known else tally.added).append(source)
            tally.done |= {known.id} if known else set()
            return
        tally.skipped.append((file.source, "holds no words beside page furniture"))
        if known:
            writer.remove(known.id)
            tally.removed.append(known.source)
            tally.done.add(known.id)
    except UnreadableDocument as error:
        tally.failed.append((file.source, str(error)))


def _read(data: bytes, source: str, budget: Budget) -> tuple[Reading, str, Sequence[Cut]]:
    """What a file says, its title, and its passages. Raises UnreadableDocument whatever its content does to what reads
    it, so that it harms only itself, and the errors of the model and of the store as they are."""
    try:
        document = marked(reading.read(data, source))
        title = document.title or PurePosixPath(source).stem
        return document, title, cut(document, title, budget)
    except AskdeskError:
        raise
    except BaseException as error:
        if not is_failure(error):
            raise
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise UnreadableDocument(
            f"{source} could not be read ({what}), which is a bug in askdesk; leave it out or save it as text"
        ) from error


def _vanished(known: Mapping[str, DocumentInfo], found: Listing) -> Iterator[tuple[str, str]]:
    """Yields (id, source) of the known documents whose files no longer stand where they were looked for."""
    present = {str(file.path) for file in found.files}
    for name, info in known.items():
        path = Path(name)
        looked = any(path.is_relative_to(root) for root in found.roots)
        if looked and name not in present and not any(path.is_relative_to(folder) for folder in found.blocked):
            yield info.id, info.source


def _cut_anew(writer: Writer, altered: Container[str], budget: Budget, tally: _Tally) -> None:
    """Cuts by the new recipe what was not read in this run, from the texts that the ledger holds.

    A document that was altered there, and whose file cannot be read, leaves the store.
    """
    for info, _ in writer.infos():
        if info.id in altered and info.id not in tally.done:
            writer.remove(info.id)
            tally.removed.append(info.source)
            tally.done.add(info.id)
    for document, path in writer.documents():
        if document.id in tally.done:
            continue
        read = Reading(
            text=document.text,
            marks=document.marks,
            title=document.title,
            publisher=document.publisher,
            published=document.published,
            updated=document.updated,
            url=document.url,
            origins=document.origins,
        )
        cuts = cut(read, document.title, budget)
        writer.replace(path, document.source, document.sha256, marked(read), document.title, cuts)


def _embed_missing(writer: Writer, embedder: Embedder, report: ProgressCallback) -> None:
    """Embeds in batches of like length, the shortest first, and keeps each batch for good when it is done."""
    missing = sorted(writer.missing(), key=lambda pair: (len(pair[1]), pair[0]))
    for first in range(0, len(missing), _BATCH):
        batch = missing[first : first + _BATCH]

        def tell(done: int, first: int = first) -> None:
            report(Progress("embed", first + done, len(missing)))

        tell(0)
        writer.add_vectors([hash_ for hash_, _ in batch], embedder.embed([text for _, text in batch], tell))


def _budget(made: Recipe, embedder: Embedder) -> Budget:
    def count_tokens(text: str) -> int:
        return tokens.count(text, made.encoding)

    return Budget(made.tokens, made.overlap, embedder.window, count_tokens, embedder.count)


def _silent(_: Progress) -> None:
    pass
