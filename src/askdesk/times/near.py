"""Today and its neighbours, and the parts of these days."""

from __future__ import annotations

import datetime as dt

from .spans import Days
from .state import State
from .vocabulary import word_set

_EVENTS = word_set(
    "ruling decision verdict announcement report episode action success hearing hearings vote votes game games match"
    " meeting settlement news attack attacks launch release event events testimony session sessions winner winners"
    " numbers drawing debate ceremony trial strike speech statement briefing filing order show race final shooting"
    " election elections talks summit march protest protests practice result results indictment arraignment loss win"
    " victory move raid strikes visit conference interview funeral service deal"
)
"""What happens on a day: "today's hearing" is this day's, while "today's prices" are those of our time."""
FIRM = word_set("will won't scheduled expected set due")
_LOOSE = word_set("is are has have can could should would may might must do does don't still exists")
"""Verbs beside which "today" mostly means "nowadays"."""


_LASTING = word_set("exists persists remains survives stands lives continues endures exist persist remain survive")


def part_day(state: State, core: int, end: int, pre: str) -> Days | None:
    word, part = state.words.low[core], state.words.low[end - 1]
    if state.day is None or word == "next" or (word == "last" and part != "night"):
        return None
    there = state.day - dt.timedelta(days=word == "last")
    return there, there


def near(state: State, core: int, end: int, pre: str) -> Days | None:
    words = state.words
    word = words.low[core]
    if state.day is None:
        return None
    if word == "today" and not is_this_day(state, core, end, pre):
        return None
    step = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    if step and core >= 3 and words.low[core - 3 : core - 1] in (["day", "after"], ["day", "before"]):
        return None
    there = state.day + dt.timedelta(days=step)
    return there, there


def is_this_day(state: State, core: int, end: int, pre: str) -> bool:
    """Whether "today" is the day itself, not "nowadays"."""
    words = state.words
    before = words.low[core - 1] if core else ""
    if words.form(end - 1)[-2:] in ("'s", "’s"):
        return "i" not in pre and any(low in _EVENTS for low in words.low[end : end + 3])
    if before in ("earlier", "later", "until", "here", "on") or words.low[max(core - 2, 0) : core] == ["as", "of"]:
        return True
    if before in ("to", "of", "still", "even", "than", "from") or before in _LASTING:
        return False
    sides = (range(end, min(end + 6, len(words.low))), range(core - len(pre) - 1, max(core - 12, -1), -1))
    for side in sides if state.tenses.opens(core) else reversed(sides):
        for at in side:
            if words.low[at] in _LOOSE:
                return False
            if state.tenses.ends(at):
                break
            tense = state.tenses.verb(at)
            if tense:
                return tense < 0 or words.low[at] in FIRM
    return False
