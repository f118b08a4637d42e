"""What can be wrong with what a user wrote: a small tree of errors, told without a traceback.

A bug is never one of these: it keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

# Hints that help with any page or file that cannot be brought in.
PASTE = "copy its text into a .txt file and add that"
SAVE = f"open it in a browser, save the page and add the file, or {PASTE}"


class CrossreadError(Exception):
    """One problem that a user can mend.

    Attributes:
        message: What is wrong, one sentence without a full stop.
        path: The file it is in, as the user would name it, or None.
        line: 1-based line in that file, or None.
        hint: How to mend it, or None.
    """

    def __init__(
        self, message: str, path: Path | str | None = None, line: int | None = None, hint: str | None = None
    ) -> None:
        self.message = message
        self.path = None if path is None else str(path)
        self.line = line
        self.hint = hint
        super().__init__(message, self.path, line, hint)  # all of it: from these a pickled one is made again

    @property
    def where(self) -> str:
        """Path and line as ``path:line``, as far as they are known."""
        return ":".join(str(part) for part in (self.path, self.line) if part is not None)

    @property
    def problems(self) -> tuple[CrossreadError, ...]:
        """Every single problem: of a heap all of them in order, else this one."""
        return (self,)

    def __str__(self) -> str:
        text = f"{self.where}: {self.message}" if self.where else self.message
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class SourceError(CrossreadError):
    """A file in ``sources/`` or ``seeds/`` cannot be used as it is."""


class ConfigError(CrossreadError):
    """The site's configuration cannot be used as it is."""


class CorrectionError(CrossreadError):
    """A ``corrections.toml`` names something that is not there."""


class GoldError(CrossreadError):
    """A gold file cannot be evaluated."""


class FetchError(CrossreadError):
    """A page could not be brought in."""


class OutputError(CrossreadError):
    """The output folder cannot be written."""


class WorkerError(CrossreadError):
    """The scheduler or its workers cannot be used."""


class PublishError(CrossreadError):
    """The site cannot be published there."""


class Problems(CrossreadError):  # noqa: N818 - it is a heap of errors, and reads as one
    """Every problem of one run, in the order of file and line; nested heaps are unrolled."""

    def __init__(self, problems: Iterable[CrossreadError]) -> None:
        flat = [one for problem in problems for one in problem.problems]
        flat.sort(key=lambda problem: (problem.path or "", problem.line or 0, problem.message))
        super().__init__(f"{len(flat)} problem" + ("" if len(flat) == 1 else "s"))
        self.args = (tuple(flat),)

    @property
    def problems(self) -> tuple[CrossreadError, ...]:
        """At least one; none is a heap itself."""
        found: tuple[CrossreadError, ...] = self.args[0]
        return found

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
