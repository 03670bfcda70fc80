"""Measures the answers over public question sets: are the quotes right, and does it know when there are none?

    ASKDESK_BENCH=FOLDER python -m benchmarks.answering [--part tune|report] [--work FOLDER] [--questions N]

The whole path over all paragraphs of a part, the first answerer and the one with the reader side by side. Every
question is answered whatever the confidence, so that quotes and confidence are measured apart. AUROC is that of the
confidence, answerable questions against: near misses written by people, questions whose paragraph or whole article was
taken out of the collection, and questions about something else. Intervals are 95 %: Wilson's of a share, else a
bootstrap over questions.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from askdesk import answering, considering, retrieval
from askdesk.questions import asked
from askdesk.reader import Reader, best
from askdesk.scores import CALIBRATION_BINS, calibration_error, share, stands_in, token_f1
from askdesk.types import Answer
from askdesk.weights import fitted
from benchmarks import corpora, written
from benchmarks.corpora import Asked, Corpus
from benchmarks.stores import Stored, stored, without

LIMIT = 5
DRAWS = 2_000
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question: the confidence, which quotes are right, the first one's marks, the quotes' lengths."""

    confidence: float
    right: tuple[bool, ...]
    highlight: float
    lengths: tuple[int, ...]
    kind: str


def of_kinds(part: str) -> Corpus:
    """Returns the questions of a part about changes, views, reasons and the like."""
    return written.corpus(part, "kinds")


MISSES = {
    corpora.squad20: "near misses",
    written.corpus: "near misses on news",
    of_kinds: "near misses of changes, views, reasons and the like",
}


def ask(source: Stored, one: Asked, readers: Sequence[Reader | None], what: str = "") -> list[Answer]:
    """Answers a question with each of ``readers``; ``what`` is left out of the collection."""
    documents = without(source, one, what) if what else None
    vector = source.embedder.embed([one.question])[0]
    hits = retrieval.retrieve(source.snapshot, one.question, vector, max(map(considering.depth, readers)), documents)
    return [
        answering.answer(
            one.question,
            one.question,
            hits[: considering.depth(reader)],
            vector,
            source.snapshot,
            source.embedder,
            documents,
            LIMIT,
            min_confidence=0.0,
            reader=reader,
        )
        for reader in readers
    ]


def outcome(source: Stored, one: Asked, answer: Answer) -> Outcome:
    documents = {source.ids[key] for key in one.keys if key in source.ids}
    right = tuple(
        (quote.document_id in documents or not documents.isdisjoint(quote.also_in))
        and any(stands_in(held, quote.text) for held in one.answers)
        for quote in answer.citations
    )
    marked = answer.citations[0].short_answer if answer.citations else ""
    lengths = tuple(len(quote.text) for quote in answer.citations)
    return Outcome(answer.confidence, right, token_f1(marked, one.answers), lengths, asked(one.question).kind)


def every(
    source: Stored, questions: Sequence[Asked], readers: Sequence[Reader | None], what: str = ""
) -> list[list[Outcome]]:
    """Returns the outcomes of all questions, for each of ``readers``."""
    rows = [[outcome(source, one, answer) for answer in ask(source, one, readers, what)] for one in questions]
    return [list(column) for column in zip(*rows, strict=True)]


def shown(count: int, of: int) -> str:
    held = share(count, of)
    return f"{held.share:.3f} [{held.low:.3f}, {held.high:.3f}]"


def bootstrap(measure: Callable[[np.ndarray], float], count: int) -> str:
    """Returns a measure over all ``count`` cases with the interval that drawing cases anew gives."""
    draw = np.random.default_rng(5)
    values = [measure(draw.integers(0, count, count)) for _ in range(DRAWS)]
    low, high = np.quantile(values, (0.025, 0.975))
    return f"{measure(np.arange(count)):.3f} [{low:.3f}, {high:.3f}]"


def area(able: Sequence[float], unable: Sequence[float]) -> str:
    """Returns the AUROC of two lists of confidences with its bootstrap interval."""
    values = np.r_[able, unable]
    labels = np.r_[np.ones(len(able)), np.zeros(len(unable))]

    def measure(chosen: np.ndarray) -> float:
        return float(roc_auc_score(labels[chosen], values[chosen])) if len(set(labels[chosen])) == 2 else 0.5

    return bootstrap(measure, len(values))


def with_passage(reader: Reader, source: Stored, questions: Sequence[Asked]) -> str:
    """Returns the F1 of the reader's best span where the right paragraph is given."""
    held = {one.key: one for one in source.corpus.sources}
    values = []
    for one in questions:
        paragraph = held[next(iter(one.keys))]
        found = best(reader.read(one.question, [(paragraph.title, paragraph.text)])[0], 0, len(paragraph.text))
        values.append(token_f1(paragraph.text[slice(*found.span)] if found else "", one.answers))
    scores = np.array(values)
    return bootstrap(lambda chosen: float(scores[chosen].mean()), len(scores))


