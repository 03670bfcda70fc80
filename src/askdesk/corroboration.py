"""Questions about the sources themselves: how many report something, and which."""

from __future__ import annotations

import re

_SOURCES = r"(?:sources?|reports?|outlets|papers|newspapers|documents?|articles?|texts?)"
_APART = r"(?:\s*,?\s*independent(?:ly)? (?:of|from) (?:each|one an)\s?other\s*,?)?"
_MANY = r"(?:how many|which|what|more than one|at least two|several|two|many|any other|other)"
_SAY = (
    r"(?:carry|carries|carried|quotes?|quoted|cites?|cited|reports?|reported|ha(?:s|ve)|says?|said|mentions?|mentioned|"
    r"confirms?|confirmed|states?|stated|tells?|told|writes?|wrote|names?|named|gives?|gave|speaks? of|spoke of)"
)
_ABOUT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "How many independent sources say that …", "Do several sources report that …"
        rf"\W*(?:and\s+)?(?:(?:do|does|did)\s+)?{_MANY}\s+(?:\w+\s+){{0,2}}?{_SOURCES}{_APART}\s+(?:(?:do|does|did)\s+)?"
        rf"{_SAY}\b(?:\s+that\b)?\s+(?P<told>.+)",
        # "Is it reported by more than one source that …"
        rf"\W*(?:and\s+)?(?:is|was|has)\s+it\s+(?:been\s+)?{_SAY}\s+by\s+{_MANY}\s+(?:\w+\s+){{0,2}}?{_SOURCES}{_APART}\s+"
        r"that\s+(?P<told>.+)",
        # "By how many sources is it said that …", "By how many sources is Hill said to have …"
        rf"\W*(?:and\s+)?by\s+{_MANY}\s+(?:\w+\s+){{0,2}}?{_SOURCES}{_APART}\s+(?:is|was|are|were|has|have)\s+"
        rf"(?:it\s+{_SAY}\s+that\s+)?(?P<told>.+)",
        # "In how many reports does it say that …"
        rf"\W*(?:and\s+)?in\s+{_MANY}\s+(?:\w+\s+){{0,2}}?{_SOURCES}{_APART}\s+(?:does|do|did|is|was)\s+(?:it|we)\s+"
        rf"(?:{_SAY}|read)\s+that\s+(?P<told>.+)",
    )
)


def told_by_sources(question: str) -> str | None:
    """Returns the statement whose sources a question wants ("How many sources say that …"), None for another one."""
    for pattern in _ABOUT:
        found = pattern.match(question)
        if found:
            return found["told"].rstrip(" ?.!\t\n") or None
    return None
