"""The tables of the ledger, and how a document is written into their rows and read from them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from askdesk.types import Cut, Mark, Reading

SCHEMA_VERSION = 2

TABLES = """
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
ADDED = """
create table if not exists sketches (document integer primary key, sketch blob not null);
create table if not exists sketch_keys (
    key integer not null, document integer not null, primary key (key, document)
) without rowid;
create index if not exists sketch_keys_by_document on sketch_keys (document);
create table if not exists copies (
    document integer not null, other integer not null, primary key (document, other)
) without rowid;
create index if not exists copies_by_other on copies (other);
create table if not exists sentences (
    key integer not null, document integer not null, start integer not null, "end" integer not null,
    primary key (key, document, start)
) without rowid;
create index if not exists sentences_by_document on sentences (document);
create table if not exists names (document integer primary key, names text not null, pairs text not null);
"""
"""What the second version added, for what documents have in common: their sketches with the keys by which copies are
looked up, the pairs that are copies, and the keys of their
sentences; and the names in each document with their counts, and the pairs that it explains, as JSON."""

FIELDS = "d.id, d.source, d.title, d.publisher, d.published, d.updated, d.url, d.sha256, d.passages, d.origins"
"""The columns of ``documents d`` that say what is known of a document."""


def document_id(path: Path) -> str:
    """The id of the document at ``path``, which must be resolved: 16 hex digits of the SHA-256 of its posix
    form."""
    return hashlib.sha256(path.as_posix().encode("utf-8", "surrogatepass")).hexdigest()[:16]


def text_hash(text: str | bytes) -> str:
    """Stands for a text, or its UTF-8, wherever it is compared or embedded: 32 hex digits of the SHA-256 of that."""
    return hashlib.sha256(text.encode("utf-8") if isinstance(text, str) else text).hexdigest()[:32]


def passage_id(document: str, said: str, cut: Cut) -> str:
    """The id of the passage that ``cut`` makes of a document of this id, where it says ``said``: the document's id, a
    hyphen, and 12 hex digits of the SHA-256 of all that the passage says."""
    every = json.dumps([cut.start, cut.end, cut.heading, said, cut.embedded])
    return f"{document}-{hashlib.sha256(every.encode()).hexdigest()[:12]}"


def document_row(
    id: str, born: int, path: Path, source: str, sha256: str, title: str, reading: Reading, passages: int
) -> tuple[str | int | None, ...]:
    """The values of a row of ``documents`` after its number. Raises UnicodeEncodeError for a lone surrogate."""
    return (
        id,
        born,
        None,
        source,
        str(path),
        sha256,
        title,
        reading.publisher,
        _iso(reading.published),
        _iso(reading.updated),
        reading.url,
        json.dumps(reading.origins),
        passages,
        text_hash(reading.text),
        reading.text,
    )


def mark_rows(document: int, marks: Iterable[Mark]) -> Iterator[tuple[str | int, ...]]:
    """The rows of ``marks`` for the marks of the document of this number."""
    for at, mark in enumerate(sorted(marks, key=lambda mark: mark.start)):
        yield document, at, mark.kind, mark.start, mark.end, mark.value


def passage_rows(document: int, text: str, cuts: Mapping[str, Cut]) -> Iterator[tuple[str | int, ...]]:
    """The values after their numbers of the rows of ``passages`` for the cuts, by passage id, of a document.

    ``inner`` is where the passage's own text begins in the text as embedded, -1 where it does not stand there.
    """
    for at, (id, cut) in enumerate(cuts.items()):
        inner = cut.embedded.rfind(text[cut.start : cut.end])
        yield id, document, at, cut.start, cut.end, cut.heading, text_hash(cut.embedded), inner, cut.embedded


def document_fields(
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
    """The fields of a DocumentInfo from a row that begins with the columns ``FIELDS``."""
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
