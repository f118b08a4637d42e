"""What earlier builds found out, outside of the site and of what is published.

The cache holds whole texts, also those that may not be published; so it lies in the user's own
cache folder and is readable by that user alone. Its files are plain JSON. Whatever is damaged, of
another form or another user's is left alone and computed again.

::

    index.json                  digests of the sources, and what each output folder was made from
    comparisons/<xx>/<key>      one story's comparison, compressed, led by the digest of its bytes
    found/<xx>/<digest>         what the search finds of one story
"""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import msgspec

from compare.build.inputs import Inputs
from compare.build.manifest import Stamp

_LARGEST = 512 * 2**20  # bytes that a stored comparison may unpack to


@dataclass(slots=True)
class StoryRecord:
    """One story as an output folder has it.

    Attributes:
        key: Digest of all that its pages were made from.
        comparison: Digest of all that its comparison was made from.
        articles: How many.
        sentences: How many.
        claims: How many.
        found: Digest of what the search finds of it.
        card: What the site's other pages say of it, as JSON values.
    """

    key: str
    comparison: str
    articles: int
    sentences: int
    claims: int
    found: str
    card: Any


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

    format: Literal["crossread cache 3"]
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
        self._usable = self._open()

    def _open(self) -> bool:
        try:
            self.folder.mkdir(parents=True, mode=0o700, exist_ok=True)
            status = self.folder.lstat()
            if status.st_uid != os.geteuid() or not self.folder.is_dir() or self.folder.is_symlink():
                self.notes.append(f"the cache {self.folder} belongs to somebody else and is not used")
                return False
        except OSError as error:
            self.notes.append(f"no cache: {self.folder} cannot be used ({error.strerror})")
            return False
        return True

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
            return _renamed(msgspec.json.decode(content, type=_File).index, _on_disk)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            self.notes.append(f"the cache {self.folder} is damaged or of another version; it is made anew")
            return Index()

    def save(self, index: Index) -> None:
        """Write the index; a refusal of the disk is a note, since the site is written already."""
        if not self._usable:
            return
        content = msgspec.json.encode(_File("crossread cache 3", _renamed(index, _in_json)))
        try:
            write(self.folder / "index.json", content)
        except OSError as error:
            self.notes.append(f"the cache {self.folder} cannot be written ({error.strerror})")

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
        wanted = set(keep)
        if not self._usable:
            return
        for kind in ("comparisons", "found"):
            for folder in _entries(os.path.join(self.folder, kind)):
                for entry in _entries(folder.path):
                    if entry.name not in wanted:
                        Path(entry.path).unlink(missing_ok=True)


def _renamed(index: Index, name: Callable[[str], str]) -> Index:
    """The index with other names of the files and folders that a user has named."""
    stories = {name(story): digest for story, digest in index.seen.stories.items()}
    files = {name(path): known for path, known in index.seen.files.items()}
    outputs = {name(path): output for path, output in index.outputs.items()}
    return Index(replace(index.seen, stories=stories, files=files), outputs)


def _in_json(name: str) -> str:
    """A name as JSON can hold it: a letter for each of its bytes, which need not be UTF-8."""
    return name if name.isascii() else os.fsencode(name).decode("latin-1")


def _on_disk(name: str) -> str:
    return name if name.isascii() else os.fsdecode(name.encode("latin-1"))


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """What is in a folder; nothing when it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def write(path: Path, content: bytes) -> None:
    """Write a file of the cache so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    passing = path.parent / f"{path.name}.{os.getpid()}"
    descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with open(descriptor, "wb") as file:
        file.write(content)
    passing.replace(path)


def pack(content: bytes) -> bytes:
    """Compress, led by the digest of the result."""
    packed = zlib.compress(content, 1)
    return hashlib.sha256(packed).digest() + packed


def unpack(stored: bytes) -> bytes | None:
    """The content, or None when a byte of it is not as it was."""
    mark, packed = stored[:32], stored[32:]
    if hashlib.sha256(packed).digest() != mark:
        return None
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, _LARGEST)
    except zlib.error:
        return None
    return content if unpacking.eof else None
