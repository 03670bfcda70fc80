"""Whose words and which days a question wants, and how well a sentence fits."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from .marks import reported, speakers_in, times_in
from .speakers import matches
from .text import Span
from .times import asked_time
from .types import Document

FITS = 1.5
"""What a sentence's score, a logit, gains where it is of the voice or of the time that the question names. Set by
judgement: among sentences that answer about equally well it decides, and it lifts none that does not answer."""

_SAY = (
    r"(?:say|says|said|tell|tells|told|think|thinks|believe|believes|claim|claims|claimed|warn|warns|warned|announce|"
    r"announces|announced|promise|promised|demand|demanded|add|added|stress|stressed|write|wrote|report|reported|"
    r"confirm|confirmed|deny|denied|insist|insisted|argue|argued|explain|explained|reply|replied|predict|predicted|"
    r"suggest|suggested|admit|admitted|state|stated|declare|declared|estimate|estimated|describe|described|call|called|"
    r"comment|commented|respond|responded|react|reacted|remark|remarked|mention|mentioned|speak|spoke|spoken|talk|talked|"
    r"answer|answered)"
)
_NOTHING_ELSE = re.compile(
    r"(?:say|says|said|tell|tells|told|think|thinks|believe|believes|claim|claims|warn|warns|stress|explain|reply|predict|"
    r"suggest|argue|insist|admit|promise|describe|comment|respond|react|remark|mention|speak|talk|answer)$",
    re.IGNORECASE,
)
"""Verbs that ask for words alone: one may "add" or "call" without being quoted."""
_WHAT_DID = re.compile(
    rf"\b(?:what|how)\b(?:\s+\w+){{0,3}}?\s+(?:did|does|do|has|have|had)\s+(?P<who>[^,;?]{{2,80}}?)\s+{_SAY}\b",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"\baccording to\s+(?P<who>[^,;?]{2,80}?)\s*(?:[,;?]|$)", re.IGNORECASE)
_WHO = re.compile(rf"\W*(?:and\s+)?(?:who|which\s+\w+)\s+(?:\w+\s+){{0,2}}?{_SAY}\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:he|she|they|it|we|you|i|this|that|these|those|people|anyone|anybody|one)\b", re.IGNORECASE)


def asked_voice(question: str) -> str | None:
    """Returns whose words a question wants ("What did Mary Hill say about …", "according to …"), None for nobody's."""
    question = " ".join(question.split())  # Patterns would try every part of a long run of spaces.
    found = _WHAT_DID.search(question) or _ACCORDING.search(question)
    if found is None or _PRONOUN.match(found["who"]):
        return None
    return found["who"]


def asked_speaker(question: str) -> str | None:
    """Returns whose words a question asks for by name and wants nothing else ("How did Mary Hill respond to …")."""
    found = _WHAT_DID.search(" ".join(question.split()))
    if found is None or _PRONOUN.match(found["who"]) or not _NOTHING_ELSE.search(found.group()):
        return None
    # "Orsa's harbour master" is called otherwise where he speaks.
    return found["who"] if found["who"].split()[-1][0].isupper() else None


def asks_who_said(question: str) -> bool:
    """Whether a question wants the name of a speaker ("Who said that …")."""
    return _WHO.match(" ".join(question.split())) is not None


def gains(question: str, sentences: Sequence[tuple[Document, Span]], as_of: dt.date | None = None) -> list[float]:
    """Returns what the score of each sentence gains by its voice and its time, which ``question`` may name.

    Relative days in the question count from ``as_of``. Of a question for the first or the latest state of things the
    sentences gain by their order of publication.
    """
    found = [0.0] * len(sentences)
    voice = asked_voice(question)
    if voice is not None or asks_who_said(question):
        found = [FITS * is_said(document, span, voice) for document, span in sentences]
    time = asked_time(question, as_of)
    if time.days or time.yearly:
        for at, (document, span) in enumerate(sentences):
            told = reported(document, span[0])
            days = [(one.first, one.last) for one in times_in(document, span)] or ([(told, told)] if told else [])
            found[at] += FITS * any(time.covers(*one) for one in days)
    elif time.wants:
        days_told = [reported(document, span[0]) for document, span in sentences]
        order = sorted({day for day in days_told if day is not None}, reverse=time.wants == "first")
        for at, day in enumerate(days_told):
            if day is not None and len(order) > 1:
                found[at] += FITS * order.index(day) / (len(order) - 1)
    return found


def is_said(document: Document, span: Span, voice: str | None = None) -> bool:
    """Whether somebody says a stretch of a document: ``voice``, by name, other spelling or role, None for anybody."""
    said = speakers_in(document, span)
    return any(voice is None or matches(speaker, voice) for _, speaker in said)
