"""The search index: Pagefind's, over the finished pages, as the last step before the site is shown."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from compare.build import manifest
from compare.build.writer import FILE_MODE, FOLDER_MODE, Place, signature
from compare.errors import OutputError

FOLDER = "pagefind"
# Every sentence stands on its story's page; the articles' pages would be found once more each.
PAGES = "stories/*/index.html"


def is_indexed(path: str) -> bool:
    """Whether a page of the site is in the index: what ``PAGES`` says."""
    parts = path.split("/")
    return len(parts) == 3 and parts[0] == "stories" and parts[2] == "index.html"


def index(place: Place, language: str, old: Mapping[str, str]) -> dict[str, tuple[str, manifest.Signature]]:
    """Index the staged pages; the index is written below ``pagefind/``.

    One index serves the whole site, whatever languages its stories are in: a reader searches all
    of them from one page.

    Args:
        place: The staging folder, with every page in it.
        language: Of the interface; its stemmer is used.
        old: Path → digest of the old site's files; what is as before becomes a link.

    Returns:
        Path → digest and signature of each file of the index.

    Raises:
        OutputError: Pagefind failed.
    """
    from pagefind_bin import get_executable

    options = [
        "--silent",
        "--keep-index-url",
        "--force-language",
        language.partition("-")[0],
        "--glob",
        PAGES,
    ]
    ran = subprocess.run(  # noqa: S603 - a program of our own dependency, and no shell
        [str(get_executable()), "--site", place.new, "--output-subdir", FOLDER, *options],
        cwd=place.new,  # so that no configuration file of Pagefind's is picked up elsewhere
        env={name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if ran.returncode:
        said = (ran.stderr or ran.stdout).strip().splitlines()
        raise OutputError("the search index could not be made: " + (said[-1] if said else "Pagefind failed"))
    return _take_over(place, old)


def _take_over(place: Place, old: Mapping[str, str]) -> dict[str, tuple[str, manifest.Signature]]:
    """Give the index's files their modes, and link those that are as before."""
    top = Path(place.new) / FOLDER
    written = {}
    for below in sorted(manifest.scan(top)):
        path = f"{FOLDER}/{below}"
        target = top / below
        if below.endswith("/"):
            target.rmdir()
            continue
        content = target.read_bytes()
        name = manifest.digest(content)
        if old.get(path) == name and place.holds(path, content):
            target.unlink()
            written[path] = (name, place.keep(path))
        else:
            target.chmod(FILE_MODE)
            written[path] = (name, signature(target.stat()))
    for folder in (top, *top.rglob("*/")):
        if folder.is_dir():
            folder.chmod(FOLDER_MODE)
    return written
