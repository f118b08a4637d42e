"""The preview's HTTP server: the built files under the base path, and a few addresses of its own.

It answers only requests that name it as their host, so that no page of another site can read or
change anything through a name that points here; answers to questions carry a token besides.
"""

from __future__ import annotations

import mimetypes
import secrets
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from compare.build.manifest import is_safe
from compare.errors import CorrectionError, CrossreadError
from compare.one_story import open_story
from compare.one_story.review import Answers, questions
from compare.serve import screens
from compare.serve.watching import State

OWN = "__crossread/"
_BEAT = 15.0  # seconds between signs of life on an event stream
_LARGEST_FORM = 10_000
_LOCAL = ("127.0.0.1", "localhost", "::1")
_NOT_FOUND = b"<!doctype html><title>Not found</title><p>There is no such page.</p>"

mimetypes.add_type("application/javascript", ".mjs")
mimetypes.add_type("application/wasm", ".wasm")


class Served(NamedTuple):
    """What is served: the site's folder, the built site, and its path, with a slash at both ends."""

    root: Path
    output: Path
    base: str = "/"


class Server(ThreadingHTTPServer):
    """Serves a preview.

    Args:
        address: Host and port; port 0 takes a free one.
        served: What is served.
        state: What the builder says.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], served: Served, state: State) -> None:
        super().__init__(address, _Handler)
        self.served = served
        self.state = state
        self.token = secrets.token_urlsafe(16)
        self.hosts = {f"{host}:{self.server_port}" for host in (*_LOCAL, "[::1]", address[0])}
        self.is_local = address[0] in _LOCAL
        self._answers: dict[str, Answers] = {}
        self._one_at_a_time = threading.Lock()

    @property
    def url(self) -> str:
        """Where the site is."""
        return f"http://{self.server_address[0]!s}:{self.server_port}{self.served.base}"

    def answers(self, story: str) -> Answers:
        """What has been answered about a story."""
        return self._answers.setdefault(story, Answers(self.served.root, story))

    def take(self, story: str, said: dict[str, str]) -> None:
        """Save the answer of a form, or take the last one back.

        Raises:
            CrossreadError: The answer cannot be taken.
        """
        answer = said.get("answer", "")
        with self._one_at_a_time:
            if answer != "undo":
                self.answers(story).answer(said.get("x", ""), said.get("y", ""), answer)
            elif not self.answers(story).undo():
                raise CorrectionError("there is nothing to undo, or the file was edited since")

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def start(self) -> None:
        """Answer in a thread of its own."""
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True, name="serve").start()

    def stop(self) -> None:
        """End, and let go of everyone who waits."""
        self.state.close()
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "crossread"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with a file, an event stream or a page of the preview's own."""
        base = self.server.served.base
        parts = urlsplit(self.path)
        own = parts.path.removeprefix(f"{base}{OWN}")
        if not self._is_asked_for():
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, "This preview is reached under another name.")
        elif not parts.path.startswith(base):
            self._redirect(base)
        elif own == "events":
            self._stream(parts.query)
        elif own == "preview.js":
            self._send(HTTPStatus.OK, screens.SCRIPT, "application/javascript; charset=utf-8")
        elif own.startswith("review/"):
            self._review(unquote(own.removeprefix("review/")).strip("/"))
        else:
            self._file(unquote(parts.path.removeprefix(base)), last_good="last-good" in parts.query)

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def do_POST(self) -> None:
        """Take an answer to a question."""
        prefix = f"{self.server.served.base}{OWN}review/"
        length = self.headers.get("Content-Length", "")
        if not (self._is_asked_for() and self.path.startswith(prefix) and length.isdecimal()):
            self.close_connection = True  # the body is still unread
            self._refuse(HTTPStatus.FORBIDDEN, "No.")
            return
        self.close_connection = int(length) > _LARGEST_FORM
        form = parse_qs(self.rfile.read(min(int(length), _LARGEST_FORM)).decode("utf-8", "replace"))
        said = {name: values[0] for name, values in form.items()}
        if not secrets.compare_digest(said.get("token", "").encode(), self.server.token.encode()):
            self._refuse(HTTPStatus.FORBIDDEN, "The page is from an earlier preview; load it again.")
            return
        try:
            self.server.take(unquote(self.path.removeprefix(prefix)), said)
        except CrossreadError as error:
            self._problems(HTTPStatus.CONFLICT, error)
        else:
            self._redirect(self.path)

    def _is_asked_for(self) -> bool:
        return not self.server.is_local or self.headers.get("Host", "") in self.server.hosts

    def _file(self, path: str, *, last_good: bool) -> None:
        """A file of the site; a page of problems in its place while there are any."""
        served, state = self.server.served, self.server.state
        number, wrong = state.number, state.troubles
        if path == "" or path.endswith("/"):
            path += "index.html"
        is_page = path.endswith(".html")
        if is_page and wrong and not last_good:
            page = screens.problem_page(wrong, served.root)
            self._live(HTTPStatus.INTERNAL_SERVER_ERROR, page, number)
        elif (content := self._read(path)) is None and self._read(f"{path}/index.html") is not None:
            self._redirect(f"{urlsplit(self.path).path}/")
        elif content is None:
            self._live(HTTPStatus.NOT_FOUND, self._read("404.html") or _NOT_FOUND, number)
        elif is_page:
            self._live(HTTPStatus.OK, content, number, path)
        else:
            self._send(HTTPStatus.OK, content, mimetypes.guess_type(path)[0] or "application/octet-stream")

    def _read(self, path: str) -> bytes | None:
        """The bytes of a file below the site's folder; None for anything else."""
        output = self.server.served.output.resolve()
        try:
            found = (output / path).resolve(strict=True)
            return found.read_bytes() if is_safe(path) and found.is_relative_to(output) else None
        except (OSError, RuntimeError, ValueError):
            return None

    def _review(self, story: str) -> None:
        number = self.server.state.number
        try:
            opened = open_story(self.server.served.root, story)
            asked = questions(opened)
        except CrossreadError as error:
            self._problems(HTTPStatus.NOT_FOUND, error)
            return
        undo = len(self.server.answers(story).written)
        page = screens.review_page(opened.story, asked, self.server.token, undo)
        self._live(HTTPStatus.OK, page, number)

    def _stream(self, query: str) -> None:
        """Tell when there is something new (server-sent events)."""
        since = parse_qs(query).get("since", ["0"])[0]
        seen = int(since) if since.isdecimal() and len(since) < 12 else 0
        state = self.server.state
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            while not state.closed:
                number = state.wait(seen, _BEAT)
                told = f"data: {number}\n\n" if number > seen else ": still here\n\n"
                self.wfile.write(told.encode())
                self.wfile.flush()
                seen = max(seen, number)
        except OSError:
            return  # the browser has gone

    def _live(self, status: HTTPStatus, page: bytes, number: int, path: str = "") -> None:
        """Send a page that reloads itself, and a story's with a link to its questions."""
        parts = path.split("/")
        is_story = len(parts) == 3 and parts[0] == "stories" and parts[2] == "index.html"
        own = f"{self.server.served.base}{OWN}"
        self._send(status, screens.live(page, own, number, parts[1] if is_story else ""))

    def _problems(self, status: HTTPStatus, error: CrossreadError) -> None:
        self._send(status, screens.problem_page(error.problems, self.server.served.root))

    def _refuse(self, status: HTTPStatus, why: str) -> None:
        self._send(status, f"{why}\n".encode(), "text/plain")

    def _redirect(self, place: str) -> None:
        self._send(HTTPStatus.SEE_OTHER, b"", "text/plain", place)

    def _send(
        self, status: HTTPStatus, content: bytes, media: str = "text/html; charset=utf-8", place: str = ""
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if place:
            self.send_header("Location", place)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Requests are of no interest; builds are, and the command tells of them."""
