"""``crossread build``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from compare.build.report import Options, Report, Watch
from compare.cli import console
from compare.cli.site_folder import of_site, site_output
from compare.errors import Problems

if TYPE_CHECKING:
    from rich.progress import Progress

# The arrays are small, and the workers share the cores: more threads would only get in the way.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_SOON = 1.5  # seconds after which a progress bar is worth its place


@click.command("build")
@of_site
@site_output("Folder of the site")
@click.option("--base-url", metavar="URL", help="Where the site will be served.")
@click.option("--strict", is_flag=True, help="Write nothing unless every story is good.")
@click.option("--fresh", is_flag=True, help="Ignore what earlier builds found out.")
@click.option("--workers", type=click.IntRange(1, 1024), help="Processes  [default: the cores allowed]")
@click.option("--scheduler", metavar="ADDRESS", help="Use a Dask cluster, such as tcp://host:8786.")
@click.option(
    "--cache", type=click.Path(file_okay=False, path_type=Path), help="Folder for what builds remember."
)
@click.option("--drafts", is_flag=True, help="Also stories and pages with “draft: true”.")
@click.option("--open", "is_opened", is_flag=True, help="Open the site in a browser.")
@click.option("--profile", is_flag=True, help="Tell where the time went.")
@click.option("--quiet", is_flag=True, help="Print nothing but problems.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def command(
    root: Path,
    output: Path,
    base_url: str | None,
    strict: bool,
    fresh: bool,
    workers: int | None,
    scheduler: str | None,
    cache: Path | None,
    drafts: bool,
    is_opened: bool,
    profile: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Compare all stories and write the site.

    A story that cannot be used is reported, and its last good pages stay; the others are built, and
    the command ends with 1. Until the new site is complete the old one is untouched.

    \b
    Examples:
      crossread build
      crossread build mysite --output /srv/www/coverage --strict
      CROSSREAD_CACHE=.cache crossread build      keep the cache where a CI service saves it
    """  # noqa: D301 - \b is click's mark for a block that is not rewrapped
    from compare.build.site import build

    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    options = Options(
        base_url=base_url,
        strict=strict,
        fresh=fresh,
        workers=workers,
        scheduler=scheduler,
        cache=cache,
        drafts=drafts,
    )
    try:
        with _watched(quiet or as_json) as watch:
            report = build(root, output, options, watch)
    except Problems as problems:  # of the configuration: what is wrong with the stories belongs to them
        raise _with_the_stories(problems, root) from None
    if as_json:
        click.echo(json.dumps(_values(report), indent=2))
    elif not quiet:
        _show(report, output)
        if profile:
            click.echo("\n".join(f"{taken:9.3f} s  {stage}" for stage, taken in report.seconds.items()))
    _show_failures(report, options)
    first = output / "index.html"
    is_there = first.is_file()
    if is_there and not (quiet or as_json):
        click.echo(f"Open {click.format_filename(first)}")
    if is_there and is_opened:
        click.launch(str(first.resolve()))
    if report.failures:
        sys.exit(1)


def _with_the_stories(problems: Problems, root: Path) -> Problems:
    """All that is wrong with a site, when a build could not even begin."""
    from compare.site.check import check

    told = {str(problem) for problem in problems.problems}
    return Problems([*problems.problems, *(p for p in check(root).problems if str(p) not in told)])


def _show(report: Report, output: Path) -> None:
    counts = (
        console.counted(report.stories, "story", "stories"),
        console.counted(report.articles, "article"),
        console.counted(report.sentences, "sentence"),
        console.counted(report.claims, "claim"),
    )
    told = ", ".join(counts)
    if report.drafts:
        left_out = console.counted(report.drafts, "draft")
        told += f" ({left_out} left out; --drafts takes {'it' if report.drafts == 1 else 'them'} in)"
    state = "written" if report.written else "unchanged"
    click.echo(f"{told} in {report.seconds['total']:.2f} seconds; {output} is {state}")


def _show_failures(report: Report, options: Options) -> None:
    """Problems as messages; each fault of the program once, with its traceback."""
    faults: dict[str, list[str]] = {}
    for failure in report.failures:
        if failure.error is None:
            faults.setdefault(failure.traceback, []).append(failure.story)
    for traceback, stories in faults.items():
        named = ", ".join(stories[:3]) + (f" and {len(stories) - 3} more" if len(stories) > 3 else "")
        click.echo(f"a fault of crossread's, in {named}:\n{traceback}", err=True)
    errors = [failure.error for failure in report.failures if failure.error is not None]
    if errors:
        console.show_error(Problems(errors))
    if report.failures and options.strict:
        click.echo("nothing was written, since --strict was given", err=True)


def _values(report: Report) -> dict[str, object]:
    values = asdict(report)
    values["failures"] = [
        {"story": failure.story, "message": str(failure.error or failure.traceback)}
        for failure in report.failures
    ]
    return values


@contextmanager
def _watched(quiet: bool) -> Iterator[Watch]:
    """Notes on stderr, and a progress bar on a terminal when the build lasts."""
    bar = _Bar(shown=not quiet and sys.stderr.isatty())
    try:
        yield Watch(say=lambda text: click.echo(f"note: {text}", err=True), progress=bar.move)
    finally:
        bar.end()


class _Bar:
    """A progress bar that appears only once there is something to wait for."""

    def __init__(self, shown: bool) -> None:
        self._started = monotonic()
        self._shown = shown
        self._progress: Progress | None = None

    def move(self, done: int, total: int) -> None:
        """Say how far the build is."""
        if self._progress is None:
            if not self._shown or monotonic() - self._started < _SOON:
                return
            from rich.console import Console
            from rich.progress import Progress

            # Without a thread of its own, which forked workers could not bear.
            self._progress = Progress(console=Console(stderr=True), auto_refresh=False, transient=True)
            self._progress.start()
            self._progress.add_task("Comparing", total=total)
        self._progress.update(self._progress.task_ids[0], completed=done)
        self._progress.refresh()

    def end(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()
