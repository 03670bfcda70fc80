"""Are questions over several reports of one story answered rightly: disagreement, change, speakers, days, follow-ups?

    ASKDESK_BENCH=FOLDER python -m benchmarks.stories [--part PART] [--work FOLDER] [--json FILE]

``labels/stories-tune.jsonl`` and ``-report`` hold fixed questions on eight stories of news-dev each, mostly five
reports a story, as ``askdesk eval`` reads them, with the places of answers (``row``, ``start``, ``end``) instead of
their words. All reports are one collection. The questions were written by reading the reports; the report parts are for
reporting. ``-second`` are eight further stories each, with more questions about change and disagreement, written when
the first report part had been reported three times. The reader learned from other questions on some articles of
``tune-second``; nine questions on three of them had been written for ``report-second``.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from askdesk import Desk
from askdesk.evaluation import evaluate, load
from askdesk.printing import console, print_evaluation
from benchmarks.corpora import rows, write_article

LABELS = Path(__file__).parent / "labels"
PARTS = ("tune", "report", "tune-second", "report-second")


def collected(part: str, work: Path) -> Path:
    """Writes the reports of both parts below ``work``, and the questions of one beside them; returns their file.

    Raises ValueError where a report is not the one that the questions were written on.
    """
    lines = {one: (LABELS / f"stories-{one}.jsonl").read_text("utf-8").splitlines() for one in PARTS}
    held = {one: [json.loads(line) for line in own] for one, own in lines.items()}
    shas = {place["row"]: place["sha"] for own in held.values() for row in own for place in places(row)}
    documents = {at: row for at, row in enumerate(rows("news-dev-documents")) if at in shas}
    (work / "documents").mkdir(parents=True, exist_ok=True)
    for at, row in documents.items():
        if hashlib.sha256(row["text"].encode()).hexdigest()[:12] != shas[at]:
            raise ValueError(f"row {at} is not the report that its questions were written on")
        write_article(row, work / "documents")
    file = work / f"{part}.jsonl"
    questions = [json.dumps(worded(row, documents), ensure_ascii=False) for row in held[part]]
    file.write_text("\n".join(questions) + "\n", encoding="utf-8")
    return file


def places(value: Any) -> list[dict[str, Any]]:
    """Returns all places in a question."""
    if isinstance(value, dict):
        return [value] if "row" in value else [one for held in value.values() for one in places(held)]
    return [one for held in value for one in places(held)] if isinstance(value, list) else []


def worded(value: Any, documents: dict[int, dict[str, Any]]) -> Any:
    """Returns a question with the words that stand at its places."""
    if isinstance(value, dict):
        if "row" in value:
            return documents[value["row"]]["text"][value["start"] : value["end"]]
        return {key: worded(held, documents) for key, held in value.items()}
    return [worded(held, documents) for held in value] if isinstance(value, list) else value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS, default="report")
    parser.add_argument("--work", type=Path, default=Path(".cache/bench/stories"))
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    file = collected(given.part, given.work)
    with Desk(given.work / "store") as desk:
        desk.index(given.work / "documents")
        found = evaluate(desk, load(file), file)
    if given.json:
        given.json.write_text(json.dumps(dataclasses.asdict(found), ensure_ascii=False, default=str), encoding="utf-8")
    print_evaluation(console(sys.stdout), found)


if __name__ == "__main__":
    main()
