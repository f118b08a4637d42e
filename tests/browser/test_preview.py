"""From nothing to a previewed comparison, and the editor's hand on it, as a browser sees them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="Debian's chromium is not installed"),
]
PAGES = Path(__file__).parents[1] / "pages"
OUTLETS = ("Coast Herald", "Valley Courier", "The Ledger", "March Post", "Harbour Wire")


def crossread(*arguments: str, cwd: Path) -> str:
    """Run the command; what it prints."""
    command = [sys.executable, "-m", "compare", *arguments]
    return subprocess.run(
        command, cwd=cwd, env=environment(cwd), check=True, capture_output=True, text=True
    ).stdout


def environment(cwd: Path) -> dict[str, str]:
    """The tests' own package, and a cache of their own."""
    project = str(Path(__file__).parents[2])
    return {
        **os.environ,
        "PYTHONPATH": project,
        "CROSSREAD_CACHE": str(cwd / "cache"),
        "PYTHONUNBUFFERED": "1",
    }


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A new site with a story of five added pages: one event, told with other words and other figures."""
    crossread("new", "site", cwd=tmp_path)
    page = (PAGES / "wordpress.html").read_text("utf-8").replace("The Tarsby Coast Herald", "@@")
    for number, outlet in enumerate(OUTLETS):
        told = page.replace("@@", outlet).replace("212 people", f"{212 + number // 3} people")
        told = told.replace("coast.example", f"outlet{number}.example")
        told = told.replace("Nobody was hurt.", "No one was hurt." if number % 2 else "Nobody was hurt.")
        (tmp_path / f"page{number}.html").write_text(told, "utf-8")
    added = [f"../page{number}.html" for number in range(len(OUTLETS))]
    told = crossread("add", *added, "--story", "night-ferry", "--rights", "full", cwd=tmp_path / "site")
    assert told.count("added: ") == 5
    return tmp_path / "site"


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    """Where the site is previewed."""
    command = [sys.executable, "-m", "compare", "serve", "--port", "0"]
    process = subprocess.Popen(
        command, cwd=site, env=environment(site.parent), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    told = next(line for line in process.stdout if line.startswith("http"))
    yield told.split()[0]
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0


def test_five_pages_to_a_served_comparison(site: Path, address: str, context: BrowserContext) -> None:
    """The comparison of five added pages opens, reloads when a source is saved, and shows slips."""
    problems: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{address}stories/night-ferry/")
    expect(page.locator("h1").first).to_contain_text("Night ferry to Quillan Island runs aground")
    for outlet in OUTLETS:
        expect(page.get_by_text(outlet).first).to_be_visible()
    story = site / "sources/night-ferry/story.md"
    good = story.read_text("utf-8")
    story.write_text(re.sub(r"title: .*", "title: A ferry on the sand", good, count=1), "utf-8")
    expect(page.locator("h1").first).to_contain_text("A ferry on the sand", timeout=10_000)
    story.write_text(good.replace("title:", "tilte:", 1), "utf-8")
    expect(page.locator("h1")).to_contain_text("to mend", timeout=10_000)
    expect(page.locator("mark").filter(has_text="tilte:")).to_be_visible()
    story.write_text(good, "utf-8")
    expect(page.locator("h1").first).to_contain_text("Night ferry", timeout=10_000)
    assert problems == []


def test_review_in_the_browser(site: Path, address: str, page: Page) -> None:
    """The editor's answer by click is saved and can be undone by click."""
    page.goto(f"{address}stories/skarn-ferry/")
    page.get_by_role("link", name="Review this story's links").click()
    questions = page.get_by_role("button", name="No, different")
    before = questions.count()
    assert before > 0
    questions.first.click()
    expect(page.get_by_role("button", name="Undo the last of 1")).to_be_visible(timeout=10_000)
    corrections = site / "sources/skarn-ferry/corrections.toml"
    assert "[[different]]" in corrections.read_text("utf-8")
    page.get_by_role("button", name="Undo the last of 1").click()
    expect(page.get_by_role("button", name="Undo the last of 1")).to_have_count(0)
    assert not corrections.exists()


def test_reload_calls_no_answer_back(site: Path, address: str, page: Page) -> None:
    """A build that ends while an answer is on its way leaves the page alone."""
    page.goto(f"{address}stories/skarn-ferry/")
    page.get_by_role("link", name="Review this story's links").click()
    story = site / "sources/skarn-ferry/story.md"

    def held(route: Route) -> None:
        if route.request.method == "POST":
            story.write_text(story.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
            time.sleep(4)  # the preview builds, and tells every page that listens
        route.continue_()

    page.route("**/review/**", held)
    page.get_by_role("button", name="No, different").first.click()
    expect(page.get_by_role("button", name="Undo the last of 1")).to_be_visible(timeout=10_000)
    assert "[[different]]" in (site / "sources/skarn-ferry/corrections.toml").read_text("utf-8")
