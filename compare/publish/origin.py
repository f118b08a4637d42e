"""Where this very program came from, as something that pip can install elsewhere.

Whoever installed it left a note beside it (PEP 610): a commit of a repository, an address, or a folder.
Without such a note it came from a registry, so this version is there.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from compare import __version__
from compare.errors import PublishError
from compare.publish.branch import Git

_SSH = re.compile(r"(?:ssh://)?[\w.-]+@(?P<host>[\w.-]+)(?::\d+/|[:/])(?P<path>[\w./~-]+)")


@dataclass(frozen=True, slots=True)
class Origin:
    """What pip installs.

    Attributes:
        requirement: For the command line of pip.
        doubt: Why another machine cannot have it from there, or None.
    """

    requirement: str
    doubt: str | None = None


def find_origin() -> Origin:
    """Where this program came from."""
    package = Path(__file__).resolve().parents[2]
    try:
        note = distribution("crossread").read_text("direct_url.json")
    except PackageNotFoundError:  # it runs from a folder
        return of_folder(package)
    return of_note(json.loads(note)) if note else Origin(f"crossread=={__version__}")


def of_note(note: dict[str, Any]) -> Origin:
    """What an installer's note says.

    Args:
        note: ``direct_url.json`` (PEP 610).
    """
    address = str(note["url"])
    commit = note.get("vcs_info", {}).get("commit_id")
    if commit:
        return _pinned(address, str(commit))
    if not address.startswith("file:"):
        return Origin(address)
    return of_folder(Path(unquote(urlsplit(address).path)))


def of_folder(folder: Path) -> Origin:
    """The last commit of the repository that a folder is the work tree of, at its remote; else the folder."""
    lonely = Origin(str(folder), "it was installed from a folder of this machine, which is no git repository")
    if not folder.is_dir():
        return lonely
    git = Git(folder, None)
    try:
        top = git.run("rev-parse", "--show-toplevel").strip()
        commit = git.run("rev-parse", "--verify", "HEAD").strip()
        names = git.run("remote").split()
    except PublishError:
        return lonely
    if Path(top).resolve() != folder.resolve():
        return lonely
    local = Origin(f"git+{folder.resolve().as_uri()}@{commit}", "its repository has no remote")
    if not names:
        return local
    name = "origin" if "origin" in names else names[0]
    pinned = _pinned(git.run("config", "--get", f"remote.{name}.url").strip(), commit)
    if pinned.doubt is None and not git.run("branch", "--remotes", "--contains", commit).strip():
        return Origin(pinned.requirement, f"its commit {commit[:10]} is not on {name} yet; push it first")
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
