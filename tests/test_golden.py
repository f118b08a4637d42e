"""What the shipped stories say, page by page.

``pytest tests/test_golden.py --renew-golden`` writes what they say now.
"""

from pathlib import Path

import pytest
from page_text import page_text

from compare.pages import Renderer
from compare.site.config import load
from compare.site.readers import read_stories
from compare.story import compare_story

GOLDEN = Path(__file__).parent / "golden"


def _given(project):
    """Each page as text by its path, and the claims as a table; the JSON says nothing that neither says."""
    site = load(project)
    renderer = Renderer(site, None)
    pages = [
        page
        for story in read_stories(project, site)
        for page in renderer.story(compare_story(story, site.settings))
    ]
    texts = {
        f"{page.path.removesuffix('/index.html')}.txt": page_text(page.content)
        for page in pages
        if page.path.endswith("index.html")
    }
    tables = {page.path: page.content.decode("utf-8-sig") for page in pages if page.path.endswith(".csv")}
    return texts | tables


def test_the_shipped_stories_give_the_golden_pages(project, request):
    """Each page of each shipped story says what was last read and approved."""
    given = _given(project)
    if request.config.getoption("--renew-golden"):
        _renew(given)
        pytest.skip("renewed: read the diff before committing it")
    expected = {
        path.relative_to(GOLDEN).as_posix(): _read(path) for path in GOLDEN.rglob("*") if path.is_file()
    }
    assert sorted(given) == sorted(expected)
    for path in sorted(given):
        assert given[path] == expected[path], f"{path}: if that is meant, run with --renew-golden"


def _read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _renew(given):
    for path in sorted(GOLDEN.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for path, content in given.items():
        target = GOLDEN / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="")
