"""``crossread add``."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compare.cli import console
from compare.cli.site_folder import in_site
from compare.errors import CrossreadError

if TYPE_CHECKING:
    from compare.intake.store import Added
    from compare.model import Rights


def _moment(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    from compare.site import fields

    try:
        return None if value is None else fields.moment(value)
    except fields.Invalid as error:
        raise click.BadParameter(f"{error}; {error.hint}") from error


@click.command("add")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--story", required=True, metavar="SLUG", help="The story's folder below sources/.")
@click.option("--outlet", metavar="NAME", help="Instead of what the page says: a name or an id.")
@click.option("--title", metavar="TEXT", help="Instead of what the page says.")
@click.option(
    "--published", callback=_moment, metavar="TIME", help="As 2024-05-31T18:30:00+02:00, or the day alone."
)
@click.option("--entry", metavar="NUMBER|WORDS", help="Which entry of a feed.")
@click.option(
    "--rights",
    type=click.Choice(["full", "excerpt", "none"]),
    help="How much of the text the site may show  [default: the configuration's, or excerpt]",
)
@in_site
@click.option("--quiet", is_flag=True, help="Print only problems.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each article.")
def command(
    *,
    sources: tuple[str, ...],
    story: str,
    outlet: str | None,
    title: str | None,
    published: datetime | None,
    entry: str | None,
    rights: Rights | None,
    root: Path,
    quiet: bool,
    as_json: bool,
) -> None:
    """Bring articles into a story from pages, files or feeds.

    A SOURCE is an address, a saved page, a text or Markdown file, an RSS or Atom feed, a web
    archive (.warc, .warc.gz), a schema.org NewsArticle (.json), or - for standard input.
    The bytes are kept in seeds/, and nothing that is there is overwritten: the same page again is
    told, a changed page becomes the next version of its article.

    \b
    Examples:
      crossread add https://outlet.example/2024/ferry.html --story night-ferry
      crossread add saved/*.html --story night-ferry --rights full
      crossread add feed.xml --entry 2 --story night-ferry
      pbpaste | crossread add - --story night-ferry --outlet "The Lamp"
    """  # noqa: D301 - \b is click's mark for a block that is not rewrapped
    from compare.intake.add import Wishes, add, near_stories
    from compare.site import config

    site = config.load(root)
    wishes = Wishes(outlet, title, published, entry, rights or site.rights or "excerpt")
    near = near_stories(root, story)
    if near:
        click.echo(f"“{story}” starts a new story; there is {' and '.join(near)} already", err=True)
    failed = False
    for result in add(root, story, sources, wishes):
        if isinstance(result, CrossreadError):
            failed = True
            console.show_error(result)
        elif as_json:
            click.echo(json.dumps(_values(result), ensure_ascii=False, sort_keys=True))
        elif not quiet:
            _show(result, wishes.rights, site.excerpt_words)
    if failed:
        sys.exit(1)


def _show(added: Added, rights: str, excerpt_words: int) -> None:
    from compare.text import words

    values = _values(added)
    click.echo(f"{click.style(str(values['outcome']), bold=True)}: {values['path']}")
    if added.outcome == "already there":
        click.echo("  nothing is changed; what you gave now, write into that file")
        return
    for key in ("title", "outlet", "published", "author", "language"):
        click.echo(f"  {key:<10}{values[key] or '–'}")
    length = console.counted(len(words(added.draft.text)), "word")
    click.echo(f"  {'text':<10}{length} in {console.counted(len(added.draft.pieces), 'block')}")
    click.echo(f"  {'rights':<10}{rights}: {_shown(rights, excerpt_words)}")
    for doubt in added.draft.facts.unsure:
        click.echo(f"  {click.style('unsure', fg='yellow')}    {doubt.text}")


def _shown(rights: str, most: int) -> str:
    """What the site will show of an article, and what it will hide."""
    if rights == "full":
        return "the site shows the whole text"
    if rights == "none":
        return "the site shows none of its words, only measures and a link; --rights full shows all"
    return (
        "the site shows its headline and what other articles say too, at most "
        f"{console.counted(most, 'word')}, and hides the rest; --rights full shows all"
    )


def _values(added: Added) -> dict[str, object]:
    from compare.text import words

    facts = added.draft.facts
    return {
        "source": added.source,
        "outcome": added.outcome,
        "path": added.path,
        "title": facts.title,
        "outlet": facts.outlet,
        "published": facts.published.isoformat() if facts.published else None,
        "author": facts.author,
        "language": facts.language,
        "words": len(words(added.draft.text)),
        "blocks": len(added.draft.pieces),
        "unsure": [doubt.text for doubt in facts.unsure],
    }