def print_quotes(name: str, found: Sequence[Outcome]) -> None:
    first = shown(sum(any(one.right[:1]) for one in found), len(found))
    five = shown(sum(any(one.right) for one in found), len(found))
    lengths = [length for one in found for length in one.lengths]
    marks = np.array([one.highlight for one in found])
    marked = bootstrap(lambda chosen: float(marks[chosen].mean()), len(marks))
    print(f"  {name:15} first quote right {first}  one of five {five}")
    print(f"  {'':15} median length {statistics.median(lengths):.0f} characters  highlight F1 {marked}")
    kinds: dict[str, list[float]] = defaultdict(list)
    for one in found:
        kinds[one.kind].append(one.highlight)
    print(
        f"  {'':15} " + "  ".join(f"{kind} {np.mean(held):.2f} ({len(held)})" for kind, held in sorted(kinds.items()))
    )


def print_reliability(able: Sequence[float], unable: Sequence[float]) -> None:
    confidences = [*able, *unable]
    outcomes = [True] * len(able) + [False] * len(unable)
    print(
        f"  {'':15} calibration error {calibration_error(confidences, outcomes):.3f}; confidence: share of answerable"
    )
    bins: dict[int, list[bool]] = defaultdict(list)
    for confidence, able_ in zip(confidences, outcomes, strict=True):
        bins[min(int(confidence * CALIBRATION_BINS), CALIBRATION_BINS - 1)].append(able_)
    cells = [
        f"{(place + 0.5) / CALIBRATION_BINS:.2f}: {np.mean(held):.2f} ({len(held)})"
        for place, held in sorted(bins.items())
    ]
    print(f"  {'':15} " + ", ".join(cells))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=["tune", "report"], default="report")
    parser.add_argument("--work", type=Path, default=Path(".cache/bench"))
    parser.add_argument("--questions", type=int, default=1_000)
    given = parser.parse_args()
    draw = random.Random(8)
    readers = {"first answerer": None, "reader": Reader()}
    able: dict[str, list[float]] = {name: [] for name in readers}
    unable: dict[str, dict[str, list[float]]] = {name: {} for name in readers}
    for build in (corpora.squad11, corpora.squad20, corpora.qed, written.corpus, of_kinds):
        source = stored(build(given.part), given.work)
        answerable = [one for one in source.corpus.asked if one.answerable]
        questions = draw.sample(answerable, min(given.questions, len(answerable)))
        print(f"\n{source.corpus.name}: {len(questions)} questions, {len(source.corpus.sources)} paragraphs")
        few = min(400, given.questions // 2)
        negatives: dict[str, tuple[list[Asked], str]] = {}
        misses = [one for one in source.corpus.asked if not one.answerable]
        if misses:
            kind = MISSES[build]
            negatives[kind] = draw.sample(misses, min(given.questions, len(misses))), ""
        elif build is corpora.squad11:
            print(f"  span F1 with the right paragraph given: {with_passage(readers['reader'], source, questions)}")
            negatives["paragraph out"] = questions[:few], "document"
            negatives["article out"] = questions[few : 2 * few], "title"
        elif build is corpora.qed:
            strangers = [one for one in corpora.squad11(given.part).asked if one.answerable]
            foreign = [replace(one, keys=frozenset()) for one in draw.sample(strangers, few)]
            negatives["about something else"] = foreign, ""
        found = every(source, questions, list(readers.values()))
        against = {
            kind: every(source, cases, list(readers.values()), what) for kind, (cases, what) in negatives.items()
        }
        for at, name in enumerate(readers):
            print_quotes(name, found[at])
            own = [one.confidence for one in found[at]]
            able[name] += own
            threshold = fitted(readers[name] is not None).threshold
            print(f"  {'':15} answered {shown(sum(one >= threshold for one in own), len(own))}")
            for kind, columns in against.items():
                other = [one.confidence for one in columns[at]]
                unable[name][kind] = other
                declined = shown(sum(one < threshold for one in other), len(other))
                print(f"  {'':15} {kind}: AUROC {area(own, other)}, declined {declined} of {len(other)}")
                if kind.startswith("near misses"):
                    print_reliability(own, other)
    for name in readers:
        print(
            f"\n{name}: threshold, share of {len(able[name])} answerable answered, shares declined of "
            + ", ".join(f"{len(held)} {kind}" for kind, held in unable[name].items())
        )
        for threshold in (*THRESHOLDS, fitted(readers[name] is not None).threshold):
            answered = np.mean(np.array(able[name]) >= threshold)
            declined = " ".join(f"{np.mean(np.array(held) < threshold):.3f}" for held in unable[name].values())
            print(f"  {threshold:.3f} {answered:.3f} {declined}")


if __name__ == "__main__":
    main()
