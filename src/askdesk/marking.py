"""What a text tells of days, items and speakers, as marks beside it: made once, when a document is indexed."""

from __future__ import annotations

import datetime as dt
import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import astuple, replace
from functools import lru_cache
from itertools import pairwise

from .marks import GIVEN, ITEM, SAID, TIME
from .reading.layout import is_date_line
from .speakers import statements
from .text import Span
from .times import times
from .types import Mark, Reading, Speaker, Statement, Time

_MADE = (TIME, SAID, ITEM)
_LINE = re.compile(r"[^\r\n]{6,60}(?![^\r\n])")
_DIGIT = re.compile(r"[0-9]")


def marked(reading: Reading) -> Reading:
    """Returns ``reading`` with the marks of what it tells of days, items and speakers, made anew.

    Relative days count from the day of the item that they stand in, else from the document's. The line that gives an
    item's day is furniture, and what stands in furniture is left out.
    """
    lines = list(_item_lines(reading))
    edges = [*(start for (start, _), _ in lines), len(reading.text)]
    items = [Mark(ITEM, *edge, day.isoformat()) for (_, day), edge in zip(lines, pairwise(edges), strict=True)]
    kept = [mark for mark in reading.marks if mark.kind not in _MADE]
    walls = sorted((mark.start, mark.end) for mark in kept if mark.kind == "furniture")
    for (start, end), _ in lines:
        if not _overlaps(walls, start, end):
            kept.append(Mark("furniture", start, end, "date line"))
    walls = sorted((mark.start, mark.end) for mark in kept if mark.kind == "furniture")
    made = []
    for (start, end), day in _parts(len(reading.text), items, reading.published):
        found = times(reading.text[start:end], day)
        made += [Mark(TIME, start + time.start, start + time.end, _days(time)) for time in found]
    for said in _said(reading):
        value = json.dumps(astuple(said.speaker), ensure_ascii=False)
        made.append(Mark(SAID, said.start, said.end, value))
    outside = [mark for mark in made if not _overlaps(walls, mark.start, mark.end)]
    every = (*kept, *items, *outside)
    return replace(reading, marks=tuple(sorted(every, key=lambda mark: (mark.start, mark.end, mark.kind))))


def _said(reading: Reading) -> Iterator[Statement]:
    """Yields who says what; in a row of a table that tells who gives it, that one does, unless a cell tells another."""
    cells = [mark for mark in reading.marks if mark.kind == GIVEN]
    walls = [(mark.start, mark.end) for mark in cells]
    yield from (
        said
        for said in statements(reading.text, reading.publisher)
        if not cells or not _overlaps(walls, said.start, said.end)
    )
    for cell in cells:
        own = statements(reading.text[cell.start : cell.end], reading.publisher)
        if own:
            yield from (replace(said, start=cell.start + said.start, end=cell.start + said.end) for said in own)
        else:
            yield Statement(cell.start, cell.end, _giver(cell.value, reading.publisher))


@lru_cache(maxsize=1_024)
def _giver(voice: str, publisher: str | None) -> Speaker:
    """Returns who gives a row of a table, of the kind that the words would have in a sentence."""
    told = statements(f"{voice} said on Monday that it was so.", publisher)
    status = told[0].speaker.status if told else "unnamed"
    return Speaker(voice, "", status)


def _item_lines(reading: Reading) -> list[tuple[Span, dt.date]]:
    """Returns where the dated items of a page that grows begin: the spans of the lines that give their days.

    Such a page was updated on a later day than it was published, and the lines hold nothing but a day from the first
    to the last of these; one such line alone is the page's own date.
    """
    first, last = reading.published, reading.updated
    if first is None or last is None or last <= first:
        return []
    found = []
    for line in _LINE.finditer(reading.text):
        if _DIGIT.search(line.group()) and is_date_line(line.group()):
            days = [time.first for time in times(line.group(), None) if time.first == time.last]
            if len(days) == 1 and first <= days[0] <= last:
                found.append((line.span(), days[0]))
    return found if len(found) > 1 else []


def _parts(length: int, items: Sequence[Mark], published: dt.date | None) -> Iterator[tuple[Span, dt.date | None]]:
    """Yields the stretches of a text with the day that relative days count from."""
    first = items[0].start if items else length
    yield (0, first), published
    for item in items:
        yield (item.start, item.end), dt.date.fromisoformat(item.value)


def _days(time: Time) -> str:
    first, last = time.first.isoformat(), time.last.isoformat()
    return first if first == last else f"{first}/{last}"


def _overlaps(walls: Sequence[Span], start: int, end: int) -> bool:
    """Whether a stretch overlaps one of ``walls``, which are sorted and do not overlap each other."""
    at = bisect_left(walls, start, key=lambda wall: wall[1])
    at += at < len(walls) and walls[at][1] == start
    return at < len(walls) and walls[at][0] < end
