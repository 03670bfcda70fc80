"""The keyword index against BM25 as it is defined, and questions that are no plain words."""

from __future__ import annotations

import gc
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdesk.errors import StoreDamaged, StoreFull
from askdesk.keywords import KeywordIndex, analyse, write_index

TEXTS = [
    "The cat sat on the mat.",
    "Dogs and cats fight; a cat wins.",
    "Nothing to see here, only running dogs.",
    "Café owners in Ukraine’s capital met the president.",
    "Cat cat cat.",
]
PASSAGES = [(f"d{n % 2}-{n:03d}", f"d{n % 2}", text) for n, text in enumerate(TEXTS)]


@pytest.fixture
def index(tmp_path: Path) -> KeywordIndex:
    assert write_index(tmp_path / "index", sorted(PASSAGES)) == len(TEXTS)
    return KeywordIndex(tmp_path / "index")


def test_words_are_folded_stemmed_and_stop_words_left_out() -> None:
    assert analyse("The Running DOGS’ Café, what's 12,000 in 2024?") == [
        "run",
        "dog",
        "cafe",
        "12",
        "000",
        "2024",
    ]
    assert analyse("Who is it and what did they do?") == []
    assert analyse("bad \ud800 surrogate") == ["bad", "surrog"]
    assert analyse("x" * 61 + " y" * 2) == ["y", "y"]


def test_scores_are_bm25(index: KeywordIndex) -> None:
    """Robertson and Zaragoza 2009 with the idf of Lucene, k1 = 1.2, b = 0.75. Lengths here are all below 40
    words, where Tantivy keeps them exactly."""
    terms = [analyse(text) for text in TEXTS]
    mean = sum(map(len, terms)) / len(terms)
    expected = {}
    for (id, _, _), words in zip(PASSAGES, terms, strict=True):
        score = 0.0
        for term in ("cat", "dog"):
            df = sum(term in other for other in terms)
            idf = math.log(1 + (len(terms) - df + 0.5) / (df + 0.5))
            tf = words.count(term)
            score += idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * len(words) / mean))
        if score:
            expected[id] = score
    found = index.matching("Cats? DOG!", 10)
    assert dict(found) == pytest.approx(expected, abs=1e-4)
    assert [id for id, _ in found] == sorted(expected, key=lambda id: (-expected[id], id))


def test_the_filter_works_inside_the_search(index: KeywordIndex) -> None:
    everything = index.matching("cat dog", 10)
    inside = index.matching("cat dog", 1, frozenset({"d1", "unknown"}))
    assert inside == [pair for pair in everything if pair[0].startswith("d1")][:1]
    assert index.matching("cat", 10, frozenset()) == []


@pytest.mark.parametrize("question", ["", "   ", "the of and", "zebra", "?!*", "\x00", "🙂"])
def test_no_words_find_nothing(index: KeywordIndex, question: str) -> None:
    assert index.matching(question, 10) == []


@pytest.mark.parametrize(
    "question", ['cat AND (NOT "', "body:cat^9", "cat~2 [a TO", "+cat -dog", "cat\\", "c\u0000at cat"]
)
def test_a_question_is_never_query_syntax(index: KeywordIndex, question: str) -> None:
    assert "d0-004" in [id for id, _ in index.matching(question, 10)]


def test_ten_thousand_words_are_a_question(index: KeywordIndex) -> None:
    question = " ".join(["cat", *(f"word{n}" for n in range(10_000))])
    assert index.matching(question, 10) == index.matching("cat", 10)


def test_equal_scores_are_ordered_by_id_and_limits_agree(tmp_path: Path) -> None:
    write_index(tmp_path / "i", [(f"d-{n:03d}", "d", "same words here") for n in range(200)])
    index = KeywordIndex(tmp_path / "i")
    assert [id for id, _ in index.matching("same words", 7)] == [f"d-{n:03d}" for n in range(7)]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_found_by_its_own_terms(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("keywords") / "index"
    write_index(folder, [("d-1", "d", text)])
    found = KeywordIndex(folder).matching(text, 5)
    assert [id for id, _ in found] == (["d-1"] if analyse(text) else [])


def test_it_says_what_it_holds(index: KeywordIndex) -> None:
    assert sorted(index.ids()) == sorted((id, document) for id, document, _ in PASSAGES)
    assert index.count == len(TEXTS)


def test_an_index_of_nothing(tmp_path: Path) -> None:
    write_index(tmp_path / "i", [])
    assert KeywordIndex(tmp_path / "i").matching("cat", 5) == []
    assert list(KeywordIndex(tmp_path / "i").ids()) == []


def test_a_missing_or_broken_index_names_repair(tmp_path: Path) -> None:
    with pytest.raises(StoreDamaged, match="askdesk repair"):
        KeywordIndex(tmp_path / "none")
    write_index(tmp_path / "i", sorted(PASSAGES))
    for file in (tmp_path / "i").iterdir():
        if file.suffix in (".idx", ".term"):
            file.write_bytes(b"")
    with pytest.raises(StoreDamaged, match="askdesk repair"):
        KeywordIndex(tmp_path / "i").matching("cat", 5)
    with pytest.raises(StoreFull):
        write_index(tmp_path / "i", [])


def test_an_index_that_cannot_be_written_beside_is_read_from_a_copy(
    index: KeywordIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, temporary = tmp_path / "index", tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    # A user who may do everything cannot be kept from a folder, so this only says that it is closed.
    monkeypatch.setattr("askdesk.keywords.os.access", lambda *_: False)
    read = KeywordIndex(folder)
    assert len(list(temporary.iterdir())) == 1
    assert sorted(read.ids()) == sorted(index.ids())
    del read
    gc.collect()
    assert list(temporary.iterdir()) == []
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(StoreFull, match="not writable") as raised:
        KeywordIndex(folder)
    assert "free some space" not in str(raised.value)
