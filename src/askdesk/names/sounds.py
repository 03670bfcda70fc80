"""How alike two names are spelled, by what their letters stand for in English and in other writings of a name."""

from __future__ import annotations

import functools

from .keys import VOWELS

_ALIKE = [("ph", "f"), ("ck", "k"), ("x", "ks"), ("q", "k"), ("c", "k"), ("w", "v"), ("z", "s")]
_NEAR_VOWELS = (frozenset("iyje"), frozenset("ou"))


@functools.lru_cache(maxsize=100_000)
def skeleton(key: str) -> str:
    """The first letter and the consonants of a key, those of like sound written alike, doubled ones once."""
    text = key.replace(" ", "")
    for one, other in _ALIKE:
        text = text.replace(one, other)
    kept = text[:1]
    for char in text[1:]:
        if char not in VOWELS and char != "h" and char != kept[-1]:
            kept += char
    return kept


def sorted_skeleton(key: str) -> str:
    bones = skeleton(key)
    return bones[:1] + "".join(sorted(bones[1:]))


def _cost(one: str, other: str) -> float:
    """What it costs to write a sound differently: half for what is said alike, two for another consonant."""
    if one == other:
        return 0.0
    if one in VOWELS and other in VOWELS:
        return 0.5 if any(one in near and other in near for near in _NEAR_VOWELS) else 1.0
    return 0.5 if skeleton("a" + one) == skeleton("a" + other) and one not in VOWELS and other not in VOWELS else 2.0


def _added(word: str, at: int) -> float:
    char = word[at]
    if (at and word[at - 1] == char) or char == "h":
        return 0.5
    return 1.0 if char in VOWELS else 2.0


def distance(one: str, other: str) -> float:
    """Returns how differently two words in lower case are spelled: an edit distance weighted by sound.

    Letters of like sound, doubled letters and "h" cost a half, vowels and two swapped letters one, consonants two.
    """
    one, other = one.replace("ph", "f").replace("ck", "k"), other.replace("ph", "f").replace("ck", "k")
    rows: list[list[float]] = [[0.0]]
    for at in range(len(other)):
        rows[0].append(rows[0][-1] + _added(other, at))
    for at in range(len(one)):
        row = [rows[at][0] + _added(one, at)]
        for to in range(len(other)):
            best = min(
                rows[at][to] + _cost(one[at], other[to]),
                rows[at][to + 1] + _added(one, at),
                row[to] + _added(other, to),
            )
            if at and to and one[at] == other[to - 1] and one[at - 1] == other[to]:
                best = min(best, rows[at - 1][to - 1] + 1.0)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def close(one: str, other: str) -> bool:
    """Whether two keys may be spellings of one name by their letters alone."""
    first, second = one.split(), other.split()
    if "".join(first) == "".join(second):
        return True
    if len(first) != len(second):
        return False
    return all(
        _close_words(a, b) and (len(first) == 1 or min(len(a), len(b)) > 4 or distance(a, b) <= 0.5)
        for a, b in zip(first, second, strict=True)
    )


@functools.lru_cache(maxsize=100_000)
def _close_words(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < 4 or not shorter.isalpha() or not longer.isalpha():
        return False
    # What only has an ending more is another word: Niger and Nigeria, Smith and Smiths, Korea and Korean.
    if longer.startswith(shorter) and longer[len(shorter) :].replace(shorter[-1], "") not in ("", "h"):
        return False
    # So is what ends in "a" or not, in "s" or not, in a vowel or not: the names of a woman and of a man in many
    # languages, of one and of several, of a ministry and of a minister.
    ends = [(word.rstrip("h") or word)[-1] for word in (one, other)]
    if any((ends[0] in some) != (ends[1] in some) for some in ("a", "s", VOWELS)):
        return False
    allowed = 1.0 if len(shorter) < 6 else 1.5 if len(shorter) < 8 else 2.0
    if len(longer) - len(shorter) > 2 * allowed or sorted_skeleton(one) != sorted_skeleton(other):
        return False
    return distance(one, other) <= allowed
