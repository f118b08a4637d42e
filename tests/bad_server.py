"""A real server on loopback that does what servers should not."""

from __future__ import annotations

import gzip
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import brotli

ARTICLE = (
    "<html lang='en'><head><title>Lamp lit again | The Lamp</title>"
    "<meta property='og:site_name' content='The Lamp'>"
    "<meta property='article:published_time' content='2024-05-01T08:00:00+00:00'></head>"
    "<body><article><h1>Lamp lit again</h1>"
    + "".join(
        f"<p>The keeper of lighthouse number {number} climbed the stairs on Monday, cleaned the glass and lit"
        f" the lamp, which had been dark for {number + 3} years. “It is good to see it,” she said.</p>"
        for number in range(1, 7)
    )
    + "</article></body></html>"
)
MISSING = (
    "<html><head><title>404 – Page not found</title></head><body><h1>Page not found</h1>"
    "<p>Sorry, we looked everywhere.</p></body></html>"
)
WALL = (
    "<html lang='en'><head><title>The Lamp</title></head><body><div class='wall'><h1>Before you continue</h1>"
    "<p>We use cookies and tracking to show you advertising, and we need your consent for it. Please accept"
    " our cookies to go on, or open the privacy settings. Our 214 partners store cookies as well, for which"
    " consent is needed too, and they may track you elsewhere if you agree to it.</p></div></body></html>"
)
LATIN = ARTICLE.replace("keeper", "gardienne à l’œil").replace("<head>", "<head><meta charset='utf-8'>")


class Bad(BaseHTTPRequestHandler):
    """Answers by path; counts requests, and of slow ones how many are open at once."""

    server: BadServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer."""
        self.server.count(self.path)
        try:
            ANSWERS.get(self.path.partition("?")[0], missing)(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send one whole answer."""
        self.send_response(status)
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        for key, value in ({"Content-Type": "text/html", "Content-Length": str(len(body))} | named).items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class BadServer(ThreadingHTTPServer):
    """Serves on a free port of loopback."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Bad)
        self.asked: Counter[str] = Counter()
        self.open = 0
        self.most_open = 0
        self.lock = threading.Lock()
        self.url = f"http://127.0.0.1:{self.server_port}"

    def count(self, path: str) -> None:
        """Note a request."""
        with self.lock:
            self.asked[path] += 1


@contextmanager
def serving() -> Iterator[BadServer]:
    """The server, as long as the block lasts."""
    with BadServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def missing(bad: Bad) -> None:
    bad.send(404, MISSING.encode())


def drip(bad: Bad) -> None:
    bad.send_response(200)
    bad.send_header("Content-Length", "100000")
    bad.end_headers()
    for _ in range(200):
        bad.wfile.write(b"<")
        bad.wfile.flush()
        time.sleep(0.03)


def drip_head(bad: Bad) -> None:
    bad.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    for _ in range(200):
        bad.wfile.write(b"x")
        bad.wfile.flush()
        time.sleep(0.03)


def endless(bad: Bad) -> None:
    bad.send_response(200)
    bad.send_header("Connection", "close")
    bad.end_headers()
    for _ in range(2000):
        bad.wfile.write(b"<p>more and more</p>" * 4000)


def silent(bad: Bad) -> None:
    time.sleep(1.5)


def busy(bad: Bad, status: int, after: str | None, until: int) -> None:
    if bad.server.asked[bad.path] > until:
        return bad.send(200, ARTICLE.encode())
    return bad.send(status, **({} if after is None else {"Retry_After": after}))


def slow(bad: Bad) -> None:
    with bad.server.lock:
        bad.server.open += 1
        bad.server.most_open = max(bad.server.most_open, bad.server.open)
    time.sleep(0.05)
    with bad.server.lock:
        bad.server.open -= 1
    bad.send(200, ARTICLE.encode())


def cut(bad: Bad) -> None:
    bad.send(200, gzip.compress(ARTICLE.encode() * 5)[:-40], Content_Encoding="gzip")


def br_bomb(bad: Bad) -> None:
    bad.send(200, brotli.compress(b"\0" * 4_000_000, quality=3), Content_Encoding="br")


ANSWERS: dict[str, Callable[[Bad], None]] = {
    "/good": lambda bad: bad.send(200, ARTICLE.encode()),
    "/gzip": lambda bad: bad.send(200, gzip.compress(ARTICLE.encode()), Content_Encoding="gzip"),
    "/br": lambda bad: bad.send(200, brotli.compress(ARTICLE.encode()), Content_Encoding="br"),
    "/br-cut": lambda bad: bad.send(200, brotli.compress(ARTICLE.encode())[:-9], Content_Encoding="br"),
    "/cut": cut,
    "/damaged": lambda bad: bad.send(200, b"\x1f\x8bnothing of the kind", Content_Encoding="gzip"),
    "/unknown-coding": lambda bad: bad.send(200, b"x", Content_Encoding="rot13"),
    "/bomb": lambda bad: bad.send(200, gzip.compress(b"\0" * 4_000_000), Content_Encoding="gzip"),
    "/br-bomb": br_bomb,
    "/drip": drip,
    "/drip-head": drip_head,
    "/endless": endless,
    "/silent": silent,
    "/loop": lambda bad: bad.send(302, Location="/loop"),
    "/to-file": lambda bad: bad.send(302, Location="file:///etc/passwd"),
    "/to-good": lambda bad: bad.send(301, Location="good"),
    "/to-nothing": lambda bad: bad.send(302, Location="http://[broken"),
    "/missing-200": lambda bad: bad.send(200, MISSING.encode()),
    "/wall": lambda bad: bad.send(200, WALL.encode()),
    "/empty": lambda bad: bad.send(200),
    "/binary": lambda bad: bad.send(200, b"%PDF-1.7 \x00\x01", Content_Type="application/pdf"),
    "/latin": lambda bad: bad.send(200, LATIN.encode("cp1252"), Content_Type="text/html; charset=utf-8"),
    "/utf8-as-latin": lambda bad: bad.send(200, LATIN.encode(), Content_Type="text/html; charset=ISO-8859-1"),
    "/busy-once": lambda bad: busy(bad, 503, "7", 1),
    "/busy-silently": lambda bad: busy(bad, 429, None, 2),
    "/busy-dated": lambda bad: busy(bad, 503, "Thu, 01 Jan 1970 00:01:40 GMT", 1),
    "/busy-long": lambda bad: busy(bad, 429, "86400", 99),
    "/busy-always": lambda bad: busy(bad, 429, "1", 99),
    "/slow": slow,
}  # fmt: skip
