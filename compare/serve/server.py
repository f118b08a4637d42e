"""The preview's HTTP server: the built files under the base path, and a few addresses of its own.

It answers only requests that name it as their host, so that no page of another site can read or
change anything through a name that points here; answers to questions carry a token besides.
"""

from __future__ import annotations

import mimetypes
import secrets
import sys
import threading
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from compare.build.manifest import is_safe
from compare.errors import CrossreadError
from compare.serve import screens
from compare.serve.desk import Desk
from compare.serve.state import State, troubles

OWN = "__crossread/"
_BEAT = 15.0  # seconds between signs of life on an event stream
_LARGEST_FORM = 10_000
_LOCAL = ("127.0.0.1", "localhost", "::1")

mimetypes.add_type("application/javascript", ".mjs")
mimetypes.add_type("application/wasm", ".wasm")


@dataclass(frozen=True, slots=True)
class Served:
    """What is served where.

    Attributes:
        root: The site's folder.
        output: The built site.
        base: Path under which it is served, with a slash at both ends.
    """

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
        self.desk = Desk(served.root)
        self.hosts = {
            f"{host}:{self.server_port}" for host in ("127.0.0.1", "localhost", "[::1]", address[0])
        }
        self.is_local = address[0] in _LOCAL

    @property
    def url(self) -> str:
        """Where the site is."""
        return f"http://{self.server_address[0]!s}:{self.server_port}{self.served.base}"

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
        if not self._is_asked_for():
            self._send(
                HTTPStatus.MISDIRECTED_REQUEST, b"This preview is reached under another name.\n", "text/plain"
            )
        elif not parts.path.startswith(base):
            self._redirect(base)
        elif parts.path == f"{base}{OWN}events":
            self._stream(parts.query)
        elif parts.path == f"{base}{OWN}preview.js":
            self._send(HTTPStatus.OK, screens.SCRIPT, "application/javascript; charset=utf-8")
        elif parts.path.startswith(f"{base}{OWN}review/"):
            self._review(parts.path.removeprefix(f"{base}{OWN}review/"))
        else:
            self._file(unquote(parts.path.removeprefix(base)), last_good="last-good" in parts.query)

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def do_POST(self) -> None:
        """Take an answer to a question."""
        prefix = f"{self.server.served.base}{OWN}review/"
        length = self.headers.get("Content-Length", "")
        if not (self._is_asked_for() and self.path.startswith(prefix) and length.isdecimal()):
            self.close_connection = True  # the body is still unread
            self._send(HTTPStatus.FORBIDDEN, b"No.\n", "text/plain")
            return
        self.close_connection = int(length) > _LARGEST_FORM
        form = parse_qs(self.rfile.read(min(int(length), _LARGEST_FORM)).decode("utf-8", "replace"))
        said = {name: values[0] for name, values in form.items()}
        if not secrets.compare_digest(said.get("token", "").encode(), self.server.token.encode()):
            self._send(
                HTTPStatus.FORBIDDEN, b"The page is from an earlier preview; load it again.\n", "text/plain"
            )
            return
        story = unquote(self.path.removeprefix(prefix))
        try:
            self.server.desk.take(story, said)
        except CrossreadError as error:
            self._send(HTTPStatus.CONFLICT, screens.problem_page(troubles(error), self.server.served.root))
            return
        self._redirect(self.path)

    def _is_asked_for(self) -> bool:
        return not self.server.is_local or self.headers.get("Host", "") in self.server.hosts

    def _file(self, path: str, *, last_good: bool) -> None:
        """A file of the site; a page of problems in its place while there are any."""
        served, state = self.server.served, self.server.state
        number, wrong = state.number, state.troubles
        path = path + "index.html" if path == "" or path.endswith("/") else path
        is_page = path.endswith(".html")
        if is_page and wrong and not last_good:
            page = screens.problem_page(wrong, served.root)
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, self._live(page, number))
            return
        content = self._read(path)
        if content is None and is_safe(path) and (served.output / path / "index.html").is_file():
            self._redirect(f"{urlsplit(self.path).path}/")
        elif content is None:
            page = (
                self._read("404.html")
                or b"<!doctype html><title>Not found</title><p>There is no such page.</p>"
            )
            self._send(HTTPStatus.NOT_FOUND, self._live(page, number))
        elif is_page:
            self._send(HTTPStatus.OK, self._live(content, number, path))
        else:
            self._send(HTTPStatus.OK, content, mimetypes.guess_type(path)[0] or "application/octet-stream")

    def _read(self, path: str) -> bytes | None:
        """The bytes of a file below the site's folder; None for anything else."""
        output = self.server.served.output
        if not is_safe(path):
            return None
        try:
            found = (output / path).resolve(strict=True)
            return found.read_bytes() if found.is_relative_to(output.resolve()) and found.is_file() else None
        except (OSError, RuntimeError, ValueError):
            return None

    def _live(self, page: bytes, number: int, path: str = "") -> bytes:
        """A page that reloads itself, and a story's with a link to its questions."""
        parts = path.split("/")
        is_story = len(parts) == 3 and parts[0] == "stories" and parts[2] == "index.html"
        own = f"{self.server.served.base}{OWN}"
        return screens.live(page, own, number, parts[1] if is_story else "")

    def _review(self, story: str) -> None:
        number = self.server.state.number
        try:
            story = unquote(story).strip("/")
            title, asked = self.server.desk.ask(story)
        except CrossreadError as error:
            self._send(HTTPStatus.NOT_FOUND, screens.problem_page(troubles(error), self.server.served.root))
            return
        undo = self.server.desk.undoable(story)
        page = screens.review_page(story, title, asked, self.server.token, undo)
        self._send(HTTPStatus.OK, self._live(page, number))

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
                if number > seen:
                    self.wfile.write(f"data: {number}\n\n".encode())
                    seen = number
                else:
                    self.wfile.write(b": still here\n\n")
                self.wfile.flush()
        except OSError:
            return  # the browser has gone

    def _redirect(self, place: str) -> None:
        self._send(HTTPStatus.SEE_OTHER, b"", "text/plain", {"Location": place})

    def _send(
        self,
        status: HTTPStatus,
        content: bytes,
        media: str = "text/html; charset=utf-8",
        headers: dict[str, str] | None = None,
    ) -> None:
        self.send_response(status)
        standing = {
            "Content-Type": media,
            "Content-Length": str(len(content)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        for name, value in {**standing, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Requests are of no interest; builds are, and the command tells of them."""
