"""Questions about a change ask what something was, time after time."""

from __future__ import annotations

from pathlib import Path

import pytest

from askdesk import Desk
from askdesk.changing import states


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("How has the death toll changed?", "What was the death toll over time?"),
        (
            "How did the ministry's estimate of the damage change in May?",
            "What was the ministry's estimate of the damage in May over time?",
        ),
        ("Has the price of bread gone up since January?", "What was the price of bread since January over time?"),
        ("and how did opinions on the tax differ?", "What were opinions on the tax over time?"),
        ("How did the harbour's position on the dam shift over time?", "What was the harbour's position on the dam over time?"),
        ("How did Edison develop the bulb?", None),
        ("Did the mayor change the rules?", None),
        ("How did the company develop?", None),
        ("What changed the price of bread?", None),
    ],
)  # fmt: skip
def test_what_changed_is_asked_for_at_each_time(question: str, stated: str | None) -> None:
    found = states(question)
    assert (found and found.question) == stated


@pytest.mark.parametrize(
    ("question", "undated"),
    [
        ("How did the fare change from 2022 to 2024?", None),
        ("How has the price of bread developed from 2022 to 2024?", "What was the price of bread over time?"),
        ("How did the date of the opening keep moving in late 2022?", "What was the date of the opening over time?"),
        ("How did the toll change after the storm?", "What was the toll after the storm over time?"),
    ],
)
def test_the_days_in_which_it_changed_are_not_read_for(question: str, undated: str | None) -> None:
    found = states(question)
    assert (found and found.undated) == undated


def test_a_change_is_answered_with_what_was_said_at_each_time(tmp_path: Path) -> None:
    (tmp_path / "may.txt").write_text(
        "Storm in Orsa\n\nPublished 3 May 2023\n\nThe harbour office's estimate of the damage in Orsa is 2 million crowns.\n",
        encoding="utf-8",
    )
    (tmp_path / "june.txt").write_text(
        "After the storm\n\nPublished 9 June 2023\n\n"
        "The harbour office has raised its estimate of the damage in Orsa to 5 million crowns.\n",
        encoding="utf-8",
    )
    with Desk(tmp_path / "store") as desk:
        desk.index([tmp_path / "may.txt", tmp_path / "june.txt"])
        question = "How has the harbour office's estimate of the damage changed?"
        answer = desk.ask(question)
    assert answer.question == question
    assert answer.standalone_question == "What was the harbour office's estimate of the damage over time?"
    assert [quote.reported and quote.reported.month for quote in answer.timeline] == [5, 6]
