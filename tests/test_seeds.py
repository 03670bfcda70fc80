"""The sample collection and its fixed questions: enough of each, every answer where it is said to stand."""

from __future__ import annotations

import json
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from askdesk.evaluation import load
from askdesk.reading import read

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
QUESTIONS = SEEDS / "questions.jsonl"
FEWEST = {
    "fact": 12,
    "number": 12,
    "who-said": 12,
    "date": 12,
    "paraphrase": 12,
    "several": 8,
    "follow-up": 10,
    "unanswerable-near": 16,
    "unanswerable-furniture": 5,
    "unanswerable-off": 6,
}
FOLDS = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛", "'") | dict.fromkeys("‐‑‒–—―−", "-"))


def folded(text: str) -> str:
    """Returns ``text`` with case, white space, typographic quotation marks and dashes evened out."""
    return " ".join(text.casefold().translate(FOLDS).split())


def documents() -> list[Path]:
    return sorted(path for path in SEEDS.iterdir() if path.suffix != ".jsonl")


@pytest.fixture(scope="module")
def questions() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Each document's name with its whole text, folded."""
    return {path.name: folded(read(path.read_bytes(), path.name).text) for path in documents()}


@pytest.fixture(scope="module")
def quotable() -> dict[str, str]:
    """Each document's name with its text, folded, less what is marked as furniture."""
    kept = {}
    for path in documents():
        reading = read(path.read_bytes(), path.name)
        chars = list(reading.text)
        for mark in reading.marks:
            if mark.kind == "furniture":
                chars[mark.start : mark.end] = "\0" * (mark.end - mark.start)
        kept[path.name] = folded("".join(chars))
    return kept


def test_the_collection_is_large_and_varied_enough() -> None:
    assert len(documents()) >= 10
    assert {path.suffix for path in documents()} >= {".txt", ".md", ".html", ".pdf", ".docx", ".eml", ".csv"}


def test_every_document_has_its_length(texts: dict[str, str]) -> None:
    assert {name: len(text.split()) for name, text in texts.items() if len(text.split()) < 440} == {}


def test_the_pdf_has_several_pages() -> None:
    marks = read((SEEDS / "vehicles.pdf").read_bytes(), "vehicles.pdf").marks
    assert sum(mark.kind == "page" for mark in marks) >= 2


def test_two_reports_are_near_copies_and_differ() -> None:
    short, long = (
        [folded(line) for line in (SEEDS / name).read_text(encoding="utf-8").splitlines() if line.strip()]
        for name in ("dw-nato-north-korea-excerpt.txt", "dw-nato-north-korea-live.txt")
    )
    paragraphs = [line for line in short if len(line.split()) > 15]
    best = [max(SequenceMatcher(None, line, other, autojunk=False).ratio() for other in long) for line in paragraphs]
    assert len(paragraphs) >= 8
    assert min(best) > 0.9
    assert max(best) == 1.0
    assert any(ratio < 1.0 for ratio in best)


def test_the_live_page_carries_the_furniture_of_a_browser_copy() -> None:
    text = (SEEDS / "dw-nato-north-korea-live.txt").read_text(encoding="utf-8")
    lines = text.splitlines()
    skips = [at for at, line in enumerate(lines) if line.startswith("Skip next section ")]
    assert len(skips) >= 6
    for at in skips:
        assert lines[at].removeprefix("Skip next section ") == lines[at + 2]
        assert folded(lines[at + 1]).startswith("october 2")
    assert sum(line.startswith("https://") for line in lines) == len(skips)
    assert "\u00a0" in text
    assert any("Image: AP Photo/picture alliance" in line for line in lines)


def test_questions_are_well_formed(questions: list[dict[str, Any]]) -> None:
    names = {path.name for path in documents()}
    for entry in questions:
        assert set(entry) <= {"question", "answers", "sources", "unanswerable", "history", "kind"}, entry
        assert entry["question"] == entry["question"].strip(), entry
        assert entry["question"].endswith("?"), entry
        assert ("answers" in entry) != (entry.get("unanswerable") is True), entry
        assert entry["kind"].startswith("unanswerable") == ("unanswerable" in entry), entry
        assert all(isinstance(answer, str) and answer.strip() for answer in entry.get("answers", ())), entry
        assert entry.get("answers") != [], entry
        assert set(entry.get("sources", [])) <= names, entry
        assert (entry["kind"] == "follow-up") == bool(entry.get("history")), entry
        assert all(isinstance(earlier, str) and earlier for earlier in entry.get("history", [])), entry


def test_there_are_enough_questions_of_each_kind(questions: list[dict[str, Any]]) -> None:
    kinds = Counter(entry["kind"] for entry in questions)
    assert set(kinds) == set(FEWEST)
    assert {kind: kinds[kind] for kind in FEWEST if kinds[kind] < FEWEST[kind]} == {}
    assert len(questions) >= 110
    assert len({(entry["question"], *entry.get("history", [])) for entry in questions}) == len(questions)


def test_every_answer_stands_in_a_source(questions: list[dict[str, Any]], quotable: dict[str, str]) -> None:
    missing = [
        (entry["question"], answer)
        for entry in questions
        for answer in entry.get("answers", ())
        if not any(folded(answer) in quotable[name] for name in entry.get("sources", quotable))
    ]
    assert missing == []


def test_questions_with_several_right_quotes_have_several(
    questions: list[dict[str, Any]], quotable: dict[str, str]
) -> None:
    for entry in questions:
        if entry["kind"] == "several":
            places = sum(folded(answer) in text for answer in entry["answers"] for text in quotable.values())
            assert places >= 3, entry


def test_words_of_furniture_questions_stand_in_the_documents(texts: dict[str, str]) -> None:
    furniture = (
        "failed moon landing",
        "nobel prize for literature",
        "where to skate when the canals freeze",
        "last coal-fired power station",
        "giant rocket booster",
        "ruling coalition loses its majority",
        "read: 726",
        "4 °c",
        "underground weapons stores",
    )
    assert [words for words in furniture if not any(words in text for text in texts.values())] == []


def test_the_questions_about_several_sources_have_their_answers_in_the_documents(quotable: dict[str, str]) -> None:
    stories = load(SEEDS / "stories.jsonl")
    kinds = Counter(one.kind for one in stories)
    assert len(stories) == 100
    assert set(kinds) == {"disagreement", "change", "who said", "as of", "follow-up", "copies"}
    assert min(kinds.values()) >= 12
    assert sum(not one.answerable for one in stories) == 17
    missing = [
        (one.question, phrase)
        for one in stories
        for phrase in (*one.phrases, *one.not_answers)
        if not any(folded(phrase) in quotable[name] for name in one.sources or quotable)
    ]
    assert missing == []
