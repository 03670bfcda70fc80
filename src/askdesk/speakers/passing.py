"""Who passed words on: an outlet told, words cited, a speaker inside the speech of another."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from .following import phrase_after
from .phrases import Attribution, Phrase
from .subjects import phrase_before
from .tokens import Token
from .words import BE, DAYS, OUTLETS, ROLES, STOPPERS, STRONG

_QUOTE = ("quote", "quotes", "quoted", "cite", "cites", "cited", "report", "reports", "reported")
_SAYING = ("saying", "stating", "telling", "warning")
_WHEN = DAYS | {"on", "in", "at", "last", "this", "earlier", "late"}
_LONGEST = 16


def passed_on(found: list[Token], made: Attribution) -> Attribution:
    """Adds who passed the words on: an outlet told, words cited, or a speaker inside the speech of another."""
    for at in range(min(made.verb, made.speaker.start), min(max(made.verb, made.speaker.end) + 14, len(found) - 1)):
        if found[at].low == "citing":
            cited = phrase_after(found, at + 1)
            if cited is not None and (is_outlet(found, made.speaker) or _are_people(found, cited)):
                return Attribution(cited, made.verb, made.way, made.speaker)
    after = made.verb + 1
    if found[made.verb].low in ("told", "tells", "tell") and after < len(found):
        told = phrase_after(found, after)
        if told is not None and is_outlet(found, told):
            return Attribution(made.speaker, made.verb, made.way, told)
        return made
    if made.way == "indirect" and made.speaker.end <= made.verb:
        at = after + 1 if after < len(found) and found[after].low == "that" else after
        inner = next((n for n in range(at, min(at + 9, len(found))) if found[n].low in ("told", "said")), None)
        if inner is not None and all(token.kind == "w" for token in found[at:inner]):
            second = phrase_before(found, inner)
            if (
                second
                and second[1]
                and second[0].kind in ("name", "noun")
                and second[0].start - len(second[0].role.split()) == at
            ):
                return Attribution(second[0], made.verb, made.way, made.speaker, True)
    if made.passed is None:
        for at in range(after, min(after + 10, len(found) - 2)):
            if found[at].low in ("interview", "statement", "spoke", "speaking") and found[at + 1].low in ("with", "to"):
                told = phrase_after(found, at + 2)
                if told is not None and is_outlet(found, told):
                    return Attribution(made.speaker, made.verb, made.way, told)
    return made


def quoted_as(found: list[Token], place: int) -> Attribution | None:
    """The attribution in "Orsa Radio quoted Hill as saying", "Hill was quoted by Orsa Radio as saying"; else None.

    ``place`` is that of "saying".
    """
    if found[place].low not in _SAYING or not place or found[place - 1].low != "as":
        return None
    way = "direct" if any(token.kind == "q" for token in found) else "indirect"
    for verb in range(place - 2, max(0, place - _LONGEST), -1):
        if found[verb].low in _QUOTE:
            if found[verb - 1].low in BE:
                subject = phrase_before(found, verb - 1)
                by = phrase_after(found, verb + 2) if found[verb + 1].low == "by" else None
                return Attribution(subject[0], place, way, by) if subject else None
            quoted, before = phrase_after(found, verb + 1), phrase_before(found, verb)
            if quoted is not None and (quoted.end == place - 1 or found[quoted.end].low in _WHEN):
                return Attribution(quoted, place, way, before[0] if before else None)
            return None
    return None


def is_quoted_as(found: list[Token], place: int) -> bool:
    """Whether the verb at ``place`` only passes on what another says: "Orsa Radio quoted Hill as saying"."""
    return found[place].low in _QUOTE and any(
        one.low == "as" and other.low in _SAYING for one, other in pairwise(found[place + 1 : place + _LONGEST])
    )


def told_through(found: list[Token], made: list[Attribution]) -> list[Attribution]:
    """Puts first who spoke where "according to" only tells of whom that is known: "Hill told the crew that the port
    would close, according to the broadcaster"."""
    if not made or made[0].way != "according":
        return made
    known = made[0]
    for other in made[1:]:
        told = found[other.verb].low in STRONG or other.way == "direct"
        low = min(other.speaker.start - len(other.speaker.role.split()), other.verb)
        if low > 0 and found[low - 1].kind == "w" and found[low - 1].low in STOPPERS - {"and", "but"}:
            continue
        if told and other.speaker.kind != "subject" and other.speaker.end <= other.verb < known.verb:
            return [replace(other, passed=known.speaker), *made]
    return made


def _are_people(found: list[Token], phrase: Phrase) -> bool:
    plural = {token.low.removesuffix("s") for token in found[phrase.start : phrase.end]}
    return bool(plural & (ROLES | {"source", "people", "person"}))


def is_outlet(found: list[Token], phrase: Phrase) -> bool:
    """Whether the words name a newspaper, a broadcaster or a news agency."""
    words = found[phrase.start : phrase.end]
    return any(word.low in OUTLETS and (word.capital or word.low in ("newspaper", "broadcaster")) for word in words)
