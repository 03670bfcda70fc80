"""How well a sentence answers a question, as a row of plain features. The weights are fitted elsewhere."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .keywords import analyse
from .questions import DATE, NUMBER, OTHER, PERSON, PLACE, Asked, asked
from .shortanswers import names, short_answers
from .text import Span

FEATURES = (
    "passage_cosine",
    "titled_coverage",
    "coverage_1",
    "coverage_2",
    "passage_coverage",
    "pairs",
    "missing",
    "counted",
    "person",
    "date",
    "number",
    "place",
    "length",
    "short",
    "novelty",
    "sentence_cosine",
)
"""The columns of a row, in order. Coverages are shares of the question's weight: of the sentence with the title, of
the sentence with one or two neighbours on each side, of the whole passage. ``missing`` and the four kinds say
whether what is asked for stands there; ``sentence_cosine`` is filled in once the sentence is embedded."""

PASSAGE_COSINE = FEATURES.index("passage_cosine")
SENTENCE_COSINE = -1
"""It is the last column of every row, also of those that have other columns before it."""

_CARRIED = 0.5
_STEM = 5
_NEAR = 25.0
_FULL_NAME = 2.5
"""Characters at which nearness to a word of the question has halved, and how much nearer a name of several words
counts: chosen among 4 to 50 and 1 to 2.5 on 2,107 tuning questions (F1 of persons 0.50 to 0.55, others hardly move)."""
_YEAR = re.compile(r"(?:1[1-9]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready to be compared: what it asks for, and its terms with their weights (idf)."""

    asked: Asked
    weights: Mapping[str, float]
    unknown: frozenset[str]
    pairs: tuple[tuple[str, str], ...]
    named: frozenset[str]

    @property
    def total(self) -> float:
        return sum(self.weights.values()) or 1e-9


def idf(count: int, frequency: int) -> float:
    """Returns the weight of a term that stands in ``frequency`` of ``count`` passages.

    Robertson and Spärck Jones's, kept above zero as Lucene and Tantivy do: ln(1 + (N - n + 0.5) / (n + 0.5)).
    """
    return math.log(1.0 + (count - frequency + 0.5) / (frequency + 0.5))


def query(question: str, standalone: str, frequencies: Mapping[str, int], count: int) -> Query:
    """Returns ``question`` ready to be compared; terms that only ``standalone`` adds to it weigh half.

    ``frequencies`` tells in how many of the store's ``count`` passages each term of ``standalone`` stands.
    """
    own = analyse(question)
    weights = {
        term: idf(count, frequencies.get(term, 0)) * (1.0 if term in own else _CARRIED)
        for term in dict.fromkeys([*own, *analyse(standalone)])
    }
    named = frozenset(
        term for low, high in names(standalone) if standalone[:low].strip() for term in analyse(standalone[low:high])
    )
    unknown = frozenset(term for term in weights if not frequencies.get(term, 0))
    return Query(asked(question), weights, unknown, tuple(pairwise(own)), named)


def rows(query: Query, title: str, text: str, spans: Sequence[Span], cosine: float) -> list[list[float]]:
    """Returns one row of FEATURES for each of the sentences ``spans`` of one passage.

    ``cosine`` is that of the passage with the question; the sentences' own is left at zero.
    """
    terms = [analyse(text[low:high]) for low, high in spans]
    sets = [frozenset(held) for held in terms]
    head = frozenset(analyse(title))
    whole = coverage(query, head.union(*sets))
    return [
        _row(query, text[low:high], terms[at], head, sets, at, whole, cosine) for at, (low, high) in enumerate(spans)
    ]


def coverage(query: Query, terms: Iterable[str]) -> float:
    """Returns the share of the question's weight whose terms are among ``terms``, exactly or nearly."""
    held = frozenset(terms)
    return sum(weight * likeness(term, held) for term, weight in query.weights.items()) / query.total


def likeness(term: str, held: frozenset[str]) -> float:
    """Returns 1 if ``term`` is in ``held``, 0.8 if a term with the same long beginning is, else 0.

    Five letters and seven tenths of the longer one must agree: spellings of a name meet, and what a stemmer leaves
    apart ("Zelensky" and "Zelenskyy", "confirmation" and "confirmed").
    """
    if term in held:
        return 1.0
    if len(term) < _STEM:
        return 0.0
    for other in held:
        if other[:_STEM] == term[:_STEM]:
            longest = max(len(other), len(term))
            common = next((at for at, (a, b) in enumerate(zip(other, term, strict=False)) if a != b), None)
            if (min(len(other), len(term)) if common is None else common) >= 0.7 * longest:
                return 0.8
    return 0.0


