"""Amounts read as numbers with bounds, what they agree with, and what only looks like one."""

from __future__ import annotations

import random

import pytest

from askdesk.values import Value, agree, alike, polarity, same_thing, shown, values


def one(text: str) -> Value:
    found = values(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    "written",
    [
        "10,000",
        "10.000",
        "10 000",
        "10\u00a0000",
        "10\u202f000",
        "10\u2009000",
        "10k",
        "10 thousand",
        "ten thousand",
        "Ten thousand",
    ],
)
def test_ways_of_writing_ten_thousand(written: str) -> None:
    text = f"The army lost {written} soldiers there."
    value = one(text)
    assert (value.low, value.high, value.bound, value.kind) == (10_000, 10_000, "exact", "number")
    assert text[value.start : value.end] == f"{written} soldiers"
    assert shown(value) == "10,000 soldiers"


@pytest.mark.parametrize(
    ("text", "low", "high", "bound"),
    [
        ("half a million people", 500_000, 500_000, "exact"),
        ("a quarter of a million people", 250_000, 250_000, "exact"),
        ("1.5 million people", 1_500_000, 1_500_000, "exact"),
        ("one hundred and fifty-two people", 152, 152, "exact"),
        ("a dozen people", 12, 12, "exact"),
        ("dozens of people", 24, 120, "about"),
        ("several hundred people", 200, 1_000, "about"),
        ("tens of thousands of people", 20_000, 100_000, "about"),
        ("some 1,500 people", 1_500, 1_500, "about"),
        ("nearly 300 people", 300, 300, "about"),
        ("300 or so people", 300, 300, "about"),
        ("up to 50 people", None, 50, "at most"),
        ("as many as 200 people", None, 200, "at most"),
        ("no more than 200 people", None, 200, "at most"),
        ("no fewer than seven people", 7, None, "at least"),
        ("100+ people", 100, None, "at least"),
        ("10 or more people", 10, None, "at least"),
        ("more than 3,000 people", 3_000, None, "more than"),
        ("over 3,000 people", 3_000, None, "more than"),
        ("fewer than 40 people", None, 40, "less than"),
        ("just under 40 people", None, 40, "less than"),
        ("between 10,000 and 12,000 people", 10_000, 12_000, "between"),
        ("10,000-12,000 people", 10_000, 12_000, "between"),
        ("10 to 12 people", 10, 12, "between"),
        ("five or six people", 5, 6, "between"),
        ("10 to 12 million people", 10_000_000, 12_000_000, "between"),
    ],
)
def test_bounds(text: str, low: float | None, high: float | None, bound: str) -> None:
    value = one(f"Officials counted {text}.")
    assert (value.low, value.high, value.bound) == (low, high, bound)
    assert value.noun == "people"
    assert (value.start, value.end) == (18, 18 + len(text))


@pytest.mark.parametrize(
    ("text", "kind", "number", "unit"),
    [
        ("$60 million", "money", 60e6, "USD"),
        ("US$60m", "money", 60e6, "USD"),
        ("€1.2bn", "money", 1.2e9, "EUR"),
        ("60 million euros", "money", 60e6, "EUR"),
        ("60 million Canadian dollars", "money", 60e6, "CAD"),
        ("£3.50", "money", 3.5, "GBP"),
        ("12%", "percent", 12, "percent"),
        ("12 per cent", "percent", 12, "percent"),
        ("12 percentage points", "percent", 12, "percentage point"),
        ("plus or minus 3.5 percentage points", "percent", 3.5, "percentage point"),
        ("two-thirds", "percent", 200 / 3, "percent"),
        ("one in five", "percent", 20, "percent"),
        ("30km", "measure", 30, "km"),
        ("30 kilometres", "measure", 30, "km"),
        ("4 1/2 feet", "measure", 4.5, "ft"),
        ("155mm", "measure", 155, "mm"),
        ("70 degrees below zero", "measure", -70, "degree"),
        ("two and a half years", "duration", 2.5, "year"),
        ("half an hour", "duration", 0.5, "hour"),
        ("30 seconds", "duration", 30, "second"),
        ("three-year", "duration", 3, "year"),
        ("three times", "number", 3, "times"),
        ("twice", "number", 2, "times"),
        ("21st", "ordinal", 21, ""),
        ("twenty-first", "ordinal", 21, ""),
    ],
)
def test_kinds_and_units(text: str, kind: str, number: float, unit: str) -> None:
    value = one(f"It was {text}.")
    assert (value.kind, value.unit) == (kind, unit)
    assert value.low == value.high == pytest.approx(number)


