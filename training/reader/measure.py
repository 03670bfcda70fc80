"""Measures files of readers on tuning questions, to choose among them before the answerer is fitted.

    ASKDESK_BENCH=FOLDER python -m training.reader.measure [FILE …] [--work FOLDER]

Of each file, or of the one that ships: token F1 of the best span with the passage given; AUROC of what it says of
answerable questions and near misses, the passage given and read sentence by sentence; and AUROC of answerable questions
against the same with all passages of the right title, or document, left out, or with those of another set, each with
the three passages that the search puts first.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks import corpora
from benchmarks.corpora import Asked
from benchmarks.stores import Stored, stored, without
from benchmarks.written import FAMILIES, Written, corpus, written
from sklearn.metrics import roc_auc_score

from askdesk import retrieval
from askdesk.inference import open_session, open_tokenizer, processors
from askdesk.reader import Reader, best
from askdesk.scores import token_f1
from askdesk.text import sentences

from .__main__ import TARGET
from .compare import paragraphs_of

GIVEN, SEARCHED = 500, 250
"""Questions of SQuAD 1.1 with the paragraph given, and questions that are searched for, of each set."""

AROUND = 2
"""Sentences before and after the one in question that are given of an article."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what is read for it, (title, text) pairs, and the answers in it, where these are known."""

    question: str
    texts: tuple[tuple[str, str], ...]
    answers: tuple[str, ...] = ()


def drawn() -> tuple[list[Asked], list[Asked]]:
    """Returns answerable questions, of SQuAD 1.1 as many as are GIVEN, of those written for askdesk SEARCHED ones."""
    draw = random.Random(5)
    sets = (corpora.squad11("tune"), GIVEN), (corpus("tune"), SEARCHED)
    first, second = (draw.sample([one for one in held.asked if one.answerable], count) for held, count in sets)
    return first, second


def given(asked: Sequence[Asked]) -> dict[str, list[Case]]:
    """Returns the questions whose passage is given, by set; near misses are those without an answer.

    ``asked`` are those of SQuAD 1.1.
    """
    squad20 = [
        Case(one.question, ((source.title, source.text),), one.answers if one.answerable else ())
        for one, source in paragraphs_of(corpora.squad20("tune"))
    ]
    sources = {source.key: source for source in corpora.squad11("tune").sources}
    squad11 = [
        Case(one.question, tuple((sources[key].title, sources[key].text) for key in one.keys), one.answers)
        for one in asked
    ]
    own = {family: [_around(label) for label in written("tune", family)] for family in FAMILIES}
    return {"SQuAD 2.0": squad20, "SQuAD 1.1": squad11, **own}


def _around(label: Written) -> Case:
    """Returns a question with the sentences around its span."""
    text = label.source.text
    spans = sentences(text)
    at = [place for place, (low, high) in enumerate(spans) if low < label.span[1] and label.span[0] < high]
    around = spans[max(0, at[0] - AROUND) : at[-1] + AROUND + 1]
    answers = (text[slice(*label.span)],) if label.answerable else ()
    return Case(label.question, ((label.source.title, text[around[0][0] : around[-1][1]]),), answers)


def searched(first: Sequence[Asked], second: Sequence[Asked], work: Path) -> dict[str, tuple[list[Case], list[Case]]]:
    """Returns pairs of the same questions with what is found in all documents and in others only.

    ``first`` are questions of SQuAD 1.1, ``second`` are written for askdesk.
    """
    squad11, qed, own = (stored(one, work) for one in (corpora.squad11("tune"), corpora.qed("tune"), corpus("tune")))

    def found(source: Stored, asked: Sequence[Asked], what: str = "") -> list[Case]:
        cases = []
        vectors = source.embedder.embed([one.question for one in asked])
        for one, vector in zip(asked, vectors, strict=True):
            documents = without(source, one, what) if what else None
            hits = retrieval.retrieve(source.snapshot, one.question, vector, 3, documents)
            cases.append(Case(one.question, tuple((hit.title, hit.passage.text) for hit in hits)))
        return cases

    return {
        "SQuAD 1.1, its title out": (found(squad11, first), found(squad11, first, "title")),
        "SQuAD 1.1, elsewhere": (found(squad11, first), found(qed, first)),
        "written, its article out": (found(own, second), found(own, second, "document")),
        "written, elsewhere": (found(own, second), found(squad11, second)),
    }


def opened(path: Path) -> Reader:
    """Returns a reader of any file, which one of its own would refuse by its hash."""
    reader = Reader()
    reader._tokenizer, reader._session = open_tokenizer(), open_session(path.read_bytes(), path.name)
    return reader


def best_words(reader: Reader, case: Case) -> tuple[float, str]:
    """Returns the score and the words of the best span in any of a case's texts."""
    found = []
    for (_, text), judgement in zip(case.texts, reader.read(case.question, case.texts), strict=True):
        span = best(judgement)
        if span:
            found.append((span.score + judgement.answers, text[slice(*span.span)]))
    return max(found, default=(-100.0, ""))


def alone(reader: Reader, case: Case) -> float:
    """Returns the best score of any sentence of a case's texts, each read alone."""
    parts = tuple((title, text[low:high]) for title, text in case.texts for low, high in sentences(text))
    return best_words(reader, Case(case.question, parts))[0]


def area(right: Sequence[float], wrong: Sequence[float]) -> float:
    return float(roc_auc_score([1] * len(right) + [0] * len(wrong), [*right, *wrong]))


def measure(
    reader: Reader, own: dict[str, list[Case]], pairs: dict[str, tuple[list[Case], list[Case]]]
) -> list[tuple[str, float]]:
    """Returns the names and values of all figures of one reader."""
    figures = []
    with ThreadPoolExecutor(processors()) as pool:

        def each(of: Callable[[Reader, Case], float], cases: Sequence[Case]) -> list[float]:
            return list(pool.map(lambda case: of(reader, case), cases))

        def marked(reader: Reader, case: Case) -> float:
            return token_f1(best_words(reader, case)[1], case.answers)

        def score(reader: Reader, case: Case) -> float:
            return best_words(reader, case)[0]

        for name, cases in own.items():
            able, misses = [case for case in cases if case.answers], [case for case in cases if not case.answers]
            figures.append((f"{name}: span F1", float(np.mean(each(marked, able)))))
            for way, of in (("whole", score), ("sentences", alone)):
                if misses:
                    figures.append((f"{name}: AUROC of near misses, {way}", area(each(of, able), each(of, misses))))
        for name, (right, others) in pairs.items():
            figures.append((f"{name}: AUROC", area(each(score, right), each(score, others))))
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", default=[TARGET])
    parser.add_argument("--work", type=Path, default=Path(".cache/bench"))
    options = parser.parse_args()
    first, second = drawn()
    own, pairs = given(first), searched(first[:SEARCHED], second, options.work)
    for path in options.files:
        print(path)
        for name, value in measure(opened(path), own, pairs):
            print(f"  {name} {value:.3f}", flush=True)


if __name__ == "__main__":
    main()
