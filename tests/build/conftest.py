"""A small site of invented stories, to be built."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from compare.build import Options, Report, build

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from built import settle
from stories import Size, write_stories


@pytest.fixture(scope="session")
def _sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sources")
    write_stories(root, Size(stories=6, articles=2, sentences=5))
    return root


@pytest.fixture
def site(_sources: Path, tmp_path: Path) -> Path:
    """A site's folder with six small stories, of this test alone."""
    root = tmp_path / "site"
    shutil.copytree(_sources, root)
    settle(root)
    return root


@pytest.fixture
def make(site: Path, tmp_path: Path) -> Callable[..., Report]:
    """Build the site with its own cache, without a search index unless asked for."""

    def run(output: Path | None = None, **how: object) -> Report:
        given: dict[str, object] = {"cache": tmp_path / "cache", "search": False, "workers": 1} | how
        return build(site, output or site / "output", Options(**given))  # type: ignore[arg-type]

    return run
