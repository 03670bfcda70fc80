"""Who says what in a news text: statements with their speakers, found by the rules of English newswire.

The grammar of one sentence is in :mod:`askdesk.attribution`; here it is found out whom its words stand for in the
document: the full name behind a surname, a pronoun or an office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from askdesk.attribution import (
    DETERMINERS,
    NOT_NAMES,
    ORGANISATIONS,
    OUTLETS,
    PARTICLES,
    PRONOUNS,
    REPORTS,
    ROLES,
    STOPPERS,
    VERBS,
    Attribution,
    Phrase,
    Span,
    Token,
    attributions,
    frame,
    listed,
    opening_phrase,
    quotations,
    tokens,
)
from askdesk.text import fold, sentences
from askdesk.types import Speaker, Statement

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)")
_BREAK = re.compile(r"[\r\n]")
_PLACED = frozenset({"in", "at", "across", "near", "throughout", "outside", "into"})
_MALE = listed(
    "mr sir king prince lord duke father brother son husband actor businessman spokesman congressman chairman"
    " councilman pope baron boyfriend dad grandfather"
)
_FEMALE = listed(
    "mrs ms miss madam lady queen princess dame duchess mother sister daughter wife actress businesswoman"
    " spokeswoman congresswoman chairwoman councilwoman girlfriend mom mum grandmother"
)
_HE = frozenset({"he", "his", "him", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_LEAVES = frozenset({"who", "which", "said", "says", "told", "tells", "wrote", "is", "was", "has"})
_CROWDS = listed(
    "officials sources experts critics authorities witnesses researchers scientists residents investigators"
    " prosecutors analysts economists lawmakers democrats republicans supporters opponents doctors lawyers"
    " attorneys"
)
_LITTLE = frozenset({"the", "a", "an", "of", "for", "and", "in", "at"})
_SIGNS = "“”„‟\"«»‘’'‹›"
_BACK = 5
"""How many sentences a pronoun may reach back over such as name nobody; more is another matter."""


_Mention = tuple[str, int, bool]
"""A person named in a sentence: full name, place among its tokens, whether with a possessive ending."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """A sentence outside quotations: its tokens, its place, its paragraph, and whether it is quotation alone."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    paragraph: int
    pure: bool
    goes_on: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """Capitalised words that stand together: the words of a name, the title before it, and the word before both."""

    words: tuple[str, ...]
    start: int
    end: int
    place: int
    role: str
    before: str
    after: str
    owner: bool


@dataclass(slots=True)
class _Cast:
    """The people of a document: full names by their words, their roles, their genders, and what is no person."""

    full: dict[str, tuple[str, ...]]
    by_last: dict[str, list[str]]
    by_first: dict[str, list[str]]
    roles: dict[str, str]
    genders: dict[str, str]
    titled: set[str]
    others: set[str]
    bodies: dict[str, list[str]]
    seen: dict[str, int]
    common: set[str]
    often: set[str]
    alone: set[str]


def statements(text: str, publisher: str | None) -> tuple[Statement, ...]:
    """Returns what the text says that somebody says, in order, without overlaps.

    A statement is one quotation with its attribution, be it broken by that or run over several paragraphs, or one
    sentence of reported speech. ``publisher`` is the document's own outlet, which is never given as having passed
    words on. A speaker whom the text leaves open has an empty name and the status ``"unnamed"``. Time grows with the
    length of the text.
    """
    frames, raw = _read(text)
    if not frames:
        return ()
    cast = _cast(text, raw)
    people = [_people(cast, item.tokens) for item in frames]
    _genders(cast, frames, people)
    return tuple(_Walk(text, publisher or "", frames, people, cast).run())


def matches(speaker: Speaker, asked: str) -> bool:
    """Whether ``asked`` names this speaker: by the name, words of it, words of the role, or a close spelling.

    The words asked for, articles left out, must all stand in the name, or all in name and role. Names of seven letters
    and more may differ by one letter, of ten and more by two: transliterations differ so (Zelensky, Zelenskyy).
    """
    wanted = [word for word in _plain(asked) if word not in _LITTLE]
    known = [word for word in _plain(speaker.name) + _plain(speaker.role) if word not in _LITTLE]
    return bool(wanted) and all(any(_alike(word, other) for other in known) for word in wanted)


