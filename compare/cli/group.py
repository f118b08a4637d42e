"""``crossread group``."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compare.cli import console
from compare.cli.site_folder import in_site
from compare.errors import CrossreadError, Problems

if TYPE_CHECKING:
    from compare.intake.group import Grouping, Proposal
    from compare.intake.inbox import Waiting
    from compare.model import Rights


@click.command("group")
@click.argument("inbox", type=click.Path(file_okay=False, path_type=Path))
@click.option("--apply", is_flag=True, help="Write the proposed stories.")
@click.option(
    "--days",
    type=click.FloatRange(0, 3650),
    default=4.0,
    show_default=True,
    help="Longest time from a story's first article to its last.",
)
@click.option(
    "--near",
    type=click.FloatRange(0, 1),
    help="Mean nearness from which articles are one story  [default: 0.2]",
)
@click.option(
    "--rights",
    type=click.Choice(["full", "excerpt", "none"]),
    help="How much of the texts the site may show  [default: the configuration's, or excerpt]",
)
@in_site
@click.option("--json", "as_json", is_flag=True, help="Print the proposals as JSON.")
def command(
    *,
    inbox: Path,
    apply: bool,
    days: float,
    near: float | None,
    rights: Rights | None,
    root: Path,
    as_json: bool,
) -> None:
    """Sort a heap of articles into proposed stories.

    INBOX holds articles in any form that “crossread add” takes, in any folders. The proposals are
    printed with the words that decided; nothing is written without --apply, and the inbox never
    changes.

    \b
    Examples:
      crossread group inbox
      crossread group inbox --days 2 --near 0.25
      crossread group inbox --apply
    """  # noqa: D301 - \b is click's mark for a block that is not rewrapped
    from compare.intake.group import NEAR, propose
    from compare.intake.inbox import name_story, part_known, read_inbox

    found, problems = read_inbox(inbox)
    found, there = part_known(root, found)
    for one, story in there:
        click.echo(f"passed over: {one.item.id} stands in {story} already", err=True)
    waiting = {one.item.id: one for one in found}
    nearness = NEAR if near is None else near
    grouping = propose([one.item for one in found], near=nearness, window=timedelta(days=days))
    named: dict[str, Proposal] = {}
    for proposal in grouping.proposals:
        named[name_story(proposal, root, set(named))] = proposal
    if as_json:
        stories = [_values(story, proposal) for story, proposal in named.items()]
        values = {"stories": stories, "alone": [item.id for item in grouping.alone]}
        click.echo(json.dumps(values, indent=2, ensure_ascii=False))
    else:
        _show(named, grouping, waiting)
    if apply:
        from compare.site import config

        problems += _apply(root, named, waiting, rights or config.load(root).rights or "excerpt")
    elif named and not as_json:
        click.echo("nothing is written; --apply does that")
    if problems:
        console.show_error(Problems(problems))
        sys.exit(1)


def _apply(
    root: Path, named: dict[str, Proposal], waiting: dict[str, Waiting], rights: Rights
) -> list[CrossreadError]:
    from compare.intake.inbox import take

    problems: list[CrossreadError] = []
    for story, proposal in named.items():
        for result in take(root, proposal, story, waiting, rights):
            if isinstance(result, CrossreadError):
                problems.append(result)
            else:
                click.echo(f"{result.outcome}: {result.path}", err=True)
    return problems


def _show(named: dict[str, Proposal], grouping: Grouping, waiting: dict[str, Waiting]) -> None:
    for story, proposal in named.items():
        size = console.counted(len(proposal.items), "article")
        click.echo(f"{click.style(story, bold=True)}  ({size}, nearness {proposal.nearness:.2f})")
        click.echo(f"  shared: {', '.join(proposal.reasons)}")
        for item in proposal.items:
            outlet = waiting[item.id].draft.facts.outlet or "?"
            when = item.published.isoformat(timespec="minutes") if item.published else "no time"
            click.echo(f"  {item.id}  {outlet}, {when}: {item.title[:70]}")
    for item in grouping.alone:
        click.echo(f"alone: {item.id}  {item.title[:80]}")
    stories = console.counted(len(named), "proposed story", "proposed stories")
    alone = console.counted(len(grouping.alone), "article")
    click.echo(f"{console.counted(len(waiting), 'article')}, {stories}, {alone} alone")


def _values(story: str, proposal: Proposal) -> dict[str, object]:
    return {
        "story": story,
        "nearness": round(proposal.nearness, 4),
        "shared": list(proposal.reasons),
        "articles": [item.id for item in proposal.items],
    }
