"""Questions that hold two, that ask for a statement's sources, and that name a voice or a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from askdesk import Answer, Desk
from askdesk.corroboration import told_by_sources
from askdesk.parting import parts
from askdesk.preferring import asked_voice, asks_who_said


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("How heavy is the crane, and who paid for it?", ("How heavy is the crane?", "who paid for it?")),
        ("Where is Orsa? How many people live there?", ("Where is Orsa?", "How many people live there?")),
        ("When was it built and by whom was it paid?", ("When was it built?", "by whom was it paid?")),
        ("Who knows when and where it was built?", ("Who knows when and where it was built?",)),
        ("Who paid and when?", ("Who paid and when?",)),
        ("Who are the mayor and the harbour master?", ("Who are the mayor and the harbour master?",)),
        ("What? Why? Who? How? When?", ("What? Why? Who? How? When?",)),
        ("", ("",)),
    ],
)
def test_a_question_with_two_questions_has_parts(question: str, held: tuple[str, ...]) -> None:
    assert parts(question) == held


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many sources say that the crane broke down?", "the crane broke down"),
        ("Which independent reports mention the strike?", "the strike"),
        ("Is it said by more than one source that the crane broke?", "the crane broke"),
        ("By how many outlets, independent of each other, is it reported that it broke?", "it broke"),
        ("In how many documents does it say that the crane broke?", "the crane broke"),
        ("How many cranes does the harbour have?", None),
        ("Which sources of income does Orsa have?", None),
        ("Who reported that the crane broke?", None),
    ],
)
def test_questions_about_the_sources_of_a_statement(question: str, told: str | None) -> None:
    assert told_by_sources(question) == told


@pytest.mark.parametrize(
    ("question", "voice"),
    [
        ("What did Mary Hill say about the crane?", "Mary Hill"),
        ("How many workers were hurt, according to the union?", "the union"),
        ("What did he say about the crane?", None),
        ("Who said that the crane broke?", None),
        ("What does the crane cost?", None),
    ],
)
def test_whose_words_a_question_wants(question: str, voice: str | None) -> None:
    assert asked_voice(question) == voice


def test_questions_for_a_speaker() -> None:
    assert asks_who_said("Who said that the crane broke?")
    assert asks_who_said("And who warned of it?")
    assert not asks_who_said("Who paid for the crane?")


REPORTS = {
    "post.txt": "Harbour news\nMay 2, 2024\n\nThe new crane of Orsa broke down on Thursday. Mary Hill, the harbour "
    "master, said that the repair would take two weeks. John Brook of the union said that it would take a year.\n",
    "herald.txt": "From the quays\nMay 3, 2024\n\nIn the harbour of Orsa the new crane broke down this week. Nobody was "
    "hurt, and the ships for timber were sent to Lund.\n",
    "copy.txt": "Harbour news\n\nThe new crane of Orsa broke down on Thursday. Mary Hill, the harbour "
    "master, said that the repair would take two weeks. John Brook of the union said that it would take a year.\n",
    "other.txt": "The ferry of Orsa stops in winter, as it has done for a hundred years.\n",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    made = Desk(folder / "store")
    made.index(folder)
    return made


def sources(answer: Answer) -> set[str]:
    return {Path(one.source).name for one in answer.citations}


def test_near_copies_are_one_group_and_one_source(desk: Desk) -> None:
    assert [[Path(info.source).name for info in group] for group in desk.copies()] == [["post.txt", "copy.txt"]]
    answer = desk.ask("How many sources say that the new crane of Orsa broke down?")
    assert [(one.value, one.sources) for one in answer.findings] == [("2 independent sources", 2)]
    assert "herald.txt" in sources(answer)
    assert answer.sources == 2
    assert answer.standalone_question == "the new crane of Orsa broke down"


def test_a_statement_that_no_source_makes_is_declined(desk: Desk) -> None:
    answer = desk.ask("How many sources say that the mayor of Lund has been arrested?")
    assert not answer.found
    assert "no sentence" in (answer.reason or "")


def test_the_voice_that_is_asked_for_comes_first(desk: Desk) -> None:
    for name, said in (("Mary Hill", "two weeks"), ("John Brook", "a year"), ("the harbour master", "two weeks")):
        answer = desk.ask(f"How long will the repair of the crane take, according to {name}?", min_confidence=0)
        assert said in answer.citations[0].text


def test_a_question_with_two_questions_is_answered_in_parts(desk: Desk) -> None:
    answer = desk.ask("When did the crane of Orsa break down, and what stops in winter?", min_confidence=0, limit=4)
    assert [part.question for part in answer.parts] == [
        "When did the crane of Orsa break down?",
        "what stops in winter?",
    ]
    assert {"other.txt"} <= sources(answer.parts[1])
    assert answer.citations == tuple(dict.fromkeys(one for part in answer.parts for one in part.citations))
    assert answer.confidence == min(part.confidence for part in answer.parts)
    assert all(len(part.citations) <= 2 for part in answer.parts)


def test_filters_hold_where_the_sources_of_a_statement_are_asked_for(desk: Desk) -> None:
    question = "How many sources say that the repair will take two weeks?"
    assert desk.ask(question, said_by="Mary Hill", min_confidence=0.4).found
    brook = desk.ask(question, said_by="John Brook", min_confidence=0.4)
    assert all(one.speaker is not None and "Brook" in one.speaker.name for one in brook.citations)
    assert not desk.ask("How many sources say that the crane of Orsa broke down?", min_confidence=1).found
