"""Two amounts that belong together: ranges, and from one to the other."""

from __future__ import annotations

import re
from dataclasses import replace

from .amounts import CORE, amount_at, is_year
from .bounds import bound_before, window_before
from .digits import LONGEST_NUMERAL
from .labels import is_ago, is_label
from .making import value_of
from .model import Amount, Unit, Value
from .nouns import is_plural, noun_behind
from .units import unit_behind
from .unitwords import SIGNS
from .wording import GAP, any_of

_RANGE = re.compile(
    rf"-?{GAP}(?P<word>to|and|or){GAP}"
    rf"(?:(?:as{GAP}(?:many|much|high){GAP}as|about|around|even|nearly|perhaps|maybe){GAP})?"
    rf"|{GAP}?(?P<dash>[-\u2010-\u2014\u2212]){GAP}?",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s{1,3}(?:about |around |roughly |some |nearly |almost )?$", re.IGNORECASE)
_AGED = re.compile(r"\b(?:ages?|aged|between)(?:\sof)?\s{1,3}$", re.IGNORECASE)
_SIGN_AHEAD = re.compile(any_of(SIGNS))
_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


def range_at(
    text: str, amount: Amount, unit: Unit, code: str, comma: bool | None, head: int, floor: int
) -> tuple[list[Value], int] | None:
    """Reads "10 to 12", "10-12 km", "between A and B", "five or six"; None where ``amount`` stands alone.

    Scores, votes and spans of years give no value; "from A to B" gives two.
    """
    if amount.form not in ("digits", "words") or amount.low < 0:
        return None
    joint = _RANGE.match(text, unit.end)
    if joint is None:
        return None
    sign = _SIGN_AHEAD.match(text, joint.end())
    at = sign.end() if sign else joint.end()
    other = amount_at(text, at, comma) if CORE.match(text, at) else None
    if other is None or other.form not in ("digits", "words"):
        return None
    word = (joint["word"] or "").lower()
    if is_year(amount) and not unit.shown and not code and not is_year(other) and not other.scaled:
        return None
    bound = bound_before(text, head, floor)
    between = bound is not None and bound.bound == "between"
    if word == "and" and not between:
        return None
    second = unit_behind(text, other, SIGNS[sign.group()] if sign else "")
    if joint["dash"] and not _is_dash_range(text, amount, other, second, code, joint):
        spaced = joint.group() != joint["dash"]
        return None if spaced or second.shown or joint["dash"] == "—" else ([], max(second.end, other.end))
    if is_year(amount) and is_year(other) and not second.shown and not code:
        return [], other.end
    if unit.shown and second.shown and (unit.kind, unit.name) != (second.kind, second.name):
        return None
    shared = second if second.shown else unit
    low, high = _low_scaled(text, amount, other), other.low
    given = _FROM.search(window_before(text, head, floor)) is not None
    if word == "to" and (given or low >= high):
        noun, last = noun_behind(text, second.end, high) if not shared.shown else ("", second.end)
        if not given and not shared.shown and not noun and not code and high < 1000:
            return [], other.end
        last_unit = Unit(shared.kind, shared.name, max(second.end, other.end))
        first = replace(amount, low=low, high=low)
        pair = [
            value_of(text, first, Unit(shared.kind, shared.name, unit.end), head, floor, noun_too=False),
            value_of(text, other, last_unit, sign.start() if sign else other.start, joint.end()),
        ]
        return pair, max(last, last_unit.end)
    if low >= high:
        return None
    if word == "or" and (high > 3 * low + 1 or (bound and not between and low + 1 != high)):
        return None
    if not (shared.shown or code) and is_label(text, head, floor):
        return [], other.end
    start = head
    if bound and bound.bound in ("between", "about"):
        start = bound.start
    elif bound and word == "or":
        return None
    return _one_range(text, low, high, shared, start, max(shared.end, other.end))


def _one_range(text: str, low: float, high: float, unit: Unit, start: int, end: int) -> tuple[list[Value], int]:
    if is_ago(text, replace(unit, end=end)):
        return [], end
    noun, last = noun_behind(text, end, high) if unit.kind == "number" else ("", end)
    return [Value(start, last, unit.kind, low, high, "between", unit.name, noun)], end


def _low_scaled(text: str, amount: Amount, other: Amount) -> float:
    """Returns the lower number of a range with the scale of the higher: in "10 to 12 million", ten million."""
    low, high = amount.low, other.low
    if not other.scaled or amount.scaled or low >= min(high, 1000):
        return low
    digits = _DIGITS.match(text, other.start, other.start + LONGEST_NUMERAL)
    single = float(digits.group()) if digits and "," not in digits.group() else 0.0
    scaled = low * (high / single if single else _word_factor(high))
    return scaled if scaled < high else low


def _word_factor(number: float) -> float:
    """Returns the scale that a number like ten million was put together with."""
    return next((scale for scale in (1e12, 1e9, 1e6, 1e3, 1e2) if number >= scale), 1.0)


def _is_dash_range(text: str, one: Amount, other: Amount, second: Unit, code: str, joint: re.Match[str]) -> bool:
    """Tells "10-12 people" and "5–6 %" from the score "3-1" and the name "747-8"."""
    if not other.scaled and one.low >= other.low * (1e9 if one.scaled else 1):
        return False
    if joint.group() != joint["dash"] and not (second.shown or other.grouped):
        return False
    if code or second.shown or other.scaled or (one.grouped and other.grouped):
        return True
    if is_year(one):
        return False
    if _AGED.search(text[max(0, one.start - 12) : one.start]):
        return True
    noun, _ = noun_behind(text, other.end, other.low)
    return bool(noun and is_plural(noun) and text[other.end : other.end + 1] != "-")
