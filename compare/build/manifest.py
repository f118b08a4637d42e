"""What a build has written: the list that it may replace and delete by.

The manifest is a file of the site itself, so that it is always as old as the site. It names every
other file with the digest of its bytes, and is the same for the same site.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec

from compare.errors import OutputError

NAME = ".crossread-manifest.json"
PASSING = NAME + ".new"  # while it is written
# What file managers leave behind wherever they look: neither ours nor worth stopping for.
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".directory"})
# Most paths; a manifest has ten for each story. A dot opens none of these parts.
_PLAIN = re.compile(r"(?:\w[\w.-]{0,199}/)*\w[\w.-]{0,199}", re.ASCII)

Stamp = tuple[int, int, int]  # size in bytes, mtime in ns, inode


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def encode(files: Mapping[str, str], *, complete: bool = True) -> bytes:
    """The manifest's bytes.

    Args:
        files: Path of each file below the site's folder → digest.
        complete: False while the site is being written.
    """
    import json  # seldom needed, and not free to import

    content = {"crossread": 1, "complete": complete, "files": dict(sorted(files.items()))}
    return (json.dumps(content, separators=(",\n", ": ")) + "\n").encode("ascii")


class _File(msgspec.Struct):
    crossread: Literal[1]
    complete: bool
    files: dict[str, str]


def decode(content: bytes) -> tuple[dict[str, str], bool] | None:
    """The files and whether the site is complete; None for anything but a manifest."""
    try:
        read = msgspec.json.decode(content, type=_File)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return (read.files, read.complete) if all(map(is_safe, read.files)) else None


def read(folder: Path) -> tuple[dict[str, str], bool] | None:
    """What ``decode`` makes of a folder's manifest; None also where there is none."""
    try:
        return decode((folder / NAME).read_bytes())
    except OSError:
        return None


def is_litter(path: str) -> bool:
    """Whether a file is what file managers leave behind."""
    return path.rpartition("/")[2] in LITTER


def is_safe(path: str) -> bool:
    """Whether a path stays below the folder it is joined to, on every system.

    It is relative, in POSIX form, without empty, ``.`` or ``..`` parts, control characters,
    backslashes or colons, and without a part longer than 255 bytes.
    """
    if _PLAIN.fullmatch(path):
        return True
    if not path.isprintable() or "\\" in path or ":" in path:
        return False
    parts = path.split("/")
    return all(part not in ("", ".", "..") and len(part.encode("utf-8", "replace")) <= 255 for part in parts)


@dataclass(slots=True)
class Found:
    """What stands in the output folder.

    Attributes:
        files: Of the manifest: path → digest. Empty for an empty or missing folder.
        stamps: Of those that are there.
        manifest: Digest of the manifest's bytes; "" when there is none.
        litter: Files of file managers.
    """

    files: dict[str, str] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    manifest: str = ""
    litter: list[str] = field(default_factory=list)


def inspect(output: Path) -> Found:
    """Look at an output folder without changing it.

    Raises:
        OutputError: It is a file or a symbolic link, cannot be read, or holds files that no build
            has written.
    """
    if output.is_symlink():
        raise OutputError(
            "the output folder is a symbolic link",
            path=output,
            hint=f"name the folder itself: --output {os.path.realpath(output)}",
        )
    if not output.exists():
        return Found()
    try:
        return _inspect(output)
    except NotADirectoryError as error:
        raise OutputError("is a file; the site needs a folder", path=output) from error
    except OSError as error:
        raise OutputError(f"cannot be read: {error.strerror}", path=output) from error


def _inspect(output: Path) -> Found:
    stamps = scan(output)
    content = (output / NAME).read_bytes() if NAME in stamps else b""
    read = decode(content)
    found = Found(read[0], manifest=digest(content)) if read else Found()
    foreign = []
    for path, stamp in sorted(stamps.items()):
        if stamp[0] >= 0 and path in found.files:
            found.stamps[path] = stamp
        elif is_litter(path):
            found.litter.append(path)
        elif stamp[0] < 0 or path != NAME or not read:
            foreign.append(path)
    if foreign:
        more = f" and {len(foreign) - 5} more" if len(foreign) > 5 else ""
        raise OutputError(
            f"the output folder holds files that crossread did not write: {', '.join(foreign[:5])}{more}",
            path=output,
            hint="move them away, or choose another folder: --output FOLDER",
        )
    return found


def scan(folder: Path) -> dict[str, Stamp]:
    """Every file below a folder, in no order; links are not followed.

    Returns:
        Path → stamp. Links, special files and empty folders (with a slash at the end of their
        path) are listed with the size -1, which no file has.
    """
    found: dict[str, Stamp] = {}
    waiting = [(os.fspath(folder), "")]
    while waiting:
        where, prefix = waiting.pop()
        with os.scandir(where) as entries:
            empty = bool(prefix)
            for entry in entries:
                empty = False
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{prefix}{entry.name}/"))
                elif entry.is_file(follow_symlinks=False):
                    status = entry.stat(follow_symlinks=False)
                    found[prefix + entry.name] = (status.st_size, status.st_mtime_ns, status.st_ino)
                else:
                    found[prefix + entry.name] = (-1, 0, 0)
            if empty:
                found[prefix] = (-1, 0, 0)
    return found
