"""Weeks, months and years counted from the day of publication, or from the date told of before."""

from __future__ import annotations

import datetime as dt

from .dates import determined
from .spans import STEP, Days, part, shift, unit_span
from .state import State
from .vocabulary import word_set
from .weekdays import weekend

UNCLEAR_COUNT = word_set("than nearly almost over half least - and or under to hundred thousand million")


def unit(state: State, core: int, end: int, pre: str) -> Days | None:
    words = state.words
    if state.day is None or (end < len(words.low) and words.low[end] == "of" and determined(state, core)):
        return None
    return unit_span(state.day, words.low[end - 1].removesuffix("s"), STEP[words.letters[core]])


def part_unit(state: State, core: int, end: int, pre: str) -> Days | None:
    if state.day is None:
        return None
    words = state.words
    unit = words.low[end - 1]
    if unit == "day" or unit.endswith("s"):
        return None
    step = STEP[words.letters[end - 2]] if words.letters[end - 2] != "h" else 0
    if words.letters[end - 2] == "h" and state.tenses.of(core - len(pre), end) < 0:
        return None  # "by the end of the year" in a tale of another year
    span = unit_span(state.day, unit, step)
    word = words.low[core]
    if span is None:
        return None
    if step == 0 and word == "earlier":
        return span[0], state.day
    if step == 0 and word == "later":
        return state.day, span[1]
    return part(span, word)


def back(state: State, core: int, end: int, pre: str) -> Days | None:
    """ "The past two weeks", "the next year": a stretch that ends or begins on the day of publication."""
    words = state.words
    letters = words.letters[core:end]
    unit = words.low[end - 1]
    if state.day is None or words.low[end : end + 1] == ["of"] or unit == "day":
        return None
    if unit == "century" and "P" not in letters:
        return None
    if letters[0] == "L" and not pre and words.low[core - 1 : core] != ["these"] and not state.tenses.opens(core):
        return None  # "The batteries last 20 hours"
    if letters[-1] == "V":
        return weekend(state, core, end, pre)
    if letters[0] == "H":
        return unit_span(state.day, unit, -1 if letters[1] == "P" else 1)
    ahead = "X" in letters or "k" in letters
    counted = state.words.numbers(core, end, "cNK")
    if not counted and "P" not in letters and (not pre or pre[0] not in "ir"):
        return None
    if not counted and unit.endswith("s") and unit != "hours":
        return None
    count = counted[0] if counted else 1
    other = shift(state.day, unit, count if ahead else -count)
    return (state.day, other) if ahead else (other, state.day)


def ago(state: State, core: int, end: int, pre: str) -> Days | None:
    words = state.words
    if state.day is None or (core and words.low[core - 1] in UNCLEAR_COUNT) or words.low[core - 2 : core - 1] == ["-"]:
        return None
    count = state.words.numbers(core, end, "cNKY")[0]
    unit = words.low[core + 1]
    there = shift(state.day, unit, -count)
    if words.letters[end - 1] == "R":  # "80 years ago today"
        there += dt.timedelta(days={"yesterday": -1, "tomorrow": 1}.get(words.low[end - 1], 0))
        return there, there
    if unit.startswith("day"):
        return there, there
    if unit.startswith("centur"):
        return None
    return unit_span(there, "year" if unit.startswith("decade") else unit.removesuffix("s"), 0)


def told(state: State, core: int, end: int, pre: str) -> Days | None:
    """ "The next day", "two weeks later", "that year": counted from the absolute date just before."""
    words = state.words
    if state.anchor is None:
        return None
    place, (first, last) = state.anchor
    letters = words.letters[core:end]
    if core - place > 40 or "|" in words.letters[place:core]:
        return None
    unit = words.low[end - (2 if letters[-1] in "EW" else 1)]
    unit = "day" if unit in ("morning", "afternoon", "evening", "night") else unit.removesuffix("s")
    if (last - first).days > {"day": 0, "week": 6, "month": 30}.get(unit, 365):
        return None
    counted = state.words.numbers(core, end, "cNK")
    if counted:
        if core and words.low[core - 1] in UNCLEAR_COUNT:
            return None
        there = shift(first, unit, counted[0] if words.low[end - 1] == "later" else -counted[0])
        return (there, there) if unit == "day" and words.low[end - 1] in ("later", "earlier") else None
    word = words.low[core + (letters[0] == "h")]
    step = {"previous": -1, "preceding": -1, "next": 1, "following": 1, "same": 0, "that": 0}[word]
    if unit == "day":
        there = first + dt.timedelta(days=step)
        return there, there
    return unit_span(first, unit, step)
