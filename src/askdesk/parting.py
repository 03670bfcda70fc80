"""Questions that hold two: "How many were sent, and who said so?" is asked in parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .findings import timeline
from .times.vocabulary import MONTHS, SEASONS, WEEKDAYS
from .types import Answer

_ASKS = r"(?:who|whom|whose|what|when|where|why|which|how)"
_BREAK = re.compile(
    rf"\?+\s+(?:and\s+)?(?=\w)|(?<!\s),?\s+and\s+(?=(?:(?:by|to|from|with|in|at|on)\s+)?{_ASKS}\b)", re.IGNORECASE
)
_QUESTION = re.compile(
    rf"\W*(?:(?:and|but|so|by|to|from|with|in|at|on|of)\s+)*(?:{_ASKS}|is|are|was|were|do|does|did|has|have|had|can|could|will|"
    r"would|should|may|might)\b",
    re.IGNORECASE,
)
_HANGS = re.compile(rf"\b(?:{_ASKS}|and|or)\W*$", re.IGNORECASE)
_WHEN = r"(?:when|before|after|while|until|since|once)"
_TIMES = (
    r"(?:days?|weeks?|months?|years?|quarters?|mornings?|evenings?|nights?|start|beginning|end|mid-\w+|\d{4}|"
    rf"{'|'.join((*MONTHS[1:], *WEEKDAYS, *SEASONS))})"
)
_ASKS_ANEW = re.compile(
    r"(?P<asks>how (?:many|much|high|low|large|big|long|old|far)|"
    r"(?:what|which)(?: (?!(?:in|on|at|as|by|from|during|the|when|then|before|after)\b)\w+)?|where|who|when)"
    r"\s+(?P<rest>(?:(?:more|less|fewer) than )?\w+ \w+ (?:later|earlier|before)|afterwards?|later|earlier|then|now|"
    rf"today|(?:{_WHEN}|in|on|at|by|as of|during|from)\s.+|the (?:second|third|other|later)\b.*)",
    re.IGNORECASE,
)
"""A question word with nothing but another time or another one of several: "what in December", "where afterwards"."""
_AT_A_TIME = re.compile(
    rf"\s+{_WHEN}\s.+$|"
    r"\s+(?:in|on|at|by|as of|during|from)\s(?:(?:the|its|their|his|her)\s)?"
    rf"(?:(?!(?:in|on|at|by|as|of|from|during|to|for)\s)[\w-]+\s){{0,3}}?{_TIMES}\b.*$",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\b(?:that|this|those|these|same|following|next|previous)\b", re.IGNORECASE)
_FIRST_OF = re.compile(r"\bthe first (?P<thing>\w+)\b", re.IGNORECASE)
_OTHER_OF = re.compile(r"the (?P<which>second|third|other|later)(?: (?:one|\w+))?", re.IGNORECASE)
_MOST = 4
"""Parts that a question may have; what has more is a text and asked as one."""


def parts(question: str) -> tuple[str, ...]:
    """Returns the questions that ``question`` holds, in order: as a rule itself alone.

    It is broken where a question mark is followed by another question, and before "and" with a question word. Each part
    must be a question of two words or more; else there are no parts. What a later part leaves unsaid is taken from the
    first: "What did bread cost in May, and what in June?" asks for both in full.
    """
    found = [part.strip(" ,;") for part in _BREAK.split(question)]
    if not 1 < len(found) <= _MOST:
        return (question,)
    if any(len(part.split()) < 2 or not _QUESTION.match(part) or _HANGS.search(part) for part in found):
        return (question,)
    whole = [found[0], *(_completed(found[0], part) for part in found[1:])]
    return tuple(part if part.endswith("?") else f"{part}?" for part in whole)


def _completed(first: str, part: str) -> str:
    """Returns ``part`` with what it leaves unsaid of the ``first`` question: "…, and what in December?"."""
    anew = _ASKS_ANEW.fullmatch(part.rstrip(" ?"))
    if anew is None or not first.lower().startswith(anew["asks"].lower()) or _POINTS_BACK.search(anew["rest"]):
        return part
    first = first.rstrip(" ?")
    if other := _OTHER_OF.fullmatch(anew["rest"]):
        named = _FIRST_OF.search(first)
        if named is None:
            return part
        return f"{first[: named.start()]}the {other['which'].lower()} {named['thing']}{first[named.end() :]}"
    told = _AT_A_TIME.search(first)
    return f"{first[: told.start()]} {anew['rest']}" if told else part


def joined(question: str, answers: Sequence[Answer]) -> Answer:
    """Returns the answers to the parts of ``question`` as one, which holds them as its ``parts``.

    It is found if one part is; its confidence is that of the part that is least sure.
    """
    found = any(answer.found for answer in answers)
    citations = tuple(dict.fromkeys(citation for answer in answers for citation in answer.citations))
    hits = {hit.passage.id: hit for answer in reversed(answers) for hit in answer.hits}
    return Answer(
        question=question,
        standalone_question=" ".join(answer.standalone_question for answer in answers),
        found=found,
        confidence=min(answer.confidence for answer in answers),
        citations=citations,
        hits=tuple(sorted(hits.values(), key=lambda hit: (-hit.score, hit.passage.id))[: len(answers[0].hits)]),
        reason=None if found else " ".join(answer.reason or "" for answer in answers),
        findings=tuple(finding for answer in answers for finding in answer.findings),
        timeline=timeline(citations),
        sources=max(answer.sources for answer in answers),
        parts=tuple(answers),
        notes=tuple(dict.fromkeys(note for answer in answers for note in answer.notes)),
    )
