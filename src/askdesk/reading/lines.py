"""A text seen line by line, with the place of each line in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
# Signs that end a sentence, in Latin, Greek, Arabic, Indic, Chinese and Japanese writing, and what may close after it.
_END = re.compile(r"[.!?…:;؟۔।。！？][\"'’”»›)\]*_]*$")
_STOP = re.compile(r"[.!?…؟۔।。！？][\"'’”»›)\]*_]*$")
_INSIDE = re.compile(r"[.!?؟۔।][\"'’”»)\]]* |[。！？]")
_SPACES = re.compile(r"\s+")
_FULL = 45
_COUNTED = 400
_CLOSING = 16
_WIDE = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: ``text`` is the slice ``start:end`` without the white space around it.

    ``words`` counts its words (those of its first 400 characters; of scripts that write none apart, two characters
    are one). ``is_ended`` tells whether it ends with a sign that ends a sentence or opens a list. ``is_prose`` tells
    whether it reads as part of a story: eight words or more that end as a sentence, or twenty that hold the end of one.
    """

    start: int
    end: int
    text: str
    words: int
    is_ended: bool
    is_prose: bool


def _line(start: int, end: int, text: str) -> Line:
    begin, tail = text[:_COUNTED], text[-_CLOSING:]
    words = len(begin.split()) + len(_WIDE.findall(begin)) // 2
    prose = words >= 8 and bool(_STOP.search(tail) or (words >= 20 and _INSIDE.search(text)))
    return Line(start, end, text, words, bool(_END.search(tail)), prose)


def lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """Returns the lines of ``text[start:end]`` that are not blank, with their offsets in ``text``."""
    found = []
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        stripped = match.group().strip()
        if stripped:
            at = match.start() + len(match.group()) - len(match.group().lstrip())
            found.append(_line(at, at + len(stripped), stripped))
    return found


def paragraphs(text: str) -> list[Line]:
    """Returns the lines of ``text``, those joined that a fixed width has broken (as in PDF and old mail).

    A text is taken to be broken so where a quarter or more of its long lines go on in small letters; then a line
    joins the one above it if that is long and did not end a sentence, or if it goes on in small letters.
    """
    single = lines(text)
    pairs = [(a, b) for a, b in pairwise(single) if len(a.text) >= _FULL and _touch(text, a, b)]
    broken = sum(1 for _, b in pairs if b.text[0].islower())
    if not pairs or broken < 0.25 * len(pairs):
        return single
    joined: list[Line] = []
    last = single[0]
    begin = last.start
    for line in single[1:]:
        goes_on = line.text[0].islower() or (len(last.text) >= _FULL and not last.is_ended)
        if not (goes_on and _touch(text, last, line)):
            joined.append(_between(text, begin, last.end))
            begin = line.start
        last = line
    joined.append(_between(text, begin, last.end))
    return joined


def _touch(text: str, above: Line, below: Line) -> bool:
    """Whether no blank line stands between two lines."""
    between = text[above.end : below.start]
    return between.count("\n") <= 1 and between.count("\r") <= 1


def _between(text: str, start: int, end: int) -> Line:
    return _line(start, end, _SPACES.sub(" ", text[start:end]))
