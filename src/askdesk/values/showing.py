"""A value as it is shown to people."""

from __future__ import annotations

from .model import Value


def shown(value: Value) -> str:
    """Returns ``value`` for people: "10,000 soldiers", "at least 1,500", "USD 60 million", "12 %", "about 1,100"."""
    if value.bound == "about" and value.low != value.high:  # a vague plural
        word = _vague_word(value.low or 0.0)
        if value.noun or value.unit:
            word += " of"
        return " ".join(part for part in (word, _plural_unit(value), value.noun) if part)
    if value.bound == "between":
        amount, prefix = f"{_plain_number(value.low)} and {_plain_number(value.high)}", "between "
    else:
        amount = _plain_number(value.low if value.low is not None else value.high)
        prefix = "" if value.bound == "exact" else value.bound + " "
    if value.kind == "ordinal":
        amount = _ordinal_form(value.low or 0.0)
    if value.kind == "money" and value.unit != "cent":
        return f"{prefix}{value.unit} {amount}"
    if value.unit == "percent":
        amount += " %"
    elif value.unit:
        single = value.low == value.high == 1
        amount += " " + (value.unit if single else _plural_unit(value))
    of = " of" if value.noun and value.kind in ("percent", "measure") else ""
    return f"{prefix}{amount}{of}{' ' + value.noun if value.noun else ''}"


def _plural_unit(value: Value) -> str:
    unit = value.unit
    sign = value.kind == "measure" and len(unit) < 4
    if sign or value.kind == "money" or unit in ("", "percent", "times", "km/h"):
        return unit
    odd = {"century": "centuries", "square foot": "square feet", "square inch": "square inches"}
    return odd.get(unit, unit + "s")


def _vague_word(low: float) -> str:
    for unit, word in (
        (1e12, "trillions"),
        (1e11, "hundreds of billions"),
        (1e10, "tens of billions"),
        (1e9, "billions"),
        (1e8, "hundreds of millions"),
        (1e7, "tens of millions"),
        (1e6, "millions"),
        (1e5, "hundreds of thousands"),
        (1e4, "tens of thousands"),
        (1e3, "thousands"),
        (1e2, "hundreds"),
        (20.0, "scores"),
        (12.0, "dozens"),
    ):
        if low >= 2 * unit:
            return word
    return "tens"


def _plain_number(number: float | None) -> str:
    if number is None:
        return ""
    for scale, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(number) >= scale and round(number / scale, 3) * scale == number:
            return f"{number / scale:.3f}".rstrip("0").rstrip(".") + " " + word
    if number == int(number):
        return f"{int(number):,}"
    return f"{number:,.2f}".rstrip("0").rstrip(".") if abs(number) >= 0.1 else f"{number:.4g}"


def _ordinal_form(number: float) -> str:
    whole = int(number)
    end = "th" if 10 <= whole % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole:,}{end}"
