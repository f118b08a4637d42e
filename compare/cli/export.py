"""``crossread export``."""

from __future__ import annotations

from pathlib import Path

import click

from compare.cli.site_folder import in_site


@click.command("export")
@click.argument("story")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv", "tei"]),
    default="json",
    show_default=True,
    help="JSON as published, CSV of the claims, or TEI P5.",
)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write here instead of to the terminal."
)
@click.option("--whole", is_flag=True, help="Also what the articles' rights withhold.")
@in_site
def command(story: str, form: str, output: Path | None, whole: bool, root: Path) -> None:
    """Write one story's comparison as JSON, CSV or TEI.

    JSON and CSV are what the site offers for download. TEI is a critical apparatus (P5, parallel
    segmentation): articles are witnesses, each claim is an app with its readings. What the
    articles' rights withhold is left out unless --whole is given.

    \b
    Examples:
      crossread export harbour-bridge
      crossread export harbour-bridge --format tei --output bridge.xml
      crossread export harbour-bridge --format csv --whole > bridge.csv
    """  # noqa: D301 - \b is click's mark for a block that is not rewrapped
    from compare.one_story import open_story
    from compare.one_story.export import FORMATS
    from compare.pages import rights
    from compare.site.new_files import overwrite

    opened = open_story(root, story)
    comparison = opened.compare()
    if not whole:
        comparison = rights.publishable(comparison, opened.site.excerpt_words)
    content = FORMATS[form](comparison)
    if output is None:
        click.echo(content, nl=False)
        return
    overwrite(output, content)
    click.echo(f"{output}: {len(content):,} bytes", err=True)
