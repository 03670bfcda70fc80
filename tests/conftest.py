"""What all tests share: the development data, a tiny second model, and a switch that makes skips failures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from askdesk import Desk

NO_SKIP = os.environ.get("ASKDESK_NO_SKIP", "") not in ("", "0")


@pytest.fixture(scope="session")
def bench() -> Path:
    """The folder of the public development data, named by ASKDESK_BENCH; the test is skipped without it."""
    folder = os.environ.get("ASKDESK_BENCH")
    if not folder:
        pytest.skip("needs the development data: set ASKDESK_BENCH to their folder")
    return Path(folder)


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small random BERT with mean pooling, 32 dimensions and a window of 128 tokens."""
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers import AutoTokenizer, BertConfig, BertModel

    from askdesk.inference import checked_model_folder

    folder = tmp_path_factory.mktemp("tiny-model")
    tokenizer = AutoTokenizer.from_pretrained(checked_model_folder(), local_files_only=True)
    tokenizer.model_max_length = 128
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=128,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(7)
        BertModel(config).save_pretrained(folder / "bert")
    tokenizer.save_pretrained(folder / "bert")
    SentenceTransformer(str(folder / "bert"), device="cpu", local_files_only=True).save_pretrained(str(folder / "tiny"))
    return folder / "tiny"


def _skip_fails(report: pytest.TestReport | pytest.CollectReport) -> None:
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid}: nothing may be skipped while ASKDESK_NO_SKIP is set: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    report = yield
    _skip_fails(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    report = yield
    _skip_fails(report)
    return report


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over the sample collection, indexed once for all tests that only ask."""
    with Desk(tmp_path_factory.mktemp("seeds") / "store") as desk:
        desk.index(Path(__file__).parents[1] / "seeds")
        yield desk