def _plain(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", re.sub(r"'s\b", "", fold(text)))


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter = min(len(one), len(other))
    allowed = 2 if shorter >= 10 else 1 if shorter >= 7 else 0
    return abs(len(one) - len(other)) <= allowed and 0 < _distance(one[:64], other[:64]) <= allowed


def _distance(one: str, other: str) -> int:
    """Levenshtein's distance."""
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, against in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (sign != against))
    return row[-1]


# -- reading ----------------------------------------------------------------------------------------------------------


def _read(text: str) -> tuple[list[_Frame], list[list[Token]]]:
    """The frames of a text, and the tokens of its paragraphs with nothing left out."""
    frames: list[_Frame] = []
    raw: list[list[Token]] = []
    carried = False
    for number, spans in enumerate(_paragraphs(text)):
        start, end = spans[0][0], spans[-1][1]
        found = tokens(text, start, end)
        raw.append(found)
        quotes, unclosed = quotations(text, start, end)
        goes_on = carried and bool(quotes) and quotes[0][0] <= start + 1
        for low, high, made in _framed(text, frame(text, found, quotes), spans, quotes):
            pure = any(t.kind == "q" for t in made) and not any(t.kind == "w" for t in made)
            frames.append(_Frame(low, high, tuple(made), number, pure, goes_on and low == start))
        carried = unclosed
    return frames, raw


def _paragraphs(text: str) -> Iterator[list[Span]]:
    """Groups sentences into paragraphs: at blank lines, and at every line break unless the lines are wrapped."""
    block: list[Span] = []
    for span in sentences(text):
        if block and _BLANK_LINE.search(text, block[-1][1], span[0]):
            yield from _by_lines(text, block)
            block = []
        block.append(span)
    if block:
        yield from _by_lines(text, block)


def _by_lines(text: str, block: list[Span]) -> Iterator[list[Span]]:
    if any(_BREAK.search(text, *span) for span in block):
        yield block
        return
    line: list[Span] = []
    for span in block:
        if line and _BREAK.search(text, line[-1][1], span[0]):
            yield line
            line = []
        line.append(span)
    yield line


def _framed(
    text: str, found: list[Token], spans: list[Span], quotes: list[Span]
) -> Iterator[tuple[int, int, list[Token]]]:
    """Cuts the tokens of a paragraph into sentences: where a sentence ends outside of quotations, and after a
    quotation that ends one, unless what follows is its attribution."""
    ends = {high for _, high in spans}
    made: list[Token] = []
    for place, token in enumerate(found):
        made.append(token)
        after = found[place + 1] if place + 1 < len(found) else None
        if after is not None:
            if token.kind == "q":
                last = text[token.start : token.end].rstrip("\"'”’»“ ")[-1:]
                if last not in (".", "?", "!", "…") or after.kind == "p" or after.text[:1].islower():
                    continue
                if last != "." and _tagged(found, place + 1):
                    continue
            elif token.text in (".", "?", "!", "…"):
                if after.text[:1].islower() or (after.kind == "p" and after.text not in "-–—•*[("):
                    continue
                if after.kind != "q" and not any(end in ends for end in range(token.end, after.start + 1)):
                    continue
            elif not any(end in ends for end in range(token.end, after.start + 1)) or after.text[:1].islower():
                continue
        low, high = made[0].start, made[-1].end
        while low > spans[0][0] and text[low - 1] in _SIGNS:
            low -= 1
        while (
            high < spans[-1][1] and text[high] in _SIGNS and (high + 1 == spans[-1][1] or not text[high + 1].isalnum())
        ):
            high += 1
        yield low, high, made
        made = []


def _tagged(found: list[Token], place: int) -> bool:
    """Whether a short attribution begins here: "Hill said", after a quotation that ends with a question mark."""
    made = attributions([Token("q", 0, 0, "", ""), *found[place : place + 8]])
    return any(one.verb <= 5 for one in made)


# -- people -----------------------------------------------------------------------------------------------------------


