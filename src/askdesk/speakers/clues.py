"""What the words of one sentence tell of whom a pronoun or a verb in it may stand for."""

from __future__ import annotations

from .attributions import CLOSING
from .frames import Frame
from .tokens import Token
from .words import ORGANISATIONS, PREPOSITIONS, ROLES, VERBS, listed

_OPENERS = listed("asked pressed questioned when and but if")


def closes(item: Frame, place: int) -> bool:
    """Whether the pronoun at ``place`` and its verb stand behind a comma at the end of a sentence: "…, he said."."""
    found = item.tokens
    if place == 0 or found[place - 1].text != "," or place + 1 >= len(found) or found[place + 1].low not in VERBS:
        return False
    after = found[place + 2 : place + 4]
    quoted = len(after) > 1 and after[1].kind == "q"
    return not after or (after[0].text in ".," and not quoted) or after[0].low in CLOSING


def when_asked(item: Frame) -> bool:
    """Whether a sentence begins so: "And when asked whether Hill …, he": no one in that clause is its subject."""
    lows = [token.low for token in item.tokens[:4]]
    return any(low in ("asked", "pressed", "questioned") for low in lows) and lows[:1] != ["he"] and lows[0] in _OPENERS


def points(found: tuple[Token, ...], at: int) -> bool:
    """Whether "that" only points to what follows: "on that plan"."""
    return found[at].low == "that" and at > 0 and found[at - 1].low in PREPOSITIONS


def is_role(word: str) -> bool:
    """Whether a word says what a person is: "mayor", "singer-songwriter"."""
    return word not in ORGANISATIONS and any(part in ROLES for part in (word, word.rsplit("-", 1)[-1]))


def in_phrase(item: Frame, first: int) -> bool:
    """Whether a name is no subject, as a preposition stands before it: "Without Hill, he said, …"."""
    return first > 0 and item.tokens[first - 1].low in PREPOSITIONS
