"""From passages to an answer: the sentences that answer, as quotes, or the statement that nothing does."""

from __future__ import annotations

import functools
import importlib.resources
import json
import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import scoring
from .citing import cite
from .keywords import analyse
from .retrieval import alike, shingles
from .snapshot import Snapshot
from .text import Span, fold, sentences
from .types import Answer, Citation, Document, Embedder, Hit

if TYPE_CHECKING:
    from .types import Vectors

HITS = 10
"""Passages that are read for an answer."""

READ_CLOSELY = 16
"""Sentences that are embedded: those that the other features put first."""

MOST_CHARACTERS = 400
MOST_SENTENCES = 3
"""A quote grows no further than this when it takes in its neighbours; one sentence alone may be longer."""

HIGHLIGHTED = 0.5
"""Share of the best sentence's chance from which a sentence of the same quote has its short answer marked too."""

_POINTS_BACK = re.compile(
    r"[\"'“‘(\[]*(?:He|She|It|They|His|Her|Its|Their|This|That|These|Those|Both|The (?:latter|former|two))\b"
)
_CONTEXT = 2_000
"""Characters before a sentence in which the one before it is looked for."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What ``training/fit_answerer.py`` found: a linear score of a sentence, and one of an answer as a whole.

    Each is ``weights · (row - mean) / scale``; ``decline`` turns its own with ``bias`` into the probability that the
    documents answer, and an answer is given from ``threshold`` on. A further quote is given while its share of
    the candidates' softmax is at least ``also`` of the best one's.
    """

    weights: tuple[float, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    decline_weights: tuple[float, ...]
    decline_mean: tuple[float, ...]
    decline_scale: tuple[float, ...]
    decline_bias: float
    threshold: float
    also: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a hit: the hit's place among the hits, its span in the document, its row of features."""

    hit: int
    span: Span
    row: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Considered:
    """The sentences of the best passages for a question, and what its answer as a whole is judged by."""

    query: scoring.Query
    candidates: tuple[Candidate, ...]
    embedded: frozenset[int]


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


@functools.cache
def fitted() -> Fitted:
    """Returns the weights that ship with askdesk."""
    data = json.loads(importlib.resources.files("askdesk").joinpath("data/answerer.json").read_text("utf-8"))
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    return Fitted(**values)


def answer(
    question: str,
    standalone: str,
    hits: Sequence[Hit],
    vector: Vectors,
    snapshot: Snapshot,
    embedder: Embedder,
    searched: int,
    limit: int,
) -> Answer:
    """Returns at most ``limit`` quotes from ``hits`` that answer ``standalone``, or a declined answer.

    ``vector`` is that of ``standalone``; ``searched`` is the number of documents that were searched.
    """
    documents = {id_: snapshot.document(id_) for hit in hits for id_ in (hit.passage.document_id, *hit.also_in)}
    model = fitted()
    read = read_hits(question, standalone, hits, vector, snapshot, embedder, model)
    if not read.candidates:
        return _declined(question, standalone, hits, searched, 0.0)
    scores = sentence_scores(read, model)
    confidence = round(probability(summary(read, scores, hits), model), 4)
    if confidence < model.threshold:
        return _declined(question, standalone, hits, searched, confidence)
    citations = _quotes(read, scores, hits, documents, limit, model.also)
    return Answer(
        question=question,
        standalone_question=standalone,
        found=True,
        confidence=confidence,
        citations=citations,
        hits=tuple(hits),
        reason=None,
    )


def read_hits(
    question: str,
    standalone: str,
    hits: Sequence[Hit],
    vector: Vectors,
    snapshot: Snapshot,
    embedder: Embedder,
    model: Fitted,
    closely: int = READ_CLOSELY,
) -> Considered:
    """Returns the sentences of ``hits`` with their features; the ``closely`` most promising are embedded for theirs."""
    frequencies = snapshot.frequencies(dict.fromkeys(analyse(standalone)))
    query = scoring.query(question, standalone, frequencies, snapshot.passage_count)
    if not hits:
        return Considered(query, (), frozenset())
    cosines = (snapshot.vectors([hit.passage.id for hit in hits]) @ vector).tolist()
    found: list[Candidate] = []
    for at, (hit, cosine) in enumerate(zip(hits, cosines, strict=True)):
        passage = hit.passage
        spans = sentences(passage.text)
        for (low, high), row in zip(spans, scoring.rows(query, hit.title, passage.text, spans, cosine), strict=True):
            found.append(Candidate(at, (passage.start + low, passage.start + high), tuple(row)))
    rough = [_linear(_without_cosine(one.row, model), model) for one in found]
    promising = sorted(range(len(found)), key=lambda at: (-rough[at], at))[:closely]
    texts = [_slice(hits[found[at].hit], found[at].span) for at in promising]
    own = (embedder.embed(texts) @ vector).tolist() if texts else []
    for at, cosine in zip(promising, own, strict=True):
        row = list(found[at].row)
        row[scoring.SENTENCE_COSINE] = cosine
        found[at] = Candidate(found[at].hit, found[at].span, tuple(row))
    return Considered(query, tuple(found), frozenset(promising))


def sentence_scores(read: Considered, model: Fitted) -> list[float]:
    """Returns the score of each candidate; one that was not embedded counts as having the mean cosine."""
    return [
        _linear(one.row if at in read.embedded else _without_cosine(one.row, model), model)
        for at, one in enumerate(read.candidates)
    ]


def summary(read: Considered, scores: Sequence[float], hits: Sequence[Hit]) -> list[float]:
    """Returns the row of SUMMARY by which an answer as a whole is judged."""
    best = max(range(len(scores)), key=lambda at: (scores[at], -at))
    one = dict(zip(scoring.FEATURES, read.candidates[best].row, strict=True))
    query = read.query
    heaviest = sorted(query.weights, key=lambda term: (-query.weights[term], term))[:2]
    own = frozenset(analyse(_slice(hits[read.candidates[best].hit], read.candidates[best].span)))
    hit = hits[read.candidates[best].hit]
    around = frozenset(analyse(hit.title + "\n" + hit.passage.text))
    values = {
        "best": scores[best],
        "titled_coverage": one["titled_coverage"],
        "coverage_2": one["coverage_2"],
        "passage_coverage": one["passage_coverage"],
        "sentence_cosine": one["sentence_cosine"],
        "most_sentence_cosine": max(read.candidates[at].row[scoring.SENTENCE_COSINE] for at in read.embedded),
        "missing": one["missing"],
        "top_score": hits[0].score,
        "most_passage_cosine": max(candidate.row[scoring.PASSAGE_COSINE] for candidate in read.candidates),
        "unknown": sum(query.weights[term] for term in query.unknown) / query.total,
        "heaviest": _mean([scoring.likeness(term, own) for term in heaviest]),
        "named": _mean([scoring.likeness(term, around) for term in sorted(query.named)]),
        "terms": math.log1p(len(query.weights)),
    }
    return [values[name] for name in SUMMARY]


def probability(row: Sequence[float], model: Fitted) -> float:
    """Returns the probability that the documents answer, by logistic regression on a row of SUMMARY."""
    terms = zip(row, model.decline_weights, model.decline_mean, model.decline_scale, strict=True)
    return 1.0 / (1.0 + math.exp(-model.decline_bias - sum(w * (x - mean) / scale for x, w, mean, scale in terms)))


def _linear(row: Sequence[float], model: Fitted) -> float:
    terms = zip(row, model.weights, model.mean, model.scale, strict=True)
    return sum(weight * (value - mean) / scale for value, weight, mean, scale in terms)


def _without_cosine(row: Sequence[float], model: Fitted) -> list[float]:
    known = list(row)
    known[scoring.SENTENCE_COSINE] = model.mean[scoring.SENTENCE_COSINE]
    return known


def _slice(hit: Hit, span: Span) -> str:
    return hit.passage.text[span[0] - hit.passage.start : span[1] - hit.passage.start]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0


@dataclass(slots=True)
class _Quote:
    """A quote while it grows: the whole span, and the sentences that answer in it, each with its share."""

    document: Document
    span: Span
    answering: dict[Span, float]
    chance: float
    also_in: list[str]
    sentences: int


def _quotes(
    read: Considered,
    scores: Sequence[float],
    hits: Sequence[Hit],
    documents: Mapping[str, Document],
    limit: int,
    also: float,
) -> tuple[Citation, ...]:
    top = max(scores)
    total = sum(math.exp(score - top) for score in scores)
    order = sorted(range(len(scores)), key=lambda at: (-scores[at], at))
    quotes: list[_Quote] = []
    for at in order:
        relative = math.exp(scores[at] - top)
        if relative < also:
            break
        candidate = read.candidates[at]
        hit = hits[candidate.hit]
        document = documents[hit.passage.document_id]
        if _taken(quotes, document, candidate.span, relative / total):
            continue
        quote = _grown(document, hit, candidate.span, relative / total)
        if _joined(quotes, quote):
            continue
        if any(other.document.id == document.id and _overlap(other.span, quote.span) for other in quotes):
            # What it would take in before it is quoted already.
            alone = {candidate.span: quote.chance}
            quote = _Quote(document, candidate.span, alone, quote.chance, quote.also_in, 1)
        if len(quotes) < limit:
            quotes.append(quote)
    return tuple(_citation(quote, read.query, hits, documents) for quote in quotes)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _taken(quotes: Sequence[_Quote], document: Document, span: Span, chance: float) -> bool:
    """Whether a sentence is already quoted: itself, or nearly the same words of another document."""
    own = shingles(document.text[span[0] : span[1]])
    for quote in quotes:
        if quote.document.id == document.id and quote.span[0] <= span[0] and span[1] <= quote.span[1]:
            quote.answering.setdefault(span, chance)
            return True
        if any(alike(own, shingles(quote.document.text[low:high])) for low, high in quote.answering):
            if quote.document.id != document.id and document.id not in quote.also_in:
                quote.also_in.append(document.id)
            return True
    return False


def _grown(document: Document, hit: Hit, span: Span, chance: float) -> _Quote:
    """Takes in the sentence before one that points back to it, as long as both are one quote's length."""
    start, count = span[0], 1
    while count < MOST_SENTENCES and _POINTS_BACK.match(document.text, start):
        before = _sentence_before(document, start)
        if before is None or span[1] - before > MOST_CHARACTERS:
            break
        start, count = before, count + 1
    return _Quote(document, (start, span[1]), {span: chance}, chance, list(hit.also_in), count)


def _sentence_before(document: Document, start: int) -> int | None:
    """Returns where the sentence before ``start`` begins, None where furniture or a heading stands between."""
    walls = [mark.end for mark in document.marks if mark.kind in ("furniture", "heading") and mark.end <= start]
    wall = max(walls, default=0)
    low = max(wall, start - _CONTEXT)
    spans = sentences(document.text, low, start)
    # The first of them may begin in the middle of a sentence, unless it begins at the wall.
    if not spans or (len(spans) == 1 and low > wall):
        return None
    return spans[-1][0]


def _joined(quotes: Sequence[_Quote], new: _Quote) -> bool:
    """Lets a quote that touches ``new`` take it in, if both together are one quote's length."""
    for quote in quotes:
        if quote.document.id != new.document.id or quote.sentences + new.sentences > MOST_SENTENCES:
            continue
        first, second = sorted((quote.span, new.span))
        between = quote.document.text[first[1] : second[0]] if first[1] <= second[0] else ""
        whole = (first[0], max(first[1], second[1]))
        if between.strip() or _crosses(quote.document, whole) or whole[1] - whole[0] > MOST_CHARACTERS:
            continue
        if any(
            other is not quote and other.document.id == new.document.id and _overlap(other.span, whole)
            for other in quotes
        ):
            continue
        quote.span = whole
        quote.sentences += new.sentences
        quote.answering.update(new.answering)
        quote.chance += new.chance
        return True
    return False


def _crosses(document: Document, span: Span) -> bool:
    marks = [mark for mark in document.marks if mark.kind in ("furniture", "heading")]
    at = bisect_left(marks, span[0], key=lambda mark: mark.end)
    return any(_overlap((mark.start, mark.end), span) for mark in marks[at:])


def _citation(quote: _Quote, query: scoring.Query, hits: Sequence[Hit], documents: Mapping[str, Document]) -> Citation:
    text = quote.document.text
    highlight = []
    best_chance = max(quote.answering.values())
    for low, high in sorted(span for span, chance in quote.answering.items() if chance >= HIGHLIGHTED * best_chance):
        best = scoring.best_candidate(query, text[low:high])
        if best:
            highlight.append((low + best[0], low + best[1]))
    words = fold(text[quote.span[0] : quote.span[1]])
    carriers = [id_ for id_ in quote.also_in if id_ in documents and words in fold(documents[id_].text)]
    return cite(quote.document, quote.span, tuple(highlight), round(min(quote.chance, 1.0), 4), tuple(sorted(carriers)))


def _declined(question: str, standalone: str, hits: Sequence[Hit], searched: int, confidence: float) -> Answer:
    count = f"{searched} document{'' if searched == 1 else 's'}"
    if hits:
        nearest = f"the nearest passage is in “{hits[0].title}” ({hits[0].source}), and it does not answer this."
        reason = f"Your documents do not say: {count} searched; {nearest}"
    elif searched:
        reason = f"Your documents do not say: {count} searched, and none has anything near the question."
    else:
        reason = "Your documents do not say: there are none to search, in this store or with these filters."
    return Answer(question, standalone, False, confidence, (), tuple(hits), reason)
