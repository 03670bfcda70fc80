"""Questions that hold two, that ask for a statement's sources, and that name a voice or a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from askdesk import Answer, Desk, evidence
from askdesk.corroboration import told_by_sources
from askdesk.evidence import THERE, of_names, of_topic
from askdesk.names import Variants
from askdesk.parting import parts
from askdesk.preferring import asked_speaker, asked_voice, asks_who_said
from askdesk.text import sentences
from askdesk.topics import Topic, holds, topic


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


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("How did Mary Hill explain the delay?", "Mary Hill"),
        ("And what did Mary Hill answer the union?", "Mary Hill"),
        ("What did Mary Hill call the ferry?", None),
        ("What did the union say?", None),
        ("What did Orsa's harbour master say?", None),
        ("How did she respond to the union?", None),
        ("What is the price, according to Mary Hill?", None),
    ],
)
def test_whose_words_alone_a_question_wants_by_name(question: str, speaker: str | None) -> None:
    assert asked_speaker(question) == speaker


@pytest.mark.parametrize(
    ("question", "said_by", "wanted"),
    [
        ("What did Mary Hill say about the crane?", None, Topic(("crane",), said=True, voice="Mary Hill")),
        ("How did the union react to the strike", None, Topic(("strike",), said=True, voice="the union")),
        (
            "What is the harbour master's view of the old crane?",
            None,
            Topic(("old", "crane"), said=True, voice="harbour master"),
        ),
        ("What was the reaction of the union to the strike?", None, Topic(("strike",), said=True, voice="the union")),
        ("Who said anything about the crane?", None, Topic(("crane",), said=True)),
        ("Who spoke about the crane?", None, Topic(("crane",), said=True)),
        ("What about the crane?", "Mary Hill", Topic(("crane",), said=True, voice="Mary Hill")),
        ("Is there anything about cranes?", None, Topic(("crane",))),
        ("What is the latest on the crane?", None, Topic(("crane",))),
        ("What do the documents say about the crane?", None, Topic(("crane",))),
        ("Tell me more about the crane.", None, Topic(("crane",))),
        ("What happened in Orsa?", None, Topic(("orsa",), frozenset({"orsa"}))),
        ("harbour crane", None, Topic(("harbour", "crane"))),
        ("What about the crane?", None, None),
        ("What did he say about the crane?", None, None),
        ("What did Mary Hill say?", None, None),
        ("What did Mary Hill deny about the crane?", None, None),
        ("What did the mayor pay on the crane?", None, None),
        ("Does the union have anything on cranes?", None, None),
        ("Do you have anything on cranes?", None, Topic(("crane",))),
        ("What do we know about the crane?", None, Topic(("crane",))),
        ("What else do my reports tell us about the crane?", None, Topic(("crane",))),
        ("How many workers did the union say were hurt?", None, None),
        ("Who said that the crane broke?", None, None),
        ("What is the cost of the crane?", None, None),
        ("What is the name of the ship?", None, None),
        ("How heavy is the crane", None, None),
        (
            "What did  Mary Hill\nsay about" + " " * 9_000 + "the crane?",
            None,
            Topic(("crane",), said=True, voice="Mary Hill"),
        ),
        ("What is the latest on " + "the crane and " * 30, None, None),
    ],
)
def test_questions_that_want_what_is_said_about_a_topic(
    question: str, said_by: str | None, wanted: Topic | None
) -> None:
    assert topic(question, said_by) == wanted


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


def test_words_about_a_topic_are_found_where_that_voice_says_them(desk: Desk) -> None:
    for question, said_by in (
        ("What did Mary Hill say about the repair?", None),
        ("How did Mary Hill comment on the repair?", None),
        ("What about the repair?", "Mary Hill"),
    ):
        answer = desk.ask(question, said_by=said_by)
        assert answer.found
        assert answer.confidence >= THERE
        assert "two weeks" in answer.citations[0].text


def test_words_of_somebody_who_says_nothing_are_less_sure(desk: Desk) -> None:
    speaks = desk.ask("What did Mary Hill say about the timber?", min_confidence=0)
    silent = desk.ask("What did Peter Marsh say about the timber?", min_confidence=0)
    assert silent.confidence < speaks.confidence < THERE


@pytest.mark.parametrize(
    ("question", "silent"),
    [
        ("What did Mary Hill say the ferry of Orsa does in winter?", True),
        ("What did Mary Hill say about the ferry of Orsa that stops in winter?", True),
        ("What did Mary Hill tell the union of the repair?", False),
    ],
)
def test_what_stands_where_the_voice_is_silent_is_less_sure(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, question: str, silent: bool
) -> None:
    doubted = desk.ask(question, min_confidence=0).confidence
    monkeypatch.setattr(evidence, "ABSENT", 1.0)
    assert (doubted < desk.ask(question, min_confidence=0).confidence) is silent


@pytest.mark.parametrize(
    "question",
    ["Is there anything about timber?", "What is the latest on timber?", "ships timber", "Who spoke about repair?"],
)
def test_what_stands_about_a_topic_is_found(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.confidence >= THERE
    assert ("repair" if "repair" in question else "timber") in answer.citations[0].text


def test_what_is_asked_about_is_there_may_be_there_or_is_not() -> None:
    assert of_topic(0.3, there=True, touched=True) == THERE
    assert of_topic(0.95, there=True, touched=True) == 0.95
    assert of_topic(0.3, there=False, touched=True) == 0.3
    assert of_topic(0.3, there=False, touched=False) < 0.1


@pytest.mark.parametrize(
    ("source", "words", "there"),
    [
        ("herald.txt", "harbour crane", True),
        ("herald.txt", "harbourage crane", False),
        ("post.txt", "John Brooke", True),
        ("post.txt", "John Marsh", False),
    ],
)
def test_names_of_a_topic_may_be_spelled_otherwise(desk: Desk, source: str, words: str, there: bool) -> None:
    (document,) = (desk.document(info.id) for info in desk.documents() if info.source.endswith(source))
    wanted = topic(words)
    assert wanted is not None
    assert any(holds(wanted, document, span) for span in sentences(document.text)) is there


@pytest.mark.parametrize("question", ["Is there anything about submarines?", "What is the latest on Paris?"])
def test_nothing_about_a_topic_is_said_to_be_nothing(desk: Desk, question: str) -> None:
    assert desk.ask(question).confidence < 0.1


def test_a_long_run_of_spaces_takes_no_time(desk: Desk) -> None:
    answer = desk.ask("What did Mary Hill say" + " " * 99_000 + "of the repair?")
    assert "two weeks" in answer.citations[0].text


def test_yes_or_no_about_what_is_nowhere_named_is_less_sure(desk: Desk) -> None:
    around = ["Harbour news", "The new crane of Orsa broke down on Thursday, said Mary Hill."]
    for question in ("Did the crane of Orsa break?", "Is Ms Hill hurt?", "Has it broken?"):
        assert of_names(0.5, question, (), around) == 0.5
    assert of_names(0.5, "Did the crane of Varberg break?", (), around) < 0.2
    assert of_names(0.5, "Did the crane of Varberg break?", (Variants(17, 24, ("Orsa",)),), around) == 0.5
    assert not desk.ask("Did the new crane of Varberg break down on Thursday?").found


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


@pytest.mark.parametrize(
    ("question", "second"),
    [
        ("What did bread cost when the mill shut, and what in mid-May?", "What did bread cost in mid-May?"),
        (
            "Where did Hale stand on the dam in March 2023, and where in April?",
            "Where did Hale stand on the dam in April?",
        ),
        (
            "What share of them turned down the first offer, and what share the second one?",
            "What share of them turned down the second offer?",
        ),
        (
            "How many boats were lost on the day of the storm, and how many more than a week later?",
            "How many boats were lost more than a week later?",
        ),
        ("Where did he stand on Monday, and where at the end of that week?", "where at the end of that week?"),
        ("Where was the pier built, and when in 1990 did it burn?", "when in 1990 did it burn?"),
        ("What share of them stayed, and what share the second time?", "what share the second time?"),
        ("How many were sent in May, and how much in June?", "how much in June?"),
    ],
)
def test_what_a_second_question_leaves_unsaid_is_taken_from_the_first(question: str, second: str) -> None:
    assert parts(question)[1] == second
