"""Which sentences are captions of photographs: told in the present tense of what has been."""

from __future__ import annotations

from .vocabulary import word_set
from .words import Words

_AGENCIES = word_set("reuters ap afp getty shutterstock epa bloomberg zuma")
_SENTENCE = 25
"""How many words a caption may go on for after its day."""
_CREDIT = 9
"""How many words the names before an agency may take."""


def is_caption(words: Words, end: int) -> bool:
    """Whether the sentence that holds word ``end`` is followed by a credit: "Ann Lee/Reuters", "A. Lee/AFP/Getty"."""
    stop = end
    while stop < len(words.low) and words.letters[stop] != ".":
        stop += 1
        if stop - end > _SENTENCE or words.letters[stop - 1] == "|":
            return False
    near = range(stop + 2, min(stop + 2 + _CREDIT, len(words.low)))
    for at in near:
        if words.letters[at] == "." and len(words.low[at - 1]) > 1:
            return False  # else an initial: "Ann M. Lee/AP"
        if words.low[at] in _AGENCIES and words.low[at - 1] in ("/", "via"):
            return True
    return False
