"""Fetching from a server that does everything badly."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
from bad_server import ARTICLE, BadServer, serving

from compare.errors import FetchError
from compare.intake.fetch import Fetcher, Limits
from compare.intake.received import decoded

QUICK = Limits(size=1_000_000, seconds=0.6, pause=0.4)
PATIENT = Limits(size=1_000_000)


@pytest.fixture(scope="module")
def server() -> Iterator[BadServer]:
    """The bad server."""
    with serving() as running:
        yield running


@pytest.mark.parametrize("path", ["/good", "/gzip", "/br", "/to-good"])
def test_good_pages(server: BadServer, path: str) -> None:
    """A page comes whole, plain or encoded, straight or redirected."""
    answer = Fetcher().get(server.url + path)
    assert answer.content.decode() == ARTICLE
    assert answer.media == "text/html"
    assert answer.address == server.url + ("/good" if path == "/to-good" else path)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/nowhere", "answered 404"),
        ("/drip", "not there within 0.6 s"),
        ("/drip-head", "not there within 0.6 s"),
        ("/silent", "not there within 0.4 s"),
        ("/endless", "larger than 1 MB"),
        ("/bomb", "larger than 1 MB"),
        ("/br-bomb", "larger than 1 MB"),
        ("/cut", "cut off"),
        ("/br-cut", "cut off"),
        ("/damaged", "damaged"),
        ("/unknown-coding", "unknown encoding, rot13"),
        ("/loop", "more than 5 redirects"),
        ("/to-file", "redirects to file:///etc/passwd, which is neither http nor https"),
        ("/to-nothing", "could not be fetched|no valid address"),
    ],
)
def test_bad_pages(server: BadServer, path: str, message: str) -> None:
    """Whatever the server does ends in one clear message that names the address."""
    with pytest.raises(FetchError, match=message) as caught:
        Fetcher(QUICK if "within" in message else PATIENT).get(server.url + path)
    assert caught.value.path is not None
    assert caught.value.path.startswith(server.url)


@pytest.mark.parametrize(
    "url", ["ftp://x.example/", "file:///etc/passwd", "http://", "javascript:1", "http://[x/"]
)
def test_other_addresses(url: str) -> None:
    """Only http and https addresses with a host are asked."""
    with pytest.raises(FetchError, match=r"neither http nor https|no valid address"):
        Fetcher().get(url)


@pytest.mark.parametrize(
    ("path", "waits"), [("/busy-once", [7.0]), ("/busy-silently", [1.0, 2.0]), ("/busy-dated", [60.0])]
)
def test_busy_server(server: BadServer, path: str, waits: list[float]) -> None:
    """A busy server is asked again after the time that it names, or after growing pauses."""
    slept: list[float] = []
    answer = Fetcher(sleep=slept.append, now=lambda: 40.0).get(server.url + path)
    assert answer.content.decode() == ARTICLE
    assert slept == waits


def test_too_busy(server: BadServer) -> None:
    """A server that stays busy, or asks to wait for a day, is left alone."""
    slept: list[float] = []
    with pytest.raises(FetchError, match="asks to wait 86400 s"):
        Fetcher(sleep=slept.append).get(server.url + "/busy-long")
    with pytest.raises(FetchError, match="busy 4 times"):
        Fetcher(sleep=slept.append).get(server.url + "/busy-always")
    assert slept == [1.0, 1.0, 1.0]


def test_one_request_at_a_time() -> None:
    """Threads that share a fetcher ask one host for one page at a time."""
    with serving() as server, ThreadPoolExecutor(4) as pool:
        fetcher = Fetcher()
        urls = [f"{server.url}/slow?{number}" for number in range(6)]
        assert len(list(pool.map(fetcher.get, urls))) == 6
        assert server.most_open == 1
        assert all(server.asked[f"/slow?{number}"] == 1 for number in range(6))


@pytest.mark.parametrize("name", ["gzip", "br", "identity"])
@pytest.mark.parametrize("size", [0, 1, 70_000, 3_000_000])
def test_decoder(name: str, size: int) -> None:
    """Whatever its size and in whatever pieces it comes, a page is decoded whole, or told to be cut."""
    text = bytes(random.Random(size).randbytes(min(size, 50_000))) + b"a" * (size - min(size, 50_000))
    encode = {"gzip": gzip.compress, "br": brotli.compress, "identity": bytes}[name]
    coded = encode(text)
    for step in (1000, len(coded) + 1):
        parts = [coded[at : at + step] for at in range(0, len(coded), step)]
        assert b"".join(decoded(parts, name, "x")) == text
    if name != "identity" and len(coded) > 1:
        with pytest.raises(FetchError, match="cut off"):
            list(decoded([coded[:-1]], name, "x"))
