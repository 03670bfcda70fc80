"""Dates that give a day of a month, with or without a year."""

from __future__ import annotations

import calendar
import datetime as dt

from .spans import Days
from .state import State
from .vocabulary import WEEKDAYS

_TOLD = 60
"""So many words after a year its sentence may still tell of it."""
_TOLD_ON = 15
"""So many words after a year what is told in further sentences may be of it: of 60 months and dates farther off on even
rows of ``benchmarks/times.py`` nine in ten were of the year that the day of publication tells."""


def iso(state: State, core: int, end: int, pre: str) -> Days | None:
    form = state.words.form(core)
    if "-" in form:
        day = dt.date.fromisoformat(form)
    else:
        first, second, year = map(int, form.split("/"))
        if first <= 12 and second <= 12 and first != second:
            return None
        day = dt.date(year, *((second, first) if first > 12 else (first, second)))
    return (day, day) if 1800 <= day.year <= 2100 else None


def date(state: State, core: int, end: int, pre: str) -> Days | None:
    years, numbers, months = parts(state, core, end)
    if pre.endswith("i") and not years:
        return None  # "in March 12 people …"
    year = years[0] if years else year_of(state, core, end, pre, months[0], numbers[0])
    if year is None:
        return None
    day = dt.date(year, months[0], numbers[0])
    return day, day


def days(state: State, core: int, end: int, pre: str) -> Days | None:
    years, numbers, months = parts(state, core, end)
    year = years[0] if years else year_of(state, core, end, pre, months[0], numbers[0])
    if year is None or numbers[0] >= numbers[1]:
        return None
    return dt.date(year, months[0], numbers[0]), dt.date(year, months[0], numbers[1])


def dates(state: State, core: int, end: int, pre: str) -> Days | None:
    years, numbers, months = parts(state, core, end)
    if "&" in state.words.letters[core:end] and "w" not in pre:
        return None
    last_year = years[-1] if years else year_of(state, core, end, pre, months[0], numbers[0])
    if last_year is None:
        return None
    last = dt.date(last_year, months[1], numbers[1])
    first = dt.date(years[0] if len(years) == 2 else last_year, months[0], numbers[0])
    if first > last:
        first = first.replace(year=first.year - 1)
    return first, last


def parts(state: State, core: int, end: int) -> tuple[list[int], list[int], list[int]]:
    return state.words.numbers(core, end, "Y"), state.words.numbers(core, end, "N"), state.words.months(core, end)


def year_of(state: State, core: int, end: int, pre: str, month: int, number: int) -> int | None:
    """Returns the year that a day without one is meant in, None where that is open."""
    if state.day is None or state.any_year:
        return state.day.year if state.day else None
    if (pre.endswith("h") and len(pre) == 1) or determined(state, core):
        return None
    rest = state.words.letters[end : end + 2]
    if rest[:1] == "K" or rest == ",K" or state.words.low[end : end + 2] == ["of", "that"]:
        return None  # a year before 1800, or one told of before
    near = [state.day.year - 1, state.day.year, state.day.year + 1]
    weekday = [at for at in range(core, end) if state.words.letters[at] in "Dd"]
    if weekday:
        index = [name[:3] for name in WEEKDAYS].index(state.words.low[weekday[0]][:3])
        near = [year for year in near if dt.date(year, month, number).weekday() == index]
        return near[0] if len(near) == 1 else None
    tense = -1 if "s" in pre else 1 if "u" in pre else state.tenses.of(core - len(pre), end)
    dates = [dt.date(year, month, min(number, calendar.monthrange(year, month)[1])) for year in near]
    year = choose(state, dates, tense)
    return None if elsewhere(state, core, year) else year


def choose(state: State, dates: list[dt.date], tense: int) -> int | None:
    assert state.day is not None
    limit = 300 if tense else 60  # farther off, a writer gives the year, or the tense was misread
    allowed = [date for date in dates if (date - state.day).days * tense >= 0]
    distance, year = min((abs((date - state.day).days), date.year) for date in allowed)
    return year if distance <= limit else None


def determined(state: State, core: int) -> bool:
    """Whether "the", "a" or a possessive stands before: "the Oct. 28 attack" may be of any year."""
    words = state.words
    at = core - 1
    if at < 0:
        return False
    return words.low[at] in ("the", "a", "his", "her", "their", "its") or words.form(at)[-2:] in ("'s", "’s")


def elsewhere(state: State, at: int, year: int | None) -> bool:
    """Whether the text just spoke of another year, so that a month may be meant in that one."""
    letters, low = state.words.letters, max(at - _TOLD, 0)
    place = letters.rfind("Y", max(letters.rfind("|", low, at), low), at)
    if place < 0 or year is None or state.day is None:
        return False
    if at - place > _TOLD_ON and any(state.tenses.ends(between) for between in range(place, at)):
        return False  # "the highest since 2001. … In February, the ministry …"
    named = int(state.words.low[place])
    return named != year and not named > state.day.year >= year
