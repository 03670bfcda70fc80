"""Ordinals: the first, the 21st, the twenty-first."""

from __future__ import annotations

import re

from .around import begins, is_inside_word, word_before
from .bounds import bound_around, limits
from .model import Amount, Unit, Value
from .nouns import FUNCTION, NEXT_WORD, noun_behind
from .wording import listed

_LEXICAL_FIRST = listed("lady ladies aid responder responders name names hand hand-hand minister gentleman class rate")
"""Words that "first" makes an expression with which counts nothing."""
_FIRST_OF_ALL = re.compile(r"\s+(?:of all|and foremost|things first)\b", re.IGNORECASE)
_ON_THE = re.compile(r"\bon\s+the\s+$")


def ordinal_at(text: str, amount: Amount, floor: int) -> list[Value]:
    """Reads "first", "21st" and "twenty-first", unless it is a noun, a fixed expression, a date or a name."""
    start, end = amount.start, amount.end
    if amount.low != int(amount.low) or is_inside_word(text, start) or _is_other(text, start, end, floor):
        return []
    bound, head, tail = bound_around(text, amount, Unit("ordinal", "", end), start, end, floor)
    if bound not in ("exact", "at least"):
        bound, head, tail = "exact", start, end
    noun, tail = noun_behind(text, tail, 1.0)
    return [Value(head, tail, "ordinal", *limits(bound, amount.low, amount.high), bound, "", noun)]


def _is_other(text: str, start: int, end: int, floor: int) -> bool:
    """Whether the ordinal is a noun ("a second"), part of a fixed expression or a name, or the day of a date."""
    word, digits, previous = text[start:end].lower(), text[start].isdigit(), word_before(text, start, floor)
    follows = NEXT_WORD.match(text, end)
    written = follows["word"] if follows else ""
    following = written.lower()
    if word == "second" and (
        previous in ("per", "split")
        or (previous in ("every", "each", "one", "a") and (not following or following in FUNCTION))
    ):
        return True
    if word == "first" and (
        previous == "at" or following in _LEXICAL_FIRST or _FIRST_OF_ALL.match(text, end, end + 16)
    ):
        return True
    if word in ("second", "third") and following in ("hand", "party", "parties"):
        return True
    if digits and not following and _ON_THE.search(text[max(0, start - 8) : start]):
        return True
    named = digits or (text[start].isupper() and not begins(text, start))
    return bool(named and follows and follows["gap"] == " " and written[0].isupper() and following not in FUNCTION)
