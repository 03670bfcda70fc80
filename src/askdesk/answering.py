"""From passages to an answer: the sentences that answer, as quotes, or the statement that nothing does."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import counting, evidence, findings, preferring, reasons, scoring, topics
from .considering import HITS, READ, Considered, read_hits, sentence_scores
from .deciding import probability
from .keywords import analyse
from .quoting import BESIDE, Scored, quotes
from .reader import Reader
from .snapshot import Snapshot
from .text import Span
from .types import Answer, Citation, Document, Embedder, Hit
from .weights import fitted

if TYPE_CHECKING:
    from .types import Vectors

SCORES = (-5.0, 25.0)
"""The scores of a hit's best sentence that count as 0 and as 1 when hits are ordered by it and by the search.

Ranges that end at 16 to 40 rank the tuning questions of ``benchmarks/retrieval.py`` nearly as well."""

TOPIC = 6.0
"""What the score of a sentence gains that is just what a question wants to read of. Of 40 questions for the latest on a
topic (even rows of ``benchmarks/topics.py``) the first quote holds it for 27, 31, 32 and 32 at 1.5, 3, 6 and 10. One
that counts somebody else's things loses as much: it stays where nothing else answers."""


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
    dated: str | None = None,
) -> Answer:
    """Returns at most ``limit`` quotes from ``hits`` that answer ``standalone``, or a declined answer.

    ``vector`` is that of ``standalone``; ``among`` are the ids of the documents that were searched, None for all. The
    answer is declined below ``min_confidence``, None for the fitted threshold. ``reader`` reads the passages, if there
    is one. ``said_by`` restricts the quotes to the statements of one voice; relative days in the question count from
    ``as_of``. ``dated`` is the question with the days that sentences are to fit, None if that is ``standalone``.
    """
    documents = {id_: snapshot.document(id_) for hit in hits for id_ in (hit.passage.document_id, *hit.also_in)}
    model = fitted(reader is not None)
    searched = snapshot.document_count if among is None else len(among)

    def keep(hit: Hit, span: Span) -> bool:
        return said_by is None or preferring.is_said(documents[hit.passage.document_id], span, said_by)

    read = read_hits(question, standalone, hits, vector, snapshot, embedder, model, reader=reader, keep=keep)
    scores = sentence_scores(read, model)
    places = [(documents[hits[one.hit].passage.document_id], one.span) for one in read.candidates]
    chance = probability(read, scores, hits, model)
    nearest = ordered(hits, read, scores, chance) if reader else tuple(hits)
    wanted = topics.topic(standalone, said_by)
    there = [wanted is not None and topics.holds(wanted, *place) for place in places]
    gains = preferring.gains(dated or standalone, places, as_of)
    if scores:
        gained = [score + gain for score, gain in zip(scores, gains, strict=True)]
        first = read.candidates[gained.index(max(gained))].hit
        near = [place for one, place in zip(read.candidates, places, strict=True) if one.hit == first]
        chance = _by_evidence(chance, standalone, wanted, any(there), places, near)
    if scores and findings.asks_yes_or_no(standalone):
        best = hits[read.candidates[scores.index(max(scores))].hit]
        own = [hit.passage.text for hit in hits if hit.passage.document_id == best.passage.document_id]
        chance = evidence.of_names(chance, standalone, snapshot.variants(standalone), [best.title, *own])
    confidence = round(chance, 4)
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

    def yes_or_no(document: Document, span: Span) -> frozenset[str] | None:
        said = findings.yes_or_no(standalone, document.text[slice(*span)])
        return frozenset({said}) if said else None

    says = yes_or_no if findings.asks_yes_or_no(standalone) else None
    # What says the opposite speaks of the same thing.
    about = [
        1.0 if says else scoring.coverage(read.query, analyse(hit.title + "\n" + hit.passage.text)) for hit in hits
    ]
    spellings = snapshot.variants(standalone)
    others = [counting.of_others(standalone, spellings, document.text[slice(*span)]) for document, span in places]
    scored = [
        Scored(hits[one.hit], one.span, score + gain + TOPIC * (is_it - of_others), about[one.hit])
        for one, score, gain, is_it, of_others in zip(read.candidates, scores, gains, there, others, strict=True)
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
    def embedded(text: str) -> Vectors:
        own: Vectors = embedder.embed([text])[0]
        return own

    def cosine(one: str, other: str) -> float:
        return float(embedded(one) @ embedded(other))

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


def _by_evidence(
    chance: float,
    question: str,
    wanted: topics.Topic | None,
    there: bool,
    places: Sequence[tuple[Document, Span]],
    near: Sequence[tuple[Document, Span]],
) -> float:
    """Returns the probability that what a question wants to hear of, or from whom, is there.

    ``there`` is whether one of the sentences at ``places`` is just that; ``near`` are those in the
    passage of the best one.
    """
    voice = wanted.voice if wanted else preferring.asked_speaker(question)
    if voice and not there:
        return evidence.of_voice(chance, any(preferring.is_said(*place, voice) for place in near))
    return evidence.of_topic(chance, there, topics.touched(wanted, places)) if wanted else chance


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
    scores = sentence_scores(read, model)
    chance = probability(read, scores, hits, model)
    return ordered(hits, read, scores, chance)


def ordered(hits: Sequence[Hit], read: Considered, scores: Sequence[float], chance: float) -> tuple[Hit, ...]:
    """Returns ``hits`` by their search score and that of their best sentence, best first, with the mean as score.

    The sentences count for ``chance``, the probability that any of them answers: what is read first in passages that
    do not answer is no order. On the tuning questions of ``benchmarks/retrieval.py`` this ranks those of MuSiQue
    better than the plain mean (MRR .850 against .816) and costs those of SQuAD and news little (.941 and .956, .566
    and .577). A hit that was not read counts as one whose sentences say nothing; equal scores are ordered by passage
    id.
    """
    low, high = SCORES
    shares = [0.0] * len(hits)
    for one, score in zip(read.candidates, scores, strict=True):
        shares[one.hit] = max(shares[one.hit], min((score - low) / (high - low), 1.0))
    again = [
        dataclasses.replace(hit, score=round((hit.score + chance * share) / (1 + chance), 6))
        for hit, share in zip(hits, shares, strict=True)
    ]
    return tuple(sorted(again, key=lambda hit: (-hit.score, hit.passage.id)))
