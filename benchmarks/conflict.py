"""Measures answers where documents contradict each other or each know another one of several right answers.

    ASKDESK_BENCH=FOLDER python -m benchmarks.conflict [--part tune|report] [--work FOLDER]

The questions of RAMDocs (Wang et al., 2025), each asked of its own documents alone, with and without the reader. Even
rows (``tune``) are for choosing, odd ones (``report``) to report. An answer counts when it stands in one of at most
LIMIT quotes. Right answers are all that a row names; wrong ones are those of the documents made up to mislead.
Intervals are Wilson's, 95 %.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from askdesk import answering, considering, retrieval
from askdesk.reader import Reader
from askdesk.scores import share, stands_in
from askdesk.types import Answer
from benchmarks import corpora
from benchmarks.corpora import Corpus, Source
from benchmarks.stores import Stored, stored

Marks: TypeAlias = tuple[bool, ...]

LIMIT = 8
"""Most quotes of an answer."""


@dataclass(frozen=True, slots=True)
class Disputed:
    """A question, the keys of its own documents, and the answers that stand in them: right ones and made-up ones."""

    question: str
    keys: tuple[str, ...]
    right: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Which of a question's right and wrong answers were quoted, and of each quote whether it holds any of them."""

    right: Marks
    wrong: Marks
    holding: Marks
    found: bool


def ramdocs() -> tuple[Corpus, tuple[Disputed, ...]]:
    """Returns the documents of all rows as one collection, and the questions, one for each row in the file's order."""
    sources: dict[str, Source] = {}
    disputed = []
    for row in corpora.rows("conflict-dev-ramdocs"):
        keys = []
        for document in row["documents"]:
            key = hashlib.sha256(document["text"].encode()).hexdigest()[:16]
            sources[key] = Source(key, "", document["text"])
            keys.append(key)
        wrong = [document["answer"] for document in row["documents"] if document["type"] == "misinfo"]
        disputed.append(Disputed(row["question"], tuple(keys), _distinct(row["gold_answers"]), _distinct(wrong)))
    return Corpus("ramdocs", tuple(sources.values()), ()), tuple(disputed)


def _distinct(answers: Sequence[str]) -> tuple[str, ...]:
    return tuple({answer.casefold(): answer for answer in answers}.values())


def ask(source: Stored, one: Disputed, reader: Reader | None) -> Answer:
    """Asks a question of its own documents alone."""
    own = frozenset(source.ids[key] for key in one.keys)
    vector = source.embedder.embed([one.question])[0]
    hits = retrieval.retrieve(source.snapshot, one.question, vector, considering.depth(reader), own)
    return answering.answer(
        one.question,
        one.question,
        hits,
        vector,
        source.snapshot,
        source.embedder,
        own,
        LIMIT,
        reader=reader,
    )


def outcome(one: Disputed, texts: Sequence[str], found: bool) -> Outcome:
    """Returns what became of a question whose quotes are ``texts``."""
    return Outcome(
        tuple(any(stands_in(held, text) for text in texts) for held in one.right),
        tuple(any(stands_in(held, text) for text in texts) for held in one.wrong),
        tuple(any(stands_in(held, text) for held in (*one.right, *one.wrong)) for text in texts),
        found,
    )


def shown(values: Sequence[bool]) -> str:
    held = share(sum(values), len(values))
    return f"{held.share:.3f} [{held.low:.3f}, {held.high:.3f}] of {held.of}"


def reachable(outcomes: Sequence[Outcome], could: Sequence[Outcome], which: Callable[[Outcome], Marks]) -> list[bool]:
    """Returns whether each answer was quoted, of those that stand in a document."""
    pairs = [zip(which(one), which(all_), strict=True) for one, all_ in zip(outcomes, could, strict=True)]
    return [was for pair in pairs for was, can in pair if can]


def right(one: Outcome) -> Marks:
    return one.right


def wrong(one: Outcome) -> Marks:
    return one.wrong


def print_outcomes(name: str, found: Sequence[Outcome], could: Sequence[Outcome]) -> None:
    """Prints the figures of one way to answer; ``could`` are the outcomes if all documents were quoted whole."""
    quotes = [holds for one in found for holds in one.holding]
    disputed = [one for one in found if one.wrong]
    beside = [any(one.right) and any(one.wrong) for one in disputed]
    alone = [any(one.wrong) and not any(one.right) for one in disputed]
    figures = (
        ("right answers quoted", [was for one in found for was in one.right]),
        ("  of those that stand in a document", reachable(found, could, right)),
        ("wrong answers quoted", [was for one in found for was in one.wrong]),
        ("  of those that stand in a document", reachable(found, could, wrong)),
        ("disputed: right and wrong side by side", beside),
        ("disputed: wrong alone", alone),
        ("questions with every right answer", [all(one.right) for one in found]),
        ("quotes that hold none of them", [not holds for holds in quotes]),
        ("declined", [not one.found for one in found]),
    )
    print(f"  {name}: {len(quotes) / len(found):.2f} quotes a question")
    for title, values in figures:
        print(f"    {title:40} {shown(values)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=["tune", "report"], default="report")
    parser.add_argument("--work", type=Path, default=Path(".cache/bench"))
    given = parser.parse_args()
    corpus, disputed = ramdocs()
    source = stored(corpus, given.work)
    texts = {one.key: one.text for one in corpus.sources}
    questions = disputed[given.part == "report" :: 2]
    could = [outcome(one, [texts[key] for key in one.keys], True) for one in questions]
    print(f"ramdocs {given.part}: {len(questions)} questions, {sum(len(one.keys) for one in questions)} documents")
    ways: dict[str, Reader | None] = {"first answerer": None, "reader": Reader()}
    for name, reader in ways.items():
        answers = [ask(source, one, reader) for one in questions]
        found = [
            outcome(one, [citation.text for citation in answer.citations], answer.found)
            for one, answer in zip(questions, answers, strict=True)
        ]
        print_outcomes(name, found, could)


if __name__ == "__main__":
    main()
