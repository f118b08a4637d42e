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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from compare.build import manifest
from compare.errors import PublishError

# Files of the branch that a build does not write but Pages reads.
NO_JEKYLL = ".nojekyll"
_KEPT = ("CNAME",)
_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Target:
    """Where a site goes.

    Attributes:
        remote: Name of a remote, an address or a path.
        branch: The branch, made when it is missing.
    """

    remote: str = "origin"
    branch: str = "gh-pages"


@dataclass(frozen=True, slots=True)
class Published:
    """What a push does, or would do.

    Attributes:
        remote: Where to.
        branch: Which branch.
        commit: The new commit, or the one that is there when nothing differs.
        added: New files.
        changed: Files with other bytes.
        removed: Files that go.
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
    """A repository, by its plumbing.

    Args:
        folder: Inside the repository.
        index: File for an index of its own, or None to read the repository's.
    """

    def __init__(self, folder: Path, index: Path | None) -> None:
        self._folder = folder
        self._environment = {
            **os.environ,
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_OPTIONAL_LOCKS": "0",  # “status” would refresh the repository's index
            "LC_ALL": "C",
        }
        if index is not None:
            self._environment["GIT_INDEX_FILE"] = str(index)

    def run(self, *arguments: str, given: bytes = b"") -> str:
        """What a git command prints.

        Raises:
            PublishError: It fails, or git is not installed.
        """
        done = self.attempt(*arguments, given=given)
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
            telling = [
                line for line in said if line.startswith(("fatal:", "error:", " !", "remote:"))
            ] or said
            words = "; ".join(line.strip() for line in telling[:4])
            raise PublishError(f"git {arguments[0]} failed: {words}", hint=remedy(words))
        return done.stdout.decode("utf-8", "replace")

    def attempt(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """The outcome of a git command.

        Raises:
            PublishError: Git is not installed, or does not end.
        """
        command = ["git", "-c", "core.quotePath=false", *arguments]
        try:
            return subprocess.run(  # noqa: S603 - a list, and every value in it is checked or after “--”
                command,
                cwd=self._folder,
                env=self._environment,
                input=given,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
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
    (r"[Cc]ould not resolve host|unable to access|[Cc]onnection", "look at the network, then try again"),
    (r"declined|pre-receive|protected", "the remote’s own rules refuse this; change them, or --branch NAME"),
)


def remedy(words: str) -> str:
    """What helps against a git error."""
    helps = (hint for pattern, hint in _REMEDIES if re.search(pattern, words))
    return next(helps, "mend that with git, then try again; --to FOLDER publishes without git")


def _uncommitted(changed: Sequence[str]) -> str:
    what = "1 file is" if len(changed) == 1 else f"{len(changed)} files are"
    return f"{what} changed or new since the last commit, such as {changed[0]}"


def push(
    root: Path, output: Path, files: Mapping[str, str], target: Target, *, dry_run: bool = False
) -> Published:
    """Put a site on a branch of a remote.

    Args:
        root: The site's folder; a remote's name is looked up in its repository.
        output: The built site.
        files: Its files, without the manifest.
        target: Where it goes.
        dry_run: Do everything but the push.

    Raises:
        PublishError: The work tree has changes that are not committed; the branch holds files that
            crossread did not write, or is checked out; or git refuses.
    """
    remote, branch = target.remote, target.branch
    with tempfile.TemporaryDirectory() as scratch:
        git = _repository(root, output, Path(scratch), remote)
        if git.attempt("check-ref-format", f"refs/heads/{branch}").returncode or branch.startswith("-"):
            raise PublishError(f"“{branch[:60]}” is no name of a branch")
        tip = _tip(git, remote, branch)
        kept = _own_files(git, tip, branch) if tip else {}
        tree = _tree(git, output, [*files, manifest.NAME], kept)
        if tip and git.run("rev-parse", f"{tip}^{{tree}}").strip() == tree:
            return Published(remote, branch, tip, 0, 0, 0, False)
        counts = _changes(git, tip, tree)
        commit = _commit(git, root, tree, tip)
        if not dry_run:
            git.run("push", "--quiet", "--", remote, f"{commit}:refs/heads/{branch}")
        return Published(remote, branch, commit, *counts, pushed=not dry_run)


def _repository(root: Path, output: Path, scratch: Path, remote: str) -> Git:
    """The site's own repository, clean; outside of any a bare one, for remotes that are addresses."""
    own = Git(root, scratch / "index")
    inside = own.attempt("rev-parse", "--is-inside-work-tree")
    if inside.returncode == 0 and inside.stdout.strip() == b"true":
        changed = own_changes(root, output)
        if changed:
            raise PublishError(
                _uncommitted(changed),
                path=root,
                hint="commit them, so that what is published can be found again",
            )
        return own
    if remote.startswith("-") or not ("/" in remote or ":" in remote or "\\" in remote):
        raise PublishError(
            f"this is no git repository, so “{remote}” names no remote",
            path=root,
            hint="give its address: --remote https://…",
        )
    bare = scratch / "bare"
    bare.mkdir()
    git = Git(bare, scratch / "index")
    git.run("init", "--quiet", "--bare", ".")
    return git


