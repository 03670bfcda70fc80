"""The words for a speaker that follow a verb of speech, or "according to"."""

from __future__ import annotations

from .phrases import Phrase, noun_phrase
from .tokens import Token
from .words import (
    BE,
    BETWEEN,
    DAYS,
    DETERMINERS,
    HOLDING,
    NOT,
    ORGANISATIONS,
    PREPOSITIONS,
    REPORTS,
    ROLES,
    STOPPERS,
    VERBS,
    listed,
)

_WHOLE = ROLES | ORGANISATIONS | REPORTS
_CLOSED = PREPOSITIONS | STOPPERS | BE
_ENDING = _CLOSED | VERBS
_BEGINS_CLAUSE = listed("he she it they we you i it's there's he's she's they're if to in on at for")
_NEW_CLAUSE = DETERMINERS | NOT | listed("he she it they there we you i it's there's he's she's they're")


def phrase_after(found: list[Token], place: int) -> Phrase | None:
    """Returns the words for a speaker that begin at ``place``: after "said" or "according to"."""
    if place >= len(found):
        return None
    first = found[place].low
    if first in ("that", "there") or (
        first in _BEGINS_CLAUSE and found[place + 1 : place + 2] and found[place + 1].kind == "w"
    ):
        return None
    high = place
    common = place < len(found) and not found[place].capital
    while high < len(found) and high - place < 25:
        token = found[high]
        if token.kind != "w" and token.text not in ("&", "/", "-"):
            break
        if token.text.islower() and high > place:
            if token.low in HOLDING and not (token.low == "to" and found[high - 1].low != "close"):
                body = found[high - 1].low in ORGANISATIONS and token.low == "of"
                if not common and found[high - 1].capital and found[high - 1].low not in ROLES and not body:
                    break
            elif not common and found[high - 1].capital and token.low in _NEW_CLAUSE:
                break
            elif token.low in VERBS and (token.low in REPORTS or found[high - 1].low in DETERMINERS):
                pass
            elif token.low in _ENDING or token.low in (
                "who",
                "has",
                "had",
            ):
                if token.low != "and" or high + 1 >= len(found) or not _joins(found, high):
                    break
            elif token.low in (
                "published",
                "obtained",
                "reviewed",
                "seen",
                "earlier",
                "late",
                "via",
                "conducted",
                "this",
                "either",
                "last",
                "neither",
                *(() if found[high - 1].low.endswith("ly") else ("released",)),
            ) or (token.low.endswith(("ed", "ing")) and _is_whole(found[high - 1]) and not found[high - 1].owner):
                break
        if (token.low in DAYS and not _holds_day(found, high)) or (
            token.text.islower() and token.low in BETWEEN and high > place
        ):
            break
        high += 1
    return noun_phrase(found, place, high) if high > place else None


def _joins(found: list[Token], place: int) -> bool:
    """Whether "and" joins two names here, or two callings of one person: "professor and author Mary Hill"."""
    before, after = found[place - 1], found[place + 1]
    if before.low in ROLES and after.capital:
        # "said port chairwoman and Orsa Bank director Mary Hill"
        titles = [at for at in range(place + 2, min(place + 10, len(found) - 1)) if found[at].low in ROLES]
        if any(found[at].text.islower() and found[at + 1].capital for at in titles):
            return True
    if before.capital:
        return after.capital
    named = any(token.capital for token in found[place + 2 : place + 5])
    return after.kind == "w" and not after.capital and after.low not in _NEW_CLAUSE and named


def _holds_day(found: list[Token], place: int) -> bool:
    """Whether a day stands inside words for a source: "Orsa Radio's Monday report", "a Monday report"."""
    before, after = found[place - 1], found[place + 1] if place + 1 < len(found) else None
    inside = after is not None and after.kind == "w" and not after.capital and after.low not in _CLOSED
    return inside and (before.owner or before.low in ("a", "an", "the"))


def _is_whole(token: Token) -> bool:
    """Whether a noun for a speaker or a paper: a participle after it tells more of it."""
    return token.kind == "w" and bool({token.low, token.low.removesuffix("s")} & _WHOLE)
