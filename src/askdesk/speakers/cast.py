"""The people and bodies of a document: full names, offices, and whom a part of a name stands for."""

from __future__ import annotations

from dataclasses import dataclass

from .runs import PLACED, Run, runs
from .tokens import Token
from .words import COMPANIES, DETERMINERS, NOT_NAMES, ORGANISATIONS, OUTLETS, ROLES

_NEW = frozenset({"a", "an", "one", "another", "two", "three"})
_BODIES = ORGANISATIONS - OUTLETS
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LONGEST = 12
"""How many words a name may have: a longer run of them is a list, a heading or no text at all."""
_COMPASS = frozenset({"north", "south", "east", "west", "northern", "southern", "eastern", "western"})
"""First words of places, not of people: "South Korea", "West Virginia"."""
_LEAVES = frozenset({"who", "which", "said", "says", "told", "tells", "wrote", "is", "was", "has"})
Mention = tuple[str, int, int, bool]
"""A person named in a sentence: full name, places of its title and of the name itself, whether possessive."""


@dataclass(slots=True)
class Cast:
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
    introduced: set[str]
    times: dict[str, int]


def cast_of(text: str, raw: list[list[Token]]) -> Cast:
    """Returns the people and bodies of a document, given the tokens of its paragraphs."""
    cast = Cast({}, {}, {}, {}, {}, set(), set(), {}, {}, set(), set(), set(), set(), {})
    placed: dict[str, int] = {}
    teams: dict[str, int] = {}
    count: dict[str, int] = {}
    kept: list[tuple[Run, list[Token]]] = []
    for found in raw:
        for run in runs(found):
            key = " ".join(run.words)
            count[key] = count.get(key, 0) + 1
            if run.before in PLACED and not run.owner and not run.role:
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
        cast.common.update({token.low for token in found if token.kind == "w" and token.text.islower()})
        for place, token in enumerate(found):
            if token.low in ROLES and any(before.low in _NEW for before in found[max(0, place - 4) : place]):
                cast.introduced.add(token.low)
    cast.alone.update(run.words[0].lower() for run, _ in kept if len(run.words) == 1)
    cast.times.update(count)
    cast.often.update(key for key, times in count.items() if times > 1)
    for key, times in placed.items():
        if times * 4 >= count[key] and key not in cast.titled:
            cast.others.add(key)
    for run, found in kept:
        key = " ".join(run.words)
        if run.before == "" and len(run.words) > 1 and _only_begins(run.words[0], cast):
            continue
        if len(run.words) > _LONGEST:
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


def _bodies(text: str, found: list[Token], cast: Cast) -> None:
    """Notes the names of bodies under the noun in them: "Ministry of Health" under "ministry"."""
    done = 0
    for place in [at for at, token in enumerate(found) if token.capital]:
        if place < done or found[place].low in NOT_NAMES:
            continue
        high = place
        while high < len(found) and not found[high - 1].owner:
            step = next((n for n in (0, 1, 2) if high + n < len(found) and found[high + n].capital), None)
            if step and found[high + step].low in NOT_NAMES:
                break
            links = [token.low for token in found[high : high + (step or 0)]]
            if step is None or (
                links and (high == place or links[0] not in ("of", "for", "on") or links[1:] not in ([], ["the"]))
            ):
                break
            high += step + 1
        if high - place > 1 and not found[high - 1].owner:
            name = " ".join(text[found[place].start : found[high - 1].end].split())
            for token in found[place:high]:
                if token.low in _BODIES:
                    known = cast.bodies.setdefault(token.low, [])
                    if name not in known and len(known) < 3:
                        known.append(name)
        done = max(high, place + 1)


def is_shown(cast: Cast, name: str) -> bool:
    """Whether a document shows a name to be a person's: by a title or an office, or by its last word used alone."""
    last = name.split()[-1]
    return name in cast.roles or name in cast.titled or (last.lower() in cast.alone and last not in cast.others)


def _only_begins(word: str, cast: Cast) -> bool:
    """Whether a word at the head of a sentence is written with a capital for that alone."""
    return word.lower() in cast.common or word.endswith("ing")


def _know(cast: Cast, run: Run, key: str) -> None:
    words = run.words
    core = [word for word in words if word.lower().rstrip(".") not in _SUFFIXES]
    if any(word.lower().rstrip(".") in ORGANISATIONS for word in words) or key in cast.others:
        return
    if not 2 <= len(core) <= 4 or key in cast.full or any(word.lower() in OUTLETS for word in words):
        return
    if words[-1].lower() in COMPANIES or words[0].lower() in _COMPASS:
        return
    if (
        run.after[:1].isdigit()
        or run.after == "/"
        or any(word.isupper() and len(word) > (2 if word is not core[-1] else 1) and "." not in word for word in core)
    ):
        return
    cast.full[key] = words
    cast.seen[key] = run.start
    note(cast.by_last, core[-1].lower(), key)
    if "-" in core[-1]:
        note(cast.by_last, core[-1].lower().split("-")[-1], key)
    note(cast.by_first, core[0].lower(), key)


def note(names: dict[str, list[str]], word: str, name: str) -> None:
    """Adds a name under a word: no more than eight, as of more than one no reader could tell which is meant."""
    known = names.setdefault(word, [])
    if len(known) < 8:
        known.append(name)


def _apposition(text: str, found: list[Token], run: Run) -> str:
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


def people_in(cast: Cast, found: tuple[Token, ...]) -> list[Mention]:
    """The people named in a sentence, in order: full name, place, and whether with a possessive ending."""
    people: list[Mention] = []
    for run in runs(found):
        name = person(cast, run.words, run.start)
        if name and all(name != other for other, *_ in people):
            people.append((name, run.first, run.place, run.owner))
    return people


def person(cast: Cast, words: tuple[str, ...], at: int) -> str:
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


def _fullest(cast: Cast, key: str) -> str:
    """The name, of those with the same first and last word, that the text uses most, or else the longest."""
    words = cast.full[key]
    alike = [other for other in cast.by_last.get(words[-1].lower(), []) if _same_ends(cast.full[other], words)]
    return max(alike, key=lambda name: (cast.times.get(name, 0), *_form(cast.full[name])), default=key)


def _form(words: tuple[str, ...]) -> tuple[int, int]:
    """Of names used as often, the one with an initial goes before the short one, and that before a middle name."""
    return -sum(len(word.rstrip(".")) > 1 for word in words[1:-1]), len(words)


def _same_ends(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return one[0] == other[0] and one[-1] == other[-1]
