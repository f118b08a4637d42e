"""Writing the files of a site that is not shown yet.

Files that did not change are hard links to the old site's and keep their times.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from compare.build import manifest
from compare.build.manifest import Stamp
from compare.errors import OutputError

FILE_MODE = 0o644  # set explicitly: the umask must not change what is published
FOLDER_MODE = 0o755
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV, errno.ENOSYS}


Written = tuple[str, Stamp]  # digest and stamp of a file that is there


@dataclass(slots=True)
class Writer:
    """Where files are written, in this process or in a worker.

    Attributes:
        new: The staging folder.
        old: The site that is being replaced; files are linked from it.
        held: Files of the staging folder that are links to the old site's already → stamp.
    """

    new: str
    old: str
    held: dict[str, Stamp] = field(default_factory=dict, repr=False)
    _made: set[str] = field(default_factory=set, repr=False)

    def write(self, path: str, content: bytes) -> Stamp:
        """Write a new file below the staging folder.

        Raises:
            OutputError: The path is no safe one or taken, or the disk refuses.
        """
        if not manifest.is_safe(path):
            raise OutputError("a page may not be written there", path=path)
        try:
            target = self._target(path)
            if self.held.pop(path, None) is not None:
                os.unlink(target)  # never written over: the old site has the same file
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            with open(os.open(target, flags, FILE_MODE), "wb") as file:
                os.fchmod(file.fileno(), FILE_MODE)
                file.write(content)
                file.flush()
                return stamp(os.fstat(file.fileno()))
        except FileExistsError as error:
            raise OutputError("two pages want the same file", path=path) from error
        except OSError as error:
            raise refusal(error, path) from error

    def keep(self, path: str) -> Stamp:
        """Carry a file of the old site over: a hard link, or a copy with its times."""
        held = self.held.pop(path, None)
        if held is not None:
            return held
        try:
            target = self._target(path)
            source = f"{self.old}/{path}"
            try:
                os.link(source, target, follow_symlinks=False)
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                import shutil  # seldom needed, and not free to import

                shutil.copy2(source, target, follow_symlinks=False)
            return stamp(os.stat(target, follow_symlinks=False))
        except OSError as error:
            raise refusal(error, path) from error

    def put(self, path: str, content: bytes, old: Mapping[str, str]) -> Written:
        """Write a file, or keep the old site's where that has the same bytes.

        Args:
            path: Of the file, below the site's folder.
            content: Its bytes.
            old: Path → digest of the old site's files.

        Raises:
            OutputError: As ``write``.
        """
        digest = manifest.digest(content)
        same = old.get(path) == digest and self._holds(path, content)
        return digest, self.keep(path) if same else self.write(path, content)

    def _holds(self, path: str, content: bytes) -> bool:
        """Whether the old site's file still has exactly these bytes."""
        try:
            with open(f"{self.old}/{path}", "rb") as file:
                return file.read() == content
        except OSError:
            return False

    def _target(self, path: str) -> str:
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            self._make(folder)
        return f"{self.new}/{path}"

    def _make(self, folder: str) -> None:
        above = folder.rpartition("/")[0]
        if above and above not in self._made:
            self._make(above)
        if folder:
            target = f"{self.new}/{folder}"
            try:
                os.mkdir(target)
            except FileExistsError:
                if not stat.S_ISDIR(os.lstat(target).st_mode):
                    raise
            os.chmod(target, FOLDER_MODE)
        self._made.add(folder)


def stamp(status: os.stat_result) -> Stamp:
    """What changes when a file changes."""
    return (status.st_size, status.st_mtime_ns, status.st_ino)


def refusal(error: OSError, path: str | Path) -> OutputError:
    """A refusal of the disk in words."""
    hints = {
        errno.ENOSPC: "free some space; the old site is untouched",
        errno.EDQUOT: "your quota is used up; the old site is untouched",
        errno.EFBIG: "the system limits the size of files; the old site is untouched",
        errno.EROFS: "choose a folder that can be written: --output FOLDER",
        errno.EACCES: "choose a folder that you may write to: --output FOLDER",
        errno.EPERM: "choose a folder that you may write to: --output FOLDER",
        errno.EXDEV: "the output folder is a mount point; build into a folder inside it",
        errno.EBUSY: "the output folder is a mount point; build into a folder inside it",
    }
    reason = (error.strerror or str(error)).lower()
    return OutputError(f"cannot be written: {reason}", path=path, hint=hints.get(error.errno or 0))
