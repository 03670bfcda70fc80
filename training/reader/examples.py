"""The examples that the reader learns from: question, title, a stretch of text, and where in it the answer stands.

Everything follows from a seed. The search for hard negatives is the slow part; what it found is kept in the work
folder, so that a run that was stopped goes on there.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from benchmarks import corpora
from benchmarks.stores import stored

from askdesk import retrieval
from askdesk.inference import checked_model_folder
from askdesk.text import Span, fold, sentences

from . import altered

SEARCHED = 7_000
"""Questions of SQuAD 1.1 for which hard negatives are looked for: one search takes about 40 ms."""

_PTB = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}


@dataclass(frozen=True, slots=True)
class Example:
    """``gold`` are the character spans in ``text`` that answer, none if it does not answer.

    Where ``within`` is set, the answer is known to stand somewhere inside each of them, not where it begins and ends.
    """

    question: str
    title: str
    text: str
    gold: tuple[Span, ...]
    within: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a set with what is asked about it: (question, answer span or None) pairs."""

    key: str
    title: str
    text: str
    asked: tuple[tuple[str, Span | None], ...]


def squad11() -> list[Paragraph]:
    """Returns the paragraphs of SQuAD 1.1 that are for training."""
    found = []
    for number, row in enumerate(corpora.rows("reader-train-squad11")):
        if corpora.part(row["title"]) >= 0.2:
            asked = tuple((one["question"], (one["start"], one["end"])) for one in row["questions"])
            found.append(Paragraph(f"p{number}", row["title"].replace("_", " "), row["context"], asked))
    return found


def squad20() -> list[Paragraph]:
    """Returns the paragraphs of the part of SQuAD 2.0 that are for training, with near misses among the questions."""
    found = []
    for number, row in enumerate(corpora.rows("reader-train-squad20-part")):
        if corpora.squad20_part(row["title"]) == "train":
            asked = tuple(
                (one["question"], (one["answers"][0]["start"], one["answers"][0]["end"]) if one["answerable"] else None)
                for one in row["questions"]
            )
            found.append(Paragraph(f"p{number}", row["title"].replace("_", " "), row["context"], asked))
    return found


def qed() -> list[Paragraph]:
    """Returns the training paragraphs of QED: questions that people typed into a search engine."""
    found = []
    for row in corpora.rows("reader-train-qed"):
        spans = [(low, high) for low, high in row["answer_spans"]]
        if spans:
            key = str(row["example_id"])
            found.append(Paragraph(key, row["title_text"], row["paragraph_text"], ((row["question_text"], spans[0]),)))
    return found


def window(text: str, held: Sequence[Span], gold: Span | None, size: int, draw: random.Random) -> Span:
    """Returns a run of whole sentences of about ``size`` characters, with ``gold`` inside if there is one."""
    if not held:
        return 0, len(text)
    if gold is None:
        first = last = draw.randrange(len(held))
    else:
        inside = [at for at, (low, high) in enumerate(held) if low < gold[1] and gold[0] < high]
        if not inside:
            return 0, len(text)
        first, last = inside[0], inside[-1]
    while held[last][1] - held[first][0] < size and (first > 0 or last < len(held) - 1):
        back = first > 0 and (last == len(held) - 1 or draw.random() < 0.5)
        first, last = (first - 1, last) if back else (first, last + 1)
    return held[first][0], held[last][1]


def cut(example: Example, held: Sequence[Span], size: int, draw: random.Random) -> Example:
    """Returns ``example`` with its text cut to a window of about ``size`` characters."""
    gold = example.gold[0] if example.gold else None
    low, high = window(example.text, held, gold, size, draw)
    kept = tuple((a - low, b - low) for a, b in example.gold if low <= a and b <= high)
    return replace(example, text=example.text[low:high], gold=kept)


def alone(examples: Sequence[Example], draw: random.Random) -> Iterator[Example]:
    """Yields single sentences of ``examples``: one that holds the answer, if there is one, and one that does not.

    Every second time the latter is the one that shares the most words with the question.
    """
    for one in examples:
        asked = set(fold(one.question).split())
        right, wrong = [], []
        for low, high in sentences(one.text):
            gold = tuple((max(a, low) - low, min(b, high) - low) for a, b in one.gold if a < high and low < b)
            (right if gold else wrong).append(replace(one, text=one.text[low:high], gold=gold))
        if right:
            yield draw.choice(right)
        if wrong:
            alike = max(wrong, key=lambda sentence: len(asked.intersection(fold(sentence.text).split())))
            yield alike if draw.random() < 0.5 else draw.choice(wrong)


