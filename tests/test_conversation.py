"""Follow-ups are understood: what they refer to is put in, and what stands alone is left alone."""

from __future__ import annotations

import pytest

from askdesk.conversation import standalone, understood
from askdesk.types import Answer, Citation

SENT = "How many soldiers did North Korea send?"


def shown(question: str, quote: str, *highlight: str) -> Answer:
    """An answer that shows one quote with words highlighted in it."""
    spans = tuple((quote.index(words), quote.index(words) + len(words)) for words in highlight)
    cited = Citation(quote, 0, len(quote), spans, "d", "d.txt", "D", None, None, None, 1, None, 0.9)
    return Answer(question, question, True, 0.9, (cited,), (), None)


def declined(question: str) -> Answer:
    return Answer(question, question, False, 0.1, (), (), "Your documents do not say.")


@pytest.mark.parametrize(
    ("earlier", "question", "expected"),
    [
        (SENT, "And how many vehicles?", "How many vehicles did North Korea send?"),
        (SENT, "And in October?", "How many soldiers did North Korea send in October?"),
        (SENT, "And according to Seoul?", "How many soldiers did North Korea send according to Seoul?"),
        (SENT, "What about Iran?", "How many soldiers did Iran send?"),
        (SENT, "Why?", "Why did North Korea send soldiers?"),
        (SENT, "how many of them were killed?", "How many of the soldiers were killed (North Korea)?"),
        (SENT, "How many were killed?", "How many soldiers were killed (North Korea)?"),
        (SENT, "Who opposes it?", "Who opposes North Korea sending soldiers?"),
        ("What happened in Tarn in May 2019?", "And in June?", "What happened in Tarn in June 2019?"),
        ("How many ran for the bridge in Vell?", "And against it?", "How many ran against the bridge in Vell?"),
        (
            "How many beds does the Orr Clinic have in Tarn?",
            "And Vell?",
            "How many beds does the Orr Clinic have in Vell?",
        ),
        ("How many boats has Orsa?", "And how many does Vell have?", "How many boats does Vell have?"),
        ("How many people died in Orsa?", "And how many were rescued?", "How many people were rescued (Orsa)?"),
        ("When will the library of Tarn open?", "How much will it cost?", "How much will the library of Tarn cost?"),
        ("How tall is the tower in Vell?", "Since when does it lean?", "Since when does the tower in Vell lean?"),
        ("Who is the mayor of Orsa?", "Where was she born?", "Where was the mayor of Orsa born?"),
        ("What did Ilse Maron build?", "When did her firm fail?", "When did Ilse Maron's firm fail?"),
        (
            "When was the mill in Tarn built?",
            "How many people work there?",
            "How many people work at the mill in Tarn?",
        ),
        ("How many were hurt in the fire?", "Was anyone arrested?", "Was anyone arrested in the fire?"),
    ],
)
def test_a_follow_up_is_put_into_natural_words(earlier: str, question: str, expected: str) -> None:
    assert standalone(question, [earlier]) == expected


def test_what_no_rule_fits_has_the_earlier_question_behind_it() -> None:
    assert standalone("Who said so?", [SENT]) == f"Who said so? ({SENT})"
    assert standalone("Is that true?", [SENT]) == f"Is that true? ({SENT})"


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of Latvia?",
        "  How many tanks did Poland send to Kyiv ?",
        "And how many tanks did Poland send?",
        "Did Rutte say when he would travel?",
        "What is inflation?",
        "Since when is Ilse Maron head of the harbour?",
        "Is it true that the harbour of Orsa froze?",
        "Und wie viele Fahrzeuge?",
        "Combien de soldats ont été tués et par qui ?",
        "Wat is de hoofdstad van het land?",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(question: str) -> None:
    found = understood(question, [SENT])
    assert found.text == question
    assert found.carried == ()


def test_without_history_everything_is_left_alone() -> None:
    assert standalone("And why?", []) == "And why?"
    assert standalone("And why?", ["", "  ", "?"]) == "And why?"


def test_history_in_another_language_carries_nothing() -> None:
    assert standalone("Warum?", ["Wie viele Boote hat Orsa?"]) == "Warum?"


