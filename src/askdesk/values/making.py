"""The value that is made of an amount, its unit, the bound words around it and the noun behind it."""

from __future__ import annotations

from .bounds import bound_after, bound_around, limits
from .model import Amount, Unit, Value
from .nouns import OF, noun_behind


def value_of(text: str, amount: Amount, unit: Unit, head: int, floor: int, noun_too: bool = True) -> Value:
    """Makes the value of one amount, whose expression begins at ``head`` at the latest and not before ``floor``."""
    low, high = amount.low * unit.scale, amount.high * unit.scale
    bound, start, end = bound_around(text, amount, unit, head, unit.end, floor)
    if amount.form == "vague" and bound == "exact":
        bound = "about"
    noun = ""
    if noun_too and unit.kind == "number" and unit.name != "times":
        noun, end = noun_behind(text, end, amount.low)
    elif noun_too and unit.kind in ("percent", "measure") and (of := OF.match(text, end)):
        noun, last = noun_behind(text, of.start(), 2.0)
        end = last if noun else end
    if noun and bound == "exact" and (late := bound_after(text, end)):
        bound, end = late
    return Value(start, end, unit.kind, *limits(bound, low, high), bound, unit.name, noun)
