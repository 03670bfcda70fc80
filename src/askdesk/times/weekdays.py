"""Weekdays and weekends."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from .spans import STEP, Days, first_from, last_before, last_until, unit_span, weekday_in
from .state import State
from .vocabulary import WEEKDAYS


def weekday(state: State, core: int, end: int, pre: str) -> Days | None:
    if state.day is None:
        return None
    words = state.words
    letters = words.letters[core:end]
    at = core + letters.index("D")
    index = WEEKDAYS.index(words.low[at])
    if letters[-1] == "U":
        span = unit_span(state.day, words.low[end - 1], STEP[letters[-2]])
        days = weekday_in(span, index) if span and words.low[end - 1] == "week" else None
    elif "P" in letters:
        days = last_before(state.day, index)
    elif "k" in letters:
        days = first_from(state.day + dt.timedelta(days=1), index)
    elif letters[0] == "L":
        days = last_before(state.day, index)
    elif letters[0] == "X":
        days = weekday_in(unit_span(state.day, "week", 1), index)
    else:
        tense = weekday_tense(state, core - len(pre), end, pre)
        if tense == 0:
            return None
        if letters[0] == "H" and (tense > 0 or state.tenses.of(core - len(pre), end) == 0):
            days = first_from(state.day, index)
        else:
            days = first_from(state.day, index) if tense > 0 else last_until(state.day, index)
            if (state.day - days[0]).days == 6 and letters[0] != "H" and "s" not in pre:
                return None  # rather "last Tuesday" on a Monday; mostly the page was changed the next day
    return days


def weekday_tense(state: State, start: int, end: int, pre: str) -> int:
    words = state.words
    if "u" in pre and words.low[start] in ("until", "till"):
        return -1 if state.tenses.opens(start) and state.tenses.of(start, end) < 0 else 1
    if "s" in pre:
        return -1
    if words.form(end - 1)[-2:] in ("'s", "’s"):
        if words.low[start] == "of" and words.low[start - 1 : start] == ["ahead"]:
            return 1
        if words.low[end : end + 1] and words.low[end] in (
            "anticipated",
            "expected",
            "planned",
            "scheduled",
            "upcoming",
        ):
            return 1
        behind = state.tenses.scan(start - 1, -1, 3)
        return behind or (1 if "will" in words.low[end : end + 6] else -1)
    tense = state.tenses.of(start, end)
    if tense < 0 and words.low[start] == "for":
        return 0  # "rain is forecast for Sunday, after what fell" looks ahead, "he was held for Sunday's theft" back
    if tense == 0 and ["as", "of"] in [words.low[at : at + 2] for at in range(max(start - 6, 0), start - 1)]:
        return -1  # "as of 5 p.m. on Friday"
    if tense == 0 and (words.letters[end : end + 1] == ":" or at_an_hour(state, start, end)):
        return 0  # a list of opening hours
    if tense == 0:
        from_then_on = words.low[start] == "starting" or words.low[start - 1 : start] == ["beginning"]
        return 1 if "u" in pre or "b" in pre or from_then_on else -1
    return tense


def at_an_hour(state: State, start: int, end: int) -> bool:
    near = state.words.low[max(start - 6, 0) : start] + state.words.low[end : end + 6]
    return any(low in ("noon", "am", "pm") for low in near) or any(
        pair in (("p", "."), ("a", ".")) for pair in pairwise(near)
    )


def weekdays(state: State, core: int, end: int, pre: str) -> Days | None:
    if state.day is None:
        return None
    first, last = (WEEKDAYS.index(state.words.low[at]) for at in (core, end - 1))
    tense = state.tenses.of(core - len(pre), end)
    length = (last - first) % 7
    if tense == 0 or length == 0 or (first == 0 and last == 4):
        return None
    if tense > 0:
        begin = first_from(state.day, first)[0]
        return begin, begin + dt.timedelta(days=length)
    finish = last_until(state.day, last)[0]
    return finish - dt.timedelta(days=length), finish


def weekend(state: State, core: int, end: int, pre: str) -> Days | None:
    if state.day is None:
        return None
    letters = state.words.letters[core:end]
    if letters[0] == "h" and not (pre and state.words.low[core - 1] in ("over", "during")):
        return None
    if state.words.low[end : end + 1] == ["of"] and letters[0] != "H":
        return None
    behind = last_until(state.day, 5)[0]
    if letters[0] == "X":
        begin = first_from(state.day + dt.timedelta(days=1), 5)[0]
        if (begin - state.day).days < 5:
            return None  # "next weekend" said on a Thursday may be either
    elif letters[0] == "L" or "P" in letters:
        begin = behind if (state.day - behind).days > 1 else behind - dt.timedelta(days=7)
    elif "k" in letters:
        begin = first_from(state.day + dt.timedelta(days=1), 5)[0]
    elif state.day.weekday() >= 5:
        begin = behind
    else:
        tense = state.tenses.of(core - len(pre), end)
        if tense == 0:
            tense = 1 if state.day.weekday() >= 2 else 0
        if tense == 0:
            return None
        begin = first_from(state.day, 5)[0] if tense > 0 else behind
    return begin, begin + dt.timedelta(days=1)
