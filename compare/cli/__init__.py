"""The command: one file per subcommand, loaded when it is called.

Nothing outside this package prints. A subcommand's file turns arguments into one call of its
module of work, and the result into lines; ``console`` knows how errors look.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import sys
from collections.abc import Sequence

import click

from compare import __version__
from compare.cli import console
from compare.errors import CrossreadError

# Name → help line. The help lines stand here so that ``crossread --help`` imports no command.
COMMANDS = {
    "new": "Start a site with one small example story.",
    "check": "List every problem in the sources and the configuration.",
    "build": "Compare all stories and write the site.",
    "add": "Bring articles into a story from pages, files or feeds.",
    "group": "Sort a heap of articles into proposed stories.",
    "review": "Decide the links that the machine is least sure of.",
    "explain": "Print the receipt of one claim.",
    "export": "Write one story's comparison as JSON, CSV or TEI.",
    "serve": "Preview the site and rebuild it as files change.",
    "publish": "Put the built site on GitHub Pages or in a folder.",
    "evaluate": "Measure the alignment on a file of annotated links.",
}

# Made before the collector looks at them: imports make about so many, which all stay.
_OBJECTS = 100_000


class _Commands(click.Group):
    """Loads ``compare.cli.<name>`` when its command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"compare.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command to one that does not exist."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name.lower(), COMMANDS, 1, 0.6)
            hint = f"did you mean “{near[0]}”?" if near else "“crossread --help” lists all"
            ctx.fail(f"there is no command “{name[:60]}”; {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="crossread")
def crossread() -> None:
    """Compare how several outlets covered the same story.

    \b
    Examples:
      crossread new mysite         a site with an example story
      crossread build              compare everything in sources/ and write output/
      crossread build --help       what a command can do
    """  # noqa: D301 - \b is click's mark for a block that is not rewrapped


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; exit 1 with messages for what a user can mend, 2 for wrong arguments."""
    if arguments is None:  # the process is the command's own
        gc.set_threshold(_OBJECTS)
        atexit.register(gc.freeze)  # nothing needs to be searched then either
    try:
        given = None if arguments is None else list(arguments)
        crossread.main(args=given, prog_name="crossread", color=console.color())
    except CrossreadError as error:
        console.show_error(error)
        sys.exit(1)
