"""The forms of time expressions, as one regular expression over the letters of the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_MONTH = "(?:M|m\\.?)"
_DATE = f"(?:{_MONTH}N(?:,?Y)?|No?{_MONTH}(?:,?Y)?)"
_WEEKDAY = "(?:[Dd]\\.?,?h?)?"
_UNIT = "[HLX]U"

RULES: tuple[tuple[str, str], ...] = (
    ("iso", "J"),
    ("dates", f"{_WEEKDAY}(?:{_DATE}(?:,?[tu-]|&){_WEEKDAY}{_DATE})"),
    ("days", f"{_WEEKDAY}(?:{_MONTH}N[tu&-]N(?:,?Y)?(?![Mm])|N[tu&-]No?{_MONTH}(?:,?Y)?)"),
    ("date", f"{_WEEKDAY}{_DATE}"),
    ("months", f"{_MONTH}Y?[tu&-]{_MONTH},?Y?"),
    ("part_month", f"(?:[EWI]-?|[BZI]oh?){_MONTH}(?:,?o?Y|,?o?[HLX]U)?"),
    ("month_year", f"{_MONTH}(?:,?o?Y|o?[HLX]U)"),
    ("last_month", f"[LXH][Pk]?{_MONTH}(?!N)"),
    ("month", "(?:M|m\\.)"),
    ("season", "S(?:o?Y|o?[LXH]U)"),
    ("last_season", "(?:[EWI]-?)?[LXH][Pk]?S"),
    ("part_year", "(?:[EWI]-?|[BZI]o)Y|Fjo(?:Y|[HLX]U)"),
    ("years", "Y[tu-](?:Y|N)"),
    ("year_list", "Y(?:,Y){0,5},?&Y"),
    ("decade", "h?T"),
    ("year", "Y"),
    ("part_unit", f"[EWI]i?-?{_UNIT}|[BZI]o(?:h?{_UNIT}|hU)"),
    ("back", "h?[LPXk][cNK][Uv]|h[LPXk][Uv]|PU|H[Pk][UV]"),
    ("ago", "[cNKY]UGR?"),
    ("told", "h[XO](?:U|p)|[QO]U|[cNK]U[EW]"),
    ("weekdays", "D[tu-]D"),
    ("weekday", "(?:[LXH][Pk]?|h?[Pk])?Dp?(?:o[HLX]U)?"),
    ("weekend", "(?:[LXH][Pk]?|h)V"),
    ("unit", _UNIT),
    ("part_day", "[LHX]p"),
    ("near", "Rp?"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """An expression among the words of a text.

    Its preposition begins at word ``start``, the expression itself at ``core``; ``end`` is the word after it. ``pre``
    are the letters of the preposition, or empty.
    """

    rule: str
    start: int
    core: int
    end: int
    pre: str


def places(letters: str) -> Iterator[Place]:
    """Yields the expressions in words of these ``letters``, in order and apart."""
    for match in _expression().finditer(letters):
        core = match.end("pre")
        yield Place(match.lastgroup or "", match.start(), core, match.end(), letters[match.start() : core])


@cache
def _expression() -> re.Pattern[str]:
    rules = "|".join(f"(?P<{name}>{rule})" for name, rule in RULES)
    return re.compile(f"(?P<pre>(?:ro|[insubrfwo])?h??)(?:{rules})")
