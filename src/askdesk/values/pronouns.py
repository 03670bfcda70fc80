"""The word "one" where it stands for a thing or belongs to a fixed expression, and does not count."""

from __future__ import annotations

from .around import word_before
from .model import Amount
from .nouns import FOLLOWING, FUNCTION, noun_behind
from .wording import listed

_BEFORE = listed(
    "no any every each this that the which another some loved day number anyone someone part phase round game "
    "week chapter season episode such right wrong first last next new old good bad big level not your my his her our "
    "their"
)
_BEHIND = (FUNCTION - {"last"}) | listed("thing point day way hand side")


def is_one_another(text: str, end: int) -> bool:
    """Whether "another" follows: "one another"."""
    follows = FOLLOWING.match(text, end)
    return follows is not None and follows["word"].lower() == "another"


def is_pronoun(text: str, amount: Amount, floor: int) -> bool:
    """Whether "one" stands for a thing or is part of a fixed expression, and does not count."""
    follows = FOLLOWING.match(text, amount.end)
    if follows is None or follows["word"].lower() == "of" or word_before(text, amount.start, floor) in _BEFORE:
        return True
    word = follows["word"]
    if word in ("more", "less", "fewer"):
        return False
    return word in _BEHIND or not noun_behind(text, amount.end, 1.0)[0]
