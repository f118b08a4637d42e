"""``crossread new``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("new")
@click.argument("path", type=click.Path(path_type=Path))
def command(path: Path) -> None:
    """Start a site in a new or empty folder, with one small example story.

    \b
    Examples:
      crossread new mysite
      crossread build mysite
    """  # noqa: D301 - \b is click's mark for a block that is not rewrapped
    from compare.site.new import make_site

    for written in make_site(path):
        click.echo(f"wrote {path / written}")
    click.echo(f"Next: crossread build {click.format_filename(path)}")
