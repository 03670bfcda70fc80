"""Whether two values can both hold, and whether they count the same."""

from __future__ import annotations

from dataclasses import replace

from .model import Value
from .nouns import singular

TOLERANCE = 0.1
"""How far, as a share of the number, what stands beside "about" may lie off. Chosen, not fitted: newswire rounds to
one or two digits, so that "about 10,000" is said of 9,500 and 10,400, hardly of 12,000."""

NEAR = 1.25
"""How many times its own number what is said to be "more than" or "at least" it may be, and by how much less than it
what is "at most" it, to be the same figure. Chosen, not fitted: who writes "more than 600,000" means 610,000 or
700,000; of a million they would have said so."""


def agree(one: Value, other: Value) -> bool:
    """Whether both can hold of the same thing: same kind and unit, and ranges that meet.

    A number said to be "about" or a vague plural reaches :data:`TOLERANCE` further on both sides. "More than" and
    "less than" leave their own number out. Two exact numbers agree if they are equal, or if one is the other rounded
    to its decimals (33 % and 33.3 %).
    """
    if one.kind != other.kind or one.unit != other.unit:
        return False
    if one.bound == other.bound == "exact" and one.low is not None and other.low is not None:
        return _same_rounded(one.low, other.low)
    return _ranges_meet(one, other)


def alike(one: Value, other: Value) -> bool:
    """Whether both give the same figure: they :func:`agree`, and none is far from what the other one names.

    "At least 3,000" and 10,000 can both hold; they do not say the same. See :data:`NEAR`.
    """
    return agree(one, other) and _ranges_meet(_closed(one), _closed(other))


def _closed(value: Value) -> Value:
    """A range that is open on a side, as one that ends near the number it names."""
    if value.low and value.high is None:
        return replace(value, high=value.low + abs(value.low) * (NEAR - 1))
    if value.high and value.low is None:
        return replace(value, low=value.high - abs(value.high) * (1 - 1 / NEAR))
    return value


def _ranges_meet(one: Value, other: Value) -> bool:
    low, low_open, high, high_open = _reach(one)
    other_low, other_low_open, other_high, other_high_open = _reach(other)
    return _meets(low, low_open, other_high, other_high_open) and _meets(other_low, other_low_open, high, high_open)


def _meets(low: float, low_open: bool, high: float, high_open: bool) -> bool:
    return low < high or (low == high and not low_open and not high_open)


def _reach(value: Value) -> tuple[float, bool, float, bool]:
    """The range a value allows: (low, is low left out, high, is high left out)."""
    low = float("-inf") if value.low is None else value.low
    high = float("inf") if value.high is None else value.high
    if value.bound == "about":
        low, high = low - abs(low) * TOLERANCE, high + abs(high) * TOLERANCE
    return low, value.bound == "more than", high, value.bound == "less than"


def _same_rounded(one: float, other: float) -> bool:
    places, others = _decimals(one), _decimals(other)
    # Half away from zero, as people round: 0.5 under the last place that both have.
    return one == other or (
        places != others
        and abs(one - other) <= 0.5 * 10.0 ** -min(places, others) + 1e-9
        and max(abs(one), abs(other)) < 1e4
    )


def _decimals(number: float) -> int:
    shown = f"{number:.4f}".rstrip("0")
    return len(shown) - shown.index(".") - 1


def same_thing(one: Value, other: Value) -> bool:
    """Whether both count the same as far as their words tell: same kind and unit, and nouns alike but for the plural.

    No synonyms are known: soldiers are not troops. Plain numbers and ordinals without a noun are never the same
    thing; of money, shares, measures and durations the unit is enough where a noun is missing.
    """
    if one.kind != other.kind or one.unit != other.unit:
        return False
    if one.noun and other.noun:
        return singular(one.noun) == singular(other.noun)
    return one.kind in ("money", "percent", "measure", "duration")
