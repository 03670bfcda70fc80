"""Whom the words for a speaker stand for: the full name behind a surname, a pronoun or an office."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ..types import Speaker
from .asking import plain
from .attributions import CLOSING
from .cast import Cast, Mention, is_shown, note, person
from .frames import Frame
from .phrases import Attribution, Phrase
from .subjects import opening, opening_phrase
from .tokens import Token
from .verbs import head_of, is_speaker
from .words import (
    CROWDS,
    DETERMINERS,
    NOT_NAMES,
    ORGANISATIONS,
    OUTLETS,
    PRONOUNS,
    REPORTS,
    ROLES,
    VERBS,
    listed,
)

BACK = 5
"""How many sentences a pronoun may reach back over such as name nobody; more is another matter."""


OPEN = Speaker("", "", "unnamed")
_CLAUSES = listed("that which who whom whose where when because if after before while as until though although")
_SHORT = {"gov": "governor", "sen": "senator", "rep": "representative", "pres": "president", "prof": "professor"}
_GENERAL = listed(
    "company agency firm group organization organisation department airline retailer manufacturer bank union network"
    " publisher chain brand startup giant university college club association commission committee corporation"
)
"""Nouns by which a body is called that has a name without them."""
_BODIES = ORGANISATIONS - listed(
    "government police military army navy kremlin nato state county city country nation treasury cabinet militia"
    " troops campaign parliament senate congress census"
)
"""Nouns of bodies of which a text has several: those left out stand for one by themselves."""
_LEGAL_FORMS = listed("inc corp ltd llc co corporation company group")
_FIRMS = listed("company firm airline retailer manufacturer chain brand startup giant publisher")
_NO_PERSON = ORGANISATIONS | OUTLETS
_NEAR = 8
"""How many paragraphs "the company" may reach back."""


@dataclass(frozen=True, slots=True)
class Context:
    """What comes before a sentence: the people in it, whom the sentences before are about, and who spoke last."""

    people: list[Mention]
    topics: list[str | None]
    last: Speaker | None


@dataclass(slots=True)
class Resolver:
    """What a document tells of its people, asked for the speakers of its sentences."""

    text: str
    publisher: str
    cast: Cast
    held: dict[str, list[str]] = field(default_factory=dict)
    spoke: list[tuple[int, str]] = field(default_factory=list)

    def speaker(
        self,
        item: Frame,
        found: Attribution,
        context: Context,
    ) -> Speaker | None:
        """Returns the speaker of a sentence by one attribution in it; None where its words are nobody's."""
        speaker = self._stands_for(item, found.speaker, context)
        words = item.tokens[found.speaker.start : found.speaker.end]
        if speaker is not None and speaker.status == "institution" and all(t.capital or t.low == "the" for t in words):
            self.spoke.append((item.paragraph, speaker.name))
        if speaker is not None and found.way == "according" and speaker.status == "named":
            # Of a name that nothing else in the document shows to be a person's, "according to" is said of a body.
            shown = speaker.role or speaker.name in self.cast.genders
            if not shown and plain(speaker.name)[-1] not in self.cast.alone:
                speaker = replace(speaker, status="institution")
        if speaker is None or found.passed is None:
            return self._own(speaker)
        passed = self._stands_for(item, found.passed, context)
        via = self._slice(item, found.passed) if found.passed.kind == "noun" else passed.name if passed else ""
        if self._is_own(via):
            via = ""
        return replace(speaker, via=via, status="second-hand" if found.second else speaker.status)

    def named(self, name: str) -> Speaker:
        """Returns the speaker of this full name, with the office that the text gives."""
        return Speaker(name, self.cast.roles.get(name, ""), "named")

    def _holders(self) -> dict[str, list[str]]:
        """The people whose role has a word, by that word."""
        if not self.held:
            for name in self.cast.roles:
                for word in self._office(name):
                    note(self.held, word, name)
        return self.held

    def _own(self, speaker: Speaker | None) -> Speaker | None:
        if speaker is not None and speaker.status == "institution" and self._is_own(speaker.name):
            return replace(speaker, status="outlet")
        return speaker

    def _is_own(self, name: str) -> bool:
        one, other = ([word for word in plain(words) if word != "the"] for words in (name, self.publisher))
        return bool(one and other) and (set(one) <= set(other) or set(other) <= set(one))

    def _slice(self, item: Frame, phrase: Phrase) -> str:
        first, last = item.tokens[phrase.start], item.tokens[phrase.end - 1]
        words = " ".join(self.text[first.start : last.start + len(last.text)].split())
        return words[0].lower() + words[1:] if first.low in DETERMINERS and phrase.kind == "noun" else words

    def _stands_for(
        self,
        item: Frame,
        phrase: Phrase,
        context: Context,
    ) -> Speaker | None:
        if phrase.kind == "pronoun":
            before = item.tokens[phrase.start - 1].low if phrase.start else ""
            if item.tokens[phrase.start].low == "they" and before in ("as", "who", "that", "what"):
                return None
            return self._pronoun(item, phrase.start, context)
        if phrase.kind == "subject":
            return self._subject(item, phrase.start, context)
        if phrase.kind == "noun":
            return self._noun(item, phrase, context)
        words = tuple(token.text for token in item.tokens[phrase.start : phrase.end])
        if "and" in words:
            status = "institution" if words[-1].lower() in ORGANISATIONS else "named"
            return Speaker(self._slice(item, phrase), "", status)
        name = person(self.cast, words, item.tokens[phrase.start].start)
        if name:
            return replace(self.named(name), role=self.cast.roles.get(name, "") or phrase.role)
        key = " ".join(words)
        body = key in self.cast.others or any(word.lower().rstrip(".") in _NO_PERSON for word in words)
        known = self.cast.by_last.get(words[-1].lower()) or self.cast.by_first.get(words[-1].lower())
        if not body and (known or phrase.role or key in self.cast.titled or (len(words) > 1 and not key.isupper())):
            return Speaker(key, phrase.role, "named")
        common = len(words) == 1 and words[0].lower() in self.cast.common | CROWDS and not words[0].isupper()
        if words[-1].lower() in ROLES or (common and words[0].lower() not in ORGANISATIONS):
            return Speaker(key, "", "unnamed")
        return Speaker(self._slice(item, phrase), "", "institution")

    def _pronoun(self, item: Frame, place: int, context: Context) -> Speaker:
        low = re.split("['’]", item.tokens[place].low)[0]
        kind, last = PRONOUNS[low], context.last
        if kind in "pi":
            groups = ("institution", "unnamed") if kind == "p" else ("institution",)
            return last if last is not None and last.name and last.status in groups else OPEN
        if not _closes(item, place):
            before = [one for one in context.people if one[2] < place and self._agrees(one[0], kind)]
            before = [one for one in before if one[1] == 0 or is_shown(self.cast, one[0])]
            if before:
                name, first, _, owner = before[0]
                return self.named(name) if len(before) == 1 or (first == 0 and not owner) else OPEN
        here = {name for name, *_ in context.people if self.cast.genders.get(name) == kind}
        for topic in reversed(context.topics[-BACK:]):
            if topic is None or (topic and not self._agrees(topic, kind)):
                continue
            if _closes(item, place) and here - {topic} and topic not in self.cast.genders:
                return OPEN
            return self.named(topic) if topic else OPEN
        return OPEN

    def _agrees(self, name: str, gender: str) -> bool:
        return self.cast.genders.get(name, gender) == gender

    def _subject(self, item: Frame, place: int, context: Context) -> Speaker | None:
        """Whoever the sentence is about: for "and said", "…, saying". None where another clause comes between."""
        found = item.tokens
        spoken = any(token.kind == "q" for token in found[place : place + 12])
        low = opening(list(found), place)
        between = [at for at in range(low, place) if found[at].low in _CLAUSES]
        later = [at for at in range(low + 1, place) if found[at].low in ("he", "she", "they", "we", "i")]
        if any(found[at].low != "who" and found[at + 1].kind != "w" for at in between):
            between = []
        blocked = any(found[at].low == "who" or not spoken for at in between)
        if later or (blocked and found[place].low not in ("saying", "adding")):
            return OPEN if spoken else None
        if found[place].low in ("told", "shown") and place + 1 < len(found) and found[place + 1].low in ("that", "to"):
            return None
        if low < place and found[low].low in ("he", "she"):
            return self._pronoun(item, low, context)
        for name, first, _, owner in context.people:
            if not owner and (first == low or (first == low + 1 and found[low].low == "the")):
                return self.named(name)
        phrase = opening_phrase(list(found), low, place)
        words = found[phrase.start : phrase.end] if phrase is not None else ()
        if phrase is None or phrase.kind in ("pronoun", "subject") or (phrase.kind == "noun" and not is_speaker(words)):
            return OPEN if spoken else None
        return self._stands_for(item, phrase, context)

    def _noun(self, item: Frame, phrase: Phrase, context: Context) -> Speaker:
        found = item.tokens[phrase.start : phrase.end]
        words = self._slice(item, phrase)
        head = head_of(found).low
        high = next((n for n, token in enumerate(found) if not token.capital), 0)
        if high and found[high].low in ("of", "from", "with"):
            name = person(self.cast, tuple(token.text for token in found[:high]), found[0].start)
            if name:
                return self.named(name)
        if head in REPORTS and not found[-1].capital:
            return Speaker(words, "", "unnamed")
        if found[0].low == "the" and found[-1].low == head and (not found[-1].capital or head in ROLES):
            known = (
                self._holder(found, head, context)
                if head in ROLES - ORGANISATIONS and not any(t.owner for t in found)
                else None
            )
            if known is None and len(found) == 2 and head in _BODIES:
                known = self._body(item, phrase, head)
            if known is not None:
                return known
        capital = any(token.capital for token in found[1:])
        whole = len(found) > 1 and all(token.capital for token in found[1:])
        body = head in ORGANISATIONS or (
            capital and head not in ROLES and head not in REPORTS and (whole or not head.endswith("s"))
        )
        return Speaker(words, "", "institution" if body else "unnamed")

    def _holder(self, found: tuple[Token, ...], head: str, context: Context) -> Speaker | None:
        """Who "the mayor" is: the one who holds that office, or of whom the sentences before are.

        None where the text has spoken of such a one without a name: "a witness", then "the witness".
        """
        lows = {token.low for token in found[1:]}
        holding = [name for name in self._holders().get(head, []) if lows <= self._office(name)]
        exact = [name for name in holding if lows == self._office(name) - {"the", "a", "an"}]
        if len(holding) == 1 or len(exact) == 1:
            return self.named((exact or holding)[0])
        if holding:
            return OPEN
        if head in self.cast.introduced and head not in ("democrat", "republican"):
            return None
        topics = {topic for topic in context.topics[-3:] if topic is not None}
        name = topics.pop() if len(topics) == 1 else ""
        return self.named(name) if name and is_shown(self.cast, name) else OPEN

    def _office(self, name: str) -> set[str]:
        return {_SHORT.get(word, word) for word in plain(self.cast.roles[name])}

    def _body(self, item: Frame, phrase: Phrase, head: str) -> Speaker:
        """What "the company" is: the one body of the document with that word, or the one that spoke before."""
        known = self.cast.bodies.get(head, [])
        if len(known) == 1:
            return Speaker(known[0], "", "institution")
        if head in _FIRMS and phrase.start > 4 and item.tokens[phrase.start - 1].text == ",":
            # "Orsa Shipping will close, the company said": whom the sentence is about.
            high = next((n for n, token in enumerate(item.tokens) if not token.capital or token.low in NOT_NAMES), 0)
            name = " ".join(token.text for token in item.tokens[:high])
            if high and not item.tokens[high - 1].owner and name not in self.cast.others and name not in self.cast.full:
                return Speaker(name, "", "institution")
        near = [name for paragraph, name in self.spoke if item.paragraph - paragraph <= _NEAR]
        fitting = [name for name in near if head in plain(name)] or [name for name in near if _may_be(name, head)]
        return Speaker(fitting[-1], "", "institution") if len(set(fitting)) == 1 else OPEN


def _closes(item: Frame, place: int) -> bool:
    """Whether the pronoun at ``place`` and its verb stand behind a comma at the end of a sentence: "…, he said."."""
    found = item.tokens
    if place == 0 or found[place - 1].text != "," or place + 1 >= len(found) or found[place + 1].low not in VERBS:
        return False
    after = found[place + 2 : place + 4]
    quoted = len(after) > 1 and after[1].kind == "q"
    return not after or (after[0].text in ".," and not quoted) or after[0].low in CLOSING


def _may_be(name: str, head: str) -> bool:
    """Whether a body of this name, which has another noun or none, may be called by ``head``."""
    words = set(plain(name))
    return not words & (ORGANISATIONS - _LEGAL_FORMS) and not words & OUTLETS and head in _GENERAL
