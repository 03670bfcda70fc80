"""Where a numeral may begin, and which of its forms it has."""

from __future__ import annotations

import re

from .digits import WRITTEN
from .model import Amount
from .numberwords import GLYPHS, ONES, ORDINALS, PARTS, SCALE_WORD, SCALES, TENS, VAGUE_WORD
from .numerals import number_in_digits, number_in_words
from .shares import share_at
from .wording import GAP, JOINT, any_of, spelled

_SOME = rf"(?:an?{GAP}(?:few|couple(?:{GAP}of)?)|several|many){GAP}"
CORE = re.compile(
    rf"{WRITTEN}|(?<![\w.])\.[0-9]+|[{''.join(GLYPHS)}]"
    rf"|\b(?:{_SOME}(?:{SCALE_WORD})\b"
    rf"|(?:{VAGUE_WORD}|twice|thrice|half|{any_of([*ONES, *TENS, *ORDINALS])})\b"
    rf"|an?{JOINT}(?:half|{SCALE_WORD}|{any_of(PARTS)})\b)",
    re.IGNORECASE,
)
"""What a numeral begins with. Every search for the next value is one for this pattern."""
_VAGUE = re.compile(
    rf"(?:{_SOME}(?P<few>{SCALE_WORD})s?(?:{GAP}(?P<more>{SCALE_WORD}))?"
    rf"|(?P<plural>{VAGUE_WORD})(?:{GAP}of{GAP}(?P<of>thousands|millions|billions|trillions))?)\b",
    re.IGNORECASE,
)


def amount_at(text: str, at: int, comma: bool | None) -> Amount | None:
    """Reads the numeral that begins at ``at``, where :data:`CORE` matches; ``comma`` is that of ``decimal_comma``."""
    if match := _VAGUE.match(text, at):
        return _vague(match)
    if share := share_at(text, at):
        return share
    if text[at].isdigit() or text[at] in GLYPHS or text[at] == ".":
        return number_in_digits(text, at, comma)
    return number_in_words(text, at)


def _vague(match: re.Match[str]) -> Amount:
    word, more = spelled(match["few"] or match["plural"]), match["more"] or match["of"]
    unit = {"tens": 10.0, "scores": 20.0}.get(word) or SCALES[word.rstrip("s")]
    if more:
        unit *= SCALES[spelled(more).rstrip("s")]
    return Amount(match.start(), match.end(), 2 * unit, 10 * unit, "vague", scaled=True)


def is_year(amount: Amount) -> bool:
    """Whether a numeral has the form of a year."""
    return amount.form == "digits" and not amount.grouped and not amount.scaled and 1000 <= amount.low < 2100
