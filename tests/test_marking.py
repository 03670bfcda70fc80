from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdesk import Desk, Document, InvalidFilter
from askdesk.citing import cite
from askdesk.marking import marked
from askdesk.marks import known_by, reported, speaker_of, times_in
from askdesk.reading import read
from askdesk.text import sentences
from askdesk.types import Mark, Reading

PAGE = """The harbour of Orsa: all that happened

Published May 1, 2024, last updated May 3, 2024

May 3, 2024
Crane breaks down
The new crane of Orsa broke down on Friday, Mary Hill, the harbour master, said. It had lifted 40 tonnes too much.
https://p.example/b

May 1, 2024
Crane set up
The new crane of Orsa was set up on Wednesday. It can lift eighty tonnes, John Brook told reporters.
https://p.example/a
"""


def document(reading: Reading) -> Document:
    return Document(
        "id",
        "a.txt",
        "t",
        None,
        reading.published,
        reading.updated,
        None,
        "",
        1,
        text=reading.text,
        marks=reading.marks,
    )


def test_items_of_a_page_have_their_own_day() -> None:
    page = document(marked(read(PAGE.encode(), "page.txt")))
    broke, setup = page.text.index("The new crane of Orsa broke"), page.text.index("The new crane of Orsa was")
    assert (page.published, page.updated) == (dt.date(2024, 5, 1), dt.date(2024, 5, 3))
    assert reported(page, broke) == dt.date(2024, 5, 3)
    assert reported(page, setup) == dt.date(2024, 5, 1)
    assert not known_by(page, broke, dt.date(2024, 5, 2))
    assert known_by(page, setup, dt.date(2024, 5, 2))
    assert not known_by(page, 0, dt.date(2024, 5, 2))  # outside the items it counts by the update
    assert known_by(page, 0, dt.date(2024, 5, 3))


def test_days_and_speakers_are_marked_beside_the_text() -> None:
    page = document(marked(read(PAGE.encode(), "page.txt")))
    line = page.text.index("The new crane of Orsa broke")
    span = (line, page.text.index("\n", line))
    assert [(time.first, page.text[time.start : time.end]) for time in times_in(page, span)] == [
        (dt.date(2024, 5, 3), "on Friday")
    ]
    speaker = speaker_of(page, span)
    assert speaker is not None
    assert (speaker.name, speaker.status) == ("Mary Hill", "named")
    assert "harbour master" in speaker.role
    assert speaker_of(page, (0, 10)) is None


def test_furniture_is_not_marked_and_marking_twice_changes_nothing() -> None:
    text = "On Monday, Mary Hill said that it rains.\nAdvertisement: come on Tuesday, Hill said."
    wall = Mark("furniture", text.index("Advert"), len(text), "advertisement")
    once = marked(Reading(text, (wall,), published=dt.date(2024, 5, 8)))
    assert {mark.kind for mark in once.marks} == {"furniture", "time", "said"}
    assert all(mark.end <= wall.start for mark in once.marks if mark.kind != "furniture")
    assert marked(once) == once


