"""The short answers that a stretch of text could give: numbers, dates, names of people and of places, as spans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .questions import DATE, NUMBER, PERSON, PLACE
from .text import Span

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_YEAR = r"(?:1[0-9]|20)\d\d"
_DATE = re.compile(
    rf"\b(?:(?:{_DAY},? (?:the )?)?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? {_YEAR})?"
    rf"|(?:{_DAY},? )?{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? {_YEAR})?"
    rf"|{_MONTH}(?: of)?,? {_YEAR}|{_YEAR}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./](?:{_YEAR}|\d\d)"
    rf"|{_YEAR}s?|(?:January|February|March|April|June|July|August|"
    rf"September|October|November|December)|(?:in )?May(?= \d)|{_DAY})\b"
)
_SMALL = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty"),
    *("sixty", "seventy", "eighty", "ninety"),
)
_COUNT = rf"(?:{'|'.join(sorted(_SMALL, key=len, reverse=True))})"
_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?(?![\d,]\d)|\d+(?:\.\d+)*"
_NUMBER = re.compile(
    rf"(?<![\w.])(?:[$€£¥]\s?)?(?:{_DIGITS}|{_COUNT}(?:[- ]{_COUNT})*(?!\w)|(?:dozens|hundreds|thousands|millions|half|"
    r"a (?:dozen|hundred|thousand|million|billion)|several (?:hundred|thousand|dozen)|no one|once|twice)(?!\w))"
    r"(?:[ \u00a0-]?(?:hundred|thousand|million|billion|trillion|bn|percent|per cent)\b|\s?%)*",
    re.IGNORECASE,
)
_NAME = r"(?:[A-ZÀ-ÞĀ-Ž][\w’'\-]*[a-zß-ÿĀ-ž0-9][\w’'\-]*|[A-Z]{2,}|(?:[A-Z]\.)+)"
_JOIN = r"(?:\s(?:de|da|del|della|der|di|du|la|le|van|von|den|ten|bin|al|el|of|the|and the|of the))"
_NAMES = re.compile(rf"\b{_NAME}(?:{_JOIN}{{0,2}}\s{_NAME})*")
_NO_NAMES = frozenset(
    {
        *(
            "the",
            "a",
            "an",
            "this",
            "that",
            "these",
            "those",
            "it",
            "its",
            "he",
            "she",
            "they",
            "we",
            "you",
            "i",
            "there",
        ),
        *("in", "on", "at", "by", "for", "from", "to", "of", "with", "as", "and", "or", "but", "if", "into"),
        *("when", "while", "after", "before", "since", "until", "during", "although", "though", "because", "according"),
        *("however", "also", "meanwhile", "here", "his", "her", "their", "our", "my", "your", "who", "what", "which"),
        *("where", "why", "how", "not", "no", "yes", "is", "are", "was", "were", "be", "been", "has", "have", "had"),
        *(
            "will",
            "would",
            "then",
            "so",
            "such",
            "only",
            "even",
            "just",
            "still",
            "mr",
            "mrs",
            "ms",
            "dr",
            "prof",
            "today",
        ),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march"),
        *("april", "may", "june", "july", "august", "september", "october", "november", "december"),
        *("some", "many", "most", "all", "both", "each", "several", "other", "another", "one", "two", "three", "four"),
        *("five", "more", "than", "under", "over", "between", "last", "first", "next", "about"),
        *_SMALL,
    }
)
"""Words that begin a sentence or a heading with a capital and are no part of a name."""
_BEFORE_PLACE = re.compile(
    r"\b(?:in|at|from|to|near|of|into|across|around|outside|inside|through|over|via|on)\s+(?:the\s+)?"
    r"(?:[a-z]+(?:ern)?\s+)?$"
)


def short_answers(text: str, kind: str) -> tuple[Span, ...]:
    """Returns the spans in ``text`` of all that could answer a question of ``kind``, in order; none for ``"other"``."""
    if kind == NUMBER:
        dates = [match.span() for match in _DATE.finditer(text) if not match.group().isdigit()]
        return tuple(
            span for span in _spans(_NUMBER, text) if not any(low < span[1] and span[0] < high for low, high in dates)
        )
    if kind == DATE:
        return tuple(_spans(_DATE, text))
    if kind == PERSON:
        return tuple(names(text))
    if kind == PLACE:
        found = tuple(names(text))
        placed = tuple(span for span in found if _BEFORE_PLACE.search(text, max(0, span[0] - 30), span[0]))
        return placed or found
    return ()


def names(text: str) -> Iterator[Span]:
    """Yields the spans of proper names: runs of capitalised words without the function words at their head."""
    for match in _NAMES.finditer(text):
        start, end = match.span()
        while start < end:
            word = re.match(r"[\w’'\-.]+\s*", text[start:end])
            if word is None or word.group().strip().lower() not in _NO_NAMES:
                break
            start += word.end()
        while end > start and text[end - 1] in ".'’-":
            end -= 1
        if text[start:end].endswith(("'s", "’s")):
            end -= 2
        if end - start > 1:
            yield start, end


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    for match in pattern.finditer(text):
        yield match.start(), match.start() + len(match.group().rstrip(".,\u00a0\u202f"))
