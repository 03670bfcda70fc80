"""The formulas by which answers to fixed questions are scored: pure functions on strings and numbers."""

from __future__ import annotations

import math
import re
import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from askdesk.text import fold

QUOTE_SENTENCES = 3
QUOTE_CHARACTERS = 400
CALIBRATION_BINS = 15


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``of`` as a share, 0 to 1, with the bounds of its Wilson 95 % interval."""

    count: int
    of: int
    share: float
    low: float
    high: float


def stands_in(answer: str, quote: str) -> bool:
    """Whether ``answer`` stands in ``quote`` once both are folded, and not as a piece of a longer number.

    So ``"3,000"`` does not stand in ``"13,000"``, nor ``"600"`` in ``"600,000"``.
    """
    answer, quote = fold(answer), fold(quote)
    if not answer:
        return False
    before = after = ""
    if answer[0].isdigit():
        # A comma belongs to a number only before three digits; elsewhere, as in tables, it parts two of them.
        before = r"(?<!\d)(?<!\d\.)" + (r"(?<!\d,)" if re.match(r"\d{3}(?!\d)", answer) else "")
    if answer[-1].isdigit():
        after = r"(?!\d)(?!\.\d)(?!,\d{3}(?!\d))"
    return re.search(before + re.escape(answer) + after, quote) is not None


def share(count: int, of: int) -> Share:
    """Returns ``count`` of ``of`` with its 95 % interval: Wilson, Probable inference, JASA 22 (1927), with z
    = 1.96.

    With ``of`` 0 the share is 0 and the interval is the whole of 0 to 1.
    """
    if of == 0:
        return Share(0, 0, 0.0, 0.0, 1.0)
    z, p = 1.96, count / of
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return Share(count, of, p, max(0.0, middle - half), min(1.0, middle + half))


def token_f1(said: str, answers: Sequence[str]) -> float:
    """Returns the best F1 of the words of ``said`` against one of ``answers``, 0 to 1.

    Words are counted as in SQuAD (Rajpurkar et al., 2016): lower case, no punctuation, no English articles.
    """
    return max((_f1(_words(said), _words(answer)) for answer in answers), default=0.0)


def _words(text: str) -> Counter[str]:
    plain = "".join(char for char in fold(text) if char not in string.punctuation)
    return Counter(word for word in plain.split() if word not in ("a", "an", "the"))


def _f1(said: Counter[str], wanted: Counter[str]) -> float:
    common = sum((said & wanted).values())
    if common == 0:
        return 0.0
    precision, recall = common / said.total(), common / wanted.total()
    return 2 * precision * recall / (precision + recall)


def hit_at(ranks: Sequence[int | None], depth: int) -> int:
    """Returns how many of ``ranks`` (1-based, None for no right hit) are at most ``depth``."""
    return sum(1 for rank in ranks if rank is not None and rank <= depth)


def mean_reciprocal_rank(ranks: Sequence[int | None]) -> float:
    """Returns the mean of 1/rank, a missing rank counting 0 (Voorhees, TREC-8 QA track, 1999)."""
    return sum(1 / rank for rank in ranks if rank is not None) / len(ranks) if ranks else 0.0


def calibration_error(confidences: Sequence[float], outcomes: Sequence[bool]) -> float:
    """Returns the expected calibration error, 0 to 1, over 15 bins of equal width (Guo et al., 2017, eq. 3).

    The sum over bins of the bin's part of all cases times the distance between its mean confidence and the
    share of its cases that came true.
    """
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, outcome in zip(confidences, outcomes, strict=True):
        place = min(int(confidence * CALIBRATION_BINS), CALIBRATION_BINS - 1)
        bins.setdefault(place, []).append((confidence, outcome))
    gaps = (
        abs(math.fsum(confidence for confidence, _ in cases) - sum(outcome for _, outcome in cases))
        for cases in bins.values()
    )
    return math.fsum(gaps) / len(confidences) if confidences else 0.0


def sign_test(better: int, worse: int) -> float:
    """Returns the two-sided p-value of the exact sign test on paired outcomes that differ.

    This is McNemar's test (Psychometrika 12, 1947) with the binomial distribution in place of its
    approximation.
    """
    n = better + worse
    if n == 0:
        return 1.0
    tail = sum(math.comb(n, k) for k in range(min(better, worse) + 1))
    return min(1.0, tail / (1 << (n - 1)))


def percentile(values: Sequence[float], percent: float) -> float:
    """Returns the nearest-rank percentile: the smallest value that ``percent`` % do not exceed; 0 of none."""
    if not values:
        return 0.0
    return sorted(values)[max(0, math.ceil(percent / 100 * len(values)) - 1)]
