"""How well near-copies are told: labelled pairs of news articles, made pairs, and the time and space they take.

``python -m benchmarks.copies`` needs the folder of the public sets in the variable ASKDESK_BENCH. It prints precision
and recall on both halves of the labels and of the made pairs, then what an index of all articles finds; with
``--speed`` also time and size for 100,000 documents and for ten thousand copies of one text.

The labels (``labels/copies.jsonl``) are 233 pairs of the 2,507 articles: all pairs of which 0.3 or more of the shorter
text's five-word sequences stand in the other (of identical texts ten), and samples of those below. They were split at
random, linked pairs together, and labelled by reading before this code was run on the report half. A copy is an
edition, reprint or update: most of the shorter text's own sentences stand in the other, word for word or nearly;
galleries, forms, lists of links and issues of a newsletter do not make one. That galleries must be left out was seen
while both halves were read: with them in, precision on the real report pairs is 28 of 49.

Made pairs: six kinds of edit of real articles, and as no copies articles that take a passage over from another.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from askdesk.copies import BANDS, KEPT, SHARED, bands, groups, is_copy, sentence_keys, signature
from askdesk.ledger import Ledger
from askdesk.reading import read
from askdesk.scores import Share, share
from askdesk.text import Span, sentences
from askdesk.types import Reading
from benchmarks.corpora import rows

LABELS = Path(__file__).parent / "labels" / "copies.jsonl"
HALVES = ("tune", "report")
OF_A_KIND = 40
# As ``collection.Writer`` has it.
COMPARED = 8
# Of the made index: what documents share that are none of each other's copies, far more than real ones do, and what
# a copy keeps of its original.
ALIKE, EDITED = 0.2, 0.65

Edit = Callable[[random.Random, str, str], str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair with its kind, whether it is a copy, and whether the code finds it by its keys and takes it for one."""

    kind: str
    copy: bool
    found: bool


def judged(kind: str, copy: bool, one: bytes, other: bytes) -> Judged:
    shared = len(set(bands(one)) & set(bands(other)))
    return Judged(kind, copy, shared >= SHARED and is_copy(one, other))


def precision(pairs: Iterable[Judged]) -> Share:
    found = [pair for pair in pairs if pair.found]
    return share(sum(pair.copy for pair in found), len(found))


def recall(pairs: Iterable[Judged]) -> Share:
    copies = [pair for pair in pairs if pair.copy]
    return share(sum(pair.found for pair in copies), len(copies))


def labels() -> list[dict[str, Any]]:
    return [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]


def furniture(text: str) -> tuple[Span, ...]:
    if not text.strip():
        return ()
    return tuple((mark.start, mark.end) for mark in read(text.encode(), "a.txt").marks if mark.kind == "furniture")


def real(half: str, texts: Sequence[str], signatures: Sequence[bytes]) -> list[Judged]:
    """Returns the labelled pairs of a half. Raises ValueError where the texts are not those that were labelled."""
    pairs = []
    for label in labels():
        one, other = label["row_a"], label["row_b"]
        for row, sha in ((one, label["sha_a"]), (other, label["sha_b"])):
            if hashlib.sha256(texts[row].encode()).hexdigest()[:12] != sha:
                raise ValueError(f"row {row} is not the text that was labelled")
        if label["half"] == half:
            kind = "the same text" if texts[one] == texts[other] else "real"
            pairs.append(judged(kind, label["copy"], signatures[one], signatures[other]))
    return pairs


def made(half: str, texts: Sequence[str]) -> list[Judged]:
    """Returns made pairs from the even rows (``tune``) or the odd ones (``report``), the same at every run."""
    chance = random.Random(f"copies {half}")
    of_half = [text for row, text in enumerate(texts) if (row % 2 == 0) == (half == "tune")]
    pool = [text for text in of_half if 1_500 < len(text) < 11_900 and len(sentences(text)) >= 10]
    pairs = []
    for name, edit, copy in EDITS:
        for _ in range(OF_A_KIND):
            text, other = chance.sample(pool, 2)
            changed = edit(chance, text, other)
            pairs.append(judged(name, copy, signature(text, furniture(text)), signature(changed, furniture(changed))))
    return pairs


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]


