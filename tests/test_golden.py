"""What the shipped stories give, byte for byte.

``pytest tests/test_golden.py --renew-golden`` writes what they give now.
"""

from pathlib import Path

import pytest

from compare.pages import Renderer
from compare.site.config import load
from compare.site.readers import read_stories
from compare.story import compare_story

GOLDEN = Path(__file__).parent / "golden"


def _given(project):
    site = load(project)
    renderer = Renderer(site, None)
    return {
        page.path: page.content
        for story in read_stories(project, site)
        for page in renderer.story(compare_story(story, site.settings))
    }


def test_the_shipped_stories_give_the_golden_pages(project, request):
    """Each file of each shipped story equals the one that was last read and approved."""
    given = _given(project)
    if request.config.getoption("--renew-golden"):
        _renew(given)
        pytest.skip("renewed: read the diff before committing it")
    expected = {
        path.relative_to(GOLDEN).as_posix(): path.read_bytes() for path in GOLDEN.rglob("*") if path.is_file()
    }
    assert sorted(given) == sorted(expected)
    changed = [path for path in sorted(given) if given[path] != expected[path]]
    assert changed == [], "differs from tests/golden; if that is meant, run with --renew-golden"


def _renew(given):
    for path in sorted(GOLDEN.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for path, content in given.items():
        target = GOLDEN / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
