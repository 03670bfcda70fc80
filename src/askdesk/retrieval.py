"""Finds the passages that bear on a question: two rankings, one score, near-copies folded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from .marks import known_by
from .names import Variants
from .preferring import is_said
from .snapshot import Snapshot
from .text import fold, words
from .types import DocumentInfo, Hit, Passage

if TYPE_CHECKING:
    from .types import Vectors

POOL = 100
"""Passages taken from each ranking. What is in one ranking only gets its score in the other one exactly."""

KEYWORD_WEIGHT = 1.25
"""Weight of the keyword score against the vector score, chosen with ``benchmarks/retrieval.py`` on tuning questions."""

SAME = 0.8
"""Share of common shingles from which two passages count as one (Broder's resemblance, SEQUENCES 1997)."""

_AT_A_TIME = 64
"""Passages that are looked up at once: more than are looked at for copies where sixteen are wanted."""

_SHINGLE = 4
_K1 = 1.2
"""Tantivy's saturation of a term's frequency in BM25."""


def retrieve(
    snapshot: Snapshot,
    question: str,
    vector: Vectors,
    limit: int,
    documents: frozenset[str] | None,
    as_of: dt.date | None = None,
    said_by: str | None = None,
    left_out: set[str] | None = None,
) -> tuple[Hit, ...]:
    """Returns the best ``limit`` passages of a generation for ``question`` and its ``vector``, best first.

    ``documents`` are the ids to search in, None for all; ``as_of`` leaves out what pages updated later had not yet
    published by that day, ``said_by`` all passages that hold no statement of that voice. Passages that are nearly the
    same count once, as the best of them; the documents of the others stand in ``also_in``. Equal scores are ordered by
    passage id. What is not as it was written is never among them; the ids of such documents go into ``left_out``.
    """
    names = snapshot.variants(question)
    by_words = dict(snapshot.matching(question, POOL, documents, names))
    by_vector = dict(snapshot.nearest(vector, POOL, documents))
    ids = sorted({*by_words, *by_vector})
    if not ids:
        return ()
    cosines = dict(zip(ids, (snapshot.vectors(ids) @ vector).tolist(), strict=True))
    most = ceiling(snapshot, question, names)
    scores = {id_: fused(by_words.get(id_, 0.0), most, cosines[id_]) for id_ in ids}
    order = sorted(ids, key=lambda id_: (-scores[id_], id_))
    infos = {info.id: info for info in snapshot.documents()}
    found: Iterable[Passage] = _sound(snapshot, order, set() if left_out is None else left_out)
    if as_of is not None:
        found = [passage for passage in found if _known(snapshot, infos[passage.document_id], passage, as_of)]
    if said_by is not None:
        every = list(found)
        held = {id_: snapshot.document(id_) for id_ in dict.fromkeys(passage.document_id for passage in every)}
        found = [one for one in every if is_said(held[one.document_id], (one.start, one.end), said_by)]
    folded = _folded(found, limit)
    word_ranks, vector_ranks = _ranks(by_words), _ranks(by_vector)
    return tuple(
        _hit(passage, infos, copies, scores[passage.id], word_ranks.get(passage.id), vector_ranks.get(passage.id))
        for passage, copies in folded
    )


def _sound(snapshot: Snapshot, order: Sequence[str], left_out: set[str]) -> Iterator[Passage]:
    """The passages in this order, those aside that were altered in the ledger, or whose documents were.

    They are looked up some at a time, for few of those that a search finds are taken.
    """
    for at in range(0, len(order), _AT_A_TIME):
        some = order[at : at + _AT_A_TIME]
        passages = snapshot.passages(some)
        for id_ in some:
            document = id_.partition("-")[0]
            if id_ in passages and snapshot.is_sound(document):
                yield passages[id_]
            else:
                left_out.add(document)


def fused(keyword: float, ceiling: float, cosine: float) -> float:
    """Returns the score of a passage, 0 to 1, of its BM25 score and its cosine with the question.

    BM25 is taken as a share of ``ceiling``, the most that any passage could get for this question, which makes it
    comparable with a cosine and across questions, and needs no other passage to compare with.
    """
    share = keyword / ceiling if ceiling else 0.0
    return round((KEYWORD_WEIGHT * min(share, 1.0) + max(cosine, 0.0)) / (KEYWORD_WEIGHT + 1.0), 6)


def ceiling(snapshot: Snapshot, question: str, names: Sequence[Variants] = ()) -> float:
    """Returns the most BM25 that a passage could get: each known term endlessly often, k1 + 1 times its idf."""
    return (_K1 + 1.0) * snapshot.ceiling(question, names)


def shingles(text: str) -> frozenset[str]:
    """Returns the overlapping runs of four words of ``text``, folded; all its words as one run if they are fewer."""
    folded = fold(text)
    held = [folded[low:high] for low, high in words(folded)]
    count = max(1, len(held) - _SHINGLE + 1)
    return frozenset(" ".join(held[at : at + _SHINGLE]) for at in range(count))


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of shingles are those of nearly the same text."""
    common = len(one & other)
    return common >= SAME * (len(one) + len(other) - common)


def reworded(one: str, other: str) -> bool:
    """Whether one text has other words in the place of some of the other one's: another number, name or date.

    Words that only one of them has, as where an agency's report was cut, do not count. Takes time of the order of the
    product of their lengths.
    """
    first, second = ([text[low:high] for low, high in words(text)] for text in (fold(one), fold(other)))
    return any(step == "replace" for step, *_ in SequenceMatcher(None, first, second, autojunk=False).get_opcodes())


def _folded(passages: Iterable[Passage], limit: int) -> list[tuple[Passage, list[str]]]:
    """The best ``limit`` passages that differ; copies of them are looked for among three times as many.

    Nearly the same passage with other words in the place of some is kept: it may be the one that says otherwise.
    """
    kept: list[tuple[Passage, list[str], frozenset[str]]] = []
    for seen, passage in enumerate(passages):
        if len(kept) == limit and seen >= 3 * limit:
            break
        own = shingles(passage.text)
        for best, copies, held in kept:
            if alike(own, held) and not reworded(best.text, passage.text):
                if passage.document_id != best.document_id and passage.document_id not in copies:
                    copies.append(passage.document_id)
                break
        else:
            if len(kept) < limit:
                kept.append((passage, [], own))
    return [(passage, copies) for passage, copies, _ in kept]


def _known(snapshot: Snapshot, info: DocumentInfo, passage: Passage, day: dt.date) -> bool:
    """Whether a passage had been published by ``day``, of a document that had: only updates can make a difference."""
    if info.updated is None or info.updated <= day:
        return True
    return known_by(snapshot.document(info.id), passage.start, day)


def _ranks(scores: Mapping[str, float]) -> dict[str, int]:
    return {id_: rank for rank, id_ in enumerate(scores, start=1)}


def _hit(
    passage: Passage,
    infos: Mapping[str, DocumentInfo],
    copies: Iterable[str],
    score: float,
    keyword_rank: int | None,
    vector_rank: int | None,
) -> Hit:
    info = infos[passage.document_id]
    return Hit(
        passage=passage,
        source=info.source,
        title=info.title,
        publisher=info.publisher,
        published=info.published,
        score=score,
        keyword_rank=keyword_rank,
        vector_rank=vector_rank,
        also_in=tuple(copies),
    )
