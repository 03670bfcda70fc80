"""Questions that want nothing but what is said about a topic, by anybody or by one voice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .keywords import analyse
from .preferring import is_said
from .scoring import likeness
from .shortanswers import names
from .text import Span
from .types import Document


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question wants to read of: its terms, as the index has them.

    Those of ``names`` may be written a little differently. ``said`` is set where somebody must say it, ``voice`` where
    that one is named.
    """

    terms: tuple[str, ...]
    names: frozenset[str] = frozenset()
    said: bool = False
    voice: str | None = None


_ON = r"(?:about|on|of|over|regarding|concerning)"
_TO = r"(?:about|on|of|over|regarding|concerning|to|towards?)"
_WORDS = r"(?P<words>[^?;]+?)[\s?.!]*"
_SAY = (
    r"(?:say|says|said|saying|tell|tells|told|think|thinks|thought|state|stated|write|writes|wrote|written|report|reported|"
    r"comment|comments|commented|respond|responds|responded|react|reacts|reacted|reply|replied|remark|remarked|"
    r"mention|mentioned|speak|speaks|spoke|spoken|talk|talks|talked)"
)
"""Verbs that tell nothing but that there are words about it: who "denies" a thing does more than speak of it."""
_VIEW = (
    r"(?:account|answer|assessment|attitude|comment|explanation|opinion|position|reaction|remark|response|stance|statement|"
    r"thought|view|word)s?"
)
_ANYTHING = (
    r"(?:anything|something|(?:any|some|more)\s+(?:articles?|details?|documents?|information|mentions?|news|passages?|"
    r"reports?|texts?|words?))"
)
_DOCUMENTS = r"(?:the|your|my|our|these) (?:articles?|documents?|files?|papers?|passages?|reports?|sources?|texts?)"
_ASKED = rf"(?:we|you|i|they|it|anyone|anybody|{_DOCUMENTS})"
_KNOW = r"(?:know|known|say|said|tell|told|have|got|find|found|learn|hear|heard|read|report|mention|contain|hold|seen?)"
_WHO = r"(?P<who>[^,;?]{2,80}?)"
_PRONOUN = re.compile(
    rf"(?:he|she|they|it|we|you|i|this|that|these|those|people|anyone|anybody|one|{_DOCUMENTS})\b", re.IGNORECASE
)

