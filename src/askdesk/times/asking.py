"""Which days a question names, and whether it wants the first or the latest state of things."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from .vocabulary import LETTERS

if TYPE_CHECKING:
    from .expressions import Place
    from .words import Words

_Days = tuple[dt.date, dt.date]
_YEARLESS = frozenset(["dates", "days", "date", "months", "part_month", "month"])
_LEAP_YEAR = dt.date(2000, 1, 1)
_NAMING = "MmDdSUVvpR"
"""The letters of words that stand for a day or a stretch of days."""


@dataclass(frozen=True, slots=True)
class AskedTime:
    """Which days a question names, and which state of things it wants.

    ``days`` are (first, last) pairs, both included. ``yearly`` are days named without a year, matched in any:
    (first month, first day, last month, last day). ``wants`` is ``"first"`` (the earliest report), ``"latest"`` (how
    things stand now) or empty.
    """

    days: tuple[_Days, ...] = ()
    yearly: tuple[tuple[int, int, int, int], ...] = ()
    wants: str = ""

    def covers(self, first: dt.date, last: dt.date) -> bool:
        """Whether some named day lies within ``first`` to ``last``, both included; False where none is named."""
        if any(low <= last and first <= high for low, high in self.days):
            return True
        return any(
            _in_year(year, low, high, first, last)
            for year in range(max(first.year - 1, 1), min(last.year, first.year + 2) + 1)
            for low, high in ((span[:2], span[2:]) for span in self.yearly)
        )


def asked_time(question: str, today: dt.date | None) -> AskedTime:
    """Returns the days that ``question`` names, and whether it asks for the first or the latest state.

    What is relative counts from ``today``, and is left out without it. "In mid-October" and "on 28 October" are meant
    in any year.
    """
    days: list[_Days] = []
    yearly: list[tuple[int, int, int, int]] = []
    if _may_name_days(question):
        from .resolving import resolved
        from .words import cut

        words = cut(question)
        for place, (first, last) in resolved(words, _LEAP_YEAR, asked=True, any_year=True):
            if _is_yearless(words, place):
                yearly.append((first.month, first.day, last.month, last.day))
        days = [span for place, span in resolved(words, today, asked=True) if not _is_yearless(words, place)]
    return AskedTime(tuple(days), tuple(yearly), _wanted(question))


def _may_name_days(question: str) -> bool:
    """Whether the question holds a figure or a word that an expression may be made of: most do not."""
    if any(sign.isdigit() for sign in question):
        return True
    words = "".join(sign if sign.isalpha() else " " for sign in question.lower()).split()
    return any(LETTERS.get(word, "x") in _NAMING for word in words)


def _is_yearless(words: Words, place: Place) -> bool:
    reaching = any(letter in "sub" for letter in place.pre)
    units = any(letter in "YU" for letter in words.letters[place.core : place.end])
    return place.rule in _YEARLESS and not reaching and not units


def _in_year(year: int, low: tuple[int, ...], high: tuple[int, ...], first: dt.date, last: dt.date) -> bool:
    """Whether the days from month and day ``low`` to ``high`` of ``year`` meet ``first`` to ``last``."""
    end_year = year + (high < low)
    if end_year > dt.MAXYEAR:
        return False
    begin = dt.date(year, low[0], min(low[1], calendar.monthrange(year, low[0])[1]))
    end = dt.date(end_year, high[0], min(high[1], calendar.monthrange(end_year, high[0])[1]))
    return begin <= last and first <= end


def _wanted(question: str) -> str:
    if _latest().search(question):
        return "latest"
    return "first" if _first().search(question) else ""


@cache
def _latest() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:latest|newest|most recent(?:ly)?|now(?!-)|currently|nowadays|these days|at the moment|at present|so far"
        r"|as of today|up to date|today)\b|\bcurrent (?=[a-z])",
        re.IGNORECASE,
    )


@cache
def _first() -> re.Pattern[str]:
    """An adverb ("Who first said …?") or the first of several reports; no ordinal ("the first woman")."""
    return re.compile(
        r"\b(?:earliest|initial(?:ly)?|originally|at first)\b"
        r"|(?<!the )(?<!a )(?<!his )(?<!her )(?<!its )(?<!their )(?<!our )(?<!['’]s )"
        r"\bfirst\b(?! (?:of|time|class)\b)"
        r"|\bfirst (?:reports?|accounts?|estimates?|figures?|counts?|claims?|statements?|versions?|mentions?|numbers?"
        r"|tolls?|announcements?)\b"
    )