def _runs(found: list[Token] | tuple[Token, ...]) -> Iterator[_Run]:
    """Yields the runs of capitalised words, without the words that only begin a sentence and without titles."""
    place = 0
    while place < len(found):
        if not found[place].capital or found[place].low in NOT_NAMES:
            place += 1
            continue
        high = place
        while high < len(found):
            token = found[high]
            if token.capital and not (token.low in NOT_NAMES and high > place):
                high += 1
                if token.owner:
                    break
            elif (
                token.kind == "w"
                and token.low in PARTICLES
                and token.low != "of"
                and any(follows.capital for follows in found[high + 1 : high + 3])
            ):
                high += 1
            else:
                break
        low = name = place
        for at in range(place, high):
            of_state = found[at].low == "state" and at > 0 and found[at - 1].low == "of"
            if (found[at].low in ROLES or of_state) and at + 1 < high:
                name = at + 1
        words = tuple(token.text for token in found[name:high])
        role, first = _title(found, low, name)
        before = found[first - 1].low if first and found[first - 1].kind == "w" else ""
        after = found[high].text if high < len(found) else ""
        yield _Run(
            words,
            found[name].start,
            found[high - 1].start + len(found[high - 1].text),
            name,
            role,
            before,
            after,
            found[high - 1].owner,
        )
        place = max(high, place + 1)


def _title(found: list[Token] | tuple[Token, ...], low: int, name: int) -> tuple[str, int]:
    """The title before the name at ``name``, and the place where it begins."""
    first = low
    if first == name and (not first or found[first - 1].low not in ROLES or not found[first - 1].text.islower()):
        return "", first
    while first > 0 and low - first < 6:
        before = found[first - 1]
        office = before.low == "of" and first > 1 and found[first - 2].low in ROLES
        if before.kind != "w" or before.low in DETERMINERS or before.low in _PLACED:
            break
        if not office and (before.low in NOT_NAMES or before.low in VERBS or before.low in STOPPERS):
            break
        if before.text.islower() and before.low.endswith(("ed", "ing")):
            break
        first -= 1
    return " ".join(token.text + ("'s" if token.owner else "") for token in found[first:name]), first


def _cast(text: str, raw: list[list[Token]]) -> _Cast:
    cast = _Cast({}, {}, {}, {}, {}, set(), set(), {}, {}, set(), set(), set())
    placed: dict[str, int] = {}
    teams: dict[str, int] = {}
    count: dict[str, int] = {}
    kept: list[tuple[_Run, list[Token]]] = []
    for found in raw:
        for run in _runs(found):
            key = " ".join(run.words)
            count[key] = count.get(key, 0) + 1
            if run.before in _PLACED and not run.owner and not run.role:
                placed[key] = placed.get(key, 0) + 1
            if len(run.words) == 1 and key.endswith("s") and not run.role:
                # "The Suns": a name in the plural that mostly has an article is a team's, not a family name.
                teams[key] = teams.get(key, 0) + (1 if run.before == "the" else -1)
            if run.before == "the" and not run.role:
                placed[key] = placed.get(key, 0) + 2
            if run.role and run.before not in DETERMINERS:
                cast.titled.add(key)
            kept.append((run, found))
        _bodies(text, found, cast)
        cast.common.update(token.low for token in found if token.kind == "w" and token.text.islower())
    cast.alone.update(run.words[0].lower() for run, _ in kept if len(run.words) == 1)
    cast.often.update(key for key, times in count.items() if times > 1)
    for key, times in placed.items():
        if times * 4 >= count[key] and key not in cast.titled:
            cast.others.add(key)
    for run, found in kept:
        key = " ".join(run.words)
        if run.before == "" and len(run.words) > 1 and _only_begins(run.words[0], cast):
            continue
        if len(run.words) > 2 and any(" ".join(run.words[at:]) in count for at in range(1, len(run.words) - 1)):
            continue
        if teams.get(run.words[-1], -1) >= 0:
            continue
        _know(cast, run, key)
        if key in cast.full and key not in cast.roles:
            role = run.role or _apposition(text, found, run)
            if role:
                cast.roles[key] = role
    return cast


