"""The workflow that lets GitHub build and publish a site at each push, and what pip installs in it.

That is this very program, from where it came: whoever installed it left a note beside it (PEP 610), which
names a commit of a repository, an address, or a folder. Without such a note it came from a registry.
"""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit, urlunsplit

from compare import __version__
from compare.errors import PublishError
from compare.publish.branch import Git
from compare.site.new_files import Batch, overwrite

PLACE = Path(".github") / "workflows" / "pages.yml"
_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,100}")
_REQUIREMENT = re.compile(r"[A-Za-z0-9][\w.~/:@+%=\[\]-]{0,500}|[./][\w.~/-]{0,500}", re.ASCII)
_SSH = re.compile(r"(?:ssh://)?[\w.-]+@(?P<host>[\w.-]+)(?::\d+/|[:/])(?P<path>[\w./~-]+)")


class Origin(NamedTuple):
    """What pip installs, and why another machine cannot have it from there, or None."""

    requirement: str
    doubt: str | None = None


def write_workflow(root: Path, branch: str, install: str | None = None) -> tuple[bool, Origin]:
    """Write ``.github/workflows/pages.yml``.

    Args:
        root: The site's folder, which is the top of its repository.
        branch: The branch whose pushes are published.
        install: What pip installs there; None for this very program, from where it came.

    Returns:
        Whether it was written, False when exactly this is there already; and what it installs.

    Raises:
        PublishError: There is another file of that name; the site is not the top of its repository; or a
            value cannot stand in the workflow.
        OutputError: It cannot be written.
    """
    _refuse_below_the_top(root)
    origin = Origin(install) if install else package(root)
    content = workflow(branch, origin.requirement)
    path = root / PLACE
    if path.exists():
        found = path.read_text("utf-8", "replace") if path.is_file() else ""
        if found == content:
            return False, origin
        if not _is_ours(found):
            hint = "move it away first; nothing is overwritten"
            raise PublishError("there is another workflow already", path=PLACE.as_posix(), hint=hint)
    with Batch() as batch:
        batch.folder(path.parent)
        overwrite(path, content.encode())
    return True, origin


def _is_ours(text: str) -> bool:
    """Whether a workflow is one that was written here, but for its branch and what it installs."""
    pattern = re.escape(files("compare.publish").joinpath("pages.yml").read_text("utf-8"))
    pattern = pattern.replace("@BRANCH@", _BRANCH.pattern).replace("@PACKAGE@", r"\S+")
    return re.fullmatch(pattern, text) is not None


def current_branch(root: Path) -> str:
    """The branch that the site's repository is on; ``main`` where there is none yet."""
    try:
        return Git(root).run("symbolic-ref", "--short", "HEAD").strip()
    except PublishError:
        return "main"


def _refuse_below_the_top(root: Path) -> None:
    """GitHub reads workflows at the top of a repository and nowhere else."""
    try:
        top = Path(Git(root).run("rev-parse", "--show-toplevel").strip())
    except PublishError:  # the folder may still become a repository, here or elsewhere
        return
    if top.resolve() != root.resolve():
        raise PublishError(
            f"this folder lies in the repository {top}, and GitHub reads workflows only at its top",
            path=root,
            hint="make the site a repository of its own: run “git init” in it, then this again",
        )


def workflow(branch: str, requirement: str) -> str:
    """The workflow's text, for pushes to a branch and for what pip installs.

    Raises:
        PublishError: A value cannot stand in it.
    """
    if not _BRANCH.fullmatch(branch):
        raise PublishError(f"the branch’s name {branch[:60]!r} cannot be used in a workflow")
    if not _REQUIREMENT.fullmatch(requirement):
        raise PublishError(
            f"{requirement[:200]!r} cannot be used in a workflow",
            hint="name what pip is to install, without blanks: --install git+https://HOST/REPOSITORY@COMMIT",
        )
    text = files("compare.publish").joinpath("pages.yml").read_text("utf-8")
    return text.replace("@BRANCH@", branch).replace("@PACKAGE@", requirement)


def package(root: Path) -> Origin:
    """What pip installs: this project itself in its own repository, else this very program."""
    try:
        project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["name"]
    except (OSError, ValueError, KeyError, TypeError):
        project = None
    if project == "crossread":
        return Origin(".")
    try:
        note = distribution("crossread").read_text("direct_url.json")
    except PackageNotFoundError:  # it runs from a folder
        return of_folder(Path(__file__).resolve().parents[2])
    return of_note(json.loads(note)) if note else Origin(f"crossread=={__version__}")


def of_note(note: dict[str, Any]) -> Origin:
    """What an installer's note ``direct_url.json`` says (PEP 610)."""
    address = str(note["url"])
    if commit := note.get("vcs_info", {}).get("commit_id"):
        return _pinned(address, str(commit))
    if not address.startswith("file:"):
        return Origin(address)
    return of_folder(Path(unquote(urlsplit(address).path)))


def of_folder(folder: Path) -> Origin:
    """The last commit of the repository that a folder is the work tree of, at its origin; else the folder."""
    lonely = Origin(str(folder), "it was installed from a folder of this machine, which is no git repository")
    if not folder.is_dir():
        return lonely
    git = Git(folder)
    try:
        prefix, commit = git.run("rev-parse", "--show-prefix", "HEAD").splitlines()
    except PublishError:
        return lonely
    if prefix:
        return lonely
    address = git.attempt("config", "--get", "remote.origin.url").stdout.decode().strip()
    if not address:
        return Origin(f"git+{folder.resolve().as_uri()}@{commit}", "its repository has no remote “origin”")
    pinned = _pinned(address, commit)
    if pinned.doubt is None and not git.run("branch", "--remotes", "--contains", commit).strip():
        return pinned._replace(doubt=f"its commit {commit[:10]} is not on origin yet; push it first")
    return pinned


def _pinned(address: str, commit: str) -> Origin:
    """One commit of a repository, by an address that needs no key and holds no secret."""
    address = address.removeprefix("git+")
    if address.startswith("/"):
        address = Path(address).as_uri()
    if address.startswith(("http://", "https://")):
        parts = urlsplit(address)
        address = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        return Origin(f"git+{address}@{commit}")
    if short := _SSH.fullmatch(address):
        return Origin(f"git+https://{short['host']}/{short['path']}@{commit}")
    where = "a folder of this machine" if address.startswith("file:") else address
    return Origin(f"git+{address}@{commit}", f"its repository’s remote is {where}")
