"""What a careful reader of the news would leave open though a day can be counted.

Each doubt stands for a kind of error that was met in news pages: a page changed days after its date, a quotation from
earlier, a custom told with weekdays, a tale of another year, "today" for nowadays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from .dates import elsewhere
from .doubted_weekdays import is_custom, weekday, weekdays, weekend
from .expressions import Place
from .near import FIRM
from .quotes import is_quoted, names_its_day
from .spans import Days
from .state import State
from .vocabulary import word_set

_FAR = 120
"""A past day this many days back is mostly given with its year, unless it is a day that bears a name of its own."""
_TOLD_NEAR = 20
"""How many words may stand between a date and "the next day"."""
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
    if (is_custom(state, place) and "s" not in place.pre) or (months < -8 and not _will_be(state, place)):
        return True
    return months > 3 and state.tenses.of(place.start, place.end) == 0


def _will_be(state: State, place: Place) -> bool:
    near = state.words.low[max(place.start - 24, 0) : place.end + 14]
    return "u" in place.pre or any(low in ("will", "won't", "shall") or low.endswith("'ll") for low in near)


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
    word, last = state.words.low[place.core], state.words.letters[place.end - 2] == "L"
    if last and state.words.low[place.end - 1] == "week" and day.weekday() == 6:
        return True  # as for the whole week in _unit
    return (word == "earlier" and days[0] == day) or (word == "later" and days[1] == day)


def _back(state: State, place: Place, days: Days, day: dt.date) -> bool:
    """Whether "the next three months" is told of another time, or the count goes on: "the past year or so"."""
    words = state.words
    if words.low[place.end : place.end + 1] == ["or"] or words.low[place.end : place.end + 2] == ["and", "a"]:
        return True
    if is_quoted(words, place.start) and elsewhere(state, place.start, day.year):
        return True
    if words.letters[place.core : place.end] == "hLU" and _is_named(state, place.end):
        return not state.tenses.opens(place.start)  # "during the last year Smith owned the paper"
    apart = words.low[place.start] == "for" or state.tenses.opens(place.start)
    return days[0] == day < days[1] and apart and state.tenses.of(place.start, place.end) < 0


def _is_named(state: State, at: int) -> bool:
    return at < len(state.words.low) and state.words.form(at)[0].isupper()


def _ago(state: State, place: Place, days: Days, day: dt.date) -> bool:
    words = state.words
    years = day.year - days[0].year
    before = words.low[max(place.start - 1, 0) : place.core]
    return years >= 100 or (not 0 < years < 10 and any(low in _ROUGHLY for low in before))


def _told(state: State, place: Place, days: Days, day: dt.date) -> bool:
    follows = state.words.letters[place.core : place.end].lstrip("h")[0] in "XO"
    return follows and state.anchor is not None and place.core - state.anchor[0] > _TOLD_NEAR


def _part_day(state: State, place: Place, days: Days, day: dt.date) -> bool:
    return place.pre == "n" or _is_said_otherwise(state, place, day)


def _is_said_otherwise(state: State, place: Place, day: dt.date) -> bool:
    """Whether "today" stands in a quotation that may as well be of the day before."""
    if not is_quoted(state.words, place.start):
        return False
    if state.of_its_day is None:
        state.of_its_day = names_its_day(state.words, day)
    return not state.of_its_day


def _near(state: State, place: Place, days: Days, day: dt.date) -> bool:
    words = state.words
    if _is_said_otherwise(state, place, day):
        return True
    word, before = words.low[place.core], words.low[max(place.start - 1, 0) : place.start]
    if word == "tomorrow":
        if "if" in words.low[max(place.start - 12, 0) : place.start] and state.tenses.scan(place.start - 1, -1, 6) < 0:
            return True  # "If it closed tomorrow, …"
        return any(low in _UNLIKE_TOMORROW for low in before)
    if "like" in words.low[max(place.start - 2, 0) : place.start]:
        return True  # "It feels like just yesterday"
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
    "weekday": weekday,
    "weekdays": weekdays,
    "weekend": weekend,
    "part_day": _part_day,
    "near": _near,
}
