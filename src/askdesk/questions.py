"""What a question asks for: its kind, its terms, and what its answer must count, if it is a count."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .text import words

NUMBER, DATE, PERSON, PLACE, OTHER = "number", "date", "person", "place", "other"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the answerer sees it.

    ``kind`` is what a short answer would be: ``"number"``, ``"date"``, ``"person"``, ``"place"`` or ``"other"``;
    ``focus`` holds the words that say what is counted or of what sort it is (``"tanks"`` in "how many tanks …",
    ``"country"`` in "which country …"), in lower case. ``several`` is set for questions whose answer is a list or an
    explanation rather than one thing: "why …", "which countries …", "what did he say about …".
    """

    text: str
    kind: str
    focus: tuple[str, ...]
    several: bool = False


_ASKS = re.compile(r"\b(?:who(?:m|se)?|what|which|when|where|why|how)\b", re.IGNORECASE)
_COUNTED = (
    r"number|percentage|percent|share|price|cost|amount|size|figure|total|sum|speed|age|calibre|weight|height|length|"
    r"population|distance"
)
_PEOPLE = (
    r"person|man|woman|president|minister|leader|author|actor|actress|singer|player|king|queen|general|official|"
    r"spokesman|spokeswoman|spokesperson|politician|writer|director|candidate|analyst"
)
_PLACES = (
    r"country|countries|city|cities|town|towns|region|regions|state|states|place|places|village|island|province|"
    r"capital|continent|nation|river|base|airport"
)
_KINDS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (DATE, r"when\b|(?:what|which) (?:\w+ )?(?:year|date|day|month|decade|century|time)\b|how long ago\b"),
        (
            NUMBER,
            r"how (?:many|much|old|far|long|big|large|tall|high|deep|wide|fast|heavy|often|powerful|strong|low|small)\b"
            r"|what (?:do|does|did|will|would) .{1,60} cost\b"
            rf"|(?:what|which) (?:is |was |are |were )?(?:the )?(?:\w+ )?(?:{_COUNTED})\b",
        ),
        (PERSON, rf"who(?:m|se)?\b|(?:what|which) (?:\w+ ){{0,2}}(?:{_PEOPLE})\b"),
        (PLACE, rf"where\b|(?:what|which) (?:is |was )?(?:the )?(?:\w+ )?(?:{_PLACES})\b"),
    )
)
_FOCUS = re.compile(
    r"(?:how (?:many|much)|what|which)\s+(?!(?:is|are|was|were|did|do|does|of)\b)((?:[\w'’-]+\s+){0,3}?[\w'’-]+)"
    r"(?=\s+(?:is|are|was|were|say|says|said|do|does|did|has|have|had|will|would|can|could|may|might|should|in|of|to|"
    r"from|that|who)\b|[?.!]|$)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"why\b|how (?:do|does|did|is|are|was|were|has|have|can|could|will|would|come)\b|what (?:are|were|else|happened)\b"
    r"|what (?:do|does|did|has|have|had|is|was) .{1,80}\b(?:say|said|saying|think|argue|claim|announce|mean)\b"
    r"|(?:what|which) (?:(?:other|two|three|four|five) )?(?:people|men|women|reasons)\b"
    r"|which (?:(?:other|two|three|four|five) )?\w{2,}[^s\W]s\b|what was .{1,300} over time\b",
    re.IGNORECASE,
)
_TELL = re.compile(r"\s*(?:tell me|describe|explain|list|name (?:the|all|some)|give)\b", re.IGNORECASE)


def asked(question: str) -> Asked:
    """Returns what ``question`` asks for, which its first question word decides."""
    asks = _ASKS.search(question)
    at = asks.start() if asks else len(question)
    kind = next((kind for kind, pattern in _KINDS if pattern.match(question, at)), OTHER)
    focus = _FOCUS.match(question, at)
    held = focus.group(1) if focus else ""
    several = bool(_TELL.match(question) or _SEVERAL.match(question, at))
    return Asked(question, kind, tuple(held[low:high].lower() for low, high in words(held)), several)
