"""Statements whose verb is negated: "did not attack", "has never joined", "is no longer a member".

A negation counts where it is that of a statement of its own or of what someone says; in a relative clause, a condition,
a reason or an order it does not, nor where it leaves open what it speaks of ("did not say", "may not", "not until").
Negative pronouns (*no one, nothing, none*) are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WINDOW = 160
"""Characters on each side of a negation in which its clause is looked at."""
_VERB = r"(?:am|is|are|was|were|has|have|had|does|do|did|will|would|can|could)"
_NO_DUTY = r"(?<!may\ )(?<!might\ )(?<!should\ )(?<!must\ )"
_NO_NOUN = (
    r"no\s+(?!(?:one|doubts?|questions?|denying|secret|wonder|matter|surpris\w*|coincidence|exception|stranger|comment|"
    r"word|less|fewer|more|later|idea|alternative|choice|other)\b)(?=[a-z])"
)
"""Behind "no" none of the words with which it negates nothing, or leaves open what is asked."""
_NEGATION = re.compile(
    rf"""
      {_NO_DUTY}\b{_VERB}(?:\s+(?:also|still|yet|so\s+far|therefore|however|apparently|certainly))?\s+(?:not|never)\b
    | \bcannot\b | \b(?:is|are|was|were|has|have|had|does|do|did|wo|would|ca|could)n[’']t\b
    | \b(?:is|are|was|were|has|have|had|be|been)\s+{_NO_NOUN}
    | \b(?:is|are|has|have|had)\s+yet\s+to\b
    | {_NO_DUTY}\bnever\s+(?!(?:mind|before|again|end\w*|to)\b)[a-z]
    | (?:\A\W*|\bthat\s+){_NO_NOUN}(?:[\w’'-]+\s+){{1,6}}?(?:{_VERB}|[a-z]+ed)\b(?!\s+(?:not|never)\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OPEN_BEHIND = re.compile(
    r"""
      \s+(?:only|just|merely|simply|solely|even\s+once|all|every\w*|until|because)\b
    | \s+(?:un(?!der|i|til)\w+|impossible|implausible)\b
    | \s+(?:(?:an?|the)\s+)?(?:only|first|last|alone|lone)\b
    | \s+(?:\w+\s+){0,3}?(?:say|said|comment|respond|answer|reply|replied|specif|elaborat|disclos|reveal|clear\b|
      known?\b|decid|determin|certain\b|sure\b|rul(?:e|ed|ing)\s+out|exclud|doubt|mention|be\s+(?:reached|ruled)|
      surpris|a\s+(?:secret|surprise|coincidence))
    | [^.;]{0,120}?\b(?:if|unless|until|till|without)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What shows, behind a negation, that it does not deny what the clause tells."""
_CLAUSE_START = re.compile(r"[,;:()–—\"“”]|\b(?:and|but|or)\b", re.IGNORECASE)
_DEPENDENT = re.compile(
    r"\b(?:if|unless|whether|until|because|as|since|who|whom|whose|which|when|where|while|although|though|why|what|how|"
    r"than|before|after|once|lest)\b|\bthat\s*\Z",
    re.IGNORECASE,
)
_FINITE = re.compile(rf"\b{_VERB}\b", re.IGNORECASE)
_THAT = re.compile(r"\bthat\b", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|old)s?|stat|confirm|insist|claim|add|announc|assert|maintain|declar|report|believ|"
    r"think|thought|knows?|knew|know|argu|acknowledg|admit|conced|stress|emphasi[sz]|reiterat|repeat|not(?:e|es|ed)|"
    r"show|found|find|verif|indicat|warn|pledg|promis|swore|agree|learn|conclud|deny|deni)\w*\W+(?:[\w’'-]+\W+){0,4}\Z",
    re.IGNORECASE,
)
"""Verbs whose "that" begins what is told; behind other words it begins a relative clause or a result."""


def negations(sentence: str) -> Iterator[int]:
    """Yields where the negations of what ``sentence`` tells begin, in order."""
    for match in _NEGATION.finditer(sentence):
        if not _OPEN_BEHIND.match(sentence, match.end(), match.end() + _WINDOW) and _is_told(sentence, match):
            yield match.start()


def _is_told(sentence: str, match: re.Match[str]) -> bool:
    """Whether the clause of a negation is a statement: it has a subject and does not depend on another clause."""
    before = sentence[max(0, match.start() - _WINDOW) : match.start()]
    word = match.group().lstrip().lower()
    subject = word.startswith(("no ", "that ")) or not match.group()[:1].isalnum()
    if not subject and not any(char.isalnum() for char in before):
        return False  # an order: "Do not go"
    starts = [start.end() for start in _CLAUSE_START.finditer(before)]
    clause = before[starts[-1] :] if starts else before
    if _DEPENDENT.search(clause):
        return False
    if word.startswith("that "):
        return _SAID.search(before) is not None
    thats = list(_THAT.finditer(clause))
    if thats:
        return _SAID.search(before[: len(before) - len(clause) + thats[-1].start()]) is not None
    # Behind another verb the negation is that of a clause without "that", mostly a relative one ("a town he had not
    # seen"), unless the verb is one of saying.
    return _FINITE.search(clause) is None or _SAID.search(clause) is not None
