"""Tokens: the unit in which passages are budgeted, counted by tiktoken.

tiktoken fetches its official vocabularies when they are first used, so askdesk brings one of its own
(``data/tokens.gz``, see ``data/README.md``) and needs no network. An official encoding can be named instead.
"""

from __future__ import annotations

import functools
import gzip
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from askdesk.errors import ModelError, ModelMissing
from askdesk.shipped import shipped

if TYPE_CHECKING:
    from tiktoken import Encoding

ENCODING_NAME = "askdesk-16k"
RANKS_SHA256 = "66a8a3cb37274139af25c3290e22158b2ea07b3ee08dd96be4771c0de3665fa6"

# The stretches within which bytes are merged. Each is bounded and none looks around, so that a line of many
# megabytes takes time in proportion to its length.
PATTERN = "|".join(
    (
        r"['’]\p{L}{1,2}\b",
        r"[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]{1,32}",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]{1,16}[\r\n]{0,2}",
        r"\s{1,16}",
    )
)

# The official encodings' patterns do look around. Cutting long input first bounds the time they take; a cut
# is made at white space where there is any, and can change the count by one or two.
_SLICE = re.compile(r"[\s\S]{1,20000}(?!\S)|[\s\S]{1,20000}")


@functools.cache
def encoding(name: str | None = None) -> Encoding:
    """Returns askdesk's own encoding, or the official one called ``name``, such as ``"o200k_base"``.

    Naming an official one lets tiktoken fetch it unless its cache holds it. Raises ModelError when there is
    no encoding of that name, and ModelMissing when it cannot be fetched.
    """
    import tiktoken

    if name is None or name == ENCODING_NAME:
        return tiktoken.Encoding(ENCODING_NAME, pat_str=PATTERN, mergeable_ranks=_shipped_ranks(), special_tokens={})
    known = tiktoken.list_encoding_names()
    if name not in known:
        raise ModelError(f"there is no token encoding {name!r}: use one of {', '.join([ENCODING_NAME, *known])}")
    try:
        return tiktoken.get_encoding(name)
    except Exception as error:  # whatever the network, its client and the cache folder may raise
        raise ModelMissing(
            f"the token encoding {name!r} is not on this machine and could not be fetched: connect once, "
            f"set TIKTOKEN_CACHE_DIR to a folder that holds it, or use {ENCODING_NAME!r}"
        ) from error


def count(text: str, name: str | None = None) -> int:
    """How many tokens ``text`` takes in the encoding called ``name``; special tokens in it are plain text.

    Raises what ``encoding`` raises.
    """
    encode = encoding(name).encode_ordinary
    return sum(len(encode(part)) for part in _slices(text))


def _slices(text: str) -> Iterator[str]:
    if len(text) <= 20000:
        return iter((text,))
    return (match.group() for match in _SLICE.finditer(text))


def _shipped_ranks() -> dict[bytes, int]:
    """Reads ``data/tokens.gz``: what follows the 256 single bytes, each token as its length and its bytes."""
    packed = gzip.decompress(shipped("tokens.gz", RANKS_SHA256))
    ranks = {bytes([value]): value for value in range(256)}
    at = 0
    while at < len(packed):
        end = at + 1 + packed[at]
        ranks[packed[at + 1 : end]] = len(ranks)
        at = end
    return ranks
