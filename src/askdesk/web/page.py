"""The chat page and the server behind it: the only file that imports gradio."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askdesk.errors import AskdeskError, StoreMissing, is_failure
from askdesk.types import Answer
from askdesk.web import render
from askdesk.web.guard import Guard, is_loopback
from askdesk.web.style import CSS

# The library takes settings from the environment, among them folders to open to everybody and addresses to report to.
# None of them has a say here, and its passing files lie in a folder of this process alone, gone when it ends.
_SCRATCH = tempfile.TemporaryDirectory(prefix="askdesk-")
for _name in [name for name in os.environ if name.startswith("GRADIO_")]:
    del os.environ[_name]
os.environ |= {"GRADIO_TEMP_DIR": _SCRATCH.name, "GRADIO_ANALYTICS_ENABLED": "False"}

import fastapi  # noqa: E402
import gradio  # noqa: E402 - it reads those settings when it is loaded
import uvicorn  # noqa: E402

if TYPE_CHECKING:
    from askdesk.desk import Desk
    from askdesk.web.users import Users

EXAMPLES = (
    "How many North Korean soldiers are in Russia?",
    "Which tanks will Croatia buy from Germany?",
    "What did Rutte say about losses?",
    "Did Rutte confirm the deployment?",
    "How much do the Leopard tanks cost?",
)
# The first screen where none of the examples is about the documents. Two sentences of the page's own, no document's.
WELCOME = (
    '<div class="ad-welcome">Ask in whole sentences and with the names your documents use: who, what, when, where or '
    "how many. You get their own words, each quote with its place, or are told that they do not say.</div>"
)
REMEMBERED = 20  # turns that a follow-up may refer to, and that stay on the page's side of the memory
# An answer is read from its beginning, so the page rests on the question and not on the end of the last card.
TO_LAST_QUESTION = """() => {
    const questions = [...document.querySelectorAll(".ad-question")];
    questions.at(-1)?.scrollIntoView({ block: "start", behavior: "smooth" });
}"""
_log = logging.getLogger(__name__)

# One turn of a conversation: the question, what is shown for it, and the answer if there was one.
Turn = tuple[str, str, Answer | None]


def serve(desk: Desk, store: Path, host: str, port: int, names: Sequence[str] = (), users: Users | None = None) -> None:
    """Serves the chat, as ``launch`` does, until Ctrl-C. Raises AskdeskError if the server cannot start."""
    served = launch(desk, store, host, port, names, users)
    print(f"The chat is at {served.local_url} (Ctrl-C ends it)", file=sys.stderr, flush=True)
    if not is_loopback(host):
        print("The connection is not encrypted: put a proxy with TLS before it", file=sys.stderr, flush=True)
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        print("The chat has ended", file=sys.stderr)
    finally:
        served.close()


def launch(
    desk: Desk, store: Path, host: str, port: int, names: Sequence[str] = (), users: Users | None = None
) -> Served:
    """Starts the server in the background and returns it.

    Every request passes the guard first, which knows ``names`` and ``users``. Nothing leaves the machine: no telemetry,
    no share link, no fonts from elsewhere, no record of questions in the browser.
    """
    page = build(desk, store)
    app = gradio.mount_gradio_app(
        fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None),
        page,
        path="/",
        server_name=host,
        server_port=port,
        footer_links=[],
        run_history=False,
        # Nothing is uploaded in this chat, and to nobody is a file shown by its path.
        max_file_size=1,
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        css=CSS,
        theme=gradio.themes.Base(
            primary_hue="blue",
            neutral_hue="slate",
            font=["system-ui", "-apple-system", "Segoe UI", "sans-serif"],
            font_mono=["ui-monospace", "Consolas", "monospace"],
        ),
    )
    served = Served(Guard(app, host, names, users), host, port)
    served.start()
    return served


class Served:
    """A server in a thread of its own: ``local_url`` is where it is reached on this machine."""

    def __init__(self, app: Any, host: str, port: int) -> None:
        own = "127.0.0.1" if host == "0.0.0.0" else "::1" if host == "::" else host
        self.local_url = f"http://[{own}]:{port}/" if ":" in own else f"http://{own}:{port}/"
        self._where = f"{host} port {port}"
        # Answers that stream would keep the server from ending.
        config = uvicorn.Config(
            app,
            host,
            port,
            # Of a request to change to another protocol, which none here does, it would warn at length.
            log_level="error",
            ws="none",
            # Only a proxy on this machine may say for whom it asks.
            forwarded_allow_ips=["127.0.0.1", "::1"],
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="chat", daemon=True)

    def start(self) -> None:
        """Returns once requests are taken. Raises AskdeskError where that does not come about."""
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise AskdeskError(f"the chat cannot start on {self._where}: choose another with --port")
            time.sleep(0.01)

    def close(self, verbose: bool = False) -> None:
        """Ends the server; what it was answering is broken off, of which nothing need be told."""
        log = logging.getLogger("uvicorn.error")
        level = log.level
        log.setLevel(logging.CRITICAL)
        self._server.should_exit = True
        self._thread.join(timeout=10)
        log.setLevel(level)
        if verbose:
            print(f"The chat at {self.local_url} has ended", file=sys.stderr)


def build(desk: Desk, store: Path) -> Any:
    """Returns the page as gradio Blocks, not yet served."""
    with gradio.Blocks(title="askdesk", analytics_enabled=False, fill_width=True) as page:
        head = gradio.HTML(render.head(""), apply_default_css=False)
        chat = gradio.Chatbot(
            label="Questions and answers",
            show_label=False,
            height="calc(100dvh - 14.75rem)",
            min_height=300,
            autoscroll=False,
            buttons=[],
            feedback_options=None,
            latex_delimiters=[],
            render_markdown=False,
            layout="panel",
        )
        box = gradio.Textbox(
            label="Your question",
            show_label=False,
            placeholder="Ask your documents a question",
            submit_btn=True,
            autofocus=True,
            lines=1,
            max_lines=6,
        )
        turns = gradio.State(())

        def card(html: str) -> Any:
            return gradio.HTML(html, apply_default_css=False, js_on_load=None)

        def shown(done: tuple[Turn, ...], asking: str | None = None) -> list[dict[str, Any]]:
            messages = []
            for question, html, _ in done:
                messages.append({"role": "user", "content": card(render.question(question))})
                messages.append({"role": "assistant", "content": card(html)})
            if asking is not None:
                messages.append({"role": "user", "content": card(render.question(asking))})
            return messages

        def ask(question: str, done: tuple[Turn, ...]) -> Iterator[tuple[str, list[dict[str, Any]], tuple[Turn, ...]]]:
            yield "", shown(done, question), done
            done = (*done, answered(desk, question, done))[-REMEMBERED:]
            yield "", shown(done), done

        def ask_example(chosen: gradio.SelectData, done: tuple[Turn, ...]) -> Iterator[Any]:
            yield from ask(chosen.value["text"], done)

        def headed() -> str:
            return render.head(listed(desk, store))

        def offered() -> Any:
            fitting = examples(desk)
            offer = [{"text": text} for text in fitting]
            return gradio.Chatbot(examples=offer, placeholder=None if fitting else WELCOME)

        outputs = [box, chat, turns]
        asked = box.submit(ask, [box, turns], outputs, api_name="ask", concurrency_limit=4)
        chosen = chat.example_select(ask_example, [turns], outputs, api_visibility="private", concurrency_limit=4)
        for event in (asked, chosen):
            event.then(None, js=TO_LAST_QUESTION, api_visibility="private")
        chat.clear(lambda: (), None, turns, api_visibility="private")
        page.load(headed, None, head, api_visibility="private")
        page.load(offered, None, chat, api_visibility="private")
    return page


def answered(desk: Desk, question: str, done: tuple[Turn, ...]) -> Turn:
    """Asks ``desk`` and returns the turn; whatever goes wrong is a turn that says so."""
    history = tuple(earlier for _, _, earlier in done if earlier is not None)

    def answer() -> tuple[str, Answer | None]:
        given = desk.ask(question, history=history)
        documents = {citation.document_id: desk.document(citation.document_id) for citation in given.citations}
        carriers = {also for citation in given.citations for also in citation.also_in}
        titles = {info.id: info.title for info in desk.documents() if info.id in carriers} if carriers else {}
        return render.answer(given, documents, titles), given

    html, given = _guarded(answer)
    return question, html, given


def _guarded(answer: Callable[[], tuple[str, Answer | None]]) -> tuple[str, Answer | None]:
    try:
        return answer()
    except BaseException as error:
        return _problem(error), None


def _problem(error: BaseException) -> str:
    """The card that tells of an error, whatever it is: what were raised further would leave the page waiting."""
    if not is_failure(error):
        raise error
    if isinstance(error, AskdeskError):
        return render.problem(str(error))
    _log.error("the chat goes on after an error", exc_info=error)
    return render.problem(f"{type(error).__name__}: {error}. This is a bug in askdesk; the chat goes on.")


def listed(desk: Desk, store: Path) -> str:
    """Returns the line that lists the documents, or says that there is no store yet."""
    try:
        return render.library(desk.documents(), store)
    except StoreMissing:
        return render.library((), store)
    except BaseException as error:
        return _problem(error)


def examples(desk: Desk) -> tuple[str, ...]:
    """Returns the example questions if the documents are the ones they are about, else none."""
    try:
        return EXAMPLES if any(desk.ask(question).found for question in EXAMPLES) else ()
    except BaseException as error:
        _problem(error)  # what is wrong with the store stands in the list of documents and in every answer
        return ()
