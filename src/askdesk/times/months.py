"""Months, with or without a year, their parts and ranges."""

from __future__ import annotations

from .dates import elsewhere
from .spans import STEP, Days, month_span, part
from .state import State


def months(state: State, core: int, end: int, pre: str) -> Days | None:
    years, months = state.words.numbers(core, end, "Y"), state.words.months(core, end)
    if not years and not ("f" in pre or "w" in pre or "-" in state.words.letters[core:end]):
        return month(state, core, end, pre) if pre and months[0] == months[1] else None
    if "&" in state.words.letters[core:end] and "w" not in pre:
        return None
    if years:
        last_year = years[-1]
    else:
        only = month_days(state, core, end, pre, months[1])
        if only is None:
            return None
        last_year = only[0].year
    last = month_span(last_year, months[1])
    first_year = years[0] if len(years) == 2 else last_year - (months[0] > months[1])
    first = month_span(first_year, months[0])
    return (first[0], last[1]) if first[0] <= last[0] else None


def part_month(state: State, core: int, end: int, pre: str) -> Days | None:
    words = state.words
    month, years = state.words.months(core, end)[0], state.words.numbers(core, end, "Y")
    if years:
        span: Days | None = month_span(years[0], month)
    elif words.letters[end - 1] == "U":
        span = month_in_unit(state, month, end)
    else:
        span = month_days(state, core, end, pre, month)
    return span and part(span, words.low[core])


def month_year(state: State, core: int, end: int, pre: str) -> Days | None:
    month, years = state.words.months(core, end)[0], state.words.numbers(core, end, "Y")
    return month_span(years[0], month) if years else month_in_unit(state, month, end)


def month_in_unit(state: State, month: int, end: int) -> Days | None:
    if state.day is None or state.words.low[end - 1] != "year":
        return None
    return month_span(state.day.year + STEP[state.words.letters[end - 2]], month)


def last_month(state: State, core: int, end: int, pre: str) -> Days | None:
    if state.day is None:
        return None
    step, month = STEP[state.words.letters[core]], state.words.months(core, end)[0]
    past = "P" in state.words.letters[core:end]
    if step < 0 or past:
        if not past and month < state.day.month - 3:
            return None  # "last March" said in November may be of either year
        return month_span(state.day.year - (month >= state.day.month), month)
    if step > 0:
        return month_span(state.day.year + 1, month) if month <= state.day.month else None
    return month_span(state.day.year, month)


def month(state: State, core: int, end: int, pre: str) -> Days | None:
    words = state.words
    if not any(letter in pre for letter in "isubfr") or pre.endswith("h"):
        return None
    after = words.form(end) if end < len(words.low) else ""
    if words.letters[end - 1] == "M" and words.low[core] in ("may", "april", "june", "august", "january", "march"):
        named = after[:1].isupper() and words.starts[end] - words.ends[end - 1] == 1 and "i" not in pre
        if named or words.form(core)[-2:] in ("'s", "’s"):
            return None
    if words.letters[end : end + 1] == "N" or words.letters[core - 2 : core - 1] == "D":
        return None  # "the last Thursday in November"
    return month_days(state, core, end, pre, state.words.months(core, end)[0])


def month_days(state: State, core: int, end: int, pre: str, month: int) -> Days | None:
    """Returns the days of a month given without its year, None where the year is open."""
    if state.day is None:
        return None
    if state.any_year:
        return month_span(state.day.year, month)
    tense = -1 if "s" in pre else 1 if "u" in pre else state.tenses.of(core - len(pre), end)
    behind = (state.day.month - month) % 12
    if tense == 0:
        tense = -1 if behind <= 6 else 1 if behind >= 9 else 0
    if tense == 0 or (tense < 0 and behind >= 10):
        return None  # a month that will be next or after next is hardly called by its bare name when it is past
    ahead = (month - state.day.month) % 12
    index = state.day.year * 12 + state.day.month - 1 + (ahead if tense > 0 else -behind)
    year = index // 12
    return None if elsewhere(state, core, year) else month_span(year, month)
