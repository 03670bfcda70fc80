"""Whom "they" and "it" may take up from a sentence: the several, or the body or paper, that it is about."""

from __future__ import annotations

from .openings import opening, opening_phrase
from .phrases import Phrase
from .tokens import Token
from .verbs import head_of, is_speaker, plural
from .words import (
    BE,
    CROWDS,
    DETERMINERS,
    IRREGULAR,
    NOT,
    ORGANISATIONS,
    PEOPLE,
    PREPOSITIONS,
    REPORTS,
    ROLES,
    STOPPERS,
    VERBS,
)

_SEVERAL = (
    CROWDS
    | {word for word in PEOPLE if word.endswith("s")}
    | {word + "s" for word in ROLES | ORGANISATIONS if not word.endswith("s")}
)
_APART = VERBS | BE | NOT | IRREGULAR | PREPOSITIONS | STOPPERS | DETERMINERS | {"who", "which", "has", "had", "have"}
"""Words that tell nothing more of the noun behind them."""
_REACH = 3
"""How many words before a noun may tell more of it: "stock market observers"."""


def several(found: list[Token]) -> Phrase | None:
    """Returns the several whom a sentence is about, or else the only ones that it speaks of."""
    phrase = opening_phrase(found, opening(found, len(found)), len(found)) if found else None
    if phrase is not None:
        words = found[phrase.start : phrase.end]
        if phrase.kind == "name" and any(word.low == "and" for word in words):
            return phrase
        if phrase.kind == "name" and len(words) == 1 and words[0].low in _SEVERAL:
            return phrase
        head = head_of(words).low
        papers = REPORTS.intersection([word.low for word in words] + [head.removesuffix("s"), head[:-3] + "y"])
        heads = phrase.kind == "noun" and is_speaker(words) and plural(found, phrase)
        if heads and (head in PEOPLE or head.endswith("s")) and not papers:
            return phrase
    if any(token.low in ("they", "we") for token in found):
        return None
    places = [at for at, token in enumerate(found) if token.low in _SEVERAL and token.text.islower()]
    if len(places) != 1 or found[places[0]].owner:
        return None
    low = places[0]
    while low > 0 and places[0] - low < _REACH and _tells_more(found[low - 1]):
        low -= 1
    return Phrase("noun", low, places[0] + 1)


def _tells_more(token: Token) -> bool:
    return token.text.isalpha() and token.text.islower() and token.low not in _APART and not token.low.endswith("ly")


def thing(found: list[Token]) -> Phrase | None:
    """Returns the words for the body or the paper that a sentence is about, where that is a common noun."""
    phrase = opening_phrase(found, opening(found, len(found)), len(found)) if found else None
    if phrase is None or phrase.kind != "noun" or found[phrase.start].low not in ("the", "a", "an", "this"):
        return None
    return phrase if head_of(found[phrase.start : phrase.end]).low in REPORTS | ORGANISATIONS else None


def opening_clause(found: list[Token]) -> Phrase | None:
    """Returns the words for the body or the paper in "While the council has left, it …"."""
    if not found or found[0].low not in ("while", "although", "though", "when", "as", "after"):
        return None
    phrase = opening_phrase(found, 1, len(found))
    speaking = phrase is not None and phrase.kind == "noun" and is_speaker(found[phrase.start : phrase.end])
    return phrase if speaking else None
