"""How well follow-ups are understood: quotes found for our own ones, and passages found for those of people.

    python -m benchmarks.conversation [--part build|unseen] [--show]
    ASKDESK_BENCH=FOLDER python -m benchmarks.conversation --public even|odd|all [--work FOLDER] [--show]

The first asks the questions of ``followups.jsonl`` over the sample documents and those in ``followups/`` (an invented
town's tram, an invented dairy), each behind its earlier questions, which are asked first; right is a quote that holds
the answer. It compares history as Answers, history as questions only, and no history. The second takes answerable turns
of mtrag that have a turn before them, over a store of all passages that its rows hold: the rank of the first passage of
a right document, for askdesk's question that stands alone, for the last question as it is, and for all questions
joined. Differences are given with the 95 % interval of a paired bootstrap. Rules were made on the ``build`` part and on
even rows.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from askdesk import Answer, Desk
from askdesk.conversation import standalone
from askdesk.retrieval import retrieve
from askdesk.scores import share, stands_in
from benchmarks.corpora import Corpus, Source, rows
from benchmarks.retrieval import MEASURES, first, interval, is_right
from benchmarks.stores import stored

HERE = Path(__file__).parent
DEPTH = 10
WAYS = ("answers", "questions", "none")


def own(part: str, show: bool) -> None:
    """Prints the share of our own follow-ups of ``part`` with a right quote, for each form of history."""
    lines = (HERE / "followups.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [row for row in map(json.loads, lines) if row["part"] == part]
    right: dict[str, list[bool]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory() as folder, Desk(Path(folder) / "store") as desk:
        desk.index([HERE.parent / "seeds", HERE / "followups"])
        for row in asked:
            earlier: list[Answer] = []
            for question in row["history"]:
                earlier.append(desk.ask(question, earlier))
            histories: tuple[Sequence[str | Answer], ...] = (earlier, row["history"], ())
            for way, history in zip(WAYS, histories, strict=True):
                answer = desk.ask(row["question"], history)
                held = any(stands_in(one, quote.text) for one in row["answers"] for quote in answer.citations)
                right[way].append(held)
                if show and way != "none":
                    print("+" if held else "-", way[0], row["history"], "|", row["question"])
                    print("      ", answer.standalone_question)
                    if not held:
                        print("      ", [quote.text for quote in answer.citations[:2]] or answer.reason)
    for way, found in right.items():
        print(f"{part}, history as {way}: {_said(found)}")


def public(parity: str, work: Path, show: bool) -> None:
    """Prints hit@5 of mtrag's answerable later turns, of ``even``, ``odd`` or ``all`` rows, and the differences."""
    texts: dict[str, str] = {}
    asked: list[tuple[list[str], frozenset[str]]] = []
    for number, row in enumerate(rows("conversation-dev-mtrag")):
        for context in row["contexts"]:
            texts.setdefault(context["document_id"], context["text"])
        questions = [turn["text"] for turn in row["input"] if turn["speaker"] == "user"]
        is_in = parity == "all" or number % 2 == (parity == "odd")
        if row["answerability"] == ["ANSWERABLE"] and len(questions) > 1 and is_in:
            asked.append((questions, frozenset(context["document_id"] for context in row["contexts"])))
    source = stored(Corpus("mtrag", tuple(Source(key, "", text) for key, text in texts.items()), ()), work)
    ways: dict[str, Callable[[list[str]], str]] = {
        "askdesk": lambda questions: standalone(questions[-1], questions[:-1]),
        "last alone": lambda questions: questions[-1],
        "all joined": " ".join,
    }
    found: dict[str, list[int]] = {way: [] for way in ways}
    for questions, keys in asked:
        right = {source.ids[key] for key in keys}
        for way, made in ways.items():
            text = made(questions)
            hits = retrieve(source.snapshot, text, source.embedder.embed([text])[0], DEPTH, None)
            found[way].append(first(is_right(hit.passage, hit.also_in, right, None) for hit in hits))
        if show:
            signs = " ".join(f"{found[way][-1]:2}" for way in ways)
            print(signs, " || ".join(questions[-4:]), "\n        ", ways["askdesk"](questions))
    print(f"mtrag {parity}, {len(asked)} questions")
    for name, of in MEASURES.items():
        scores = {way: of(np.array(ranks)) for way, ranks in found.items()}
        print(f"  {name}:", ", ".join(f"{way} {held.mean():.3f}" for way, held in scores.items()))
        for other in ("last alone", "all joined"):
            difference = scores["askdesk"] - scores[other]
            low, high = interval(difference)
            print(f"    askdesk - {other}: {difference.mean():+.3f} [{low:+.3f}, {high:+.3f}]")
    for way, ranks in found.items():
        print(f"  hit@5, {way}: {_said([0 < rank <= 5 for rank in ranks])}")


def _said(found: Sequence[bool]) -> str:
    of = share(sum(found), len(found))
    return f"{of.count} of {of.of}, {of.share:.3f} [{of.low:.3f}, {of.high:.3f}]"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=["build", "unseen"], default="unseen")
    parser.add_argument("--public", choices=["even", "odd", "all"])
    parser.add_argument("--work", type=Path, default=Path(".cache/bench"))
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    if given.public:
        public(given.public, given.work, given.show)
    else:
        own(given.part, given.show)


if __name__ == "__main__":
    main()
