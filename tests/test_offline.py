"""Nothing leaves the machine: the whole path without any network, and what it asks of the system when there is one."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from askdesk.web.port import free_port

SCRIPT = """
import fcntl, socket, struct, sys, threading, time, urllib.request
from pathlib import Path

folder = Path(sys.argv[1])
try:
    socket.create_connection(("192.0.2.1", 80), timeout=2)
    sys.exit("there is a network")
except OSError as error:
    assert error.errno in (101, 100, 113), error

# Switch on the loopback interface (SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP): a new namespace has it off.
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
    request = struct.pack("16sh14x", b"lo", 0)
    flags = struct.unpack("16sh14x", fcntl.ioctl(control, 0x8913, request))[1]
    fcntl.ioctl(control, 0x8914, struct.pack("16sh14x", b"lo", flags | 1))

from askdesk import Desk
from askdesk.web.page import launch

desk = Desk(folder / "store")
report = desk.index(folder / "docs")
assert len(report.added) == 1, report
answer = desk.ask("How heavy is the crane that the harbour of Orsa ordered?")
assert "80 tonnes" in answer.citations[0].text, answer
launch(desk, folder / "store", "127.0.0.1", 8765)
page = urllib.request.urlopen("http://127.0.0.1:8765/", timeout=20).read().decode()
assert "askdesk" in page.lower()
print("answered without a network")
"""
QUESTION = "How heavy is the crane that the harbour of Orsa ordered?"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "crane.txt").write_text(
        "Harbour of Orsa gets a new crane\n\nThe harbour of Orsa has ordered a crane of 80 tonnes.", encoding="utf-8"
    )
    return folder


@pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are Linux's")
def test_the_whole_path_without_a_network(tmp_path: Path, documents: Path) -> None:
    if shutil.which("unshare") is None:
        pytest.skip("needs unshare, of util-linux")
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        ["unshare", "--map-root-user", "--net", sys.executable, "-c", SCRIPT, str(documents.parent)],
        env={**os.environ, "HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "answered without a network" in done.stdout, done.stderr


# -- what is asked of the system

CALLS = "network,openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat"
TO = re.compile(
    r"sa_family=(AF_\w+)(?:, sin6?_port=htons\((\d+)\))?.*?(?:inet_addr\(|inet_pton\(AF_INET6, )?\"([^\"]*)\""
)
MADE = re.compile(r"^\d+ +(?:open|openat|creat|mkdir|mkdirat|rename\w*|link|linkat|symlink\w*)\(.*\) = \d")
NAMED = re.compile(r'"((?:[^"\\]|\\.)+)"')


def outside(trace: Path) -> Iterator[str]:
    """The lines of a trace in which a name is looked up, or anything but this machine is connected to."""
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        if not re.search(r"\b(?:connect|sendto|sendmsg|sendmmsg)\(", line):
            continue
        for family, port, address in TO.findall(line):
            local = address.startswith("127.") or address == "::1"
            if family in ("AF_INET", "AF_INET6") and (not local or port == "53"):
                yield line
            if family == "AF_UNIX" and re.search(r"nscd|resolve|avahi", address):
                yield line


def written(trace: Path, cwd: Path) -> Iterator[Path]:
    """The files and folders that were made or opened for writing."""
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        if MADE.match(line) and ("open" not in line.split("(")[0] or re.search("O_WRONLY|O_RDWR|O_CREAT", line)):
            yield cwd / NAMED.findall(line)[-1]


@contextmanager
def traced(tmp_path: Path, name: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Runs ``askdesk WORDS`` under strace, with home, temporary and working folders of its own."""
    for folder in ("home", "scratch", "work"):
        (tmp_path / folder).mkdir(exist_ok=True)
    python = [sys.executable, "-m", "askdesk", *words]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "HF_", "CI"))}
    environment |= {
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "scratch"),
        "PYTHONPATH": str(Path(__file__).parents[1] / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    process = subprocess.Popen(
        ["strace", "-f", "--seccomp-bpf", "-s", "300", "-e", f"trace={CALLS}", "-o", str(tmp_path / name), *python],
        cwd=tmp_path / "work",
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ask_the_chat(port: int) -> str:
    """Loads the page and asks one question as it does; returns what the queue says."""
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=20).read()
            break
        except OSError:
            time.sleep(0.1)
    asked = urllib.request.Request(
        f"{address}/gradio_api/call/ask",
        json.dumps({"data": [QUESTION]}).encode(),
        {"Content-Type": "application/json"},
    )
    event = json.load(urllib.request.urlopen(asked, timeout=20))["event_id"]
    said: bytes = urllib.request.urlopen(f"{address}/gradio_api/call/ask/{event}", timeout=60).read()
    return said.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="strace is Linux's")
def test_no_name_is_looked_up_nothing_is_sent_and_nothing_written_elsewhere(tmp_path: Path, documents: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("needs strace: apt-get install strace")
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps({"question": QUESTION, "answers": ["80 tonnes"]}), encoding="utf-8")
    store = ["--store", str(tmp_path / "store")]
    commands = {
        "index": ["index", str(documents), *store],
        "ask": ["ask", QUESTION, *store],
        "eval": ["eval", str(questions), *store],
    }
    for name, words in commands.items():
        with traced(tmp_path, name, *words) as process:
            out, said = process.communicate(timeout=120)
            assert process.returncode == 0, out + said
    port = free_port("127.0.0.1", 0)
    with traced(tmp_path, "serve", "serve", "--port", str(port), *store) as process:
        assert "80 tonnes" in ask_the_chat(port)
        # What sends something of its own does so some seconds later.
        time.sleep(5)
        assert process.poll() is None
        subprocess.run(["pkill", "-INT", "-P", str(process.pid)], check=True)
        process.wait(timeout=30)
    # To the temporary folder go SQLite's and the chat's own passing files; below the installation gradio keeps a seed.
    allowed = [tmp_path / "store", tmp_path / "scratch", Path("/dev"), Path("/proc"), Path(sys.prefix).resolve()]
    for name in (*commands, "serve"):
        assert list(outside(tmp_path / name)) == []
        elsewhere = [
            path for path in written(tmp_path / name, tmp_path / "work") if not any(map(path.is_relative_to, allowed))
        ]
        assert elsewhere == [], f"{name} wrote outside the store and the temporary folder"
    assert list((tmp_path / "home").rglob("*")) == []
    assert list((tmp_path / "work").rglob("*")) == []
    assert list((tmp_path / "scratch").iterdir()) == [], "what passes is gone at the end"


@pytest.mark.skipif(sys.platform != "linux", reason="strace is Linux's")
def test_the_watch_sees_a_look_up_and_a_file(tmp_path: Path) -> None:
    """The watch itself is watched: it must not pass by seeing nothing."""
    if shutil.which("strace") is None:
        pytest.skip("needs strace: apt-get install strace")
    code = (
        "import socket, pathlib\n"
        "pathlib.Path('made').write_text('x')\n"
        "for address in ('127.0.0.1', 53), ('192.0.2.1', 443), ('127.0.0.1', 80):\n"
        "    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:\n"
        "        asking.connect(address)\n"
    )
    subprocess.run(
        ["strace", "-f", "-e", f"trace={CALLS}", "-o", str(tmp_path / "trace"), sys.executable, "-c", code],
        cwd=tmp_path,
        check=True,
    )
    assert len(list(outside(tmp_path / "trace"))) == 2
    assert tmp_path / "made" in written(tmp_path / "trace", tmp_path)
