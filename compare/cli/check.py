"""``crossread check``."""

from __future__ import annotations

from pathlib import Path

import click

from compare.errors import Problems


@click.command("check")
@click.argument("root", default=".", type=click.Path(file_okay=False, path_type=Path))
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
    from compare.check import check

    found = check(root)
    problems = (*found.problems, *found.gaps) if strict else found.problems
    if problems:
        raise Problems(problems)
    counts = ", ".join(
        f"{number} {word if number == 1 else plural}"
        for number, word, plural in (
            (found.stories, "story", "stories"),
            (found.articles, "article", "articles"),
            (found.sentences, "sentence", "sentences"),
        )
    )
    click.echo(f"{counts}: no problems")
    if found.gaps:
        click.echo(f"{len(found.gaps)} missing time, address or title; --strict lists them")
