"""Measures the answerer on public question sets: is the right sentence first, and does it know when there is none?

    ASKDESK_BENCH=FOLDER python -m benchmarks.answering [--part tune|report] [--work FOLDER] [--questions N]

The whole path over all paragraphs of a part. Beside the answerer stand the best sentence by the cosine of MiniLM, by
the share of the question's weight in it, and by the passage's cosine alone. AUROC is that of the confidence,
answerable questions against: near misses written by people, questions whose paragraph or whole article was taken out
of the collection, and questions about something else.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from askdesk import answering, retrieval
from askdesk.answering import Candidate, Considered, Fitted
from askdesk.scoring import FEATURES, SENTENCE_COSINE
from askdesk.text import fold
from askdesk.types import Hit
from benchmarks import corpora
from benchmarks.corpora import Asked
from benchmarks.stores import Stored, stored

Read = tuple[Considered, Sequence[Hit]]

ORDERS: dict[str, Callable[[Candidate], float]] = {
    "sentence cosine": lambda one: one.row[SENTENCE_COSINE],
    "words shared": lambda one: one.row[FEATURES.index("titled_coverage")],
    "passage cosine": lambda one: one.row[FEATURES.index("passage_cosine")],
}


def read(source: Stored, one: Asked, model: Fitted, without: str = "") -> Read:
    """Searches and reads for one question; ``without`` takes the right ``"document"`` or its ``"title"`` out."""
    documents = None
    if without:
        titles = {held.key: held.title for held in source.corpus.sources}
        gone = {titles[key] for key in one.keys}
        out = {key for key in source.ids if key in one.keys or (without == "title" and titles[key] in gone)}
        documents = frozenset(id_ for key, id_ in source.ids.items() if key not in out)
    vector = source.embedder.embed([one.question])[0]
    hits = retrieval.retrieve(source.snapshot, one.question, vector, answering.HITS, documents)
    found = answering.read_hits(one.question, one.question, hits, vector, source.snapshot, source.embedder, model)
    return found, hits


def confidence(found: Read, model: Fitted) -> float:
    reading, hits = found
    if not reading.candidates:
        return 0.0
    return answering.probability(answering.summary(reading, answering.sentence_scores(reading, model), hits), model)


def right_among(found: Read, one: Asked, source: Stored, scores: Sequence[float]) -> list[bool]:
    """Returns for the first five sentences by ``scores`` whether each holds an answer in a right document."""
    reading, hits = found
    right = {source.ids[key] for key in one.keys}
    answers = [fold(answer) for answer in one.answers]
    result = []
    for at in sorted(range(len(scores)), key=lambda at: (-scores[at], at))[:5]:
        candidate = reading.candidates[at]
        passage = hits[candidate.hit].passage
        text = fold(passage.text[candidate.span[0] - passage.start : candidate.span[1] - passage.start])
        result.append(passage.document_id in right and any(answer in text for answer in answers))
    return result


def wilson(share: float, count: int) -> str:
    """Returns a share with its 95 % interval (Wilson 1927)."""
    z = 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    reach = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return f"{share:.3f} [{middle - reach:.3f}, {middle + reach:.3f}]"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=["tune", "report"], default="report")
    parser.add_argument("--work", type=Path, default=Path(".cache/bench"))
    parser.add_argument("--questions", type=int, default=1_000)
    given = parser.parse_args()
    model, draw = answering.fitted(), random.Random(8)
    answered: list[float] = []
    for build in (corpora.squad11, corpora.squad20, corpora.qed):
        source = stored(build(given.part), given.work)
        able = [one for one in source.corpus.asked if one.answerable]
        asked = draw.sample(able, min(given.questions, len(able)))
        places: dict[str, list[list[bool]]] = {name: [] for name in ("askdesk", *ORDERS)}
        own: list[float] = []
        for one in asked:
            found = read(source, one, model)
            places["askdesk"].append(right_among(found, one, source, answering.sentence_scores(found[0], model)))
            for name, key in ORDERS.items():
                places[name].append(right_among(found, one, source, [key(held) for held in found[0].candidates]))
            own.append(confidence(found, model))
        print(f"\n{source.corpus.name}: {len(asked)} questions, {len(source.corpus.sources)} paragraphs")
        for name, rows in places.items():
            first = np.mean([any(row[:1]) for row in rows])
            five = np.mean([any(row) for row in rows])
            print(f"  {name:16} first sentence right {wilson(float(first), len(rows))}  one of five {five:.3f}")
        answered += own
        negatives: dict[str, list[Read]] = {}
        if build is corpora.squad20:
            misses = [one for one in source.corpus.asked if not one.answerable]
            drawn = draw.sample(misses, min(given.questions, len(misses)))
            negatives["near misses"] = [read(source, one, model) for one in drawn]
        elif build is corpora.squad11:
            negatives["paragraph out"] = [read(source, one, model, "document") for one in asked[:400]]
            negatives["article out"] = [read(source, one, model, "title") for one in asked[400:800]]
        else:
            strangers = [one for one in corpora.squad11(given.part).asked if one.answerable]
            negatives["about something else"] = [read(source, one, model) for one in draw.sample(strangers, 400)]
        for name, cases in negatives.items():
            against = [confidence(found, model) for found in cases]
            area = roc_auc_score([1] * len(own) + [0] * len(against), own + against)
            declined = np.mean(np.array(against) < model.threshold)
            print(f"  {name}: AUROC {area:.3f}, declined {wilson(float(declined), len(against))} of {len(against)}")
    share = float(np.mean(np.array(answered) < model.threshold))
    print(f"\nanswerable questions declined: {wilson(share, len(answered))} of {len(answered)}")


if __name__ == "__main__":
    main()
