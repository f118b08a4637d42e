"""The preview: what it serves, to whom, and how it follows the sources."""

from __future__ import annotations

import queue
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from compare.build.report import Options
from compare.build.site import build
from compare.errors import CrossreadError
from compare.one_story import open_story
from compare.serve.server import OWN, Served, Server
from compare.serve.watching import Outcome, State, Watcher
from compare.site.new import make_site

STORY = "skarn-ferry"
BASE = "/repo/"


class Preview:
    """A running preview of the example site.

    Attributes:
        root: Its folder.
        server: Its server.
        says: What the watcher said.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.state = State()
        self.says: list[str] = []
        self.server = Server(("127.0.0.1", 0), Served(root, root / "output", BASE), self.state)
        self.watcher = Watcher(root, self.build, self.state, self.says.append)
        self.client = httpx.Client(base_url=self.server.url, timeout=10)
        self._thread = threading.Thread(target=self.watcher.run, daemon=True)

    def build(self) -> Outcome:
        """Build as the command does, without the search index."""
        report = build(self.root, self.root / "output", Options(search=False, cache=self.root / ".cache"))
        wrong = [failure.error.problems for failure in report.failures if failure.error]
        return [problem for failure in wrong for problem in failure], report.written

    def start(self) -> None:
        """Build, serve and watch."""
        self.watcher.build()
        self.server.start()
        self._thread.start()

    def stop(self) -> None:
        """End all of it."""
        self.watcher.stop()
        self.client.close()
        self.server.stop()
        self._thread.join(5)

    def next_build(self, after: int) -> int:
        """Wait for a build that changes what is shown."""
        number = self.state.wait(after, 10)
        assert number > after, "nothing was built"
        return number


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview that the tests share; each leaves the sources good."""
    root = tmp_path_factory.mktemp("serve") / "site"
    make_site(root)
    running = Preview(root)
    running.start()
    yield running
    running.stop()


def test_pages(preview: Preview) -> None:
    """The site is there under its base path, with the reload script and nothing else added."""
    page = preview.client.get("")
    assert page.status_code == 200
    built = (preview.root / "output/index.html").read_bytes()
    assert OWN.encode() not in built
    assert page.content.count(b"preview.js") == 1
    assert "connect-src 'self'" in page.text
    bare = re.sub(rb"<script src=\"[^\"]*preview\.js\"[^>]*></script>", b"", page.content)
    assert bare == built
    style = next((preview.root / "output").rglob("*.css"))
    answer = preview.client.get(style.relative_to(preview.root / "output").as_posix())
    assert answer.content == style.read_bytes()
    assert answer.headers["content-type"].startswith("text/css")


def test_own_pages_and_style_are_followed(preview: Preview) -> None:
    """A page that its maker adds, and the style sheet, are built as they are saved."""
    number = preview.state.number
    (preview.root / "pages").mkdir()
    (preview.root / "pages/about.md").write_text("---\ntitle: About\n---\nWho we are.\n")
    number = preview.next_build(number)
    assert "Who we are." in preview.client.get("about/").text
    configuration = preview.root / "crossread.toml"
    before = configuration.read_text()
    (preview.root / "own.css").write_text("h1 { color: teal }")
    configuration.write_text('css = "own.css"\n' + before)
    number = preview.next_build(number)
    (preview.root / "own.css").write_text("h1 { color: navy }")
    preview.next_build(number)
    assert "navy" in preview.client.get("static/own/own.css").text
    configuration.write_text(before)
    preview.next_build(preview.state.number)


def test_addresses(preview: Preview) -> None:
    """Folders get their slash, what lies outside leads to the site, what is missing gets the 404 page."""
    assert preview.client.get(f"stories/{STORY}").headers["location"] == f"{BASE}stories/{STORY}/"
    assert (
        preview.client.get("http://" + preview.server.url.split("/")[2] + "/else").headers["location"] == BASE
    )
    missing = preview.client.get("stories/none/")
    assert missing.status_code == 404
    assert "preview.js" in missing.text
    assert preview.client.head("").content == b""


@pytest.mark.parametrize(
    "path",
    [
        "../crossread.toml",
        "..%2fcrossread.toml",
        "%2e%2e/%2e%2e/etc/passwd",
        "x%00y",
        "//etc/passwd",
        "link.txt",
        "a\\..\\b",
    ],
)
def test_nothing_outside_of_the_site(preview: Preview, path: str) -> None:
    """No path leads out of the built site, links included."""
    link = preview.root / "output" / "link.txt"
    if not link.is_symlink():
        link.symlink_to(preview.root / "crossread.toml")
    try:
        host, port = preview.server.server_address[:2]
        with socket.create_connection((str(host), int(port)), 5) as connection:
            connection.sendall(
                f"GET {BASE}{path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode()
            )
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
    finally:
        link.unlink()
    assert answer.split(b" ", 2)[1] in (b"404", b"303")
    assert (preview.root / "crossread.toml").read_bytes() not in answer
    assert b"root:" not in answer


