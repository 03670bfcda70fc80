"""The rules that know a line of furniture by its words alone, on any page of any site.

Each rule is a pattern that a whole line must match, with the reason it gives. They serve lines of up to LONGEST
characters; what stands in longer ones is taken for story. Every pattern is linear: bounded repeats, no nesting.
"""

from __future__ import annotations

import re
from functools import cache

from . import wordings

LONGEST = 400
"""The longest line, in characters, that a rule may call furniture (rights notices may be longer)."""

_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}(?: \"[^\"]{0,200}\")?\)")
_SIGNS = re.compile(r"(?:[*•▪▸►▶→»›·#>|-]{1,6}\s+|[*_]{1,3}(?=\S)|[►▶▸➤→]\s?){1,3}")
_TAIL_SIGNS = frozenset("/:)")
_Rules = tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _lines() -> _Rules:
    """The rules in the order they are tried; compiled at first use, as that takes longer than the whole import."""
    return tuple((why, re.compile(rf"(?:{pattern})\Z", re.IGNORECASE)) for why, pattern in wordings.LINES)


@cache
def _lists() -> re.Pattern[str]:
    return re.compile(rf"(?:\W{{0,4}}(?:{wordings.LISTS})\W{{0,3}}|{wordings.ADVERTISEMENT})\Z", re.IGNORECASE)


@cache
def _advertisement() -> re.Pattern[str]:
    return re.compile(rf"(?:{wordings.ADVERTISEMENT})\Z", re.IGNORECASE)


@cache
def _enders() -> re.Pattern[str]:
    return re.compile(rf"(?:{wordings.ENDERS})\Z", re.IGNORECASE)


@cache
def _rights() -> re.Pattern[str]:
    return re.compile(wordings.RIGHTS, re.IGNORECASE)


@cache
def _weather() -> re.Pattern[str]:
    return re.compile(rf"{wordings.WEATHER}\Z", re.IGNORECASE)


@cache
def _tails() -> _Rules:
    return (("photo credit", re.compile(wordings.TAIL_CREDIT)), ("agency", re.compile(wordings.TAIL_INITIALS)))


def reason(line: str) -> str:
    """Returns why ``line`` (without white space around it) is furniture by its words, or an empty string."""
    if len(line) > LONGEST:
        return "rights notice" if len(line) <= 4 * LONGEST and _rights().search(line) else ""
    if not any(map(str.isalnum, line)):
        return "separator"
    if "](" in line and not any(map(str.isalnum, _LINK.sub("", line))):
        if line.lstrip("*_[> ").startswith("!"):
            return "picture"
        if line.count("](") > 1:
            return "links"
    line = _plain(line)
    return next((why for why, rule in _lines() if rule.match(line)), "")


def opens_list(line: str) -> bool:
    """Whether ``line`` is the headline of a list of other headlines, or the word that sets an advertisement apart."""
    return len(line) <= 100 and _lists().match(_plain(line)) is not None


def opens_advertisement(line: str) -> bool:
    """Whether ``line`` is the word that sets an advertisement apart."""
    return len(line) <= 100 and _advertisement().match(line.replace("\xa0", " ")) is not None


def ends_story(line: str) -> bool:
    """Whether ``line`` stands behind the end of a story: its sign-off, a notice of rights, the page's number."""
    return len(line) <= LONGEST and _enders().match(_plain(line)) is not None


def is_weather(line: str) -> bool:
    """Whether ``line`` tells a temperature and little else, as the heads of pages do."""
    return len(line) <= 80 and _weather().match(line.replace("\xa0", " ")) is not None


def tail(line: str) -> tuple[int, str]:
    """Returns where furniture glued to the end of ``line`` starts (its length where there is none), and why."""
    cut = max(0, len(line) - 160)
    if _TAIL_SIGNS.isdisjoint(line[cut:]):
        return len(line), ""
    line = line.replace("\xa0", " ")
    for why, rule in _tails():
        found = rule.search(line, cut)
        if found and found.start() > 0:
            return found.start() + len(found.group()) - len(found.group().lstrip()), why
    return len(line), ""


def _plain(line: str) -> str:
    """The words of a line without the signs of a list, a quotation, a heading, emphasis or a link around them."""
    line = line.replace("\xa0", " ")
    if "](" in line:
        line = _LINK.sub(r"\1", line).strip()
    signs = _SIGNS.match(line)
    return line[signs.end() if signs else 0 :].rstrip("*_ ")
