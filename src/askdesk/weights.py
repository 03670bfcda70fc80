"""The weights of the answerer, as they ship with askdesk: of its scores of sentences, and of its decision."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .shipped import shipped

SHA256 = {
    "answerer.json": "3e61417c44bd6523f3fedb1795a309b7634c45bc7ff0ef4df4ec3f8f0b7b915a",
    "answerer-with-reader.json": "cfae58cccd8c3c7149e0d4031b820db0336168f613426b822fcb42904c977ec0",
}


@dataclass(frozen=True, slots=True)
class Fitted:
    """What ``training/fit_answerer.py`` found: a linear score of a sentence, and one of an answer as a whole.

    Each is ``weights · (row - mean) / scale``; ``decline`` turns its own with ``bias`` into the probability that the
    documents answer, and an answer is given from ``threshold`` on. A further quote is given while its share of
    the candidates' softmax is at least ``also`` of the best one's.
    """

    weights: tuple[float, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    decline_weights: tuple[float, ...]
    decline_mean: tuple[float, ...]
    decline_scale: tuple[float, ...]
    decline_bias: float
    threshold: float
    also: float


@functools.cache
def fitted(with_reader: bool) -> Fitted:
    """Returns the weights that ship with askdesk: those of the answerer with the reader, or of the one without."""
    name = "answerer-with-reader.json" if with_reader else "answerer.json"
    data = json.loads(shipped(name, SHA256[name]))
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    return Fitted(**values)


def linear(row: Sequence[float], model: Fitted) -> float:
    """Returns the score of a row, as the weights of sentences have it."""
    terms = zip(row, model.weights, model.mean, model.scale, strict=True)
    return sum(weight * (value - mean) / scale for value, weight, mean, scale in terms)
