"""Which days the words of a text name: dates, what is relative to the day of publication, and what is no time."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdesk.times import asked_time, times

WEDNESDAY = dt.date(2024, 10, 30)


def found(text: str, day: dt.date | None = WEDNESDAY) -> list[tuple[str, str]]:
    """(words, days) of each expression; the days as an ISO date, or two with "/" between."""
    return [
        (text[t.start : t.end], str(t.first) if t.first == t.last else f"{t.first}/{t.last}") for t in times(text, day)
    ]


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("The pier shut on 28 October 2024.", "on 28 October 2024", "2024-10-28"),
        ("The pier shut Oct. 28, 2024, at noon.", "Oct. 28, 2024", "2024-10-28"),
        ("Logged 2024-10-28 by hand.", "2024-10-28", "2024-10-28"),
        ("Logged 28/10/2024 by hand.", "28/10/2024", "2024-10-28"),
        ("It shut on the 2nd of May 2023.", "the 2nd of May 2023", "2023-05-02"),
        ("It shut in October 2023.", "in October 2023", "2023-10-01/2023-10-31"),
        ("It shut in 2023.", "in 2023", "2023-01-01/2023-12-31"),
        ("It shut in the summer of 2023.", "in the summer of 2023", "2023-06-01/2023-08-31"),
        ("It shut in late 2022.", "in late 2022", "2022-09-01/2022-12-31"),
        ("It shut in mid-October 2023.", "in mid-October 2023", "2023-10-11/2023-10-20"),
        ("It grew in the third quarter of 2022.", "in the third quarter of 2022", "2022-07-01/2022-09-30"),
        ("It ran from 3 to 5 May 2023.", "from 3 to 5 May 2023", "2023-05-03/2023-05-05"),
        ("It ran from January to March 2022.", "from January to March 2022", "2022-01-01/2022-03-31"),
        ("It ran between 2015 and 2018.", "between 2015 and 2018", "2015-01-01/2018-12-31"),
    ],
)
def test_complete_expressions_need_no_day(text: str, words: str, days: str) -> None:
    assert [days] == [meant for _, meant in found(text, None)]
    assert found(text)[0][0].removeprefix("on ") == words.removeprefix("on ")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The mayor resigned on October 28.", "2024-10-28"),
        ("The vote will be held on November 5.", "2024-11-05"),
        ("The mayor was born on December 28.", "2023-12-28/open"),
        ("The fair ran October 3-5 in town.", "2024-10-03/2024-10-05"),
        ("Rents have risen since August.", "2024-08-01/2024-10-30"),
        ("The bridge is closed until Friday.", "2024-10-30/2024-11-01"),
        ("The bridge will reopen by the end of the year.", "2024-10-30/2024-12-31"),
        ("The bridge closed in July.", "2024-07-01/2024-07-31"),
        ("The bridge will close in July.", "2025-07-01/2025-07-31"),
        ("They met yesterday.", "2024-10-29"),
        ("They will meet tomorrow.", "2024-10-31"),
        ("They signed it today.", "2024-10-30"),
        ("A fire broke out last night.", "2024-10-29"),
        ("A fire broke out this morning.", "2024-10-30"),
        ("She signed it last week.", "2024-10-21/2024-10-27"),
        ("She signed it earlier this month.", "2024-10-01/2024-10-30"),
        ("She will sign it later this year.", "2024-10-30/2024-12-31"),
        ("She will sign it next month.", "2024-11-01/2024-11-30"),
        ("She signed it two days ago.", "2024-10-28"),
        ("She signed it three weeks ago.", "2024-10-07/2024-10-13"),
        ("She signed it a decade ago.", "2014-01-01/2014-12-31"),
        ("It rained in the past two weeks.", "2024-10-16/2024-10-30"),
        ("It rained over the last 24 hours.", "2024-10-29/2024-10-30"),
        ("It rained over the weekend.", "2024-10-26/2024-10-27"),
        ("She signed it in January of last year.", "2023-01-01/2023-01-31"),
        ("She signed it at the start of this year.", "2024-01-01/2024-04-30"),
    ],
)
def test_relative_expressions_count_from_the_day(text: str, days: str) -> None:
    expected = [] if days.endswith("/open") and not found(text) else [days.removesuffix("/open")]
    assert [meant for _, meant in found(text)] == expected
    assert found(text, None) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The board said Tuesday that it had no choice.", "2024-10-29"),
        ("The board met on Wednesday.", "2024-10-30"),
        ("The board will meet on Monday.", "2024-11-04"),
        ("The report is due Friday.", "2024-11-01"),
        ("Beginning Monday, the ferry costs more.", "2024-11-04"),
        ("On Friday, the court will hear the case.", "2024-11-01"),
        ("On Friday, the court heard the case.", "2024-10-25"),
        ("The board said it would reopen the pier Monday.", "2024-11-04"),
        ("The bill signed Saturday will raise rents.", "2024-10-26"),
        ("The list is expected to be released Thursday.", "2024-10-31"),
        ("Last Friday they lost.", "2024-10-25"),
        ("They will play next Friday.", "2024-11-08"),
        ("As the heat nears Orsa this Tuesday, drink water.", "2024-11-05"),
        ("The pier was built 80 years ago today.", "1944-10-30"),
        ("They arrived after Monday's storm.", "2024-10-28"),
        ("They spoke during a Monday meeting.", "2024-10-28"),
    ],
)
def test_the_tense_near_a_weekday_chooses_the_week(text: str, day: str) -> None:
    assert [meant for _, meant in found(text)] == [day]


def test_several_weekdays_in_one_sentence_have_their_own_verbs() -> None:
    text = "The union said Tuesday that talks will resume on Monday."
    assert found(text) == [("Tuesday", "2024-10-29"), ("on Monday", "2024-11-04")]


def test_a_weekday_beside_a_date_chooses_the_year() -> None:
    assert found("Monday, October 28, was wet.")[0][1] == "2024-10-28"
    assert found("Saturday, October 28, was wet.")[0][1] == "2023-10-28"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("On 3 May 2023 the dam broke. The previous day it had held.", "2023-05-02"),
        ("The dam broke on 3 May 2023. It was mended two days later.", "2023-05-05"),
        ("The dam broke on 3 May 2023. It was mended the following month.", "2023-06-01/2023-06-30"),
    ],
)
def test_what_is_told_counts_from_the_date_before(text: str, last: str) -> None:
    assert found(text)[-1][1] == last
    assert len(found(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The previous day it had held.",
        "On 3 May 2023 it broke.\n\nThe previous day it had held."[25:],
        "He may march on the second floor in the sun.",
        "April Jones met June Smith.",
        "They watched Friday Night Lights and Saturday Night Live.",
        "The 2016 film beat Model 2000 by 1999 votes.",
        "It cost 2,024 crowns and seated 1500 guests.",
        "The shop opens every Monday and on Sundays.",
        "Shops were full on Black Friday.",
        "She taught Sunday school.",
        "Phones are everywhere in today's world.",
        "The custom still exists today.",
        "It rained for more than two years ago or so.",
        "He is in the last year of his term.",
        "The last Thursday of November is a holiday.",
        "It was signed a few weeks ago.",
        "Read it in USA TODAY.",
        "At the end of the day it hardly counts.",
        "It happened on 31 February 2023.",
        "Logged 03/04/2024 by hand.",
        "The class of 2016 met.",
    ],
)
def test_what_is_no_time_or_unclear_is_left_out(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("verb", ["shut", "will shut", "has to shut"])
def test_a_day_named_on_that_day_is_that_day(verb: str) -> None:
    assert found(f"The pier {verb} on 28 October.", dt.date(2024, 10, 28)) == [("on 28 October", "2024-10-28")]


@pytest.mark.parametrize(
    "text",
    [
        "“It was loud here yesterday,” she wrote.",
        "It sent the club its money. For the next three months the club bought boats.",
        "Choirs meet each week on Monday and Friday and sang well.",
        "He spent Saturday nights by the sea.",
        "The kitchen is open Tuesday to Friday from 4 p.m.",
        "Worst day: Friday",
        "A stroll at the fair on Saturday",
        "It is mostly forgotten today.",
        "It rained for most of the past year or so.",
        "She watched Last Week Tonight and The Next 365 Days.",
        "They amended the Uniform Monday Holiday Act.",
        "The choir sang last May.",
        "The organ was built about 120 years ago.",
        "The 2016 race was close. In June he resigned.",
        "Subscribe today",
        "TUESDAY",
        "She met him one Saturday morning.",
        "It was seldom read during the last year Hale owned the paper.",
    ],
)
def test_what_a_careful_reader_would_not_swear_to_is_left_open(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The ministry on Tuesday would not say who paid.", ["2024-10-29"]),
        ("On Tuesday, shots could be heard near the mill.", ["2024-10-29"]),
        ("There is hope he'll get picked for the team on Friday.", ["2024-11-01"]),
        ("The cup is contested Saturday.", ["2024-11-02"]),
        ("Schools to stay closed Friday", ["2024-11-01"]),
        ("More rain is forecast for Sunday after a storm drowned the fields.", ["2024-11-03"]),
        ("The band kicks off a sold-out tour Friday.", ["2024-11-01"]),
        ("The Otters (8-0) face the Herons on Saturday and in a letter the coach warned them.", ["2024-11-02"]),
        ("UP NEXT Otters: At Fernville on Friday night.", ["2024-11-01"]),
        ("A heron crosses the ice as snow hits Fernville on Monday. Ann M. Lee/Reuters", ["2024-10-28"]),
        ("Her dismissal was effective Friday.", ["2024-11-01"]),
        ("The Otters are glad to claim the first title of their long history Friday.", ["2024-11-01"]),
        ("The play concludes Friday.", ["2024-11-01"]),
        ("He scored with ten minutes to go on Tuesday.", ["2024-10-29"]),
        ("The list is complete as of 5 pm Monday.", ["2024-10-28"]),
        (
            "They said Monday they are weighing a claim over the sale of the old mill in notes blaming its keeper on"
            " Sunday.",
            ["2024-10-28", "2024-10-27"],
        ),
        ("Two plans have emerged as the likeliest to get on the ballot in December.", ["2024-12-01/2024-12-31"]),
    ],
)
def test_verbs_and_what_stands_for_them_tell_the_time(text: str, days: list[str]) -> None:
    assert [meant for _, meant in found(text)] == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Until Tuesday, the rules said little.", "2024-10-29"),
        ("Results won't be known until early next week.", "2024-11-04/2024-11-06"),
        ("They lived on savings through this year.", "2024-01-01/2024-12-31"),
        ("The club met earlier this autumn.", "2024-09-01/2024-10-30"),
        ("He will sing later this autumn.", "2024-10-30/2024-11-30"),
        ("Two barns burned at the beginning of this month.", "2024-10-01/2024-10-10"),
        ("It was seldom read over the last year.", "2023-10-30/2024-10-30"),
        ("He will sing this upcoming winter.", "2024-12-01/2025-02-28"),
        ("Half of the woods fell in the past century.", "1924-10-30/2024-10-30"),
        ("They hope to vote before the end of the next year.", "2025-09-01/2025-12-31"),
    ],
)
def test_prepositions_and_parts_reach_no_further_than_is_said(text: str, days: str) -> None:
    assert [meant for _, meant in found(text)] == [days]


@pytest.mark.parametrize(
    "text",
    [
        "If it shut tomorrow, few would care.",
        "The batteries last 20 hours.",
        "Frost often comes in November.",
        "Every Friday a man from the mill counts the birds on the lake and brings the list to us on Saturday.",
        "The court asked for an answer from the town by Friday.",
        "They can't agree, the mayor wrote, on any of the plans that there are so far before Friday.",
        "The sale, set to begin Friday, was canceled.",
        "He boasts he will win, including Monday at the inn.",
        "The league postponed Sunday's match.",
        "The match was pushed back to Friday.",
        "On the following Monday they rested, and when the fair began on Saturday they had left.",
        "It was a sunny Saturday bright with hope.",
        "They skated at the last Winter Games.",
        "She sang there last summer.",
        "She will be a target this spring.",
        "They said that they would sell the mill in September.",
        "The paper keeps quiet on 2024.",
        "It left a belief that persists today.",
        "The front will push south after the Monday holiday.",
        "The choir met for Sunday.",
    ],
)
def test_what_was_misread_before_is_left_open(text: str) -> None:
    assert found(text) == []


def test_a_weekday_given_with_another_date_is_left_open() -> None:
    assert found("The fair opens Saturday, Nov. 2. They danced on Saturday.") == [("Saturday, Nov. 2", "2024-11-02")]
    assert [days for _, days in found("It rained Friday, Nov. 1. They danced on Saturday.")][1:] == ["2024-10-26"]


def test_a_stretch_in_a_quotation_of_another_year_is_left_open() -> None:
    text = "In 2009 the head of the union praised “the peace of the last 20 years” in a speech."
    assert [days for _, days in found(text)] == ["2009-01-01/2009-12-31"]


def test_later_this_week_said_on_its_last_day_is_left_open() -> None:
    assert found("They will vote on it later this week.", dt.date(2024, 10, 27)) == []


def test_a_participle_after_a_prefix_is_a_verb() -> None:
    assert found("They will meet those who co-wrote it on Friday.") == [("on Friday", "2024-10-25")]


def test_a_week_named_on_a_sunday_or_monday_may_be_another() -> None:
    sunday, monday = dt.date(2024, 10, 27), dt.date(2024, 10, 28)
    assert found("They left last week.", sunday) == []
    assert found("They left earlier last week.", sunday) == []
    assert found("They left this week.", monday) == []
    assert found("They left last week.", monday) == [("last week", "2024-10-21/2024-10-27")]
    assert asked_time("Who left last week?", sunday).days == ((dt.date(2024, 10, 14), dt.date(2024, 10, 20)),)


def test_a_far_day_without_its_year_is_left_open() -> None:
    assert found("They met on March 6.") == []
    assert found("They met on August 6.") == [("on August 6", "2024-08-06")]


def test_dates_joined_after_commas_are_one_span() -> None:
    text = "It ran from Thursday, Aug. 15, to Sunday, Aug. 18, 2024."
    assert [days for _, days in found(text, None)] == ["2024-08-15/2024-08-18"]


def test_what_is_quoted_on_a_page_about_its_own_day_was_said_on_it() -> None:
    assert found("The court ruled on Wednesday. “Today’s ruling is a relief,” she said.")[1:] == [
        ("Today", "2024-10-30")
    ]
    assert len(found("The court ruled on Tuesday. “Today’s ruling is a relief,” she said.")) == 1
    both = (
        "The court ruled on Tuesday and Tuesday's crowd stayed until Wednesday. “It snowed here yesterday,” she said."
    )
    assert "2024-10-29" not in [day for words, day in found(both) if words == "yesterday"]
    assert len(found("They played on Wednesday. “It feels like just yesterday that we met,” he said.")) == 1


def test_another_year_is_forgotten_after_some_sentences() -> None:
    text = "Exports were the highest since 2016, said the office of the harbour. It counts what leaves the five piers. "
    assert found(text + "In June it counted more grain.")[-1] == ("In June", "2024-06-01/2024-06-30")
    assert len(found("Exports were the highest since 2016. In June it counted more grain.")) == 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The judge said on Tuesday that a sentence usually takes weeks.", "2024-10-29"),
        ("The fire grew, according to a Tuesday evening update.", "2024-10-29"),
        ("The club travels to Orsa on Saturday looking for its first win.", "2024-11-02"),
    ],
)
def test_a_custom_told_after_the_verb_and_a_part_of_a_day_leave_the_day_sure(text: str, day: str) -> None:
    assert [meant for _, meant in found(text)] == [day]


def test_asking_compiles_no_pattern_of_expressions_before_it_is_needed() -> None:
    code = (
        "import sys; from askdesk.times.asking import asked_time; asked_time('Who is the mayor?', None);"
        "assert 'askdesk.times.resolving' not in sys.modules; asked_time('Who left on Monday?', None);"
        "assert 'askdesk.times.resolving' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_bare_month_after_another_year_is_left_open() -> None:
    text = "He was elected in 2016. In June he resigned."
    assert found(text) == [("in 2016", "2016-01-01/2016-12-31")]


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "\ufeffÅsa \U0001f600 left\r\nlast week; Åke stayed."
    (only,) = times(text, WEDNESDAY)
    assert text[only.start : only.end] == "last week"


@given(st.text(alphabet=st.sampled_from(list("may MONday,. 0123-/'’\n\r\x00\ud800st")) | st.characters()), st.dates())
def test_any_text_gives_ordered_spans_apart(text: str, day: dt.date) -> None:
    end = 0
    for each in times(text, day):
        assert end <= each.start < each.end <= len(text)
        assert each.first <= each.last
        end = each.end


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_ends_of_the_calendar_are_no_error(day: dt.date) -> None:
    times("last week, next year, 90 years ago, on Monday, last winter, this weekend, in May, until Friday", day)


@pytest.mark.parametrize(
    "piece", ["They will meet on Monday and left in May. ", "Monday ", "sold-", "1,", "\r", "\n ", "Monday, ", "“"]
)
def test_a_long_text_is_read(piece: str) -> None:
    # What took time of the square of the length would not end.
    assert all(0 <= found.start < found.end <= 200_000 for found in times(piece * (200_000 // len(piece)), WEDNESDAY))


def test_asked_days_count_from_today() -> None:
    asked = asked_time("What did she say on Monday?", WEDNESDAY)
    assert asked.days == ((dt.date(2024, 10, 28), dt.date(2024, 10, 28)),)
    assert asked_time("What did she say on Monday?", None).days == ()


def test_a_month_asked_without_year_is_meant_in_any() -> None:
    asked = asked_time("What happened in mid-October?", WEDNESDAY)
    assert asked.days == ()
    assert asked.yearly == ((10, 11, 10, 20),)
    assert asked.covers(dt.date(2019, 10, 15), dt.date(2019, 10, 15))
    assert not asked.covers(dt.date(2019, 10, 25), dt.date(2019, 10, 25))
    assert asked.covers(dt.date(2018, 1, 1), dt.date(2019, 1, 1))


def test_days_asked_over_the_turn_of_the_year() -> None:
    asked = asked_time("What was said from 28 December to 3 January?", None)
    assert asked.covers(dt.date(2023, 1, 2), dt.date(2023, 1, 2))
    assert not asked.covers(dt.date(2023, 1, 4), dt.date(2023, 12, 27))


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("Who first reported the leak?", "first"),
        ("What was the first estimate of the toll?", "first"),
        ("When did he first deny it?", "first"),
        ("What is the earliest report?", "first"),
        ("What is the latest toll?", "latest"),
        ("Who is the current mayor?", "latest"),
        ("Where does the case stand now?", "latest"),
        ("Who was the first woman to sail there?", ""),
        ("What did the First Minister say?", ""),
        ("What is the now-defunct bank called?", ""),
    ],
)
def test_questions_want_the_first_or_the_latest_state(question: str, wants: str) -> None:
    assert asked_time(question, None).wants == wants
