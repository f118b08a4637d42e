"""``crossread check``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from compare.cli import console
from compare.cli.site_folder import of_site
from compare.errors import ConfigError, CrossreadError, Problems


@click.command("check")
@of_site
@click.option(
    "--strict", is_flag=True, help="Also refuse what is merely missing, such as times and addresses."
)
def command(root: Path, strict: bool) -> None:
    """List every problem in the sources and the configuration, each with its file, line and remedy.

    Ends with 1 when there is any. Nothing is written.

    \b
    Examples:
      crossread check
      crossread check mysite --strict
    """  # noqa: D301 - \b is click's mark for a block that is not rewrapped
    from compare.site.check import check

    found = check(root)
    problems = (*found.problems, *found.gaps) if strict else found.problems
    console.show_notes((*found.notes, *_language(root), *_templates(root)))
    if problems:
        raise Problems(problems)
    counts = ", ".join(
        (
            console.counted(found.stories, "story", "stories"),
            console.counted(found.articles, "article"),
            console.counted(found.sentences, "sentence"),
        )
    )
    click.echo(f"{counts}: no problems")
    if found.drafts:
        click.echo(f"{console.counted(found.drafts, 'draft')}, which builds leave out")
    if found.gaps:
        click.echo(
            f"{console.counted(len(found.gaps), 'gap')} (no time, address or title); --strict lists them"
        )


def _language(root: Path) -> tuple[CrossreadError, ...]:
    """A note where the site's language has no catalogue."""
    from compare.pages.environment import shipped_templates
    from compare.pages.phrases import Phrases
    from compare.site import config

    try:
        language = config.load(root).language
    except CrossreadError:  # told already
        return ()
    shipped = shipped_templates()
    if Phrases(language, (root / "site_templates", shipped)).language == language:
        return ()
    known = ", ".join(sorted(["en", *(path.stem for path in (shipped / "locale").glob("*.po"))]))
    what = f"the interface has no words in “{language}”, so it speaks English"
    hint = f"known are {known}; another is one file, site_templates/locale/{language}.po"
    return (ConfigError(what, path="crossread.toml", hint=hint),)


def _templates(root: Path) -> Iterator[CrossreadError]:
    """A note on each template of the site's own that nothing asks for, such as a slip in a name."""
    from compare.pages.environment import unused_templates
    from compare.site import fields

    own = root / "site_templates"
    names, shipped = unused_templates(own) if own.is_dir() else ([], set())
    for name in names:
        what = "has the name of no shipped template, and no template asks for it, so it changes nothing"
        yield ConfigError(what, path=f"site_templates/{name}", hint=fields.did_you_mean(name, shipped))
