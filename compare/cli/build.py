"""``crossread build``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from time import monotonic

import click

from compare.build.report import Options, Report, Watch
from compare.cli import console
from compare.cli.site_folder import of_site, site_output
from compare.errors import Problems

# The arrays are small, and the workers share the cores: more threads would only get in the way.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_SOON = 1.5  # seconds after which progress is worth a line


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
        click.echo(_json(report))
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


def _json(report: Report) -> str:
    import json  # not free to import

    failures = [
        {"story": failure.story, "message": str(failure.error or failure.traceback)}
        for failure in report.failures
    ]
    return json.dumps(asdict(report) | {"failures": failures}, indent=2)


@contextmanager
def _watched(quiet: bool) -> Iterator[Watch]:
    """Notes on stderr, and on a terminal how far a build is that lasts."""
    started, shown = monotonic(), not quiet and sys.stderr.isatty()

    def progress(done: int, total: int) -> None:
        if shown and monotonic() - started > _SOON:
            click.echo(f"\r{done:,} of {console.counted(total, 'story', 'stories')}", nl=False, err=True)

    try:
        yield Watch(say=lambda text: click.echo(f"note: {text}", err=True), progress=progress)
    finally:
        if shown:
            click.echo("\r" + " " * 40 + "\r", nl=False, err=True)
