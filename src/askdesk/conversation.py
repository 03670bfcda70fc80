"""Makes of a follow-up a question that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import carrying
from .carrying import Turn
from .keywords import analyse
from .rewording import LEAD, is_fragment, reworded
from .types import Answer

_ENGLISH = re.compile(
    r"\b(?:the|and|what|who|whom|whose|how|when|where|why|which|did|does|were|with|from|about|could|would|should|"
    r"have|many|much|tell|there|this|that|these|those|please|you|my|she|they|is|are|was|has|do|can|it|he|of|for|to)\b",
    re.IGNORECASE,
)
_OTHER_LANGUAGE = re.compile(
    r"\b(?:der|die|das|und|ist|wie|wer|wann|wo|warum|seit|auch|de|het|een|wat|hoe|van|en|waar|le|les|et|est|qui|que|"
    r"quand|pourquoi|combien|el|los|las|y|qué|quién|cuándo|cómo|il|di|che|quando|chi|per|o|os|em|och|vad|hur|i|w|kto)\b",
    re.IGNORECASE,
)
"""Frequent words of other languages in Latin letters: two of them, or one without any English word."""
_POINTS_BACK = re.compile(
    r"\b(?:he|him|his|she|her|hers|it|its|they|them|their|theirs|these|those|this|that (?:one|time|day)|then|"
    r"the (?:same|other|others|latter|former)|else|one|ones)\b|\b(?:is|was|does|did|about|after|before|of) that\W*$|"
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere\b(?! (?:is|are|was|were|will|be)\b)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^\W*(?:since when|until when|by whom|what else|who else|why not|why so|how so)\W*$|^\W*(?:what|how) about\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"^\W*(?:what (?:is|are) (?:an? )?(?!the\b|its?\b|th)\w+|what does \w+ mean|define \w+)\W*$", re.IGNORECASE
)
_EMPTY_IT = re.compile(
    r"\bit(?= (?:is|was|will be|would be) (?:not )?(?:{0}) (?:to|that|for|if)\b)|(?:(?<=\bis )|(?<=\bwas ))it"
    r"(?= (?:not )?(?:{0}) (?:to|that|for|if)\b)|\bit(?= takes? to\b)".format(
        "true|possible|impossible|safe|legal|illegal|necessary|important|likely|unlikely|clear|good|better|best|bad|"
        "easy|hard|difficult|common|normal|correct|right|wrong|allowed|known"
    ),
    re.IGNORECASE,
)
"""The "it" of "is it true that", which means nothing."""
_FEW = 3
"""A question of this many terms or fewer, none of them a name, says too little; so does a phrase of one more."""
_TURNS = 12
"""Earlier turns that are looked at."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it is understood: ``text`` stands alone; ``carried`` are the earlier words that were put in.

    ``carried`` is empty and ``text`` is the question as it was given where it stands alone by itself.
    """

    text: str
    carried: tuple[str, ...] = ()


def standalone(question: str, history: Sequence[str | Answer]) -> str:
    """Returns ``question`` as it is if it stands alone, else with what it refers to put in or behind it in brackets.

    ``history`` holds earlier questions or Answers, the oldest first. An Answer carries its question and the names
    that were highlighted; a declined one only its question.
    """
    return understood(question, history).text


def understood(question: str, history: Sequence[str | Answer]) -> Understood:
    """Returns what :func:`standalone` does, and which words of the earlier turns it took."""
    earlier: list[Turn] = []
    for one in history[-_TURNS:]:
        if isinstance(one, Answer):
            made = carrying.answered(one)
        else:
            made = carrying.turn(*_resolved(carrying.plain(one), earlier))
        if analyse(made.text):
            earlier.append(carrying.with_person(made, earlier[-1].who if earlier else ""))
    text, about = _resolved(question, earlier)
    whole = f"{question.strip()} ({about})" if about else text
    return Understood(whole, _carried(question, whole))


def _resolved(question: str, earlier: Sequence[Turn]) -> tuple[str, str]:
    """Returns ``question``, reworded if a rule fits, and the earlier question to be shown with it, if any."""
    if not earlier or not depends(question) or not _is_english(question, earlier):
        return question, ""
    last = earlier[-1]
    text = reworded(carrying.plain(question), last)
    if text is not None:
        return text, ""
    return question, " ".join(one for one in (last.about, last.text, carrying.given_words(last)) if one)


def depends(question: str) -> bool:
    """Whether ``question`` refers to something said before, or says too little without it.

    One of more than :data:`askdesk.carrying.LONGEST` characters says itself what it is about.
    """
    if len(question) > carrying.LONGEST:
        return False
    if _GOES_ON.search(question):
        return True
    lead = LEAD.match(question)
    if lead and is_fragment(carrying.bare(question[lead.end() :])):
        return True
    if _points_back(question):
        return True
    if carrying.named(question):
        return bool(
            re.match(
                r"^\W*(?:and|but|so) (?:how (?:many|much)|which) (?:do|does|did|has|have|is|are|was|were)\b",
                question,
                re.I,
            )
        )
    if _DEFINES.match(question):
        return False
    return bool(lead) or len(analyse(question)) <= _FEW + is_fragment(carrying.bare(question))


def _points_back(question: str) -> bool:
    question = _EMPTY_IT.sub("", question)
    pronoun = _POINTS_BACK.search(question)
    # A name before a pronoun is what it means: "Did Rutte say when he would travel?"
    return bool(pronoun and not carrying.named(question[: pronoun.start()]))


def _is_english(question: str, earlier: Sequence[Turn]) -> bool:
    others = len({word.lower() for word in _OTHER_LANGUAGE.findall(question)} - {"i", "o", "per"})
    if _ENGLISH.search(question):
        return others < 2
    return not others and len(question.split()) <= _FEW and any(_ENGLISH.search(one.text) for one in earlier)


def _carried(question: str, text: str) -> tuple[str, ...]:
    """Returns the runs of words in ``text`` that ``question`` does not have."""
    if text == question:
        return ()
    own = {word.casefold() for word in re.findall(r"\w+", question)}
    runs: list[list[str]] = [[]]
    for word in re.findall(r"[^\s()?]+|[()?]", text):
        if word in "()?" or all(piece.casefold() in own for piece in re.findall(r"\w+", word)):
            runs.append([])
        else:
            runs[-1].append(word)
    return tuple(" ".join(run) for run in runs if run)
