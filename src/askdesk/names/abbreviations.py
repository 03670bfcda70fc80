"""Names of which one text says that they mean the same: short forms, other names, former names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from .keys import BIG, PARTICLES, POSSESSIVE, STOP, bare, is_abbreviation

_BRACKET = re.compile(r"\(([^()\n]{2,90})\)")
_SHORT = re.compile(rf"(?:the )?[\"“‘']?((?:{BIG}\.?){{2,8}}|{BIG}[\w&\-]{{1,8}})[\"”’']?")
_LONG_WORD = r"[^\W_]+(?:['’.\-&/][^\W_]+)*[.'’]?"
_WORDS = re.compile(_LONG_WORD)
_LINK_WORDS = frozenset(
    ("of", "for", "and", "the", "on", "in", "to", "with", "de", "del", "la", "du", "des", "&", "at")
)
_LINKS = "of|for|and|the|" + PARTICLES
_NAME = rf"(?:{BIG}[\w'’.\-&]{{0,30}}(?:[ \u00a0](?:(?:{_LINKS})[ \u00a0]){{0,2}}{BIG}[\w'’\-&]{{0,30}}){{0,7}})"
_NAME_AT_END = re.compile(rf"(?<![^\W_])(?:{_NAME})$")
_QUOTE = r"[\"“‘']?"
_KNOWN = re.compile(
    r"(?:, | ?\()(?:(?:which|who) (?:is|are|was|were) )?(?:"
    r"(?:officially|formally)(?: known as| called| named| the| as)?"
    r"|(?:also|formerly|previously|originally|otherwise|better|commonly|widely|once|now) "
    r"(?:known|called|spelled|spelt|written|named|rendered|transliterated)(?: as)?"
    r"|(?:an? (?:acronym|abbreviation) for|short for|stands for|abbreviated(?: as| to)?)"
    r"|(?:the )?(?:official|formal|full) name (?:of|for)"
    rf") (?:the )?({_NAME})"
)
_OWN_NAME = re.compile(
    rf"['’]s?,? (?:official|formal|full) name,?(?: is| was)?,? (?:the )?{_QUOTE}({_NAME})"
    rf"|,? by (?:the initials of |the initials for |the acronym of |the acronym for )?its (?:official|formal) name,? "
    rf"(?:the )?{_QUOTE}({_NAME})"
)
_OR = re.compile(
    rf",? (?:or|known as|known by its (?:initials|acronym)) (?:the )?{_QUOTE}({BIG}[^\W_]{{1,7}})(?![\w'’\-])"
)
_NUMBERED = re.compile(r"\.? ?\d")
_LOOK_BACK = 110
_MOST_PLACES = 5_000


def abbreviations(text: str) -> tuple[tuple[str, str], ...]:
    """Returns pairs of names that ``text`` says mean the same, the longer form first, each pair once.

    Short forms in brackets, before or after their long form, are matched by the letters (Schwartz and Hearst, A simple
    algorithm for identifying abbreviation definitions, PSB 2003), with half of them at the beginning of words; others
    are said in words: "X, officially Y", "X, also known as Y", "X's official name, Y", "X, or XY,".
    """
    found: dict[tuple[str, str], None] = {}
    for bracket in islice(_BRACKET.finditer(text), _MOST_PLACES):
        inside = bracket.group(1).strip()
        before = text[max(0, bracket.start() - _LOOK_BACK) : bracket.start()].rpartition("\n")[2]
        head = re.split(r"[,;]| or | and ", inside, maxsplit=1)[0].strip()
        if (short := _SHORT.fullmatch(head)) and (long := _long_form(short.group(1), before)):
            found[long, _undot(short.group(1))] = None
        if " " in inside and (last := re.search(rf"({BIG}[^\W_a-z]{{1,7}}|(?:{BIG}\.){{2,8}})[\"”’']? ?$", before)):
            long = _long_form(last.group(1), inside)
            if long and len(long) >= len(inside.removeprefix("the ").strip("\"“”'’‘")):
                found[long, last.group(1)] = None
    for said in islice(_OR.finditer(text), _MOST_PLACES):
        before = text[max(0, said.start() - _LOOK_BACK) : said.start()].rpartition("\n")[2]
        short_form = said.group(1)
        if is_abbreviation(short_form) and (long := _long_form(short_form, before)):
            found[long, short_form] = None
    for pattern in (_KNOWN, _OWN_NAME):
        for said in islice(pattern.finditer(text), _MOST_PLACES):
            before = text[max(0, said.start() - _LOOK_BACK) : said.start()].rpartition("\n")[2]
            other = _clean(next(group for group in said.groups() if group))
            if (one := _NAME_AT_END.search(before)) and not _NUMBERED.match(text, said.end()):
                name = _clean(one.group())
                if min(len(name), len(other)) > 1 and name.casefold() != other.casefold():
                    found[max(name, other, key=len), min(other, name, key=len)] = None
    return tuple(found)


def _undot(short: str) -> str:
    return short.rstrip(".") if short.count(".") == 1 else short


def _clean(name: str) -> str:
    """A name without a possessive ending, trailing stops that are none of an abbreviation, and words before it."""
    name = re.split(r"(?<=[^\W\d_A-Z]{3})\. ", name)[-1]
    words = POSSESSIVE.sub("", name.rstrip(",'’-")).split()
    while words and (words[0].lower() in STOP and words[0].lower() != "new" and not is_abbreviation(words[0])):
        words = words[1:]
    cleaned = " ".join(words)
    return cleaned if re.search(r"\b[^\W\d_]\.$", cleaned) else cleaned.rstrip(".")


def _long_form(short: str, before: str) -> str | None:
    """The words at the end of ``before`` that ``short`` abbreviates, None if there are none."""
    letters = [char for char in bare(short).lower() if char.isalnum()]
    if not 2 <= len(letters) <= 8 or sum(char.isupper() for char in short) < 2:
        return None
    spans = [found.span() for found in _WORDS.finditer(before)]
    if not spans or before[spans[-1][1] :].strip(" \u00a0\"“”'’,"):
        return None
    if long := _by_initials(letters, before, spans):
        return long
    spans = spans[-min(len(letters) + 5, 2 * len(letters)) :]
    folded = _bare_same_length(before)
    at = spans[-1][1]
    starts = {low for low, _ in spans}
    starts |= {at for low, high in spans for at in range(low + 1, high) if before[at - 1] in "-/&"}
    initials = 0
    for place, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= spans[0][0] and (folded[at] != letter or (place == 0 and at not in starts)):
            at -= 1
        if at < spans[0][0]:
            return None
        initials += at in starts
    long = POSSESSIVE.sub("", before[at : spans[-1][1]].rstrip("\"“”'’, "))
    words = long.split()
    # A short form has no meaning inside itself, and one of single words is only a shorter word.
    if (
        len(words) < 2
        or short in words
        or initials * 3 < 2 * len(letters)
        or re.search(r"[.!?;:][\"”]? [^\W\d_a-z]", long[:-1])
    ):
        return None
    head = words[0].lower().rstrip(",")
    if words[-1].lower() in STOP or "(" in long or ")" in long:
        return None
    return long if head not in STOP or head == "new" else None


def _by_initials(letters: Sequence[str], before: str, spans: Sequence[tuple[int, int]]) -> str | None:
    """The last words of ``before`` that begin with these letters, links such as "of" left out or not."""
    at = len(letters) - 1
    for low, high in reversed(spans[-2 * len(letters) - 2 :]):
        if bare(before[low]).lower()[:1] == letters[at] and (before[low].isupper() or before[low:high] not in STOP):
            at -= 1
            if at < 0:
                return before[low : spans[-1][1]] if len(letters) > 1 else None
        elif before[low:high] not in _LINK_WORDS:
            return None
    return None


def _bare_same_length(text: str) -> str:
    return "".join(bare(char)[:1] or char for char in text).lower() if not text.isascii() else text.lower()
