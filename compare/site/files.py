"""Files from outside, read with suspicion: bounded, UTF-8, and inside the site's folder."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from compare.errors import SourceError
from compare.site.fields import CONTROL, short

_BREAKS = re.compile(r"[\r\x0b\x0c\x85\u2028\u2029]")

PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")  # SVG may hold scripts
PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}")  # that is an address as it stands
LARGEST_PICTURE = 20_000_000
_ACCESS = "look at who may read it"
_COPY = "put a copy of the file in its place"


def shown(path: Path, root: Path) -> str:
    """A path as messages name it: relative to the site, with ``/``, and printable."""
    whole, above = path.as_posix(), root.as_posix().rstrip("/") + "/"
    name = whole.removeprefix(above)
    return name if name.isprintable() else ascii(name)[1:-1]


def problem(file: Path, root: Path, message: str, hint: str | None = None) -> SourceError:
    """What is wrong with a file or folder of a site as a whole."""
    return SourceError(message, path=shown(file, root), hint=hint)


def listing(folder: Path, root: Path) -> list[os.DirEntry[str]]:
    """What is in a folder, ordered by name, without hidden files and editors' back-up copies.

    Raises:
        SourceError: When the folder cannot be listed, or is a link out of the tree.
    """
    refuse_link_out(folder, root)
    try:
        with os.scandir(folder) as found:
            entries = [e for e in found if not e.name.startswith(".") and not e.name.endswith("~")]
    except OSError as error:
        raise problem(folder, root, f"cannot be listed: {error.strerror}", _ACCESS) from None
    return sorted(entries, key=lambda entry: entry.name)


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder or a link to one; a link that goes in circles is not."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def refuse_link_out(path: Path, root: Path) -> None:
    """Refuse a symbolic link that leads out of the site's folder, or nowhere.

    Raises:
        SourceError: When it does.
    """
    if not path.is_symlink():
        return
    try:
        inside = path.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # RuntimeError: a loop, before Python 3.13
        raise problem(path, root, "is a link that leads nowhere", "remove it") from None
    if not inside:
        raise problem(path, root, "is a link that leads out of the site's folder", _COPY)


def read_bytes(path: Path, root: Path, largest: int) -> bytes:
    """The bytes of a regular file of bounded size.

    Raises:
        SourceError: When it is a link out of the tree, not a regular file, too large or unreadable.
    """
    refuse_link_out(path, root)
    try:
        # Without O_NONBLOCK, opening a named pipe would wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise problem(path, root, "is not a regular file", _COPY)
            data = stream.read(largest + 1)
    except OSError as error:
        raise problem(path, root, f"cannot be read: {error.strerror}", _ACCESS) from None
    if len(data) > largest:
        hint = "remove what does not belong to it"
        raise problem(path, root, f"is larger than {largest // 1_000_000} MB", hint)
    return data


def read_text(path: Path, root: Path, largest: int) -> str:
    r"""The text of a UTF-8 file, its line ends as ``\n``.

    Raises:
        SourceError: As ``read_bytes``, or when it is not UTF-8 or holds control characters.
    """
    data = read_bytes(path, root, largest)
    name = shown(path, root)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        kind = "it looks like UTF-16; " if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
        raise SourceError("is not UTF-8", path=name, line=line, hint=f"{kind}save it as UTF-8") from None
    if text.replace("\n", "").isprintable():
        return text
    text = _BREAKS.sub("\n", text.replace("\r\n", "\n"))
    control = CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        what = "a NUL byte" if control[0] == "\0" else f"the control character U+{ord(control[0]):04X}"
        raise SourceError(f"holds {what}", path=name, line=line, hint="remove it; it is not text")
    return text


def quoted(name: str) -> str:
    """A file's name in a message."""
    return f"“{short(name)}”"
