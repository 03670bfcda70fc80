from __future__ import annotations

import gzip
import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdesk import reading, tokens
from askdesk.chunking import Budget, cut, embedded_text
from askdesk.embedding import open_embedder
from askdesk.types import Cut, Mark, Reading

SEEDS = Path(__file__).parents[1] / "seeds"


def by_words(tokens: int = 20, overlap: int = 0, window: int = 60) -> Budget:
    """A budget in words, for which no model is needed."""
    return Budget(tokens, overlap, window, lambda text: len(text.split()), lambda text: len(text.split()) + 2)


def slices(read: Reading, cuts: tuple[Cut, ...]) -> list[str]:
    return [read.text[one.start : one.end] for one in cuts]


def test_whole_sentences_within_the_budget() -> None:
    read = Reading(" ".join(f"Sentence number {n} has seven words here." for n in range(10)))
    cuts = cut(read, "Title", by_words(tokens=20))
    assert [text.count(".") for text in slices(read, cuts)] == [2, 2, 2, 2, 2]
    assert cuts[0].embedded == "Title\n" + slices(read, cuts)[0]


def test_overlap_repeats_whole_sentences() -> None:
    read = Reading(" ".join(f"Sentence number {n} has seven words here." for n in range(6)))
    cuts = cut(read, "", by_words(tokens=21, overlap=7))
    assert [(one.start < before.end) for before, one in itertools.pairwise(cuts)] == [True] * (len(cuts) - 1)


def test_fewer_sentences_where_the_window_is_the_tighter_bound() -> None:
    read = Reading("One two three four. Five six seven eight. Nine ten eleven twelve.")
    budget = Budget(20, 0, 30, lambda text: len(text.split()), lambda text: 3 * len(text.split()) + 2)
    assert slices(read, cut(read, "", budget)) == [
        "One two three four. Five six seven eight.",
        "Nine ten eleven twelve.",
    ]
    alone = replace(budget, window=12)
    assert slices(read, cut(read, "", alone))[:2] == ["One two", "three four."]


def test_headings_head_and_furniture_parts() -> None:
    text = (
        "Skip to content\nIntro text stands here.\n# History\nIt began long ago. It went on.\nShare this\nMore of it."
    )
    marks = []
    for kind, words in (("furniture", "Skip to content"), ("heading", "# History"), ("furniture", "Share this")):
        start = text.index(words)
        marks.append(Mark(kind, start, start + len(words)))
    read = Reading(text, tuple(marks))
    cuts = cut(read, "T", by_words())
    assert slices(read, cuts) == ["Intro text stands here.", "It began long ago. It went on.", "More of it."]
    assert [one.heading for one in cuts] == ["", "History", "History"]
    assert cuts[1].embedded == "T\nHistory\nIt began long ago. It went on."


def test_nothing_but_headings_can_still_be_found() -> None:
    read = Reading("# One thing", (Mark("heading", 0, 11),))
    assert slices(read, cut(read, "T", by_words())) == ["# One thing"]


def test_nothing_but_furniture_has_no_passage() -> None:
    assert cut(Reading("Share this", (Mark("furniture", 0, 10),)), "T", by_words()) == ()


def test_endless_runs_of_data_are_no_passages() -> None:
    read = Reading("The picture follows. " + "QUJD" * 500 + " The picture ends. " + "文" * 600)
    found = slices(read, cut(read, "T", by_words(tokens=400, window=600)))
    assert "QUJD" not in "".join(found)
    assert "The picture follows." in found[0]
    assert sum(text.count("文") for text in found) == 600


def test_a_title_as_long_as_the_window_leaves_room_for_the_text() -> None:
    read = Reading("Some words of text that must be found.")
    cuts = cut(read, "word " * 5_000, by_words())
    assert len(cuts) == 1
    assert len(cuts[0].embedded.split()) <= 58


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["Word ", "two. ", "\n", "\n\n", "x" * 70, "“Quote.” ", "é", "\u200b", "🎉 "])).map(
        "".join
    ),
    st.integers(3, 30),
    st.integers(0, 10),
)
def test_passages_are_ordered_slices_within_the_window(text: str, size: int, overlap: int) -> None:
    budget = by_words(size, overlap, window=40)
    read = Reading(text)
    at = 0
    for one in cut(read, "A title", budget):
        assert 0 <= one.start < one.end <= len(text)
        assert one.end > at or overlap
        assert one.embedded == embedded_text("A title", "", text[one.start : one.end])
        assert budget.count_pieces(one.embedded) <= budget.window
        at = one.end


def test_a_line_of_five_million_characters() -> None:
    read = Reading("word " * 1_000_000)
    cuts = cut(read, "T", by_words(tokens=5_000, window=10_000))
    assert sum(len(text.split()) for text in slices(read, cuts)) == 1_000_000


def real_budget() -> Budget:
    embedder = open_embedder(None)
    return Budget(140, 0, embedder.window, tokens.count, embedder.count)


def test_no_passage_of_the_seeds_is_cut_by_the_model() -> None:
    budget = real_budget()
    for path in sorted(SEEDS.iterdir()):
        if path.suffix in reading.SUFFIXES:
            read = reading.read(path.read_bytes(), path.name)
            for one in cut(read, read.title or path.stem, budget):
                assert budget.count_pieces(one.embedded) <= budget.window
                assert tokens.count(read.text[one.start : one.end]) <= budget.tokens


@pytest.mark.parametrize("size", [140, 100_000])
def test_no_passage_of_a_thousand_articles_is_cut_by_the_model(bench: Path, size: int) -> None:
    budget = real_budget()
    budget = Budget(size, 0, budget.window, budget.count_tokens, budget.count_pieces)
    with gzip.open(bench / "news-dev-documents.jsonl.gz", "rt", encoding="utf-8") as file:
        for _, line in zip(range(1_000 if size == 140 else 100), file, strict=False):
            row = json.loads(line)
            for one in cut(Reading(row["text"]), row["title"] or "", budget):
                assert budget.count_pieces(one.embedded) <= budget.window
