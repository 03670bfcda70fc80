"""Participles that attribute: "…, saying", "with many saying", "are warning", "is quoted as saying"."""

from __future__ import annotations

from .clauses import clause_follows
from .following import phrase_after
from .phrases import Attribution, Phrase, noun_phrase
from .subjects import phrase_before
from .tokens import Token
from .verbs import can_speak, is_beside
from .words import BE, BETWEEN, PREPOSITIONS, REPORTS, STOPPERS, listed

_GOING_ON = listed("saying warning arguing claiming insisting predicting telling")
"""Participles that report speech after "are" and "is"."""
_SENDING = listed("published sent issued released wrote posted filed signed put made gave shared ran")
"""What is done with a paper by those who speak through it."""


def participle(found: list[Token], place: int) -> Attribution | None:
    """Returns the attribution whose verb is the participle at ``place``: "…, saying", "with many saying", "are
    warning", "is quoted as saying"; None where it reports no speech."""
    before = found[place - 1].low if place else ""
    beside = is_beside(found, place)
    if found[place].low == "saying" and before == "as":
        back = place - 2
        while back > 0 and found[back].low not in ("quoted", "cited"):
            back -= 1
            if place - back > 8:
                return None
        if back <= 1:
            return None
        agent = phrase_after(found, back + 2) if found[back + 1].low == "by" else None
        at = back - 1
        while at > 0 and found[at].low in BE | BETWEEN:
            at -= 1
        made = phrase_before(found, at + 1)
        return Attribution(made[0], place, "direct" if beside else "indirect", agent) if made else None
    held = _with_subject(found, place) or _in_progress(found, place, before)
    if held is not None:
        return Attribution(held, place, "direct" if beside else "indirect")
    follows = found[place + 1].low if place + 1 < len(found) else ""
    saying = found[place].low == "saying"
    by = before in ("by", "in") and (beside or clause_follows(found, place + 1))
    loose = (before == "," and place > 1) or by or (saying and before not in BE | PREPOSITIONS)
    of_paper = _of_paper(found, place)
    loose = loose or (before == "by" and saying) or of_paper
    if found[place].low == "saying" and before in ("heard", "omitted", "avoided", "stopped", "without"):
        return None
    if found[place].low == "urging" and any(token.low == "to" for token in found[place + 1 : place + 8]):
        follows = "that"
    if not loose or not (
        beside
        or saying
        or of_paper
        or follows in ("that", "he", "she", "it", "they", "the")
        or clause_follows(found, place + 1)
    ):
        return None
    return Attribution(Phrase("subject", place, place), place, "direct" if beside else "indirect")


def _of_paper(found: list[Token], place: int) -> bool:
    """Whether a participle tells what a paper says: "published an article in May suggesting the port was shut"."""
    for at in range(place - 1, max(place - 12, 0), -1):
        if found[at].kind != "w" or found[at].low in STOPPERS:
            return False
        if found[at].low in REPORTS and found[at].text.islower():
            # Of "a report saying …" as the subject itself another rule knows.
            return any(found[back].low in _SENDING for back in range(at - 1, max(at - 8, -1), -1))
    return False


def _with_subject(found: list[Token], place: int) -> Phrase | None:
    """The subject in "with many saying", "with Hill telling reporters"."""
    for at in range(place - 1, max(place - 8, -1), -1):
        if found[at].kind != "w":
            return None
        if found[at].low == "with":
            made = noun_phrase(found, at + 1, place) if at + 1 < place else None
            return made if made is not None and can_speak(found, place, made) else None
    return None


def _in_progress(found: list[Token], place: int, before: str) -> Phrase | None:
    """The subject in "experts are warning people not to", "Hill is saying that"."""
    if before not in ("is", "are", "was", "were") or found[place].low not in _GOING_ON:
        return None
    if not (clause_follows(found, place + 1) or any(token.low == "to" for token in found[place + 1 : place + 6])):
        return None
    made = phrase_before(found, place - 1)
    speaker = made[0] if made is not None and made[1] else None
    return speaker if speaker is not None and speaker.kind != "subject" and can_speak(found, place, speaker) else None
