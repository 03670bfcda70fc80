"""Public question sets as small collections: documents, questions, and what would be a right passage or sentence.

The folder is named by the variable ASKDESK_BENCH. Every set is split once, by a hash of what groups its questions:
the ``tune`` part is for choosing, the ``report`` part is looked at only to report.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """One document of a set; ``key`` is unique in it."""

    key: str
    title: str
    text: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: the keys of the documents that answer it and the answers as strings (empty: not answered)."""

    question: str
    keys: frozenset[str]
    answers: tuple[str, ...]
    answerable: bool = True


@dataclass(frozen=True, slots=True)
class Corpus:
    name: str
    sources: tuple[Source, ...]
    asked: tuple[Asked, ...]


def folder() -> Path:
    """Returns the folder of the public data. Raises SystemExit with what to do when it is not set."""
    where = os.environ.get("ASKDESK_BENCH")
    if not where:
        raise SystemExit("set ASKDESK_BENCH to the folder of the public question sets")
    return Path(where)


def rows(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(folder() / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def part(key: str) -> float:
    """Returns a number in [0, 1) that depends on ``key`` alone, to split by."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big") / 2**48


def squad11(which: str) -> Corpus:
    """Paragraphs of SQuAD 1.1 articles: a tenth of the titles to report on, another to tune on, the rest to train."""
    low, high = {"report": (0.0, 0.1), "tune": (0.1, 0.2), "train": (0.2, 1.0)}[which]
    sources, asked = [], []
    for number, row in enumerate(rows("reader-train-squad11")):
        if low <= part(row["title"]) < high:
            key = f"p{number}"
            sources.append(Source(key, row["title"].replace("_", " "), row["context"]))
            for question in row["questions"]:
                answer = row["context"][question["start"] : question["end"]]
                asked.append(Asked(question["question"], frozenset([key]), (answer,)))
    return Corpus(f"squad11 {which}", tuple(sources), tuple(asked))


def squad20(which: str) -> Corpus:
    """The part of SQuAD 2.0 with near misses: a half of its titles to report on, the other to tune on."""
    sources, asked = [], []
    for number, row in enumerate(rows("reader-train-squad20-part")):
        if (part("squad20 " + row["title"]) < 0.5) == (which == "report"):
            key = f"p{number}"
            sources.append(Source(key, row["title"].replace("_", " "), row["context"]))
            for question in row["questions"]:
                answers = tuple(row["context"][a["start"] : a["end"]] for a in question["answers"])
                answerable = bool(question["answerable"])
                keys = frozenset([key] if answerable else [])
                asked.append(Asked(question["question"], keys, answers if answerable else (), answerable))
    return Corpus(f"squad20 {which}", tuple(sources), tuple(asked))


def qed(which: str) -> Corpus:
    """Natural Questions with one paragraph each; all paragraphs are the collection, half of the questions a part."""
    sources, asked = [], []
    for row in rows("reader-dev-qed"):
        key = str(row["example_id"])
        sources.append(Source(key, row["title_text"], row["paragraph_text"]))
        if (part(key) < 0.5) == (which == "report"):
            answers = tuple(span["string"] for spans in row["original_nq_answers"] for span in spans)
            asked.append(Asked(row["question_text"], frozenset([key]), answers))
    return Corpus(f"qed {which}", tuple(sources), tuple(asked))


def news(which: str) -> Corpus:
    """News articles and weekly quiz questions. A right article is one that holds the answer's string."""
    sources = tuple(
        Source(row["doc_id"], row["title"] or "", row["text"], (row["date"] or "").replace("/", "-"))
        for row in rows("news-dev-documents")
    )
    asked = [
        Asked(row["question"], frozenset(row["answer_in_docs"]), tuple(row["answers"]))
        for row in rows("news-dev-questions")
        if row["answer_in_docs"] and (part(row["id"]) < 0.5) == (which == "report")
    ]
    return Corpus(f"news {which}", sources, tuple(asked))


def musique(which: str) -> Corpus:
    """Questions that need several paragraphs; a right paragraph is any supporting one."""
    keys: dict[str, str] = {}
    sources = []
    for number, row in enumerate(rows("multihop-dev-musique-corpus")):
        keys[row["text"]] = f"m{number}"
        sources.append(Source(f"m{number}", row["title"], row["text"]))
    asked = []
    for row in rows("multihop-dev-musique"):
        if (part(row["id"]) < 0.5) == (which == "report"):
            right = [p["paragraph_text"] for p in row["paragraphs"] if p["is_supporting"]]
            asked.append(Asked(row["question"], frozenset(keys[text] for text in right if text in keys), ()))
    return Corpus(f"musique {which}", tuple(sources), tuple(asked))
