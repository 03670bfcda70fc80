"""What names are compared by, and the words that tell what is a name in English text."""

from __future__ import annotations

import functools
import re
import unicodedata

_STOP_WORDS = """
a about above according across after again against ago all almost alone along already also although always am
among amid an and another any anyone anything are around as aside at away back be because been before behind being
below beneath beside besides best better between beyond both but by can cannot clearly could currently day days
despite did do does done down due during each earlier early eight either else elsewhere even eventually ever every
everybody everyone everything ex except far few finally first five following for former four from further get
getting given go going good got great had half has have having he hello hence her here hers herself hi him himself
his how however i if in including indeed initially instead into is it its itself just last late later latest least
less let like likely look looking made make many may maybe me mean meanwhile might mine moreover more most mostly
much must my myself near nearly neither never nevertheless new next nine no nobody none nonetheless nor not note
nothing now obviously of off often oh ok okay on once one only onto or other others otherwise our ours out outside
over overall own per perhaps please plus previously quite rather read really recently right said same say says
second see seven several she should similarly since six so some somebody someone something sometimes soon still
such suddenly ten than thank thanks that the their theirs them then there therefore these they think this those
though three through throughout thus to today together told tomorrow tonight too toward towards two under
unfortunately unless unlike until up upon us use very via was watch we well were what whatever when whenever where
whereas whether which while who whoever whom whose why will with within without would yeah year years yes yesterday
yet you your yours yourself
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat
sun am pm est edt pst pdt cst cdt gmt bst utc
"""
STOP = frozenset(_STOP_WORDS.split())
"""Words that are capitalised without being a name, or are no part of one, in lower case. ("New" is one only alone.)"""

PARTICLES = "al|an|bin|bint|ibn|ben|abu|da|de|del|della|den|der|di|do|dos|du|el|la|le|ter|van|von|y|zu"

# An upper-case letter, or one without case, which the code looks at again. All repetitions are of disjoint classes.
BIG = r"[^\W\d_a-z]"

POSSESSIVE = re.compile(r"['’][sS]$")

VOWELS = frozenset("aeiouyj")


def is_abbreviation(word: str) -> bool:
    """Whether a word is two to six capitals, dotted or not: "NATO", "U.S.", "G7"."""
    letters = word.replace(".", "")
    return 2 <= len(letters) <= 6 and letters.isupper() and letters.isalnum()


_SPECIAL = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae"}
    | {"Æ": "AE", "œ": "oe", "Œ": "OE", "ð": "d", "þ": "th", "’": "'", "ʼ": "'"}
)


def bare(text: str) -> str:
    """``text`` without accents."""
    if text.isascii():
        return text
    return "".join(
        char for char in unicodedata.normalize("NFKD", text.translate(_SPECIAL)) if not unicodedata.combining(char)
    )


_MIXED = re.compile("[A-Z][a-z]?[A-Z]+s?")  # DoE, NGOs
_PIECE = re.compile(r"[^\W_]+")


@functools.lru_cache(maxsize=100_000)
def key_of(name: str) -> str:
    """What all spellings of a name have that differ only in accents, case, hyphens, and the full stops of initials.

    Abbreviations that stand alone keep their capitals and full stops: "US" is neither "us" nor always "U.S.".
    """
    plain = bare(name)
    if _MIXED.fullmatch(plain):
        return plain
    if is_abbreviation(plain):
        return plain.rstrip(".") + "." if "." in plain else plain
    words: list[str] = []
    single = False
    for word in _PIECE.findall(plain):
        if single and len(word) == 1:
            words[-1] += word.lower()
        else:
            words.append(word.lower())
        single = len(word) == 1
    return " ".join(words)


@functools.lru_cache(maxsize=100_000)
def searched(name: str) -> tuple[str, ...]:
    """The words by which the keyword index tells names apart: spellings that share them need no bringing together."""
    return tuple(word for word in _PIECE.findall(bare(name).lower()) if word != "s")
