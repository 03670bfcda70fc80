"""Compares keyword, vector and fused retrieval on public question sets.

    ASKDESK_BENCH=FOLDER python -m benchmarks.retrieval [--part tune|report] [--work FOLDER] [--json]

``keyword`` is Tantivy's BM25 alone, ``vector`` the default model in Chroma alone as it is commonly used, ``fused`` the
two together as ``retrieval.retrieve`` adds them, ``askdesk`` what a desk's search gives: fused, near-copies folded, and
the best ordered anew by what the reader finds in them. The others are fusions that were tried. Differences to the
better single ranking are given with the 95 % interval of a paired bootstrap.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

import numpy as np

from askdesk import answering, considering
from askdesk.reader import Reader
from askdesk.retrieval import POOL, ceiling, fused, retrieve
from askdesk.text import fold
from askdesk.types import Passage
from benchmarks import corpora
from benchmarks.stores import Stored, stored

MOST_QUESTIONS = 2_000
SETS = {"squad11": corpora.squad11, "qed": corpora.qed, "news": corpora.news, "musique": corpora.musique}

Scores = Mapping[str, float]


def minmax(scores: Scores) -> dict[str, float]:
    low, high = min(scores.values()), max(scores.values())
    return {key: (value - low) / (high - low) if high > low else 0.0 for key, value in scores.items()}


def reciprocal_rank(words: Scores, vectors: Scores, k: int = 60) -> dict[str, float]:
    """Cormack, Clarke and Büttcher, SIGIR 2009: the sum of 1 / (k + rank)."""
    ranks = [{key: rank for rank, key in enumerate(order, start=1)} for order in (words, vectors)]
    return {
        key: sum(1.0 / (k + rank[key]) for rank in ranks if key in rank) for key in dict.fromkeys([*words, *vectors])
    }


def fusions(words: Scores, vectors: Scores, cosines: Scores, most_words: float) -> dict[str, Scores]:
    """Returns every ranking that is compared, as scores of passages; ``cosines`` are those of all in either."""
    padded = {key: words.get(key, 0.0) for key in cosines}
    most = max(padded.values()) or 1.0
    scaled, mixed = minmax(padded), minmax(cosines)
    mean = {key: math.sqrt(max(padded[key], 0.0) / most * max(cosines[key], 0.0)) for key in cosines}
    both = (z_scores(padded), z_scores(cosines))
    return {
        "keyword": words,
        "vector": vectors,
        "fused": {key: fused(padded[key], most_words, cosines[key]) for key in cosines},
        "min-max sum": {key: scaled[key] + mixed[key] for key in cosines},
        "min-max 0.3": {key: 0.3 * scaled[key] + 0.7 * mixed[key] for key in cosines},
        "z-score sum": {key: both[0][key] + both[1][key] for key in cosines},
        "raw 0.03": {key: 0.03 * padded[key] + cosines[key] for key in cosines},
        "geometric mean": mean,
        "reciprocal rank": reciprocal_rank(words, vectors),
    }


def z_scores(scores: Scores) -> dict[str, float]:
    values = np.array(list(scores.values()))
    spread = values.std() or 1.0
    return {key: (value - values.mean()) / spread for key, value in scores.items()}


def ranks(source: Stored, strict: bool) -> dict[str, list[int]]:
    """Returns for each ranking the rank of the first right passage among ten of each question, 0 for none.

    A passage is right if its document, or one that it was folded with, answers the question and, where ``strict``, the
    passage holds the answer.
    """
    found: dict[str, list[int]] = {}
    snapshot, reader = source.snapshot, Reader()
    asked = [one for one in source.corpus.asked if one.keys]
    if len(asked) > MOST_QUESTIONS:
        asked = [asked[at] for at in np.random.default_rng(3).permutation(len(asked))[:MOST_QUESTIONS]]
    for one in asked:
        vector = source.embedder.embed([one.question])[0]
        words = dict(snapshot.matching(one.question, POOL))
        vectors = dict(snapshot.nearest(vector, POOL))
        ids = sorted({*words, *vectors})
        cosines = dict(zip(ids, (snapshot.vectors(ids) @ vector).tolist(), strict=True))
        most = ceiling(snapshot, one.question)
        right = {source.ids[key] for key in one.keys}
        answers = [fold(answer) for answer in one.answers] if strict else None
        for name, scores in fusions(words, vectors, cosines, most).items():
            order = sorted(scores, key=lambda key: (-scores[key], key))[:10]
            passages = snapshot.passages(order)
            found.setdefault(name, []).append(first(is_right(passages[key], (), right, answers) for key in order))
        hits = retrieve(snapshot, one.question, vector, considering.READ, None)
        hits = answering.search(one.question, hits, vector, snapshot, source.embedder, reader)[:10]
        found.setdefault("askdesk", []).append(
            first(is_right(hit.passage, hit.also_in, right, answers) for hit in hits)
        )
    return found


def is_right(passage: Passage, others: Sequence[str], right: AbstractSet[str], answers: Sequence[str] | None) -> bool:
    """Whether the passage's document or one of ``others`` is in ``right`` and it holds an answer, if there are any."""
    if right.isdisjoint((passage.document_id, *others)):
        return False
    return answers is None or any(answer in fold(passage.text) for answer in answers)


def first(right: Iterable[bool]) -> int:
    """Returns the rank of the first that is right, 0 for none."""
    return next((rank for rank, one in enumerate(right, start=1) if one), 0)


MEASURES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "hit@1": lambda rank: (rank == 1).astype(float),
    "hit@5": lambda rank: ((rank > 0) & (rank <= 5)).astype(float),
    "MRR": lambda rank: np.where(rank > 0, 1.0 / np.maximum(rank, 1), 0.0),
}


def interval(difference: np.ndarray, draws: int = 2_000) -> tuple[float, float]:
    """Returns the 95 % interval of the mean of paired differences, by bootstrap over questions."""
    generator = np.random.default_rng(5)
    means = difference[generator.integers(0, len(difference), (draws, len(difference)))].mean(1)
    return float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=["tune", "report"], default="report")
    parser.add_argument("--sets", nargs="+", choices=list(SETS), default=list(SETS))
    parser.add_argument("--work", type=Path, default=Path(".cache/bench"))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    result = {}
    for name in given.sets:
        found = {
            way: np.array(rank)
            for way, rank in ranks(stored(SETS[name](given.part), given.work), name == "news").items()
        }
        count = len(found["fused"])
        table = {way: {key: float(of(rank).mean()) for key, of in MEASURES.items()} for way, rank in found.items()}
        result[name] = {"questions": count, "ways": table}
        if not given.json:
            print(f"\n{name} ({given.part}, {count} questions)")
            for way, row in sorted(table.items(), key=lambda pair: -pair[1]["MRR"]):
                print(f"  {way:16}", "  ".join(f"{key} {value:.3f}" for key, value in row.items()))
            for key, of in MEASURES.items():
                better = max("keyword", "vector", key=lambda way: table[way][key])
                for way in ("fused", "askdesk"):
                    difference = of(found[way]) - of(found[better])
                    low, high = interval(difference)
                    print(f"  {way} - {better}: {key} {difference.mean():+.3f} [{low:+.3f}, {high:+.3f}]")
    if given.json:
        json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
