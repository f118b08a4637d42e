"""Put a finished folder in another's place in one step.

Linux and macOS can exchange two names atomically. Where neither the system nor the file system can
(network shares, very old kernels), two renames follow each other; if the process dies between
them, ``staging.recover`` puts the old folder back at the next start.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # sys/stdio.h of macOS
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def exchange(one: Path, other: Path) -> bool:
    """Swap two existing names in one atomic step.

    Returns:
        False when this system or file system has no such step; nothing has changed then.

    Raises:
        OSError: Any other refusal.
    """
    import ctypes  # not free to import, and seldom needed

    libc = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        call = getattr(libc, "renamex_np", None)
        result = -1 if call is None else call(*names, ctypes.c_uint(_RENAME_SWAP))
    else:
        call = getattr(libc, "renameat2", None)
        at = ctypes.c_int(_AT_FDCWD)
        result = -1 if call is None else call(at, names[0], at, names[1], ctypes.c_uint(_RENAME_EXCHANGE))
    if result == 0:
        return True
    number = errno.ENOSYS if call is None else ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(other))


def take_place(new: Path, place: Path, spare: Path) -> Path | None:
    """Put the folder ``new`` where ``place`` is.

    Args:
        new: A finished folder.
        place: Where it belongs; may be missing or a folder.
        spare: A free name on the same file system, for the fallback.

    Returns:
        Where the folder that was at ``place`` is now, or None when there was none.
    """
    if not place.exists():
        new.rename(place)
        return None
    if exchange(new, place):
        return new
    place.rename(spare)
    new.rename(place)
    return spare
