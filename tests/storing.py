"""A small deterministic embedder and a writer of documents, for tests of the store."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from askdesk.collection import Collection, Writer
from askdesk.rows import document_id
from askdesk.snapshot import Snapshot
from askdesk.types import Cut, Mark, Reading, Recipe

DIMENSIONS = 32


def environment() -> dict[str, str]:
    """For a Python process that imports askdesk and what stands beside the tests."""
    here = Path(__file__).resolve().parent
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(here.parent / "src"), str(here)])}


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def recipe(model: str = "words", tokens: int = 20) -> Recipe:
    return Recipe(model, f"hash of {model}", DIMENSIONS, "test", tokens, 0, 1)


def embed(texts: Sequence[str], model: str = "words") -> np.ndarray:
    """Each text is the sum of its words' random vectors, of length 1: texts that share words are near."""
    rows = np.zeros((len(texts), DIMENSIONS))
    for row, text in zip(rows, texts, strict=True):
        for word in (text.lower() or "nothing").split() or ["nothing"]:
            seed = int.from_bytes(hashlib.sha256(f"{model} {word}".encode()).digest()[:8], "big")
            row += np.random.default_rng(seed).normal(size=DIMENSIONS)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def cuts(text: str, title: str, size: int = 60) -> list[Cut]:
    """Passages of ``size`` characters; blank ones are left out."""
    pieces = [(at, min(at + size, len(text))) for at in range(0, len(text), size)]
    return [Cut(s, e, "", f"{title}\n{text[s:e]}") for s, e in pieces if text[s:e].strip()]


def put(writer: Writer, path: Path, text: str, source: str | None = None, **about: object) -> str:
    """Puts one document into the writer; ``about`` are fields of its Reading."""
    title = path.stem
    reading = Reading(text=text, marks=(Mark("page", 0, len(text), "1"),), **about)  # type: ignore[arg-type]
    sha256 = hashed(text)
    writer.replace(path, source or path.name, sha256, reading, title, cuts(text, title))
    return document_id(path)


def finish(writer: Writer, model: str = "words") -> int:
    """Embeds what is missing and publishes; returns how many texts were embedded."""
    missing = writer.missing()
    for at in range(0, len(missing), 8):
        some = missing[at : at + 8]
        writer.add_vectors([hash for hash, _ in some], embed([text for _, text in some], model))
    writer.publish()
    return len(missing)


def fill(collection: Collection, texts: Mapping[Path, str]) -> int:
    """Brings the store to hold exactly ``texts``, as an index run does; returns how many texts were
    embedded."""
    with collection.writer(recipe()) as writer:
        known = writer.known()
        for path, text in texts.items():
            old = known.get(str(path))
            if old is None or old[2] != hashed(text):
                put(writer, path, text)
        for path, (id, _, _) in known.items():
            if Path(path) not in texts:
                writer.remove(id)
        return finish(writer)


def contents(snapshot: Snapshot) -> dict[str, tuple[str, tuple[tuple[str, str], ...]]]:
    """Source -> (text, passages as (id, text)): all that a store says, to be compared."""
    found = {}
    held: dict[str, list[tuple[str, str]]] = {}
    ids = [id for id, _ in snapshot.nearest(embed(["x"])[0], 1_000_000)]
    for id, passage in snapshot.passages(ids).items():
        held.setdefault(passage.document_id, []).append((id, passage.text))
    for info in snapshot.documents():
        document = snapshot.document(info.id)
        assert len(held.get(info.id, [])) == info.passages
        found[info.source] = (document.text, tuple(sorted(held.get(info.id, []))))
    return found
