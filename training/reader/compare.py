"""Compares ways to train a reader on equally many examples: all weights, a low-rank adapter, single sentences, depths.

    ASKDESK_BENCH=FOLDER python -m training.reader.compare [--examples N] [--work FOLDER] [--ways WAY ...]

The first N examples of the long first part of the training, the rate falling over all of them, measured on the tuning
part: F1 of the best span and share of right first sentences with the paragraph given, AUROC of near misses. 40,000
examples take about 25 minutes a way on two cores. ``shallow`` is every second layer of the encoder, ``deep`` each of
them twice.
"""

from __future__ import annotations

import argparse
import copy
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from benchmarks import corpora
from benchmarks.corpora import Asked, Corpus, Source
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn

from askdesk.scores import stands_in, token_f1
from askdesk.text import sentences

from .encoding import TEXT, batch, encode
from .examples import Example, Maker
from .model import Reader
from .train import RATE, Stage, train

RANK = 16
DEPTHS = {"shallow": (0, 2, 4), "deep": (0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5)}

ADAPTER_RATE = 1e-3
"""An adapter's few weights start at nothing and need a higher rate than all weights do. It was not tuned."""


class LowRank(nn.Module):
    """A dense layer that stays as it is, with a product of two narrow ones added (Hu et al. 2021, LoRA)."""

    def __init__(self, dense: nn.Linear) -> None:
        super().__init__()
        self.dense = dense.requires_grad_(False)
        self.down = nn.Linear(dense.in_features, RANK, bias=False)
        self.up = nn.Linear(RANK, dense.out_features, bias=False)
        nn.init.zeros_(self.up.weight)

    def forward(self, state: Tensor) -> Tensor:
        return self.dense(state) + self.up(self.down(state))


def adapted(model: Reader) -> Reader:
    """Returns ``model`` with its encoder fixed and an adapter at every dense layer of it."""
    model.encoder.requires_grad_(False)
    for module in list(model.encoder.encoder.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, nn.Linear):
                setattr(module, name, LowRank(child))
    return model


def resized(model: Reader, layers: Sequence[int]) -> Reader:
    """Returns ``model`` with these layers of its encoder, in this order."""
    held = model.encoder.encoder.layer
    model.encoder.encoder.layer = nn.ModuleList(copy.deepcopy(held[at]) for at in layers)
    return model


def single(examples: Sequence[Example], draw: random.Random) -> Iterator[Example]:
    """Yields one sentence of each example, of those with an answer one that holds it and one that does not."""
    for one in examples:
        spans = sentences(one.text)
        right = [(low, high) for low, high in spans if any(low < b and a < high for a, b in one.gold)]
        wrong = [span for span in spans if span not in right]
        for chosen, gold in ((right, True), (wrong, False)):
            if chosen:
                low, high = draw.choice(chosen)
                yield replace(one, text=one.text[low:high], gold=((0, high - low),) if gold else (), within=True)


@torch.no_grad()
def numbers(model: Reader, examples: Sequence[Example]) -> Iterator[tuple[np.ndarray, np.ndarray, float]]:
    """Yields starts and ends relative to "no answer" of the text's pieces, and the logit of answering."""
    encoded = encode(examples)
    for at in range(len(examples)):
        one = batch(encoded, [at])
        spans, answers = model(*(torch.from_numpy(part) for part in (one.ids, one.types, one.mask)))
        own = (spans[0] - spans[0, 0])[torch.from_numpy(one.bits[0] & TEXT > 0)].numpy()
        yield own[:, 0], own[:, 1], float(answers)


def measure(
    model: Reader, way: str, questions: Sequence[tuple[Asked, Source]], misses: Sequence[tuple[Asked, Source]]
) -> str:
    from tokenizers import Tokenizer

    from askdesk.inference import checked_model_folder

    tokenizer = Tokenizer.from_file(str(checked_model_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    model.eval()

    def judged(pairs: Sequence[tuple[Asked, Source]]) -> tuple[list[float], list[float], list[bool]]:
        chances, f1, first = [], [], []
        if way == "sentences":
            texts = ((one, source, span) for one, source in pairs for span in sentences(source.text))
            parts = [Example(one.question, source.title, source.text[slice(*span)], ()) for one, source, span in texts]
            each = (answers for _, _, answers in numbers(model, parts))
        for one, source in pairs:
            spans = sentences(source.text)
            if way == "sentences":
                scores = [next(each) for _ in spans]
                best = int(np.argmax(scores))
                chances.append(scores[best])
                found = source.text[slice(*spans[best])]
                f1.append(0.0)
            else:
                ((starts, ends, answers),) = numbers(model, [Example(one.question, source.title, source.text, ())])
                sums = starts[:, None] + ends[None, :]
                sums[~np.triu(np.ones(sums.shape, bool)) | np.triu(np.ones(sums.shape, bool), 30)] = -np.inf
                start, end = divmod(int(sums.argmax()), len(starts))
                chances.append(float(sums.max()) + answers)
                offsets = tokenizer.encode(source.text, add_special_tokens=False).offsets
                low, high = offsets[start][0], offsets[end][1]
                f1.append(token_f1(source.text[low:high], one.answers))
                found = next(source.text[a:b] for a, b in spans if a <= low < b or low <= a < high)
            first.append(any(stands_in(answer, found) for answer in one.answers))
        return chances, f1, first

    able, f1, first = judged(questions)
    unable, _, _ = judged(misses)
    near = [chance for chance, (one, _) in zip(able, questions, strict=True) if one.answerable]
    area = roc_auc_score([1] * len(near) + [0] * len(unable), near + unable)
    return (
        f"{way}: span F1 {np.mean(f1):.3f}, right sentence first {np.mean(first):.3f}, AUROC of near misses {area:.3f}"
    )


def paragraphs_of(held: Corpus) -> list[tuple[Asked, Source]]:
    """Returns the questions of a part of SQuAD 2.0, each once, with the paragraphs that they were asked of."""
    plain = {one.key: one for one in held.sources}
    paragraphs = {
        question["question"]: plain[f"p{number}"]
        for number, row in enumerate(corpora.rows("reader-train-squad20-part"))
        if f"p{number}" in plain
        for question in row["questions"]
    }
    return [(one, paragraphs[text]) for text, one in {one.question: one for one in held.asked}.items()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=40_000)
    parser.add_argument("--work", type=Path, default=Path("training/checkpoints/reader"))
    parser.add_argument("--ways", nargs="+", default=["full", "adapter", "sentences", *DEPTHS])
    given = parser.parse_args()
    examples = Maker(7, given.work).trunk()[: given.examples]
    pairs = paragraphs_of(corpora.squad20("tune"))
    questions = [(one, source) for one, source in pairs if one.answerable]
    misses = [(one, source) for one, source in pairs if not one.answerable]
    for way in given.ways:
        torch.manual_seed(7)
        chosen = list(single(examples, random.Random(7)))[: given.examples] if way == "sentences" else examples
        model, rate = (adapted(Reader()), ADAPTER_RATE) if way == "adapter" else (Reader(), RATE)
        if way in DEPTHS:
            model = resized(model, DEPTHS[way])
        folder = given.work / f"compare-{way}-{given.examples}"
        train([Stage("all", encode(chosen), falling=True)], 7, folder, model, rate)
        print(measure(model, way, questions, misses), flush=True)


if __name__ == "__main__":
    main()
