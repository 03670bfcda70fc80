"""From passages to an answer: the sentences that answer, as quotes, or the statement that nothing does."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import importlib.resources
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import findings, preferring, reasons, scoring
from .keywords import analyse
from .quoting import BESIDE, Scored, quotes
from .reader import Judgement, Reader, best
from .snapshot import Snapshot
from .text import Span, sentences
from .types import Answer, Citation, Document, Embedder, Hit

if TYPE_CHECKING:
    from .types import Vectors

HITS = 10
"""Passages that are looked at for an answer without the reader, and most that an answer shows."""

READ = 16
"""Passages that the reader reads."""

SCORES = (-5.0, 20.0)
"""The scores of a hit's best sentence that count as 0 and as 1 when hits are ordered by it and by the search.

The mean of the two ranks best on the tuning questions of ``benchmarks/retrieval.py``; a range of 12 to 40 does nearly
as well."""

READ_CLOSELY = 16
"""Sentences that are embedded: those that the other features put first."""

_NOTHING = -30.0
"""The score of a sentence in which the reader sees no answer at all, or none that fits its window."""

READ_FEATURES = (
    "found",
    "answers",
    "behind",
    "passage_cosine",
    "titled_coverage",
    "coverage_2",
    "missing",
    "sentence_cosine",
)
"""The columns of a sentence's row where the reader has read its passage: the score of the best answer inside it, the
passage's logit of answering, how far that score is behind the passage's best, and five of scoring.FEATURES. With all
of these beside the reader's fewer first sentences are right."""

_READ = 3
"""How many of READ_FEATURES come from the reader."""

_KEPT = tuple(scoring.FEATURES.index(name) for name in READ_FEATURES[_READ:])


Keep = Callable[[Hit, Span], bool]
"""Takes a hit and a sentence of it, as a span of the document, and says whether it may be quoted."""


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
    """A sentence of a hit: the hit's place among the hits, its span in the document, its row of features.

    ``short`` is where in the document the reader found the answer in it.
    """

    hit: int
    span: Span
    row: tuple[float, ...]
    short: Span | None = None


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
)
"""The same where the reader has read: the best sentence's score and some of its features, and the most that any has."""


@functools.cache
def fitted(with_reader: bool) -> Fitted:
    """Returns the weights that ship with askdesk: those of the answerer with the reader, or of the one without."""
    name = "answerer-with-reader.json" if with_reader else "answerer.json"
    data = json.loads(importlib.resources.files("askdesk").joinpath("data", name).read_text("utf-8"))
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    return Fitted(**values)


def depth(reader: Reader | None) -> int:
    """Returns how many passages an answer is looked for in."""
    return READ if reader else HITS


