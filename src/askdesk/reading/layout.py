"""How a report lies in its page: its title, where its story begins and ends, and what around it is furniture.

The words of a line decide first (furniture.py). Then its place does: what stands above the title is the page's head;
what follows a list's headline is that list, as far as no story resumes; a title that stands again is a copy; what
stands alone after the last sentence is the name of the outlet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..types import Mark
from .dates import find_dates
from .furniture import ends_story, is_weather, opens_advertisement, opens_list, reason, tail
from .lines import Line, paragraphs

HEAD = 25
"""How many lines at the start may be a page's head."""

_LISTED = 120
# How much of a text may stand in the teasers of other stories, behind the story's end.
_TEASERS = 0.2
# How many lines the rest of a page behind its story may have.
_FOOT = 12
# How many lines an advertisement between two signs may have.
_ADVERTISED = 6
# How many lines into the story the line with its date may stand, behind a lead of some sentences.
_LEAD = 3
# Reasons that stand in the head of a page, above its title.
_ABOVE = frozenset({"skip link", "permalink", "navigation", "breadcrumb", "weather", "control", "links", "page header"})
_PAIR = re.compile(r"[\w ]{2,25}: ?\S")
_LONGEST_TITLE = 300
# A title that is a sentence of its own: how long it may be, that it breaks off, that another sentence ends within it.
_LONGEST_QUESTION = 150
_BREAKS_OFF = re.compile(r"(?:\.\.\.|…)$")
_SAYS = re.compile(r"[a-zà-ÿ0-9][.?!][\"'’”»)]* ")
_WORD = re.compile(r"[^\W\d_]{4,}")
_GLUED = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+(?:[A-ZÀ-Þ][a-zà-ÿ]+)+")
_BYLINE = re.compile(r"(?:by|from|von|par|por)\s+[A-ZÀ-Þ]|.{0,60}\|\s*(?:staff|reporter|correspondent)", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-Þ0-9][\w.'’&-]*(?: (?:of|the|and|de|for|&|[A-ZÀ-Þ0-9(][\w.'’&)-]*)){0,5}")
_SECTIONS = frozenset(
    {
        "news",
        "world",
        "politics",
        "sport",
        "sports",
        "business",
        "economy",
        "opinion",
        "culture",
        "science",
        "technology",
        "tech",
        "health",
        "travel",
        "weather",
        "local",
        "regional",
        "national",
        "international",
        "europe",
        "asia",
        "africa",
        "americas",
        "us",
        "uk",
        "video",
        "videos",
        "photos",
        "podcasts",
        "live",
        "climate",
        "environment",
        "education",
        "entertainment",
        "arts",
        "lifestyle",
        "food",
        "money",
        "markets",
        "war",
        "conflict",
        "conflicts",
        "ukraine",
        "russia",
        "analysis",
        "features",
        "investigations",
        "home",
        "latest",
        "top",
        "breaking",
        "society",
        "crime",
        "law",
        "media",
        "history",
    }
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a text and, for each, why it is furniture (empty where it is not).

    ``known`` tells which lines the format itself had marked as furniture. ``title`` is the index of the title's line
    (None without one), ``first`` and ``last`` those of the first and last line of the story (``first`` is the number
    of lines where there is none), ``outlet`` that of a line after the story that holds nothing but a name.
    ``announced`` are the titles of sections within the text.
    """

    lines: tuple[Line, ...]
    reasons: tuple[str, ...]
    known: tuple[bool, ...]
    title: int | None
    first: int
    last: int
    outlet: int | None
    announced: tuple[int, ...]

    def furniture(self, text: str) -> list[Mark]:
        """Returns a mark for each further line of furniture, and for what is glued to the end of other lines."""
        marks = []
        for line, why, known in zip(self.lines, self.reasons, self.known, strict=True):
            if known:
                continue
            if why:
                marks.append(Mark("furniture", line.start, line.end, why))
                continue
            cut = text[max(line.start, line.end - 400) : line.end]
            at, why = tail(cut)
            if why:
                marks.append(Mark("furniture", line.end - len(cut) + at, line.end, why))
        return marks


def lay_out(text: str, marks: Sequence[Mark], title: str | None) -> Layout:
    """Finds title, story and furniture in the lines of ``text``; ``title`` and ``marks`` are what is known of it.

    Lines that ``marks`` call furniture stay so. Headings of the format itself are never taken for a page's head.
    """
    rows = paragraphs(text)
    reasons = _known(rows, marks)
    known = tuple(map(bool, reasons))
    headings = _touched(rows, [mark for mark in marks if mark.kind == "heading"])
    for index, row in enumerate(rows):
        reasons[index] = reasons[index] or reason(row.text)
    _weather(rows, reasons)
    announced = _announced(rows, reasons)
    spaced = _spaced(text, rows)
    _advertisements(rows, reasons, spaced)
    _lists(rows, reasons, headings, spaced)
    _after_end(rows, reasons, headings)
    first = _first(rows, reasons, spaced)
    last = next((i for i in range(len(rows) - 1, -1, -1) if rows[i].is_prose and not reasons[i]), -1)
    heading = _title(rows, reasons, headings, spaced, first, title)
    if heading is not None:
        _head(rows, reasons, headings, heading, first, 4 * HEAD if title else HEAD)
        _copies(rows, reasons, heading, headings)
    elif title:
        _copies_of(_folded(title), rows, reasons, 0)
    for index in range(min(first + _LEAD, HEAD, len(rows))):
        if index not in headings and _is_publication_line(rows[index].text):
            reasons[index] = reasons[index] or "page header"
    outlet = _outlet(rows, reasons, last)
    if outlet is not None:
        reasons[outlet] = "outlet name"
    _foot(rows, reasons, headings, last)
    return Layout(tuple(rows), tuple(reasons), known, heading, first, last, outlet, tuple(announced))


def _known(rows: list[Line], marks: Sequence[Mark]) -> list[str]:
    """Why each row is furniture by the marks that cover the whole of it."""
    reasons = [""] * len(rows)
    spans = sorted((mark.start, mark.end, mark.value) for mark in marks if mark.kind == "furniture")
    at = 0
    for index, row in enumerate(rows):
        while at < len(spans) and spans[at][1] < row.end:
            at += 1
        if at < len(spans) and spans[at][0] <= row.start and row.end <= spans[at][1]:
            reasons[index] = spans[at][2]
    return reasons


def _touched(rows: list[Line], marks: Sequence[Mark]) -> frozenset[int]:
    """The indices of the rows that hold the start of one of ``marks``."""
    found = set()
    at = 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        while at < len(rows) and rows[at].end <= mark.start:
            at += 1
        if at < len(rows) and rows[at].start <= mark.start:
            found.add(at)
    return frozenset(found)


def _weather(rows: list[Line], reasons: list[str]) -> None:
    """Marks a temperature at the top or the end, and the place and day that stand beside it there."""
    count = len(rows)
    for index, row in enumerate(rows):
        if HEAD <= index < count - 10 or reasons[index] or not is_weather(row.text):
            continue
        reasons[index] = "weather"
        for step in (-1, 1):
            for near in range(index + step, index + 4 * step, step):
                if not 0 <= near < count or reasons[near] or not _is_day_or_place(rows[near]):
                    break
                if step > 0 and not find_dates(rows[near].text) and near > index + 1:
                    break
                reasons[near] = "weather"


def _is_day_or_place(row: Line) -> bool:
    return row.words <= 6 and not row.is_ended and (is_date_line(row.text) or row.words <= 2)


def is_date_line(text: str) -> bool:
    """Whether a line holds a date or a weekday, perhaps a time, and no other words."""
    if len(text) > 120:
        return False
    rest = text
    for date in reversed(find_dates(text)):
        rest = rest[: date.start] + rest[date.end :]
    return not _DAY_WORDS.sub("", rest).strip(" \xa0\t,.|·•–—-:/()0123456789")


_PUBLICATION = re.compile(r"\b(?:published|updated|posted|modified)\b", re.IGNORECASE)
_DAY_WORDS = re.compile(
    r"\b(?:published|updated|last|posted|modified|on|at|from|to|and|by|date|time|am|pm|a\.m|p\.m|h|gmt|utc|et|est|edt|pt|cet|cest|bst|ist"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b",
    re.IGNORECASE,
)


def _is_publication_line(text: str) -> bool:
    """Whether a line tells when its page was published or changed, and nothing else."""
    return _PUBLICATION.search(text) is not None and is_date_line(text) and bool(find_dates(text))


def _announced(rows: list[Line], reasons: list[str]) -> list[int]:
    """The titles that a skip link right above them names; a line of dates between the two is the page's."""
    found = []
    for index, row in enumerate(rows):
        if reasons[index] != "skip link":
            continue
        skip = _folded(row.text)
        for near in range(index + 1, min(index + 4, len(rows))):
            folded = _folded(rows[near].text)
            if len(folded) >= 8 and skip.endswith(folded):
                found.append(near)
                reasons[near] = ""
                for between in range(index + 1, near):
                    reasons[between] = reasons[between] or ("date line" if is_date_line(rows[between].text) else "")
                break
    return found


def _spaced(text: str, rows: list[Line]) -> list[bool]:
    """Whether a blank line stands above each row."""
    between = (text[above.end : below.start] for above, below in pairwise(rows))
    return [True, *(gap.count("\n") > 1 or gap.count("\r") > 1 for gap in between)]


def _advertisements(rows: list[Line], reasons: list[str], spaced: list[bool]) -> None:
    """Marks what stands between the word that opens an advertisement and a line of signs that closes it."""
    for index, row in enumerate(rows):
        if not opens_advertisement(row.text):
            continue
        reasons[index] = "advertisement"
        near = range(index + 1, min(index + _ADVERTISED, len(rows)))
        close = next((i for i in near if reasons[i] == "separator" or opens_advertisement(rows[i].text)), None)
        if close is not None and not spaced[index + 1]:
            for inside in range(index + 1, close):
                reasons[inside] = "advertisement"


def _lists(rows: list[Line], reasons: list[str], headings: frozenset[int], spaced: list[bool]) -> None:
    """Marks the lines of the lists that their headlines open, up to where a story resumes.

    In the midst of a story, a list that follows its headline without a blank line ends at the next one.
    """
    end = _story_end(rows, reasons, headings)
    index = 0
    while index < len(rows):
        if not opens_list(rows[index].text):
            index += 1
            continue
        reasons[index] = reasons[index] or "other headlines"
        index += 1
        begin = index
        while index < len(rows):
            row = rows[index]
            resumes = row.is_prose or len(row.text) > _LISTED or index in headings or not _is_headline(row)
            closed = index > begin and spaced[index] and not spaced[begin]
            if opens_list(row.text) or (index <= end and (resumes or closed)):
                break
            reasons[index] = reasons[index] or "other headlines"
            index += 1


def _after_end(rows: list[Line], reasons: list[str], headings: frozenset[int]) -> None:
    """Marks all behind a line that ends the story, if no more than a small part of the sentences stands there."""
    prose = [len(row.text) if row.is_prose and not why else 0 for row, why in zip(rows, reasons, strict=True)]
    total, after = sum(prose), 0
    begin = len(rows)
    for index in range(len(rows) - 1, -1, -1):
        after += prose[index]
        if after > _TEASERS * total or index in headings or (prose[index] and index and prose[index - 1]):
            break
        if reasons[index] and ends_story(rows[index].text):
            begin = index
    for index in range(begin, len(rows)):
        reasons[index] = reasons[index] or "page footer"


def _is_headline(row: Line) -> bool:
    """Whether a line in the midst of a story may be the headline of another: four words or more, no ``key: value``."""
    return row.words >= 4 and not _PAIR.match(row.text)


def _story_end(rows: list[Line], reasons: list[str], headings: frozenset[int]) -> int:
    """The last line of the story, where lists of other headlines with a teaser under each may follow it.

    Behind a list's headline, single sentences are teasers: no two in a row, more than one of them (or one under a
    headline that the page itself links), and together a small part of the text. Else the story goes on there.
    """
    prose = [row.is_prose and not why for row, why in zip(rows, reasons, strict=True)]
    end = max((i for i, is_prose in enumerate(prose) if is_prose), default=-1)
    total = sum(len(row.text) for row, is_prose in zip(rows, prose, strict=True) if is_prose)
    after = teasers = 0
    for index in range(len(rows) - 1, -1, -1):
        if prose[index]:
            after += len(rows[index].text)
            linked = index > 0 and index - 1 in headings and bool(reasons[index - 1])
            teasers += 2 if linked else 1
            if after > _TEASERS * total or (index and prose[index - 1]):
                break
        if teasers != 1 and opens_list(rows[index].text):
            end = index - 1
    return end


def _first(rows: list[Line], reasons: list[str], spaced: list[bool]) -> int:
    """The first line of the story; a question or a broken-off sentence that stands alone at the top is its title."""
    prose = (i for i, row in enumerate(rows) if row.is_prose and not reasons[i])
    first = next(prose, len(rows))
    if first + 1 >= len(rows) or not all(reasons[:first]):
        return first
    text = rows[first].text.rstrip("\"'’”»)")
    if len(text) > _LONGEST_QUESTION:
        return first
    alone = spaced[first + 1] and not _SAYS.search(text)
    asks = text.endswith(("?", "؟", "？")) and (alone or _is_dated(rows, first))
    breaks_off = _BREAKS_OFF.search(text) and (spaced[first + 1] or _is_dated(rows, first))
    return next(prose, len(rows)) if asks or breaks_off else first


def _is_dated(rows: list[Line], index: int) -> bool:
    """Whether a date or a byline stands below a line, as below a title."""
    below = rows[index + 1]
    return is_date_line(below.text) or (not below.is_prose and _BYLINE.match(below.text) is not None)


def _title(
    rows: list[Line],
    reasons: list[str],
    headings: frozenset[int],
    spaced: list[bool],
    first: int,
    known: str | None,
) -> int | None:
    """The index of the line that holds the title: the known one, else the headline that the story's words repeat."""
    if known:
        folded = _folded(known)
        for index, row in enumerate(rows[: 4 * HEAD]):
            if _folded(row.text).lstrip("#") == folded and (not reasons[index] or index in headings):
                return index
        return next((index for index in sorted(headings) if index < min(first, HEAD)), None)
    candidates = [i for i, row in enumerate(rows[: min(first, HEAD)]) if not reasons[i] and _may_be_title(row)]
    if not candidates:
        return None
    story = _story_words(rows, reasons, first)
    best, best_score = None, -1.0
    for index in candidates:
        words = _words(rows[index].text)
        if not words & story and (index or rows[index].words < 4):
            continue
        score = len(words & story) / (len(words) + 1)
        score += 0.1 * min(len(words), 5) / 5
        following = rows[index + 1] if index + 1 < len(rows) else None
        if following is not None and (is_date_line(following.text) or _BYLINE.match(following.text)):
            score += 0.15
        if sum(_folded(row.text) == _folded(rows[index].text) for row in rows[: first + 1]) > 1:
            score += 0.3
        score -= 0.02 * index + (0.3 if rows[index].words < 3 else 0.0)
        if any(reasons[i] in _ABOVE for i in range(index + 1, first)):
            score -= 0.2
        if score > best_score + 1e-9:
            best, best_score = index, score
    if best is None and candidates == [0] and first < len(rows) and (spaced[1] or _is_dated(rows, 0)):
        return None if rows[0].text.casefold() in _SECTIONS else 0
    return best


def _story_words(rows: list[Line], reasons: list[str], first: int) -> set[str]:
    """The words of the first sentences of the story."""
    some = range(first, min(first + 60, len(rows)))
    return _words(" ".join(rows[i].text[:2000] for i in some if rows[i].is_prose and not reasons[i]))


def _may_be_title(row: Line) -> bool:
    if len(row.text) > _LONGEST_TITLE or is_date_line(row.text):
        return False
    if row.text.endswith(tuple(".:;,-–—")) and not row.text.endswith("..."):
        return False
    if not any(map(str.isalpha, row.text)) or _BYLINE.match(row.text):
        return False
    dates = find_dates(row.text)
    return not (dates and row.words - 3 * len(dates) <= 4)


def _head(rows: list[Line], reasons: list[str], headings: frozenset[int], title: int, first: int, reach: int) -> None:
    """What stands above the title is the page's head, bullet points of the story apart; below it, crumbs are."""
    story = _story_words(rows, reasons, first)
    for index in range(min(title, first) if title <= reach else 0):
        words = _words(rows[index].text)
        short = rows[index].words <= 3 or is_date_line(rows[index].text)
        if index not in headings and (short or len(words & story) < 0.5 * len(words)):
            reasons[index] = reasons[index] or "page header"
    for index in range(title + 1, min(first, title + HEAD)):
        text = rows[index].text
        tokens = re.findall(r"\w+", text.lower())
        crumbs = bool(tokens) and all(token in _SECTIONS for token in tokens)
        if index not in headings and (crumbs or _GLUED.fullmatch(text)):
            reasons[index] = reasons[index] or "breadcrumb"


def _foot(rows: list[Line], reasons: list[str], headings: frozenset[int], last: int) -> None:
    """Behind the story, what follows a first line of furniture and is no sentence belongs to the page's foot."""
    begun = next((i for i in range(last + 1, len(rows)) if reasons[i]), len(rows))
    rest = [i for i in range(begun, len(rows)) if not reasons[i] and i not in headings]
    if last >= 0 and len(rest) <= _FOOT:
        for index in rest:
            reasons[index] = "page footer"


def _copies(rows: list[Line], reasons: list[str], title: int, headings: frozenset[int]) -> None:
    _copies_of(_folded(rows[title].text).lstrip("#"), rows, reasons, title + 1)


def _copies_of(folded: str, rows: list[Line], reasons: list[str], start: int) -> None:
    """Marks the lines from ``start`` on that only repeat the title."""
    if len(folded) < 8:
        return
    for index in range(start, len(rows)):
        if len(rows[index].text) <= 2 * _LONGEST_TITLE and _folded(rows[index].text).lstrip("#") == folded:
            reasons[index] = reasons[index] or "repeated title"


def _outlet(rows: list[Line], reasons: list[str], last: int) -> int | None:
    """The one line after the story that is a name and nothing else, if there is just one."""
    if last < 0:
        return None
    after = [i for i in range(last + 1, len(rows)) if reasons[i] in ("", "page footer") and not reason(rows[i].text)]
    if len(after) != 1:
        return None
    row = rows[after[0]]
    if len(row.text) < 3:
        return None
    return after[0] if row.words <= 6 and _NAME.fullmatch(row.text.replace("\xa0", " ")) else None


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()


def _words(text: str) -> set[str]:
    return {word.casefold()[:7] for word in _WORD.findall(text)}