def candidates(query: Query, sentence: str) -> list[Span]:
    """Returns the spans of ``sentence`` that could be the short answer: of the kind asked for, not in the question."""
    asked_for = query.asked.text.casefold()
    return [
        (low, high)
        for low, high in short_answers(sentence, query.asked.kind)
        if not _is_asked(query, sentence[low:high], asked_for)
    ]


def best_candidate(query: Query, sentence: str) -> Span | None:
    """Returns the candidate that stands nearest to the question's words, weighed by these; None if there is none."""
    found = candidates(query, sentence)
    if not found:
        return None
    matched = _matched(query, sentence)
    return max(found, key=lambda span: (_nearness(query, sentence, span, matched), -span[0]))


def _is_asked(query: Query, candidate: str, asked_for: str) -> bool:
    if query.asked.kind in (NUMBER, DATE):
        return candidate.casefold() in asked_for
    return all(term in query.weights for term in analyse(candidate))


def _matched(query: Query, sentence: str) -> list[tuple[int, int, float]]:
    found = []
    at = 0
    for word in sentence.split():
        low = sentence.index(word, at)
        at = low + len(word)
        weight = max((query.weights.get(term, 0.0) for term in analyse(word)), default=0.0)
        if weight:
            found.append((low, at, weight))
    return found


def _nearness(query: Query, sentence: str, span: Span, matched: Sequence[tuple[int, int, float]]) -> float:
    low, high = span
    near = sum(
        weight / (_NEAR + max(low - end, start - high, 0))
        for start, end, weight in matched
        if end <= low or start >= high
    )
    if query.asked.kind == NUMBER:
        # A bare year is a number that counts nothing, and what is counted stands right behind its number.
        near += _counts(query, sentence, high) - bool(_YEAR.fullmatch(sentence, low, high))
    elif query.asked.kind == PERSON and " " in sentence[low:high]:
        near *= _FULL_NAME
    return near


def _counts(query: Query, sentence: str, end: int) -> bool:
    """Whether what is counted stands right behind a number."""
    behind = frozenset(analyse(sentence[end : end + 40])[:4])
    return any(likeness(term, behind) for word in query.asked.focus for term in analyse(word))


def _row(
    query: Query,
    sentence: str,
    terms: Sequence[str],
    head: frozenset[str],
    sets: Sequence[frozenset[str]],
    at: int,
    whole: float,
    cosine: float,
) -> list[float]:
    kind = query.asked.kind
    found = candidates(query, sentence)
    has = 1.0 if found else 0.0
    positions: dict[str, list[int]] = {}
    for place, term in enumerate(terms):
        positions.setdefault(term, []).append(place)
    pair_weights = [query.weights[a] + query.weights[b] for a, b in query.pairs]
    near = sum(
        weight
        for (a, b), weight in zip(query.pairs, pair_weights, strict=True)
        if any(0 < second - first <= 2 for first in positions.get(a, ()) for second in positions.get(b, ()))
    )
    own = sets[at]
    values = {
        "passage_cosine": cosine,
        "titled_coverage": coverage(query, own | head),
        "coverage_1": coverage(query, frozenset().union(*sets[max(0, at - 1) : at + 2])),
        "coverage_2": coverage(query, head.union(*sets[max(0, at - 2) : at + 3])),
        "passage_coverage": whole,
        "pairs": near / (sum(pair_weights) or 1e-9),
        "missing": 1.0 - has if kind != OTHER else 0.0,
        "counted": 1.0 if kind == NUMBER and any(_counts(query, sentence, high) for _, high in found) else 0.0,
        "person": has if kind == PERSON else 0.0,
        "date": has if kind == DATE else 0.0,
        "number": has if kind == NUMBER else 0.0,
        "place": has if kind == PLACE else 0.0,
        "length": math.log1p(len(terms)),
        "short": 1.0 if len(terms) < 4 else 0.0,
        "novelty": sum(term not in query.weights for term in own) / max(1, len(own)),
        "sentence_cosine": 0.0,
    }
    return [values[name] for name in FEATURES]
