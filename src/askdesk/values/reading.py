"""Reads the values of a text: one expression after the other."""

from __future__ import annotations

import re
from dataclasses import replace

from .amounts import CORE, amount_at
from .around import is_inside_word
from .digits import decimal_comma
from .exclusions import spans_of_others
from .labels import is_name
from .making import value_of
from .model import Amount, Unit, Value
from .numberwords import GLYPHS
from .ordinals import ordinal_at
from .ranges import range_at
from .units import currency_code, unit_behind
from .unitwords import CURRENCY_BEFORE, UNIT
from .wording import GAP

_BELOW_ZERO = re.compile(rf"{GAP}below{GAP}zero\b", re.IGNORECASE)
_ZERO_MARK = re.compile(r"\b(?:below|above)\szero$", re.IGNORECASE)


def values(text: str) -> tuple[Value, ...]:
    """Returns the values stated in ``text``, in order and without overlaps. Time grows with the length of ``text``."""
    others = spans_of_others(text)
    comma = decimal_comma(text)
    found: list[Value] = []
    at, other = 0, 0
    while core := CORE.search(text, at):
        start = core.start()
        while other < len(others) and others[other][1] <= start:
            other += 1
        if other < len(others) and others[other][0] < core.end() and start < others[other][1]:
            at = max(others[other][1], start + 1)
            continue
        floor = found[-1].end if found else 0
        read, at = _read(text, core, floor, comma)
        found.extend(read)
        at = max(at, found[-1].end) if found else at
    return tuple(found)


def _read(text: str, core: re.Match[str], floor: int, comma: bool | None) -> tuple[list[Value], int]:
    """Reads the expression around ``core``, not looking before ``floor``; returns its values and where to go on."""
    start = core.start()
    amount = amount_at(text, start, comma)
    if amount is None:
        # "A third attempt": no fraction, so that what follows the article is still to be read.
        return [], start + 1 if core.group()[0] in "aA" else core.end()
    if is_inside_word(text, start):
        return [], amount.end
    money = CURRENCY_BEFORE.search(text[max(floor, start - 6) : start])
    code = currency_code(money) if money else ""
    head = start - len(money.group()) if money else start
    if _ZERO_MARK.search(text[max(0, start - 7) : amount.end]):
        return [], amount.end
    if amount.form == "ordinal":
        return ordinal_at(text, amount, floor), amount.end
    if amount.form == "half" and amount.low == 0.5 and text[start] not in GLYPHS and not UNIT.match(text, amount.end):
        return [], amount.end
    unit = unit_behind(text, amount, code)
    if unit.name in ("degree", "°C", "°F") and _BELOW_ZERO.match(text, unit.end):
        amount = _negative(amount, start)
    if (at := _minus(text, unit, head, floor)) is not None:
        head, amount = at, _negative(amount, at)
    span = range_at(text, amount, unit, code, comma, head, floor)
    if span is not None:
        return span
    if is_name(text, amount, unit, code, head, floor):
        return [], unit.end
    return [value_of(text, amount, unit, head, floor)], unit.end


def _negative(amount: Amount, start: int) -> Amount:
    return replace(amount, start=start, low=-amount.high, high=-amount.low)


def _minus(text: str, unit: Unit, head: int, floor: int) -> int | None:
    """Returns where the minus before ``head`` starts; None where there is none or it is that of a margin of error."""
    if text[max(0, head - 9) : head].lower() == "or minus " or text[max(0, head - 2) : head] == "/-":
        return None
    if text[max(floor, head - 6) : head].lower() == "minus ":
        return head - 6
    sign = text[head - 1 : head] in ("-", "\u2212") and not text[max(0, head - 2) : head - 1].strip(" \n(")
    return head - 1 if sign and unit.kind in ("measure", "percent", "money") else None
