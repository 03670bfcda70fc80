"""From scored sentences to quotes: whole sentences, joined where they touch, each said once."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .citing import cite
from .keywords import analyse
from .retrieval import alike, shingles
from .text import Span, fold, sentences
from .types import Citation, Document, Hit

MOST_CHARACTERS = 400
MOST_SENTENCES = 3
"""A quote grows no further than this when it takes in its neighbours; one sentence alone may be longer."""

SEVERAL_ALSO = 0.3
"""What ``also`` is multiplied by where the question asks for a list or an explanation: more of its sentences answer.
Set by judgement: on the 26 such tuning questions of ClapNQ 0.3 and 1 do equally well."""

BESIDE = 4.0
ABOUT = 0.7
"""The least score of a document's best sentence, and the least share of the question's weight in its passage against
that in the best sentence's, with which it is quoted for saying something else than the quotes before it. Chosen on the
even rows of ``benchmarks/conflict.py``; 3 to 5 and 0.6 to 0.8 find as many answers within two of two hundred, and what
is higher quotes less that is needless among many documents."""

HIGHLIGHTED = 0.5
"""Share of the best sentence's chance from which a sentence of the same quote has its short answer marked too."""

_POINTS_BACK = re.compile(
    r"[\"'“‘(\[]*(?:He|She|It|They|His|Her|Its|Their|This|That|These|Those|Both|The (?:latter|former|two))\b"
)
_CONTEXT = 2_000
"""Characters before a sentence in which the one before it is looked for."""

Short = Callable[[Document, Span], "Span | None"]
"""Takes a document and a sentence in it and returns the short answer's place in the document, None if there is none."""

Says = Callable[[Document, Span], "frozenset[str] | None"]
"""Takes a document and a sentence in it and returns what it says, as words, None if nothing to the question. Two
sentences say the same if one has all words of the other."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence that may be quoted: the hit it stands in, its span in the document, its score (a logit).

    ``about`` is the share of the question's weight whose words its passage and title hold.
    """

    hit: Hit
    span: Span
    score: float
    about: float = 0.0


@dataclass(slots=True)
class _Quote:
    """A quote while it grows: the whole span, and the sentences that answer in it, each with its share.

    ``says_new`` is whether no quote before it says the same.
    """

    document: Document
    span: Span
    answering: dict[Span, float]
    chance: float
    also_in: list[str]
    sentences: int
    says_new: bool = True


def quotes(
    sentences: Sequence[Scored],
    documents: Mapping[str, Document],
    limit: int,
    also: float,
    short: Short,
    several: bool = False,
    beside: float = math.inf,
    says: Says | None = None,
) -> tuple[Citation, ...]:
    """Returns at most ``limit`` quotes, best first: sentences whose chance is at least ``also`` of the best one's.

    A sentence's chance is its share of the softmax over all of them; where ``several`` things or an explanation are
    asked for, a smaller one does. Where one thing is asked for, the best sentence of a document is quoted as well if
    its score is at least ``beside``, it speaks of what is asked, and its short answer is none that was quoted before:
    sources that contradict the best one are laid beside it, however sure that one is. Where there are more than
    ``limit``, what says something new takes the place of the last that repeats another. ``says`` tells what a sentence
    says, None for the terms of its short answer. ``documents`` holds those of the hits by id.
    """
    says = says or (lambda document, span: _terms(document, short(document, span)))
    least = also * SEVERAL_ALSO if several else also
    ordered = sorted(sentences, key=lambda one: -one.score)
    top, about = ordered[0].score, ABOUT * ordered[0].about
    total = sum(math.exp(one.score - top) for one in sentences)
    found: list[_Quote] = []
    said: list[frozenset[str]] = []
    seen: set[str] = set()
    for one in ordered:
        relative = math.exp(one.score - top)
        document = documents[one.hit.passage.document_id]
        is_best = document.id not in seen
        seen.add(document.id)
        disputes = is_best and not several and one.score >= beside and one.about >= about
        if relative < least and not disputes:
            continue
        value = says(document, one.span)
        says_new = value is not None and not any(_same(value, other) for other in said)
        if relative < least and not says_new:
            continue
        if value is not None:
            said.append(value)
        if _taken(found, document, one.span, relative / total, says):
            continue
        quote = _grown(document, one.hit, one.span, relative / total)
        if _joined(found, quote):
            continue
        if any(other.document.id == document.id and _overlap(other.span, quote.span) for other in found):
            # What it would take in before it is quoted already.
            quote = _Quote(document, one.span, {one.span: quote.chance}, quote.chance, quote.also_in, 1)
        quote.says_new = says_new
        if len(found) == limit and says_new:
            _make_room(found)
        if len(found) < limit:
            found.append(quote)
    return tuple(_citation(quote, documents, short) for quote in found)


