"""New files that appear whole and together or not at all, and never over another."""

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
        self._made: list[Path] = []

    def __enter__(self) -> Batch:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for path in reversed(self._made) if kind else ():
            with contextlib.suppress(OSError):  # somebody has put something into a folder
                path.rmdir() if path.is_dir() else path.unlink()

    def folder(self, path: Path) -> None:
        """Make a folder and those above it, as far as they are missing.

        Raises:
            OutputError: It cannot be made.
        """
        with _told(path):
            for folder in reversed((path, *path.parents)):
                if not folder.is_dir():
                    folder.mkdir()
                    self._made.append(folder)

    def file(self, path: Path, content: bytes) -> bool:
        """Make a file; False when there is one of that name, which stays as it is.

        Raises:
            OutputError: It cannot be written.
        """
        if path.exists() or path.is_symlink():
            return False
        with _told(path), _hidden(path, content) as hidden:
            try:
                os.link(hidden, path)
            except FileExistsError:
                return False
            except OSError:  # no hard links here; the name was free a moment ago
                hidden.rename(path)
        self._made.append(path)
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


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror or error}", path=path) from error
