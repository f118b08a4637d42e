"""A new site beside the old one, until it takes its place in one step.

A new site grows in a staging folder beside the output folder: from the previous site where there is
one, else from nothing. When it is complete, it takes the output folder's place (``swap``), and the
old site becomes the previous one. Nobody ever sees half a site.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from compare.build import manifest, previous, swap
from compare.build.manifest import Found
from compare.build.writer import FILE_MODE, FOLDER_MODE, Writer, refusal


class Staging:
    """The new site while it grows, beside the output folder.

    Use it while holding the lock. Nothing is on the disk until ``begin``.
    """

    def __init__(self, output: Path, found: Found) -> None:
        self.output = output
        self.found = found
        self.folder = output.parent / f".{output.name}.new-{os.getpid()}"
        self.writer = Writer(str(self.folder), str(output))
        self._shown = False

    def begin(self, say: Callable[[str], None]) -> None:
        """Make the staging folder, marked as unfinished; what the old site has too is there already.

        Args:
            say: Told about what is found in the previous site and is not ours.

        Raises:
            OutputError: The disk refuses.
        """
        with _refusals(self.output):
            there = previous.take(self.output, self.folder, say)
            if there is None:
                self.folder.mkdir()
                self.folder.chmod(FOLDER_MODE)
                (self.folder / manifest.NAME).write_bytes(manifest.encode({}, complete=False))
                return
            shown = self.found.stamps
            self.writer.held = {path: stamp for path, stamp in there.items() if shown.get(path) == stamp}
            previous.unlink(self.folder, there.keys() - self.writer.held.keys())

    def release(self, paths: Iterable[str]) -> None:
        """Take away files that are held of the old site, so that they can be written anew."""
        gone = [path for path in paths if self.writer.held.pop(path, None) is not None]
        previous.unlink(self.folder, gone)

    def finish(self, files: Mapping[str, str], say: Callable[[str], None]) -> None:
        """Let the new site take the old one's place, and keep the old one as the previous.

        Args:
            files: Path → digest of everything that was written or kept.
            say: Told about what was found in the old folder and is not ours to delete.

        Raises:
            OutputError: The disk refuses; the old site is still there.
        """
        self.release(self.writer.held.keys() - files.keys())
        with _refusals(self.output):
            for path in self.found.litter:
                if not (self.folder / path).exists() and (self.folder / path).parent.is_dir():
                    self.writer.keep(path)
            marker = self.folder / manifest.PASSING
            marker.write_bytes(manifest.encode(files))
            marker.chmod(FILE_MODE)
            marker.replace(self.folder / manifest.NAME)
            old = swap.take_place(self.folder, self.output, spare(self.output))
            self._shown = True
        if old is not None:
            try:
                previous.keep(old, self.found.files, self.output, say)
            except OSError as error:  # the new site is there, and that is what matters
                say(f"the old site stays in {old}: {(error.strerror or str(error)).lower()}")

    def abandon(self) -> None:
        """Remove the staging folder, unless it has become the site."""
        if not self._shown:
            remove_unfinished(self.folder)


@contextmanager
def _refusals(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise refusal(error, output) from error


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
    with _refusals(output):
        if spare(output).is_dir() and not output.exists():
            spare(output).rename(output)
        begin = f".{output.name}.new-"
        left = [name for name in sorted(os.listdir(output.parent)) if name.startswith(begin)]
        ours = [output.parent / name for name in left if name.removeprefix(begin).isdecimal()]
        for folder in [*ours, spare(output)]:
            if folder.is_dir() and not folder.is_symlink():
                _clear(folder, say)


def _clear(folder: Path, say: Callable[[str], None]) -> None:
    """Delete a folder that a killed build left: a site half written, or half deleted."""
    read = manifest.read(folder)
    if read is not None and read[1]:
        previous.discard(folder, read[0], say)
    elif read is None and any(name != manifest.NAME for name in os.listdir(folder)):
        say(f"{folder} looks like a build's folder but has no manifest; it stays where it is")
    else:  # also where the first manifest was not written whole
        remove_unfinished(folder)


def remove_unfinished(folder: Path) -> None:
    """Remove a staging folder, everything in which a build has written; its manifest last."""
    import shutil  # seldom needed, and not free to import

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
