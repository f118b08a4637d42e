"""Building again whenever something that a build reads has changed."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from compare.build.inputs import BESIDE, CONFIGURATION
from compare.errors import CrossreadError

Outcome = tuple[Sequence[CrossreadError], bool]

_SETTLE = 40  # milliseconds without a change before a build: an editor writes a file in steps
_STEP = 20
_LOOK = 250  # milliseconds between looks at what is not watched
_FOLDERS = ("sources", "seeds", "site_templates", "pages")


class State:
    """What the server shows and the builder changes, shared by their threads.

    Attributes:
        number: How many builds have changed what is shown.
        troubles: What was wrong with the last build.
        closed: Whether the preview ends.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.number = 0
        self.troubles: tuple[CrossreadError, ...] = ()
        self.closed = False

    def built(self, troubles: Sequence[CrossreadError], *, changed: bool) -> None:
        """Take note of a build; those who wait hear of it when anything looks different now."""
        with self._changed:
            if changed or repr(tuple(troubles)) != repr(self.troubles):  # errors are equal to nothing else
                self.troubles = tuple(troubles)
                self.number += 1
                self._changed.notify_all()

    def close(self) -> None:
        """Let everyone who waits go."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def wait(self, after: int, seconds: float) -> int:
        """The number of the last build, at the latest after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.closed or self.number > after, seconds)
            return self.number


class Watcher:
    """Builds once and then after every change, in the thread that calls ``run``.

    Args:
        root: The site's folder.
        build: Builds the site; returns what was wrong with single stories, and whether anything changed.
        state: Told of each outcome.
        say: Told in words.
        also: Further folders to watch, such as the shipped templates.
    """

    def __init__(
        self,
        root: Path,
        build: Callable[[], Outcome],
        state: State,
        say: Callable[[str], None],
        also: Iterable[Path] = (),
    ) -> None:
        self._root = root.resolve()
        self._build = build
        self._state = state
        self._say = say
        self._also = [folder.resolve() for folder in also]
        self._stop = threading.Event()
        self._seen: dict[Path, int] = {}

    def stop(self) -> None:
        """End ``run`` soon."""
        self._stop.set()

    def build(self) -> None:
        """Build now. Whatever goes wrong is shown, so that the preview outlives it."""
        self._seen = self._beside()
        try:
            wrong, changed = self._build()
        except CrossreadError as error:
            wrong, changed = error.problems, False
        except Exception as error:
            fault = f"{type(error).__name__}: {error}\n{traceback.format_exc()}"
            wrong, changed = [CrossreadError(fault)], False
        for problem in wrong:
            self._say(f"{problem.where}: {problem.message}" if problem.where else problem.message)
        self._state.built(wrong, changed=changed)

    def run(self) -> None:
        """Watch until ``stop`` is called."""
        from watchfiles import watch

        missed = True  # what changed between the first build and the first look
        while not self._stop.is_set():
            folders = self._folders()
            for changes in watch(
                *folders,
                *self._also,
                stop_event=self._stop,
                debounce=_SETTLE,
                step=_STEP,
                rust_timeout=_LOOK,
                yield_on_timeout=True,
                ignore_permission_denied=True,
            ):
                if changes or missed or self._beside() != self._seen:
                    missed = False
                    self.build()
                if self._folders() != folders:
                    self.build()
                    break  # a folder has come or gone: watch anew

    def _folders(self) -> list[Path]:
        return [self._root / name for name in _FOLDERS if (self._root / name).is_dir()]

    def _beside(self) -> dict[Path, int]:
        """The configuration and what it names, with their times.

        They stand beside folders that are none of our business, so their folder is looked at, not watched.
        """
        found = {}
        for path in self._root.iterdir():
            if path.name in CONFIGURATION or path.suffix.lower() in BESIDE:
                try:
                    found[path] = path.stat().st_mtime_ns
                except OSError:
                    continue
        return found
