"""What texts tell of themselves: dates that are their own and dates that are not, titles, publishers, origins."""

from __future__ import annotations

import datetime as dt
import sys

import pytest

from askdesk.reading import read
from askdesk.reading.dates import Printed, find_dates, parse_date
from askdesk.types import Reading

STORY = (
    "The bridge was closed to trains for a week, the railway company said, because steel had to be replaced.\n\n"
    "It carries two tracks across the firth and was opened on 4 March 1890 after seven years of work on it.\n"
)
TITLE = "Bridge closed to trains for a week"
DAY = dt.date(2024, 10, 28)


def text(*head: str, tail: str = "") -> Reading:
    return read(("\n".join(head) + f"\n\n{STORY}{tail}").encode(), "story.txt")


@pytest.mark.parametrize(
    "line",
    [
        "Published October 28, 2024",
        "Published: 28 Oct 2024, 14:05 CET",
        "28 October 2024",
        "Monday, October 28th, 2024",
        "By the railway desk | 28.10.2024",
        "2024-10-28",
        "Brussels, 28 October 2024 (AFP)",
        "BRUSSELS (Reuters) Oct 28, 2024",
        "Edinburgh (AFP) - Oct. 28, 2024, 6 pm",
        "am 28. Oktober 2024",
        "28 octobre 2024",
    ],
)
def test_the_day_between_title_and_story_is_its_own(line: str) -> None:
    assert text(TITLE, "", line).published == DAY


def test_published_and_updated_on_one_line() -> None:
    reading = text(TITLE, "Published October 28, 2024, last updated October 29, 2024")
    assert (reading.published, reading.updated) == (DAY, dt.date(2024, 10, 29))
    assert ("updated", "first lines") in reading.origins


def test_published_at_the_end() -> None:
    reading = text(TITLE, tail="\nFirst published: 28 October 2024\n")
    assert (reading.published, dict(reading.origins)["published"]) == (DAY, "last lines")


@pytest.mark.parametrize(
    "head",
    [
        ("Sunday, January 12, 2025", "3 °C", "Amsterdam", TITLE),
        ("Amsterdam", "Sunday, January 12, 2025", "-3°C", "", TITLE),
        ("January 12, 2025", "Home", "Search", TITLE),
        (TITLE, "12 January 2025, 4 °C"),
        (TITLE, "Valid on 03/04/2024"),
        (TITLE, "30 February 2024"),
    ],
)
def test_the_day_of_the_page_is_not_the_day_of_the_report(head: tuple[str, ...]) -> None:
    reading = text(*head)
    assert reading.published is None
    assert reading.title == TITLE


def test_a_dateline_before_the_first_sentence() -> None:
    story = (
        "VIENNA, 28 October 2024 (RNS) - The river rose again on Monday, and two bridges were closed to all traffic."
    )
    reading = read(f"River rises again\n\n{story}\n".encode(), "a.txt")
    assert (reading.published, dict(reading.origins)["published"]) == (DAY, "dateline")


def test_the_day_that_the_report_names_with_its_weekday() -> None:
    story = "On Monday 28 October 2024 the bridge was closed to trains because some of its steel had to be replaced."
    reading = read(f"{TITLE}\n\n{story}\n".encode(), "a.txt")
    assert (reading.published, dict(reading.origins)["published"]) == (DAY, "day named in the text")


@pytest.mark.parametrize(
    "story",
    [
        "On 28 October 2024 the bridge was closed to trains because some of its steel had to be replaced.",
        "On Tuesday 28 October 2024 the bridge was closed to trains, which is not the weekday of that date.",
        "On Monday 28 October 2024 and Tuesday 29 October 2024 the bridge was closed to trains in both directions.",
    ],
)
def test_other_days_in_a_story_are_what_it_tells_of(story: str) -> None:
    assert read(f"{TITLE}\n\n{story}\n".encode(), "a.txt").published is None


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_front_matter(name: str) -> None:
    data = b"---\r\ntitle: 'A bridge'\r\nSource: Gazette\r\ndate: 2024-10-28\r\nupdated: 29 Oct 2024\r\nurl: https://a.example/b\r\n---\r\nText here"
    reading = read(data, name)
    assert (reading.title, reading.publisher, reading.published) == ("A bridge", "Gazette", DAY)
    assert (reading.updated, reading.url) == (dt.date(2024, 10, 29), "https://a.example/b")
    assert set(reading.origins) == {
        (field, "front matter") for field in ("title", "publisher", "published", "updated", "url")
    }
    assert [(mark.kind, mark.start, mark.value) for mark in reading.marks][:1] == [("furniture", 0, "front matter")]


