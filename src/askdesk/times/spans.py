"""Weeks, months, seasons and years as their first and last days, and days counted from others."""

from __future__ import annotations

import calendar
import datetime as dt

from .vocabulary import SEASONS

Days = tuple[dt.date, dt.date]
"""First and last day, both included."""
STEP = {"L": -1, "H": 0, "X": 1}


def month_span(year: int, month: int) -> Days:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def season_span(year: int, name: str) -> Days:
    """A winter bears the year in which it begins."""
    month = SEASONS[name]
    return dt.date(year, month, 1), month_span(year + (month == 12), 2 if month == 12 else month + 2)[1]


def unit_span(day: dt.date, unit: str, step: int) -> Days | None:
    """Returns the calendar unit ("week", "month", "year", "decade") that holds ``day``, moved by ``step`` units."""
    if unit == "week":
        monday = day + dt.timedelta(days=7 * step - day.weekday())
        return monday, monday + dt.timedelta(days=6)
    if unit == "month":
        index = day.year * 12 + day.month - 1 + step
        return month_span(index // 12, index % 12 + 1)
    if unit == "year":
        return dt.date(day.year + step, 1, 1), dt.date(day.year + step, 12, 31)
    if unit == "decade" and step == 0:
        return dt.date(day.year // 10 * 10, 1, 1), dt.date(day.year // 10 * 10 + 9, 12, 31)
    return None


def shift(day: dt.date, unit: str, count: int) -> dt.date:
    """Returns the day ``count`` units on; the 31st becomes the last of a shorter month. May raise OverflowError."""
    unit = unit.removesuffix("s")
    if unit in ("hour", "day", "week"):
        days = count * 7 if unit == "week" else -(-count // 24) if unit == "hour" else count
        return day + dt.timedelta(days=days)
    index = day.year * 12 + day.month - 1 + count * {"month": 1, "year": 12, "decade": 120}.get(unit, 1200)
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]) if 1 <= year <= 9999 else 0)


def part(span: Days, word: str) -> Days:
    """Returns the third of a month or year, or the half of a week, that "early", "mid" or "late" names."""
    first, last = span
    length = (last - first).days + 1
    third = {"early": 0, "earlier": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1}.get(word, 2)
    if length <= 7:
        low, high = ((0, 2), (1, 3), (3, 6))[third]
        return first + dt.timedelta(days=low), first + dt.timedelta(days=high)
    if length <= 31:
        low, high = ((0, 9), (10, 19), (20, length - 1))[third]
        return first + dt.timedelta(days=low), first + dt.timedelta(days=high)
    months = length // 30 // 3
    month = (first.month - 1 + third * months) % 12 + 1
    begin = first if third == 0 else dt.date(first.year + (month < first.month), month, 1)
    finish = last if third == 2 else month_span(begin.year, month + months - 1)[1]
    return begin, finish


def weekday_in(week: Days | None, index: int) -> Days | None:
    return None if week is None else (week[0] + dt.timedelta(days=index), week[0] + dt.timedelta(days=index))


def last_until(day: dt.date, index: int) -> Days:
    there = day - dt.timedelta(days=(day.weekday() - index) % 7)
    return there, there


def last_before(day: dt.date, index: int) -> Days:
    return last_until(day - dt.timedelta(days=1), index)


def first_from(day: dt.date, index: int) -> Days:
    there = day + dt.timedelta(days=(index - day.weekday()) % 7)
    return there, there