_BY_VOICE = tuple(
    re.compile(rf"\W*(?:(?:and|but|so)\s+)?{pattern}", re.IGNORECASE)
    for pattern in (
        rf"(?:what|how)(?:\s+else)?\s+(?:did|does|do|has|have|had)\s+{_WHO}\s+{_SAY}(?:\s+{_ANYTHING})?\s+{_TO}\s+{_WORDS}",
        rf"what\s+(?:is|are|was|were)\s+(?:the\s+)?{_WHO}['’]s?\s+{_VIEW}\s+{_TO}\s+{_WORDS}",
        rf"what\s+(?:is|are|was|were)\s+(?:the\s+)?{_VIEW}\s+of\s+{_WHO}\s+{_TO}\s+{_WORDS}",
    )
)
_BY_ANYBODY = re.compile(
    rf"\W*(?:(?:and|but|so)\s+)?who(?:\s+else)?(?:\s+(?:has|have|had))?\s+{_SAY}(?:\s+{_ANYTHING})?\s+{_TO}\s+{_WORDS}",
    re.IGNORECASE,
)
_WHAT_ABOUT = re.compile(rf"\W*(?:(?:and|but|so)\s+)?(?:what|how)\s+about\s+{_WORDS}", re.IGNORECASE)
_OF_ALL = tuple(
    re.compile(rf"\W*(?:(?:and|but|so)\s+)?{pattern}", re.IGNORECASE)
    for pattern in (
        rf"(?:is|are)\s+there\s+{_ANYTHING}(?:\s+(?:known|new|said|written))?\s+(?:{_ON}|in|with)\s+{_WORDS}",
        rf"(?:do|does|did|have|has|can)\s+{_ASKED}\s+(?:{_KNOW}\s+)?(?:(?:us|me)\s+)?{_ANYTHING}\s+{_ON}\s+{_WORDS}",
        rf"what\s+(?:else\s+)?(?:do|does|did|can|have|has)\s+{_ASKED}\s+{_KNOW}\s+(?:(?:us|me)\s+)?{_ON}\s+{_WORDS}",
        rf"what(?:['’]s|\s+is|\s+are|\s+was)\s+(?:being\s+)?(?:known|new|said|written|reported|(?:the\s+)?(?:current\s+|"
        r"latest|newest|most\s+recent\s+)?\s*(?:developments?|information|news|situation|state|status|story)?)"
        rf"\s+(?:{_ON}|in|at|from|with)\s+{_WORDS}",
        rf"what(?:\s+else|\s+has|\s+have|['’]s|\s+is|\s+was)?\s+(?:happened|happens|happening|going\s+on|went\s+on)\s+"
        rf"(?:in|at|on|during)\s+{_WORDS}",
        rf"(?:please\s+)?(?:tell|show)\s+me\s+(?:{_ANYTHING}\s+|everything\s+|more\s+|all\s+)?{_ON}\s+{_WORDS}",
        rf"(?:please\s+)?(?:(?:give|write)\s+(?:me\s+)?)?(?:an?\s+|the\s+)?(?:overview|summary|news|information)\s+"
        rf"(?:{_ON}|in|from|at)\s+{_WORDS}",
    )
)
_SENTENCE = re.compile(
    r"\?|\b(?:who(?:m|se)?|what|which|when|where|why|how|is|are|was|were|be|do|does|did|has|have|had|can|could|will|would|"
    r"should|must|may|might|tell|explain|describe|list|name|give|show|find|compare|summari[sz]e)\b",
    re.IGNORECASE,
)
"""What keywords typed into a search field do not hold."""
_KEYWORDS = 5
"""Terms of the longest question that is taken for keywords."""
_LONGEST = 300
"""Characters of the longest question that is looked at: who writes more asks for more than a topic."""


def topic(question: str, said_by: str | None = None) -> Topic | None:
    """Returns what ``question`` wants to read of if it asks for nothing else, None if it asks for more.

    "What is known about the crane?", "What did Mary Hill say about the crane?", "Who spoke about the crane?" and mere
    words, "harbour crane", do; so does "What about the crane?" where ``said_by`` names the voice.
    """
    question = " ".join(question.split())
    if len(question) > _LONGEST:
        return None
    for pattern in _BY_VOICE:
        if (found := pattern.fullmatch(question)) and not _PRONOUN.match(found["who"]):
            return _topic(found["words"], said=True, voice=found["who"])
    if found := _BY_ANYBODY.fullmatch(question):
        return _topic(found["words"], said=True)
    if said_by is not None and (found := _WHAT_ABOUT.fullmatch(question)):
        return _topic(found["words"], said=True, voice=said_by)
    for pattern in _OF_ALL:
        if found := pattern.fullmatch(question):
            return _topic(found["words"])
    alone = None if _SENTENCE.search(question) else _topic(question)
    return alone if alone and len(alone.terms) <= _KEYWORDS else None


def _topic(words: str, *, said: bool = False, voice: str | None = None) -> Topic | None:
    terms = tuple(dict.fromkeys(analyse(words)))
    named = frozenset(term for low, high in names(words) for term in analyse(words[low:high]))
    return Topic(terms, named, said, voice) if terms else None


def holds(wanted: Topic, document: Document, span: Span) -> bool:
    """Whether a sentence of a document holds every term of the topic, and is said as wanted."""
    held = frozenset(analyse(document.text[slice(*span)]))
    if not all(_stands_in(term, wanted, held) for term in wanted.terms):
        return False
    return not wanted.said or is_said(document, span, wanted.voice)


def touched(wanted: Topic, sentences: Sequence[tuple[Document, Span]]) -> bool:
    """Whether any of the sentences holds a term of the topic."""
    held = frozenset(term for document, span in sentences for term in analyse(document.text[slice(*span)]))
    return any(_stands_in(term, wanted, held) for term in wanted.terms)


def _stands_in(term: str, wanted: Topic, held: frozenset[str]) -> bool:
    return term in held or (term in wanted.names and likeness(term, held) > 0.0)
