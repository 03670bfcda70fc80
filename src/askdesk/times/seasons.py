"""Seasons, of a given year or counted from the day of publication."""

from __future__ import annotations

from .spans import STEP, Days, part, season_span
from .state import State

_GONE = 75
"""So many days after its end a season is hardly "this" one, where the sentence looks ahead."""


def season(state: State, core: int, end: int, pre: str) -> Days | None:
    years = state.words.numbers(core, end, "Y")
    if years:
        return season_span(years[0], state.words.low[core])
    if state.day is None or state.words.low[end - 1] != "year":
        return None
    return season_span(state.day.year + STEP[state.words.letters[end - 2]], state.words.low[core])


def last_season(state: State, core: int, end: int, pre: str) -> Days | None:
    if state.day is None:
        return None
    words = state.words
    name = words.low[end - 1]
    at = core + (words.letters[core] in "EWI") + (words.letters[core + 1] == "-")
    step = STEP[words.letters[at]]
    past = words.letters[end - 2] == "P"
    spans = [season_span(state.day.year + shift, name) for shift in (-2, -1, 0, 1)]
    done = [span for span in spans if span[1] < state.day]
    ahead = [span for span in spans if span[0] > state.day]
    if past:
        chosen = done[-1]
    elif step < 0:
        if done[-1][1].year == state.day.year and name != "winter":
            return None  # "last spring" said in autumn may be of either year
        chosen = done[-1]
    elif step > 0:
        if ahead[0][0].year == state.day.year and ahead[0][0].month - state.day.month > 1:
            return None
        chosen = ahead[0]
    else:
        within = [span for span in spans if span[0] <= state.day <= span[1]]
        same = [span for span in spans if span[0].year == state.day.year]
        chosen = (within or same)[0]
        if (state.day - chosen[1]).days > _GONE and state.tenses.of(core - len(pre), end) > 0:
            return None  # "she will sing this spring", said in autumn
    if step == 0 and words.low[core] == "earlier":
        return (chosen[0], state.day) if chosen[0] <= state.day else None
    if step == 0 and words.low[core] == "later":
        return (state.day, chosen[1]) if chosen[0] <= state.day <= chosen[1] else chosen
    return part(chosen, words.low[core]) if words.letters[core] in "EWI" else chosen
