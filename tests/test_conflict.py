"""Documents that contradict each other are quoted side by side."""

from __future__ import annotations

from pathlib import Path

from askdesk import Desk
from askdesk.retrieval import reworded

NEWS = (
    "The old lighthouse of Karsholm stands on the northern tip of the island, where two currents meet. "
    "The keepers lived in a low stone house beside it, and their children rowed to school across the sound. "
    "The lighthouse of Karsholm was built in {year} by the harbour council. "
    "In winter the sound froze, and the light was put out until the first ships came back in the spring."
)


def desk(folder: Path, **texts: str) -> Desk:
    files = folder / "files"
    files.mkdir()
    for name, text in texts.items():
        (files / f"{name}.txt").write_text(text, encoding="utf-8")
    made = Desk(folder / "store")
    made.index(files)
    return made


def test_a_near_copy_with_another_year_is_quoted_beside(tmp_path: Path) -> None:
    with desk(tmp_path, one=NEWS.format(year=1874), other=NEWS.format(year=1911)) as made:
        answer = made.ask("When was the lighthouse of Karsholm built?")
        quoted = " ".join(one.text for one in answer.citations)
        assert "1874" in quoted
        assert "1911" in quoted
        assert not any(one.also_in for one in answer.citations if "1874" in one.text or "1911" in one.text)


def test_the_same_year_twice_is_one_quote_with_two_carriers(tmp_path: Path) -> None:
    with desk(tmp_path, one=NEWS.format(year=1874), other="By our reporter.\n\n" + NEWS.format(year=1874)) as made:
        citations = made.ask("When was the lighthouse of Karsholm built?").citations
        assert sum("1874" in one.text for one in citations) == 1
        assert any(one.also_in for one in citations)


def test_a_less_sure_document_with_another_answer_is_quoted_too(tmp_path: Path) -> None:
    sure = "The lighthouse of Karsholm was built in 1874."
    unsure = (
        "Few buildings on the island are older than the school. Its lighthouse, the guide to Karsholm says, may have "
        "been standing since 1911, when the harbour council had it built of brick."
    )
    with desk(tmp_path, sure=sure, unsure=unsure) as made:
        quoted = [one.short_answer for one in made.ask("When was the lighthouse of Karsholm built?").citations]
        assert quoted[0] == "1874"
        assert "1911" in quoted


def test_words_in_the_place_of_others_are_told_from_words_left_out() -> None:
    assert reworded("It was built in 1874 by the council.", "It was built in 1911 by the council.")
    assert not reworded("It was built in 1874 by the council.", "It was built in 1874.")
    assert not reworded("It was built, in 1874.", "it was built in 1874")


def test_what_says_something_new_takes_the_place_of_a_repetition(tmp_path: Path) -> None:
    texts = {
        "sure": "The lighthouse of Karsholm was built in 1874.",
        "again": "It was in 1874 that the harbour council of Karsholm built the lighthouse, of red brick.",
        "unsure": "Few buildings on the island are older than the school. Its lighthouse, the guide to Karsholm says, may "
        "have been standing since 1911, when the harbour council had it built of brick.",
    }
    with desk(tmp_path, **texts) as made:
        question = "When was the lighthouse of Karsholm built?"
        assert {one.short_answer for one in made.ask(question).citations[:2]} == {"1874"}
        assert {one.short_answer for one in made.ask(question, limit=2).citations} == {"1874", "1911"}
