"""``crossread review``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compare.cli import console
from compare.cli.site_folder import in_site
from compare.errors import CrossreadError

if TYPE_CHECKING:
    from compare.one_story.review import Answers, Question

_KEYS = {"y": "same", "n": "different", "s": "skip", "u": "undo", "q": "quit"}


@click.command("review")
@click.argument("story")
@click.option(
    "--most", type=click.IntRange(1, 1000), default=20, show_default=True, help="Ask at most so much."
)
@click.option("--list", "only_list", is_flag=True, help="Print the questions and end.")
@in_site
def command(story: str, most: int, only_list: bool, root: Path) -> None:
    """Decide the links that the machine is least sure of.

    Asks about the links near the threshold, the nearest first, and shows each sentence between its
    neighbours: y (the same claim), n (different claims), s (skip), u (undo), q (quit). Each answer
    is saved at once in sources/STORY/corrections.toml, which the next build obeys. In “crossread serve” the
    same is done by click.

    \b
    Examples:
      crossread review harbour-bridge
      crossread review harbour-bridge --most 5
      crossread review harbour-bridge --list
    """  # noqa: D301 - \b is click's mark for a block that is not rewrapped
    from compare.one_story import open_story
    from compare.one_story.review import Answers, questions

    opened = open_story(root, story)
    asked = questions(opened, most=most)
    if not asked:
        click.echo("no link is near the threshold, so nothing is left to ask")
        return
    if only_list:
        for number, question in enumerate(asked, 1):
            _show(question, number, len(asked))
        return
    answers = Answers(root, story)
    _ask(asked, answers)
    saved = console.counted(len(answers.written), "answer")
    place = f"sources/{story}/corrections.toml"
    click.echo(f"{saved} saved in {place}; now build" if answers.written else "nothing saved")


def _ask(asked: tuple[Question, ...], answers: Answers) -> None:
    at = 0
    answered: list[int] = []  # positions of saved answers, so that undo asks again
    while at < len(asked):
        _show(asked[at], at + 1, len(asked))
        key = _key()
        if key == "quit":
            return
        if key == "skip":
            at += 1
            continue
        try:
            if key == "undo":
                if answers.undo():
                    at = answered.pop()
                else:
                    click.echo("  there is nothing to undo")
            else:
                x, y = asked[at].x.sentence, asked[at].y.sentence
                answers.answer(x.id, y.id, key)
                answered.append(at)
                at += 1
        except CrossreadError as error:
            console.show_error(error)
            at += key != "undo"


def _key() -> str:
    """One of the answers; the end of the input quits."""
    while True:
        click.echo("  same claim? [y]es [n]o [s]kip [u]ndo [q]uit ", nl=False)
        if sys.stdin.isatty():
            key = click.getchar()
            click.echo(key)
        else:
            key = sys.stdin.readline()
            click.echo("")
        if key in ("", "\x04"):
            return "quit"
        if (answer := _KEYS.get(key.strip().lower()[:1])) is not None:
            return answer


def _show(question: Question, number: int, total: int) -> None:
    state = "one claim now" if question.joined else "two claims now"
    click.echo(click.style(f"{number}/{total}", bold=True) + f"  {question.probability:.0%} likely, {state}")
    for side in (question.x, question.y):
        click.echo(f"  {click.style(side.outlet, fg='cyan')}")
        for text, start in ((side.before, "… "), (side.sentence.text, "> "), (side.after, "… ")):
            if text:
                click.echo(f"    {start}{click.style(text, bold=start == '> ', dim=start != '> ')}")
