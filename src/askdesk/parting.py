"""Questions that hold two: "How many were sent, and who said so?" is asked in parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .findings import timeline
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
_MOST = 4
"""Parts that a question may have; what has more is a text and asked as one."""


def parts(question: str) -> tuple[str, ...]:
    """Returns the questions that ``question`` holds, in order: as a rule itself alone.

    It is broken where a question mark is followed by another question, and before "and" with a question word. Each part
    must be a question of two words or more; else there are no parts.
    """
    found = [part.strip(" ,;") for part in _BREAK.split(question)]
    if not 1 < len(found) <= _MOST:
        return (question,)
    if any(len(part.split()) < 2 or not _QUESTION.match(part) or _HANGS.search(part) for part in found):
        return (question,)
    return tuple(part if part.endswith("?") else f"{part}?" for part in found)


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
    )
