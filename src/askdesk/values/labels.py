"""Numbers that are years, or part of a name or a label."""

from __future__ import annotations

import re

from .amounts import is_year
from .around import begins, is_heading
from .bounds import Before, bound_before, window_before
from .model import Amount, Unit
from .nouns import FOLLOWING, FUNCTION, is_plural, noun_behind
from .pronouns import is_one_another, is_pronoun
from .wording import GAP, HYPHENS, any_of, listed

_AGO = re.compile(rf"{GAP}ago\b", re.IGNORECASE)
_LABELS = listed(
    "no nos number numbers page pages chapter article articles section paragraph channel room gate phase level type "
    "grade step stage tier category version episode part volume route highway interstate rule size class zone ward "
    "flight lane platform apartment apt suite box figure table case seed round lap day week game season p pp vol ch "
    "fig sec art code error item lesson row layer year exhibit count amendment title heat race match set act verse "
    "quarter war proposition ground question factor track top-level"
)
_LABEL_BEFORE = re.compile(rf"(?:(?<!\w)(?:{any_of(_LABELS)})\.?|#|№)[ \u00a0]?$", re.IGNORECASE)
_CAPITALISED_BEFORE = re.compile(r"(?<![\w’'.-])(?P<word>[A-ZÀ-Þ][\w’'&.-]*)[ \u00a0]$")
_NOT_NAMES = FUNCTION | listed(
    "one two three four five six seven eight nine ten first second third total nearly almost roughly approximately "
    "least monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december aged age fewer approx exactly estimated up well number"
)
"""Words that are no names, though a capital may begin them."""
_PEOPLE = listed("people men women children soldiers troops civilians others workers students persons")
_BOUNDS_OF_YEARS = listed("around about circa ca. c. near over under")
"""Bound words that may stand before a year as well."""


def is_ago(text: str, unit: Unit) -> bool:
    """Whether a duration tells a time in the past: "three days ago"."""
    return unit.kind == "duration" and _AGO.match(text, unit.end) is not None


def is_label(text: str, head: int, floor: int) -> bool:
    """Whether the word before ``head`` is one that numbers follow as names: "Article 5", "No. 10"."""
    return _LABEL_BEFORE.search(window_before(text, head, floor)) is not None


def is_name(text: str, amount: Amount, unit: Unit, code: str, head: int, floor: int) -> bool:
    """Whether the number is a year, part of a name or a label, or the pronoun "one"; dates are told before."""
    if code:
        return False
    if is_ago(text, unit):
        return True
    bound = bound_before(text, head, floor)
    if amount.form == "words" and amount.low == 1 and not amount.scaled:
        counted = unit.shown or (bound and bound.bound not in ("between", "about"))
        return is_one_another(text, amount.end) or (not counted and is_pronoun(text, amount, floor))
    if unit.shown or unit.name or amount.form not in ("digits", "words"):
        return False
    name = _name_before(text, head, floor)
    if amount.form == "words":
        if text[amount.start].isupper() and not begins(text, amount.start):
            follows = FOLLOWING.match(text, amount.end)
            if name or (follows and follows["word"][0].isupper() and not is_heading(text, amount.start)):
                return True
    elif _goes_on(text, amount.end):
        return True
    noun = noun_behind(text, amount.end, amount.low)[0]
    if is_year(amount):
        return _is_year_here(amount, bound, noun)
    if amount.grouped or amount.scaled or noun in _PEOPLE:
        return False
    return is_label(text, head, floor) or (amount.form == "digits" and name != "" and not name.endswith("ly"))


def _name_before(text: str, head: int, floor: int) -> str:
    """Returns the capitalised word before ``head``; empty where there is none or it is no name."""
    match = _CAPITALISED_BEFORE.search(window_before(text, head, floor))
    return match["word"] if match and match["word"].lower() not in _NOT_NAMES else ""


def _goes_on(text: str, end: int) -> bool:
    """Whether the digits that end at ``end`` go on as a name: "2S19", "737-A", "7/x"."""
    tight, joined = text[end : end + 1], text[end + 1 : end + 2]
    return (
        tight.isalpha()
        or tight == "_"
        or (tight != "" and tight in HYPHENS and (joined.isupper() or joined.isdigit()))
        or (tight == "/" and joined.isalnum())
    )


def _is_year_here(amount: Amount, bound: Before | None, noun: str) -> bool:
    if bound and bound.said not in _BOUNDS_OF_YEARS:
        return False
    if amount.low >= 1900:
        return noun not in _PEOPLE
    return not (is_plural(noun) and (bound or noun in _PEOPLE))
