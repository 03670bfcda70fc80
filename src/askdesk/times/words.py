"""A text cut into words and signs, with a letter for the part that each may have in a time expression."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .vocabulary import LETTERS, MONTH_SHORT, MONTHS, NUMBERS

_SHORT_LINE = 40
"""A line of fewer characters was not broken for width: it is a headline or an item, and ends a sentence."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words and signs of a text: places, lower-case forms without possessive, and a letter for each."""

    text: str
    starts: list[int]
    ends: list[int]
    low: list[str]
    letters: str

    def form(self, at: int) -> str:
        return self.text[self.starts[at] : self.ends[at]]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Returns where the words from ``start`` to ``end`` stand in the text, without a possessive at the end."""
        high = self.ends[end - 1]
        return self.starts[start], high - 2 * (self.text[high - 2 : high].lower() in ("'s", "’s"))

    def numbers(self, low: int, high: int, letters: str) -> list[int]:
        """Returns the numbers that the words from ``low`` to ``high`` with one of the ``letters`` stand for."""
        found = []
        for at in range(low, high):
            if self.letters[at] in letters:
                digits = re.match(r"\d+", self.low[at])
                found.append(int(digits.group()) if digits else NUMBERS.get(self.low[at], 0))
        return found

    def months(self, low: int, high: int) -> list[int]:
        """Returns the numbers of the months among the words from ``low`` to ``high``."""
        return [
            MONTH_SHORT.get(self.low[at]) or MONTHS.index(self.low[at])
            for at in range(low, high)
            if self.letters[at] in "Mm"
        ]


def cut(text: str) -> Words:
    """Cuts ``text`` into words and signs. Takes time linear in its length; any string will do."""
    starts: list[int] = []
    ends: list[int] = []
    low: list[str] = []
    letters: list[str] = []
    for match in _token().finditer(text):
        form, kind = match.group(), match.lastgroup
        start, end = match.span()
        if kind == "word":
            form = _plain(form)
            letter = LETTERS.get(form, "x")
            if letter in "Mmd" and text[start].islower() and (letter != "M" or form in ("may", "march", "august")):
                letter = "x"
        elif kind == "line":
            if text.rfind(form, max(0, start - _SHORT_LINE), start) < 0 and start >= _SHORT_LINE:
                continue  # a long line: wrapped text goes on in the next
            letter = "|"
        elif kind == "number":
            form = _plain(form)
            letter = _number_letter(form)
        else:
            letter = {"iso": "J", "slashed": "J", "break": "|", "dash": "-", "quote": "q"}.get(kind or "", "")
            letter = letter or (form if form in ".,:" else "." if form in "!?;" else "x")
        starts.append(start)
        ends.append(end)
        low.append(form)
        letters.append(letter)
    return Words(text, starts, ends, low, "".join(letters))


def _plain(form: str) -> str:
    """A word in small letters, with a straight apostrophe and no possessive ending."""
    low = form.lower()
    return low if low.isalpha() else low.replace("’", "'").removesuffix("'s")


def _number_letter(low: str) -> str:
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", low)
    if plain.isascii() and plain.isdigit():
        if len(plain) == 4:
            return "Y" if 1800 <= int(plain) <= 2100 and plain == low else "K"
        return "N" if len(plain) < 3 and 1 <= int(plain) <= 31 else "K" if len(plain) < 4 and plain == low else "x"
    return "T" if re.fullmatch(r"(?:18|19|20)\d0s", low, re.ASCII) else "x"


@cache
def _token() -> re.Pattern[str]:
    """Every branch is bounded by what it cannot contain, so that cutting takes linear time."""
    return re.compile(
        r"(?P<iso>(?<![\w-])\d{4}-\d\d-\d\d(?![\w-]))|(?P<slashed>(?<![\w/])\d{1,2}/\d{1,2}/\d{4}(?![\w/]))"
        r"|(?P<number>\d+(?:[.,]\d+)*(?:st|nd|rd|th|s)?(?:['’]s)?)"
        r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<break>\n(?:[^\S\n]*\n)+|\r(?:[^\S\r\n]*\r)+)"
        r"|(?P<line>[\r\n])|(?P<dash>[-‐‑–—])|(?P<quote>[\"“”«»])|(?P<other>(?P<sign>[^\s\w])(?P=sign)*)"
    )