@pytest.mark.parametrize(
    "source", ["---\nno pair\nText", "---\ntitle: x\nnever closed", "--- \n", "---", "text\n---\na: b\n---\n"]
)
def test_what_is_no_front_matter(source: str) -> None:
    assert read(f"{source} words".encode(), "a.md").origins == ()


def test_publishers() -> None:
    assert text(TITLE, "Brussels, 28 October 2024 (AFP)").publisher == "AFP"
    outlet = text(TITLE, tail="\nHarbour Gazette\n")
    assert (outlet.publisher, dict(outlet.origins)["publisher"]) == ("Harbour Gazette", "last lines")
    rights = text(TITLE, tail="\n© 2024 Harbour Gazette. All rights reserved.\n")
    assert (rights.publisher, dict(rights.origins)["publisher"]) == ("Harbour Gazette", "rights notice")
    assert text(TITLE).publisher is None


def test_the_title_is_the_headline_that_the_story_repeats() -> None:
    assert text("Ports, rails and roads", "", TITLE, "28 October 2024").title == TITLE
    assert text("Gazette", "Home", TITLE).title == TITLE


@pytest.mark.parametrize(
    "title",
    [
        "Flag Day: Do you know how to fly the flag?",
        "Bridge closed. Do you know which trains still run over it?",
        "“Do you know which of the trains still run over the bridge?”",
        "Trains no longer cross the bridge ...",
        "Trains will no longer cross the bridge over the firth because ...",
        "Bridge closed. What you should know before you set out on …",
    ],
)
def test_a_first_line_that_asks_or_breaks_off_is_the_title(title: str) -> None:
    dated = text(title, "2024-10-28")
    assert (dated.title, dated.published) == (title, DAY)
    if "closed. Do" not in title:
        assert text(title).title == title
    assert [m.value for m in dated.marks if m.start == 0] == ["1"]


@pytest.mark.parametrize(
    "first",
    [
        "Do you know which of the trains still run over the bridge? Ask at the desk, or is it closed?",
        "Do you know which of the trains still run over the bridge?\nThey run in the morning and at night.",
        "Trains no longer cross the bridge, and " + "long " * 30 + "...",
        "Bridge closed\n\nDo you know which of the trains still run over the bridge?",
    ],
)
def test_a_first_paragraph_that_asks_is_no_title(first: str) -> None:
    assert text(first).title in (None, "Bridge closed")


def test_a_short_first_line_above_the_story_is_the_title() -> None:
    assert text("Note 3").title == "Note 3"
    assert text("Note 3", "28 October 2024").title == "Note 3"
    assert text("News").title is None
    assert read(b"Milk\n\nEggs\n\nBread\n", "a.txt").title is None


def test_of_a_text_of_short_lines_only_the_first_and_last_are_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    searched = []

    def find(text: str) -> list[Printed]:
        searched.append(text)
        return find_dates(text)

    monkeypatch.setattr(sys.modules["askdesk.reading.told"], "find_dates", find)
    read(b"\n".join(b"line %d" % n for n in range(3000)), "a.txt")
    assert 0 < len(searched) < 1000


def test_dates_as_printed() -> None:
    assert parse_date("2024-10-28T23:30:00-05:00") == DAY
    assert parse_date("20241028T233000Z") == DAY
    assert parse_date("Mon, 28 Oct 2024 23:30:00 +0000") == DAY
    assert parse_date("soon") is None
    assert parse_date("99999-99-99") is None
    found = find_dates("From 28 Oct 2024 to Tuesday, October 29, 2024 (not 13/13/2024, 3/4/2024 or 31 June 2024)")
    assert [(date.date.day, date.weekday) for date in found] == [(28, False), (29, True)]
