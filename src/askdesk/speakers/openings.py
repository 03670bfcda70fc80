"""Where the subject of a sentence begins, and the words for a speaker that are it."""

from __future__ import annotations

from .phrases import Phrase, is_calling, noun_phrase
from .tokens import Token
from .words import (
    BE,
    BETWEEN,
    DAYS,
    DETERMINERS,
    IRREGULAR,
    LATELY,
    MONTHS,
    NOT,
    PREPOSITIONS,
    REPORTS,
    ROLES,
    STOPPERS,
    TIMES,
    VERBS,
)

_ADVERBS = frozenset({"so", "now", "today", "still", "instead", "earlier", "perhaps", "indeed"})
_TIMED = LATELY | TIMES | DAYS | MONTHS | {"on", "a", "ago"}
_FINITE = BE | VERBS | NOT | {"has", "have", "had"}
_NO_VERB = PREPOSITIONS | STOPPERS | DETERMINERS | DAYS | {"who", "there", "and"}


def opening(found: list[Token], place: int) -> int:
    """Returns where the subject of the sentence begins: after "But", after "In a statement," and after "Orsa:"."""
    at = 0
    while at < min(3, place) and found[at].kind == "w":
        at += 1
    if 0 < at < place and found[at].text == ":":
        return at + 1
    comma = next((n for n in range(1, min(place, 4)) if found[n].text == ","), None)
    timed = comma is not None and all(token.low in _TIMED and not token.owner for token in found[:comma])
    if comma is not None and (timed or found[0].low in _ADVERBS or found[0].low.endswith("ly")):
        return comma + 1
    if found[0].low in ("but", "and", "also", "then", "meanwhile", "however", "later", "yet", "still"):
        return 2 if len(found) > 1 and found[1].text == "," else 1
    if found[0].low in PREPOSITIONS | {
        "when",
        "while",
        "as",
        "although",
        "though",
        "asked",
        "speaking",
        "citing",
        "calling",
        "following",
        "facing",
    }:
        comma = next((n for n in range(1, min(place, 25)) if found[n].text == ","), None)
        return comma + 1 if comma is not None else place
    return 0


def opening_phrase(found: list[Token], low: int, place: int) -> Phrase | None:
    """Returns the words for a speaker that begin at ``low``, if a verb follows them before ``place``."""
    for at in range(low + 1, min(place, low + 12)):
        token = found[at]
        if token.text == ",":
            return _renamed(found, low, at)
        if token.kind != "w":
            return None
        several = (
            found[at - 1].low != "news"
            and found[at - 1].text.islower()
            and found[at - 1].low.endswith("s")
            and is_calling(found[at - 1])
        )
        if (
            (token.low in _FINITE and token.low != "to")
            or (token.text.islower() and token.low.endswith("ed"))
            or (token.text.islower() and token.low in IRREGULAR)
            or (several and _may_be_verb(token))
        ):
            while at > low + 1 and (found[at - 1].low in BETWEEN or found[at - 1].low.endswith("ly")):
                at -= 1
            while at > low + 2 and found[at - 1].low in DAYS and found[at - 2].low == "on":
                at -= 2
            return noun_phrase(found, low, at)
    return None


def _may_be_verb(token: Token) -> bool:
    """Whether a word behind a noun in the plural may be its verb: "leaders plan", not "leaders in", "leaders who"."""
    other = token.low in _NO_VERB
    other = other or is_calling(token) or token.low in REPORTS
    return token.text.islower() and not other and not token.low.endswith(("ing", "ly"))


def _renamed(found: list[Token], low: int, comma: int) -> Phrase | None:
    """The name in "The head of the port, Mary Hill, answered"."""
    high = comma + 1
    while high < len(found) and found[high].capital:
        high += 1
    named = 2 <= high - comma - 1 <= 4 and high < len(found) and found[high].text == ","
    return Phrase("name", comma + 1, high) if named and any(token.low in ROLES for token in found[low:comma]) else None
