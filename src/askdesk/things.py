"""What a question is about: its names and telling words, and whether a text mentions one of them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .keywords import analyse
from .questions import DATE, PERSON, PLACE
from .scoring import Query, likeness
from .shortanswers import names, short_answers
from .text import Span, words

_MOST_THINGS = 8
_LONGEST_QUESTION = 1_000
"""Things of a question that are compared, and characters in which they are looked for."""

_NAME_COUNTS = 2.0
_VERB_COUNTS = 0.5
_FOCUS_COUNTS = 1.5
"""How much more a name weighs than another word of its idf, how much a word that looks like a verb, and one that is
counted. Judged by eye: they choose what is said of the passages, not whether it is true."""

_COMMON = """
able according account actually ago allow alone already also among amount another answer apart appear april around ask
august away back bad became become began begin begun behind besides best better big bring brought call came case cause
certain change claim come concern consider current currently date day december describe different document doing done
during else end ever every exact exactly expect explain fact far february feel felt few figure find first follow found
friday full gave general get give given go gone good got great happen hear heard held help high hold important include
instead involve january july june keep kept kind knew know known large last late later latest lead learn least leave
led left less let like likely little long look lose lost lot low made main make many march may mean mention might
monday month more most move much must name near need never new next november number october often old one original
originally part passage people person place plan possible previous previously provide purpose put question quite
rather reach read reason receive recent recently refer regard relate remain report result right said same saturday saw
say second see seem seen send sent september set several show shown since small so soon sort source speak spoke spoken
start state stay still such sunday take taken talk tell text thing think third thought thursday time today together
told took total toward try tuesday turn two type understand upon use usual usually various want way wednesday week
well went whatever whether whole whose wide within without word work would write written wrote year yes yet
"""
"""Words of questions that are never presented as what one is about."""
_VERB = re.compile(r"\w{2,}(?:ly|ed|ing)")
_BEFORE_VERB = re.compile(r"\b(?:to|can|could|may|might|must|shall|should|will|would)\s$", re.IGNORECASE)
_DO = re.compile(r"\b(?:do|does|did)\b", re.IGNORECASE)
_BEFORE_NOUN = re.compile(r"\b(?:a|an|the|his|her|its|our|their|this|that|of|in|on|for|many|much)\s$", re.IGNORECASE)
_BEHIND_VERB = re.compile(r"\s(?:a|an|the|about|at|for|from|in|into|on|to|with)\b")
_PARTICLES = re.compile(r"(?:\b(?:von|van|de|der|den|di|da|del|bin|al|el|la|le)\s)+$")
TOKEN = re.compile(r"[^\W_]+")
"""A run of letters and digits."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A name, word or pair of words of the question, as spelled there.

    ``terms`` are its search terms, ``weight`` is their idf. That a thing is not in a text can be said only of one that
    ``may_be_missed``: its spelling is the usual one.
    """

    shown: str
    terms: tuple[str, ...]
    weight: float
    is_name: bool
    is_verb: bool
    may_be_missed: bool

    @property
    def last(self) -> tuple[str, ...]:
        """The terms of the last word of a name, without which none has the name; of another thing, all terms."""
        return self.terms[-1:] if self.is_name and self.terms[-1].isalpha() else self.terms


def things_of(query: Query, standalone: str, texts: Sequence[str]) -> list[Thing]:
    """The names and telling words of a question, the weightiest first, and pairs of words that ``texts`` have too."""
    text = standalone[:_LONGEST_QUESTION]
    kept: dict[tuple[str, ...], Thing] = {}
    taken = [span for span in short_answers(text, DATE) if not text[span[0] : span[1]].isdigit()]
    named = [span for held in names(text) for span in _parts(text, *held) if span[0] < span[1]]
    plain = words(text)
    pairs = [
        (one[0], other[1])
        for one, other in pairwise(plain)
        if text[one[1] : other[0]] == " " and _is_pair(text[slice(*one)], text[slice(*other)], texts)
    ]
    for spans, is_name in ((named, True), (pairs, False), (plain, False)):
        for low, high in spans:
            if not any(low < end and start < high for start, end in taken):
                taken.append((low, high))
                thing = _thing(query, text[low:high], is_name, not is_name and _is_verb(text, low, high))
                if thing:
                    kept.setdefault(thing.terms, thing)
    return sorted(kept.values(), key=lambda thing: -thing.weight)[:_MOST_THINGS]


def _is_pair(one: str, other: str, texts: Sequence[str]) -> bool:
    """Whether two words belong together, as in "prime minister"."""
    alone = [not analyse(word) or not word.islower() or _VERB.fullmatch(word) for word in (one, other)]
    return not any(alone) and any(_pattern(f"{one} {other}").search(_plain(text)) for text in texts)


def _parts(text: str, low: int, high: int) -> list[Span]:
    """The names in a run of capitalised words: "NATO" and "Article 5" of "NATO's Article 5"."""
    cuts = [found.span() for found in re.compile(r"['’]s\s+").finditer(text, low, high)]
    lows, highs = [low, *(end for _, end in cuts)], [*(start for start, _ in cuts), high]
    return [_name(text, *span) for span in zip(lows, highs, strict=True)]


def _name(text: str, low: int, high: int) -> Span:
    """A name without the common words that stand at the head of the question, with the numbers behind it."""
    while word := re.match(r"[\w’'\-.]+\s*", text[low:high]):
        if (low or word.end() < high - low) and not _is_common(word.group()):
            break
        if not low and not _is_common(word.group()) and word.end() == high:
            break
        low += word.end()
    particles = _PARTICLES.search(text, 0, low)
    low = particles.start() if particles and low < high else low
    behind = re.compile(r"(?:\s(?:\d+|[A-Z]+\d+\w*|\d+[A-Z]+\w*)\b(?!\s?%))+").match(text, high)
    return (low, behind.end()) if behind and low < high else (low, high)


def _is_verb(text: str, low: int, high: int) -> bool:
    """Whether a word looks like a verb or adverb; it is shown in quotation marks: "mention Croatia and “donated”"."""
    if _VERB.fullmatch(text, low, high) or _BEFORE_VERB.search(text, 0, low):
        return True
    if text[high - 1] == "s" or _BEFORE_NOUN.search(text, 0, low):
        return False
    return bool(_DO.search(text, 0, low) and _BEHIND_VERB.match(text, high))


def _thing(query: Query, shown: str, is_name: bool, is_verb: bool) -> Thing | None:
    shown = re.sub(r"['’]s$", "", shown)
    terms = tuple(term for term in analyse(shown) if term in query.weights)
    letters = [word for word in TOKEN.findall(shown) if len(word) > 1]
    if not terms or not letters or (not is_name and (_is_common(shown) or _says_the_kind(query, shown))):
        return None
    is_year = bool(re.fullmatch(r"\d{4}", shown))
    if not is_name and shown.replace(",", "").replace(".", "").isdigit() and not is_year:
        return None
    weight = sum(query.weights[term] for term in terms)
    if is_name or is_verb:
        weight *= _NAME_COUNTS if is_name else _VERB_COUNTS
    elif any(word in query.asked.focus for word in shown.lower().split()):
        weight *= _FOCUS_COUNTS
    # What is short and in capitals may be written out; other letters may belong to a language without spaces.
    latin = all(ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00 for char in shown)
    missed = latin and not re.fullmatch(r"[A-Z.]{1,6}s?", shown)
    return Thing(" ".join(shown.split()), terms, weight, is_name, is_verb, missed)


def _is_common(word: str) -> bool:
    terms = analyse(word)
    return not terms or all(term in _common() for term in terms)


@functools.cache
def _common() -> frozenset[str]:
    return frozenset(analyse(_COMMON))


def _says_the_kind(query: Query, word: str) -> bool:
    """Whether a word only says of what sort the answer is, as in "which country"."""
    return query.asked.kind in (DATE, PERSON, PLACE) and word.lower() in query.asked.focus


def mentions(thing: Thing, text: str) -> bool:
    """Whether the words of ``thing`` stand in ``text``, as they are or in the other number, a name with its capital."""
    return any(
        not thing.is_name or not found.group().islower() for found in _pattern(thing.shown).finditer(_plain(text))
    )


@functools.lru_cache(maxsize=256)
def _pattern(shown: str) -> re.Pattern[str]:
    """The words of ``shown``, whatever stands between them, and no part of a longer word or number."""
    tokens = TOKEN.findall(_plain(shown))
    *head, last = tokens
    if len(last) > 2 and last.isalpha():
        last = _either_number(last.casefold())
    before = r"(?<![^\W_])(?<!\d[.,])" if tokens[0].isdigit() else r"(?<![^\W_])"
    behind = r"(?![^\W_])(?![.,]\d)" if tokens[-1].isdigit() else r"(?![^\W_])"
    return re.compile(before + r"[\W_]{0,3}".join([*head, last]) + behind, re.IGNORECASE)


def _either_number(word: str) -> str:
    """A pattern of an English noun in the singular and the plural."""
    if word.endswith("ies"):
        return rf"{word[:-3]}(?:y|ies)"
    if word.endswith("y"):
        return rf"{word[:-1]}(?:y|ys|ies)"
    if re.search(r"(?:s|x|z|ch|sh)es$", word):
        return rf"{word[:-2]}(?:es?)?"
    if re.search(r"(?:ss|us|is)$", word):
        return rf"{word}(?:es)?"
    return rf"{word.removesuffix('s')}(?:e?s)?"


def may_mention(thing: Thing, text: str, terms: Sequence[str] = ()) -> bool:
    """Whether anything like ``thing`` stands in ``text``, in another form or as a part of a longer word.

    Of a name one of its ``terms`` (all where none are given) is enough, of other things it takes all.
    """
    if not thing.may_be_missed:
        return True
    held, squeezed = _looked_up(text)
    enough = any if thing.is_name else all
    return enough(likeness(term, held) or (len(term) > 3 and term in squeezed) for term in terms or thing.terms) or (
        "".join(TOKEN.findall(_plain(thing.shown).casefold())) in squeezed
    )


@functools.lru_cache(maxsize=256)
def _looked_up(text: str) -> tuple[frozenset[str], str]:
    return frozenset(analyse(text)), "".join(TOKEN.findall(_plain(text).casefold()))


@functools.lru_cache(maxsize=256)
def _plain(text: str) -> str:
    """``text`` without accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
