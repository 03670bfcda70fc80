"""Whom the words for a speaker stand for: the full name behind a surname, a pronoun or an office."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ..types import Speaker
from .asking import plain
from .bodies import BODIES, OPEN, Bodies
from .cast import Cast, is_shown, note, person
from .clues import closes, in_phrase, is_role, points, when_asked
from .context import Context
from .frames import Frame
from .groups import opening_clause, several, thing
from .openings import opening, opening_phrase
from .phrases import Attribution, Phrase
from .tokens import Token
from .verbs import head_of, is_speaker
from .words import (
    COMPANIES,
    CROWDS,
    DETERMINERS,
    ORGANISATIONS,
    OUTLETS,
    PRONOUNS,
    REPORTS,
    ROLES,
    VERBS,
    listed,
)

_LONG = 12
"""How many sentences "the sheriff" may reach back to one of several who are that."""
_FAR = 4
"""How far into a sentence "they" may be those whom it is about itself."""
BACK = 5
"""How many sentences a pronoun may reach back over such as name nobody; more is another matter."""
_CLAUSES = listed("that which who whom whose where when because if after before while as until though although")
_GOING_ON = listed("after before because when as while")
"""Words whose clause may go on with "and said"."""
_KIN = listed("mother father brother sister son daughter husband wife uncle aunt widow widower grandmother grandfather")
_SHORT = {"gov": "governor", "sen": "senator", "rep": "representative", "pres": "president"} | {
    "prof": "professor",
    "dr": "doctor",
}
_PAPERS = listed("paper publication site website")
"""Nouns for a newspaper, where one is known that spoke."""
_SMALL = listed("the of for and on")
_NO_PERSON = ORGANISATIONS | OUTLETS


@dataclass(slots=True)
class Resolver:
    """What a document tells of its people, asked for the speakers of its sentences."""

    text: str
    publisher: str
    cast: Cast
    held: dict[str, list[str]] = field(default_factory=dict)
    bodies: Bodies = field(init=False)

    def __post_init__(self) -> None:
        self.bodies = Bodies(self.cast)

    def speaker(
        self,
        item: Frame,
        found: Attribution,
        context: Context,
    ) -> Speaker | None:
        """Returns the speaker of a sentence by one attribution in it; None where its words are nobody's."""
        speaker = self._stands_for(item, found.speaker, context)
        words = item.tokens[found.speaker.start : found.speaker.end]
        if speaker is not None and speaker.status == "institution" and all(t.capital or t.low in _SMALL for t in words):
            self.bodies.spoke.append((item.paragraph, speaker.name.removeprefix("the ").removeprefix("The ")))
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

    def _seen(self) -> list[tuple[str, int]]:
        """The people of the document with the place of their full name, the first few: those before a place."""
        return sorted(self.cast.seen.items(), key=lambda entry: entry[1])[:_LONG]

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
        # "Moody's said": a name in the form of an owner
        owner = last.owner and item.tokens[phrase.end : phrase.end + 1] and item.tokens[phrase.end].low in VERBS
        words = " ".join(self.text[first.start : last.end if owner else last.start + len(last.text)].split())
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
        if item.tokens[phrase.end - 1].owner and any(t.low in VERBS for t in item.tokens[phrase.end : phrase.end + 1]):
            return Speaker(self._slice(item, phrase), "", "institution")
        name = person(self.cast, words, item.tokens[phrase.start].start)
        if name:
            return replace(self.named(name), role=self.cast.roles.get(name, "") or phrase.role)
        key = " ".join(words)
        body = key in self.cast.others or any(word.lower().rstrip(".") in _NO_PERSON for word in words)
        body = body or words[-1].lower() in COMPANIES
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
            if last is not None and last.name and last.status in groups:
                return last
            return self._several(item, place, context) if kind == "p" else self._it(item, place, context)
        if last is not None and last.status == "unnamed" and last.name.startswith(("a ", "an ", "one ")):
            # "A witness said …": then "he said …".
            return last
        if not closes(item, place) and not when_asked(item):
            before = [one for one in context.people if one[2] < place and self._agrees(one[0], kind)]
            before = [one for one in before if one[1] == 0 or is_shown(self.cast, one[0])]
            if before:
                name, first, _, owner = before[0]
                return self.named(name) if len(before) == 1 or (first == 0 and not owner) else OPEN
        here = {name for name, *_ in context.people if self.cast.genders.get(name) == kind}
        for topic in reversed(context.topics[-BACK:]):
            if topic is None or (topic and not self._agrees(topic, kind)):
                continue
            loose = all(owner or in_phrase(item, first) for _, first, _, owner in context.people)
            spoke = loose and last is not None and last.name == topic
            if closes(item, place) and here - {topic} and topic not in self.cast.genders and not spoke:
                return OPEN
            return self.named(topic) if topic else OPEN
        return OPEN

    def _several(self, item: Frame, place: int, context: Context) -> Speaker:
        """Who "they" at ``place`` are: the several whom their sentence, or the one before, is about."""
        for frame in (item if place > _FAR else None, context.before):
            phrase = several(list(frame.tokens[:place] if frame is item else frame.tokens)) if frame else None
            if frame is not None and phrase is not None:
                return Speaker(self._slice(frame, phrase), "", "named" if phrase.kind == "name" else "unnamed")
        return OPEN

    def _it(self, item: Frame, place: int, context: Context) -> Speaker:
        """What "it" at ``place`` is: a paper that spoke, or what its sentence, or the one before, is about."""
        own = opening_clause(list(item.tokens[:place]))
        if own is not None:
            return self._noun(item, own, context)
        last, body = context.last, self.bodies.about(item, place)
        named = place > _FAR and body.name
        if (
            last is not None
            and not named
            and REPORTS.intersection(plain(last.name))
            and last.name[:2] not in ("a ", "an")
        ):
            return last
        phrase = thing(list(context.previous.tokens)) if context.previous is not None and not body.name else None
        if context.previous is None or phrase is None:
            return body
        return self._noun(context.previous, phrase, context)

    def _agrees(self, name: str, gender: str) -> bool:
        return self.cast.genders.get(name, gender) == gender

    def _subject(self, item: Frame, place: int, context: Context) -> Speaker | None:
        """Whoever the sentence is about: for "and said", "…, saying". None where another clause comes between."""
        found = item.tokens
        spoken = any(token.kind == "q" for token in found[place : place + 12])
        low = opening(list(found), place)
        between = [at for at in range(low, place) if found[at].low in _CLAUSES and not points(found, at)]
        later = [at for at in range(low + 1, place) if found[at].low in ("he", "she", "they", "we", "i")]
        if (
            between
            and not later
            and not spoken
            and found[place - 1].low in ("and", "but")
            and found[between[-1]].low in _GOING_ON
        ):
            # "after a lawmaker left and said …": whom the clause is about that goes on so.
            inner = opening_phrase(list(found), between[-1] + 1, place)
            words = found[inner.start : inner.end] if inner is not None else ()
            if inner is not None and (inner.kind == "name" or (inner.kind == "noun" and is_speaker(words))):
                return self._stands_for(item, inner, context)
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
        if head in _PAPERS and len(found) == 2 and found[0].low == "the":
            outlet = self.bodies.called(item, phrase.start, found, self.bodies.spoken(context.last, item, phrase.start))
            if outlet.name:
                return outlet
        if head in REPORTS and not found[-1].capital:
            return Speaker(words, "", "unnamed")
        if found[0].low == "the" and found[-1].low == head and (not found[-1].capital or head in ROLES):
            known = self._holder(found, head, context) if is_role(head) and not any(t.owner for t in found) else None
            if known is None and head in BODIES and not any(token.capital or token.owner for token in found[1:]):
                called = self.bodies.called(
                    item, phrase.start, found, self.bodies.spoken(context.last, item, phrase.start)
                )
                known = called if len(found) == 2 or called.name else None
            if known is not None:
                return known
        if found[0].low in ("his", "her") and len(found) == 2 and head in _KIN:
            kin = self._holders().get(head, [])
            if len(kin) == 1:
                return self.named(kin[0])
        capital = any(token.capital for token in found[1:])
        whole = len(found) > 1 and all(token.capital for token in found[1:])
        titled = head_of(found).capital and head.removesuffix("s") in ORGANISATIONS
        body = (
            head in ORGANISATIONS
            or titled
            or (capital and head not in ROLES and head not in REPORTS and (whole or not head.endswith("s")))
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
            # Of several who hold the office, the one whom the text spoke of last.
            recent = [topic for topic in context.topics[-_LONG:] if topic in holding]
            named = [name for name in context.named if name in holding]
            return self.named(recent[-1]) if recent and set(named[-1:]) <= {recent[-1]} else OPEN
        if not any(seen < found[0].start and is_shown(self.cast, name) for name, seen in self._seen()):
            # "a caller", "the whistleblower": where nobody has been named, it is one without a name.
            return None
        if head in self.cast.introduced and head not in ("democrat", "republican"):
            return None
        topics = {topic for topic in context.topics[-3:] if topic is not None}
        name = topics.pop() if len(topics) == 1 else ""
        return self.named(name) if name and is_shown(self.cast, name) else OPEN

    def _office(self, name: str) -> set[str]:
        return {_SHORT.get(word, word) for word in plain(self.cast.roles[name])}
