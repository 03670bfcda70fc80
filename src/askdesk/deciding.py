"""Whether the documents answer: what an answer as a whole is judged by, and the probability that it is one."""

from __future__ import annotations

import math
from collections.abc import Sequence

from . import scoring
from .considering import READ_FEATURES, Candidate, Considered, words_of
from .keywords import analyse
from .questions import NUMBER, PERSON
from .types import Hit
from .weights import Fitted

SUMMARY = (
    "best",
    "titled_coverage",
    "coverage_2",
    "passage_coverage",
    "sentence_cosine",
    "most_sentence_cosine",
    "missing",
    "top_score",
    "most_passage_cosine",
    "unknown",
    "heaviest",
    "named",
    "terms",
)
"""What the decision to answer rests on: the best sentence's score and some of its features, the best over all
sentences and passages, the shares of the question's weight that the store does not know and of its two heaviest
terms and its names that the best sentence and its passage hold, and the number of its terms."""

READ_SUMMARY = (
    "best",
    "found",
    "answers",
    "titled_coverage",
    "coverage_2",
    "sentence_cosine",
    "most_found",
    "most_answers",
    "most_passage_cosine",
    "top_score",
    "number",
    "person",
)
"""The same where the reader has read: the best sentence's score and some of its features, the most that any has, the
search's score of the best passage, and whether a number or a person is asked for."""


def summary(read: Considered, scores: Sequence[float], hits: Sequence[Hit]) -> list[float]:
    """Returns the row by which an answer as a whole is judged: of READ_SUMMARY with a reader, else of SUMMARY."""
    first = max(range(len(scores)), key=lambda at: (scores[at], -at))
    chosen = read.candidates[first]
    if len(chosen.row) == len(READ_FEATURES):
        return _read_summary(read, chosen, scores[first], hits)
    one = dict(zip(scoring.FEATURES, chosen.row, strict=True))
    query = read.query
    heaviest = sorted(query.weights, key=lambda term: (-query.weights[term], term))[:2]
    own = frozenset(analyse(words_of(hits[chosen.hit], chosen.span)))
    hit = hits[chosen.hit]
    around = frozenset(analyse(hit.title + "\n" + hit.passage.text))
    values = {
        "best": scores[first],
        "titled_coverage": one["titled_coverage"],
        "coverage_2": one["coverage_2"],
        "passage_coverage": one["passage_coverage"],
        "sentence_cosine": one["sentence_cosine"],
        "most_sentence_cosine": max(read.candidates[at].row[scoring.SENTENCE_COSINE] for at in read.closely),
        "missing": one["missing"],
        "top_score": hits[0].score,
        "most_passage_cosine": max(candidate.row[scoring.PASSAGE_COSINE] for candidate in read.candidates),
        "unknown": sum(query.weights[term] for term in query.unknown) / query.total,
        "heaviest": _mean([scoring.likeness(term, own) for term in heaviest]),
        "named": _mean([scoring.likeness(term, around) for term in sorted(query.named)]),
        "terms": math.log1p(len(query.weights)),
    }
    return [values[name] for name in SUMMARY]


def _read_summary(read: Considered, chosen: Candidate, score: float, hits: Sequence[Hit]) -> list[float]:
    columns = dict(zip(READ_FEATURES, zip(*(one.row for one in read.candidates), strict=True), strict=True))
    values = dict(zip(READ_FEATURES, chosen.row, strict=True)) | {
        "best": score,
        "most_found": max(columns["found"]),
        "most_answers": max(columns["answers"]),
        "most_passage_cosine": max(columns["passage_cosine"]),
        "top_score": hits[0].score,
        "number": float(read.query.asked.kind == NUMBER),
        "person": float(read.query.asked.kind == PERSON),
    }
    return [values[name] for name in READ_SUMMARY]


def probability(read: Considered, scores: Sequence[float], hits: Sequence[Hit], model: Fitted) -> float:
    """Returns the probability that the documents answer, by logistic regression on the summary; 0 without sentences."""
    if not scores:
        return 0.0
    row = summary(read, scores, hits)
    terms = zip(row, model.decline_weights, model.decline_mean, model.decline_scale, strict=True)
    return 1.0 / (1.0 + math.exp(-model.decline_bias - sum(w * (x - mean) / scale for x, w, mean, scale in terms)))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0
