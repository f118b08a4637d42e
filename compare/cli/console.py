"""How messages look: plain text on stderr, coloured only on a terminal that wants it."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click

from compare.errors import CrossreadError, Problems


def color() -> bool | None:
    """False where ``NO_COLOR`` is set (no-color.org), else None: as the terminal can."""
    return False if os.environ.get("NO_COLOR") else None


def counted(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun: “1 answer”, “2 answers”."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def show_error(error: CrossreadError) -> None:
    """Print a problem, or each of a heap and then their number."""
    problems = error.problems if isinstance(error, Problems) else (error,)
    for problem in problems:
        where = ":".join(str(part) for part in (problem.path, problem.line) if part is not None)
        start = click.style(f"{where}: ", bold=True) if where else ""
        click.echo(
            start + click.style("error: ", fg="red", bold=True) + problem.message, err=True, color=color()
        )
        if problem.hint:
            click.echo("  hint: " + problem.hint, err=True)
    if len(problems) > 1:
        click.echo(counted(len(problems), "problem"), err=True)


def show_notes(notes: Iterable[CrossreadError]) -> None:
    """Print what is no problem, but may not be what was meant."""
    for note in notes:
        where = ":".join(str(part) for part in (note.path, note.line) if part is not None)
        click.echo(click.style(f"{where}: ", bold=True) + "note: " + note.message, err=True, color=color())
        if note.hint:
            click.echo("  hint: " + note.hint, err=True)
