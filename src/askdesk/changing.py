"""Questions about a change: "How has the toll changed?" asks what the toll was, time after time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .times import asked_time

_THINGS = (
    r"accounts?|aims?|amount|answers?|approach|assessments?|attitudes?|bail|balance|budgets?|claims?|cost|count|damages?|"
    r"dates?|deadlines?|demands?|estimates?|explanations?|figures?|forecasts?|goals?|judge?ments?|lead|level|limit|line|"
    r"losses|message|money|number|numbers|odds|offers?|opinions?|pay|percentage|plans?|policy|policies|population|"
    r"position|positions|price|prices|proportion|quota|rate|rates|reaction|reward|rhetoric|rules?|salary|sales|schedule|"
    r"share|size|stance|statements?|sum|tally|target|targets|terms|timetable|toll|tone|total|turnout|value|version|"
    r"views?|wages?|wording"
)
"""What is said, held or counted, and so can be asked for at each time; "the company" in "How did the company develop?"
cannot."""

_CHANGE = (
    r"chang(?:e|ed)|develop(?:ed)?|evolv(?:e|ed)|shift(?:ed)?|var(?:y|ied)|differ(?:ed)?|progress(?:ed)?|"
    r"(?:gone|go) (?:up|down)|grown?|risen?|rise|fall(?:en)?|harden(?:ed)?|soften(?:ed)?|moved?|slip(?:ped)?|"
    r"drop(?:ped)?|climb(?:ed)?|increased?|decreased?|declined?|"
    r"(?:keep|kept) (?:changing|falling|growing|moving|rising|shifting|slipping)"
)
_ABOUT = re.compile(
    r"\W*(?:(?:and|but|so)\s+)?(?:how\s+(?:much\s+|far\s+)?)?(?:did|do|does|has|have|had)\s+"
    rf"(?P<thing>(?:[\w.’'-]+\s+){{0,4}}(?P<noun>{_THINGS})\b(?:\s+\S+){{0,15}}?)\s+(?:{_CHANGE})\b"
    r"(?P<tail>(?:\s+(?:in|over|since|between|during|after|before|from|by|with|through|until|within|across|later|then)\b"
    r"[^?]*)?)\s*\?*\s*",
    re.IGNORECASE,
)
_OVER_TIME = re.compile(r"\s+(?:over|with|through|across) (?:the )?(?:time|course of time)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stated:
    """The question for what something was over time, and the same ``undated``, without the days that it names.

    Reports hardly name the time that they are of: their dates tell it.
    """

    question: str
    undated: str


def states(question: str) -> Stated | None:
    """Returns the question for what something was over time where ``question`` asks how it changed, else None.

    "How did the ministry's estimate change in May?" becomes "What was the ministry's estimate in May over time?": it is
    what the sources say at each time that tells a change.
    """
    found = _ABOUT.fullmatch(question)
    if not found:
        return None
    verb = "were" if found["noun"].lower().endswith("s") else "was"
    tail = _OVER_TIME.sub("", found["tail"]).rstrip()
    time = asked_time(tail, None)
    kept = "" if time.days or time.yearly else tail
    return Stated(*(f"What {verb} {found['thing']}{ending} over time?" for ending in (tail, kept)))
