"""Cuts a document into passages: whole sentences under one heading, never across furniture, within a budget."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .text import Span, sentences, trim
from .types import Cut, Mark, Reading

TitleParts = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Budget:
    """How much a passage may hold.

    ``tokens`` bounds a passage's own text and ``overlap`` what it repeats of the one before, both as counted by
    ``count_tokens``; ``window`` bounds title, heading and text together, as counted by ``count_pieces``, which is the
    embedding model's own count with its special tokens included.
    """

    tokens: int
    overlap: int
    window: int
    count_tokens: Callable[[str], int]
    count_pieces: Callable[[str], int]


def cut(reading: Reading, title: str, budget: Budget) -> tuple[Cut, ...]:
    """Returns the passages of a document in order, none of which is longer than the model can read.

    Headings are not passages of their own, they stand above those they head; a document of nothing but headings is
    cut as if they were text, so that it can be found. Empty where everything is furniture.
    """
    cuts = tuple(_cuts(reading, title, budget, headings=True))
    return cuts or tuple(_cuts(reading, title, budget, headings=False))


def embedded_text(title: str, heading: str, text: str) -> str:
    """Returns what is embedded and searched for a passage: its title, its heading and its text, a line each."""
    parts = [title] if title else []
    if heading and heading != title:
        parts.append(heading)
    return "\n".join([*parts, text])


def _cuts(reading: Reading, title: str, budget: Budget, *, headings: bool) -> Iterator[Cut]:
    for heading, start, end in _regions(reading, headings=headings):
        head = _shortened(title, heading, budget)
        units = list(_units(reading.text, start, end, budget))
        yield from _packed(reading.text, units, heading, head, budget)


@dataclass(frozen=True, slots=True)
class _Unit:
    start: int
    end: int
    tokens: int


def _regions(reading: Reading, *, headings: bool) -> Iterator[tuple[str, int, int]]:
    """Yields (heading, start, end) of the stretches of running text between headings, furniture and data."""
    walls = [mark for mark in reading.marks if mark.kind == "furniture" or (headings and mark.kind == "heading")]
    walls += [Mark("data", *run.span()) for run in _DATA.finditer(reading.text)]
    heading, at = "", 0
    for wall in sorted(walls, key=lambda mark: (mark.start, mark.end)):
        if wall.start > at:
            yield heading, at, wall.start
        if wall.kind == "heading":
            heading = " ".join(reading.text[wall.start : wall.end].strip("# \t\r\n").split())
        at = max(at, wall.end)
    yield heading, at, len(reading.text)


def _shortened(title: str, heading: str, budget: Budget) -> TitleParts:
    """Leaves at least three quarters of the window to the text, however long title and heading are."""
    limit = budget.window // 8
    return _first_words(title, limit, budget.count_pieces), _first_words(heading, limit, budget.count_pieces)


def _first_words(text: str, limit: int, count: Callable[[str], int]) -> str:
    words = text[: limit * 16].split()
    while words and count(" ".join(words)) > limit:
        words = words[: min(len(words) - 1, max(1, len(words) * limit // count(" ".join(words))))]
    return " ".join(words)


def _units(text: str, start: int, end: int, budget: Budget) -> Iterator[_Unit]:
    """Yields the sentences with their sizes; one that is over the budget is cut at white space, or anywhere."""
    for low, high in sentences(text, start, end):
        yield from _sized(text, low, high, budget)


def _sized(text: str, low: int, high: int, budget: Budget) -> Iterator[_Unit]:
    # A token holds at least one character, and a text longer than this is not worth counting whole.
    longest = budget.tokens * 12
    if high - low <= longest:
        tokens = budget.count_tokens(text[low:high])
        if tokens <= budget.tokens or high - low <= 1:
            yield _Unit(low, high, tokens)
            return
        middle = (low + high) // 2
    else:
        middle = low + longest // 2
    for part_low, part_high in _halves(text, low, middle, high):
        yield from _sized(text, part_low, part_high, budget)


def _halves(text: str, low: int, middle: int, high: int) -> list[Span]:
    """The two parts of a stretch, cut at the last white space before its ``middle``, or there."""
    reach = low + (middle - low) // 2
    space = max(text.rfind(" ", reach, middle), text.rfind("\n", reach, middle))
    middle = space if space > low else middle
    return [part for part in (trim(text, low, middle), trim(text, middle, high)) if part[0] < part[1]]


_DATA = re.compile(r"[A-Za-z0-9+/=_-]{500,}")
"""Runs like base64 are data that nobody searches; only in ASCII, as some scripts have no spaces."""


def _packed(text: str, units: Sequence[_Unit], heading: str, head: TitleParts, budget: Budget) -> Iterator[Cut]:
    """Yields passages of as many whole units as fit, each beginning with what may overlap of the one before."""
    tokens, overlap = budget.tokens, budget.overlap
    first = 0
    while first < len(units):
        last, held = first, 0
        while last < len(units) and (last == first or held + units[last].tokens <= tokens):
            held += units[last].tokens
            last += 1
        low, high = units[first].start, units[last - 1].end
        # The white space between sentences counts too, most often for nothing.
        while last - first > 1 and not (
            budget.count_tokens(text[low:high]) <= tokens and _fits(text[low:high], head, budget)
        ):
            last -= 1
            high = units[last - 1].end
        if last - first > 1:
            yield Cut(low, high, heading, embedded_text(*head, text[low:high]))
        else:
            yield from _fitting(text, low, high, heading, head, budget)
        if last == len(units):
            return
        repeated, back = 0, last
        while back - 1 > first and repeated + units[back - 1].tokens <= overlap:
            back -= 1
            repeated += units[back].tokens
        first = back


def _fits(text: str, head: TitleParts, budget: Budget) -> bool:
    return budget.count_pieces(embedded_text(*head, text)) <= budget.window


def _fitting(text: str, low: int, high: int, heading: str, head: TitleParts, budget: Budget) -> Iterator[Cut]:
    """Yields the span as one passage, or halves of it where a sentence alone is longer than the model can read."""
    if high - low <= 1 or _fits(text[low:high], head, budget):
        yield Cut(low, high, heading, embedded_text(*head, text[low:high]))
        return
    for part_low, part_high in _halves(text, low, (low + high) // 2, high):
        yield from _fitting(text, part_low, part_high, heading, head, budget)
