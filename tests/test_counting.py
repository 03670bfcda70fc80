"""What a text counts: the things that are asked for, or those of somebody else."""

from __future__ import annotations

import pytest

from askdesk import Desk
from askdesk.counting import of_others
from askdesk.names import Variants

NORTH_KOREANS = "How many North Korean soldiers are in Russia?"


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Over 600,000 Russian soldiers have been killed or wounded, he said.", True),
        ("As many as 40 South Korean soldiers watched.", True),
        ("Some 3,000 North Korean soldiers are in training.", False),
        ("About 12,000 Korean soldiers are expected.", False),
        ("Russian officers lead 3,000 soldiers.", False),
        ("Beside 9,000 Russian soldiers there are 3,000 North Korean soldiers.", False),
        ("About 9,000 Russian and North Korean soldiers attacked.", False),
        ("Several soldiers were seen.", False),
        ("Kyiv says that 40 DPRK soldiers were caught.", False),
        ("He counts 3,000 of Pyongyang's soldiers.", False),
        ("The United States believes that about 10,000 troops were sent.", False),
    ],
)
def test_things_of_others_are_told_by_the_name_before_them(text: str, others: bool) -> None:
    assert of_others(NORTH_KOREANS, (), text) is others


def test_other_spellings_of_the_name_are_those_that_are_meant() -> None:
    spelled = Variants(9, 14, ("Volskan",))
    assert of_others("How many Volsk soldiers fell?", (), "They say that 30 Volskan soldiers fell.")
    assert not of_others("How many Volsk soldiers fell?", (spelled,), "They say that 30 Volskan soldiers fell.")


@pytest.mark.parametrize("question", ["How many soldiers are there?", "How many Grammys has she won?", "Who came?"])
def test_other_questions_leave_all_texts_alone(question: str) -> None:
    assert not of_others(question, (), "Over 600,000 Russian soldiers came, and she has won two British Grammys.")


def test_a_long_row_of_capitals_is_read_in_no_time() -> None:
    assert of_others(NORTH_KOREANS, (), "so " + "Aa " * 100_000 + "soldiers")


def test_losses_of_one_army_are_no_answer_to_how_many_soldiers_another_has(seeds: Desk) -> None:
    answer = seeds.ask(NORTH_KOREANS)
    assert answer.found
    assert not any("600,000" in citation.text for citation in answer.citations)
    own = seeds.ask("How many Russian soldiers have been killed or wounded?")
    assert "600,000" in own.citations[0].text
