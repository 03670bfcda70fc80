"""Questions written for askdesk on documents of the public sets: answerable ones, and near misses.

``labels/written-train.jsonl``, ``-tune`` and ``-report`` hold a question a line, with the place of the document in its
set (``set``, ``row``) and, as offsets into its text, of the answer, or of the sentence that a near miss tempts to quote
(``answerable`` false: nothing answers it in the first ``read`` characters, which alone were read and are used).
``kind`` tells in what a near miss differs from what is told (another entity, attribute, time, quantity, event or
speaker, or something left open), and of an answerable question whether it asks for a fact in ordinary words, in words
as unlike those of the text as possible (``paraphrase``) or for a clause.

``labels/kinds-train.jsonl``, ``-tune`` and ``-report`` hold others in the same form, on other news: what people ask
about stories that go on, in their own words. There ``kind`` says what is asked for: a ``change``, a yes or no
(``decide``), a ``view``, a ``reason``, ``who``, how things stood at a time (``as-of``), or another fact
(``paraphrase``). The reader has not learned from them.

All files are about different documents; none is one of a quiz question of news-dev, none to train on is one of
``benchmarks/stories.py``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

from askdesk.text import Span
from benchmarks.corpora import Asked, Corpus, Source, rows

LABELS = Path(__file__).parent / "labels"
PARTS = ("train", "tune", "report")
FAMILIES = ("written", "kinds")
SETS = {"news": "news-dev-documents", "squad11": "reader-train-squad11"}


@dataclass(frozen=True, slots=True)
class Written:
    """A question on a document; ``span`` is the answer's, or that of the sentence that a near miss tempts to quote."""

    source: Source
    question: str
    span: Span
    answerable: bool
    kind: str


def written(part: str, family: str = "written") -> list[Written]:
    """Returns the questions of the part ``"train"``, ``"tune"`` or ``"report"`` of one of FAMILIES.

    Raises ValueError where a document is not the one that the question was written on.
    """
    lines = (LABELS / f"{family}-{part}.jsonl").read_text("utf-8").splitlines()
    held = [json.loads(line) for line in lines]
    texts = {}
    for name, file in SETS.items():
        wanted = {one["row"] for one in held if one["set"] == name}
        texts.update({(name, at): _source(name, at, row) for at, row in enumerate(rows(file)) if at in wanted})
    found = []
    for one in held:
        source = texts[one["set"], one["row"]]
        if hashlib.sha256(source.text.encode()).hexdigest()[:12] != one["sha"]:
            raise ValueError(f"row {one['row']} of {one['set']} is not the text that its questions were written on")
        source = replace(source, text=source.text[: one["read"]])
        found.append(Written(source, one["question"], (one["start"], one["end"]), one["answerable"], one["kind"]))
    return found


def _source(name: str, at: int, row: dict[str, str]) -> Source:
    if name == "news":
        return Source(f"news{at}", row["title"] or "", row["text"], (row["date"] or "").replace("/", "-"))
    return Source(f"squad{at}", row["title"].replace("_", " "), row["context"])


def corpus(part: str, family: str = "written") -> Corpus:
    """Returns the questions of a part on news, as a set whose collection are the articles of all three parts."""
    every = {one: [row for row in written(one, family) if row.source.key.startswith("news")] for one in PARTS}
    sources = {row.source.key: row.source for held in every.values() for row in held}
    asked = tuple(
        Asked(
            row.question,
            frozenset([row.source.key] if row.answerable else []),
            (row.source.text[slice(*row.span)],) if row.answerable else (),
            row.answerable,
        )
        for row in every[part]
    )
    return Corpus(f"{family} {part}", tuple(sources.values()), asked)