def own_changes(root: Path, output: Path) -> list[str]:
    """Paths below the site's folder that differ from the last commit; ignored files and the site apart."""
    built = f"{Path(os.path.relpath(output.resolve(), root.resolve())).as_posix()}/"
    told = Git(root, None).run("status", "--porcelain=v1", "-z", "--untracked-files=normal", "--", ".")
    changed = [line[3:] for line in told.split("\0") if len(line) > 3]
    return [path for path in changed if not f"{path.rstrip('/')}/".endswith(built)]


def _tip(git: Git, remote: str, branch: str) -> str | None:
    """The commit at the end of the remote's branch, fetched; None when there is no such branch."""
    if remote.startswith("-"):
        raise PublishError(f"“{remote[:60]}” is no remote")
    listed = git.run("ls-remote", "--", remote, f"refs/heads/{branch}").split()
    if not listed:
        return None
    git.run("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", remote, f"refs/heads/{branch}")
    return listed[0]


def _own_files(git: Git, tip: str, branch: str) -> dict[str, str]:
    """Files of the branch that stay, with their modes and objects.

    Raises:
        PublishError: There are files on it that crossread did not write.
    """
    listed = git.run("ls-tree", "-r", "-z", tip).split("\0")
    entries = {path: head for head, _, path in (line.partition("\t") for line in listed if line)}
    read = None
    if manifest.NAME in entries:
        read = manifest.decode(git.attempt("cat-file", "blob", f"{tip}:{manifest.NAME}").stdout)
    known = (set(read[0]) if read else set()) | {manifest.NAME, NO_JEKYLL, *_KEPT}
    foreign = sorted(entries.keys() - known)
    if foreign or (entries and read is None):
        raise PublishError(
            f"the branch {branch} holds files that crossread did not write: {min(foreign or entries)}",
            hint="publish to another branch: --branch NAME",
        )
    return {path: entries[path] for path in _KEPT if path in entries}


def _tree(git: Git, output: Path, paths: Iterable[str], kept: Mapping[str, str]) -> str:
    """The tree object of a site, its bytes as they are."""
    ordered = sorted(paths)
    listed = "".join(f"{output.resolve() / path}\n" for path in ordered).encode()
    objects = git.run("hash-object", "-w", "--no-filters", "--stdin-paths", given=listed).split()
    empty = git.run("hash-object", "-w", "--no-filters", "--stdin").strip()
    lines = [f"100644 {sha}\t{path}" for sha, path in zip(objects, ordered, strict=True)]
    lines += [
        f"100644 {empty}\t{NO_JEKYLL}",
        *(f"{head.replace(' blob ', ' ')}\t{path}" for path, head in kept.items()),
    ]
    git.run("read-tree", "--empty")
    git.run(
        "update-index", "--add", "-z", "--index-info", given="".join(f"{line}\0" for line in lines).encode()
    )
    return git.run("write-tree").strip()


def _changes(git: Git, tip: str | None, tree: str) -> tuple[int, int, int]:
    """How many files are new, changed and gone."""
    if tip is None:
        return len(git.run("ls-tree", "-r", "--name-only", "-z", tree).split("\0")) - 1, 0, 0
    letters = git.run("diff-tree", "-r", "--no-renames", "--name-status", "-z", tip, tree).split("\0")[0:-1:2]
    return letters.count("A"), len(letters) - letters.count("A") - letters.count("D"), letters.count("D")


def _commit(git: Git, root: Path, tree: str, tip: str | None) -> str:
    head = git.attempt("rev-parse", "--verify", "--quiet", "HEAD").stdout.decode().strip()
    message = f"Publish the site of {head}\n" if head else f"Publish {root.resolve().name}\n"
    parent = ("-p", tip) if tip else ()
    done = git.attempt("commit-tree", tree, *parent, "-F", "-", given=message.encode())
    if done.returncode:
        hint = 'tell git who you are: git config --global user.name "…" and user.email "…"'
        raise PublishError("git could not make the commit", hint=hint)
    return done.stdout.decode().strip()
