"""Who may be said to say one sentence: its verbs of speech with their speakers, the likeliest first.

Nothing here knows the rest of the document; :mod:`.resolving` finds out whom the words found here stand for.
"""

from __future__ import annotations

from .passing import passed_on
from .phrases import Attribution, Phrase, phrase_after
from .subjects import phrase_before
from .tokens import Token
from .verbs import can_show, can_speak, is_speaker, plural, speaks, touches
from .words import (
    BASE,
    BE,
    BETWEEN,
    DAYS,
    DETERMINERS,
    INVERTING,
    NOT,
    PARTICIPLES,
    PLAIN,
    PREPOSITIONS,
    ROLES,
    STRONG,
    VERBS,
    listed,
)

_CUES = VERBS | PARTICIPLES | {"according"}


def attributions(found: list[Token]) -> list[Attribution]:
    """Returns who may be said to say the sentence with these tokens (of :func:`frame`), the likeliest first.

    Of several verbs of speech that have a subject, the one that touches a quotation comes first, then one that closes
    the sentence or stands in commas, then the others in their order.
    """
    ranked: list[tuple[int, int, Attribution]] = []
    for place, token in enumerate(found):
        if token.kind == "w" and token.low in _CUES:
            made = _at(found, place)
            if made is not None:
                ranked.append((_rank(found, made), place, made))
    ranked.sort(key=lambda entry: entry[:2])
    return [passed_on(found, made) for _, _, made in ranked[:_TRIED]]


_TRIED = 3
CLOSING = DAYS | listed("in on at during via to this last when as earlier late early after reporters through")


def _rank(found: list[Token], made: Attribution) -> int:
    if made.speaker.kind == "subject" and made.way != "direct":
        return 4
    low = min(made.speaker.start - len(made.speaker.role.split()), made.verb)
    high = max(made.speaker.end, made.verb + 1)
    before = found[low - 1] if low > 0 else None
    after = found[high] if high < len(found) else None
    if made.way == "direct" and touches(found, low, high):
        return 0
    if before is not None and before.text in ",—–" and (after is None or after.text in ".,—–" or after.low in CLOSING):
        return 1
    if before is not None and before.low in ("which", "what", "who", "whom", "as", "if", "when", "after", "than"):
        return 3
    return 2


def _at(found: list[Token], place: int) -> Attribution | None:
    """The attribution whose verb, or "according", stands at ``place``."""
    low = found[place].low
    if low == "according" and place + 2 < len(found) and found[place + 1].low == "to":
        speaker = phrase_after(found, place + 2)
        return Attribution(speaker, place, "according") if speaker else None
    if low in PARTICIPLES:
        return _participle(found, place)
    if found[place].capital and place > 0:
        return None
    beside = _beside(found, place)
    before = phrase_before(found, place)
    if place and found[place - 1].text == "," and low in INVERTING:
        # ", said Mary Hill, the harbour master": not ", the harbour master, said"
        after = phrase_after(found, place + 1)
        ends = after is not None and (after.end >= len(found) or found[after.end].kind != "w" or before is None)
        ends = ends or (after is not None and after.kind == "name")
        fits = after is not None and (after.kind != "noun" or is_speaker(found[after.start : after.end]))
        if after is not None and after.kind != "pronoun" and fits and ends and _ends_clause(found, after.end):
            return Attribution(_named_after(found, after), place, "direct" if beside else "indirect")
    if before is not None:
        speaker, clear = before
        if speaker.end - speaker.start == 1 and low not in PLAIN and found[speaker.start].low in DETERMINERS:
            return None
        if low in ("show", "shows", "showed", "found") and not can_show(found, speaker):
            return None
        if not can_speak(found, place, speaker) or _in_question(found, place, speaker):
            return None
        if low in BASE and speaker.kind == "subject":
            return None
        if not clear or (low in BASE and not plural(found, speaker)):
            return None
        if speaks(found, place, speaker, beside):
            return Attribution(speaker, place, "direct" if beside else "indirect")
        return None
    if low in INVERTING and _may_invert(found, place):
        after = phrase_after(found, place + 1)
        fits = after is not None and (after.kind != "noun" or is_speaker(found[after.start : after.end]))
        if after is not None and fits and not _goes_on(found, after.end):
            return Attribution(_named_after(found, after), place, "direct" if beside else "indirect")
    return None


def _in_question(found: list[Token], place: int, speaker: Phrase) -> bool:
    """Whether a clause only tells which words are meant: "something Hill said", "what he said"."""
    before = found[speaker.start - len(speaker.role.split()) - 1].low if speaker.start else ""
    if before not in ("something", "everything", "anything", "things", "what"):
        return False
    return place + 1 >= len(found) or (found[place + 1].kind != "q" and found[place + 1].text not in ":,")


def _goes_on(found: list[Token], at: int) -> bool:
    """Whether a verb follows the words for a speaker: then they are the subject of what is said."""
    return at < len(found) and found[at].kind == "w" and found[at].low in BE | NOT | {"has", "have", "had"}


def _named_after(found: list[Token], speaker: Phrase) -> Phrase:
    """The name in "said the port's director, Tom Brown": else the words as they are."""
    at = speaker.end + 1
    if speaker.kind != "noun" or at >= len(found) or found[speaker.end].text != ",":
        return speaker
    if found[speaker.end - 1].low not in ROLES:
        return speaker
    high = at
    while high < len(found) and found[high].capital:
        high += 1
    closed = high >= len(found) or found[high].kind != "w"
    return Phrase("name", at, high) if 2 <= high - at <= 4 and closed else speaker


def _ends_clause(found: list[Token], at: int) -> bool:
    return at >= len(found) or found[at].kind != "w" or found[at].low in PREPOSITIONS | {"who"}


def _participle(found: list[Token], place: int) -> Attribution | None:
    before = found[place - 1].low if place else ""
    beside = _beside(found, place)
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
    follows = found[place + 1].low if place + 1 < len(found) else ""
    saying = found[place].low == "saying"
    loose = (before == "," and place > 1) or (saying and (before == "by" or before not in BE | PREPOSITIONS))
    if found[place].low == "saying" and before in ("heard", "omitted", "avoided", "stopped", "without"):
        return None
    if not loose or not (beside or saying or follows in ("that", "he", "she", "it", "they", "the")):
        return None
    return Attribution(Phrase("subject", place, place), place, "direct" if beside else "indirect")


def _beside(found: list[Token], place: int) -> bool:
    """Whether a quotation stands beside the clause of the verb: before its subject, or after it in the sentence."""
    for at in range(place + 1, min(place + 30, len(found))):
        if found[at].kind == "q":
            return True
        if found[at].text in ";" or (found[at].low in ("after", "because") and found[place].low not in STRONG):
            break
    for at in range(place - 1, max(place - 26, -1), -1):
        if found[at].kind == "q":
            return True
        if found[at].text == ";":
            break
    return False


def _may_invert(found: list[Token], place: int) -> bool:
    if place + 1 >= len(found) or found[place + 1].kind != "w":
        return False
    if place == 0:
        return any(token.kind == "q" for token in found)
    before = found[place - 1]
    return before.kind == "q" or (before.text in ",—–" and (place < 2 or found[place - 2].kind == "q" or place > 4))
