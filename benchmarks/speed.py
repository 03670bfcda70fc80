"""Speed and memory of the whole path, measured in one run on one machine: ``python -m benchmarks.speed``.

* index: passages a second over some news articles, and the whole run's time as a multiple of embedding the same
  passages with the same embedder and nothing else
* again: an index run over all articles when nothing has changed
* cold: ``askdesk ask`` as a whole process over seeds
* warm: ``Desk.ask`` in a process that has answered before, over seeds and over the news

Each part runs in a process of its own, whose peak memory is told too. Parts about news need ASKDESK_BENCH; the first
run indexes all articles, which takes minutes, and keeps the store in ``--work``.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.corpora import rows

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number; ``cases`` is over how many it was taken, ``goal`` the bound it is held to, if any."""

    name: str
    value: float
    unit: str
    cases: int
    goal: float | None = None


def apart(work: Callable[..., Any], *arguments: Any) -> tuple[Any, float | None]:
    """Returns what ``work`` returns in a fresh process, and that process's peak memory in MB where it is known."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        result = pool.submit(work, *arguments).result()
        return result, pool.submit(peak_memory).result()


def peak_memory() -> float | None:
    """Returns the peak resident memory of this process in MB; None where the system does not tell."""
    try:
        import resource
    except ModuleNotFoundError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def index_and_embed_alone(folder: Path) -> tuple[int, float, float]:
    """Indexes ``folder`` into a new store; returns passages, seconds of that, seconds of embedding them alone."""
    from askdesk import Desk
    from askdesk.embedding import open_embedder

    texts: list[str] = []
    embedder = open_embedder(indexing=True)
    # Loading is no part of either time.
    embedder.embed(["ready"])
    embed = embedder.embed

    def embed_and_note(batch: Sequence[str], progress: Callable[[int], None] | None = None) -> Any:
        texts.extend(batch)
        return embed(batch, progress)

    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as store,
        mock.patch.object(embedder, "embed", embed_and_note),
        mock.patch("askdesk.desk.open_embedder", return_value=embedder),
        Desk(store) as desk,
    ):
        start = time.perf_counter()
        desk.index(folder)
        whole = time.perf_counter() - start
    start = time.perf_counter()
    embed(texts)
    return len(texts), whole, time.perf_counter() - start


def index(folder: Path, store: Path) -> tuple[int, int, float]:
    """Brings ``store`` in step with ``folder``; returns how many files it took in, how many not, and the seconds."""
    from askdesk import Desk

    with Desk(store) as desk:
        start = time.perf_counter()
        report = desk.index(folder)
        seconds = time.perf_counter() - start
        return len(report.added) + len(report.changed), len(report.unchanged), seconds


def ask_all(store: Path, questions: Sequence[str]) -> list[float]:
    """Returns the milliseconds of each answer, after one question that warms up."""
    from askdesk import Desk

    times = []
    with Desk(store) as desk:
        desk.ask(questions[0])
        for question in questions:
            start = time.perf_counter()
            desk.ask(question)
            times.append((time.perf_counter() - start) * 1000)
    return times


def ask_cold(store: Path, question: str) -> float:
    """Returns the seconds that ``askdesk ask`` takes as a whole process."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "askdesk", "ask", question, "--store", str(store), "--json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 3):
        raise SystemExit(f"askdesk ask failed: {done.stderr.strip()}")
    return seconds


