"""What is known while the expressions of one text are resolved, in order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .spans import Days
from .tense import Tenses
from .words import Words


@dataclass(slots=True)
class State:
    """``any_year``: days without a year are given in the year of ``day``."""

    words: Words
    tenses: Tenses
    day: dt.date | None
    any_year: bool = False
    dated: dict[int, frozenset[dt.date]] | None = None
    """The days named by weekday and date together, by their weekday, once they are looked up."""
    of_its_day: bool | None = None
    """Whether the text names the weekday of ``day`` as that of its news, once that is looked up."""
    anchor: tuple[int, Days] | None = None
    """The last absolute expression: where it ended, and its days."""
