"""Furniture is told from story: on pages in twenty layouts, and line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.furniture import losses, pages

from askdesk.reading import read
from askdesk.reading.furniture import reason

STORY = [
    "The bridge was closed to trains for a week, the railway company said, because steel had to be replaced.",
    "It carries two tracks across the firth and was opened on 4 March 1890 after seven years of work on it.",
]


@pytest.mark.parametrize("group", ["first", "second"])
def test_of_the_labelled_lines_nine_in_ten_are_found(group: str) -> None:
    scores = pages(group)
    assert len(scores) == 10
    total = sum(page.furniture for page in scores)
    missed = [line for page in scores for line in page.missed]
    assert total >= 150
    assert 1 - len(missed) / total >= 0.90, missed


@pytest.mark.parametrize("group", ["first", "second"])
def test_hardly_a_line_of_story_is_lost(group: str) -> None:
    scores = pages(group)
    lost = [line for page in scores for line in page.wrong]
    assert len(lost) <= 0.03 * sum(page.story for page in scores), lost
    assert [line for line in lost if len(line) > 80] == []


def test_of_the_sentences_that_answer_under_one_in_a_hundred_is_lost(bench: Path) -> None:
    cost = losses()
    assert cost.articles > 2400
    assert cost.holding > 4000
    assert len(cost.lost) < 0.01 * cost.holding
    assert len(cost.telling_lost) < 0.01 * cost.telling


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Skip to main content", "skip link"),
        ("2. Skip to menu", "skip link"),
        ("Skip next section What the river carries", "skip link"),
        ("https://a.example/x1", "permalink"),
        ("a.example/x1", "permalink"),
        ("Read: 726", "read counter"),
        ("1,204 views", "read counter"),
        ("5 min read", "read counter"),
        ("Image: AP Photo/picture alliance", "photo credit"),
        ("(Photo by the city archive)", "photo credit"),
        ("ADVERTISEMENT", "advertisement"),
        ("Story continues below advertisement", "advertisement"),
        ("Most read", "other headlines"),
        ("What to Read\xa0Next", "other headlines"),
        ("More about:", "other headlines"),
        ("Read more: The long bridge", "other headlines"),
        ("© 2024 Gazette. All rights reserved.", "rights notice"),
        ("Sign up for our newsletter", "newsletter"),
        ("We use cookies to improve this site.", "cookie notice"),
        ("Share on Facebook", "share links"),
        ("ab/cd (AFP, dpa)", "agency"),
        ("Reuters", "agency"),
        ("Home > World > Bridges", "breadcrumb"),
        ("News | Sport | Weather", "navigation"),
        ("[Home](/) · [World](/w)", "links"),
        ("14:40 CET", "time stamp"),
        ("* * *", "separator"),
    ],
)
def test_lines_known_by_their_words(line: str, why: str) -> None:
    assert reason(line) == why


@pytest.mark.parametrize(
    "line",
    [
        *STORY,
        "The copyright on the song expired in 2016.",
        "He signed up for the newsletter of the party in May.",
        "Advertising made up half of the company's revenue.",
        "More than 3,000 people read the notice in one day.",
        "She shared the photo on Facebook, and it was removed within an hour.",
        "Skipping breakfast does no harm, according to the study.",
        "Bridges and tunnels",
        "What we know so far",
        "Temperatures rose to 41 °C in Phoenix, the weather service said.",
        "The court said that cookies need consent.",
        "Lift-off",
        "AFP reported on Monday that the bridge is open.",
        "Read, who led the survey, said the steel was sound.",
        "10:1",
    ],
)
def test_lines_of_a_story_that_look_like_furniture(line: str) -> None:
    assert reason(line) == ""


def marked(*lines: str) -> dict[str, str]:
    reading = read("\n\n".join(lines).encode(), "story.txt")
    return {reading.text[mark.start : mark.end]: mark.value for mark in reading.marks if mark.kind == "furniture"}


def test_a_credit_glued_to_its_caption_is_marked_alone() -> None:
    caption = "Trains on the bridge in the regionImage: AP Photo/picture alliance"
    assert marked("Bridge closed", caption, *STORY) == {"Image: AP Photo/picture alliance": "photo credit"}


@pytest.mark.parametrize(
    "line",
    [
        "Published October 28, 2024, last updated October 29, 2024",
        "Published: 28 Oct 2024, 14:05 CET",
        "Last updated on Tuesday, 29 October 2024 at 9:15 am",
    ],
)
def test_a_line_of_nothing_but_the_day_of_publication_is_the_page_header(line: str) -> None:
    assert marked("Bridge closed to trains", line, *STORY) == {line: "page header"}
    assert marked("Bridge closed to trains", STORY[0], line, STORY[1]) == {line: "page header"}


@pytest.mark.parametrize(
    "line",
    [
        "28 October 2024",
        "The timetable was last updated on 28 October 2024",
        "Published October 28, 2024 in Leith",
        "Last updated",
    ],
)
def test_other_lines_that_hold_a_day_are_none(line: str) -> None:
    assert "page header" not in marked("Bridge closed to trains", line, *STORY).values()


def test_a_line_of_publication_far_down_is_none() -> None:
    assert marked("Bridge closed to trains", *STORY * 3, "Updated 29 October 2024", *STORY) == {}


def test_initials_behind_the_last_sentence_are_marked_alone() -> None:
    assert marked("Bridge closed", STORY[0], STORY[1] + " ab/cd (AFP, dpa)") == {"ab/cd (AFP, dpa)": "agency"}


def test_a_list_in_the_midst_ends_where_the_story_resumes() -> None:
    found = marked("Bridge closed", STORY[0], "Related stories", "Why steel grows tired with age", STORY[1])
    assert found == {"Related stories": "other headlines", "Why steel grows tired with age": "other headlines"}


def test_teasers_behind_the_story_are_furniture_and_a_last_paragraph_is_not() -> None:
    story = ["Bridge closed", *STORY, *STORY]
    teasers = ["Two ferries went out today, and one came back.", "A tunnel was dug, and it is wet inside again."]
    found = marked(*story, "Most read", "Ferries at sea again", teasers[0], "The wet tunnel again", teasers[1])
    assert set(teasers) <= set(found)
    assert teasers[0] not in marked(*story, "Most read", "Ferries at sea again", teasers[0])


def test_a_title_that_stands_twice_is_marked_once() -> None:
    reading = read(
        "\n\n".join(["Bridge closed to trains", "28 October 2024", "Bridge closed to trains", *STORY]).encode(), "a.txt"
    )
    copies = [mark for mark in reading.marks if mark.value == "repeated title"]
    assert [reading.text.index("Bridge closed", 5)] == [mark.start for mark in copies]


def test_announced_sections_are_headings() -> None:
    source = (
        "Bridge closed\n\n"
        + STORY[0]
        + "\n\nSkip next section Steel and age\nOctober 28, 2024\nSteel and age\n"
        + STORY[1]
    )
    reading = read(source.encode(), "a.txt")
    headings = [reading.text[mark.start : mark.end] for mark in reading.marks if mark.kind == "heading"]
    assert headings == ["Bridge closed", "Steel and age"]


def test_weather_and_date_above_the_title() -> None:
    found = marked("Sunday, January 12, 2025", "4 °C", "Amsterdam", "Bridge closed to trains", *STORY)
    assert set(found) == {"Sunday, January 12, 2025", "4 °C", "Amsterdam"}


def test_hard_wrapped_text_is_judged_by_its_paragraphs() -> None:
    wrapped = "Bridge closed to trains\n\nThe company gave notice that readers who want to know\nmore about the bridge can ask at\nthe station, and that trains will run\nagain from Monday on if all goes well.\n"
    reading = read(wrapped.encode(), "a.txt")
    assert [mark for mark in reading.marks if mark.kind == "furniture"] == []
