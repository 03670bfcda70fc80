"""Measures how well the answerer finds the sentences that people marked as answering.

    ASKDESK_BENCH=FOLDER python -m benchmarks.sentences [--part tune|report] [--work FOLDER] [--questions N]

QED, WikiQA and TREC-QA: the sentences of a question's own documents are put in order; MAP and MRR of the right ones,
for questions that have right and wrong ones, as is usual. ClapNQ: the F1 of what is quoted against what people
selected, from the question's own passage and from the passages of all (nothing quoted counts 0), and the AUROC of the
confidence with the own passage, questions that it answers against those that it does not.

Equal scores are ordered by a hash of the sentence, as the right ones come first in some of the files. Intervals are
95 % of a bootstrap over questions, paired for differences; the differences are those of the last way to each of those
before it.
"""

from __future__ import annotations

import argparse
import importlib.resources
import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from askdesk import answering, considering, reader, retrieval
from askdesk.keywords import analyse
from askdesk.reader import Reader
from askdesk.scoring import idf
from askdesk.types import Answer
from askdesk.weights import fitted
from benchmarks import corpora
from benchmarks.corpora import Labelled, LabelledSet, Place
from benchmarks.stores import Stored, stored

Scores: TypeAlias = list[float]
Floats: TypeAlias = npt.NDArray[np.float64]

ALL = 10_000
"""More passages than any question's own documents have, and more sentences."""
LIMIT = 5
DRAWS = 10_000
LOWEST = -math.inf
_K1, _B = 1.2, 0.75


def answerers() -> dict[str, Reader | None]:
    """Returns the ways to answer that are compared: without a reader, and with the one that ships, if one does."""
    ships = importlib.resources.files("askdesk").joinpath("data", reader.FILE).is_file()
    return {"first answerer": None} | ({"reader": Reader()} if ships else {})


def askdesk_order(source: Stored, one: Labelled, places: Sequence[Place], with_reader: Reader | None) -> Scores:
    """Returns the score of each of ``places``: the best of the answerer's own sentences that overlap it.

    A document that was folded into another one as its copy has the best score of the passage it was folded into.
    """
    model = fitted(with_reader is not None)
    vector = source.embedder.embed([one.question])[0]
    own = frozenset(source.ids[key] for key in one.keys)
    hits = retrieval.retrieve(source.snapshot, one.question, vector, ALL, own)
    read = considering.read_hits(
        one.question, one.question, hits, vector, source.snapshot, source.embedder, model, ALL, with_reader
    )
    found = list(zip(read.candidates, considering.sentence_scores(read, model), strict=True))

    def score(place: Place) -> float:
        key, low, high = place
        best = LOWEST
        for candidate, value in found:
            hit = hits[candidate.hit]
            here = hit.passage.document_id == source.ids[key] and candidate.span[0] < high and low < candidate.span[1]
            if here or source.ids[key] in hit.also_in:
                best = max(best, value)
        return best

    return [score(place) for place in places]


def askdesk_answer(source: Stored, one: Labelled, everywhere: bool, with_reader: Reader | None) -> Answer:
    """Asks in the question's own documents or in all."""
    documents = None if everywhere else frozenset(source.ids[key] for key in one.keys)
    vector = source.embedder.embed([one.question])[0]
    hits = retrieval.retrieve(source.snapshot, one.question, vector, considering.depth(with_reader), documents)
    return answering.answer(
        one.question,
        one.question,
        hits,
        vector,
        source.snapshot,
        source.embedder,
        documents,
        LIMIT,
        reader=with_reader,
    )


class BM25:
    """Okapi BM25 over single sentences (Robertson and Zaragoza 2009), word statistics from all of the set's."""

    def __init__(self, sentences: Mapping[Place, str]) -> None:
        self.terms = {place: Counter(analyse(text)) for place, text in sentences.items()}
        self.frequencies = Counter(term for counts in self.terms.values() for term in counts)
        self.mean = sum(counts.total() for counts in self.terms.values()) / len(self.terms)

    def score(self, question: str, place: Place) -> float:
        counts = self.terms[place]
        norm = _K1 * (1.0 - _B + _B * counts.total() / self.mean)
        return sum(
            idf(len(self.terms), self.frequencies[term]) * counts[term] * (_K1 + 1.0) / (counts[term] + norm)
            for term in analyse(question)
            if counts[term]
        )


