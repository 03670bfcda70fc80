"""Words and signs of a text, with their places."""

from __future__ import annotations

import re
from typing import NamedTuple

from .words import ABBREVIATIONS

Span = tuple[int, int]
TOKEN = re.compile(r"[^\W_][^\W_\u0300-\u036f]*[\u0300-\u036f]*(?:['’.&\-‑]?[^\W_]+[\u0300-\u036f]*)*|[^\w\s]|_")


class Token(NamedTuple):
    """A word (``kind`` ``"w"``), a sign (``"p"``) or a whole quotation (``"q"``): ``text[start:end]``.

    ``text`` and ``low``, the same in lower case, are without a possessive ending, which ``owner`` tells of; ``capital``
    tells whether a word begins with a capital letter. (A named tuple, as a text has very many.)
    """

    kind: str
    start: int
    end: int
    text: str
    low: str
    owner: bool = False
    capital: bool = False


_ABBREVIATED = re.compile(
    r"(?:(?:[^\W\d_]\.)*[^\W\d_]|" + "|".join(sorted(ABBREVIATIONS)) + r")\Z", re.IGNORECASE
).match


SITES = (".com", ".org", ".net", ".gov", ".edu")
"""How the name of a site ends, which is a name also in small letters."""
_new = tuple.__new__
"""Makes a token from its fields: half the time of the class's own call, for what a text has most of."""
_NONE = Token("", -1, -1, "", "")


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Returns the words and signs of ``text[start:end]``; the full stop of an initial or a title belongs to it."""
    found: list[Token] = []
    last = _NONE
    for match in TOKEN.finditer(text, start, end):
        word = match.group()
        low, high = match.span()
        if word[0].isalnum():
            if last.text == "." and word[0].islower() and _ends_short(found, last.start) and found[-2].capital:
                # "Hill Corp. said": no sentence begins with a small letter.
                found[-2:] = [_stopped(found[-2])]
            if word.isalpha():
                last = _new(Token, ("w", low, high, word, word.lower(), False, word[0].isupper()))
            else:
                owner = word.endswith(("'s", "’s"))
                plain = word[:-2] if owner else word
                capital = plain[0].isupper() or plain.endswith(SITES)
                last = _new(Token, ("w", low, high, plain, plain.lower(), owner, capital))
        elif word == "." and last.end == low and found and _ABBREVIATED(last.text):
            # The full stop of an initial or a title is part of it.
            last = _stopped(found.pop())
        else:
            if word == "," and last.text == "." and last.end == low and _ends_short(found, last.start):
                # A full stop before a comma is that of an abbreviation: "R-Ky.,".
                found[-2:] = [_stopped(found[-2])]
            last = _new(Token, ("p", low, high, word, word, False, False))
        found.append(last)
    return found


def _ends_short(found: list[Token], stop: int) -> bool:
    """Whether the sign that ends ``found``, at ``stop``, stands right behind a word."""
    return len(found) > 1 and found[-2].end == stop


def _stopped(word: Token) -> Token:
    return word._replace(end=word.end + 1, text=word.text + ".")
