"""Sentences, words and places of a text, always as offsets into that text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

Span = tuple[int, int]

_WORD = re.compile(r"[^\W_]+(?:['’.,\-][^\W_]+)*")
_BLANK_LINES = re.compile(r"(?:\r\n?|\n)(?:[^\S\r\n]*(?:\r\n?|\n))+")
_LINE_BREAK = re.compile(r"\r\n?|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ENDS_SENTENCE = re.compile(r"[.!?…:;][\"'”’)\]»]*\s*$")
_STARTS_ITEM = re.compile(r"\s*(?:[-*•–—+#>|]|\d{1,3}[.)]\s)")
_BULLET = re.compile(r"[-*•–—‣▪]\s+(?=\S)")
_HOUR = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_OF_HOUR = re.compile(
    r"(?:[ECMP][SD]?T|[AH]K?ST|GMT|UTC|BST|CES?T|[AJI]ST|Eastern|Central|Mountain|Pacific|(?:Mon|Tues|Wednes|Thurs|Fri|"
    r"Satur|Sun)days?|(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October|"
    r"(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.)(?![\w'’])"
)
"""A time zone, a day or a month, which goes on with the hour before it and begins no sentence."""
_INITIAL = re.compile(r"\b[A-Z]\.$")
_LONGEST_PIECE = 10_000
_LONG_SENTENCE = 300
_QUOTES = '"“”„«»'
_QUOTES_TO_SPACES = str.maketrans(dict.fromkeys(_QUOTES, " "))


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Returns the spans of the sentences of ``text[start:end]``, in order, without white space around them.

    A line break inside running text that was wrapped at a width is white space; every other one ends a sentence, as
    a headline or a list item has no full stop. Boundaries inside a line are those of the ``sentencex`` library.
    """
    end = len(text) if end is None else end
    found: list[Span] = []
    for low, high in _units(text, start, end):
        for piece_low, piece_high in _pieces(text, low, high):
            found.extend(_split(text, piece_low, piece_high))
    return found


def words(text: str) -> list[Span]:
    """Returns the spans of the words and numbers of ``text``; ``don't``, ``10,000`` and ``U.S`` are one word each."""
    return [match.span() for match in _WORD.finditer(text)]


def trim(text: str, start: int, end: int) -> Span:
    """Returns the span without the white space and invisible characters at its ends; empty at ``start`` if none."""
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return start, end


def line_starts(text: str) -> list[int]:
    """Returns the offset at which each line of ``text`` begins; a line ends after CR, LF or CR LF."""
    return [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))]


def line_number(starts: list[int], offset: int) -> int:
    """Returns the 1-based number of the line that holds ``offset``, given :func:`line_starts` of the text."""
    return bisect_right(starts, offset)


def fold(text: str) -> str:
    """Returns ``text`` as compared by readers: case, white space, typographic quotation marks and dashes alike.

    For comparing only: offsets into the result are not offsets into ``text``.
    """
    text = text.casefold().translate(_ALIKE)
    return " ".join(text.split())


_ALIKE = str.maketrans(dict.fromkeys("‘’‚‛′`´", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-"))


def _is_blank(char: str) -> bool:
    return char.isspace() or char in "\u200b\u200c\u200d\u2060\ufeff\x00"


def _units(text: str, start: int, end: int) -> Iterator[Span]:
    """Paragraphs and, inside them, stretches whose line breaks are only wrapping."""
    low = start
    for gap in _BLANK_LINES.finditer(text, start, end):
        yield from _unwrapped(text, low, gap.start())
        low = gap.end()
    yield from _unwrapped(text, low, end)


def _unwrapped(text: str, start: int, end: int) -> Iterator[Span]:
    lines: list[Span] = []
    low = start
    for mark in _LINE_BREAK.finditer(text, start, end):
        lines.append((low, mark.start()))
        low = mark.end()
    lines.append((low, end))
    width = max(high - low for low, high in lines)
    begin = start
    for (low, high), (next_low, next_high) in pairwise(lines):
        if not _is_wrap(text, low, high, next_low, next_high, width):
            yield begin, high
            begin = next_low
    yield begin, end


def _is_wrap(text: str, low: int, high: int, next_low: int, next_high: int, width: int) -> bool:
    """Whether a line ended because the next word did not fit: the test of anything that refills paragraphs.

    A line printed in a proportional typeface may stop a little short of the widest, hence the tenth of slack; lines
    under 40 or over 160 characters are headlines or whole paragraphs, not wrapped text.
    """
    if not 40 <= width <= 160 or not text[next_low:next_high].strip():
        return False
    if _STARTS_ITEM.match(text, next_low, next_high):
        return False
    next_word = len(text[next_low:next_high].split(maxsplit=1)[0])
    return (high - low) + 1 + next_word > width * 0.9 and not _ENDS_SENTENCE.search(text, max(low, high - 12), high)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Cuts endless lines at white space: the splitter's time grows faster than a line of quotation marks."""
    while end - start > _LONGEST_PIECE:
        cut = max(text.rfind(" ", start, start + _LONGEST_PIECE), text.rfind("\n", start, start + _LONGEST_PIECE))
        cut = cut + 1 if cut > start + _LONGEST_PIECE // 2 else start + _LONGEST_PIECE
        yield start, cut
        start = cut
    yield start, end


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    for low, high in _boundaries(text[start:end]):
        if high - low <= _LONG_SENTENCE:
            yield start + low, start + high
            continue
        # The splitter keeps all that stands between quotation marks together, be it a whole speech.
        inside = _boundaries(text[start + low : start + high].translate(_QUOTES_TO_SPACES))
        spans = [(start + low + a, start + low + b) for a, b in inside]
        yield from _with_marks(text, spans, start + low, start + high)


@lru_cache(maxsize=2_000)
def _boundaries(piece: str) -> tuple[Span, ...]:
    """The sentences of a piece, remembered: passages, statements and copies are told from the same pieces in turn."""
    import sentencex

    bounds = [(b["start_index"], b["end_index"]) for b in sentencex.get_sentence_boundaries("en", piece)]
    found: list[Span] = []
    for low, high in (_without_bullet(piece, *trim(piece, low, high)) for low, high in bounds):
        if found and low < high and _goes_on(piece, found[-1][1], low):
            found[-1] = found[-1][0], high
        elif low < high:
            found.append((low, high))
    return tuple(found)


def _goes_on(piece: str, end: int, start: int) -> bool:
    """Whether what the splitter ends is not over: "at 8 p.m. ET", "at 2 a.m. Sunday", "R-S.C."."""
    if end == start:
        return bool(_INITIAL.search(piece, max(0, end - 4), end) and piece[start].isupper())
    return bool(_HOUR.search(piece, max(0, end - 6), end) and _OF_HOUR.match(piece, start))


def _without_bullet(piece: str, low: int, high: int) -> Span:
    bullet = _BULLET.match(piece, low, high)
    return (bullet.end(), high) if bullet else (low, high)


def _with_marks(text: str, spans: list[Span], start: int, end: int) -> Iterator[Span]:
    """Gives sentences cut without their quotation marks these back: what touches one is its own."""
    bounds = [start, *(high for _, high in spans)]
    starts = [*(low for low, _ in spans), end]
    for place, (low, high) in enumerate(spans):
        while low > bounds[place] and text[low - 1] in _QUOTES:
            low -= 1
        while high < starts[place + 1] and text[high] in _QUOTES:
            high += 1
        bounds[place + 1] = high
        yield low, high
