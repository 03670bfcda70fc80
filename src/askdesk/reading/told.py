"""What the text's own first and last lines tell of it: title, publisher, day of publication and of the last update.

A day counts where the text says that it is its own: with a word ("Published …", "Last updated …"), in a dateline with
a place or an agency, on a line of its own between title and story, or named with its weekday and year in the story's
first paragraphs, where a report states the day it reports of. The day on the head of a page, above the title or beside
the weather, is the day the page was saved. Any other date within a story is a date it tells of.
"""

from __future__ import annotations

import datetime as dt
import re

from .about import About, about
from .dates import Printed, find_dates
from .layout import Layout, is_date_line
from .lines import Line

_PUBLISHED = re.compile(
    r"\b(?:published|posted|first published|publication date|date of publication|issued|released|filed|created|date"
    r"|publié|veröffentlicht|publicado)\b[^.!?\d]{0,25}$",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:updated|last updated|last modified|modified|edited|revised|mis à jour"
    r"|aktualisiert|actualizado)\b[^.!?\d]{0,25}$",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"\((AFP|AP|Reuters|dpa|EFE|ANSA|TASS|Interfax|Xinhua|IANS|PTI|UPI|Yonhap|Kyodo|Ukrinform"
    r"|Bloomberg|CNN|BBC)\)"
)
_AGENCY_ALONE = re.compile(
    r"\b(AFP|Reuters|dpa|EFE|ANSA|TASS|Interfax|Xinhua|IANS|PTI|UPI|Yonhap|Kyodo|Ukrinform"
    r"|Associated Press)\b"
)
_PLACE = re.compile(r"[A-ZÀ-Þ][\w.'’/ -]{1,40}?\s*(?:\([^()]{2,30}\))?\s*[,(/:–—-]?\s*$")
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:by\s+)?(?:\d{4}(?:\s*[-–]\s*\d{4})?)?\s*,?\s*(?:[-–—|]\s*)?(?:by\s+)?(?:the\s+)?"
    r"([A-ZÀ-Þ][\w&'’]*(?:\.\w+)?(?: (?:of|and|the|&|[A-ZÀ-Þ0-9][\w&'’]*(?:\.\w+)?)){0,5})",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s*(?:\([^()]{2,40}\))?\s*(?:[-–—:]|$|\()")
_OWN_DAY_WITHIN = 1500
_OWN_DAY_LINES = 4
_LAST = 12
# How many lines behind the title may stand before the story; a text of short lines alone has no end of them.
_HEAD_LINES = 100


def told(layout: Layout) -> About:
    """Returns the facts that the lines themselves tell, each with the place it was found at."""
    rows, title = layout.lines, layout.title
    begin = min(layout.first, (title or 0) + _HEAD_LINES)
    facts = About()
    if title is not None:
        place = "first line" if title == 0 else "title line"
        facts = facts.or_else(about(place, title=rows[title].text.lstrip("# ")))
    head = [row for i, row in enumerate(rows[:begin]) if title is None or i > title]
    opening = [row for i, row in enumerate(rows[layout.first : layout.first + 2 * _OWN_DAY_LINES], layout.first)
               if not layout.reasons[i]][:_OWN_DAY_LINES]  # fmt: skip
    after = [row for i, row in enumerate(rows) if i > layout.last][-_LAST:]
    above = [row for i, row in enumerate(rows[:begin]) if title is not None and i < title]
    for place, some in (("first lines", head + above + opening[:1]), ("last lines", after)):
        for row in some:
            facts = facts.or_else(_labelled(row, place))
    for row in [*head, *opening[:1]]:
        facts = facts.or_else(_dateline(row))
    for index, row in enumerate(rows[:begin]):
        alone = layout.reasons[index] not in ("weather", "page header") and (title is None or index > title)
        dates = find_dates(row.text) if alone and row.words <= 14 and not row.is_prose else []
        if dates and facts.published is None and len({date.date for date in dates}) == 1:
            facts = facts.or_else(about("first lines", published=dates[0].date))
    facts = facts.or_else(_own_day(opening))
    return facts.or_else(_publisher(layout, [*above, *head], after))


def _labelled(row: Line, place: str) -> About:
    """A date right behind a word that says what it is."""
    if len(row.text) > 400:
        return About()
    published = updated = None
    for date in find_dates(row.text):
        before = row.text[max(0, date.start - 45) : date.start]
        if _UPDATED.search(before):
            updated = updated or date.date
        elif _PUBLISHED.search(before) and row.words <= 30:
            published = published or date.date
    if row.is_prose and row.words > 30:
        return About()
    return about(place, published=published, updated=updated)


def _dateline(row: Line) -> About:
    """``Brussels, 28 October 2024 (AFP)`` or ``Brussels (AFP) Oct 28, 2024``, alone or before the first sentence."""
    dates: list[Printed] = [date for date in find_dates(row.text[:160]) if date.start <= 60]
    if not dates:
        return About()
    date = dates[0]
    before, behind = row.text[: date.start], row.text[date.end : date.end + 60]
    if _PLACE.fullmatch(before.strip() + " ") and (_DASH.match(behind) or is_date_line(behind)):
        return about("dateline", published=date.date)
    return About()


def _own_day(opening: list[Line]) -> About:
    """The one day that the first paragraphs name with its right weekday and its year."""
    days: set[dt.date] = set()
    read = 0
    for row in opening:
        days |= {date.date for date in find_dates(row.text[: _OWN_DAY_WITHIN - read]) if date.weekday}
        read += len(row.text)
        if read >= _OWN_DAY_WITHIN:
            break
    return about("day named in the text", published=days.pop()) if len(days) == 1 else About()


def _publisher(layout: Layout, head: list[Line], after: list[Line]) -> About:
    """The agency of the dateline, else the outlet's name at the end, else the holder of the rights."""
    rows = layout.lines
    for row in [*head, *rows[layout.first : layout.first + 1]]:
        agency = _AGENCY.search(row.text[:120])
        if agency:
            return about("dateline", publisher=agency[1])
    if layout.outlet is not None:
        return about("last lines", publisher=rows[layout.outlet].text)
    for row in head:
        short = row.words <= 3 or (row.words <= 12 and find_dates(row.text))
        agency = _AGENCY_ALONE.search(row.text) if short else None
        if agency:
            return about("first lines", publisher=agency[1])
    for row in after:
        holder = _RIGHTS.search(row.text[:300])
        if holder:
            return about("rights notice", publisher=holder[1].removesuffix(" All").rstrip(" ."))
    return About()
