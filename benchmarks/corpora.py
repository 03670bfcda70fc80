"""Public question sets as small collections: documents, questions, and what would be a right passage or sentence.

The folder is named by the variable ASKDESK_BENCH. Every set is split once, by a hash of what groups its questions:
the ``tune`` part is for choosing, the ``report`` part is looked at only to report.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """One document of a set; ``key`` is unique in it."""

    key: str
    title: str
    text: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: the keys of the documents that answer it and the answers as strings (empty: not answered)."""

    question: str
    keys: frozenset[str]
    answers: tuple[str, ...]
    answerable: bool = True


@dataclass(frozen=True, slots=True)
class Corpus:
    name: str
    sources: tuple[Source, ...]
    asked: tuple[Asked, ...]


def folder() -> Path:
    """Returns the folder of the public data. Raises SystemExit with what to do when it is not set."""
    where = os.environ.get("ASKDESK_BENCH")
    if not where:
        raise SystemExit("set ASKDESK_BENCH to the folder of the public question sets")
    return Path(where)


def rows(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(folder() / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def write_article(row: dict[str, Any], folder: Path) -> None:
    """Writes an article of news-dev as a file of text, with its title and day as front matter."""
    head = f"---\ntitle: {row['title'] or ''}\npublished: {(row['date'] or '').replace('/', '-')}\n---\n"
    (folder / f"{row['doc_id']}.txt").write_text(head + row["text"], encoding="utf-8")


def part(key: str) -> float:
    """Returns a number in [0, 1) that depends on ``key`` alone, to split by."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big") / 2**48


def squad11(which: str) -> Corpus:
    """Paragraphs of SQuAD 1.1 articles: a tenth of the titles to report on, another to tune on, the rest to train."""
    low, high = {"report": (0.0, 0.1), "tune": (0.1, 0.2), "train": (0.2, 1.0)}[which]
    sources, asked = [], []
    for number, row in enumerate(rows("reader-train-squad11")):
        if low <= part(row["title"]) < high:
            key = f"p{number}"
            sources.append(Source(key, row["title"].replace("_", " "), row["context"]))
            for question in row["questions"]:
                answer = row["context"][question["start"] : question["end"]]
                asked.append(Asked(question["question"], frozenset([key]), (answer,)))
    return Corpus(f"squad11 {which}", tuple(sources), tuple(asked))


def squad20_part(title: str) -> str:
    """Returns the part that a title of the SQuAD 2.0 set is in: of 18, four are to report on and two to tune on."""
    at = part("squad20 " + title)
    return "report" if at < 0.2 else "train" if at < 0.7 else "tune"


def squad20(which: str) -> Corpus:
    """The part of SQuAD 2.0 with near misses, written by people for paragraphs that do not answer them."""
    sources, asked = [], []
    for number, row in enumerate(rows("reader-train-squad20-part")):
        if squad20_part(row["title"]) == which:
            key = f"p{number}"
            sources.append(Source(key, row["title"].replace("_", " "), row["context"]))
            for question in row["questions"]:
                answers = tuple(row["context"][a["start"] : a["end"]] for a in question["answers"])
                answerable = bool(question["answerable"])
                keys = frozenset([key] if answerable else [])
                asked.append(Asked(question["question"], keys, answers if answerable else (), answerable))
    return Corpus(f"squad20 {which}", tuple(sources), tuple(asked))


def qed(which: str) -> Corpus:
    """Natural Questions with one paragraph each; all paragraphs are the collection, half of the questions a part."""
    sources, asked = [], []
    for row in rows("reader-dev-qed"):
        key = str(row["example_id"])
        sources.append(Source(key, row["title_text"], row["paragraph_text"]))
        if (part(key) < 0.5) == (which == "report"):
            answers = tuple(span["string"] for spans in row["original_nq_answers"] for span in spans)
            asked.append(Asked(row["question_text"], frozenset([key]), answers))
    return Corpus(f"qed {which}", tuple(sources), tuple(asked))


def news(which: str) -> Corpus:
    """News articles and weekly quiz questions. A right article is one that holds the answer's string."""
    sources = tuple(
        Source(row["doc_id"], row["title"] or "", row["text"], (row["date"] or "").replace("/", "-"))
        for row in rows("news-dev-documents")
    )
    asked = [
        Asked(row["question"], frozenset(row["answer_in_docs"]), tuple(row["answers"]))
        for row in rows("news-dev-questions")
        if row["answer_in_docs"] and (part(row["id"]) < 0.5) == (which == "report")
    ]
    return Corpus(f"news {which}", sources, tuple(asked))


def musique(which: str) -> Corpus:
    """Questions that need several paragraphs; a right paragraph is any supporting one."""
    keys: dict[str, str] = {}
    sources = []
    for number, row in enumerate(rows("multihop-dev-musique-corpus")):
        keys[row["text"]] = f"m{number}"
        sources.append(Source(f"m{number}", row["title"], row["text"]))
    asked = []
    for row in rows("multihop-dev-musique"):
        if (part(row["id"]) < 0.5) == (which == "report"):
            right = [p["paragraph_text"] for p in row["paragraphs"] if p["is_supporting"]]
            asked.append(Asked(row["question"], frozenset(keys[text] for text in right if text in keys), ()))
    return Corpus(f"musique {which}", tuple(sources), tuple(asked))


Place = tuple[str, int, int]
"""A sentence: the key of its document, and where it starts and ends in its text."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One question, the keys of its own documents, and the sentences that each annotator marked as answering it.

    No annotator at all means that the documents do not answer.
    """

    question: str
    keys: frozenset[str]
    marked: tuple[frozenset[Place], ...]


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Questions with labelled sentences; ``places`` leads from a document's key to its sentences in order.

    The documents of both parts are the collection; the questions are those of one part.
    """

    corpus: Corpus
    places: dict[str, tuple[Place, ...]]
    labelled: tuple[Labelled, ...]


def _is_of(which: str, key: str) -> bool:
    return (part(key) < 0.5) == (which == "report")


def qed_sentences(which: str) -> LabelledSet:
    """The paragraphs of :func:`qed`; a sentence answers if an annotated answer lies in it, if only in part."""
    places: dict[str, tuple[Place, ...]] = {}
    labelled = []
    for row in rows("reader-dev-qed"):
        key, text = str(row["example_id"]), row["paragraph_text"]
        starts = row["sentence_starts"]
        ends = [*starts[1:], len(text)]
        places[key] = tuple(
            (key, low, low + len(text[low:high].rstrip())) for low, high in zip(starts, ends, strict=True)
        )
        answers = [span for spans in row["original_nq_answers"] for span in spans]
        right = frozenset(
            (key, low, high)
            for key, low, high in places[key]
            if any(low < answer["end"] and answer["start"] < high for answer in answers)
        )
        if _is_of(which, key):
            labelled.append(Labelled(row["question_text"], frozenset([key]), (right,)))
    return LabelledSet(qed(which), places, tuple(labelled))


def wikiqa(which: str) -> LabelledSet:
    """The first sections of Wikipedia articles, one for each question, with every sentence labelled."""
    sources, labelled = [], []
    places: dict[str, tuple[Place, ...]] = {}
    for number, row in enumerate(rows("sentences-dev-wikiqa")):
        key, held, at = f"w{number}", [], 0
        for sentence in row["sentences"]:
            held.append((key, at, at + len(sentence)))
            at += len(sentence) + 1
        sources.append(Source(key, row["title"], " ".join(row["sentences"])))
        places[key] = tuple(held)
        right = frozenset(place for place, label in zip(held, row["labels"], strict=True) if label)
        if _is_of(which, row["question"]):
            labelled.append(Labelled(row["question"], frozenset([key]), (right,)))
    return LabelledSet(Corpus(f"wikiqa {which}", tuple(sources), ()), places, tuple(labelled))


_TREEBANK = {"-LRB-": "(", "-RRB-": ")", "-LCB-": "{", "-RCB-": "}", "``": '"', "''": '"', "`": "'", "_": "-"}
"""What newswire in the Penn Treebank's tokenisation has for brackets, quotation marks and dashes."""


def trecqa(which: str) -> LabelledSet:
    """Sentences of newswire from different articles, each a document of its own, with ordinary signs for treebank's."""
    sources, labelled = [], []
    places: dict[str, tuple[Place, ...]] = {}
    for number, row in enumerate(rows("sentences-dev-trecqa")):
        right = set()
        keys = []
        for at, (sentence, label) in enumerate(zip(row["sentences"], row["labels"], strict=True)):
            key, text = f"t{number}-{at}", _plain(sentence)
            sources.append(Source(key, "", text))
            places[key] = ((key, 0, len(text)),)
            keys.append(key)
            if label:
                right.add(places[key][0])
        if _is_of(which, row["question"]):
            labelled.append(Labelled(_plain(row["question"]), frozenset(keys), (frozenset(right),)))
    return LabelledSet(Corpus(f"trecqa {which}", tuple(sources), ()), places, tuple(labelled))


def _plain(sentence: str) -> str:
    return " ".join(_TREEBANK.get(word, word) for word in sentence.split())


def clapnq(which: str) -> LabelledSet:
    """Natural Questions with a passage each and the sentences that a long answer rests on; half are not answerable."""
    sources: dict[str, Source] = {}
    places: dict[str, tuple[Place, ...]] = {}
    labelled = []
    for row in rows("abstain-dev-clapnq"):
        keys = []
        for passage in row["passages"]:
            text = passage["text"]
            source = sources.setdefault(text, Source(f"c{len(sources)}", passage["title"], text))
            keys.append(source.key)
            held, at = [], 0
            for sentence in passage["sentences"]:
                low = text.index(sentence, at)
                at = low + len(sentence)
                held.append((source.key, low, at))
            places[source.key] = tuple(held)
        # A sentence that stands twice in a passage counts where it stands first.
        first: dict[str, Place] = {}
        for passage, key in zip(row["passages"], keys, strict=True):
            for sentence, place in zip(passage["sentences"], places[key], strict=True):
                first.setdefault(sentence, place)
        outputs = row["output"] if row["answerable"] else ()
        marked = [frozenset(first[sentence] for sentence in output["selected_sentences"]) for output in outputs]
        if _is_of(which, row["id"]):
            labelled.append(Labelled(row["input"], frozenset(keys), tuple(marked)))
    return LabelledSet(Corpus(f"clapnq {which}", tuple(sources.values()), ()), places, tuple(labelled))