@pytest.mark.parametrize(
    "text",
    [
        "It began in 2019 and ended on 3 March 2021.",
        "They met on March 14 at 14:30 and left at 5 p.m.",
        "She moved away three years ago.",
        "The home side won 3-1.",
        "The bill passed 52 to 48.",
        "An F-16 and two-way talk of T-72 armour"[:7] + " flew over.",
        "The T-72 and the 2S19 stood by.",
        "Covid-19 spread again.",
        "They invoked Article 5 at once.",
        "The Boeing 737 landed.",
        "The prime minister left No. 10 early.",
        "One of them waved, and no one answered.",
        "Wait a second.",
        "Call 800-555-0199 or +44 20 7946 0958.",
        "Install version 1.2.3 first aid."[:21],
        "1. Wash the rice\n2. Boil it",
        "It was written in the 19th century, in the 1890s.",
        "The First Amendment protects it.",
        "See https://example.org/2020/11/page-12 for more.",
    ],
)
def test_what_is_no_value(text: str) -> None:
    assert values(text) == ()


def test_a_text_decides_by_its_other_numbers_what_a_comma_and_a_point_are() -> None:
    german = values("Kosten: 2,5 Millionen Euro, 10.000 Mann, 3,75 Prozent")
    assert [value.low for value in german[:2]] == [2_500_000, 10_000]
    english = values("The rate was 1.5 and then 10.250, with 3,000 people watching.")
    assert [value.low for value in english] == [1.5, 10.25, 3_000]


def test_from_a_to_b_is_two_values_of_one_unit() -> None:
    first, last = values("Prices rose from 10 to 12 percent.")
    assert (first.low, first.unit, last.low, last.unit) == (10, "percent", 12, "percent")


def test_one_counts_only_where_it_counts() -> None:
    assert one("In all one person died.").noun == "person"
    assert one("We need at least one of them.").bound == "at least"
    assert values("He is the one who left.") == ()


def test_a_third_is_a_share_or_the_next_of_a_row() -> None:
    share, place = one("It lost a third of its value."), one("It opened a third school.")
    assert (share.kind, place.kind, place.low, place.noun) == ("percent", "ordinal", 3, "school")


def test_over_a_time_is_not_more_than_it() -> None:
    assert one("It fell over two days.").bound == "exact"
    assert one("It lasted for over two days.").bound == "more than"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("at least 1,500", "at least 1,500"),
        ("$60 million", "USD 60 million"),
        ("12 percent", "12 %"),
        ("around 1,100", "about 1,100"),
        ("hundreds of tanks", "hundreds of tanks"),
        ("the 21st attack", "21st attack"),
        ("between 2 and 3 miles", "between 2 and 3 miles"),
        ("one year", "1 year"),
    ],
)
def test_shown(text: str, people: str) -> None:
    assert shown(one(text)) == people


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("10,000 troops", "ten thousand troops", True),
        ("10,000 troops", "12,000 troops", False),
        ("10,400 troops", "about 10,000 troops", True),
        ("12,000 troops", "about 10,000 troops", False),
        ("12,000 troops", "at least 10,000 troops", True),
        ("9,000 troops", "at least 10,000 troops", False),
        ("10,000 troops", "more than 10,000 troops", False),
        ("10,000 troops", "up to 10,000 troops", True),
        ("more than 10 troops", "fewer than 10 troops", False),
        ("more than 10 troops", "fewer than 20 troops", True),
        ("350 troops", "hundreds of troops", True),
        ("5,000 troops", "hundreds of troops", False),
        ("11,000 troops", "between 10,000 and 12,000 troops", True),
        ("33 percent", "a third of the vote", True),
        ("12 percent", "12 percentage points", False),
        ("$10 million", "€10 million", False),
        ("10 km", "10 miles", False),
    ],
)
def test_agree(first: str, second: str, both: bool) -> None:
    assert agree(one(first), one(second)) is both
    assert agree(one(second), one(first)) is both


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("12,000 troops", "at least 10,000 troops", True),
        ("13,000 troops", "at least 10,000 troops", False),
        ("9,000 troops", "up to 10,000 troops", True),
        ("7,000 troops", "up to 10,000 troops", False),
        ("more than 10 troops", "more than 10 troops", True),
        ("more than 10 troops", "fewer than 20 troops", False),
        ("more than 0 percent", "more than 0 percent", True),
        ("350 troops", "hundreds of troops", True),
        ("9,000 troops", "at least 10,000 troops", False),
    ],
)
def test_alike_is_near_as_well(first: str, second: str, same: bool) -> None:
    assert alike(one(first), one(second)) is same
    assert alike(one(second), one(first)) is same


