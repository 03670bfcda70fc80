from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdesk import Desk, considering
from askdesk.retrieval import KEYWORD_WEIGHT, alike, fused, shingles
from askdesk.scoring import idf


def test_the_score_weighs_a_share_of_the_best_bm25_and_the_cosine() -> None:
    assert fused(10.0, 10.0, 1.0) == 1.0
    assert fused(0.0, 10.0, 0.0) == 0.0
    assert fused(5.0, 10.0, 0.0) == pytest.approx(KEYWORD_WEIGHT / 2 / (KEYWORD_WEIGHT + 1), abs=1e-6)
    assert fused(0.0, 0.0, 0.5) == pytest.approx(0.5 / (KEYWORD_WEIGHT + 1), abs=1e-6)


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(-1, 1))
def test_the_score_stays_between_zero_and_one(keyword: float, ceiling: float, cosine: float) -> None:
    assert 0.0 <= fused(keyword, ceiling, cosine) <= 1.0


def test_a_rare_term_weighs_more() -> None:
    weights = [idf(1_000, count) for count in (0, 1, 10, 500, 1_000)]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] > 0.0


def test_what_counts_as_the_same() -> None:
    text = "The harbour of Orsa has ordered a crane of eighty tonnes, which is to stand on the north quay from May on."
    assert alike(shingles(text), shingles(text.upper().replace(",", " –")))
    assert alike(shingles(text), shingles(text + " Again."))
    assert not alike(shingles(text), shingles(text.replace("eighty", "ninety").replace("north", "south")))
    assert alike(shingles("Two words"), shingles("two  words"))
    assert not alike(shingles("Two words"), shingles("Two others"))


def test_hits_are_ordered_and_carry_their_ranks(seeds: Desk) -> None:
    hits = seeds.search("Leopard tanks from Germany for Croatia", limit=20)
    assert len(hits) == 20
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].keyword_rank is not None
    assert hits[0].vector_rank is not None
    for ranks in ([hit.keyword_rank for hit in hits], [hit.vector_rank for hit in hits]):
        given_ranks = [rank for rank in ranks if rank is not None]
        assert len(set(given_ranks)) == len(given_ranks)
        assert min(given_ranks) >= 1
    ties = [(-hit.score, hit.passage.id) for hit in hits]
    assert ties == sorted(ties)


def test_near_copies_count_once_and_name_their_carriers(tmp_path: Path) -> None:
    story = "The harbour of Orsa has ordered a crane of eighty tonnes, which is to stand on the north quay from May on."
    for name, text in {
        "a.txt": story,
        "b.txt": story + " Again.",
        "c.txt": "The ferry of Orsa stops in winter.",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Desk(tmp_path / "store") as desk:
        desk.index(tmp_path)
        hits = desk.search("crane of Orsa")
        sources = {info.id: Path(info.source).name for info in desk.documents()}
        assert sorted(Path(hit.source).name for hit in hits if "crane" in hit.passage.text) != ["a.txt", "b.txt"]
        crane = next(hit for hit in hits if "crane" in hit.passage.text)
        assert {Path(crane.source).name, *(sources[id_] for id_ in crane.also_in)} == {"a.txt", "b.txt"}


def test_a_passage_that_answers_comes_before_one_that_repeats_the_question(tmp_path: Path) -> None:
    question = "How heavy is the crane of Orsa?"
    (tmp_path / "repeats.txt").write_text(
        "The heavy crane of Orsa is painted green, and nobody likes it.", encoding="utf-8"
    )
    (tmp_path / "answers.txt").write_text("The crane of Orsa has a weight of eighty tonnes.", encoding="utf-8")
    with Desk(tmp_path / "store") as desk, Desk(tmp_path / "store", reader=False) as simple:
        desk.index(tmp_path)
        assert [Path(hit.source).name for hit in simple.search(question)] == ["repeats.txt", "answers.txt"]
        hits = desk.search(question)
        assert [Path(hit.source).name for hit in hits] == ["answers.txt", "repeats.txt"]
        assert hits == desk.ask(question).hits
        assert hits[:1] == desk.search(question, limit=1)
        assert all(0 <= hit.score <= 1 for hit in hits)


def test_passages_that_were_not_read_come_after_those_that_were(seeds: Desk) -> None:
    question = "How many soldiers did North Korea send?"
    hits, few = seeds.search(question, limit=40), seeds.search(question, limit=considering.READ)
    assert len(hits) == 40
    assert [hit.passage.id for hit in hits[: considering.READ]] == [hit.passage.id for hit in few]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
