"""The site before the one that is shown, kept as the next build's start, and how old sites are deleted.

Most of a new site is the old one's files, and to link every one of them again takes seconds in a
large site. The site before the old one has nearly all those links already: brought up to date it
becomes the new site, and costs an edit no more than what the edit changed. It stands beside the
output folder, readable by its owner alone, and shares its files with the site that is shown; who
deletes it makes one build slower.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from compare.build import manifest
from compare.build.manifest import Stamp
from compare.build.writer import FOLDER_MODE

_PRIVATE = 0o700


def path_of(output: Path) -> Path:
    """Where the previous site of an output folder is kept."""
    return output.parent / f".{output.name}.previous"


def take(output: Path, folder: Path, say: Callable[[str], None]) -> dict[str, Stamp] | None:
    """Make the previous site the staging folder, marked as unfinished.

    Args:
        output: The output folder.
        folder: Where the new site is going to grow; a free name.
        say: Told when something in the previous site is not ours; that stays where it is.

    Returns:
        Path → stamp of all its files; None when there is none that could be used.
    """
    kept = path_of(output)
    if kept.is_symlink() or not kept.is_dir():
        return None
    read = manifest.read(kept)
    if read is None or not read[1]:
        say(f"{kept} looks like a build's folder but has no whole manifest; it stays where it is")
        return None
    there = manifest.scan(kept)
    if not _is_whole(there, read[0]):
        discard(kept, read[0], say)
        return None
    kept.rename(folder)
    passing = folder / manifest.PASSING
    passing.write_bytes(manifest.encode({}, complete=False))
    passing.replace(folder / manifest.NAME)  # never half a manifest beside a whole site
    folder.chmod(FOLDER_MODE)
    del there[manifest.NAME]
    return there


def keep(old: Path, files: Iterable[str], output: Path, say: Callable[[str], None]) -> None:
    """Keep the site that was shown till now, unless somebody has put something into it.

    Args:
        old: Where it is now.
        files: Those of its manifest.
        output: The output folder.
        say: Told when something in it is not ours; that stays, the rest is deleted.

    Raises:
        OSError: The disk refuses; the next build clears away what is left.
    """
    if os.path.lexists(path_of(output)) or not _is_whole(manifest.scan(old), files):
        discard(old, files, say)
        return
    old.chmod(_PRIVATE)
    old.rename(path_of(output))


def _is_whole(there: Mapping[str, Stamp], files: Iterable[str]) -> bool:
    """Whether these are a manifest, the files that it lists and at most litter."""
    own = {*files, manifest.NAME}
    regular = all(size >= 0 for size, _, _ in there.values())
    return regular and there.keys() >= own and all(map(manifest.is_litter, there.keys() - own))


def discard(folder: Path, files: Iterable[str], say: Callable[[str], None]) -> None:
    """Delete of an old site what its manifest lists, the manifest last.

    Args:
        folder: Where the old site is now.
        files: Those of its manifest; what file managers left behind goes with them.
        say: Told when something else is in it, which stays.
    """
    litter = filter(manifest.is_litter, manifest.scan(folder))
    unlink(folder, [*files, *litter, manifest.PASSING])
    if os.listdir(folder) in ([manifest.NAME], []):
        unlink(folder, [manifest.NAME])
        folder.rmdir()
    else:
        say(f"{folder} keeps files that were put into the old site during the build")


def unlink(top: Path, paths: Iterable[str]) -> None:
    """Delete files below a folder, and the folders that are empty after that; no link is followed."""
    by_folder: dict[str, list[str]] = {"": []}
    for path in paths:
        folder, _, name = path.rpartition("/")
        by_folder.setdefault(folder, []).append(name)
        while folder:  # folders above, so that they are emptied after those inside
            folder = folder.rpartition("/")[0]
            by_folder.setdefault(folder, [])
    ours = {"": os.fspath(top)}  # folder → where it is
    for folder in sorted(by_folder)[1:]:  # one comes before what is inside it
        above, _, name = folder.rpartition("/")
        if above in ours and not os.path.islink(where := f"{ours[above]}/{name}"):
            ours[folder] = where
    for folder, where in reversed(ours.items()):
        for name in by_folder[folder]:
            with suppress(OSError):  # gone already, or a folder: not ours
                os.unlink(f"{where}/{name}")
        if folder:
            with suppress(OSError):  # something is left in it, or it is gone
                os.rmdir(where)
