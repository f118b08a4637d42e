"""A site into a folder of any static host, in one step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from compare.build import manifest, swap
from compare.errors import OutputError, PublishError


def to_folder(output: Path, paths: Iterable[str], target: Path) -> None:
    """Put a copy of a site, with its manifest, at ``target``, which is missing, empty or an earlier copy.

    The copy is complete beside it before it takes its place; when anything fails, what was there stays.

    Raises:
        OutputError: The target holds other files, or cannot be written.
        PublishError: The target lies in the site, or the site in it.
    """
    target = target.absolute()
    real, site = Path(os.path.realpath(target)), Path(os.path.realpath(output))
    if real == site or site in real.parents or real in site.parents:
        raise PublishError("the target and the built site lie in each other", path=target)
    try:
        manifest.inspect(target)
    except OutputError as error:  # which takes every folder for one of “crossread build --output”
        message = error.message.replace("the output folder", "the folder")
        hint = (error.hint or "name another folder: --output FOLDER").replace("--output", "--to")
        raise OutputError(message, path=target, hint=hint) from error
    new, spare = (target.parent / f".{target.name}.{os.getpid()}.{word}" for word in ("new", "old"))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        new.mkdir()
        for path in (*paths, manifest.NAME):
            place = new / path
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(output / path, place)
        swap.take_place(new, target, spare)
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror or error}", path=target) from error
    finally:
        for leftover in (new, spare):
            shutil.rmtree(leftover, ignore_errors=True)
