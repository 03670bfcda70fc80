"""Which weekdays and weekends a careful reader would leave open though a day can be counted."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from .dated import dated_weekdays
from .expressions import Place
from .spans import Days
from .state import State
from .vocabulary import word_set
from .weekdays import at_an_hour

_CUSTOMS = word_set("weekly usually typically normally regularly always often")
_PUT_OFF = word_set("postponed canceled cancelled delayed rescheduled postpones cancels delays")
_TALE_NEAR = 40
"""So many words after "the following Monday" a tale is still told."""


def weekday(state: State, place: Place, days: Days, day: dt.date) -> bool:
    """Whether the ``days`` counted for a weekday are unsure, in a text of ``day``."""
    words = state.words
    letters = words.letters[place.core : place.end]
    behind = (day - days[0]).days
    if letters[0] == "L":
        return behind <= 1
    if letters[0] == "X":
        return behind <= -10
    if letters[0] == "H":
        return place.pre == "n"  # "On this Sunday" is told of any
    if letters[0] != "D" or letters[-1] == "U":
        return False
    if words.low[place.start - 1 : place.start] == ["one"]:
        return True  # "one Saturday", of any week
    if _is_dated_otherwise(state, days, day):
        return True
    if words.form(place.end - 1)[-2:] in ("'s", "’s"):
        put_off = words.low[place.start - 1] in _PUT_OFF if place.start else False
        ahead = words.low[place.start] == "for" or put_off or state.tenses.scan(place.start - 1, -1, 8) > 0
        return ahead and behind > 0
    if is_custom(state, place) or (behind < 0 and place.pre.endswith("h")):
        return True
    if behind > 1 and _is_a_limit(state, place):
        return True
    if behind > 0 and (_is_narrated(state, place) or words.low[place.start - 1 : place.start] == ["to"]):
        return True  # "was pushed back to Friday"
    if behind < 0 and _is_no_more(state, place):
        return True
    return state.tenses.of(place.start, place.end) == 0 and _is_bare(state, place, behind)


def _is_dated_otherwise(state: State, days: Days, day: dt.date) -> bool:
    """Whether the text gives another day near by with this weekday: then this may be that one."""
    if state.dated is None:
        state.dated = dated_weekdays(state.words, day)
    dated = state.dated.get(days[0].weekday(), frozenset())
    return bool(dated) and days[0] not in dated


def _is_a_limit(state: State, place: Place) -> bool:
    """Whether "before Friday" or "by Friday", though something past stands near, is more likely a term set."""
    if state.tenses.opens(place.start):
        return False
    word = state.words.low[place.start]
    return word == "by" or (word == "before" and state.tenses.scan(place.start - 1, -1, 8) >= 0)


def _is_no_more(state: State, place: Place) -> bool:
    """Whether what was set for the day was put off, or the day is one of those on which something recurs."""
    low = state.words.low
    return low[place.start - 1 : place.start] == ["including"] or any(
        at in _PUT_OFF for at in low[place.end : place.end + 5]
    )


def _is_narrated(state: State, place: Place) -> bool:
    """Whether the paragraph tells a tale with "the following Monday" or "two days later"."""
    letters = state.words.letters
    low = max(place.start - _TALE_NEAR, 0)
    low = max(letters.rfind("|", low, place.start) + 1, low)
    return _tale().search(letters, low, place.start) is not None


def _is_bare(state: State, place: Place, behind: int) -> bool:
    """Whether a weekday without any tense stands in a list or a heading, or may as well be the next one."""
    words = state.words
    if place.pre == "ro":
        return False  # "as of Tuesday"
    before, after = words.letters[place.start - 1 : place.start], words.letters[place.end : place.end + 1]
    if before in ("", "|", ":") and after in ("", "|", ":"):
        return True
    listed = words.low[place.end : place.end + 1] == ["at"] and words.letters[place.end + 1 : place.end + 2] == "N"
    return behind > 2 or before == ":" or listed


def is_custom(state: State, place: Place) -> bool:
    """Whether the sentence tells of what recurs: "every Friday", "often in June"."""
    words = state.words
    for step, at in ((-1, place.start - 1), (1, place.end)):
        for away, near in enumerate(range(at, at + 30 * step, step)):
            if not 0 <= near < len(words.low) or state.tenses.ends(near):
                break
            if step > 0 and (words.low[near] == "that" or state.tenses.verb(near) < 0):
                break  # "said on Tuesday that it usually …", "Tuesday, the judge told that it typically …"
            letter = words.letters[near + 1 : near + 2]
            if words.low[near] in ("each", "every") and letter and letter in ("UDp" if away < 10 else "D"):
                return True
            if away < 10 and words.low[near] in _CUSTOMS:
                return True
    return False


def weekdays(state: State, place: Place, days: Days, day: dt.date) -> bool:
    """Whether "Tuesday to Saturday" may be opening hours."""
    words = state.words
    after = words.low[place.end : place.end + 1]
    if (days[1] - days[0]).days > 4 or after in (["until"], ["through"], ["from"], ["at"]):
        return True
    return at_an_hour(state, place.start, place.end) or is_custom(state, place)


def weekend(state: State, place: Place, days: Days, day: dt.date) -> bool:
    """Whether "this weekend", said in the middle of a week, is told in the past."""
    return state.words.letters[place.core] == "H" and 2 <= day.weekday() <= 4 and days[0] < day


@cache
def _tale() -> re.Pattern[str]:
    return re.compile(r"OD|[cN]UW")
