from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdesk.questions import DATE, NUMBER, OTHER, PERSON, PLACE, asked
from askdesk.shortanswers import names, short_answers


@pytest.mark.parametrize(
    ("question", "kind", "focus"),
    [
        ("How many bridges does the town have?", NUMBER, ("bridges",)),
        ("How old is the abbot?", NUMBER, ()),
        ("What is the population of Orsa?", NUMBER, ()),
        ("When did the ferry stop?", DATE, ()),
        ("In which year was it built?", DATE, ("year",)),
        ("Who signed the letter?", PERSON, ()),
        ("Which minister signed it?", PERSON, ("minister", "signed", "it")),
        ("Where was the letter signed?", PLACE, ()),
        ("Which country sold the crane?", PLACE, ("country", "sold")),
        ("What did they agree on when they met?", OTHER, ()),
        ("Why did it sink?", OTHER, ()),
        ("Did he confirm it?", OTHER, ()),
    ],
)
def test_what_is_asked_for(question: str, kind: str, focus: tuple[str, ...]) -> None:
    found = asked(question)
    assert found.kind == kind
    if kind in (NUMBER, DATE):
        assert found.focus == focus


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (
            NUMBER,
            "On 3 May 2019 about 42,000 books and 3.5 million maps (12 per cent) came.",
            ["42,000", "3.5 million", "12 per cent"],
        ),
        (NUMBER, "Thirty-two sailors and several hundred horses", ["Thirty-two", "several hundred"]),
        (NUMBER, "It cost $1.5 billion.", ["$1.5 billion"]),
        (
            NUMBER,
            "Fourteen tenants, seventy-five onerous weights and the sixth half.",
            ["Fourteen", "seventy-five", "half"],
        ),
        (
            NUMBER,
            "Gull Rock,1833,48,yes and 1,000,000 of 12.5 or 10\u00a0000",
            ["1833", "48", "1,000,000", "12.5", "10\u00a0000"],
        ),
        (DATE, "on 3/4/2024 or 14.03.2023", ["3/4/2024", "14.03.2023"]),
        (PERSON, "Fourteen rangers met J.K. Rowling.", ["J.K. Rowling"]),
        (DATE, "On Monday, October 28, 2024, and 19 June 2024", ["Monday, October 28, 2024", "19 June 2024"]),
        (DATE, "since August 2019, in the 1990s and on 2024-10-16", ["August 2019", "1990s", "2024-10-16"]),
        (
            PERSON,
            "According to the engineer Ilse Maron and Ursula von der Leyen, he left.",
            ["Ilse Maron", "Ursula von der Leyen"],
        ),
        (PLACE, "Ada Lund was born in Orsa near the Dal River.", ["Orsa", "Dal River"]),
        (OTHER, "Orsa has 42 bridges.", []),
    ],
)
def test_short_answers(kind: str, text: str, expected: list[str]) -> None:
    assert [text[low:high] for low, high in short_answers(text, kind)] == expected


@given(st.text(), st.sampled_from([NUMBER, DATE, PERSON, PLACE, OTHER]))
def test_short_answers_are_ordered_slices(text: str, kind: str) -> None:
    at = 0
    for low, high in short_answers(text, kind):
        assert at <= low < high <= len(text)
        at = low


def test_endless_input_takes_linear_time() -> None:
    assert list(names("Aa " * 100_000))
    assert short_answers("1," * 100_000, NUMBER)
    assert asked("which " * 50_000).kind == OTHER
