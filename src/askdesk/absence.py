"""What texts do not hold: a number, date, person or place, said only where it is sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

from .keywords import analyse
from .questions import DATE, NUMBER, PERSON, PLACE
from .scoring import Query
from .shortanswers import short_answers
from .text import Span, sentences, words
from .things import TOKEN

_ENGLISH = 0.25
"""Share of English stop words from which a text counts as English prose, which has 0.4 or more of them."""

_ALL_DATE_WORDS = re.compile(
    r"\b(?:(?-i:May)|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|centur(?:y|ies)|decades?|"
    r"yesterday|today|tomorrow|tonight|years?|months?|weeks?|days?|christmas|easter|new year|spring|summer|autumn|"
    r"winter)\b|(?<![\d.,])\d{3,4}(?![\d,])|\d[/:]\d",
    re.IGNORECASE,
)
"""What may be a date beside those that are short answers."""
_NUMBER_WORDS = re.compile(
    r"\b(?:zero|nil|none|nobody|nothing|single|sole|pair|pairs|couple|trio|both|double|triple|twin|half|halves|thirds?|"
    r"quarters?|fifths?|tenths?|dozens?|scores?|hundreds?|thousands?|millions?|billions?|trillions?|twice|thrice|"
    r"first|second|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+teen(?:th)?|\w+fold)\b|[^\W\d]\d|\d[^\W\d]",
    re.IGNORECASE,
)
"""What may be a number beside those that are short answers."""
_ALSO_NAMES = re.compile(r"art|bill|bob|frank|grace|hope|jack|mark|may|nick|pat|rich|rose|sue|will")
"""Words that may be a person where they begin a sentence."""

_ABBREVIATION = re.compile(r"(?:^|[\s.(])(?:[A-Z]\w{0,4}|[a-z]{1,3})\.$")
_ENDED = re.compile(r"[.!?…][\"'”’)\]»]*$")


def lack(query: Query, standalone: str, texts: Sequence[str], around: Sequence[str]) -> str:
    """Says what none of ``texts`` does ("gives a number"), if it is sure; they are from the passages ``around``."""
    kind = query.asked.kind
    if kind in (NUMBER, DATE):
        return _lack_of_figures(kind, standalone, texts) if all(map(_is_english, around)) else ""
    if kind in (PERSON, PLACE):
        return _lack_of_names(kind, standalone, texts, around)
    return ""


def _lack_of_figures(kind: str, standalone: str, texts: Sequence[str]) -> str:
    asked = {standalone[low:high].casefold() for low, high in short_answers(standalone, kind)}
    doubtful = _NUMBER_WORDS if kind == NUMBER else _ALL_DATE_WORDS
    repeated = dated = False
    for text in texts:
        found = short_answers(text, kind)
        if any(text[low:high].casefold() not in asked for low, high in found):
            return ""
        dates = short_answers(text, DATE)
        rest = _without(text, [*found, *dates, *_own_words(standalone, text)])
        if doubtful.search(rest) or (kind == NUMBER and any(char.isnumeric() for char in rest)):
            return ""
        repeated |= bool(found) or (kind == NUMBER and rest != _without(text, [*found, *dates]))
        dated |= kind == NUMBER and bool(dates)
    but = [*(["dates"] if dated else []), *(["those in the question"] if repeated else [])]
    return f"gives a {kind}{' other than ' + ' and '.join(but) if but else ''}"


def _own_words(standalone: str, text: str) -> list[Span]:
    """Where words of the question that hold figures stand in ``text``: "M-84", "A8"."""
    own = {standalone[low:high].casefold() for low, high in words(standalone)}
    return [
        (low, high)
        for low, high in words(text)
        if text[low:high].casefold() in own and any(char.isdigit() for char in text[low:high])
    ]


def _without(text: str, spans: Iterable[Span]) -> str:
    chars = list(text)
    for low, high in spans:
        chars[low:high] = " " * (high - low)
    return "".join(chars)


def _lack_of_names(kind: str, standalone: str, texts: Sequence[str], around: Sequence[str]) -> str:
    own = {word.casefold() for word in TOKEN.findall(standalone)}
    small = {word for text in around for word in TOKEN.findall(text) if word.islower()}
    named = False
    for text in texts:
        first = {found.start() for low, high in sentences(text) if (found := TOKEN.search(text, low, high))}
        capitals = [found for found in TOKEN.finditer(text) if not found.group().islower() and found.group().isalpha()]
        if not capitals:
            return ""
        for found in capitals:
            word = found.group().casefold()
            if word in own:
                named |= found.start() not in first or word not in small
            elif found.start() not in first or _may_be_name(word, small):
                return ""
    return f"names a {kind}{' that is not in the question' if named else ''}"


def _may_be_name(word: str, small: Set[str]) -> bool:
    """Whether a word that begins a sentence may be a name; ``small`` are those that stand elsewhere in lower case."""
    if _ALSO_NAMES.fullmatch(word) or (len(word) == 1 and word not in "ai"):
        return True
    return bool(analyse(word)) and word not in small


def _is_english(text: str) -> bool:
    # Stop words are what an analysed text has lost.
    tokens = TOKEN.findall(text)
    return bool(tokens) and 1 - len(analyse(text)) / len(tokens) >= _ENGLISH


def whole_sentences(text: str) -> list[str]:
    """The sentences of ``text``, those together that somebody might read as one."""
    found: list[Span] = []
    for low, high in sentences(text):
        if found:
            before = text[found[-1][0] : found[-1][1]]
            if not _ENDED.search(before) or _ABBREVIATION.search(before) or text[low].islower():
                found[-1] = (found[-1][0], high)
                continue
        found.append((low, high))
    return [text[low:high] for low, high in found]