def _bodies(text: str, found: list[Token], cast: _Cast) -> None:
    """Notes the names of bodies under the noun in them: "Ministry of Health" under "ministry"."""
    place = 0
    while place < len(found):
        if not found[place].capital or found[place].low in NOT_NAMES:
            place += 1
            continue
        high = place
        while high < len(found) and not found[high - 1].owner:
            step = next((n for n in (0, 1, 2) if high + n < len(found) and found[high + n].capital), None)
            links = [token.low for token in found[high : high + (step or 0)]]
            if step is None or (
                links and (high == place or links[0] not in ("of", "for", "on") or links[1:] not in ([], ["the"]))
            ):
                break
            high += step + 1
        if high - place > 1 and not found[high - 1].owner:
            name = " ".join(text[found[place].start : found[high - 1].end].split())
            for token in found[place:high]:
                known = cast.bodies.setdefault(token.low, [])
                if token.low in ORGANISATIONS - OUTLETS and name not in known and len(known) < 3:
                    known.append(name)
        place = max(high, place + 1)


def _only_begins(word: str, cast: _Cast) -> bool:
    """Whether a word at the head of a sentence is written with a capital for that alone."""
    return word.lower() in cast.common or word.endswith("ing")


def _know(cast: _Cast, run: _Run, key: str) -> None:
    words = run.words
    core = [word for word in words if word.lower().rstrip(".") not in _SUFFIXES]
    if any(word.lower().rstrip(".") in ORGANISATIONS for word in words) or key in cast.others:
        return
    if not 2 <= len(core) <= 4 or key in cast.full or any(word.lower() in OUTLETS for word in words):
        return
    if (
        run.after[:1].isdigit()
        or run.after == "/"
        or any(word.isupper() and len(word) > 2 and "." not in word for word in core)
    ):
        return
    cast.full[key] = words
    cast.seen[key] = run.start
    _note(cast.by_last, core[-1].lower(), key)
    if "-" in core[-1]:
        _note(cast.by_last, core[-1].lower().split("-")[-1], key)
    _note(cast.by_first, core[0].lower(), key)


def _note(names: dict[str, list[str]], word: str, name: str) -> None:
    """Adds a name under a word: no more than eight, as of more than one no reader could tell which is meant."""
    known = names.setdefault(word, [])
    if len(known) < 8:
        known.append(name)


def _apposition(text: str, found: list[Token], run: _Run) -> str:
    """What stands in commas after a name and says what the person is: "the harbour master"; else empty."""
    at = run.place + len(run.words)
    if run.after != "," or at + 1 >= len(found):
        return ""
    low = high = at + 1
    while high < len(found) and found[high].kind == "w" and high - low < 25 and found[high].low not in _LEAVES:
        high += 1
    while high > low and found[high - 1].low in ("of", "in", "at", "the", "for", "a"):
        high -= 1
    inside = found[low:high]
    if not inside or not any(token.low in ROLES for token in inside):
        return ""
    first = inside[0]
    if (
        first.low not in ("the", "a", "an")
        and first.low not in ROLES
        and not first.owner
        and first.low
        not in (
            "former",
            "deputy",
            "vice",
            "chief",
            "senior",
            "executive",
            "assistant",
            "associate",
            "acting",
            "his",
            "her",
        )
    ):
        return ""
    return " ".join(text[inside[0].start : inside[-1].end].split())


def _genders(cast: _Cast, frames: list[_Frame], people_of: list[list[_Mention]]) -> None:
    """Learns from titles, and from "he" and "she" where only one person is spoken of."""
    for name, role in cast.roles.items():
        words = set(role.lower().replace(".", "").split())
        if words & _MALE and not words & _FEMALE:
            cast.genders[name] = "m"
        elif words & _FEMALE and not words & _MALE:
            cast.genders[name] = "f"
    votes: dict[str, int] = {}
    alone = ""
    paragraph = -1
    for item, named in zip(frames, people_of, strict=True):
        people = {name for name, _, _ in named}
        if people:
            alone = next(iter(people)) if len(people) == 1 else ""
        elif item.paragraph > paragraph + 1:
            alone = ""
        paragraph = item.paragraph
        if alone:
            lows = {token.low for token in item.tokens}
            he, she = bool(lows & _HE), bool(lows & _SHE)
            if he != she:
                votes[alone] = votes.get(alone, 0) + (1 if he else -1)
    for name, vote in votes.items():
        if vote and name not in cast.genders:
            cast.genders[name] = "m" if vote > 0 else "f"


def _people(cast: _Cast, found: tuple[Token, ...]) -> list[_Mention]:
    """The people named in a sentence, in order: full name, place, and whether with a possessive ending."""
    people: list[_Mention] = []
    for run in _runs(found):
        name = _person(cast, run.words, run.start)
        if name and all(name != other for other, _, _ in people):
            people.append((name, run.place, run.owner))
    return people