def test_he_and_she_are_whom_the_quote_named() -> None:
    who = shown(
        "Who confirmed the repairs?", "The engineer, Director Ilse Maron, confirmed them.", "Director Ilse Maron"
    )
    assert standalone("What did she say about costs?", [who]) == "What did Ilse Maron say about costs?"


def test_the_only_new_name_in_the_quote_serves_where_none_is_highlighted() -> None:
    who = shown("Who confirmed the repairs in Tarn?", "The repairs in Tarn were confirmed by Ilse Maron.")
    assert standalone("When was she born?", [who]) == "When was Ilse Maron born?"
    several = shown("Who confirmed the repairs?", "They were confirmed by Ilse Maron and by Tobin Marsk.")
    assert standalone("When was she born?", [several]) == "When was she born? (Who confirmed the repairs?)"


def test_a_post_and_its_holder_come_together() -> None:
    who = shown("Who is the mayor of Orsa?", "Mayor Edda Corven was there.", "Mayor Edda Corven")
    assert standalone("Since when?", [who]) == "Since when is Edda Corven the mayor of Orsa?"


def test_a_declined_answer_carries_only_its_question() -> None:
    assert standalone("When was she born?", [declined("Who confirmed it?")]) == "When was she born? (Who confirmed it?)"


def test_a_person_is_remembered_over_a_question_about_something_else() -> None:
    who = shown("Who is the mayor of Orsa?", "Mayor Edda Corven was there.", "Edda Corven")
    history: list[str | Answer] = [who, "How long is the bridge?"]
    assert standalone("What did she promise?", history) == "What did Edda Corven promise?"


def test_the_short_answer_stands_in_the_brackets() -> None:
    who = shown("Who designed the line?", "Rudholt & Daughters designed the line.", "Rudholt & Daughters")
    expected = "Where is it based? (Who designed the line? Rudholt & Daughters)"
    assert standalone("Where is it based?", [who]) == expected


def test_quotes_tell_a_place_from_who_acts() -> None:
    employs = shown("How many people does Vossel employ in Lundby?", "Vossel employs 640 in Kaldmar and 210 in Lundby.")
    assert standalone("What about Kaldmar?", [employs]) == "How many people does Vossel employ in Kaldmar?"


def test_follow_ups_build_on_each_other() -> None:
    history = [SENT, "And how many vehicles?", "And in October?"]
    assert standalone("And according to Seoul?", history) == (
        "How many vehicles did North Korea send in October according to Seoul?"
    )
    assert standalone("Why?", [SENT, "And how many vehicles?"]) == "Why did North Korea send vehicles?"


def test_answers_carry_how_their_question_was_understood() -> None:
    understood_so = Answer("And vehicles?", "How many vehicles did Iran send?", False, 0.1, (), (), "No.")
    assert standalone("And in May?", [understood_so]) == "How many vehicles did Iran send in May?"


def test_a_new_subject_drops_the_old_one() -> None:
    history = [SENT, "What is the capital of Latvia?"]
    assert standalone("And its population?", history) == "What is the population of Latvia?"
    assert standalone("How many people live there?", history) == "How many people live in Latvia?"
    assert "Korea" not in standalone("And Estonia?", history)


def test_thanks_are_no_subject() -> None:
    assert standalone("Why?", [SENT, "Thank you!", "Good to know."]) == "Why did North Korea send soldiers?"


def test_a_country_that_acts_is_not_taken_for_a_person() -> None:
    assert standalone("What did he say?", [SENT]) == f"What did he say? ({SENT})"


def test_what_was_carried_is_told() -> None:
    assert understood("And how many vehicles?", [SENT]).carried == ("did North Korea send",)
    assert understood("Who said so?", [SENT]).carried == ("How many soldiers did North Korea send",)


def test_a_long_conversation_does_not_pile_up() -> None:
    history = [SENT, *["Who said so?", "Is that true?"] * 200]
    assert len(standalone("Who said that?", history)) < 800


@pytest.mark.parametrize(
    "text", ["(" * 4000, "and " * 100_000, "he " * 100_000, "\ud800 who is it", "\x00", "A" * 1_000_000]
)
def test_odd_texts_are_taken_and_can_be_searched_for(text: str) -> None:
    for question, history in (("And why is it so?", [text, SENT, text]), (text[:4000], [SENT]), ("It?", [text])):
        made = standalone(question, history)
        if question.isascii():
            made.encode()
