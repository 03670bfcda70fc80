"""Who may be said to say one sentence: its verbs of speech with their speakers, the likeliest first.

Nothing here knows the rest of the document; :mod:`.resolving` finds out whom the words found here stand for.
"""

from __future__ import annotations

from .following import phrase_after
from .openings import opening, opening_phrase
from .participles import participle
from .passing import is_quoted_as, passed_on, quoted_as, told_through
from .phrases import Attribution, Phrase
from .subjects import phrase_before
from .tokens import Token
from .verbs import can_show, can_speak, is_beside, is_speaker, plural, speaks, touches
from .words import (
    BASE,
    BE,
    DAYS,
    DETERMINERS,
    EXPRESSING,
    INVERTING,
    NOT,
    PARTICIPLES,
    PLAIN,
    PREPOSITIONS,
    QUOTING,
    ROLES,
    VERBS,
    listed,
)

_CUES = VERBS | EXPRESSING | PARTICIPLES | {"according", "per"}


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
    return told_through(found, [passed_on(found, made) for _, _, made in ranked[:_TRIED]])


_TRIED = 3
_COUNTS = listed("reading readings count counts tally tallies calculation calculations reckoning")
"""What is counted, which is no paper of its own."""
_YIELDING = ("after", "than", "while", "although", "though")
CLOSING = DAYS | listed("in on at during via to this last when as earlier late early after reporters through")


def _rank(found: list[Token], made: Attribution) -> int:
    if made.speaker.kind == "subject" and made.way != "direct":
        return 4
    low = min(made.speaker.start - len(made.speaker.role.split()), made.verb)
    high = max(made.speaker.end, made.verb + 1)
    before = found[low - 1] if low > 0 else None
    after = found[high] if high < len(found) else None
    if before is not None and before.low in ("whether", "why"):
        return 3
    if found[made.verb].low in PARTICIPLES and made.speaker.kind != "subject":
        return 2
    if made.way == "direct" and touches(found, low, high):
        return 0
    if found[made.verb].low in ("told", "tells") and any(token.text == "," for token in found[max(0, low - 3) : low]):
        # "…, harbour spokesman Tom Brown told the council."
        return 1
    if before is not None and before.text in ",—–" and (after is None or after.text in ".,—–" or after.low in CLOSING):
        return 1
    if before is not None and before.low in VERBS and made.speaker.kind == "pronoun" and made.speaker.end <= made.verb:
        # "Many divers say they think …"
        return 3
    if before is not None and before.low in ("which", "what", "who", "whom", "as", "if", "when", *_YIELDING):
        return 3
    return 2


def _at(found: list[Token], place: int) -> Attribution | None:
    """The attribution whose verb, or "according", stands at ``place``."""
    low = found[place].low
    if low == "according" and place + 2 < len(found) and found[place + 1].low == "to":
        speaker = phrase_after(found, place + 2)
        return Attribution(_counting(found, _named_after(found, speaker)), place, "according") if speaker else None
    if low == "per":
        return _per(found, place)
    if low in PARTICIPLES:
        return quoted_as(found, place) or participle(found, place)
    if is_quoted_as(found, place):
        return None
    if found[place].capital and place > 0:
        return None
    beside = is_beside(found, place)
    before = phrase_before(found, place)
    if place and found[place - 1].text == "," and low in INVERTING:
        # ", said Mary Hill, the harbour master": not ", the harbour master, said"
        after = phrase_after(found, place + 1)
        ends = after is not None and (after.end >= len(found) or found[after.end].kind != "w" or before is None)
        ends = ends or (after is not None and after.kind == "name")
        fits = after is not None and (after.kind != "noun" or is_speaker(found[after.start : after.end]))
        fits = fits and (low not in BASE or (after is not None and plural(found, after)))
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
        if low in BASE and speaker.kind == "subject" and not _of_several(found, place):
            return None
        if not clear or (low in BASE and not plural(found, speaker)):
            return None
        if speaks(found, place, speaker, beside):
            return Attribution(speaker, place, "direct" if beside else "indirect")
        return None
    if low in INVERTING and _may_invert(found, place):
        after = phrase_after(found, place + 1)
        fits = after is not None and (after.kind != "noun" or is_speaker(found[after.start : after.end]))
        fits = fits and (low not in BASE or (after is not None and plural(found, after)))
        if after is not None and fits and not _goes_on(found, after.end):
            return Attribution(_named_after(found, after), place, "direct" if beside else "indirect")
    return None


def _of_several(found: list[Token], place: int) -> bool:
    """Whether those whom a sentence is about are several: "Some divers have left the port and say"."""
    low = opening(found, place)
    made = opening_phrase(found, low, place) if found[place - 1].low == "and" else None
    return made is not None and made.kind == "noun" and plural(found, made) and is_speaker(found[made.start : made.end])


def _per(found: list[Token], place: int) -> Attribution | None:
    """The source in "…, per the harbour office" and "Per Orsa Radio, …": not in "$3 per person"."""
    alone = place == 0 or found[place - 1].kind != "w"
    if not alone or place + 1 >= len(found) or not (found[place + 1].capital or found[place + 1].low == "the"):
        return None
    speaker = phrase_after(found, place + 1)
    known = speaker is not None and (speaker.kind == "name" or is_speaker(found[speaker.start : speaker.end]))
    return Attribution(speaker, place, "according") if speaker is not None and known else None


def _in_question(found: list[Token], place: int, speaker: Phrase) -> bool:
    """Whether a clause only tells which words are meant: "something Hill said", "what he said"."""
    before = found[speaker.start - len(speaker.role.split()) - 1].low if speaker.start else ""
    if before not in ("something", "everything", "anything", "things", "what"):
        return False
    if place + 1 >= len(found):
        return True
    # "what the mayor called an utter disgrace" in marks
    close = found[place].low in QUOTING and any(token.kind == "q" for token in found[place + 1 : place + 4])
    return found[place + 1].kind != "q" and found[place + 1].text not in ":," and not close


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
    while at + 1 < len(found) and found[at].capital and found[at].owner:
        # "the council's eldest member, Orsa's Tom Brown"
        at += 1
    high = at
    while high < len(found) and found[high].capital:
        high += 1
    closed = high >= len(found) or found[high].kind != "w"
    return Phrase("name", at, high) if 2 <= high - at <= 4 and closed else speaker


def _counting(found: list[Token], speaker: Phrase) -> Phrase:
    """Who counts in "according to Orsa's Saturday reading": else the words as they are."""
    owner = next((at for at in range(speaker.start, speaker.end) if found[at].owner), speaker.end)
    plain = speaker.kind == "noun" and found[speaker.end - 1].low in _COUNTS and owner < speaker.end
    low = speaker.start + (found[speaker.start].low == "the")
    named = plain and all(token.capital for token in found[low : owner + 1])
    return Phrase("name", low, owner + 1) if named else speaker


def _ends_clause(found: list[Token], at: int) -> bool:
    return at >= len(found) or found[at].kind != "w" or found[at].low in PREPOSITIONS | {"who"}


def _may_invert(found: list[Token], place: int) -> bool:
    if place + 1 >= len(found) or found[place + 1].kind != "w":
        return False
    if place == 0:
        return any(token.kind == "q" for token in found)
    before = found[place - 1]
    return before.kind == "q" or (before.text in ",—–" and (place < 2 or found[place - 2].kind == "q" or place > 4))
