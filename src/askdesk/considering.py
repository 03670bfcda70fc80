"""From passages to the sentences that may answer, each with its features and its score."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import scoring
from .keywords import analyse
from .reader import Found, Judgement, Reader, best, together
from .snapshot import Snapshot
from .text import Span, sentences
from .types import Embedder, Hit
from .weights import Fitted, linear

if TYPE_CHECKING:
    from .types import Vectors

HITS = 10
"""Passages that are looked at for an answer without the reader, and most that an answer shows."""

READ = 16
"""Passages that the reader reads."""

READ_CLOSELY = 16
"""Sentences that are looked at on their own, embedded and read: those that the other features put first."""

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
    "found_alone",
    "answers_alone",
    "sentence_cosine",
)
"""The columns of a sentence's row where the reader has read its passage: the score of the best answer inside it, the
passage's logit of answering, how far that score is behind the passage's best, the best score and the logit when the
sentence is read without the rest of its passage, and five of scoring.FEATURES. With all of these beside the reader's
fewer first sentences are right."""

_KEPT = tuple(scoring.FEATURES.index(name) for name in READ_FEATURES[3:7])
ALONE = READ_FEATURES.index("found_alone")


Keep = Callable[[Hit, Span], bool]
"""Takes a hit and a sentence of it, as a span of the document, and says whether it may be quoted."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a hit: the hit's place among the hits, its span in the document, its row of features.

    ``short`` is where in the document the reader found the answer in it, reading its passage and, where it was looked
    at on its own, the sentence alone.
    """

    hit: int
    span: Span
    row: tuple[float, ...]
    short: Span | None = None


@dataclass(frozen=True, slots=True)
class Considered:
    """The sentences of the best passages for a question, and what its answer as a whole is judged by.

    ``closely`` are the places of those that were looked at on their own.
    """

    query: scoring.Query
    candidates: tuple[Candidate, ...]
    closely: frozenset[int]


def depth(reader: Reader | None) -> int:
    """Returns how many passages an answer is looked for in."""
    return READ if reader else HITS


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
    """Returns the sentences of ``hits`` with their features; the ``closely`` most promising are looked at on their own.

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
    rough = [linear(_from_afar(one.row, model), model) for one in found]
    promising = sorted(range(len(found)), key=lambda at: (-rough[at], at))[:closely]
    texts = [(hits[found[at].hit].title, words_of(hits[found[at].hit], found[at].span)) for at in promising]
    sentence_cosines = (embedder.embed([text for _, text in texts]) @ vector).tolist() if texts else []
    alone = reader.read(standalone, texts) if reader else [None] * len(texts)
    for at, cosine, judgement in zip(promising, sentence_cosines, alone, strict=True):
        one = found[at]
        row = list(one.row)
        row[scoring.SENTENCE_COSINE] = cosine
        short = one.short
        if judged and judgement:
            row[ALONE : ALONE + 2] = _score(best(judgement)), judgement.answers
            words = best(together(judgement, judged[one.hit], one.span[0] - hits[one.hit].passage.start))
            short = _shifted(words.span, one.span[0]) if words else short
        found[at] = dataclasses.replace(one, row=tuple(row), short=short)
    return Considered(query, tuple(found), frozenset(promising))


def _with_judgement(own: Sequence[Candidate], judgement: Judgement) -> list[Candidate]:
    """Returns the sentences of one passage with rows of READ_FEATURES instead of FEATURES."""
    answers = [best(judgement, *one.span) for one in own]
    scores = [_score(answer) for answer in answers]
    most = max(scores, default=_NOTHING)
    return [
        dataclasses.replace(
            one,
            row=(score, judgement.answers, score - most, *(one.row[at] for at in _KEPT), 0.0, 0.0, 0.0),
            short=answer.span if answer else None,
        )
        for one, answer, score in zip(own, answers, scores, strict=True)
    ]


def _score(answer: Found | None) -> float:
    return max(answer.score, _NOTHING) if answer else _NOTHING


def _moved(one: Candidate, start: int) -> Candidate:
    """Returns a sentence of a passage as one of its document, in which the passage begins at ``start``."""
    short = _shifted(one.short, start) if one.short else None
    return dataclasses.replace(one, span=_shifted(one.span, start), short=short)


def _shifted(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def sentence_scores(read: Considered, model: Fitted) -> list[float]:
    """Returns the score of each candidate; what is not known of one counts as being the mean."""
    return [
        linear(one.row if at in read.closely else _from_afar(one.row, model), model)
        for at, one in enumerate(read.candidates)
    ]


def _from_afar(row: Sequence[float], model: Fitted) -> list[float]:
    """Returns a row with the means in place of what only a look at the sentence on its own tells."""
    known = ALONE if len(row) == len(READ_FEATURES) else scoring.SENTENCE_COSINE
    return [*row[:known], *model.mean[known:]]


def words_of(hit: Hit, span: Span) -> str:
    """Returns the words of a sentence of a hit, ``span`` being its place in the document."""
    return hit.passage.text[span[0] - hit.passage.start : span[1] - hit.passage.start]
