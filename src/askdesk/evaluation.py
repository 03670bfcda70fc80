"""Asks a store the fixed questions of a file and says how good its answers are.

A file of fixed questions holds one JSON object a line: ``question``; ``answers``, strings of which one must
stand inside a quote, or ``all_answers``, lists of such strings of each of which one must, with optional ``sources``
(paths relative to the file) that the quotes must come from; or ``unanswerable: true``; optional ``history`` (earlier
questions), ``as_of``, ``said_by`` and ``kind``. It may also say what else must be right: ``not_answers``, strings that
no quote may hold; ``speaker``, what the name or role of the quote's speaker holds; ``statuses`` that findings must
have; ``independent``, the number of independent sources of the first finding.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askdesk import scores
from askdesk.errors import InvalidQuestionsFile, UnknownDocument
from askdesk.text import fold, sentences
from askdesk.types import Answer, Citation, Document, Progress, ProgressCallback

if TYPE_CHECKING:
    from askdesk.desk import Desk

_LISTS = ("answers", "sources", "history", "not_answers", "statuses")
_STRINGS = ("kind", "said_by", "speaker")
_KEYS = {"question", "unanswerable", "all_answers", "as_of", "independent", *_LISTS, *_STRINGS}

LIMIT = 8
"""Quotes that are asked for where a question has several right answers."""


@dataclass(frozen=True, slots=True)
class FixedQuestion:
    """A question whose right answer is known: of each group of ``answers`` one string must stand in a quote.

    There is no group where the documents do not answer it.
    """

    question: str
    answers: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...]
    history: tuple[str, ...]
    kind: str
    as_of: dt.date | None = None
    said_by: str | None = None
    not_answers: tuple[str, ...] = ()
    speaker: str = ""
    statuses: tuple[str, ...] = ()
    independent: int | None = None

    @property
    def answerable(self) -> bool:
        return bool(self.answers)

    @property
    def phrases(self) -> tuple[str, ...]:
        """All strings by which a right quote is known."""
        return tuple(phrase for group in self.answers for phrase in group)


@dataclass(frozen=True, slots=True)
class Record:
    """What became of one fixed question.

    ``right``: the quotes hold the answer and all else is right that the question asks for, or an unanswerable question
    was declined. ``first_right``: the first quote holds an answer. ``hit_rank``: the 1-based rank of the first passage
    that holds the answer, None if none of the hits does. ``highlight_f1`` is None where the first quote has no
    highlight. ``problems`` says what is wrong with quotes that do not stand in their files; ``furniture`` counts quotes
    that overlap furniture.
    """

    question: str
    history: tuple[str, ...]
    kind: str
    answerable: bool
    right: bool
    first_right: bool
    found: bool
    confidence: float
    hit_rank: int | None
    highlight_f1: float | None
    quotes: tuple[str, ...]
    sources: tuple[str, ...]
    problems: tuple[str, ...]
    furniture: int
    seconds: float


@dataclass(frozen=True, slots=True)
class KindShare:
    """How many of the questions of one kind were answered right."""

    kind: str
    right: scores.Share


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result of a file of fixed questions.

    ``first_right``, ``hit_at_1``, ``hit_at_5``, ``mrr`` and ``declined`` are over the answerable questions,
    ``answered`` over the unanswerable; ``highlight_f1`` is the mean over the ``highlighted`` answerable
    questions whose first quote marks a short answer. ``calibration_error`` compares the confidence with
    whether the question is answerable, over all questions. ``verbatim`` is over all quotes; ``furniture``
    counts quotes that overlap furniture. Latencies are of one warm ask each, in milliseconds.
    """

    file: str
    questions: int
    right: scores.Share
    kinds: tuple[KindShare, ...]
    first_right: scores.Share
    hit_at_1: scores.Share
    hit_at_5: scores.Share
    mrr: float
    highlight_f1: float
    highlighted: int
    declined: scores.Share
    answered: scores.Share
    calibration_error: float
    verbatim: scores.Share
    furniture: int
    p50_ms: float
    p95_ms: float
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two results on the questions that both hold: what became right, what wrong, and how surely."""

    shared: int
    old_right: int
    new_right: int
    better: tuple[str, ...]
    worse: tuple[str, ...]
    only_old: int
    only_new: int
    p_value: float

    @property
    def lost(self) -> bool:
        return self.new_right < self.old_right


def load(path: Path) -> tuple[FixedQuestion, ...]:
    """Reads a file of fixed questions. Raises InvalidQuestionsFile that names the line which is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise InvalidQuestionsFile(f"{path}: cannot be read as a file of fixed questions: {why}") from error
    # Only "\n" ends a line: JSON strings may hold the other separators that splitlines() knows.
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        raise InvalidQuestionsFile(f"{path}: holds no question; write one JSON object a line")
    return tuple(_fixed_question(path, number, line) for number, line in lines)


