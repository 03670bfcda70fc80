"""The words around an amount that say how exact it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .model import Amount, Unit
from .wording import GAP, HYPHEN, any_of, spelled

_WINDOW = 48
"""Characters that are looked at before a number: the longest bound with a currency has about 35."""
_BEFORE = (
    ("between", "between|anywhere between|somewhere between"),
    (
        "at least",
        "at least|at the very least|no fewer than|no less than|not less than|not fewer than|a minimum of|upwards of|"
        "upward of|as few as|as little as|minimum",
    ),
    (
        "at most",
        "up to|as many as|as much as|at most|no more than|not more than|a maximum of|no greater than|no longer than|"
        "no later than|no higher than|no larger than|maximum|as high as|as long as|as far as|≤",
    ),
    (
        "more than",
        "more than|over|above|greater than|in excess of|exceeding|exceeded|exceeds|exceed|well over|just over|"
        "older than|higher than|longer than|larger than|bigger than|heavier than|taller than|faster than|beyond|"
        "topping|surpassing|surpassed|tops|topped|over the age of|over age|above the age of|>",
    ),
    (
        "less than",
        "less than|fewer than|under|under the age of|under age|below the age of|below|just under|shy of|lower than|"
        "younger than|shorter than|smaller than|<",
    ),
    (
        "about",
        "about|around|roughly|approximately|approx|approx.|some|nearly|almost|close to|near|an estimated|estimated|"
        "estimated at|circa|ca.|c.|virtually|practically|approaching|in the region of|in the neighborhood of|or so|~|≈",
    ),
)
_BOUND = {words: bound for bound, group in _BEFORE for words in group.split("|")}
_BOUND_BEFORE = re.compile(
    rf"(?<![\w-])(?P<words>{any_of(_BOUND).replace(chr(92) + ' ', GAP)})"
    rf"(?P<filler>{GAP}(?:another|an?{GAP}(?:further|additional|extra|"
    rf"whopping|record|staggering|combined|reported)|a{GAP}total{GAP}of|(?P<known>the|its|his|their)|only|just))?{GAP}?$",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(
    rf"(?P<least>\+(?!\w)|{HYPHEN}plus\b"
    rf"|{GAP}(?:or|and){GAP}(?:more|older|above|higher|over|up|greater|longer|larger)\b)"
    rf"|(?P<most>{GAP}(?:or|and){GAP}(?:less|fewer|younger|under|below|lower|shorter|smaller)\b"
    rf"|{GAP}at{GAP}(?:the{GAP})?most\b)"
    rf"|{GAP}or{GAP}so\b|{HYPHEN}(?:odd|ish)\b|{GAP}or{GAP}thereabouts\b",
    re.IGNORECASE,
)
_DURING = re.compile(
    r"(?:for|just|well|of|lasted?|lasting|with|took|is|was|a|be|been|little|slightly|already)\s{1,3}$", re.IGNORECASE
)
"""What must stand before "over" and a duration for it to mean "more than" and not "in the course of"."""


@dataclass(frozen=True, slots=True)
class Before:
    """Bound words right before an amount: as the tables have them, what they say, and where they start.

    ``known`` is True where "the" or "its" stands between: "over the 10 days".
    """

    said: str
    bound: str
    start: int
    known: bool


def window_before(text: str, head: int, floor: int) -> str:
    """Returns what stands before ``head`` as far as it may tell of a number there, nothing before ``floor``."""
    return text[max(floor, head - _WINDOW) : head]


def bound_before(text: str, head: int, floor: int) -> Before | None:
    """Reads the bound words that end at ``head``."""
    before = window_before(text, head, floor)
    match = _BOUND_BEFORE.search(before)
    if match is None:
        return None
    said = spelled(match["words"])
    return Before(said, _BOUND[said], head - len(before) + match.start(), match["known"] is not None)


def bound_after(text: str, end: int) -> tuple[str, int] | None:
    """Reads the bound words that begin at ``end``: what they say and where they end."""
    match = _BOUND_AFTER.match(text, end)
    if match is None:
        return None
    return "at least" if match["least"] else "at most" if match["most"] else "about", match.end()


def bound_around(text: str, amount: Amount, unit: Unit, head: int, end: int, floor: int) -> tuple[str, int, int]:
    """Returns (bound, start, end) of an amount with the bound words around it.

    They stand before ``head``, after the numeral's own end, or after ``end``, that of its unit.
    """
    if late := bound_after(text, amount.end) or bound_after(text, end):
        return late[0], head, max(end, late[1])
    before = bound_before(text, head, floor)
    if (
        before is None
        or before.bound == "between"
        or (before.said == "some" and amount.form in ("words", "ordinal") and amount.low == 1)
        or (before.known and before.bound != "at least")
        or (
            before.said == "over"
            and unit.kind == "duration"
            and not _DURING.search(window_before(text, before.start, max(floor, head - _WINDOW)))
        )
    ):
        return "exact", head, end
    return before.bound, before.start, end


def limits(bound: str, low: float, high: float) -> tuple[float | None, float | None]:
    """Returns ``low`` and ``high`` as far as ``bound`` is one on that side, None where it is none."""
    return None if bound in ("at most", "less than") else low, None if bound in ("at least", "more than") else high
