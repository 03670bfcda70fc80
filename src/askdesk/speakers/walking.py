"""One walk over the sentences of a document, which gives its statements in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..types import Speaker, Statement
from .attributions import attributions
from .bodies import OPEN
from .cast import Mention, cast_of, is_shown, people_in, person
from .context import Context
from .frames import Frame, read
from .genders import HE, SHE, learn_genders
from .phrases import Attribution
from .resolving import BACK, Resolver
from .words import DAYS, MONTHS, ROLES, TIMES

_BEFORE_SUBJECTS = (
    frozenset({",", "but", "and", "the", "while", "when", "as", "after", ":", "yet", "so", "still"})
    | DAYS
    | TIMES
    | MONTHS
)


def walk(text: str, publisher: str) -> tuple[Statement, ...]:
    """Returns the statements of a text; see :func:`askdesk.speakers.statements`."""
    frames, raw = read(text)
    if not frames:
        return ()
    cast = cast_of(text, raw)
    people = [people_in(cast, item.tokens) for item in frames]
    learn_genders(cast, frames, people)
    return tuple(_Walk(text, frames, people, Resolver(text, publisher, cast)).run())


_LATELY = 4
"""How many sentences back a person named is one whom a reader has in mind."""
_OFFER = re.compile(
    r"(?:Subscribe to|Sign up (?:for|to)|Advertisement\b|Read more:|Related:|More:|Follow us\b|Skip past)"
)
"""How a paragraph begins that offers something to the reader between two paragraphs of the story."""


@dataclass(slots=True)
class _Walk:
    """One pass over the frames of a document, which remembers who was spoken of."""

    text: str
    frames: list[Frame]
    people: list[list[Mention]]
    whom: Resolver

    def run(self) -> list[Statement]:
        """Returns the statements of all frames, in order."""
        made: list[Statement] = []
        topics: list[str | None] = []
        direct = False
        last = -1
        pending = -1
        turns = self._turns()
        offers = {item.paragraph for item in self.frames if _OFFER.match(self.text, item.start)}
        last_turn = max(turns, default=-1)
        turn = (-2, False)
        for place, item in enumerate(self.frames):
            if place:
                self.whom.bodies.read(self.frames[place - 1])
            if place in turns:
                name, alone = turns[place]
                made.append(Statement(item.start, item.end, self.whom.named(name)))
                topics.append(name)
                turn = (item.paragraph, alone)
                continue
            if (turn[1] and place < last_turn) or item.paragraph <= turn[0] + turn[1]:
                made[-1] = replace(made[-1], end=item.end)
                topics.append(topics[-1])
                continue
            same = place > 0 and self.frames[place - 1].paragraph == item.paragraph
            if not same:
                pending = -1
            people = self.people[place]
            found = attributions(list(item.tokens)) if not item.pure else []
            near = last == place - 1 and bool(made)
            if item.paragraph in offers and not found:
                last += near
                topics.append(topics[-1] if topics else None)
                continue
            if found:
                context = Context(
                    people,
                    topics,
                    made[-1].speaker if near else None,
                    self.frames[place - 1] if same else None,
                    self.frames[place - 1] if place else None,
                    tuple(one[0] for several in self.people[max(0, place - _LATELY) : place] for one in several),
                )
                speaker = self._speaker(item, found, context)
                if speaker is not None:
                    start = item.start
                    if pending >= 0 and item.tokens[0].kind == "q":
                        start = self.frames[pending].start
                        while made and made[-1].start >= start:
                            made.pop()
                    pending = -1
                    made.append(Statement(start, item.end, speaker))
                    direct = any(token.kind == "q" for token in item.tokens)
                    last = place
                    named = speaker.name if speaker.status in ("named", "second-hand") else ""
                    named = "" if " and " in named else named
                    topics.append(named or self._topic(item, people, topics))
                    continue
            elif item.pure and not same and _is_heading(self.text[item.start : item.end]):
                topics.append(topics[-1] if topics else None)
                continue
            elif item.pure:
                if near and direct and (same or item.goes_on) and pending < 0:
                    made[-1] = replace(made[-1], end=item.end)
                elif near:
                    made.append(Statement(item.start, item.end, made[-1].speaker))
                    direct = True
                else:
                    if pending < 0:
                        pending = place
                    made.append(Statement(item.start, item.end, self._open(topics)))
                    direct = True
                last = place
                topics.append(made[-1].speaker.name or (topics[-1] if topics else None))
                continue
            else:
                labelled = self._labelled(item, people)
                if labelled is None and near and same and made[-1].speaker.name and _quotes_much(item):
                    labelled = made[-1].speaker
                if labelled is not None:
                    made.append(Statement(item.start, item.end, labelled))
                    direct, last, pending = True, place, -1
                    topics.append(labelled.name if labelled.status == "named" else None)
                    continue
            pending = -1
            topics.append(self._topic(item, people, topics))
        return made

    def _speaker(self, item: Frame, found: list[Attribution], context: Context) -> Speaker | None:
        """The first of the speakers of a sentence; one that is named, where of the first it is open who that is."""
        first: Speaker | None = None
        for one in found:
            speaker = self.whom.speaker(item, one, context)
            if speaker is None:
                continue
            if speaker.name or one.speaker.kind != "subject":
                return speaker if first is None or speaker.name else first
            first = first or speaker
        return first

    def _turns(self) -> dict[int, tuple[str, bool]]:
        """Frames that begin a turn of a transcript: who speaks, and whether the name stands on a line of its own.

        At least two such lines name the same person: else it is a heading or a list.
        """
        found: dict[int, tuple[str, bool]] = {}
        for place, item in enumerate(self.frames):
            first = place == 0 or self.frames[place - 1].paragraph != item.paragraph
            colon = next((n for n, token in enumerate(item.tokens[:6]) if token.text == ":"), 0)
            words = tuple(token.text for token in item.tokens[:colon] if token.low not in ROLES)
            if not first or not words or not colon or not all(token.capital for token in item.tokens[:colon]):
                continue
            name = person(self.whom.cast, words, item.start) or person(
                self.whom.cast, tuple(w.title() for w in words), item.start
            )
            alone = colon + 1 == len(item.tokens)
            if name and (
                alone or (item.tokens[colon].start == item.tokens[colon - 1].end and len(item.tokens) > colon + 4)
            ):
                found[place] = (name, alone)
        times: dict[tuple[str, bool], int] = {}
        for turn in found.values():
            times[turn] = times.get(turn, 0) + 1
        return {place: turn for place, turn in found.items() if max(times.values()) > 1}

    def _topic(self, item: Frame, people: list[Mention], topics: list[str | None]) -> str | None:
        """The person whom a sentence is about: None if nobody is named, empty if it is open who."""
        if not people:
            lows = [token.low for token in item.tokens if token.kind == "w"][:12]
            if any(low in HE or low in SHE for low in lows):
                return next((topic for topic in reversed(topics[-BACK:]) if topic is not None), None)
            return None
        cast = self.whom.cast
        if len(people) == 1 and all(token.capital for token in item.tokens) and people[0][0] not in cast.often:
            # A name that stands alone in its line and nowhere else is the photographer's.
            return None
        for name, first, place, owner in people:
            before = item.tokens[first - 1].low if first else ","
            if not owner and place <= 25 and before in _BEFORE_SUBJECTS and (first == 0 or is_shown(cast, name)):
                return name if before != "and" or place < 3 else ""
        if len(people) > 1:
            return ""
        name = people[0][0]
        earlier = next((topic for topic in reversed(topics[-BACK:]) if topic is not None), name)
        return name if is_shown(cast, name) and earlier in (name, "") else "" if is_shown(cast, name) else None

    def _open(self, topics: list[str | None]) -> Speaker:
        """The speaker of a quotation with no attribution: whom the sentence before is about."""
        name = next((topic for topic in reversed(topics[-3:]) if topic is not None), None)
        return self.whom.named(name) if name and is_shown(self.whom.cast, name) else OPEN

    def _labelled(self, item: Frame, people: list[Mention]) -> Speaker | None:
        """The speaker where a sign attributes: "Hill on the storm: …", "… — Mary Hill", "HILL: …"."""
        found = item.tokens
        for place, token in enumerate(found):
            if token.text == ":" and place + 1 < len(found):
                if found[place + 1].kind != "q" and (place > 4 or not all(t.text.isupper() for t in found[:place])):
                    return None
                words = tuple(t.text for t in found[:place] if t.kind == "w")
                if found[place + 1].kind != "q":
                    known = self.whom.cast.by_last.get(words[-1].lower(), []) if words else []
                    return self.whom.named(known[0]) if len(known) == 1 else None
                named = [(name, at) for name, at, *_ in people if at < place]
                return self.whom.named(named[0][0]) if len(named) == 1 and named[0][1] == 0 else None
            if token.text in ("—", "–", "-") and place > 0 and found[place - 1].kind == "q" and people:
                return self.whom.named(people[0][0]) if people[0][2] <= place + 3 else None
        return None


def _is_heading(words: str) -> bool:
    """Whether a paragraph is a short quotation in single marks: newspapers' headings between paragraphs are."""
    return words[:1] in "‘'" and len(words.split()) <= 8


def _quotes_much(item: Frame) -> bool:
    """Whether at least half of a sentence is quotation: then it goes on with the words of the sentence before."""
    return 2 * sum(token.end - token.start for token in item.tokens if token.kind == "q") >= item.end - item.start