class Maker:
    """Makes examples; it holds what several kinds of them need."""

    def __init__(self, seed: int, work: Path) -> None:
        self.draw = random.Random(seed)
        self.work = work
        self.squad11, self.squad20, self.qed = squad11(), squad20(), qed()
        self._held: dict[str, list[Span]] = {}
        self.near = neighbours()

    def held(self, text: str) -> list[Span]:
        if text not in self._held:
            self._held[text] = sentences(text)
        return self._held[text]

    def cut(self, example: Example, low: int = 150, high: int = 650) -> Example:
        return cut(example, self.held(example.text), self.draw.randint(low, high), self.draw)

    def title(self, title: str) -> str:
        return title if self.draw.random() < 0.7 else ""

    def positives(self, paragraphs: Sequence[Paragraph], low: int = 150, high: int = 650) -> Iterator[Example]:
        for one in paragraphs:
            for question, span in one.asked:
                if span:
                    yield self.cut(Example(question, self.title(one.title), one.text, (span,)), low, high)

    def near_misses(self, paragraphs: Sequence[Paragraph], low: int = 150, high: int = 650) -> Iterator[Example]:
        """Yields the questions that people wrote to be unanswerable, with their paragraphs."""
        for one in paragraphs:
            for question, span in one.asked:
                if not span:
                    yield self.cut(Example(question, self.title(one.title), one.text, ()), low, high)

    def changed(self, paragraphs: Sequence[Paragraph], count: int) -> Iterator[Example]:
        """Yields questions altered so that the text that answered them no longer does."""
        asked = [(one, question, span) for one in paragraphs for question, span in one.asked if span]
        self.draw.shuffle(asked)
        ways = [*altered.CHANGES, partial(altered.other_thing, near=self.near)]
        made = 0
        for one, question, span in asked:
            if made == count:
                return
            example = self.cut(Example(question, self.title(one.title), one.text, (span,)))
            answer = one.text[span[0] : span[1]]
            order = self.draw.sample(ways, len(ways))
            # Opposites and numbers fit few questions, so they go first where they fit.
            order.sort(key=lambda way: way not in (altered.opposite, altered.other_number))
            for way in order if self.draw.random() < 0.6 else self.draw.sample(ways, len(ways)):
                other = way(question, one.text, answer, self.draw)
                if other and fold(other) != fold(question):
                    yield Example(other, example.title, example.text, ())
                    made += 1
                    break

    def without(self, paragraphs: Sequence[Paragraph], count: int) -> Iterator[Example]:
        """Yields questions with their paragraph after its answering sentences were taken out."""
        asked = [(one, question, span) for one in paragraphs for question, span in one.asked if span]
        for one, question, span in self.draw.sample(asked, min(count, len(asked))):
            answer = fold(one.text[span[0] : span[1]])
            kept = [one.text[low:high] for low, high in self.held(one.text) if answer not in fold(one.text[low:high])]
            if kept:
                text = " ".join(kept)
                yield self.cut(Example(question, self.title(one.title), text, ()))

    def searched(self) -> list[Example]:
        """Returns questions with passages that the project's own search ranks high and that do not answer."""
        by_key = {one.key: one for one in self.squad11}
        draw = random.Random(1)
        asked = [(one.key, question, span) for one in self.squad11 for question, span in one.asked if span]
        asked = draw.sample(asked, SEARCHED)
        typed = [("", one.asked[0][0], None) for one in draw.sample(self.qed, 1_000)]
        kept = self.work / "searched.jsonl"
        rows = [json.loads(line) for line in kept.read_text("utf-8").splitlines()] if kept.exists() else []
        every = asked + typed
        if len(rows) < len(every):
            source = stored(corpora.squad11("train"), Path(".cache/bench"))
            with kept.open("a", encoding="utf-8") as file:
                for first in range(len(rows), len(every), 500):
                    batch = every[first : first + 500]
                    vectors = source.embedder.embed([question for _, question, _ in batch])
                    for (key, question, span), vector in zip(batch, vectors, strict=True):
                        answer = fold(by_key[key].text[span[0] : span[1]]) if span else None
                        hits = retrieval.retrieve(source.snapshot, question, vector, 6, None)
                        wrong = [hit for hit in hits if answer is None or answer not in fold(hit.passage.text)]
                        row = {"question": question, "hits": [[hit.title, hit.passage.text] for hit in wrong[:4]]}
                        rows.append(row)
                        file.write(json.dumps(row) + "\n")
                    print(f"\rsearched for {len(rows)} of {len(every)} questions", end="", file=sys.stderr)
            print(file=sys.stderr)
        found = []
        for row in rows:
            for title, text in row["hits"][:2]:
                found.append(self.cut(Example(row["question"], self.title(title), text, ())))
        return found

    def dated(self) -> Iterator[Example]:
        """Yields questions with a time in them and stretches that name one of its years, answering or not."""
        for row in corpora.rows("reader-train-timeqa"):
            targets = [target for target in row["targets"] if target]
            years = re.findall(r"\b\d{4}\b", row["question"])
            text = row["context"]
            held = self.held(text)
            answering, empty = [], []
            for low, high in held:
                sentence = text[low:high]
                spans = [
                    (low + match.start(), low + match.end())
                    for target in targets
                    for match in re.finditer(re.escape(target), sentence)
                ]
                around = text[max(0, low - 200) : high + 100]
                if spans and any(year in around for year in years):
                    answering.append(spans[0])
                elif not spans and any(year in sentence for year in years):
                    empty.append((low, high))
            if answering:
                span = answering[0]
                yield self.cut(Example(row["question"], "", text, (span,)))
            if empty:
                low, high = self.draw.choice(empty)
                start, end = window(text, held, (low, high), self.draw.randint(100, 500), self.draw)
                part = text[start:end]
                if not any(target in part for target in targets):
                    yield Example(row["question"], "", part, ())

    def labelled(self) -> Iterator[Example]:
        """Yields questions with runs of sentences of which some are labelled as answering."""
        for name in ("sentences-train-wikiqa", "sentences-train-trecqa"):
            for row in corpora.rows(name):
                question = plain(row["question"])
                held = [plain(sentence) for sentence in row["sentences"]]
                right = [at for at, label in enumerate(row["labels"]) if label]
                wrong = [at for at, label in enumerate(row["labels"]) if not label]
                # Newswire lists hold sentences from many articles: a few of them at a time.
                for _ in range(2 if name.endswith("wikiqa") else 12):
                    few = self.draw.sample(wrong, min(len(wrong), self.draw.randint(1, 4)))
                    chosen = sorted([*few, *([self.draw.choice(right)] if right and self.draw.random() < 0.6 else [])])
                    text, gold = "", []
                    for at in chosen:
                        if at in right:
                            gold.append((len(text), len(text) + len(held[at])))
                        text += held[at] + " "
                    yield Example(question, "", text.rstrip(), tuple(gold), within=True)

    def trunk(self) -> list[Example]:
        """Returns the examples of the long first part of the training, shuffled."""
        found = [
            *self.positives(self.squad11),
            *self.positives(self.qed),
            *self.positives(self.squad20),
            *self.near_misses(self.squad20),
            *self.near_misses(self.squad20),
            *self.changed(self.squad11, 24_000),
            *self.changed(self.qed, 2_000),
            *self.without(self.squad11, 10_000),
            *self.without(self.qed, 2_000),
            *self.searched(),
            *self.dated(),
            *self.labelled(),
        ]
        self.draw.shuffle(found)
        return found

    def finish(self) -> list[Example]:
        """Returns the examples of the last part, in which the learning rate falls: what people wrote counts more."""
        found = [
            *self.draw.sample(list(self.positives(self.squad11, 300, 1_000)), 14_000),
            *self.draw.sample(list(self.positives(self.qed, 300, 1_000)), 3_000),
            *self.positives(self.squad20, 300, 1_000),
            *self.near_misses(self.squad20, 300, 1_000),
            *self.near_misses(self.squad20),
            *self.changed(self.squad11, 5_000),
            *self.without(self.squad11, 1_500),
            *self.draw.sample(self.searched(), 5_000),
            *self.dated(),
            *self.labelled(),
        ]
        self.draw.shuffle(found)
        return found


def plain(text: str) -> str:
    """Returns tokenised text of the treebank with ordinary brackets and quotation marks."""
    return " ".join(_PTB.get(word, word) for word in text.split())


def neighbours() -> altered.Neighbours:
    """Returns what finds words like a given one, by the word embeddings of the default model."""
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    folder = checked_model_folder()
    table = load_file(folder / "model.safetensors")["embeddings.word_embeddings.weight"]
    vocabulary = Tokenizer.from_file(str(folder / "tokenizer.json")).get_vocab()
    known = {word: at for word, at in vocabulary.items() if word.isalpha() and word.isascii() and len(word) > 3}
    words = sorted(known, key=lambda word: known[word])
    rows = table[[known[word] for word in words]]
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    places = {word: at for at, word in enumerate(words)}
    found: dict[str, list[str]] = {}

    def near(word: str) -> list[str]:
        if word not in found:
            at = places.get(word)
            # The very nearest are often other forms of the word or mean the same.
            found[word] = [] if at is None else [words[i] for i in np.argsort(-(rows @ rows[at]))[4:25]]
        return found[word]

    return near
