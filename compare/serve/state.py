"""What the server shows and the builder changes, shared by their threads."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import NamedTuple

from compare.errors import CrossreadError


class Trouble(NamedTuple):
    """One thing that kept a build from being good.

    Attributes:
        problem: What is wrong.
        trace: The traceback of a fault of the program, or "".
    """

    problem: CrossreadError
    trace: str = ""


def troubles(error: CrossreadError) -> tuple[Trouble, ...]:
    """Every problem of an error."""
    return tuple(map(Trouble, error.problems))


class State:
    """Number and outcome of the last build; waiting for the next one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._number = 0
        self._troubles: tuple[Trouble, ...] = ()
        self._closed = False

    @property
    def number(self) -> int:
        """How many builds have changed what is shown."""
        with self._changed:
            return self._number

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What was wrong with the last build."""
        with self._changed:
            return self._troubles

    @property
    def closed(self) -> bool:
        """Whether the preview ends."""
        with self._changed:
            return self._closed

    def built(self, troubles: Sequence[Trouble], *, changed: bool) -> None:
        """Take note of a build; those who wait hear of it when anything looks different now."""
        with self._changed:
            if changed or repr(tuple(troubles)) != repr(self._troubles):  # errors are equal to nothing else
                self._troubles = tuple(troubles)
                self._number += 1
                self._changed.notify_all()

    def close(self) -> None:
        """Let everyone who waits go."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def wait(self, after: int, seconds: float) -> int:
        """The number of the last build, at the latest after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._number > after, seconds)
            return self._number
