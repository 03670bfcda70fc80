"""What stands around a number: the word before, the beginning of a sentence, a heading, the rest of a longer word."""

from __future__ import annotations

import re

from .wording import HYPHENS

_SENTENCE_START = re.compile(r"(?:\A|[\r\n]|[.!?:;…•*|]|[—–])[\"“”‘’'»«)\]]*\s*[\"“”‘’'«(\[]*$")
_WORD_BEFORE = re.compile(r"(?P<word>[^\W\d_]+)(?P<gap>\W{1,3})$")
_CURRENCY_END = re.compile(r"(?:^|[^A-Za-z])(?:Rs|[A-Z]{3})$")


def begins(text: str, start: int) -> bool:
    """Whether a sentence or a line begins at ``start``."""
    return start == 0 or _SENTENCE_START.search(text[max(0, start - 12) : start]) is not None


def word_before(text: str, start: int, floor: int) -> str:
    """Returns the word before ``start`` in lower case; empty where other than spaces and hyphens stands between."""
    before = _WORD_BEFORE.search(text[max(floor, start - 20) : start])
    return before["word"].lower() if before and not before["gap"].strip(" -") else ""


def is_heading(text: str, start: int) -> bool:
    """Whether the line around is written In Capitals Like This, so that a capital says nothing."""
    low = max(text.rfind("\n", max(0, start - 200), start) + 1, start - 200, 0)
    high = text.find("\n", start, start + 200)
    line = text[low : high if high >= 0 else start + 200]
    capitals = [word[0].isupper() for word in re.findall(r"[^\W\d_]{4,}", line)]
    return len(capitals) >= 3 and sum(capitals) >= 0.8 * len(capitals)


def is_inside_word(text: str, start: int) -> bool:
    """Whether what stands right before makes the digits part of a name, a version or a longer numeral."""
    if start == 0:
        return False
    before, earlier = text[start - 1], text[start - 2 : start - 1]
    if before == "_" or before.isalnum():
        return not _CURRENCY_END.search(text[max(0, start - 4) : start])
    if before in HYPHENS:
        return earlier.isalpha()
    if before in ".,:":
        return earlier.isdigit() or (before == "." and earlier.isupper())
    return before in "%/\\#@=№" or (before in "'’" and earlier.isalpha())