PIECES = (
    *("Mary Hill", "Hill", "the harbour master", "a spokesman", "The ministry", "he", "She", "Reuters", "who", "that"),
    *("said", "says", "told", "according to", "citing", "and said", "warned", "confirmed", "was", "has", "will", "not"),
    *("on Monday", "last week", "since August", "28 October 2024", "2024-10-28", "two days ago", "today", "in", "May"),
    *(
        "10,000",
        "some",
        "“",
        "”",
        '"',
        "'",
        "'s",
        "’s",
        ".",
        "...",
        ",",
        ":",
        "—",
        "-",
        "(",
        ")",
        "_",
        "__",
        "\n",
        "\n\n",
    ),
    *(
        "U.S.",
        "No. 5",
        "é",
        "ß",
        "İ",
        "中",
        "\u200b",
        "\u00a0",
        "\u2028",
        "1",
        "½",
        "²",
        "%",
        "$",
        "Mr.",
        "q",
        "Q:",
        "A:",
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from((" ", "")))
def test_marks_lie_within_any_news(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    for mark in marked(Reading(text, publisher="Reuters", published=dt.date(2024, 5, 8))).marks:
        assert 0 <= mark.start < mark.end <= len(text)


@given(st.text(max_size=400))
def test_marks_lie_within_any_text(text: str) -> None:
    for mark in marked(Reading(text, published=dt.date(2024, 5, 8))).marks:
        assert 0 <= mark.start < mark.end <= len(text)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "undated.txt").write_text("The new crane of Orsa was painted red.", encoding="utf-8")
    made = Desk(tmp_path / "store")
    made.index(tmp_path)
    return made


def test_as_of_answers_as_if_nothing_later_was_published(desk: Desk) -> None:
    with desk:
        for day in ("2024-05-01", dt.date(2024, 5, 2)):
            answer = desk.ask("What happened to the new crane of Orsa?", as_of=day, min_confidence=0)
            assert answer.citations
            assert not any("broke" in one.text or "painted" in one.text for one in answer.citations)
            assert not any("broke" in hit.passage.text for hit in answer.hits)
        later = desk.ask("Did the new crane of Orsa break down?", as_of="2024-05-03", min_confidence=0)
        assert any("broke" in one.text for one in later.citations)
        assert not desk.ask("What happened to the new crane of Orsa?", as_of="2024-04-30", min_confidence=0).found


def test_wrong_filters_are_named(desk: Desk) -> None:
    with desk:
        with pytest.raises(InvalidFilter, match="as_of"):
            desk.ask("Did the crane break?", as_of="May")
        with pytest.raises(InvalidFilter, match="said_by"):
            desk.ask("Did the crane break?", said_by=" ")


def test_a_quote_is_said_by_who_says_its_answer_or_what_stands_before_it() -> None:
    text = "The bill had stood at 3,000 crowns. Mary Hill said that it will soon be 12,000 crowns. It is not paid."
    said = text.index("it will")
    value = json.dumps(["Mary Hill", "", "named", ""])
    page = Document(
        "id",
        "a.txt",
        "t",
        None,
        None,
        None,
        None,
        "",
        1,
        text=text,
        marks=(Mark("said", said, text.index(" It is not"), value),),
    )
    first, second, third = sentences(text)
    speakers = [cite(page, (0, len(text)), one, (), 1.0, ()).speaker for one in (first, second, third)]
    assert [speaker and speaker.name for speaker in speakers] == [None, "Mary Hill", "Mary Hill"]


TABLE = """what,figure,given by,note
"Cranes, new",40,Mary Hill,They came in May.
Cranes sold,about 12,a source in the port,Nothing was seen of them; John Brook denied that they were sold.
Ships,3,,Nobody counted.
broken,row
"""


def said_in(table: str, words: str, name: str = "a.csv") -> tuple[str, str] | None:
    made = document(marked(read(table.encode(), name)))
    at = made.text.index(words)
    speaker = speaker_of(made, (at, at + len(words)))
    return (speaker.name, speaker.status) if speaker else None


def test_a_column_tells_who_gives_what_stands_in_a_row() -> None:
    assert said_in(TABLE, "Cranes, new") == ("Mary Hill", "named")
    assert said_in(TABLE, "about 12") == ("a source in the port", "unnamed")
    assert said_in(TABLE, "Ships") is None
    assert said_in(TABLE, "broken") is None
    assert said_in(TABLE.replace(",", "\t").replace("Cranes\t", "Cranes,"), "about 12") == (
        "a source in the port",
        "unnamed",
    )


def test_a_cell_may_tell_of_another_voice() -> None:
    assert said_in(TABLE, "John Brook denied that they were sold") == ("John Brook", "named")


def test_other_tables_and_texts_have_no_such_column() -> None:
    assert said_in(TABLE.replace("given by", "source"), "Cranes, new") is None
    assert said_in(TABLE, "Cranes, new", "a.txt") is None
    assert said_in("speaker,said by\nMary,John\n", "Mary") is None
    assert said_in('what,given by\n,\n"open,x\nlast,Mary Hill\n', "last") == ("Mary Hill", "named")
