"""New files that appear whole or not at all, and never over another."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from compare.errors import OutputError


class Batch:
    """Files that appear together: when something stops halfway, those already there go again.

    Use as a context manager; leaving it by any exception, ctrl-C included, takes back every file
    and folder that was made in it.
    """

    def __init__(self) -> None:
        self._files: list[Path] = []
        self._folders: list[Path] = []

    def __enter__(self) -> Batch:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            return
        for path in reversed(self._files):
            with contextlib.suppress(OSError):
                path.unlink()
        for folder in reversed(self._folders):
            with contextlib.suppress(OSError):  # somebody has put something in
                folder.rmdir()

    def folder(self, path: Path) -> None:
        """Make a folder and those above it, as far as they are missing.

        Raises:
            OutputError: It cannot be made.
        """
        missing = [path]
        while not missing[-1].parent.exists():
            missing.append(missing[-1].parent)
        with _told(path):
            for folder in reversed(missing):
                if not folder.is_dir():
                    folder.mkdir()
                    self._folders.append(folder)

    def file(self, path: Path, content: bytes) -> bool:
        """Make a file; False when there is one of that name, which stays as it is.

        Raises:
            OutputError: It cannot be written.
        """
        with _told(path):
            made = create(path, content)
        if made:
            self._files.append(path)
        return made


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror or error}", path=path) from error


def create(path: Path, content: bytes) -> bool:
    """Write a new file in one step; False when there is one already.

    The content stands complete and flushed under a hidden name before it gets its own, by a hard
    link, which fails when the name is taken. A crash leaves at most the hidden file.

    Raises:
        OSError: No space, no permission.
    """
    if path.exists() or path.is_symlink():
        return False
    with _hidden(path, content) as hidden:
        try:
            os.link(hidden, path)
        except FileExistsError:
            return False
        except OSError:  # no hard links here; the name was free a moment ago
            hidden.rename(path)
        return True


def overwrite(path: Path, content: bytes) -> None:
    """Write a file that may be there, in one step.

    Raises:
        OutputError: It cannot be written; the old one stays.
    """
    with _told(path), _hidden(path, content) as hidden:
        hidden.replace(path)


@contextlib.contextmanager
def _hidden(path: Path, content: bytes) -> Iterator[Path]:
    """The content beside its path, under a name that readers of folders pass over and nobody else has."""
    hidden = path.with_name(f".{secrets.token_hex(6)}.part")
    try:
        with hidden.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        yield hidden
    finally:
        hidden.unlink(missing_ok=True)
