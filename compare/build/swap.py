"""Put a finished folder in another's place in one step.

Linux and macOS can exchange two names atomically. Where neither the system nor the file system can
(network shares, very old kernels), two renames follow each other; if the process dies between
them, ``staging.recover`` puts the old folder back at the next start.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # sys/stdio.h of macOS


def exchange(one: Path, other: Path) -> bool:
    """Swap two existing names in one atomic step; False, with nothing changed, where that cannot be done."""
    import ctypes  # not free to import, and seldom needed

    libc = ctypes.CDLL(None)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        call, arguments = "renamex_np", (*names, ctypes.c_uint(_RENAME_SWAP))
    else:
        at = ctypes.c_int(_AT_FDCWD)
        call, arguments = "renameat2", (at, names[0], at, names[1], ctypes.c_uint(_RENAME_EXCHANGE))
    return hasattr(libc, call) and getattr(libc, call)(*arguments) == 0


def take_place(new: Path, place: Path, spare: Path) -> Path | None:
    """Put the folder ``new`` where ``place`` is.

    Args:
        new: A finished folder.
        place: Where it belongs; may be missing or a folder.
        spare: A free name on the same file system, for the fallback.

    Returns:
        Where the folder that was at ``place`` is now, or None when there was none.

    Raises:
        OSError: The disk refuses; at ``place`` is what was there.
    """
    if not place.exists():
        new.rename(place)
        return None
    if exchange(new, place):
        return new
    place.rename(spare)
    try:
        new.rename(place)
    except OSError:
        spare.rename(place)
        raise
    return spare
