"""Groups of names that mean the same in a collection, learned from what its documents hold."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from .keys import is_abbreviation, key_of, searched
from .sounds import close, distance, skeleton, sorted_skeleton


@dataclass(frozen=True, slots=True)
class Named:
    """What one document gives to ``learn``.

    ``names`` are (name, how often it stands there); ``pairs`` are names that the document itself says mean the same.
    """

    names: tuple[tuple[str, int], ...]
    pairs: tuple[tuple[str, str], ...] = ()


_COMPANY_DOCUMENTS = 150
_COMPANY = 0.05
_COMPANY_BY_COST = 0.05
_FULL_NAME_COMPANY = 0.02
_FULL_NAME = 8
"""How alike the names around two spellings must be (cosine of tf-idf): of single words the more the more differently
they are spelled, of names of several words or of _FULL_NAME letters and more written together or apart, hardly."""

_TOGETHER = 0.1
"""Share of the documents of the rarer of two names in which the other may stand too: who writes both means two."""

_LEAST_SEEN = 2
_DOMINANT = 0.75
_INITIALS = ((2, 0.2), (3, 0.25))
_EXPLAINED = 0.25
"""In how many documents an abbreviation and a name of its initials must stand together and how alike their company must
be, of three letters and more, and of two; and in what share of the documents of the rarer: who shortens a name writes
it out first."""

_ABBREVIATED_COMPANY = 0.05
_BLOCK = 40
_LINK_WORDS = frozenset(("of", "the", "for", "and"))
_LONGEST_COMPARED = 40


def learn(documents: Iterable[Named]) -> tuple[tuple[str, ...], ...]:
    """Returns groups of names that mean the same in a collection, ordered, of which each has two spellings or more.

    A pair of close spellings must keep the same company (the names that stand in the same documents), must not stand
    together in one document, and must not have first or last names that contradict each other; an abbreviation must
    stand for one thing only. The time grows with the number of names and of candidates, which keys bring together.
    """
    held = _Held()
    for document in documents:
        held.add(document)
    return held.groups()


class _Held:
    """What is known of the names of a collection while groups of them are learned."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._keys: list[str] = []
        self._places: list[list[int]] = []
        self._spellings: list[Counter[str]] = []
        self._documents: list[tuple[int, ...]] = []
        self._defined: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._before: defaultdict[str, set[str]] = defaultdict(set)
        self._behind: defaultdict[str, set[str]] = defaultdict(set)
        self._said: Counter[tuple[str, str]] = Counter()
        self._company: dict[int, dict[int, float]] = {}

    def add(self, document: Named) -> None:
        numbers: dict[int, None] = {}
        for name, count in document.names:
            number = self._number(name, count)
            if number is not None:
                numbers[number] = None
        for pair in document.pairs:
            one, other = map(key_of, pair)
            for name in pair:
                number = self._number(name, 1)
                if number is not None:
                    numbers[number] = None
            if one and other and one != other:
                if is_abbreviation(other) and " " in one:
                    self._defined[other][one].append(len(self._documents))
                else:
                    self._said[one, other] += 1
        for number in numbers:
            self._places[number].append(len(self._documents))
        # A joined name says no more of the company than its parts do.
        self._documents.append(tuple(n for n in numbers if _LINK_WORDS.isdisjoint(self._keys[n].split())))

    def _number(self, name: str, count: int) -> int | None:
        key = key_of(name)
        if not key:
            return None
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._keys)
            self._keys.append(key)
            self._places.append([])
            self._spellings.append(Counter())
            words = key.split()
            if len(words) in (2, 3):
                self._before[words[-1]].add(skeleton(words[0]))
                self._behind[words[0]].add(skeleton(words[-1]))
        self._spellings[number][name] += count
        return number

    def groups(self) -> tuple[tuple[str, ...], ...]:
        joined = Joined(len(self._keys))
        for one, other in self._abbreviated():
            joined.join(one, other)
        for one, other in self._said_alike():
            joined.join(one, other)
        for one, other in self._spelled_alike():
            for first, second in ((one, other), *self._last_names(one, other)):
                if not any(self._apart(a, b) for a in joined.members(first) for b in joined.members(second)):
                    joined.join(first, second)
        shown = filter(None, map(self._shown, joined.all()))
        return tuple(sorted(group for group in shown if not self._is_composed(group, joined)))

    # Abbreviations

    def _abbreviated(self) -> Iterator[tuple[int, int]]:
        explained: set[str] = set()
        for short, longs in self._defined.items():
            best = max(longs, key=lambda long: (len(longs[long]), len(long), long))
            alike = [long for long in longs if _same_words(best, long)]
            places = {place for long in alike for place in longs[long]}
            dominant = len(places) >= _DOMINANT * len({place for held in longs.values() for place in held})
            if dominant and self._means_it(self._numbers[short], self._numbers[best], places):
                explained.add(short)
                for long in alike:
                    yield self._numbers[long], self._numbers[short]
        yield from self._by_initials(explained)
        yield from self._undotted()

    def _means_it(self, short: int, long: int, defined: set[int]) -> bool:
        """Whether an abbreviation means what some texts explain in most of those that do not explain it too."""
        others = [place for place in self._places[short] if place not in defined]
        if len(others) <= len(defined):
            return True
        without = {short, long}
        return _cosine(self._near(others, without), self._near(self._places[long], without)) >= _ABBREVIATED_COMPANY

    def _undotted(self) -> Iterator[tuple[int, int]]:
        for number, key in enumerate(self._keys):
            if "." in key and (other := self._numbers.get(key.replace(".", ""))) is not None:
                if not self._places[number] or not self._places[other]:
                    continue
                if len(key) > len("U.S.") or self.company(number, other) >= _ABBREVIATED_COMPANY:
                    yield number, other

    def _by_initials(self, explained: Set[str]) -> Iterator[tuple[int, int]]:
        """Abbreviations that no text explains, with the one frequent name of these initials in the same company."""
        named: defaultdict[str, list[int]] = defaultdict(list)
        longer: Counter[str] = Counter()
        for number, key in enumerate(self._keys):
            words = key.split()
            for at, word in enumerate(words[:-1]):
                if word in _LINK_WORDS:
                    behind = " ".join(words[at + 1 :])
                    longer[behind] = max(longer[behind], len(self._places[number]))
        for number, key in enumerate(self._keys):
            words = key.split()
            seen = len(self._places[number])
            if not 2 <= len(words) <= 8 or seen < _INITIALS[0][0]:
                continue
            # What mostly stands at the end of a longer name is none ("Disease Control"), and what begins with an
            # abbreviation already is short ("U.S. Postal Service").
            if 2 * longer[key] < seen and ".".join(words[0].upper()) + "." not in self._numbers:
                for some in {tuple(words), tuple(word for word in words if word not in _LINK_WORDS)}:
                    named["".join(word[0] for word in some).upper()].append(number)
        for number, key in enumerate(self._keys):
            if not (is_abbreviation(key) and key.isalpha()) or key in explained:
                continue
            enough, least = _INITIALS[len(key) == 2]
            here = set(self._places[number])
            found: list[tuple[float, int]] = []
            for one in named.get(key, ()):
                together = len(here.intersection(self._places[one]))
                if together >= max(enough, _EXPLAINED * min(len(here), len(self._places[one]))):
                    found.append((self.company(number, one), one))
            found.sort(reverse=True)
            if found and found[0][0] >= least and (len(found) < 2 or found[1][0] < 0.7 * found[0][0]):
                yield number, found[0][1]

    def _said_alike(self) -> Iterator[tuple[int, int]]:
        for one, other in self._said:
            yield self._numbers[one], self._numbers[other]

    # Spellings

    def _spelled_alike(self) -> list[tuple[int, int]]:
        blocks: defaultdict[str, list[int]] = defaultdict(list)
        for number, key in enumerate(self._keys):
            letters = len(key.replace(" ", ""))
            if letters < 4 or letters > _LONGEST_COMPARED or not self._places[number] or is_abbreviation(key):
                continue
            # Spellings that may be one name have the same consonants, perhaps two of them swapped.
            blocks[sorted_skeleton(key)].append(number)
        found: dict[tuple[int, int], float] = {}
        for block in blocks.values():
            # A block of very many is one of a skeleton too short to tell anything: the frequent names are compared.
            some = sorted(block, key=lambda number: (-len(self._places[number]), number))[:_BLOCK]
            for one, other in combinations(sorted(some), 2):
                if (one, other) not in found and (score := self._likeness(one, other)):
                    found[one, other] = score
        return sorted(found, key=lambda pair: (-found[pair], pair))

    def _last_names(self, one: int, other: int) -> Iterator[tuple[int, int]]:
        """The last words of two full names that mean the same person, where nobody else has the rarer of them."""
        first, second = self._keys[one].split(), self._keys[other].split()
        if len(first) == len(second) > 1 and first[:-1] == second[:-1] and first[-1] != second[-1]:
            numbers = [self._numbers.get(words[-1]) for words in (first, second)]
            if numbers[0] is not None and numbers[1] is not None:
                borne = [self._before[words[-1]] == {skeleton(words[0])} for words in (first, second)]
                free = [words[-1] not in self._behind for words in (first, second)]
                if any(map(bool.__and__, borne, free)):
                    yield numbers[0], numbers[1]

    def _is_composed(self, group: Sequence[str], joined: Joined) -> bool:
        """Whether spellings differ only in an abbreviation that has a group of its own: "U.S. Army", "US Army"."""
        heads = {name.split(" ")[0] for name in group}
        rests = {name.partition(" ")[2] for name in group}
        numbers = [self._numbers.get(key_of(head)) for head in heads]
        known = [number for number in numbers if number is not None]
        return (
            "" not in rests and len(rests) == 1 and len(known) == len(heads) and len({joined.of(n) for n in known}) == 1
        )

    def _likeness(self, one: int, other: int) -> float:
        """The company of two spellings if they may be of one name, else 0."""
        if len(self._places[one]) + len(self._places[other]) < _LEAST_SEEN:
            return 0.0
        if not close(self._keys[one], self._keys[other]) or self._apart(one, other):
            return 0.0
        first, second = self._keys[one].split(), self._keys[other].split()
        if "".join(first) == "".join(second):
            least = _FULL_NAME_COMPANY if len("".join(first)) >= 6 else _COMPANY
        elif len(first) > 1:
            if min(len(self._keys[one]), len(self._keys[other])) < _FULL_NAME:
                return 0.0
            least = _FULL_NAME_COMPANY
        else:
            if self._contradicted(first[0], second[0]):
                return 0.0
            least = _COMPANY + _COMPANY_BY_COST * distance(first[0], second[0])
        company = self.company(one, other)
        return company if company >= least else 0.0

    def _contradicted(self, one: str, other: str) -> bool:
        """Whether what stands before two last names, or behind two first ones, is known and has nothing in common."""
        for beside in (self._before, self._behind):
            first, second = beside.get(one), beside.get(other)
            if first and second and first.isdisjoint(second):
                return True
        return False

    def _apart(self, one: int, other: int) -> bool:
        """Whether two names stand together in documents, as different things do."""
        if is_abbreviation(self._keys[one]) or is_abbreviation(self._keys[other]):
            return False
        first, second = sorted((self._places[one], self._places[other]), key=len)
        if not first:
            return False
        together = len(set(first).intersection(second))
        return together > _TOGETHER * len(first)

    def company(self, one: int, other: int) -> float:
        """The cosine, 0 to 1, of the names that stand in the documents of two names, without the two themselves."""
        own = set(self._keys[one].lower().split()) | set(self._keys[other].lower().split())
        first, second = self._around(one), self._around(other)
        alike = [
            number for number in first if number in second and not own.isdisjoint(self._keys[number].lower().split())
        ]
        return _cosine(first, second, alike)

    def _around(self, number: int) -> dict[int, float]:
        found = self._company.get(number)
        if found is None:
            found = self._company[number] = self._near(self._places[number], {number})
        return found

    def _near(self, places: Sequence[int], without: set[int]) -> dict[int, float]:
        """The names that stand in these documents or in some of them, with their weights: tf-idf."""
        step = -(-len(places) // _COMPANY_DOCUMENTS) or 1
        counts = Counter(near for place in places[::step] for near in self._documents[place] if near not in without)
        total = len(self._documents)
        return {near: math.log1p(count) * math.log(total / len(self._places[near])) for near, count in counts.items()}

    def _shown(self, numbers: Sequence[int]) -> tuple[str, ...] | None:
        """The spellings of a group that the keyword index tells apart, the most frequent first; None for only one."""
        kept: dict[tuple[str, ...], str] = {}
        for number in sorted(numbers, key=lambda number: (-len(self._places[number]), self._keys[number])):
            total = self._spellings[number].total()
            for name, count in sorted(self._spellings[number].items(), key=lambda pair: (-pair[1], pair[0])):
                if count * 50 >= total:
                    kept.setdefault(searched(name), name)
        return tuple(kept.values()) if len(kept) > 1 else None


def _same_words(one: str, other: str) -> bool:
    """Whether two long forms are one, but for a word before it, its number or its spelling."""
    shorter, longer = sorted((one, other), key=len)
    if longer.endswith(" " + shorter) or longer.rstrip("s") == shorter.rstrip("s"):
        return True
    return longer.startswith(shorter + " and ") or distance(shorter[:60], longer[:60]) <= 3


def _cosine(one: Mapping[int, float], other: Mapping[int, float], without: Iterable[int] = ()) -> float:
    shorter, longer = sorted((one, other), key=len)
    common = sum(weight * longer[number] for number, weight in shorter.items() if number in longer)
    common -= sum(one[number] * other[number] for number in without)
    size = math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return common / size if size else 0.0


class Joined:
    """Sets of numbers that grow together (union by size)."""

    def __init__(self, count: int) -> None:
        self._set = list(range(count))
        self._members: dict[int, list[int]] = {}

    def of(self, number: int) -> int:
        return self._set[number]

    def members(self, number: int) -> list[int]:
        return self._members.get(self._set[number], [number])

    def join(self, one: int, other: int) -> None:
        first, second = self._set[one], self._set[other]
        if first != second:
            larger, smaller = self.members(one), self.members(other)
            if len(larger) < len(smaller):
                larger, smaller, first, second = smaller, larger, second, first
            self._members[first] = larger + smaller
            self._members.pop(second, None)
            for number in smaller:
                self._set[number] = first

    def all(self) -> list[list[int]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for number, group in enumerate(self._set):
            found[group].append(number)
        return list(found.values())
