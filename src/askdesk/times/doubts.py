"""What a careful reader of the news would leave open though a day can be counted.

Each doubt stands for a kind of error that was met in news pages: a page changed days after its date, a quotation from
earlier, a custom told with weekdays, a tale of another year, "today" for nowadays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from .expressions import Place
from .near import FIRM
from .quotes import is_quoted
from .spans import Days
from .state import State
from .vocabulary import word_set
from .weekdays import at_an_hour

_FAR = 120
"""A past day this many days back is mostly given with its year, unless it is a day that bears a name of its own."""
_TOLD_NEAR = 20
"""How many words may stand between a date and "the next day"."""
_CUSTOMS = word_set("weekly usually typically normally regularly always")
_ROUGHLY = word_set("about around roughly approximately some")
_UNLIKE_TOMORROW = word_set("a the better of for")
_LOOSE_LEADS = word_set("is are it's that's who's what's they're we're isn't aren't been be")
"""A participle after these tells a state of things: "It is forgotten today"."""
_TODAY_FIRM = word_set("earlier later until as of")


def in_doubt(state: State, place: Place, days: Days) -> bool:
    """Whether the ``days`` counted for the expression at ``place``, before its preposition stretches them, are unsure.

    False where the text has no day: what is resolved without it is complete in itself.
    """
    doubt = _DOUBTS.get(place.rule)
    return state.day is not None and doubt is not None and doubt(state, place, days, state.day)


def _date(state: State, place: Place, days: Days, day: dt.date) -> bool:
    letters = state.words.letters[place.core : place.end]
    if "Y" in letters or "D" in letters or "d" in letters:
        return False
    before = state.words.low[place.start - 1] if place.start else ""
    return (day - days[0]).days > _FAR or before in ("each", "every")


def _month(state: State, place: Place, days: Days, day: dt.date) -> bool:
    months = (day.year - days[0].year) * 12 + day.month - days[0].month
    return months > 3 and state.tenses.of(place.start, place.end) == 0


def _last_month(state: State, place: Place, days: Days, day: dt.date) -> bool:
    """Whether "last March", said in June, may be of either year."""
    letters = state.words.letters[place.core : place.end]
    return letters[0] == "L" and "P" not in letters and days[0].year == day.year


def _unit(state: State, place: Place, days: Days, day: dt.date) -> bool:
    """Whether a week named on a Sunday or Monday may be the one before or after."""
    words = state.words
    if words.low[place.end - 1] != "week":
        return False
    which = words.letters[place.core]
    if day.weekday() == 6:
        return which == "L" or (which == "H" and state.tenses.of(place.start, place.end) > 0)
    return day.weekday() == 0 and which == "H" and state.tenses.of(place.start, place.end) < 0


def _part_unit(state: State, place: Place, days: Days, day: dt.date) -> bool:
    return state.words.low[place.core] == "earlier" and days[0] == day


def _back(state: State, place: Place, days: Days, day: dt.date) -> bool:
    """Whether "the next three months" is told of another time, or the count goes on: "the past year or so"."""
    words = state.words
    if words.low[place.end : place.end + 1] == ["or"] or words.low[place.end : place.end + 2] == ["and", "a"]:
        return True
    apart = words.low[place.start] == "for" or state.tenses.opens(place.start)
    return days[0] == day < days[1] and apart and state.tenses.of(place.start, place.end) < 0


def _ago(state: State, place: Place, days: Days, day: dt.date) -> bool:
    words = state.words
    years = day.year - days[0].year
    before = words.low[max(place.start - 1, 0) : place.core]
    return years >= 100 or (not 0 < years < 10 and any(low in _ROUGHLY for low in before))


def _told(state: State, place: Place, days: Days, day: dt.date) -> bool:
    follows = state.words.letters[place.core : place.end].lstrip("h")[0] in "XO"
    return follows and state.anchor is not None and place.core - state.anchor[0] > _TOLD_NEAR


def _weekday(state: State, place: Place, days: Days, day: dt.date) -> bool:
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
    if words.form(place.end - 1)[-2:] in ("'s", "’s"):
        ahead = words.low[place.start] == "for" or state.tenses.scan(place.start - 1, -1, 8) > 0
        return ahead and behind > 0
    if _is_custom(state, place):
        return True
    return state.tenses.of(place.start, place.end) == 0 and _is_bare(state, place, behind)


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


def _is_custom(state: State, place: Place) -> bool:
    words = state.words
    for step, at in ((-1, place.start - 1), (1, place.end)):
        for near in range(at, at + 10 * step, step):
            if not 0 <= near < len(words.low) or state.tenses.ends(near):
                break
            recurs = words.low[near] in ("each", "every") and words.letters[near + 1 : near + 2] in ("U", "D")
            if recurs or words.low[near] in _CUSTOMS:
                return True
    return False


def _weekdays(state: State, place: Place, days: Days, day: dt.date) -> bool:
    """Whether "Tuesday to Saturday" may be opening hours."""
    words = state.words
    after = words.low[place.end : place.end + 1]
    if (days[1] - days[0]).days > 4 or after in (["until"], ["through"], ["from"], ["at"]):
        return True
    return at_an_hour(state, place.start, place.end) or _is_custom(state, place)


def _weekend(state: State, place: Place, days: Days, day: dt.date) -> bool:
    """Whether "this weekend", said in the middle of a week, is told in the past."""
    return state.words.letters[place.core] == "H" and 2 <= day.weekday() <= 4 and days[0] < day


def _part_day(state: State, place: Place, days: Days, day: dt.date) -> bool:
    return place.pre == "n" or is_quoted(state.words, place.start)


def _near(state: State, place: Place, days: Days, day: dt.date) -> bool:
    words = state.words
    if is_quoted(words, place.start):
        return True  # said on the day before as often
    word, before = words.low[place.core], words.low[max(place.start - 1, 0) : place.start]
    if word == "tomorrow":
        return any(low in _UNLIKE_TOMORROW for low in before)
    if word != "today" or words.form(place.end - 1)[-2:] in ("'s", "’s") or any(low in _TODAY_FIRM for low in before):
        return False
    return not _has_a_verb_close_by(state, place)


def _has_a_verb_close_by(state: State, place: Place) -> bool:
    """Whether what "today" belongs to is done or set for a day, and is no state of things."""
    words, tenses = state.words, state.tenses
    if tenses.opens(place.start):
        side = range(place.end, min(place.end + 6, len(words.low)))
    else:
        side = range(place.start - 1, max(place.start - 6, -1), -1)
    for at in side:
        if tenses.ends(at):
            return False
        if tenses.verb(at):
            done = tenses.verb(at) < 0 and words.low[at] not in ("been", "since")
            led = at > 0 and words.low[at - 1] in _LOOSE_LEADS
            return words.low[at] in FIRM or (done and not led)
    return False


_DOUBTS: dict[str, Callable[[State, Place, Days, dt.date], bool]] = {
    "date": _date,
    "days": _date,
    "dates": _date,
    "month": _month,
    "last_month": _last_month,
    "unit": _unit,
    "part_unit": _part_unit,
    "back": _back,
    "ago": _ago,
    "told": _told,
    "weekday": _weekday,
    "weekdays": _weekdays,
    "weekend": _weekend,
    "part_day": _part_day,
    "near": _near,
}
