"""``crossread serve``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from compare.cli import console
from compare.cli.site_folder import of_site, site_output
from compare.errors import CrossreadError, OutputError
from compare.site.folders import no_sources

if TYPE_CHECKING:
    from compare.build.report import Failure
    from compare.serve.watching import Outcome


@click.command("serve")
@of_site
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one."
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Another address opens the preview to others."
)
@site_output("Folder of the site")
@click.option("--drafts", is_flag=True, help="Also stories and pages with “draft: true”.")
@click.option("--open", "is_opened", is_flag=True, help="Open the site in a browser.")
@click.option("--quiet", is_flag=True, help="Print only the address and problems.")
def command(
    root: Path, port: int, host: str, output: Path, drafts: bool, is_opened: bool, quiet: bool
) -> None:
    """Preview the site and rebuild it as files change.

    The site is served on this machine under the path at which it will be published. Pages reload by
    themselves after each change; problems are shown in their place, with file and line, until they
    are mended. Story pages have a link to decide doubtful links by click. The files written are
    those that “crossread build” writes.

    \b
    Examples:
      crossread serve
      crossread serve mysite --port 9000 --open
      crossread serve --host 0.0.0.0     let others in the network look; they can also review
    """  # noqa: D301 - \b is click's mark for a block that is not rewrapped
    from compare.pages.environment import shipped_templates
    from compare.serve.server import Served, Server
    from compare.serve.watching import State, Watcher

    if not (root / "sources").is_dir():
        raise no_sources(root)
    state = State()
    try:
        server = Server((host, port), Served(root, output, _base(root)), state)
    except OSError as error:
        raise OutputError(
            f"cannot listen on {host}, port {port}: {error.strerror}", hint="choose another: --port 0"
        ) from error
    if not server.is_local:
        click.echo(f"warning: {host} is open to others than this machine", err=True)
    watcher = Watcher(
        root,
        lambda: _build(root, output, quiet, drafts=drafts),
        state,
        lambda text: click.echo(f"  problem: {text}", err=True),
        [shipped_templates()],
    )
    if not quiet:
        click.echo("  building …")
    watcher.build()
    server.start()
    click.echo(f"{server.url}  (ctrl-C ends)")
    if is_opened:
        click.launch(server.url)
    try:
        watcher.run()
    except KeyboardInterrupt:
        click.echo("")
    finally:
        watcher.stop()
        server.stop()


def _base(root: Path) -> str:
    """Path under which the site will be published; / while the configuration is wrong."""
    from compare.site import config

    try:
        path = urlsplit(config.load(root).url or "/").path
    except CrossreadError:
        path = "/"
    return f"/{path.strip('/')}/".replace("//", "/")


def _build(root: Path, output: Path, quiet: bool, *, drafts: bool) -> Outcome:
    from compare.build.report import Options
    from compare.build.site import build

    report = build(root, output, Options(drafts=drafts))
    if report.written and not quiet:
        anew = console.counted(report.done, "story", "stories")
        click.echo(f"  built in {report.seconds['total']:.2f} s: {anew} anew")
    return [problem for failure in report.failures for problem in _told(failure).problems], report.written


def _told(failure: Failure) -> CrossreadError:
    fault = f"a fault of crossread's\n{failure.traceback}"
    return failure.error or CrossreadError(fault, path=f"sources/{failure.story}")