def _cut(chance: random.Random, text: str, other: str) -> str:
    paragraphs = _paragraphs(text)
    return "\n\n".join(paragraphs[: max(2, round(len(paragraphs) * chance.uniform(0.3, 0.5)))])


def _thin(chance: random.Random, text: str, other: str) -> str:
    paragraphs = _paragraphs(text)
    return "\n\n".join([paragraphs[0], *(paragraph for paragraph in paragraphs[1:] if chance.random() > 0.4)])


def _replace(chance: random.Random, text: str, other: str) -> str:
    others = [other[start:end] for start, end in sentences(other)]
    own = [text[start:end] for start, end in sentences(text)]
    return " ".join(chance.choice(others) if chance.random() < 0.25 else sentence for sentence in own)


def _append(chance: random.Random, text: str, other: str) -> str:
    own, others = _paragraphs(text), _paragraphs(other)
    added = others[: max(1, round(len(own) * chance.uniform(0.4, 0.8)))]
    return "\n\n".join([added[0], *own, *added[1:]])


def _outlet(chance: random.Random, text: str, other: str) -> str:
    first, *rest = _paragraphs(text)
    lines = ["By a writer of the Orsa Post", f"ORSA (Northern Wire) — {first}", *rest]
    return "\n\n".join([*lines, "Read more from the Orsa Post. Sign up for our morning letter."])


def _words(chance: random.Random, text: str, other: str) -> str:
    others = other.split()
    return " ".join(chance.choice(others) if chance.random() < 0.08 else word for word in text.split(" "))


