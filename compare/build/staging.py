"""A new site beside the old one, until it takes its place in one step.

A new site grows in a staging folder beside the output folder. When it is complete, it takes the
output folder's place (``swap``), and of the old site exactly what its manifest lists is deleted.
Nobody ever sees half a site.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from compare.build import manifest, swap
from compare.build.manifest import Found
from compare.build.writer import FILE_MODE, FOLDER_MODE, Place, refusal


class Staging:
    """The new site while it grows, beside the output folder.

    Use it while holding the lock. Nothing is on the disk until ``begin``.
    """

    def __init__(self, output: Path, found: Found) -> None:
        self.output = output
        self.found = found
        self.folder = output.parent / f".{output.name}.new-{os.getpid()}"
        self.place = Place(str(self.folder), str(output))
        self._shown = False

    def begin(self) -> None:
        """Make the staging folder, marked as unfinished.

        Raises:
            OutputError: The disk refuses.
        """
        try:
            self.folder.mkdir()
            self.folder.chmod(FOLDER_MODE)
            (self.folder / manifest.NAME).write_bytes(manifest.encode({}, complete=False))
        except OSError as error:
            raise refusal(error, self.output) from error

    def finish(self, files: Mapping[str, str], say: Callable[[str], None]) -> None:
        """Let the new site take the old one's place, then delete the old one.

        Args:
            files: Path → digest of everything that was written or kept.
            say: Told about what was found in the old folder and is not ours to delete.

        Raises:
            OutputError: The disk refuses; the old site is still there.
        """
        try:
            for path in self.found.litter:
                if not (self.folder / path).exists() and (self.folder / path).parent.is_dir():
                    self.place.keep(path)
            marker = self.folder / (manifest.NAME + ".new")
            marker.write_bytes(manifest.encode(files))
            marker.chmod(FILE_MODE)
            marker.replace(self.folder / manifest.NAME)
            old = swap.replace(self.folder, self.output, spare(self.output))
            self._shown = True
        except OSError as error:
            raise refusal(error, self.output) from error
        if old is not None:
            discard(old, self.found, say)

    def abandon(self) -> None:
        """Remove the staging folder, unless it has become the site."""
        if not self._shown:
            remove_unfinished(self.folder)


def spare(output: Path) -> Path:
    """The old site's name for the moment between two renames."""
    return output.parent / f".{output.name}.old"


def recover(output: Path, say: Callable[[str], None]) -> None:
    """Clear away what builds that were killed have left beside the output folder.

    Args:
        output: The output folder.
        say: Told about folders that look like ours and are not.

    Raises:
        OutputError: The disk refuses.
    """
    try:
        swap.recover(output, spare(output))
        left = sorted(output.parent.glob(f".{_escaped(output.name)}.new-*"))
        for folder in [*left, spare(output)]:
            if folder.is_symlink() or not folder.is_dir():
                continue
            _clear(folder, say)
    except OSError as error:
        raise refusal(error, output) from error


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _clear(folder: Path, say: Callable[[str], None]) -> None:
    """Delete a folder that a killed build left: a site half written, or half deleted."""
    marker = folder / manifest.NAME
    try:
        read = manifest.decode(marker.read_bytes())
    except FileNotFoundError:
        read = None
    if read is None and any(path != marker for path in folder.iterdir()):
        say(f"{folder} looks like a build's folder but has no manifest; it stays where it is")
    elif read is None:  # killed before the first manifest was written whole
        remove_unfinished(folder)
    elif read[1]:
        discard(folder, Found(files=read[0]), say)
    else:
        remove_unfinished(folder)


def remove_unfinished(folder: Path) -> None:
    """Remove a staging folder, everything in which a build has written; its manifest last."""
    for _ in range(20):  # a worker of a killed build may add a file while it dies
        with suppress(FileNotFoundError), os.scandir(folder) as entries:
            for entry in list(entries):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path, ignore_errors=True)
                elif entry.name != manifest.NAME:
                    Path(entry.path).unlink(missing_ok=True)
        with suppress(OSError):
            if os.listdir(folder) in ([manifest.NAME], []):
                shutil.rmtree(folder)
        if not folder.exists():
            return


def discard(folder: Path, found: Found, say: Callable[[str], None]) -> None:
    """Delete of an old site what its manifest lists, the manifest last.

    Args:
        folder: Where the old site is now.
        found: Its manifest and litter.
        say: Told when something else is in it, which stays.
    """
    top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        _unlink(top, [*found.files, *found.litter])
        if os.listdir(top) in ([manifest.NAME], []):
            _unlink(top, [manifest.NAME])
            folder.rmdir()
            return
    finally:
        os.close(top)
    say(f"{folder} keeps files that were put into the old site during the build")


def _unlink(top: int, paths: Iterable[str]) -> None:
    """Delete files below an open folder, and the folders that are empty after that."""
    by_folder: dict[str, list[str]] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        by_folder.setdefault(folder, []).append(name)
        while folder:  # folders above, so that they are emptied after those inside
            folder = folder.rpartition("/")[0]
            by_folder.setdefault(folder, [])
    for folder in sorted(by_folder, reverse=True):  # a folder sorts before what is inside it
        _unlink_in(top, folder, by_folder[folder])


def _unlink_in(top: int, folder: str, names: Iterable[str]) -> None:
    try:
        where = _open_below(top, folder)
    except OSError:  # missing already, or no folder any more: not ours
        return
    try:
        for name in names:
            try:
                os.unlink(name, dir_fd=where)
            except (FileNotFoundError, IsADirectoryError, PermissionError):
                continue
    finally:
        os.close(where)
    if folder:
        try:
            os.rmdir(folder, dir_fd=top)
        except OSError:  # something is left in it
            return


def _open_below(top: int, folder: str) -> int:
    """Open a folder below another without following a link anywhere on the way."""
    here = os.dup(top)
    for part in folder.split("/") if folder else ():
        try:
            below = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=here)
        finally:
            os.close(here)
        here = below
    return here
