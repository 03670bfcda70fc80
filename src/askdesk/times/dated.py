"""Which days a text names by weekday and date together, "Saturday, Oct. 1", so that "Saturday" may be that one."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from .vocabulary import WEEKDAYS
from .words import Words

_SHORT = tuple(name[:3] for name in WEEKDAYS)
_SOON = 10
"""A day further off than this is hardly called by its bare weekday."""


def dated_weekdays(words: Words, day: dt.date) -> dict[int, frozenset[dt.date]]:
    """Returns the days up to ten days from ``day`` that ``words`` name so, by their weekday (Monday is 0)."""
    low = max(day.toordinal() - _SOON, dt.date.min.toordinal())
    high = min(day.toordinal() + _SOON, dt.date.max.toordinal())
    near = {(there.month, there.day): there for there in map(dt.date.fromordinal, range(low, high + 1))}
    found: dict[int, set[dt.date]] = {}
    for match in _dated().finditer(words.letters):
        index = _SHORT.index(words.low[match.start()][:3])
        month = words.months(match.start(), match.end())[0]
        there = near.get((month, words.numbers(match.start(), match.end(), "N")[0]))
        if there is not None and there.weekday() == index:
            found.setdefault(index, set()).add(there)
    return {index: frozenset(days) for index, days in found.items()}


@cache
def _dated() -> re.Pattern[str]:
    return re.compile(r"[Dd]\.?,?h?(?:(?:M|m\.?)N|No?(?:M|m))")
