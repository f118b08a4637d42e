"""The site before the one that is shown, kept as the next build's start.

Most of a new site is the old one's files, and to link every one of them again takes seconds in a
large site. The site before the old one has nearly all those links already: brought up to date it
becomes the new site, and costs an edit no more than what the edit changed. It stands beside the
output folder, readable by its owner alone, and shares its files with the site that is shown; who
deletes it makes one build slower.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Set
from pathlib import Path

from compare.build import manifest
from compare.build.discard import discard
from compare.build.manifest import Stamp
from compare.build.writer import FOLDER_MODE

_PRIVATE = 0o700


def path_of(output: Path) -> Path:
    """Where the previous site of an output folder is kept."""
    return output.parent / f".{output.name}.previous"


def take(
    output: Path, folder: Path, shown: Mapping[str, Stamp], say: Callable[[str], None]
) -> dict[str, Stamp] | None:
    """Make the previous site the staging folder, marked as unfinished.

    Args:
        output: The output folder.
        folder: Where the new site is going to grow; a free name.
        shown: What is in the output folder: path → stamp.
        say: Told when something in the previous site is not ours; that stays where it is.

    Returns:
        Path → stamp of all its files; None when there is none that could be used.
    """
    kept = path_of(output)
    if kept.is_symlink() or not kept.is_dir():
        return None
    try:
        read = manifest.decode((kept / manifest.NAME).read_bytes())
    except OSError:
        read = None
    if read is None or not read[1]:
        say(f"{kept} looks like a build's folder but has no whole manifest; it stays where it is")
        return None
    same_disk = output.exists() and kept.stat().st_dev == output.stat().st_dev
    there = manifest.scan(kept, shown if same_disk else {})
    regular = {path for path, (size, _, _) in there.items() if size >= 0}
    if len(regular) < len(there) or not _is_whole(regular, read[0]):
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
    there = {
        path: entry is not None and entry.is_file(follow_symlinks=False) for path, entry in manifest.walk(old)
    }
    if os.path.lexists(path_of(output)) or not all(there.values()) or not _is_whole(there.keys(), files):
        discard(old, files, say)
        return
    old.chmod(_PRIVATE)
    old.rename(path_of(output))


def _is_whole(there: Set[str], files: Iterable[str]) -> bool:
    """Whether these are a manifest, the files that it lists and at most litter."""
    own = {*files, manifest.NAME}
    return there >= own and all(map(manifest.is_litter, there - own))
