"""Builds a store of a question set once, in a folder that later runs find again."""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from askdesk import tokens
from askdesk.chunking import Budget, cut
from askdesk.collection import Collection
from askdesk.embedding import open_embedder
from askdesk.indexing import OVERLAP, TOKENS, recipe
from askdesk.marking import marked
from askdesk.rows import document_id
from askdesk.snapshot import Snapshot
from askdesk.types import Embedder, Reading
from benchmarks.corpora import Asked, Corpus

BATCH = 256


@dataclass(frozen=True, slots=True)
class Stored:
    """A question set in a store: ``ids`` leads from a document's key to its id in the store."""

    corpus: Corpus
    snapshot: Snapshot
    embedder: Embedder
    ids: dict[str, str]


def stored(corpus: Corpus, work: Path) -> Stored:
    """Returns the store of ``corpus`` below ``work``, made if it is not there or was made by another recipe."""
    embedder = open_embedder(None)
    collection = Collection(folder(corpus, work))
    budget = Budget(TOKENS, OVERLAP, embedder.window, tokens.count, embedder.count)
    ids = {source.key: document_id(Path("/", corpus.name.split()[0], source.key)) for source in corpus.sources}
    with collection.writer(recipe(embedder)) as writer:
        if writer.stale or not writer.known():
            for source in corpus.sources:
                path = Path("/", corpus.name.split()[0], source.key)
                published = dt.date.fromisoformat(source.date[:10]) if source.date else None
                reading = marked(Reading(source.text, title=source.title, published=published))
                cuts = cut(reading, source.title, budget)
                if cuts:
                    sha256 = hashlib.sha256(source.text.encode()).hexdigest()
                    writer.replace(path, source.key, sha256, reading, source.title, cuts)
            missing = sorted(writer.missing(), key=lambda pair: len(pair[1]))
            for first in range(0, len(missing), BATCH):
                batch = missing[first : first + BATCH]
                writer.add_vectors([hash_ for hash_, _ in batch], embedder.embed([text for _, text in batch]))
                print(f"\r{corpus.name}: {first + len(batch)} of {len(missing)} passages", end="", file=sys.stderr)
            print(file=sys.stderr)
            writer.publish()
    return Stored(corpus, collection.snapshot(), embedder, ids)


def folder(corpus: Corpus, work: Path) -> Path:
    """Returns where the store of ``corpus`` is: the parts of a set share it when they share the documents."""
    texts = "".join(source.key + source.text for source in corpus.sources)
    return work / f"{corpus.name.split()[0]}-marked-{hashlib.sha256(texts.encode()).hexdigest()[:12]}"


def without(source: Stored, one: Asked, what: str) -> frozenset[str]:
    """Returns the ids of all documents but the right ones: the ``"document"`` or all of its ``"title"``."""
    titles = {held.key: held.title for held in source.corpus.sources}
    gone = {titles[key] for key in one.keys}
    out = {key for key in source.ids if key in one.keys or (what == "title" and titles[key] in gone)}
    return frozenset(id_ for key, id_ in source.ids.items() if key not in out)
