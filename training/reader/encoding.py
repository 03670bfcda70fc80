"""Turns examples into numbers: word pieces of question, title and text, and where among them the answer stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from askdesk.inference import checked_model_folder
from askdesk.reader import QUESTION_PIECES, TITLE_PIECES

from .examples import Example

LONGEST = 320
"""Word pieces of an example; the text is cut there, with the answer if it stands behind."""

START, END, TEXT = 1, 2, 4
"""Bits of a piece: an answer may begin here, may end here; it belongs to the text."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Examples as flat arrays; ``offsets[i]:offsets[i + 1]`` are the pieces of the i-th.

    ``second`` is where its title and text begin, counted from its own first piece.
    """

    ids: np.ndarray
    bits: np.ndarray
    offsets: np.ndarray
    second: np.ndarray

    def __len__(self) -> int:
        return len(self.second)


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded arrays of shape (examples, pieces); the first piece is the one that stands for "no answer"."""

    ids: np.ndarray
    types: np.ndarray
    mask: np.ndarray
    bits: np.ndarray


def encode(examples: Sequence[Example]) -> Encoded:
    """Returns the arrays of ``examples``. An answer that the cut leaves out makes the example one without answer."""
    tokenizer = Tokenizer.from_file(str(checked_model_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    first, last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    texts = list(dict.fromkeys(part for one in examples for part in (one.question, one.title, one.text)))
    known = dict(zip(texts, tokenizer.encode_batch(texts, add_special_tokens=False), strict=True))
    ids: list[int] = []
    bits: list[int] = []
    offsets, second = [0], []
    for one in examples:
        question = known[one.question].ids[:QUESTION_PIECES]
        title = known[one.title].ids[:TITLE_PIECES]
        head = [first, *question, last, *title, last]
        text = known[one.text]
        room = LONGEST - len(head) - 1
        marks = [TEXT] * len(text.ids)
        for low, high in one.gold:
            held = [at for at, (a, b) in enumerate(text.offsets) if a < high and low < b]
            if one.within:
                for at in held:
                    marks[at] |= START | END
            elif held and held[-1] < room:
                marks[held[0]] |= START
                marks[held[-1]] |= END
        ids += [*head, *text.ids[:room], last]
        bits += [0] * len(head) + marks[:room] + [0]
        offsets.append(len(ids))
        second.append(len(question) + 2)
    return Encoded(
        np.array(ids, np.int32), np.array(bits, np.uint8), np.array(offsets, np.int64), np.array(second, np.int32)
    )


def batches(encoded: Encoded, pieces: int, seed: int) -> Iterator[Batch]:
    """Yields every example once, in batches of at most ``pieces`` pieces with the padding, of examples alike in length.

    The order follows from ``seed`` alone.
    """
    for chosen in order(encoded, pieces, seed):
        yield batch(encoded, chosen)


def order(encoded: Encoded, pieces: int, seed: int) -> list[list[int]]:
    """Returns which examples stand together in which batch."""
    draw = np.random.default_rng(seed)
    lengths = np.diff(encoded.offsets)
    places = draw.permutation(len(encoded))
    found: list[list[int]] = []
    for low in range(0, len(places), 2_048):
        near = sorted(places[low : low + 2_048].tolist(), key=lambda at: int(lengths[at]))
        inside: list[list[int]] = [[]]
        for at in near:
            if inside[-1] and (len(inside[-1]) + 1) * int(lengths[at]) > pieces:
                inside.append([])
            inside[-1].append(at)
        found += [inside[at] for at in draw.permutation(len(inside)).tolist()]
    return found


def batch(encoded: Encoded, chosen: Sequence[int]) -> Batch:
    lengths = np.diff(encoded.offsets)[list(chosen)]
    shape = (len(chosen), int(lengths.max()))
    ids, types, mask, bits = (np.zeros(shape, np.int64) for _ in range(4))
    for row, (at, length) in enumerate(zip(chosen, lengths.tolist(), strict=True)):
        low = encoded.offsets[at]
        ids[row, :length] = encoded.ids[low : low + length]
        bits[row, :length] = encoded.bits[low : low + length]
        types[row, encoded.second[at] : length] = 1
        mask[row, :length] = 1
    return Batch(ids, types, mask, bits)
