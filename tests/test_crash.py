"""Twenty kills at random moments of indexing and of repair: after each the store is whole and mends itself."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from askdesk.collection import Collection
from askdesk.snapshot import Snapshot
from storing import contents, embed, environment, fill

KILLS = 20
SEED = 20_240_229

# Waits for a word on its standard input, because starting Python takes longer than all it does here; then says each
# step it is at, so that a kill can be aimed at any of them.
WORKER = """
import sys, time
from pathlib import Path
import chromadb, tantivy
from storing import put, embed, recipe, hashed
from test_crash import version
from askdesk.collection import Collection
folder, number, work = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
def say(step):
    print(step, flush=True)
    time.sleep(0.01)
def told(progress):
    say(progress.step)
say("ready")
sys.stdin.readline()
store = Collection(folder)
if work == "repair":
    say("repair")
    store.repair(told)
else:
    target = version(number)
    with store.writer(recipe()) as writer:
        say("open")
        known = writer.known()
        for path, text in target.items():
            if known.get(str(path), ("", "", ""))[2] != hashed(text):
                put(writer, path, text)
                say("stage")
        for path, (id, _, _) in known.items():
            if Path(path) not in target:
                writer.remove(id)
        writer._ledger.commit_staged()
        say("committed")
        missing = writer.missing()
        for at in range(0, len(missing), 10):
            some = missing[at : at + 10]
            writer.add_vectors([hash for hash, _ in some], embed([text for _, text in some]))
            say("embed")
        writer.publish(told)
        say("published")
say("done")
"""


def version(number: int) -> dict[Path, str]:
    """The documents after ``number`` rounds of changes: most stay, some are changed, added or gone."""
    chance = random.Random(number)
    words = [f"word{n}" for n in range(60)]
    found = {}
    for n in range(16):
        own = random.Random(n if n % 4 else chance.getrandbits(32))
        if n % 5 or number % 2:
            found[Path(f"/docs/{n:02d}.txt")] = " ".join(own.choices(words, k=60))
    return found


def start(folder: Path, number: int, work: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(folder), str(number), work],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run(worker: subprocess.Popen[str], steps: int | None, delay: float) -> list[str]:
    """Lets the worker go, kills it ``delay`` seconds after its ``steps``-th step, and returns the steps it told."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"
    worker.stdin.write("go\n")
    worker.stdin.flush()
    told = []
    for line in worker.stdout:
        told.append(line.strip())
        if len(told) == steps:
            time.sleep(delay)
            worker.kill()
    worker.stdin.close()
    worker.stdout.close()
    worker.wait()
    return told


def whole(snapshot: Snapshot) -> dict[Path, str]:
    """What the store holds, by path, after looking that every document is whole and both searches work."""
    held = contents(snapshot)
    for info in snapshot.documents()[:3]:
        question = snapshot.document(info.id).text
        assert snapshot.matching(question, 1)
        assert snapshot.nearest(embed([question])[0], 1)
    return {Path("/docs") / name: text for name, (text, _) in held.items()}


def test_twenty_kills(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    folder = tmp_path / "store"
    fill(Collection(folder), version(0))
    all_steps = {}
    for work in ("index", "repair"):
        trial = tmp_path / work
        fill(Collection(trial), version(0))
        worker = start(trial, 1, work)
        all_steps[work] = run(worker, None, 0.0)
        assert worker.returncode == 0

    published, number, killed, seen = 0, 1, 0, set()
    plan = [("repair" if n % 4 == 3 else "index") for n in range(KILLS)]
    following = start(folder, number, plan[0])
    for kill, work in enumerate(plan):
        worker = following
        told = run(worker, chance.randint(1, len(all_steps[work]) - 1), chance.uniform(0, 0.05))
        killed += worker.returncode != 0
        seen.add((work, told[-1]))
        with closing(Collection(folder)) as store:
            held = whole(store.snapshot())
            assert held in (version(published), version(number)), (kill, told)
            if held == version(number):
                published, number = number, number + 1
            report = store.verify(files=False)
            assert report.problems == (), (kill, told)
        following = start(folder, number, plan[kill + 1] if kill + 1 < KILLS else "index")
    assert killed >= KILLS * 3 // 4
    assert len(seen) >= 6, seen

    assert run(following, None, 0.0)[-1] == "done"
    with closing(Collection(folder)) as store, closing(Collection(tmp_path / "undisturbed")) as fresh:
        fill(fresh, version(number))
        assert contents(store.snapshot()) == contents(fresh.snapshot())
        assert store.verify(files=False).ok
        # Nothing of the broken-off runs stays: two generations' caches at most, and no file of another kind.
        assert fill(store, version(number)) == 0
        assert len(list((folder / "caches").iterdir())) <= 2
        assert {path.name.partition("-")[0] for path in folder.iterdir()} == {
            "ledger.sqlite3",
            "write.lock",
            "caches",
        }
