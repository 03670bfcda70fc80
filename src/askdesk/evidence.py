"""What tells, beside the likeness of words, that the documents answer or that they do not: what is there at all."""

from __future__ import annotations

from collections.abc import Sequence

from .keywords import analyse
from .names import Variants
from .scoring import likeness
from .shortanswers import names

THERE = 0.9
"""The least confidence where a question wants nothing but what is said about a topic, and a sentence holds every term
of that, said by the voice that is wanted: about the share of speakers that are told rightly
(``benchmarks/speakers.py``)."""

ABSENT = 0.2
"""What the odds fall by where nothing that was read is about the topic, the voice that is wanted says nothing in the
passage of the best sentence, or a name in a yes-or-no question stands nowhere around that. One in eight speakers is not
told (``benchmarks/speakers.py``), and some go by another name (a capital for a government). Set by judgement: of 50
true statements of news, asked with another one's subject, 41 were answered without it and 17 are with it; all 50 as
they stand. Of the tuning questions written on news that want a voice's words about a topic, it says nothing there for 2
of 24 that are answered and for 112 of 128 near misses; of those that want a named voice's words otherwise, for 2 of 38
and 11 of 19."""


def of_topic(chance: float, there: bool, touched: bool) -> float:
    """Returns the probability that a question is answered which wants what is said about a topic.

    ``chance`` is what it is by everything else; ``there`` is whether a sentence is just that, ``touched`` whether any
    may be.
    """
    if there:
        return max(chance, THERE)
    return chance if touched else _less(chance)


def of_voice(chance: float, speaks: bool) -> float:
    """Returns the probability that a question for somebody's words is answered, as it speaks near the best sentence."""
    return chance if speaks else _less(chance)


def of_names(chance: float, question: str, spellings: Sequence[Variants], around: Sequence[str]) -> float:
    """Returns the probability that a yes-or-no question is answered by what stands in the texts ``around``.

    ``chance`` is what it is by everything else; it falls where of a name in ``question`` no word stands there, in none
    of its ``spellings``.
    """
    held = frozenset(term for text in around for term in analyse(text))
    for low, high in names(question):
        others = [other for one in spellings if one.start < high and low < one.end for other in one.others]
        terms = [term for name in (question[low:high], *others) for term in analyse(name)]
        if terms and not any(likeness(term, held) for term in terms):
            return _less(chance)
    return chance


def _less(chance: float) -> float:
    return chance * ABSENT / (1.0 - chance + chance * ABSENT)
