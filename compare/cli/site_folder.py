"""The site that a command works on: ``--root``, the same for all, or the folder that one stands in."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Function = Callable[..., Any]

_FOLDER = click.Path(file_okay=False, path_type=Path)


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


def _also_named(context: click.Context, _: click.Parameter, site: Path | None) -> None:
    """Take the argument for the site's folder."""
    if site is None:
        return
    given = context.params["root"]
    if context.get_parameter_source("root") is click.core.ParameterSource.COMMANDLINE and site != given:
        raise click.UsageError(f"SITE is {site} and --root is {given}; name one of them")
    context.params["root"] = site


# Gives a command ``root``, a folder.
in_site = click.option(
    "--root",
    type=_FOLDER,
    default=nearest_site,
    is_eager=True,  # so that it is known before what depends on it
    help="The site's folder  [default: this folder, or the nearest above it that is a site]",
)


def of_site(function: Function) -> Function:
    """The same for a command that works on the site as a whole: its folder may also be the argument."""
    site = click.argument("site", required=False, type=_FOLDER, expose_value=False, callback=_also_named)
    return in_site(site(function))


def site_output(what: str) -> Callable[[Function], Function]:
    """Give a command of a site ``--output``, which stands for ``what``."""
    return click.option(
        "--output",
        type=click.Path(path_type=Path),
        callback=lambda context, _, given: given or context.params["root"] / "output",
        help=f"{what}  [default: SITE/output]",
    )
