"""What callers pass to a desk, checked: each function returns it in its one form or says what was wrong with it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

from .errors import InvalidFilter, InvalidQuestion, MissingPath
from .types import Answer

LONGEST_QUESTION = 100_000
"""Characters. A question of ten thousand words is below it; a pasted book is not a question."""

# From Python 3.11 on, ``date.fromisoformat`` also takes weeks and days without hyphens.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Earlier = Iterable["str | Answer"]
"""Earlier questions, or the answers to them, oldest first."""


def checked_question(question: str) -> str:
    """Returns the question as it can be stored and embedded. Raises InvalidQuestion if it is empty or too long."""
    if not isinstance(question, str) or not question.strip():
        raise InvalidQuestion('the question is empty: ask something like "Who …?"')
    if len(question) > LONGEST_QUESTION:
        raise InvalidQuestion(
            f"the question has {len(question)} characters, the limit is {LONGEST_QUESTION}: shorten it"
        )
    # A lone surrogate is half a character, as a broken paste leaves it; no file of text can hold one.
    return question.encode("utf-8", "replace").decode("utf-8")


def check_limit(limit: int) -> None:
    """Raises InvalidFilter unless ``limit`` is a whole number from 1."""
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
        raise InvalidFilter(f"limit is {limit!r}: give a whole number from 1")


def check_confidence(confidence: float | None) -> None:
    """Raises InvalidFilter unless ``confidence`` is None or a number from 0 to 1."""
    if confidence is None:
        return
    # Not a number is refused too: it is neither above 0 nor below 1.
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise InvalidFilter(f"min_confidence is {_shown(confidence)}: give a number from 0 to 1, or leave it out")


def checked_text(value: str | None, name: str, what: str) -> str | None:
    """Returns the argument ``name``, that of ``what`` or None. Raises InvalidFilter if it is empty or no text."""
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise InvalidFilter(f"{name} is {_shown(value)}: give the name of {what}, or leave it out")
    return value


def checked_history(history: Earlier) -> tuple[str | Answer, ...]:
    """Returns earlier questions and answers, the oldest first. Raises InvalidFilter if it holds anything else."""
    advice = "give earlier questions or Answers in a list, the oldest first"
    if isinstance(history, str | bytes) or not isinstance(history, Iterable):
        raise InvalidFilter(f"history is {_shown(history)}: {advice}")
    earlier = tuple(history)
    for one in earlier:
        if not isinstance(one, str | Answer):
            raise InvalidFilter(f"history holds {_shown(one)}: {advice}")
    return earlier


def checked_name(name: str | Path, argument: str) -> str | Path:
    """Returns the id, path or folder of documents. Raises InvalidFilter if it is neither text nor path."""
    if not isinstance(name, str | Path):
        raise InvalidFilter(f"{argument} is {_shown(name)}: give the id, path or folder of documents as str or Path")
    return name


def checked_names(names: str | Path | Iterable[str | Path], argument: str) -> list[str | Path]:
    """Returns one or several of those as a list. Raises InvalidFilter."""
    if isinstance(names, bytes) or not isinstance(names, str | Path | Iterable):
        raise InvalidFilter(f"{argument} is {_shown(names)}: give ids, paths or folders as str or Path")
    several = [names] if isinstance(names, str | Path) else list(names)
    return [checked_name(name, argument) for name in several]


def checked_paths(paths: str | Path | Iterable[str | Path]) -> list[str | Path]:
    """Returns the files or folders to index as a list. Raises MissingPath if one is neither text nor path."""
    if isinstance(paths, bytes) or not isinstance(paths, str | Path | Iterable):
        raise MissingPath(f"paths is {_shown(paths)}: give files or folders as str or Path")
    several = [paths] if isinstance(paths, str | Path) else list(paths)
    for path in several:
        if not isinstance(path, str | Path):
            raise MissingPath(f"paths holds {_shown(path)}: give files or folders as str or Path")
    return several


def _shown(value: object) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else f"{text[:60]} …"


def checked_date(date: dt.date | str | None, name: str) -> dt.date | None:
    """Returns the day of the argument ``name``, None if none. Raises InvalidFilter unless it is YYYY-MM-DD."""
    if isinstance(date, dt.datetime):
        return date.date()
    if date is None or isinstance(date, dt.date):
        return date
    try:
        if not _DAY.fullmatch(date):
            raise ValueError("of another form")
        return dt.date.fromisoformat(date)
    except (TypeError, ValueError) as error:
        raise InvalidFilter(f"{name} is {date!r}: give a date as YYYY-MM-DD") from error
