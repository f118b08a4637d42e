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
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.parse import urljoin, urlsplit

from compare import __version__
from compare.errors import PASTE, SAVE, FetchError
from compare.intake.content_encoding import charset_of, decoded

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


class Answer(NamedTuple):
    """A page as it came.

    Attributes:
        url: Its address after redirects.
        content: Decoded from gzip, deflate or Brotli.
        media: Media type in lower case, or "".
        charset: As declared, or None.
    """

    url: str
    content: bytes
    media: str
    charset: str | None


class _Redirect(NamedTuple):
    """An answer that points to another address, which may be relative."""

    address: str


class _Busy(NamedTuple):
    """An answer that asks to come again, after some seconds or when one likes."""

    wait: float | None


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

    def get(self, url: str) -> Answer:
        """Bring one page.

        Raises:
            FetchError: No page within the limits; the message names the address.
        """
        import httpx

        limits = self._limits
        timeout = httpx.Timeout(limits.pause, connect=limits.pause)
        headers = {
            "User-Agent": USER_AGENT,
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.5",
            "Accept-Encoding": "gzip, br",
            "Connection": "close",  # a fresh one for each request, so that each has its own deadline
        }
        at = _checked(url)
        with httpx.Client(timeout=timeout, headers=headers, follow_redirects=False) as client:
            for _ in range(limits.redirects + 1):
                answer = self._patiently(client, at)
                if isinstance(answer, Answer):
                    return answer
                at = _checked(answer.address, came_from=at)
        raise FetchError(f"more than {limits.redirects} redirects", path=url, hint=SAVE)

    def _patiently(self, client: httpx.Client, url: str) -> Answer | _Redirect:
        """The page, or where it redirects to; waits and asks again while the server is busy."""
        later = "try again later"
        with self._guard:
            host = self._hosts.setdefault(urlsplit(url).netloc.lower(), threading.Lock())
        for attempt in range(1, self._limits.attempts + 1):
            with host:
                answer = self._ask(client, url)
            if not isinstance(answer, _Busy):
                return answer
            wait = 2.0 ** (attempt - 1) if answer.wait is None else answer.wait
            if wait > self._limits.wait:
                raise FetchError(f"the server asks to wait {wait:.0f} s", path=url, hint=later)
            if attempt < self._limits.attempts:
                self._sleep(wait)
        raise FetchError(f"the server was busy {self._limits.attempts} times", path=url, hint=later)

    def _ask(self, client: httpx.Client, url: str) -> Answer | _Redirect | _Busy:
        import httpx

        limits = self._limits
        with _Deadline(limits.seconds) as deadline:
            try:
                with client.stream("GET", url, extensions={"trace": deadline.trace}) as response:
                    return self._take(response, url)
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError) as error:
                what, hint = f"the page could not be fetched: {error or type(error).__name__}", SAVE
                if deadline.passed or isinstance(error, httpx.TimeoutException):
                    seconds = limits.pause if isinstance(error, httpx.TimeoutException) else limits.seconds
                    what, hint = f"the page was not there within {seconds:g} s", f"try again, or {SAVE}"
                raise FetchError(what, path=url, hint=hint) from error

    def _take(self, response: httpx.Response, url: str) -> Answer | _Redirect | _Busy:
        status, headers = response.status_code, response.headers
        if status in _REDIRECTS and headers.get("location"):
            return _Redirect(headers["location"])
        if status in _BUSY:
            return _Busy(self._retry_after(headers.get("retry-after", "").strip()))
        if status != 200:
            what = f"the server answered {status} {response.reason_phrase}".strip()
            raise FetchError(what, path=url, hint=SAVE)
        content = bytearray()
        for chunk in decoded(response.iter_raw(), headers.get("content-encoding", ""), url):
            content += chunk
            if len(content) > self._limits.size:
                what = f"the page is larger than {self._limits.size / 1e6:g} MB"
                raise FetchError(what, path=url, hint=PASTE)
        kind = headers.get("content-type", "")
        return Answer(url, bytes(content), kind.partition(";")[0].strip().lower(), charset_of(kind))

    def _retry_after(self, value: str) -> float | None:
        """Seconds to wait, told as such or as a date; None when the header is missing or neither."""
        if value.isdecimal():
            return float(value[:9])
        try:
            return max(parsedate_to_datetime(value).timestamp() - self._now(), 0.0)
        except (ValueError, TypeError, OverflowError):
            return None


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
