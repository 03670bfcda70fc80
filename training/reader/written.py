"""Examples of questions written for askdesk, most of them on news: near misses, and answers in other words."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.corpora import Source
from benchmarks.written import Written

from askdesk.text import Span, fold, sentences

from .examples import Example, window

SIZES = 150, 800
"""Characters of a cut: a passage of 140 tokens has about 600."""

OTHERS = 20
"""Documents among whose sentences the one is looked for that is most like a question about another document."""


def examples(questions: list[Written], draw: random.Random) -> Iterator[Example]:
    """Yields each question with the text around its span, one with an answer with a stretch from elsewhere as well.

    What holds the words of the answer in another place is left out: whether it answers there is not known.
    """
    held: dict[str, list[Span]] = {}
    for one in questions:
        text = one.source.text
        spans = held.setdefault(one.source.key, sentences(text))
        around = [one.span, *(_elsewhere(one, spans, draw) if one.answerable else [])]
        for place in around:
            low, high = window(text, spans, place, draw.randint(*SIZES), draw)
            title = one.source.title if draw.random() < 0.7 else ""
            if not one.answerable or text[slice(*one.span)] not in text[low:high]:
                yield Example(one.question, title, text[low:high], ())
            elif low <= one.span[0] and one.span[1] <= high:
                yield Example(one.question, title, text[low:high], ((one.span[0] - low, one.span[1] - low),))


def _elsewhere(one: Written, spans: list[Span], draw: random.Random) -> list[Span]:
    """Returns a sentence of the document other than those of its span, if there is one.

    Every second time it is the one that shares the most words with the question, else any.
    """
    asked = set(fold(one.question).split())
    others = [span for span in spans if span[1] <= one.span[0] or one.span[1] <= span[0]]
    if not others or draw.random() < 0.5:
        return [draw.choice(others)] if others else []
    return [max(others, key=lambda span: len(asked.intersection(fold(one.source.text[slice(*span)]).split())))]


def foreign(questions: list[Written], count: int, draw: random.Random) -> Iterator[Example]:
    """Yields ``count`` of the questions with a stretch of another document, which does not answer them.

    Every second time it is one around the sentence that shares the most words with the question. What holds the words
    of the answer is left out.
    """
    sources = list({one.source.key: one.source for one in questions}.values())
    held: dict[str, list[Span]] = {}
    for one in draw.sample(questions, count):
        asked = set(fold(one.question).split())
        some = [source for source in draw.sample(sources, OTHERS) if source.key != one.source.key]
        places = [(source, span) for source in some for span in held.setdefault(source.key, sentences(source.text))]

        def shared(place: tuple[Source, Span], asked: set[str] = asked) -> int:
            source, span = place
            return len(asked.intersection(fold(source.text[slice(*span)]).split()))

        source, span = draw.choice(places) if draw.random() < 0.5 else max(places, key=shared)
        low, high = window(source.text, held[source.key], span, draw.randint(*SIZES), draw)
        title = source.title if draw.random() < 0.7 else ""
        if not one.answerable or one.source.text[slice(*one.span)] not in source.text[low:high]:
            yield Example(one.question, title, source.text[low:high], ())
