"""A made site served on this machine, and pages that are watched for noise and for requests elsewhere."""

import functools
import http.server
import os
import shutil
import subprocess
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from made_comparison import compared, with_extras
from made_site import pages, write
from pagefind_bin import get_executable

from compare.build import search
from compare.model import Site
from compare.pages.environment import shipped_templates
from compare.site.readers import OwnPage, menu

BASE = "/coverage/"
CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OWN = """# Who we are

We compare, as [the method](/method/) says. > Not a quote.

| what | how |
|---|---|
| {wide} | 2 |

    code {wide}

- one
"""
TITLES = ("Bridge falls at Skerrow", "Bridge down after ship hits it", None, "سقوط جسر سكيرو")
RESULTS = Path(__file__).resolve().parents[2] / "test-results"


def pytest_collection_modifyitems(items):
    """Without a browser these tests skip and say why; where one is demanded they run, and fail."""
    demanded = os.environ.get("CROSSREAD_REQUIRE_BROWSER") == "1"
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and not demanded:
                item.add_marker(
                    pytest.mark.skip(reason="no chromium on PATH; CROSSREAD_REQUIRE_BROWSER=1 demands it")
                )


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """The system's browser, without anything that looks for a network."""
    assert CHROMIUM, "chromium is demanded, and is not on PATH"
    return {"executable_path": CHROMIUM, "args": ARGUMENTS}


def stories():
    """The made story, one in Arabic, one of ten outlets with forty sentences each, one of odd words."""
    arabic = [["انهار الجسر.", "سقط الجسر."], ["لم يصب أحد.", "لم يصب أحد."], [None, "وصلت الفرق."]]
    wide = [
        [
            f"Outlet {m} tells of event number {n} in {(n * m) % 7} words." if (n + m) % 4 else None
            for m in range(10)
        ]
        for n in range(53)
    ]
    telling = [
        ["Harbour Wall closes, Northern Wire was told.", "Harbour Post closes, Northern Wire was told."],
        ["The ferry is late, Harbour Post (HP) reported.", None],
        [None, "Seven postal vans wait, the Post has learned."],
    ]
    odd = [["W" * 300, "W" * 299 + " \u202e😀"], ["Half <b>bold</b>", None], [None, "long words " * 60]]
    return [
        compared(
            odd, titles=("H" * 400, "<script>alert(1)</script>"), story={"id": "odd", "title": "T" * 400}
        ),
        with_extras(compared(titles=TITLES)),
        compared(arabic, story={"id": "arabic", "title": "سقوط الجسر", "language": "ar", "tags": ("جسر",)}),
        compared(telling, story={"id": "telling", "title": "What the Northern Wire was told"}),
        compared(wide, story={"id": "wide", "title": "Ten outlets on one thing", "tags": ("wide",)}),
    ]


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """The site's files, with a search index."""
    top, waiting = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("documents")
    address, text = f"https://reader.example{BASE}", OWN.format(wide="W" * 200)
    own = [OwnPage(f"own-{number}", f"Page {number} of ours", text, "en") for number in range(6)]
    site = Site(title="Crossings", url=address, logo="logo.svg", menu=menu(own))
    icon = shipped_templates() / "static/icon.svg"
    write(top, pages(site, stories(), own=own) | {"static/own/logo.svg": icon.read_bytes()})
    write(waiting, {f"stories/{s.story.id}/index.html": search.document(s) for s in stories()})
    command = [str(get_executable()), "--site", str(waiting), "--output-path", str(top / search.FOLDER)]
    options = ["--silent", "--keep-index-url", "--force-language", "en"]
    subprocess.run([*command, *options], check=True, capture_output=True)
    (top / search.PARTS).write_text("[0]")
    return top


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the folder below the base path, and says nothing."""

    def translate_path(self, path):
        return super().translate_path(path.removeprefix(BASE.rstrip("/")))

    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def address(folder):
    """Where the site is served, with a trailing slash."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{BASE}"
        server.shutdown()


@pytest.fixture
def page(page):
    """A page on which a console message, an error or a request to another host fails the test."""
    noise = []
    page.on("console", lambda message: noise.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: noise.append(f"error: {error}"))
    page.on("request", lambda request: _elsewhere(request.url) and noise.append(f"request: {request.url}"))
    yield page
    assert noise == []


def _elsewhere(url):
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws") and parts.hostname != "127.0.0.1"
