"""Runs of capitalised words: names, with the titles before them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .tokens import Token
from .words import DETERMINERS, NOT_NAMES, PARTICLES, ROLES, STOPPERS, VERBS

PLACED = frozenset({"in", "at", "across", "near", "throughout", "outside", "into"})


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words that stand together: the words of a name, the title before it, and the word before both."""

    words: tuple[str, ...]
    start: int
    end: int
    place: int
    role: str
    first: int
    before: str
    after: str
    owner: bool


def runs(found: list[Token] | tuple[Token, ...]) -> Iterator[Run]:
    """Yields the runs of capitalised words, without the words that only begin a sentence and without titles."""
    done = 0
    for place in [at for at, token in enumerate(found) if token.capital]:
        if place < done or found[place].low in NOT_NAMES:
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
        for at in range(place, high - 1):
            of_state = found[at].low == "state" and at > 0 and found[at - 1].low == "of"
            if found[at].low in ROLES or of_state:
                name = at + 1
        words = tuple(token.text for token in found[name:high])
        role, first = _title(found, low, name)
        before = found[first - 1].low if first and found[first - 1].kind == "w" else ""
        after = found[high].text if high < len(found) else ""
        yield Run(
            words,
            found[name].start,
            found[high - 1].start + len(found[high - 1].text),
            name,
            role,
            first,
            before,
            after,
            found[high - 1].owner,
        )
        done = max(high, place + 1)


def _title(found: list[Token] | tuple[Token, ...], low: int, name: int) -> tuple[str, int]:
    """The title before the name at ``name``, and the place where it begins."""
    first = low
    if first == name and (not first or found[first - 1].low not in ROLES or not found[first - 1].text.islower()):
        return "", first
    while first > 0 and low - first < 6:
        before = found[first - 1]
        office = before.low == "of" and first > 1 and found[first - 2].low in ROLES
        if before.kind != "w" or before.low in DETERMINERS or before.low in PLACED:
            break
        if not office and (before.low in NOT_NAMES or before.low in VERBS or before.low in STOPPERS):
            break
        if before.text.islower() and before.low.endswith(("ed", "ing")):
            break
        first -= 1
    return " ".join(token.text + ("'s" if token.owner else "") for token in found[first:name]), first
