"""A new site: the configuration and one small example story, ready to build."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from compare.errors import OutputError
from compare.site.new_files import Batch

# Inside the package the file has no dot, so that git does not obey it there.
_RENAMED = {"gitignore": ".gitignore"}


def make_site(folder: Path) -> list[Path]:
    """Write the example site into a folder that is empty or not there yet.

    Args:
        folder: Where; made with the folders above it.

    Returns:
        The files written, relative to the folder, in order.

    Raises:
        OutputError: When the folder holds anything or cannot be written; then nothing was.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            what = "the folder is not empty" if folder.is_dir() else "there is a file of that name"
            raise OutputError(what, path=folder, hint="name a new folder")
    except OSError as error:
        raise OutputError(f"cannot be read: {error.strerror}", path=folder) from None
    example = files("compare").joinpath("data", "example")
    contents = sorted(_contents(example, PurePosixPath()), key=lambda item: item[0])
    with Batch() as batch:
        for name, source in contents:
            path = folder / name
            batch.folder(path.parent)
            if not batch.file(path, source.read_bytes()):
                raise OutputError("the folder is not empty", path=folder, hint="name a new folder")
    return [Path(name) for name, _ in contents]


def _contents(folder: Traversable, place: PurePosixPath) -> list[tuple[PurePosixPath, Traversable]]:
    """Every file below a folder of the package, by the name that it gets."""
    found = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found.extend(_contents(entry, place / entry.name))
        else:
            found.append((place / _RENAMED.get(entry.name, entry.name), entry))
    return found
