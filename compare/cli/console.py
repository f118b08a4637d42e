"""How messages look: plain text on stderr, coloured only on a terminal that wants it."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click

from compare.errors import CrossreadError


def color() -> bool | None:
    """False where ``NO_COLOR`` is set (no-color.org), else None: as the terminal can."""
    return False if os.environ.get("NO_COLOR") else None


def counted(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun: “1 answer”, “2 answers”."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def show_error(error: CrossreadError) -> None:
    """Print a problem, or each of a heap and then their number."""
    _show(error.problems, click.style("error: ", fg="red", bold=True))
    if len(error.problems) > 1:
        click.echo(counted(len(error.problems), "problem"), err=True)


def show_notes(notes: Iterable[CrossreadError]) -> None:
    """Print what is no problem, but may not be what was meant."""
    _show(notes, "note: ")


def _show(problems: Iterable[CrossreadError], kind: str) -> None:
    for problem in problems:
        start = click.style(f"{problem.where}: ", bold=True) if problem.where else ""
        click.echo(start + kind + problem.message, err=True, color=color())
        if problem.hint:
            click.echo("  hint: " + problem.hint, err=True)
