"""From passages to the sources of a statement: every sentence that says it, or that none does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import findings
from .answering import carried
from .considering import HITS, read_hits
from .preferring import is_said
from .quoting import Scored, quotes
from .reasons import untold
from .scoring import FEATURES, SENTENCE_COSINE
from .snapshot import Snapshot
from .text import Span
from .types import Answer, Embedder, Hit
from .weights import fitted

if TYPE_CHECKING:
    from .types import Vectors

CLOSELY = 48
"""Sentences that are embedded: every one that may say it, since all of its sources are asked for."""

SAYS = 0.6
"""How alike a sentence must be to the statement to say it: the mean of their cosine and of the share of the
statement's weight whose words it holds. Set by judgement."""

_COVERAGE = FEATURES.index("titled_coverage")


def answer(
    question: str,
    told: str,
    hits: Sequence[Hit],
    vector: Vectors,
    snapshot: Snapshot,
    embedder: Embedder,
    among: frozenset[str] | None,
    limit: int,
    min_confidence: float | None = None,
    said_by: str | None = None,
) -> Answer:
    """Returns at most ``limit`` quotes from ``hits`` that say ``told``, with the number of their independent sources.

    ``vector`` is that of ``told``; ``among`` are the ids of the documents that were searched, None for all.
    ``min_confidence`` is the likeness from which a sentence says it, None for SAYS; ``said_by`` restricts the quotes to
    the statements of one voice.
    """
    least = SAYS if min_confidence is None else min_confidence
    documents = {id_: snapshot.document(id_) for hit in hits for id_ in (hit.passage.document_id, *hit.also_in)}

    def keep(hit: Hit, span: Span) -> bool:
        return said_by is None or is_said(documents[hit.passage.document_id], span, said_by)

    model = fitted(with_reader=False)
    read = read_hits(told, told, hits, vector, snapshot, embedder, model, closely=CLOSELY, keep=keep)
    likeness = {
        at: (read.candidates[at].row[SENTENCE_COSINE] + read.candidates[at].row[_COVERAGE]) / 2
        for at in sorted(read.closely)
    }
    # The scale makes of the likenesses shares that fall off within what still says it.
    said = [
        Scored(hits[read.candidates[at].hit], read.candidates[at].span, 10 * alike)
        for at, alike in likeness.items()
        if alike >= least
    ]
    confidence = round(min(max(likeness.values(), default=0.0), 1.0), 4)
    searched = snapshot.document_count if among is None else len(among)
    if not said:
        reason = untold(hits, searched)
        return Answer(question, told, False, confidence, (), tuple(hits[:HITS]), reason)
    quoted = quotes(said, documents, limit, 0.0, lambda _document, _span: None)
    citations = tuple(carried(citation, snapshot, among) for citation in quoted)
    groups = snapshot.copies()
    return Answer(
        question=question,
        standalone_question=told,
        found=True,
        confidence=confidence,
        citations=citations,
        hits=tuple(hits[:HITS]),
        reason=None,
        findings=(findings.corroborated(citations, groups),),
        timeline=findings.timeline(citations),
        sources=findings.independent(citations, groups),
    )
