"""Who may talk to the chat, tried on the served page: by address, by origin, by name and password, in a browser."""

from __future__ import annotations

import base64
import http.client
import json
import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import small_store
from askdesk.cli import main
from askdesk.desk import Desk
from askdesk.errors import AskdeskError
from askdesk.web.guard import TRIES, is_loopback
from askdesk.web.port import free_port
from askdesk.web.users import LONGEST, Users, add_user
from browser import browser
from storing import environment

# The web library still uses calls that its own table library has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio.queueing")

ROUTES = [
    ("GET", "/"),
    ("GET", "/config"),
    ("GET", "/gradio_api/info"),
    ("GET", "/theme.css"),
    ("GET", "/gradio_api/queue/data?session_hash=x"),
    ("GET", "/gradio_api/heartbeat/x"),
    ("GET", "/gradio_api/file=/etc/hostname"),
    ("GET", "/no/such/route"),
    ("POST", "/gradio_api/call/ask"),
    ("POST", "/gradio_api/queue/join"),
    ("POST", "/gradio_api/upload"),
    ("POST", "/gradio_api/run/ask"),
    ("OPTIONS", "/gradio_api/queue/join"),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(small_store.build(tmp_path_factory.mktemp("guard"))) as desk:
        yield desk


@pytest.fixture(scope="module")
def port(desk: Desk) -> Iterator[int]:
    from askdesk.web import page

    port = free_port("127.0.0.1", 0)
    served = page.launch(desk, Path("store"), "127.0.0.1", port, ["Desk.Example"])
    yield port
    served.close()


@pytest.fixture
def users(tmp_path: Path) -> Path:
    file = tmp_path / "users"
    assert add_user(file, "mira", "långt: ord")
    return file


def answer_to(port: int, method: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of one request; the names of ``headers`` with hyphens for underscores."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    body = b'{"data": ["Who?"]}' if method == "POST" else None
    connection.request(method, path, body, {"Content-Type": "application/json", **given})
    response = connection.getresponse()
    # A stream that is let through does not end.
    streams = "event-stream" in response.headers.get("content-type", "")
    said = response.status, {name.lower(): value for name, value in response.getheaders()}
    content = b"" if streams else response.read()
    connection.close()
    return (*said, content)


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_no_route_is_open_to_another_site(port: int, method: str, path: str) -> None:
    own = f"127.0.0.1:{port}"
    foreign = [
        {"Host": "rebound.example"},
        {"Host": f"rebound.example:{port}"},
        {"Host": "192.0.2.7"},
        {"Host": "localhost.rebound.example"},
        {"Host": ""},
        {"Host": own, "Origin": "https://elsewhere.example"},
        {"Host": own, "Origin": "http://127.0.0.1:1"},
        {"Host": own, "Origin": "null"},
        {"Host": own, "Origin": "http://["},
        {"Host": own, "Origin": f"foo://{own}"},
        {"Host": f"evil@{own}"},
        {"Host": "127.0.0.1/.rebound.example"},
        {"Host": "127.0.0.1:zz", "Origin": "http://x:yy"},
        {"Host": own, "Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"},
        {"Host": own, "Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors"},
    ]
    for headers in foreign:
        status, given, body = answer_to(port, method, path, **headers)
        assert status == 403, headers
        assert "access-control-allow-origin" not in given
        assert body.count(b"\n") == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": "localhost:{port}", "Origin": "http://localhost:{port}"},
        {"Host": "[::1]:{port}"},
        {"Host": "127.0.0.2:{port}"},
        {"Host": "desk.example", "Origin": "https://desk.example"},
        {"Host": "DESK.example.:443", "Origin": "https://desk.example"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"},
        {"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "cors"},
    ],
)
def test_the_chats_own_names_pass_with_headers_against_framing(port: int, headers: dict[str, str]) -> None:
    for accept in ("text/html", "*/*"):
        given = {name: value.format(port=port) for name, value in headers.items()}
        status, said, body = answer_to(port, "GET", "/", Accept=accept, **given)
        assert status == 200
        assert b"askdesk" in body
        assert said["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in said["content-security-policy"]
        assert "'unsafe-inline'" not in said["content-security-policy"].split("script-src")[1].split(";")[0]


def test_of_two_hosts_none_counts(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as raw:
        raw.sendall(f"GET /config HTTP/1.1\r\nHost: rebound.example\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        assert raw.recv(100).split()[1] in (b"400", b"403")
    both = f"Host: 127.0.0.1:{port}\r\nOrigin: http://rebound.example\r\nOrigin: http://127.0.0.1:{port}\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as raw:
        raw.sendall(f"GET /config HTTP/1.1\r\n{both}\r\n".encode())
        assert raw.recv(100).split()[1] == b"403"


def test_a_link_leads_here_but_no_form(port: int) -> None:
    given = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}
    assert answer_to(port, "GET", "/", **given)[0] == 200
    assert answer_to(port, "POST", "/gradio_api/upload", **given)[0] == 403


def test_the_end_with_an_open_page_is_quiet(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    from askdesk.web import page

    port = free_port("127.0.0.1", 0)
    served = page.launch(desk, Path("store"), "127.0.0.1", port)
    stream = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    stream.request("GET", "/gradio_api/heartbeat/x")
    assert stream.getresponse().read(4) == b"data"
    served.close()
    stream.close()
    assert capfd.readouterr().err == ""


def test_settings_from_the_environment_open_no_folder(tmp_path: Path) -> None:
    """Of a process of its own, for they are read when the library is loaded."""
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret")
    store = small_store.build(tmp_path / "own")
    code = (
        "import sys, urllib.request, urllib.error\nfrom pathlib import Path\nfrom askdesk import Desk\n"
        "from askdesk.web import page\nfrom askdesk.web.port import free_port\n"
        "served = page.launch(Desk(sys.argv[1]), Path('s'), '127.0.0.1', free_port('127.0.0.1', 0))\n"
        "for way in ('file=', 'file/'):\n"
        "    try:\n        print(urllib.request.urlopen(served.local_url + 'gradio_api/' + way + sys.argv[2]).read())\n"
        "    except urllib.error.HTTPError as error:\n        print(error.code)\n"
        "print(urllib.request.urlopen(served.local_url + 'config').read().decode())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(store), str(secret)],
        env=environment()
        | {
            "GRADIO_ALLOWED_PATHS": str(tmp_path),
            "GRADIO_ANALYTICS_ENABLED": "True",
            "GRADIO_ROOT_PATH": "/elsewhere",
            "GRADIO_MCP_SERVER": "True",
            "GRADIO_RUN_HISTORY": "True",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout.split("\n")[:2] == ["403", "403"], done.stdout + done.stderr
    config = json.loads(done.stdout.split("\n", 2)[2])
    assert not config.get("analytics_enabled")
    assert not config.get("run_history")
    assert "/elsewhere" not in config["root"]


# -- names and passwords


def test_any_address_but_loopback_needs_a_file_of_users(
    tmp_path: Path, users: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [is_loopback(host) for host in ("127.0.0.1", "127.8.8.8", "::1", "localhost")] == [True] * 4
    for host in ("0.0.0.0", "::", "192.0.2.7", "desk.example"):
        assert not is_loopback(host)
        assert main(["serve", "--host", host, "--store", str(tmp_path / "none")]) == 1
        said = capsys.readouterr().err
        assert "--auth FILE" in said
        assert said.count("\n") == 1
    assert main(["serve", "--host", "0.0.0.0", "--auth", str(tmp_path / "missing")]) == 1
    assert "askdesk adduser NAME" in capsys.readouterr().err


def test_with_users_every_route_asks_for_a_password(desk: Desk, users: Path) -> None:
    from askdesk.web import page

    port = free_port("127.0.0.1", 0)
    served = page.launch(desk, Path("store"), "0.0.0.0", port, (), Users(users))
    try:
        # An address in figures is no other site's, whichever of this machine's it is; a name may be.
        for host in (f"127.0.0.1:{port}", "192.0.2.7"):
            for method, path in ROUTES:
                status, given, _ = answer_to(port, method, path, Host=host)
                assert status == 401
                assert given["www-authenticate"].startswith("Basic ")
        assert answer_to(port, "GET", "/", Host="rebound.example", Authorization=basic("mira", "långt: ord"))[0] == 403
        for given in ("Basic !", "Basic \xe9", "Basic /w==", "Basic", "Bearer x", basic("mira", "x" * 99)):
            assert answer_to(port, "GET", "/", Authorization=given)[0] == 401
        with ThreadPoolExecutor(20) as many:  # a page asks for much at once
            right = basic("mira", "långt: ord")
            said = list(many.map(lambda _: answer_to(port, "GET", "/config", Authorization=right)[0], range(20)))
        assert said == [200] * 20
        with ThreadPoolExecutor(20) as many:
            guesses = [basic("mira", f"guess {n}") for n in range(20)]
            said = list(many.map(lambda guess: answer_to(port, "GET", "/config", Authorization=guess)[0], guesses))
        # One wrong password was sent above.
        assert sorted(said) == [401] * (TRIES - 1) + [429] * (21 - TRIES)
        # From now on even the right password waits where it was not used before; where it was, its user goes on.
        assert answer_to(port, "GET", "/config", Authorization=basic("mira", "another"))[0] == 429
        assert answer_to(port, "GET", "/config", Authorization=basic("mira", "långt: ord"))[0] == 200
    finally:
        served.close()


def test_the_file_of_users(tmp_path: Path, users: Path) -> None:
    assert stat.S_IMODE(users.stat().st_mode) == 0o600 or sys.platform == "win32"
    assert not add_user(users, "mira", "new")
    assert add_user(users, "jón", "other")
    known = Users(users)
    assert known.knows("mira", "new")
    assert known.knows("jón", "other")
    for name, password in (("mira", "långt: ord"), ("mira", "other"), ("nobody", ""), ("", ""), ("jón", "x" * 99)):
        assert not known.knows(name, password)
    assert "new" not in users.read_text(encoding="utf-8")
    users.write_text(f"# ours\n{users.read_text(encoding='utf-8')}", encoding="utf-8")
    users.chmod(0o640)
    (tmp_path / "link").symlink_to(users)
    assert not add_user(tmp_path / "link", "jón", "third")
    assert (tmp_path / "link").is_symlink()
    assert stat.S_IMODE(users.stat().st_mode) == 0o640
    assert users.read_text(encoding="utf-8").startswith("# ours\nmira:")
    assert Users(users).knows("jón", "third")
    users.write_text(users.read_text(encoding="utf-8").removeprefix("# ours\n"), encoding="utf-8-sig")
    assert Users(users).knows("mira", "new")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(AskdeskError, match="no ordinary file"):
        add_user(tmp_path / "pipe", "mira", "new")
    # As htpasswd -B writes it, with a comment and an empty line.
    theirs = tmp_path / "htpasswd"
    theirs.write_text(
        "# ours\n\nada:" + users.read_text(encoding="utf-8-sig").split("\n")[0].split(":")[1].replace("$2b$", "$2y$")
    )
    assert Users(theirs).knows("ada", "new")


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("", "x"),
        ("a:b", "x"),
        ("a\nb", "x"),
        ("#a", "x"),
        (" a", "x"),
        ("a", ""),
        ("a", "å" * LONGEST),
        ("a", "\udcff"),
    ],
)
def test_names_and_passwords_that_cannot_be(tmp_path: Path, name: str, password: str) -> None:
    with pytest.raises(AskdeskError):
        add_user(tmp_path / "users", name, password)
    assert not (tmp_path / "users").exists()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "mira",
        "mira:secret",
        "mira:$2b$31$" + "a" * 53,
        "mira:$2b$xx$" + "a" * 53,
        "mira:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=",
        "\x00\xff:",
    ],
)
def test_a_file_that_holds_no_users_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "users").write_text(content, encoding="latin-1")
    with pytest.raises(AskdeskError, match=r"askdesk adduser|cannot be read"):
        Users(tmp_path / "users")


def test_adduser_takes_the_password_from_its_input(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "askdesk", "adduser", "mira", "--auth", str(tmp_path / "users")]
    for said in ("Added mira", "Changed the password of mira"):
        done = subprocess.run(
            command, input="from a pipe\n", env=environment(), capture_output=True, text=True, check=True
        )
        assert said in done.stdout
    assert Users(tmp_path / "users").knows("mira", "from a pipe")


# -- in a browser


def test_the_page_works_in_a_browser_and_runs_nothing_else(port: int, tmp_path: Path) -> None:
    with browser(tmp_path) as tab:
        tab.call("Page.navigate", url=f"http://127.0.0.1:{port}/")
        tab.wait("document.querySelector('textarea') !== null")
        tab.wait("document.body.innerText.includes('4 documents')")
        tab.type("textarea", small_store.QUESTION)
        tab.wait("document.querySelector('mark')?.innerText === '42,000'")
        assert tab.complaints == []
        assert [url for url in tab.requested if not url.startswith((f"http://127.0.0.1:{port}/", "data:"))] == []
        tab.run("document.body.insertAdjacentHTML('beforeend', '<img src=\"favicon.ico?\" onload=\"window.ran=1\">')")
        tab.wait("document.querySelector('img[src]:last-of-type').complete")
        assert tab.run("window.ran") is None
        assert any("inline event handler" in said for said in tab.complaints)


class Elsewhere(BaseHTTPRequestHandler):
    """A page of another site, on another port of this machine, that wants to show and to ask the chat."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(f"<p>mine</p><iframe src='http://127.0.0.1:{self.path[1:]}/'></iframe>".encode())

    def log_message(self, *_: object) -> None:
        pass


def test_a_page_of_another_site_neither_shows_nor_asks_the_chat(port: int, tmp_path: Path) -> None:
    site = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    try:
        with browser(tmp_path) as tab:
            tab.call("Page.navigate", url=f"http://127.0.0.1:{site.server_port}/{port}")
            tab.wait("document.body?.innerText.includes('mine')")
            chat = f"'http://127.0.0.1:{port}/config'"
            for how in ("{}", "{mode: 'no-cors'}", "{mode: 'no-cors', method: 'POST', body: '{}'}"):
                assert tab.run(f"fetch({chat}, {how}).then(() => 'let in', () => 'refused')") == "refused"
            tab.wait("document.querySelector('iframe').contentDocument === null")
            assert any("frame" in said.lower() for said in tab.complaints), tab.complaints
    finally:
        site.shutdown()
        site.server_close()