def texts(held: LabelledSet) -> dict[Place, str]:
    """Returns the text of each sentence of a set."""
    documents = {source.key: source.text for source in held.corpus.sources}
    return {place: documents[key][place[1] : place[2]] for key, places in held.places.items() for place in places}


def own_places(held: LabelledSet, one: Labelled) -> list[Place]:
    return [place for key in sorted(one.keys) for place in held.places[key]]


def cosines(source: Stored, question: str, sentences: Sequence[str]) -> Scores:
    vectors = source.embedder.embed([question, *sentences])
    return [float(cosine) for cosine in vectors[1:] @ vectors[0]]


def precision(
    scores: Scores, places: Sequence[Place], right: frozenset[Place], sentences: Mapping[Place, str]
) -> tuple[float, float]:
    """Returns the average precision and the reciprocal rank of the ``right`` ones when ordered by ``scores``."""
    order = sorted(range(len(places)), key=lambda at: (-scores[at], corpora.part(sentences[places[at]])))
    ranks = [rank for rank, at in enumerate(order, start=1) if places[at] in right]
    return sum(place / rank for place, rank in enumerate(ranks, start=1)) / len(ranks), 1.0 / ranks[0]


def overlap(found: frozenset[Place], marked: frozenset[Place]) -> float:
    """Returns the F1 of the sentences found against those marked."""
    return 2.0 * len(found & marked) / (len(found) + len(marked))


def best_overlap(found: frozenset[Place], one: Labelled) -> float:
    """Returns the F1 against the annotator with whom it is best, as is usual for several."""
    return max(overlap(found, marked) for marked in one.marked if marked)


def quoted(held: LabelledSet, source: Stored, answer: Answer) -> frozenset[Place]:
    """Returns the sentences of which at least half the characters stand in one of the quotes."""
    keys = {id_: key for key, id_ in source.ids.items()}
    return frozenset(
        (key, low, high)
        for citation in answer.citations
        for key, low, high in held.places[keys[citation.document_id]]
        if 2 * (min(high, citation.end) - max(low, citation.start)) >= high - low
    )


def interval(draws: Floats) -> str:
    low, high = np.quantile(draws, [0.025, 0.975])
    return f"[{low:.3f}, {high:.3f}]"


def means(values: Sequence[float]) -> Floats:
    """Returns the means of ``values`` drawn anew, with replacement."""
    count = len(values)
    drawn = np.random.default_rng(3).multinomial(count, [1.0 / count] * count, size=DRAWS)
    return np.asarray(drawn @ np.array(values) / count)


def areas(above: Floats) -> Floats:
    """Returns the means of a table of positives by negatives, both drawn anew; of ``wins``, this is AUROC."""
    draw = np.random.default_rng(3)
    rows, columns = above.shape
    positives = draw.multinomial(rows, [1.0 / rows] * rows, size=DRAWS)
    negatives = draw.multinomial(columns, [1.0 / columns] * columns, size=DRAWS)
    return np.asarray(((positives @ above) * negatives).sum(1) / (rows * columns))


def wins(positives: Scores, negatives: Scores) -> Floats:
    """Returns which positive is above which negative, a half where they are equal; its mean is AUROC."""
    one, other = np.array(positives)[:, None], np.array(negatives)[None, :]
    return np.asarray((one > other) + 0.5 * (one == other))


def print_means(title: str, measured: Mapping[str, Scores]) -> None:
    print(f"  {title}")
    for name, values in measured.items():
        print(f"    {name:16} {np.mean(values):.3f} {interval(means(values))}")
    *others, last = measured
    for name in others:
        differences = [a - b for a, b in zip(measured[last], measured[name], strict=True)]
        print(f"    {last} - {name}: {np.mean(differences):+.3f} {interval(means(differences))}", flush=True)


def print_areas(title: str, measured: Mapping[str, tuple[Scores, Scores]]) -> None:
    print(f"  {title}")
    tables = {name: wins(*scores) for name, scores in measured.items()}
    for name, table in tables.items():
        print(f"    {name:16} {table.mean():.3f} {interval(areas(table))}")
    *others, last = tables
    for name in others:
        difference = tables[last] - tables[name]
        print(f"    {last} - {name}: {difference.mean():+.3f} {interval(areas(difference))}", flush=True)