def _make_room(quotes: list[_Quote]) -> None:
    """Takes away the last quote that only repeats what one before it says, if there is any."""
    for at in range(len(quotes) - 1, 0, -1):
        if not quotes[at].says_new:
            del quotes[at]
            return


def _terms(document: Document, marked: Span | None) -> frozenset[str]:
    """Returns the terms of a short answer; none where there is none."""
    return frozenset(analyse(document.text[slice(*marked)].replace(",", ""))) if marked else frozenset()


def _same(one: frozenset[str] | None, other: frozenset[str] | None) -> bool:
    """Whether two short answers say the same: one has all the terms of the other, as "1885" of "22 October 1885"."""
    return one == other or bool(one and other and (one <= other or other <= one))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _taken(quotes: Sequence[_Quote], document: Document, span: Span, chance: float, says: Says) -> bool:
    """Whether a sentence is already quoted: itself, or nearly the same words with the same short answer."""
    own = shingles(document.text[span[0] : span[1]])
    value = says(document, span)
    for quote in quotes:
        if quote.document.id == document.id and quote.span[0] <= span[0] and span[1] <= quote.span[1]:
            quote.answering.setdefault(span, chance)
            return True
        if any(
            alike(own, shingles(quote.document.text[slice(*other)])) and _same(value, says(quote.document, other))
            for other in quote.answering
        ):
            if quote.document.id != document.id and document.id not in quote.also_in:
                quote.also_in.append(document.id)
            return True
    return False


def _grown(document: Document, hit: Hit, span: Span, chance: float) -> _Quote:
    """Takes in the sentence before one that points back to it, as long as both are one quote's length."""
    start, count = span[0], 1
    while count < MOST_SENTENCES and _POINTS_BACK.match(document.text, start):
        before = _sentence_before(document, start)
        if before is None or span[1] - before > MOST_CHARACTERS:
            break
        start, count = before, count + 1
    return _Quote(document, (start, span[1]), {span: chance}, chance, list(hit.also_in), count)


def _sentence_before(document: Document, start: int) -> int | None:
    """Returns where the sentence before ``start`` begins, None where furniture or a heading stands between."""
    walls = [mark.end for mark in document.marks if mark.kind in ("furniture", "heading") and mark.end <= start]
    wall = max(walls, default=0)
    low = max(wall, start - _CONTEXT)
    spans = sentences(document.text, low, start)
    # The first of them may begin in the middle of a sentence, unless it begins at the wall.
    if not spans or (len(spans) == 1 and low > wall):
        return None
    return spans[-1][0]


def _joined(quotes: Sequence[_Quote], new: _Quote) -> bool:
    """Lets a quote that touches ``new`` take it in, if both together are one quote's length."""
    for quote in quotes:
        if quote.document.id != new.document.id or quote.sentences + new.sentences > MOST_SENTENCES:
            continue
        first, second = sorted((quote.span, new.span))
        between = quote.document.text[first[1] : second[0]] if first[1] <= second[0] else ""
        whole = (first[0], max(first[1], second[1]))
        if between.strip() or _crosses(quote.document, whole) or whole[1] - whole[0] > MOST_CHARACTERS:
            continue
        if any(
            other is not quote and other.document.id == new.document.id and _overlap(other.span, whole)
            for other in quotes
        ):
            continue
        quote.span = whole
        quote.sentences += new.sentences
        quote.answering.update(new.answering)
        quote.chance += new.chance
        return True
    return False


def _crosses(document: Document, span: Span) -> bool:
    marks = [mark for mark in document.marks if mark.kind in ("furniture", "heading")]
    at = bisect_left(marks, span[0], key=lambda mark: mark.end)
    return any(_overlap((mark.start, mark.end), span) for mark in marks[at:])


def _citation(quote: _Quote, documents: Mapping[str, Document], short: Short) -> Citation:
    text = quote.document.text
    highlight = []
    best_chance = max(quote.answering.values())
    for span in sorted(span for span, chance in quote.answering.items() if chance >= HIGHLIGHTED * best_chance):
        marked = short(quote.document, span)
        if marked:
            highlight.append(marked)
    words = fold(text[quote.span[0] : quote.span[1]])
    carriers = [id_ for id_ in quote.also_in if id_ in documents and words in fold(documents[id_].text)]
    best = max(quote.answering, key=lambda span: (quote.answering[span], -span[0]))
    chance = round(min(quote.chance, 1.0), 4)
    return cite(quote.document, quote.span, best, tuple(highlight), chance, tuple(sorted(carriers)))
