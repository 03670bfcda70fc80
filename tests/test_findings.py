from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdesk import Citation, Desk, Speaker
from askdesk.findings import asks_yes_or_no, findings, independent, timeline
from askdesk.questions import asked
from askdesk.types import Time

MARY = Speaker("Mary Hill", "the harbour master", "named")
JOHN = Speaker("John Brook", "", "named")


def quote(
    text: str,
    marked: str = "",
    document: str = "a",
    day: str | None = None,
    speaker: Speaker | None = None,
    times: tuple[Time, ...] = (),
    also_in: tuple[str, ...] = (),
) -> Citation:
    at = text.index(marked)
    return Citation(
        text=text,
        start=0,
        end=len(text),
        highlight=((at, at + len(marked)),) if marked else (),
        document_id=document,
        source=f"{document}.txt",
        title=document,
        publisher=None,
        published=None,
        page=None,
        line=1,
        url=None,
        score=0.5,
        also_in=also_in,
        speaker=speaker,
        times=times,
        reported=dt.date.fromisoformat(day) if day else None,
    )


def alike(one: str, other: str) -> float:
    """Takes the words of a question about the crane for the same, and no others."""
    return 1.0 if {one, other} <= {"workers", "staff"} or one.split()[:2] == other.split()[:2] else 0.0


def told(question: str, *quotes: Citation) -> list[tuple[str, str, int]]:
    found = findings(asked(question), quotes, {}, alike)
    return [(one.value, one.status, one.sources) for one in found]


def test_numbers_that_agree_are_one_finding() -> None:
    said = told(
        "How many workers does the yard have?",
        quote("The yard has 10,000 workers.", "10,000", "a", "2024-05-01"),
        quote("Some ten thousand workers are at the yard.", "ten thousand", "b", "2024-05-03"),
    )
    assert said == [("10,000 workers", "agreed", 2)]


def test_at_least_so_many_is_another_figure_than_many_more() -> None:
    question = "How many workers does the yard have?"
    least = quote("The yard has at least 3,000 workers.", "3,000", "a", "2024-05-01")
    more = quote("The yard has 10,000 workers.", "10,000", "b", "2024-05-03")
    near = quote("The yard has 3,200 workers.", "3,200", "c", "2024-05-03")
    assert told(question, least, more) == [
        ("at least 3,000 workers", "different", 1),
        ("10,000 workers", "different", 1),
    ]
    assert told(question, least, near) == [("at least 3,000 workers", "agreed", 2)]


def test_figures_of_other_things_are_no_finding() -> None:
    cost = "How much did the yard pay for the crane?"
    price = quote("The yard paid $3 million for the crane.", "$3 million", "a")
    assert told(cost, price, quote("The crane lifts 300 tons and has 20 workers.", "20", "b")) == [
        ("USD 3 million", "agreed", 1)
    ]
    killed = "How many workers were killed?"
    text = "The fire hurt 59 workers, killing 10."
    assert told(killed, quote(text, "10", "a")) == [("10", "agreed", 1)]


def test_an_unlikely_quote_counts_only_for_what_it_names() -> None:
    question = "How many workers does the yard have?"
    best = quote("The yard has 300 workers.", "300", "a")
    unnamed = dataclasses.replace(quote("The winning numbers were 16 and 34.", "16", "b"), score=0.05)
    other = dataclasses.replace(quote("The yard has 12 cranes.", "12", "c"), score=0.05)
    named = dataclasses.replace(quote("The yard has 200 workers.", "200", "d"), score=0.05)
    assert told(question, best, unnamed, other) == [("300 workers", "agreed", 1)]
    assert [value for value, _, _ in told(question, best, named)] == ["300 workers", "200 workers"]


def test_figures_in_quotes_about_other_matters_are_not_in_dispute() -> None:
    question = "How much did the city pay for the ferry?"
    one = quote("The city paid $3 million for the ferry.", "$3 million", "a")
    other = quote("A prize of $300 went to her.", "$300", "b")
    assert [status for _, status, _ in told(question, one, other)] == ["different", "different"]


def test_a_count_that_one_voice_lets_grow_has_changed() -> None:
    mayor = Speaker("Ida Moll", "mayor", "named")
    said = told(
        "How many workers were hurt?",
        quote("At least 5 workers were hurt.", "5", "a", "2024-05-01", mayor),
        quote("At least 12 workers were hurt.", "12", "b", "2024-05-02", mayor),
    )
    assert said == [("at least 5 workers", "changed", 1), ("at least 12 workers", "changed", 1)]


def test_one_text_is_in_no_dispute_with_itself() -> None:
    question = "How many workers does the yard have?"
    one = quote("The yard has 300 workers.", "300", "a", "2024-05-01")
    other = quote("The yard had 200 workers.", "200", "a", "2024-05-01")
    assert [status for _, status, _ in told(question, one, other)] == ["different", "different"]
    elsewhere = quote("The yard has 200 workers.", "200", "b", "2024-05-01")
    assert [status for _, status, _ in told(question, one, elsewhere)] == ["disputed", "disputed"]


def test_numbers_that_cannot_both_hold_are_disputed() -> None:
    said = told(
        "How many workers does the yard have?",
        quote("The yard has 10,000 workers.", "10,000", "a", speaker=MARY),
        quote("The yard has 4,000 staff.", "4,000", "b", speaker=JOHN),
    )
    assert said == [("10,000 workers", "disputed", 1), ("4,000 staff", "disputed", 1)]


