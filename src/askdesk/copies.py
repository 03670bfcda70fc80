"""Near-copies: documents that are one text with edits (an edition, a reprint, an update), and shared sentences.

A document's signature is a bottom-k sketch (Broder, On the resemblance and containment of documents, 1997): its
four-word sequences are hashed, and the smallest hashes kept. Two sketches below their common bound are a fair sample
of both texts, so that it tells how much of the shorter one stands in the longer one however much longer that is. The
very smallest hashes are keys: texts that share much share some of them, and an index of keys finds a copy without
comparing all pairs.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from heapq import nsmallest

from askdesk.text import Span, fold, sentences, words

KEPT = 384
"""Hashes in a signature, 4 bytes each; an article of up to about 390 words is kept whole."""

BANDS = 32
"""Keys of a document. Of 32 a text half of which stands in one twice as long shares about eight."""

COPY = 0.5
"""Containment from which two documents are copies: most of the shorter one stands in the other."""

SHARED = 2
"""Keys that two documents must share to be worth comparing; one alone is as a rule a common phrase."""

SENTENCE_WORDS = 8
"""Words from which a sentence is told by its words; shorter ones ("He did not elaborate.") belong to nobody."""

_SHINGLE = 4
# A sample of fewer shared hashes says nothing: two notes of a line each may well begin alike.
_FEWEST = 6
_CREDIT = re.compile(r"\b[^\W\d_a-z][\w.’'-]{0,24}(?: [^\W\d_a-z][\w.’'-]{0,24}){1,3}/[^\W\d_a-z]")
# Captions with the photographer's and the agency's names run to fifty words or so; three in a row are a gallery.
_CREDITS = 3
_CAPTION = 400


def signature(text: str, spans_out: Sequence[Span] = ()) -> bytes:
    """Returns the sketch of the words of ``text`` that :func:`bands` and :func:`containment` read.

    The stretches ``spans_out`` (furniture) are left out, and so are galleries of photographs, whose captions stand
    below many different stories. It holds up to ``KEPT`` unsigned 32-bit numbers, little-endian,
    growing; empty for a text of fewer than four words. The same everywhere and always.
    """
    told = [word.encode("utf-8", "surrogatepass") for word in _words("\n".join(_story(text, spans_out)))]
    shingles = {b" ".join(told[at : at + _SHINGLE]) for at in range(len(told) - _SHINGLE + 1)}
    hashes = {int.from_bytes(blake2b(shingle, digest_size=4).digest(), "little") for shingle in shingles}
    kept = nsmallest(KEPT, hashes)
    return struct.pack(f"<{len(kept)}I", *kept)


def bands(signature: bytes) -> tuple[int, ...]:
    """Returns the keys by which a document's copies are looked up: its ``BANDS`` smallest hashes."""
    return _hashes(signature[: 4 * BANDS])


def resemblance(one: bytes, other: bytes) -> float:
    """Returns the share of all that either text says which both say, 0 to 1 (Jaccard), from their signatures."""
    first, second = _samples(one, other)
    return len(first & second) / max(len(first | second), 1)


def containment(one: bytes, other: bytes) -> float:
    """Returns how much of the shorter text stands in the longer one, 0 to 1, from their signatures.

    The standard error is at most 0.04 for texts of like length; where one is many times longer it grows, as the
    sample is what of the shorter text falls under the longer one's bound. 0 where too little is shared to tell.
    """
    first, second = _samples(one, other)
    shared = len(first & second)
    return shared / min(len(first), len(second)) if shared >= _FEWEST else 0.0


def is_copy(one: bytes, other: bytes) -> bool:
    """Whether the texts of two signatures are copies: one text with edits, or one cut out of the other."""
    return containment(one, other) >= COPY


def sentence_keys(text: str, spans_out: Sequence[Span] = ()) -> tuple[tuple[int, int, int], ...]:
    """Returns (start, end, key) of each sentence of at least ``SENTENCE_WORDS`` words, in order.

    ``key``, a signed 64-bit number as SQLite takes it, is the same for the same words in any document, whatever their
    case, quotation marks, dashes, white space and punctuation. Sentences that touch ``spans_out`` are left out.
    Raises UnicodeEncodeError for lone surrogates, as finding sentences does.
    """
    out = sorted(spans_out)
    starts = [start for start, _ in out]
    ends = _running_ends(out)
    found = []
    for start, end in sentences(text):
        before = bisect_right(starts, end - 1)
        if before and ends[before - 1] > start:
            continue
        said = _words(text[start:end])
        if len(said) >= SENTENCE_WORDS:
            found.append((start, end, _key(" ".join(said))))
    return tuple(found)


def groups(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Returns the groups of ids that the pairs of copies connect, each in order, and the groups in order."""
    group: dict[str, str] = {}

    def first(id: str) -> str:
        group.setdefault(id, id)
        while group[id] != id:
            group[id] = id = group[group[id]]
        return id

    for one, other in pairs:
        group[first(one)] = first(other)
    members = defaultdict(list)
    for id in sorted(group):
        members[first(id)].append(id)
    return tuple(tuple(ids) for ids in members.values() if len(ids) > 1)


def _words(text: str) -> list[str]:
    folded = fold(text)
    return [folded[low:high] for low, high in words(folded)]


def _story(text: str, spans_out: Sequence[Span]) -> Iterator[str]:
    """The stretches of the text outside the spans and outside galleries."""
    at = 0
    for start, end in [*sorted([*spans_out, *_galleries(text)]), (len(text), len(text))]:
        yield text[at:start]
        at = max(at, end)


def _galleries(text: str) -> Iterator[Span]:
    """The stretches from the first to the last of several credits in one line, each a caption from the next."""
    credits: list[Span] = []
    for found in _CREDIT.finditer(text):
        low, high = found.span()
        if credits and (low - credits[-1][1] > _CAPTION or "\n" in text[credits[-1][1] : low]):
            if len(credits) >= _CREDITS:
                yield credits[0][0], credits[-1][1]
            credits.clear()
        credits.append((low, high))
    if len(credits) >= _CREDITS:
        yield credits[0][0], credits[-1][1]


def _hashes(signature: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(signature) // 4}I", signature)


def _samples(one: bytes, other: bytes) -> tuple[frozenset[int], frozenset[int]]:
    """The hashes of both texts up to the bound below which both signatures hold all there are."""
    first, second = _hashes(one), _hashes(other)
    bound = min(hashes[-1] if len(hashes) == KEPT else 2**32 for hashes in (first, second))
    return frozenset(first[: bisect_right(first, bound)]), frozenset(second[: bisect_right(second, bound)])


def _running_ends(spans: Sequence[Span]) -> list[int]:
    ends: list[int] = []
    for _, end in spans:
        ends.append(max(end, ends[-1]) if ends else end)
    return ends


def _key(said: str) -> int:
    return int.from_bytes(blake2b(said.encode(), digest_size=8).digest(), "little", signed=True)
