"""``crossread publish``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compare.cli import console
from compare.cli.site_folder import of_site, site_output
from compare.errors import Problems

if TYPE_CHECKING:
    from compare.publish.branch import Published


@click.command("publish")
@of_site
@click.option(
    "--init", is_flag=True, help="Write the GitHub workflow that builds and publishes at each push."
)
@click.option(
    "--install", metavar="WHAT", help="What pip installs in the workflow of --init  [default: this program]"
)
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), help="Put the site into this folder instead."
)
@click.option("--remote", default="origin", show_default=True, help="Name or address of a git remote.")
@click.option(
    "--branch",
    help="Of the site  [default: gh-pages]; with --init of the sources  [default: the current one]",
)
@site_output("The built site")
@click.option("--no-build", is_flag=True, help="Take the site as the last build left it.")
@click.option(
    "--strict", is_flag=True, help="Also refuse what is merely missing, such as times and addresses."
)
@click.option("--dry-run", is_flag=True, help="Do everything but the last step.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def command(
    root: Path,
    init: bool,
    install: str | None,
    folder: Path | None,
    remote: str,
    branch: str | None,
    output: Path,
    no_build: bool,
    strict: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Put the site where its readers are.

    With --init, GitHub builds it: the workflow is written, nothing else. Without, the site is built
    and looked over (sources, rights, links, size), and then goes as one commit to a branch of a git
    remote, or with --to into a folder for any host. Changes that are not committed, files of others
    on that branch or in that folder, and any problem found stop it before anything is touched.

    \b
    Examples:
      crossread publish --init                    let GitHub Pages build the site
      crossread publish --dry-run                 look at what would change on gh-pages
      crossread publish                           build, check and push to origin's gh-pages
      crossread publish --to /srv/www/coverage    any static host
    """  # noqa: D301 - \b is click's mark for a block that is not rewrapped
    if init:
        _init(root, branch, install)
        return
    files = _prepare(root, output, build=not no_build, strict=strict)
    if folder is not None:
        _to_folder(output, files, folder, dry_run)
        return
    from compare.publish.branch import Target, push

    done = push(root, output, files, Target(remote, branch or "gh-pages"), dry_run=dry_run)
    click.echo(json.dumps(done._asdict()) if as_json else _told(done, dry_run))


def _init(root: Path, branch: str | None, install: str | None) -> None:
    from compare.publish.workflow import PLACE, current_branch, write_workflow
    from compare.site.folders import SOURCES, no_sources

    if not (root / SOURCES).is_dir():
        raise no_sources(root)
    written, origin = write_workflow(root, branch or current_branch(root), install or None)
    click.echo(f"{PLACE}: {'written' if written else 'is there already'}; it installs {origin.requirement}")
    if origin.doubt:
        click.echo(
            f"note: GitHub cannot install this crossread: {origin.doubt}\n"
            "  hint: name what it can: --install git+https://HOST/REPOSITORY@COMMIT",
            err=True,
        )
    elif written:
        click.echo("Commit and push it, and choose “GitHub Actions” under Settings, Pages, Source.")


def _prepare(root: Path, output: Path, *, build: bool, strict: bool) -> dict[str, str]:
    """Check the sources, build, and look the site over; its files."""
    from compare.publish import verify
    from compare.site import config, readers
    from compare.site.check import check

    checked = check(root)
    if checked.problems or (strict and checked.gaps):
        raise Problems([*checked.problems, *(checked.gaps if strict else ())])
    if checked.gaps:
        gaps = console.counted(len(checked.gaps), "gap")
        click.echo(f"{gaps} (no time, address or title); --strict refuses them", err=True)
    if build:
        _build(root, output)
    files = verify.published_files(output)
    site = config.load(root)
    paths = sorted(files)
    own, drafts = readers.read_pages(root, site), readers.find_drafts(root)

    problems = [
        *verify.check_size(output, paths),
        *verify.check_links(output, paths, {page.path: page.source for page in own}),
        *verify.check_drafts(files, drafts),
        *verify.check_rights(output, readers.read_stories(root, site), site.excerpt_words),
    ]
    if problems:
        raise Problems(problems)
    return files


def _build(root: Path, output: Path) -> None:
    from compare.build.report import Options
    from compare.build.site import build

    report = build(root, output, Options(strict=True))
    if failed := [failure.error for failure in report.failures if failure.error is not None]:
        raise Problems(failed)
    if report.failures:
        raise RuntimeError(report.failures[0].traceback)  # a fault of the program keeps its traceback


def _to_folder(output: Path, files: dict[str, str], folder: Path, dry: bool) -> None:
    from compare.publish.folder import to_folder

    if not dry:
        to_folder(output, sorted(files), folder)
    click.echo(f"{folder}: {console.counted(len(files), 'file')}{' would be written' if dry else ''}")


def _told(done: Published, dry: bool) -> str:
    where = f"{done.branch} of {done.remote}"
    if not done.pushed and not dry:
        return f"{where} has this site already, as {done.commit[:10]}"
    changes = f"{done.added} new, {done.changed} changed, {console.counted(done.removed, 'removed file')}"
    return (
        f"{where}: {changes}, {'would be ' if dry else ''}one commit{'' if dry else ' ' + done.commit[:10]}"
    )
