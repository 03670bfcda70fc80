"""Which sentences are looked at on their own, and what is learned of them by that."""

from __future__ import annotations

import dataclasses

import pytest

from askdesk import retrieval
from askdesk.answering import ordered
from askdesk.considering import ALONE, READ, READ_CLOSELY, Considered, read_hits, sentence_scores, words_of
from askdesk.deciding import READ_SUMMARY, summary
from askdesk.desk import Desk
from askdesk.questions import asked
from askdesk.reader import Reader, best, together
from askdesk.scoring import SENTENCE_COSINE
from askdesk.types import Hit
from askdesk.weights import fitted

QUESTION = "How many square kilometres did the Ukrainian troops control?"


@pytest.fixture(scope="module")
def considered(seeds: Desk) -> tuple[Considered, tuple[Hit, ...]]:
    snapshot = seeds._collection.snapshot()
    embedder = seeds._checked_embedder(snapshot.recipe)
    vector = embedder.embed([QUESTION])[0]
    hits = retrieval.retrieve(snapshot, QUESTION, vector, READ, None)
    model = fitted(with_reader=True)
    return read_hits(QUESTION, QUESTION, hits, vector, snapshot, embedder, model, reader=Reader()), hits


def test_the_promising_sentences_are_read_alone(considered: tuple[Considered, tuple[Hit, ...]]) -> None:
    read, hits = considered
    reader = Reader()
    assert len(read.closely) == READ_CLOSELY < len(read.candidates)
    for at in sorted(read.closely):
        one = read.candidates[at]
        (alone,) = reader.read(QUESTION, [(hits[one.hit].title, words_of(hits[one.hit], one.span))])
        found = best(alone)
        assert found is not None
        assert one.row[ALONE : ALONE + 2] == (found.score, alone.answers)
        hit = hits[one.hit]
        (whole,) = reader.read(QUESTION, [(hit.title, hit.passage.text)])
        words = best(together(alone, whole, one.span[0] - hit.passage.start))
        assert words is not None
        assert one.short == (one.span[0] + words.span[0], one.span[0] + words.span[1])


def test_what_is_not_known_of_the_others_counts_as_the_mean(considered: tuple[Considered, tuple[Hit, ...]]) -> None:
    read, _ = considered
    model = fitted(with_reader=True)
    scores = sentence_scores(read, model)
    for at, one in enumerate(read.candidates):
        known = len(one.row) if at in read.closely else ALONE
        parts = zip(one.row[:known], model.weights, model.mean, model.scale, strict=False)
        assert scores[at] == pytest.approx(sum(weight * (value - mean) / scale for value, weight, mean, scale in parts))
        assert (one.row[SENTENCE_COSINE] != 0.0) == (at in read.closely)


def test_what_was_read_orders_hits_only_as_far_as_any_of_it_may_answer(
    considered: tuple[Considered, tuple[Hit, ...]],
) -> None:
    read, hits = considered
    scores = sentence_scores(read, fitted(with_reader=True))
    searched = sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))
    assert list(ordered(hits, read, scores, 0.0)) == searched
    little, surely = (ordered(hits, read, scores, chance) for chance in (0.1, 1.0))
    best = hits[read.candidates[scores.index(max(scores))].hit].passage.id
    own = {hit.passage.id: hit.score for hit in hits}
    gain = [{hit.passage.id: hit.score - own[hit.passage.id] for hit in found} for found in (little, surely)]
    assert abs(gain[0][best]) < abs(gain[1][best])
    assert [hit.passage.id for hit in surely] != [hit.passage.id for hit in searched]


def test_an_answer_is_judged_by_the_search_and_the_kind_of_question_too(
    considered: tuple[Considered, tuple[Hit, ...]],
) -> None:
    read, hits = considered
    scores = sentence_scores(read, fitted(with_reader=True))
    for question, kind in ((QUESTION, (1.0, 0.0)), ("Who confirmed it?", (0.0, 1.0)), ("Why was it done?", (0.0, 0.0))):
        again = dataclasses.replace(read, query=dataclasses.replace(read.query, asked=asked(question)))
        values = dict(zip(READ_SUMMARY, summary(again, scores, hits), strict=True))
        assert (values["number"], values["person"]) == kind
        assert values["top_score"] == hits[0].score
        assert values["best"] == max(scores)
