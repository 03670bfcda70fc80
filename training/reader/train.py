"""Trains the reader, with checkpoints from which a stopped run goes on.

The learning rate rises, stays, and falls over the last part; the checkpoint before the fall is kept, so that the
training can be made longer without beginning anew.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .encoding import Encoded, batch, order
from .model import Reader, loss

RATE = 1.5e-4
WARM_UP = 300
PIECES = 3_600
"""Word pieces of a batch, about 32 examples."""
EVERY = 400
"""Steps between checkpoints."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the training: its examples, each seen once, and whether the rate falls to nothing over it.

    ``steps`` ends it early.
    """

    name: str
    encoded: Encoded
    falling: bool
    steps: int | None = None


def train(stages: list[Stage], seed: int, folder: Path, model: Reader, rate: float = RATE) -> Reader:
    """Trains ``model`` through the stages, going on from the checkpoints in ``folder``, and returns it.

    It runs on the GPU that PyTorch finds, else on the processor. The same seed gives the same weights on the same
    machine.
    """
    model = model.to("cuda" if torch.cuda.is_available() else "cpu")
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    folder.mkdir(parents=True, exist_ok=True)
    done = _resumed(folder, stages, model, optimizer)
    for at, stage in enumerate(stages):
        if at < done[0]:
            continue
        every = order(stage.encoded, PIECES, seed + 100 * at)[: stage.steps]
        began, shown, sums = time.monotonic(), 0, []
        for step in range(done[1] if at == done[0] else 0, len(every)):
            share = 1.0 - step / len(every) if stage.falling else 1.0
            if at == 0:
                share *= min(1.0, (step + 1) / WARM_UP)
            for group in optimizer.param_groups:
                group["lr"] = rate * share
            value = loss(model, batch(stage.encoded, every[step]))
            value.backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            sums.append(float(value.detach()))
            shown += len(every[step])
            if (step + 1) % 50 == 0:
                speed = shown / (time.monotonic() - began)
                mean = np.mean(sums[-200:])
                print(f"{stage.name} {step + 1}/{len(every)} loss {mean:.3f} {speed:.1f} ex/s", flush=True)
            if (step + 1) % EVERY == 0:
                _save(folder / "latest.pt", (at, step + 1), model, optimizer)
        _save(folder / f"{stage.name}.pt", (at + 1, 0), model, optimizer)
        _save(folder / "latest.pt", (at + 1, 0), model, optimizer)
    return model


def _save(path: Path, done: tuple[int, int], model: Reader, optimizer: torch.optim.Optimizer) -> None:
    held = {"done": done, "model": model.state_dict(), "optimizer": optimizer.state_dict()}
    part = path.with_suffix(".part")
    torch.save(held, part)
    part.replace(path)


def _resumed(folder: Path, stages: list[Stage], model: Reader, optimizer: torch.optim.Optimizer) -> tuple[int, int]:
    path = folder / "latest.pt"
    if not path.exists():
        return (0, 0)
    held = torch.load(path, weights_only=True, map_location="cpu")
    model.load_state_dict(held["model"])
    optimizer.load_state_dict(held["optimizer"])
    print(f"going on from {path}: stage {held['done'][0] + 1}, step {held['done'][1]}", flush=True)
    return held["done"]
