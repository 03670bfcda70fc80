"""Trains the reader and writes the file that ships with askdesk.

    ASKDESK_BENCH=FOLDER python -m training.reader [--work FOLDER] [--seed N] [--target FILE]

One command from the data to ``src/askdesk/data/reader.onnx``: about 130 minutes on two cores, minutes on a GPU. A run
that was stopped goes on from its last checkpoint in the work folder. ``python -m training.fit_answerer --reader`` then
fits the weights by which the answerer mixes what the reader says with everything else.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import torch

from .encoding import encode
from .examples import Maker
from .export import export
from .model import Reader
from .train import Stage, train

TARGET = Path(__file__).parents[2] / "src" / "askdesk" / "data" / "reader.onnx"

AGAIN_STEPS = 1_200
"""Steps in which a part of the trunk is seen a second time, in another order: 38,000 of its 136,000 examples."""


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
    pieces = encode(trunk)
    stages = [
        Stage("trunk", pieces, falling=False),
        Stage("again", pieces, falling=False, steps=AGAIN_STEPS),
        Stage("finish", encode(finish), falling=True),
    ]
    torch.manual_seed(given.seed)
    model = train(stages, given.seed, given.work, Reader())
    export(model.state_dict(), given.target)
    content = given.target.read_bytes()
    print(f"{given.target}: {len(content):,} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
