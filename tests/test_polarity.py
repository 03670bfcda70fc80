"""What a sentence says to a question for yes or no: a denial, a negated statement, a confirmation, or neither."""

from __future__ import annotations

import pytest

from askdesk.values import polarity


@pytest.mark.parametrize(
    "sentence",
    [
        "The army did not attack the bridge.",
        "The army didn't attack the bridge.",
        "The island has not joined the union.",
        "The island hasn’t yet joined the union.",
        "The island has never joined the union.",
        "The island never joined the union.",
        "The island is not a member of the union.",
        "The island is no longer a member of the union.",
        "The island has yet to join the union.",
        "The dam was not under repair in May.",
        "The company will not close the mine.",
        "The company has no troops there.",
        "No troops were sent to the island.",
        "There is no evidence of a leak.",
        "The mayor, who led the talks, did not sign the paper.",
        "The mayor said that the city had not paid.",
        "The mayor said the city had not paid.",
        "The mayor has said the city had not paid.",
        "The ministry confirmed that no soldiers were sent.",
        "The ministry confirmed that the soldiers did not leave.",
        "The ministry has confirmed it never paid.",
        "The firm denied the report and said it had not paid.",
        "The office didn't confirm the loss.",
        "None of this has been confirmed.",
        "None of the three sides confirmed the loss.",
        "Nothing has been independently verified.",
    ],
)
def test_no(sentence: str) -> None:
    assert polarity(sentence) == "no"


@pytest.mark.parametrize(
    "sentence",
    [
        "The army attacked the bridge.",
        "Did the army not attack the bridge?",
        "Do not touch the bridge.",
        "The army may not attack the bridge.",
        "The army did not say whether it attacked.",
        "It was not immediately clear who attacked.",
        "The mayor has not decided.",
        "None of the men was armed, the police confirmed.",
        "Nothing was lost, the ministry has confirmed.",
        "The army did not attack until Tuesday.",
        "The army will not attack if the talks go on.",
        "The army did not only attack the bridge.",
        "It is not the first attack on the bridge.",
        "The attack was not unexpected.",
        "The minister has not ruled out an attack.",
        "The soldiers who did not flee attacked the bridge.",
        "The town that did not fall was attacked.",
        "The mayor was in a town he had not seen.",
        "The army should never have attacked.",
        "The army should have never attacked.",
        "They attacked because the talks had not begun.",
        "If they had not attacked, the bridge would stand.",
        "There is no doubt about the attack.",
        "The firm denied that it had not paid.",
        "The office could not confirm that the guests had not left.",
        "The ministry confirmed the loss, but the bridge has not fallen.",
        "The army did not deny the attack.",
        "The army didn't deny the attack.",
        "He arrived no later than the others.",
    ],
)
def test_open(sentence: str) -> None:
    assert polarity(sentence) is None


@pytest.mark.parametrize(
    "sentence", ["The ministry has confirmed the attack.", "The mayor conceded the error.", "The report is true."]
)
def test_yes(sentence: str) -> None:
    assert polarity(sentence) == "yes"


@pytest.mark.parametrize(
    "unit", ["did not ", "is no ", "that no a ", "never ", "said that it did not ", "is ", "no a "]
)
def test_a_long_text_is_read(unit: str) -> None:
    # What took time of the square of the length would not end.
    assert polarity(unit * (80_000 // len(unit))) in ("yes", "no", None)