def _fixed_question(path: Path, number: int, line: str) -> FixedQuestion:
    def wrong(why: str) -> InvalidQuestionsFile:
        return InvalidQuestionsFile(f"{path}, line {number}: {why}")

    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise wrong(f"is no JSON object: {error}") from error
    if not isinstance(row, dict):
        raise wrong("is no JSON object")
    if unknown := sorted(set(row) - _KEYS):
        raise wrong(f"has an unknown key {unknown[0]!r}; known are {', '.join(sorted(_KEYS))}")
    if not isinstance(row.get("question"), str) or not row["question"].strip():
        raise wrong("'question' must be a string that is not blank")
    for key in _LISTS:
        if not _are_strings(row.get(key, [])):
            raise wrong(f"{key!r} must be a list of strings, none of them blank")
    groups = row.get("all_answers", [])
    if not isinstance(groups, list) or not all(group and _are_strings(group) for group in groups):
        raise wrong("'all_answers' must be a list of lists of strings, none of them empty or blank")
    if not isinstance(row.get("unanswerable", False), bool):
        raise wrong("'unanswerable' must be true or false")
    for key in _STRINGS:
        if not isinstance(row.get(key, ""), str):
            raise wrong(f"{key!r} must be a string")
    if [bool(row.get("answers")), bool(groups), row.get("unanswerable", False)].count(True) != 1:
        raise wrong("must have one of 'answers', 'all_answers' and 'unanswerable': true")
    independent = row.get("independent")
    if independent is not None and (isinstance(independent, bool) or not isinstance(independent, int)):
        raise wrong("'independent' must be a whole number")
    try:
        as_of = dt.date.fromisoformat(row["as_of"]) if "as_of" in row else None
    except (TypeError, ValueError) as error:
        raise wrong("'as_of' must be a date as YYYY-MM-DD") from error
    return FixedQuestion(
        question=row["question"],
        answers=(tuple(row["answers"]),) if row.get("answers") else tuple(map(tuple, groups)),
        sources=tuple(row.get("sources", ())),
        history=tuple(row.get("history", ())),
        kind=row.get("kind") or ("unanswerable" if row.get("unanswerable") else "answerable"),
        as_of=as_of,
        said_by=row.get("said_by") or None,
        not_answers=tuple(row.get("not_answers", ())),
        speaker=row.get("speaker", ""),
        statuses=tuple(row.get("statuses", ())),
        independent=independent,
    )


def _are_strings(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(item, str) and item.strip() for item in values)


def evaluate(
    desk: Desk, questions: Sequence[FixedQuestion], file: Path, progress: ProgressCallback | None = None
) -> Evaluation:
    """Asks ``desk`` every question and scores the answers; ``file`` is where the questions were loaded from.

    Every quote is read again from the file on disk. Raises what ``desk.ask`` raises.
    """
    desk.search(questions[0].question, limit=1)  # loads the model, so that it does not count as latency
    library = _Library(desk, file.parent)
    records = []
    for number, question in enumerate(questions):
        if progress is not None:
            progress(Progress("asking", number, len(questions), question.question))
        begun = time.perf_counter()
        answer = desk.ask(
            question.question,
            history=question.history,
            limit=LIMIT if len(question.answers) > 1 else 5,
            as_of=question.as_of,
            said_by=question.said_by,
        )
        seconds = time.perf_counter() - begun
        records.append(_record(question, answer, seconds, library))
    if progress is not None:
        progress(Progress("asking", len(questions), len(questions)))
    return summarise(file.as_posix(), records)


