"""Every page type in a browser: accessible, inside its window, as a picture, without script, valid."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import RESULTS
from playwright.sync_api import expect

PAGES = {
    "index": "index.html",
    "story": "stories/skerrow/index.html",
    "ten-outlets": "stories/wide/index.html",
    "arabic-story": "stories/arabic/index.html",
    "article": "stories/skerrow/outlet-1/index.html",
    "arabic-article": "stories/skerrow/outlet-3/index.html",
    "handout": "stories/skerrow/handout/index.html",
    "side-by-side": "stories/skerrow/side-by-side/index.html",
    "outlets": "outlets/index.html",
    "outlet": "outlets/outlet-0/index.html",
    "method": "method/index.html",
    "search": "search/index.html",
    "own": "own-0/index.html",
    "not-found": "404.html",
}
ODD_PAGES = {
    "endless words": "stories/odd/index.html",
    "endless words, article": "stories/odd/outlet-0/index.html",
    "endless words, side by side": "stories/odd/side-by-side/index.html",
}
every_page = pytest.mark.parametrize("name", PAGES)


@every_page
def test_axe_finds_nothing(page, address, name):
    """No violation in light or dark, with every fold open."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address + PAGES[name])
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", [*PAGES, *ODD_PAGES])
def test_nothing_sticks_out(page, address, name):
    """At 320 px, which is 1280 px at 400 %, nothing scrolls sideways but what is made to."""
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(address + (PAGES | ODD_PAGES)[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@every_page
def test_pictures_are_kept(page, address, name):
    """A picture of the whole page on a phone and a desk, light and dark, to be looked at."""
    RESULTS.mkdir(exist_ok=True)
    page.goto(address + PAGES[name])
    page.evaluate(
        "document.querySelectorAll('.row, section').forEach(e => { e.style.contentVisibility = 'visible' })"
    )
    for width, scheme in ((390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        path = RESULTS / f"{name}-{width}-{scheme}.png"
        page.screenshot(path=path, full_page=True)
        assert path.stat().st_size > 0


def test_pages_work_from_a_disk(page, folder):
    """Opened as files, pages link to each other, the script runs, and search says that it cannot."""
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("link", name="A bridge falls at Skerrow").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A bridge falls at Skerrow")
    page.get_by_role("radio", name="Disputed").check(force=True)
    expect(page.locator("#status")).to_have_text("2 of 12 claims")
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("does not work on pages opened from a disk")


def test_everything_is_there_without_script(browser, address):
    """With script off all claims, texts and columns are there, and no control that does nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAGES["story"])
    expect(page.locator(".claim")).to_have_count(12)
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("combobox")).to_have_count(0)
    page.goto(address + PAGES["side-by-side"])
    expect(page.get_by_role("cell", name="Ferries will carry passengers from Monday.")).to_be_visible()
    context.close()


def test_focus_can_be_seen_and_content_reached_first(page, address):
    """The first tab shows a link past the frame; each next one has an outline."""
    page.goto(address + PAGES["story"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "(() => { let e = document.activeElement; if (e.matches('.chip input')) e = e.nextElementSibling;"
            " return getComputedStyle(e).outlineStyle })()"
        )
        assert outline != "none"


def test_forced_colours_keep_the_marks_apart(page, address):
    """Where colours are the reader's own, the shapes are still drawn."""
    page.emulate_media(forced_colors="active")
    page.goto(address + PAGES["story"])
    marks = page.locator("#matrix .m")
    assert marks.first.bounding_box()["width"] > 10
    assert page.evaluate("getComputedStyle(document.querySelector('#matrix .m')).color") != "rgba(0, 0, 0, 0)"


def test_the_markup_is_valid(folder):
    """The Nu validator finds no error in any page; VNU_JAR names its archive."""
    jar = os.environ.get("VNU_JAR")
    if not jar or not Path(jar).is_file() or not shutil.which("java"):
        pytest.skip("VNU_JAR names no archive of the Nu validator, or there is no java")
    command = ["java", "-jar", jar, "--skip-non-html", "--errors-only", str(folder)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
