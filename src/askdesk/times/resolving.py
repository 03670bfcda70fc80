"""Finds the expressions of a text and resolves them, in order, against one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from . import dates, doubts, months, near, seasons, units, weekdays, years
from .expressions import Place, places
from .naming import is_name
from .spans import Days
from .state import State
from .tense import Tenses
from .words import Words

_RUNNING = frozenset(["unit", "last_season", "weekend"])
_OWN_REACH = frozenset(["back", "ago"])
_ABSOLUTE = frozenset(["iso", "dates", "days", "date", "months", "part_month", "month_year", "month", "season", "year"])


Rule = Callable[[State, int, int, str], Days | None]
"""(state, first word of the expression, word after it, letters of its preposition) -> the days it names."""

_RULES: dict[str, Rule] = {
    "iso": dates.iso,
    "dates": dates.dates,
    "days": dates.days,
    "date": dates.date,
    "months": months.months,
    "part_month": months.part_month,
    "month_year": months.month_year,
    "last_month": months.last_month,
    "month": months.month,
    "season": seasons.season,
    "last_season": seasons.last_season,
    "part_year": years.part_year,
    "years": years.years,
    "year_list": years.year_list,
    "decade": years.decade,
    "year": years.year,
    "part_unit": units.part_unit,
    "back": units.back,
    "ago": units.ago,
    "told": units.told,
    "weekdays": weekdays.weekdays,
    "weekday": weekdays.weekday,
    "weekend": weekdays.weekend,
    "unit": units.unit,
    "part_day": near.part_day,
    "near": near.near,
}


def resolved(
    words: Words, day: dt.date | None, *, asked: bool = False, any_year: bool = False
) -> Iterator[tuple[Place, Days]]:
    """Yields the expressions of ``words`` that name days, in order, with the days they name.

    ``day`` is the day that the text was published. What is ``asked`` was written just then by one person, so that
    nothing is left open for doubts about the page. With ``any_year`` days without a year are given in the year of
    ``day``.
    """
    state = State(words, Tenses(words), day, any_year)
    for place in places(words.letters):
        if is_name(state, place.rule, place.core, place.end):
            continue
        try:
            days = _RULES[place.rule](state, place.core, place.end, place.pre)
            if days and not asked and doubts.in_doubt(state, place, days):
                continue
            days = _reach(state, place, days) if days and place.rule not in _OWN_REACH else days
        except (ValueError, OverflowError):  # no such day, or beyond the calendar
            continue
        if days is not None:
            _remember(state, place, days)
            yield place, days


def _remember(state: State, place: Place, days: Days) -> None:
    if place.rule in _ABSOLUTE:
        state.anchor = (place.end, days)


def _reach(state: State, place: Place, days: Days) -> Days | None:
    """Stretches the days by the preposition: "since" up to the day of publication, "until" and "by" from it."""
    pre = place.pre
    if not any(letter in pre for letter in "sub"):
        return days
    if state.day is None:
        return None
    if "s" in pre:
        return (days[0], state.day) if days[0] <= state.day else None
    if "u" in pre and (_runs(state, place, days) or _is_not_until(state, place)):
        return days
    return (state.day, days[1]) if days[1] > state.day else days


def _runs(state: State, place: Place, days: Days) -> bool:
    """Whether "until this year" looks back, and "through this year" goes through all of it."""
    return state.day is not None and place.rule in _RUNNING and days[0] <= state.day


def _is_not_until(state: State, place: Place) -> bool:
    """Whether something comes "not until Friday": then it comes on that day."""
    for at in range(place.start - 1, max(place.start - 10, -1), -1):
        if state.tenses.ends(at):
            return False
        if state.words.low[at] == "not" or state.words.low[at].endswith("n't"):
            return True
    return False