def answer(
    question: str,
    standalone: str,
    hits: Sequence[Hit],
    vector: Vectors,
    snapshot: Snapshot,
    embedder: Embedder,
    among: frozenset[str] | None,
    limit: int,
    min_confidence: float | None = None,
    reader: Reader | None = None,
    said_by: str | None = None,
    as_of: dt.date | None = None,
) -> Answer:
    """Returns at most ``limit`` quotes from ``hits`` that answer ``standalone``, or a declined answer.

    ``vector`` is that of ``standalone``; ``among`` are the ids of the documents that were searched, None for all. The
    answer is declined below ``min_confidence``, None for the fitted threshold. ``reader`` reads the passages, if there
    is one. ``said_by`` restricts the quotes to the statements of one voice; relative days in the question count from
    ``as_of``.
    """
    documents = {id_: snapshot.document(id_) for hit in hits for id_ in (hit.passage.document_id, *hit.also_in)}
    model = fitted(reader is not None)
    searched = snapshot.document_count if among is None else len(among)

    def keep(hit: Hit, span: Span) -> bool:
        return said_by is None or preferring.is_said(documents[hit.passage.document_id], span, said_by)

    read = read_hits(question, standalone, hits, vector, snapshot, embedder, model, reader=reader, keep=keep)
    scores = sentence_scores(read, model)
    confidence = round(probability(summary(read, scores, hits), model), 4) if scores else 0.0
    nearest = ordered(hits, read, scores) if reader else tuple(hits)
    if not scores or confidence < (model.threshold if min_confidence is None else min_confidence):
        return Answer(
            question=question,
            standalone_question=standalone,
            found=False,
            confidence=confidence,
            citations=(),
            hits=nearest[:HITS],
            reason=reasons.declined(read.query, standalone, nearest, searched)
            if said_by is None or read.candidates
            else reasons.unsaid(said_by, searched),
        )
    places = [(documents[hits[one.hit].passage.document_id], one.span) for one in read.candidates]
    gains = preferring.gains(standalone, places, as_of)

    def yes_or_no(document: Document, span: Span) -> frozenset[str] | None:
        said = findings.yes_or_no(standalone, document.text[slice(*span)])
        return frozenset({said}) if said else None

    says = yes_or_no if findings.asks_yes_or_no(standalone) else None
    # What says the opposite speaks of the same thing.
    about = [
        1.0 if says else scoring.coverage(read.query, analyse(hit.title + "\n" + hit.passage.text)) for hit in hits
    ]
    scored = [
        Scored(hits[one.hit], one.span, score + gain, about[one.hit])
        for one, score, gain in zip(read.candidates, scores, gains, strict=True)
    ]
    found = {(hits[one.hit].passage.document_id, one.span): one.short for one in read.candidates}

    def short(document: Document, span: Span) -> Span | None:
        if reader is not None:
            return found.get((document.id, span))
        marked = scoring.best_candidate(read.query, document.text[span[0] : span[1]])
        return (span[0] + marked[0], span[0] + marked[1]) if marked else None

    beside = BESIDE if reader else math.inf
    quoted = quotes(scored, documents, limit, model.also, short, read.query.asked.several, beside, says)
    citations = tuple(carried(citation, snapshot, among) for citation in quoted)
    groups = snapshot.copies()

    @functools.cache
    def cosine(one: str, other: str) -> float:
        two = embedder.embed([one, other])
        return float(two[0] @ two[1])

    return Answer(
        question=question,
        standalone_question=standalone,
        found=True,
        confidence=confidence,
        citations=citations,
        hits=nearest[:HITS],
        reason=None,
        findings=findings.findings(read.query.asked, citations, groups, cosine),
        timeline=findings.timeline(citations),
        sources=findings.independent(citations, groups),
    )


def carried(citation: Citation, snapshot: Snapshot, among: frozenset[str] | None) -> Citation:
    """Returns a quote with all documents that carry the same sentences, the earliest dated first.

    The day on which it was reported is then the first on which one of them did.
    """
    own = {citation.document_id, *citation.also_in}
    others = [id_ for id_ in snapshot.carriers(citation.text) if id_ not in own and (among is None or id_ in among)]
    also_in = (*citation.also_in, *others)
    if not also_in:
        return citation
    published = {info.id: info.published for info in snapshot.documents()}
    days = [day for day in (citation.reported, *(published[id_] for id_ in also_in)) if day]
    ordered_by_day = sorted(also_in, key=lambda id_: (published[id_] or dt.date.max, id_))
    return dataclasses.replace(citation, also_in=tuple(ordered_by_day), reported=min(days, default=None))


def search(
    question: str, hits: Sequence[Hit], vector: Vectors, snapshot: Snapshot, embedder: Embedder, reader: Reader
) -> tuple[Hit, ...]:
    """Returns ``hits``, best first, with what the first READ of them say in answer to ``question`` in their order."""
    model = fitted(with_reader=True)
    read = read_hits(question, question, hits[:READ], vector, snapshot, embedder, model, reader=reader)
    return ordered(hits, read, sentence_scores(read, model))


def ordered(hits: Sequence[Hit], read: Considered, scores: Sequence[float]) -> tuple[Hit, ...]:
    """Returns ``hits`` by their search score and that of their best sentence, best first, with the mean as score.

    A hit that was not read counts as one whose sentences say nothing; equal scores are ordered by passage id.
    """
    low, high = SCORES
    shares = [0.0] * len(hits)
    for one, score in zip(read.candidates, scores, strict=True):
        shares[one.hit] = max(shares[one.hit], min((score - low) / (high - low), 1.0))
    again = [
        dataclasses.replace(hit, score=round((hit.score + share) / 2, 6))
        for hit, share in zip(hits, shares, strict=True)
    ]
    return tuple(sorted(again, key=lambda hit: (-hit.score, hit.passage.id)))


