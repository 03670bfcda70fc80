"""Words that name a speaker: a name with its title, a noun with what hangs on it, or a pronoun."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .tokens import Token
from .words import (
    BE,
    DAYS,
    DETERMINERS,
    MODIFIERS,
    MONTHS,
    NOT_NAMES,
    ORGANISATIONS,
    PARTICLES,
    PEOPLE,
    PREPOSITIONS,
    PRONOUNS,
    QUANTITIES,
    REPORTS,
    ROLES,
    listed,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name a speaker: ``tokens[start:end]`` of a frame.

    ``kind`` is ``"pronoun"``, ``"name"`` (its own words only: titles are left out), ``"noun"`` or ``"subject"``
    (whoever is the subject of the sentence). ``role`` is the title before a name.
    """

    kind: str
    start: int
    end: int
    role: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a sentence: ``speaker``, and ``passed`` who passed the words on (both places in the frame).

    ``way`` is ``"direct"`` where a quotation stands beside the verb, else ``"indirect"`` or ``"according"``;
    ``second`` tells that the words of ``speaker`` are passed on inside those of ``passed``.
    """

    speaker: Phrase
    verb: int
    way: str
    passed: Phrase | None = None
    second: bool = False


_DATES = DAYS | MONTHS
_BEFORE_NAMES = MODIFIERS | ROLES | ORGANISATIONS
_BEFORE_NOUNS = DETERMINERS | PREPOSITIONS
_CALLINGS = PEOPLE | ROLES | ORGANISATIONS
_OF = listed("from by of")


def name_at_end(found: list[Token], low: int, high: int) -> Phrase | None:
    """The name that ends a run of words, without the titles before it."""
    if high <= low or not found[high - 1].capital or found[high - 1].owner:
        return None
    at = high - 1
    while at > low:
        before = found[at - 1]
        office = found[at].low in ORGANISATIONS and before.capital
        if before.kind != "w" or (before.owner and not office):
            break
        if before.capital or (
            before.low in PARTICLES and any(token.capital for token in found[max(low, at - 3) : at - 1])
        ):
            at -= 1
        else:
            break
    while at < high and (found[at].low in NOT_NAMES or (not found[at].capital and found[at].low in PARTICLES)):
        at += 1
    if at >= high or (at == 0 and high == 1 and len(found[0].low) > 6 and found[0].low.endswith("ly")):
        return None
    name = at
    for place in range(at, high - 1):
        if all(token.low in ORGANISATIONS for token in found[place + 1 : high]):
            # "the Justice Department", "the Sheriff's Office"
            break
        if (found[place].low in ROLES and not found[place].owner) or (
            found[place].low == "state" and place > low and found[place - 1].low == "of"
        ):
            name = place + 1
    if found[name].low in PARTICLES and not found[name].capital:
        return None
    return Phrase("name", name, high, _role_before(found, low, name))


def _role_before(found: list[Token], low: int, name: int) -> str:
    """The title that stands before a name, as words joined by blanks; empty if none does."""
    if name <= low or found[name - 1].kind != "w" or found[name - 1].owner:
        return ""
    if found[name - 1].low not in ROLES and found[name - 1].low != "state":
        return ""
    at = name - 1
    while at - 1 >= low and name - at < 8:
        before = found[at - 1]
        if before.kind != "w" or before.low in DETERMINERS - {"senior"} or before.low in NOT_NAMES - {"of", "first"}:
            break
        if not (before.capital or before.owner or before.low in _BEFORE_NAMES or before.low == "of"):
            break
        at -= 1
    while at < name and found[at].low == "of":
        at += 1
    return " ".join(token.text + ("'s" if token.owner else "") for token in found[at:name])


_NO_NOUN = BE | listed("will would has have had those this")


def noun_phrase(found: list[Token], low: int, high: int) -> Phrase | None:
    """Returns the words for a speaker at the end of ``found[low:high]``, or None where there are none."""
    while high > low and found[high - 1].kind != "w":
        high -= 1
    if high <= low:
        return None
    last = found[high - 1]
    if last.low in PRONOUNS:
        return Phrase("pronoun", high - 1, high)
    if last.low in ("others", "some", "many", "several", "most", "few") and high - low <= 1 + (last.low == "few"):
        return Phrase("noun", low, high)
    if last.low in ("there", "here") and high - low > 2:
        return noun_phrase(found, low, high - 1)
    if last.low in DETERMINERS and high - low > 1 and last.low not in ("others", "one", "both", "all", "local"):
        return None
    if re.split("['’]", last.low)[0] in PRONOUNS:
        return Phrase("pronoun", high - 1, high)
    if last.low in (
        "no",
        "yes",
        "so",
        "nothing",
        "i",
        "we",
        "you",
        "this",
        "that",
        "which",
        "what",
        "there",
        "here",
        "who",
        "it's",
    ):
        return None
    if last.low in PREPOSITIONS or last.owner or last.low in ("neither", "either", "later", "earlier"):
        return None
    if high - 2 > low and found[high - 2].low == "to" and found[high - 3].low != "close" and last.text.islower():
        return None
    if last.low in _DATES and not (high - 2 >= low and found[high - 2].capital and last.low in MONTHS):
        return None
    name = name_at_end(found, low, high)
    paper = next((at for at in range(low, high - 2) if found[at].low in REPORTS and found[at + 1].low in _OF), None)
    if paper is not None and not found[paper].capital:
        start = _noun_start(found, low, paper + 1)
        return Phrase("noun", start, high) if start is not None else None
    if name is not None:
        held = _name_with_place(found, low, high)
        if held is not None:
            return held
        role_start = name.start - len(name.role.split())
        before = found[role_start - 1] if role_start > low else None
        if name.start > low and found[name.start - 1].low == "and" and name.start - 2 >= low:
            other = name_at_end(found, low, name.start - 1)
            if other is not None and not (other.start > low and found[other.start - 1].low in PREPOSITIONS):
                return Phrase("name", other.start, high, "")
            if other is not None:
                start = _noun_start(found, low, name.start - 1)
                return Phrase("noun", start, high) if start is not None else None
        numbered = before is not None and before.text.isdigit() and role_start - 2 >= low
        if numbered and found[role_start - 2].low not in PREPOSITIONS:
            # "members of Orsa 1199 Workers"
            start = _noun_start(found, low, role_start)
            return Phrase("noun", start, high) if start is not None else None
        if before is not None and before.low in QUANTITIES and not name.role:
            return Phrase("noun", role_start - 1, high)
        if before is None or (not before.text.islower() and before.low not in _BEFORE_NOUNS):
            return name
        if before.low in PREPOSITIONS:
            holder = name_at_end(found, low, role_start - 1)
            if holder is not None and holder.end - holder.start > 1 and not is_body(found, holder):
                return holder
            if (name.start - 2 >= low and found[role_start - 2].low in PREPOSITIONS) or role_start - 1 == low:
                return None
            start = _noun_start(found, low, role_start - 1)
            return Phrase("noun", start, high) if start is not None else None
        if before.low in DETERMINERS and (not name.role or found[name.end - 1].low in ROLES):
            if role_start - 2 >= low and found[role_start - 2].low in PREPOSITIONS:
                start = _noun_start(found, low, role_start - 2) if role_start - 2 > low else None
                return Phrase("noun", start, high) if start is not None else None
            return Phrase("noun", role_start - 1, high)
        if name.end - name.start == 1 and found[name.start].low in ROLES:
            start = _noun_start(found, low, high)
            return Phrase("noun", start, high) if start is not None else None
        return name
    start = _noun_start(found, low, high)
    if start is None or not any(token.text[:1].isalpha() for token in found[start:high]):
        return None
    if any(token.low in _NO_NOUN for token in found[start:high]):
        return None
    return Phrase("noun", start, high)


def _name_with_place(found: list[Token], low: int, high: int) -> Phrase | None:
    """The name in "Mary Hill from the University of Orsa"."""
    for at in range(low + 2, high - 1):
        if found[at].low in ("from", "with", "at"):
            made = name_at_end(found, low, at)
            return made if made is not None and made.end - made.start > 1 and not is_body(found, made) else None
    return None


def is_calling(token: Token) -> bool:
    """Whether a word is a noun for people, for what a person is or for a body."""
    return bool({token.low, token.low.removesuffix("s"), token.low.removesuffix("es")} & _CALLINGS)


def is_body(found: list[Token], phrase: Phrase) -> bool:
    """Whether a noun for a body stands among these words."""
    return any(token.low in ORGANISATIONS for token in found[phrase.start : phrase.end])


def _noun_start(found: list[Token], low: int, high: int) -> int | None:
    """Where the words for a speaker begin that end at ``high``; None where only an adverbial stands there."""
    if high <= low:
        return None
    starts = [
        at
        for at in range(low, high)
        if found[at].low in DETERMINERS
        and (at == low or (found[at - 1].low not in _BEFORE_NOUNS and not found[at - 1].owner))
    ]
    if starts:
        start = starts[-1]
        return (
            start if (high - start <= 20 and start < high - 1) or found[start].low not in ("the", "a", "an") else None
        )
    outside = found[low].low == "outside" and high - low == 2
    if (found[low].low in PREPOSITIONS and not outside) or found[low].text.endswith("ly"):
        return None
    start = low
    while start < high and found[start].low in NOT_NAMES:
        start += 1
    return start if start < high and high - start <= 12 else None
