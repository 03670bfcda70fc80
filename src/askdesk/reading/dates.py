"""Dates as they are printed in pages and files, in English, German, French and Spanish month names and in figures."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_MONTHS = {
    1: "january jan januar jänner janvier janv enero ene",
    2: "february feb februar février févr fevrier febrero",
    3: "march mar märz maerz mars marzo",
    4: "april apr avril avr abril abr",
    5: "may mai mayo",
    6: "june jun juni juin junio",
    7: "july jul juli juillet juil julio",
    8: "august aug août aout agosto ago",
    9: "september sept sep septembre septiembre setiembre",
    10: "october oct oktober okt octobre octubre",
    11: "november nov novembre noviembre",
    12: "december dec dezember dez décembre déc decembre diciembre dic",
}
_MONTH = {word: number for number, words in _MONTHS.items() for word in words.split()}
_WEEKDAYS = {
    0: "monday mon montag lundi lunes",
    1: "tuesday tue tues dienstag mardi martes",
    2: "wednesday wed weds mittwoch mercredi miércoles",
    3: "thursday thu thur thurs donnerstag jeudi jueves",
    4: "friday fri freitag vendredi viernes",
    5: "saturday sat samstag samedi sábado",
    6: "sunday sun sonntag dimanche domingo",
}
_WEEKDAY = {word: number for number, words in _WEEKDAYS.items() for word in words.split()}

_M = "|".join(sorted(_MONTH, key=len, reverse=True))
_W = "|".join(sorted(_WEEKDAY, key=len, reverse=True))
_DATE = re.compile(
    rf"(?:\b(?P<weekday>{_W})\b\.?,?\s{{0,2}}(?:the\s|den\s|le\s|el\s)?)?"
    r"(?:"
    rf"(?<![\d/])(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?(?:\s{{1,2}}|-)(?:of\s|de\s)?(?P<m1>{_M})\b\.?,?(?:\s{{1,2}}|-)(?:de\s)?(?P<y1>\d{{4}})"
    rf"|\b(?P<m2>{_M})\b\.?\s{{1,2}}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}(?P<y2>\d{{4}})"
    r"|(?<![\d/-])(?P<y3>\d{4})(?P<s3>[-/.])(?P<m3>\d{1,2})(?P=s3)(?P<d3>\d{1,2})"
    r"|(?<![\d/.-])(?P<a4>\d{1,2})(?P<s4>[-/.])(?P<b4>\d{1,2})(?P=s4)(?P<y4>\d{4})"
    r")(?!\d)",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T|$)")


@dataclass(frozen=True, slots=True)
class Printed:
    """A date as it stands in a text at ``start:end``; ``weekday`` tells whether a right weekday stands with it."""

    start: int
    end: int
    date: dt.date
    weekday: bool


def find_dates(text: str) -> list[Printed]:
    """Returns the whole dates (day, month, year) in ``text``. Figures whose order is open (3/4/2024) are left out."""
    found = []
    for match in _DATE.finditer(text):
        date = _date(match)
        if date is None:
            continue
        named = match["weekday"]
        right = named is not None and _WEEKDAY[named.lower()] == date.weekday()
        found.append(Printed(match.start(), match.end(), date, right))
    return found


def parse_date(text: str) -> dt.date | None:
    """Returns the day that a field of metadata names, as printed there (no time zone is applied), or None."""
    compact = _COMPACT.match(text.strip())
    if compact:
        return _make(int(compact[1]), int(compact[2]), int(compact[3]))
    found = find_dates(text[:200])
    return found[0].date if found else None


def _date(match: re.Match[str]) -> dt.date | None:
    if match["y1"]:
        return _make(int(match["y1"]), _MONTH[match["m1"].lower()], int(match["d1"]))
    if match["y2"]:
        return _make(int(match["y2"]), _MONTH[match["m2"].lower()], int(match["d2"]))
    if match["y3"]:
        return _make(int(match["y3"]), int(match["m3"]), int(match["d3"]))
    first, second, year = int(match["a4"]), int(match["b4"]), int(match["y4"])
    if match["s4"] == "." or first > 12 or first == second:
        return _make(year, second, first)
    return _make(year, first, second) if second > 12 else None


def _make(year: int, month: int, day: int) -> dt.date | None:
    if not 1600 <= year <= 2200:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