def read_hits(
    question: str,
    standalone: str,
    hits: Sequence[Hit],
    vector: Vectors,
    snapshot: Snapshot,
    embedder: Embedder,
    model: Fitted,
    closely: int = READ_CLOSELY,
    reader: Reader | None = None,
    keep: Keep | None = None,
) -> Considered:
    """Returns the sentences of ``hits`` with their features; the ``closely`` most promising are embedded for theirs.

    With a ``reader`` the features are READ_FEATURES. ``keep`` says of a sentence of a hit whether it may be quoted.
    """
    frequencies = snapshot.frequencies(dict.fromkeys(analyse(standalone)))
    query = scoring.query(question, standalone, frequencies, snapshot.passage_count)
    if not hits:
        return Considered(query, (), frozenset())
    cosines = (snapshot.vectors([hit.passage.id for hit in hits]) @ vector).tolist()
    judged = reader.read(standalone, [(hit.title, hit.passage.text) for hit in hits]) if reader else None
    found: list[Candidate] = []
    for at, (hit, cosine) in enumerate(zip(hits, cosines, strict=True)):
        passage = hit.passage
        spans = sentences(passage.text)
        rows = scoring.rows(query, hit.title, passage.text, spans, cosine)
        own = [Candidate(at, span, tuple(row)) for span, row in zip(spans, rows, strict=True)]
        if judged:
            own = _with_judgement(own, judged[at])
        moved = (_moved(one, passage.start) for one in own)
        found += [one for one in moved if keep is None or keep(hit, one.span)]
    rough = [_linear(_without_cosine(one.row, model), model) for one in found]
    promising = sorted(range(len(found)), key=lambda at: (-rough[at], at))[:closely]
    texts = [_slice(hits[found[at].hit], found[at].span) for at in promising]
    sentence_cosines = (embedder.embed(texts) @ vector).tolist() if texts else []
    for at, cosine in zip(promising, sentence_cosines, strict=True):
        row = list(found[at].row)
        row[scoring.SENTENCE_COSINE] = cosine
        found[at] = dataclasses.replace(found[at], row=tuple(row))
    return Considered(query, tuple(found), frozenset(promising))


def _with_judgement(own: Sequence[Candidate], judgement: Judgement) -> list[Candidate]:
    """Returns the sentences of one passage with rows of READ_FEATURES instead of FEATURES."""
    answers = [best(judgement, *one.span) for one in own]
    scores = [max(answer.score, _NOTHING) if answer else _NOTHING for answer in answers]
    most = max(scores, default=_NOTHING)
    return [
        dataclasses.replace(
            one,
            row=(score, judgement.answers, score - most, *(one.row[at] for at in _KEPT)),
            short=answer.span if answer else None,
        )
        for one, answer, score in zip(own, answers, scores, strict=True)
    ]


def _moved(one: Candidate, start: int) -> Candidate:
    """Returns a sentence of a passage as one of its document, in which the passage begins at ``start``."""
    short = (one.short[0] + start, one.short[1] + start) if one.short else None
    return dataclasses.replace(one, span=(one.span[0] + start, one.span[1] + start), short=short)


def sentence_scores(read: Considered, model: Fitted) -> list[float]:
    """Returns the score of each candidate; one that was not embedded counts as having the mean cosine."""
    return [
        _linear(one.row if at in read.embedded else _without_cosine(one.row, model), model)
        for at, one in enumerate(read.candidates)
    ]


def summary(read: Considered, scores: Sequence[float], hits: Sequence[Hit]) -> list[float]:
    """Returns the row by which an answer as a whole is judged: of READ_SUMMARY with a reader, else of SUMMARY."""
    first = max(range(len(scores)), key=lambda at: (scores[at], -at))
    chosen = read.candidates[first]
    if len(chosen.row) == len(READ_FEATURES):
        return _read_summary(read, chosen, scores[first])
    one = dict(zip(scoring.FEATURES, chosen.row, strict=True))
    query = read.query
    heaviest = sorted(query.weights, key=lambda term: (-query.weights[term], term))[:2]
    own = frozenset(analyse(_slice(hits[chosen.hit], chosen.span)))
    hit = hits[chosen.hit]
    around = frozenset(analyse(hit.title + "\n" + hit.passage.text))
    values = {
        "best": scores[first],
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


def _read_summary(read: Considered, chosen: Candidate, score: float) -> list[float]:
    columns = dict(zip(READ_FEATURES, zip(*(one.row for one in read.candidates), strict=True), strict=True))
    values = dict(zip(READ_FEATURES, chosen.row, strict=True)) | {
        "best": score,
        "most_found": max(columns["found"]),
        "most_answers": max(columns["answers"]),
        "most_passage_cosine": max(columns["passage_cosine"]),
    }
    return [values[name] for name in READ_SUMMARY]


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