def ask_cold_all(store: Path, questions: Sequence[str]) -> tuple[list[float], float | None]:
    """Returns the seconds of each cold question, and the peak memory in MB of the largest of these processes."""
    ask_cold(store, questions[0])
    seconds = [ask_cold(store, question) for question in questions]
    try:
        import resource
    except ModuleNotFoundError:
        return seconds, None
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return seconds, peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def write_articles(folder: Path, limit: int | None) -> int:
    """Writes news articles as text files, title first, into ``folder`` and returns how many are there."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for number, row in enumerate(rows("news-dev-documents"), start=1):
        path = folder / f"{number:05}.txt"
        if not path.exists():
            path.write_text(f"{row['title']}\n\n{row['text']}", encoding="utf-8", newline="")
        if number == limit:
            break
    return number


def percentiles(times: Sequence[float]) -> tuple[float, float]:
    """Returns the median and the 95th percentile."""
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return statistics.median(times), cuts[-1]


def over_seeds(work: Path) -> list[Figure]:
    """Cold and warm questions over the sample collection."""
    store = work / "seeds-store"
    apart(index, SEEDS, store)
    lines = (SEEDS / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line.strip()]
    (seconds, cold_peak), _ = apart(ask_cold_all, store, questions[:9])
    figures = [
        Figure("cold ask, whole process, median", statistics.median(seconds), "s", len(seconds), 2.0),
        Figure("cold ask, whole process, slowest", max(seconds), "s", len(seconds)),
    ]
    if cold_peak:
        figures.append(Figure("peak memory of a cold ask", cold_peak, "MB", len(seconds)))
    return figures + warm("seeds", store, questions)


def over_news(work: Path, articles: int | None, measured: int) -> list[Figure]:
    """Index throughput, the unchanged re-index and warm questions over news articles."""
    few, folder = work / f"news-{measured}", work / f"news-{articles or 'all'}"
    store = folder.with_name(f"{folder.name}-store")
    write_articles(few, measured)
    (passages, whole, alone), peak = apart(index_and_embed_alone, few)
    figures = [
        Figure("index, passages a second", passages / whole, "1/s", passages),
        Figure("embedding alone, passages a second", passages / alone, "1/s", passages),
        Figure("index as a multiple of embedding alone", whole / alone, "×", passages, 1.15),
    ]
    if peak:
        figures.append(Figure("peak memory of an index", peak, "MB", passages))
    number = write_articles(folder, articles)
    tell(f"indexing {number} articles, unless {store} holds them already")
    apart(index, folder, store)
    (again, unchanged, seconds), _ = apart(index, folder, store)
    if again:
        raise SystemExit(f"{again} of {number} unchanged articles were indexed again")
    figures.append(Figure("index again, nothing changed", seconds, "s", unchanged, 3.0))
    questions = [row["question"] for row in rows("news-dev-questions")]
    return figures + warm("news", store, questions)


def warm(name: str, store: Path, questions: Sequence[str]) -> list[Figure]:
    times, peak = apart(ask_all, store, questions)
    half, most = percentiles(times)
    figures = [
        Figure(f"warm ask over {name}, p50", half, "ms", len(times)),
        Figure(f"warm ask over {name}, p95", most, "ms", len(times)),
    ]
    if peak:
        figures.append(Figure(f"peak memory of asking over {name}", peak, "MB", len(times)))
    return figures


def machine() -> str:
    """Names the machine: processor, number of processors, system, Python, and the runtime's version."""
    name = platform.processor() or platform.machine()
    cpus = Path("/proc/cpuinfo")
    if cpus.exists():
        lines = cpus.read_text(encoding="utf-8").splitlines()
        name = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), name)
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    system = f"{platform.system()} {platform.release().split('-')[0]}"
    python = platform.python_version()
    return f"{name}, {count} processors, {system}, Python {python}, ONNX Runtime {version('onnxruntime')}"


def tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def show(figures: Sequence[Figure]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("what", "measured", "goal", "cases", title=machine(), title_justify="left")
    for figure in figures:
        goal = "" if figure.goal is None else f"< {figure.goal:g} {figure.unit}"
        missed = figure.goal is not None and figure.value >= figure.goal
        table.add_row(
            figure.name,
            f"{figure.value:,.2f} {figure.unit}",
            goal + (" missed" if missed else ""),
            f"{figure.cases:,}",
        )
    Console().print(table)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures speed and memory of askdesk.")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--limit", type=int, help="index only so many of the news articles")
    parser.add_argument("--measured", type=int, default=150, help="news articles that throughput is taken over")
    parser.add_argument("--work", type=Path, default=ROOT / ".cache" / "speed", help="where stores are kept")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    tell("asking over seeds")
    figures = over_seeds(options.work)
    if os.environ.get("ASKDESK_BENCH"):
        tell(f"indexing {options.measured} news articles and embedding their passages alone")
        figures += over_news(options.work, options.limit, options.measured)
    else:
        tell("left out: index throughput and all about news, which need ASKDESK_BENCH")
    if options.json:
        print(json.dumps({"machine": machine(), "figures": [asdict(figure) for figure in figures]}, indent=1))
    else:
        show(figures)


if __name__ == "__main__":
    main()
