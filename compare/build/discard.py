"""Deleting an old site: what its manifest lists, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from compare.build import manifest


def discard(folder: Path, files: Iterable[str], say: Callable[[str], None]) -> None:
    """Delete of an old site what its manifest lists, the manifest last.

    Args:
        folder: Where the old site is now.
        files: Those of its manifest; what file managers left behind goes with them.
        say: Told when something else is in it, which stays.
    """
    top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        unlink(top, [*files, *_litter(folder), manifest.PASSING])
        if os.listdir(top) in ([manifest.NAME], []):
            unlink(top, [manifest.NAME])
            folder.rmdir()
            return
    finally:
        os.close(top)
    say(f"{folder} keeps files that were put into the old site during the build")


def _litter(folder: Path) -> list[str]:
    found = manifest.scan(folder).items()
    return [path for path, (size, _, _) in found if size >= 0 and manifest.is_litter(path)]


def unlink(top: int, paths: Iterable[str]) -> None:
    """Delete files below an open folder, and the folders that are empty after that."""
    by_folder: dict[str, list[str]] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        by_folder.setdefault(folder, []).append(name)
        while folder:  # folders above, so that they are emptied after those inside
            folder = folder.rpartition("/")[0]
            by_folder.setdefault(folder, [])
    for folder in sorted(by_folder, reverse=True):  # a folder sorts before what is inside it
        _unlink_in(top, folder, by_folder[folder])


def _unlink_in(top: int, folder: str, names: Iterable[str]) -> None:
    try:
        where = _open_below(top, folder)
    except OSError:  # missing already, or no folder any more: not ours
        return
    try:
        for name in names:
            with suppress(FileNotFoundError, IsADirectoryError, PermissionError):
                os.unlink(name, dir_fd=where)
    finally:
        os.close(where)
    if folder:
        with suppress(OSError):  # something is left in it
            os.rmdir(folder, dir_fd=top)


def _open_below(top: int, folder: str) -> int:
    """Open a folder below another without following a link anywhere on the way."""
    here = os.dup(top)
    for part in folder.split("/") if folder else ():
        try:
            below = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=here)
        finally:
            os.close(here)
        here = below
    return here
