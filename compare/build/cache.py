"""What earlier builds found out, outside of the site and of what is published.

The cache holds whole texts, also those that may not be published; so it lies in the user's own
cache folder and is readable by that user alone. Its files are plain JSON. Whatever is damaged, of
another form or another user's is left alone and computed again.

::

    index.json                  digests of the sources, and what each output folder was made from
    comparisons/<xx>/<key>      one story's comparison, compressed
    found/<xx>/<digest>         what the search finds of one story
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec

from compare.build.inputs import Inputs
from compare.build.manifest import Stamp


class StoryRecord(msgspec.Struct):
    """One story as an output folder has it.

    Attributes:
        key: Digest of all that its pages were made from.
        comparison: Digest of all that its comparison was made from.
        counts: Articles, sentences and counted claims.
        found: Digest of what the search finds of it.
        card: What the site's other pages say of it, as JSON.
    """

    key: str
    comparison: str
    counts: tuple[int, int, int]
    found: str
    card: msgspec.Raw


@dataclass(slots=True)
class Output:
    """What one output folder was made from.

    Attributes:
        manifest: Digest of its manifest's bytes.
        request: Digest of everything that shaped the site.
        files: Stamp of each file that was written.
        stories: By id.
    """

    manifest: str = ""
    request: str = ""
    files: dict[str, Stamp] = field(default_factory=dict)
    stories: dict[str, StoryRecord] = field(default_factory=dict)


@dataclass(slots=True)
class Index:
    """What is remembered between two builds of one site.

    Attributes:
        seen: The sources as the last build saw them.
        outputs: By absolute path.
    """

    seen: Inputs = field(default_factory=Inputs)
    outputs: dict[str, Output] = field(default_factory=dict)


@dataclass(slots=True)
class _File:
    """The index as it is kept; what is of another format is not read."""

    format: Literal["crossread cache 7"]
    index: Index


def default_folder() -> Path:
    """The user's cache folder: ``CROSSREAD_CACHE``, or where the system keeps such things."""
    given = os.environ.get("CROSSREAD_CACHE")
    if given:
        return Path(given)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "crossread"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "crossread"


class Cache:
    """The cache of one site.

    Attributes:
        notes: What was wrong with it, for the user.
    """

    def __init__(self, folder: Path, root: Path) -> None:
        """Open the cache.

        Args:
            folder: Of all sites' caches.
            root: The site's folder; its path tells the site from others.
        """
        self.notes: list[str] = []
        self.folder = folder / hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:16]
        self._usable = False
        try:
            self.folder.mkdir(parents=True, mode=0o700, exist_ok=True)
            status = self.folder.lstat()
            self._usable = status.st_uid == os.geteuid() and stat.S_ISDIR(status.st_mode)
            if not self._usable:
                self.notes.append(f"the cache {self.folder} belongs to somebody else and is not used")
        except OSError as error:
            self.notes.append(f"no cache: {self.folder} cannot be used ({error.strerror})")

    def load(self) -> Index:
        """The index; an empty one, with a note, when it is damaged or of another form."""
        if not self._usable:
            return Index()
        try:
            content = (self.folder / "index.json").read_bytes()
        except FileNotFoundError:
            return Index()
        except OSError as error:
            self.notes.append(f"the cache {self.folder} cannot be read ({error.strerror})")
            return Index()
        try:
            return msgspec.json.decode(content, type=_File).index
        except (msgspec.MsgspecError, ValueError, RecursionError):
            self.notes.append(f"the cache {self.folder} is damaged or of another version; it is made anew")
            return Index()

    def save(self, index: Index) -> None:
        """Write the index; a refusal of the disk is a note, since the site is written already."""
        if not self._usable:
            return
        try:
            write(self.folder / "index.json", msgspec.json.encode(_File("crossread cache 7", index)))
        except (OSError, UnicodeEncodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "a file's name is not UTF-8"
            self.notes.append(f"the cache {self.folder} cannot be written ({reason})")

    def comparison_path(self, key: str) -> Path | None:
        """Where a comparison is or would be kept; None without a usable cache."""
        return self.folder / "comparisons" / key[:2] / key if self._usable else None

    def keep_found(self, digest: str, content: bytes) -> None:
        """Keep what the search finds of a story; without room for it, its page is read instead."""
        path = self.folder / "found" / digest[:2] / digest
        if self._usable and not path.exists():
            with suppress(OSError):
                write(path, content)

    def found(self, digest: str) -> bytes | None:
        """What the search finds of a story, or None when that is not known any more."""
        try:
            content = (self.folder / "found" / digest[:2] / digest).read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == digest else None

    def forget(self, keep: Iterable[str]) -> None:
        """Delete what no output folder is made from any more.

        Args:
            keep: Keys of comparisons and digests of what is found.
        """
        if not self._usable:
            return
        wanted = set(keep)
        for kind in ("comparisons", "found"):
            for folder, _, names in os.walk(self.folder / kind):
                for name in names:
                    if name not in wanted:
                        Path(folder, name).unlink(missing_ok=True)


def write(path: Path, content: bytes) -> None:
    """Write a file of the cache so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    passing = path.parent / f"{path.name}.{os.getpid()}"
    descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with open(descriptor, "wb") as file:
        file.write(content)
    passing.replace(path)


def pack(content: bytes) -> bytes:
    """Compress; a checksum of the content is part of the result."""
    return zlib.compress(content, 1)


def unpack(stored: bytes) -> bytes | None:
    """The content, or None when a byte of it is not as it was."""
    try:
        return zlib.decompress(stored)
    except zlib.error:
        return None