@pytest.mark.parametrize(
    ("text", "low"),
    [("$1.765 billion", 1.765e9), ("1.765 million people", 1.765e6), ("1.765 km", 1765.0), ("10.000 m", 10_000.0)],
)
def test_a_point_before_a_scale_stands_before_decimals(text: str, low: float) -> None:
    assert one(text).low == low


def test_same_thing_knows_plurals_and_no_synonyms() -> None:
    assert same_thing(one("10 soldiers"), one("one soldier"))
    assert same_thing(one("three cities"), one("one city"))
    assert same_thing(one("three men"), one("one man"))
    assert not same_thing(one("10 soldiers"), one("10 troops"))
    assert not same_thing(one("It was 10."), one("It was 12."))
    assert same_thing(one("$10"), one("$12"))
    assert not same_thing(one("$10"), one("€12"))


@pytest.mark.parametrize(
    ("sentence", "side"),
    [
        ("The ministry did not confirm the strike.", "no"),
        ("A spokesman denied the report.", "no"),
        ("The agency has no evidence of a leak.", "no"),
        ("We cannot confirm that.", "no"),
        ("The office refused to confirm the loss.", "no"),
        ("The claim could not be independently verified.", "no"),
        ("The governor confirmed the loss.", "yes"),
        ("The company has confirmed the deal.", "yes"),
        ("He admitted the error.", "yes"),
        ("The army neither confirmed nor denied it.", None),
        ("If confirmed, it would be the first.", None),
        ("Has the army confirmed it?", None),
        ("He confirmed that no one was hurt.", None),
        ("The town lies on a river.", None),
    ],
)
def test_polarity(sentence: str, side: str | None) -> None:
    assert polarity(sentence) == side


def test_values_are_in_order_apart_and_inside_any_text() -> None:
    pieces = [
        *("10,000", "ten", "half", "a", "million", "-", "%", "$", "km", "first", "of", "the", "to", "one", "and"),
        *("between", "over", "\n", " ", " ", ".", ",", "’", "½", "٣", "\x00", "May", "2020", "Ⅳ", "²", "twenty", "in"),
    ]
    rng = random.Random(5)
    for _ in range(1500):
        text = "".join(rng.choice(pieces) + rng.choice(["", " "]) for _ in range(rng.randint(0, 25)))
        end = 0
        for value in values(text):
            assert end <= value.start < value.end <= len(text), text
            assert value.low is not None or value.high is not None, text
            assert shown(value)
            end = value.end
        polarity(text)


@pytest.mark.parametrize("unit", ["1", "1-", "a-", " ", "not ", "one hundred and ", "no evidence ", "Jan 1 ", "1,"])
def test_a_long_text_is_read(unit: str) -> None:
    # What took time of the square of the length would not end.
    text = unit * (160_000 // len(unit))
    polarity(text)
    assert all(0 <= found.start < found.end <= len(text) for found in values(text))
