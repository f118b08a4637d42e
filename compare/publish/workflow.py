"""The workflow that lets GitHub build and publish a site at each push."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

from compare.errors import PublishError
from compare.publish.branch import Git
from compare.publish.origin import Origin, find_origin
from compare.site.new_files import Batch, overwrite

PLACE = Path(".github") / "workflows" / "pages.yml"
_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,100}")
_REQUIREMENT = re.compile(r"[A-Za-z0-9][\w.~/:@+%=\[\]-]{0,500}|[./][\w.~/-]{0,500}", re.ASCII)


def write_workflow(root: Path, branch: str, install: str | None = None) -> tuple[bool, Origin]:
    """Write ``.github/workflows/pages.yml``; False when exactly this is there already.

    Args:
        root: The site's folder, which is the top of its repository.
        branch: The branch whose pushes are published.
        install: What pip installs there; None for this very program, from where it came.

    Returns:
        Whether it was written, and what it installs.

    Raises:
        PublishError: There is another file of that name; the site is not the top of its repository; or a
            value cannot stand in the workflow.
        OutputError: It cannot be written.
    """
    _refuse_below_the_top(root)
    origin = Origin(install) if install else package(root)
    content = workflow(branch, origin.requirement).encode()
    path = root / PLACE
    with Batch() as batch:
        batch.folder(path.parent)
        if batch.file(path, content):
            return True, origin
    if path.is_file() and path.read_bytes() == content:
        return False, origin
    if path.is_file() and _is_ours(path.read_text("utf-8", "replace")):
        overwrite(path, content)
        return True, origin
    hint = "move it away first; nothing is overwritten"
    raise PublishError("there is another workflow already", path=PLACE.as_posix(), hint=hint)


def _is_ours(text: str) -> bool:
    """Whether a workflow is one that was written here, but for its branch and what it installs."""
    pattern = re.escape(files("compare.publish").joinpath("pages.yml").read_text("utf-8"))
    pattern = pattern.replace("@BRANCH@", _BRANCH.pattern).replace("@PACKAGE@", r"\S+")
    return re.fullmatch(pattern, text) is not None


def current_branch(root: Path) -> str:
    """The branch that the site's repository is on; ``main`` where there is none yet."""
    try:
        return Git(root, None).run("symbolic-ref", "--short", "HEAD").strip()
    except PublishError:
        return "main"


def _refuse_below_the_top(root: Path) -> None:
    """GitHub reads workflows at the top of a repository and nowhere else."""
    try:
        told = Git(root, None).attempt("rev-parse", "--show-toplevel")
    except PublishError:  # without git here the folder may still become a repository elsewhere
        return
    top = Path(told.stdout.decode("utf-8", "replace").strip())
    if told.returncode == 0 and top.resolve() != root.resolve():
        raise PublishError(
            f"this folder lies in the repository {top}, and GitHub reads workflows only at its top",
            path=root,
            hint="make the site a repository of its own: run “git init” in it, then this again",
        )


def workflow(branch: str, requirement: str) -> str:
    """The workflow's text.

    Args:
        branch: The branch whose pushes are published.
        requirement: What pip installs.

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
        project = tomllib.loads((root / "pyproject.toml").read_text("utf-8")).get("project", {})
    except (OSError, ValueError):
        project = {}
    is_own = isinstance(project, dict) and project.get("name") == "crossread"
    return Origin(".") if is_own else find_origin()
