"""Questions about a change: "How has the toll changed?" asks what the toll was, time after time."""

from __future__ import annotations

import re

_THINGS = (
    r"accounts?|aims?|amount|answers?|approach|assessments?|attitudes?|claims?|cost|count|demands?|estimates?|"
    r"explanations?|figures?|forecasts?|goals?|judge?ments?|line|message|number|numbers|opinions?|plans?|policy|"
    r"policies|population|position|positions|price|prices|rate|rates|reaction|rhetoric|rules?|share|size|stance|"
    r"statements?|tally|target|targets|terms|toll|tone|total|value|version|views?|wording"
)
"""What is said, held or counted, and so can be asked for at each time; "the company" in "How did the company develop?"
cannot."""

_CHANGE = (
    r"chang(?:e|ed)|develop(?:ed)?|evolv(?:e|ed)|shift(?:ed)?|var(?:y|ied)|differ(?:ed)?|progress(?:ed)?|"
    r"(?:gone|go) (?:up|down)|grown?|risen?|rise|fall(?:en)?|harden(?:ed)?|soften(?:ed)?"
)
_ABOUT = re.compile(
    r"\W*(?:(?:and|but|so)\s+)?(?:how\s+(?:much\s+|far\s+)?)?(?:did|do|does|has|have|had)\s+"
    rf"(?P<thing>(?:[\w.’'-]+\s+){{0,4}}(?P<noun>{_THINGS})\b(?:\s+\S+){{0,15}}?)\s+(?:{_CHANGE})\b"
    r"(?P<tail>(?:\s+(?:in|over|since|between|during|after|before|from|by|with|through|until|within|across|later|then)\b"
    r"[^?]*)?)\s*\?*\s*",
    re.IGNORECASE,
)
_OVER_TIME = re.compile(r"\s+(?:over|with|through|across) (?:the )?(?:time|course of time)\b", re.IGNORECASE)


def states(question: str) -> str | None:
    """Returns the question for what something was over time where ``question`` asks how it changed, else None.

    "How did the ministry's estimate change in May?" becomes "What was the ministry's estimate in May over time?": it is
    what the sources say at each time that tells a change.
    """
    found = _ABOUT.fullmatch(question)
    if not found:
        return None
    tail = _OVER_TIME.sub("", found["tail"])
    verb = "were" if found["noun"].lower().endswith("s") else "was"
    return f"What {verb} {found['thing']}{tail.rstrip()} over time?"
