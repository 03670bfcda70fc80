"""The other spellings of the names in a question, from learned groups and from the user's own file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import InvalidNamesFile
from .keys import POSSESSIVE, VOWELS, key_of, searched


@dataclass(frozen=True, slots=True)
class Variants:
    """A name in a question, ``question[start:end]``, and the other ways in which it is written."""

    start: int
    end: int
    others: tuple[str, ...]


Table = Mapping[str, tuple[str, ...]]
"""Groups of names as they are looked up: from the key of each name to all names of its group."""

_LONGEST_ASKED = 10
_ASKED = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’.&\-][^\W_]+)*")


def table(groups: Iterable[Sequence[str]]) -> Table:
    """Returns ``groups`` ready to be looked up; groups that share a name are one, in the order of their first names."""
    held: dict[str, dict[str, None]] = {}
    for group in groups:
        together = dict.fromkeys(group)
        for name in group:
            together.update(held.get(key_of(name), {}))
        for name in together:
            held[key_of(name)] = together
    return {key: tuple(names) for key, names in held.items() if len(key) > 1}


def variants(question: str, groups: Table) -> tuple[Variants, ...]:
    """Returns the names in ``question`` that stand in ``groups``, in order and the longest at each place, with those of
    their other spellings that the keyword index tells apart from them.

    Case does not matter, except that abbreviations must be in capitals ("WHO", "Nato") or have no vowel ("dprk").
    """
    if not groups:
        return ()
    spans = [found.span() for found in _ASKED.finditer(question)][:_MOST_ASKED]
    found: list[Variants] = []
    at = 0
    while at < len(spans):
        for last in range(min(len(spans), at + _LONGEST_ASKED), at, -1):
            start, end = spans[at][0], spans[last - 1][1]
            end -= len(question[start:end]) - len(POSSESSIVE.sub("", question[start:end]))
            name = question[start:end]
            group = next((groups[key] for key in _keys_asked(name, at == 0) if key in groups), ())
            if others := _others(name, group):
                found.append(Variants(start, end, others))
            if group:
                at = last - 1
                break
        at += 1
    return tuple(found)


_MOST_ASKED = 200
"""Words of a question in which names are looked for."""


def _keys_asked(name: str, first: bool) -> Iterator[str]:
    yield key_of(name)
    if name.isalpha() and len(name) > 2:
        without_vowels = VOWELS.isdisjoint(name.lower())
        if without_vowels or (name.istitle() and len(name) > 3 and not first):
            yield name.upper()


def _others(name: str, group: Iterable[str]) -> tuple[str, ...]:
    kept: dict[tuple[str, ...], str] = {searched(name): name}
    for other in group:
        kept.setdefault(searched(other), other)
    return tuple(kept.values())[1:]


def load(path: Path) -> tuple[tuple[str, ...], ...]:
    """Returns the groups of names in the user's file at ``path``; none where there is no file.

    One group stands on each line, its names with commas between them; what follows ``#`` is a comment. Raises
    InvalidNamesFile, which names the line, where a line has fewer than two names, and where the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        said = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise InvalidNamesFile(f"{path}: the names cannot be read ({said}); save it as plain text in UTF-8") from error
    groups = []
    for number, line in enumerate(text.split("\n"), start=1):
        names = [" ".join(name.split()) for name in line.partition("#")[0].split(",")]
        if names == [""]:
            continue
        if len(names) < 2 or not all(map(key_of, names)):
            raise InvalidNamesFile(
                f"{path}, line {number}: a line holds two names or more with commas between them, such as: Kiev, Kyiv"
            )
        groups.append(tuple(names))
    return tuple(groups)
