"""Ways to look at what was built."""

from __future__ import annotations

import os
from pathlib import Path

from compare.build import manifest

Built = dict[str, bytes]


def settle(root: Path) -> None:
    """Date sources back, so that their times are believed at once."""
    for path in root.rglob("*"):
        os.utime(path, ns=(10**18, 10**18), follow_symlinks=False)


def read_site(output: Path) -> Built:
    """Every file of a site but Pagefind's, whose numbering of words is its own affair."""
    paths = (path for path in output.rglob("*") if path.is_file() and path.name != manifest.NAME)
    read = {path.relative_to(output).as_posix(): path.read_bytes() for path in paths}
    return {path: content for path, content in read.items() if not path.startswith("pagefind/")}


def stamps(output: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of every file and folder of a site."""
    found = {}
    for path in [output, *output.rglob("*")]:
        status = path.lstat()
        found[path.relative_to(output).as_posix()] = (status.st_ino, status.st_mtime_ns)
    return found
