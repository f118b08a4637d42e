"""What a site is made from, as digests, without parsing anything.

A file is read again only when its size, time or inode changed since the last build, as git does it;
a file that changed within the last two seconds before it was read is read again next time, since a
second change could hide behind the same time.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

CONFIGURATION = ("crossread.toml", "pyproject.toml")
# What the configuration may name beside itself: a style sheet and a logo.
BESIDE = (".avif", ".css", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
SETTLED = 2_000_000_000  # ns after which a file's time is believed
# Distributions whose versions shape the pages, as their folders are named.
_SHAPING = {
    "babel", "diff_match_patch", "jinja2", "lxml", "markdown_it_py", "msgspec", "numpy", "pagefind",
    "pystemmer", "pyyaml", "rapidfuzz", "regex", "snowballstemmer", "stopwordsiso", "trafilatura",
}  # fmt: skip

Known = tuple[int, int, int, str]  # stamp and digest


@dataclass(slots=True)
class Inputs:
    """The digests of one look at the site's folder.

    Attributes:
        stories: Story folder's name → digest of every name and byte in it.
        settings: Digest of the configuration files, what they may name, and the site's own pages.
        templates: Digest of the site's own templates.
        loose: Digest of the names of what lies in ``sources/`` beside the story folders.
        files: What is known of each file, for the next look.
    """

    stories: dict[str, str] = field(default_factory=dict)
    settings: str = ""
    templates: str = ""
    loose: str = ""
    files: dict[str, Known] = field(default_factory=dict)


def look(root: Path, known: Mapping[str, Known]) -> Inputs:
    """Take the digests of everything a site is made from.

    The captures in ``seeds/`` are no part of it: a build does not read them.

    Args:
        root: The site's folder.
        known: ``files`` of the last look, or nothing.
    """
    reader = _Reader(root, known)
    inputs = Inputs(files=reader.files)
    sources = f"{reader.root}/sources"
    loose = []
    for name in sorted(_names(sources)):
        if os.path.isdir(f"{sources}/{name}"):
            inputs.stories[name] = reader.folder(f"sources/{name}")
        else:
            loose.append((name, reader.file(f"sources/{name}")))
    inputs.loose = _joined(loose)
    beside = sorted(name for name in _names(reader.root) if name.lower().endswith(BESIDE))
    settings = [(name, reader.file(name)) for name in (*CONFIGURATION, *beside)]
    inputs.settings = _joined([*settings, ("pages", reader.folder("pages"))])
    inputs.templates = reader.folder("site_templates")
    return inputs


def story_digest(root: Path, story: str) -> str:
    """The digest of one story's folder as it is now, every byte read."""
    return _Reader(root, {}).folder(f"sources/{story}")


class _Reader:
    """Digests of files and folders below one root."""

    def __init__(self, root: Path, known: Mapping[str, Known]) -> None:
        self.root = os.fspath(root)
        self._known = known
        self.files: dict[str, Known] = {}

    def folder(self, path: str) -> str:
        """Digest of every name and byte below a folder."""
        return _joined(sorted(self._below(path)))

    def file(self, path: str) -> str:
        """Digest of one file; ``missing`` when there is none."""
        try:
            status = os.lstat(f"{self.root}/{path}")
        except OSError:
            return "missing"
        return self._file(path, status)

    def _below(self, path: str) -> Iterator[tuple[str, str]]:
        try:
            with os.scandir(f"{self.root}/{path}") as entries:
                for entry in entries:
                    if _is_hidden(entry.name):
                        continue
                    below = f"{path}/{entry.name}"
                    if entry.is_dir(follow_symlinks=False):
                        yield from self._below(below)
                    else:
                        yield below, self._file(below, entry.stat(follow_symlinks=False))
        except OSError as error:  # of what the story needs the reader will say it
            yield path, f"unreadable {error.errno}"

    def _file(self, path: str, status: os.stat_result) -> str:
        size, mtime, inode = status.st_size, status.st_mtime_ns, status.st_ino
        known = self._known.get(path)
        if known is not None and known[:3] == (size, mtime, inode):
            self.files[path] = known
            return known[3]
        content = self._content(path, status)
        if stat.S_ISREG(status.st_mode) and time.time_ns() - mtime > SETTLED:
            self.files[path] = (size, mtime, inode, content)
        return content

    def _content(self, path: str, status: os.stat_result) -> str:
        where = f"{self.root}/{path}"
        try:
            if stat.S_ISLNK(status.st_mode):
                return f"link {os.readlink(where)} {self._content(path, os.stat(where))}"
            if not stat.S_ISREG(status.st_mode):
                return "special"
            with open(where, "rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            return f"unreadable {error.errno}"


def _is_hidden(name: str) -> bool:
    """Whether no reader looks at a file: hidden ones, and editors' back-up copies."""
    return name.startswith(".") or name.endswith("~")


def _names(folder: str) -> list[str]:
    """What is in a folder and not hidden; nothing when it cannot be read."""
    try:
        return [name for name in os.listdir(folder) if not _is_hidden(name)]
    except OSError:
        return []


def joined(parts: Iterable[str]) -> str:
    """One digest of several texts."""
    whole = "".join([f"{len(part)}:{part}" for part in parts])
    return hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()


def _joined(pairs: Iterable[tuple[str, str]]) -> str:
    return joined(chain.from_iterable(pairs))


def code_version() -> str:
    """Digest of this package's own files, its templates, and the versions of what it stands on.

    Two programs with the same digest make the same pages of the same sources.
    """
    package = Path(__file__).resolve().parent.parent
    whole = hashlib.sha256(f"python {sys.version_info[:2]}".encode())
    for top in (package, package.parent / "site_templates"):
        for path in sorted(_code(os.fspath(top))):
            whole.update(path[len(os.fspath(top)) :].encode("utf-8", "surrogateescape"))
            with open(path, "rb") as file:
                whole.update(hashlib.sha256(file.read()).digest())
    installed = {name.lower() for folder in sys.path for name in _names(folder or ".")}
    for name in sorted(installed):
        if name.endswith(".dist-info") and name.partition("-")[0] in _SHAPING:
            whole.update(f"{name}\n".encode())
    return whole.hexdigest()


def _code(top: str) -> Iterator[str]:
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (f"{folder}/{name}" for name in names if not name.endswith((".pyc", ".pyo")))
