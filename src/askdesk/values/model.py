"""What is passed around: a value as it is given out, and the amount and the unit that it is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """An amount stated in a text.

    ``start`` and ``end`` are offsets in the text and take in the bound words, the unit and the counted noun. ``kind``
    is ``"number"``, ``"money"``, ``"percent"``, ``"measure"``, ``"duration"`` or ``"ordinal"``. ``low`` and ``high``
    are in ``unit``, None where there is no bound on that side. ``bound`` is ``"exact"``, ``"about"``, ``"at least"``,
    ``"more than"``, ``"at most"``, ``"less than"`` or ``"between"``. ``unit`` is a currency code, ``"percent"``,
    ``"percentage point"``, ``"basis point"``, ``"times"``, an SI sign or the singular English name; ``noun`` is the
    lower-case head noun that is counted, as written. Both are empty where there is none.
    """

    start: int
    end: int
    kind: str
    low: float | None
    high: float | None
    bound: str
    unit: str = ""
    noun: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A numeral: its place, its number or range, and what its form says of it.

    ``form`` is ``"digits"``, ``"words"``, ``"vague"``, ``"part"`` (of a whole, in percent), ``"times"``, ``"ordinal"``
    or ``"half"`` (a part of a unit). ``scaled``: a word for a power of ten was read; ``grouped``: the digits are no
    plain row.
    """

    start: int
    end: int
    low: float
    high: float
    form: str
    scaled: bool = False
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """What follows a numeral: its kind and unit, and where it ends, and what the number is multiplied by.

    The kind is ``"number"`` where there is no unit; ``shown`` is False then.
    """

    kind: str
    name: str
    end: int
    scale: float = 1.0

    @property
    def shown(self) -> bool:
        return self.kind != "number"
