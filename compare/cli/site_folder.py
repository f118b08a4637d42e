"""The site that a command works on: ``--root``, the same for all, or the folder that one stands in."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Function = Callable[..., Any]

_FOLDER = click.Path(file_okay=False, path_type=Path)
_HELP = "The site's folder  [default: this folder, or the nearest above it that is a site]"


def in_site(function: Function) -> Function:
    """Give a command ``--root``; the function gets ``root``, a folder."""

    @click.option("--root", "given", type=_FOLDER, help=_HELP)
    @functools.wraps(function)
    def found(*, given: Path | None, **arguments: Any) -> Any:
        return function(root=given or nearest_site(), **arguments)

    return found


def of_site(function: Function) -> Function:
    """The same for a command that works on the site as a whole: its folder may also be the argument."""

    @click.argument("site", required=False, type=_FOLDER)
    @click.option("--root", "given", type=_FOLDER, help=_HELP)
    @functools.wraps(function)
    def found(*, site: Path | None, given: Path | None, **arguments: Any) -> Any:
        if site is not None and given is not None and site != given:
            raise click.UsageError(f"SITE is {site} and --root is {given}; name one of them")
        return function(root=site or given or nearest_site(), **arguments)

    return found


def site_output(what: str) -> Callable[[Function], Function]:
    """Give a command of a site ``--output``, which stands for ``what``; stands below ``of_site``."""

    def decorated(function: Function) -> Function:
        @click.option("--output", type=click.Path(path_type=Path), help=f"{what}  [default: SITE/output]")
        @functools.wraps(function)
        def found(*, root: Path, output: Path | None, **arguments: Any) -> Any:
            return function(root=root, output=output or root / "output", **arguments)

        return found

    return decorated


def nearest_site() -> Path:
    """The site that the working folder is, or lies in; the working folder itself where there is none.

    The path is relative to the working folder, as one would type it.
    """
    here = Path.cwd()
    if (here / "sources").is_dir() or (here / "crossread.toml").is_file():
        return Path()
    for folder in here.parents:
        if _is_site(folder):
            return Path(os.path.relpath(folder, here))
    return Path()


def _is_site(folder: Path) -> bool:
    """Whether a folder is surely a site: many a folder has something in it that is called “sources”."""
    if (folder / "crossread.toml").is_file():
        return True
    if not (folder / "sources").is_dir():
        return False
    try:
        if "[tool.crossread" in (folder / "pyproject.toml").read_text("utf-8", "replace"):
            return True
    except OSError:
        pass
    return next((folder / "sources").glob("*/story.md"), None) is not None