def test_other_names(preview: Preview) -> None:
    """A request under a name that is not this machine's is refused."""
    assert preview.client.get("", headers={"Host": "evil.example"}).status_code == 421
    assert (
        preview.client.get("", headers={"Host": f"localhost:{preview.server.server_port}"}).status_code == 200
    )


def test_change_reloads(preview: Preview) -> None:
    """A saved file is told to the browser over the event stream, and the page is new."""
    number = preview.state.number
    heard: queue.Queue[str] = queue.Queue()

    def listen() -> None:
        with preview.client.stream("GET", f"{OWN}events?since={number}") as stream:
            heard.put(next(line for line in stream.iter_lines() if line.startswith("data:")))

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    story = preview.root / "sources" / STORY / "story.md"
    story.write_text(re.sub(r"title: .*", "title: The ferry again", story.read_text(), count=1))
    assert heard.get(timeout=10) == f"data: {number + 1}"
    listener.join(5)
    assert "The ferry again" in preview.client.get(f"stories/{STORY}/").text


def test_error_page_and_recovery(preview: Preview) -> None:
    """A slip becomes a page with file, line and the line itself; mended, the site is back."""
    article = preview.root / "sources" / STORY / "harbour-wire.md"
    good = article.read_text()
    number = preview.state.number
    article.write_text(
        good.replace("---\n", "---\npublished: <b>yesterday\n", 1).replace("\npublished: 2", "\n# 2", 1)
    )
    number = preview.next_build(number)
    page = preview.client.get("")
    assert page.status_code == 500
    assert f"sources/{STORY}/harbour-wire.md:2" in page.text
    assert "&lt;b&gt;yesterday" in page.text
    assert "<b>yesterday" not in page.text
    assert preview.client.get("?last-good").status_code == 200
    article.write_text(good)
    preview.next_build(number)
    assert preview.client.get("").status_code == 200


def test_configuration_is_watched(preview: Preview) -> None:
    """An error in the configuration is shown and mended, too."""
    path = preview.root / "crossread.toml"
    good = path.read_text()
    number = preview.state.number
    path.write_text(good + "\nwrong = [\n")
    number = preview.next_build(number)
    assert "crossread.toml" in preview.client.get("").text
    path.write_text(good)
    preview.next_build(number)
    assert preview.client.get("").status_code == 200


def test_a_new_story_and_a_lost_one(preview: Preview) -> None:
    """Folders may come and go."""
    number = preview.state.number
    copy = preview.root / "sources" / "second"
    shutil.copytree(preview.root / "sources" / STORY, preview.root / "second")
    (preview.root / "second").rename(copy)
    number = preview.next_build(number)
    assert preview.client.get("stories/second/").status_code == 200
    shutil.rmtree(copy)
    while preview.client.get("stories/second/").status_code != 404:
        number = preview.next_build(number)


def test_review_by_click(preview: Preview) -> None:
    """The same questions as in the terminal; an answer is saved, obeyed and can be undone."""
    page = preview.client.get(f"{OWN}review/{STORY}").text
    values = dict(re.findall(r"name='(token|x|y)' value='([^']*)'", page))
    form = {**values, "answer": "different"}
    path = f"{OWN}review/{STORY}"
    assert preview.client.post(path, data=form, headers={"Host": "evil.example"}).status_code == 403
    assert preview.client.post(path, data={**form, "token": "guessed"}).status_code == 403
    assert open_story(preview.root, STORY).story.corrections == ()
    number = preview.state.number
    assert preview.client.post(path, data=form).status_code == 303
    (correction,) = open_story(preview.root, STORY).story.corrections
    assert set(correction.sentences) == {values["x"], values["y"]}
    preview.next_build(number)
    assert "Undo the last of 1" in preview.client.get(path).text
    assert preview.client.post(path, data={"token": values["token"], "answer": "undo"}).status_code == 303
    assert open_story(preview.root, STORY).story.corrections == ()
    assert preview.client.post(path, data={"token": values["token"], "answer": "undo"}).status_code == 409
    assert preview.client.post(path, data={**form, "x": "gone/00000000"}).status_code == 409
    assert preview.client.get(f"{OWN}review/none").status_code == 404


def test_faults_are_shown(tmp_path: Path) -> None:
    """A fault of the program is shown with its traceback, and the preview outlives it."""
    state = State()

    def fail() -> Outcome:
        raise ZeroDivisionError("a <fault>")

    Watcher(tmp_path, fail, state, lambda _: None).build()
    (trouble,) = state.troubles
    assert trouble.message.startswith("ZeroDivisionError: a <fault>\nTraceback")
    assert "in fail" in trouble.message


def test_same_outcome_is_no_news() -> None:
    """Only what looks different wakes the browsers."""
    state = State()
    state.built((), changed=False)
    assert state.number == 0
    state.built([CrossreadError("x")], changed=False)
    state.built([CrossreadError("x")], changed=False)
    assert state.number == 1
    state.built((), changed=False)
    assert state.number == 2
    state.built([CrossreadError("x", line=3)], changed=False)
    state.built([CrossreadError("x", line=4)], changed=False)
    assert state.number == 4
