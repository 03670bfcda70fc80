"""What is a name and no time: "Friday Night Lights", "Black Friday", "USA TODAY"."""

from __future__ import annotations

from .state import State
from .vocabulary import word_set
from .words import Words

_NAMED_DAYS = word_set(
    "black good super cyber fat ash palm easter bloody giving ruby holy shrove maundy every each most many any some"
    " first second third fourth fifth another per bowl casual freaky following previous preceding that same - next ago"
)
_NO_NOUNS = word_set("when where that which who is are it he she they we i you or but so because if while with")
_COUNTED = ("unit", "back", "part_day", "weekend")
_WEATHER = word_set(
    "chilly cold hot warm cool sunny rainy snowy foggy balmy blustery brisk windy stormy humid gray grey gloomy cloudy"
    " slow lazy typical normal random given"
)
_HABITS = word_set("nights mornings afternoons evenings")
_NAMES_AFTER = word_set(
    "times post mail mirror express telegraph school mass ticket magazine football brunch review best service services"
)


def is_name(state: State, rule: str, core: int, end: int) -> bool:
    words = state.words
    before = words.low[core - 1] if core else ""
    after = words.low[end] if end < len(words.low) else ""
    joined = end < len(words.low) and words.starts[end] == words.ends[end - 1]
    if joined and words.letters[end] == "-" and rule in ("unit", "near", "part_unit", "month"):
        return end + 1 < len(words.low) and words.starts[end + 1] == words.ends[end]
    if rule in _COUNTED and words.form(end - 1)[0].isupper() and not words.form(end - 1).isupper():
        return True  # "Last Week Tonight", "The Next 365 Days"
    if rule == "last_season" and after and words.form(end - 1)[0].isupper() and words.form(end)[0].isupper():
        return True  # "the last Summer Games"
    if rule in ("weekday", "weekdays"):
        if words.letters[core - 1 : core] == "q" and words.letters[end : end + 1] == "q":
            return True
        if after in _HABITS or (before[:1].isalpha() and _stands_in_a_name(words, core, end)):
            return True
        part = words.form(end - 1)
        if words.letters[end - 1] == "p" and part[0].isupper() and not words.form(core).isupper():
            return True
        if before in _WEATHER and words.low[core - 2 : core - 1] == ["a"]:
            return True  # "on a chilly Monday"
        if before in ("a", "the") and not labels(state, end):
            return True  # "on a Monday", "the Monday after"
        counted = (after == "of" and (words.letters[core] != "D" or before == "the")) or (
            after == "the" and words.letters[end + 1 : end + 2] == "N"
        )
        if words.letters[core] in "LHP" or part[-2:] in ("'s", "’s"):
            return counted or before == "-"
        return before in _NAMED_DAYS or after in _NAMES_AFTER or counted
    if rule == "near":
        return is_title(state, core, end, before, after)
    return False


def _stands_in_a_name(words: Words, core: int, end: int) -> bool:
    """Whether words with capitals stand close on both sides, as in "the Uniform Monday Holiday Act"."""
    if end >= len(words.low) or words.letters[core] != "D" or words.letters[core - 1] != "x" or end - core > 1:
        return False
    close = words.starts[end] - words.ends[end - 1] == 1 == words.starts[core] - words.ends[core - 1]
    sides = words.form(core - 1), words.form(end)
    return close and all(form[0].isupper() and not form.isupper() for form in sides)


def labels(state: State, end: int) -> bool:
    """Whether a plain noun follows, as in "a Thursday meeting" and "a Thursday evening rally"."""
    words = state.words
    if end >= len(words.low) or words.letters[end] != "x" or not words.form(end).islower():
        return False
    low = words.low[end]
    return words.letters[end - 1] in "Dp" and state.tenses.verb(end) == 0 and low not in _NO_NOUNS


def is_title(state: State, core: int, end: int, before: str, after: str) -> bool:
    form = state.words.form(core)
    letters = state.words.letters
    if before == "usa" or after == "show" or (len(form) > 1 and form.isupper()):
        return True
    quoted = letters[core - 1 : core] == "q" and letters[end : end + 1] == "q"
    return quoted or (form[0].isupper() and not state.tenses.opens(core))
