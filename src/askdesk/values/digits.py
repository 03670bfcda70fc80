"""Numerals in digits: what their points, commas and spaces mean."""

from __future__ import annotations

import re

LONGEST_NUMERAL = 30
"""Characters of a numeral written in digits; what is longer is no amount, and a float could not hold it."""
_SPACE_IN_NUMERAL = "\u00a0\u202f\u2009\u2007 "
"""Narrow and non-breaking spaces between groups of three digits, and the plain one."""
WRITTEN = rf"[0-9]+(?:[.,][0-9]+|[{_SPACE_IN_NUMERAL}](?=[0-9]{{3}}(?![0-9]))[0-9]{{3}})*"
_POINT_SHOWN = re.compile(
    r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|(?<![0-9.,])[0-9]+\.[0-9]{1,2}(?![0-9]|[.,][0-9])"
)
_COMMA_SHOWN = re.compile(
    r"(?<![0-9.,])[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,2}|(?<=\.[0-9]{3}\.[0-9]{3}))(?![0-9]|[.,][0-9])"
    r"|(?<![0-9.,])[0-9]+,[0-9]{1,2}(?![0-9]|[.,][0-9])"
)


def decimal_comma(text: str) -> bool | None:
    """Whether the numerals of ``text`` have a comma before their decimals; None where they do not tell."""
    point = sum(1 for _ in _POINT_SHOWN.finditer(text))
    comma = sum(1 for _ in _COMMA_SHOWN.finditer(text))
    return None if point == comma else comma > point


def number_of(raw: str, comma: bool | None) -> float | None:
    """Returns the number that a numeral in digits stands for; None for versions, dates and other chains of digits.

    ``comma`` tells whether a comma stands before decimals; None where the text does not tell.
    """
    if len(raw) > LONGEST_NUMERAL:
        return None
    plain = re.sub(f"[{_SPACE_IN_NUMERAL}]", "", raw)
    spaced = plain != raw
    signs = re.sub("[0-9]", "", plain)
    if signs == "":
        return None if len(plain) > 1 and plain[0] == "0" and not spaced else float(plain)
    groups = re.split("[.,]", plain)
    thousands = 1 <= len(groups[0]) <= 3 and groups[0][0] != "0" and all(len(group) == 3 for group in groups[1:])
    if len(signs) == 1:
        decimal = comma is False if signs == "." else comma is True
        if thousands and not spaced and not decimal:
            return float("".join(groups))
        return float(".".join(groups)) if signs == "." or comma is not False else None
    if signs == signs[0] * len(signs):
        indian = signs[0] == "," and len(groups[-1]) == 3 and all(len(group) == 2 for group in groups[1:-1])
        return float("".join(groups)) if thousands or indian else None
    whole, last = signs[:-1], signs[-1]
    grouped = 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:-1])
    if last in whole or not grouped or whole != whole[0] * len(whole):
        return None
    return float("".join(groups[:-1]) + "." + groups[-1])
