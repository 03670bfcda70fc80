"""The whole path in a network namespace of its own, in which there is no network but the machine itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are Linux's")
def test_the_whole_path_without_a_network(tmp_path: Path) -> None:
    if shutil.which("unshare") is None:
        pytest.skip("needs unshare, of util-linux")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "crane.txt").write_text(
        "Harbour of Orsa gets a new crane\n\nThe harbour of Orsa has ordered a crane of 80 tonnes.", encoding="utf-8"
    )
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        ["unshare", "--map-root-user", "--net", sys.executable, "-c", SCRIPT, str(tmp_path)],
        env={**os.environ, "HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "answered without a network" in done.stdout, done.stderr
