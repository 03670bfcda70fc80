"""Which figure a question wants, and which figures of a quote are one."""

from __future__ import annotations

import pytest

from askdesk.figures import Figure, figure
from askdesk.values import values


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How many people died in the storm?", Figure(("number", "ordinal"), "person")),
        ("In how many states had patients been found?", Figure(("number", "ordinal"), "state")),
        ("How many of the yard's workers left?", Figure(("number", "ordinal", "percent"), "worker")),
        ("How many years was the lease to run?", Figure(("duration",), "year")),
        ("By how many percent did rents fall?", Figure(("percent",), "percent")),
        ("How many miles of track were lost?", Figure(("measure",), "mile")),
        ("How often has the bridge been closed?", Figure(("number",), "times")),
        ("How many had died by Thursday?", Figure(("number", "ordinal"))),
        ("How much did the city pay for the ferry?", Figure(("money",))),
        ("What was the price of a ticket?", Figure(("money",))),
        ("What share of the votes did she get?", Figure(("percent",))),
        ("How long did the strike last?", Figure(("duration",))),
        ("How old was the captain?", Figure(("duration", "number"))),
        ("How far is it to the coast?", Figure(("measure",))),
        ("How big was the crowd?", Figure(())),
        ("Who came?", Figure(())),
        ("how many " + "very " * 50_000, Figure(("number", "ordinal"))),
    ],
)
def test_what_figure_a_question_wants(question: str, wanted: Figure) -> None:
    assert figure(question) == wanted


@pytest.mark.parametrize(
    ("question", "text", "fits"),
    [
        ("How much did the city pay for the ferry?", "$3 million", True),
        ("How much did the city pay for the ferry?", "300 workers", False),
        ("How many people died?", "12 percent", False),
        ("How many times was it used?", "40 times", True),
        ("How many people died?", "40 times", False),
        ("How big was the crowd?", "40 percent", True),
    ],
)
def test_values_of_other_kinds_are_none(question: str, text: str, fits: bool) -> None:
    assert figure(question).may_be(values(text)[0]) is fits
