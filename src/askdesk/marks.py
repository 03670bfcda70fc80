"""What the marks beside a document tell of a stretch of it: the days it names, who speaks, when it was published."""

from __future__ import annotations

import datetime as dt
import json

from .text import Span
from .types import Document, Speaker, Time

TIME, SAID, ITEM, GIVEN = "time", "said", "item", "given"


def times_in(document: Document, span: Span) -> tuple[Time, ...]:
    """Returns the days that a stretch of a document names."""
    return tuple(
        Time(mark.start, mark.end, *_first_and_last(mark.value))
        for mark in document.marks
        if mark.kind == TIME and span[0] <= mark.start and mark.end <= span[1]
    )


def speakers_in(document: Document, span: Span) -> tuple[tuple[Span, Speaker], ...]:
    """Returns who speaks in a stretch of a document, each with the span of the statement, in order."""
    return tuple(
        ((mark.start, mark.end), Speaker(*json.loads(mark.value)))
        for mark in document.marks
        if mark.kind == SAID and mark.start < span[1] and span[0] < mark.end
    )


def speaker_of(document: Document, span: Span) -> Speaker | None:
    """Returns who says a stretch of a document: the speaker of the statement that covers most of it."""
    found = [(_common(said, span), -said[0], speaker) for said, speaker in speakers_in(document, span)]
    return max(found, key=lambda one: one[:2])[2] if found else None


def reported(document: Document, start: int) -> dt.date | None:
    """Returns the day on which what stands at ``start`` was published: its item's, else the document's."""
    for mark in document.marks:
        if mark.kind == ITEM and mark.start <= start < mark.end:
            return dt.date.fromisoformat(mark.value)
    return document.published


def known_by(document: Document, start: int, day: dt.date) -> bool:
    """Whether what stands at ``start`` had been published by ``day``.

    On a page that was updated later it had if it stands in an item of that day or before; the rest of such a page
    counts by the update. What has no date is not known to have been.
    """
    for mark in document.marks:
        if mark.kind == ITEM and mark.start <= start < mark.end:
            return dt.date.fromisoformat(mark.value) <= day
    last = max((date for date in (document.published, document.updated) if date), default=None)
    return last is not None and last <= day


def _first_and_last(value: str) -> tuple[dt.date, dt.date]:
    first, _, last = value.partition("/")
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)


def _common(one: Span, other: Span) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])