def _quote(chance: random.Random, text: str, other: str) -> str:
    """Another article that takes a passage over: at most a quarter of either."""
    first, *rest = _paragraphs(other)
    start = chance.randrange(len(text) // 2)
    return "\n\n".join([first, text[start : start + min(len(text), len(other)) // 4], *rest])


EDITS: tuple[tuple[str, Edit, bool], ...] = (
    ("first paragraphs only", _cut, True),
    ("two fifths of paragraphs dropped", _thin, True),
    ("a quarter of sentences replaced", _replace, True),
    ("new lead and paragraphs added", _append, True),
    ("outlet's lines changed", _outlet, True),
    ("one word in twelve changed", _words, True),
    ("a passage taken over", _quote, False),
)


class Index:
    """A ledger in ``folder`` that documents are put into as ``collection.Writer`` does, with their texts left out."""

    def __init__(self, folder: Path) -> None:
        self.ledger = Ledger(folder, write=True)
        self.compared = 0
        self.seconds: list[float] = []

    def add(self, name: str, one: bytes) -> list[int]:
        """Puts a document in and returns the numbers of the copies found."""
        number = self.ledger.stage(Path("/", name), name, "", Reading(""), name, ())
        begun = time.process_time()
        keys = bands(one)
        near = self.ledger.sharing(keys, SHARED, COMPARED)
        self.compared += len(near)
        found = [other for other, theirs in near if is_copy(one, theirs)]
        self.ledger.link(number, one, keys, found)
        self.seconds.append(time.process_time() - begun)
        return found

    def size(self) -> int:
        """Closes the ledger and returns its bytes, those of the documents' own rows (some 250 each) among them."""
        self.ledger.commit_staged()
        self.ledger.close()
        return self.ledger.file.stat().st_size


def _print(name: str, pairs: Sequence[Judged]) -> None:
    for what, figure in (("precision", precision(pairs)), ("recall", recall(pairs))):
        print(
            f"  {name:38} {what:9} {figure.count:3} of {figure.of:3} = {figure.share:.3f} "
            f"({figure.low:.3f} to {figure.high:.3f})"
        )


def _print_whole(texts: Sequence[str], signatures: Sequence[bytes]) -> None:
    """All pairs that an index of all articles groups, against the labels of those that are labelled."""
    links = []
    with TemporaryDirectory() as folder:
        index = Index(Path(folder))
        for row, sketch in enumerate(signatures):
            # In an empty ledger the rows are numbered from 1.
            links += [(f"{other - 1:04}", f"{row:04}") for other in index.add(f"{row:04}", sketch)]
        size = index.size()
    found = {pair for group in groups(links) for pair in _pairs(group)}
    told = {(f"{min(a, b):04}", f"{max(a, b):04}"): copy for a, b, copy in _told()}
    same = sum(texts[int(one)] == texts[int(other)] for one, other in found)
    known = [told[pair] for pair in found if pair in told]
    print(
        f"  all {len(texts)} articles: {len(links)} links, {len(groups(links))} groups, the largest of "
        f"{max(map(len, groups(links)))}; {len(found)} pairs in groups, {same} of them the same text"
    )
    print(f"  labelled among these: {len(known)}, copies {sum(known)} of {sum(told.values())} labelled as copies")
    print(f"  {sum(index.seconds):.2f} s, {index.compared} comparisons, {size / len(texts):.0f} bytes a document")


def _pairs(group: Sequence[str]) -> Iterable[tuple[str, str]]:
    return ((one, other) for at, one in enumerate(group) for other in group[at + 1 :])


def _told() -> Iterable[tuple[int, int, bool]]:
    return ((label["row_a"], label["row_b"], label["copy"]) for label in labels())


def _print_speed(texts: Sequence[str], signatures: Sequence[bytes]) -> None:
    some = texts[:200]
    for name, work in (("signature", signature), ("sentence_keys", sentence_keys)):
        begun = time.process_time()
        for text in some:
            work(text)
        print(f"  {name}: {(time.process_time() - begun) / len(some) * 1e3:.2f} ms an article")
    _print_index("100,000 documents, every hundredth a copy", signatures, 100_000, ALIKE)
    _print_index("10,000 copies of one text", signatures[:1], 10_000, 0.9)


def _print_index(name: str, signatures: Sequence[bytes], count: int, alike: float) -> None:
    """Fills an index with variants of the signatures that keep ``alike`` of them; every hundredth is a copy of an
    earlier one that keeps ``EDITED``."""
    chance = random.Random("speed")
    seen: list[bytes] = []
    linked = planted = 0
    with TemporaryDirectory() as folder:
        index = Index(Path(folder))
        for number in range(count):
            copy = number % 100 == 99
            sketch = _edited(chance, *((chance.choice(seen), EDITED) if copy else (chance.choice(signatures), alike)))
            found = index.add(f"{number:06}", sketch)
            seen.append(sketch)
            linked += bool(found)
            planted += copy and bool(found)
        size = index.size()
    tenth = count // 10
    first, last = (sum(part) / tenth * 1e3 for part in (index.seconds[:tenth], index.seconds[-tenth:]))
    print(
        f"  {name}: {sum(index.seconds):.1f} s, {first:.2f} ms each in the first tenth and {last:.2f} ms in the last, "
        f"{index.compared / count:.1f} comparisons each, {linked} linked, {planted} of {count // 100} edited ones "
        f"found, {size / 2**20:.0f} MiB"
    )


def _edited(chance: random.Random, one: bytes, keep: float) -> bytes:
    """The signature of a text of the same length that keeps this share of the words of another."""
    theirs = [int.from_bytes(one[at : at + 4], "little") for at in range(0, len(one), 4)]
    hashes = {value for value in theirs if chance.random() < keep}
    while len(hashes) < len(theirs):
        hashes.add(chance.randrange(theirs[-1]))
    return b"".join(value.to_bytes(4, "little") for value in sorted(hashes))


def main() -> None:
    texts = [row["text"] for row in rows("news-dev-documents")]
    signatures = [signature(text, furniture(text)) for text in texts]
    for half in HALVES:
        print(half)
        pairs = real(half, texts, signatures)
        _print("real pairs, identical ones left out", [pair for pair in pairs if pair.kind == "real"])
        changed = made(half, texts)
        _print("made pairs", changed)
        _print("both", [*(pair for pair in pairs if pair.kind == "real"), *changed])
        for kind, _, copy in EDITS:
            found = sum(pair.found for pair in changed if pair.kind == kind)
            print(f"    {kind:36} {'found' if copy else 'wrongly taken'} {found} of {OF_A_KIND}")
    print(f"index, {BANDS} keys and {KEPT} hashes a document")
    _print_whole(texts, signatures)
    if "--speed" in sys.argv[1:]:
        _print_speed(texts, signatures)


if __name__ == "__main__":
    main()
