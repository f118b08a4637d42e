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
    deadline, told = time.monotonic() + patience, False
    while (descriptor := _taken(path)) is None:
        holder = _holder(path)
        if time.monotonic() >= deadline:
            hint = "wait until it has ended, or end it"
            raise OutputError(f"another build is writing here: {holder}", path=path.parent, hint=hint)
        if not told:
            say(f"waiting for another build to end: {holder}")
            told = True
        time.sleep(PAUSE)
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()}\n".encode(), 0)
        yield descriptor
    finally:
        path.unlink(missing_ok=True)  # while it is still ours, so that no other's is removed
        os.close(descriptor)


def _taken(path: Path) -> int | None:
    """A descriptor of the locked file; None while another process holds it."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    except OSError as error:
        message = f"cannot write beside the output folder: {error.strerror}"
        hint = "choose a folder that you may write to: --output FOLDER"
        raise OutputError(message, path=path.parent, hint=hint) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), os.stat(path, follow_symlinks=False)):
            return descriptor
    except (BlockingIOError, FileNotFoundError):  # held, or its holder removed it on leaving
        pass
    os.close(descriptor)
    return None


def _holder(path: Path) -> str:
    try:
        written = path.read_text(encoding="ascii", errors="replace").strip()[:40]
    except OSError:
        return "a process that is just ending"
    return written or "a process that is just starting"
