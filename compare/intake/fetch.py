"""Bringing a page over the network, politely and within limits.

The other end is not trusted: it may drip, never end, loop, point at files, lie about its
encoding or answer with a small bomb. Every answer ends in bytes within the limits or in a
``FetchError`` that says what happened.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urljoin, urlsplit

from compare import __version__
from compare.errors import PASTE, SAVE, FetchError
from compare.intake.received import Received, charset_of, decoded

if TYPE_CHECKING:
    import httpx

USER_AGENT = f"crossread/{__version__} (fetches single news pages when an editor asks for them)"
_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 503)


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a fetch goes.

    Attributes:
        size: Most bytes of a page, after decoding.
        seconds: Most time for one answer, from the request to its last byte.
        pause: Most time without any byte.
        redirects: Most redirects in a row.
        attempts: Most requests for one page while its server is busy.
        wait: Longest wait, in seconds, that a busy server may ask for.
    """

    size: int = 10_000_000
    seconds: float = 30.0
    pause: float = 10.0
    redirects: int = 5
    attempts: int = 4
    wait: float = 60.0


class Fetcher:
    """Fetches pages; may be shared by threads, and asks one host for one page at a time.

    Args:
        limits: How far to go.
        sleep: Waits some seconds.
        now: Seconds since the epoch, to read ``Retry-After`` dates.
    """

    def __init__(
        self,
        limits: Limits = Limits(),
        *,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._limits = limits
        self._sleep = sleep
        self._now = now
        self._hosts: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def get(self, url: str) -> Received:
        """Bring one page.

        Raises:
            FetchError: No page within the limits; the message names the address.
        """
        import httpx

        limits = self._limits
        headers = {
            "User-Agent": USER_AGENT,
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.5",
            "Accept-Encoding": "gzip, br",
            "Connection": "close",  # a fresh one for each request, so that each has its own deadline
        }
        at = _checked(url)
        redirects = attempts = 0
        with httpx.Client(timeout=httpx.Timeout(limits.pause), headers=headers) as client:
            while True:
                status, told, content = self._ask(client, at)
                if status == 200:
                    kind = told.get("content-type", "")
                    media = kind.partition(";")[0].strip().lower()
                    return Received(content, url, at, media, charset_of(kind))
                if status in _BUSY:
                    attempts += 1
                    self._wait(at, told.get("retry-after", "").strip(), attempts)
                elif redirects == limits.redirects:
                    raise FetchError(f"more than {limits.redirects} redirects", path=url, hint=SAVE)
                else:
                    redirects, attempts = redirects + 1, 0
                    at = _checked(told["location"], came_from=at)

    def _wait(self, url: str, told: str, attempts: int) -> None:
        """Wait as long as a busy server tells, or longer each time."""
        later = "try again later"
        try:
            date = None if told.isdecimal() else parsedate_to_datetime(told)
            seconds = date.timestamp() - self._now() if date else float(told[:9])
        except (ValueError, TypeError, OverflowError):
            seconds = 2.0 ** (attempts - 1)
        if seconds > self._limits.wait:
            raise FetchError(f"the server asks to wait {seconds:.0f} s", path=url, hint=later)
        if attempts == self._limits.attempts:
            raise FetchError(f"the server was busy {attempts} times", path=url, hint=later)
        self._sleep(max(seconds, 0.0))

    def _ask(self, client: httpx.Client, url: str) -> tuple[int, httpx.Headers, bytes]:
        """Status, headers and content of a page, of an answer that redirects, or of a busy server."""
        import httpx

        limits = self._limits
        with self._guard:
            host = self._hosts.setdefault(urlsplit(url).netloc.lower(), threading.Lock())
        with host, _Deadline(limits.seconds) as deadline:
            try:
                with client.stream("GET", url, extensions={"trace": deadline.trace}) as response:
                    return response.status_code, response.headers, self._content(response, url)
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError) as error:
                what, hint = f"the page could not be fetched: {error or type(error).__name__}", SAVE
                if deadline.passed or isinstance(error, httpx.TimeoutException):
                    seconds = limits.pause if isinstance(error, httpx.TimeoutException) else limits.seconds
                    what, hint = f"the page was not there within {seconds:g} s", f"try again, or {SAVE}"
                raise FetchError(what, path=url, hint=hint) from error

    def _content(self, response: httpx.Response, url: str) -> bytes:
        """The content of a page, or nothing of what is none yet."""
        status, headers = response.status_code, response.headers
        if status in _BUSY or (status in _REDIRECTS and headers.get("location")):
            return b""
        if status != 200:
            what = f"the server answered {status} {response.reason_phrase}".strip()
            raise FetchError(what, path=url, hint=SAVE)
        content = bytearray()
        for chunk in decoded(response.iter_raw(), headers.get("content-encoding", ""), url):
            content += chunk
            if len(content) > self._limits.size:
                what = f"the page is larger than {self._limits.size / 1e6:g} MB"
                raise FetchError(what, path=url, hint=PASTE)
        return bytes(content)


class _Deadline:
    """Ends one exchange after some seconds, however many bytes still drip.

    httpx bounds the wait for each read, not their sum; so the connection's socket is shut down
    from a timer, and the read that waits on it fails.
    """

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._socket: Any = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def trace(self, name: str, info: Mapping[str, Any]) -> None:
        """Take note of the connection when it is made (httpx's ``trace`` extension)."""
        if name in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._socket = info["return_value"].get_extra_info("socket")
            if self.passed:
                self._end()

    def _end(self) -> None:
        self.passed = True
        if self._socket is not None:
            with contextlib.suppress(OSError):  # it may have been closed just now
                self._socket.shutdown(socket.SHUT_RDWR)


def _checked(url: str, came_from: str | None = None) -> str:
    """An address that may be asked.

    Raises:
        FetchError: It is neither http nor https, or has no host.
    """
    try:
        url = urljoin(came_from, url) if came_from else url
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise FetchError("this is no valid address", path=(came_from or url)[:200]) from error
    if parts.scheme.lower() not in ("http", "https") or not host:
        what = f"redirects to {url[:200]}, which is" if came_from else "is"
        raise FetchError(f"the address {what} neither http nor https", path=came_from or url[:200])
    return url