class _Library:
    """The documents of a desk as far as scoring needs them, each looked up once."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.folder = folder
        self._documents: dict[str, Document] = {}
        self._ids: dict[str, str | None] = {}

    def furniture(self, citation: Citation) -> bool:
        """Whether the quote overlaps a stretch marked as furniture."""
        document = self._documents.get(citation.document_id)
        if document is None:
            document = self._documents[citation.document_id] = self.desk.document(citation.document_id)
        return any(
            mark.kind == "furniture" and mark.start < citation.end and citation.start < mark.end
            for mark in document.marks
        )

    def ids(self, sources: Sequence[str]) -> frozenset[str]:
        """The ids of those of ``sources`` that are in the store; they are relative to the questions file."""
        for source in sources:
            if source not in self._ids:
                try:
                    self._ids[source] = self.desk.document(self.folder / source).id
                except UnknownDocument:
                    self._ids[source] = None
        return frozenset(found for source in sources if (found := self._ids[source]) is not None)


def _record(question: FixedQuestion, answer: Answer, seconds: float, library: _Library) -> Record:
    allowed = library.ids(question.sources) if question.sources else None
    held = [_held(question, citation, allowed) for citation in answer.citations]
    every = len(set[int]().union(*held)) == len(question.answers)
    ranks = (
        rank
        for rank, hit in enumerate(answer.hits, 1)
        if (allowed is None or hit.passage.document_id in allowed) and _stand_in(question.phrases, hit.passage.text)
    )
    short = answer.citations[0].short_answer if answer.citations else ""
    problems = (library.desk.check(citation) for citation in answer.citations)
    return Record(
        question=question.question,
        history=question.history,
        kind=question.kind,
        answerable=question.answerable,
        right=every and _else_right(question, answer) if question.answerable else not answer.found,
        first_right=bool(held) and bool(held[0]),
        found=answer.found,
        confidence=answer.confidence,
        hit_rank=next(ranks, None),
        highlight_f1=scores.token_f1(short, question.phrases) if short and question.answerable else None,
        quotes=tuple(citation.text for citation in answer.citations),
        sources=tuple(citation.source for citation in answer.citations),
        problems=tuple(problem for problem in problems if problem is not None),
        furniture=sum(library.furniture(citation) for citation in answer.citations),
        seconds=seconds,
    )


def _held(question: FixedQuestion, citation: Citation, allowed: frozenset[str] | None) -> set[int]:
    """Which groups of answers a quote holds, where it comes from an allowed source and the right speaker."""
    if allowed is not None and citation.document_id not in allowed:
        return set()
    if question.speaker:
        speaker = citation.speaker
        told = f"{speaker.name}\n{speaker.role}" if speaker else ""
        if fold(question.speaker) not in fold(told):
            return set()
    text = counted(citation.text)
    return {at for at, group in enumerate(question.answers) if _stand_in(group, text)}


def _else_right(question: FixedQuestion, answer: Answer) -> bool:
    """Whether an answer shows nothing that it must not, and its findings are as they must be."""
    if any(_stand_in(question.not_answers, citation.text) for citation in answer.citations):
        return False
    if not {finding.status for finding in answer.findings}.issuperset(question.statuses):
        return False
    if question.independent is None:
        return True
    return bool(answer.findings) and answer.findings[0].sources == question.independent


def _stand_in(phrases: Sequence[str], text: str) -> bool:
    return any(scores.stands_in(phrase, text) for phrase in phrases)


def counted(quote: str) -> str:
    """Returns the part of a quote that counts: three sentences of it and 400 characters at most."""
    spans = sentences(quote[: scores.QUOTE_CHARACTERS])[: scores.QUOTE_SENTENCES]
    return quote[: spans[-1][1]] if spans else ""


def summarise(file: str, records: Sequence[Record]) -> Evaluation:
    """Returns the scores of ``records``, the answers to the questions in ``file``."""
    answerable = [record for record in records if record.answerable]
    unanswerable = [record for record in records if not record.answerable]
    ranks = [record.hit_rank for record in answerable]
    marked = [record.highlight_f1 for record in answerable if record.highlight_f1 is not None]
    quotes = sum(len(record.quotes) for record in records)
    seconds = [record.seconds for record in records]
    return Evaluation(
        file=file,
        questions=len(records),
        right=_share(records, "right"),
        kinds=tuple(
            KindShare(kind, _share([record for record in records if record.kind == kind], "right"))
            for kind in sorted({record.kind for record in records})
        ),
        first_right=_share(answerable, "first_right"),
        hit_at_1=scores.share(scores.hit_at(ranks, 1), len(ranks)),
        hit_at_5=scores.share(scores.hit_at(ranks, 5), len(ranks)),
        mrr=scores.mean_reciprocal_rank(ranks),
        highlight_f1=sum(marked) / len(marked) if marked else 0.0,
        highlighted=len(marked),
        declined=scores.share(sum(not record.found for record in answerable), len(answerable)),
        answered=_share(unanswerable, "found"),
        calibration_error=scores.calibration_error(
            [record.confidence for record in records], [record.answerable for record in records]
        ),
        verbatim=scores.share(quotes - sum(len(record.problems) for record in records), quotes),
        furniture=sum(record.furniture for record in records),
        p50_ms=1000 * scores.percentile(seconds, 50),
        p95_ms=1000 * scores.percentile(seconds, 95),
        records=tuple(records),
    )


def _share(records: Sequence[Record], field: str) -> scores.Share:
    return scores.share(sum(bool(getattr(record, field)) for record in records), len(records))


def load_outcomes(path: Path) -> dict[tuple[str, ...], bool]:
    """Reads which questions an earlier ``askdesk eval --json`` had right, keyed by history and question.

    Raises InvalidQuestionsFile if the file is none of these.
    """
    try:
        rows: Any = json.loads(path.read_text(encoding="utf-8-sig"))["records"]
        outcomes = {(*row["history"], row["question"]): row["right"] for row in rows}
    except OSError as error:
        raise InvalidQuestionsFile(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InvalidQuestionsFile(f"{path}: is no result written by askdesk eval --json") from error
    if not all(isinstance(right, bool) for right in outcomes.values()):
        raise InvalidQuestionsFile(f"{path}: is no result written by askdesk eval --json")
    return outcomes


def compare(old: dict[tuple[str, ...], bool], new: Evaluation) -> Comparison:
    """Compares an earlier result with ``new``, question by question."""
    now = {(*record.history, record.question): record.right for record in new.records}
    shared = [key for key in now if key in old]
    better = tuple(key[-1] for key in shared if now[key] and not old[key])
    worse = tuple(key[-1] for key in shared if old[key] and not now[key])
    return Comparison(
        shared=len(shared),
        old_right=sum(old[key] for key in shared),
        new_right=sum(now[key] for key in shared),
        better=better,
        worse=worse,
        only_old=len(old.keys() - now.keys()),
        only_new=len(now.keys() - old.keys()),
        p_value=scores.sign_test(len(better), len(worse)),
    )
