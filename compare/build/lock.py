"""One build at a time for one output folder.

The lock is a file beside the output folder, held by ``flock``: the system lets go of it when the
process ends, however it ends, so a killed build never blocks the next one.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from compare.errors import OutputError

PAUSE = 0.05  # seconds between two looks at a lock that somebody holds


@contextmanager
def held(path: Path, patience: float, say: Callable[[str], None]) -> Iterator[int]:
    """Hold the lock file while the body runs; it is removed afterwards.

    Args:
        path: The lock file; its folder must exist.
        patience: Seconds to wait for another build.
        say: Told once, when there is something to wait for.

    Yields:
        The file descriptor, which forked workers must close.

    Raises:
        OutputError: Another process still holds it, or the file cannot be made.
    """
    descriptor = _open(path)
    try:
        deadline = time.monotonic() + patience
        told = False
        while not _take(descriptor):
            holder = _holder(path)
            if time.monotonic() >= deadline:
                raise OutputError(
                    f"another build is writing here: {holder}",
                    path=path.parent,
                    hint="wait until it has ended, or end it",
                )
            if not told:
                say(f"waiting for another build to end: {holder}")
                told = True
            time.sleep(PAUSE)
            if not _is_current(descriptor, path):  # its holder removed it on leaving
                os.close(descriptor)
                descriptor = _open(path)
        descriptor = _settle(descriptor, path)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()}\n".encode(), 0)
        try:
            yield descriptor
        finally:
            path.unlink(missing_ok=True)  # while it is still ours, so that no other's is removed
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        return os.open(path, flags, 0o644)
    except OSError as error:
        raise OutputError(
            f"cannot write beside the output folder: {error.strerror}",
            path=path.parent,
            hint="choose a folder that you may write to: --output FOLDER",
        ) from error


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_current(descriptor: int, path: Path) -> bool:
    """Whether the path still names the file that is open."""
    try:
        named = os.stat(path, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return os.path.samestat(os.fstat(descriptor), named)


def _settle(descriptor: int, path: Path) -> int:
    """A held descriptor of the file that the path names now."""
    while not _is_current(descriptor, path):
        os.close(descriptor)
        descriptor = _open(path)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


def _holder(path: Path) -> str:
    try:
        written = path.read_text(encoding="ascii", errors="replace").strip()[:40]
    except OSError:
        return "a process that is just ending"
    return written or "a process that is just starting"