def _person(cast: _Cast, words: tuple[str, ...], at: int) -> str:
    """The full name of the person whom these words of a name stand for; empty if of none, or of several."""
    key = " ".join(words)
    if key in cast.full:
        return _fullest(cast, key)
    if len(words) != 1:
        last = cast.by_last.get(words[-1].lower(), [])
        fitting = [name for name in last if cast.full[name][0] == words[0]]
        return fitting[0] if len(set(fitting)) == 1 else ""
    word = words[0].lower()
    for table in (cast.by_last, cast.by_first):
        known = table.get(word, [])
        if table is cast.by_first:
            known = [name for name in known if name in cast.roles or name in cast.often]
        fitting = sorted({_fullest(cast, name) for name in known})
        if len(fitting) > 1:
            fitting = [name for name in fitting if cast.seen[name] <= at]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            return ""
    return key if key in cast.titled and key not in cast.others else ""


def _fullest(cast: _Cast, key: str) -> str:
    """The longest name with the same first and last word: "Mary A. Hill" for "Mary Hill"."""
    words = cast.full[key]
    best = key
    for other in cast.by_last.get(words[-1].lower(), []):
        known = cast.full[other]
        if len(known) > len(cast.full[best]) and known[0] == words[0] and known[-1] == words[-1]:
            best = other
    return best