def measure_orders(
    held: LabelledSet, source: Stored, asked: Sequence[Labelled], ways: Mapping[str, Reader | None]
) -> None:
    """Measures MAP and MRR on ``asked``, each of which has one annotator."""
    sentences = texts(held)
    bm25 = BM25(sentences)
    average: dict[str, Scores] = {}
    reciprocal: dict[str, Scores] = {}
    count = 0
    for one in asked:
        places = own_places(held, one)
        count += len(places)
        scores = {
            "BM25": [bm25.score(one.question, place) for place in places],
            "MiniLM cosine": cosines(source, one.question, [sentences[place] for place in places]),
        }
        scores |= {name: askdesk_order(source, one, places, with_reader) for name, with_reader in ways.items()}
        for name, own in scores.items():
            first, second = precision(own, places, one.marked[0], sentences)
            average.setdefault(name, []).append(first)
            reciprocal.setdefault(name, []).append(second)
    print(f"\n{held.corpus.name}: {len(asked)} questions with right and wrong sentences, {count} sentences")
    print_means("MAP", average)
    print_means("MRR", reciprocal)


def measure_quotes(
    held: LabelledSet, source: Stored, asked: Sequence[Labelled], ways: Mapping[str, Reader | None]
) -> None:
    """Measures the F1 of quotes and the AUROC of the confidence."""
    sentences = texts(held)
    every = list(sentences)
    vectors = source.embedder.embed(list(sentences.values()))
    at = {place: number for number, place in enumerate(every)}
    able = [one for one in asked if any(one.marked)]
    unable = [one for one in asked if not one.marked]
    print(f"\n{held.corpus.name}: {len(able)} answerable questions, {len(unable)} others, {len(held.places)} passages")

    cosine: dict[Labelled, Floats] = {}
    answers: dict[tuple[str, Labelled], Answer] = {}
    for one in (*able, *unable):
        cosine[one] = vectors @ source.embedder.embed([one.question])[0]
        answers |= {(name, one): askdesk_answer(source, one, False, way) for name, way in ways.items()}

    def nearest(one: Labelled, places: Sequence[Place]) -> Place:
        return max(places, key=lambda place: float(cosine[one][at[place]]))

    found = {
        "own passage": {"first by cosine": [frozenset([nearest(one, own_places(held, one))]) for one in able]},
        "all passages": {"first by cosine": [frozenset([nearest(one, every)]) for one in able]},
    }
    for name, way in ways.items():
        found["own passage"][name] = [quoted(held, source, answers[name, one]) for one in able]
        found["all passages"][name] = [quoted(held, source, askdesk_answer(source, one, True, way)) for one in able]
    for title, sets in found.items():
        pairs = {name: list(zip(own, able, strict=True)) for name, own in sets.items()}
        print_means(f"F1, {title}", {name: [best_overlap(*pair) for pair in own] for name, own in pairs.items()})
        for name, own in sets.items():
            nothing = sum(not one for one in own)
            print(f"    {name}: {sum(map(len, own)) / len(own):.2f} sentences a question, none for {nothing}")

    best = [
        [float(max(cosine[one][at[place]] for place in own_places(held, one))) for one in group]
        for group in (able, unable)
    ]
    areas_of = {"best cosine": (best[0], best[1])}
    for name in ways:
        areas_of[name] = (
            [answers[name, one].confidence for one in able],
            [answers[name, one].confidence for one in unable],
        )
    print_areas("AUROC, own passage", areas_of)


def has_both(held: LabelledSet, one: Labelled) -> bool:
    """Whether a question has right and wrong sentences."""
    return 0 < len(one.marked[0]) < len(own_places(held, one))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=["tune", "report"], default="report")
    parser.add_argument("--work", type=Path, default=Path(".cache/bench"))
    parser.add_argument("--questions", type=int, help="so many of each set, drawn at random, instead of all")
    given = parser.parse_args()
    ways = answerers()

    def some(asked: Sequence[Labelled]) -> list[Labelled]:
        most = len(asked) if given.questions is None else min(given.questions, len(asked))
        return random.Random(8).sample(asked, most)

    for build in (corpora.qed_sentences, corpora.wikiqa, corpora.trecqa):
        held = build(given.part)
        both = [one for one in held.labelled if has_both(held, one)]
        measure_orders(held, stored(held.corpus, given.work), some(both), ways)
    held = corpora.clapnq(given.part)
    measure_quotes(held, stored(held.corpus, given.work), some(held.labelled), ways)


if __name__ == "__main__":
    main()
