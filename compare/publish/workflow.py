"""The workflow that lets GitHub build and publish a site at each push."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

from compare import __version__
from compare.errors import PublishError
from compare.new_files import Batch

PLACE = Path(".github") / "workflows" / "pages.yml"
_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,100}")


def write_workflow(root: Path, branch: str) -> bool:
    """Write ``.github/workflows/pages.yml``; False when exactly this is there already.

    Args:
        root: The site's folder, which is the top of its repository.
        branch: The branch whose pushes are published.

    Raises:
        PublishError: There is another file of that name, or the branch's name cannot stand in it.
        OutputError: It cannot be written.
    """
    content = workflow(root, branch).encode()
    path = root / PLACE
    with Batch() as batch:
        batch.folder(path.parent)
        if batch.file(path, content):
            return True
    if path.is_file() and path.read_bytes() == content:
        return False
    hint = "move it away first; nothing is overwritten"
    raise PublishError("there is another workflow already", path=PLACE.as_posix(), hint=hint)


def workflow(root: Path, branch: str) -> str:
    """The workflow's text.

    Raises:
        PublishError: The branch's name cannot stand in it.
    """
    if not _BRANCH.fullmatch(branch):
        raise PublishError(f"the branch’s name {branch[:60]!r} cannot be used in a workflow")
    text = files("compare.publish").joinpath("pages.yml").read_text("utf-8")
    return text.replace("@BRANCH@", branch).replace("@PACKAGE@", _package(root))


def _package(root: Path) -> str:
    """What pip installs: this project itself in its own repository, else this very version."""
    try:
        project = tomllib.loads((root / "pyproject.toml").read_text("utf-8")).get("project", {})
    except (OSError, ValueError):
        project = {}
    is_own = isinstance(project, dict) and project.get("name") == "crossread"
    return "." if is_own else f"crossread=={__version__}"