# -- statements -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Walk:
    """One pass over the frames of a document, which remembers who was spoken of."""

    text: str
    publisher: str
    frames: list[_Frame]
    people: list[list[_Mention]]
    cast: _Cast
    held: dict[str, list[str]] = field(default_factory=dict)

    def run(self) -> list[Statement]:
        made: list[Statement] = []
        topics: list[str | None] = []
        direct = False
        last = -1
        pending = -1
        turns = self._turns()
        last_turn = max(turns, default=-1)
        turn = (-2, False)
        for place, item in enumerate(self.frames):
            if place in turns:
                name, alone = turns[place]
                made.append(Statement(item.start, item.end, self._named(name)))
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
            if found:
                known = (self._speaker(item, one, people, topics, made[-1].speaker if near else None) for one in found)
                speaker = next((one for one in known if one is not None), None)
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

    def _holders(self) -> dict[str, list[str]]:
        """The people whose role has a word, by that word."""
        if not self.held:
            for name, role in self.cast.roles.items():
                for word in set(_plain(role)):
                    _note(self.held, word, name)
        return self.held

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
            name = _person(self.cast, words, item.start) or _person(
                self.cast, tuple(w.title() for w in words), item.start
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

    def _topic(self, item: _Frame, people: list[_Mention], topics: list[str | None]) -> str | None:
        """The person whom a sentence is about: None if nobody is named, empty if it is open who."""
        if not people:
            lows = [token.low for token in item.tokens if token.kind == "w"][:12]
            if any(low in _HE or low in _SHE for low in lows):
                return next((topic for topic in reversed(topics[-_BACK:]) if topic is not None), None)
            return None
        if len(people) == 1:
            return people[0][0]
        for name, place, owner in people:
            first = place
            while first > 0 and (item.tokens[first - 1].capital or item.tokens[first - 1].low in ROLES):
                first -= 1
            before = item.tokens[first - 1].low if first else ","
            if not owner and place <= 15 and before in (",", "but", "and", "the", "while", "when", "as", "after", ":"):
                return name if before != "and" or place < 3 else ""
        return ""

    def _open(self, topics: list[str | None]) -> Speaker:
        """The speaker of a quotation with no attribution: whom the sentence before is about."""
        name = next((topic for topic in reversed(topics[-3:]) if topic is not None), None)
        return self._named(name) if name else Speaker("", "", "unnamed")

    def _named(self, name: str) -> Speaker:
        return Speaker(name, self.cast.roles.get(name, ""), "named")

    def _labelled(self, item: _Frame, people: list[_Mention]) -> Speaker | None:
        """The speaker where a sign attributes: "Hill on the storm: …", "… — Mary Hill", "HILL: …"."""
        found = item.tokens
        for place, token in enumerate(found):
            if token.text == ":" and place + 1 < len(found):
                if found[place + 1].kind != "q" and (place > 4 or not all(t.text.isupper() for t in found[:place])):
                    return None
                words = tuple(t.text for t in found[:place] if t.kind == "w")
                if found[place + 1].kind != "q":
                    known = self.cast.by_last.get(words[-1].lower(), []) if words else []
                    return self._named(known[0]) if len(known) == 1 else None
                named = [name for name, at, owner in people if at < place]
                return self._named(named[0]) if len(named) == 1 else None
            if token.text in ("—", "–", "-") and place > 0 and found[place - 1].kind == "q" and people:
                return self._named(people[0][0]) if people[0][1] <= place + 3 else None
        return None

    def _speaker(
        self,
        item: _Frame,
        found: Attribution,
        people: list[_Mention],
        topics: list[str | None],
        last: Speaker | None,
    ) -> Speaker | None:
        speaker = self._stands_for(item, found.speaker, people, topics, last)
        if speaker is not None and found.way == "according" and speaker.status == "named":
            # Of a name that nothing else in the document shows to be a person's, "according to" is said of a body.
            shown = speaker.role or speaker.name in self.cast.genders
            if not shown and _plain(speaker.name)[-1] not in self.cast.alone:
                speaker = replace(speaker, status="institution")
        if speaker is None or found.passed is None:
            return self._own(speaker)
        passed = self._stands_for(item, found.passed, people, topics, last)
        via = self._slice(item, found.passed) if found.passed.kind == "noun" else passed.name if passed else ""
        if self._is_own(via):
            via = ""
        return replace(speaker, via=via, status="second-hand" if found.second else speaker.status)

    def _own(self, speaker: Speaker | None) -> Speaker | None:
        if speaker is not None and speaker.status == "institution" and self._is_own(speaker.name):
            return replace(speaker, status="outlet")
        return speaker

    def _is_own(self, name: str) -> bool:
        one, other = ([word for word in _plain(words) if word != "the"] for words in (name, self.publisher))
        return bool(one and other) and (set(one) <= set(other) or set(other) <= set(one))

    def _slice(self, item: _Frame, phrase: Phrase) -> str:
        first, last = item.tokens[phrase.start], item.tokens[phrase.end - 1]
        words = " ".join(self.text[first.start : last.start + len(last.text)].split())
        return words[0].lower() + words[1:] if first.low in DETERMINERS and phrase.kind == "noun" else words

    def _stands_for(
        self,
        item: _Frame,
        phrase: Phrase,
        people: list[_Mention],
        topics: list[str | None],
        last: Speaker | None,
    ) -> Speaker | None:
        if phrase.kind == "pronoun":
            before = item.tokens[phrase.start - 1].low if phrase.start else ""
            if item.tokens[phrase.start].low == "they" and before in ("as", "who", "that", "what"):
                return None
            return self._pronoun(re.split("['’]", item.tokens[phrase.start].low)[0], phrase.start, people, topics, last)
        if phrase.kind == "subject":
            return self._subject(item, phrase.start, people, topics, last)
        if phrase.kind == "noun":
            return self._noun(item, phrase, last)
        words = tuple(token.text for token in item.tokens[phrase.start : phrase.end])
        if "and" in words:
            status = "institution" if words[-1].lower() in ORGANISATIONS else "named"
            return Speaker(self._slice(item, phrase), "", status)
        name = _person(self.cast, words, item.tokens[phrase.start].start)
        if name:
            return replace(self._named(name), role=self.cast.roles.get(name, "") or phrase.role)
        key = " ".join(words)
        body = key in self.cast.others or any(word.lower().rstrip(".") in ORGANISATIONS | OUTLETS for word in words)
        known = self.cast.by_last.get(words[-1].lower()) or self.cast.by_first.get(words[-1].lower())
        if not body and (known or phrase.role or key in self.cast.titled or (len(words) > 1 and not key.isupper())):
            return Speaker(key, phrase.role, "named")
        common = len(words) == 1 and words[0].lower() in self.cast.common | _CROWDS and not words[0].isupper()
        if words[-1].lower() in ROLES or (common and words[0].lower() not in ORGANISATIONS):
            return Speaker(key, "", "unnamed")
        return Speaker(self._slice(item, phrase), "", "institution")

    def _pronoun(
        self,
        low: str,
        place: int,
        people: list[_Mention],
        topics: list[str | None],
        last: Speaker | None,
    ) -> Speaker:
        kind = PRONOUNS[low]
        if kind in "pi":
            if (
                last is not None
                and last.name
                and (last.status == "institution" or (kind == "p" and last.status == "unnamed"))
            ):
                return last
            return Speaker("", "", "unnamed")
        before = [name for name, at, _ in people if at < place and self._agrees(name, kind)]
        if len(before) == 1:
            return self._named(before[0])
        if before:
            first = next(entry for entry in people if entry[0] == before[0])
            return self._named(first[0]) if first[1] <= 2 and not first[2] else Speaker("", "", "unnamed")
        for topic in reversed(topics[-_BACK:]):
            if topic is None or (topic and not self._agrees(topic, kind)):
                continue
            return self._named(topic) if topic else Speaker("", "", "unnamed")
        return Speaker("", "", "unnamed")

    def _agrees(self, name: str, gender: str) -> bool:
        return self.cast.genders.get(name, gender) == gender

    def _subject(
        self,
        item: _Frame,
        place: int,
        people: list[_Mention],
        topics: list[str | None],
        last: Speaker | None,
    ) -> Speaker | None:
        """Whoever the sentence is about: for "and said", "…, saying"."""
        named = [name for name, at, owner in people if at < place and not owner]
        if len(named) == 1 or (named and people[0][1] <= 6):
            return self._named(named[0])
        if named:
            return Speaker("", "", "unnamed")
        for at, token in enumerate(item.tokens[: min(place, 12)]):
            if token.low in ("he", "she"):
                return self._pronoun(token.low, at, people, topics, last)
        opening = opening_phrase(list(item.tokens), place)
        if opening is None or opening.kind == "pronoun":
            return None
        return self._stands_for(item, opening, people, topics, last)

    def _noun(self, item: _Frame, phrase: Phrase, last: Speaker | None) -> Speaker:
        found = item.tokens[phrase.start : phrase.end]
        words = self._slice(item, phrase)
        head = _head(found)
        high = next((n for n, token in enumerate(found) if not token.capital), 0)
        if high and found[high].low in ("of", "from", "with"):
            name = _person(self.cast, tuple(token.text for token in found[:high]), found[0].start)
            if name:
                return self._named(name)
        if head in REPORTS and not found[-1].capital:
            return Speaker(words, "", "unnamed")
        if found[0].low == "the" and all(not token.capital or token.low in ROLES | {"prime"} for token in found[1:]):
            lows = {token.low for token in found[1:]}
            if head in ROLES - ORGANISATIONS:
                holding = [name for name in self._holders().get(head, []) if lows <= set(_plain(self.cast.roles[name]))]
                exact = [name for name in holding if lows == set(_plain(self.cast.roles[name])) - {"the", "a", "an"}]
                if len(holding) == 1 or len(exact) == 1:
                    return self._named((exact or holding)[0])
            bodies = self.cast.bodies.get(head, [])
            if len(found) == 2 and len(bodies) == 1 and head in ORGANISATIONS:
                return Speaker(bodies[0], "", "institution")
        capital = any(token.capital for token in found[1:])
        if head in ORGANISATIONS or (capital and head not in ROLES and not head.endswith("s") and head not in REPORTS):
            return Speaker(words, "", "institution")
        if (
            head[:1]
            and found[-1].capital
            and len(found) > 1
            and all(t.capital for t in found[1:])
            and head not in ROLES
        ):
            return Speaker(words, "", "institution")
        return Speaker(words, "", "unnamed")


def _is_heading(words: str) -> bool:
    """Whether a paragraph is a short quotation in single marks: newspapers' headings between paragraphs are."""
    return words[:1] in "‘'" and len(words.split()) <= 8


def _quotes_much(item: _Frame) -> bool:
    """Whether at least half of a sentence is quotation: then it goes on with the words of the sentence before."""
    return 2 * sum(token.end - token.start for token in item.tokens if token.kind == "q") >= item.end - item.start


def _head(found: tuple[Token, ...]) -> str:
    """The word that the words for a speaker hang on: the last before "of", "for" and the like."""
    head = found[-1].low
    for place, token in enumerate(found):
        if place and token.low in ("of", "for", "at", "from", "with", "by", "in", "close", "familiar", "near"):
            return found[place - 1].low
    return head
