"""How well spellings of names are brought together, on news-dev: groups right, pairs met, answers found.

    ASKDESK_BENCH=FOLDER python -m benchmarks.names [--work FOLDER]

``labels/names.jsonl`` holds groups drawn at random from those learned on all documents and judged by reading (``draw``
1: from the first rules, of groups that the even rows alone did not give, before any change; ``draw`` 2: from the rules
as they are, of all others), pairs of true variants found by reading even rows (``apart``: each stands in a document
without the other), and questions on odd rows in which a name was put in its other spelling.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import time
from pathlib import Path
from typing import Any

from askdesk.names import Named, Table, abbreviations, learn, mentions, table, variants
from askdesk.names.keys import searched
from askdesk.scores import hit_at, share
from benchmarks import corpora
from benchmarks.stores import stored

LABELS = Path(__file__).parent / "labels" / "names.jsonl"
DEPTHS = (1, 5, 10)
_DEPTH = 50


def labels(kind: str) -> list[dict[str, Any]]:
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    return [label for label in map(json.loads, lines) if label["kind"] == kind]


def shown(name: str, count: int, of: int) -> str:
    part = share(count, of)
    return f"{name}: {count} of {of} = {part.share:.3f} [{part.low:.3f}, {part.high:.3f}]"


def met(one: str, other: str, groups: Table) -> bool:
    """Whether a question with ``one`` finds ``other``: by the keyword index alone, or as a variant."""
    if searched(one) == searched(other):
        return True
    found = variants(one, groups)
    return any(
        name.start == 0 and name.end == len(one) and searched(other) in map(searched, name.others) for name in found
    )


def ranks(groups: Table, texts: list[dict[str, Any]], work: Path) -> tuple[list[int | None], list[int | None]]:
    """The rank of the right document in the keyword ranking for each labelled question, without and with variants."""
    source = stored(corpora.news("tune"), work)
    without: list[int | None] = []
    with_variants: list[int | None] = []
    for label in labels("question"):
        row, question = texts[label["row"]], label["question"]
        sha = hashlib.sha256(row["text"].encode()).hexdigest()[:12]
        if sha != label["sha"]:
            raise ValueError(f"row {label['row']} is not the text that was labelled")
        right = source.ids[row["doc_id"]]
        for found, names in ((without, ()), (with_variants, variants(question, groups))):
            ids = [id for id, _ in source.snapshot.matching(question, _DEPTH, None, names)]
            passages = source.snapshot.passages(ids)
            found.append(next((at for at, id in enumerate(ids, 1) if passages[id].document_id == right), None))
    return without, with_variants


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path(".cache/bench"))
    given = parser.parse_args()
    texts = list(corpora.rows("news-dev-documents"))
    begun = time.process_time()
    documents = [Named(mentions(row["text"]), abbreviations(row["text"])) for row in texts]
    read = time.process_time() - begun
    begun = time.process_time()
    learned = learn(documents)
    took = time.process_time() - begun
    print(f"{len(texts)} documents read in {1000 * read / len(texts):.2f} ms each; {took:.1f} s to learn")
    print(f"{len(learned)} groups; names of a document: {statistics.mean(len(one.names) for one in documents):.0f}")
    held = {frozenset(group) for group in learned}
    for draw in (1, 2):
        judged = [label for label in labels("group") if label["draw"] == draw]
        kept = [label for label in judged if frozenset(label["names"]) in held]
        print(shown(f"right groups, draw {draw}", sum(label["right"] for label in judged), len(judged)))
        print(shown("  of those learned now", sum(label["right"] for label in kept), len(kept)))
    groups = table(learned)
    pairs = labels("pair")
    for name, some in (("pairs met", pairs), ("  of those apart", [pair for pair in pairs if pair["apart"]])):
        print(shown(name, sum(met(*pair["names"], groups) for pair in some), len(some)))
    for name, ranked in zip(("without", "with variants"), ranks(groups, texts, given.work), strict=True):
        for depth in DEPTHS:
            print(shown(f"right document at {depth}, {name}", hit_at(ranked, depth), len(ranked)))


if __name__ == "__main__":
    main()
