"""How rightly values are read in news, against labels made by hand.

``python -m benchmarks.values`` prints the share of labelled expressions read rightly, by kind, with its 95 % interval;
it needs the folder of the public question sets in the variable ASKDESK_BENCH. With ``--show`` it also lists every
expression that was read otherwise.

The labels (``benchmarks/labels/values.jsonl``) are matches of a broad pattern in the odd rows of news-dev, drawn with a
fixed seed. Draw 1: 310 of numerals, number words and ordinals, 60 of bound words; draw 2, made after the rules were
last changed: 170 of numerals, number words and ordinals. ``start`` and ``end`` hold the number without
bound, unit and noun. A label of kind null says that there is no value, by the conventions that head
``askdesk/values``; it is right if no value meets its span. Any other is right if a value covers it and has its kind,
bound, unit, low and high.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from askdesk.scores import share
from askdesk.values import Value, values
from benchmarks.corpora import rows

LABELS = Path(__file__).parent / "labels" / "values.jsonl"


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled expression and the values that were read where it stands."""

    label: dict[str, Any]
    read: tuple[Value, ...]
    around: str

    @property
    def kind(self) -> str:
        return self.label["kind"] or "no value"

    @property
    def right(self) -> bool:
        return any(map(self._is_read_by, self.read)) if self.label["kind"] else not self.read

    def _is_read_by(self, value: Value) -> bool:
        label = self.label
        return (
            value.start <= label["start"]
            and label["end"] <= value.end
            and (value.kind, value.bound, value.unit) == (label["kind"], label["bound"], label["unit"])
            and _same(value.low, label["low"])
            and _same(value.high, label["high"])
        )


def _same(read: float | None, labelled: float | None) -> bool:
    if read is None or labelled is None:
        return read is labelled
    return math.isclose(read, labelled, rel_tol=1e-4)


def cases() -> Iterator[Case]:
    """Yields every label with what is read there. Raises SystemExit where a row is not the text that was labelled."""
    labels: dict[int, list[dict[str, Any]]] = {}
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        labels.setdefault(label["row"], []).append(label)
    for number, row in enumerate(rows("news-dev-documents")):
        if number not in labels:
            continue
        text = row["text"]
        sha = hashlib.sha256(text.encode()).hexdigest()[:12]
        found = values(text)
        for label in labels[number]:
            if label["sha"] != sha:
                raise SystemExit(f"row {number} of news-dev-documents is not the text that was labelled")
            start, end = label["start"], label["end"]
            read = tuple(value for value in found if value.start < end and start < value.end)
            yield Case(label, read, f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 40]}")


def main() -> None:
    show = "--show" in sys.argv[1:]
    found = tuple(cases())
    for draw in (1, 2):
        print(f"draw {draw}")
        _print_draw([case for case in found if case.label["draw"] == draw], show)


def _print_draw(found: list[Case], show: bool) -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for case in found:
        for kind in (case.kind, "all") if case.kind == "no value" else (case.kind, "all values", "all"):
            total[kind] += 1
            right[kind] += case.right
        if show and not case.right:
            label = {key: case.label.get(key) for key in ("row", "start", "kind", "low", "high", "bound", "unit")}
            print(f"    {case.around!r}\n      wanted {label}\n      read   {case.read}")
    for kind in sorted(total, key=lambda kind: (kind.startswith("all"), kind)):
        measured = share(right[kind], total[kind])
        print(
            f"{kind:10} {measured.count:3} of {measured.of:3} = {measured.share:.3f} "
            f"({measured.low:.3f} to {measured.high:.3f})"
        )


if __name__ == "__main__":
    main()
