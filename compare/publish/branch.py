"""A site onto a branch of a git remote, as one commit on top of what is there.

Only plumbing commands are used, with an index of their own: the work tree, its index and the
local branches of the repository are not touched. The push is no forced one, so that whoever was
faster wins and nothing is lost.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from compare.build import manifest
from compare.errors import PublishError
from compare.site.fields import did_you_mean

# Files of the branch that a build does not write but Pages reads.
_NO_JEKYLL = ".nojekyll"
_DOMAIN = "CNAME"
_SECONDS = 600


class Target(NamedTuple):
    """Where a site goes: the name, address or path of a remote, and a branch, made when it is missing."""

    remote: str = "origin"
    branch: str = "gh-pages"


class Published(NamedTuple):
    """What a push does, or would do, with the numbers of files.

    Attributes:
        commit: The new one, or the one that is there when nothing differs.
        pushed: False in a dry run and when nothing differs.
    """

    remote: str
    branch: str
    commit: str
    added: int
    changed: int
    removed: int
    pushed: bool


class Git:
    """The repository that a folder is in, by its plumbing; ``index`` is a file for an index of its own."""

    def __init__(self, folder: Path, index: Path | None = None) -> None:
        self._folder = folder
        # Without optional locks, “status” does not refresh the repository's index.
        self._environment = os.environ | {
            "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"
        }  # fmt: skip
        if index is not None:
            self._environment["GIT_INDEX_FILE"] = str(index)

    def run(self, *arguments: str, given: str = "") -> str:
        """What a git command prints.

        Raises:
            PublishError: It fails, or git is not installed.
        """
        done = self.attempt(*arguments, given=given)
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
            telling = [line for line in said if line.startswith(("fatal:", "error:", " !", "remote:"))]
            words = "; ".join(line.strip() for line in (telling or said)[:4])
            raise PublishError(f"git {arguments[0]} failed: {words}", hint=remedy(words))
        return done.stdout.decode("utf-8", "replace")

    def attempt(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[bytes]:
        """The outcome of a git command.

        Raises:
            PublishError: Git is not installed, or does not end.
        """
        command = ["git", "-c", "core.quotePath=false", *arguments]
        try:
            return subprocess.run(  # noqa: S603 - a list, and every value in it is checked or after “--”
                command, cwd=self._folder, env=self._environment, input=given.encode(),
                capture_output=True, timeout=_SECONDS, check=False,
            )  # fmt: skip
        except FileNotFoundError as error:
            raise PublishError("git is not installed", hint="install it, or publish with --to DIR") from error
        except subprocess.TimeoutExpired as error:
            raise PublishError(f"git {arguments[0]} did not end within {_SECONDS} s") from error


# What git says, in any of its ways → what helps.
_REMEDIES = (
    (
        r"\[rejected\]|non-fast-forward|fetch first",
        "somebody else has published meanwhile; run “crossread publish” again",
    ),
    (
        r"could not read (?:Username|Password)|Authentication failed|Permission .*denied|\b403\b|publickey",
        "see that git may write there: “git push --dry-run” must work in this repository first",
    ),
    (
        r"does not appear to be a git repository|[Rr]epository .*not found|does not exist|\b404\b",
        "“git remote -v” lists what you have; name another, or an address, with --remote",
    ),
    (
        r"identity|empty ident|auto-detect",
        'tell git who you are: git config user.name "…", and user.email "…"',
    ),
    (r"[Cc]ould not resolve host|unable to access|[Cc]onnection", "look at the network, then try again"),
    (r"declined|pre-receive|protected", "the remote’s own rules refuse this; change them, or --branch NAME"),
)


def remedy(words: str) -> str:
    """What helps against a git error."""
    helps = (hint for pattern, hint in _REMEDIES if re.search(pattern, words))
    return next(helps, "mend that with git, then try again; --to FOLDER publishes without git")


def push(
    root: Path, output: Path, files: Mapping[str, str], target: Target, *, dry_run: bool = False
) -> Published:
    """Put a site on a branch of a remote.

    Args:
        root: The site's folder, in a git repository.
        output: The built site.
        files: Its files, without the manifest.
        target: Where it goes.
        dry_run: Do everything but the push.

    Raises:
        PublishError: There is no repository, or no such remote; the work tree has changes that are not
            committed; the branch holds files that crossread did not write; or git refuses.
    """
    remote, branch = target
    with tempfile.TemporaryDirectory() as scratch:
        git = Git(root, Path(scratch) / "index")
        _refuse_unfit(git, root, output, target)
        tip = git.run("ls-remote", "--", remote, f"refs/heads/{branch}").partition("\t")[0]
        kept = ""
        if tip:
            quietly = ("--quiet", "--no-tags", "--no-write-fetch-head")
            git.run("fetch", *quietly, "--", remote, f"refs/heads/{branch}")
            kept = _kept(git, tip, branch)
        tree = _tree(git, output, [*files, manifest.NAME], kept)
        before = git.run("rev-parse", f"{tip}^{{tree}}").strip() if tip else git.run("mktree").strip()
        if before == tree:
            return Published(remote, branch, tip, 0, 0, 0, pushed=False)
        told = git.run("diff-tree", "-r", "--no-renames", "--name-status", "-z", before, tree).split("\0")
        added, changed, removed = (told[:-1:2].count(letter) for letter in "AMD")
        message = f"Publish the site of {git.run('rev-parse', '--verify', 'HEAD')}"
        parent = ("-p", tip) if tip else ()
        commit = git.run("commit-tree", tree, *parent, "-F", "-", given=message).strip()
        if not dry_run:
            git.run("push", "--quiet", "--", remote, f"{commit}:refs/heads/{branch}")
        return Published(remote, branch, commit, added, changed, removed, pushed=not dry_run)


def _refuse_unfit(git: Git, root: Path, output: Path, target: Target) -> None:
    """Refuse a folder that is in no repository or not committed, and a target that is none."""
    remote, branch = target
    if git.attempt("rev-parse", "--is-inside-work-tree").stdout.strip() != b"true":
        hint = "run “git init” in it and commit, or publish without git: --to FOLDER"
        raise PublishError("this is no git repository", path=root, hint=hint)
    if git.attempt("check-ref-format", "--branch", branch).returncode:
        raise PublishError(f"“{branch[:60]}” is no name of a branch")
    remotes = git.run("remote").split()
    if remote not in remotes and not re.search(r"[/:\\]", remote):
        hint = f"add it: git remote add {remote[:60]} ADDRESS; or publish without git: --to FOLDER"
        if remotes:
            hint = f"{did_you_mean(remote, remotes)}; name one, or an address, with --remote"
        raise PublishError(f"this repository has no remote “{remote[:60]}”", path=root, hint=hint)
    built = f"{Path(os.path.relpath(output.resolve(), root.resolve())).as_posix()}/"
    told = Git(root).run("status", "--porcelain=v1", "-z", "--untracked-files=normal", "--", ".")
    paths = (line[3:] for line in told.split("\0") if len(line) > 3)
    changed = [path for path in paths if not f"{path.rstrip('/')}/".endswith(built)]
    if changed:
        what = "1 file is" if len(changed) == 1 else f"{len(changed)} files are"
        what += f" changed or new since the last commit, such as {changed[0]}"
        hint = "commit them, so that what is published can be found again"
        raise PublishError(what, path=root, hint=hint)


def _kept(git: Git, tip: str, branch: str) -> str:
    """The entry of the file that stays on the branch, or "".

    Raises:
        PublishError: There are files on it that crossread did not write.
    """
    listed = git.run("ls-tree", "-r", "-z", tip).split("\0")
    entries = {line.partition("\t")[2]: f"{line}\0" for line in listed if line}
    read = manifest.decode(git.attempt("cat-file", "blob", f"{tip}:{manifest.NAME}").stdout)
    known = {*read[0], manifest.NAME, _NO_JEKYLL, _DOMAIN} if read else set()
    if foreign := entries.keys() - known:
        raise PublishError(
            f"the branch {branch} holds files that crossread did not write: {min(foreign)}",
            hint="publish to another branch: --branch NAME",
        )
    return entries.get(_DOMAIN, "")


def _tree(git: Git, output: Path, paths: list[str], kept: str) -> str:
    """The tree object of a site, its bytes as they are."""
    listed = "".join(f"{output.resolve() / path}\n" for path in paths)
    objects = git.run("hash-object", "-w", "--no-filters", "--stdin-paths", given=listed).split()
    objects += git.run("hash-object", "-w", "--no-filters", "--stdin").split()  # of nothing
    named = zip(objects, [*paths, _NO_JEKYLL], strict=True)
    lines = "".join(f"100644 {sha}\t{path}\0" for sha, path in named)
    git.run("read-tree", "--empty")
    git.run("update-index", "--add", "-z", "--index-info", given=lines + kept)
    return git.run("write-tree").strip()
