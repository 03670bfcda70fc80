"""Trains the reader and writes the file that ships with askdesk.

    ASKDESK_BENCH=FOLDER python -m training.reader [--work FOLDER] [--seed N] [--target FILE]

One command from the data to ``src/askdesk/data/reader.onnx``: about 290 minutes on two cores, minutes on a GPU. A run
that was stopped goes on from its last checkpoint in the work folder. The training ends three times, from the same
weights: with paragraphs, with single sentences among them, and with paragraphs that were drawn, cut and altered anew;
the mean of the three reads better than any. From there it learns once more, with the questions written for askdesk, on
their documents and on others; the mean of before and after keeps most of what either knows.
``python -m training.fit_answerer --reader`` then fits the weights by which the answerer mixes what the reader says with
everything else.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import torch
from benchmarks.written import written as written_questions
from torch import Tensor

from . import written
from .encoding import encode
from .examples import Example, Maker, alone
from .export import export
from .model import Reader
from .train import Stage, train

TARGET = Path(__file__).parents[2] / "src" / "askdesk" / "data" / "reader.onnx"

AGAIN_STEPS = 1_200
"""Steps in which a part of the trunk is seen a second time, in another order: 38,000 of its 136,000 examples."""

MIXED = 44_000, 48_000
MIXED_STEPS = 1_600
"""Examples of the trunk that are seen once more, and single sentences of its examples among them: three of four of all
these."""

FINISHED_ALONE = 36_000
"""Single sentences among the examples of the last part."""

WRITTEN = 6_000, 5_000, 5_000
"""What is learned with the questions written for askdesk, beside the near misses of SQuAD 2.0 and their answerable
neighbours: paragraphs of the part before, passages found by search, and single sentences of all these."""

FOREIGN = 6_000, 14_000
"""Of the questions written for askdesk those that are learned with a stretch of another document, and single sentences
of their own and other documents."""

LAST_RATE = 1e-4
"""Lower than before: what was learned is to be kept."""

LAST_COUNTS = 2
"""What the weights after the last part count in the mean with those before it. At 0, 1, 2 and when they are taken alone
(``training.reader.measure``) the AUROC of near misses, read sentence by sentence, is .813, .803, .800, .774 on the
tuning part of SQuAD 2.0 and .665, .822, .859, .902 on the questions written for askdesk; span F1 on SQuAD 1.1 is .743,
.757, .758, .740; the AUROC of questions of SQuAD 1.1 against passages of other titles is .977, .972, .966, .949."""


def averaged(states: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Returns the mean of the weights of readers that went different ways (Wortsman et al. 2022, Model soups)."""
    return {name: torch.stack([state[name].cpu() for state in states]).mean(0) for name in states[0]}


def last(seed: int, work: Path) -> list[Example]:
    """Returns the examples that the reader learns at last: what people wrote, and some of all the others."""
    draw = random.Random(seed)
    maker = Maker(seed, work)
    people = [*maker.positives(maker.squad20), *maker.near_misses(maker.squad20)]
    questions = written_questions("train")
    (paragraphs, searched, single), (elsewhere, own_single) = WRITTEN, FOREIGN
    own = [*written.examples(questions, draw), *written.foreign(questions, elsewhere, draw)]
    others = [*draw.sample(maker.finish(), paragraphs), *draw.sample(maker.searched(), searched), *people]
    found = [
        *others,
        *draw.sample(list(alone(others, draw)), single),
        *own,
        *draw.sample(list(alone(own, draw)), own_single),
    ]
    draw.shuffle(found)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("training/checkpoints/reader"))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--target", type=Path, default=TARGET)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    maker = Maker(given.seed, given.work)
    trunk, finish = maker.trunk(), maker.finish()
    for name, part in (("trunk", trunk), ("finish", finish)):
        print(f"{name}: {len(part)} examples, {sum(bool(one.gold) for one in part)} with an answer", flush=True)
    draw = random.Random(given.seed + 1)
    mixed = [*draw.sample(trunk, MIXED[0]), *draw.sample(list(alone(trunk, draw)), MIXED[1])]
    single = draw.sample(list(alone(finish, draw)), FINISHED_ALONE)
    pieces = encode(trunk)
    common = [Stage("trunk", pieces, falling=False), Stage("again", pieces, falling=False, steps=AGAIN_STEPS)]
    other = Maker(given.seed + 1, given.work).finish()
    ends = {
        "plain": (given.seed, [Stage("finish", encode(finish), falling=True)]),
        "mixed": (
            given.seed,
            [
                Stage("mixed", encode(mixed), falling=False, steps=MIXED_STEPS),
                Stage("finish", encode(finish + single), falling=True),
            ],
        ),
        "second": (given.seed + 1, [Stage("finish", encode(other), falling=True)]),
    }
    torch.manual_seed(given.seed)
    train(common, given.seed, given.work, Reader())
    found = []
    for name, (seed, stages) in ends.items():
        latest = given.work / name / "latest.pt"
        if not latest.exists():
            latest.parent.mkdir(exist_ok=True)
            shutil.copy(given.work / "again.pt", latest)
        found.append(train([*common, *stages], seed, latest.parent, Reader()).state_dict())
    model = Reader()
    model.load_state_dict(averaged(found))
    seed = given.seed + 2
    stage = Stage("written", encode(last(seed, given.work)), falling=True)
    after = train([stage], seed, given.work / "written", model, LAST_RATE).state_dict()
    export(averaged([averaged(found), *[after] * LAST_COUNTS]), given.target)
    content = given.target.read_bytes()
    print(f"{given.target}: {len(content):,} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
