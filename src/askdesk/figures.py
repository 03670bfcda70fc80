"""Which figure a question for a number wants: of which kind, and of what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .values import Value, is_plural, singular, values

_KINDS = tuple(
    (kinds, re.compile(pattern, re.IGNORECASE))
    for kinds, pattern in (
        (
            ("percent",),
            r"\b(?:percent|per cent|percentage|proportion)\b|\bwhat (?:share|part)\b"
            r"|\bhow high .{0,30}\b(?:rate|inflation)\b",
        ),
        (("duration", "number"), r"\b(?:how old|what age)\b"),
        (("duration",), r"\bhow long\b(?! is the)|\b(?:for )?how much (?:time|longer)\b"),
        (
            ("money",),
            r"\bhow much\b.{0,200}\b(?:cost|costs|pay|pays|paid|spend|spends|spent|owe|owes|owed|worth|priced?|earn|"
            r"earns|earned|charged?|fined|raised?|invest|invested|money|cash|debt|rent)\b|\bhow expensive\b"
            r"|\b(?:what|which)\b.{1,60}\b(?:price|prices|salary|fee|fine|budget|revenue|fare|rent|sum|costs?)\b"
            r"|\bhow (?:big|large|high) .{1,30}\b(?:jackpot|prize|fine|budget|debt|bill|settlement|deficit)\b",
        ),
        (("measure",), r"\bhow (?:far|tall|deep|wide|heavy|fast|thick|hot|cold|warm)\b|\bwhat distance\b"),
    )
)
_COUNTS = ("number", "ordinal")
"""Who came as "the eighth team" tells how many there were."""
_HOW_MANY = re.compile(r"\bhow many\b\s*(?P<rest>[^?.;:]{1,80})", re.IGNORECASE)
_HOW_OFTEN = re.compile(r"\bhow often\b", re.IGNORECASE)
_PART = re.compile(r"of\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")
_BEFORE_NOUN = 6
"""Words behind "how many" among which the noun is looked for."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a question wants a figure of: the ``kinds`` of values that may be it, none for any, and a counted noun."""

    kinds: tuple[str, ...]
    noun: str = ""

    def may_be(self, value: Value) -> bool:
        """Whether a value is of a kind that is wanted."""
        if value.kind == "number" and value.unit:
            return self.noun == value.unit
        return not self.kinds or value.kind in self.kinds


def figure(question: str) -> Figure:
    """Returns what figure ``question`` wants, as far as its words tell."""
    if _HOW_OFTEN.search(question):
        return Figure(("number",), "times")
    many = _HOW_MANY.search(question)
    if many:
        for found in list(_WORD.finditer(many["rest"]))[:_BEFORE_NOUN]:
            word = found.group()
            read = values(f"3 {word}")
            if read and read[0].unit and read[0].end == len(word) + 2:
                return Figure((read[0].kind,), read[0].unit)
            if is_plural(word) and not word[0].isupper():
                return Figure((*_COUNTS, "percent") if _PART.match(many["rest"]) else _COUNTS, singular(word.lower()))
        return Figure(_COUNTS)
    return Figure(next((kinds for kinds, pattern in _KINDS if pattern.search(question)), ()))
