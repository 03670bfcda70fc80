"""What findings make of quotes: whether the figure is one of what is asked, and whether a dispute is one.

``python -m benchmarks.findings`` prints shares for the tuning and the report part; it needs the folder of the public
question sets in the variable ASKDESK_BENCH. With ``--show`` it also lists what the tuning part gets wrong.

``labels/findings.jsonl`` holds quotes that askdesk gave for questions for a number (those of ``benchmarks/stories.py``
and of ``written`` and ``kinds`` in ``benchmarks/written.py``, part by part), as offsets into a row of news-dev:
``highlight`` is the short answer that was marked, ``answer`` by reading the figure of what is asked, of the very thing
that is asked for, null where the quote has none. Answers of one question have the same ``group`` where they measure the
same quantity at the same moment: there, and there alone, two figures that differ are a contradiction.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from askdesk.citing import cite
from askdesk.embedding import open_embedder
from askdesk.findings import Cosine, findings
from askdesk.marking import marked
from askdesk.questions import asked
from askdesk.scores import Share, share
from askdesk.types import Citation, Document, Finding, Reading
from askdesk.values import agree, shown, values
from benchmarks.corpora import rows

LABELS = Path(__file__).parent / "labels" / "findings.jsonl"
APART = ("disputed", "changed")


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its quotes, best first, their labels, and the findings that they make."""

    question: str
    quotes: tuple[Citation, ...]
    labels: tuple[dict[str, Any], ...]
    findings: tuple[Finding, ...]
    cosine: Cosine

    def finding(self, at: int) -> Finding | None:
        """Returns the finding in which a quote stands."""
        return next((one for one in self.findings if self.quotes[at] in one.citations), None)

    def answer(self, at: int) -> str | None:
        """Returns the labelled figure of a quote in its normal form, None where it has none."""
        span = self.labels[at]["answer"]
        if span is None:
            return None
        start = self.quotes[at].start
        text = self.quotes[at].text[span[0] - start : span[1] - start]
        return next((shown(value) for value in values(text)), text)

    def is_right(self, at: int) -> bool:
        """Whether the value that findings see in a quote is the labelled one, whatever is counted with it."""
        finding = findings(asked(self.question), [self.quotes[at]], {}, self.cosine)
        answer = self.answer(at)
        if not finding or answer is None:
            return False
        return _figures(finding[0].value) == _figures(answer)

    def is_contradicted(self, at: int) -> bool:
        """Whether another quote gives another figure of the same, by the labels."""
        own = self.labels[at]["group"]
        return own is not None and any(
            label["group"] == own and not _can_both_hold(self.answer(at), self.answer(other))
            for other, label in enumerate(self.labels)
            if other != at
        )


def _figures(text: str) -> tuple[tuple[float | None, float | None], ...]:
    return tuple((value.low, value.high) for value in values(text)[:1])


def _can_both_hold(one: str | None, other: str | None) -> bool:
    mine, others = values(one or ""), values(other or "")
    if not mine or not others:
        return one == other
    return agree(mine[0], others[0])


def cases(part: str) -> list[Case]:
    """Returns the labelled questions of ``"tune"`` or ``"report"``.

    Raises ValueError where a text is not the labelled one.
    """
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    labels = [label for label in map(json.loads, lines) if label["part"] == part]
    wanted = {label["row"] for label in labels}
    held = {at: _document(at, row) for at, row in enumerate(rows("news-dev-documents")) if at in wanted}
    embedder = open_embedder(None)

    @functools.cache
    def cosine(one: str, other: str) -> float:
        two = embedder.embed([one, other])
        return float(two[0] @ two[1])

    return [_case(question, tuple(own), held, cosine) for question, own in groupby(labels, lambda one: one["question"])]


def _case(question: str, labels: Sequence[dict[str, Any]], held: dict[int, Document], cosine: Cosine) -> Case:
    quotes = tuple(_quote(label, held[label["row"]]) for label in labels)
    return Case(question, quotes, tuple(labels), findings(asked(question), quotes, {}, cosine), cosine)


def _quote(label: dict[str, Any], document: Document) -> Citation:
    if hashlib.sha256(document.text.encode()).hexdigest()[:12] != label["sha"]:
        raise ValueError(f"row {label['row']} of news-dev is not the text that was labelled")
    span = label["start"], label["end"]
    highlight = tuple((low, high) for low, high in label["highlight"])
    return cite(document, span, highlight[0] if highlight else span, highlight, label["score"], ())


def _document(at: int, row: dict[str, Any]) -> Document:
    published = dt.date.fromisoformat(row["date"].replace("/", "-")[:10]) if row["date"] else None
    reading = marked(Reading(row["text"], title=row["title"] or "", published=published))
    return Document(
        id=str(at),
        sha256="",
        source=f"news{at}",
        title=row["title"] or "",
        publisher=None,
        published=published,
        updated=None,
        url=None,
        passages=1,
        text=reading.text,
        marks=reading.marks,
    )


def main() -> None:
    for part in ("tune", "report"):
        found = cases(part)
        places = [(case, at) for case in found for at in range(len(case.quotes))]
        given = [(case, at) for case, at in places if case.finding(at) is not None]
        answered = [(case, at) for case, at in places if case.labels[at]["answer"] is not None]
        contradicted = [(case, at) for case, at in places if case.is_contradicted(at)]
        apart = [(case, at) for case, at in given if _status(case, at) in APART]
        print(f"{part}: {len(found)} questions, {len(places)} quotes")
        _print("figures given that are of what is asked", [case.is_right(at) for case, at in given])
        _print(
            "figures of what is asked that are given",
            [case.is_right(at) and (case, at) in given for case, at in answered],
        )
        _print("called disputed or changed that are", [case.is_contradicted(at) for case, at in apart])
        _print("contradicted that are called so", [_status(case, at) in APART for case, at in contradicted])
        print("  statuses:", dict(Counter(one.status for case in found for one in case.findings)))
        if part == "tune" and "--show" in sys.argv[1:]:
            _show(given)


def _status(case: Case, at: int) -> str:
    finding = case.finding(at)
    return finding.status if finding else ""


def _print(name: str, outcomes: Sequence[bool]) -> None:
    measured: Share = share(sum(outcomes), len(outcomes))
    print(
        f"  {name:40} {measured.count:3} of {measured.of:3} = {measured.share:.3f} "
        f"({measured.low:.3f} to {measured.high:.3f})"
    )


def _show(given: Sequence[tuple[Case, int]]) -> None:
    for case, at in given:
        finding = case.finding(at)
        wrong = _status(case, at) in APART and not case.is_contradicted(at)
        if finding and (wrong or not case.is_right(at)):
            words = " ".join(case.quotes[at].text.split())
            print(f"    {case.question}\n      {finding.value} ({finding.status}), labelled {case.answer(at)}: {words}")


if __name__ == "__main__":
    main()