def test_a_voice_that_says_another_number_later_has_changed_it() -> None:
    said = told(
        "How many workers does the yard have?",
        quote("The yard has 10,000 workers.", "10,000", "a", "2024-05-01", MARY),
        quote("The yard has 4,000 workers.", "4,000", "b", "2024-06-01", MARY),
    )
    assert [status for _, status, _ in said] == ["changed", "changed"]


def test_figures_of_different_things_are_not_in_dispute() -> None:
    said = told(
        "How many workers does the yard have?",
        quote("The yard has 10,000 workers.", "10,000", "a"),
        quote("The yard has trained 300 workers.", "300", "b"),
        quote("The yard has 40 cranes.", "40", "c"),
    )
    assert [status for _, status, _ in said] == ["different", "different", "different"]


def test_yes_and_no_are_laid_side_by_side() -> None:
    first = quote("Hill cannot confirm that the crane is broken.", "", "a", "2024-05-01", MARY)
    later = quote("Hill confirmed that the crane is broken.", "", "b", "2024-05-09", MARY)
    question = "Did Hill confirm that the crane is broken?"
    assert told(question, first, later) == [("no", "changed", 1), ("yes", "changed", 1)]


def test_days_and_persons() -> None:
    days = tuple(Time(24, 29, dt.date(2024, 5, day), dt.date(2024, 5, day)) for day in (1, 2))
    quotes = [
        quote("The crane was set up on 1 May.", "1 May", at, times=(day,)) for at, day in zip("ab", days, strict=True)
    ]
    assert [one[:2] for one in told("When was the crane set up?", *quotes)] == [
        ("2024-05-01", "disputed"),
        ("2024-05-02", "disputed"),
    ]
    named = [
        quote("The crane was paid for by Mary Hill.", "Mary Hill", "a"),
        quote("The crane was paid for by Hill.", "Hill", "b"),
        quote("The crane was paid for by John Brook.", "John Brook", "c"),
    ]
    assert told("Who paid for the crane?", *named) == [
        ("Mary Hill", "disputed", 2),
        ("John Brook", "disputed", 1),
    ]


def test_no_findings_where_no_value_is_asked_for() -> None:
    assert told("Why was the crane bought?", quote("It was bought because 3 others broke.", "3")) == []


def test_carriers_of_the_same_words_are_one_source() -> None:
    one, copy, other = (
        quote("Text", document="a", also_in=("b",)),
        quote("Text", document="c"),
        quote("T", document="d"),
    )
    assert independent([one], {}) == 1
    assert independent([one, copy, other], {}) == 3
    assert independent([one, copy, other], {"b": "b", "c": "b"}) == 2
    assert independent([quote("x", document="a"), quote("y", document="a")], {}) == 1
    assert independent([], {}) == 0


def test_the_timeline_goes_by_the_day_spoken_of_then_by_publication() -> None:
    past = quote(
        "In 2020", document="a", day="2024-06-01", times=(Time(0, 7, dt.date(2020, 1, 1), dt.date(2020, 12, 31)),)
    )
    may, june, never = quote("a", day="2024-05-01"), quote("b", day="2024-06-01"), quote("c")
    assert timeline([never, june, may, past]) == (past, may, june, never)


@pytest.mark.parametrize(
    ("question", "wants"),
    [("Did Hill confirm it?", True), ("And is it true?", True), ("Who did it?", False), ("May Hill sang?", True)],
)
def test_questions_that_want_yes_or_no(question: str, wants: bool) -> None:
    assert asks_yes_or_no(question) == wants


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    if text:
        findings(asked("How many?"), [quote(text, text[:1])], {}, alike)
        findings(asked("Is it?"), [quote(text)], {}, alike)


def test_an_answer_lays_its_findings_side_by_side(tmp_path: Path) -> None:
    reports = {
        "a.txt": "The yard of Orsa has 420 workers, Mary Hill, the harbour master, said.",
        "b.txt": "There are 290 workers at the yard of Orsa, according to John Brook of the union.",
        "c.txt": "The ferry of Orsa stops in winter.",
    }
    for name, text in reports.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Desk(tmp_path / "store") as desk:
        desk.index(tmp_path)
        answer = desk.ask("How many workers does the yard of Orsa have?")
        assert {(one.value, one.status) for one in answer.findings} == {
            ("420 workers", "disputed"),
            ("290 workers", "disputed"),
        }
        assert {one.speaker.name for one in answer.citations if one.speaker} == {"Mary Hill", "John Brook"}
        assert answer.sources == 2
        only = desk.ask("How many workers does the yard of Orsa have?", said_by="Brook")
        assert [one.speaker.name for one in only.citations if one.speaker] == ["John Brook"]
        nobody = desk.ask("How many workers does the yard of Orsa have?", said_by="Ann Lake")
        assert not nobody.found
        assert "Ann Lake" in (nobody.reason or "")


def test_the_number_of_what_is_counted_is_taken() -> None:
    text = "Nineteen cranes and two ferries were sold over 20 years."
    assert told("How many cranes were sold?", quote(text, "two")) == [("19 cranes", "agreed", 1)]
    assert told("How many ferries were sold?", quote(text, "20 years")) == [("2 ferries", "agreed", 1)]
    assert told("How many harbours were sold?", quote(text, "20 years")) == []


def test_a_negation_about_something_else_is_no_answer() -> None:
    question = "Did Hill wait outside the harbour?"
    assert told(question, quote("She does not wear a coat.")) == []
    assert told(question, quote("She did not wait there.")) == [("no", "agreed", 1)]
