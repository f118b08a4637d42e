"""A new site: the configuration and one small example story, ready to build."""

from __future__ import annotations

from pathlib import Path

from compare.errors import OutputError
from compare.site.new_files import Batch


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
    example = Path(__file__).resolve().parents[1] / "data" / "example"
    written = []
    with Batch() as batch:
        for source in sorted(path for path in example.rglob("*") if path.is_file()):
            # Inside the package the file has no dot, so that git does not obey it there.
            name = source.relative_to(example)
            name = name.with_name(".gitignore") if name.name == "gitignore" else name
            batch.folder((folder / name).parent)
            batch.file(folder / name, source.read_bytes())
            written.append(name)
    return written
